"""Documents in languages without rules, and in several: names and metadata, and no edge that nobody could read."""

from __future__ import annotations

from pathlib import Path

import pytest

from narragraph.graph.model import Edge, Node
from narragraph.loaders.additions import Additions
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import extract_document

ENGLISH = (
    "Latvia accused Russia of lying on Monday, and the Kremlin denied the accusation. The foreign ministry of Latvia "
    "said that Moscow had lied about the harbour, and that this was not the first time."
)
GERMAN = (
    "Der Kreml wies die Vorwürfe zurück. Die Bundesregierung hat Russland beschuldigt, Lügen über den Hafen zu "
    "verbreiten, wie Reuters und RT berichteten. Putin und Merkel sprachen miteinander und haben sich nicht geeinigt."
)
RUSSIAN = "Владимир Путин обвинил НАТО во лжи. Reuters и RT сообщили, что Латвия лжет, и что это было не в первый раз."
FRENCH = (
    "Le Kremlin a accusé la France de mensonges. Selon Reuters, Macron a attaqué Putin. La France a dit que la Russie "
    "a menti, et le gouvernement rejette les accusations qui ont été faites dans la presse."
)


def read(*paragraphs: str) -> tuple[Node, list[Edge]]:
    records = extract_document(SourceDocument("key", "\n\n".join(paragraphs)))
    root = records[0]
    assert isinstance(root, Node)
    return root, [record for record in records if isinstance(record, Edge)]


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, FRENCH], ids=["de", "ru", "fr"])
def test_a_language_without_rules_gives_names_and_says_so(text: str) -> None:
    root, edges = read(text)
    assert str(root.properties["note"]).startswith(f"no rules for language {root.properties['language']}")
    assert {edge.type for edge in edges} == {"MENTIONS"}
    assert "outlet:reuters" in {edge.target for edge in edges}


@pytest.mark.parametrize("foreign", [GERMAN, RUSSIAN, FRENCH], ids=["de", "ru", "fr"])
def test_a_foreign_paragraph_adds_no_relation_to_an_english_document(foreign: str) -> None:
    def told(edges: list[Edge]) -> set[tuple[str, str, str]]:
        return {(edge.type, edge.source, edge.sentence or "") for edge in edges if edge.type != "MENTIONS"}

    _, alone = read(ENGLISH, ENGLISH)
    root, edges = read(ENGLISH, foreign, ENGLISH)
    assert root.properties["language"] == "en"
    assert "note" not in root.properties
    assert told(edges) == told(alone)


def test_names_are_found_in_scripts_that_the_gazetteer_has(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("type,name,aliases,reason\nActor,Vladimir Putin,Путин,texts in Russian name him so\n", "utf-8")
    records = extract_document(SourceDocument("key", RUSSIAN), Additions((path,)))
    assert "actor:vladimir-putin" in {record.id for record in records}
