"""narragraph documents: what is loaded, taking it away, and reading it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

HARBOUR = """Harbour of Calais

The government of France accused Russia of spreading lies about the harbour of Calais. Russia denied the accusation.
"""
BORDER = "# The border\n\nGermany denied that it had closed its border with France.\n"


@pytest.fixture
def loaded(narragraph: Command, tmp_path: Path) -> Path:
    """Two articles in the store, and the folder that they lie in."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, "utf-8")
    (folder / "border.md").write_text(BORDER, "utf-8")
    assert narragraph("load", folder).status == 0
    return folder


def graph(narragraph: Command) -> list[str]:
    lines: list[str] = narragraph("export", "jsonl", "-").out.splitlines()
    return lines


def test_documents_are_listed_with_their_place_and_edges(narragraph: Command, loaded: Path) -> None:
    done = narragraph("documents", "list", "--format", "json")
    found = {row["title"]: row for row in json.loads(done.out)}
    assert found.keys() == {"Harbour of Calais", "The border"}
    assert found["The border"]["place"] == str(loaded / "border.md")
    assert found["The border"]["edges"] > 2
    assert "2 documents in" in done.err


def test_a_filter_that_leaves_nothing_is_told_by_the_exit_status(narragraph: Command, loaded: Path) -> None:
    assert narragraph("documents", "list", "--language", "fr", "--fail-if-empty").status == 4


@pytest.mark.parametrize("called", ["id", "beginning", "path", "title"])
def test_a_document_is_found_by_what_it_is_called(narragraph: Command, loaded: Path, called: str) -> None:
    (row,) = (
        row
        for row in json.loads(narragraph("documents", "list", "--format", "json").out)
        if row["title"] == "The border"
    )
    name = {"id": row["id"], "beginning": row["id"][9:19], "path": row["place"], "title": "The border"}[called]
    shown = json.loads(narragraph("documents", "show", name, "--json").out)
    assert (shown["id"], shown["title"]) == (row["id"], "The border")
    assert shown["edges"]["DENIES"] == 1
    assert len(shown["properties"]["sha256"]) == 64
    assert shown["properties"]["extractor"].startswith("narragraph ")


def test_the_text_that_offsets_refer_to_is_printed(narragraph: Command, loaded: Path) -> None:
    assert narragraph("documents", "show", "The border", "--text").out == BORDER + "\n"


def test_what_no_document_is_called_is_told(narragraph: Command, loaded: Path) -> None:
    done = narragraph("documents", "show", "nowhere")
    assert (done.status, done.out) == (1, "")
    assert "No document in the store is called 'nowhere'" in done.err


def test_what_several_are_called_lists_them(narragraph: Command, loaded: Path) -> None:
    (loaded / "again.md").write_text(BORDER, "utf-8")
    narragraph("load", loaded / "again.md")
    done = narragraph("documents", "show", "The border")
    assert done.status == 2
    assert "again.md" in done.err
    assert "border.md" in done.err


def test_removing_takes_exactly_what_rested_on_a_document(narragraph: Command, loaded: Path) -> None:
    before = graph(narragraph)
    (loaded / "more.txt").write_text("Estonia accused Latvia of lying about the border with Russia.\n", "utf-8")
    narragraph("load", loaded / "more.txt")
    assert graph(narragraph) != before
    done = narragraph("documents", "remove", loaded / "more.txt", "--yes")
    assert done.status == 0
    assert "1 document removed" in done.err
    assert graph(narragraph) == before


def test_removing_asks_first(narragraph: Command, shell: Command, loaded: Path) -> None:
    before = graph(narragraph)
    done = shell("documents", "remove", "The border", given=b"n\n")
    assert "Remove 1 document from" in done.err
    assert done.status == 130
    assert graph(narragraph) == before


@pytest.fixture
def older(narragraph: Command, loaded: Path, tmp_path: Path) -> list[str]:
    """The graph as today's rules read it; the store holds what older ones made of the texts, which saw no denial."""
    today = graph(narragraph)
    lines = []
    for line in narragraph("extract", loaded).out.splitlines():
        record = json.loads(line)
        if record["type"] == "DENIES":
            continue
        if "extractor" in record:
            record["extractor"] = "narragraph 0.0.1"
            record.pop("attestations")
        lines.append(json.dumps(record))
    old = tmp_path / "old.jsonl"
    old.write_text("\n".join(lines), "utf-8")
    assert narragraph("load", old).status == 0
    return today


