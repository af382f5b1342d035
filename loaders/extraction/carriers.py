"""What a line of outlets names: each carrier with its programme and time ("Evening Talk @ Harbour TV, 21:55")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from narragraph.graph.model import Node
from narragraph.loaders.extraction.analysis import Analysis, Span
from narragraph.loaders.extraction.outlets import (
    account,
    find_entry,
    is_domain,
    is_known,
    is_platform,
    known_outlet,
    mentions_in,
    named_outlet,
    names_another,
    programme_of,
)
from narragraph.ontology.lexicon import load_lexicon

_TIME = re.compile(r"(?<![\w.:])\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?![\w:])")
_TIMES = re.compile(
    rf"[\s,(]*(?:\btime:?\s*)?{_TIME.pattern}(?:\s*(?:,|and|&|[–—-])\s*{_TIME.pattern})*"
    r"(?:\s*and (?:onwards|following))?\s*\)?"
)
_LISTED = re.compile(r"\s*(?:\+|;|\n)\s*|\s*/+\s+")
_COMMA = re.compile(r"\s*,\s*|\s+(?:and|&|or)\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_ASIDE = re.compile(r"\s*\([^()]*\)?|\s*\[[^\[\]]*\]?|\).*")
_QUOTED = re.compile(r"[\"“”](?P<double>[^\"“”]{3,60})[\"“”]|[‘'«](?P<single>[^‘’'»]{3,60})[’'»]")
_WITHIN = re.compile(r"(?P<name>[^()]+?)\s*\((?P<inside>[^()]{2,40})\)\W*$")
_MORE = re.compile(r"(?:show more|(?:and )?(?:many |among )?others?|etc\.?)$", re.IGNORECASE)
_MARKS = " \t,.:;()'’\"“”"
_NAME_WORDS = 4  # of a part of a list that nothing else tells to be an outlet's name
_CHANNELS = frozenset({"channel", "broadcaster"})  # kinds of what has programmes


@dataclass(frozen=True)
class Carrier:
    """One outlet of a line such as "Evening Talk @ Harbour TV, 21:55": where, in what programme and when."""

    outlet: str  # node id
    span: Span  # the words that name it
    programme: str | None = None  # node id
    time: str | None = None  # several, as in "21:55, 22:07"


Found = tuple[str, str | None]  # ids of an outlet and of its programme


def carriers_in(analysis: Analysis, value: str, start: int) -> Iterator[Carrier]:
    """The outlets that the value of a line names, which begins at ``start``, each once."""
    seen: set[str] = set()
    for first, last in _parts(analysis, value):
        part = value[first:last]
        times = ", ".join(match[0] for match in _TIME.finditer(part))
        found = _read(analysis, _TIMES.sub(" ", part).strip(), (start + first, start + last))
        if found and found[0] not in seen:
            seen.add(found[0])
            yield Carrier(found[0], (start + first, start + last), found[1], times or None)


# --- lists ---------------------------------------------------------------------------------------------------------


def _parts(analysis: Analysis, value: str) -> list[Span]:
    """A list held apart by plus signs or semicolons; by commas and spaces only where its parts look like outlets."""
    parts = _split(value, _LISTED)
    if len(parts) == 1:
        words = [match.span() for match in re.finditer(r"[^\s,]+", value)]
        domains = [(first, last) for first, last in words if is_domain(value[first:last].rstrip("."))]
        names = _split(value, _COMMA)
        if domains and (len(domains) == len(words) or _names_nobody(value)):
            parts = domains
        elif "@" not in value and _is_list(analysis, [value[first:last] for first, last in names]):
            parts = names
    return [(first, last) for first, last in parts if not _MORE.match(value, first, last)]


def _split(value: str, separator: re.Pattern[str]) -> list[Span]:
    parts, first = [], 0
    for match in separator.finditer(value):
        parts.append((first, match.start()))
        first = match.end()
    return [(first, last) for first, last in [*parts, (first, len(value))] if last > first]


def _is_list(analysis: Analysis, parts: list[str]) -> bool:
    """Whether parts are outlets side by side; "Evening Talk, Harbour TV" is a programme of a channel."""
    named = [part for part in parts if not _MORE.match(part)]
    sure = [part for part in named if is_known(analysis, part) or is_domain(part)]
    channels = [part for part in sure if _is_channel(analysis, part)]
    if len(named) < 2 or not sure or (len(parts) == 2 and len(sure) == 1 == len(channels)):
        return False
    return all(part in sure or _looks_like_a_name(analysis, part) for part in named)


def _looks_like_a_name(analysis: Analysis, part: str) -> bool:
    words = part.split()
    return (
        words[0][:1].isupper()
        and len(words) <= _NAME_WORDS
        and not _TIME.search(part)
        and not re.search(r"[\"“”«»()]", part)
        and not _page(analysis, part)
        and not names_another(analysis, part)
    )


# --- one outlet ----------------------------------------------------------------------------------------------------


def _read(analysis: Analysis, words: str, span: Span) -> Found | None:
    """The outlet that words name, by the first shape that they have."""
    whole = _bare(analysis, words)
    if not re.search(r"[@(]", whole) and (known := known_outlet(analysis, whole)):
        return known, None
    if found := _at(analysis, words, span):
        return found
    if page := _page(analysis, words):  # a bare page names nobody
        return _carried(analysis, *page, span) if page[0] else None
    for shape in (_first_of_all, _in_another, _programme):
        if found := shape(analysis, words, span):
            return found
    if _names_nobody(whole) or names_another(analysis, whole) or is_platform(analysis, whole):
        return None
    outlet = named_outlet(analysis, _name(words))
    if outlet and _cues()["show"].search(words):
        _call_programme(analysis, outlet)
    return (outlet, None) if outlet else None


def _at(analysis: Analysis, words: str, span: Span) -> Found | None:
    """As in "Evening Talk @ Harbour TV", "Ida Lund @ Facebook", "Harbour Post - YouTube"."""
    before, sign, after = words.rpartition("@")
    dash = _DASH.search(words)
    if not sign and dash and is_platform(analysis, words[dash.end() :]):
        before, sign, after = words[: dash.start()], "@", words[dash.end() :]
    after = _bare(analysis, _ASIDE.sub("", after.strip(_MARKS)))
    if not sign or not after:
        return None
    before = before.strip(" \t,(")
    if not before:
        return _read(analysis, after, span)
    if is_platform(analysis, after):
        return _carried(analysis, before, after, span)
    if _is_channel(analysis, before) and not is_known(analysis, after):
        before, after = after, before
    outlet = known_outlet(analysis, after) or named_outlet(analysis, re.split(r"[\"“«]", after)[0])
    if outlet is None:
        return None
    return outlet, None if _is_speaker(analysis, before, span) else _within(analysis, _name(before), outlet)


def _page(analysis: Analysis, words: str) -> tuple[str, str] | None:
    """Whose page it is, and on which platform: "Ida Lund's YouTube channel", "Facebook page of Ida Lund"."""
    words = words.strip(_MARKS)
    if (of := _cues()["page of"].match(words)) and is_platform(analysis, of["platform"]):
        return of["name"].rpartition(",")[2].strip(_MARKS), of["platform"]
    page = _cues()["page"].search(words)
    name, _, platform = re.sub(r"-$", "", words[: page.start()] if page else words).rpartition(" ")
    platform = platform.strip(_MARKS)
    if not is_platform(analysis, platform) or not (page or name):
        return None
    return _cues()["owner"].sub("", name.rstrip(_MARKS)).strip(_MARKS), platform


def _carried(analysis: Analysis, name: str, platform: str, span: Span) -> Found | None:
    """What stands on a platform: the programme of a channel that is known, else an account."""
    if found := _programme(analysis, name, span):
        return found
    return None if _names_nobody(name) else (account(analysis, _name(name), platform=platform), None)


def _first_of_all(analysis: Analysis, words: str, span: Span) -> Found | None:
    """As in "Harbour Times, citing Ida Lund on Harbour TV"."""
    first = words.partition(",")[0].strip(_MARKS)
    if "," not in words or not is_known(analysis, first) or _is_channel(analysis, first):
        return None
    outlet = known_outlet(analysis, first)
    return (outlet, None) if outlet else None


def _in_another(analysis: Analysis, words: str, span: Span) -> Found | None:
    """As in "Ida Lund in Harbour Times", "interview with a guest on harbour.example", "Ida Lund on Lund's blog"."""
    for preposition in _cues()["in"].finditer(words):
        tail = _ASIDE.sub("", words[preposition.end() :]).strip(_MARKS)
        if is_known(analysis, tail) or is_domain(tail) or (tail[:1].isupper() and _cues()["page"].search(tail)):
            outlet = known_outlet(analysis, tail) or named_outlet(analysis, tail)
            return (outlet, None) if outlet else None
    return None


def _programme(analysis: Analysis, words: str, span: Span) -> Found | None:
    """As in "Evening Talk (Harbour TV)", "Evening Talk, Harbour TV", 'Harbour TV "Evening Talk"'."""
    if match := _WITHIN.match(words):
        pieces = [piece.strip(_MARKS) for piece in match.group("name", "inside") if not _MORE.match(piece)]
    else:
        quoted = _QUOTED.search(words)
        outside = words.replace(quoted[0], ",") if quoted else words
        pieces = [piece for piece in (part.strip(_MARKS) for part in outside.split(",")) if piece]
        pieces += [_name(quoted[0])] if quoted else []
    channels = [piece for piece in pieces if _is_channel(analysis, piece)]
    if len(pieces) != 2 or len(channels) != 1:
        return None
    outlet = known_outlet(analysis, channels[0]) or named_outlet(analysis, channels[0])
    other = next(piece for piece in pieces if piece is not channels[0])
    if outlet is None:
        return None
    return outlet, None if _is_speaker(analysis, other, span) else _within(analysis, other, outlet)


def _within(analysis: Analysis, name: str, outlet: str) -> str | None:
    """Id of a programme of an outlet: the known one of that name, else one of its own; None for the outlet itself."""
    programme = programme_of(analysis, name, outlet) or named_outlet(analysis, name)
    if programme is None or programme == outlet:
        return None
    _call_programme(analysis, programme)
    return programme


def _call_programme(analysis: Analysis, outlet: str) -> None:
    """Let an outlet of which nothing else is known be a programme."""
    node = analysis.entities[outlet]
    if "kind" not in node.properties:
        properties = {**node.properties, "kind": "programme"}
        analysis.entities[outlet] = Node(outlet, "Outlet", node.name, properties=properties)


def _is_channel(analysis: Analysis, name: str) -> bool:
    entry = find_entry(analysis, _cues()["kind"].sub("", name.strip(_MARKS)))
    return entry is not None and entry.kind in _CHANNELS


def _is_speaker(analysis: Analysis, words: str, span: Span) -> bool:
    """Whether words before an "@" are who speaks there, a person or a body, and no programme."""
    if names_another(analysis, words.strip(_MARKS)) or _cues()["speaker"].search(words):
        return True
    length = sum(
        mention.end - mention.start
        for mention in mentions_in(analysis, span[0], span[0] + len(words))
        if analysis.entities[mention.entity].type == "Actor"
    )
    return length > len(words) / 2


def _name(words: str) -> str:
    """The name in quotation marks, where there is one outside brackets: the show, not who presents it."""
    bare = _ASIDE.sub("", words)
    quoted = _QUOTED.search(bare)
    return (quoted["double"] or quoted["single"]) if quoted else (bare.strip(_MARKS) or words.strip(_MARKS))


def _bare(analysis: Analysis, words: str) -> str:
    """A name without what may follow it, where it is known so ("Rossiya-1 TV")."""
    words = words.strip(_MARKS)
    bare = _cues()["after"].sub("", words).strip(_MARKS)
    return bare if not is_known(analysis, words) and is_known(analysis, bare) else words


def _names_nobody(words: str) -> bool:
    return any(cue.search(words) for cue in _unnamed())


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data = load_lexicon("structure")["outlet_lines"]
    pages = "|".join(map(re.escape, data["pages"]))
    return {
        "page": re.compile(rf"[\s-](?:{pages})$", re.IGNORECASE),
        "page of": re.compile(rf"(?P<platform>\w+)[ -](?:{pages}) of (?P<name>.+)", re.IGNORECASE),
        "in": re.compile(rf"\b(?:{'|'.join(data['in'])})\s+", re.IGNORECASE),
        "owner": re.compile(r"(?:['’]s)?[\s,]*(?:\b(?:\w+ed )?(?:on|at|in)(?: (?:his|her|its|their))?)?$"),
        "after": re.compile(rf"\s+(?:{'|'.join(data['after'])})$", re.IGNORECASE),
        "kind": re.compile(rf"(?:{'|'.join(data['kinds'])})\s+", re.IGNORECASE),
        "show": re.compile(rf"\b(?:{'|'.join(data['shows'])})\b", re.IGNORECASE),
        "speaker": re.compile(rf"\b(?:{'|'.join(data['speakers'])})\b", re.IGNORECASE),
    }


@cache
def _unnamed() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue, re.IGNORECASE) for cue in load_lexicon("structure")["outlet_lines"]["unnamed"])
