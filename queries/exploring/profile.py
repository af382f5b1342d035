"""One node: what a store holds of it, what it says and what is said of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View
from narragraph.queries.exploring import statements
from narragraph.queries.exploring.names import Match
from narragraph.queries.exploring.sayings import Saying, fold, ordered
from narragraph.queries.exploring.surroundings import only
from narragraph.queries.folding import Folds

_FACTS = (
    "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) RETURN n.aliases AS aliases, n.kind AS kind, "
    "n.country AS country, n.role AS role, n.wikidata AS wikidata, n.definition AS definition, n.start AS start, "
    "n.end AS end, n.published AS published, n.genre AS genre, n.language AS language, n.path AS path, n.url AS url"
)
_MENTIONED = (
    "UNWIND $ids AS id MATCH (n:Narragraph {id: id})<-[r:MENTIONS]-() "
    "WHERE $collection IS NULL OR r.collection = $collection RETURN DISTINCT r.document AS document"
)


@dataclass(frozen=True)
class Profile:
    """One node, what it says and what is said of it, and how many statements were left out as too doubtful.

    ``ids`` are all that it counts as one with, ``documents`` how many mention it, reprints as one with their originals.
    """

    match: Match
    name: str
    facts: tuple[tuple[str, str], ...]
    documents: int
    says: list[Saying]
    said_of: list[Saying]
    hidden: int
    ids: tuple[str, ...]


def profile(
    view: View,
    match: Match,
    folds: Folds,
    reprints: Mapping[str, str],
    *,
    least: float = 0.7,
    types: Collection[str] = (),
    order: str = "documents",
) -> Profile:
    """What a store holds of one node, as ``folds`` count it; statements of these types, no less sure than ``least``."""
    ids = folds.members(match.id)
    rows = view.run(_FACTS, {"ids": [match.id]})
    facts = [
        (name, "; ".join(value) if isinstance(value, list) else str(value))
        for name, value in zip(rows.columns, rows.rows[0])
        if value
    ]
    mentioned = {row[0] for row in view.run(_MENTIONED, {"ids": ids, PARAMETER: None}).rows}
    if match.type == "Document":
        parts = view.run("MATCH (p:Document {part_of: $id}) RETURN p.id AS id", {"id": match.id}).rows
        says, said_of = statements.said_in(view, [match.id, *(row[0] for row in parts)], folds), []
    else:
        says, said_of = statements.said_by(view, ids, folds), statements.said_of(view, ids, folds)
    sure, hidden = only(says, types=types, least=least)
    sure_of, hidden_of = only(said_of, types=types, least=least)
    return Profile(
        match,
        folds.names.get(match.id, match.name),
        tuple(facts),
        len({reprints.get(document, document) for document in mentioned}),
        ordered(fold(sure, reprints), order),
        ordered(fold(sure_of, reprints), order),
        hidden + hidden_of,
        tuple(ids),
    )
