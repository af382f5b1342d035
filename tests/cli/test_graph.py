"""narragraph export jsonl, stats and check, on the embedded store."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_records import TEXT, harbour

from narragraph.graph.model import Edge, Node
from narragraph.graph.records import to_line
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Bundle

Command = Callable[..., Any]


@pytest.fixture
def store(narragraph: Command, tmp_path: Path) -> str:
    """A store with two documents, as --store takes it."""
    lines = [to_line(record) + "\n" for name in ("one", "two") for record in harbour(name)]
    (tmp_path / "records.jsonl").write_text("".join(lines), "utf-8")
    assert narragraph("load", "records.jsonl", "--store", "case").status == 0
    return "case"


def test_an_export_can_be_loaded_and_exported_again_byte_for_byte(
    narragraph: Command, store: str, tmp_path: Path
) -> None:
    done = narragraph("export", "jsonl", "first.jsonl", "--store", store)
    assert (done.status, done.out) == (0, "")
    assert "15 records from case (embedded store" in done.err
    narragraph("load", "first.jsonl", "--store", "copy")
    narragraph("export", "jsonl", "second.jsonl", "--store", "copy")
    first = (tmp_path / "first.jsonl").read_bytes()
    assert (tmp_path / "second.jsonl").read_bytes() == first
    assert narragraph("export", "jsonl", "-", "--store", store).out.encode() == first


def test_an_export_is_sorted_nodes_before_edges(narragraph: Command, store: str) -> None:
    records = [json.loads(line) for line in narragraph("export", "jsonl", "-", "--store", store).out.splitlines()]
    keys = [(record["record"] == "edge", record["id"]) for record in records]
    assert keys == sorted(keys)


def test_stats_count_by_type(narragraph: Command, store: str) -> None:
    whole = json.loads(narragraph("stats", "--store", store, "--format", "json").out)
    assert whole["nodes"] == {"Claim": 1, "Country": 2, "Document": 2}
    assert whole["edges"] == {"ACCUSES": 2, "DENIES": 2, "MENTIONS": 6}
    rows = list(csv.reader(io.StringIO(narragraph("stats", "--store", store, "--format", "csv").out)))
    assert rows[:2] == [["record", "type", "count"], ["node", "Claim", "1"]]
    assert "Country" in narragraph("stats", "--store", store).out


def test_a_sound_store_passes_its_check(narragraph: Command, store: str) -> None:
    done = narragraph("check", "--store", store)
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("10 edges read back in case (embedded store")
    assert done.err.endswith("faults: 0\n")
    assert json.loads(narragraph("check", "--store", store, "--format", "json").out) == []


def test_a_store_that_was_tampered_with_fails_its_check(narragraph: Command, store: str) -> None:
    document, *others = harbour("one")
    spoiled = replace(document, properties={**document.properties, "text": TEXT.replace("accused", "thanked")})
    nodes = [record for record in (spoiled, *others) if isinstance(record, Node)]
    edges = [record for record in others if isinstance(record, Edge)]
    with open_store(store) as opened, opened.writer() as writer:  # past the checks of a load
        writer.put(Bundle(nodes[0], nodes, edges))
    done = narragraph("check", "--store", store, "--format", "csv")
    assert done.status == 1
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert (row["type"], row["document"]) == ("ACCUSES", document.id)
    assert row["reason"] == "its sentence does not stand at 0–46 nor anywhere else"


def test_records_can_be_checked_before_they_are_loaded(narragraph: Command, store: str, tmp_path: Path) -> None:
    assert narragraph("check", "records.jsonl").status == 0
    lines = (tmp_path / "records.jsonl").read_text("utf-8").splitlines()
    lines[6] = lines[6].replace("Arland accused", "Arland thanked", 1)
    (tmp_path / "spoiled.jsonl").write_text("\n".join([*lines, "{"]), "utf-8")
    done = narragraph("check", "spoiled.jsonl", "--format", "json")
    assert done.status == 1
    reasons = [row["reason"] for row in json.loads(done.out)]
    assert len(reasons) == 3
    assert reasons[0].startswith("spoiled.jsonl, line 17: not JSON")
    assert reasons[1].startswith("its sentence does not stand")
    assert reasons[2].startswith("a record of it cannot be read (line 17: not JSON")


@pytest.mark.parametrize("words", [("stats",), ("check",), ("export", "jsonl", "out.jsonl")])
def test_what_needs_a_store_says_how_to_make_one(narragraph: Command, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = narragraph(*words)
    assert done.status == 3
    assert done.err.startswith("Error: There is no store at narragraph-store. narragraph load")
    assert list(tmp_path.iterdir()) == []
