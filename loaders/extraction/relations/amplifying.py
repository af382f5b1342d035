"""Who repeats and spreads what others say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from narragraph.loaders.extraction.analysis import Span
from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, STATEMENT_NOUNS, Participant, same_side, side_of
from narragraph.loaders.extraction.relations.frames import Frame, frames_of, lacking, slot
from narragraph.loaders.extraction.relations.scene import NO_SOURCE, NOT_PLAIN, Scene
from narragraph.loaders.extraction.relations.sources import sources_of
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_MESSAGES = load_words("amplify", "message_nouns") | STATEMENT_NOUNS
_STRONG = load_words("amplify", "strong_nouns")
_WORDS = (_MESSAGES | STATEMENT_NOUNS) - CLAIM_NOUNS - load_words("amplify", "wordless")
_REPEATING = load_words("amplify", "repeating")  # of what was said: "it" after them is the last claim
_POINTING = load_words("amplify", "pointing")  # "a link to", "an excerpt from": what they point at is spread
_PRONOUNS = frozenset(("it", "this", "that", "they", "them", "these"))
_FAKE = load_words("amplify", "fake")
_CLAIMING = load_words("speech", "assertive") | load_words("amplify", "claiming")
_QUOTING = frozenset(("quote", "cite", "interview", "paraphrase"))
_ASCRIBING = frozenset(("attribute", "ascribe"))
_NEWS = frozenset(("information", "news", "content", "material"))  # false, they are claims
_BACKING = load_words("amplify", "backing")
_ACCOUNTS = load_words("amplify", "accounts")
_VOICES = load_words("amplify", "voices")
_GIVING_OUT = frozenset(("air", "broadcast", "circulate", "post", "publish", "release", "run", "share"))
_AIMS = frozenset(("aim", "purpose", "goal", "intention", "hope", "attempt", "effort", "view"))
_REACHING = load_words("amplify", "reaching")
_RECEIVING = load_words("amplify", "receiving")
_NOTICE = load_words("amplify", "notice")
_PLACES = frozenset(("on", "onto", "in", "into", "to"))
_FIRST = frozenset(("first", "originally", "initially"))


def amplify_by_verb(scene: Scene, clause: Clause) -> bool:
    """AMPLIFIES edges of the first frame that the clause fills; whether one was found."""
    read = _active(scene, clause)
    for frame in frames_of("amplify").get(clause.verb.lemma, ()):
        lack = lacking(frame, read, scene.cast, scene.analysis.tokens)
        sources = _spreaders(scene, read) if lack is None else ()
        if not sources:
            scene.nearly("amplify", clause, lack or NO_SOURCE, frame)
            continue
        for name in frame.claim:
            for phrase in slot(read, name, frame):
                if phrase >= 0 and _amplified(scene, read, frame, phrase, sources):
                    return True
        scene.nearly("amplify", clause, "no message or claim of others stands where it should", frame)
    return _reached(scene, clause) or _backed(scene, clause)


def _backed(scene: Scene, clause: Clause) -> bool:
    """Whether accounts promote somebody: "a network of accounts that praised X", "used 400 profiles to support X"."""
    if clause.verb.lemma not in _BACKING or clause.verb.passive or not clause.objects:
        return False
    cast = scene.cast
    subject = clause.subject[0] if clause.subject else -1
    above = scene.read.clauses[clause.parent] if clause.parent is not None else None
    if above is not None and above.verb.lemma == "use" and not above.verb.passive and clause.kind == "infinitive":
        tools = [*above.objects, *(phrase for _, phrase in above.prepositions)]
        sources = sources_of(scene, above) if any(_are_accounts(scene, phrase) for phrase in tools) else ()
    else:
        sources = cast.named(subject) if subject >= 0 and _are_accounts(scene, subject) else ()
    targets = [p for phrase in clause.objects for p in cast.named(phrase) if not cast.is_collective(p.entity)]
    if not sources or not targets or not stance_of_clause(scene.analysis, clause).plain:
        return False
    scene.relate("AMPLIFIES", sources, targets, trigger=scene.trigger_of(clause), rule="amplify.backed")
    return True


def _are_accounts(scene: Scene, phrase: int) -> bool:
    """Whether a phrase means accounts, or what is made of them."""
    words = scene.cast.nouns(phrase)
    return not _ACCOUNTS.isdisjoint({*words, *(singular(word) for word in words)})


def _reached(scene: Scene, clause: Clause) -> bool:
    """Whether a claim came to an outlet: "the figure made it onto RT", "the rumour got attention from RT"."""
    subject = clause.subject[0] if clause.subject else -1
    noticed = bool(clause.objects) and scene.cast.head(clause.objects[0]) in _NOTICE
    if (
        clause.verb.lemma not in (_RECEIVING if noticed else _REACHING)
        or clause.verb.passive
        or not _said(scene, subject)
    ):
        return False
    if not stance_of_clause(scene.analysis, clause).plain:
        return False
    entities = scene.analysis.entities
    places = _PLACES | {"from", "among"} if noticed else _PLACES
    there = [phrase for word, phrase in clause.prepositions if word in places and phrase >= 0]
    if clause.verb.lemma in ("reach", "hit"):
        there = clause.objects[:1]
    outlets = [p for phrase in there for p in scene.cast.named(phrase) if entities[p.entity].type == "Outlet"]
    outlets = [p for p in outlets if not _only_a_place(scene, p)]
    told = [phrase for phrase in there if scene.cast.head(phrase) in _MESSAGES]  # "found its way into speeches by X"
    outlets += [p for phrase in told for p in scene.cast.issuers(phrase) if not scene.cast.named(phrase)]
    claim = scene.claim_meant(subject) if outlets and not _untold(scene, subject) else None
    if claim is None:
        return False
    scene.relate("AMPLIFIES", outlets, [claim], trigger=scene.trigger_of(clause), rule="amplify.reached")
    return True


def _active(scene: Scene, clause: Clause) -> Clause:
    """The clause in the voice its words bear: a story "taken up by X" is passive, "X picked up on it" is active."""
    verb = clause.verb
    told_by = any(word == "by" for word, _ in clause.prepositions)
    if verb.form != "participle" or clause.objects or not clause.subject:
        return clause
    if not verb.passive:
        return replace(clause, verb=replace(verb, passive=told_by and _said(scene, clause.subject[0])))
    active = clause.link == "reduced" and not told_by and clause.prepositions and scene.cast.named(clause.subject[0])
    return replace(clause, verb=replace(verb, passive=not active))


def _said(scene: Scene, phrase: int) -> bool:
    """Whether a phrase means something said: it is spread, and does nothing itself."""
    return phrase >= 0 and (scene.cast.head(phrase) in CLAIM_NOUNS | _MESSAGES or scene.takes_up(phrase))


def _spreaders(scene: Scene, clause: Clause) -> tuple[Participant, ...]:
    """Who does it: the subject, and where it "was repeated on X" the outlet."""
    entities = scene.analysis.entities
    found = [p for p in sources_of(scene, clause) if not _only_a_place(scene, p)]
    if clause.verb.passive:
        for word, phrase in clause.prepositions:
            if word in ("on", "in") and phrase >= 0 and not _of_noun(scene, clause, phrase):
                outlets = (p for p in scene.cast.named(phrase) if entities[p.entity].type == "Outlet")
                found.extend(p for p in outlets if entities[p.entity].properties.get("kind") != "platform")
    return tuple(dict.fromkeys(found))


def _of_noun(scene: Scene, clause: Clause, phrase: int) -> bool:
    """Whether a phrase hangs on another noun of its clause: "by accounts on X"."""
    return any(
        other == phrase
        for _, noun in clause.prepositions
        if noun != phrase
        for _, other in scene.read.posts.get(noun, ())
    )


def _amplified(scene: Scene, clause: Clause, frame: Frame, phrase: int, sources: tuple[Participant, ...]) -> bool:
    head = scene.cast.head(phrase)
    false = _is_false(scene, phrase) or _ascribed(scene, phrase)
    is_claim = (
        head in CLAIM_NOUNS or scene.takes_up(phrase) or (false and head in _NEWS) or bool(scene.content_of(phrase))
    )
    is_message = head in _MESSAGES
    actors = scene.cast.named(phrase)
    bare = frame.verb in _REPEATING and scene.cast.words(phrase).lower() in _PRONOUNS
    if frame.nouns == "strong" and head not in _STRONG:
        return False
    if frame.nouns == "claim" and not is_claim and not bare:
        return False
    if frame.nouns and not is_claim and not is_message and not bare:
        return False
    if frame.verb == "quote" and (_quoted_as(scene, clause) or any(scene.cast.is_collective(p.entity) for p in actors)):
        return False
    if scene.analysis.tokens[scene.cast.phrase(phrase).first].tag == "PRP$" and frame.verb in _GIVING_OUT:
        return False  # "shared its findings": one's own
    stance = stance_of_clause(scene.analysis, clause)
    aimed = (
        clause.kind in ("gerund", "infinitive") and clause.noun is not None and scene.cast.head(clause.noun) in _AIMS
    )
    if aimed or stance.hypothetical or (stance.negated and not (clause.verb.negated and is_claim)):
        scene.nearly("amplify", clause, NOT_PLAIN, frame)
        return True
    targets: list[Participant | str] = []
    if _each_other(scene, phrase):  # "X and Y amplify each other's messages"
        targets.extend(sources)
    else:
        others = actors or (() if false and head not in CLAIM_NOUNS else _whose(scene, phrase, clause))
        targets.extend(
            p for p in others
            if not any(same_side(scene.analysis, p.entity, source.entity) for source in sources)
            and not _only_a_place(scene, p)
        )  # fmt: skip
        said = is_claim or false or (not actors and not frame.nouns)
        told = bare or _checked(scene, phrase, head) or (said and not _untold(scene, phrase))
        claim = scene.claim_of_phrase(phrase) if not targets and not frame.foreign and told else None
        targets.extend([claim] if claim else [])
    trigger = scene.trigger_of(clause)
    if is_claim and stance.plain and _for_the_first_time(scene, clause):
        _give(scene, phrase, sources, trigger)
        return True
    scene.relate(
        "AMPLIFIES", sources, targets, trigger=trigger, rule=f"amplify.{frame.verb}", frame=frame, stance=stance
    )
    return bool(targets)


def _only_a_place(scene: Scene, participant: Participant) -> bool:
    """Whether a participant is where things are said and says nothing: a platform, "social media", "disinformation"."""
    node = scene.analysis.entities[participant.entity]
    if node.properties.get("kind") == "platform":
        return True
    words = node.name.lower().split()
    return scene.cast.is_collective(participant.entity) and side_of(node) is None and (
        words[-1] in ("disinformation", "misinformation", "propaganda") or words == ["social", "media"]
    )  # fmt: skip


def _whose(scene: Scene, phrase: int, clause: Clause) -> tuple[Participant, ...]:
    """Whose message a phrase names: its issuer's, or of those it quotes ("a story quoting X") or links to."""
    cast = scene.cast
    if _ascribed(scene, phrase):
        return ()
    for below in scene.read.of_noun.get(phrase, ()):
        if below.verb.lemma in _QUOTING and not below.verb.passive:
            return tuple(p for other in below.objects[:1] for p in cast.named(other))
    head = cast.head(phrase)
    if head in _POINTING:
        for _, other in scene.read.posts.get(phrase, ())[:1]:
            return cast.named(other) or cast.issuers(other)
    if head in _VOICES:  # "the rhetoric of the US" is theirs, "a report of the US" need not be
        for word, other in scene.read.posts.get(phrase, ())[:1]:
            if word == "of" and (those := cast.named(other)):
                return those
    found = cast.issuers(phrase)
    if head in CLAIM_NOUNS:  # "the claim" is one that was told, whoever told it
        found = tuple(p for p in found if p.span[0] >= cast.phrase(phrase).start)
    if found and "anti-" not in cast.words(phrase).lower():
        return found
    if head in _WORDS and scene.points_back(phrase):  # "shared the video"
        return scene.spoke_before(scene.trigger_of(clause)[0])
    if (
        head in STATEMENT_NOUNS and clause.link == "reduced" and clause.parent is None
    ):  # "In a letter carried by X, Y said"
        return tuple(p for speech in scene.speeches_in(clause.sentence) for p in speech.speakers)
    return ()


