"""Queries that compute on a network: what their headers must say, and what is kept of their results."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from written_graphs import bundles

from narragraph.errors import OntologyError, UsageError
from narragraph.graph.check import check_view
from narragraph.graph.stores.base import Store
from narragraph.queries import network, pack, runner
from narragraph.queries.keeping import keep

GRAPH = yaml.safe_load((Path(__file__).parent / "fixtures" / "answers" / "network.yaml").read_text("utf-8"))["graph"]
HEADER = """/*
title: Brokers
question: Who?
columns: {{{columns}}}
network: {network}
example: narragraph query run brokers
*/
RETURN 1 AS one LIMIT $limit
"""
COLUMNS = ", ".join(f"{name}: x" for name in network.STEPS["brokers"].columns)


@pytest.mark.parametrize(
    ("step", "columns", "told"),
    [
        ("{step: broker}", COLUMNS, "line 5: network needs a step: central, communities, brokers, paths"),
        ("paths", COLUMNS, "network needs a step"),
        ("{step: brokers}", "node: x", "the columns of brokers are node, type, parts, cut_off, neighbours, id"),
        (
            "{step: central}",
            ", ".join(f"{name}: x" for name in network.STEPS["central"].columns),
            "central needs the parameter 'measure'",
        ),
    ],
)
def test_a_header_that_no_step_fits_is_told(step: str, columns: str, told: str) -> None:
    with pytest.raises(OntologyError, match=told):
        pack.parse(HEADER.format(columns=columns, network=step), name="brokers", pack="own")


def test_brokers_are_those_without_whom_the_network_falls_apart() -> None:
    links = [
        {"source": one, "target": other, **{f"{end}_{what}": one if end == "source" else other
         for end in ("source", "target") for what in ("name", "type")}}
        for one, other in ("ab", "bc", "ca", "cd", "de")
    ]  # fmt: skip
    rows = list(network.STEPS["brokers"].run(links, {}))
    assert [(node, parts, cut_off) for node, _, parts, cut_off, *_ in rows] == [("c", 2, 2), ("d", 2, 1)]


def test_nothing_is_computed_of_an_empty_network() -> None:
    values = {"measure": "pagerank", "from": ["a"], "to": ["b"], "paths": 3, "hops": 4}
    assert [list(step.run([], values)) for step in network.STEPS.values()] == [[], [], [], []]


def test_results_are_kept_only_when_asked_and_can_be_taken_back(cypher_store: Store) -> None:
    with cypher_store.writer() as writer:
        writer.put_all(list(bundles(GRAPH)))
    query = pack.load_packs()["communities"]
    with cypher_store.view() as view:
        before = list(view.nodes())
        rows = runner.run(view, query).rows
        assert list(view.nodes()) == before
    assert keep(cypher_store, query, rows) == 5
    assert keep(cypher_store, query, rows) == 5, "again, in place of the last time"
    with cypher_store.view() as view:
        kept = {node.name: node.properties["community"] for node in view.nodes() if "community" in node.properties}
        assert kept == {"Dawn": 1, "Dusk": 1, "Week": 1, "Night": 2, "Noon": 2}
        assert not [fault for fault in check_view(view).faults if "narragraph:network" in fault.document]
        (document,) = (node.id for node in view.nodes() if node.name == query.title)
    with cypher_store.writer() as writer:
        assert writer.remove(document)
    with cypher_store.view() as view:
        assert list(view.nodes()) == before


def test_what_computes_nothing_of_single_nodes_is_not_kept(cypher_store: Store) -> None:
    queries = pack.load_packs()
    with cypher_store.view() as view:
        rows = runner.run(view, queries["brokers"]).rows
    with pytest.raises(UsageError, match="only the steps central, communities do"):
        keep(cypher_store, queries["brokers"], rows)
