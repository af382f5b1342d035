"""Who accuses whom: by a verb of accusing, by a noun, or by saying that somebody did something bad."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.attribution import SPEECH, chain_at
from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.participants import BLAMING_NOUNS, CLAIM_NOUNS, Participant, acts_for_state, home_of
from narragraph.loaders.extraction.relations.bad_deeds import (
    BAD_NAMES,
    BAD_NOUNS,
    FAKE,
    VICTIM_NOUNS,
    WEAK_NOUNS,
    bad_agents,
    doers,
    is_bad,
    responsible,
)
from narragraph.loaders.extraction.relations.frames import Frame, frames_of, lacking, slot
from narragraph.loaders.extraction.relations.scene import NO_SOURCE, NO_TARGET, ONE_SIDE, UNSAID_BY_ANYBODY, Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import Stance, stance_of_clause
from narragraph.ontology.lexicon import load_words

_MINDED = frozenset(("assume", "believe", "conclude", "decide", "pretend", "suppose", "think"))
_IMPLICATING = load_words("hostile", "implicating")
_FOES = load_words("hostile", "foes")
_TALE = load_words("hostile", "told_only")
_IMPERSONAL = load_words("hostile", "impersonal")
_AGENTLESS = frozenset(("ascribe", "attribute", "connect", "implicate", "incriminate", "link", "tie", "trace"))
_PROSECUTING = frozenset(("arraign", "arrest", "charge", "convict", "detain", "indict", "prosecute"))
_OWN = frozenset(("its", "their", "our", "my", "his", "her"))
_DEEDS = frozenset(("of", "about", "over"))


def accuse_by_verb(scene: Scene, clause: Clause) -> bool:
    """ACCUSES edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("accuse").get(clause.verb.lemma, ()):
        lack = lacking(frame, clause, scene.cast, scene.analysis.tokens)
        if lack is None and frame.naming and not _bad_name_follows(scene, clause):
            lack = "no bad name follows"
        if lack is None and frame.deed_in and not _bad_thing_in(scene, clause, frame.deed_in):
            lack = "no bad deed stands where it asks for one"
        if lack is not None:
            scene.nearly("accuse", clause, lack, frame)
            continue
        sources = _sources(scene, clause)
        mutual = frame.mutual or _each_other(scene, clause)  # "the two blamed each other"
        targets = sources if mutual else _targets(scene, clause, frame)
        if not targets or not sources:
            scene.nearly("accuse", clause, NO_TARGET if sources else NO_SOURCE, frame)
            continue
        stance = stance_of_clause(scene.analysis, clause)
        scene.accusing.add(clause.index)
        claim = _claim(scene, clause, frame, sources, stance) if stance.plain else None
        scene.relate(
            "ACCUSES",
            sources,
            targets,
            trigger=scene.trigger_of(clause),
            rule=f"accuse.{frame.verb}",
            frame=frame,
            stance=stance,
            claim=claim,
        )
        if stance.plain:
            _blame_accuser(scene, clause, sources, targets)
        return True
    return False


def _blame_accuser(
    scene: Scene, clause: Clause, accusers: Sequence[Participant], accused: Sequence[Participant]
) -> None:
    """Who says that others accuse their side finds fault with it: "Peru blames us for its failures", Chile said."""
    index = scene.speech_at(scene.trigger_of(clause)[0])
    if index is None or scene.speeches[index].negated or scene.speeches[index].rule == "speech.carried":
        return
    if not _stated(scene, clause, scene.speeches[index].start):
        return  # what a quotation goes on with is not surely the speaker's
    speech, entities = scene.speeches[index], scene.analysis.entities
    homes = {home_of(entities[speaker.entity]) for speaker in speech.speakers} - {None}
    own = {speaker.entity for speaker in speech.speakers}
    if not any(p.entity in own or home_of(entities[p.entity]) in homes for p in accused):
        return
    others = _of_another_side(scene, accusers, speech.speakers)
    if others:
        scene.relate(
            "ACCUSES", speech.speakers, others, trigger=scene.trigger_of(clause), rule="hostile-predicate.accused",
            claim=scene.claim_of(index), speakers=chain_at(scene.speeches, speech.parent),
        )  # fmt: skip


def _each_other(scene: Scene, clause: Clause) -> bool:
    words = [token.lower for token in scene.analysis.tokens[clause.verb.last : clause.verb.last + 4]]
    return any(pair in (("each", "other"), ("one", "another")) for pair in pairwise(words))


