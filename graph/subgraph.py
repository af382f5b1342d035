"""A part of the graph that someone looks at: its nodes, the edges between them, and what those edges name besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from narragraph.errors import NothingFound
from narragraph.graph.identity import DIFFERENT, SAME, groups
from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import View
from narragraph.graph.stores.layout import edge_from, node_from

_EDGES = (
    "MATCH (a:Narragraph)-[r]->(b:Narragraph) WHERE r.id IN $ids OR type(r) = $same "
    "RETURN type(r) AS type, a.id AS source, b.id AS target, properties(r) AS properties ORDER BY r.id"
)
_PUBLISHERS = (
    "UNWIND $ids AS id MATCH (o:Outlet)-[:PUBLISHED]->(d:Document {id: id}) "
    "RETURN o.id AS outlet, id AS document ORDER BY outlet"
)
_NODES = (
    "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) "
    "RETURN [label IN labels(n) WHERE label <> 'Narragraph'][0] AS type, properties(n) AS properties"
)
FOLDED = "MENTIONS"  # says only that a name stands somewhere; a picture of the graph would drown in it


@dataclass(frozen=True)
class Subgraph:
    """Nodes and the attestations between them.

    ``context`` holds nodes that the edges name without ending there: the documents they rest on, the speakers who
    vouch, the outlets that published. ``publishers`` maps documents to outlets. ``only_mentioned`` counts the nodes
    that were left out because nothing but a MENTIONS edge leads to them.
    """

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    context: Mapping[str, Node] = field(default_factory=dict)
    publishers: Mapping[str, str] = field(default_factory=dict)
    only_mentioned: int = 0

    def _repr_html_(self) -> str:
        """The reader page in a frame of its own, as notebooks show it."""
        from html import escape
        from io import StringIO

        from narragraph.graph.page.page import write_page

        page = StringIO()
        write_page(self, page, title="What the documents say")
        # a frame without an origin: its scripts reach nothing of the notebook around it
        return (
            '<iframe title="Narragraph" sandbox="allow-scripts allow-downloads allow-modals allow-popups '
            'allow-popups-to-escape-sandbox" style="width: 100%; height: 680px; border: 1px solid #8888" '
            f'srcdoc="{escape(page.getvalue())}"></iframe>'
        )


def whole(view: View) -> Subgraph:
    """Everything that is related to something; names that are only mentioned are counted."""
    return select(view.nodes(), view.edges())


def around(view: View, centres: Iterable[str], depth: int = 1) -> Subgraph:
    """The nodes within ``depth`` steps of the ``centres`` (ids), in either direction, and all edges among them.

    From a document one step leads to all that it says, its cases included. Raises NothingFound for an unknown id.
    """
    nodes, edges = merged(view.nodes(), view.edges())
    centres = set(centres)
    reached = set(centres)
    missing = reached.difference(node.id for node in nodes)
    if missing:
        raise NothingFound(f"The store holds no {', '.join(sorted(missing))}.")
    steps = _steps(edges)
    border = set(reached)
    for _ in range(depth):
        border = {neighbour for ident in border for neighbour in steps[ident]} - reached
        reached |= border
    return select(nodes, edges, keep=reached, always=centres)


def named(view: View, names: Collection[str]) -> Subgraph:
    """The nodes with these names or ids, such as the values in a query's rows, and all edges among them."""
    nodes = list(view.nodes())
    wanted = set(names)
    return select(nodes, view.edges(), keep={node.id for node in nodes if {node.id, node.name} & wanted})


def of_edges(view: View, edges: Collection[str]) -> Subgraph:
    """These edges, by id, with their ends, the claims they turn on and what they name besides."""
    rows = view.run(_EDGES, {"ids": sorted(set(edges)), "same": SAME}).rows
    found = [edge_from(type, source, target, properties) for type, source, target, properties in rows]
    publishers: dict[str, str] = {}
    for outlet, document in view.run(_PUBLISHERS, {"ids": sorted({edge.document for edge in found})}).rows:
        publishers.setdefault(document, outlet)
    named = {id for edge in found for id in (edge.source, edge.target, edge.document, _claim(edge), *_speakers(edge))}
    rows = view.run(_NODES, {"ids": sorted({*named, *publishers.values()})}).rows
    nodes, told = merged([_without_text(node_from(type, properties)) for type, properties in rows], found)
    shown = {id for edge in told for id in (edge.source, edge.target, _claim(edge))}
    return Subgraph(
        nodes=[node for node in nodes if node.id in shown],
        edges=told,
        context={node.id: node for node in nodes if node.id not in shown},
        publishers=publishers,
    )


