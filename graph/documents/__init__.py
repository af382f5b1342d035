"""The documents in a store: listed, found by what a user calls them, and looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from narragraph.errors import AmbiguousName, NothingFound
from narragraph.graph.ledger import Ledger
from narragraph.graph.model import READING, Value
from narragraph.graph.stores.base import Rows, View

_LIST = """
MATCH (d:Document) WHERE d.root = d.id
  AND ($collection IS NULL OR d.collection = $collection)
  AND ($genre IS NULL OR d.genre = $genre)
  AND ($language IS NULL OR d.language = $language)
OPTIONAL MATCH (o:Outlet)-[:PUBLISHED]->(d)
WITH d, o ORDER BY o.name
WITH d, collect(DISTINCT o.name) AS outlets
RETURN d.id AS id, d.name AS title, d.genre AS genre, d.published AS published, outlets, d.language AS language,
       d.collection AS collection, d.attestations AS edges, coalesce(d.url, d.path, d.source_key) AS place
ORDER BY published, title, id
"""
_FIND = """
MATCH (d:Document) WHERE d.root IS NOT NULL
  AND ($name IN [d.id, d.url, d.path, d.source_key, d.name] OR d.id STARTS WITH $prefix)
RETURN d.id AS id, d.root AS root, d.name AS title, coalesce(d.url, d.path, d.source_key) AS place,
       CASE WHEN d.id = $name THEN 0 WHEN $name IN [d.url, d.path, d.source_key] THEN 1
            WHEN d.name = $name THEN 2 ELSE 3 END AS rank
ORDER BY rank, id
"""
_NODE = "MATCH (d:Document {id: $id}) RETURN properties(d) AS properties"
_PARTS = "MATCH (p:Document {root: $id}) WHERE p.id <> $id RETURN p.id AS id, p.name AS title ORDER BY p.start, id"
_REVIEWED = """
MATCH (d:Document {root: $id})-[:REVIEWS]->(a:Document)
OPTIONAL MATCH (o:Outlet)-[:PUBLISHED]->(a)
WITH a, o ORDER BY o.name
WITH a, collect(DISTINCT o.name) AS outlets
RETURN a.id AS id, outlets, a.url AS url, a.published AS published ORDER BY outlets, id
"""
_EDGES = "MATCH ()-[r]->() WHERE r.root = $id RETURN type(r) AS type, count(r) AS count ORDER BY type"
_READINGS = f"""
MATCH (d:Document) WHERE d.root = d.id AND d.extractor = $extractor AND d.{READING} IS NOT NULL
RETURN d.{READING} AS reading, d.id AS id ORDER BY id
"""
_MEMBERS = """
MATCH (d:Document {collection: $collection}) WHERE d.root = d.id RETURN d.id AS id, d.name AS title ORDER BY id
"""
_HALF = 2**63
_SHORTEST = 8  # characters of an id that stand for it


@dataclass(frozen=True)
class Profile:
    """One document: its own properties without the text, what it is made of and how many edges rest on it."""

    id: str
    title: str
    text: str | None
    properties: dict[str, Value]
    parts: list[tuple[str, str]] = field(default_factory=list)  # id, title
    reviewed: list[dict[str, Value]] = field(default_factory=list)  # id, outlets, url, published
    edges: dict[str, int] = field(default_factory=dict)


def listing(
    view: View, *, collection: str | None = None, genre: str | None = None, language: str | None = None
) -> Rows:
    """Every document that was loaded itself, by date."""
    return view.run(_LIST, {"collection": collection, "genre": genre, "language": language})


def read_by(view: View, extractor: str) -> Callable[[str], str | None]:
    """Which document came of a reading, among those that this edition of the extraction has read.

    The answer holds for the state of the view, and after it is closed.
    """
    known = Ledger()
    for part in view.parts(_READINGS, {"extractor": extractor}):
        for reading, id in part.rows:
            known.put(reading, int(id.partition(":")[2], 16) - _HALF)

    def root(reading: str) -> str | None:
        place = known.get(reading)
        return None if place is None else f"document:{place + _HALF:016x}"

    return root


def gone(view: View, collection: str, came: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Ids and titles of the documents of a collection that did not come."""
    parts = view.parts(_MEMBERS, {"collection": collection})
    return [(id, title) for part in parts for id, title in part.rows if not came(id)]


def find(view: View, name: str) -> str:
    """Id of the root document that a name means: id or its beginning, address, path, source key or title.

    The name of a part means the whole. Raises NothingFound, and AmbiguousName where it fits several equally well.
    """
    prefix = name if name.startswith("document:") else f"document:{name}"
    enough = len(prefix) >= len("document:") + _SHORTEST
    rows = view.run(_FIND, {"name": name, "prefix": prefix if enough else " "}).rows
    if not rows:
        hint = "narragraph documents list shows all; an id, path, address or title names one."
        raise NothingFound(f"No document in the store is called {name!r}.", hint=hint)
    best = [row for row in rows if row[-1] == rows[0][-1]]
    if len({row[1] for row in best}) > 1:
        lines = [f"{id}  {title}  {place or ''}".rstrip() for id, _, title, place, _ in best]
        raise AmbiguousName(f"{name!r} is what several documents are called.", lines, hint="Give the id of one.")
    return str(best[0][1])


def profile(view: View, id: str) -> Profile:
    """All there is to say about a root document."""
    properties = dict(view.run(_NODE, {"id": id}).rows[0][0])
    text = properties.pop("text", None)
    for hidden in ("root", "statements", "fingerprint", READING):
        properties.pop(hidden, None)
    return Profile(
        id=str(properties.pop("id")),
        title=str(properties.pop("name")),
        text=text,
        properties={name: value for name, value in sorted(properties.items()) if value not in (None, [])},
        parts=[(row[0], row[1]) for row in view.run(_PARTS, {"id": id}).rows],
        reviewed=_dicts(view.run(_REVIEWED, {"id": id})),
        edges={row[0]: row[1] for row in view.run(_EDGES, {"id": id}).rows},
    )


def _dicts(rows: Rows) -> list[dict[str, Value]]:
    return [{name: value for name, value in zip(rows.columns, row) if value is not None} for row in rows.rows]


def roots(view: View, names: Sequence[str]) -> list[str]:
    """Ids of the documents that names mean, each once, in order; see ``find`` for what it raises."""
    return list(dict.fromkeys(find(view, name) for name in names))
