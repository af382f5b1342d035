"""Events: what happened, where, when, and who took part; several places that speak of one happening are one event."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field

from narragraph.graph.model import Node, Value, event_id
from narragraph.loaders.extraction.analysis import Analysis, Span
from narragraph.loaders.extraction.dates import DateMention
from narragraph.loaders.extraction.edges import add_edge, document_at
from narragraph.loaders.extraction.happenings import Finder, Happening
from narragraph.ontology.lexicon import load_lexicon

_RECENT = 20  # events of a kind that a further place may speak of


@dataclass
class _Event:
    """One event, and the places that speak of it."""

    kind: str
    document: str
    happenings: list[Happening] = field(default_factory=list)
    place: str | None = None
    date: DateMention | None = None
    people: set[str] = field(default_factory=set)  # who took part

    def takes(self, other: Happening) -> bool:
        """Whether a further place may speak of this event: nothing it says of place, time or people contradicts."""
        if self.kind != other.kind or (self.place and other.place and self.place != other.place):
            return False
        if self.date and other.date and not _compatible(self.date.value, other.date.value):
            return False
        people = _people(other)
        return bool(self.place and other.place) or not people or not self.people or bool(people & self.people)

    def add(self, happening: Happening) -> None:
        """Join a place; the first place named and the date of the finest precision count."""
        self.happenings.append(happening)
        self.place = self.place or happening.place
        self.people |= _people(happening)
        if happening.date and len(happening.date.value or "") > (len(self.date.value or "") if self.date else -1):
            self.date = happening.date


def _people(happening: Happening) -> set[str]:
    return {entity for entity, role in happening.roles if role != "requester"}


def find_events(analysis: Analysis) -> None:
    """Add Event nodes with INVOLVES and LOCATED_IN edges."""
    events: dict[tuple[str, str], list[_Event]] = {}  # by document and kind
    for happening in Finder(analysis).find():
        document = document_at(analysis, happening.span[0])
        known = events.setdefault((document, happening.kind), [])
        event = next((event for event in reversed(known[-_RECENT:]) if event.takes(happening)), None)
        if event is None and happening.certain:
            event = _Event(happening.kind, document)
            known.append(event)
        if event is not None:
            event.add(happening)
    for found in events.values():
        for event in found:
            _add(analysis, event)


def _compatible(one: str | None, other: str | None) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _add(analysis: Analysis, event: _Event) -> None:
    date = event.date
    start = date.value if date else None
    ident = event_id(event.kind, event.place, start, within=None if start and event.place else event.document)
    properties: dict[str, Value] = {"kind": event.kind}
    if date and date.value and date.precision:
        properties |= {"start": date.value, "precision": date.precision}
    elif date:
        properties["time_as_read"] = analysis.text[date.start : date.end]
    words = {" ".join(analysis.text[h.span[0] : h.span[1]].split()) for h in event.happenings}
    analysis.nodes[ident] = Node(ident, "Event", _name(analysis, event), tuple(sorted(words)), properties)
    places: dict[tuple[str, str], set[Span]] = analysis.layers.setdefault("places", {})
    for happening in event.happenings:
        places.setdefault((event.document, ident), set()).add(happening.span)
        for entity, role in happening.roles:
            add_edge(
                analysis, "INVOLVES", ident, entity, happening.sentence, rule=happening.rule, trigger=happening.span,
                role=role,
            )  # fmt: skip
        if happening.place:
            add_edge(
                analysis, "LOCATED_IN", ident, happening.place, happening.sentence, rule=happening.rule,
                trigger=happening.span, place=happening.place_as_read or None,
            )  # fmt: skip


def _name(analysis: Analysis, event: _Event) -> str:
    """Kind, target or place, agent, and time: "military exercise in Norway by NATO, March 2022"."""
    kind = load_lexicon("events")["kinds"][event.kind]
    names: dict[str, list[str]] = {}
    for happening in event.happenings:
        for entity, role in happening.roles:
            named = names.setdefault(role, [])
            if analysis.entities[entity].name not in named:
                named.append(analysis.entities[entity].name)
    parts = [kind["label"]]
    if "target" in names:
        parts += [kind.get("target", "against"), names["target"][0]]
    elif event.place:
        parts += ["in", analysis.entities[event.place].name]
    elif "participant" in names:
        parts += ["of", " and ".join(names["participant"][:2])]
    if "agent" in names:
        parts += ["by", names["agent"][0]]
    text = " ".join(parts)
    return f"{text}, {_spoken_date(event.date.value)}" if event.date and event.date.value else text


def _spoken_date(value: str) -> str:
    year, *rest = value.split("-")
    if not rest:
        return year
    month = calendar.month_name[int(rest[0])]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"
