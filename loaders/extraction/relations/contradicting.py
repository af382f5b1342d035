"""Denials told without a verb of denying: "the allegations are baseless", "we never did", "there was no such order"."""

from __future__ import annotations

from bisect import bisect_left

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, Participant, home_of, same_side
from narragraph.loaders.extraction.relations.falsity import called_false, untrue_that
from narragraph.loaders.extraction.relations.scene import NO_CLAIM, Scene
from narragraph.loaders.extraction.relations.unproven import has_none, no_evidence, unproven
from narragraph.loaders.extraction.speeches import Speech
from narragraph.ontology.lexicon import load_words

OWN_WORDS = "own words"  # the claim is what the denier says, not what they deny
_DISMISSIVE = load_words("speech", "dismissive")
_HOSTILE = load_words("hostile", "verbs")
_DONE = load_words("deny", "done")
_GUILTY = load_words("hostile", "predicates") | load_words("accuse", "bad_names") | load_words("deny", "implicated")
_ASKED = frozenset(
    ("ask", "question", "quiz", "press", "challenge", "confront", "respond", "react", "reply", "query", "grill")
)
_ABOUT = frozenset(("about", "with", "on", "over", "to"))
_NO = frozenset(("no", "none", "nothing", "neither", "zero"))
_NOTHING_WRONG = frozenset(
    ("do", "hide", "wrong", "improper", "illegal", "untoward", "illicit", "unlawful", "kind", "sort")
)
_NO_NEWS = load_words("deny", "no_news")
_UNKNOWING = frozenset(
    ("think", "believe", "want", "comment", "respond", "elaborate", "say", "give", "expect", "provide")
)
_STEM = 5  # letters by which words are compared
_COMMON = load_words("deny", "common")
_CHECKERS = load_words("debunk", "checkers")
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
        if all(judges(scene, speaker) and not scene.is_accused(speaker) for speaker in speech.speakers):
            type, rule = "DEBUNKS", "debunk.called-false"
    elif untrue := untrue_that(scene, clause):
        claim, rule = scene.claim_at(untrue), "denial.called-false"
    elif _of_oneself(scene, clause, speech.speakers) or _none_of_ours(scene, clause, speech.speakers):
        claim, rule, manner = scene.claim_of(index), "denial.oneself", OWN_WORDS
    elif no_evidence(scene, clause):
        claim, rule = unproven(scene, clause), "denial.no-evidence"
        if all(judges(scene, speaker) for speaker in speech.speakers):
            type, rule = "DEBUNKS", "debunk.no-evidence"
    elif answered := _answered(scene, clause, speech):
        claim, rule = answered, "contradiction.answer"
    elif echoed := _echoed(scene, clause, speech):
        claim, rule = echoed, "contradiction.echo"
    else:
        return False
    if claim is None:
        scene.nearly(rule, trigger, NO_CLAIM)
    else:
        scene.relate(type, speech.speakers, [claim], trigger=trigger, rule=rule, manner=manner)
    return True


def judges(scene: Scene, speaker: Participant) -> bool:
    """Whether a speaker looks at a claim from outside: a newsroom, an international body, checkers."""
    node = scene.analysis.entities[speaker.entity]
    if node.properties.get("kind") == "collective" and not _CHECKERS.isdisjoint(node.name.lower().split()):
        return True  # "experts", "researchers at X"
    return node.type == "Outlet" or node.properties.get("kind") in ("international body", "ngo", "NGO", "international")


def _of_oneself(scene: Scene, clause: Clause, speakers: tuple[Participant, ...]) -> bool:
    """Whether the speaker says that they, their side, did not, do not, never will."""
    if not clause.subject or clause.subject[0] < 0 or clause.kind == "relative":
        return False
    phrase = clause.subject[0]
    first = scene.analysis.tokens[scene.cast.phrase(phrase).first].lower
    tokens = scene.analysis.tokens
    after = [token.lower for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 5)]]
    said_no = (
        clause.verb.negated
        or "nowhere" in after
        or (clause.verb.lemma in ("have", "play", "be", "see", "nurture") and has_none(scene, clause))
    )
    if not said_no and not ("nothing" in after and not _NOTHING_WRONG.isdisjoint(after)):
        return False
    guilty = clause.verb.lemma == "be" and not _GUILTY.isdisjoint(after)
    accused = clause.verb.modal is None and any(scene.is_accused(speaker) for speaker in speakers)
    if clause.verb.passive and clause.verb.lemma == "know":
        return False  # "it is not known whether"
    known = guilty or clause.verb.lemma in _DONE or clause.verb.lemma in _HOSTILE
    ours = first in ("it", "this", "that") and _ours(scene, clause) and scene.accuses  # "it is not our policy"
    if clause.verb.negated and not (known or accused or ours):
        return False
    if first == "we":
        return scene.cast.phrase(phrase).last - scene.cast.phrase(phrase).first == 1 and clause.verb.modal is None
    if ours:
        return True
    never = any(token.lower == "never" for token in tokens[max(clause.verb.first - 1, 0) : clause.verb.last])
    if never and first in ("his", "her", "its", "our", "my"):
        return True  # "his firm had never written a word of it"
    own = scene.cast.named(phrase)
    if not own and first in ("it", "they", "he", "she") and clause.kind == "complement":
        return True
    return any(_one_side(scene, p.entity, speaker.entity) for p in own for speaker in speakers)