def test_what_other_rules_have_read_is_told_with_the_difference(narragraph: Command, older: list[str]) -> None:
    before = graph(narragraph)
    done = narragraph("outdated", "--format", "json")
    rows = {row["title"]: row for row in json.loads(done.out)}
    assert rows.keys() == {"Harbour of Calais", "The border"}
    assert (rows["The border"]["read_by"], rows["The border"]["gained"], rows["The border"]["lost"]) == (
        *("narragraph 0.0.1", 1, 0),
    )
    edges = json.loads(narragraph("outdated", "--show", "edges", "--format", "json").out)
    (gained,) = (row for row in edges if row["title"] == "The border")
    assert (gained["change"], gained["relation"], gained["source"]) == ("gained", "DENIES", "Germany")
    assert gained["sentence"] == "Germany denied that it had closed its border with France."
    assert graph(narragraph) == before


def test_reading_again_gives_what_a_fresh_load_gives_without_the_files(
    narragraph: Command, loaded: Path, older: list[str]
) -> None:
    for path in loaded.iterdir():
        path.unlink()
    done = narragraph("documents", "reload", "--outdated")
    assert done.status == 0
    assert "2 documents read again: 2 changed, 0 unchanged, 0 failed; 2 edges gained, 0 lost" in done.err
    assert graph(narragraph) == older
    assert "0 documents read by other rules" in narragraph("outdated").err


def test_only_the_named_ones_are_read_again(narragraph: Command, older: list[str]) -> None:
    assert "1 document read again: 1 changed" in narragraph("documents", "reload", "The border").err
    assert "1 document read by other rules" in narragraph("outdated").err


def test_reload_needs_to_know_what(narragraph: Command, loaded: Path) -> None:
    assert narragraph("documents", "reload").status == 2


REPRINT = (
    "The government of France accused Russia of spreading lies about the harbour of Calais, and asked three channels "
    "to take down pictures of ships that were taken in another country four years before. Russia denied the accusation "
    "on Friday, and said that its own channels had shown nothing of the kind since the spring of last year.\n"
)


@pytest.fixture
def reprinted(narragraph: Command, tmp_path: Path) -> None:
    """A report and its reprint a day later, and another report."""
    (tmp_path / "first.txt").write_text(f"Ships in Calais\n\nMarch 4, 2021\n\n{REPRINT}", "utf-8")
    (tmp_path / "second.txt").write_text(f"Calais and the ships\n\nMarch 5, 2021\n\n{REPRINT}\nRead more.\n", "utf-8")
    (tmp_path / "border.md").write_text(BORDER, "utf-8")
    narragraph("load", "first.txt", "second.txt", "border.md")


@pytest.mark.usefixtures("reprinted")
def test_a_reprint_is_told_from_its_original_by_its_date(narragraph: Command) -> None:
    done = narragraph("documents", "copies", "--format", "json")
    (row,) = json.loads(done.out)
    assert (row["title"], row["original_title"]) == ("Calais and the ships", "Ships in Calais")
    assert row["share"] > 0.9
    assert "1 document repeat" in done.err


@pytest.mark.usefixtures("reprinted")
def test_copies_are_linked_when_asked_and_found_anew_each_time(narragraph: Command) -> None:
    before = graph(narragraph)
    for _ in range(2):
        narragraph("documents", "copies", "--link")
        counts = json.loads(narragraph("stats", "--format", "json").out)
        assert counts["edges"]["SYNDICATED_FROM"] == 1
    assert narragraph("check").status == 0
    assert narragraph("documents", "remove", "Copies among the documents", "--yes").status == 0
    assert graph(narragraph) == before


@pytest.mark.usefixtures("reprinted")
def test_a_reprint_counts_as_no_second_source_once_it_is_linked(narragraph: Command, tmp_path: Path) -> None:
    lie = "Disinfo: The ships sank\n\nOutlet: rt.com\n\nUkraine is ruled by Nazis.\n\nDisproof\n\nNo evidence given.\n"
    for name, day in (("a.txt", "March 4, 2021"), ("b.txt", "March 5, 2021")):
        (tmp_path / name).write_text(f"{lie}\n{day}\n\n{REPRINT}", "utf-8")
    narragraph("load", "a.txt", "b.txt")

    def documents() -> int:
        done = narragraph("query", "run", "outlets-by-narrative", "-p", "min_confidence=0", "--format", "json")
        return int(json.loads(done.out)[0]["documents"])

    assert documents() == 2
    narragraph("documents", "copies", "--link")
    assert documents() == 1
