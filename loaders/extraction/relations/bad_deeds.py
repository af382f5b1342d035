"""Bad deeds: which clauses tell that somebody did wrong, and who did it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.participants import Participant, side_of
from narragraph.loaders.extraction.relations.doers import (
    BAD_NAMES,
    BAD_NOUNS,
    FAKE,
    VICTIM_NOUNS,
    WEAK_NOUNS,
    doers_of_predicate,
    is_country,
    responsible,
)
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.loaders.extraction.relations.sources import acting
from narragraph.ontology.lexicon import load_lexicon, load_words

FOUL = load_words("hostile", "charged_names")
_HOSTILE = load_words("hostile", "verbs")
_COERCIVE = load_words("hostile", "coercive")
_INNOCENT = load_words("hostile", "innocent")
_WRONGLY = load_words("hostile", "wrongly")
_ON_PURPOSE = load_words("hostile", "on_purpose")
_UNLAWFUL = load_words("hostile", "unlawful")
_DUTIES = load_words("hostile", "duties")
_OMITTING = load_words("hostile", "omitting")
_OWED = load_words("hostile", "owed")
_PLANS = load_words("hostile", "plans")
_PREDICATES = load_words("hostile", "predicates")
_MAKING = load_words("hostile", "making") | load_words("speech", "spreading")
_FALSEHOODS = load_words("hostile", "falsehoods")
_DOING = load_words("hostile", "doing")
_IDIOMS = load_words("hostile", "idioms")
_BLAME = load_words("hostile", "blame")
_COPULAS = frozenset(("be", "become", "constitute", "remain", "represent", "stay"))
_PLACES = load_words("hostile", "places")
_AMOUNTS = load_words("hostile", "amounts")
_RELENTING = load_words("hostile", "relenting")
_RULING = load_words("hostile", "ruling")
_STEERING = load_words("hostile", "steering")
_PROVING = load_words("hostile", "proving")
_PROOF = frozenset(("evidence", "proof", "proofs"))
_FORCING = frozenset(("coerce", "compel", "force", "pressure"))
_RESTING = frozenset(("lie", "lay", "rest", "fall"))  # "the responsibility lies with X"
_ORIGINS = frozenset(("emerge", "escape", "leak", "originate"))
_LINKED = ("in", "into", "on", "to", "out", "up", "with", "as")
_TALE = load_words("hostile", "told_only")
_ORDERING = frozenset(("order", "run", "control", "plan", "fund", "finance"))
_BEFORE = 6  # noun phrases before a relative clause in which the deed stands that it tells of
_DYING = frozenset(("die", "perish"))
_PAYING = frozenset(("bribe", "hire", "pay", "recruit"))
_BEHEST = load_words("hostile", "behest")
_ABOUT = frozenset(("about", "around", "over", "under"))
_PARTICLES = frozenset(("out", "off", "up"))
_PREDICATE_REACH = 8  # tokens behind "is"
_IDIOM_REACH = 5


@cache
def _charged() -> dict[str, frozenset[str]]:
    return {verb: frozenset(nouns) for verb, nouns in load_lexicon("hostile")["charged"].items()}


@cache
def _with_object() -> dict[str, frozenset[str]]:
    return {verb: frozenset(nouns) for verb, nouns in load_lexicon("hostile")["with_object"].items()}


@dataclass(frozen=True)
class Telling:
    """How a deed is told: ``charged`` as an accusation already, by speakers of these ``sides`` (ids of countries)."""

    charged: bool = False
    sides: frozenset[str] = frozenset()


PLAINLY = Telling()


def bad_agents(scene: Scene, clause: Clause, telling: Telling = PLAINLY) -> tuple[Participant, ...]:
    """Who did it, where a clause tells of something bad."""
    lemma, by = clause.verb.lemma, [phrase for word, phrase in clause.prepositions if word == "by"]
    if lemma in _RESTING and clause.subject and scene.cast.head(clause.subject[0]) in _BLAME:
        bearers = [phrase for word, phrase in clause.prepositions if word in ("with", "on")]
        return tuple(participant for phrase in bearers for participant in scene.cast.named(phrase))
    if found := _behind_it(scene, clause):
        return found
    if lemma in _DYING and not clause.verb.negated:  # "died in a Peruvian strike"
        deeds = [
            phrase for word, phrase in clause.prepositions if word == "in" and scene.cast.head(phrase) in BAD_NOUNS
        ]
        if deeds and (found := responsible(scene, deeds[0])):
            return found
    if telling.charged and lemma in _ORIGINS and not clause.verb.negated:  # "the virus leaked from a lab in X"
        return tuple(p for _, phrase in clause.prepositions for p in scene.cast.named(phrase) if is_country(scene, p))
    if clause.verb.passive and by and not clause.verb.negated:
        if scene.cast.head(by[0]) in BAD_NOUNS - WEAK_NOUNS:
            return responsible(scene, by[0])  # "caused by the sabotage of X"
        if lemma in _DOING | _ORDERING and _deed_before(scene, clause):
            return responsible(scene, by[0])  # "the murder, which prosecutors say was ordered by X"
        if lemma in _RULING and scene.cast.head(by[0]) in BAD_NAMES | FOUL:
            return responsible(scene, clause.subject[0]) if clause.subject else ()  # "X is ruled by thugs"
    if telling.charged and not clause.verb.negated and (found := _presupposed(scene, clause)):
        return found
    if not is_bad(scene, clause, telling):
        return ()
    if clause.verb.passive:
        if lemma == "involve" and clause.subject and clause.subject[0] >= 0:
            return responsible(scene, clause.subject[0])  # "was involved in the raid"
        if not by and lemma in _STEERING:  # "is directed from X"
            by = [phrase for word, phrase in clause.prepositions if word == "from"]
        return responsible(scene, by[0]) if by else ()
    if lemma == "involve":  # "the plot involved X"
        return tuple(p for phrase in clause.objects[:1] for p in scene.cast.named(phrase))
    if lemma in _COPULAS and (found := doers_of_predicate(scene, clause)):
        return found
    actors = [phrase for phrase in acting(scene, clause) if phrase >= 0]
    return responsible(scene, actors[0]) if actors else ()


def _behind_it(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """On whose orders something is done: "acted on orders from X", "at the behest of X", "at X's bidding"."""
    for at, (word, phrase) in enumerate(clause.prepositions):
        if word not in ("at", "on", "under") or scene.cast.head(phrase) not in _BEHEST or clause.verb.negated:
            continue
        own = scene.cast.phrase(phrase)
        if own.possessor:
            return tuple(Participant(entity, (own.start, own.end)) for entity in own.possessor)
        behind = [*scene.read.posts.get(phrase, ()), *clause.prepositions[at + 1 : at + 2]]
        return next((scene.cast.named(other) for word, other in behind if word in ("from", "of", "by")), ())
    return ()


def _deed_before(scene: Scene, clause: Clause) -> bool:
    """Whether what a relative clause tells of is a bad deed: "the raid, which Oslo says was led by X"."""
    above = scene.read.clauses[clause.parent] if clause.parent is not None else None
    if above is None or above.kind != "relative" or clause.kind != "complement":
        return False
    first = scene.analysis.sentences[clause.sentence].first
    before = range(max(above.subject[0] - _BEFORE, 0), above.subject[0]) if above.subject else range(0)
    return any(
        scene.cast.phrase(at).first >= first and scene.cast.head(at) in BAD_NOUNS | VICTIM_NOUNS for at in before
    )


def _presupposed(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Whose bad deed or bad people a clause takes for granted: "X's aggression led to", "there are Nazis in X"."""
    if clause.subject and clause.subject[0] >= 0:
        subject = clause.subject[0]
        return responsible(scene, subject) if scene.cast.head(subject) in BAD_NOUNS - WEAK_NOUNS - VICTIM_NOUNS else ()
    foul = any(
        (scene.cast.head(phrase) in FOUL or scene.cast.adjectives(phrase) & FOUL)
        and not scene.cast.adjectives(phrase) & _TALE
        for phrase in clause.objects[:1]
        if phrase >= 0
    )
    if clause.verb.lemma != "be" or not foul:
        return ()
    places = [phrase for word, phrase in clause.prepositions if word == "in"]
    return tuple(p for phrase in places[:1] for p in scene.cast.named(phrase) if is_country(scene, p))


