"""Gold graphs: what a careful reader found in a text, and the records of the extraction in the same comparable form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from narragraph.errors import DocumentError, InputError
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import Record
from narragraph.loaders.extraction.analysis import Span

NODE_TYPES = ("Country", "Actor", "Outlet")
EDGE_TYPES = ("ACCUSES", "DENIES", "AMPLIFIES", "DEBUNKS", "ATTRIBUTED_TO", "PUBLISHED", "INVOLVES")
PROPOSITIONS = ("Claim", "Narrative")

_QUOTES = str.maketrans("’‘“”–—", "''\"\"--")


@dataclass
class ComparableNode:
    """A node as far as it counts: its type, its names in comparable form, and where a proposition stands."""

    type: str
    name: str
    forms: set[str]
    span: Span | None = None
    hard: bool = False
    listed: bool = True  # whether a prediction has to find it


@dataclass(frozen=True)
class ComparableEdge:
    """An edge as far as it counts: ends are keys of the graph's nodes, ``span`` is its evidence."""

    type: str
    source: str
    target: str
    span: Span | None
    hard: bool = False
    sentence: str = ""
    rule: str = ""
    confidence: float = 1.0


@dataclass
class ComparableGraph:
    """One document's graph."""

    nodes: dict[str, ComparableNode] = field(default_factory=dict)
    edges: list[ComparableEdge] = field(default_factory=list)


@dataclass(frozen=True)
class GoldDocument:
    """A text with its gold graph; ``stem`` is the name that both files share."""

    stem: str
    path: Path
    text: str
    graph: ComparableGraph


def read_gold(folder: Path) -> list[GoldDocument]:
    """The gold documents of a folder of ``STEM.json`` files whose texts are ``../texts/STEM.txt``.

    A folder that holds ``gold/`` and ``texts/`` will do as well. Raises InputError where there is none, DocumentError
    for a gold graph or text that cannot be read.
    """
    if (folder / "gold").is_dir():
        folder = folder / "gold"
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"{folder}: no gold graphs here.", hint="Gold graphs are JSON files beside a folder 'texts'.")
    return [_read_document(path) for path in paths]


def _read_document(path: Path) -> GoldDocument:
    text_path = path.parent.parent / "texts" / f"{path.stem}.txt"
    try:
        graph = _gold_graph(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DocumentError(str(path), f"not a gold graph: {error!r}") from error
    try:
        text = text_path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise DocumentError(str(text_path), f"the text of {path.name} cannot be read: {error}") from error
    return GoldDocument(path.stem, text_path, text, graph)


def _gold_graph(data: dict[str, Any]) -> ComparableGraph:
    graph = ComparableGraph()
    for node in data["nodes"]:
        names = [node.get("name") or node.get("text") or node["id"], *node.get("aliases", [])]
        span = (node["start"], node["end"]) if node.get("start") is not None else None
        graph.nodes[node["id"]] = ComparableNode(
            node["type"],
            names[0],
            comparable_forms(names),
            span,
            node.get("hard", False),
            not node.get("unlisted", False),
        )
    for edge in data["edges"]:
        if edge["type"] in EDGE_TYPES:
            graph.edges.append(
                ComparableEdge(
                    edge["type"], edge["source"], edge["target"], (edge["start"], edge["end"]),
                    edge.get("hard", False), edge["evidence"],
                )
            )  # fmt: skip
    return graph


def predicted_graphs(records: Iterable[Record], texts: Mapping[str, str], floor: float) -> dict[str, ComparableGraph]:
    """The records as one graph per text (stem → text); edges below the confidence ``floor`` are left out."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for record in records:
        if isinstance(record, Node):
            nodes[record.id] = record
        else:
            edges.append(record)
    owners = _owners(nodes, texts)
    places = _places(nodes, edges)
    graphs = {stem: ComparableGraph() for stem in texts}
    for edge in edges:
        stem = owners.get(edge.document)
        if stem is None:
            continue
        graph = graphs[stem]
        for ident in (edge.source, edge.target):
            if ident in nodes and ident not in graph.nodes:
                graph.nodes[ident] = _comparable(nodes[ident], places.get((ident, edge.document)))
        if edge.type == "MENTIONS":
            graph.nodes[edge.target].forms |= comparable_forms(texts[stem][start:end] for start, end in edge.spans)
        elif edge.type in EDGE_TYPES and edge.confidence >= floor:
            span = (edge.start, edge.end) if edge.start is not None and edge.end is not None else None
            rule = str(edge.properties.get("rule", ""))
            graph.edges.append(
                ComparableEdge(
                    edge.type, edge.source, edge.target, span, False, edge.sentence or "", rule, edge.confidence
                )
            )  # fmt: skip
    return graphs


def _comparable(node: Node, place: Span | None) -> ComparableNode:
    span = place if node.type in PROPOSITIONS else None
    return ComparableNode(node.type, node.name, comparable_forms([node.name, *node.aliases]), span)


def _owners(nodes: Mapping[str, Node], texts: Mapping[str, str]) -> dict[str, str]:
    """Id of each Document → the stem of its text; a case inside a file belongs to the file's."""
    owners: dict[str, str] = {}
    for node in nodes.values():
        if node.type == "Document":
            path = node.properties.get("path")
            stem = PurePath(str(path or node.id)).stem
            for known in texts:
                if stem == known or (not path and node.id.endswith(known)):
                    owners[node.id] = known
    for node in nodes.values():
        parent, seen = node.properties.get("part_of"), set()
        while isinstance(parent, str) and node.id not in owners and parent not in seen:
            seen.add(parent)
            if parent in owners:
                owners[node.id] = owners[parent]
            parent = nodes[parent].properties.get("part_of") if parent in nodes else None
    return owners


def _places(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> dict[tuple[str, str], Span]:
    """Where a node stands in a document: its first mention, else what a proposition says of itself."""
    places: dict[tuple[str, str], Span] = {}
    for node in nodes.values():
        start, end, document = (node.properties.get(name) for name in ("start", "end", "document"))
        if node.type in PROPOSITIONS and isinstance(start, int) and isinstance(end, int) and isinstance(document, str):
            places[node.id, document] = (start, end)
    for edge in edges:
        if edge.type == "MENTIONS" and edge.spans:
            places[edge.target, edge.document] = edge.spans[0]
    return places


def comparable_forms(names: Iterable[str]) -> set[str]:
    """Names without case, marks, articles and "president"; "Government of X" and "X government" also yield X."""
    forms = set()
    for name in names:
        form = _comparable_name(name)
        bare = re.sub(r"^government ", "", re.sub(r" kremlin$", "", form))
        forms |= {form, re.sub(r" government$", "", bare)}
    return forms - {""}


def _comparable_name(name: str) -> str:
    name = name.translate(_QUOTES).lower()
    name = re.sub(r"'s\b", "", name)
    name = re.sub(r"[^\w ]", " ", name)
    name = re.sub(r"\b(the|a|an|of|president|mr|mrs|ms)\b", " ", name)
    return re.sub(r"\s+", " ", name).strip()
