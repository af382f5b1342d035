"""What surrounds a node: who is near, what was said when, and what two of them have to do with each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View
from narragraph.queries.exploring.names import Match
from narragraph.queries.exploring.sayings import Saying, fold, ordered, strength
from narragraph.queries.exploring.statements import Statement, said_by, said_of
from narragraph.queries.folding import Folds

NEIGHBOUR_COLUMNS = ("neighbour", "type", "relations", "documents", "sentences", "confidence", "neighbour_id", "edges")
COMPARED_COLUMNS = ("part", "of", "a", "b", "a_documents", "b_documents", "of_id", "a_sentence", "b_sentence", "edges")
_EVENTS = """
UNWIND $ids AS id MATCH (e:Event)-[r:INVOLVES|LOCATED_IN]->(n:Narragraph {id: id})
WHERE ($collection IS NULL OR r.collection = $collection)
RETURN e.id AS id, e.start AS start
"""
_OWN = "MATCH (e:Event {id: $id}) RETURN e.start AS start"
_TYPES = (
    "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) "
    "RETURN id, [label IN labels(n) WHERE label <> 'Narragraph'][0] AS type"
)
_ABOUT = """
UNWIND $ids AS id MATCH (c:Claim {id: id})-[r:ABOUT|EXPRESSES]->(t:Narragraph)
WHERE r.confidence >= $least AND ($collection IS NULL OR r.collection = $collection)
RETURN DISTINCT c.id AS claim, t.id AS id, t.name AS name
"""


@dataclass(frozen=True)
class Neighbour:
    """A node one step away, with everything that joins it: relations and how often each, strongest first."""

    id: str
    name: str
    type: str
    relations: tuple[str, ...]
    documents: int
    sentences: int
    confidence: float
    strength: float
    edges: tuple[str, ...]

    def row(self) -> tuple[object, ...]:
        """Its values in the order of NEIGHBOUR_COLUMNS."""
        return (
            self.name, self.type, self.relations, self.documents, self.sentences, self.confidence, self.id, self.edges,
        )  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One thing that two nodes have to do with: what each says of it (or of the other), as sayings."""

    part: str  # "A on B", "B on A" or "both on"
    of: str
    of_id: str
    a: tuple[Saying, ...] = ()
    b: tuple[Saying, ...] = ()

    @property
    def statements(self) -> list[Statement]:
        """Everything that either says of it."""
        return [one for saying in (*self.a, *self.b) for one in saying.attestations]

    @property
    def documents(self) -> int:
        """How much there is to tell: of a thing both speak of, what the quieter one has."""
        sides = [sum(saying.documents for saying in side) for side in (self.a, self.b) if side]
        return min(sides)

    def row(self) -> tuple[object, ...]:
        """Its values in the order of COMPARED_COLUMNS."""
        edges = [one.edge for one in self.statements]
        sides = []
        for side in (self.a, self.b):
            sides.append(list(dict.fromkeys(saying.best.relation for saying in side)))
        return (
            self.part, self.of, *sides,
            *(sum(saying.documents for saying in side) for side in (self.a, self.b)), self.of_id,
            *(side[0].best.sentence if side else None for side in (self.a, self.b)), edges,
        )  # fmt: skip


def neighbours(
    view: View, ids: Sequence[str], statements: Iterable[Statement], reprints: Mapping[str, str]
) -> list[Neighbour]:
    """Who stands at the other end of statements that begin or end at these ids, strongest first."""
    own = set(ids)
    groups: dict[str, tuple[str, list[Statement]]] = {}
    for one in statements:
        near, name = (one.target_as, one.target) if one.source_id in own else (one.source_as, one.source)
        groups.setdefault(near, (name, []))[1].append(one)
    types = dict(view.run(_TYPES, {"ids": sorted(groups)}).rows) if groups else {}
    found = []
    for near, (name, group) in groups.items():
        sayings = ordered(fold(group, reprints), "relation")
        counts: dict[str, int] = {}
        for saying in sayings:
            counts[saying.best.relation] = counts.get(saying.best.relation, 0) + saying.documents
        documents = {reprints.get(one.document_id, one.document_id) for one in group}
        found.append(
            Neighbour(
                near, name, types.get(near, ""), tuple(f"{relation} {count}" for relation, count in counts.items()),
                len(documents), len({(one.document_id, one.sentence) for one in group}),
                max(one.confidence for one in group), strength(group, reprints), tuple(one.edge for one in group),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.documents, -one.strength, one.name, one.id))


