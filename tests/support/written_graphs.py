"""Small graphs that are written down so that people can read them, as stores take them.

``nodes`` gives each node a short name, its type and its name, and properties where it has any::

    nodes:
      north: Country Northland
      times: {Outlet: Harbour Times, kind: newspaper}
    documents:
      first:
        published: 2021-01-05
        edges:
          - north ACCUSES south claim=poison confidence=0.8

An edge is a line: source, type, target, and properties. ``here`` is the document it stands in, ``by=mayor`` puts one
more who vouches for it behind the document. Its sentence is made of the names; a document mentions all that its edges
join, where their sentences stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from narragraph.graph.model import Edge, Node, Value
from narragraph.graph.stores.base import Bundle

SURE = 0.9  # confidence of an edge that tells none


def bundles(graph: Mapping[str, Any]) -> Iterator[Bundle]:
    """One bundle for each document."""
    nodes = dict(_node(key, told) for key, told in graph["nodes"].items())
    documents = {
        key: Node(f"document:{key}", "Document", told.get("title", key.capitalize()), (), _of_document(told))
        for key, told in graph["documents"].items()
    }
    for key, told in graph["documents"].items():
        yield _bundle(documents[key], {**nodes, **documents, "here": documents[key]}, told["edges"])


def _node(key: str, told: Any) -> tuple[str, Node]:
    if isinstance(told, str):
        type, _, name = told.partition(" ")
        more = {}
    else:
        (type, name), *others = told.items()
        more = dict(others)
    aliases = tuple(more.pop("aliases", ()))
    return key, Node(f"{type.lower()}:{key}", type, name, aliases, more)


def _of_document(told: Mapping[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in told.items() if name not in ("edges", "title")}
    return {"genre": "news", **properties, "published": str(told["published"])}


def _bundle(root: Node, known: Mapping[str, Node], lines: list[str]) -> Bundle:
    edges, places, text = [], dict[str, list[tuple[int, int]]](), ""
    for number, line in enumerate(lines):
        words = line.split()
        source, type, target = known[words[0]], words[1], known[words[2]]
        told = dict(word.split("=", 1) for word in words[3:])
        sentence = f"{source.name} {type.lower().replace('_', ' ')} {target.name}."
        span = (len(text), len(text) + len(sentence))
        text += sentence + "\n"
        vouchers = [root.id, *(known[one].id for one in told.pop("by", "").split(",") if one)]
        if "claim" in told:
            told["claim"] = known[told["claim"]].id
        confidence = float(told.pop("confidence", SURE))
        properties: dict[str, Value] = {
            "basis": "sentence", "rule": "test.line", "polarity": "affirmed", "modality": "asserted",
            "asserted_by": vouchers, **told,
        }  # fmt: skip
        id = f"edge:{root.id.partition(':')[2]}-{number}"
        edges.append(Edge(id, type, source.id, target.id, root.id, sentence, *span, confidence, (), properties))
        for end in {source.id, target.id} - {root.id}:
            places.setdefault(end, []).append(span)
    by_id = {node.id: node for node in known.values()}
    for end, spans in places.items():
        if by_id[end].type != "Document":
            id = f"edge:{root.id.partition(':')[2]}-{end}"
            edges.append(Edge(id, "MENTIONS", root.id, end, root.id, confidence=1.0, spans=tuple(spans)))
    claims = [edge.properties["claim"] for edge in edges if "claim" in edge.properties]
    for claim in sorted({str(claim) for claim in claims} - places.keys()):
        id = f"edge:{root.id.partition(':')[2]}-{claim}"
        edges.append(Edge(id, "MENTIONS", root.id, claim, root.id, confidence=1.0, spans=((0, 1),)))
    told_root = Node(root.id, "Document", root.name, (), {**root.properties, "text": text})
    ends = {end for edge in edges for end in (edge.source, edge.target)} - {root.id}
    return Bundle(told_root, [told_root, *(by_id[end] for end in sorted(ends))], edges)
