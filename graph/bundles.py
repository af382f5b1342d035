"""Records gathered by document: what came from one file together, checked, ready to be stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from narragraph.errors import RecordError
from narragraph.graph.check import CheckResult, Fault, Ground, text_hash
from narragraph.graph.model import Edge, Node, claim_id, edge_id
from narragraph.graph.records import Record
from narragraph.graph.stores.base import Bundle

_PLACE = ("document", "start", "end")  # of a Claim in a record; the store keeps it on MENTIONS


@dataclass(frozen=True)
class Gathered:
    """What came from one file, with all that keeps it from being stored."""

    bundle: Bundle
    faults: list[Fault]


def gather(records: Iterable[Record | RecordError]) -> Iterator[Gathered | Fault]:
    """Files one after the other; records that belong to none come as faults of their own.

    An error among the records stands for one that could not be read: the document that it speaks of lacks it, and where
    that is not known, each that was gathered beside it may.

    Records are cut where nodes follow edges: there another document begins, and the memory of the last one can go.
    Records that begin with an edge are in no such order and are gathered whole.
    """
    batch, whole = _Batch(), False
    for record in records:
        if isinstance(record, RecordError):
            batch.lacking.append(record)
        elif isinstance(record, Node):
            if batch.edges and not whole:
                yield from batch.gathered()
                batch = _Batch()
            batch.add_node(record)
        else:
            whole = whole or not batch.nodes
            batch.add_edge(record)
    yield from batch.gathered()


def check_records(records: Iterable[Record | RecordError]) -> CheckResult:
    """Hold records against the texts they come with, as on their way into a store."""
    edges, faults = 0, []
    for found in gather(records):
        if isinstance(found, Gathered):
            edges += len(found.bundle.edges)
            faults += found.faults
        else:
            faults.append(found)
    return CheckResult(edges, faults)


class _Batch:
    """Nodes and edges of one file or several, by id."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self.lacking: list[RecordError] = []  # in place of records that could not be read
        self._twice: dict[str, Fault] = {}  # by id of the node, or of the document that the edge rests on
        self._places: dict[tuple[str, str], list[tuple[int, int]]] = {}  # (document, claim) → where it stands

    def add_node(self, node: Node) -> None:
        if node.type == "Claim":
            node = self._placed(node)
        node = replace(
            node, aliases=tuple(sorted(set(node.aliases)))
        )  # as stores keep them, so that an export is equal
        known = self.nodes.setdefault(node.id, node)
        if known != node and not (known.type == node.type == "Claim" and _wording(known) == _wording(node)):
            self._twice[node.id] = Fault(node.id, node.type, "", "stands there twice with different content")

    def add_edge(self, edge: Edge) -> None:
        if self.edges.setdefault(edge.id, edge) != edge:
            fault = Fault(edge.id, edge.type, edge.document, "stands there twice with different content")
            self._twice[edge.document] = fault

    def gathered(self) -> Iterator[Gathered | Fault]:
        self._add_mentions()
        ground = Ground(self.nodes.values())
        edges: dict[str | None, list[Edge]] = {}
        for edge in self.edges.values():
            edges.setdefault(ground.root(edge.document), []).append(edge)
        documents: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.type == "Document" and node.properties.get("genre") != "appearance":
                documents.setdefault(ground.root(node.id) or node.id, []).append(node)
        needed: set[str] = set()
        for root, parts in documents.items():
            gathered = self._file(root, parts, edges.pop(root, []), ground)
            needed.update(node.id for node in gathered.bundle.nodes)
            yield gathered
        homeless = [edge for several in edges.values() for edge in several]
        needed.update(end for edge in homeless for end in (edge.source, edge.target))
        yield from _homeless(homeless)
        yield from _stray([node for node in self.nodes.values() if node.id not in needed], ground)

    def _file(self, root: str, documents: list[Node], edges: list[Edge], ground: Ground) -> Gathered:
        ends = (end for edge in edges for end in (edge.source, edge.target))
        nodes = {node.id: node for node in documents}
        nodes |= {end: self.nodes[end] for end in ends if end in self.nodes}
        faults = [self._twice[id] for id in nodes if id in self._twice]
        faults += [
            Fault(root, "Document", root, f"a record of it cannot be read ({error.message})")
            for error in self.lacking
            if error.about is None or any(error.about == document.id for document in documents)
        ]
        faults += [fault for node in nodes.values() for fault in ground.node_faults(node)]
        faults += [fault for edge in edges for fault in ground.edge_faults(edge)]
        faults += ground.count_faults(root, len(edges))
        nodes[root] = _with_hash(nodes[root])
        return Gathered(Bundle(nodes[root], list(nodes.values()), edges), faults)

    def _placed(self, claim: Node) -> Node:
        """The claim without its place, which is noted."""
        document, start, end = (claim.properties.get(name) for name in _PLACE)
        if isinstance(document, str) and isinstance(start, int) and isinstance(end, int):
            self._places.setdefault((document, claim.id), []).append((start, end))
        rest = {name: value for name, value in claim.properties.items() if name not in _PLACE}
        return replace(claim, properties=rest)

    def _add_mentions(self) -> None:
        """Put each claim's places on the MENTIONS edge from its document."""
        for (document, claim), places in self._places.items():
            id = edge_id("MENTIONS", document, claim, document)
            bare = Edge(id, "MENTIONS", document, claim, document, properties={"basis": "sentence"})
            mention = self.edges.get(id, bare)
            self.edges[id] = replace(mention, spans=tuple(sorted({*mention.spans, *places})))


def _homeless(edges: Iterable[Edge]) -> Iterator[Fault]:
    for document, count in Counter(edge.document for edge in edges).items():
        resting = "1 edge rests" if count == 1 else f"{count} edges rest"
        yield Fault(document, "Document", document, f"{resting} on it, which is no document here")


def _stray(nodes: Iterable[Node], ground: Ground) -> Iterator[Fault]:
    """What is wrong with nodes that nothing needs; those that are right in themselves are told together."""
    harmless = []
    for node in nodes:
        if wrong := next(ground.node_faults(node), None):
            yield wrong
        else:
            harmless.append(node)
    if harmless:
        more = f", nor {len(harmless) - 1} more nodes" if len(harmless) > 1 else ""
        yield Fault(harmless[0].id, harmless[0].type, "", f"no edge needs it{more}")


def _with_hash(document: Node) -> Node:
    text = document.properties.get("text")
    if not isinstance(text, str) or "sha256" in document.properties:
        return document
    return replace(document, properties={**document.properties, "sha256": text_hash(text)})


def _wording(claim: Node) -> str:
    return claim_id(str(claim.properties.get("text") or claim.name))
