"""How much of what a store holds."""

from __future__ import annotations

from narragraph.graph.stores.base import View

_NODES = (
    "MATCH (n:Narragraph) UNWIND labels(n) AS type WITH type WHERE type <> 'Narragraph' "
    "RETURN type AS type, count(*) AS count ORDER BY type"
)
_EDGES = "MATCH (:Narragraph)-[e]->(:Narragraph) RETURN type(e) AS type, count(*) AS count ORDER BY type"


def count_stored(view: View) -> tuple[dict[str, int], dict[str, int]]:
    """Nodes and edges by type, counted in the store."""
    nodes, edges = ({str(type): int(count) for type, count in view.run(query).rows} for query in (_NODES, _EDGES))
    return nodes, edges
