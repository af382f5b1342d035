"""Who accuses whom by alleging a bad deed: "X said that Y had lied", "X spoke of an attack by Y"."""

from __future__ import annotations

from collections.abc import Sequence

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, Participant, acts_for_state, side_of
from narragraph.loaders.extraction.relations.bad_deeds import Telling, bad_agents, is_bad
from narragraph.loaders.extraction.relations.demanding import taken_for_granted
from narragraph.loaders.extraction.relations.doers import BAD_NOUNS, VICTIM_NOUNS, WEAK_NOUNS, is_person, responsible
from narragraph.loaders.extraction.relations.own_voice import accuse_in_own_voice
from narragraph.loaders.extraction.relations.scene import ONE_SIDE, UNSAID_BY_ANYBODY, Scene
from narragraph.loaders.extraction.relations.sources import acting, sources_of
from narragraph.loaders.extraction.speeches import chain_at
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.loaders.extraction.verbs import SPEECH
from narragraph.ontology.lexicon import load_words

_MINDED = frozenset(("assume", "believe", "conclude", "decide", "pretend", "suppose", "think"))
_IMPLICATING = load_words("hostile", "implicating")
_FOES = load_words("hostile", "foes")
_TAME = load_words("hostile", "tame")
_TALE = load_words("hostile", "told_only")
_IDLE = frozenset(("action", "activity", "influence", "link", "part", "role", "tie"))
_ASSAULTS = frozenset(("attack", "blockade", "raid", "strike"))
_MANY = 40  # clauses of a sentence that is a headline
_ALLEGING = frozenset(("allege", "insinuate"))  # whatever somebody is alleged to do is bad
CONDUCT = load_words("hostile", "conduct")
_UNLAWFUL = load_words("hostile", "unlawful")
_OWN = frozenset(("its", "their", "our", "my", "his", "her"))


def allege_by_clause(scene: Scene, clause: Clause) -> None:
    """Who says that somebody did something bad accuses them: "X said that Y had lied"."""
    index = scene.speech_at(scene.analysis.tokens[clause.verb.head].start)
    if index is None:
        if scene.recorder and bad_agents(scene, clause):
            scene.nearly("hostile-predicate.said", clause, UNSAID_BY_ANYBODY)
        accuse_in_own_voice(scene, clause)
        return
    speech = scene.speeches[index]
    if speech.negated or speech.clause == clause.index:
        return
    sides = {side_of(scene.analysis.entities[speaker.entity]) for speaker in speech.speakers}
    own = frozenset(side for side in sides if side)
    telling = Telling(speech.stance != "neutral", own)
    agents = bad_agents(scene, clause, telling)
    if not agents and speech.clause is not None and scene.read.clauses[speech.clause].verb.lemma in _ALLEGING:
        agents = _acts(scene, clause)
    if not agents and scene.accuses():  # what a foe does need not be said to be bad
        does = bad_agents(scene, clause, Telling(True, own)) or _acts(scene, clause)
        agents = tuple(participant for participant in does if scene.at_odds(speech.speakers, participant))
    if found := _of_another_side(scene, taken_for_granted(scene, clause), speech.speakers):
        scene.relate(
            "ACCUSES", speech.speakers, found, trigger=scene.trigger_of(clause), rule="hostile-predicate.presupposed",
            claim=scene.claim_of(index), speakers=chain_at(scene.speeches, speech.parent),
        )  # fmt: skip
        return
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


