"""Relations read from clauses: accusing, denying, amplifying, debunking, and the claims of those who speak."""

from __future__ import annotations

from narragraph.loaders.extraction.accusing import accuse_by_noun, accuse_by_predicate, accuse_by_verb
from narragraph.loaders.extraction.amplifying import amplify_by_verb
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.claims import Scene
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.debunking import debunk_by_cue, debunk_by_verb
from narragraph.loaders.extraction.denying import deny_by_verb, deny_in_speech


def find_relations(analysis: Analysis) -> None:
    """Add ACCUSES, DENIES, AMPLIFIES and DEBUNKS edges, with the claims they need."""
    scene = Scene(analysis)
    phrase_at = 0
    for sentence in analysis.sentences:
        clauses = [scene.read.clauses[index] for index in scene.read.by_sentence[sentence.index]]
        for index, speech in enumerate(scene.speeches):
            if speech.sentence == sentence.index and speech.stance != "neutral":
                scene.claim_of(index)
        for clause in clauses:
            _read_clause(scene, clause)
        while phrase_at < len(analysis.phrases) and analysis.phrases[phrase_at].start < sentence.end:
            if analysis.phrases[phrase_at].start >= sentence.start:
                accuse_by_noun(scene, phrase_at, _clause_of(phrase_at, clauses), (sentence.start, sentence.end))
            phrase_at += 1


def _read_clause(scene: Scene, clause: Clause) -> None:
    if deny_by_verb(scene, clause) or debunk_by_verb(scene, clause):
        return
    accused = accuse_by_verb(scene, clause)
    if amplify_by_verb(scene, clause) or accused:
        return
    if deny_in_speech(scene, clause) or debunk_by_cue(scene, clause):
        return
    accuse_by_predicate(scene, clause)


def _clause_of(phrase: int, clauses: list[Clause]) -> Clause | None:
    """The clause in which a noun phrase is an object."""
    return next((clause for clause in clauses if phrase in clause.objects), None)
