"""Which words are claims: those that others would dispute or that tell what happened, all in a text that weighs claims.

Other words (wishes, promises, feelings, calls upon somebody) are claims only where a relation needs them.
"""

from __future__ import annotations

from bisect import bisect_left

from narragraph.loaders.extraction.clauses import singular
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.speeches import Speech
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_words

_HOSTILE = load_words("hostile", "verbs")
_CONTESTED = (
    load_words("hostile", "nouns")
    | load_words("hostile", "predicates")
    | load_words("speech", "dismissive")
    | load_words("speech", "claim_nouns")
    | load_words("accuse", "bad_names")
    | frozenset(("not", "never", "n't", "no"))
)
_EXAMINING = frozenset(("case", "fact-check", "report"))  # genres that quote what they weigh


def contested(scene: Scene, speech: Speech) -> bool:
    """Whether the verb says so, or the words tell what happened or something bad, deny, or speak of false claims."""
    if speech.negated:
        return False  # "did not say that …"
    if speech.stance != "neutral" or speech.rule == "speech.according" or _is_examined(scene, speech):
        return True
    first = bisect_left(scene.token_starts, speech.start)
    last = bisect_left(scene.token_starts, speech.end)
    return any(
        token.tag == "VBD"
        or token.lower in _CONTESTED
        or (token.tag.startswith("VB") and verb_lemma(token.lower) in _HOSTILE)
        or (token.tag.startswith("NN") and singular(token.lower) in _CONTESTED)
        for token in scene.analysis.tokens[first:last]
    )


def _is_examined(scene: Scene, speech: Speech) -> bool:
    """Whether the text is one that weighs claims: there a statement is quoted because it matters to one of them."""
    document = scene.analysis.nodes.get(document_at(scene.analysis, speech.start))
    return document is not None and document.properties.get("genre") in _EXAMINING
