"""Units: a sentence cut into noun phrases, verb groups, prepositions, conjunctions and marks.

A quotation that is a sentence of its own, and a parenthesis, is taken out and read by itself; a quotation leaves one
unit behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from narragraph.loaders.extraction.analysis import NounPhrase, Span, Token
from narragraph.loaders.extraction.verbs import SPEECH, VerbGroup, read_verb_group
from narragraph.ontology.lexicon import load_words

_TIME = load_words("verbs", "time")
_CONDITIONS = frozenset(("if", "unless", "lest"))
_INTERROGATIVE = frozenset(("whether",))
_SUBORDINATORS = frozenset(("because", "although", "though", "while", "whereas")) | _CONDITIONS | _INTERROGATIVE
_ADVERBIAL_PAIRS = frozenset(tuple(pair.split("_")) for pair in load_words("verbs", "adverbial_pairs"))


@dataclass(slots=True)
class Unit:
    """A noun phrase (N), verb group (V), preposition (P), mark or other word; Q is a quotation that is a sentence."""

    kind: str  # N V P THAT WH SUB CC , ; : A Q T ACC
    first: int
    last: int
    word: str = ""
    phrase: int = -1
    verb: VerbGroup | None = None
    inner: int = -1  # region of a quotation


def outermost(phrases: Sequence[NounPhrase]) -> dict[int, int]:
    """First token of each noun phrase that stands in no other → its index."""
    starts: dict[int, int] = {}
    end = -1
    for index in sorted(range(len(phrases)), key=lambda at: (phrases[at].first, -phrases[at].last)):
        phrase = phrases[index]
        if phrase.first >= end and phrase.last > phrase.first:
            starts[phrase.first] = index
            end = phrase.last
    return starts


def read_units(
    tokens: Sequence[Token], phrases: Sequence[NounPhrase], starts: Mapping[int, int], first: int, last: int
) -> list[Unit]:
    """The units of ``tokens[first:last]``; ``starts`` gives the noun phrase that begins at a token."""
    units: list[Unit] = []
    at = first
    while at < last:
        token = tokens[at]
        index = starts.get(at)
        if index is not None:
            phrase = phrases[index]
            end = min(phrase.last, last)
            units.append(Unit(_noun_kind(tokens, phrase, end), at, end, "", index))
            at = end
            continue
        tag, word = token.tag, token.lower
        if word == "including" or (word == "such" and at + 1 < last and tokens[at + 1].lower == "as"):
            end = at + (2 if word == "such" else 1)
            units.append(Unit("P", at, end, "such as"))
            at = end
            continue
        if word == "as" and [token.lower for token in tokens[at + 1 : at + 3]] == ["well", "as"]:
            units.append(Unit("CC", at, at + 3, "and"))
            at += 3
            continue
        if (word, tokens[at + 1].lower if at + 1 < last else "") in _ADVERBIAL_PAIRS:
            units.append(Unit("A", at, at + 2, word))
            at += 2
            continue
        if word == "according" and at + 1 < last and tokens[at + 1].lower == "to":
            units.append(Unit("ACC", at, at + 2, "according to"))
            at += 2
            continue
        if (
            tag.startswith("VB")
            or tag == "MD"
            or (tag == "TO" and _infinitive(tokens, at, last))
            or _leading_negation(tokens, at, last)
        ):
            verb = read_verb_group(tokens, at, last)
            if verb is not None:
                units.append(Unit("V", at, verb.last, verb.lemma, verb=verb))
                at = verb.last
                continue
        counted = word == "than" and at + 1 < last and tokens[at + 1].tag == "CD"  # "more than 3,400 accounts"
        units.append(Unit("A" if counted else _mark_kind(token), at, at + 1, word))
        at += 1
    return units


def _noun_kind(tokens: Sequence[Token], phrase: NounPhrase, end: int) -> str:
    head = tokens[end - 1]
    timely = head.lower in _TIME or (head.tag == "CD" and head.text.isdigit() and len(head.text) == 4)
    return "T" if timely and not phrase.entities else "N"


def _infinitive(tokens: Sequence[Token], at: int, last: int) -> bool:
    for place in range(at + 1, min(at + 4, last)):
        tag = tokens[place].tag
        if tag == "VB" or (tag in ("VBP", "VBN", "VBD") and place == at + 1):
            return True
        if tag not in ("RB", "``", "''"):
            return False
    return False


def _leading_negation(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Whether "not" or "never" opens a verb group ("of not having read", "never to return")."""
    if tokens[at].lower not in ("not", "never", "n't") or at + 1 >= last:
        return False
    following = tokens[at + 1].tag
    return following.startswith("VB") or following == "MD" or (following == "TO" and _infinitive(tokens, at + 1, last))


