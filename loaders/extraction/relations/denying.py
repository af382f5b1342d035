"""Who denies what by a verb of denying, or in passing by an adjective ("these baseless accusations")."""

from __future__ import annotations

from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, Participant, same_side
from narragraph.loaders.extraction.relations.frames import Frame, frames_of, lacking, slot
from narragraph.loaders.extraction.relations.scene import NO_SOURCE, NOT_PLAIN, UNSAID_BY_ANYBODY, Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_DISMISSIVE = load_words("speech", "dismissive")
_INVOLVEMENT = load_words("deny", "involvement_nouns")
_SPREADING = load_words("deny", "spreading")
_MESSAGES = load_words("amplify", "message_nouns") | load_words("speech", "nouns")
_REFUSING = frozenset(
    ("deny", "reject", "dismiss", "refute", "rebut", "repudiate", "dispute", "contest", "disavow", "disclaim")
)
_DISMISSING = frozenset(("dismiss", "ridicule", "deride", "brush", "laugh", "shrug", "wave", "write", "scorn", "mock"))
_ALONE = frozenset(("deny", "scoff", "demur"))  # without saying what
_SHOWING = load_words("debunk", "showing")
_ANYTHING = frozenset(("deny",))
_DENIALS = load_words("deny", "denial_nouns")
_GENERAL = frozenset(("holocaust", "genocide", "climate", "election", "plausible", "science", "self", "vaccine"))
_GRANTED = load_words("deny", "granted")
_UNSURE = 0.6  # what is denied need not be a claim: "brushed off the move"
_BASELESS = load_words("deny", "baseless")
_CASES = load_words("deny", "cases")
_HEDGES = frozenset(("alleged", "illegal", "offensive", "purported", "supposed", "so-called"))


def deny_by_verb(scene: Scene, clause: Clause) -> bool:
    """DENIES edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("deny").get(clause.verb.lemma, ()):
        lack = lacking(frame, clause, scene.cast, scene.analysis.tokens)
        if lack is not None:
            scene.nearly("denial", clause, lack, frame)
            continue
        dismissed = _dismissive_follows(scene, clause) or _dismissed_as(clause)
        if frame.naming and not dismissed and not _renamed(scene, clause, frame):
            scene.nearly("denial", clause, "no word that dismisses it follows", frame)
            continue
        sources = sources_of(scene, clause) or _who_holds_against(scene, clause)
        if not sources:
            scene.nearly("denial", clause, NO_SOURCE, frame)
            continue
        stance = stance_of_clause(scene.analysis, clause)
        if stance.hypothetical or (stance.negated and not (clause.verb.negated and frame.verb in _REFUSING)):
            scene.nearly("denial", clause, NOT_PLAIN, frame)
            return False
        claim, sure = _denied(scene, clause, frame, sources[0], dismissed=dismissed)
        if claim is None:
            scene.nearly("denial", clause, "no claim stands where it should", frame)
            continue
        scene.relate(
            "DENIES", sources, [claim], trigger=scene.trigger_of(clause), rule=f"denial.{frame.verb}",
            frame=frame, confidence=None if sure else _UNSURE, stance=stance,
        )  # fmt: skip
        return True
    return _denied_alone(scene, clause)


def _denied_alone(scene: Scene, clause: Clause) -> bool:
    """Whether somebody denies what was told just before, which is not said again: "Greece denies", "Malta scoffed"."""
    if (
        clause.verb.lemma not in _ALONE
        or clause.verb.passive
        or clause.objects
        or clause.prepositions
        or clause.children
    ):
        return False
    sources = sources_of(scene, clause)
    if not sources or not stance_of_clause(scene.analysis, clause).plain:
        return False
    trigger = scene.trigger_of(clause)
    claim = scene.claim_before(trigger[0], against=sources[0], accusing=True)
    if claim is not None:
        scene.relate("DENIES", sources, [claim], trigger=trigger, rule=f"denial.{clause.verb.lemma}")
    return claim is not None


def _who_holds_against(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Who says that evidence speaks against a claim: "satellite tracks contradict that, X said"."""
    index = scene.speech_at(scene.analysis.tokens[clause.verb.head].start)
    if index is None or not clause.subject or clause.verb.passive:
        return ()
    return scene.speeches[index].speakers if scene.cast.head(clause.subject[0]) in _SHOWING else ()


def _dismissed_as(clause: Clause) -> bool:
    """Whether a verb that sets something aside says as what: "dismissed the row as “a Guardian story”"."""
    return clause.verb.lemma in _DISMISSING and any(word == "as" for word, _ in clause.prepositions)


