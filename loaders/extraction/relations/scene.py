"""The scene of one document: what the readers of relations share.

Which words state a claim, where they begin and end, which earlier claim a bare "the allegations" means, who vouches for
the words at a place, and one way to add a relation with all of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from narragraph.graph.model import Value
from narragraph.loaders.extraction.analysis import Analysis, Span
from narragraph.loaders.extraction.clauses import Clause, Clauses
from narragraph.loaders.extraction.edges import add_claim, add_edge
from narragraph.loaders.extraction.participants import (
    BLAMING_NOUNS,
    CLAIM_NOUNS,
    STATEMENT_NOUNS,
    Cast,
    Participant,
    cast_of,
    home_of,
    same_side,
)
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
_BARE = frozenset(["it", "this", "that", "these", "those", "they", "them", "such", "the"])
_SENTENCE = 2000  # characters of the longest sentence that is shown whole
_PASSAGE = 800  # characters that a claim and the words that give it to its speaker may span
_DASHES = frozenset(("—", "–", "--"))
_SUMMING = frozenset(("something", "line", "theme", "thing", "proposition", "prospect", "message", "view"))
_BEHIND = frozenset(("of", "that", "about", "by", "from", "against", "on", "regarding", "concerning", "over"))
_TELLING = frozenset(("NN", "VB", "JJ", "CD", "FW"))  # tags of words that can tell something
_CHARGES = frozenset(("accusation", "allegation", "charge"))
_RECENT_CLAIMS = 8  # claims among which an accusation is looked for first
_TOLD = 20  # claims that words may contradict
_RECENT_EDGES = 40
_NEAR = 12  # speeches looked back upon for the innermost one


class Scene:
    """A document with who takes part in it, its speeches, and the claims found so far."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.recorder = analysis.recorder
        self.read: Clauses = analysis.layers["clauses"]
        self.cast: Cast = cast_of(analysis)
        self.speeches = speech_layer(analysis)
        self.token_starts = [token.start for token in analysis.tokens]
        self._sentence_starts = [sentence.start for sentence in analysis.sentences]
        self._starts = [speech.start for speech in self.speeches]
        self._claims: list[tuple[str, int]] = []  # id and where it stands, in the order in which they were found
        self._issued: dict[str, set[str]] = {}  # claim → those it is given to
        self.accusing: set[int] = set()  # clauses that accuse: what they govern is the accuser's word
        self.claim_of_speech: dict[int, str] = {}
        self._charges: dict[str, str | None] = {}  # who was accused so far, or their country → the last claim of it
        self._attributed: set[tuple[str, str]] = set()

    # -- places ---------------------------------------------------------------------------------------------------

    def trigger_of(self, clause: Clause) -> Span:
        """The characters of a clause's verb group."""
        tokens = self.analysis.tokens
        return tokens[clause.verb.first].start, tokens[clause.verb.last - 1].end

    def span_of_tokens(self, first: int, last: int) -> Span:
        """The characters of ``tokens[first:last]`` up to a dash, without marks at the end."""
        tokens = self.analysis.tokens
        last = next(
            (at for at in range(first + 1, last) if tokens[at].text in _DASHES or tokens[at].lower.startswith("http")),
            last,
        )
        while last > first + 1 and (
            tokens[last - 1].tag in (",", ".", ":", "''", "CC")
            or (tokens[last - 1].tag == "RB" and tokens[last - 2].tag in (",", "CC"))  # "…, and later (claimed)"
        ):
            last -= 1
        return tokens[first].start, tokens[last - 1].end

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

    def chain(self, offset: int) -> tuple[str, ...]:
        """Who vouches for the words at an offset beside the document, outermost first."""
        return chain_at(self.speeches, self.speech_at(offset))

    def nearly(self, rule: str, trigger: Clause | Span, condition: str, frame: Frame | None = None) -> None:
        """Note for a trace that a rule nearly fired, and what stood against it; ``frame`` is one of its family."""
        if self.recorder is None:
            return
        span = self.trigger_of(trigger) if isinstance(trigger, Clause) else trigger
        self.recorder.miss(f"{rule}.{frame.verb}" if frame else rule, span, condition, frame.told() if frame else None)

    # -- relations -------------------------------------------------------------------------------------------------

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
                    self._charges[end] = claim
                    if home := home_of(self.analysis.entities[end]):
                        self._charges[home] = claim

    # -- claims ---------------------------------------------------------------------------------------------------

    def extent(self, phrase: int) -> Span:
        """A noun phrase with what hangs on it: "the claim that …", "allegations of meddling by X"."""
        own = self.cast.phrase(phrase)
        end = own.last
        sentence_end = self.analysis.tokens[own.first].start
        for word, other in self.read.posts.get(phrase, ())[:3]:
            if word == "as":  # "(dismissed) the claim as a smear"
                break
            end = max(end, self.cast.phrase(other).last)
        for clause in self.read.of_noun.get(phrase, ()):
            if clause.link != "," and clause.first <= end + 2:
                end = max(end, clause.last)
        return self.span_of_tokens(own.first, end) if end > own.first else (sentence_end, own.end)

    def content_of(self, phrase: int) -> Span | None:
        """The clause that says what a claim noun claims, without the noun: "(the claim that) X lied"."""
        for clause in self.read.of_noun.get(phrase, ()):
            if clause.kind == "complement":
                return self.span_of_tokens(clause.first, clause.last)
        return None

    def is_bare(self, phrase: int) -> bool:
        """Whether a phrase points back at a claim without saying it: "it", "the allegations", "these accusations"."""
        own = self.cast.phrase(phrase)
        tokens = self.analysis.tokens
        first = tokens[own.first].lower
        if own.last - own.first == 1 and first in _BARE:
            return True
        nothing_behind = not self.read.of_noun.get(phrase) and not any(
            word in _BEHIND for word, _ in self.read.posts.get(phrase, ())
        )
        short = own.last - own.first == 1 or (first in _BARE and own.last - own.first <= 3)
        plain = short and self.cast.head(phrase) in CLAIM_NOUNS
        return plain and nothing_behind and not own.possessor

    def antecedent(self, clause: Clause, phrase: int) -> int:
        """What "which" takes up: in "a report by X, which Y dismissed" the report; any other phrase is its own."""
        if clause.kind != "relative" or clause.link != "which" or phrase != clause.noun or not self.cast.named(phrase):
            return phrase
        for before in range(phrase - 1, max(phrase - 4, -1), -1):
            if self.cast.head(before) in CLAIM_NOUNS | STATEMENT_NOUNS and any(
                other == phrase and word in ("by", "from") for word, other in self.read.posts.get(before, ())
            ):
                return before
        return phrase

    @property
    def accuses(self) -> bool:
        """Whether anybody was accused so far."""
        return bool(self._charges)

    def is_accused(self, side: Participant) -> bool:
        """Whether somebody, or somebody of their country, was accused so far."""
        home = home_of(self.analysis.entities[side.entity])
        return side.entity in self._charges or home in self._charges

    def told_by_others(self, offset: int, speakers: Sequence[Participant]) -> list[tuple[str, Span]]:
        """The last claims that others than the speakers told before an offset, the newest first, with their places."""
        own = {speaker.entity for speaker in speakers}
        found: list[tuple[str, Span]] = []
        for ident, start in reversed(self._claims):
            if start < offset and own.isdisjoint(self._issued.get(ident, ())):
                found.append((ident, (start, start + len(self.analysis.nodes[ident].name))))
            if len(found) == _TOLD:
                break
        return found

    def points_back(self, phrase: int) -> bool:
        """Whether a phrase is no more than "the video", "this post": one that was spoken of before."""
        own = self.cast.phrase(phrase)
        return own.last - own.first == 2 and self.analysis.tokens[own.first].lower in _BARE

    def spoke_before(self, offset: int) -> tuple[Participant, ...]:
        """Who spoke last before an offset, at most two sentences ago."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return ()
        speech = self.speeches[at]
        here = bisect_right(self._sentence_starts, offset) - 1
        return speech.speakers if here - speech.sentence <= 2 else ()

    def takes_up(self, phrase: int) -> bool:
        """Whether a phrase sums up the clause before it: ", a charge he denied"."""
        own = self.cast.phrase(phrase)
        before = self.analysis.tokens[own.first - 1].text if own.first else ""
        first = self.analysis.tokens[own.first]
        return (
            before in (",", "—", "–", "-", "--")
            and own.last - own.first <= 4
            and (self.cast.head(phrase) in CLAIM_NOUNS | _SUMMING)
            and not own.possessor
            and (first.lower in ("a", "an", "another") or first.tag in ("NNS", "NN"))
        )

    def claim_at(self, span: Span) -> str:
        """The claim that a span states."""
        ident = add_claim(self.analysis, self._telling(span))
        self._claims.append((ident, span[0]))
        return ident

    def _telling(self, span: Span) -> Span:
        """The span, or where no word of it tells anything ("the") all from there to the end of the sentence."""
        first, last = (bisect_left(self.token_starts, offset) for offset in span)
        tokens = self.analysis.tokens
        if any(token.tag[:2] in _TELLING for token in tokens[first:last]) or first >= len(tokens):
            return span
        sentence = self.analysis.sentences[bisect_right(self._sentence_starts, span[0]) - 1]
        return self.span_of_tokens(first, sentence.last) if sentence.last > first else span

    def _told_just_before(self, phrase: int) -> Span:
        """What a phrase sums up: the clause before it in its sentence ("… that X lied, a charge Y denied")."""
        own = self.cast.phrase(phrase)
        sentence = self.analysis.sentences[bisect_right(self._sentence_starts, own.start) - 1]
        below = [
            clause.first
            for clause in (self.read.clauses[index] for index in self.read.by_sentence[sentence.index])
            if clause.kind in ("complement", "gerund") and clause.first < own.first < clause.last + 2
        ]
        return self.span_of_tokens(max(below, default=sentence.first), own.first)

    def _stands_in_sentence(self, claim: str, offset: int) -> bool:
        first, last = self.sentence_at(offset)
        return any(ident == claim and first <= start < last for ident, start in self._claims[-_RECENT_CLAIMS:])

    def _claim_noun_before(self, phrase: int) -> int | None:
        """The last phrase before a pronoun in its sentence that names a claim: "heard the charge and denied it"."""
        start = self.sentence_at(self.cast.phrase(phrase).start)[0]
        for before in range(phrase - 1, max(phrase - 8, -1), -1):
            if self.cast.phrase(before).start < start:
                return None
            if self.cast.head(before) in CLAIM_NOUNS:
                return before
        return None

    def _sentence_before(self, offset: int) -> Span | None:
        """The sentence before the one at an offset."""
        at = bisect_right(self._sentence_starts, offset) - 2
        if at < 0:
            return None
        sentence = self.analysis.sentences[at]
        return self.span_of_tokens(sentence.first, sentence.last) if sentence.last > sentence.first else None

    def claim_before(self, offset: int, *, against: Participant | None = None, accusing: bool = False) -> str | None:
        """The claim that words at an offset point back at: the last one told before them.

        What ``against`` denies is not what they said themselves, and an accusation (``accusing``) is rather one of them
        or their country than any other words.
        """
        told = [
            ident for ident, start in self._claims[-_RECENT_EDGES:]
            if start < offset and not (against and against.entity in self._issued.get(ident, ()))
        ]  # fmt: skip
        if accusing:
            charges = [edge for edge in self.analysis.edges[-_RECENT_EDGES:] if edge.type == "ACCUSES"]
            entities = self.analysis.entities
            home = home_of(entities[against.entity]) if against and against.entity in entities else None
            own = {edge.properties.get("claim") for edge in charges if home and home_of(entities[edge.target]) == home}
            told = [ident for ident in told[-_RECENT_CLAIMS:] if ident in own] or told
        return told[-1] if told else None

    def claim_of_phrase(self, phrase: int, *, clause: Clause | None = None, against: Participant | None = None) -> str:
        """The claim that a noun phrase names or points back at; its issuer is noted where the text tells.

        ``against`` is who denies or debunks it: never its issuer.
        """
        start = self.cast.phrase(phrase).start
        takes_up = self.takes_up(phrase)
        if takes_up or self.is_bare(phrase):
            accusing = self.cast.head(phrase) in _CHARGES
            before = self.claim_before(start, against=against, accusing=accusing)
            if takes_up and not (before and self._stands_in_sentence(before, start)):
                return self.claim_at(self._told_just_before(phrase))
            if before:
                return before
            if self.cast.words(phrase).lower() in _BARE:
                named = self._claim_noun_before(phrase)
                if named is not None:
                    return self.claim_of_phrase(named, clause=clause, against=against)
                if sentence := self._sentence_before(start):
                    return self.claim_at(sentence)
        claimed = self.cast.head(phrase) in CLAIM_NOUNS | BLAMING_NOUNS or (
            against is not None and self.cast.phrase(phrase).possessor
        )
        issuers = self.cast.issuers(phrase, clause) if claimed else ()
        span = self.content_of(phrase) or self.extent(phrase)
        ident = self.claim_at(span)
        own = self.cast.phrase(phrase)
        for issuer in issuers:
            if against is None or issuer.entity != against.entity:
                self.attribute(
                    ident,
                    issuer,
                    span,
                    (own.start, own.end),
                    rule="noun.claim",
                    manner="ascribed" if against else "paraphrased",
                )
        return ident

    def claim_meant(self, phrase: int, *, against: Participant | None = None) -> str | None:
        """The claim that the subject of "is false" means; None for a mere "it" with no claim before it."""
        own = self.cast.phrase(phrase)
        if own.last - own.first == 1 and self.analysis.tokens[own.first].lower in _BARE:
            if before := self.claim_before(own.start, against=against):
                return before
            bare = self.cast.words(phrase).lower() == "it"
            sentence = None if bare else self._sentence_before(own.start)
            return self.claim_at(sentence) if sentence else None
        return self.claim_of_phrase(phrase, against=against)

    def attribute(
        self, claim: str, speaker: Participant, stated: Span, trigger: Span, *, rule: str, manner: str,
        chain: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Note that a claim is a speaker's, once for each place."""
        if (claim, speaker.entity) in self._attributed:
            return
        self._attributed.add((claim, speaker.entity))
        self._issued.setdefault(claim, set()).add(speaker.entity)
        place = self._passage(stated[0], trigger[0])
        add_edge(
            self.analysis, "ATTRIBUTED_TO", claim, speaker.entity, place, rule=rule, trigger=trigger,
            asserted_by=chain, manner=manner, modality="reported",
            target_as_read=self.analysis.text[speaker.span[0] : speaker.span[1]],
        )  # fmt: skip

    def _passage(self, one: int, other: int) -> Span:
        """The sentence of two places; where they stand in different ones not far apart, all from one to the other."""
        first, last = self.sentence_at(min(one, other)), self.sentence_at(max(one, other))
        return (first[0], last[1]) if last[1] - first[0] <= _PASSAGE else self.sentence_at(one)

    def sentence_at(self, offset: int) -> Span:
        """The sentence at an offset; of one that is longer than any reader wants, the words around."""
        sentences = self.analysis.sentences
        sentence = sentences[bisect_right(self._sentence_starts, offset) - 1]
        if sentence.end - sentence.start <= _SENTENCE:
            return sentence.start, sentence.end
        starts = self.token_starts
        first = bisect_right(starts, max(sentence.start, offset - _SENTENCE // 2), sentence.first, sentence.last) - 1
        last = bisect_right(starts, offset + _SENTENCE // 2, sentence.first, sentence.last) - 1
        return starts[first], self.analysis.tokens[max(first, last)].end

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
