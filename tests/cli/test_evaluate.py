"""narragraph evaluate, on a gold folder of its own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

TEXT = "France accused Russia of spreading lies about the harbour of Calais."


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts" / "one.txt").write_text(TEXT, "utf-8")
    nodes = [
        {"id": "FR", "type": "Country", "name": "France", "aliases": []},
        {"id": "RU", "type": "Country", "name": "Russia", "aliases": []},
    ]
    edge = {"type": "ACCUSES", "source": "FR", "target": "RU", "start": 0, "end": len(TEXT), "evidence": TEXT}
    (tmp_path / "gold" / "one.json").write_text(json.dumps({"doc": "one", "nodes": nodes, "edges": [edge]}), "utf-8")
    return tmp_path / "gold"


def test_scores_are_a_table_by_type(narragraph: Command, gold: Path) -> None:
    done = narragraph("evaluate", gold, "--format", "csv")
    assert done.status == 0
    rows = {row["type"]: row for row in csv.DictReader(io.StringIO(done.out))}
    assert rows["Country"]["gold"] == "2"
    assert {"entities", "relations", "ACCUSES"} <= rows.keys()
    assert done.err == "1 document, confidence 0 and above\n"


def test_json_has_the_figures_of_the_scorer(narragraph: Command, gold: Path) -> None:
    whole = json.loads(narragraph("evaluate", gold, "--format", "json").out)
    assert whole["documents"] == 1
    assert {"precision", "recall", "f1", "plain_recall"} <= whole["rows"]["relations"].keys()


@pytest.mark.parametrize("show", ["errors", "confidence", "rules"])
def test_what_stands_behind_the_scores_can_be_shown(narragraph: Command, gold: Path, show: str) -> None:
    assert narragraph("evaluate", gold, "--show", show, "--format", "jsonl").status == 0


def test_a_folder_without_gold_is_told(narragraph: Command, tmp_path: Path) -> None:
    done = narragraph("evaluate", tmp_path)
    assert done.status == 1
    assert "no gold graphs here" in done.err
