"""Who shows a claim to be false: fact-checkers by a verb, the document in its own voice by a cue."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, Participant
from narragraph.loaders.extraction.relations.contradicting import OWN_WORDS, judges
from narragraph.loaders.extraction.relations.falsity import called_false
from narragraph.loaders.extraction.relations.frames import Frame, frames_of, lacking, slot
from narragraph.loaders.extraction.relations.scene import NO_CLAIM, NOT_PLAIN, Scene
from narragraph.loaders.extraction.relations.unproven import no_evidence, not_shown, nothing_supports, unproven
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_CHECKERS = load_words("debunk", "checkers")
_SHOWN = CLAIM_NOUNS | load_words("amplify", "message_nouns")
_LIES = load_words("debunk", "lies")
_EVIDENCE = load_words("debunk", "showing")
_MADE = frozenset(("come", "date", "film", "make", "originate", "record", "shoot", "show", "take"))
_PICTURES = load_words("debunk", "pictures") | {"it"}
_TURNS = frozenset(("but", "although", "though", "when", "however", "yet"))
_REALLY = (["actually"], ["in", "fact"], ["in", "reality"], ["turned", "out"], ["really"])
_REACH = 9  # tokens behind "but" in which it says what was so
_FAR = 60  # tokens of a claim before "but"
_FALSELY = load_words("debunk", "falsely")
_CLAIMED = load_words("speech", "assertive") | load_words("speech", "neutral") | load_words("debunk", "claimed")
_FINDING = frozenset(("find", "show", "determine", "establish", "conclude", "confirm", "report", "rate", "rule"))
_FALSE = load_words("debunk", "false_predicates")
_PLAINLY_FALSE = load_words("debunk", "false_adjectives")


def debunk_by_verb(scene: Scene, clause: Clause) -> bool:
    """DEBUNKS edges of the first frame that the clause fills; whether one was found."""
    if clause.verb.lemma == "find" and no_evidence(scene, clause):
        return _found_none(scene, clause)
    for frame in frames_of("debunk").get(clause.verb.lemma, ()):
        lack = lacking(frame, clause, scene.cast, scene.analysis.tokens)
        if lack is None and frame.naming and not _false_follows(scene, clause):
            lack = "no word of falsehood follows"
        if lack is not None:
            scene.nearly("debunk", clause, lack, frame)
            continue
        if not stance_of_clause(scene.analysis, clause).plain and not frame.negated:
            scene.nearly("debunk", clause, NOT_PLAIN, frame)
            return False
        if _debunked(scene, clause, frame):
            return True
        scene.nearly("debunk", clause, "no claim stands where it should, or nobody who checks it", frame)
    return False


def _found_none(scene: Scene, clause: Clause) -> bool:
    """Whether somebody who looks at a claim from outside "found no evidence that …"."""
    sources = [p for phrase in slot(clause, "subject") if phrase >= 0 for p in scene.cast.speakers(phrase, clause)]
    sources = [p for p in sources if judges(scene, p)]
    if not sources or not stance_of_clause(scene.analysis, clause).plain:
        return False
    claim = unproven(scene, clause)
    if claim is not None:
        scene.relate("DEBUNKS", sources, [claim], trigger=scene.trigger_of(clause), rule="debunk.no-evidence")
    return claim is not None


def _false_follows(scene: Scene, clause: Clause) -> bool:
    tokens = scene.analysis.tokens
    return any(token.lower in _FALSE for token in tokens[clause.verb.first : min(clause.last, clause.verb.last + 12)])


def _debunked(scene: Scene, clause: Clause, frame: Frame) -> bool:
    for name in frame.claim:
        for phrase in slot(clause, name, frame):
            if phrase < 0 or (frame.nouns and scene.cast.head(phrase) not in _SHOWN):
                continue
            subjects = slot(clause, "subject")
            found = _who_checks(scene, subjects, clause)
            checks = (
                _shows(scene, subjects)
                or _ourselves(scene, subjects, clause)
                or any(scene.cast.head(p) in _CHECKERS for p in subjects if p >= 0)
            )
            if frame.checker and not checks and not any(judges(scene, participant) for participant in found):
                continue
            sources = [participant.entity for participant in found]
            if not subjects and clause.verb.passive and frame.verb not in ("expose", "discredit"):
                sources = [document_at(scene.analysis, scene.trigger_of(clause)[0])]
            if not sources and (_shows(scene, subjects) or _ourselves(scene, subjects, clause)):
                sources = [document_at(scene.analysis, scene.trigger_of(clause)[0])]
            if not sources:
                continue
            claim = scene.claim_of_phrase(phrase, clause=clause)
            trigger = scene.trigger_of(clause)
            scene.relate("DEBUNKS", sources, [claim], trigger=trigger, rule=f"debunk.{frame.verb}", frame=frame)
            return True
    return False


def _who_checks(scene: Scene, subjects: list[int], clause: Clause) -> list[Participant]:
    """The participants in the subject; of "fact-checkers at X and Y" who are nobody of their own, X and Y."""
    found = [p for subject in subjects if subject >= 0 for p in scene.cast.speakers(subject, clause)]
    if found or not subjects or scene.cast.head(subjects[0]) not in _CHECKERS:
        return found
    return [
        p for word, other in scene.read.posts.get(subjects[0], ())[:1] if word in ("at", "from", "of", "with")
        for p in scene.cast.named(other)
    ]  # fmt: skip


def _ourselves(scene: Scene, subjects: list[int], clause: Clause) -> bool:
    """Whether the text speaks of itself: "we rate this claim false"."""
    return not clause.quoted and any(
        scene.cast.words(phrase).lower() == "we" and scene.speech_at(scene.cast.phrase(phrase).start) is None
        for phrase in subjects
        if phrase >= 0
    )


def _shows(scene: Scene, subjects: list[int]) -> bool:
    """Whether the subject is what a text itself holds against a claim: "satellite images contradict the claim"."""
    return any(
        scene.cast.head(phrase) in _EVIDENCE and scene.speech_at(scene.cast.phrase(phrase).start) is None
        for phrase in subjects
        if phrase >= 0
    )


def debunk_by_cue(scene: Scene, clause: Clause) -> bool:
    """Read the document's own voice: "There is no evidence that …", "the claim is false"."""
    trigger = scene.trigger_of(clause)
    index = scene.speech_at(trigger[0])
    if index is not None:
        return _outlet_found(scene, clause, index, trigger)
    if clause.kind in ("condition", "question"):
        return False
    document = document_at(scene.analysis, trigger[0])
    claim, how = None, ""
    if (falsity := called_false(scene, clause)) and not _sums_up_disproof(scene, clause):
        trigger, how = (trigger[0], falsity), "called-false"
        claim = scene.claim_meant(clause.subject[0])
    elif (clause.verb.lemma in ("be", "exist") and no_evidence(scene, clause)) or nothing_supports(scene, clause):
        how = "no-evidence"
        claim = unproven(scene, clause)
    elif unseen := not_shown(scene, clause):
        how = "not-shown"
        claim = scene.claim_at(unseen)
    elif _really_is(scene, clause) and (told := scene.claim_before(trigger[0])):
        how, claim = "really-is", told
    if claim is not None:
        scene.relate("DEBUNKS", [document], [claim], trigger=trigger, rule=f"debunk.{how}")
    elif how:
        scene.nearly(f"debunk.{how}", trigger, NO_CLAIM)
    return claim is not None


