"""Names and words of a user's own: --gazetteer and --lexicon, as typed in a shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

TEXT = """The government of Ruritania fingered Borduria for the leak in the harbour of Strelsau on Monday.

Zog Media reported that Borduria had astroturfed the vote.
"""
NAMES = """type,name,kind,demonyms,capital,reason
Country,Ruritania,state,Ruritanian|Ruritanians,Strelsau,a novel
Country,Borduria,state,Bordurian|Bordurians,Szohôd,a comic
"""
WORDS = """- to: accuse.frames
  frame: {verb: finger, target: object, claim: [for], example: X fingered Y for the leak}
  reason: tabloids
- to: hostile.verbs
  words: [astroturf]
  reason: public relations
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("doc.txt", TEXT), ("names.csv", NAMES), ("words.yaml", WORDS)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def accusations(out: str) -> set[tuple[str, str, str]]:
    records = map(json.loads, out.splitlines())
    return {(r["source"], r["target"], r["rule"]) for r in records if r.get("type") == "ACCUSES"}


def extractor(out: str) -> str:
    return str(json.loads(out.splitlines()[0])["extractor"])


def test_own_names_and_words_are_read(shell: Command, files: Path) -> None:
    plain = shell("extract", "doc.txt")
    assert accusations(plain.out) == set()
    own = shell("extract", "doc.txt", "--gazetteer", "names.csv", "--lexicon", "words.yaml")
    assert (own.status, own.err) == (0, "")
    assert accusations(own.out) >= {
        ("actor:government-of-ruritania", "country:borduria", "accuse.finger"),
        ("outlet:zog-media", "country:borduria", "hostile-predicate.said"),
    }


def test_what_was_made_with_own_entries_tells_so(shell: Command, files: Path) -> None:
    names = ("--gazetteer", "names.csv")
    plain, own = shell("extract", "doc.txt").out, shell("extract", "doc.txt", *names).out
    assert extractor(own).startswith(extractor(plain) + " + 2 own entries ")
    (files / "names.csv").write_text(NAMES.replace("a novel", "by Anthony Hope"), "utf-8")
    assert extractor(shell("extract", "doc.txt", *names).out) == extractor(own)  # the reason changes no record
    (files / "names.csv").write_text(NAMES.replace("Strelsau", "Zenda"), "utf-8")
    assert extractor(shell("extract", "doc.txt", *names).out) != extractor(own)


def test_a_document_is_loaded_anew_with_own_entries_and_once(shell: Command, files: Path) -> None:
    def outcome(*options: str) -> dict[str, int]:
        whole = json.loads(shell("load", "doc.txt", "--format", "json", *options).out)
        return {name: count for name, count in whole["documents"].items() if count}

    assert outcome() == {"new": 1}
    assert outcome("--gazetteer", "names.csv") == {"changed": 1}
    assert outcome("--gazetteer", "names.csv") == {"unchanged": 1}
    assert outcome() == {"changed": 1}


def test_several_files_add_up(shell: Command, files: Path) -> None:
    header, one, other = NAMES.splitlines()
    (files / "one.csv").write_text(f"{header}\n{one}\n", "utf-8")
    (files / "other.csv").write_text(f"{header}\n{other}\n", "utf-8")
    together = shell("extract", "doc.txt", "--gazetteer", "names.csv").out
    assert shell("extract", "doc.txt", "--gazetteer", "one.csv", "--gazetteer", "other.csv").out == together


@pytest.mark.parametrize("command", ["load", "extract"])
def test_a_wrong_entry_is_named_before_anything_is_done(shell: Command, files: Path, command: str) -> None:
    (files / "names.csv").write_text(NAMES.replace("Country,Borduria", "Nation,Borduria"), "utf-8")
    done = shell(command, "doc.txt", "--gazetteer", "names.csv")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("Error: names.csv, line 3, column type: type 'Nation'. Write one of Country, Actor")
    assert not (files / "narragraph-store").exists()


def test_what_repeats_or_replaces_a_built_in_entry_is_told(shell: Command, files: Path) -> None:
    (files / "more.csv").write_text("type,name,role,reason\nActor,Joe Biden,former president,term ended\n", "utf-8")
    (files / "more.yaml").write_text("- {to: hostile.verbs, words: [lie], reason: missed}\n", "utf-8")
    done = shell("extract", "doc.txt", "--gazetteer", "more.csv", "--lexicon", "more.yaml")
    assert done.err.splitlines() == [
        "Note: more.yaml, line 1: hostile.verbs has 'lie' already",
        "Note: more.csv, line 2, column role: 'former president' replaces 'president' of Joe Biden (actor:joe-biden)",
    ]


def test_evaluate_takes_them_too(shell: Command, files: Path) -> None:
    nodes: list[dict[str, object]] = [
        {"id": name, "type": "Country", "name": name, "aliases": []} for name in ("Ruritania", "Borduria")
    ]
    (files / "gold").mkdir()
    (files / "texts").mkdir()
    (files / "texts" / "one.txt").write_text(TEXT, "utf-8")
    gold: dict[str, object] = {"doc": "one", "nodes": nodes, "edges": []}
    (files / "gold" / "one.json").write_text(json.dumps(gold), "utf-8")

    def recall(*options: str) -> float:
        rows = json.loads(shell("evaluate", ".", "--format", "json", *options).out)["rows"]
        return float(rows["Country"]["recall"])

    assert recall() == 0
    assert recall("--gazetteer", "names.csv") == 1


def test_a_file_that_was_changed_is_read_anew_in_the_same_process(narragraph: Command, files: Path) -> None:
    names = ("--gazetteer", "names.csv", "--format", "csv")
    (files / "names.csv").write_text(NAMES.replace("Borduria", "Syldavia"), "utf-8")
    assert ",,Borduria," in narragraph("names", "--unknown", "doc.txt", *names).out
    (files / "names.csv").write_text(NAMES, "utf-8")
    assert ",,Borduria," not in narragraph("names", "--unknown", "doc.txt", *names).out
