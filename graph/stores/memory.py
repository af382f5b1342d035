"""A store in memory: the plainest one that keeps the contract, which the others are compared with in tests.

It keeps what came from each root and nothing else, so that all it shows can only depend on which roots are loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from narragraph.errors import QueryFailed, RecordError
from narragraph.graph.model import Edge, Node
from narragraph.graph.review import LOG, Rulings
from narragraph.graph.stores.base import Bundle, Rows, Store, StoredBundle, View, Writer
from narragraph.graph.stores.deciding import decided, rulings_of
from narragraph.graph.stores.layout import (
    Laid,
    Properties,
    check_label,
    check_owner,
    edge_from,
    fold,
    lay_out,
    node_from,
)


class MemoryStore(Store):
    """Everything that came from each root in a dictionary; gone when closed, and without Cypher."""

    url = "memory"
    kind = "memory"

    def __init__(self) -> None:
        self._roots: dict[str, Laid] = {}

    def view(self) -> View:
        """A view of the graph as it is now."""
        return _MemoryView(list(self._roots.values()))

    def writer(self) -> Writer:
        """The writer."""
        return _MemoryWriter(self._roots)

    def close(self) -> None:
        """Nothing is held open."""


class _MemoryWriter(Writer):
    def __init__(self, roots: dict[str, Laid]) -> None:
        self._roots = roots

    def put_all(self, bundles: Sequence[Bundle]) -> None:
        roots = self._roots | {bundle.root.id: lay_out(bundle) for bundle in bundles}
        _check(roots.values())
        _rulings(roots.values())
        self._roots.update(roots)

    def remove(self, root: str) -> bool:
        return self._roots.pop(root, None) is not None

    def close(self) -> None:
        pass


class _MemoryView(View):
    def __init__(self, roots: list[Laid]) -> None:
        rulings = _rulings(roots)
        self._put = roots
        self._roots = [decided(laid, rulings) for laid in roots]

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        raise QueryFailed("The store in memory answers no Cypher.", hint="Open a store on disk or a Neo4j.")

    def nodes(self) -> Iterator[Node]:
        labels: dict[str, str] = {}
        own: dict[str, Properties] = {}
        statements: dict[str, list[Properties]] = {}
        for laid in self._roots:
            labels.update(laid.labels)
            own.update(laid.own)
            for id, statement in laid.statements.items():
                statements.setdefault(id, []).append(statement)
        return (node_from(labels[id], own[id] if id in own else fold(statements[id])) for id in sorted(labels))

    def edges(self) -> Iterator[Edge]:
        edges = [
            edge_from(type, row["source"], row["target"], row["properties"])
            for laid in self._roots
            for type, rows in laid.edges.items()
            for row in rows
        ]
        return iter(sorted(edges, key=lambda edge: edge.id))

    def document_hashes(self, roots: Collection[str] | None = None) -> dict[str, str]:
        wanted = [laid for laid in self._roots if roots is None or laid.root in roots]
        return {laid.root: laid.own[laid.root]["fingerprint"] for laid in wanted}

    def bundles(self, skip: Collection[str] = ()) -> Iterator[Bundle]:
        return (_bundle(laid) for laid in sorted(self._put, key=lambda laid: laid.root) if laid.root not in skip)

    def close(self) -> None:
        pass


def _bundle(laid: Laid) -> Bundle:
    """What was put."""
    nodes = {id: node_from(laid.labels[id], said) for id, said in (laid.own | laid.statements).items()}
    edges = [
        edge_from(type, row["source"], row["target"], row["properties"])
        for type, rows in laid.edges.items()
        for row in rows
    ]
    return StoredBundle(nodes[laid.root], list(nodes.values()), edges, laid.own[laid.root]["fingerprint"])


def _rulings(roots: Iterable[Laid]) -> Rulings:
    return rulings_of(next((laid.own[LOG].get("text") for laid in roots if laid.root == LOG), None))


def _check(roots: Iterable[Laid]) -> None:
    """Raise RecordError where what came from one root contradicts what came from another."""
    labels: dict[str, str] = {}
    owners: dict[str, str] = {}
    edges: set[str] = set()
    for laid in roots:
        for id, label in laid.labels.items():
            check_label(id, labels.setdefault(id, label), label)
        for id in laid.own:
            check_owner(id, owners.setdefault(id, laid.root), laid.root)
        for row in (row for rows in laid.edges.values() for row in rows):
            id = row["properties"]["id"]
            if id in edges:
                raise RecordError(f"{id} rests on another document already")
            edges.add(id)
