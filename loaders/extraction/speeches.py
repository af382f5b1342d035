"""Speeches: words given to those who say them, how they stand in one another, and a way to collect them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import Any

from narragraph.loaders.extraction.analysis import Analysis, NounPhrase, Sentence, Span
from narragraph.loaders.extraction.clauses import Clause, Clauses
from narragraph.loaders.extraction.participants import Cast, Participant, cast_of
from narragraph.ontology.lexicon import load_words

ASSERTIVE = load_words("speech", "assertive")
ACCUSING = load_words("speech", "accusing")
_NESTED = 12  # speeches inside one another
_SHORTEST, _WIDEST = 3, 3000  # characters of what is said in one sentence; more is no sentence
_MANY = 6  # quotations in one sentence
_LONGEST = 30  # sentences of one quotation
SECOND_HAND = "voiced.second-hand"  # what somebody else says in a summary of the spreader's words
NOT_THEIRS = frozenset(("speech.spread", SECOND_HAND))  # who says so passes on the claim of others
_RANKS = {
    "speech.spread": 3,
    "speech.quoted-as": 0,
    "speech.said": 1,
    "speech.trailing": 2,
    "speech.quote": 2,
    "speech.named": 3,
    "speech.noun": 3,
    "speech.according": 4,
    "speech.carried": 5,
}


@dataclass
class Speech:
    """Words given to speakers: ``start`` to ``end`` is what is said, ``cue`` the words that tell who says it."""

    speakers: tuple[Participant, ...]
    cue: Span
    start: int
    end: int
    rule: str
    manner: str  # quoted, paraphrased
    sentence: int  # where the cue stands
    stance: str = "neutral"  # neutral, assertive, accusing
    negated: bool = False
    parent: int | None = None  # index of the speech that this one stands in
    clause: int | None = None  # the clause that says it


def chain_at(speeches: list[Speech], innermost: int | None) -> tuple[str, ...]:
    """The speakers who vouch for what a speech holds, outermost first."""
    chain: list[str] = []
    at = innermost
    while at is not None and len(chain) < 8:
        chain.append(speeches[at].speakers[0].entity)
        at = speeches[at].parent
    return tuple(reversed(chain))


def stance_of(lemma: str) -> str:
    """How a verb of saying stands to what is said: neutral, assertive or accusing."""
    return "accusing" if lemma in ACCUSING else "assertive" if lemma in ASSERTIVE else "neutral"


def nest(speeches: list[Speech]) -> list[Speech]:
    """Set the parent of each speech: the smallest other one that holds its cue or its words."""
    stack: list[int] = []
    for index, speech in enumerate(speeches):
        while stack and speeches[stack[-1]].end < speech.end:
            stack.pop()
        for at in stack[: -_NESTED - 1 : -1]:
            if {p.entity for p in speeches[at].speakers} != {p.entity for p in speech.speakers}:
                speech.parent = at
                break
        stack.append(index)
    return speeches


def speech_layer(analysis: Analysis) -> list[Speech]:
    """The speeches that :func:`find_speech` left."""
    layer: Any = analysis.layers["speeches"]
    speeches: list[Speech] = layer
    return speeches


class SpeechCollector:
    """The speeches of a document found so far; where two ways give the same words to somebody, the better one wins."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.read_clauses: Clauses = analysis.layers["clauses"]
        self.clauses = self.read_clauses.clauses
        self.cast: Cast = cast_of(analysis)
        self.found: list[Speech] = []
        self.quotes = list(analysis.quotes)
        self.unnamed: set[int] = set()  # sentences in which somebody speaks whom the reading cannot tell

    def _add(
        self, speakers: tuple[Participant, ...], clause: Clause, span: Span, rule: str, manner: str, sentence: Sentence,
        stance: str,
    ) -> None:  # fmt: skip
        verb = self.analysis.tokens[clause.verb.head]
        self._append(Speech(
            speakers, (verb.start, verb.end), *span, rule, manner, sentence.index, stance, negated=clause.verb.negated,
            clause=clause.index,
        ))  # fmt: skip

    def _append(self, speech: Speech) -> None:
        """Keep a speech; one that goes over several sentences is one for each of them."""
        if not speech.speakers:
            return
        sentences = self.analysis.sentences
        at = bisect_right(sentences, speech.start, key=_sentence_start) - 1
        for sentence in sentences[max(at, 0) : max(at, 0) + _LONGEST]:
            if sentence.start >= speech.end:
                break
            start, end = max(speech.start, sentence.start), min(speech.end, sentence.end)
            if _SHORTEST <= end - start <= _WIDEST:
                self.found.append(replace(speech, start=start, end=end))

    def _span(self, first: int, last: int) -> Span:
        """The characters of ``tokens[first:last]`` without marks at the end."""
        tokens = self.analysis.tokens
        while last > first + 1 and tokens[last - 1].tag in (",", ".", ":", "''", "CC", ")"):
            last -= 1
        return tokens[first].start, tokens[max(last - 1, first)].end

    def _quotation(self, first: int, last: int) -> Span:
        """The whole quotation that some tokens belong to, also where it goes on in other sentences."""
        tokens = self.analysis.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        for quote in self.quotes_at(start):
            start, end = min(start, quote[0]), max(end, quote[1])
            break
        return start, end

    def phrases_between(self, first: int, last: int) -> range:
        """The noun phrases that begin with one of ``tokens[first:last]``."""
        phrases, tokens = self.analysis.phrases, self.analysis.tokens
        start = bisect_left(phrases, tokens[first].start, key=_phrase_start)
        return range(start, bisect_left(phrases, tokens[last - 1].end, key=_phrase_start))

    def quotes_at(self, offset: int) -> list[Span]:
        """The quotations that hold an offset."""
        return [quote for quote in self.quotes_near(offset) if quote[0] <= offset < quote[1]]

    def quotes_near(self, offset: int) -> list[Span]:
        """The quotations that begin last before an offset."""
        at = bisect_right(self.quotes, (offset, 1 << 62))
        return self.quotes[max(0, at - 4) : at + 1]

    def _quotations_near(self, sentence: Sentence, token: int) -> list[tuple[int, int]]:
        """The quotations in a sentence; of very many the nearest to a token."""
        quotations = self.read_clauses.quotations[sentence.index]
        if len(quotations) <= _MANY:
            return quotations
        at = bisect_right(quotations, (token, token))
        return quotations[max(0, at - 1) : at + 1]

    def _subject_start(self, clause: Clause) -> int:
        if not clause.subject or clause.subject[0] < 0:
            return clause.verb.first
        return min(self.analysis.phrases[clause.subject[0]].first, clause.verb.first)

    def _nearly(self, rule: str, cue: Span, condition: str) -> None:
        if self.analysis.recorder:
            self.analysis.recorder.miss(rule, cue, condition)

    def best(self) -> list[Speech]:
        """One speech for each stretch of words: the best-ranked."""
        chosen: dict[Span, Speech] = {}
        for speech in self.found:
            rival = chosen.get((speech.start, speech.end))
            wins = rival is None or _RANKS[speech.rule] < _RANKS[rival.rule]
            if wins:
                chosen[(speech.start, speech.end)] = speech
            if rival is not None:
                loser = rival if wins else speech
                self._nearly(loser.rule, loser.cue, "another cue gives the same words more surely")
        return sorted(chosen.values(), key=lambda s: (s.start, -s.end))


def _phrase_start(phrase: NounPhrase) -> int:
    return phrase.start


def _sentence_start(sentence: Sentence) -> int:
    return sentence.start
