"""Verb frames: which slots of a clause hold who accuses, denies, amplifies or debunks, and what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from narragraph.errors import OntologyError
from narragraph.loaders.extraction.analysis import Token
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import Cast
from narragraph.ontology.lexicon import load_lexicon


@dataclass(frozen=True)
class Frame:
    """One way of using a verb.

    ``target`` and ``claim`` name slots of its clause: object, subject, complement, gerund or a preposition.
    """

    verb: str
    target: str | None
    claim: tuple[str, ...]
    particle: str | None = None
    object: frozenset[str] = frozenset()
    following: tuple[tuple[str, ...], ...] = ()
    naming: bool = False
    nouns: str = ""  # what heads the object: "" anything, "true" a claim or message, "claim", "strong" a falsehood
    negated: bool = False
    checker: bool = False
    foreign: bool = False  # the message must be somebody else's
    mutual: bool = False  # those who do it do it to each other
    deed: bool = False  # the object must be a bad deed; the target is its doer
    assets: bool = False  # the object must be accounts, sites or the like; the target is whose they are
    deed_in: str | None = None  # a preposition that must lead to a bad deed or a fake thing

    def told(self) -> dict[str, Any]:
        """What the frame asks for, without what it leaves open."""
        asked = {name: getattr(self, name) for name in ("verb", "particle", "target", "claim", "object", "following")}
        asked["object"], asked["following"] = sorted(self.object), [" ".join(words) for words in self.following]
        return {name: value for name, value in asked.items() if value}


_CHANGING = frozenset(("out", "off", "away", "back", "up", "down"))  # "carry out" is not "carry"
_KEYS = ({entry.name for entry in fields(Frame)} - {"following"}) | {"with", "example"}


@cache
def frames_of(lexicon: str) -> dict[str, tuple[Frame, ...]]:
    """The frames of ``lexicon/<name>.yaml`` by verb, those that ask for more words first."""
    by_verb: dict[str, list[Frame]] = {}
    for entry in load_lexicon(lexicon)["frames"]:
        frame = _frame(lexicon, entry)
        by_verb.setdefault(frame.verb, []).append(frame)
    return {
        verb: tuple(sorted(frames, key=lambda f: not (f.particle or f.object or f.following or f.naming or f.deed_in)))
        for verb, frames in by_verb.items()
    }


def _frame(lexicon: str, entry: dict[str, Any]) -> Frame:
    unknown = entry.keys() - _KEYS
    if unknown or "verb" not in entry:
        raise OntologyError(f"lexicon/{lexicon}.yaml: a frame needs a verb and knows no {sorted(unknown)}: {entry}")
    nouns = entry.get("nouns", False)
    return Frame(
        entry["verb"], entry.get("target"), tuple(entry.get("claim", ())), entry.get("particle"),
        frozenset(entry.get("object", ())), tuple(tuple(words.split()) for words in entry.get("with", ())),
        bool(entry.get("naming")), nouns if isinstance(nouns, str) else "true" if nouns else "",
        bool(entry.get("negated")), bool(entry.get("checker")), bool(entry.get("foreign")),
        bool(entry.get("mutual")), bool(entry.get("deed")), bool(entry.get("assets")), entry.get("deed_in"),
    )  # fmt: skip


def slot(clause: Clause, name: str, frame: Frame | None = None) -> list[int]:
    """The noun phrases in a slot of a clause, as the active voice would have them."""
    passive = clause.verb.passive
    if name == "subject":
        return [phrase for word, phrase in clause.prepositions if word == "by"] if passive else list(clause.subject[:1])
    if name == "object":
        if passive:
            return list(clause.subject[:1])
        if clause.objects:
            return clause.objects[:1]
        particle = frame.particle if frame else None
        return [phrase for word, phrase in clause.prepositions if word == particle][:1]
    return [phrase for word, phrase in clause.prepositions if word == name][:1]


# which words a frame lacks
_NO_PARTICLE = "its particle does not follow"
_OTHER_VERB = "a particle follows that makes it another verb"
_NOT_NEGATED = "the verb is not negated"
_NO_WORD = "none of the words follows that it asks for"
_NO_NOUN = "none of the nouns is the object that it asks for"
LACKING = frozenset((_NO_PARTICLE, _OTHER_VERB, _NOT_NEGATED, _NO_WORD, _NO_NOUN))


def lacking(frame: Frame, clause: Clause, cast: Cast, tokens: Sequence[Token]) -> str | None:
    """Which words that a frame asks for do not stand in a clause; None where all do. Its roles are not looked at."""
    after = tokens[clause.verb.last : min(clause.last, clause.verb.last + 25)]
    if frame.particle is not None and frame.particle not in [token.lower for token in after[:5]]:
        return _NO_PARTICLE
    if frame.particle is None and not frame.following and after and after[0].lower in _CHANGING:
        return _OTHER_VERB
    if frame.negated and not (clause.verb.negated or any(token.lower == "no" for token in after[:3])):
        return _NOT_NEGATED
    if frame.following and not any(_stands(words, after) for words in frame.following):
        return _NO_WORD
    if frame.object:
        heads = slot(clause, "object")
        near = clause.objects[:2] if not clause.verb.passive else heads
        if not any(cast.head_word(phrase) in frame.object for phrase in near):
            return _NO_NOUN
    return None


def _stands(words: tuple[str, ...], tokens: Sequence[Token]) -> bool:
    first = words[0]
    for at, token in enumerate(tokens):
        if token.lower == first and all(
            at + k < len(tokens) and tokens[at + k].lower == word for k, word in enumerate(words)
        ):
            return True
    return False