def _dismissive_follows(scene: Scene, clause: Clause) -> bool:
    """Whether a word that dismisses a claim follows; "alleged" within the object is the reporter's word."""
    tokens = scene.analysis.tokens
    own = scene.cast.phrase(clause.objects[0]) if clause.objects else None
    return any(
        token.lower in _DISMISSIVE or singular(token.lower) in _DISMISSIVE
        for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 22)]
        if not (own and own.start <= token.start < own.head[0] and token.lower in _HEDGES)
    )


def _renamed(scene: Scene, clause: Clause, frame: Frame) -> bool:
    """Whether a claim is given a name in quotation marks: "described the accusations as “an empty drum”"."""
    accused = any(scene.is_accused(source) for source in sources_of(scene, clause))  # "X calls it “an old song”"
    claims = [
        p for name in frame.claim for p in slot(clause, name, frame)
        if scene.cast.head(p) in CLAIM_NOUNS or (accused and scene.cast.words(p).lower() in ("it", "this", "that"))
    ]  # fmt: skip
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
            phrase = scene.antecedent(clause, phrase)
            head = scene.cast.head(phrase)
            involved = head in _INVOLVEMENT and frame.verb in _REFUSING
            claim_like = (
                head in CLAIM_NOUNS or involved or bool(scene.content_of(phrase)) or (dismissed and head in _MESSAGES)
                or (scene.is_bare(phrase) and (frame.verb in _REFUSING or not frame.nouns))
            )  # fmt: skip
            named = scene.cast.named(phrase)
            if named and not claim_like:
                if clause.kind == "relative" and clause.link == "which" and frame.verb in _REFUSING:
                    return scene.claim_before(scene.trigger_of(clause)[0], against=source), True  # "…, which X denies"
                continue
            if frame.nouns and not claim_like and not dismissed:
                continue
            if (head in _GRANTED and not dismissed) or head.endswith("self"):
                continue
            if (
                frame.naming
                and not claim_like
                and not (dismissed and head in _CASES)
                and not scene.cast.phrase(phrase).possessor
                and clause.verb.lemma != "label"
            ):
                continue
            sure = claim_like or dismissed or frame.verb in _ANYTHING
            if clause.verb.negated and scene.is_bare(phrase) and head not in CLAIM_NOUNS:
                return None, False  # "we do not reject it" need not speak of a claim
            return scene.claim_of_phrase(phrase, clause=clause, against=source), sure
    return None, False


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
    if adjective is None:
        return
    trigger = (adjective.start, adjective.end)
    if index is None:
        scene.nearly("denial.adjective", trigger, UNSAID_BY_ANYBODY)
        return
    if scene.analysis.tokens[own.first].lower in _BASELESS and not (
        scene.content_of(phrase) or scene.read.posts.get(phrase) or scene.read.of_noun.get(phrase)
    ):
        return  # "false claims" are no certain ones
    speakers = scene.speeches[index].speakers
    issuers = scene.cast.issuers(phrase)
    if not any(same_side(scene.analysis, p.entity, speaker.entity) for p in issuers for speaker in speakers):
        claim = scene.claim_of_phrase(phrase, against=speakers[0])
        scene.relate("DENIES", speakers, [claim], trigger=trigger, rule="denial.adjective")
    else:
        scene.nearly("denial.adjective", trigger, "they are the speaker's own")


def deny_by_noun(scene: Scene, phrase: int, clause: Clause | None = None) -> None:
    """Whose denial a phrase tells of: "the White House denial", "denials from Astana", "Peru's rejection of it".

    ``clause`` is the one of which the phrase is the object: "Peru issued a denial".
    """
    head = scene.cast.head(phrase)
    if head not in _DENIALS or not _GENERAL.isdisjoint(scene.cast.adjectives(phrase)):
        return
    posts = scene.read.posts.get(phrase, ())
    denied = next((other for word, other in posts if word == "of"), None)
    issuers = scene.cast.issuers(phrase, clause)
    own = scene.cast.phrase(phrase)
    if denied is not None:
        about = scene.cast.head(denied) in CLAIM_NOUNS | _INVOLVEMENT
        issuers = tuple(p for p in issuers if p.span[1] <= own.end or p.span[0] > scene.cast.phrase(denied).end)
        claim = scene.claim_of_phrase(denied, against=issuers[0]) if issuers and about else None
    elif content := scene.content_of(phrase):
        claim = scene.claim_at(content)
    else:
        claim = scene.claim_before(own.start, against=issuers[0]) if issuers else None
    if claim is not None and issuers:
        trigger = scene.analysis.phrases[phrase].head
        scene.relate("DENIES", issuers, [claim], trigger=trigger, rule="denial.noun")
