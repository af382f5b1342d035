"""How nodes and edges lie in a store: flat maps of properties, checked before any of them is written.

All stores share this module, so that what is refused, merged or left out is the same everywhere.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from narragraph import __version__
from narragraph.errors import RecordError
from narragraph.graph.model import Edge, Node, Scalar, Value, digest
from narragraph.graph.stores.base import Bundle

Properties = dict[str, Any]

APPEARANCE = "appearance"  # the genre of a page that a case reviews but that is not at hand

# Labels and relationship types stand in query texts, where no parameter can; nothing else is ever put there.
_NAME = re.compile(r"[A-Za-z][A-Za-z_]*")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
#: Properties of the store's own, never shown.
HIDDEN = {
    "root", "fingerprint", "loaded_by", "loaded_at", "statements", "source_statement", "target_statement",
    "struck", "review", "confidence_read",
}  # fmt: skip
_NODE_KEYS = {"id", "name", "aliases"} | HIDDEN
_EDGE_KEYS = {"id", "document", "sentence", "start", "end", "confidence", "span_starts", "span_ends"} | HIDDEN
_KEPT_BY_APPEARANCES = {"id", "name", "aliases", "title", "url", "archived", "source_key", "published", "language"}
_LARGEST = 2**63  # whole numbers have 64 bits


@dataclass(frozen=True)
class Laid:
    """A bundle as it is written.

    ``labels`` holds the label of each node by id. ``own`` are the properties of the root and its parts, ``statements``
    what the bundle says of all other nodes. ``edges`` maps each relationship type to rows of ``source``, ``target``
    and ``properties``.
    """

    root: str
    labels: dict[str, str] = field(default_factory=dict)
    own: dict[str, Properties] = field(default_factory=dict)
    statements: dict[str, Properties] = field(default_factory=dict)
    edges: dict[str, list[Properties]] = field(default_factory=dict)


def lay_out(bundle: Bundle) -> Laid:
    """The bundle as it is written. Raises RecordError where it could not be stored whole."""
    root = bundle.root.id
    laid = Laid(root)
    for node in bundle.nodes:
        if laid.labels.setdefault(node.id, checked_name(node.type)) != node.type:
            raise RecordError(f"{node.id} is {laid.labels[node.id]} and {node.type} at once")
    if root not in laid.labels:
        raise RecordError(f"{root} is not among its own nodes")
    parts = _parts(bundle)
    for node in bundle.nodes:
        properties = _node_properties(node)
        if node.id in parts:
            laid.own[node.id] = {**properties, "root": root}
        else:
            laid.statements[node.id] = _appearance(properties) if node.type == "Document" else properties
    seen: set[str] = set()
    for edge in bundle.edges:
        if edge.id in seen:
            raise RecordError(f"{edge.id} stands there twice")
        seen.add(edge.id)
        for end in (edge.source, edge.target):
            if end not in laid.labels:
                raise RecordError(f"{edge.id} ends at {end}, which is missing")
        row = {"source": edge.source, "target": edge.target, "properties": _edge_properties(edge, root)}
        laid.edges.setdefault(checked_name(edge.type), []).append(row)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    laid.own[root] |= {"fingerprint": bundle.fingerprint, "loaded_by": __version__, "loaded_at": now}
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


def check_owner(id: str, stored: str, root: str) -> None:
    """Raise RecordError when a document of one root already belongs to another."""
    if stored != root:
        raise RecordError(f"{id} is part of another document, {stored}, already")


@dataclass
class Entry:
    """What a store holds of one node: its own document's word, if that is loaded, and what other documents state of it.

    A document knows itself best: as long as it is loaded, statements of others are kept but not shown. ``statements``
    are distinct. An edge carries the key of the statement that its document makes of each end; without one it rests on
    the first, which is None once nobody makes it any more. So a node that all speak of in the same words, as nearly all
    are, costs no word more.
    """

    label: str
    own: Properties | None = None
    statements: list[Properties | None] = field(default_factory=list)

    @classmethod
    def read(cls, label: str, stored: Properties) -> Entry:
        """The entry that was written as these properties."""
        shown = dict(stored)
        texts = shown.pop("statements", None)
        statements = [json.loads(text) for text in texts or ()]
        if "root" in shown:
            return cls(label, shown, statements)
        return cls(label, None, statements or [shown])

    def written(self) -> Properties:
        """All properties of the node as it lies in the store."""
        if self.own is None:
            made = [statement for statement in self.statements if statement is not None]
            if len(self.statements) == 1 == len(made):
                return made[0]
            return {**fold(made), "statements": [as_text(statement) for statement in self.statements]}
        if not self.statements:
            return self.own
        return {**self.own, "statements": [as_text(statement) for statement in self.statements]}

    def state(self, statement: Properties) -> tuple[str | None, bool]:
        """Take a statement in; the key that the edges of its document carry, and whether it is new."""
        for index, known in enumerate(self.statements):
            if known == statement and as_text(known) == as_text(statement):
                return self._key(index), False
        self.statements.append(statement)
        return self._key(len(self.statements) - 1), True

    def stated(self, key: str | None) -> Properties | None:
        """The statement of a key."""
        return next(made for index, made in enumerate(self.statements) if self._key(index) == key)

    def stated_or_shown(self, key: str | None) -> Properties:
        """The statement of a key; what is shown where stores of format 1 kept none."""
        return (self.stated(key) if self.statements else None) or self.written()

    def withdraw(self, key: str | None) -> None:
        """Forget a statement that no document makes any more."""
        made = {self._key(index): statement for index, statement in enumerate(self.statements)}
        made[key] = None
        first = made.pop(None)
        others = [statement for statement in made.values() if statement is not None]
        self.statements = [first, *others] if first is not None or others else []

    def disown(self) -> None:
        """Forget what the node's own document said: it is gone, and others still speak of it."""
        if not self.statements and self.own is not None:  # stores of format 1 kept none beside it
            self.statements = [_appearance(self.own)]
        self.own = None

    def _key(self, index: int) -> str | None:
        return digest(as_text(self.statements[index])) if index else None


