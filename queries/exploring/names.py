"""Nodes by name: by id, alias, a part of the name or near spelling."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from narragraph.errors import AmbiguousName
from narragraph.graph.identity import TYPES, same_as
from narragraph.graph.stores.base import View

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