def _really_is(scene: Scene, clause: Clause) -> bool:
    """Whether a clause says where a picture really comes from: "was in fact filmed in Peru"."""
    if clause.verb.lemma not in _MADE or not clause.subject or clause.verb.negated:
        return False
    near = [token.lower for token in scene.analysis.tokens[clause.verb.first : clause.verb.last + 2]]
    really = "actually" in near or "really" in near or ("in" in near and "fact" in near)
    return really and scene.cast.head(clause.subject[0]) in _PICTURES


def _sums_up_disproof(scene: Scene, clause: Clause) -> bool:
    """Whether "this is a recurring narrative" opens a disproof: it speaks of the case, not of the claim before it."""
    block = scene.analysis.blocks[scene.analysis.sentences[clause.sentence].block] if scene.analysis.blocks else None
    return block is not None and block.role == "disproof" and scene.is_bare(clause.subject[0])


def _outlet_found(scene: Scene, clause: Clause, index: int, trigger: Span) -> bool:
    """A newsroom that finds something false debunks it: "AFP found that the photo had been doctored"."""
    speech = scene.speeches[index]
    outlets = [p.entity for p in speech.speakers if scene.analysis.entities[p.entity].type == "Outlet"]
    if not outlets or speech.clause is None or not stance_of_clause(scene.analysis, clause).plain:
        return False
    if scene.read.clauses[speech.clause].verb.lemma not in _FINDING or not _false_follows(scene, clause):
        return False
    before = scene.claim_before(speech.start)
    scene.relate(
        "DEBUNKS", outlets, [before or scene.claim_of(index)], trigger=trigger, rule="debunk.found",
        manner=None if before else OWN_WORDS,
    )  # fmt: skip
    return True


