"""Which edges are worth a look: those that the extraction is least sure of, or those on which most depends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View

_CANDIDATES = """
MATCH (s)-[r]->(t) WHERE type(r) IN $types AND r.review IS NULL AND r.sentence IS NOT NULL
  AND ($collection IS NULL OR r.collection = $collection)
RETURN r.id AS id, s.id AS source, t.id AS target, r.confidence AS confidence
"""


@dataclass(frozen=True)
class Candidate:
    """An edge that nobody has decided on, and how many others are at its ends."""

    edge: str
    ends: tuple[str, str]  # ids
    confidence: float
    others: int


def candidates(
    view: View, *, types: Collection[str], order: str, least: float = 0.0, most: float = 1.0
) -> list[Candidate]:
    """Edges of these types that quote a sentence and were not decided on, those worth most first.

    ``uncertain`` begins with the least confidence, ``central`` with the edges whose ends have most others. Only those
    with a confidence from ``least`` to ``most`` are taken.
    """
    rows: list[tuple[Any, ...]] = view.run(_CANDIDATES, {"types": list(types), PARAMETER: None}).rows
    degrees = Counter(end for _, source, target, _ in rows for end in (source, target))
    found = [
        Candidate(id, (source, target), confidence, degrees[source] + degrees[target] - 2)
        for id, source, target, confidence in rows
        if least <= confidence <= most
    ]
    if order == "central":
        return sorted(found, key=lambda one: (-one.others, one.confidence, one.edge))
    return sorted(found, key=lambda one: (one.confidence, -one.others, one.edge))
