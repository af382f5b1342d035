"""Queries: the same answers from every store that speaks Cypher, and none that does more than read."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from small_graphs import actor, bundle, document, edge, mention

from narragraph.errors import QueryFailed, QueryRefused
from narragraph.graph.records import to_line
from narragraph.graph.stores import embedded, neo4j
from narragraph.graph.stores.base import Rows, Store
from narragraph.graph.stores.memory import MemoryStore

DOC, ANN, BEN = document("a", published="2021-05-06"), actor("ann", "Annie", born=1961), actor("ben")
ACCUSATION = edge("ACCUSES", ANN, BEN, DOC, 3, rule="r1", asserted_by=["document:a", "actor:ann"])


@pytest.fixture
def filled(cypher_store: Store) -> Store:
    with cypher_store.writer() as writer:
        writer.put(bundle(DOC, ANN, BEN, ACCUSATION, mention(DOC, BEN)))
    return cypher_store


def ask(store: Store, cypher: str, timeout: float | None = None, **parameters: Any) -> Rows:
    with store.view() as view:
        return view.run(cypher, parameters, timeout=timeout)


def value(store: Store, expression: str, **parameters: Any) -> Any:
    (row,) = ask(store, f"RETURN {expression} AS value", **parameters).rows
    return row[0]


EXPRESSIONS: dict[str, Any] = {
    "null": None,
    "true": True,
    "1": 1,
    "9007199254740993": 9007199254740993,
    "1.0": 1.0,
    "'ü\\n😀'": "ü\n😀",
    "[1, 'a', null, [2.5]]": [1, "a", None, [2.5]],
    "{a: 1, b: {c: [true]}}": {"a": 1, "b": {"c": [True]}},
    "date('2020-02-29')": datetime.date(2020, 2, 29),
    "[date('2020-02-29')]": [datetime.date(2020, 2, 29)],
    "{on: date('2020-02-29')}": {"on": datetime.date(2020, 2, 29)},
    "date(left('2021-05-06T07:08', 10)) + duration('P1D')": datetime.date(2021, 5, 7),
    "datetime('2020-02-29T03:04:05Z')": datetime.datetime(2020, 2, 29, 3, 4, 5, tzinfo=datetime.timezone.utc),
    "localdatetime('2020-02-29T03:04:05')": datetime.datetime(2020, 2, 29, 3, 4, 5),
    "localtime('03:04')": datetime.time(3, 4),
    "duration('P1D')": "P1D",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_values_come_as_python_has_them(cypher_store: Store, expression: str) -> None:
    assert repr(value(cypher_store, expression)) == repr(EXPRESSIONS[expression])


@pytest.mark.parametrize(
    "parameter",
    [
        None,
        True,
        7,
        2**40,
        0.5,
        "'; MATCH (n) DETACH DELETE n //",
        [],
        ["a", "b"],
        {"a": [1]},
        datetime.date(2020, 1, 2),
    ],
    ids=repr,
)
def test_parameters_arrive_as_they_are(cypher_store: Store, parameter: Any) -> None:
    assert repr(value(cypher_store, "$x", x=parameter)) == repr(parameter)


def test_nodes_relationships_and_paths_come_as_plain_values(filled: Store) -> None:
    ann = {"type": "Actor", "aliases": ["Annie"], "born": 1961, "id": "actor:ann", "name": "Ann"}
    ben = {"type": "Actor", "aliases": [], "id": "actor:ben", "name": "Ben"}
    accusation = {
        "type": "ACCUSES", "asserted_by": ["document:a", "actor:ann"], "confidence": 0.8, "document": "document:a",
        "end": 12, "id": ACCUSATION.id, "rule": "r1", "sentence": "It is so.", "start": 3,
    }  # fmt: skip
    answer = ask(filled, "MATCH p = (a:Actor)-[r:ACCUSES]->(b) RETURN a, r, collect(b) AS bs, {b: b} AS map, p")
    assert answer == Rows(("a", "r", "bs", "map", "p"), [(ann, accusation, [ben], {"b": ben}, [ann, accusation, ben])])


def test_columns_keep_their_order_and_are_named_without_rows_too(filled: Store) -> None:
    query = "MATCH (n:Actor) WHERE n.id = $id RETURN n.name AS z, n.nothing AS a, n.id AS m"
    assert ask(filled, query, id="actor:ann") == Rows(("z", "a", "m"), [("Ann", None, "actor:ann")])
    assert ask(filled, query, id="nobody") == Rows(("z", "a", "m"), [])


def test_labels_and_types_that_nothing_has_give_no_rows(filled: Store) -> None:
    query = "MATCH (n:Event)-[r:INVOLVES]->(m:Narrative) RETURN n.id AS id, r.id AS edge"
    assert ask(filled, query) == Rows(("id", "edge"), [])


def test_every_node_is_matched_by_the_common_label(filled: Store) -> None:
    answer = ask(filled, "MATCH (n:Narragraph) RETURN n.id AS id, labels(n) AS labels ORDER BY id")
    assert [(id, sorted(labels)) for id, labels in answer.rows] == [
        ("actor:ann", ["Actor", "Narragraph"]),
        ("actor:ben", ["Actor", "Narragraph"]),
        ("document:a", ["Document", "Narragraph"]),
    ]


def test_counting_everything_counts_nothing_of_the_stores_own(filled: Store) -> None:
    assert ask(filled, "MATCH (n) RETURN count(n) AS n").rows == [(3,)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("MATCH (n RETURN n", "line 1"),
        ("RETURN nobody AS x", "nobody"),
        ("RETURN $missing AS x", "missing"),
        ("RETURN 1 / 0 AS x", "zero"),
        ("RETURN date('nonsense') AS x", "nonsense"),
    ],
)
def test_failures_say_why_in_the_words_of_the_store(filled: Store, query: str, words: str) -> None:
    with pytest.raises(QueryFailed, match=words) as caught:
        ask(filled, query)
    assert "java" not in str(caught.value).lower()
    assert "exception" not in str(caught.value).lower()


def test_a_view_still_answers_after_a_failure(filled: Store) -> None:
    with filled.view() as view:
        with pytest.raises(QueryFailed):
            view.run("RETURN 1 / 0 AS x")
        assert view.run("RETURN 1 AS x").rows == [(1,)]


def test_a_query_is_stopped_when_its_time_is_over(filled: Store) -> None:
    endless = "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
    with pytest.raises(QueryFailed, match=r"stopped after 0\.5 seconds"):
        ask(filled, endless, timeout=0.5)


ATTEMPTS = yaml.safe_load((Path(__file__).parent / "fixtures" / "attempts.yaml").read_text("utf-8"))["stopped"]
SECRET = "the-secret-of-the-file"


@pytest.fixture
def places(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A file with a secret, and a web address that gives it."""
    (tmp_path / "secret.csv").write_text(SECRET)
    (tmp_path / "secret.csv").chmod(0o644)
    with HTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield {"file": str(tmp_path / "secret.csv"), "url": f"http://127.0.0.1:{server.server_port}/secret.csv"}
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def _attempts(places: dict[str, str]) -> dict[str, str]:
    texts = dict(ATTEMPTS)
    for place, value in places.items():
        texts = {what: text.replace(f"{{{place}}}", value) for what, text in texts.items()}
    return texts


