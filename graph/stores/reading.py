"""Reading the whole graph of a store that speaks Cypher: the same queries for each of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from narragraph.graph.model import Edge, Node
from narragraph.graph.stores.base import Bundle, View
from narragraph.graph.stores.layout import edge_from, node_from
from narragraph.graph.stores.ordering import by_id
from narragraph.graph.stores.schema import BASE
from narragraph.graph.stores.unbundling import unbundle
from narragraph.graph.stores.writing import own_label

_NODES = f"MATCH (n:{BASE}) RETURN labels(n) AS labels, properties(n) AS properties"
_EDGES = (
    f"MATCH (a:{BASE})-[r]->(b:{BASE}) "
    "RETURN type(r) AS type, a.id AS source, b.id AS target, properties(r) AS properties"
)
_NODE_COUNTS = (
    f"MATCH (n:{BASE}) UNWIND labels(n) AS type WITH type WHERE type <> '{BASE}' "
    "RETURN type, count(*) AS count ORDER BY type"
)
_EDGE_COUNTS = f"MATCH (:{BASE})-[e]->(:{BASE}) RETURN type(e) AS type, count(*) AS count ORDER BY type"
_PROGRAMS = (
    "MATCH (d:Document) WHERE d.root = d.id "
    "RETURN coalesce(d.loaded_by, 'unknown') AS program, count(*) AS count ORDER BY program"
)
_HASHES = "MATCH (d:Document) WHERE d.root = d.id RETURN d.id AS id, d.fingerprint AS fingerprint"
HASHES_OF = (
    f"UNWIND $roots AS root MATCH (d:{BASE} {{id: root}}) WHERE d.root = d.id "
    "RETURN d.id AS id, d.fingerprint AS fingerprint"
)


class CypherView(View):
    """A view whose store answers Cypher; only how rows come differs."""

    @abstractmethod
    def stream(self, query: str, parameters: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a query of ours, a few at a time."""

    def nodes(self) -> Iterator[Node]:
        """Every node, ordered by id."""
        return by_id(node_from(own_label(row["labels"]), row["properties"]) for row in self.stream(_NODES))

    def edges(self) -> Iterator[Edge]:
        """Every edge, ordered by id."""
        return by_id(
            edge_from(row["type"], row["source"], row["target"], row["properties"]) for row in self.stream(_EDGES)
        )

    def document_hashes(self, roots: Collection[str] | None = None) -> dict[str, str]:
        """Ids of root documents and the fingerprint each was put with."""
        rows = self.stream(_HASHES) if roots is None else self.stream(HASHES_OF, {"roots": list(roots)})
        return {row["id"]: row["fingerprint"] for row in rows}

    def bundles(self, skip: Collection[str] = ()) -> Iterator[Bundle]:
        """Every root document as it was put."""
        nodes = ((own_label(row["labels"]), row["properties"]) for row in self.stream(_NODES))
        return unbundle(nodes, self.stream(_EDGES), skip)

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many nodes and how many edges of each type, counted in the store."""
        nodes = {row["type"]: row["count"] for row in self.stream(_NODE_COUNTS)}
        return nodes, {row["type"]: row["count"] for row in self.stream(_EDGE_COUNTS)}

    def programs(self) -> dict[str, int]:
        """How many root documents each version of this program has written."""
        return {row["program"]: row["count"] for row in self.stream(_PROGRAMS)}

    def close(self) -> None:
        """Give the view back; it holds nothing."""