def _untold(scene: Scene, phrase: int) -> bool:
    """Whether a phrase means something said of which nobody tells what: "a story", "disinformation"."""
    own = scene.cast.phrase(phrase)
    if scene.content_of(phrase) or scene.takes_up(phrase):
        return False
    if own.last - own.first == 1 and scene.is_bare(phrase):
        return scene.cast.head(phrase) in _STRONG
    opening = scene.analysis.tokens[own.first].lower
    if any(word in ("about", "that") for word, _ in scene.read.posts.get(phrase, ())):
        return False  # "a story about X"
    if opening in _FAKE and not scene.read.posts.get(phrase) and not scene.read.of_noun.get(phrase):  # "false news"
        return True
    return opening in ("a", "an") and scene.cast.head(phrase) not in _STRONG and not _is_false(scene, phrase)


def _for_the_first_time(scene: Scene, clause: Clause) -> bool:
    """Whether nobody had said it before: "was first aired by X" makes it X's own claim."""
    verb = clause.verb
    near = scene.analysis.tokens[max(verb.first - 1, 0) : verb.last + 2]
    return any(token.lower in _FIRST for token in near)


def _give(scene: Scene, phrase: int, speakers: tuple[Participant, ...], trigger: Span) -> None:
    """Note whose claim a phrase names."""
    if claim := scene.claim_meant(phrase):
        own = scene.cast.phrase(phrase)
        for speaker in speakers:
            scene.attribute(
                claim, speaker, (own.start, own.end), trigger, rule="noun.first", manner="paraphrased",
                chain=scene.chain(trigger[0]),
            )  # fmt: skip


