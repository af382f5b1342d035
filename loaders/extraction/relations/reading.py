"""Relations read from clauses: accusing, denying, amplifying, debunking, and the claims of those who speak."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from narragraph.graph.model import Edge
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.edges import drop_claims, family_confidence
from narragraph.loaders.extraction.relations.accusing import accuse_by_noun, accuse_by_verb
from narragraph.loaders.extraction.relations.alleging import allege_by_clause, allege_by_place
from narragraph.loaders.extraction.relations.amplifying import amplify_by_verb
from narragraph.loaders.extraction.relations.contested import contested
from narragraph.loaders.extraction.relations.contradicting import deny_in_speech
from narragraph.loaders.extraction.relations.debunking import (
    debunk_by_adjective,
    debunk_by_adverb,
    debunk_by_contrast,
    debunk_by_cue,
    debunk_by_turn,
    debunk_by_verb,
)
from narragraph.loaders.extraction.relations.denying import deny_by_adjective, deny_by_noun, deny_by_verb
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.speeches import SECOND_HAND


def find_relations(analysis: Analysis) -> None:
    """Add ACCUSES, DENIES, AMPLIFIES and DEBUNKS edges, with the claims they need."""
    scene = Scene(analysis)
    spoken: dict[int, list[int]] = defaultdict(list)
    for index, speech in enumerate(scene.speeches):
        spoken[speech.sentence].append(index)
    phrase_at = 0
    for sentence in analysis.sentences:
        if analysis.blocks and analysis.blocks[sentence.block].kind == "metadata":
            continue  # the title and the summary of a page say again what its text says
        clauses = [scene.read.clauses[index] for index in scene.read.by_sentence[sentence.index]]
        for index in spoken.get(sentence.index, ()):
            if scene.speeches[index].rule != SECOND_HAND:
                scene.claim_of(index)
        clause_of = {
            phrase: clause for clause in reversed(clauses)
            for phrase in (*(other for _, other in clause.prepositions), *clause.objects)
        }  # fmt: skip
        for clause in clauses:
            _read_clause(scene, clause)
        while phrase_at < len(analysis.phrases) and analysis.phrases[phrase_at].start < sentence.end:
            if analysis.phrases[phrase_at].start >= sentence.start:
                allege_by_place(scene, phrase_at)
                accuse_by_noun(scene, phrase_at, clause_of.get(phrase_at))
                deny_by_adjective(scene, phrase_at, clause_of.get(phrase_at))
                deny_by_noun(scene, phrase_at, clause_of.get(phrase_at))
                debunk_by_adjective(scene, phrase_at)
                debunk_by_contrast(scene, phrase_at)
            phrase_at += 1
    _weigh_statements(scene)


def _weigh_statements(scene: Scene) -> None:
    """Words that nobody is accused with, denies, spreads or debunks are statements, a rule family of its own.

    What others would hardly dispute is no claim at all.
    """
    analysis = scene.analysis
    rested_on = {edge.properties.get("claim") for edge in analysis.edges}
    rested_on |= {edge.target for edge in analysis.edges if edge.type in ("DENIES", "AMPLIFIES", "DEBUNKS")}
    disputable = {ident for index, ident in scene.claim_of_speech.items() if contested(scene, scene.speeches[index])}
    undisputed = set(scene.claim_of_speech.values()) - disputable - rested_on
    kept: list[Edge] = []
    for edge in analysis.edges:
        rule = str(edge.properties.get("rule", ""))
        if edge.type == "ATTRIBUTED_TO" and rule.startswith("speech.") and edge.source not in rested_on:
            if edge.source in undisputed:
                if analysis.recorder:
                    place: Any = edge.properties
                    trigger = (place["trigger_start"], place["trigger_end"])
                    analysis.recorder.miss(rule, trigger, "hardly anybody would dispute it, and nothing rests on it")
                continue
            rule = rule.replace("speech.", "statement.")
            edge = replace(edge, confidence=family_confidence(rule), properties={**edge.properties, "rule": rule})
        kept.append(edge)
    analysis.edges[:] = kept
    drop_claims(analysis, undisputed - {end for edge in kept for end in (edge.source, edge.target)})


def _read_clause(scene: Scene, clause: Clause) -> None:
    _ = debunk_by_adverb(scene, clause) or debunk_by_turn(scene, clause)
    if debunk_by_verb(scene, clause) or deny_by_verb(scene, clause):
        return
    if accuse_by_verb(scene, clause):
        amplify_by_verb(scene, clause)
        return
    if amplify_by_verb(scene, clause):
        allege_by_clause(scene, clause)  # who says that others spread lies accuses them
        return
    if deny_in_speech(scene, clause) or debunk_by_cue(scene, clause):
        return
    allege_by_clause(scene, clause)
