"""Parts of a graph that someone looks at."""

from __future__ import annotations

import pytest

from narragraph.errors import NothingFound
from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import Bundle, View
from narragraph.graph.stores.memory import MemoryStore
from narragraph.graph.subgraph import Subgraph, around, named, whole


def node(type: str, name: str, **properties: str) -> Node:
    return Node(f"{type.lower()}:{name}", type, name, (), properties)


DOCUMENT = node("Document", "report", text="A long text.", genre="news", sha256="0" * 64)
PAPER, RADIO = node("Outlet", "paper"), node("Outlet", "radio")
ANNA, BORIS, CHLOE, DORA = (node("Actor", name) for name in ("anna", "boris", "chloe", "dora"))
CLAIM = node("Claim", "it burned")


def edge(type: str, source: Node, target: Node, **properties: str | list[str]) -> Edge:
    return Edge(
        f"edge:{type}:{source.name}:{target.name}", type, source.id, target.id, DOCUMENT.id, "It is so.", 0, 9, 0.9,
        (), properties,
    )  # fmt: skip


EDGES = [
    edge("PUBLISHED", PAPER, DOCUMENT),
    edge("ACCUSES", ANNA, BORIS, claim=CLAIM.id, asserted_by=[DOCUMENT.id, RADIO.id]),
    edge("ACCUSES", BORIS, CHLOE),
    edge("DENIES", CHLOE, CLAIM),
    Edge("edge:m", "MENTIONS", DOCUMENT.id, DORA.id, DOCUMENT.id, spans=((0, 4),)),
    Edge("edge:n", "MENTIONS", DOCUMENT.id, RADIO.id, DOCUMENT.id, spans=((0, 4),)),
]


@pytest.fixture
def view() -> View:
    store = MemoryStore()
    with store.writer() as writer:
        writer.put(Bundle(DOCUMENT, [DOCUMENT, PAPER, RADIO, ANNA, BORIS, CHLOE, DORA, CLAIM], EDGES))
    return store.view()


def names(subgraph: Subgraph) -> set[str]:
    return {node.name for node in subgraph.nodes}


def test_the_whole_graph_folds_mentions_away_and_counts_them(view: View) -> None:
    graph = whole(view)
    assert names(graph) == {"report", "paper", "anna", "boris", "chloe", "it burned"}
    assert {edge.type for edge in graph.edges} == {"PUBLISHED", "ACCUSES", "DENIES"}
    assert graph.only_mentioned == 2


def test_what_edges_name_comes_along_without_being_drawn(view: View) -> None:
    graph = around(view, [ANNA.id])
    assert {node.name for node in graph.context.values()} == {"report", "paper", "radio"}
    assert graph.publishers == {DOCUMENT.id: PAPER.id}
    assert not any("text" in node.properties for node in graph.context.values())


def test_a_neighbourhood_goes_as_deep_as_asked_in_either_direction(view: View) -> None:
    assert names(around(view, [ANNA.id])) == {"anna", "boris"}
    assert names(around(view, [ANNA.id], depth=2)) == {"anna", "boris", "chloe", "it burned"}
    assert names(around(view, [CHLOE.id])) == {"boris", "chloe", "it burned"}


def test_a_document_leads_to_all_that_it_says(view: View) -> None:
    assert names(around(view, [DOCUMENT.id])) == {"report", "paper", "anna", "boris", "chloe", "it burned"}


def test_a_centre_stays_though_nothing_is_said_of_it(view: View) -> None:
    assert names(around(view, [DORA.id])) == {"dora"}


def test_an_unknown_centre_is_an_error(view: View) -> None:
    with pytest.raises(NothingFound, match="actor:nobody"):
        around(view, ["actor:nobody"])


def test_rows_of_a_query_name_the_nodes_to_draw(view: View) -> None:
    graph = named(view, {"boris", CHLOE.id, "dora", "no such name"})
    assert names(graph) == {"boris", "chloe"}
    assert [edge.type for edge in graph.edges] == ["ACCUSES"]
