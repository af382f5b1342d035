"""Everything behind one edge: its words and their place, the rule, who vouches, who else says it, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from narragraph.errors import AmbiguousName, NothingFound
from narragraph.graph import review
from narragraph.graph.model import Edge
from narragraph.graph.review import Decision
from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View
from narragraph.graph.stores.layout import edge_from
from narragraph.queries.exploring.sayings import Saying, fold
from narragraph.queries.exploring.statements import Statement, between
from narragraph.queries.folding import Folds

AROUND = 400  # characters of the document on each side of the sentence
_SHORTEST = 6  # digits of an edge's id that stand for it
_FIND = """
MATCH (s:Narragraph{source})-[r]->(t:Narragraph{target})
WHERE (r.id = $id OR ($prefix <> '' AND r.id STARTS WITH $prefix))
  AND ($collection IS NULL OR r.collection = $collection)
RETURN r.id AS id, type(r) AS type, s.id AS source, t.id AS target, s.name AS source_name, t.name AS target_name,
       properties(r) AS properties
ORDER BY id LIMIT 10
"""
_ANYWHERE = _FIND.format(source="", target="")
_BETWEEN = _FIND.format(source=" {id: $source}", target=" {id: $target}")
_DOCUMENT = """
MATCH (d:Document {id: $id})
OPTIONAL MATCH (w:Document {id: d.root})
RETURN properties(d) AS properties, w.name AS whole, w.path AS path, w.loaded_at AS loaded_at,
       w.loaded_by AS loaded_by, coalesce(w.text, d.text) AS text
"""
_OUTLETS = """
MATCH (d:Document {id: $id})<-[:PUBLISHED]-(o:Outlet) RETURN o.name AS name, true AS own
UNION
MATCH (d:Document {id: $id})-[:REVIEWS]->(:Document)<-[:PUBLISHED]-(o:Outlet) RETURN o.name AS name, false AS own
"""
_NAMES = "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) RETURN n.id AS id, n.name AS name"
_SHOWN = ("url", "archived", "published", "retrieved", "genre", "language", "collection", "source_key")


@dataclass(frozen=True)
class Why:
    """What is behind an edge.

    ``properties`` are the edge's own; ``before`` and ``after`` the words around its sentence in the document,
    ``speakers`` the ids and names of who vouches for it, outermost first. ``document`` holds what is known of the
    document. ``saying`` is the same statement as all documents make it, this one among them, and ``decisions`` what
    people decided of the edge, in order.
    """

    statement: Statement
    properties: Mapping[str, Any]
    before: str
    after: str
    speakers: tuple[tuple[str, str], ...]
    document: Mapping[str, str]
    saying: Saying
    decisions: tuple[Decision, ...]

    @property
    def confidence_read(self) -> float:
        """How sure the extraction was before anybody decided."""
        read = self.properties.get("confidence_read")
        return self.statement.confidence if read is None else float(read)


@dataclass(frozen=True)
class Found:
    """An edge as it is stored, with the names of its ends and its properties."""

    edge: Edge
    source_name: str
    target_name: str
    properties: Mapping[str, Any]


def find(view: View, id: str, ends: tuple[str, str] | None = None) -> Found:
    """The edge of that id, or of one that begins so; where its ``ends`` are known, it need not be looked for among all.

    Raises NothingFound, which tells of one that was rejected, or AmbiguousName.
    """
    wanted = id if id.startswith("edge:") else f"edge:{id}"
    prefix = wanted if len(wanted) >= len("edge:") + _SHORTEST else ""
    asked = {"id": id, "prefix": prefix, PARAMETER: None}
    if ends:
        rows = view.run(_BETWEEN, {**asked, "source": ends[0], "target": ends[1]}).rows
    else:
        rows = view.run(_ANYWHERE, asked).rows
    rows = [row for row in rows if row[0] in (id, wanted)] or rows
    if len(rows) > 1:
        lines = [f"{row[0]}  {row[4]} {row[1]} {row[5]}" for row in rows]
        raise AmbiguousName(f"{id!r} begins the ids of several edges:", lines)
    if rows:
        _, type, source, target, source_name, target_name, properties = rows[0]
        return Found(edge_from(type, source, target, properties), source_name, target_name, properties)
    for decision in review.holding(review.read(view)).values():
        if decision.verdict == review.REJECTED and (
            decision.edge in (id, wanted) or (prefix and decision.edge.startswith(prefix))
        ):
            raise NothingFound(
                f"{decision.edge} was rejected by {decision.by} on {decision.at[:10]}"
                f"{f' ({decision.note})' if decision.note else ''}: {decision.source_name} {decision.type} "
                f"{decision.target_name}, “{' '.join(decision.sentence.split())}”.",
                hint=f"narragraph review undo {decision.edge} brings it back.",
            )
    raise NothingFound(
        f"The store holds no edge {id!r}.",
        hint="show, links and query run tell the ids of edges, with --format json or csv.",
    )


def why(view: View, id: str, folds: Folds, reprints: Mapping[str, str], ends: tuple[str, str] | None = None) -> Why:
    """Everything behind an edge. Raises NothingFound or AmbiguousName, see ``find``."""
    found = find(view, id, ends)
    id, properties = found.edge.id, found.properties
    told = between(view, [(found.edge.source, found.edge.target)], folds, everything=True)
    (statement,) = (one for one in told if one.edge == id)
    ends = (statement.source_as, statement.target_as)
    members = [[end, *(id for id, first in folds.ids.items() if first == end)] for end in ends]
    pairs = [(one, other) for one in members[0] for other in members[1]]
    same = between(view, pairs, folds, everything=True) if len(pairs) > 1 else told
    saying = next(group for group in fold(same, reprints) if any(one.edge == id for one in group.attestations))
    document, text = _document(view, statement.document_id)
    before, after = _around(text, statement.sentence, properties.get("start"), properties.get("end"))
    speakers = [str(one) for one in properties.get("asserted_by") or ()]
    names = dict(view.run(_NAMES, {"ids": speakers}).rows) if speakers else {}
    return Why(
        statement,
        properties,
        before,
        after,
        tuple((one, str(folds.names.get(one) or names.get(one) or one)) for one in speakers),
        document,
        saying,
        tuple(one for one in review.read(view) if one.edge == id),
    )


def _document(view: View, id: str) -> tuple[dict[str, str], str]:
    """What is known of a document, and the text that offsets of its edges count in."""
    rows = view.run(_DOCUMENT, {"id": id}).rows
    if not rows:
        return {"id": id}, ""
    properties, whole, path, loaded_at, loaded_by, text = rows[0]
    outlets = sorted(view.run(_OUTLETS, {"id": id}).rows)
    known = {
        "id": id,
        "title": properties.get("name"),
        "part of": whole if whole != properties.get("name") else None,
        "by": "; ".join(name for name, own in outlets if own),
        "reviews": "; ".join(name for name, own in outlets if not own),
        "path": properties.get("path") or path,
        **{key: properties.get(key) for key in _SHOWN},
        "loaded": f"{loaded_at} by version {loaded_by}" if loaded_at else None,
    }
    return {key: str(value) for key, value in known.items() if value}, text or ""


def _around(text: str, sentence: str | None, start: Any, end: Any) -> tuple[str, str]:
    """The words before and after a sentence, where it stands at its place."""
    if not isinstance(start, int) or not isinstance(end, int) or text[start:end] != sentence:
        return "", ""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return " ".join(before.split()), " ".join(after.split())
