"""narragraph query, on a small graph in the embedded store."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
HARBOUR = Path(__file__).parents[1] / "queries" / "fixtures" / "harbour.jsonl"


@pytest.fixture
def asking(narragraph: Command) -> Command:
    """The command in a folder whose default store holds the harbour dispute."""
    assert narragraph("load", HARBOUR).status == 0
    return narragraph


def test_list_names_every_query_with_its_question(narragraph: Command) -> None:
    done = narragraph("query", "list", "--format", "json")
    names = [row["name"] for row in json.loads(done.out)]
    assert (done.status, "who-accuses-whom" in names, len(names) >= 10) == (0, True, True)


def test_show_tells_parameters_columns_and_an_example(narragraph: Command) -> None:
    out = narragraph("query", "show", "who-accuses-whom").out
    assert "Only accusations against this one." in out
    assert "Example: narragraph query run who-accuses-whom" in out
    assert "MATCH (a)-[r:ACCUSES]->(t)" in out


def test_run_gives_the_same_rows_in_every_format(asking: Command) -> None:
    def run(format: str) -> str:
        done = asking("query", "run", "who-accuses-whom", "-p", "target=Southmark", "--format", format)
        assert done.status == 0
        return str(done.out)

    (row,) = json.loads(run("json"))
    assert row["accuser"] == "Northland"
    assert row["sentence"] == "Northland accused Southmark of poisoning the harbour of Kelp."
    assert json.loads(run("jsonl")) == row
    (line,) = csv.DictReader(io.StringIO(run("csv")))
    assert (line["accuser"], line["confidence"]) == ("Northland", "0.81")
    assert "Northland" in run("table")


def test_a_near_name_that_was_taken_is_told(asking: Command) -> None:
    done = asking("query", "run", "who-accuses-whom", "-p", "target=Sutmark", "--format", "csv")
    assert "Nothing is named 'Sutmark'; taking Southmark." in done.err
    assert "poisoning the harbour" in done.out


def test_a_wrong_parameter_is_told_with_the_right_ones_and_opens_no_store(narragraph: Command) -> None:
    done = narragraph("query", "run", "who-accuses-whom", "-p", "victim=Southmark")
    assert done.status == 2
    assert "no parameter 'victim'" in done.err
    assert "target (node)" in done.err


def test_a_store_that_is_not_there_is_exit_status_3(narragraph: Command) -> None:
    done = narragraph("query", "run", "who-accuses-whom")
    assert done.status == 3
    assert "narragraph-store" in done.err


def test_rows_that_confidence_hides_are_told(asking: Command) -> None:
    done = asking("query", "run", "who-denies-what", "-p", "min_confidence=0.99", "--fail-if-empty")
    assert done.status == 4
    assert "Less certain than 0.99: 1 more row; --min-confidence 0 shows them." in done.err


def test_a_country_can_be_asked_for_without_its_government(asking: Command) -> None:
    query = ("query", "run", "who-accuses-whom", "-p", "accuser=Northland", "-p", "plain=false", "--format", "jsonl")
    assert len(asking(*query).out.splitlines()) == 3
    assert len(asking(*query, "--no-fold").out.splitlines()) == 2


def test_cypher_of_ones_own_only_reads(asking: Command) -> None:
    done = asking("query", "cypher", "MATCH (n:Outlet) RETURN n.name AS name ORDER BY name", "--format", "csv")
    assert (done.status, done.out) == (0, "name\nHarbour Times\nRadio North\n")
    done = asking("query", "cypher", "MATCH (n) DETACH DELETE n")
    assert done.status == 2
    assert "DETACH is not allowed (line 1, column 11)" in done.err
    done = asking("query", "cypher", "MATCH (n:Outlet) RETRUN n")
    assert done.status == 1
    assert "Error" in done.err
    assert len(asking("query", "cypher", "MATCH (n) RETURN n.id AS id", "--format", "jsonl").out.splitlines()) == 11
    done = asking("query", "cypher", "MATCH (n) RETURN n.id AS id", "--format", "jsonl", "--max-rows", 3)
    assert (len(done.out.splitlines()), done.err) == (3, "Only the first 3 rows; --max-rows shows more.\n")