def fold(statements: Iterable[Properties]) -> Properties:
    """What is shown of a node that documents state different things of, in whatever order they came.

    Of each property it is the value that sorts last as JSON; aliases add up, and names that were not taken join them.
    """
    folded: Properties = {}
    names: set[str] = set()
    aliases: set[str] = set()
    for statement in statements:
        names.add(statement["name"])
        aliases.update(statement["aliases"])
        for key, value in statement.items():
            if key not in folded or as_text(value) > as_text(folded[key]):
                folded[key] = value
    return {**folded, "aliases": sorted(aliases | names - {folded["name"]})}


def as_text(value: Any) -> str:
    """JSON: equal for equal values, and in one order for all."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


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


def _parts(bundle: Bundle) -> set[str]:
    """Ids of the root and of the Documents that are part of it, or of a part."""
    root = bundle.root.id
    parents = {
        node.id: node.properties.get("part_of")
        for node in bundle.nodes
        if node.type == "Document" and node.properties.get("genre") != APPEARANCE
    }
    parts = {root}
    while found := {id for id, parent in parents.items() if parent in parts} - parts:
        parts |= found
    return parts


def _appearance(properties: Properties) -> Properties:
    """What counts of the things that one document says of another: how its page appears."""
    return {**{key: properties[key] for key in properties if key in _KEPT_BY_APPEARANCES}, "genre": APPEARANCE}


def _node_properties(node: Node) -> Properties:
    laid: Properties = {
        "id": _checked(node.id, "id", node.id),
        "name": _checked(node.name, "name", node.id),
        "aliases": _checked(sorted(set(node.aliases)), "aliases", node.id),
    }
    _add_rest(laid, node.properties, _NODE_KEYS, node.id)
    return laid


def _edge_properties(edge: Edge, root: str) -> Properties:
    laid: Properties = {
        "id": _checked(edge.id, "id", edge.id),
        "document": _checked(edge.document, "document", edge.id),
        "confidence": _checked(float(edge.confidence), "confidence", edge.id),
        "root": root,
    }
    if edge.sentence is not None:
        laid["sentence"] = _checked(edge.sentence, "sentence", edge.id)
    if edge.start is not None:
        laid["start"] = _checked(edge.start, "start", edge.id)
    if edge.end is not None:
        laid["end"] = _checked(edge.end, "end", edge.id)
    if edge.spans:
        laid["span_starts"] = [start for start, _ in edge.spans]
        laid["span_ends"] = [end for _, end in edge.spans]
    _add_rest(laid, edge.properties, _EDGE_KEYS, edge.id)
    return laid


def _add_rest(laid: Properties, rest: Mapping[str, Value], reserved: set[str], owner: str) -> None:
    for key, value in rest.items():
        if key in reserved or not _is_key(key):
            raise RecordError(f"{owner}: {key!r} cannot be the name of a property")
        laid[key] = value if isinstance(value, str) and value.isascii() else _checked(value, key, owner)


@lru_cache(maxsize=1024)
def _is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


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
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise RecordError(f'{owner}: "{key}" holds half a character (a lone surrogate)') from None
        return value
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and -_LARGEST <= value < _LARGEST:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise RecordError(
        f'{owner}: "{key}" must be text, a number of at most 64 bits, true or false, or a list of one of these'
    )
