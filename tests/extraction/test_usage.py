"""Entries that never fire, and rules that always fire together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from narragraph.loaders.additions import NOTHING, Additions
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse
from narragraph.loaders.extraction.recorder import Recorder
from narragraph.loaders.extraction.usage import PAIR_COLUMNS, UNUSED_COLUMNS, Usage

TEXTS = [
    "Latvia accused Russia of raiding the harbour.",
    "Latvia accused Belarus of lying. Latvia pointed Russia to the exit.",
    "Estonia accused Russia of lying. The Kremlin denied the charge.",
]


def usage(*texts: str, own: Additions = NOTHING) -> Usage:
    used = Usage(own)
    for number, text in enumerate(texts):
        used.add(analyse(SourceDocument(f"key-{number}", text), own, recorder=Recorder()))
    return used


def unused(*texts: str, own: Additions = NOTHING) -> list[dict[str, Any]]:
    return [dict(zip(UNUSED_COLUMNS, row)) for row in usage(*texts, own=own).unused()]


def test_names_that_no_document_mentions_are_unused() -> None:
    entries = {row["entry"] for row in unused(*TEXTS) if row["kind"] == "name"}
    assert "Lithuania (country:LT)" in entries
    assert not {"Latvia (country:LV)", "Russia (country:RU)"} & entries


def test_frames_that_made_no_edge_are_unused_and_say_in_how_many_documents_their_verb_stands() -> None:
    frames = {row["entry"]: row["documents"] for row in unused(*TEXTS) if row["where"] == "accuse.frames"}
    assert not any(entry.startswith("accuse;") for entry in frames)
    assert any(count == 1 for entry, count in frames.items() if entry.startswith("point;"))
    assert all(count == 0 for entry, count in frames.items() if entry.startswith("berate;"))


def test_words_that_stand_nowhere_are_unused_in_any_inflection() -> None:
    words = {row["entry"] for row in unused(*TEXTS, "Missiles bombarded ports.") if row["where"] == "hostile.verbs"}
    assert "gaslight" in words
    assert "bombard" not in words


def test_what_stands_in_documents_without_firing_comes_first() -> None:
    counts = [row["documents"] for row in unused(*TEXTS)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_own_entries_are_marked_and_come_first_among_equals(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("type,name,reason\nActor,Rudolf Rassendyll,a novel\n", "utf-8")
    rows = unused(*TEXTS, own=Additions((path,)))
    own = [row for row in rows if row["own"]]
    assert [row["entry"] for row in own] == ["Rudolf Rassendyll (actor:rudolf-rassendyll)"]
    assert next(row for row in rows if not row["documents"]) == own[0]


def test_rules_that_always_fire_together_are_told() -> None:
    pairs = [dict(zip(PAIR_COLUMNS, row)) for row in usage(*TEXTS).pairs()]
    together = {(pair["rule"], pair["other"]): pair["together"] for pair in pairs if not pair["rule_alone"]}
    assert together[("accusation.claim", "accuse.accuse")] == 3
    assert all(pair["rule_alone"] == 0 or pair["other_alone"] == 0 for pair in pairs)