# -- what is bad


def is_bad(scene: Scene, clause: Clause, telling: Telling = PLAINLY) -> bool:
    """Whether what a clause tells is a bad deed, or a bad name, of its agent."""
    lemma = clause.verb.lemma
    if clause.verb.negated:
        return lemma in _DUTIES or (lemma in _PROVING and _about(scene, clause.objects[:1], _PROOF))
    if lemma in _COPULAS:
        return _bad_predicate(scene, clause, telling.charged)
    if lemma in _HOSTILE:  # but "areas occupied by X" only tells where
        whole = clause.link == "reduced" and clause.subject[:1] and scene.cast.head(clause.subject[0]) in _PLACES
        return not whole
    if lemma == "involve" and clause.verb.passive:
        into = [phrase for word, phrase in clause.prepositions if word == "in"]
        return any(scene.cast.head(phrase) in BAD_NOUNS - WEAK_NOUNS or telling.charged for phrase in into[:1])
    if lemma == "involve":
        return bool(clause.subject) and clause.subject[0] >= 0 and scene.cast.head(clause.subject[0]) in BAD_NOUNS
    governed = [below for child in clause.children if (below := scene.read.clauses[child]).kind == "infinitive"]
    if lemma in _FORCING and governed:
        return True
    if lemma == "do" and telling.charged and any(scene.cast.words(phrase).lower() == "it" for phrase in clause.objects):
        return True  # "is certain that X has done it"
    if lemma in _PAYING and any(below.verb.lemma in _MAKING for below in governed):
        return True  # "pays influencers to spread"
    if lemma == "have" and any(cast_head == "something" for cast_head in map(scene.cast.head, clause.objects[:1])):
        return any(below.verb.lemma == "do" for below in governed)  # "had something to do with the crash"
    if lemma in _OMITTING and (telling.charged or any(below.verb.lemma in _DUTIES | _OWED for below in governed)):
        return True
    if (
        lemma in _PROVING
        and _about(scene, clause.objects[:1], _PROOF)
        and "no" in scene.cast.adjectives(clause.objects[0])
    ):
        return True  # "provided no evidence"
    return (
        _bad_by_object(scene, clause, telling)
        or _bad_by_manner(scene, clause, telling.charged)
        or _bad_by_aim(scene, clause, telling)
        or _against(scene, clause, telling)
    )


