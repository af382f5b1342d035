"""The canned queries, on a small graph whose answers were worked out by hand, on every store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from narragraph.errors import NothingFound
from narragraph.graph.ingest import load
from narragraph.graph.records import read_lines
from narragraph.graph.stores.base import Store, View
from narragraph.queries import pack, runner

FIXTURES = Path(__file__).parent / "fixtures"
ANSWERS = yaml.safe_load((FIXTURES / "answers" / "answers.yaml").read_text("utf-8"))


@pytest.fixture
def view(cypher_store: Store) -> Any:
    lines = (FIXTURES / "harbour.jsonl").read_text("utf-8").splitlines()
    load((record for _, record in read_lines(lines)), cypher_store)
    with cypher_store.view() as view:
        yield view


def test_every_canned_query_has_an_answer_worked_out_by_hand() -> None:
    assert {answer["query"] for answer in ANSWERS} == set(pack.load_packs())


def test_canned_queries_answer_as_worked_out_by_hand(view: View) -> None:
    for answer in ANSWERS:
        query = pack.load_packs()[answer["query"]]
        rows = runner.run(view, query, answer.get("parameters", {})).rows
        assert rows.columns == tuple(query.columns), f"{query.name} documents its columns"
        places = [rows.columns.index(column) for column in answer["columns"]]
        found = [[row[place] for place in places] for row in rows.rows]
        assert found == answer["rows"], f"{query.name} {answer.get('parameters', '')}"


def test_an_answer_that_confidence_hides_says_how_much_it_hides(view: View) -> None:
    query = pack.load_packs()["who-denies-what"]
    answer = runner.run(view, query, {"min_confidence": 0.99})
    assert (answer.rows.rows, answer.hidden) == ([], 1)


def test_a_name_nobody_bears_is_told(view: View) -> None:
    with pytest.raises(NothingFound, match="nothing in the store is named 'Atlantis'"):
        runner.run(view, pack.load_packs()["claims-by"], {"speaker": "Atlantis"})
