"""Who is behind a deed that a noun phrase names: its owner, its doer, those it involves, whose accounts they are."""

from __future__ import annotations

from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.participants import Participant
from narragraph.loaders.extraction.relations.scene import Scene
from narragraph.ontology.lexicon import load_words

BAD_NOUNS = load_words("hostile", "nouns")
WEAK_NOUNS = load_words("hostile", "weak")
VICTIM_NOUNS = load_words("hostile", "victim_nouns")
BAD_NAMES = load_words("accuse", "bad_names")
FAKE = load_words("hostile", "fake")
_PERSONS = load_words("groups", "person") | {role.split()[-1].lower() for role in load_words("titles", "roles")}
_HANDIWORK = load_words("hostile", "handiwork")
_PARTS = frozenset(("example", "instance", "one", "part", "piece", "result", "series"))
_ASSETS = load_words("hostile", "assets")
_OWNING = load_words("hostile", "owning")
_BETWEEN = 5  # noun phrases between a deed and those whom it involves


def responsible(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Whom blame for a phrase falls on: the entity, the owner of the deed ("Russia's invasion"), its doer ("by X")."""
    cast = scene.cast
    named = cast.named(phrase)
    if named:
        return named
    own = cast.phrase(phrase)
    entities = cast.analysis.entities
    victim = cast.head(phrase) in VICTIM_NOUNS
    of_follows = any(word == "of" for word, _ in scene.read.posts.get(phrase, ()))
    owners = tuple(Participant(entity, (own.start, own.end)) for entity in own.possessor if entity in entities)
    if owners and not (victim and of_follows):
        return tuple(p for p in owners if not (victim and is_person(scene, p.entity)))  # "X's arrest" is no deed of X
    posts = scene.read.posts.get(phrase, ())
    if cast.head_word(phrase) in _PERSONS:
        return ()  # "the president of X" is not X, but fighters of X are X
    for word, other in posts:
        if word == "by" and cast.named(other):
            return cast.named(other)
    made = cast.makers(phrase)
    if made:
        return tuple(made)
    modifiers = [  # "the Russian attack"; "two Russians and a Swede" are not Russia; nor is "the Palme murder" his deed
        m for m in cast.mentions_in(own.start, own.head[0])
        if entities[m.entity].type != "Document" and not cast.analysis.text.endswith("ns", m.start, m.end)
        and not (victim and is_person(scene, m.entity))
    ]  # fmt: skip
    if modifiers:
        return (Participant(modifiers[0].entity, (modifiers[0].start, modifiers[0].end)),)
    for word, other in posts[:1]:
        if (word == "of" and not victim) or (word == "from" and cast.head_word(phrase) in BAD_NAMES):
            return responsible_of(scene, other)
    return ()


def doer_of_clause(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Who does what a clause tells: its subject, or whoever stands behind "by"."""
    phrases = (
        [phrase for word, phrase in clause.prepositions if word == "by"] if clause.verb.passive else clause.subject
    )
    return next((scene.cast.named(phrase) for phrase in phrases[:1] if phrase >= 0), ())


def is_person(scene: Scene, entity: str) -> bool:
    """Whether an entity is one human being."""
    return scene.analysis.entities[entity].properties.get("kind") == "person"


def is_country(scene: Scene, participant: Participant) -> bool:
    """Whether a participant is a country."""
    return scene.analysis.entities[participant.entity].type == "Country"


def doers(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Whom a bad deed is told of: "a campaign by X", "the existence of X's plot", "an operation involving X"."""
    for deed in (phrase, *(other for word, other in scene.read.posts.get(phrase, ())[:2] if word == "of")):
        if scene.cast.head(deed) in BAD_NOUNS:
            found = responsible(scene, deed)
            if found:
                return found
            found = _involved(scene, deed)
            if found:
                return found
        elif found := _owners(scene, deed):
            return found
        elif scene.cast.head(deed) in VICTIM_NOUNS and (
            causes := [other for word, other in scene.read.posts.get(deed, ()) if word in ("from", "in")]
        ):
            if scene.cast.head(causes[0]) in BAD_NOUNS:
                return responsible(scene, causes[0])  # "deaths from Peruvian shelling"
        elif scene.cast.adjectives(deed) & FAKE and (made := scene.cast.makers(deed)):
            return tuple(made)  # "fake accounts run by X"
    return ()


def owners_of_assets(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Whose accounts or sites a phrase names: "a network of pages linked to X", "accounts operated by X"."""
    of = [other for word, other in scene.read.posts.get(phrase, ())[:2] if word == "of"]
    return next((found for assets in (phrase, *of) if (found := _owners(scene, assets))), ())


def fakes(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Accounts and the like that are called fake, and nobody's: "a network of fake accounts"."""
    of = [other for word, other in scene.read.posts.get(phrase, ())[:1] if word == "of"]
    fake = any(not FAKE.isdisjoint(scene.cast.adjectives(assets)) for assets in (phrase, *of))
    return scene.cast.named(phrase) if fake and any(scene.cast.head(at) in _ASSETS for at in (phrase, *of)) else ()


def _owners(scene: Scene, assets: int) -> tuple[Participant, ...]:
    if scene.cast.head(assets) not in _ASSETS:
        return ()
    return tuple(
        participant
        for clause in scene.read.of_noun.get(assets, ())
        if clause.verb.passive and clause.verb.lemma in _OWNING
        for word, phrase in clause.prepositions[:2]
        if word in ("by", "to", "with")
        for participant in scene.cast.named(phrase)
    )


def _involved(scene: Scene, deed: int) -> tuple[Participant, ...]:
    """Those whom a deed involves, where other nouns stand between: "a campaign to mislead voters in X involving Y"."""
    own = scene.cast.phrase(deed)
    return tuple(
        participant
        for noun in range(deed + 1, min(deed + _BETWEEN, len(scene.analysis.phrases)))
        for clause in scene.read.of_noun.get(noun, ())
        if clause.verb.lemma == "involve" and clause.verb.form == "gerund" and own.last <= clause.first
        for phrase in clause.objects[:1]
        for participant in scene.cast.named(phrase)
    )


def responsible_of(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """The entity or the owner of a phrase after "of"."""
    named = scene.cast.named(phrase)
    own = scene.cast.phrase(phrase)
    return named or tuple(Participant(entity, (own.start, own.end)) for entity in own.possessor)


def doers_of_predicate(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Whose deed something is said to be: "the riots were a design by X", "the video is part of an X plot"."""
    for phrase in clause.objects[:1]:
        wholes = [other for word, other in scene.read.posts.get(phrase, ())[:1] if word == "of"]
        for deed in [phrase, *(wholes if scene.cast.head(phrase) in _PARTS else [])]:
            if scene.cast.head(deed) in BAD_NOUNS:
                return responsible(scene, deed)
            if scene.cast.head(deed) in _HANDIWORK:
                makers = [other for word, other in scene.read.posts.get(deed, ())[:1] if word in ("of", "by")]
                return tuple(p for other in makers for p in scene.cast.named(other))
    return ()
