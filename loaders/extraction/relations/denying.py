"""Who denies what: by a verb of denying, by calling a claim false, or by saying that one did nothing of the kind."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, Participant, home_of, same_side
from narragraph.loaders.extraction.relations.frames import Frame, fits, frames_of, slot
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.relations.unproven import has_none, no_evidence, unproven
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_DISMISSIVE = load_words("speech", "dismissive")
_INVOLVEMENT = load_words("deny", "involvement_nouns")
_SPREADING = load_words("deny", "spreading")
_MESSAGES = load_words("amplify", "message_nouns") | load_words("speech", "nouns")
_REFUSING = frozenset(
    ("deny", "reject", "dismiss", "refute", "rebut", "repudiate", "dispute", "contest", "disavow", "disclaim")
)
_ANYTHING = frozenset(("deny",))
_GRANTED = load_words("deny", "granted")
OWN_WORDS = "own words"  # the claim is what the denier says, not what they deny
_UNSURE = 0.6  # what is denied need not be a claim: "brushed off the move"
_BASELESS = load_words("deny", "baseless")
_HOSTILE = load_words("hostile", "verbs")
_DONE = load_words("deny", "done")
_TRUE = load_words("deny", "truth")
_GUILTY = load_words("hostile", "predicates") | load_words("accuse", "bad_names") | load_words("deny", "implicated")
_COPULAS = frozenset(("be", "remain", "seem", "appear", "sound"))


def deny_by_verb(scene: Scene, clause: Clause) -> bool:
    """DENIES edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("deny").get(clause.verb.lemma, ()):
        if not fits(frame, clause, scene.cast, scene.analysis.tokens):
            continue
        dismissed = _dismissive_follows(scene, clause)
        if frame.naming and not dismissed and not _renamed(scene, clause, frame):
            continue
        sources = sources_of(scene, clause)
        if not sources:
            continue
        if not stance_of_clause(scene.analysis, clause).plain:
            return False
        claim, sure = _denied(scene, clause, frame, sources[0], dismissed=dismissed)
        if claim is None:
            continue
        scene.relate(
            "DENIES", sources, [claim], trigger=scene.trigger_of(clause), rule=f"denial.{frame.verb}",
            confidence=None if sure else _UNSURE,
        )  # fmt: skip
        return True
    return False


def _dismissive_follows(scene: Scene, clause: Clause) -> bool:
    tokens = scene.analysis.tokens
    return any(
        token.lower in _DISMISSIVE or singular(token.lower) in _DISMISSIVE
        for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 22)]
    )


def _renamed(scene: Scene, clause: Clause, frame: Frame) -> bool:
    """Whether a claim is given a name in quotation marks: "described the accusations as “an empty drum”"."""
    claims = [p for name in frame.claim for p in slot(clause, name, frame) if scene.cast.head(p) in CLAIM_NOUNS]
    if not claims:
        return False
    last = max(scene.cast.phrase(phrase).last for phrase in claims)
    return any(token.tag == "``" for token in scene.analysis.tokens[last : min(clause.last + 1, last + 4)])


def _denied(
    scene: Scene, clause: Clause, frame: Frame, source: Participant, *, dismissed: bool
) -> tuple[str | None, bool]:
    """The claim denied, and whether its words say that it is one."""
    for name in frame.claim:
        if name in ("complement", "gerund"):
            for child in clause.children:
                below = scene.read.clauses[child]
                if below.kind == name and (name != "gerund" or below.link == "object"):
                    return scene.claim_at(scene.span_of_tokens(below.first, below.last)), True
            continue
        for phrase in slot(clause, name, frame):
            if phrase < 0:
                continue
            head = scene.cast.head(phrase)
            involved = head in _INVOLVEMENT and frame.verb in _REFUSING
            claim_like = (
                head in CLAIM_NOUNS or involved or scene.is_bare(phrase) or bool(scene.content_of(phrase))
                or (dismissed and head in _MESSAGES)
            )  # fmt: skip
            named = scene.cast.named(phrase)
            if named and not claim_like:
                continue
            if frame.nouns and not claim_like and not dismissed:
                continue
            if head in _GRANTED and not dismissed:
                continue
            if (
                frame.naming
                and not claim_like
                and not scene.cast.phrase(phrase).possessor
                and clause.verb.lemma != "label"
            ):
                continue
            sure = claim_like or dismissed or frame.verb in _ANYTHING
            return scene.claim_of_phrase(phrase, clause=clause, against=source), sure
    return None, False


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
    elif untrue := _untrue_that(scene, clause):
        claim, rule = scene.claim_at(untrue), "denial.called-false"
    elif _of_oneself(scene, clause, speech.speakers) or _none_of_ours(scene, clause, speech.speakers):
        claim, rule, manner = scene.claim_of(index), "denial.oneself", OWN_WORDS
    elif no_evidence(scene, clause):
        claim, rule = unproven(scene, clause), "denial.no-evidence"
        if all(judges(scene, speaker) for speaker in speech.speakers):
            type, rule = "DEBUNKS", "debunk.no-evidence"
    else:
        return False
    if claim is not None:
        scene.relate(type, speech.speakers, [claim], trigger=trigger, rule=rule, manner=manner)
    return True


