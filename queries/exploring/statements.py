"""Statements: attestations as a reader sees them, said by one and of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View
from narragraph.queries.folding import Folds

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
_SILENT = ("MENTIONS", "SAME_AS", "DIFFERENT_FROM")  # say nothing that a reader of one node wants listed
_VOICED = "ATTRIBUTED_TO"  # runs from what is said to who says it


@dataclass(frozen=True)
class Statement:
    """One attestation as a reader sees it: what is said, in which words, by whom, and how sure the extraction is.

    ``source`` and ``target`` are the names that are shown and ``source_as`` and ``target_as`` the ids they count under,
    once a government is folded into its country and what is decided to be the same into one.
    """

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
    said: str | None = None
    review: str | None = None  # what somebody decided of it: confirmed or doubted
    source_as: str = ""
    target_as: str = ""

    @property
    def when(self) -> str | None:
        """The day it was said, else that of its document; also a month or a year."""
        day = self.said or self.published
        return day[:10] if day else None


_RETURN = """
RETURN r.id AS edge, type(r) AS relation, s.name AS source, s.id AS source_id, t.name AS target, t.id AS target_id,
       r.sentence AS sentence, r.asserted_by AS asserted_by, r.manner AS manner, r.polarity AS polarity,
       r.modality AS modality, r.confidence AS confidence, r.rule AS rule,
       r.document AS document_id, s:Document AND NOT coalesce(s.genre, '') IN ['fact-check', 'case'] AS disputed,
       r.said AS said, r.review AS review
"""
_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, d.name AS name, d.published AS published"
_NAMES = "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) RETURN id, n.name AS name"
_WITHIN = "AND ($collection IS NULL OR r.collection = $collection)"
_BY = f"""
UNWIND $ids AS id MATCH (s:Narragraph {{id: id}})-[r]->(t) WHERE NOT type(r) IN $silent {_WITHIN}
"""
_OF = f"""
UNWIND $ids AS id MATCH (t:Narragraph {{id: id}})<-[r]-(s) WHERE NOT type(r) IN $silent {_WITHIN}
"""
_VOICES = f"""
UNWIND $ids AS id MATCH (t:Narragraph {{id: id}})<-[r:{_VOICED}]-(s) WHERE true {_WITHIN}
"""
_BETWEEN = f"""
UNWIND $pairs AS pair MATCH (s:Narragraph {{id: pair[0]}})-[r]->(t:Narragraph {{id: pair[1]}})
WHERE NOT type(r) IN $silent {_WITHIN}
"""
_IN = f"MATCH (s)-[r]->(t) WHERE r.document IN $ids AND NOT type(r) IN $silent {_WITHIN}"


def said_by(view: View, ids: Sequence[str], folds: Folds | None = None) -> list[Statement]:
    """What these nodes say, do or voice: their outgoing edges, and the claims attributed to them."""
    return [
        *_statements(view, _BY, {"ids": ids, "silent": [*_SILENT, _VOICED]}, folds),
        *_statements(view, _VOICES, {"ids": ids}, folds),
    ]


def said_of(view: View, ids: Sequence[str], folds: Folds | None = None) -> list[Statement]:
    """What is said of these nodes: incoming edges but ATTRIBUTED_TO and MENTIONS."""
    return _statements(view, _OF, {"ids": ids, "silent": [*_SILENT, _VOICED]}, folds)


def said_in(view: View, documents: Sequence[str], folds: Folds | None = None) -> list[Statement]:
    """Everything that documents say, but which names they mention."""
    return _statements(view, _IN, {"ids": documents, "silent": ["MENTIONS"]}, folds)


def between(
    view: View, pairs: Iterable[tuple[str, str]], folds: Folds | None = None, *, everything: bool = False
) -> list[Statement]:
    """Every attestation from the first to the second of each pair of ids; with ``everything`` mentions, too."""
    silent = () if everything else _SILENT
    return _statements(view, _BETWEEN, {"pairs": [list(pair) for pair in pairs], "silent": silent}, folds)


def _statements(view: View, match: str, parameters: dict[str, Any], folds: Folds | None) -> list[Statement]:
    folds = folds or Folds()
    values = {key: list(value) if isinstance(value, (tuple, set)) else value for key, value in parameters.items()}
    rows = view.run(match + _RETURN, {**values, PARAMETER: None})
    found = {row[0]: dict(zip(rows.columns, row)) for row in rows.rows}.values()  # one that joins two of the ids once
    documents = {
        row[0]: row[1:] for row in _asked(view, _DOCUMENTS, {row["document_id"] for row in found})
    }  # once each: a store reads the whole of a document to tell its title
    names = dict(
        _asked(view, _NAMES, {ident for row in found for ident in row["asserted_by"] or ()} - documents.keys())
    )
    names |= {id: name for id, (name, _) in documents.items()}
    told = [
        Statement(
            said_by=tuple(folds.names.get(ident, names.get(ident, ident)) for ident in row.pop("asserted_by") or ()),
            source_as=folds.ids.get(row["source_id"], row["source_id"]),
            target_as=folds.ids.get(row["target_id"], row["target_id"]),
            **{
                **row,
                "source": folds.names.get(row["source_id"], row["source"]),
                "target": folds.names.get(row["target_id"], row["target"]),
                "document": names.get(row["document_id"], row["document_id"]),
                "published": documents.get(row["document_id"], (None, None))[1],
            },
        )
        for row in found
    ]
    return sorted(told, key=_order)


def _asked(view: View, query: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
    wanted = sorted(ids)
    return view.run(query, {"ids": wanted}).rows if wanted else []


def _order(statement: Statement) -> tuple[int, float, str]:
    place = TELLING.index(statement.relation) if statement.relation in TELLING else len(TELLING)
    return place, -statement.confidence, statement.edge
