"""Nodes by name: by id, alias, a part of the name or near spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from narragraph.errors import AmbiguousName, NothingFound
from narragraph.graph.identity import TYPES, same_as
from narragraph.graph.model import slug
from narragraph.graph.stores.base import View

NEAR = 86  # rapidfuzz score from which a spelling counts as near
_FAR = 65  # from which a name is worth telling to who found none
_HOW = ("id", "name", "alias", "part", "near")
_PART = _HOW.index("part")


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


_Ranked = tuple[int, float, Match]  # place among _HOW, minus the score of a near spelling, the node

NAMED = """
MATCH (n:Narragraph) WHERE n:Actor OR n:Outlet OR n:Country OR n:Narrative OR n:Event
RETURN n.id AS id, [label IN labels(n) WHERE label <> 'Narragraph'][0] AS type, n.name AS name, n.aliases AS aliases,
       n.kind AS kind, n.country AS country, n.wikidata AS wikidata
ORDER BY id
"""

_TITLED = """
MATCH (d:Document)
WHERE NOT $exactly OR $text IN [d.id, d.path, d.url, d.source_key] OR toLower(d.name) = toLower($text)
RETURN d.id AS id, 'Document' AS type, d.name AS name, [] AS aliases, NULL AS kind, NULL AS country,
       CASE WHEN $text IN [d.path, d.url, d.source_key] THEN $text END AS wikidata
ORDER BY id
"""

_CLAIMS = """
MATCH (c:Claim) WHERE c.id = $text OR toLower(c.name) = toLower($text)
   OR ($inside AND toLower(c.name) CONTAINS toLower($text))
RETURN c.id AS id, c.name AS name ORDER BY id LIMIT $limit
"""


def find(view: View, name: str, *, limit: int = 10) -> list[Match]:
    """Nodes that a name fits, best first: by id or Wikidata id, name, alias, a part of the name, or near spelling.

    Case, accents and typographic apostrophes do not matter. Documents are found by id, address, path or title, and by
    parts of titles and near ones where no other name fits; claims by id or by their words where no other node bears
    these as a name, or, where nothing else fits, by a part of their words.
    """
    wanted = plain(name)
    if not wanted:
        return []
    nodes = view.run(NAMED).rows
    ranked = _fitting(nodes, name, wanted)
    if not any(rank < _PART for rank, _, _ in ranked):
        ranked += [(1, -100.0, match) for match in _claims(view, name, limit=limit)]
    if not any(rank < _PART for rank, _, _ in ranked):
        titled = view.run(_TITLED, {"text": name, "exactly": bool(ranked)}).rows
        ranked += _fitting(titled, name, wanted)
        if not ranked and len(wanted) > 3:
            ranked = _near([*nodes, *titled], wanted)
    if not ranked and len(wanted) > 3:
        ranked = [(_PART, -100.0, match) for match in _claims(view, name, inside=True, limit=limit)]
    ranked.sort(key=lambda item: (item[0], item[1], item[2].type == "Document", item[2].id))
    return [match for _, _, match in ranked[:limit]]


def _fitting(nodes: Iterable[Sequence[Any]], name: str, wanted: str) -> list[_Ranked]:
    """The nodes that the name itself fits, with how well."""
    found, short = [], slug(name)
    for ident, type_, title, aliases, kind, country, other_id in nodes:
        own, others = plain(title), [plain(alias) for alias in aliases or ()]
        if name in (ident, other_id):
            rank = 0
        elif wanted == own:
            rank = 1
        elif wanted in others or ident.partition(":")[2].casefold() == short:
            rank = 2
        elif len(wanted) > 2 and f" {wanted} " in f" {own} ":
            rank = _PART
        else:
            continue
        found.append((rank, -100.0, Match(ident, type_, title, _HOW[rank], kind, country)))
    return found


def _near(nodes: Sequence[Sequence[Any]], wanted: str, least: float = NEAR) -> list[_Ranked]:
    """The nodes with a name or an alias spelt nearly so."""
    from rapidfuzz import fuzz, process

    forms = {
        (index, place): plain(form)
        for index, node in enumerate(nodes)
        for place, form in enumerate([node[2], *(node[3] or ())])
    }
    best: dict[int, float] = {}
    for _, score, (index, _) in process.extract(wanted, forms, scorer=fuzz.ratio, score_cutoff=least, limit=50):
        best[index] = max(score, best.get(index, 0.0))
    return [
        (len(_HOW) - 1, -score, Match(nodes[index][0], nodes[index][1], nodes[index][2], _HOW[-1], *nodes[index][4:6]))
        for index, score in best.items()
    ]


def meant(view: View, name: str) -> Match:
    """The one node that a name means. Raises AmbiguousName, or NothingFound with names that are not too far off."""
    match = resolve(view, name)
    if match is not None:
        return match
    nodes = view.run(NAMED).rows
    far = sorted(_near(nodes, plain(name), _FAR), key=lambda item: (item[1], item[2].id))[:3] if plain(name) else []
    if not nodes:
        hint = "The store holds no names yet: narragraph load FILE... reads documents into it."
    elif far:
        hint = f"Did you mean {' or '.join(repr(match.name) for _, _, match in far)}?"
    else:
        hint = "narragraph stats shows what it holds."
    raise NothingFound(f"nothing in the store is named {name!r} or spelt nearly so.", hint=hint)


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
