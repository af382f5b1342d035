"""narragraph identity: pairs are shown with their sentences, decided by a person, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

ONE = "Viktor Harbowski accused Russia of lying about the harbour of Calais.\n"
OTHER = "Victor Harbowski denied that he had been paid. Latvia accused Victor Harbowski of lying.\n"


@pytest.fixture
def loaded(narragraph: Command, tmp_path: Path) -> None:
    """Two articles that spell one man's name in two ways."""
    (tmp_path / "one.txt").write_text(ONE, "utf-8")
    (tmp_path / "other.txt").write_text(OTHER, "utf-8")
    assert narragraph("load", "one.txt", "other.txt").status == 0


def pairs(narragraph: Command) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(narragraph("identity", "candidates", "--format", "json").out)
    return found


def decisions(narragraph: Command, *more: str) -> list[str]:
    return [row["verdict"] for row in json.loads(narragraph("identity", "list", "--format", "json", *more).out)]


pytestmark = pytest.mark.usefixtures("loaded")


def test_names_spelt_nearly_alike_are_candidates(narragraph: Command) -> None:
    (pair,) = pairs(narragraph)
    assert {pair["left"], pair["right"]} == {"Viktor Harbowski", "Victor Harbowski"}
    assert "spelt nearly alike" in pair["reasons"]


def test_a_review_shows_the_sentences_of_both_and_keeps_what_is_decided(shell: Command, narragraph: Command) -> None:
    done = shell("identity", "review", "--by", "ida", given=b"s\n")
    assert done.status == 0
    assert "accused Russia of lying about the harbour" in done.out
    assert "denied that he had been paid" in done.out
    assert "1 decided, 0 left" in done.err
    assert decisions(narragraph) == ["same"]
    assert pairs(narragraph) == []


@pytest.mark.parametrize(
    ("keys", "left"), [(b"\n", []), (b"q\n", []), (b"s\nz\n", []), (b"s\nz\nd\n", ["different"]), (b"u\n", ["unsure"])]
)
def test_a_review_can_put_off_take_back_and_end(
    shell: Command, narragraph: Command, keys: bytes, left: list[str]
) -> None:
    assert shell("identity", "review", given=keys).status == 0
    assert decisions(narragraph) == left


def test_what_is_the_same_is_shown_asked_and_drawn_as_one(narragraph: Command) -> None:
    narragraph("identity", "decide", "Viktor Harbowski", "Victor Harbowski", "same", "--why", "one man")
    shown = narragraph("show", "Viktor Harbowski", "--min-confidence", "0").out
    assert "Russia" in shown
    assert "Latvia" in shown
    rows = json.loads(
        narragraph("query", "run", "who-accuses-whom", "-p", "target=Viktor Harbowski", "-p", "min_confidence=0",
                   "--format", "json").out
    )  # fmt: skip
    assert [row["accuser"] for row in rows] == ["Latvia"]
    before = narragraph("stats", "--format", "json").out
    drawn = narragraph("export", "html", "page.html").err
    narragraph("identity", "undo", "Viktor Harbowski", "Victor Harbowski")
    apart = narragraph("export", "html", "page.html").err
    assert int(apart.split()[0]) == int(drawn.split()[0]) + 1
    assert json.loads(before)["edges"]["SAME_AS"] == 1


def test_rows_and_links_name_both_of_what_is_the_same(narragraph: Command) -> None:
    narragraph("identity", "decide", "Viktor Harbowski", "Victor Harbowski", "same")
    both = "Victor Harbowski = Viktor Harbowski"
    rows = json.loads(narragraph("query", "run", "who-accuses-whom", "--min-confidence", "0", "--format", "json").out)
    assert {(row["accuser"], row["accused"]) for row in rows} == {("Latvia", both), (both, "Russia")}
    assert f"Latvia accuses {both}" in narragraph("links", "Latvia", "Russia", "--min-confidence", "0").out
    assert narragraph("show", "Victor Harbowski").out.startswith(both)
    narragraph("identity", "undo", "Viktor Harbowski", "Victor Harbowski")
    rows = json.loads(narragraph("query", "run", "who-accuses-whom", "--min-confidence", "0", "--format", "json").out)
    assert both not in {row["accuser"] for row in rows}


