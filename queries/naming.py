"""From names, as readers type them, to the ids that a query is asked with."""

from __future__ import annotations

from dataclasses import dataclass

from narragraph.errors import AmbiguousName, NothingFound
from narragraph.graph.stores.base import View
from narragraph.queries.exploring import names

_DOCUMENTS = """
MATCH (d:Document) WHERE d.id = $name OR d.path = $name OR d.url = $name OR d.source_key = $name
   OR toLower(d.name) = toLower($name)
RETURN d.id AS id, d.name AS name ORDER BY id
"""
_TITLES = "MATCH (d:Document) WHERE d.root IS NOT NULL RETURN d.name AS name ORDER BY name, d.id"
_PARTS = "MATCH (d:Document) WHERE d.id = $id OR d.root = $id RETURN d.id AS id ORDER BY id"


@dataclass(frozen=True)
class Meant:
    """The ids that a name means, and the near name that was taken where nothing bears it."""

    ids: list[str]
    near: str | None = None


def node(view: View, name: str, *, fold: bool = True) -> Meant:
    """The node of a name, and with ``fold`` those that it counts as one with. Raises AmbiguousName or NothingFound."""
    match = names.meant(view, name)
    return Meant(names.folded(view, match) if fold else [match.id], match.name if match.how == "near" else None)


def document(view: View, name: str) -> Meant:
    """The document of a title, path, address or id, with its parts. Raises AmbiguousName or NothingFound."""
    found = view.run(_DOCUMENTS, {"name": name}).rows
    if not found:
        from rapidfuzz import process

        titles = [row[0] for row in view.run(_TITLES).rows]
        near = [title for title, score, _ in process.extract(name, titles, limit=3) if score >= 80]
        raise NothingFound(
            f"no document in the store is named {name!r}.",
            hint=f"Did you mean {' or '.join(map(repr, near))}?" if near else "narragraph documents list shows them.",
        )
    if len(found) > 1:
        raise AmbiguousName(f"{name!r} fits several documents; name one by its id:", [f"{i}  {n}" for i, n in found])
    return Meant([row[0] for row in view.run(_PARTS, {"id": found[0][0]}).rows])
