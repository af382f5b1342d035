"""Whom "it" means where it speaks: "It said the raid was rash" is said by the body that acted or spoke just before.

Elsewhere "it" is left alone: it means a thing, a whole sentence, or nothing at all far more often than somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from narragraph.loaders.extraction.analysis import Analysis, Sentence
from narragraph.loaders.extraction.clauses import Clause, Clauses
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, Cast, cast_of
from narragraph.loaders.extraction.verbs import REPORTING, SPEECH
from narragraph.ontology.lexicon import load_words

_SPEAKING = (SPEECH | REPORTING) - load_words("speech", "of_things")
_DENYING = frozenset(("deny", "reject", "dismiss", "refute", "dispute"))
_REACH = 2  # sentences that it looks back


def resolve_it(analysis: Analysis) -> None:
    """Give each noun phrase "it" that is the subject of a verb of saying the entity that it stands for."""
    read: Clauses = analysis.layers["clauses"]
    cast = cast_of(analysis)
    for sentence in analysis.sentences:
        for index in read.by_sentence[sentence.index]:
            clause = read.clauses[index]
            if clause.verb.lemma in _SPEAKING and not clause.verb.passive and _is_it(analysis, clause):
                body = next(_bodies(analysis, read, cast, clause, sentence), None)
                if body is not None:
                    phrase = clause.subject[0]
                    analysis.phrases[phrase] = replace(analysis.phrases[phrase], entities=(body,))


def _is_it(analysis: Analysis, clause: Clause) -> bool:
    if not clause.subject or clause.subject[0] < 0:
        return False
    phrase = analysis.phrases[clause.subject[0]]
    return not phrase.entities and analysis.text[phrase.start : phrase.end].lower() == "it"


def _bodies(analysis: Analysis, read: Clauses, cast: Cast, clause: Clause, sentence: Sentence) -> Iterator[str]:
    """Those whom it may mean, likeliest first: subjects above it, before it, and of the sentences before."""
    if clause.kind == "relative" and clause.verb.lemma in _DENYING:
        yield from _accused(analysis, read, cast, clause)
    for other in _before(read, clause, sentence):
        subject = other.subject[0] if other.subject else -1
        if subject < 0 or other.verb.passive or other.quoted != clause.quoted or cast.head(subject) in CLAIM_NOUNS:
            continue  # "the council's charge was a lie, it wrote": not the council
        speakers = cast.speakers(subject, other)
        if len(speakers) == 1 and _is_body(analysis, speakers[0].entity) and not _is_plural(analysis, subject):
            yield speakers[0].entity


def _accused(analysis: Analysis, read: Clauses, cast: Cast, clause: Clause) -> Iterator[str]:
    """Who is accused of what "a charge it denied", "which it denied" takes up: never the one who accuses them."""
    above = read.clauses[clause.parent] if clause.parent is not None else None
    if above is None or above.verb.passive:
        return
    for phrase in reversed([*above.objects, *(other for _, other in above.prepositions)]):
        named = cast.named(phrase)
        if len(named) == 1 and _is_body(analysis, named[0].entity) and not _is_plural(analysis, phrase):
            yield named[0].entity


def _before(read: Clauses, clause: Clause, sentence: Sentence) -> Iterator[Clause]:
    above = clause.parent
    while above is not None:
        if read.clauses[above].verb.lemma in _SPEAKING:
            yield read.clauses[above]
        above = read.clauses[above].parent
    here = [read.clauses[index] for index in read.by_sentence[sentence.index] if index < clause.index]
    yield from (other for other in reversed(here) if other.kind == "main")
    for number in range(sentence.index - 1, max(sentence.index - 1 - _REACH, -1), -1):
        yield from (read.clauses[index] for index in read.by_sentence[number] if read.clauses[index].kind == "main")


def _is_body(analysis: Analysis, entity: str) -> bool:
    """Whether an entity is spoken of as "it": a state, an outlet, a body of people, but nobody alone."""
    node = analysis.entities[entity]
    return node.type in ("Country", "Outlet") or (node.type == "Actor" and node.properties.get("kind") != "person")


def _is_plural(analysis: Analysis, phrase: int) -> bool:
    """Whether a noun phrase would be "they": "officials", "Britain and France"."""
    head = analysis.phrases[phrase].head
    words = analysis.tokens[analysis.phrases[phrase].first : analysis.phrases[phrase].last]
    return any(word.tag == "NNS" and word.end == head[1] for word in words)
