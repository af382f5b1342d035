"""The scene of one document: what the readers of relations share.

Who vouches for the words at a place, who spoke before, the claims found so far, and one way to add a relation with all
of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from narragraph.graph.model import Value
from narragraph.loaders.extraction.analysis import Analysis, Span
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.edges import add_edge
from narragraph.loaders.extraction.participants import Participant, same_side, side_of
from narragraph.loaders.extraction.relations.claims import ClaimFinder
from narragraph.loaders.extraction.relations.frames import Frame
from narragraph.loaders.extraction.speeches import NOT_THEIRS, Speech, chain_at, speech_layer
from narragraph.loaders.extraction.stance import PLAIN, Stance

# why a rule did not fire, as a trace tells it
NO_SOURCE = "whose words they are is not told, or nobody known"
NO_TARGET = "nobody known stands where its target should"
NO_CLAIM = "which claim it speaks of is not told"
NOT_PLAIN = "it is negated or hypothetical"
ONE_SIDE = "both ends are of one side"
UNSAID_BY_ANYBODY = "nobody is said to say it"

UNSAID = 0.3  # confidence of what is negated or hypothetical
_NEAR = 12  # speeches looked back upon for the innermost one


class Scene(ClaimFinder):
    """A document with who takes part in it, its speeches, and the claims found so far."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.recorder = analysis.recorder
        self.speeches = speech_layer(analysis)
        self._starts = [speech.start for speech in self.speeches]
        self._quote_starts = [start for start, _ in analysis.quotes]
        self._quote_ends = list(accumulate((end for _, end in analysis.quotes), max))  # of all quotations so far
        self.accusing: set[int] = set()  # clauses that accuse: what they govern is the accuser's word
        self.claim_of_speech: dict[int, str] = {}
        self._foes: set[frozenset[str]] = set()  # pairs of which one accused the other

    def trigger_of(self, clause: Clause) -> Span:
        """The characters of a clause's verb group."""
        tokens = self.analysis.tokens
        return tokens[clause.verb.first].start, tokens[clause.verb.last - 1].end

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset stands between quotation marks."""
        at = bisect_right(self._quote_starts, offset) - 1
        return at >= 0 and offset < self._quote_ends[at]

    def speech_at(self, offset: int) -> int | None:
        """Index of the innermost speech whose words hold an offset."""
        at = bisect_right(self._starts, offset) - 1
        best: int | None = None
        for index in range(at, max(-1, at - _NEAR), -1):
            speech = self.speeches[index]
            if speech.end > offset and (
                best is None or speech.end - speech.start < self.speeches[best].end - self.speeches[best].start
            ):
                best = index
        return best

    def speeches_in(self, sentence: int) -> list[Speech]:
        """The speeches of a sentence."""
        first, last = self.analysis.sentences[sentence].start, self.analysis.sentences[sentence].end
        return self.speeches[bisect_left(self._starts, first) : bisect_left(self._starts, last)]

    def sentence_of(self, offset: int) -> int:
        """Index of the sentence at an offset."""
        return self._sentence_index(offset)

    def spoke_before(self, offset: int) -> tuple[Participant, ...]:
        """Who spoke last before an offset, at most two sentences ago."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return ()
        speech = self.speeches[at]
        here = self._sentence_index(offset)
        return speech.speakers if here - speech.sentence <= 2 else ()

    def chain(self, offset: int) -> tuple[str, ...]:
        """Who vouches for the words at an offset beside the document, outermost first."""
        return chain_at(self.speeches, self.speech_at(offset))

    def claim_of(self, index: int) -> str:
        """The claim that a speech states, with its ATTRIBUTED_TO edges; who spreads a claim need not have made it."""
        known = self.claim_of_speech.get(index)
        if known is not None:
            return known
        speech: Speech = self.speeches[index]
        start, end = speech.start, speech.end
        first = self.sentence_at(start)
        if end > first[1]:
            end = first[1]  # the first sentence of a long quotation states it
        ident = self.claim_of_speech[index] = self.claim_at((start, end))
        chain = chain_at(self.speeches, speech.parent)
        for speaker in speech.speakers if speech.rule not in NOT_THEIRS else ():
            self.attribute(
                ident, speaker, (start, end), speech.cue, rule=speech.rule, manner=speech.manner, chain=chain
            )
        return ident

    def nearly(self, rule: str, trigger: Clause | Span, condition: str, frame: Frame | None = None) -> None:
        """Note for a trace that a rule nearly fired, and what stood against it; ``frame`` is one of its family."""
        if self.recorder is None:
            return
        span = self.trigger_of(trigger) if isinstance(trigger, Clause) else trigger
        self.recorder.miss(f"{rule}.{frame.verb}" if frame else rule, span, condition, frame.told() if frame else None)

    def relate(
        self,
        type: str,
        sources: Sequence[Participant | str],
        targets: Sequence[Participant | str],
        *,
        trigger: Span,
        rule: str,
        stance: Stance = PLAIN,
        claim: str | None = None,
        speakers: tuple[str, ...] | None = None,
        confidence: float | None = None,
        manner: str | None = None,
        frame: Frame | None = None,
    ) -> None:
        """Add an edge from each source to each target that is not on its side.

        Ends are participants, or ids of claims and documents. ``speakers`` vouch for it, outermost first; those around
        the trigger unless told. What is negated or hypothetical is marked and no more than possible.
        """
        chain = self.chain(trigger[0]) if speakers is None else speakers
        for source in sources:
            origin = source if isinstance(source, str) else source.entity
            others = tuple(speaker for speaker in chain if speaker != origin)
            for target in targets:
                end = target if isinstance(target, str) else target.entity
                if same_side(self.analysis, origin, end):
                    self.nearly(rule, trigger, ONE_SIDE)
                    continue
                if self.recorder and frame:
                    self.recorder.fired.add((type, frame))
                properties: dict[str, Value] = {
                    "polarity": "negated" if stance.negated else "affirmed",
                    "modality": "hypothetical" if stance.hypothetical else "reported" if others else "asserted",
                }
                for name, participant in (("source_as_read", source), ("target_as_read", target)):
                    if isinstance(participant, Participant):
                        properties[name] = self.analysis.text[participant.span[0] : participant.span[1]]
                add_edge(
                    self.analysis, type, origin, end, self.sentence_at(trigger[0]), rule=rule, trigger=trigger,
                    asserted_by=others, claim=claim, confidence=confidence if stance.plain else UNSAID, manner=manner,
                    **properties,
                )  # fmt: skip
                if type == "ACCUSES" and stance.plain:
                    self.charge(end, claim)
                    self._foes.add(frozenset((self._side(origin), self._side(end))))

    def at_odds(self, speakers: Sequence[Participant], other: Participant) -> bool:
        """Whether the side of a speaker and somebody else's have accused one another before."""
        side = self._side(other.entity)
        return any(frozenset((self._side(speaker.entity), side)) in self._foes for speaker in speakers)

    def _side(self, entity: str) -> str:
        """The country that an entity belongs to; itself where that is not known."""
        node = self.analysis.entities.get(entity)
        return (side_of(node) if node else None) or entity