def _ours(scene: Scene, clause: Clause) -> bool:
    return any(scene.cast.words(phrase).lower().startswith(("our ", "my ")) for phrase in clause.objects[:1])


def _none_of_ours(scene: Scene, clause: Clause, speakers: tuple[Participant, ...]) -> bool:
    """Whether speakers say that nothing of their side is there: "there are no X men here", "none of its men were"."""
    if clause.subject and clause.subject[0] >= 0:
        words = scene.cast.words(clause.subject[0]).lower().split()
        if words[:2] == ["none", "of"] and words[2:3] and words[2] in ("its", "our", "his", "her", "their", "my"):
            return True
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


def _answered(scene: Scene, clause: Clause, speech: Speech) -> str | None:
    """The claim that a speaker was asked about, where the answer is no: "Asked about the report, X said it had not"."""
    if speech.clause is None or not (_says_no(scene, clause) or _scorns(scene, clause)):
        return None
    saying = scene.read.clauses[speech.clause]
    for below in (scene.read.clauses[index] for index in scene.read.by_sentence[saying.sentence]):
        of_subject = below.noun is not None and below.noun in saying.subject
        if below.verb.lemma not in _ASKED or not (below.parent == saying.index or of_subject):
            continue
        for word, phrase in below.prepositions:
            if word in _ABOUT and (scene.cast.head(phrase) in CLAIM_NOUNS or scene.is_bare(phrase)):
                return scene.claim_of_phrase(phrase, against=speech.speakers[0])
    return None


def _echoed(scene: Scene, clause: Clause, speech: Speech) -> str | None:
    """The claim of others of which a speaker says that it was not so, in its own words: "there was no such order"."""
    if not _says_no(scene, clause) or clause.verb.modal is not None:
        return None
    told = scene.told_by_others(scene.trigger_of(clause)[0], speech.speakers)
    if told and _no_such(scene, clause):
        return told[0][0]
    here = _content_words(scene, scene.token_starts[clause.first], scene.analysis.tokens[clause.last - 1].end)
    denied = {word[:_STEM] for word in _what_is_not_so(scene, clause)}
    for ident, (start, end) in told:
        shared = here & _content_words(scene, start, end)
        if len(shared) > 2 or (shared & denied and len(shared) > clause.verb.negated):
            return ident
    return None


def _says_no(scene: Scene, clause: Clause) -> bool:
    """Whether a clause says that something was not so: by its verb, or by "no", "none" and the like before a noun."""
    if clause.verb.lemma in _UNKNOWING:
        return False
    return clause.verb.negated or any(
        scene.analysis.tokens[scene.cast.phrase(phrase).first].lower in _NO and scene.cast.head(phrase) not in _NO_NEWS
        for phrase in (*clause.subject[:1], *clause.objects[:1])
        if phrase >= 0
    )


def _what_is_not_so(scene: Scene, clause: Clause) -> list[str]:
    """The verb that is negated, or the heads of what there is none of: "there was no wedding"."""
    if clause.verb.negated:
        return [scene.analysis.tokens[clause.verb.head].lower]
    phrases = [phrase for phrase in (*clause.subject[:1], *clause.objects[:1]) if phrase >= 0]
    return [scene.cast.head(phrase) for phrase in phrases]


def _no_such(scene: Scene, clause: Clause) -> bool:
    """Whether "no such thing", "nothing of the kind" points back at what was told."""
    return any(
        scene.cast.words(phrase).lower().startswith(("no such", "any such", "nothing of the"))
        for phrase in (*clause.subject[:1], *clause.objects[:1])
        if phrase >= 0
    )


def _scorns(scene: Scene, clause: Clause) -> bool:
    tokens = scene.analysis.tokens[clause.verb.last : clause.last]
    return clause.verb.lemma in _COPULAS and any(token.lower in _DISMISSIVE for token in tokens[:6])


def _content_words(scene: Scene, start: int, end: int) -> set[str]:
    """The nouns, verbs and adjectives between two offsets, cut to their beginnings, but for the commonest."""
    first, last = bisect_left(scene.token_starts, start), bisect_left(scene.token_starts, end)
    return {
        token.lower[:_STEM]
        for token in scene.analysis.tokens[first:last]
        if token.tag[:2] in ("NN", "VB", "JJ") and len(token.lower) > 3 and token.lower not in _COMMON
    }
