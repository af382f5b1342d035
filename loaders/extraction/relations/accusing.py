"""Who accuses whom: by a verb of accusing, by a noun, or by saying that somebody did something bad."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.attribution import chain_at
from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.participants import BLAMING_NOUNS, CLAIM_NOUNS, Participant, home_of
from narragraph.loaders.extraction.relations.frames import Frame, frames_of, lacking, slot
from narragraph.loaders.extraction.relations.scene import NO_SOURCE, NO_TARGET, ONE_SIDE, UNSAID_BY_ANYBODY, Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import Stance, stance_of_clause
from narragraph.ontology.lexicon import load_lexicon, load_words

_HOSTILE = load_words("hostile", "verbs")
_PLANS = load_words("hostile", "plans")
_PREDICATES = load_words("hostile", "predicates")
_BAD_NOUNS = load_words("hostile", "nouns")
_VICTIM_NOUNS = load_words("hostile", "victim_nouns")
_BAD_NAMES = load_words("accuse", "bad_names")
_MINDED = frozenset(("assume", "believe", "conclude", "decide", "pretend", "suppose", "think"))
_IMPLICATING = load_words("hostile", "implicating")
_MAKING = load_words("hostile", "making")
_FAKE = load_words("hostile", "fake")
_COPULAS = frozenset(("be", "remain", "become", "stay"))
_AGENTLESS = frozenset(("attribute", "link", "trace", "tie", "ascribe", "connect"))
_OWN = frozenset(("its", "their", "our", "my", "his", "her"))
_FOES = load_words("hostile", "foes")
_WEAK = load_words("hostile", "weak")
_DOING = load_words("hostile", "doing")
_IDIOMS = load_words("hostile", "idioms")
_DEEDS = frozenset(("of", "about", "over"))


@cache
def _with_object() -> dict[str, frozenset[str]]:
    return {verb: frozenset(nouns) for verb, nouns in load_lexicon("hostile")["with_object"].items()}


def accuse_by_verb(scene: Scene, clause: Clause) -> bool:
    """ACCUSES edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("accuse").get(clause.verb.lemma, ()):
        lack = lacking(frame, clause, scene.cast, scene.analysis.tokens)
        if lack is None and frame.naming and not _bad_name_follows(scene, clause):
            lack = "no bad name follows"
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
        return True
    return False


def _each_other(scene: Scene, clause: Clause) -> bool:
    words = [token.lower for token in scene.analysis.tokens[clause.verb.last : clause.verb.last + 4]]
    return any(pair in (("each", "other"), ("one", "another")) for pair in pairwise(words))


