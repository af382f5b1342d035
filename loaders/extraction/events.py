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


@dataclass
class _Event:
    """One event, and the places that speak of it."""

    kind: str
    document: str
    happenings: list[Happening] = field(default_factory=list)

    @property
    def place(self) -> str | None:
        return next((h.place for h in self.happenings if h.place), None)

    @property
    def date(self) -> DateMention | None:
        """The date of the finest precision, the first of these."""
        dates = [h.date for h in self.happenings if h.date]
        return max(dates, key=lambda date: len(date.value or ""), default=None)

    @property
    def agents(self) -> set[str]:
        return {entity for h in self.happenings for entity, role in h.roles if role != "requester"}

    def takes(self, other: Happening) -> bool:
        """Whether a further place may speak of this event: nothing it says of place, time or people contradicts."""
        if self.kind != other.kind:
            return False
        if self.place and other.place and self.place != other.place:
            return False
        if self.date and other.date and not _compatible(self.date.value, other.date.value):
            return False
        agents = {entity for entity, role in other.roles if role != "requester"}
        if self.place and other.place:
            return True
        return not agents or not self.agents or bool(agents & self.agents)


def find_events(analysis: Analysis) -> None:
    """Add Event nodes with INVOLVES and LOCATED_IN edges."""
    published: dict[str, str] = analysis.layers["published"]
    root = analysis.layers["documents"][0][1]
    events: dict[str, list[_Event]] = {}  # by document
    for happening in Finder(analysis, published.get(root)).find():
        document = document_at(analysis, happening.span[0])
        known = events.setdefault(document, [])
        event = next((event for event in reversed(known) if event.takes(happening)), None)
        if event is not None:
            event.happenings.append(happening)
        elif happening.certain:
            known.append(_Event(happening.kind, document, [happening]))
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
    """Agent, kind, place or target, and time: "NATO military exercise in Norway, March 2022"."""
    roles = dict.fromkeys(pair for h in event.happenings for pair in h.roles)
    names = {role: [analysis.entities[entity].name for entity, own in roles if own == role] for _, role in roles}
    label = str(load_lexicon("events")["kinds"][event.kind]["label"])
    parts = [*names.get("agent", [])[:1], label]
    if event.place:
        parts += ["in", analysis.entities[event.place].name]
    elif names.get("target"):
        parts += ["against", names["target"][0]]
    elif names.get("participant"):
        parts += ["of", " and ".join(names["participant"][:2])]
    text = " ".join(parts)
    return f"{text}, {_spoken_date(event.date.value)}" if event.date and event.date.value else text


def _spoken_date(value: str) -> str:
    year, *rest = value.split("-")
    if not rest:
        return year
    month = calendar.month_name[int(rest[0])]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"
