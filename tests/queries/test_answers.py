"""What each canned query answers, on small graphs whose answers were worked out by hand, on every store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from neo4j import Driver, GraphDatabase
from neo4j_server import Address
from written_graphs import bundles

from narragraph.errors import NothingFound
from narragraph.graph.ingest import load
from narragraph.graph.records import read_lines
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Store, View
from narragraph.queries import pack, runner

FIXTURES = Path(__file__).parent / "fixtures"
FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((FIXTURES / "answers").glob("*.yaml"))}


@pytest.fixture(params=sorted(FILES))
def answers(request: pytest.FixtureRequest, cypher_store: Store) -> Iterator[tuple[View, list[dict[str, Any]]]]:
    """A view of a file's graph, and what queries answer there."""
    told = FILES[request.param]
    fill(cypher_store, told)
    with cypher_store.view() as view:
        yield view, told["answers"]


@pytest.fixture
def harbour(cypher_store: Store) -> Iterator[View]:
    fill(cypher_store, FILES["harbour"])
    with cypher_store.view() as view:
        yield view


def fill(store: Store, told: dict[str, Any]) -> None:
    """Put a file's graph into a store."""
    if "records" in told:
        lines = (FIXTURES / told["records"]).read_text("utf-8").splitlines()
        load((record for _, record in read_lines(lines)), store)
    else:
        with store.writer() as writer:
            writer.put_all(list(bundles(told["graph"])))


def test_every_canned_query_has_an_answer_worked_out_by_hand() -> None:
    assert {answer["query"] for told in FILES.values() for answer in told["answers"]} == set(pack.load_packs())


def test_canned_queries_answer_as_worked_out_by_hand(answers: tuple[View, list[dict[str, Any]]]) -> None:
    view, wanted = answers
    wrong = []
    for answer in wanted:
        query = pack.load_packs()[answer["query"]]
        rows = runner.run(view, query, answer.get("parameters", {})).rows
        assert rows.columns == tuple(query.columns), f"{query.name} documents its columns"
        places = [rows.columns.index(column) for column in answer["columns"]]
        found = [[row[place] for place in places] for row in rows.rows]
        if found != answer["rows"]:
            wrong.append(f"{query.name} {answer.get('parameters', '')}:\n  {found}\n  and not\n  {answer['rows']}")
    assert not wrong, "\n".join(wrong)


def test_what_answers_rest_on_comes_when_it_is_asked_for(answers: tuple[View, list[dict[str, Any]]]) -> None:
    view, wanted = answers
    for answer in wanted:
        query = pack.load_packs()[answer["query"]]
        if query.has_evidence and answer["rows"]:
            rows = runner.ask(view, query, answer.get("parameters", {}), evidence=True).rows(view)
            assert rows.columns == (*query.columns, pack.EVIDENCE)
            assert all(row[-1] for row in rows.rows), f"{query.name} shows the sentences behind each row"


def test_an_answer_that_confidence_hides_says_how_much_it_hides(harbour: View) -> None:
    query = pack.load_packs()["who-denies-what"]
    answer = runner.run(harbour, query, {"min_confidence": 0.99})
    assert (answer.rows.rows, answer.hidden) == ([], 1)


def test_a_name_nobody_bears_is_told(harbour: View) -> None:
    with pytest.raises(NothingFound, match="nothing in the store is named 'Atlantis'"):
        runner.run(harbour, pack.load_packs()["claims-by"], {"speaker": "Atlantis"})


@pytest.mark.server
def test_on_neo4j_each_query_begins_at_an_index_or_says_why_not(neo4j_address: Address) -> None:
    with open_store(neo4j_address.uri, create=True) as store:
        for told in FILES.values():
            fill(store, told)
    wrong = {}
    auth = neo4j_address.username, neo4j_address.password
    with GraphDatabase.driver(neo4j_address.uri, auth=auth, notifications_min_severity="OFF") as driver:
        driver.execute_query("CALL db.awaitIndexes()")
        driver.execute_query("CALL db.prepareForReplanning()")  # plans are to be of this graph, not of other tests'
        for query in pack.load_packs().values():
            scans = [step for step in steps(driver, query) if "Scan" in step]
            if bool(scans) != bool(query.scans):
                wrong[query.name] = scans or "reads no type whole, but its header has a reason for it"
    assert not wrong


def steps(driver: Driver, query: pack.Query) -> Iterator[str]:
    """What Neo4j would do to answer a query that is asked without more than it needs."""
    values = {name: parameter.default for name, parameter in query.parameters.items()}
    values |= {name: ["some:id"] for name, parameter in query.parameters.items() if parameter.required}
    values |= {"folded": {}, "names": {}, "reprints": {}, "evidence": False, "loaded_before": None}
    operators = [driver.execute_query(f"EXPLAIN\n{query.cypher}", values).summary.plan]
    while operators:
        operator = operators.pop()
        if operator:
            yield operator["operatorType"]
            operators += operator.get("children", [])
