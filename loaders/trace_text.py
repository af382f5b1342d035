"""A trace as text for people: what ``extraction.trace`` holds, a sentence at a time, with colours for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_COLOURS = {"fired": "32", "nearly": "33", "dim": "2", "bold": "1"}
_WIDTH = 10  # of the words in the margin


def trace_lines(reading: Mapping[str, Any]) -> Iterator[str]:
    """The lines that tell a reading; ANSI colours are in them, for a stream that is no terminal to drop."""
    yield _paint(str(reading["name"]), "bold") + _paint(f"  {reading['document']}", "dim")
    if "note" in reading:
        yield str(reading["note"])
    for sentence in reading["sentences"]:
        yield ""
        yield from _sentence(sentence)
    elsewhere = reading["elsewhere"]
    if elsewhere["edges"] or elsewhere["nearly"]:
        yield ""
        yield _paint("on no sentence", "bold")
        yield from _rules(elsewhere)


def _sentence(sentence: Mapping[str, Any]) -> Iterator[str]:
    place = f"characters {sentence['start']}–{sentence['end']}"
    yield _paint(f"{sentence['number']}  {_words(sentence['text'])}", "bold")
    yield _paint(f"{'':<{_WIDTH}}{', '.join([place, *sentence['block']])}", "dim")
    yield from _margin("tokens", [" ".join(f"{_words(text)}/{tag}" for text, tag in sentence["tokens"])])
    yield from _margin("names", [f"{_words(m['text'])} → {m['name']} ({m['how']})" for m in sentence["mentions"]])
    yield from _margin("phrases", [_phrase(phrase) for phrase in sentence["phrases"]])
    yield from _margin("clauses", [_clause(clause) for clause in sentence["clauses"]])
    yield from _margin("speakers", [_speech(speech) for speech in sentence["speeches"]])
    yield from _rules(sentence)


def _rules(part: Mapping[str, Any]) -> Iterator[str]:
    fired: list[str] = []
    for edge in part["edges"]:
        stance = [mark for mark in (edge["polarity"], edge["modality"]) if mark not in (None, "affirmed", "asserted")]
        sure = ", ".join([f"confidence {edge['confidence']:g}", *stance])
        fired.append(f"{_paint(str(edge['rule']), 'fired')}  {_edge(edge)}")
        place = f"on “{_words(edge['trigger'])}”" if edge["trigger"] else f"by {edge['basis']}"
        fired.append(f"  {place}, {sure}  {_paint(edge['id'], 'dim')}")
    yield from _margin("fired", fired)
    nearly: list[str] = []
    for miss in (miss for miss in part["nearly"] if miss["stage"] != "words"):
        nearly.append(
            f"{_paint(str(miss['rule']), 'nearly')}  on “{_words(str(miss['trigger']))}”: {miss['condition']}"
        )
        if "edge" in miss:
            nearly.append(f"  {_words(miss['edge'])}")
        if "asks for" in miss:
            asked = "; ".join(f"{name} {_listed(value)}" for name, value in miss["asks for"].items())
            nearly.append(_paint(f"  asks for {asked}", "dim"))
    yield from _margin("nearly", [*nearly, *_other_words(part["nearly"])])


def _other_words(misses: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each trigger whose frames ask for words that do not stand there: the farthest misses."""
    rules: dict[str, list[str]] = {}
    for miss in misses:
        if miss["stage"] == "words":
            rules.setdefault(str(miss["trigger"]), []).append(str(miss["rule"]))
    for trigger, names in rules.items():
        told = ", ".join(dict.fromkeys(names))
        yield _paint(f"{told}  on “{_words(trigger)}”: they ask for other words beside it", "dim")


def _edge(edge: Mapping[str, Any]) -> str:
    claim = f", that {_words(edge['claim'])}" if edge["claim"] else ""
    return f"{edge['source']} {edge['type']} {_words(edge['target'])}{claim}"


def _phrase(phrase: Mapping[str, Any]) -> str:
    told = f"[{_words(phrase['text'])}]"
    if phrase["head"] != phrase["text"]:
        told += f" head {_words(phrase['head'])}"
    if phrase["entities"]:
        told += f" → {', '.join(phrase['entities'])}"
    return told + (f", of {', '.join(phrase['possessor'])}" if phrase["possessor"] else "")


def _clause(clause: Mapping[str, Any]) -> str:
    hangs = f" ({clause['link'] or 'below'}: under “{_words(clause['below'])}”)" if clause["below"] else ""
    parts = [f"{clause['kind']} “{_words(clause['verb'])}”{hangs}"]
    parts += [f"{name} {' + '.join(map(_words, clause[name]))}" for name in ("subject", "objects") if clause[name]]
    parts += [_words(words) for words in clause["prepositions"]]
    return "; ".join([*parts, *clause["marks"]])


def _speech(speech: Mapping[str, Any]) -> str:
    within = f", within the words of {', '.join(speech['within'])}" if speech["within"] else ""
    how = f"{speech['rule']}, {speech['manner']}, {speech['stance']}, by “{_words(speech['cue'])}”{within}"
    return f"{', '.join(speech['speakers'])}: “{_words(speech['words'])}” ({how})"


def _margin(word: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{word:<{_WIDTH}}{line}"
        word = ""


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _words(text: str) -> str:
    """Words on one line, without control characters, which could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"
