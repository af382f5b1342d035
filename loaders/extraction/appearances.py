"""What a case reviews: the pages and broadcasts, each an appearance in one outlet, that its metadata name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from narragraph.graph.model import Node, Value, document_id
from narragraph.loaders.extraction.analysis import Analysis, Case, Span
from narragraph.loaders.extraction.edges import add_edge, block_at
from narragraph.loaders.extraction.layout import Metadata
from narragraph.loaders.extraction.outlets import account, is_known, is_platform, named_outlet
from narragraph.loaders.extraction.stated import stated_date, stated_url
from narragraph.ontology.lexicon import load_lexicon

_TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?!\d)")
_LISTED = re.compile(r"\s*(?:\+|;|\n)\s*")
_COMMA = re.compile(r"\s*,\s*|\s+(?:and|&)\s+")
_ON = re.compile(r"\s+[-–—]\s+")
_QUOTED = re.compile(r"[\"“‘'«](?P<name>[^\"”’'»]{3,60})[\"”’'»]")
_MORE = re.compile(r"(?:show more|others?|etc\.?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Carrier:
    """One outlet of a line such as "Evening Talk @ Harbour TV, 21:55": where, in what programme and when."""

    outlet: str  # node id
    span: Span  # the words that name it
    programme: str | None = None  # node id
    time: str | None = None


def find_appearances(analysis: Analysis, ident: str, case: Case) -> None:
    """Add an appearance for each outlet that a case names, or one for its address where it names none."""
    stated = case.metadata
    if "outlet" not in stated and "url" not in stated:
        return
    value, span = stated.get("outlet") or stated["url"]
    carriers: list[Carrier | None] = [*carriers_in(analysis, value, span[0])] if "outlet" in stated else []
    url = stated_url(stated)
    for number, carrier in enumerate(carriers or [None] * bool(url)):
        own = url if not number else None  # an address is of one page: the first that is named
        later = f"-{number + 1}" if number else ""
        key = own or f"{analysis.nodes[ident].properties['source_key']}#appearance{later}"
        appearance = _add_appearance(analysis, ident, stated, key, own)
        line = block_at(analysis, span[0])
        trigger = carrier.span if carrier else span
        add_edge(
            analysis, "REVIEWS", ident, appearance, line, rule="metadata.outlet", basis="metadata", trigger=trigger
        )
        if carrier:
            _publish(analysis, carrier, appearance, line)


def carriers_in(analysis: Analysis, value: str, start: int) -> Iterator[Carrier]:
    """The outlets that the value of a line names, which begins at ``start``, each once."""
    seen: set[str] = set()
    for part_start, part_end in _parts(analysis, value):
        carrier = _carrier(analysis, value[part_start:part_end], start + part_start)
        if carrier and carrier.outlet not in seen:
            seen.add(carrier.outlet)
            yield carrier


def _parts(analysis: Analysis, value: str) -> list[Span]:
    """A list held apart by plus signs or semicolons; by commas only where each part is an outlet that is known."""
    parts = _split(value, 0, len(value), _LISTED)
    if len(parts) == 1:
        by_comma = _split(value, 0, len(value), _COMMA)
        if all(is_known(analysis, value[first:last]) for first, last in by_comma):
            parts = by_comma
    return [(first, last) for first, last in parts if not _MORE.match(value, first, last)]


def _split(value: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    parts, first = [], start
    for match in separator.finditer(value, start, end):
        parts.append((first, match.start()))
        first = match.end()
    return [(first, last) for first, last in [*parts, (first, end)] if last > first]


def _carrier(analysis: Analysis, part: str, start: int) -> Carrier | None:
    span = start, start + len(part)
    time = _TIME.search(part)
    at = time[0] if time else None
    before, sign, after = part.rpartition("@")
    if not sign and (on := _ON.search(part)) and is_platform(analysis, part[on.end() :]):
        before, after = part[: on.start()], part[on.end() :]
    programme = _name(before)
    if programme and is_platform(analysis, after):
        return Carrier(account(analysis, programme, platform=after), span, None, at)
    outlet = named_outlet(analysis, after if programme else _name(after))
    if outlet is None:
        return None
    within = named_outlet(analysis, programme) if programme else None
    if within and within != outlet and "kind" not in analysis.entities[within].properties:
        properties = {**analysis.entities[within].properties, "kind": "programme"}
        analysis.entities[within] = Node(within, "Outlet", analysis.entities[within].name, properties=properties)
    return Carrier(outlet, span, within if within != outlet else None, at)


def _name(words: str) -> str:
    """The name in quotation marks, where there is one: the show, not who presents it."""
    quoted = _QUOTED.search(words)
    return quoted["name"] if quoted else words.strip()


# --- nodes and edges -----------------------------------------------------------------------------------------------


def _add_appearance(analysis: Analysis, ident: str, stated: Metadata, key: str, url: str | None) -> str:
    appearance = document_id(key)
    language = stated.get("languages", ("", None))[0].partition(",")[0].strip().lower()
    known: dict[str, Value | None] = {
        "title": analysis.nodes[ident].name, "source_key": key, "genre": "appearance", "url": url,
        "published": stated_date(stated), "language": load_lexicon("languages")["names"].get(language),
    }  # fmt: skip
    properties = {name: value for name, value in known.items() if value is not None}
    analysis.nodes[appearance] = Node(appearance, "Document", analysis.nodes[ident].name, properties=properties)
    return appearance


def _publish(analysis: Analysis, carrier: Carrier, appearance: str, line: Span) -> None:
    as_read = analysis.text[carrier.span[0] : carrier.span[1]]
    programme = analysis.entities[carrier.programme].name if carrier.programme else None
    add_edge(
        analysis, "PUBLISHED", carrier.outlet, appearance, line, rule="metadata.outlet", basis="metadata",
        trigger=carrier.span, source_as_read=as_read, programme=programme, time=carrier.time,
    )  # fmt: skip
    if carrier.programme:
        add_edge(
            analysis, "PART_OF", carrier.programme, carrier.outlet, line, rule="metadata.outlet", basis="metadata",
            trigger=carrier.span, source_as_read=as_read,
        )  # fmt: skip
