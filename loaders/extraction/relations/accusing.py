"""Who accuses whom by a verb, an adjective or a noun of accusing."""

from __future__ import annotations

from itertools import pairwise

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.participants import (
    BLAMING_NOUNS,
    CLAIM_NOUNS,
    Participant,
    acts_for_state,
)
from narragraph.loaders.extraction.relations.alleging import CONDUCT, allege_by_noun, blame_accuser
from narragraph.loaders.extraction.relations.bad_deeds import Telling, is_bad
from narragraph.loaders.extraction.relations.demanding import accuse_by_demand
from narragraph.loaders.extraction.relations.describing import accuse_by_description
from narragraph.loaders.extraction.relations.doers import (
    BAD_NAMES,
    BAD_NOUNS,
    FAKE,
    VICTIM_NOUNS,
    doers,
    fakes,
    owners_of_assets,
    responsible,
)
from narragraph.loaders.extraction.relations.frames import Frame, frames_of, lacking, slot
from narragraph.loaders.extraction.relations.scene import NO_SOURCE, NO_TARGET, Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import PLAIN, Stance, stance_of_clause
from narragraph.ontology.lexicon import load_words

_TALE = load_words("hostile", "told_only")
_IMPERSONAL = load_words("hostile", "impersonal")
_AGENTLESS = frozenset(("ascribe", "attribute", "connect", "implicate", "incriminate", "link", "tie", "trace"))
_OUTLAWS = frozenset(("armed group", "hacker group"))
_CREDITING = frozenset(("ascribe", "attribute"))
_WORDS = frozenset(
    (
        "article",
        "comment",
        "interview",
        "phrase",
        "quotation",
        "quote",
        "remark",
        "saying",
        "statement",
        "story",
        "word",
    )
)
_LINKING = frozenset(("connect", "link", "tie"))
_PROSECUTING = frozenset(("arraign", "arrest", "charge", "convict", "detain", "indict", "prosecute", "suspect"))
_REPEATING = frozenset(("echo", "level", "make", "raise", "reiterate", "renew", "repeat", "restate", "voice"))
_MAKING = _REPEATING | {"bring", "file", "hurl", "lay", "lodge", "press"}
_TAKING_DOWN = frozenset(
    ("ban", "block", "delete", "disable", "dismantle", "remove", "seize", "shut", "suspend", "take")
)
_OFFENCES = frozenset(("of", "with"))  # what follows them behind a verb of accusing is the offence
_POINTING = frozenset(("the", "this", "that", "these", "those", "such", "similar", "identical"))
_CRITICAL = load_words("accuse", "critical")
_TOWARDS = frozenset(("about", "against", "at", "of", "on", "over", "toward", "towards", "with"))
_REACH = 3  # tokens behind "was" in which the adjective stands
_RECENT, _NEAR = 40, 600  # edges looked back upon, and characters between a charge and its like
_CHARGED = Telling(charged=True)
_DEEDS = frozenset(("of", "about", "over"))