def _against(scene: Scene, clause: Clause, telling: Telling) -> bool:
    """Whether it is told against the speaker's own side: "prepares a front against us", "punishes us"."""
    if not telling.charged or not telling.sides or clause.verb.lemma in _RELENTING:
        return False
    phrases = [phrase for word, phrase in clause.prepositions if word == "against"]
    phrases += [
        other for phrase in clause.objects for word, other in scene.read.posts.get(phrase, ()) if word == "against"
    ]
    if clause.verb.lemma in _COERCIVE:
        phrases += clause.objects[:1]
    entities = scene.analysis.entities
    return any(
        side_of(entities[mention.entity]) in telling.sides
        for phrase in phrases
        if phrase >= 0
        for mention in scene.cast.mentions_in(scene.cast.phrase(phrase).start, scene.cast.phrase(phrase).end)
        if mention.entity in entities
    )


def _wanted(verb: str, charged: bool) -> frozenset[str]:
    """The nouns that make a verb bad; "push_for" is a verb with its preposition."""
    nouns = _with_object().get(verb, frozenset())
    return nouns | _charged().get(verb, frozenset()) if charged else nouns


def _names(scene: Scene, phrase: int) -> set[str]:
    """The nouns of a phrase as they stand and in the singular."""
    nouns = scene.cast.nouns(phrase)
    nouns = nouns | {noun.rpartition("-")[2] for noun in nouns}  # "narco-propaganda"
    return nouns | {singular(noun) for noun in nouns}


def _about(scene: Scene, phrases: list[int], nouns: frozenset[str]) -> bool:
    return any(phrase >= 0 and scene.cast.nouns(phrase) & nouns for phrase in phrases)


