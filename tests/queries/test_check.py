"""What narragraph query check finds in query files."""

from __future__ import annotations

from pathlib import Path

import pytest

from narragraph.graph.stores import open_store
from narragraph.queries import check, pack

HEADER = """/*
title: Actors
question: Which actors are there?
parameters:
  who: {type: node, help: Only this one.}
columns: {name: Its name, kind: What it is}
example: narragraph query run actors
*/
"""
GOOD = "MATCH (n:Actor) WHERE $who IS NULL OR n.id IN $who RETURN n.name AS name, n.kind AS kind ORDER BY name"


def faults(folder: Path, text: str, *, name: str = "actors") -> list[tuple[int | None, int | None, str]]:
    (folder / f"{name}.cypher").write_text(text, "utf-8")
    found, count = check.check([folder], {})
    assert count == 1
    return [(fault.line, fault.column, fault.reason) for fault in found]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("ORDER", "LIMIT $limit // no ORDER here\nORDER").replace("LIMIT $limit ", ""),
        "MATCH (n:Actor)-[r:ACCUSES|DENIES]->(:Claim|Narrative) WHERE ng.within(r) AND n.id IN $who "
        "WITH n, {kind: n.kind, of: [x IN [1, 2] WHERE x > 1 | x]} AS m "
        "RETURN DISTINCT n.name AS name, m.kind AS kind ORDER BY name",
        "CALL { MATCH (n:Actor) WHERE n.id IN $who RETURN n AS m } "
        "WITH m AS name, [1] AS kind RETURN name, kind ORDER BY name",
        "MATCH (n:Actor) WHERE n.id IN $who RETURN n.name AS name, EXISTS { (n)-[:ACCUSES]->() } AS kind, "
        "collect(ng.evidence(n)) AS evidence ORDER BY name SKIP 1 LIMIT $limit;",
    ],
)
def test_a_good_query_has_no_faults(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, HEADER + text) == []


TWO = "MATCH (n) WHERE n.id IN $who\nSET n.kind = 'x' RETURN n.name AS name, n.kind AS kind ORDER BY name"


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        (GOOD.replace("n.kind AS kind", "n.kind"), "n.kind", "this column has no name"),
        (GOOD.replace("AS kind", "AS kin"), "n.kind", "does not tell of the column 'kin'. Did you mean kind?"),
        (GOOD.replace(", n.kind AS kind", ""), "n.name", "the header tells of a column 'kind' that is not returned"),
        (GOOD.replace("n.kind", "1 AS name, n.kind"), "n.name", "the column 'name' is returned 2 times"),
        (GOOD.replace("n.name AS name, n.kind AS kind", "1 AS kind, 2 AS name"), "1 AS", "in another order"),
        (GOOD.partition(" ORDER")[0], "kind", "there is no ORDER BY"),
        (GOOD.replace("RETURN", "RETURN 1 AS evidence,"), "1 AS", "'evidence' must be the last"),
        (TWO, "SET", "SET is not allowed"),
        (GOOD + "; MATCH (m) RETURN m", "MATCH (m)", "a second statement"),
        (GOOD.replace(":Actor", ":Acto"), "Acto", "the graph has no type of node Acto. Did you mean Actor"),
        (GOOD.replace("(n:Actor)", "(n)-[:ACUSES|DENIES]-()"), "ACUSES", "no relation ACUSES. Did you mean ACCUSES"),
        (GOOD.replace("n.id IN", "id(n) IN"), "id(n)", "id() is each store's own"),
        ("MATCH (n:Actor {id: $who})", ")", "there is no RETURN"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, at: str, reason: str) -> None:
    found = faults(tmp_path, HEADER + text)
    before = (HEADER + text)[: (HEADER + text).rindex(at)]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert [(line, column) for line, column, told in found if reason in told] == [place], found


def test_a_parameter_that_nothing_asks_for_is_told(tmp_path: Path) -> None:
    text = HEADER + GOOD.replace("$who IS NULL OR n.id IN $who", "true")
    assert faults(tmp_path, text) == [(None, None, "the parameter 'who' is asked for nowhere")]


def test_a_header_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    assert faults(tmp_path, HEADER.replace("question:", "qestion:") + GOOD) == [
        (3, None, "its header has an unknown field 'qestion'. Did you mean question?")
    ]
    ((_, _, reason),) = faults(tmp_path, HEADER.replace("run actors", "run others") + GOOD)
    assert "the example does not run it" in reason
    (tmp_path / "actors.cypher").write_bytes(b"\xff\xfe")
    (fault,), _ = check.check([tmp_path], {})
    assert "cannot be read" in fault.reason


def test_names_that_are_taken_are_told(tmp_path: Path) -> None:
    text = HEADER.replace("run actors", "run who-accuses-whom") + GOOD
    ((_, _, reason),) = faults(tmp_path, text, name="who-accuses-whom")
    assert reason == "the pack accusations has a query of that name"
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "actors.cypher").write_text(HEADER + GOOD, "utf-8")
    (tmp_path / "who-accuses-whom.cypher").unlink()
    (fault,), _ = check.check([tmp_path], {})
    assert "there is a query 'actors' at" in fault.reason


def test_a_store_tells_what_is_no_cypher(tmp_path: Path) -> None:
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "actors.cypher").write_text(HEADER + GOOD.replace("WHERE $who", "\nWHERE WHERE $who"), "utf-8")
    with open_store(str(tmp_path / "store"), create=True) as store, store.view() as view:
        (fault,), _ = check.check([folder], {"a store": view})
        assert (fault.line, fault.column is None) == (10, False)
        assert fault.reason.startswith("a store: ")
        (folder / "actors.cypher").write_text(HEADER + GOOD, "utf-8")
        assert check.check([folder], {"a store": view})[0] == []


def test_the_queries_that_come_with_the_program_are_right() -> None:
    assert check.check([pack.BUILT_IN], {})[0] == []
