"""Statements: attestations as a reader sees them, said by one and of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View

#: Relations that say something about their ends, most telling first; the others only place a name or a document.
TELLING = (
    "ACCUSES",
    "DENIES",
    "AMPLIFIES",
    "DEBUNKS",
    "ATTRIBUTED_TO",
    "COUNTERS",
    "EXPRESSES",
    "INVOLVES",
    "PUBLISHED",
)


@dataclass(frozen=True)
class Statement:
    """One attestation as a reader sees it: what is said, in which words, by whom, and how sure the extraction is."""

    edge: str
    relation: str
    source: str
    source_id: str
    target: str
    target_id: str
    sentence: str | None
    said_by: tuple[str, ...]  # names, the document first
    manner: str | None
    polarity: str | None
    modality: str | None
    confidence: float
    rule: str | None
    document: str
    document_id: str
    published: str | None
    disputed: bool  # a debunk by a document that is neither fact-check nor case: it disputes


STATEMENT_COLUMNS = (
    "relation", "source", "target", "sentence", "said_by", "manner", "polarity", "modality", "confidence",
    "document", "published", "source_id", "target_id", "document_id", "edge",
)  # fmt: skip

_STATEMENT = """
AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (d:Document {id: r.document})
RETURN r.id AS edge, type(r) AS relation, s.name AS source, s.id AS source_id, t.name AS target, t.id AS target_id,
       r.sentence AS sentence, r.asserted_by AS asserted_by, r.manner AS manner, r.polarity AS polarity,
       r.modality AS modality, r.confidence AS confidence, r.rule AS rule,
       d.name AS document, r.document AS document_id, d.published AS published,
       s:Document AND NOT coalesce(s.genre, '') IN ['fact-check', 'case'] AS disputed
"""


def _order(statement: Statement) -> tuple[int, float, str]:
    place = TELLING.index(statement.relation) if statement.relation in TELLING else len(TELLING)
    return place, -statement.confidence, statement.edge


def said_by(view: View, ids: Sequence[str]) -> list[Statement]:
    """What these nodes say, do or voice: their outgoing edges, and the claims attributed to them."""
    return _statements(
        view,
        "MATCH (s)-[r]->(t) WHERE NOT type(r) IN ['MENTIONS', 'SAME_AS', 'DIFFERENT_FROM'] AND "
        "((s.id IN $ids AND type(r) <> 'ATTRIBUTED_TO') OR (t.id IN $ids AND type(r) = 'ATTRIBUTED_TO'))",
        {"ids": list(ids)},
    )


def said_of(view: View, ids: Sequence[str]) -> list[Statement]:
    """What is said of these nodes: incoming edges but ATTRIBUTED_TO and MENTIONS."""
    return _statements(
        view,
        "MATCH (s)-[r]->(t) WHERE t.id IN $ids "
        "AND NOT type(r) IN ['ATTRIBUTED_TO', 'MENTIONS', 'SAME_AS', 'DIFFERENT_FROM']",
        {"ids": list(ids)},
    )


def said_in(view: View, documents: Sequence[str]) -> list[Statement]:
    """Everything that documents say, but which names they mention."""
    return _statements(
        view,
        "MATCH (s)-[r]->(t) WHERE r.document IN $ids AND type(r) <> 'MENTIONS'",
        {"ids": list(documents)},
    )


def statements(view: View, edges: Iterable[str]) -> list[Statement]:
    """The attestations with these edge ids."""
    return _statements(view, "MATCH (s)-[r]->(t) WHERE r.id IN $ids", {"ids": list(edges)})


def _statements(view: View, match: str, parameters: dict[str, Any]) -> list[Statement]:
    rows = view.run(match + _STATEMENT, {**parameters, PARAMETER: None})
    found = [dict(zip(rows.columns, row)) for row in rows.rows]
    speakers = sorted({ident for row in found for ident in row["asserted_by"] or ()})
    names = dict(
        view.run(
            "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) RETURN n.id AS id, n.name AS name", {"ids": speakers}
        ).rows
        if speakers
        else ()
    )
    found_statements = [
        Statement(
            said_by=tuple(names.get(ident, ident) for ident in row.pop("asserted_by") or ()),
            **{**row, "document": row["document"] or row["document_id"]},
        )
        for row in found
    ]
    return sorted(found_statements, key=_order)
