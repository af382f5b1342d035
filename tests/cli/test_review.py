"""narragraph review: edges are struck, confirmed or doubted, and all of it can be undone."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
HARBOUR = Path(__file__).parents[1] / "queries" / "fixtures" / "harbour.jsonl"
ACCUSED = "edge:f040d5458d984194"  # Northland accuses Southmark, confidence .81
RECORD = f'"id": "{ACCUSED}"'
REPEATED = "edge:e98ab365023dbf03"  # Radio North amplifies the claim, confidence .56, the least of all


@pytest.fixture
def asking(narragraph: Command) -> Command:
    """The command in a folder whose default store holds the harbour dispute."""
    assert narragraph("load", HARBOUR).status == 0
    return narragraph


def accusers(asking: Command) -> list[str]:
    done = asking("query", "run", "who-accuses-whom", "-p", "target=Southmark", "--format", "jsonl")
    return [json.loads(line)["accuser"] for line in done.out.splitlines()]


def count(asking: Command, cypher: str) -> int:
    return int(json.loads(asking("query", "cypher", cypher, "--format", "jsonl").out)["n"])


def test_a_rejected_edge_leaves_views_counts_queries_and_exports_and_comes_back(asking: Command) -> None:
    everything = count(asking, "MATCH ()-[r]->() RETURN count(r) AS n")
    page = asking("export", "html", "-").out
    done = asking("review", ACCUSED, "--reject", "--note", "they only asked", "--by", "Ida Lund")
    assert (done.status, f"{ACCUSED} (Northland ACCUSES Southmark): rejected" in done.err) == (0, True)
    assert accusers(asking) == []
    assert count(asking, "MATCH ()-[r]->() RETURN count(r) AS n") == everything - 1
    assert RECORD not in asking("export", "jsonl", "-").out
    assert ACCUSED not in asking("show", "Southmark", "--format", "json").out
    assert asking("export", "html", "-").out != page
    assert asking("check").status == 0
    told = asking("why", ACCUSED)
    assert (told.status, "was rejected by Ida Lund" in told.err, "they only asked" in told.err) == (1, True, True)
    assert asking("load", HARBOUR).status == 0
    assert accusers(asking) == [], "it stays away when its document is loaded again"
    assert asking("review", ACCUSED, "--undo").status == 0
    assert accusers(asking) == ["Northland"]
    assert asking("export", "html", "-").out == page
    assert count(asking, "MATCH ()-[r]->() RETURN count(r) AS n") == everything


def test_what_was_decided_shows_with_the_edge(asking: Command) -> None:
    asking("review", ACCUSED, "--confirm", "--by", "Ida")
    asking("review", REPEATED, "--doubt", "--note", "who?", "--by", "Ida")
    assert "1.00, confirmed by hand; the extraction had 0.81" in asking("why", ACCUSED).out
    assert "confirmed" in asking("show", "Southmark").out
    shown = json.loads(asking("show", "Radio North", "--min-confidence", "0", "--format", "json").out)
    assert {row["edge"]: (row["review"], row["confidence"]) for row in shown}[REPEATED] == ("doubted", 0.5)


def test_decisions_are_listed_exported_and_imported(asking: Command, tmp_path: Path) -> None:
    asking("review", ACCUSED, "--reject", "--by", "Ida", "--note", "no")
    asking("review", REPEATED, "--confirm", "--by", "Bo")
    asking("review", "undo", REPEATED, "--by", "Bo")
    (row,) = json.loads(asking("review", "list", "--format", "json").out)
    assert (row["edge"], row["verdict"], row["by"], row["note"]) == (ACCUSED, "rejected", "Ida", "no")
    assert row["sentence"] == "Northland accused Southmark of poisoning the harbour of Kelp."
    assert len(json.loads(asking("review", "list", "--all", "--format", "json").out)) == 3
    assert asking("review", "export", "log.jsonl").status == 0
    other = ("--store", "other")
    assert (
        "3 decisions added, 0 known already"
        in asking("load", HARBOUR, *other).err + asking("review", "import", "log.jsonl", *other).err
    )
    assert RECORD not in asking("export", "jsonl", "-", *other).out
    assert "0 decisions added, 3 known already" in asking("review", "import", "log.jsonl", *other).err
    (tmp_path / "bad.jsonl").write_text('{"edge": 1}\n')
    bad = asking("review", "import", "bad.jsonl")
    assert (bad.status, "bad.jsonl, line 1: is no decision" in bad.err) == (1, True)


def test_an_export_takes_the_decisions_along(asking: Command) -> None:
    asking("review", ACCUSED, "--reject", "--by", "Ida")
    asking("export", "jsonl", "graph.jsonl")
    assert asking("load", "graph.jsonl", "--store", "other").status == 0
    assert asking("load", HARBOUR, "--store", "other").status == 0
    assert RECORD not in asking("export", "jsonl", "-", "--store", "other").out


def test_edges_are_gone_through_with_keys(asking: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\nhearsay\nr\nd\nz\nc\nx\nq\n"))
    done = asking("review", "--by", "Ida", "--types", "AMPLIFIES,ATTRIBUTED_TO")
    assert done.status == 0
    assert "1 of 4\nRadio North amplifies it had poisoned the harbour" in done.out
    words = " ".join(done.out.split())
    assert "»Radio North repeated the claim that Southmark had poisoned the harbour on 3 May 2021.« Officials" in words
    assert "2 decided, 2 left." in done.err
    held = {row["edge"]: row for row in json.loads(asking("review", "list", "--format", "json").out)}
    assert (held[REPEATED]["verdict"], held[REPEATED]["note"]) == ("rejected", "hearsay")
    assert sorted(row["verdict"] for row in held.values()) == ["confirmed", "rejected"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    again = asking("review", "--order", "central", "--types", "AMPLIFIES,ATTRIBUTED_TO")
    assert "1 of 2\n" in again.out, "what was decided is not asked again"


def test_bad_input_is_told(asking: Command) -> None:
    both = asking("review", ACCUSED, "--confirm", "--reject")
    assert "just one of --reject" in both.err
    assert (both.status, accusers(asking)) == (asking("review", ACCUSED).status, ["Northland"])
    for words, status, told in (
        (("review", "edge:nowhere", "--reject"), 1, "holds no edge 'edge:nowhere'"),
        (("review", ACCUSED), 2, "--reject, --confirm, --doubt or --undo"),
        (("review", ACCUSED, "--undo"), 1, f"Nothing is decided on {ACCUSED}"),
        (("review", "--types", "ACCUSE"), 2, "ACCUSES"),
        (("review", ACCUSED, "--reject", "--store", "nowhere"), 3, "no store at nowhere"),
    ):
        done = asking(*words)
        assert (done.status, told in done.err) == (status, True), done.err
    asking("identity", "decide", "Harbour Times", "Radio North", "same")
    line = json.loads(asking("query", "cypher", "MATCH ()-[r:SAME_AS]->() RETURN r.id AS id", "--format", "jsonl").out)
    done = asking("review", line["id"], "--reject")
    assert (done.status, "narragraph identity undo" in done.err) == (2, True)
