"""The documents of a store as they were put into it: each with what it says and what it states of every node.

Nodes and edges come in any order and may be more than memory holds, so both wait in temporary files.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from types import TracebackType
from typing import Any

from narragraph.graph.model import Node
from narragraph.graph.stores.base import StoredBundle
from narragraph.graph.stores.deciding import undecided
from narragraph.graph.stores.layout import Entry, edge_from, node_from
from narragraph.graph.stores.ordering import ordered

Row = Mapping[str, Any]


def unbundle(nodes: Iterable[tuple[str, Row]], edges: Iterable[Row], skip: Collection[str]) -> Iterator[StoredBundle]:
    """Every root, but those to ``skip``, with all that rests on it, ordered by id.

    ``nodes`` are labels and properties, ``edges`` rows of ``type``, ``source``, ``target`` and ``properties``, all as
    they lie in a store.
    """
    with _Spool() as spool:
        owned: dict[str, list[str]] = {}
        passed_over = {None, *skip}
        for label, properties in nodes:
            spool.add(properties["id"], [label, properties])
            if properties.get("root") not in passed_over:
                owned.setdefault(properties["root"], []).append(properties["id"])
        wanted = (row for row in edges if row["properties"].get("root") in owned)
        grouped = groupby(ordered(wanted, _root_and_id, json.dumps, json.loads), lambda row: row["properties"]["root"])
        root, rows = next(grouped, (None, iter(())))
        for id in sorted(owned):
            if root == id:
                yield _bundle(id, owned[id], list(rows), spool)
                root, rows = next(grouped, (None, iter(())))
            else:
                yield _bundle(id, owned[id], [], spool)


def _bundle(root: str, own: Iterable[str], rows: list[Row], spool: _Spool) -> StoredBundle:
    nodes: dict[str, Node] = {}
    fingerprint = ""
    for id in own:
        label, properties = spool.read(id)
        nodes[id] = node_from(label, properties)
        fingerprint = properties["fingerprint"] if id == root else fingerprint
    for row in rows:
        for end in ("source", "target"):
            if row[end] not in nodes:
                label, properties = spool.read(row[end])
                key = row["properties"].get(f"{end}_statement")
                nodes[row[end]] = node_from(label, Entry.read(label, properties).stated_or_shown(key))
    put = undecided(spool.read(root)[1], ((row["type"], row) for row in rows))
    nodes[root] = node_from("Document", put.own[root])
    for id, statement in put.statements.items():
        nodes.setdefault(id, node_from(put.labels[id], statement))
    edges = [
        edge_from(type, row["source"], row["target"], row["properties"])
        for type, several in put.edges.items()
        for row in several
    ]
    return StoredBundle(nodes[root], list(nodes.values()), edges, fingerprint)


def _root_and_id(row: Row) -> tuple[str, str]:
    return row["properties"]["root"], row["properties"]["id"]


class _Spool:
    """JSON values by key in a temporary file. A context manager."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._places: dict[str, int] = {}

    def add(self, key: str, value: Any) -> None:
        self._places[key] = self._file.tell()
        self._file.write(json.dumps(value).encode() + b"\n")

    def read(self, key: str) -> Any:
        self._file.seek(self._places[key])
        return json.loads(self._file.readline())

    def __enter__(self) -> _Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
