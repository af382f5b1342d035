"""Who accuses whom by the name they give to a deed: "X has massed troops in what Y calls a provocation"."""

from __future__ import annotations

from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.participants import Participant
from narragraph.loaders.extraction.relations.doers import BAD_NAMES, BAD_NOUNS, WEAK_NOUNS, doer_of_clause, responsible
from narragraph.loaders.extraction.relations.frames import frames_of
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.loaders.extraction.verbs import SPEECH
from narragraph.ontology.lexicon import load_words

_BAD = (BAD_NOUNS - WEAK_NOUNS) | BAD_NAMES | load_words("hostile", "unlawful")
_REACH = 12  # tokens behind the verb in which the bad name stands
_OTHERWISE = frozenset(("for", "on", "out", "upon"))  # "called for an end to it"
_LINKS = frozenset(("that", "what", "which"))


def accuse_by_description(scene: Scene, clause: Clause) -> bool:
    """ACCUSES edges from who gives a deed a bad name to whose deed it is; whether one was found."""
    naming = any(frame.naming for frame in frames_of("accuse").get(clause.verb.lemma, ()))
    if not naming or clause.link not in _LINKS or clause.parent is None or clause.verb.passive:
        return False
    tokens = scene.analysis.tokens[clause.verb.last : min(clause.last, clause.verb.last + _REACH)]
    if (
        not tokens
        or tokens[0].lower in _OTHERWISE
        or not any(token.lower in _BAD or singular(token.lower) in _BAD for token in tokens)
    ):
        return False
    targets, sources = _whose(scene, clause), sources_of(scene, clause)
    stance = stance_of_clause(scene.analysis, clause)
    if not targets or not sources or stance.negated:
        return False
    scene.relate("ACCUSES", sources, targets, trigger=scene.trigger_of(clause), rule=f"accuse.{clause.verb.lemma}")
    return True


def _whose(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Whose deed is named: the doer of the noun that "which" takes up, else who does what the clause above tells."""
    taken_up = clause.noun if clause.link != "what" else None
    if taken_up is not None and not scene.cast.named(taken_up) and (found := responsible(scene, taken_up)):
        return found
    above = scene.read.clauses[clause.parent or 0]
    return doer_of_clause(scene, above) if above.verb.lemma not in SPEECH else ()
