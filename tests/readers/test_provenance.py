"""Where a document comes from, when, and who read it: what each keeps, so that evidence can be checked for ever."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from narragraph.graph.check import text_hash
from narragraph.graph.model import Node
from narragraph.loaders import extract
from narragraph.loaders.extraction.edition import extractor
from narragraph.loaders.readers.edition import reader_version

WRITTEN = 1_600_000_000  # 2020-09-13, 12:26:40 UTC
ARTICLE = (
    "The government of France has accused Russia of spreading lies about the harbour of Calais in the last year.\n"
)
PAGE = f"<html lang='en'><head><title>Calais</title></head><body><p>{ARTICLE}</p><p>{ARTICLE}</p></body></html>"
CASE = f"outlet;title;date;summary;disproof\nrt.com;A lie;02.03.2020;{ARTICLE.strip()};No evidence given of this.\n"
FILES = {
    "article.txt": ("text", ARTICLE), "article.md": ("markdown", f"# Calais\n\n{ARTICLE}"), "page.html": ("html", PAGE),
    "cases.csv": ("table", CASE),
}  # fmt: skip


def document(place: Path, content: str) -> Node:
    place.write_text(content, "utf-8")
    os.utime(place, (WRITTEN, WRITTEN))
    root = next(iter(extract(place)))
    assert isinstance(root, Node)
    return root


@pytest.mark.parametrize("name", FILES)
def test_each_document_keeps_where_it_is_from_when_it_was_retrieved_and_who_read_it(tmp_path: Path, name: str) -> None:
    reader, content = FILES[name]
    properties = document(tmp_path / name, content).properties
    text = str(properties["text"])
    assert properties["path"] == str(tmp_path / name)
    assert properties["retrieved"] == "2020-09-13T12:26:40+00:00"
    assert properties["sha256"] == text_hash(text)
    assert properties["language"] == "en"
    assert (properties["reader"], properties["reader_version"]) == (reader, reader_version())
    assert properties["extractor"] == extractor()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", f"---\naccessed: 2019-05-04\n---\n\n{ARTICLE}"),
        ("a.csv", f"text,retrieved at\n{ARTICLE.strip()},4.5.2019\n"),
        ("b.csv", f"text,accessed\n{ARTICLE.strip()},2019-05-04\n"),
    ],
)
def test_what_a_document_says_of_its_retrieval_counts_more_than_the_time_of_its_file(
    tmp_path: Path, name: str, content: str
) -> None:
    assert document(tmp_path / name, content).properties["retrieved"] == "2019-05-04"