def accuse_by_verb(scene: Scene, clause: Clause) -> bool:
    """ACCUSES edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("accuse").get(clause.verb.lemma, ()):
        lack = lacking(frame, clause, scene.cast, scene.analysis.tokens)
        if lack is None and frame.naming and not _named_bad(scene, clause):
            lack = "no bad name follows"
        if lack is None and frame.verb in _CREDITING and _is_said(scene, clause):
            lack = "words, not deeds, are attributed"
        if (
            lack is None
            and frame.deed
            and any(not _TALE.isdisjoint(scene.cast.adjectives(p)) for p in slot(clause, "object"))
        ):
            lack = "the deed is only told of"
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
            blame_accuser(scene, clause, sources, targets)
        return True
    return (
        accuse_by_description(scene, clause)
        or _accuse_likewise(scene, clause)
        or _accuse_by_adjective(scene, clause)
        or accuse_by_demand(scene, clause)
    )


def _accuse_likewise(scene: Scene, clause: Clause) -> bool:
    """Read "X made the same allegation", "X repeated the charge": of those who were accused just before."""
    repeated = clause.subject[:1] if clause.verb.passive else clause.objects[:1]
    if clause.verb.lemma not in _REPEATING or not repeated or repeated[0] < 0:
        return False
    phrase = repeated[0]
    own, start = scene.cast.phrase(phrase), scene.trigger_of(clause)[0]
    opening = scene.analysis.tokens[own.first].lower
    pointing = (opening in _POINTING or scene.takes_up(phrase)) and not scene.read.posts.get(phrase)
    if scene.cast.head(phrase) not in BLAMING_NOUNS or not pointing:
        return False
    charges = [edge for edge in scene.analysis.edges[-_RECENT:] if edge.type == "ACCUSES" and edge.start is not None]
    charges = [edge for edge in charges if edge.start is not None and 0 <= start - edge.start < _NEAR]
    stance, sources = stance_of_clause(scene.analysis, clause), sources_of(scene, clause)
    if not charges or not sources or not stance.plain:
        return False
    charges = [edge for edge in charges if edge.start == charges[-1].start]  # of one sentence, the plainest one
    plain = [edge for edge in charges if str(edge.properties.get("rule")).startswith("accuse.")]
    last = (plain or charges)[-1].properties.get("trigger_start")
    accused = dict.fromkeys(edge.target for edge in charges if edge.properties.get("trigger_start") == last)
    targets = [Participant(entity, (own.start, own.end)) for entity in accused]
    scene.relate("ACCUSES", sources, targets, trigger=scene.trigger_of(clause), rule=f"accuse.{clause.verb.lemma}")
    return True


def _accuse_by_adjective(scene: Scene, clause: Clause) -> bool:
    """Read "X was scathing about Y", "X is critical of Y's record"."""
    if clause.verb.lemma != "be":
        return False
    after = scene.analysis.tokens[clause.verb.last : clause.verb.last + _REACH]
    if not any(token.lower in _CRITICAL for token in after):
        return False
    targets = [p for word, phrase in clause.prepositions[:1] if word in _TOWARDS for p in responsible(scene, phrase)]
    sources = sources_of(scene, clause)
    if not targets or not sources:
        return False
    stance = stance_of_clause(scene.analysis, clause)
    scene.relate("ACCUSES", sources, targets, trigger=scene.trigger_of(clause), rule="accuse.critical", stance=stance)
    return True


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
    if clause.link == "reduced" and lemma in _LINKING and not _is_bad_thing(scene, clause.subject[0]):
        return ()  # "firms linked to X" tells which firms; "fake accounts linked to X" blames X
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
        found = (
            _taken_down(scene, phrase) if frame.verb in _TAKING_DOWN and not frame.deed and not frame.assets
            else doers(scene, phrase) if frame.deed
            else owners_of_assets(scene, phrase) if frame.assets
            else responsible(scene, phrase)
        )  # fmt: skip
        if not found and frame.verb in _TAKING_DOWN:
            found = fakes(scene, phrase)
        if found:
            return found + _listed_after(scene, clause, phrase)
    return ()


def _taken_down(scene: Scene, phrase: int) -> tuple[Participant, ...]:
    """Whose accounts, or which accounts, are removed for an offence; the platform that they are on did nothing."""
    entities = scene.analysis.entities
    whom = owners_of_assets(scene, phrase) or responsible(scene, phrase)
    return tuple(p for p in whom if entities[p.entity].properties.get("kind") != "platform")


def _listed_after(scene: Scene, clause: Clause, phrase: int) -> tuple[Participant, ...]:
    """Those who go on a list: "attributed to Peru, the Republic of Chile (RC), and Bolivia"."""
    if phrase in clause.subject:
        return ()
    tokens, at = scene.analysis.tokens, scene.cast.phrase(phrase).last
    object_first = phrase in clause.objects
    found: list[Participant] = []
    for other in clause.objects:
        own = scene.cast.phrase(other)
        if own.first < at:
            continue
        between = [token for token in tokens[at : own.first] if token.tag not in ("(", ")", "NNP", "DT", "SYM")]
        joined = [token.lower for token in between] == ["and"]
        if not joined and (object_first or not between or any(token.tag not in (",", "CC") for token in between)):
            break
        found.extend(responsible(scene, other))
        at = own.last
    return tuple(found)


def _is_said(scene: Scene, clause: Clause) -> bool:
    """Whether it is words that are attributed to somebody: "the quotation is attributed to X"."""
    things = clause.subject[:1] if clause.verb.passive else clause.objects[:1]
    return any(scene.cast.head(phrase) in _WORDS for phrase in things if phrase >= 0)


def _bad_thing_in(scene: Scene, clause: Clause, preposition: str) -> bool:
    """Whether a preposition of the clause leads to a bad deed or to what is fake: "linked X to fake accounts"."""
    return any(
        _is_bad_thing(scene, phrase) or _is_outlaw(scene, phrase)
        for word, phrase in clause.prepositions if word == preposition
    )  # fmt: skip


def _is_outlaw(scene: Scene, phrase: int) -> bool:
    """Whether a phrase names an armed group or hackers: who is tied to them is accused, not they."""
    entities = scene.analysis.entities
    return any(entities[p.entity].properties.get("kind") in _OUTLAWS for p in scene.cast.named(phrase))


def _is_bad_thing(scene: Scene, phrase: int) -> bool:
    return phrase >= 0 and (
        scene.cast.head(phrase) in BAD_NOUNS | VICTIM_NOUNS or bool(scene.cast.adjectives(phrase) & FAKE)
    )


def _named_bad(scene: Scene, clause: Clause) -> bool:
    """Whether a bad name, a bad deed ("portrays Y as defying the law"), or a quoted name for a foe follows."""
    if _bad_name_follows(scene, clause):
        return True
    if any(below.link == "as" and is_bad(scene, below, _CHARGED) for below in _gerunds(scene, clause)):
        return True
    tokens, whom = scene.analysis.tokens, [p for phrase in clause.objects[:1] for p in scene.cast.named(phrase)]
    if not any(scene.at_odds(sources_of(scene, clause), participant) for participant in whom):
        return False
    behind = scene.cast.phrase(clause.objects[0]).last
    return any(token.tag == "``" for token in tokens[behind : behind + 3])


def _gerunds(scene: Scene, clause: Clause) -> list[Clause]:
    return [below for child in clause.children if (below := scene.read.clauses[child]).kind == "gerund"]


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
                states = frame.deed or frame.assets or name in _OFFENCES
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


def accuse_by_noun(scene: Scene, phrase: int, clause: Clause | None) -> None:
    """Read nouns of accusing: "accusations by X against Y", "X's allegations of meddling by Y"."""
    head = scene.cast.head(phrase)
    if head not in CLAIM_NOUNS and head not in BLAMING_NOUNS:
        if (head in BAD_NOUNS or head in CONDUCT) and not (
            clause and any(frame.deed for frame in frames_of("accuse").get(clause.verb.lemma, ()))
        ):
            allege_by_noun(scene, phrase, clause)  # who discloses a plot accuses, not who tells of it
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
    stance = stance_of_clause(scene.analysis, clause) if clause and clause.verb.lemma in _MAKING else PLAIN
    scene.relate(
        "ACCUSES", issuers, targets, trigger=scene.cast.phrase(phrase).head, rule=rule, claim=claim, stance=stance
    )
