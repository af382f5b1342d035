"""Denials told without a verb of denying: "the allegations are baseless", "we never did", "there was no such order"."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, Participant, home_of, same_side
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.relations.unproven import has_none, no_evidence, unproven
from narragraph.ontology.lexicon import load_words

OWN_WORDS = "own words"  # the claim is what the denier says, not what they deny
_DISMISSIVE = load_words("speech", "dismissive")
_BASELESS = load_words("deny", "baseless")
_HOSTILE = load_words("hostile", "verbs")
_DONE = load_words("deny", "done")
_TRUE = load_words("deny", "truth")
_GUILTY = load_words("hostile", "predicates") | load_words("accuse", "bad_names") | load_words("deny", "implicated")
_COPULAS = frozenset(("be", "remain", "seem", "appear", "sound"))


def deny_in_speech(scene: Scene, clause: Clause) -> bool:
    """Read what a speaker denies: "the allegations are baseless", "we never did", "there is no evidence"."""
    index = scene.speech_at(scene.analysis.tokens[clause.verb.head].start)
    if index is None or scene.speeches[index].clause == clause.index:
        return False
    speech = scene.speeches[index]
    if speech.negated or clause.kind in ("condition", "question"):
        return False
    trigger = scene.trigger_of(clause)
    type, manner = "DENIES", None
    if falsity := called_false(scene, clause):
        claim = scene.claim_meant(clause.subject[0], against=speech.speakers[0])
        trigger, rule = (trigger[0], falsity), "denial.called-false"
    elif untrue := _untrue_that(scene, clause):
        claim, rule = scene.claim_at(untrue), "denial.called-false"
    elif _of_oneself(scene, clause, speech.speakers) or _none_of_ours(scene, clause, speech.speakers):
        claim, rule, manner = scene.claim_of(index), "denial.oneself", OWN_WORDS
    elif no_evidence(scene, clause):
        claim, rule = unproven(scene, clause), "denial.no-evidence"
        if all(judges(scene, speaker) for speaker in speech.speakers):
            type, rule = "DEBUNKS", "debunk.no-evidence"
    else:
        return False
    if claim is not None:
        scene.relate(type, speech.speakers, [claim], trigger=trigger, rule=rule, manner=manner)
    return True


def judges(scene: Scene, speaker: Participant) -> bool:
    """Whether a speaker looks at a claim from outside: a newsroom, an international body, checkers."""
    node = scene.analysis.entities[speaker.entity]
    return node.type == "Outlet" or node.properties.get("kind") in ("international body", "ngo", "NGO", "international")


def called_false(scene: Scene, clause: Clause) -> int | None:
    """Where the word ends that calls the subject false, a claim: "is baseless", "is not true"."""
    if clause.verb.lemma not in _COPULAS or not clause.subject or clause.subject[0] < 0:
        return None
    subject = clause.subject[0]
    head = scene.cast.head(subject)
    own = scene.cast.phrase(subject)
    tokens = scene.analysis.tokens
    doubted = any(token.lower in _BASELESS for token in tokens[own.first : own.last])
    if head not in CLAIM_NOUNS and not doubted and head not in ("this", "it", "that", "these"):
        return None
    if head == "it" and any(
        scene.read.clauses[child].kind in ("infinitive", "complement") for child in clause.children
    ):
        return None  # "it is unacceptable to …" judges what follows
    wanted = _TRUE if clause.verb.negated else _DISMISSIVE
    for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 5)]:
        if token.lower in wanted:
            return token.end
        if token.tag not in ("RB", "DT", "``", "''", "JJ", "CC", "RBR", "RBS") and not token.tag.startswith("VB"):
            return None
    return None


def _untrue_that(scene: Scene, clause: Clause) -> Span | None:
    """What "it is untrue that …", "it is not true that …", "it is a lie that …" rejects."""
    if clause.verb.lemma != "be" or not clause.subject or scene.cast.head(max(clause.subject[0], 0)) != "it":
        return None
    content = [scene.read.clauses[child] for child in clause.children]
    content = [below for below in content if below.kind == "complement" and below.link == "that"]
    if not content:
        return None
    wanted = _TRUE if clause.verb.negated else _BASELESS | {"lie", "fabrication", "myth", "incorrect", "inaccurate"}
    between = scene.analysis.tokens[clause.verb.last : content[0].first]
    return (
        scene.span_of_tokens(content[0].first, content[0].last)
        if any(token.lower in wanted for token in between[:6])
        else None
    )


def _of_oneself(scene: Scene, clause: Clause, speakers: tuple[Participant, ...]) -> bool:
    """Whether the speaker says that they, their side, did not, do not, never will."""
    if not clause.subject or clause.subject[0] < 0:
        return False
    phrase = clause.subject[0]
    first = scene.analysis.tokens[scene.cast.phrase(phrase).first].lower
    tokens = scene.analysis.tokens
    after = [token.lower for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 5)]]
    said_no = clause.verb.negated or (
        clause.verb.lemma in ("have", "play", "be", "see", "nurture") and has_none(scene, clause)
    )
    if not said_no and not ("nothing" in after and "do" in after):
        return False
    guilty = clause.verb.lemma == "be" and not _GUILTY.isdisjoint(after)
    if clause.verb.negated and not guilty and clause.verb.lemma not in _DONE and clause.verb.lemma not in _HOSTILE:
        return False
    if first == "we":
        return scene.cast.phrase(phrase).last - scene.cast.phrase(phrase).first == 1 and clause.verb.modal is None
    own = scene.cast.named(phrase)
    if not own and first in ("it", "they", "he", "she") and clause.kind == "complement":
        return True
    return any(_one_side(scene, p.entity, speaker.entity) for p in own for speaker in speakers)


def _none_of_ours(scene: Scene, clause: Clause, speakers: tuple[Participant, ...]) -> bool:
    """Whether speakers say that nothing of their side is there: "there are no X advisers here"."""
    if clause.verb.lemma != "be" or not clause.objects:
        return False
    tokens = scene.analysis.tokens
    before = tokens[max(clause.verb.first - 1, 0)].lower
    own = scene.cast.phrase(clause.objects[0])
    opening = [token.lower for token in tokens[max(own.first - 1, 0) : own.first + 2]]
    if before != "there" or not (clause.verb.negated or "no" in opening or "zero" in opening):
        return False
    named = [*own.entities, *own.possessor, *(m.entity for m in scene.cast.mentions_in(own.start, own.end))]
    return any(_one_side(scene, entity, speaker.entity) for entity in named for speaker in speakers)


def _one_side(scene: Scene, one: str, other: str) -> bool:
    """Whether an entity is the other, its country, or of its country."""
    home = home_of(scene.analysis.entities[other])
    return same_side(scene.analysis, one, other) or (home is not None and home_of(scene.analysis.entities[one]) == home)