def _acts(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Who does something in a clause that is told as so; not who only is, has, feels, says or undergoes something."""
    verb, doing = clause.verb, acting(scene, clause)
    told = clause.kind in ("main", "complement") and not verb.passive and not verb.negated and verb.modal is None
    bare = scene.analysis.tokens[verb.head].tag == "VB"  # after "did not advance or": not told as so
    if not told or bare or verb.lemma in SPEECH | _TAME or not doing or doing[0] < 0:
        return ()
    return responsible(scene, doing[0])


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
        claim = below.noun if below.kind in ("gerund", "complement") else None
        if claim is not None and scene.cast.head(claim) in CLAIM_NOUNS and not _is_ones_own(scene.cast.words(claim)):
            return False  # "X's claims of shelling Y are false"
        if below.kind == "complement" and at.subject[:1] and at.subject[0] >= 0:
            if at.verb.lemma in _MINDED and scene.cast.named(at.subject[0]):
                return False
            if at.verb.lemma in SPEECH and scene.cast.head(at.subject[0]) in CLAIM_NOUNS:
                return False  # "a fake story that alleged that …"
        if at.index in scene.accusing or not stance_of_clause(scene.analysis, at).plain:
            return False
    return True


def _is_ones_own(words: str) -> bool:
    return words.lower().startswith(("our ", "my "))


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
    states = {side_of(entities[entity]) for entity in own if acts_for_state(entities[entity])} - {None}
    return tuple(
        p for p in accused
        if p.entity not in own
        and (
            is_person(scene, p.entity)  # a minister may well blame another
            or not (acts_for_state(entities[p.entity]) and side_of(entities[p.entity]) in states)
        )
    )  # fmt: skip


def _is_own(words: Sequence[str]) -> bool:
    """Whether words mean somebody's own people: "his party", but not "his critics"."""
    return bool(words) and words[0] in _OWN and words[-1] not in _FOES


def _is_armed(scene: Scene, phrase: int) -> bool:
    """Whether a phrase means an army, an armed group or a state, whose attacks are no criticism."""
    named = [scene.analysis.entities[participant.entity] for participant in scene.cast.named(phrase)]
    return any(node.type == "Country" or node.properties.get("kind") in ("military", "armed group") for node in named)


def _warns(clause: Clause | None, phrase: int) -> bool:
    """Whether a phrase after "by" tells who spoke of a deed: "was warned about the plot by X"."""
    return (
        clause is not None
        and clause.verb.passive
        and clause.verb.lemma in SPEECH
        and ("by", phrase) in clause.prepositions
    )


def allege_by_noun(scene: Scene, phrase: int, clause: Clause | None) -> None:
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
    agents = [other for word, other in posts if word == "by" and not _warns(clause, other)]
    if neutral and head in WEAK_NOUNS:
        agents = [agent for agent in agents if head in _ASSAULTS and _is_armed(scene, agent)]
    if not agents and not neutral and head not in VICTIM_NOUNS | _IDLE:
        agents = [other for word, other in posts[:1] if word == "of"]
    targets = [participant for agent in agents for participant in scene.cast.named(agent)]
    if not agents and (head in BAD_NOUNS - WEAK_NOUNS - _IDLE or _is_bad_conduct(scene, phrase)):
        targets = list(_owners(scene, phrase, posts))
    foreign = _of_another_side(scene, targets, speech.speakers)
    if foreign:
        scene.relate(
            "ACCUSES", speech.speakers, foreign, trigger=own.head, rule="hostile-noun.said",
            claim=scene.claim_of(index), speakers=chain_at(scene.speeches, speech.parent),
        )  # fmt: skip


def allege_by_place(scene: Scene, phrase: int) -> None:
    """Read headlines without a verb: "Oslo says Moscow behind blast", "Troll farm to blame for hoax, firm says"."""
    own = scene.cast.phrase(phrase)
    after = [token.lower for token in scene.analysis.tokens[own.last : own.last + 2]]
    if after[:1] != ["behind"] and after != ["to", "blame"] and after != ["responsible", "for"]:
        return
    targets, index = responsible(scene, phrase), scene.speech_at(own.start)
    speech = scene.speeches[index] if index is not None else None
    if speech is not None and own.start - speech.start <= len("that the "):
        speakers, trigger = speech.speakers, (own.end + 1, own.end + 1 + len(after[0]))
    else:
        saying = next((c for c in _clauses_with(scene, phrase) if c.verb.lemma in SPEECH and not c.verb.passive), None)
        speakers = sources_of(scene, saying) if saying else ()
        trigger = scene.trigger_of(saying) if saying else own.head
    foreign = _of_another_side(scene, targets, speakers)
    if foreign and speakers:
        scene.relate("ACCUSES", speakers, foreign, trigger=trigger, rule="hostile-predicate.headline")


def _clauses_with(scene: Scene, phrase: int) -> list[Clause]:
    """The clauses of its sentence whose first object a phrase is."""
    sentence = scene.sentence_of(scene.cast.phrase(phrase).start)
    clauses = (scene.read.clauses[at] for at in scene.read.by_sentence[sentence][:_MANY])
    return [clause for clause in clauses if clause.objects[:1] == [phrase]]


def _is_bad_conduct(scene: Scene, phrase: int) -> bool:
    """Whether a phrase tells of conduct and calls it bad: "its unlawful behaviour", "its legacy of abuses"."""
    if scene.cast.head(phrase) not in CONDUCT:
        return False
    of = [other for word, other in scene.read.posts.get(phrase, ())[:1] if word == "of"]
    return not _UNLAWFUL.isdisjoint(scene.cast.adjectives(phrase)) or any(
        scene.cast.head(other) in BAD_NOUNS - WEAK_NOUNS for other in of
    )


def _owners(scene: Scene, phrase: int, posts: Sequence[tuple[str, int]]) -> tuple[Participant, ...]:
    """Whose bad deed a phrase tells of: "US 'aggression'", "Oslo's meddling", "threats from Hamas"."""
    if origin := [other for word, other in posts[:1] if word == "from"]:
        return scene.cast.named(origin[0])
    head = scene.cast.head(phrase)
    if posts and head in VICTIM_NOUNS:
        return ()
    own = scene.cast.phrase(phrase)
    if scene.analysis.tokens[own.first - 1].tag == "``" and phrase:  # "US 'aggression'"
        name = scene.cast.phrase(phrase - 1)
        if name.last == own.first - 1 and head in _IMPLICATING:
            return scene.cast.named(phrase - 1)
    before = scene.cast.mentions_in(own.start, own.head[0])
    owners = [m for m in before if m.entity in own.possessor] or (before if head in _IMPLICATING else [])
    return tuple(Participant(mention.entity, (mention.start, mention.end)) for mention in owners[:1])


def blame_accuser(
    scene: Scene, clause: Clause, accusers: Sequence[Participant], accused: Sequence[Participant]
) -> None:
    """Who says that others accuse their side finds fault with it: "Peru blames us for its failures", Chile said."""
    index = scene.speech_at(scene.trigger_of(clause)[0])
    if index is None or scene.speeches[index].negated or scene.speeches[index].rule == "speech.carried":
        return
    if not _stated(scene, clause, scene.speeches[index].start):
        return  # what a quotation goes on with is not surely the speaker's
    speech, entities = scene.speeches[index], scene.analysis.entities
    homes = {side_of(entities[speaker.entity]) for speaker in speech.speakers} - {None}
    own = {speaker.entity for speaker in speech.speakers}
    if not any(p.entity in own or side_of(entities[p.entity]) in homes for p in accused):
        return
    others = _of_another_side(scene, accusers, speech.speakers)
    if others:
        scene.relate(
            "ACCUSES", speech.speakers, others, trigger=scene.trigger_of(clause), rule="hostile-predicate.accused",
            claim=scene.claim_of(index), speakers=chain_at(scene.speeches, speech.parent),
        )  # fmt: skip
