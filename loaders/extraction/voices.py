"""Voices: what a summary says is said by those who spread it, although no verb of saying tells so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from narragraph.loaders.extraction.analysis import Analysis, Sentence
from narragraph.loaders.extraction.clauses import Clause, Clauses
from narragraph.loaders.extraction.outlets import mentions_in
from narragraph.loaders.extraction.participants import Participant, cast_of
from narragraph.loaders.extraction.sections import Section, listed_claims, sections_of, sentences_of
from narragraph.loaders.extraction.speeches import SECOND_HAND, Speech, nest, speech_layer

_TELLING = frozenset(("accuse", "blame", "disclose", "charge"))
_STATING = frozenset(
    ("allege", "announce", "argue", "assert", "claim", "declare", "insist", "report", "say", "state", "testify")
)
_ONESELF = frozenset(("i", "we", "one", "this", "that", "which"))  # in a summary the spreader, or what it tells of


def find_voices(analysis: Analysis) -> None:
    """Add to the speeches what sections of disproof give to those who spread it: title, summary, listed examples.

    Runs after the speeches of single sentences, which then stand inside: what a summary quotes is at second hand.
    """
    voiced: list[Speech] = []
    quoting = {speech.sentence for speech in speech_layer(analysis)}
    for section in sections_of(analysis):
        if section.spreader is not None:
            voiced.extend(_summary(analysis, section, section.spreader, quoting))
            voiced.extend(_examples(analysis, section, section.spreader))
    if voiced:
        speeches = [replace(speech, parent=None) for speech in speech_layer(analysis)]
        analysis.layers["speeches"] = nest(sorted([*voiced, *speeches], key=lambda speech: (speech.start, -speech.end)))


def asks(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence is a question."""
    return analysis.text[sentence.start : sentence.end].rstrip('"”’ ').endswith("?")


def _summary(analysis: Analysis, section: Section, spreader: Participant, quoting: set[int]) -> Iterator[Speech]:
    """Titles and leading sentences are surely the spreader's claims, the others often; what they quote is not."""
    last_block = None
    for sentence in sentences_of(analysis, section.stated):
        if _states_something(analysis, sentence):
            leads = sentence.block != last_block
            stance = "neutral" if sentence.index in quoting else "assertive"  # of neutral speech no claim is made
            rule = "ascribed.lead" if leads else "voiced.summary"
            if sentence.index in quoting or _accuses(analysis, sentence, spreader):
                rule = SECOND_HAND
            span = (sentence.start, sentence.end)
            yield Speech((spreader,), span, *span, rule, "ascribed", sentence.index, stance)
        last_block = sentence.block


def _accuses(analysis: Analysis, sentence: Sentence, spreader: Participant) -> bool:
    """Whether a main verb of a sentence tells what others say of somebody: "Norway blames Sweden for the fire"."""
    read: Clauses = analysis.layers["clauses"]
    cast = cast_of(analysis)
    return any(
        _tells_of_another(analysis, read, clause)
        and all(teller.entity != spreader.entity for teller in cast.speakers(clause.subject[0], clause))
        for clause in (read.clauses[index] for index in read.by_sentence[sentence.index])
    )


def _tells_of_another(analysis: Analysis, read: Clauses, clause: Clause) -> bool:
    """Whether a clause says what somebody accuses others of or states, whether or not it names them."""
    if not clause.subject or clause.subject[0] < 0:
        return False
    subject = analysis.tokens[analysis.phrases[clause.subject[0]].first]
    if clause.verb.passive:
        return (
            clause.kind == "main" and clause.verb.lemma in _STATING and any(w == "by" for w, _ in clause.prepositions)
        )
    if subject.lower in _ONESELF:
        return False
    stating = any(read.clauses[child].kind == "complement" for child in clause.children)
    return (clause.kind == "main" and clause.verb.lemma in _TELLING) or (clause.verb.lemma in _STATING and stating)


def _examples(analysis: Analysis, section: Section, spreader: Participant) -> Iterator[Speech]:
    """What "such as claims that X, that Y, or that Z" lists is said by those who spread such stories."""
    for block in section.examples:
        for span in listed_claims(analysis.text, block):
            standing = (sentence.index for sentence in sentences_of(analysis, [block]) if span[0] < sentence.end)
            if (index := next(standing, None)) is not None:
                yield Speech((spreader,), span, *span, "ascribed.example", "ascribed", index, "assertive")


def _states_something(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence of a summary is a proposition about somebody: no question, no scrap."""
    return (
        not asks(analysis, sentence)
        and sentence.last - sentence.first >= 3
        and bool(mentions_in(analysis, sentence.start, sentence.end))
    )
