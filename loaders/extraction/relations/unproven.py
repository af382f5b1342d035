"""What is said to lack evidence: "there is no evidence that …", "found no proof to support the claims of …"."""

from __future__ import annotations

from bisect import bisect_left

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import CLAIM_NOUNS
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.ontology.lexicon import load_words

_DENIED = load_words("deny", "denied_nouns")
_SUPPORTING = load_words("debunk", "supporting")
_EVIDENCE = load_words("debunk", "no_evidence")
_PICTURES = load_words("debunk", "pictures")
_SHOWING = frozenset(("show", "depict", "portray", "feature"))
_TIES = frozenset(("link", "connection", "tie", "relationship", "relation", "association", "correlation"))
_NONE = frozenset(("no", "zero"))
_OF_CLAIMS = frozenset(("of", "about", "that"))
_OF_EVIDENCE = frozenset(("to", "of", "for", "behind", "in"))


def no_evidence(scene: Scene, clause: Clause) -> bool:
    """Whether a clause says that evidence is missing: "there is no evidence", "found no proof"."""
    if nothing_supports(scene, clause):
        return True
    if clause.verb.lemma not in ("be", "exist", "find", "see", "have"):
        return False
    if _nothing_to(scene, clause) is not None:
        return True
    subject = clause.subject
    there = bool(subject) and subject[0] >= 0 and scene.cast.head(subject[0]) == "there"
    before = scene.analysis.tokens[clause.verb.first - 1].lower if clause.verb.first else ""
    return (there or before == "there" or clause.verb.lemma == "find") and has_none(scene, clause)


def _nothing_to(scene: Scene, clause: Clause) -> Clause | None:
    """What there is nothing to do: "(there is nothing) to suggest that …"."""
    for phrase in clause.objects[:1]:
        if scene.cast.words(phrase).lower() == "nothing":
            for below in scene.read.of_noun.get(phrase, ()):
                if below.kind == "infinitive" and below.verb.lemma in _SUPPORTING:
                    return below
    return None


def nothing_supports(scene: Scene, clause: Clause) -> bool:
    """Whether a clause says that "no credible evidence supports" something."""
    if clause.verb.lemma not in _SUPPORTING or not clause.subject or clause.subject[0] < 0 or not clause.objects:
        return False
    own = scene.cast.phrase(clause.subject[0])
    words = [token.lower for token in scene.analysis.tokens[max(own.first - 1, 0) : own.first + 1]]
    return not _NONE.isdisjoint(words) and scene.cast.head(clause.subject[0]) in _EVIDENCE


def not_shown(scene: Scene, clause: Clause) -> Span | None:
    """What a picture does not show: "the video does not show soldiers"."""
    if not clause.verb.negated or clause.verb.lemma not in _SHOWING or not clause.objects or not clause.subject:
        return None
    subject = clause.subject[0]
    if (
        subject >= 0
        and scene.cast.words(subject).lower() == "no"
        and scene.cast.phrase(subject + 1).last <= clause.verb.first
    ):
        subject += 1  # "No, this video does not show"
    if subject < 0 or not (scene.cast.head(subject) in _PICTURES or _a_picture_before(scene, clause, subject)):
        return None
    first = scene.cast.phrase(clause.objects[0]).first
    return scene.span_of_tokens(first, clause.last) if clause.last > first else None


def _a_picture_before(scene: Scene, clause: Clause, subject: int) -> bool:
    """Whether "it" is the picture that the clause before tells of: "The video is old, and it shows no soldiers"."""
    if scene.cast.words(subject).lower() != "it" or not clause.index:
        return False
    before = scene.read.clauses[clause.index - 1]
    same = before.sentence == clause.sentence and before.subject and before.subject[0] >= 0
    return bool(same) and scene.cast.head(before.subject[0]) in _PICTURES


def has_none(scene: Scene, clause: Clause) -> bool:
    """Whether the object of a clause is "no role", "no evidence", "no plans"."""
    for phrase in clause.objects[:1]:
        own = scene.cast.phrase(phrase)
        words = [token.lower for token in scene.analysis.tokens[own.first - 1 : own.first + 1]]
        if not _NONE.isdisjoint(words) and not _DENIED.isdisjoint({scene.cast.head(phrase), *scene.cast.nouns(phrase)}):
            return True
    return False


def unproven(scene: Scene, clause: Clause) -> str | None:
    """The claim that has no evidence by a clause of which ``no_evidence`` holds; None where its words state none."""
    if not clause.objects:
        return None
    if nothing_supports(scene, clause):
        return _supported(scene, clause)
    noun = clause.objects[0]
    below = [*(scene.read.clauses[child] for child in clause.children), *scene.read.of_noun.get(noun, ())]
    for child in below:
        if child.kind == "complement":
            return scene.claim_at(scene.span_of_tokens(child.first, child.last))
    for child in below:
        if child.verb.lemma in _SUPPORTING and child.kind in ("infinitive", "gerund", "participial", "relative"):
            return _supported(scene, child)
    if (
        clause.verb.lemma == "be" and scene.cast.head(noun) in _TIES and scene.read.posts.get(noun)
    ):  # "no link between X and Y"
        first, last = (bisect_left(scene.token_starts, offset) for offset in scene.extent(noun))
        first += scene.analysis.tokens[first].lower in _NONE
        return scene.claim_at(scene.span_of_tokens(first, last))
    if told := scene.told_behind(noun):
        return scene.claim_at(told)
    for word, other in scene.read.posts.get(noun, ())[:1]:
        between = scene.analysis.tokens[scene.cast.phrase(noun).last : scene.cast.phrase(other).first]
        if word in _OF_EVIDENCE or any(token.lower in _SUPPORTING for token in between):  # "to back the claim"
            return _stated(scene, other)
    return None


def _supported(scene: Scene, clause: Clause) -> str | None:
    for child in clause.children:
        below = scene.read.clauses[child]
        if below.kind == "complement":
            return scene.claim_at(scene.span_of_tokens(below.first, below.last))
    return _stated(scene, clause.objects[0]) if clause.objects else None


def _stated(scene: Scene, phrase: int) -> str | None:
    """The claim that a phrase names, without the noun that calls it one: "(claims of) meddling by X"."""
    if content := scene.content_of(phrase):
        return scene.claim_at(content)
    if scene.cast.head(phrase) in CLAIM_NOUNS:
        for word, other in scene.read.posts.get(phrase, ())[:1]:
            if word in _OF_CLAIMS:
                return scene.claim_at(_with_coordinate(scene, other))
        return scene.claim_before(scene.cast.phrase(phrase).start)
    if scene.is_bare(phrase):
        return scene.claim_before(scene.cast.phrase(phrase).start)
    return scene.claim_at(_with_coordinate(scene, phrase))


def _with_coordinate(scene: Scene, phrase: int) -> Span:
    """A phrase with what hangs on it and one that "or" adds: "US or foreign intervention behind the unrest"."""
    start, end = scene.extent(phrase)
    phrases, tokens = scene.analysis.phrases, scene.analysis.tokens
    if phrase + 1 < len(phrases):
        between = [token.lower for token in tokens[phrases[phrase].last : phrases[phrase + 1].first]]
        if between in (["or"], ["and"]):
            return start, max(end, scene.extent(phrase + 1)[1])
    return start, end
