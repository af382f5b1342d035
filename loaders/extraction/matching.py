"""Finding known names: the gazetteer's forms in a text, in one pass, whatever lies between their words.

The text is matched as a row of *units*: words without regard to capitals, diacritics, kinds of apostrophe and line
breaks, hyphened words in their parts ("US-led" is US, -, led). Whether capitals agree is looked at afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from narragraph.loaders.extraction.analysis import Token
from narragraph.loaders.extraction.tokens import tokenize
from narragraph.ontology.gazetteer import Form, Gazetteer, load_gazetteer

_BEGIN, _END = "\x01", "\x02"
_PARTS = re.compile(r"[-‑‐/.]|[^-‑‐/.]+")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_UNSEEN = frozenset(("*", "**", "_", "__", "[", "`"))
_PLAIN_WORDS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")


class Unit(NamedTuple):
    """A word or a part of a hyphened one, with the token it stands in."""

    start: int
    end: int
    text: str  # without diacritics and inner full stops, apostrophes straight
    token: int


@dataclass(frozen=True)
class Match:
    """A form of the gazetteer at ``units[first:last]``, with all entries that share the form, the usual one first."""

    first: int
    last: int
    readings: tuple[Form, ...]

    @property
    def named_from(self) -> int:
        """The first unit without an article, so that "the West" does not hide "West Bank"."""
        return self.first + self.readings[0].text.startswith("the ")


class NameMatcher:
    """Finds every form of a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._forms: list[list[tuple[str, Form]]] = []
        places: dict[str, int] = {}
        for form in gazetteer.forms():
            words = _words_of(form.text)
            key = _encode(words)
            place = places.setdefault(key, len(places))
            if place == len(self._forms):
                self._forms.append([])
            self._forms[place].append((" ".join(words), form))
        self._automaton = AhoCorasick(list(places), matchkind=MatchKind.Standard)

    def find(self, units: Sequence[Unit]) -> Iterator[Match]:
        """Every place of every form, overlapping ones too."""
        text = _encode(unit.text for unit in units)
        begins = {}
        at = 0
        for number, unit in enumerate(units):
            begins[at] = number
            at += len(unit.text.casefold()) + 2
        for place, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            first = begins[start]
            last = begins.get(end, len(units))
            written = " ".join([unit.text for unit in units[first:last]])
            readings = tuple(form for wanted, form in self._forms[place] if _agrees(wanted, written))
            if readings:
                yield Match(first, last, tuple(sorted(readings, key=lambda form: form.ambiguous)))


def load_matcher(gazetteer: Gazetteer | None = None) -> NameMatcher:
    """The matcher of a gazetteer, the built-in one unless told; made once for each."""
    return _matcher_of(gazetteer or load_gazetteer())


@cache
def _matcher_of(gazetteer: Gazetteer) -> NameMatcher:
    return NameMatcher(gazetteer)


def units_of(tokens: Sequence[Token]) -> list[Unit]:
    """The units of a text's tokens; marks of emphasis and addresses leave none."""
    units = []
    for number, token in enumerate(tokens):
        text = token.text
        if text in _UNSEEN or text.startswith(("](", "http://", "https://", "www.")):
            continue
        if text.isalpha() and text.isascii():
            units.append(Unit(token.start, token.end, text, number))
        elif _DOTTED.fullmatch(text):
            units.append(Unit(token.start, token.end, text.replace(".", ""), number))
        elif len(text) < token.end - token.start:  # a word with marks that nobody sees has no parts with places
            units.append(Unit(token.start, token.end, _plain(text), number))
        else:
            units.extend(
                Unit(token.start + part.start(), token.start + part.end(), _plain(part[0]), number)
                for part in _PARTS.finditer(text)
            )
    return units


def _words_of(form: str) -> list[str]:
    if _PLAIN_WORDS.fullmatch(form):
        return form.split(" ")
    spans = tokenize(form, 0, len(form))
    return [unit.text for unit in units_of([Token(start, end, form[start:end], "") for start, end in spans])]


def _encode(words: Iterable[str]) -> str:
    return "".join([f"{_BEGIN}{word.casefold()}{_END}" for word in words])


def _agrees(wanted: str, written: str) -> bool:
    """Whether capitals stand where the form has them; a small letter of the form may be either."""
    return wanted == written or (
        len(wanted) == len(written)
        and all(read == form or (read.lower() == form and form.islower()) for form, read in zip(wanted, written))
    )


def _plain(word: str) -> str:
    word = word.replace("’", "'").replace("‑", "-").replace("‐", "-")
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word
