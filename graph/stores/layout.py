"""How nodes and edges lie in a store: flat maps of properties, checked before any of them is written.

All stores share this module, so that what is refused, merged or left out is the same everywhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from narragraph.errors import RecordError
from narragraph.graph.model import Edge, Node, Scalar, Value
from narragraph.graph.stores.base import Bundle

Properties = dict[str, Any]

APPEARANCE = "appearance"  # the genre of a page that a case reviews but that is not at hand

# Labels and relationship types stand in query texts, where no parameter can; nothing else is ever put there.
_NAME = re.compile(r"[A-Za-z][A-Za-z_]*")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
HIDDEN = {"root", "fingerprint"}  # the store's own book-keeping, never shown
_NODE_KEYS = {"id", "name", "aliases"} | HIDDEN
_EDGE_KEYS = {"id", "document", "sentence", "start", "end", "confidence", "span_starts", "span_ends"} | HIDDEN
_KEPT_BY_APPEARANCES = {"id", "name", "aliases", "title", "url", "archived", "source_key", "published"}
_LARGEST = 2**63  # whole numbers have 64 bits


@dataclass(frozen=True)
class Laid:
    """A bundle as rows to write.

    ``nodes`` maps each label to its nodes' properties by id, ``edges`` each relationship type to rows of
    ``source``, ``target`` and ``properties``.
    """

    root: str
    nodes: dict[str, dict[str, Properties]] = field(default_factory=dict)
    edges: dict[str, list[Properties]] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """The ids of all nodes."""
        return [id for nodes in self.nodes.values() for id in nodes]


def lay_out(bundle: Bundle) -> Laid:
    """The bundle as rows. Raises RecordError where it could not be stored whole."""
    laid = Laid(bundle.root.id)
    known: dict[str, str] = {}
    for node in bundle.nodes:
        if known.setdefault(node.id, node.type) != node.type:
            raise RecordError(f"{node.id} is {known[node.id]} and {node.type} at once")
        laid.nodes.setdefault(checked_name(node.type), {})[node.id] = _node_properties(node, bundle.root.id)
    if bundle.root.id not in known:
        raise RecordError(f"{bundle.root.id} is not among its own nodes")
    seen: set[str] = set()
    for edge in bundle.edges:
        if edge.id in seen:
            raise RecordError(f"{edge.id} stands there twice")
        seen.add(edge.id)
        for end in (edge.source, edge.target):
            if end not in known:
                raise RecordError(f"{edge.id} ends at {end}, which is missing")
        row = {"source": edge.source, "target": edge.target, "properties": _edge_properties(edge, bundle.root.id)}
        laid.edges.setdefault(checked_name(edge.type), []).append(row)
    laid.nodes[bundle.root.type][bundle.root.id]["fingerprint"] = bundle.fingerprint
    return laid


def checked_name(name: str) -> str:
    """The name of a node or edge type, fit to stand in a query; RecordError for any other text."""
    if not _NAME.fullmatch(name):
        raise RecordError(f"{name!r} cannot be a type: only letters and underscores can")
    return name


def check_label(id: str, stored: str, label: str) -> None:
    """Raise RecordError when a node's id already stands for a node of another type."""
    if stored != label:
        raise RecordError(f"{id} is {stored} in the store and cannot be {label} too")


def merged(old: Properties, new: Properties) -> Properties:
    """What a node holds when another document speaks of it too.

    A loaded document knows itself best: others that mention its page change nothing. For all other nodes the newer
    properties win, and aliases add up.
    """
    if "root" in new:
        return new
    if "root" in old:
        return old
    return {**old, **new, "aliases": sorted({*old.get("aliases", ()), *new["aliases"]})}


def disowned(properties: Properties) -> Properties:
    """What is left of a removed document that others still review: the appearance of its page."""
    return {**{key: properties[key] for key in properties if key in _KEPT_BY_APPEARANCES}, "genre": APPEARANCE}


def node_from(type: str, properties: Mapping[str, Any]) -> Node:
    """The node that lies in a store as these properties."""
    rest = {key: value for key, value in properties.items() if key not in _NODE_KEYS}
    return Node(properties["id"], type, properties["name"], tuple(properties.get("aliases") or ()), rest)


def edge_from(type: str, source: str, target: str, properties: Mapping[str, Any]) -> Edge:
    """The edge that lies in a store as these properties between these ends."""
    rest = {key: value for key, value in properties.items() if key not in _EDGE_KEYS}
    return Edge(
        properties["id"],
        type,
        source,
        target,
        properties["document"],
        properties.get("sentence"),
        properties.get("start"),
        properties.get("end"),
        properties["confidence"],
        tuple(zip(properties.get("span_starts") or (), properties.get("span_ends") or ())),
        rest,
    )


def _node_properties(node: Node, root: str) -> Properties:
    laid: Properties = {
        "id": _checked(node.id, "id", node.id),
        "name": _checked(node.name, "name", node.id),
        "aliases": _checked(sorted(set(node.aliases)), "aliases", node.id),
    }
    _add_rest(laid, node.properties, _NODE_KEYS, node.id)
    if node.id == root or (node.type == "Document" and laid.get("genre") != APPEARANCE):
        laid["root"] = root
    return laid


def _edge_properties(edge: Edge, root: str) -> Properties:
    laid: Properties = {
        name: _checked(getattr(edge, name), name, edge.id)
        for name in ("id", "document", "sentence", "start", "end", "confidence")
        if getattr(edge, name) is not None
    }
    laid["confidence"] = float(laid["confidence"])
    if edge.spans:
        laid["span_starts"] = [start for start, _ in edge.spans]
        laid["span_ends"] = [end for _, end in edge.spans]
    _add_rest(laid, edge.properties, _EDGE_KEYS, edge.id)
    laid["root"] = root
    return laid


def _add_rest(laid: Properties, rest: Mapping[str, Value], reserved: set[str], owner: str) -> None:
    for key, value in rest.items():
        if key in reserved or not _KEY.fullmatch(key):
            raise RecordError(f"{owner}: {key!r} cannot be the name of a property")
        laid[key] = _checked(value, key, owner)


def _checked(value: Value, key: str, owner: str) -> Value:
    """The value as every store gives it back; RecordError where one of them could not."""
    if isinstance(value, (list, tuple)):
        items = [_checked_scalar(item, key, owner) for item in value]
        kinds = {type(item) for item in items}
        if kinds == {int, float}:  # Neo4j keeps one type a list
            return [float(item) for item in items]
        if len(kinds) > 1:
            raise RecordError(f'{owner}: "{key}" mixes kinds of values')
        return cast("list[str]", items)
    return _checked_scalar(value, key, owner)


def _checked_scalar(value: Any, key: str, owner: str) -> Scalar:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise RecordError(f'{owner}: "{key}" holds half a character (a lone surrogate)')
        return value
    if isinstance(value, int) and -_LARGEST <= value < _LARGEST:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise RecordError(
        f'{owner}: "{key}" must be text, a number of at most 64 bits, true or false, or a list of one of these'
    )
