"""Which query texts a view accepts, told from the text alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from narragraph.errors import QueryRefused
from narragraph.graph.stores.cypher import check_readonly

READING = [
    "MATCH (n:Actor) RETURN n.name AS name",
    "match (n) where n.start > 1 return n.start as start order by start;",
    "MATCH (n) RETURN n {.*, set: 1, create: n.delete, merge : 2} AS map",
    "MATCH (n:Set|Create)-[:DELETE|MERGE&REMOVE]->() RETURN n.create.drop AS x",
    "RETURN 'CREATE (n)' AS a, \"it's; DELETE\" AS b, 'a\\'; CREATE (n) //' AS c",
    "RETURN `CREATE` AS `DROP ``; DELETE n`",
    "RETURN 1 // ; CREATE (n)",
    "/* DELETE\n */ RETURN $set AS x /* ; */ ; // end",
    "MATCH (n) CALL (n) { MATCH (n)--(m) RETURN count(m) AS c } RETURN c",
    "CALL { RETURN 1 AS x } RETURN x",
    "CALL db.labels() YIELD label RETURN label",
    "CALL `db`.`labels`()",
    "MATCH p = shortestPath((a)-[*1..3]-(b)) RETURN length(p) AS load",
    "UNWIND [1.0, 1., .5] AS x RETURN x",
    "RETURN 'caf\\u00e9' AS x",
    "RETURN datetime.truncate('day', datetime()) AS csv",
    "RETURN duration . between(date('2020-01-01'), date.realtime()).days AS days",
    "MATCH (n) WHERE n.util.sleep IS NULL AND n.name IN ['a'] RETURN count(n.name) AS apoc",
    "CALL db.index.fulltext.queryNodes('names', 'ann') YIELD node, score RETURN node.id AS id, score",
    "MATCH (n) WHERE n.name = '' RETURN reduce(s = 0, x IN [1] | s + x) AS total",
]

ATTEMPTS = yaml.safe_load((Path(__file__).parent / "fixtures" / "attempts.yaml").read_text("utf-8"))
FORBIDDEN = ATTEMPTS["stopped"] | ATTEMPTS["unwanted"]


@pytest.mark.parametrize("text", READING)
def test_reading_texts_pass(text: str) -> None:
    check_readonly(text)


@pytest.mark.parametrize("text", FORBIDDEN.values(), ids=FORBIDDEN)
def test_texts_that_do_more_are_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        check_readonly(text)


def test_the_refusal_names_the_word_and_its_place() -> None:
    with pytest.raises(QueryRefused, match=r"DELETE is not allowed \(line 2, column 3\)"):
        check_readonly("MATCH (n)\n  DELETE n")


def test_the_refusal_of_a_procedure_names_those_that_are_allowed() -> None:
    with pytest.raises(QueryRefused, match=r"CALL dbms\.components is not allowed .* Procedures allowed: db\.labels"):
        check_readonly("CALL dbms.components() YIELD name RETURN name")


def test_the_refusal_of_a_function_names_it() -> None:
    with pytest.raises(QueryRefused, match=r"util\.sleep\(\) is not allowed \(line 1, column 8\)"):
        check_readonly("RETURN util.sleep(1) AS x")


def test_a_name_of_endless_parts_is_refused_in_passing() -> None:
    with pytest.raises(QueryRefused):
        check_readonly("RETURN " + "a." * 100_000 + "b(1) AS x")


def test_a_very_long_text_is_read_in_passing() -> None:
    check_readonly("RETURN [" + ", ".join(["'x'", "`y`", "/* z */ 1"] * 50_000) + "] AS list")
