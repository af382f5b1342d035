"""Whether others would dispute what somebody says; other words are claims only where a relation needs them."""

from __future__ import annotations

from bisect import bisect_left

from narragraph.loaders.extraction.clauses import singular
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


def contested(scene: Scene, speech: Speech) -> bool:
    """Whether the verb says so, or the words tell of something bad, deny something, or speak of false claims."""
    if speech.stance != "neutral":
        return True
    first = bisect_left(scene.token_starts, speech.start)
    last = bisect_left(scene.token_starts, speech.end)
    return any(
        token.lower in _CONTESTED
        or (token.tag.startswith("VB") and verb_lemma(token.lower) in _HOSTILE)
        or (token.tag.startswith("NN") and singular(token.lower) in _CONTESTED)
        for token in scene.analysis.tokens[first:last]
    )
