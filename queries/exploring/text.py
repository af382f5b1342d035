"""What exploring finds, as text for people."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from narragraph.queries.exploring.paths import Chain
from narragraph.queries.exploring.profile import Profile
from narragraph.queries.exploring.sayings import Saying
from narragraph.queries.exploring.statements import Statement
from narragraph.queries.exploring.surroundings import Compared, Neighbour
from narragraph.queries.exploring.why import Why

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


def profile_text(profile: Profile, *, limit: int | None = None) -> str:
    """A profile for people to read, with at most ``limit`` sayings in each of its parts."""
    match = profile.match
    lines = [f"{profile.name}  ({match.type}, {match.id})"]
    lines += [f"  {name}: {short(value, 200)}" for name, value in profile.facts]
    if match.type == "Document":
        lines += _section("What it says", profile.says, lambda s: f"{s.source} {reading(s)} {short(s.target)}", limit)
    else:
        lines.append(f"  mentioned in {count(profile.documents, 'document')}")
        own = set(profile.ids)
        lines += _section("What it says and does", profile.says, lambda s: _from(s, own), limit)
        lines += _section("What is said of it", profile.said_of, lambda s: _from(s, own), limit)
    if not profile.says and not profile.said_of:
        lines += ["", "No statements by it or about it."]
    return "\n".join(lines)


def chains_text(start: str, goal: str, chains: Sequence[Chain], *, hops: int) -> str:
    """Connections for people to read."""
    if not chains:
        return f"No chain of statements of at most {count(hops, 'hop')} connects {start} and {goal}."
    lines = [f"{start} — {goal}: {count(len(chains), 'chain')}, best first"]
    for number, chain in enumerate(chains, 1):
        lines += ["", f"Chain {number}: {count(len(chain.hops), 'hop')}, score {chain.score:.2f}"]
        for hop in chain.hops:
            for statement in hop[:3]:
                lines.append(f"  {short(statement.source)} {reading(statement)} {short(statement.target)}")
                lines += evidence(statement)
            if len(hop) > 3:
                lines.append(f"  … and {count(len(hop) - 3, 'more statement')} between these two")
    return "\n".join(lines)


def timeline_text(name: str, entries: Sequence[tuple[str, Saying]], own: set[str]) -> str:
    """A timeline for people to read."""
    if not entries:
        return f"Nothing that is dated is said by {name} or of it."
    lines = [name]
    day = ""
    for when, saying in entries:
        if when != day:
            lines += ["", when]
            day = when
        lines.append(f"  {_line(saying, lambda s: _from(s, own))}")
        lines += evidence(saying.best)
    return "\n".join(lines)


def neighbours_text(name: str, found: Sequence[Neighbour], kinds: Sequence[str] = ()) -> str:
    """Neighbours for people to read; ``kinds`` are those that were asked for."""
    if not found and kinds:
        return f"No {' or '.join(kinds)} among the neighbours of {name}."
    if not found:
        return f"No statement joins {name} to anything."
    lines = [f"{name}: {count(len(found), 'neighbour')}, strongest first", ""]
    for one in found:
        lines.append(
            f"  {short(one.name)}  ({one.type})  {count(one.documents, 'document')}: {', '.join(one.relations)}"
        )
    return "\n".join(lines)


def compared_text(a: str, b: str, found: Sequence[Compared]) -> str:
    """A comparison for people to read."""
    if not found:
        return f"{a} and {b} say nothing of each other, nor of the same things."
    titles = {"A on B": f"What {a} says of {b}", "B on A": f"What {b} says of {a}", "both on": "What both speak of"}
    lines: list[str] = []
    part = ""
    for one in found:
        if one.part != part:
            lines += [*([""] if lines else []), titles[one.part]]
            part = one.part
        if part == "both on":
            lines.append(f"  {short(one.of)}")
        for name, side in ((a, one.a), (b, one.b)):
            if not side:
                continue
            best = side[0].best
            if part == "both on":
                documents = sum(saying.documents for saying in side)
                words = f"{voice(best)} {short(_what(best))}" if _what(best) != one.of else voice(best)
                more = f", and {len(side) - 1} more" if len(side) > 1 else ""
                lines.append(f"    {name} {words}{more}  ({count(documents, 'document')})")
            else:
                lines.append(f"  {voice(best)} {short(_what(best))}{_counts(side[0])}")
            lines += [f"  {line}" for line in evidence(best)]
    return "\n".join(lines)


def card(why: Why) -> str:
    """What somebody needs who is to decide on an edge: what it says, its words in their place, and the document."""
    one = why.statement
    quote = " ".join(part for part in (why.before, f"»{clean(one.sentence or '')}«", why.after) if part)
    origin = [
        short(why.document.get("title", one.document_id)),
        *([one.when] if one.when else []),
        why.document.get("by", ""),
    ]
    if len(why.speakers) > 1:
        origin.append(f"citing {', who cites '.join(name for _, name in why.speakers[1:])}")
    rule = f"rule {one.rule}, confidence {_confidence(why)}, words that say so: {why.properties.get('trigger') or '–'}"
    return "\n".join(
        [
            f"{one.source} {reading(one)} {short(one.target)}",
            f"  {one.edge}  {one.relation}",
            "",
            *(textwrap.wrap(clean(quote), 96, initial_indent="  ", subsequent_indent="  ") if one.sentence else []),
            "",
            f"  — {clean(' · '.join(part for part in origin if part))}",
            f"  {rule}",
        ]
    )


def why_text(why: Why) -> str:
    """Everything behind an edge for people to read."""
    one, properties = why.statement, why.properties
    lines = [card(why)]
    spans = properties.get("span_starts")
    read = " → ".join(str(properties[key]) for key in ("source_as_read", "target_as_read") if properties.get(key))
    chain = ", who cites ".join(short(name, 80) for _, name in why.speakers)
    facts = {
        "from": f"{one.source_id}",
        "to": f"{one.target_id}",
        "as read": read,
        "rests on": properties.get("basis"),
        "how": ", ".join(str(part) for part in (one.polarity, one.modality, one.manner) if part),
        "who says it": chain,
        "said": one.said,
        "at": f"characters {properties['start']}–{properties['end']}" if properties.get("end") else None,
        "places": count(len(spans), "place") if spans else None,
        "claim": properties.get("claim"),
    }
    lines += ["", *(f"  {name}: {short(str(value), 200)}" for name, value in facts.items() if value)]
    lines += ["", "The document", *(f"  {name}: {short(value, 200)}" for name, value in why.document.items())]
    others = [other for other in why.saying.attestations if other.edge != one.edge]
    documents = count(why.saying.documents, "independent document")
    lines += ["", f"The same relation of the same two: in {documents}, {count(len(others), 'more attestation')}"]
    for other in others[:5]:
        lines += [*evidence(other)]
    if len(others) > 5:
        lines.append(f"  … and {len(others) - 5} more; --format json has all")
    lines += ["", "Decisions"]
    for decision in why.decisions:
        note = f": {clean(decision.note)}" if decision.note else ""
        lines.append(f"  {decision.at[:10]} {decision.verdict} by {clean(decision.by)}{note}")
    if not why.decisions:
        lines.append(f"  none; narragraph review {one.edge} --reject strikes it")
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
        return f"{reading(statement)} {short(statement.target)}"
    verb = READS.get(statement.relation, ("", f"{statement.relation} from"))[1]
    if statement.relation == "DEBUNKS" and statement.disputed:
        verb = "is disputed by"
    if statement.relation == "ATTRIBUTED_TO":
        verb = "is said to claim" if statement.manner == "ascribed" else "claims"
    if statement.manner == "own words":
        verb = "are the words of a denial by"
    return f"{verb} {short(statement.source)}"


def voice(statement: Statement) -> str:
    """The relation in words from who speaks, who of a claim is its target."""
    if statement.relation == "ATTRIBUTED_TO":
        return "is said to claim" if statement.manner == "ascribed" else "claims"
    return reading(statement)


def evidence(statement: Statement) -> list[str]:
    """The sentence of a statement, and where it stands."""
    quote = textwrap.wrap(f"“{clean(statement.sentence or '')}”", 96) if statement.sentence else []
    speakers = [name for name in statement.said_by if name != statement.document]
    origin = [short(statement.document, 80), *([statement.when] if statement.when else [])]
    if speakers:
        origin.append(f"citing {', who cites '.join(short(name, 60) for name in speakers)}")
    if statement.modality:
        origin.append(statement.modality)
    origin.append(f"confidence {statement.confidence:.2f}")
    if statement.review:
        origin.append(statement.review)
    origin.append(statement.edge)
    return [*(f"    {part}" for part in quote), f"    — {clean(' · '.join(origin))}"]


def count(number: int, noun: str) -> str:
    """The number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def short(text: str, width: int = 110) -> str:
    """The text in one line that is not too long."""
    return textwrap.shorten(clean(text), width, placeholder=" …")


def clean(text: str) -> str:
    """One line without control characters, which a document could use to steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def _section(title: str, sayings: Sequence[Saying], line: Callable[[Statement], str], limit: int | None) -> list[str]:
    if not sayings:
        return []
    lines = ["", title]
    for saying in sayings[:limit]:
        lines.append(f"  {_line(saying, line)}")
        lines += evidence(saying.best)
    if limit is not None and len(sayings) > limit:
        lines.append(f"  … and {len(sayings) - limit} more; --limit 0 shows all")
    return lines


def _line(saying: Saying, line: Callable[[Statement], str]) -> str:
    return f"{line(saying.best)}{_counts(saying)}"


def _counts(saying: Saying) -> str:
    """How often it is said, where it is more than once."""
    if saying.sentences == 1:
        return ""
    return f"  ({count(saying.documents, 'document')}, {count(saying.sentences, 'sentence')})"


def _confidence(why: Why) -> str:
    shown = f"{why.statement.confidence:.2f}"
    if why.confidence_read == why.statement.confidence:
        return shown
    return f"{shown}, {why.statement.review} by hand; the extraction had {why.confidence_read:.2f}"


def _what(statement: Statement) -> str:
    return statement.source if statement.relation == "ATTRIBUTED_TO" else statement.target
