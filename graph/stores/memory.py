"""A store in memory: the plainest one that keeps the contract, which the others are compared with in tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from narragraph.errors import QueryFailed, RecordError
from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import Bundle, Rows, Store, View, Writer
from narragraph.graph.stores.layout import (
    Laid,
    Properties,
    check_label,
    disowned,
    edge_from,
    lay_out,
    merged,
    node_from,
)


class MemoryStore(Store):
    """Nodes and edges in dictionaries; gone when closed, and without Cypher."""

    url = "memory"
    kind = "memory"

    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._nodes: dict[str, Properties] = {}
        self._edges: dict[str, tuple[str, Properties]] = {}

    def view(self) -> View:
        """A view of the graph as it is now."""
        return _MemoryView(
            [node_from(self._labels[id], properties) for id, properties in sorted(self._nodes.items())],
            [
                edge_from(type, row["source"], row["target"], row["properties"])
                for _, (type, row) in sorted(self._edges.items())
            ],
            {id: properties["fingerprint"] for id, properties in self._nodes.items() if properties.get("root") == id},
        )

    def writer(self) -> Writer:
        """The writer."""
        return _MemoryWriter(self)

    def close(self) -> None:
        """Nothing is held open."""

    def put(self, laid: Laid) -> None:
        """Replace what came from the root, or change nothing."""
        before = dict(self._labels), dict(self._nodes), dict(self._edges)
        try:
            self.remove(laid.root)
            for label, nodes in laid.nodes.items():
                for id, properties in nodes.items():
                    check_label(id, self._labels.setdefault(id, label), label)
                    self._nodes[id] = merged(self._nodes[id], properties) if id in self._nodes else properties
            for type, rows in laid.edges.items():
                for row in rows:
                    self._add_edge(type, row)
        except RecordError:
            self._labels, self._nodes, self._edges = before
            raise

    def _add_edge(self, type: str, row: Properties) -> None:
        id = row["properties"]["id"]
        if id in self._edges:
            raise RecordError(f"{id} rests on another document already")
        self._edges[id] = (type, row)

    def remove(self, root: str) -> bool:
        """Remove the root and all that rests on nothing else."""
        if self._nodes.get(root, {}).get("root") != root:
            return False
        gone = [row for _, row in self._edges.values() if row["properties"]["root"] == root]
        for row in gone:
            del self._edges[row["properties"]["id"]]
        owned = {id for id, properties in self._nodes.items() if properties.get("root") == root}
        needed = {end for _, row in self._edges.values() for end in (row["source"], row["target"])}
        for id in owned | {end for row in gone for end in (row["source"], row["target"])}:
            if id in needed:
                if id in owned:
                    self._nodes[id] = disowned(self._nodes[id])
            elif id in owned or "root" not in self._nodes[id]:
                del self._nodes[id], self._labels[id]
        return True


class _MemoryWriter(Writer):
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def put(self, bundle: Bundle) -> None:
        self._store.put(lay_out(bundle))

    def remove(self, root: str) -> bool:
        return self._store.remove(root)

    def close(self) -> None:
        pass


class _MemoryView(View):
    def __init__(self, nodes: list[Node], edges: list[Edge], hashes: dict[str, str]) -> None:
        self._nodes, self._edges, self._hashes = nodes, edges, hashes

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None) -> Rows:
        raise QueryFailed("The store in memory answers no Cypher.", hint="Open a store on disk or a Neo4j.")

    def nodes(self) -> Iterator[Node]:
        return iter(self._nodes)

    def edges(self) -> Iterator[Edge]:
        return iter(self._edges)

    def document_hashes(self) -> dict[str, str]:
        return dict(self._hashes)

    def close(self) -> None:
        pass