def debunk_by_turn(scene: Scene, clause: Clause) -> bool:
    """In its own voice a text goes on with what was so: "claimed to show a raid, but it actually came from a game"."""
    tokens = scene.analysis.tokens
    if clause.verb.lemma not in _CLAIMED or clause.verb.negated or scene.speech_at(tokens[clause.verb.head].start):
        return False
    below = [child for at in clause.children if (child := scene.read.clauses[at]).kind in ("complement", "infinitive")]
    last = min(scene.analysis.sentences[clause.sentence].last, clause.verb.last + _FAR)
    turn = next((at for at in range(clause.verb.last, last) if tokens[at].lower in _TURNS), None)
    if not below or turn is None or turn < below[0].first:
        return False
    after = [token.lower for token in tokens[turn : turn + _REACH]]
    if not any(after[at : at + len(words)] == words for words in _REALLY for at in range(len(after))):
        return False
    span, trigger = scene.span_of_tokens(below[0].first, turn), (tokens[turn].start, tokens[turn].end)
    document = document_at(scene.analysis, trigger[0])
    scene.relate("DEBUNKS", [document], [scene.claim_at(span)], trigger=trigger, rule="debunk.turn")
    return True


def debunk_by_adverb(scene: Scene, clause: Clause) -> bool:
    """In its own voice a text calls false what others "falsely claim", what a video "wrongly purports to show"."""
    tokens, verb = scene.analysis.tokens, clause.verb
    near = tokens[max(verb.first - 1, 0) : verb.last]
    adverb = next((token for token in near if token.lower in _FALSELY), None)
    if adverb is None or verb.lemma not in _CLAIMED or scene.speech_at(adverb.start) is not None:
        return False
    if not stance_of_clause(scene.analysis, clause).plain:
        return False
    below = [child for at in clause.children if (child := scene.read.clauses[at]).kind in ("complement", "infinitive")]
    if below:
        span = scene.span_of_tokens(below[0].first, max(below[0].last, below[-1].last))
    elif clause.objects and not verb.passive:
        span = scene.extent(clause.objects[0])
    else:
        return False
    trigger = adverb.start, max(adverb.end, tokens[verb.last - 1].end)
    document = document_at(scene.analysis, trigger[0])
    scene.relate("DEBUNKS", [document], [scene.claim_at(span)], trigger=trigger, rule="debunk.adverb")
    return True


def debunk_by_adjective(scene: Scene, phrase: int) -> None:
    """In its own voice a text calls false what it tells of as "the false claim that …" or "the lie that …"."""
    if scene.cast.head(phrase) not in CLAIM_NOUNS:
        return
    own = scene.cast.phrase(phrase)
    words = _LIES if scene.cast.head(phrase) in _LIES else _PLAINLY_FALSE  # "the lie that …", "the false claim that …"
    falsity = next(
        (t for t in scene.analysis.tokens[own.first : own.last] if t.lower in words or singular(t.lower) in words), None
    )
    if falsity is None or scene.speech_at(falsity.start) is not None:
        return
    aside = own.last < len(scene.analysis.tokens) and scene.analysis.tokens[own.last].text == ","
    content = scene.content_of(phrase) or (scene.told_behind(phrase) if aside else None)  # "a false claim, that …, was"
    if content is not None:
        claim = scene.claim_at(content)
        document = document_at(scene.analysis, own.start)
        trigger = (falsity.start, falsity.end)
        scene.relate("DEBUNKS", [document], [claim], trigger=trigger, rule="debunk.adjective")


def debunk_by_contrast(scene: Scene, phrase: int) -> None:
    """In its own voice a text disputes a claim by "contrary to the claims of X, …"."""
    own = scene.cast.phrase(phrase)
    tokens = scene.analysis.tokens
    if phrase and scene.cast.phrase(phrase - 1).first == own.first:
        return  # part of a longer one
    before = [token.lower for token in tokens[max(own.first - 2, 0) : own.first]]
    if (
        before != ["contrary", "to"]
        or scene.cast.head(phrase) not in CLAIM_NOUNS
        or scene.speech_at(own.start) is not None
    ):
        return
    trigger = tokens[own.first - 2].start, tokens[own.first - 1].end
    claim = scene.claim_of_phrase(phrase)
    scene.relate("DEBUNKS", [document_at(scene.analysis, own.start)], [claim], trigger=trigger, rule="debunk.contrast")
