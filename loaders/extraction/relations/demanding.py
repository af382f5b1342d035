"""Who accuses whom by a demand: "X urged Y to stop meddling", "X demanded an end to Y's aggression".

Only where the deed is named as a bad one: who asks another to withdraw troops need not blame anybody.
"""

from __future__ import annotations

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import Participant
from narragraph.loaders.extraction.relations.bad_deeds import Telling, is_bad
from narragraph.loaders.extraction.relations.doers import BAD_NOUNS, WEAK_NOUNS, responsible
from narragraph.loaders.extraction.relations.scene import NO_SOURCE, Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_DEMANDING = load_words("accuse", "demanding")
_CEASING = load_words("accuse", "ceasing")
_WARNING = frozenset(("warn", "caution"))
_ASKING_FOR = frozenset(("demand", "call", "seek", "urge"))
_OUGHT = frozenset(("must", "ought", "should"))
_AS_A_CHARGE = Telling(charged=True)


def accuse_by_demand(scene: Scene, clause: Clause) -> bool:
    """ACCUSES edges from who demands that a bad deed end to who is told to end it; whether one was found."""
    lemma = clause.verb.lemma
    if lemma not in _DEMANDING or clause.verb.passive:
        return False
    targets = _told_to_stop(scene, clause) or (_whose_deed(scene, clause) if lemma in _ASKING_FOR else ())
    sources = sources_of(scene, clause) if targets else ()
    if not sources:
        if targets:
            scene.nearly("accuse.demand", clause, NO_SOURCE)
        return False
    stance = stance_of_clause(scene.analysis, clause)
    scene.relate("ACCUSES", sources, targets, trigger=scene.trigger_of(clause), rule="accuse.demand", stance=stance)
    return True


def taken_for_granted(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Whose bad deed a clause takes for granted by what they ought to do: "X should stop meddling"."""
    if clause.verb.modal not in _OUGHT or not clause.subject or clause.subject[0] < 0 or clause.verb.passive:
        return ()
    phrases = [*clause.objects[:1], *(phrase for _, phrase in clause.prepositions)]
    own = any(
        phrase >= 0 and scene.cast.head(phrase) in BAD_NOUNS - WEAK_NOUNS
        and scene.analysis.tokens[scene.cast.phrase(phrase).first].tag == "PRP$" for phrase in phrases
    )  # fmt: skip
    stops = clause.verb.lemma in _CEASING and not clause.verb.negated and _ends_bad_deed(scene, clause)
    return scene.cast.named(clause.subject[0]) if own or stops else ()


def _told_to_stop(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Who is told to stop it: "urged Y to stop meddling", "demanded that Y halt raids", "warned Y against lying"."""
    told = [*clause.objects[:1], *(phrase for word, phrase in clause.prepositions if word in ("on", "upon"))]
    for below in (scene.read.clauses[child] for child in clause.children):
        stops = below.verb.lemma in _CEASING and not below.verb.negated and _ends_bad_deed(scene, below)
        against = clause.verb.lemma in _WARNING and below.link == "against" and is_bad(scene, below, _AS_A_CHARGE)
        if (below.kind == "infinitive" and stops) or against:
            told += [phrase for word, phrase in clause.prepositions if word == "for"]  # "called for Y to stop"
            return tuple(p for phrase in told[:1] if phrase >= 0 for p in scene.cast.named(phrase))
        if below.kind == "complement" and stops and below.subject and below.subject[0] >= 0:
            return scene.cast.named(below.subject[0])
    return ()


def _ends_bad_deed(scene: Scene, clause: Clause) -> bool:
    """Whether what shall end is a bad deed: "stop shelling towns", "end its aggression"."""
    gerunds = (scene.read.clauses[child] for child in clause.children)
    return any(scene.cast.head(phrase) in BAD_NOUNS - WEAK_NOUNS for phrase in clause.objects[:1]) or any(
        below.kind == "gerund" and is_bad(scene, below, _AS_A_CHARGE) for below in gerunds
    )


def _whose_deed(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Whose bad deed shall end: "demanded an end to Y's raids", "called for an end to the occupation by Y"."""
    asked = [*clause.objects[:1], *(phrase for word, phrase in clause.prepositions if word == "for")]
    for end in asked:
        if end < 0 or scene.cast.head(end) not in _CEASING:
            continue
        behind = [other for word, other in scene.read.posts.get(end, ()) if word in ("to", "of")]
        behind += [phrase for word, phrase in clause.prepositions if word in ("to", "of")]
        if behind and scene.cast.head(behind[0]) in BAD_NOUNS - WEAK_NOUNS:
            return responsible(scene, behind[0])
    return ()
