"""Who shows a claim to be false: fact-checkers by a verb, the document in its own voice by a cue."""

from __future__ import annotations

from collections.abc import Sequence

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.participants import CLAIM_NOUNS
from narragraph.loaders.extraction.relations.denying import called_false, judges, no_evidence
from narragraph.loaders.extraction.relations.frames import Frame, fits, frames_of, slot
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_CHECKERS = load_words("debunk", "checkers")
_SHOWN = CLAIM_NOUNS | load_words("amplify", "message_nouns")
_FINDING = frozenset(("find", "show", "determine", "establish", "conclude", "confirm", "report", "rate", "rule"))
_FALSE = load_words("debunk", "false_predicates")


def debunk_by_verb(scene: Scene, clause: Clause) -> bool:
    """DEBUNKS edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("debunk").get(clause.verb.lemma, ()):
        if not fits(frame, clause, scene.cast, scene.analysis.tokens):
            continue
        if frame.naming and not _false_follows(scene, clause):
            continue
        if not stance_of_clause(scene.analysis, clause).plain and not frame.negated:
            return False
        if _debunked(scene, clause, frame):
            return True
    return False


def _false_follows(scene: Scene, clause: Clause) -> bool:
    tokens = scene.analysis.tokens
    return any(token.lower in _FALSE for token in tokens[clause.verb.first : min(clause.last, clause.verb.last + 12)])


def _debunked(scene: Scene, clause: Clause, frame: Frame) -> bool:
    for name in frame.claim:
        for phrase in slot(clause, name, frame):
            if phrase < 0 or (frame.nouns and scene.cast.head(phrase) not in _SHOWN):
                continue
            subjects = slot(clause, "subject")
            found = [p for subject in subjects if subject >= 0 for p in scene.cast.speakers(subject, clause)]
            checks = any(scene.cast.head(p) in _CHECKERS for p in subjects if p >= 0)
            if frame.checker and not checks and not any(judges(scene, participant) for participant in found):
                continue
            sources = [participant.entity for participant in found]
            if not subjects and clause.verb.passive and frame.verb not in ("expose", "discredit"):
                sources = [document_at(scene.analysis, scene.trigger_of(clause)[0])]
            if not sources:
                continue
            claim = scene.claim_of_phrase(phrase, clause=clause)
            _relate(scene, clause, sources, claim, frame.verb)
            return True
    return False


def debunk_by_cue(scene: Scene, clause: Clause) -> bool:
    """Read the document's own voice: "There is no evidence that …", "the claim is false"."""
    trigger = scene.trigger_of(clause)
    index = scene.speech_at(trigger[0])
    if index is not None:
        return _outlet_found(scene, clause, index)
    if clause.kind in ("condition", "question"):
        return False
    document = document_at(scene.analysis, trigger[0])
    if called_false(scene, clause):
        _relate(scene, clause, [document], scene.claim_of_phrase(clause.subject[0]), "called-false")
        return True
    if clause.verb.lemma in ("be", "exist") and no_evidence(scene, clause):
        for child in clause.children:
            below = scene.read.clauses[child]
            if below.kind == "complement":
                claim = scene.claim_at(scene.span_of_tokens(below.first, below.last))
                _relate(scene, clause, [document], claim, "no-evidence")
                return True
        noun = clause.objects[0]
        span = scene.extent(noun)
        if span[1] > scene.cast.phrase(noun).end:
            claim = scene.claim_at((scene.cast.phrase(noun).end, span[1]))
            _relate(scene, clause, [document], claim, "no-evidence")
            return True
    return False


def _outlet_found(scene: Scene, clause: Clause, index: int) -> bool:
    """A newsroom that finds something false debunks it: "AFP found that the photo had been doctored"."""
    speech = scene.speeches[index]
    outlets = [p.entity for p in speech.speakers if scene.analysis.entities[p.entity].type == "Outlet"]
    if not outlets or speech.clause is None or not stance_of_clause(scene.analysis, clause).plain:
        return False
    if scene.read.clauses[speech.clause].verb.lemma not in _FINDING or not _false_follows(scene, clause):
        return False
    _relate(scene, clause, outlets, scene.claim_of(index), "found")
    return True


def _relate(scene: Scene, clause: Clause, sources: Sequence[str], claim: str, how: str) -> None:
    scene.relate("DEBUNKS", sources, [claim], trigger=scene.trigger_of(clause), rule=f"debunk.{how}")