def _sources(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Who accuses: the subject; who speaks, where data, or nobody, is said to link somebody to something."""
    found = sources_of(scene, clause)
    index = None if found else scene.speech_at(scene.trigger_of(clause)[0])
    if index is None:
        return found
    speakers, lemma = scene.speeches[index].speakers, clause.verb.lemma
    if not clause.verb.passive:
        heads = [scene.cast.head(phrase) for phrase in clause.subject[:1] if phrase >= 0]
        return speakers if lemma in _AGENTLESS and any(head in _IMPERSONAL for head in heads) else ()
    official = all(acts_for_state(scene.analysis.entities[speaker.entity]) for speaker in speakers)
    return speakers if lemma in _AGENTLESS or (lemma in _PROSECUTING and official) else ()


def _targets(scene: Scene, clause: Clause, frame: Frame) -> tuple[Participant, ...]:
    if frame.target == "complement subject":
        for child in clause.children:
            below = scene.read.clauses[child]
            if below.kind == "complement" and below.subject:
                return responsible(scene, below.subject[0])
        return ()
    for phrase in slot(clause, frame.target or "object", frame):
        found = doers(scene, phrase) if frame.deed else responsible(scene, phrase)
        if found:
            return found + _listed_after(scene, clause, phrase)
    return ()


def _listed_after(scene: Scene, clause: Clause, phrase: int) -> tuple[Participant, ...]:
    """Those who go on a list after a preposition: "attributed to Peru, the Republic of Chile (RC), and Bolivia"."""
    if phrase in clause.objects or phrase in clause.subject:
        return ()
    tokens, at = scene.analysis.tokens, scene.cast.phrase(phrase).last
    found: list[Participant] = []
    for other in clause.objects:
        own = scene.cast.phrase(other)
        between = [token for token in tokens[at : own.first] if token.tag not in ("(", ")", "NNP", "DT", "SYM")]
        if own.first < at or not between or any(token.tag not in (",", "CC") for token in between):
            break
        found.extend(scene.cast.named(other))
        at = own.last
    return tuple(found)


def _bad_thing_in(scene: Scene, clause: Clause, preposition: str) -> bool:
    """Whether a preposition of the clause leads to a bad deed or to what is fake: "linked X to fake accounts"."""
    return any(
        scene.cast.head(phrase) in BAD_NOUNS | VICTIM_NOUNS or scene.cast.adjectives(phrase) & FAKE
        for word, phrase in clause.prepositions
        if word == preposition and phrase >= 0
    )


def _bad_name_follows(scene: Scene, clause: Clause) -> bool:
    tokens = scene.analysis.tokens
    return any(
        singular(token.lower) in BAD_NAMES or token.lower in BAD_NAMES
        for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 18)]
    )


def _claim(scene: Scene, clause: Clause, frame: Frame, sources: tuple[Participant, ...], stance: Stance) -> str | None:
    """The claim that an accusation states: "of meddling", "for the blast", "that it had lied"."""
    span: Span | None = None
    states = False  # whether the words are a proposition, not just a noun
    for name in frame.claim:
        for child in clause.children:
            below = scene.read.clauses[child]
            wanted = (
                below.kind == "complement" if name == "complement" else below.kind == "gerund" and below.link == name
            )
            if wanted:
                summed_up = [scene.cast.phrase(p).first for p in below.objects if p >= 0 and scene.takes_up(p)]
                last = max(
                    [
                        below.last,
                        *(scene.read.clauses[k].last for k in below.children if scene.read.clauses[k].link != ","),
                    ]
                )
                states = True
                first = below.verb.first if name != "complement" else below.first
                span = scene.span_of_tokens(first, min([last, *(at for at in summed_up if at > first + 1)]))
                break
        if span is None and name not in ("complement", "gerund"):
            phrases = slot(clause, name, frame)
            if phrases and not scene.is_bare(phrases[0]):
                span = scene.extent(phrases[0])
        if span is not None:
            break
    if span is None or span[1] - span[0] < 4:
        return None
    claim = scene.claim_at(span)
    chain = scene.chain(scene.trigger_of(clause)[0])
    for source in sources if states else ():
        scene.attribute(
            claim, source, span, scene.trigger_of(clause), rule="accusation.claim", manner="paraphrased",
            chain=tuple(speaker for speaker in chain if speaker != source.entity),
        )  # fmt: skip
    return claim


# saying that somebody did something bad


def accuse_by_predicate(scene: Scene, clause: Clause) -> None:
    """Who says that somebody did something bad accuses them: "X said that Y had lied"."""
    index = scene.speech_at(scene.analysis.tokens[clause.verb.head].start)
    if index is None:
        if scene.recorder and bad_agents(scene, clause):
            scene.nearly("hostile-predicate.said", clause, UNSAID_BY_ANYBODY)
        return
    speech = scene.speeches[index]
    if speech.negated or speech.clause == clause.index:
        return
    agents = bad_agents(scene, clause, charged=speech.stance != "neutral")
    if not agents:
        if scene.recorder and is_bad(scene, clause):
            scene.nearly("hostile-predicate.said", clause, "who did it is nobody known")
        return
    stance = stance_of_clause(scene.analysis, clause)
    omitted = clause.verb.negated and not stance.hypothetical  # "did not comply" is a deed
    if not (stance.plain or omitted) or not _stated(scene, clause, speech.start):
        scene.nearly("hostile-predicate.said", clause, "the speaker does not state it as so")
        return
    agents = _of_another_side(scene, agents, speech.speakers)
    if not agents:
        scene.nearly("hostile-predicate.said", clause, ONE_SIDE)
    else:
        scene.relate(
            "ACCUSES", speech.speakers, agents, trigger=scene.trigger_of(clause), rule="hostile-predicate.said",
            claim=scene.claim_of(index), speakers=chain_at(scene.speeches, speech.parent),
        )  # fmt: skip


def _stated(scene: Scene, clause: Clause, start: int) -> bool:
    """Whether what stands above a clause in the same speech is the speaker's own word, stated as so.

    It is not in "we should expect X to lie", in "Y accused X of lying", nor in "Y had decided that X was guilty".
    """
    at = clause
    for _ in range(4):
        if at.parent is None:
            return True
        below, at = at, scene.read.clauses[at.parent]
        if scene.analysis.tokens[at.verb.first].start < start:
            return True
        if below.kind == "complement" and at.subject[:1] and at.subject[0] >= 0:
            if at.verb.lemma in _MINDED and scene.cast.named(at.subject[0]):
                return False
            if at.verb.lemma in SPEECH and scene.cast.head(at.subject[0]) in CLAIM_NOUNS:
                return False  # "a fake story that alleged that …"
        if at.index in scene.accusing or not stance_of_clause(scene.analysis, at).plain:
            return False
    return True


def _of_another_side(
    scene: Scene, accused: Sequence[Participant], speakers: Sequence[Participant]
) -> tuple[Participant, ...]:
    """Those of the accused who are neither the speakers nor, where both act for a state, of the speakers' own."""
    entities = scene.analysis.entities
    own = {speaker.entity for speaker in speakers}
    accused = [
        p for p in accused
        if entities[p.entity].properties.get("kind") != "collective"
        or not _is_own(scene.analysis.text[p.span[0] : p.span[1]].lower().split())
    ]  # fmt: skip
    states = {home_of(entities[entity]) for entity in own if acts_for_state(entities[entity])} - {None}
    return tuple(
        p for p in accused
        if p.entity not in own and not (acts_for_state(entities[p.entity]) and home_of(entities[p.entity]) in states)
    )  # fmt: skip


def _is_own(words: Sequence[str]) -> bool:
    """Whether words mean somebody's own people: "his party", but not "his critics"."""
    return bool(words) and words[0] in _OWN and words[-1] not in _FOES


# nouns


def accuse_by_noun(scene: Scene, phrase: int, clause: Clause | None) -> None:
    """Read nouns of accusing: "accusations by X against Y", "X's allegations of meddling by Y"."""
    head = scene.cast.head(phrase)
    if head not in CLAIM_NOUNS and head not in BLAMING_NOUNS:
        if head in BAD_NOUNS and not (
            clause and any(frame.deed for frame in frames_of("accuse").get(clause.verb.lemma, ()))
        ):
            _bad_deed_told(scene, phrase)  # who discloses a plot accuses, not who tells of it
        return
    posts = scene.read.posts.get(phrase, ())
    targets: tuple[Participant, ...] = ()
    rule = ""
    for word, other in posts:
        if word == "against" or (word == "at" and head in BLAMING_NOUNS):
            targets, rule = scene.cast.named(other), "hostile-noun.against"
        elif word in _DEEDS and not targets and scene.cast.head(other) in BAD_NOUNS:
            targets, rule = responsible(scene, other), "hostile-noun.deed"
        elif word == "to" and head == "attribution":
            targets, rule = scene.cast.named(other), "hostile-noun.against"
    if not targets:
        scene.nearly("hostile-noun", scene.cast.phrase(phrase).head, NO_TARGET)
        return
    issuers = scene.cast.issuers(phrase, clause)
    if not issuers:
        scene.nearly(rule, scene.cast.phrase(phrase).head, NO_SOURCE)
        return
    claim = scene.claim_of_phrase(phrase, clause=clause)
    scene.relate("ACCUSES", issuers, targets, trigger=scene.cast.phrase(phrase).head, rule=rule, claim=claim)


def _bad_deed_told(scene: Scene, phrase: int) -> None:
    """Read a bad deed with its doer in what somebody alleges: "… with the direct involvement of X"."""
    own = scene.cast.phrase(phrase)
    index = scene.speech_at(own.start)
    if index is None or scene.speeches[index].negated:
        return
    head = scene.cast.head(phrase)
    tokens = scene.analysis.tokens[own.first : own.last]
    if any(token.lower in _TALE for token in tokens):
        return
    speech = scene.speeches[index]
    neutral = speech.stance == "neutral" and head not in _IMPLICATING
    posts = scene.read.posts.get(phrase, ())
    agents = [other for word, other in posts if word == "by"] if not (neutral and head in WEAK_NOUNS) else []
    if not agents and not neutral and head not in VICTIM_NOUNS:
        agents = [other for word, other in posts[:1] if word == "of"]
    targets = [participant for agent in agents for participant in scene.cast.named(agent)]
    foreign = _of_another_side(scene, targets, speech.speakers)
    if foreign:
        scene.relate(
            "ACCUSES", speech.speakers, foreign, trigger=own.head, rule="hostile-noun.said",
            claim=scene.claim_of(index), speakers=chain_at(scene.speeches, speech.parent),
        )  # fmt: skip
