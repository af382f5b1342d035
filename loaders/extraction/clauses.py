"""Clauses: subject, verb group, objects, prepositional phrases, and how one clause hangs on another."""

from __future__ import annotations

from dataclasses import dataclass, field

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.verbs import VerbGroup

CALLING = frozenset(("call", "describe", "term", "dub", "label", "brand", "characterise", "characterize"))


@dataclass
class Clause:
    """One verb with what belongs to it.

    Noun phrases are indices into ``Analysis.phrases``, clauses into the list of clauses. ``kind`` is main, complement
    ("that …"), relative, adverbial, condition, infinitive, gerund, participial or question. ``link`` says how it hangs
    on ``parent``: a preposition ("of accusing"), "that", "to", "coordinate", ",", …; ``noun`` is the phrase that
    governs it ("the claim that …", "a report alleging …").
    """

    index: int
    sentence: int
    kind: str
    verb: VerbGroup
    subject: tuple[int, ...] = ()
    objects: list[int] = field(default_factory=list)
    prepositions: list[tuple[str, int]] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    parent: int | None = None
    link: str = ""
    noun: int | None = None
    first: int = 0  # tokens[first:last]
    last: int = 0
    quoted: bool = False  # read inside a quotation
    opening: bool = False  # a participial clause before its main clause

    @property
    def end_of_verb(self) -> int:
        """The token after the verb group."""
        return self.verb.last


@dataclass(frozen=True)
class Clauses:
    """All clauses of a document, and which of them each sentence holds."""

    clauses: list[Clause]
    by_sentence: list[list[int]]
    posts: dict[int, list[tuple[str, int]]]  # noun phrase → (preposition, noun phrase) that follow it
    listed: dict[int, list[int]]  # the first noun phrase of a list → the others, where no phrase holds them all
    quotations: list[
        list[Span]
    ]  # for each sentence the quotations in it that are sentences of their own, as token ranges
    of_noun: dict[int, list[Clause]]  # noun phrase → clauses that hang on it ("the claim that …", "arms supplied by …")
    according: list[list[int]]  # for each sentence the noun phrases after "according to"


def singular(noun: str) -> str:
    """A noun without its plural ending ("allegations" → "allegation", "stories" → "story")."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news")) else noun