def _bad_by_object(scene: Scene, clause: Clause, telling: Telling) -> bool:
    """Whether the object makes it bad: "spread lies", "jailed reporters", "made a fake video", "led the assault"."""
    lemma, cast, charged = clause.verb.lemma, scene.cast, telling.charged
    objects = list(clause.subject[:1] if clause.verb.passive else clause.objects[:2])
    objects += [  # "sent around 4,000 fighters"
        phrase for word, phrase in clause.prepositions
        if word in _ABOUT and scene.analysis.tokens[cast.phrase(phrase).first].tag == "CD"
    ]  # fmt: skip
    objects = [phrase for phrase in objects if phrase >= 0 and not cast.adjectives(phrase) & _TALE]
    objects += [  # "a wave of attacks", "the efforts of provocateurs"
        other for phrase in objects if cast.head(phrase) in _AMOUNTS
        for word, other in scene.read.posts.get(phrase, ())[:1] if word == "of"
    ]  # fmt: skip
    nouns = _wanted(lemma, charged)
    if "*" in nouns and objects and not (clause.link == "reduced" and cast.head(objects[0]) in _PLACES):
        return True  # but "the area controlled by X" only tells where
    told = [*objects, *(phrase for word, phrase in clause.prepositions if word in _LINKED)] if nouns else []
    told_with = [(_wanted(f"{lemma}_{word}", charged), phrase) for word, phrase in clause.prepositions]
    for wanted, phrase in [*((nouns, phrase) for phrase in told), *told_with]:
        if wanted and phrase >= 0 and _names(scene, phrase) & wanted and not cast.adjectives(phrase) & _TALE:
            return True
    if lemma in _COERCIVE and any(cast.nouns(phrase) & _INNOCENT for phrase in objects):
        return True
    done = [phrase for phrase in clause.objects[:1] if phrase >= 0] if not clause.verb.passive else objects
    done += [phrase for word, phrase in clause.prepositions if word in _PARTICLES]  # "carried out abuses"
    if lemma in _DOING and any(
        cast.head(phrase) in (BAD_NOUNS if charged else BAD_NOUNS - WEAK_NOUNS) or cast.adjectives(phrase) & _UNLAWFUL
        for phrase in done
    ):
        return True
    return lemma in _MAKING and any(cast.adjectives(phrase) & (FAKE | _FALSEHOODS) for phrase in done)


def _bad_by_manner(scene: Scene, clause: Clause, charged: bool) -> bool:
    """Whether an adverb or an idiom makes it bad: "illegally entered", "was acting in cahoots with"."""
    tokens = scene.analysis.tokens
    before = tokens[max(clause.first, clause.verb.first - 1) : clause.verb.last]
    if any(token.lower in _WRONGLY | _ON_PURPOSE for token in before):
        return True
    after = tokens[clause.verb.last : min(clause.last, clause.verb.last + _IDIOM_REACH)]
    return any(token.lower in _IDIOMS for token in after)


def _bad_by_aim(scene: Scene, clause: Clause, telling: Telling) -> bool:
    """Whether what somebody plans or tries is bad: "is preparing to attack"."""
    if clause.verb.lemma not in _PLANS:
        return False
    below = [scene.read.clauses[child] for child in clause.children]
    return any(
        child.kind in ("infinitive", "gerund")
        and child.index > clause.index
        and child.verb.lemma != clause.verb.lemma
        and is_bad(scene, child, telling)
        for child in below
    )


def _bad_predicate(scene: Scene, clause: Clause, charged: bool) -> bool:
    """Whether a bad word stands right behind the verb: "is behind", "was responsible for", "is a liar"."""
    tokens = scene.analysis.tokens
    after = tokens[clause.verb.last : min(clause.last, clause.verb.last + _PREDICATE_REACH)]
    if [token.lower for token in after[:2]] == ["to", "blame"]:
        return True
    names = _PREDICATES | BAD_NAMES | (FOUL if charged else frozenset())
    for at, token in enumerate(after):
        word = token.lower
        if word == "behind" and (at + 1 == len(after) or after[at + 1].tag in (".", ",", "''", "CC")):
            break  # "one step behind"
        if word in names or (token.tag == "NNS" and singular(word) in names):
            return True
        if token.tag in (",", "WDT", "WP", "TO") or (token.tag == "IN" and word not in ("behind", "in", "for")):
            break
    return bool(doers_of_predicate(scene, clause))