def _mark_kind(token: Token) -> str:
    tag, word = token.tag, token.lower
    if word == "that" and tag in ("IN", "WDT", "DT"):
        return "WH" if tag == "WDT" else "THAT"
    if tag in ("WDT", "WP", "WP$", "WRB"):
        return "WH"
    if word in _SUBORDINATORS:
        return "SUB"
    if tag in ("IN", "TO", "RP"):
        return "P"
    if tag == "CC":
        return "CC"
    if tag == ",":
        return ","
    if tag == ":":
        return "," if word in ("—", "–", "-", "--") else ":" if word == ":" else ";"
    if tag in ("(", ")") and token.text in "()":
        return tag
    if tag in ("``", "''", "SYM", "(", ")", "."):
        return "_"
    if tag == "PRP" and word.endswith(("self", "selves")):
        return "A"  # "the government itself"
    return "N" if tag in ("PRP", "DT", "EX", "NN", "NNS", "NNP", "NNPS") else "A"


def take_out_quotations(
    units: list[Unit], quotes: list[Span], tokens: Sequence[Token]
) -> tuple[list[Unit], list[list[Unit]]]:
    """The units outside clause-like quotations and parentheses, and those inside each; a quotation leaves one Q."""
    outer: list[Unit] = []
    inner: list[list[Unit]] = []
    at = 0
    opaque = iter(_opaque(units, quotes, tokens))
    place = next(opaque, None)
    while at < len(units):
        if place is not None and at == place[0]:
            inner.append(units[place[0] : place[1]])
            outer.append(Unit("Q", units[place[0]].first, units[place[1] - 1].last, inner=len(inner) - 1))
            at = place[1]
            place = next(opaque, None)
            while place is not None and place[0] < at:
                place = next(opaque, None)
            continue
        unit = units[at]
        if unit.kind == "(":
            close = next((k for k in range(at + 1, min(at + 60, len(units))) if units[k].kind == ")"), None)
            if close is not None:
                if close > at + 2:
                    inner.append(units[at + 1 : close])
                at = close + 1
                continue
        if unit.kind not in ("_", "(", ")"):
            outer.append(unit)
        elif tokens[unit.first].tag == "''" and _speaker_ends(units, at + 1):
            outer.append(Unit(",", unit.first, unit.last))  # no comma: he "was a spy" the minister said
        at += 1
    return outer, [[unit for unit in region if unit.kind not in ("_", "(", ")")] for region in inner]


def _opaque(units: list[Unit], quotes: list[Span], tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Unit ranges of quotations that hold a sentence of their own: a subject and a finite verb, set off by a mark."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in quotes:
        while at < len(units) and tokens[units[at].first].start < start:
            at += 1
        stop = at
        while stop < len(units) and tokens[units[stop].last - 1].end <= end:
            stop += 1
        if stop - at < 2:
            continue
        if found and at < found[-1][1]:
            continue
        before = at - 1
        while before >= 0 and units[before].kind == "_":
            before -= 1
        set_off = (
            before < 0
            or units[before].kind in (",", ":", ";")
            or (units[before].kind == "V" and units[before].word in SPEECH)
        )
        said_that = before >= 0 and units[before].kind == "THAT"
        if not set_off or said_that:
            continue
        content = [unit for unit in units[at:stop] if unit.kind != "_"]
        verbs = [k for k, unit in enumerate(content) if unit.verb and unit.verb.form in ("finite", "participle")]
        if (verbs and any(unit.kind in ("N", "WH", "THAT") for unit in content[: verbs[0]])) or (
            before < 0 and (len(content) > 3 or _speech_follows(units, stop))
        ):
            found.append((at, stop))
    return found


def _speaker_ends(units: list[Unit], at: int) -> bool:
    """Whether a speaker and a verb of saying follow, and no other verb."""
    if at + 1 >= len(units) or units[at].kind != "N":
        return False
    verb = units[at + 1].verb
    return verb is not None and verb.lemma in SPEECH and all(unit.kind != "V" for unit in units[at + 2 :])


def _speech_follows(units: list[Unit], at: int) -> bool:
    """Whether a verb of saying follows a quotation, after one noun at most: "Not a cent," said Ann Berg."""
    following = [unit for unit in units[at : at + 5] if unit.kind not in ("_", ",", "A")]
    verbs = following[:1] if following and following[0].kind == "V" else following[1:2]
    return any(unit.verb is not None and unit.verb.lemma in SPEECH for unit in verbs)


def cut(units: list[Unit]) -> list[list[Unit]]:
    """Parts between semicolons and colons, each read by itself."""
    parts: list[list[Unit]] = [[]]
    for unit in units:
        if unit.kind in (";", ":"):
            parts.append([])
        else:
            parts[-1].append(unit)
    return [part for part in parts if part]