def timeline(
    view: View, match: Match, ids: Sequence[str], statements: Iterable[Statement], reprints: Mapping[str, str]
) -> list[tuple[str, Saying]]:
    """What was said when, in order: the same statement once a day, with the documents of that day.

    What took place stands under the day of the event; what has no date at all is left out.
    """
    if match.type == "Event":
        starts = dict.fromkeys(ids, view.run(_OWN, {"id": match.id}).rows[0][0])
    else:
        starts = dict(view.run(_EVENTS, {"ids": list(ids), PARAMETER: None}).rows)
    days: dict[str, list[Statement]] = {}
    for one in statements:
        placed = one.relation in ("INVOLVES", "LOCATED_IN")
        day = (starts.get(one.source_id) if placed else None) or one.when
        if day:
            days.setdefault(day[:10], []).append(one)
    return [(day, saying) for day in sorted(days) for saying in ordered(fold(days[day], reprints), "relation")]


def compare(
    view: View,
    a: Sequence[str],
    b: Sequence[str],
    folds: Folds,
    reprints: Mapping[str, str],
    *,
    least: float,
    types: Collection[str] = (),
) -> tuple[list[Compared], int]:
    """What each of two says of the other, and what both speak of, strongest first; and how much was too doubtful.

    Who makes a claim about something speaks of that, too, and so does who denies or spreads the claim.
    """
    sure, hidden = {}, 0
    for side, ids in (("a", a), ("b", b)):
        sure[side], doubtful = only(said_by(view, ids, folds), types=types, least=least)
        hidden += doubtful
    claims = {id for told in sure.values() for one in told for id in (one.source_id, one.target_id)}
    rows = view.run(
        _ABOUT, {"ids": sorted(id for id in claims if id.startswith("claim:")), "least": least, PARAMETER: None}
    ).rows
    about: dict[str, dict[str, str]] = {}
    for claim, id, name in rows:
        about.setdefault(claim, {})[folds.ids.get(id, id)] = folds.names.get(id, name)
    things: dict[str, Compared] = {}
    groups: dict[str, dict[str, list[Statement]]] = {}
    for side, told in sure.items():
        for one in told:
            direct, name = _thing(one)
            for id, called in {**about.get(direct, {}), direct: name}.items():
                things.setdefault(id, Compared("both on", called, id))
                groups.setdefault(id, {}).setdefault(side, []).append(one)
    own = {side: {folds.ids.get(id, id) for id in ids} for side, ids in (("a", a), ("b", b))}
    found = []
    for side, other, part in (("a", "b", "A on B"), ("b", "a", "B on A")):
        of_other = [one for id in sorted(own[other]) for one in groups.get(id, {}).get(side, ())]
        for saying in fold({one.edge: one for one in of_other}.values(), reprints):
            id, name = _thing(saying.best)
            thing = Compared(part, name, id)
            found.append(replace(thing, a=(saying,)) if side == "a" else replace(thing, b=(saying,)))
    both = [
        replace(things[id], a=tuple(fold(sides["a"], reprints)), b=tuple(fold(sides["b"], reprints)))
        for id, sides in groups.items()
        if len(sides) == 2 and id not in own["a"] | own["b"]
    ]
    return found + sorted(both, key=lambda one: (-one.documents, one.of, one.of_id)), hidden


def only(statements: Iterable[Statement], *, types: Collection[str], least: float) -> tuple[list[Statement], int]:
    """The statements of these relations (all, where none is named) that are sure enough, and how many are not."""
    asked = [one for one in statements if not types or one.relation in types]
    sure = [one for one in asked if one.confidence >= least]
    return sure, len(asked) - len(sure)


def around(view: View, ids: Sequence[str], folds: Folds) -> list[Statement]:
    """What these nodes say and what is said of them, each attestation once."""
    told = {one.edge: one for one in (*said_by(view, ids, folds), *said_of(view, ids, folds))}
    return list(told.values())


def _thing(statement: Statement) -> tuple[str, str]:
    """Id and name of what a speaker's statement is of, as they count."""
    if statement.relation == "ATTRIBUTED_TO":
        return statement.source_as, statement.source
    return statement.target_as, statement.target