def judges(scene: Scene, speaker: Participant) -> bool:
    """Whether a speaker looks at a claim from outside: a newsroom, an international body, checkers."""
    node = scene.analysis.entities[speaker.entity]
    return node.type == "Outlet" or node.properties.get("kind") in ("international body", "ngo", "NGO", "international")


def called_false(scene: Scene, clause: Clause) -> int | None:
    """Where the word ends that calls the subject false, a claim: "is baseless", "is not true"."""
    if clause.verb.lemma not in _COPULAS or not clause.subject or clause.subject[0] < 0:
        return None
    subject = clause.subject[0]
    head = scene.cast.head(subject)
    own = scene.cast.phrase(subject)
    tokens = scene.analysis.tokens
    doubted = any(token.lower in _BASELESS for token in tokens[own.first : own.last])
    if head not in CLAIM_NOUNS and not doubted and head not in ("this", "it", "that", "these"):
        return None
    if head == "it" and any(
        scene.read.clauses[child].kind in ("infinitive", "complement") for child in clause.children
    ):
        return None  # "it is unacceptable to …" judges what follows
    wanted = _TRUE if clause.verb.negated else _DISMISSIVE
    for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 5)]:
        if token.lower in wanted:
            return token.end
        if token.tag not in ("RB", "DT", "``", "''", "JJ", "CC", "RBR", "RBS") and not token.tag.startswith("VB"):
            return None
    return None


def _untrue_that(scene: Scene, clause: Clause) -> Span | None:
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


def _of_oneself(scene: Scene, clause: Clause, speakers: tuple[Participant, ...]) -> bool:
    """Whether the speaker says that they, their side, did not, do not, never will."""
    if not clause.subject or clause.subject[0] < 0:
        return False
    phrase = clause.subject[0]
    first = scene.analysis.tokens[scene.cast.phrase(phrase).first].lower
    tokens = scene.analysis.tokens
    after = [token.lower for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 5)]]
    said_no = clause.verb.negated or (
        clause.verb.lemma in ("have", "play", "be", "see", "nurture") and has_none(scene, clause)
    )
    if not said_no and not ("nothing" in after and "do" in after):
        return False
    guilty = clause.verb.lemma == "be" and not _GUILTY.isdisjoint(after)
    if clause.verb.negated and not guilty and clause.verb.lemma not in _DONE and clause.verb.lemma not in _HOSTILE:
        return False
    if first == "we":
        return scene.cast.phrase(phrase).last - scene.cast.phrase(phrase).first == 1 and clause.verb.modal is None
    own = scene.cast.named(phrase)
    if not own and first in ("it", "they", "he", "she") and clause.kind == "complement":
        return True
    return any(_one_side(scene, p.entity, speaker.entity) for p in own for speaker in speakers)


def _none_of_ours(scene: Scene, clause: Clause, speakers: tuple[Participant, ...]) -> bool:
    """Whether speakers say that nothing of their side is there: "there are no X advisers here"."""
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


def deny_by_adjective(scene: Scene, phrase: int, clause: Clause | None = None) -> None:
    """Who speaks of "groundless accusations" denies them in passing; that false stories were spread is no denial.

    ``clause`` is the one of which the phrase is the object.
    """
    if scene.cast.head(phrase) not in CLAIM_NOUNS:
        return
    if clause is not None and clause.verb.lemma in _SPREADING:
        return
    own = scene.cast.phrase(phrase)
    adjective = next((t for t in scene.analysis.tokens[own.first : own.last] if t.lower in _BASELESS), None)
    index = scene.speech_at(own.start)
    if adjective is None or index is None:
        return
    speakers = scene.speeches[index].speakers
    issuers = scene.cast.issuers(phrase)
    if not any(same_side(scene.analysis, p.entity, speaker.entity) for p in issuers for speaker in speakers):
        claim = scene.claim_of_phrase(phrase, against=speakers[0])
        scene.relate(
            "DENIES", speakers, [claim], trigger=(adjective.start, adjective.end), rule="denial.adjective"
        )  # fmt: skip
