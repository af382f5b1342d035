"""What a network query computes of nodes, kept in the store as their properties, where somebody asks for it.

It is a document of its own, a line for each node, that replaces the one of the last time; taking it away takes back
exactly what it says (``narragraph documents remove``).
"""

from __future__ import annotations

from itertools import accumulate

from narragraph.errors import UsageError
from narragraph.graph.model import Edge, Node, document_id, edge_id
from narragraph.graph.stores.base import Bundle, Rows, Store
from narragraph.queries.pack import Query

#: The property that a step's results are kept as, and the column that they stand in.
KEPT = {"central": ("centrality", "score"), "communities": ("community", "community")}
_NAMES = """
MATCH (n:Narragraph) WHERE n.id IN $ids
RETURN n.id AS id, n.name AS name, [label IN labels(n) WHERE label <> 'Narragraph'][0] AS type
"""


def keep(store: Store, query: Query, rows: Rows) -> int:
    """Keep the results of a network query; gives the number of nodes. Raises UsageError for any other query."""
    step = query.network.get("step")
    if step not in KEPT:
        known = ", ".join(KEPT)
        raise UsageError(f"query {query.name} computes nothing of single nodes; only the steps {known} do.")
    id, value = rows.columns.index("id"), rows.columns.index(KEPT[step][1])
    values = {row[id]: row[value] for row in rows.rows}
    with store.view() as view:
        nodes = [
            Node(id, type, name, (), {KEPT[step][0]: values[id]})
            for id, name, type in sorted(view.run(_NAMES, {"ids": sorted(values)}).rows)
        ]
    with store.writer() as writer:
        writer.put(_bundle(query, KEPT[step][0], nodes))
    return len(nodes)


def _bundle(query: Query, what: str, nodes: list[Node]) -> Bundle:
    lines = [f"{' '.join(node.name.split())}: {what} {node.properties[what]}" for node in nodes]
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    key = f"narragraph:network:{query.name}"
    root = Node(
        document_id(key), "Document", query.title,
        properties={"title": query.title, "source_key": key, "genre": "derived", "text": "\n".join(lines) + "\n"},
    )  # fmt: skip
    edges = [
        Edge(
            edge_id("MENTIONS", root.id, node.id, root.id), "MENTIONS", root.id, node.id, root.id,
            spans=((start, start + len(line)),), properties={"basis": "derived", "method": query.name},
        )
        for node, line, start in zip(nodes, lines, starts)
    ]  # fmt: skip
    return Bundle(root, [root, *nodes], edges)