def _quoted_as(scene: Scene, clause: Clause) -> bool:
    """Whether a quotation is only reported: "quoted X as saying"."""
    return any(scene.read.clauses[child].link == "as" for child in clause.children) or any(
        word == "as" for word, _ in clause.prepositions
    )


def _checked(scene: Scene, phrase: int, head: str) -> bool:
    """Whether a fact-check speaks of the message that it checks: "the video shared by X"."""
    document = scene.analysis.nodes[document_at(scene.analysis, scene.cast.phrase(phrase).start)]
    return document.properties.get("genre") == "fact-check" and head in _MESSAGES and scene.points_back(phrase)


def _each_other(scene: Scene, phrase: int) -> bool:
    own = scene.cast.phrase(phrase)
    words = [token.lower for token in scene.analysis.tokens[own.first : own.last + 1]]
    return any(pair == ("each", "other") for pair in pairwise(words))


def _ascribed(scene: Scene, phrase: int) -> bool:
    """Whether a phrase means words that may be nobody's: "the comments attributed to X"."""
    return any(clause.verb.lemma in _ASCRIBING for clause in scene.read.of_noun.get(phrase, ()))


def _is_false(scene: Scene, phrase: int) -> bool:
    """Whether a message is called false, or claims something: "a doctored video", "a clip purporting to show …"."""
    if not scene.cast.adjectives(phrase).isdisjoint(_FAKE):
        return True
    hanging = (clause for clause in scene.read.of_noun.get(phrase, ()) if clause.kind != "infinitive")
    return any(clause.verb.lemma in _CLAIMING for clause in hanging)