def _sources(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    found = sources_of(scene, clause)
    if not found and clause.verb.passive and clause.verb.lemma in _AGENTLESS:
        speech = scene.speech_at(scene.trigger_of(clause)[0])
        if speech is not None:
            return scene.speeches[speech].speakers
    return found


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
            return found
    return ()


def responsible(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Whom blame for a phrase falls on: the entity, the owner of the deed ("Russia's invasion"), its doer ("by X")."""
    cast = scene.cast
    named = cast.named(phrase)
    if named:
        return named
    own = cast.phrase(phrase)
    found = tuple(
        Participant(entity, (own.start, own.end))
        for entity in own.possessor
        if cast.analysis.entities.get(entity) is not None
    )
    victim = cast.head(phrase) in _VICTIM_NOUNS
    if found and not (victim and _of_follows(scene, phrase)):
        return found
    posts = scene.read.posts.get(phrase, ())
    for word, other in posts:
        if word == "by" and cast.named(other):
            return cast.named(other)
    made = cast.makers(phrase)
    if made:
        return tuple(made)
    modifiers = [  # "the Russian attack"; "two Russians and a Swede" are not Russia
        m for m in cast.mentions_in(own.start, own.head[0])
        if cast.analysis.entities[m.entity].type != "Document" and not cast.analysis.text.endswith("ns", m.start, m.end)
    ]  # fmt: skip
    if modifiers:
        return (Participant(modifiers[0].entity, (modifiers[0].start, modifiers[0].end)),)
    if not victim:
        for word, other in posts[:1]:
            if word == "of":
                return responsible_of(scene, other)
    return ()


def doers(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Whom a bad deed is told of: "a campaign by X", "the existence of X's plot", "an operation involving X"."""
    for deed in (phrase, *(other for word, other in scene.read.posts.get(phrase, ())[:2] if word == "of")):
        if scene.cast.head(deed) in _BAD_NOUNS:
            found = responsible(scene, deed)
            if found:
                return found
    return ()


def responsible_of(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """The entity or the owner of a phrase after "of"."""
    named = scene.cast.named(phrase)
    own = scene.cast.phrase(phrase)
    return named or tuple(Participant(entity, (own.start, own.end)) for entity in own.possessor)


def _of_follows(scene: Scene, phrase: int) -> bool:
    return any(word == "of" for word, _ in scene.read.posts.get(phrase, ()))


def _bad_name_follows(scene: Scene, clause: Clause) -> bool:
    tokens = scene.analysis.tokens
    return any(
        singular(token.lower) in _BAD_NAMES or token.lower in _BAD_NAMES
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
        if scene.recorder and _bad_agents(scene, clause):
            scene.nearly("hostile-predicate.said", clause, UNSAID_BY_ANYBODY)
        return
    speech = scene.speeches[index]
    if speech.negated or speech.clause == clause.index:
        return
    agents = _bad_agents(scene, clause)
    if not agents:
        if scene.recorder and _is_bad(scene, clause):
            scene.nearly("hostile-predicate.said", clause, "who did it is nobody known")
        return
    stance = stance_of_clause(scene.analysis, clause)
    if not stance.plain or not _stated(scene, clause, speech.start):
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
        if below.kind == "complement" and at.verb.lemma in _MINDED and any(scene.cast.named(p) for p in at.subject[:1]):
            return False
        if at.index in scene.accusing or not stance_of_clause(scene.analysis, at).plain:
            return False
    return True


def _of_another_side(
    scene: Scene, accused: Sequence[Participant], speakers: Sequence[Participant]
) -> tuple[Participant, ...]:
    """Those of the accused who are neither the speakers nor of their country."""
    entities = scene.analysis.entities
    own = {speaker.entity for speaker in speakers}
    accused = [p for p in accused if not _is_own(scene.analysis.text[p.span[0] : p.span[1]].lower().split())]
    homes = {home_of(entities[entity]) for entity in own} - {None}
    return tuple(p for p in accused if p.entity not in own and home_of(entities[p.entity]) not in homes)


def _is_own(words: Sequence[str]) -> bool:
    """Whether words mean somebody's own people: "his party", but not "his critics"."""
    return bool(words) and words[0] in _OWN and words[-1] not in _FOES


def _bad_agents(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Who did it, where a clause tells of something bad."""
    lemma = clause.verb.lemma
    if not _is_bad(scene, clause):
        return ()
    if clause.verb.passive:
        for word, phrase in clause.prepositions:
            if word == "by":
                return responsible(scene, phrase)
        return ()
    if lemma == "involve":  # "the plot involved X"
        return tuple(p for phrase in clause.objects[:1] for p in scene.cast.named(phrase))
    if clause.subject and clause.subject[0] >= 0:
        found = responsible(scene, clause.subject[0])
        if found:
            return found
    if lemma in _COPULAS:  # "the riots were a design by the US"
        for phrase in clause.objects[:1]:
            if scene.cast.head(phrase) in _BAD_NOUNS:
                for word, other in scene.read.posts.get(phrase, ()):
                    if word in ("by", "of"):
                        return scene.cast.named(other)
    return ()


def _is_bad(scene: Scene, clause: Clause) -> bool:
    lemma = clause.verb.lemma
    if lemma in _COPULAS:
        return _bad_predicate(scene, clause)
    if lemma in _HOSTILE:
        return True
    if lemma == "involve":
        return bool(clause.subject) and clause.subject[0] >= 0 and scene.cast.head(clause.subject[0]) in _BAD_NOUNS
    nouns = _with_object().get(lemma)
    if nouns:
        objects = clause.subject[:1] if clause.verb.passive else clause.objects[:2]
        told = [*objects, *(phrase for word, phrase in clause.prepositions if word in ("in", "to", "out", "with"))]
        if any(scene.cast.nouns(phrase) & nouns for phrase in told if phrase >= 0):
            return True
    if lemma in _DOING and any(scene.cast.head(phrase) in _BAD_NOUNS - _WEAK for phrase in clause.objects[:1]):
        return True
    after = scene.analysis.tokens[clause.verb.last : min(clause.last, clause.verb.last + 5)]
    if any(token.lower in _IDIOMS for token in after):
        return True
    if lemma in _MAKING and any(scene.cast.adjectives(phrase) & _FAKE for phrase in clause.objects[:1]):
        return True
    if lemma in _PLANS:
        for child in clause.children:
            below = scene.read.clauses[child]
            if (
                below.kind in ("infinitive", "gerund")
                and below.index > clause.index
                and below.verb.lemma != lemma
                and _is_bad(scene, below)
            ):
                return True
    return False


def _bad_predicate(scene: Scene, clause: Clause) -> bool:
    """Whether a bad word stands right behind the verb: "is behind", "was responsible for", "is a liar"."""
    tokens = scene.analysis.tokens
    for token in tokens[clause.verb.last : min(clause.last, clause.verb.last + 8)]:
        word = token.lower
        if (
            word in _PREDICATES
            or word in _BAD_NAMES
            or (token.tag == "NNS" and singular(word) in _PREDICATES | _BAD_NAMES)
        ):
            return True
        if token.tag in (",", "WDT", "WP", "TO") or (token.tag == "IN" and word not in ("behind", "of", "in", "for")):
            return False
    objects = clause.objects[:1]
    return (
        bool(objects)
        and scene.cast.head(objects[0]) in _BAD_NOUNS
        and any(word == "by" for word, _ in scene.read.posts.get(objects[0], ()))
    )


# nouns


def accuse_by_noun(scene: Scene, phrase: int, clause: Clause | None) -> None:
    """Read nouns of accusing: "accusations by X against Y", "X's allegations of meddling by Y"."""
    head = scene.cast.head(phrase)
    if head not in CLAIM_NOUNS and head not in BLAMING_NOUNS:
        if head in _BAD_NOUNS:
            _bad_deed_told(scene, phrase)
        return
    posts = scene.read.posts.get(phrase, ())
    targets: tuple[Participant, ...] = ()
    rule = ""
    for word, other in posts:
        if word == "against" or (word == "at" and head in BLAMING_NOUNS):
            targets, rule = scene.cast.named(other), "hostile-noun.against"
        elif word in _DEEDS and not targets and scene.cast.head(other) in _BAD_NOUNS:
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
    if any(token.lower in ("no", "any", "alleged") for token in tokens):
        return
    speech = scene.speeches[index]
    neutral = speech.stance == "neutral" and head not in _IMPLICATING
    posts = scene.read.posts.get(phrase, ())
    agents = [other for word, other in posts if word == "by"] if not (neutral and head in _WEAK) else []
    if not agents and not neutral and head not in _VICTIM_NOUNS:
        agents = [other for word, other in posts[:1] if word == "of"]
    targets = [participant for agent in agents for participant in scene.cast.named(agent)]
    foreign = _of_another_side(scene, targets, speech.speakers)
    if foreign:
        scene.relate(
            "ACCUSES", speech.speakers, foreign, trigger=own.head, rule="hostile-noun.said",
            claim=scene.claim_of(index), speakers=chain_at(scene.speeches, speech.parent),
        )  # fmt: skip
