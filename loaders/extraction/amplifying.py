"""Who repeats and spreads what others say."""

from __future__ import annotations

from narragraph.loaders.extraction.accusing import same_side
from narragraph.loaders.extraction.claims import Scene
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.edges import add_edge
from narragraph.loaders.extraction.frames import Frame, fits, frames_of, slot
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, STATEMENT_NOUNS, Participant
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_words

_MESSAGES = load_words("amplify", "message_nouns") | STATEMENT_NOUNS
_STRONG = load_words("amplify", "strong_nouns")


def amplify_by_verb(scene: Scene, clause: Clause) -> bool:
    """AMPLIFIES edges of the first frame that the clause fills; whether one was found."""
    for frame in frames_of("amplify").get(clause.verb.lemma, ()):
        if not fits(frame, clause, scene.cast, scene.analysis.tokens):
            continue
        sources = tuple(p for phrase in slot(clause, "subject") for p in scene.cast.speakers(phrase, clause))
        if not sources:
            continue
        for name in frame.claim:
            for phrase in slot(clause, name, frame):
                if phrase >= 0 and _amplified(scene, clause, frame, phrase, sources):
                    return True
    return False


def _amplified(scene: Scene, clause: Clause, frame: Frame, phrase: int, sources: tuple[Participant, ...]) -> bool:
    head = scene.cast.head(phrase)
    is_claim = head in CLAIM_NOUNS
    is_message = head in _MESSAGES
    actors = scene.cast.named(phrase)
    if frame.nouns == "strong" and head not in _STRONG:
        return False
    if frame.nouns and not is_claim and not is_message:
        return False
    if not stance_of_clause(scene.analysis, clause).plain:
        return True
    if "each other" in scene.cast.words(phrase).lower():  # "X and Y amplify each other's messages"
        for source in sources:
            for other in sources:
                if other.entity != source.entity:
                    _edge(scene, clause, source, other.entity, frame, other)
        return True
    issuers = () if actors else scene.cast.issuers(phrase)
    others = tuple(
        p for p in (actors or issuers) if not any(same_side(scene, p.entity, source.entity) for source in sources)
    )
    if frame.foreign and not others:
        return False
    if others:
        for source in sources:
            for other in others:
                _edge(scene, clause, source, other.entity, frame, other)
        return True
    if is_claim or (not actors and not frame.nouns):
        claim = scene.claim_of_phrase(phrase)
        for source in sources:
            _edge(scene, clause, source, claim, frame, None)
        return True
    return False


def _edge(scene: Scene, clause: Clause, source: Participant, target: str, frame: Frame, as_read: Participant | None) -> None:
    trigger = scene.trigger_of(clause)
    chain = scene.chain(trigger[0])
    text = scene.analysis.text
    more = {"target_as_read": text[as_read.span[0] : as_read.span[1]]} if as_read else {}
    add_edge(
        scene.analysis, "AMPLIFIES", source.entity, target, scene.sentence_of(clause), rule=f"amplify.{frame.verb}", trigger=trigger,
        asserted_by=tuple(speaker for speaker in chain if speaker != source.entity),
        modality="reported" if chain and chain[-1] != source.entity else "asserted",
        source_as_read=text[source.span[0] : source.span[1]], **more,
    )  # fmt: skip
