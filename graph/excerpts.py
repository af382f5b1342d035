"""Parts of the graph that answer a question: a narrative, a document beside its text, two compared, the best joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from narragraph.errors import NothingFound
from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import View
from narragraph.graph.subgraph import FOLDED, Subgraph, merged, select

_BELONGS = ("EXPRESSES", "VARIANT_OF", "PART_OF")  # edges from what belongs to a narrative, or to a part of it


@dataclass(frozen=True)
class DocumentText:
    """The text of a document. ``start`` is where it begins in the text that offsets refer to: that of the whole file.

    ``documents`` are the ids of the document itself and of its parts: edges on these stand in the text.
    """

    documents: frozenset[str]
    text: str
    start: int = 0


def of_narrative(view: View, narratives: Collection[str]) -> Subgraph:
    """What belongs to the narratives (ids) and every edge that touches it: who tells them, who counters them."""
    nodes, edges = merged(view.nodes(), view.edges())
    circle = set(narratives)
    _require(circle, nodes)
    below = [edge for edge in edges if edge.type in _BELONGS]
    grown = 0
    while grown != len(circle):  # a part of a part belongs too
        grown = len(circle)
        circle |= {edge.source for edge in below if edge.target in circle}

    def touches(edge: Edge) -> bool:
        return bool(circle & {edge.source, edge.target, str(edge.properties.get("claim", ""))})

    return _with(nodes, edges, touches, always=narratives)


def of_document(view: View, document: str) -> tuple[Subgraph, DocumentText | None]:
    """What one document says, its cases and parts included, and its text, if it was kept."""
    nodes, edges = merged(view.nodes(), view.edges())
    known = {node.id: node for node in nodes}
    _require({document}, nodes)
    inside, grown = {document}, 0
    while grown != len(inside):
        grown = len(inside)
        inside |= {node.id for node in nodes if node.properties.get("part_of") in inside}
    found = _with(nodes, edges, lambda edge: edge.document in inside, always=())
    return found, _text(known, document, frozenset(inside))


def _text(known: dict[str, Node], document: str, inside: frozenset[str]) -> DocumentText | None:
    node = known[document]
    if isinstance(text := node.properties.get("text"), str):
        return DocumentText(inside, text)
    file = known.get(str(node.properties.get("part_of", "")))
    start, end = node.properties.get("start"), node.properties.get("end")
    if file is None or not isinstance(start, int) or not isinstance(end, int):
        return None
    if not isinstance(text := file.properties.get("text"), str):
        return None
    return DocumentText(inside, text[start:end], start)


def between(view: View, one: Collection[str], other: Collection[str]) -> Subgraph:
    """Two (ids of each), what they say of each other, and what both touch.

    A thing is touched by both where edges join each of the two to it.
    """
    nodes, edges = merged(view.nodes(), view.edges())
    _require({*one, *other}, nodes)
    reached: list[set[str]] = []
    for side in (set(one), set(other)):
        ends = [{edge.source, edge.target} for edge in edges if edge.type != FOLDED]
        reached.append(set().union(*(pair for pair in ends if pair & side)) - side)
    shared = reached[0] & reached[1]
    both = {*one, *other}

    def compares(edge: Edge) -> bool:
        return bool({edge.source, edge.target} & both) and {edge.source, edge.target} <= both | shared

    return _with(nodes, edges, compares, always=both)


def most_connected(subgraph: Subgraph, limit: int) -> Subgraph:
    """The ``limit`` nodes with the most edges and the edges among them; the subgraph itself where it has no more."""
    if len(subgraph.nodes) <= limit:
        return subgraph
    degree = Counter(end for edge in subgraph.edges for end in {edge.source, edge.target})
    first = sorted(subgraph.nodes, key=lambda node: (-degree[node.id], node.id))[:limit]
    kept = {node.id for node in first}
    edges = [edge for edge in subgraph.edges if edge.source in kept and edge.target in kept]
    context = {**subgraph.context, **{node.id: node for node in subgraph.nodes if node.id not in kept}}
    return replace(subgraph, nodes=[node for node in subgraph.nodes if node.id in kept], edges=edges, context=context)


def _with(nodes: list[Node], edges: list[Edge], chosen: Callable[[Edge], bool], *, always: Collection[str]) -> Subgraph:
    """The chosen edges alone, with what they join and the claims that they turn on; who published is known of all."""
    kept = [edge for edge in edges if edge.type != FOLDED and chosen(edge)]
    published = [edge for edge in edges if edge.type == "PUBLISHED" and not chosen(edge)]
    ends = {end for edge in kept for end in (edge.source, edge.target)}
    turned_on = {str(edge.properties.get("claim", "")) for edge in kept} & {node.id for node in nodes}
    whole = select(nodes, [*kept, *published], always={*ends, *turned_on, *always})
    aside = {edge.id for edge in published}
    shown = {*ends, *turned_on, *always}
    return replace(
        whole,
        nodes=[node for node in whole.nodes if node.id in shown],
        edges=[edge for edge in whole.edges if edge.id not in aside],
        context={**whole.context, **{node.id: node for node in whole.nodes if node.id not in shown}},
        only_mentioned=0,
    )


def _require(wanted: Collection[str], nodes: Iterable[Node]) -> None:
    absent = set(wanted) - {node.id for node in nodes}
    if absent:
        raise NothingFound(f"The store holds no {', '.join(sorted(absent))}.")
