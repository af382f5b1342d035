"""How two nodes are connected."""

from __future__ import annotations

from collections.abc import Sequence

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View
from narragraph.queries.exploring.statements import TELLING

_HOP = """
UNWIND $ids AS id MATCH (a:Narragraph {id: id})-[r]-(b)
WHERE (type(r) IN $types OR (type(r) = 'ABOUT' AND startNode(r):Claim)) AND r.confidence >= $least
  AND ($collection IS NULL OR r.collection = $collection)
RETURN a.id AS a, b.id AS b, collect(r.id) AS edges ORDER BY a, b
"""


def links(
    view: View, start: Sequence[str], goal: Sequence[str], *, hops: int = 4, min_confidence: float = 0.0, limit: int = 5
) -> list[list[list[str]]]:
    """Shortest connections between two groups of nodes over telling relations and what claims are about, either way.

    Each connection is a list of hops, each hop the ids of all edges between its two nodes. The search goes outward
    from ``start`` and stops at ``hops``; an empty list means that none is that short.
    """
    wave, goals = set(start), set(goal)
    seen = dict.fromkeys(start, 0)
    steps: dict[str, list[tuple[str, list[str]]]] = {}
    reached: set[str] = wave & goals
    if reached:
        return []
    for depth in range(1, hops + 1):
        rows = view.run(
            _HOP,
            {"ids": sorted(wave), "types": list(TELLING), "least": min_confidence, PARAMETER: None},
        ).rows
        wave = set()
        for a, b, edges in rows:
            if seen.get(b, depth) == depth:
                seen[b] = depth
                steps.setdefault(b, []).append((a, sorted(set(edges))))
                wave.add(b)
        reached = wave & goals
        if reached or not wave:
            break
    found: list[list[list[str]]] = []
    stack: list[tuple[str, list[list[str]]]] = [(ident, []) for ident in sorted(reached, reverse=True)]
    while stack and len(found) < limit:
        ident, path = stack.pop()
        if seen[ident] == 0:
            found.append(path)
            continue
        stack.extend((before, [edges, *path]) for before, edges in reversed(steps[ident]))
    return found