def test_decisions_outlive_a_reload_and_change_no_attestation(narragraph: Command) -> None:
    def said() -> list[str]:
        lines = narragraph("export", "jsonl", "-").out.splitlines()
        return [line for line in lines if '"record": "edge"' in line and "SAME_AS" not in line]

    before = said()
    narragraph("identity", "decide", "Viktor Harbowski", "Victor Harbowski", "same")
    assert said() == before
    narragraph("documents", "remove", "one.txt", "--yes")
    narragraph("load", "one.txt")
    assert said() == before
    assert decisions(narragraph) == ["same"]


def test_taking_back_what_nobody_decided_is_told(narragraph: Command) -> None:
    done = narragraph("identity", "undo", "Viktor Harbowski", "Victor Harbowski")
    assert done.status == 1
    assert "Nothing is decided on" in done.err


def test_the_log_keeps_what_was_decided_before(narragraph: Command) -> None:
    for verdict in ("same", "different"):
        narragraph("identity", "decide", "Viktor Harbowski", "Victor Harbowski", verdict)
    assert decisions(narragraph) == ["different"]
    assert decisions(narragraph, "--all") == ["same", "different"]


def test_decisions_travel_and_are_taken_once(narragraph: Command, tmp_path: Path) -> None:
    narragraph("identity", "decide", "Viktor Harbowski", "Victor Harbowski", "same")
    narragraph("identity", "export", "log.jsonl")
    narragraph("load", "one.txt", "--store", "elsewhere")
    assert "1 decisions added" in narragraph("identity", "import", "log.jsonl", "--store", "elsewhere").err
    assert "0 decisions added, 1 known" in narragraph("identity", "import", "log.jsonl", "--store", "elsewhere").err
    (tmp_path / "log.jsonl").write_text('{"verdict": "same"}\n', "utf-8")
    done = narragraph("identity", "import", "log.jsonl")
    assert done.status == 1
    assert "log.jsonl, line 1: is no decision" in done.err


def test_an_unknown_name_decides_nothing(narragraph: Command) -> None:
    done = narragraph("identity", "decide", "Viktor Harbowski", "Nobody", "same")
    assert done.status == 1
    assert "nothing in the store is named 'Nobody'" in done.err


def test_what_is_decided_of_names_that_are_gone_waits_for_them(narragraph: Command) -> None:
    narragraph("identity", "decide", "Viktor Harbowski", "Victor Harbowski", "same")
    narragraph("documents", "remove", "one.txt", "--yes")
    (row,) = json.loads(narragraph("identity", "list", "--format", "json").out)
    assert row["gone"] == ["actor:viktor-harbowski"]
    narragraph("identity", "export", "log.jsonl")
    narragraph("load", "other.txt", "--store", "elsewhere")
    done = narragraph("identity", "import", "log.jsonl", "--store", "elsewhere")
    assert "Names of which no document here speaks: 1. What is decided of them waits." in done.err
    narragraph("load", "one.txt")
    (row,) = json.loads(narragraph("identity", "list", "--format", "json").out)
    assert row["gone"] == []


def test_decisions_that_contradict_each_other_are_refused_as_a_whole(narragraph: Command, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text("Wictor Harbowski accused Latvia of lying about the harbour.\n", "utf-8")
    narragraph("load", "three.txt")
    narragraph("identity", "decide", "Viktor Harbowski", "Victor Harbowski", "same")
    narragraph("identity", "decide", "Victor Harbowski", "Wictor Harbowski", "same")
    done = narragraph("identity", "decide", "Viktor Harbowski", "Wictor Harbowski", "different")
    assert done.status == 2
    assert "decided to be different, and by other decisions the same" in done.err
    assert "narragraph identity undo takes one back" in done.err
    assert decisions(narragraph) == ["same", "same"]
