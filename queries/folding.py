"""What is counted as one: a government with its country, nodes that are decided to be the same, reprints of a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from narragraph.graph import identity
from narragraph.graph.stores.base import View

_GOVERNMENTS = """
MATCH (g:Actor {kind: 'government'}) WHERE g.country IS NOT NULL
MATCH (c:Country {id: g.country}) RETURN g.id AS id, c.id AS country, c.name AS name ORDER BY id
"""
_REPRINTS = """
MATCH (copy)-[:SYNDICATED_FROM]->(original)
RETURN copy.id AS copy, original.id AS original ORDER BY copy, original
"""


@dataclass(frozen=True)
class Folds:
    """The id that a node counts under, and the name it is shown with, for those that do not stand for themselves."""

    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def members(self, id: str) -> list[str]:
        """All ids that count as one with this one, itself first."""
        first = self.ids.get(id, id)
        others = {first, *(member for member, counted in self.ids.items() if counted == first)} - {id}
        return [id, *sorted(others)]


def folds(view: View, *, governments: bool = True) -> Folds:
    """What nodes count as; ``governments`` counts each as its country where the store holds that."""
    same = identity.folds(view)
    found = Folds({id: first for id, (first, _) in same.items()}, {id: name for id, (_, name) in same.items()})
    if governments:
        for id, country, name in view.run(_GOVERNMENTS).rows:
            first = found.ids.get(id)
            for member in [id, *(other for other in same if first is not None and same[other][0] == first)]:
                found.ids[member], found.names[member] = country, name
    return found


def reprints(view: View) -> dict[str, str]:
    """Documents that are reprints → the original, also of a reprint of a reprint."""
    originals: dict[str, str] = {}
    for copy, original in view.run(_REPRINTS).rows:
        originals.setdefault(copy, original)
    found = {}
    for copy in originals:
        seen = {copy}
        original = originals[copy]
        while original in originals and originals[original] not in seen:
            seen.add(original)
            original = originals[original]
        found[copy] = original
    return found
