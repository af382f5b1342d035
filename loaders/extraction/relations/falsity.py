"""How words call a claim false: "is baseless", "is not true", "it is a lie that", "does not hold water"."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, STATEMENT_NOUNS
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.relations.unproven import has_none
from narragraph.ontology.lexicon import load_lexicon, load_words

_DISMISSIVE = load_words("speech", "dismissive")
_FALSE = _DISMISSIVE | load_words("debunk", "false_nouns")
_BASELESS = load_words("deny", "baseless")
_TRUE = load_words("deny", "truth")
_CREDIT = load_words("deny", "credit")
_COPULAS = frozenset(("be", "remain", "seem", "appear", "sound"))
_PLAINLY_FALSE = load_words("debunk", "false_predicates") | load_words("debunk", "false_nouns")
_TAMPERED = load_words("debunk", "tampered")
_MESSAGES = load_words("amplify", "message_nouns") | STATEMENT_NOUNS
_PAPERS = load_words("debunk", "papers")
_GROUNDS = load_words("debunk", "grounds")
_POINTERS = frozenset(("this", "it", "that", "these", "everything"))
_PASSED = frozenset(("JJS", "JJR", "CD", "RB", "DT", "``", "''", "JJ", "CC", "RBR", "RBS"))


def called_false(scene: Scene, clause: Clause) -> int | None:
    """Where the word ends that calls the subject false, a claim: "is baseless", "is not true"."""
    if not clause.subject or clause.subject[0] < 0 or _not_because(scene, clause):
        return None
    subject = clause.subject[0]
    head = scene.cast.head(subject)
    own = scene.cast.phrase(subject)
    tokens = scene.analysis.tokens
    doubted = any(token.lower in _BASELESS for token in tokens[own.first : own.last])
    said = scene.speech_at(own.start) is not None
    message = head not in CLAIM_NOUNS and (head in _MESSAGES or (doubted and not said))
    if said and head in _PAPERS and clause.verb.passive and tokens[clause.verb.head].lower in _TAMPERED:
        return tokens[clause.verb.head].end  # "said the invoices were forged"
    if not doubted and head not in CLAIM_NOUNS and not message and head not in _POINTERS:
        return None
    if clause.kind == "complement" and clause.parent is not None and scene.read.clauses[clause.parent].verb.negated:
        return None  # "this does not mean that it is false"
    if head == "it" and (
        any(scene.read.clauses[child].kind in ("infinitive", "complement") for child in clause.children)
        or any(token.lower == "that" for token in tokens[clause.verb.last : clause.verb.last + 7])
    ):
        return None  # "it is unacceptable to …" judges what follows
    if message and clause.verb.passive and tokens[clause.verb.head].lower in _TAMPERED:
        return tokens[clause.verb.head].end
    if clause.verb.lemma not in _COPULAS:
        return _hollow(scene, clause)
    wanted = _DISMISSIVE if said and head in _POINTERS else _FALSE  # "this was deception" tells of a deed
    if clause.verb.negated or any(t.lower == "not" for t in tokens[clause.verb.last : clause.verb.last + 2]):
        wanted = _TRUE if head in _POINTERS else _TRUE | _CREDIT
    elif message:  # remarks may be scandalous and true
        wanted = _PLAINLY_FALSE
    after = tokens[clause.verb.last : clause.verb.last + 3]  # "was without any merit"
    if not clause.verb.negated and after and after[0].lower == "without":
        return next((token.end for token in after[1:] if token.lower in _GROUNDS), None)
    for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 6)]:
        if token.lower in wanted and not (token.lower == "case" and scene.analysis.text.startswith(" of ", token.end)):
            return token.end
        passed = token.tag in _PASSED or token.tag.startswith("VB") or token.lower in ("among", "one", "of")
        if not passed:
            return None
    return None


def _not_because(scene: Scene, clause: Clause) -> bool:
    """Whether a clause gives a reason that is none: "not because it was wrong, but …"."""
    before = [token.lower for token in scene.analysis.tokens[max(clause.first - 2, 0) : clause.verb.first]]
    return any(one == "not" and two == "because" for one, two in pairwise(before))


def _hollow(scene: Scene, clause: Clause) -> int | None:
    """Where the words end that say that nothing bears a claim out: "is not based on facts", "lacks evidence"."""
    negated = clause.verb.negated
    reach = min(clause.last, clause.verb.last + 7)
    for denied, verb, words in _hollow_phrases():
        if clause.verb.lemma != verb or denied != negated:
            continue
        for token in scene.analysis.tokens[clause.verb.last : reach]:
            if token.lower in words:
                return token.end
    if not negated and clause.verb.lemma == "have" and has_none(scene, clause):
        nouns = scene.cast.nouns(clause.objects[0])
        if not _GROUNDS.isdisjoint(nouns) and "legal" not in scene.cast.adjectives(clause.objects[0]):
            return scene.cast.phrase(clause.objects[0]).end
    return None


@cache
def _hollow_phrases() -> tuple[tuple[bool, str, frozenset[str]], ...]:
    """Whether the verb is negated, the verb, and the words of which one follows."""
    entries: dict[str, str] = load_lexicon("debunk")["hollow"]
    return tuple(
        (verb.startswith("not "), verb.removeprefix("not "), frozenset(words.split()))
        for verb, words in entries.items()
    )


def untrue_that(scene: Scene, clause: Clause) -> Span | None:
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
