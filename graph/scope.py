"""A view of one collection: what its documents say, and nothing of other cases in the same store."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping
from typing import Any

from narragraph.errors import NothingFound
from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import Bundle, Rows, View, count_by_type

#: In every query of ours: edges of other collections are left out where one is asked for.
PARAMETER = "collection"
_KNOWN = """
MATCH (d:Document) WHERE d.root = d.id AND d.collection IS NOT NULL RETURN DISTINCT d.collection AS name ORDER BY name
"""
_OWN = "MATCH (d:Document {collection: $collection}) WHERE d.root = d.id RETURN d.id AS id"


def scoped(view: View, collection: str | None) -> View:
    """The view itself, or that of one collection. Raises NothingFound, with those there are, for an unknown one."""
    if collection is None:
        return view
    known = [str(row[0]) for row in view.run(_KNOWN).rows]
    if collection not in known:
        hint = f"There are {', '.join(known)}." if known else "It holds none."
        raise NothingFound(f"The store holds no collection {collection!r}.", hint=hint)
    return _Scoped(view, collection)


class _Scoped(View):
    """Edges that rest on documents of a collection, their ends and those documents; queries get its name."""

    def __init__(self, view: View, collection: str) -> None:
        self._view = view
        self._collection = collection

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        return self._view.run(cypher, {**(parameters or {}), PARAMETER: self._collection}, timeout=timeout, limit=limit)

    def parts(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> Generator[Rows, None, None]:
        return self._view.parts(cypher, {**(parameters or {}), PARAMETER: self._collection}, timeout=timeout)

    def explain(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> None:
        self._view.explain(cypher, {**(parameters or {}), PARAMETER: self._collection})

    def nodes(self) -> Iterator[Node]:
        ends = {end for edge in self.edges() for end in (edge.source, edge.target)}
        return (node for node in self._view.nodes() if node.id in ends or self._within(node))

    def edges(self) -> Iterator[Edge]:
        return (edge for edge in self._view.edges() if self._within(edge))

    def document_hashes(self, roots: Collection[str] | None = None) -> dict[str, str]:
        own = {row[0] for row in self._view.run(_OWN, {PARAMETER: self._collection}).rows}
        return {root: kept for root, kept in self._view.document_hashes(roots).items() if root in own}

    def bundles(self, skip: Collection[str] = ()) -> Iterator[Bundle]:
        return (bundle for bundle in self._view.bundles(skip) if self._within(bundle.root))

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        return count_by_type(self.nodes()), count_by_type(self.edges())

    def close(self) -> None:
        self._view.close()

    def _within(self, item: Node | Edge) -> bool:
        return item.properties.get(PARAMETER) == self._collection
