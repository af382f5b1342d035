"""What exploring shows, as values and as text for people: profiles and chains of statements."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from narragraph.graph.scope import PARAMETER
from narragraph.graph.stores.base import View
from narragraph.queries.exploring import names, paths, statements
from narragraph.queries.exploring.names import Match
from narragraph.queries.exploring.statements import Statement

# how a relation reads, from its source and from its target
READS = {
    "ACCUSES": ("accuses", "is accused by"),
    "DENIES": ("denies", "is denied by"),
    "AMPLIFIES": ("amplifies", "is amplified by"),
    "DEBUNKS": ("debunks", "is debunked by"),
    "ATTRIBUTED_TO": ("is claimed by", "claims"),
    "PUBLISHED": ("published", "was published by"),
    "INVOLVES": ("involves", "took part in"),
    "LOCATED_IN": ("took place in", "was the place of"),
    "EXPRESSES": ("expresses", "is expressed by"),
    "COUNTERS": ("counters", "is countered by"),
    "ABOUT": ("is about", "is spoken of in"),
    "PART_OF": ("is part of", "has as part"),
    "REVIEWS": ("reviews", "is reviewed by"),
}


@dataclass(frozen=True)
class Profile:
    """One node, what it says and what is said of it, and how many statements were left out as too doubtful."""

    match: Match
    facts: tuple[tuple[str, str], ...]
    documents: int
    says: list[Statement]
    said_of: list[Statement]
    hidden: int
    ids: tuple[str, ...]


def profile(view: View, match: Match, *, min_confidence: float = 0.7) -> Profile:
    """What a store holds of one node; a state is shown with its government."""
    ids = names.folded(view, match)
    rows = view.run(
        "UNWIND $ids AS id MATCH (n:Narragraph {id: id}) RETURN n.aliases AS aliases, n.kind AS kind, "
        "n.country AS country, n.role AS role, n.definition AS definition, n.start AS start, n.end AS end, "
        "n.published AS published, n.genre AS genre, n.language AS language, n.path AS path, n.url AS url",
        {"ids": ids[:1]},
    )
    facts: list[tuple[str, str]] = []
    for name, value in zip(rows.columns, rows.rows[0]):
        if value:
            facts.append((name, "; ".join(value) if isinstance(value, list) else str(value)))
    documents = view.run(
        "MATCH (d:Document)-[r:MENTIONS]->(n) WHERE n.id IN $ids "
        "AND ($collection IS NULL OR r.collection = $collection) "
        "RETURN count(DISTINCT d.id) AS documents",
        {"ids": ids, PARAMETER: None},
    ).rows[0][0]
    if match.type == "Document":
        parts = [
            row[0] for row in view.run("MATCH (p:Document {part_of: $id}) RETURN p.id AS id", {"id": match.id}).rows
        ]
        says, said_of = statements.said_in(view, [match.id, *parts]), []
    else:
        says, said_of = statements.said_by(view, ids), statements.said_of(view, ids)
    sure = [statement for statement in says if statement.confidence >= min_confidence]
    sure_of = [statement for statement in said_of if statement.confidence >= min_confidence]
    hidden = len(says) + len(said_of) - len(sure) - len(sure_of)
    return Profile(match, tuple(facts), documents, sure, sure_of, hidden, tuple(ids))


def profile_text(profile: Profile) -> str:
    """A profile for people to read."""
    match = profile.match
    lines = [f"{match.name}  ({match.type}, {match.id})"]
    lines += [f"  {name}: {_short(value, 200)}" for name, value in profile.facts]
    if match.type != "Document":
        lines.append(f"  mentioned in {_count(profile.documents, 'document')}")
    if match.type == "Document":
        lines += _section("What it says", profile.says, lambda s: f"{s.source} {reading(s)} {_short(s.target)}")
    else:
        own = set(profile.ids)
        lines += _section("What it says and does", profile.says, lambda s: _from(s, own))
        lines += _section("What is said of it", profile.said_of, lambda s: _from(s, own))
    if not profile.says and not profile.said_of:
        lines += ["", "No statements by it or about it."]
    if profile.hidden:
        lines += ["", f"{_count(profile.hidden, 'less certain statement')} left out; --min-confidence 0 shows them."]
    return "\n".join(lines)


def chains(view: View, start: Match, goal: Match, *, hops: int, min_confidence: float) -> list[list[list[Statement]]]:
    """The shortest connections between two nodes; each is a list of hops, each hop the statements that make it."""
    found = paths.links(
        view, names.folded(view, start), names.folded(view, goal), hops=hops, min_confidence=min_confidence
    )
    return [[statements.statements(view, edges) for edges in chain] for chain in found]


def chains_text(start: Match, goal: Match, chains: Sequence[Sequence[Sequence[Statement]]], *, hops: int) -> str:
    """Connections for people to read."""
    if not chains:
        return f"No chain of statements of at most {_count(hops, 'hop')} connects {start.name} and {goal.name}."
    lines = [f"{start.name} — {goal.name}: {_count(len(chains), 'shortest chain')} of {_count(len(chains[0]), 'hop')}"]
    for number, chain in enumerate(chains, 1):
        lines += ["", f"Chain {number}"]
        for hop in chain:
            for statement in hop[:3]:
                lines.append(f"  {statement.source} {reading(statement)} {_short(statement.target)}")
                lines += _evidence(statement)
            if len(hop) > 3:
                lines.append(f"  … and {_count(len(hop) - 3, 'more statement')} between these two")
    return "\n".join(lines)


def reading(statement: Statement) -> str:
    """The relation in words, from source to target, with what weakens it."""
    words = READS.get(statement.relation, (statement.relation.lower().replace("_", " "),))[0]
    if statement.relation == "DEBUNKS" and statement.disputed:
        words = "disputes"
    if statement.relation == "ATTRIBUTED_TO" and statement.manner == "ascribed":
        words = "is said to be claimed by"
    if statement.manner == "own words":
        words += ", in the words:"
    if statement.polarity == "negated":
        words = f"(negated) {words}"
    if statement.modality == "hypothetical":
        words = f"(hypothetically) {words}"
    return words


def _from(statement: Statement, own: set[str]) -> str:
    """The statement as seen from the profile's node."""
    if statement.source_id in own:
        return f"{reading(statement)} {_short(statement.target)}"
    verb = READS.get(statement.relation, ("", f"{statement.relation} from"))[1]
    if statement.relation == "DEBUNKS" and statement.disputed:
        verb = "is disputed by"
    if statement.relation == "ATTRIBUTED_TO":
        verb = "is said to claim" if statement.manner == "ascribed" else "claims"
    if statement.manner == "own words":
        verb = "are the words of a denial by"
    return f"{verb} {_short(statement.source)}"


def _section(title: str, statements: Sequence[Statement], line: Callable[[Statement], str]) -> list[str]:
    if not statements:
        return []
    lines = ["", title]
    for statement in statements:
        lines.append(f"  {line(statement)}")
        lines += _evidence(statement)
    return lines


def _evidence(statement: Statement) -> list[str]:
    quote = textwrap.wrap(f"“{_clean(statement.sentence or '')}”", 96)
    speakers = [name for name in statement.said_by if name != statement.document]
    origin = [statement.document, *([statement.published[:10]] if statement.published else [])]
    if speakers:
        origin.append(f"citing {', who cites '.join(speakers)}")
    if statement.modality:
        origin.append(statement.modality)
    origin.append(f"confidence {statement.confidence:.2f}")
    return [*(f"    {part}" for part in quote), f"    — {_clean(' · '.join(origin))}"]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _short(text: str, width: int = 110) -> str:
    return textwrap.shorten(_clean(text), width, placeholder=" …")


def _clean(text: str) -> str:
    """One line without control characters, which a document could use to steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
