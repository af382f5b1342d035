"""Every store gives the same rows: the canned queries, and idioms of Cypher, over graphs that are made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from random_graphs import WORDS, random_bundles

from narragraph.errors import NarragraphError
from narragraph.graph.records import to_line
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Rows, Store, View
from narragraph.graph.stores.memory import MemoryStore
from narragraph.queries import pack, runner

IDIOMS = yaml.safe_load((Path(__file__).parent / "fixtures" / "idioms.yaml").read_text("utf-8"))
IDS = ["actor:0", "country:1", "nobody", ""]

pytestmark = pytest.mark.server


@pytest.fixture(params=[1, 2])
def stores(request: pytest.FixtureRequest, tmp_path: Path, neo4j_without_nodes: Any) -> Iterator[tuple[Store, Store]]:
    """The embedded store and a Neo4j with the same graph; the one in memory says whether it is the same."""
    bundles, plain = random_bundles(request.param), MemoryStore()
    with (
        open_store(tmp_path / "store", create=True) as embedded,
        open_store(neo4j_without_nodes.uri, create=True) as neo4j,
    ):
        for store in (plain, embedded, neo4j):
            with store.writer() as writer:
                writer.put_all(bundles)
        assert exported(plain) == exported(embedded) == exported(neo4j)
        yield embedded, neo4j


def exported(store: Store) -> list[str]:
    with store.view() as view:
        return [*map(to_line, view.nodes()), *map(to_line, view.edges())]


def told(view: View, cypher: str, **parameters: Any) -> Rows | str:
    try:
        return view.run(cypher, parameters)
    except NarragraphError as error:
        return type(error).__name__


def _spelled(value: Any) -> str:
    """A value with its types, as text; the order of a map's keys means nothing."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_spelled(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_spelled, value)) + "]"
    if isinstance(value, Rows):
        return _spelled([value.columns, value.rows])
    if isinstance(value, runner.Answer):
        return _spelled([value.rows, value.hidden, value.taken])
    return repr(value)


def test_idioms_give_the_same_rows(stores: tuple[Store, Store]) -> None:
    differing = {}
    with stores[0].view() as embedded, stores[1].view() as neo4j:
        for what, cypher in IDIOMS.items():
            found, wanted = (told(view, cypher, ids=IDS) for view in (embedded, neo4j))
            assert not isinstance(wanted, str), what
            if _spelled(found) != _spelled(wanted):
                differing[what] = f"\n  embedded {found}\n  Neo4j    {wanted}"
    assert not differing, "".join(f"\n{what}:{rows}" for what, rows in differing.items())


def test_canned_queries_give_the_same_rows(stores: tuple[Store, Store]) -> None:
    random, some = Random(7), 0
    with stores[0].view() as embedded, stores[1].view() as neo4j:
        for query in pack.load_packs().values():
            for _ in range(6):
                given = _given(random, query)
                found, wanted = (_answer(view, query, given) for view in (embedded, neo4j))
                assert _spelled(found) == _spelled(wanted), (query.name, given)
                some += isinstance(wanted, runner.Answer) and bool(wanted.rows.rows)
    assert some > 5


def _given(random: Random, query: pack.Query) -> dict[str, Any]:
    """Values for some of the parameters, and for all that are required."""
    choices: dict[str, list[Any]] = {
        "node": [*(word for word in WORDS if word), "actor:0", "country:1", "outlet:2", "narrative:0", "nobody"],
        "document": ["document:0", "document:3", "nothing"],
        "text": ["x", "ACCUSES", "news"],
        "integer": [0, 1, 5, 200],
        "number": [0, 0.5, 0.7, 1],
        "share": [0, 0.5, 0.7, 1],
        "boolean": [True, False],
        "date": ["2020-02-29", "2020-02", "1999"],
    }
    return {
        parameter.name: random.choice(list(parameter.choices) or choices[parameter.type])
        for parameter in query.parameters.values()
        if parameter.required or random.random() < 0.4
    }


def _answer(view: View, query: pack.Query, given: dict[str, Any]) -> runner.Answer | str:
    try:
        return runner.run(view, query, given)
    except NarragraphError as error:
        return f"{type(error).__name__}: {error}"