def test_no_query_does_more_than_read(filled: Store, places: dict[str, str]) -> None:
    with filled.view() as view:
        for what, text in _attempts(places).items():
            with pytest.raises(QueryRefused):
                pytest.fail(f"{what}: {view.run(text, timeout=10)}")


def test_the_store_itself_stops_what_slips_through_the_check_of_the_text(
    filled: Store, places: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (embedded, neo4j):
        monkeypatch.setattr(module, "check_readonly", lambda text: None)
    before, schema = _exported(filled), filled.details().schema
    stopped = set()
    with filled.view() as view:
        for what, text in _attempts(places).items():
            try:
                told = repr(view.run(text, timeout=10))
            except (QueryRefused, QueryFailed) as error:
                told = str(error)
                stopped.add(what)
            assert SECRET not in told, what
    assert (_exported(filled), filled.details().schema) == (before, schema)
    # to one of the stores an escape is no more than a part of a string
    assert {what for what in ATTEMPTS if what not in stopped} <= {what for what in ATTEMPTS if "escape ends" in what}


SEARCHES = {
    "CALL db.index.fulltext.queryNodes('narragraph_names', 'ann') YIELD node RETURN node.id AS id": ["actor:ann"],
    "CALL db.index.fulltext.queryNodes('narragraph_names', 'an*') YIELD node RETURN node.id AS id": ["actor:ann"],
    "CALL db.index.fulltext.queryNodes('narragraph_aliases', 'ANNIE') YIELD node RETURN node.id AS id": ["actor:ann"],
    "CALL db.index.fulltext.queryRelationships('narragraph_sentences', 'so') YIELD relationship AS r "
    "RETURN r.id AS id": [ACCUSATION.id],
    "CALL db.index.fulltext.queryNodes('narragraph_names', $x) YIELD node RETURN node.id AS id": [],
}


@pytest.mark.server
@pytest.mark.parametrize("cypher_store", ["neo4j"], indirect=True)
@pytest.mark.parametrize("search", SEARCHES)
def test_names_and_sentences_are_found_by_their_words(filled: Store, search: str) -> None:
    wanted, end = [(id,) for id in SEARCHES[search]], time.monotonic() + 20
    while (found := ask(filled, search, x="nobody").rows) != wanted and time.monotonic() < end:
        time.sleep(0.1)  # Neo4j's indexes of words follow a second behind
    assert found == wanted


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_rows_beyond_a_limit_are_left_out_and_told(filled: Store, limit: int) -> None:
    with filled.view() as view:
        answer = view.run("UNWIND ['a', 'b', 'c'] AS x RETURN x", limit=limit)
    assert answer == Rows(("x",), [("a",), ("b",), ("c",)][:limit], limit < 3)


def test_a_limit_spares_the_rest_of_an_endless_answer(filled: Store) -> None:
    with filled.view() as view:
        endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN a, b"
        assert view.run(endless, limit=10, timeout=20).more
        assert view.run("RETURN 1 AS x").rows == [(1,)]


def test_the_store_in_memory_answers_no_cypher() -> None:
    with pytest.raises(QueryFailed, match="no Cypher"):
        ask(MemoryStore(), "RETURN 1 AS x")


def _exported(store: Store) -> list[str]:
    with store.view() as view:
        return [*map(to_line, view.nodes()), *map(to_line, view.edges())]
