"""Who does what a clause says: its subject, or the speaker where the subject is "we" or "I" in quoted words."""

from __future__ import annotations

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import Participant
from narragraph.loaders.extraction.relations.frames import slot
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.ontology.lexicon import load_words

_CONTROLLING = load_words("verbs", "not_yet") | frozenset(("force", "get", "cause", "lead", "tell", "help", "leave"))
_MEANS = load_words("hostile", "means")
_FIRST_PERSON = frozenset(("we", "i"))
_THIRD_PERSON = frozenset(("it", "they"))
_THAT = len("that ")


def acting(scene: Scene, clause: Clause) -> list[int]:
    """The noun phrases that act in a clause: of "uses X to harm Y", whoever uses X."""
    if clause.kind == "infinitive" and clause.parent is not None:
        above = scene.read.clauses[clause.parent]
        if above.verb.lemma in _MEANS and not above.verb.passive and above.subject:
            return list(above.subject[:1])
    return slot(clause, "subject")


def sources_of(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """The participants in the subject of a clause, as the active voice would have it."""
    found: list[Participant] = []
    for phrase in acting(scene, clause):
        if phrase >= 0:
            found.extend(scene.cast.speakers(phrase, clause) or _speaking(scene, phrase))
    if not found and clause.kind == "infinitive" and clause.parent is not None:
        above = scene.read.clauses[clause.parent]  # "staged the attack to blame it on X": who staged it blames
        if not above.verb.passive and above.verb.lemma not in _CONTROLLING:
            found.extend(p for phrase in above.subject[:1] for p in scene.cast.named(phrase))
    return tuple(found)


def _speaking(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Who says "we" or "I" in a quotation, and whom "it" means right behind "said"."""
    own = scene.cast.phrase(phrase)
    index = scene.speech_at(own.start)
    if own.last - own.first > 1 or index is None:
        return ()
    word, speech = scene.analysis.tokens[own.first].lower, scene.speeches[index]
    opens = word in _THIRD_PERSON and speech.manner == "paraphrased" and own.start - speech.start <= _THAT
    return speech.speakers if opens or (word in _FIRST_PERSON and speech.manner == "quoted") else ()