def select(
    nodes: Iterable[Node], edges: Iterable[Edge], *, keep: set[str] | None = None, always: Collection[str] = ()
) -> Subgraph:
    """The edges among the nodes with ids in ``keep`` (among all, by default) and the nodes that they join, in order.

    The claim that a kept edge turns on ("X accuses Y of Z") is kept with it. Nodes in ``always`` need no edge to stay.
    """
    nodes, edges = merged(nodes, edges)
    known = {node.id: _without_text(node) for node in nodes}
    publishers: dict[str, str] = {}
    inside: list[Edge] = []
    mentioned: set[str] = set()
    for edge in edges:
        if edge.type == "PUBLISHED":
            publishers.setdefault(edge.target, edge.source)
        if edge.type == FOLDED:
            mentioned.add(edge.target)
        else:
            inside.append(edge)
    if keep is not None:
        turned_on = {_claim(edge) for edge in inside if edge.source in keep and edge.target in keep}
        keep = keep | (turned_on & known.keys())
        inside = [edge for edge in inside if edge.source in keep and edge.target in keep]
    shown = {end for edge in inside for end in (edge.source, edge.target)}.union(always)
    context = {name for edge in inside for name in (edge.document, *_speakers(edge))}
    context |= {publishers[document] for document in context & publishers.keys()}
    return Subgraph(
        nodes=[node for ident, node in known.items() if ident in shown],
        edges=inside,
        context={ident: known[ident] for ident in sorted(context - shown) if ident in known},
        publishers={document: outlet for document, outlet in publishers.items() if document in context},
        only_mentioned=len((mentioned & known.keys()) - shown) if keep is None else 0,
    )


def merged(nodes: Iterable[Node], edges: Iterable[Edge]) -> tuple[list[Node], list[Edge]]:
    """The graph with one node for all that are decided to be the same: the first by id, with the names of all.

    The decisions themselves are left out; where nobody has decided anything, all is as it was.
    """
    every, kept = list(edges), []
    same = [(edge.source, edge.target) for edge in every if edge.type == SAME]
    leader = groups(same)
    for edge in every:
        source, target = leader.get(edge.source, edge.source), leader.get(edge.target, edge.target)
        if edge.type not in (SAME, DIFFERENT):
            kept.append(
                edge if (source, target) == (edge.source, edge.target) else replace(edge, source=source, target=target)
            )
    if not same:
        return list(nodes), kept
    every_node = {node.id: node for node in nodes}
    for id, first in leader.items():
        if id != first and id in every_node and first in every_node:
            other, one = every_node.pop(id), every_node[first]
            names = {*one.aliases, *other.aliases, other.name} - {one.name}
            every_node[first] = replace(one, aliases=tuple(sorted(names)))
    return list(every_node.values()), kept


def _steps(edges: Iterable[Edge]) -> defaultdict[str, set[str]]:
    """From each node the nodes one step away; a document leads to the ends of the edges that rest on it."""
    steps: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.type == FOLDED:
            continue
        steps[edge.source].add(edge.target)
        steps[edge.target].add(edge.source)
        steps[edge.document].update((edge.source, edge.target))
    return steps


def _speakers(edge: Edge) -> list[str]:
    speakers = edge.properties.get("asserted_by")
    return [str(speaker) for speaker in speakers] if isinstance(speakers, (list, tuple)) else []


def _claim(edge: Edge) -> str:
    return str(edge.properties.get("claim", ""))


def _without_text(node: Node) -> Node:
    """The node without a document's whole text, which no picture needs."""
    if node.type != "Document" or "text" not in node.properties:
        return node
    return replace(node, properties={key: value for key, value in node.properties.items() if key != "text"})
