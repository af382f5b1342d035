"""Plain text and Markdown: the text stays as it is, and Markdown says what it is called."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from narragraph.errors import DocumentError
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.readers import read
from narragraph.loaders.readers.base import RawFile


def document(text: str | bytes, path: str = "a.txt", key: str | None = "file:///a.txt") -> SourceDocument:
    return read(RawFile(path, text.encode() if isinstance(text, str) else text, key))


def test_a_text_is_its_text() -> None:
    found = document("  Arland said no.\n\n\nTwice. ")
    assert (found.text, found.reader, found.title) == ("  Arland said no.\n\n\nTwice. ", "text", None)
    assert (found.source_key, found.path) == ("file:///a.txt", "a.txt")


def test_standard_input_is_known_by_its_content() -> None:
    one, same, other = (document(text, "standard input", None) for text in ("a b", "a b", "a c"))
    assert one.source_key == same.source_key != other.source_key
    assert one.path is None


FRONT = """---
title: "The harbour: a story"
date: 2022-02-03
author: Ida Lund
canonical_url: https://post.example/harbour
lang: en
tags:
  - sea
---

# Another heading
"""


def test_front_matter_tells_of_a_markdown_file() -> None:
    found = document(FRONT, "a.md")
    assert found.reader == "markdown"
    assert found.text == FRONT
    assert (found.title, found.published, found.author, found.language) == (
        *("The harbour: a story", "2022-02-03", "Ida Lund", "en"),
    )
    assert found.source_key == found.url == "https://post.example/harbour"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The harbour #\n\nText.", "The harbour"),
        ("Intro.\n\n## The *harbour*\n", "The *harbour*"),
        ("The harbour\n===========\n\nText.", "The harbour"),
        ("No heading.\n\n#hashtag\n", None),
        ("---\ndate: soon\n---\n# The harbour", "The harbour"),
    ],
)
def test_the_first_heading_is_the_title(text: str, title: str | None) -> None:
    found = document(text, "a.md")
    assert (found.title, found.published, found.text) == (title, None, text)


def test_markdown_is_known_by_its_beginning_too() -> None:
    assert document("# The harbour\n\nText.", "notes").reader == "markdown"
    assert document(FRONT, "standard input", None).reader == "markdown"


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_file_is_told(text: str) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt: (is empty|holds no text)"):
        document(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"title": "A page"}', "is JSON, but no records"),
        ("[1, 2]", "is JSON, but no records"),
        ('<?xml version="1.0"?><rss></rss>', "is XML"),
    ],
)
def test_data_is_not_taken_for_prose(text: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        document(text)


def test_prose_may_begin_with_a_bracket() -> None:
    assert document("[Photo: a harbour] It was closed.").reader == "text"


@given(st.binary(max_size=400))
@example(b"<html>" + b"\xff" * 50)
@example(b"<html><body><p>\xed\xa0\x80</p>")
@example(b"---\n: :\n---\n")
@example(b"\xff\xfe")
@example(b"\x00\x00\xfe\xff")
def test_any_bytes_are_a_document_or_a_clear_error(data: bytes) -> None:
    for begin in (b"", b"<html><body>", b"# ", b"\xef\xbb\xbf", b"\xff\xfe"):
        try:
            found = document(begin + data)
        except DocumentError as error:
            assert str(error).startswith("a.txt: ")  # noqa: PT017
        else:
            assert found.text.strip()
            assert "\0" not in found.text
            found.text.encode("utf-8")


@given(st.text(min_size=1))
def test_any_unicode_keeps_its_characters(text: str) -> None:
    try:
        found = document(text.encode("utf-8", "replace"))
    except DocumentError:
        return
    if found.reader != "html":
        plain = text.encode("utf-8", "replace").decode().removeprefix("\ufeff")
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
        assert len(found.text) == len(plain)
        assert all(one == other or one == "�" for one, other in zip(found.text, plain))
