"""Which query texts a view accepts, told from the text alone."""

from __future__ import annotations

import pytest

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
    "MATCH (n) WHERE n.name = '' RETURN reduce(s = 0, x IN [1] | s + x) AS total",
]

WRITING = [
    "CREATE (n)",
    "MATCH (n) SET n.x = 1",
    "MATCH (n)\nset\nn:Other",
    "MATCH (n) REMOVE n.x RETURN n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MERGE (n:Actor {id: 'x'})",
    "INSERT (:Actor)",
    "FOREACH (x IN [1] | CREATE (:Actor))",
    "MATCH (n) WITH n/**/DELETE n",
    "MATCH (n) RETURN n;CREATE (m)",
    "RETURN 1; RETURN 2",
    "RETURN 'a' CREATE (n)",
    'RETURN "a\\\\" CREATE (n) //"',
    "RETURN '\\u0027 CREATE (n) //'",
    "RETURN '\\uu0027 CREATE (n) //'",
    "RETURN `a``` CREATE (n)",
    "RETURN 1 // x\r CREATE (n)",
    "RETURN 1. SET n.x = 2",
    "\\u0043REATE (n)",
    "CALL { CREATE (n) } RETURN 1 AS x",
    "CALL (x) { MATCH (n) SET n.y = 1 } IN TRANSACTIONS",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load/**/csv with headers from $url AS line RETURN line",
    "CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value",
    "CALL `apoc`.`cypher`.run('CREATE (n)', {})",
    "CALL db . labelsx()",
    "CALL dbms.listConfig()",
    "CALL db.index.fulltext.createNodeIndex('a', ['Actor'], ['name'])",
    "OPTIONAL CALL db.createLabel('x')",
    "RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {}) AS x",
    "USE system SHOW USERS",
    "CALL { USE other MATCH (n) RETURN n } RETURN n",
    "SHOW USERS",
    "show transactions",
    "TERMINATE TRANSACTIONS 'x'",
    "CREATE INDEX FOR (n:Actor) ON (n.name)",
    "DROP CONSTRAINT narragraph_1_label_Actor",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "GRANT ROLE admin TO x",
    "STOP DATABASE neo4j",
    "CYPHER 25 RETURN 1",
    "EXPLAIN RETURN 1",
    "PROFILE MATCH (n) RETURN n",
    "",
    " // nothing",
]


@pytest.mark.parametrize("text", READING)
def test_reading_texts_pass(text: str) -> None:
    check_readonly(text)


@pytest.mark.parametrize("text", WRITING)
def test_texts_that_do_more_are_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        check_readonly(text)


def test_the_refusal_names_the_word_and_its_place() -> None:
    with pytest.raises(QueryRefused, match=r"DELETE is not allowed \(line 2, column 3\)"):
        check_readonly("MATCH (n)\n  DELETE n")


def test_the_refusal_of_a_procedure_names_those_that_are_allowed() -> None:
    with pytest.raises(QueryRefused, match=r"CALL dbms\.components is not allowed .* Procedures allowed: db\.labels"):
        check_readonly("CALL dbms.components() YIELD name RETURN name")


def test_a_very_long_text_is_read_in_passing() -> None:
    check_readonly("RETURN [" + ", ".join(["'x'", "`y`", "/* z */ 1"] * 50_000) + "] AS list")
