"""What the pages tell users to type is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from narragraph.loaders.additions import Additions
from narragraph.ontology.lexicon.own import conflicts, read_additions

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: str, language: str) -> Iterator[str]:
    return iter(re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[\w-]+)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_gazetteer_of_the_page_is_one(tmp_path: Path) -> None:
    (table,) = blocks("docs/extraction.md", "csv")
    path = tmp_path / "names.csv"
    path.write_text(table, "utf-8")
    gazetteer = Additions((path,)).gazetteer
    assert gazetteer.lookup("Arlandic")[0].entry.name == "Arland"
    assert gazetteer.lookup("Путина")[0].entry.id == "actor:vladimir-putin"
    assert gazetteer.notes == ()


def test_the_lexicon_of_the_page_is_one(tmp_path: Path) -> None:
    (entries,) = blocks("docs/extraction.md", "yaml")
    path = tmp_path / "words.yaml"
    path.write_text(entries, "utf-8")
    additions = read_additions(path)
    assert [addition.address for addition in additions] == [
        "hostile.verbs",
        "hostile.with_object.peddle",
        "accuse.frames",
    ]
    assert [note for addition in additions for note in conflicts(addition)] == []
