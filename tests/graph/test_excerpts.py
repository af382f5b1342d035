"""Parts of the graph that answer one question."""

from __future__ import annotations

import pytest

from narragraph.errors import NothingFound
from narragraph.graph.excerpts import between, most_connected, of_document, of_narrative
from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import Bundle, View
from narragraph.graph.stores.memory import MemoryStore
from narragraph.graph.subgraph import Subgraph, whole

FILE_TEXT = "Case one. Anna lies.\nCase two. Boris lies."


def node(type: str, name: str, **properties: str | int) -> Node:
    return Node(f"{type.lower()}:{name}", type, name, (), properties)


FILE = node("Document", "file", text=FILE_TEXT, genre="report", sha256="0" * 64)
CASE = node("Document", "case", part_of=FILE.id, start=21, end=42)
BARE = node("Document", "bare", genre="news", sha256="1" * 64)
PAPER, RADIO = node("Outlet", "paper"), node("Outlet", "radio")
ANNA, BORIS, CHLOE, DORA, EMIL = (node("Actor", name) for name in ("anna", "boris", "chloe", "dora", "emil"))
FIRE, FLOOD = node("Claim", "it burned"), node("Claim", "it drowned")
WAR, PLOT = node("Narrative", "hidden war"), node("Narrative", "a plot")


def edge(type: str, source: Node, target: Node, document: Node = FILE, **properties: str) -> Edge:
    ident = f"edge:{type}:{source.name}:{target.name}"
    return Edge(ident, type, source.id, target.id, document.id, "Case", 0, 4, 0.9, (), properties)


IN_FILE = [
    edge("PUBLISHED", PAPER, FILE),
    edge("EXPRESSES", FIRE, WAR),
    edge("ATTRIBUTED_TO", FIRE, ANNA),
    edge("DENIES", BORIS, FIRE),
    edge("ACCUSES", CHLOE, DORA, claim=FIRE.id),
    edge("PART_OF", WAR, PLOT),
    Edge("edge:m", "MENTIONS", FILE.id, EMIL.id, FILE.id, spans=((0, 4),)),
]
IN_CASE = [edge("ACCUSES", ANNA, BORIS, CASE), edge("DENIES", EMIL, FLOOD, CASE)]
IN_BARE = [edge("ACCUSES", BORIS, ANNA, BARE), edge("AMPLIFIES", RADIO, FLOOD, BARE), edge("ABOUT", FLOOD, ANNA, BARE)]


@pytest.fixture
def view() -> View:
    store = MemoryStore()
    known = [PAPER, RADIO, ANNA, BORIS, CHLOE, DORA, EMIL, FIRE, FLOOD, WAR, PLOT]
    with store.writer() as writer:
        for root, parts, edges in ((FILE, [CASE], IN_FILE + IN_CASE), (BARE, [], IN_BARE)):
            ends = {end for edge in edges for end in (edge.source, edge.target)}
            writer.put(Bundle(root, [root, *parts, *(node for node in known if node.id in ends)], edges))
    return store.view()


def told(subgraph: Subgraph) -> set[str]:
    return {edge.id.removeprefix("edge:") for edge in subgraph.edges}


def names(subgraph: Subgraph) -> set[str]:
    return {node.name for node in subgraph.nodes}


def test_a_narrative_comes_with_its_parts_its_claims_and_who_speaks_of_them(view: View) -> None:
    found = of_narrative(view, [PLOT.id])
    assert told(found) == {
        "EXPRESSES:it burned:hidden war", "ATTRIBUTED_TO:it burned:anna", "DENIES:boris:it burned",
        "ACCUSES:chloe:dora", "PART_OF:hidden war:a plot",
    }  # fmt: skip
    assert names(found) == {"a plot", "hidden war", "it burned", "anna", "boris", "chloe", "dora"}
    assert found.context[FILE.id].name == "file"
    assert found.publishers == {FILE.id: PAPER.id}


def test_a_document_comes_with_what_its_cases_say_and_its_text(view: View) -> None:
    found, text = of_document(view, FILE.id)
    assert told(found) == {edge.id.removeprefix("edge:") for edge in [*IN_FILE, *IN_CASE] if edge.type != "MENTIONS"}
    assert text is not None
    assert (text.text, text.start, text.documents) == (FILE_TEXT, 0, frozenset({FILE.id, CASE.id}))


def test_a_case_has_its_piece_of_the_file(view: View) -> None:
    found, text = of_document(view, CASE.id)
    assert told(found) == {"ACCUSES:anna:boris", "DENIES:emil:it drowned"}
    assert text is not None
    assert (text.text, text.start) == ("Case two. Boris lies.", 21)


def test_a_document_without_text_still_has_its_graph(view: View) -> None:
    found, text = of_document(view, BARE.id)
    assert told(found) == {"ACCUSES:boris:anna", "AMPLIFIES:radio:it drowned", "ABOUT:it drowned:anna"}
    assert text is None


def test_two_are_compared_by_what_they_say_of_each_other_and_what_both_touch(view: View) -> None:
    found = between(view, [ANNA.id], [BORIS.id])
    assert told(found) == {
        "ACCUSES:anna:boris", "ACCUSES:boris:anna", "ATTRIBUTED_TO:it burned:anna", "DENIES:boris:it burned",
    }  # fmt: skip
    assert "it drowned" not in names(found)  # only Anna touches it


def test_the_most_connected_stay_with_the_edges_among_them(view: View) -> None:
    everything = whole(view)
    few = most_connected(everything, 3)
    assert names(few) == {"anna", "boris", "it burned"}
    assert told(few) >= {"ACCUSES:anna:boris", "ACCUSES:boris:anna", "DENIES:boris:it burned"}
    assert FILE.id in few.context
    assert most_connected(everything, 100) is everything


@pytest.mark.parametrize("ask", [lambda view: of_narrative(view, ["x:y"]), lambda view: of_document(view, "x:y"),
                                 lambda view: between(view, [ANNA.id], ["x:y"])])  # fmt: skip
def test_what_the_store_does_not_hold_is_told(view: View, ask: object) -> None:
    assert callable(ask)
    with pytest.raises(NothingFound, match="x:y"):
        ask(view)
