"""Reading the whole graph of a store that speaks Cypher: the same queries for each of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import View
from narragraph.graph.stores.layout import edge_from, node_from
from narragraph.graph.stores.ordering import by_id
from narragraph.graph.stores.writing import BASE, own_label

_NODES = f"MATCH (n:{BASE}) RETURN labels(n) AS labels, properties(n) AS properties"
_EDGES = (
    f"MATCH (a:{BASE})-[r]->(b:{BASE}) "
    "RETURN type(r) AS type, a.id AS source, b.id AS target, properties(r) AS properties"
)
_HASHES = "MATCH (d:Document) WHERE d.root = d.id RETURN d.id AS id, d.fingerprint AS fingerprint"


class CypherView(View):
    """A view whose store answers Cypher; only how rows come differs."""

    @abstractmethod
    def stream(self, query: str) -> Iterator[dict[str, Any]]:
        """The rows of a query of ours, a few at a time."""

    def nodes(self) -> Iterator[Node]:
        """Every node, ordered by id."""
        return by_id(node_from(own_label(row["labels"]), row["properties"]) for row in self.stream(_NODES))

    def edges(self) -> Iterator[Edge]:
        """Every edge, ordered by id."""
        return by_id(
            edge_from(row["type"], row["source"], row["target"], row["properties"]) for row in self.stream(_EDGES)
        )

    def document_hashes(self) -> dict[str, str]:
        """Ids of root documents and the fingerprint each was put with."""
        return {row["id"]: row["fingerprint"] for row in self.stream(_HASHES)}

    def close(self) -> None:
        """Give the view back; it holds nothing."""
