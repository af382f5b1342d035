"""narragraph show, links, timeline, neighbours, compare and why, on a small graph in the embedded store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
HARBOUR = Path(__file__).parents[1] / "queries" / "fixtures" / "harbour.jsonl"
ACCUSED = "edge:f040d5458d984194"  # Northland accuses Southmark


@pytest.fixture
def asking(narragraph: Command) -> Command:
    """The command in a folder whose default store holds the harbour dispute."""
    assert narragraph("load", HARBOUR).status == 0
    return narragraph


def rows(asking: Command, *words: object) -> list[dict[str, Any]]:
    done = asking(*words, "--format", "json")
    assert done.status == 0, done.err
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_show_finds_by_alias_and_near_spelling(asking: Command) -> None:
    assert "Northland accused Southmark" in asking("show", "Northlandic").out
    near = asking("show", "Sutmark")
    assert "Nothing is named 'Sutmark'; taking Southmark." in near.err
    missing = asking("show", "Atlantis")
    assert (missing.status, "nothing in the store is named 'Atlantis'" in missing.err) == (1, True)


def test_show_as_rows_carries_sentences_and_documents(asking: Command) -> None:
    found = rows(asking, "show", "Southmark")
    assert {"DENIES", "ACCUSES"} <= {row["relation"] for row in found}
    assert all(row["sentence"] and row["document"] and row["said_by"] and row["edges"] for row in found)
    assert all(row["documents"] == 1 for row in found)


def test_show_lists_several_matches_to_choose_from(asking: Command) -> None:
    done = asking("show", "the harbour")
    assert done.status == 2
    assert done.err.count("Document:") == 2


def test_lists_can_be_cut_and_narrowed(asking: Command) -> None:
    done = asking("show", "Southmark", "--limit", 1)
    assert "… and 2 more; --limit 0 shows all" in done.out
    done = asking("show", "Southmark", "--limit", 1, "--format", "csv")
    assert len(done.out.splitlines()) == 3, "one of each list"
    assert "The first 2 of 4; --limit 0 shows all." in done.err
    assert {row["relation"] for row in rows(asking, "show", "Southmark", "--types", "denies")} == {"DENIES"}
    wrong = asking("show", "Southmark", "--types", "DENYS")
    assert (wrong.status, "there is no relation 'DENYS'" in wrong.err, "DENIES" in wrong.err) == (2, True, True)


def test_lists_can_be_sorted(asking: Command) -> None:
    sure = [row["confidence"] for row in rows(asking, "show", "Southmark", "--sort", "confidence")[1:]]
    assert sure == sorted(sure, reverse=True)
    days = [row["date"] for row in rows(asking, "timeline", "Kelp", "--sort", "newest")]
    assert days == sorted(days, reverse=True)
    near = [row["neighbour"] for row in rows(asking, "neighbours", "Northland", "--sort", "name")]
    assert near == sorted(near, key=str.casefold)
    wrong = asking("show", "Southmark", "--sort", "size")
    assert (wrong.status, "'documents', 'confidence'" in wrong.err) == (2, True)


def test_what_is_decided_to_be_the_same_is_one_with_both_names(asking: Command) -> None:
    asking("identity", "decide", "Harbour Times", "Radio North", "same")
    shown = asking("show", "Radio North", "--min-confidence", 0).out
    assert shown.startswith("Harbour Times = Radio North  (Outlet, ")
    assert "Harbour Times spread the story of a poisoned sea." in shown
    sure = rows(asking, "links", "Radio North", "narrative:poisoned-sea", "--min-confidence", 0.7)
    assert {row["source"] for row in sure} == {"Harbour Times = Radio North"}


def test_what_is_shown_opens_as_a_page(asking: Command, tmp_path: Path) -> None:
    for words in (
        ("show", "Southmark"), ("links", "Harbour Times", "Southmark"), ("timeline", "Kelp"),
        ("neighbours", "Northland"), ("compare", "Northland", "Southmark", "--min-confidence", 0), ("why", ACCUSED),
    ):  # fmt: skip
        done = asking(*words, "--html", "page.html")
        assert (done.status, done.out) == (0, ""), done.err
        assert "sentences in page.html" in done.err
        page = (tmp_path / "page.html").read_text("utf-8")
        assert "Southmark" in page
        (tmp_path / "page.html").unlink()


def test_links_show_each_hop_with_its_sentence(asking: Command) -> None:
    done = asking("links", "Harbour Times", "Southmark")
    assert done.status == 0
    assert "Harbour Times amplifies The sea is being poisoned" in done.out
    found = rows(asking, "links", "Harbour Times", "Southmark")
    assert [row["hop"] for row in found] == sorted(row["hop"] for row in found)
    assert all(row["sentence"] and row["edge"] for row in found)


def test_links_that_are_not_there_can_fail_and_tell_what_would_find_some(asking: Command) -> None:
    done = asking("links", "Harbour Times", "Southmark", "--hops", 1, "--fail-if-empty")
    assert done.status == 4
    assert "No chain of statements of at most 1 hop connects" in done.out
    done = asking("links", "Radio North", "Southmark", "--hops", 2, "--min-confidence", 0.7)
    assert "There are chains with --min-confidence 0." in done.err
    same = asking("links", "Northland", "Government of Northland")
    assert (same.status, "count as one" in same.err) == (2, True)


def test_a_timeline_can_be_narrowed_to_a_time(asking: Command) -> None:
    days = [row["date"] for row in rows(asking, "timeline", "Kelp")]
    assert days == sorted(days)
    assert days[0] == "2021-05-04"
    assert {row["date"] for row in rows(asking, "timeline", "Kelp", "--since", "2021-05-06")} == {"2021-05-07"}
    assert rows(asking, "timeline", "Kelp", "--until", "2021-04") == []
    wrong = asking("timeline", "Kelp", "--since", "May")
    assert (wrong.status, "a date like 2022-01-31" in wrong.err) == (2, True)


def test_neighbours_and_comparison_as_rows(asking: Command) -> None:
    near = {row["neighbour"]: row["relations"] for row in rows(asking, "neighbours", "Southmark")}
    assert near["Northland"] == ["ACCUSES 1"]
    kinds = rows(asking, "neighbours", "Southmark", "--kinds", "country,Outlet")
    assert [row["neighbour"] for row in kinds] == ["Northland"]
    wrong = asking("neighbours", "Southmark", "--kinds", "Acter")
    assert (wrong.status, "there is no kind of node 'Acter'" in wrong.err, "Actor" in wrong.err) == (2, True, True)
    parts = {(row["part"], row["of"]) for row in rows(asking, "compare", "Northland", "Southmark")}
    assert ("A on B", "Southmark") in parts
    assert ("both on", "it had poisoned the harbour") in parts


def test_why_tells_everything_behind_an_edge(asking: Command) -> None:
    done = asking("why", ACCUSED)
    for words in (
        "»Northland accused Southmark",
        "accuse",
        "of the same two: in 1 independent document",
        f"review {ACCUSED}",
    ):
        assert words in done.out
    (row,) = rows(asking, "why", ACCUSED.removeprefix("edge:")[:8])
    assert (row["edge"], row["confidence"], row["decisions"]) == (ACCUSED, 0.81, [])
    missing = asking("why", "edge:0123456789abcdef")
    assert (missing.status, "holds no edge" in missing.err) == (1, True)


def test_an_empty_store_says_so(narragraph: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    narragraph("load", tmp_path / "empty.jsonl")
    for words in (("show", "A"), ("timeline", "A"), ("neighbours", "A"), ("compare", "A", "B"), ("links", "A", "B")):
        done = narragraph(*words)
        assert (done.status, "holds no names yet" in done.err) == (1, True), done.err
    assert narragraph("why", "edge:0123456789abcdef").status == 1


def completed(line: str) -> list[str]:
    """What bash is offered at the end of a line."""
    asked = {"_NARRAGRAPH_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    command = Path(sys.executable).with_name("narragraph")
    done = subprocess.run([command], env={**os.environ, **asked}, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return [row.partition(",")[2] for row in done.stdout.splitlines() if row]


def test_the_shell_completes_names_and_relations(asking: Command, tmp_path: Path) -> None:
    assert completed("narragraph show har") == ["Harbour\\ Times"]
    assert completed("narragraph show north") == [
        "Northland", "Government\\ of\\ Northland", "Radio\\ North",
    ]  # fmt: skip
    assert completed('narragraph show "har') == ["Harbour Times"]
    assert completed("narragraph show x --types DEN") == ["DENIES"]
    kept = tmp_path / "narragraph-store" / "names.tsv"
    kept.write_text("Kelly Kept\tActor\n", "utf-8")
    assert completed("narragraph links kel") == ["Kelly\\ Kept"], "no store is opened again"
    os.utime(kept, (time.time() - 9999, time.time() - 9999))
    assert completed("narragraph links kel")[0] == "Kelp", "unless it has changed"


def test_completion_is_silent_without_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRAGRAPH_STORE", raising=False)
    assert completed("narragraph show har") == []


def test_a_name_cannot_steer_the_terminal(narragraph: Command, tmp_path: Path) -> None:
    root = {"record": "node", "id": "document:d", "type": "Document", "name": "D\x1b[2J", "text": "Ann hit Bo."}
    ends = [
        {"record": "node", "id": f"actor:{name}", "type": "Actor", "name": f"{name}\x1b[31m"} for name in ("ann", "bo")
    ]
    edge = {
        "record": "edge", "id": "edge:0123456789", "type": "ACCUSES", "source": "actor:ann", "target": "actor:bo",
        "document": "document:d", "sentence": "Ann hit Bo.", "start": 0, "end": 11, "confidence": 0.9,
    }  # fmt: skip
    (tmp_path / "hostile.jsonl").write_text("\n".join(json.dumps(record) for record in (root, *ends, edge)))
    assert narragraph("load", "hostile.jsonl").status == 0
    for words in (
        ("show", "actor:ann"), ("links", "actor:ann", "actor:bo"), ("timeline", "actor:ann"), ("why", edge["id"]),
        ("neighbours", "actor:ann"), ("compare", "actor:ann", "actor:bo"), ("review", edge["id"], "--doubt"),
    ):  # fmt: skip
        done = narragraph(*words)
        assert done.status == 0, done.err
        assert "\x1b" not in done.out + done.err


def test_kinds_that_no_neighbour_has_are_told(asking: Command) -> None:
    assert (
        asking("neighbours", "Southmark", "--kinds", "Narrative").out
        == "No Narrative among the neighbours of Southmark.\n"
    )
