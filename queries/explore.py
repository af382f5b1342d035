"""Exploring: nodes by name, what is said by one and of it, and how two are connected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from narragraph.errors import AmbiguousName
from narragraph.graph.identity import TYPES, same_as
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
NEAR = 86  # rapidfuzz score from which a spelling counts as near


@dataclass(frozen=True)
class Match:
    """A node that a name fits; ``how`` is id, name, alias, part or near, best first."""

    id: str
    type: str
    name: str
    how: str
    kind: str | None = None
    country: str | None = None

    def __str__(self) -> str:
        return f"{self.id}  {self.type}: {self.name}"


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

_NAMED = """
MATCH (n:Narragraph) WHERE NOT n:Claim
RETURN n.id AS id, [label IN labels(n) WHERE label <> 'Narragraph'][0] AS type, n.name AS name, n.aliases AS aliases,
       n.kind AS kind, n.country AS country, n.path AS path
ORDER BY id
"""

_CLAIMS = """
MATCH (c:Claim) WHERE c.id = $text OR toLower(c.name) = toLower($text)
   OR ($inside AND toLower(c.name) CONTAINS toLower($text))
RETURN c.id AS id, c.name AS name ORDER BY id LIMIT $limit
"""

_STATEMENT = """
AND ($collection IS NULL OR r.collection = $collection)
OPTIONAL MATCH (d:Document {id: r.document})
RETURN r.id AS edge, type(r) AS relation, s.name AS source, s.id AS source_id, t.name AS target, t.id AS target_id,
       r.sentence AS sentence, r.asserted_by AS asserted_by, r.manner AS manner, r.polarity AS polarity,
       r.modality AS modality, r.confidence AS confidence, r.rule AS rule,
       d.name AS document, r.document AS document_id, d.published AS published,
       s:Document AND NOT coalesce(s.genre, '') IN ['fact-check', 'case'] AS disputed
"""


_HOP = """
UNWIND $ids AS id MATCH (a:Narragraph {id: id})-[r]-(b)
WHERE (type(r) IN $types OR (type(r) = 'ABOUT' AND startNode(r):Claim)) AND r.confidence >= $least
  AND ($collection IS NULL OR r.collection = $collection)
RETURN a.id AS a, b.id AS b, collect(r.id) AS edges ORDER BY a, b
"""


def find(view: View, name: str, *, limit: int = 10) -> list[Match]:
    """Nodes that a name fits, best first: by id, name, alias, a part of the name, or near spelling.

    Case, accents and typographic apostrophes do not matter. Claims are found by id or by their words, or, where nothing
    else fits, by a part of their words.
    """
    from rapidfuzz import fuzz, process

    wanted = plain(name)
    if not wanted:
        return []
    ranked = [(1, -100.0, match) for match in _claims(view, name, limit=limit)]
    forms: dict[int, list[str]] = {}
    nodes = view.run(_NAMED).rows
    for index, (ident, type_, title, aliases, kind, country, path) in enumerate(nodes):
        own, others = plain(title), [plain(alias) for alias in aliases or ()]
        how = None
        if name == ident or (path and name == path):
            how = "id"
        elif wanted == own:
            how = "name"
        elif wanted in others:
            how = "alias"
        elif len(wanted) > 2 and f" {wanted} " in f" {own} ":
            how = "part"
        if how:
            rank = ("id", "name", "alias", "part").index(how)
            ranked.append((rank, -100.0, Match(ident, type_, title, how, kind, country)))
        else:
            forms[index] = [own, *others]
    if not any(rank < 3 for rank, _, _ in ranked) and len(wanted) > 3:
        flat = {(index, place): form for index, names in forms.items() for place, form in enumerate(names) if form}
        best: dict[int, float] = {}
        for _, score, (index, _) in process.extract(wanted, flat, scorer=fuzz.ratio, score_cutoff=NEAR, limit=50):
            best[index] = max(score, best.get(index, 0.0))
        for index, score in best.items():
            ident, type_, title, _, kind, country, _ = nodes[index]
            ranked.append((4, -score, Match(ident, type_, title, "near", kind, country)))
    if not ranked and len(wanted) > 3:
        ranked = [(3, -100.0, match) for match in _claims(view, name, inside=True, limit=limit)]
    ranked.sort(key=lambda item: (item[0], item[1], item[2].type == "Document", item[2].id))
    return [match for _, _, match in ranked[:limit]]


def resolve(view: View, name: str) -> Match | None:
    """The one node that a name means, or None. Raises AmbiguousName when it fits several equally well."""
    matches = find(view, name)
    if not matches:
        return None
    equal = [match for match in matches if match.how == matches[0].how]
    countries = [match for match in equal if match.type == "Country"]
    if len(equal) > 1 and len(countries) == 1 and all(_same_state(countries[0], match) for match in equal):
        return countries[0]
    if len(equal) > 1:
        raise AmbiguousName(f"{name!r} fits several; name one by its id:", [str(match) for match in equal])
    return equal[0]


def folded(view: View, match: Match) -> list[str]:
    """Ids of a node, of those that are decided to be the same, and, for a state or its government, of the other one."""
    if match.type in TYPES and (others := same_as(view, match.id)):
        return [match.id, *others]
    if match.type == "Country":
        rows = view.run(
            "MATCH (n:Actor {kind: 'government', country: $id}) RETURN n.id AS id ORDER BY id", {"id": match.id}
        ).rows
        return [match.id, *(row[0] for row in rows)]
    if match.kind == "government" and match.country:
        return [match.id, match.country]
    return [match.id]


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


def plain(text: str) -> str:
    """A name as it is compared: lower case, no accents, straight apostrophes, single spaces."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join("".join(char for char in text if not unicodedata.combining(char)).split())


def _claims(view: View, text: str, *, inside: bool = False, limit: int) -> list[Match]:
    """Claims with these words, or with these words inside."""
    rows = view.run(_CLAIMS, {"text": text, "inside": inside, "limit": limit}).rows
    return [Match(ident, "Claim", name, "part" if inside else "name") for ident, name in rows]


def _same_state(country: Match, other: Match) -> bool:
    return other is country or (other.kind == "government" and other.country == country.id)


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
