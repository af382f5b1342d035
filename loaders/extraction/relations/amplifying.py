"""Who repeats and spreads what others say."""

from __future__ import annotations

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, STATEMENT_NOUNS, Participant, same_side
from narragraph.loaders.extraction.relations.frames import Frame, frames_of, lacking, slot
from narragraph.loaders.extraction.relations.scene import NO_SOURCE, NOT_PLAIN, Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_MESSAGES = load_words("amplify", "message_nouns") | STATEMENT_NOUNS
_STRONG = load_words("amplify", "strong_nouns")
_REPEATING = load_words("amplify", "repeating")  # of what was said: "it" after them is the last claim
_PRONOUNS = frozenset(("it", "this", "that"))
_FAKE = frozenset(("fake", "false", "falsified", "fabricated", "doctored", "forged", "bogus"))
_CLAIMING = load_words("speech", "assertive") | load_words("amplify", "claiming")


def amplify_by_verb(scene: Scene, clause: Clause) -> bool:
    """AMPLIFIES edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("amplify").get(clause.verb.lemma, ()):
        lack = lacking(frame, clause, scene.cast, scene.analysis.tokens)
        sources = sources_of(scene, clause) if lack is None else ()
        if not sources:
            scene.nearly("amplify", clause, lack or NO_SOURCE, frame)
            continue
        for name in frame.claim:
            for phrase in slot(clause, name, frame):
                if phrase >= 0 and _amplified(scene, clause, frame, phrase, sources):
                    return True
        scene.nearly("amplify", clause, "no message or claim of others stands where it should", frame)
    return False


def _amplified(scene: Scene, clause: Clause, frame: Frame, phrase: int, sources: tuple[Participant, ...]) -> bool:
    head = scene.cast.head(phrase)
    is_claim = head in CLAIM_NOUNS
    is_message = head in _MESSAGES
    actors = scene.cast.named(phrase)
    bare = frame.verb in _REPEATING and scene.cast.words(phrase).lower() in _PRONOUNS
    if frame.nouns == "strong" and head not in _STRONG:
        return False
    if frame.nouns == "claim" and not is_claim:
        return False
    if frame.nouns and not is_claim and not is_message and not bare:
        return False
    if not stance_of_clause(scene.analysis, clause).plain:
        scene.nearly("amplify", clause, NOT_PLAIN, frame)
        return True
    targets: list[Participant | str] = []
    if "each other" in scene.cast.words(phrase).lower():  # "X and Y amplify each other's messages"
        targets.extend(sources)
    else:
        others = actors or scene.cast.issuers(phrase)
        if not others and is_message and not is_claim and scene.points_back(phrase):  # "shared the video"
            others = scene.spoke_before(scene.trigger_of(clause)[0])
        targets.extend(
            p for p in others if not any(same_side(scene.analysis, p.entity, source.entity) for source in sources)
        )
        told = is_claim or bare or _is_false(scene, phrase) or (not actors and not frame.nouns)
        claim = scene.claim_meant(phrase) if not targets and not frame.foreign and told else None
        targets.extend([claim] if claim else [])
    trigger = scene.trigger_of(clause)
    scene.relate("AMPLIFIES", sources, targets, trigger=trigger, rule=f"amplify.{frame.verb}", frame=frame)
    return bool(targets)


def _is_false(scene: Scene, phrase: int) -> bool:
    """Whether a message is called false, or claims something: "a doctored video", "a clip purporting to show …"."""
    if not scene.cast.adjectives(phrase).isdisjoint(_FAKE):
        return True
    hanging = (clause.verb.lemma for clause in scene.read.of_noun.get(phrase, ()))
    return any(lemma in _CLAIMING for lemma in hanging)
