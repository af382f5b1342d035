"""Does every edge say what its document says? The one check for records on their way in and for a store at any time."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from narragraph.graph import review
from narragraph.graph.model import Edge, Node, Value, claim_id
from narragraph.graph.stores.base import View
from narragraph.ontology.schema import load_schema

_UNQUOTED = ("reference", "derived")  # what an edge may rest on instead of words in its document
_DATED = ("published", "retrieved", "said")  # properties that hold dates
_DATED_EVENT = ("start", "end")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)?)?)?)?")
_OUTSIDE = "metadata"  # what an edge rests on that may quote a tag of the page, which stands outside the text


@dataclass(frozen=True)
class Fault:
    """Something that is not as it says: the node or edge, the ``document`` it rests on, and the reason in words."""

    id: str
    type: str
    document: str
    reason: str


@dataclass(frozen=True)
class CheckResult:
    """How many edges were read back, and everything that is not as it says."""

    edges: int
    faults: list[Fault]


def check_view(view: View) -> CheckResult:
    """Read back all that a store holds; the texts of all documents are held in memory for it."""
    ground = Ground(view.nodes())
    faults = [fault for node in view.nodes() for fault in ground.node_faults(node)]
    resting: Counter[str | None] = Counter()
    rejected = ground.rejected()
    for edge in view.edges():
        resting[ground.root(edge.document)] += 1
        if edge.id in rejected:
            faults.append(Fault(edge.id, edge.type, edge.document, "was rejected, and is still there"))
        faults += ground.edge_faults(edge)
    faults += [fault for document in ground.documents for fault in ground.count_faults(document, resting[document])]
    return CheckResult(resting.total(), faults)


class Ground:
    """What edges are held against: the types of all nodes, the texts of documents and the wording of claims."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._schema = load_schema()
        self._listed = {prop.name: prop.values for prop in self._schema.properties if prop.values}
        self._types: dict[str, str] = {}
        self.documents: dict[str, Node] = {}
        self._claims: dict[str, str] = {}
        for node in nodes:
            self._types[node.id] = node.type
            if node.type == "Document":
                self.documents[node.id] = node
            elif node.type == "Claim":
                self._claims[node.id] = str(node.properties.get("text") or node.name)

    def root(self, document: str) -> str | None:
        """Id of the file's own Document that a document is part of (or is itself); None where that is not known."""
        seen = set()
        while document in self.documents and document not in seen:
            seen.add(document)
            parent = self.documents[document].properties.get("part_of")
            if not isinstance(parent, str):
                return document
            document = parent
        return None

    def text(self, document: str) -> str | None:
        """The text that offsets of a document count in: its file's."""
        root = self.root(document)
        text = self.documents[root].properties.get("text") if root else None
        return text if isinstance(text, str) else None

    def rejected(self) -> set[str]:
        """Ids of edges that people have rejected."""
        log = self.documents[review.LOG].properties.get("text") if review.LOG in self.documents else ""
        holding = review.holding(review.parse(str(log).split("\n")))
        return {edge for edge, decision in holding.items() if decision.verdict == review.REJECTED}

    def node_faults(self, node: Node) -> Iterator[Fault]:
        """What is wrong with one node."""
        for reason in self._node_reasons(node):
            yield Fault(node.id, node.type, node.id if node.type == "Document" else "", reason)

    def edge_faults(self, edge: Edge) -> Iterator[Fault]:
        """What is wrong with one edge."""
        for reason in self._edge_reasons(edge):
            yield Fault(edge.id, edge.type, edge.document, reason)

    def count_faults(self, document: str, edges: int) -> Iterator[Fault]:
        """Whether the Document of a file says that another number of edges rests on it than these."""
        stated = self.documents[document].properties.get("attestations", edges)
        if stated != edges:
            yield Fault(document, "Document", document, f"says that {stated} edges rest on it, and {edges} do")

    def _node_reasons(self, node: Node) -> Iterator[str]:
        if node.type not in self._schema.node_types:
            yield f"{node.type} is no type of node"
        yield from self._value_reasons(node.properties, _DATED_EVENT if node.type == "Event" else _DATED)
        if any("\0" in text for text in (node.id, node.name, *node.aliases)):
            yield "holds a NUL character"
        if node.type != "Document":
            return
        root, text = self.root(node.id), node.properties.get("text")
        if root is None:
            yield "is part of a document that is missing"
        elif root == node.id and not isinstance(text, str) and node.properties.get("genre") != "appearance":
            yield "has no text"
        if isinstance(text, str) and node.properties.get("sha256", text_hash(text)) != text_hash(text):
            yield "its sha256 is not that of its text"

    def _edge_reasons(self, edge: Edge) -> Iterator[str]:
        ends = [self._types.get(edge.source), self._types.get(edge.target)]
        for end, type in zip((edge.source, edge.target), ends):
            if type is None:
                yield f"its end {end} is missing"
        kind = self._schema.edge_types.get(edge.type)
        if kind is None:
            yield f"{edge.type} is no type of edge"
        elif ends[0] and ends[1] and not kind.allows(ends[0], ends[1]):
            yield f"{edge.type} cannot run from {ends[0]} to {ends[1]}"
        yield from self._value_reasons(edge.properties, _DATED)
        text = self.text(edge.document)
        if text is None:
            yield f"the text of {edge.document} is missing"
        else:
            yield from self._place_reasons(edge, text)

    def _value_reasons(self, properties: Mapping[str, Value], dated: tuple[str, ...]) -> Iterator[str]:
        for name, value in properties.items():
            if name in dated and not (isinstance(value, str) and _DATE.fullmatch(value)):
                yield f"its {name} is {value!r}, which is no date (2022, 2022-01, 2022-01-31)"
            if value not in self._listed.get(name, (value,)):
                yield f"its {name} is {value!r}, not one of {', '.join(self._listed[name])}"

    def _place_reasons(self, edge: Edge, text: str) -> Iterator[str]:
        basis = edge.properties.get("basis", "sentence")
        quotes = edge.sentence is not None or (basis not in _UNQUOTED and not edge.spans)
        tag = basis == _OUTSIDE and bool(edge.sentence) and edge.start is None and edge.end is None
        if quotes and not tag:
            if edge.sentence is None or edge.start is None or edge.end is None:
                yield "has no sentence with start and end"
            elif (reason := misplaced("its sentence", edge.sentence, text, edge.start, edge.end)) is not None:
                yield reason
        match [edge.properties.get(name) for name in ("trigger", "trigger_start", "trigger_end")]:
            case [str(trigger), int(start), int(end)]:
                if (reason := misplaced("its trigger", trigger, text, start, end)) is not None:
                    yield reason
        for start, end in edge.spans:
            if not 0 <= start < end <= len(text):
                yield f"{start}–{end} lies outside the text ({len(text)} characters)"
            elif edge.target in self._claims and claim_id(text[start:end]) != claim_id(self._claims[edge.target]):
                yield f"its claim does not stand at {start}–{end}"


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, as Documents state it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def misplaced(what: str, words: str, text: str, start: int, end: int) -> str | None:
    """Why ``words`` are not ``text[start:end]``, None where they are."""
    if not 0 <= start < end <= len(text):
        return f"{what} is said to stand at {start}–{end}, outside the text ({len(text)} characters)"
    if text[start:end] == words:
        return None
    found = text.find(words) if words else -1
    return f"{what} does not stand at {start}–{end}" + (f" but at {found}" if found >= 0 else " nor anywhere else")
