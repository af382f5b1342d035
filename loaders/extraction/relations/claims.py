"""Claims of one document: which words state one, where they begin and end, and which earlier one others point back at.

"The allegations", "a charge that Y denied" and "it" are no claims of their own: they mean the last one told before, the
clause that they sum up, or the sentence before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

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
)

_BARE = frozenset(["it", "this", "that", "these", "those", "they", "them", "such", "the"])
_SENTENCE = 2000  # characters of the longest sentence that is shown whole
_PASSAGE = 800  # characters that a claim and the words that give it to its speaker may span
_LONGEST = 80  # tokens of what stands behind "that"
_CLOSING = frozenset((",", ";", ".", "!", "?", ")"))
_DASHES = frozenset(("—", "–", "--"))
_BEFORE_SUM = frozenset((",", "—", "–", "-", "--"))
_SUMMING = frozenset(("something", "line", "theme", "thing", "proposition", "prospect", "message", "view"))
_BEHIND = frozenset(("of", "that", "about", "by", "from", "against", "on", "regarding", "concerning", "over"))
_TELLING = frozenset(("NN", "VB", "JJ", "CD", "FW"))  # tags of words that can tell something
_CHARGES = frozenset(("accusation", "allegation", "charge"))
_TOLD = 20  # claims that words may contradict
_RECENT = 40  # claims that words may point back at


class ClaimFinder:
    """Finds the claims that the words of a document state or point back at, and keeps whose they are."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.read: Clauses = analysis.layers["clauses"]
        self.cast: Cast = cast_of(analysis)
        self.token_starts = [token.start for token in analysis.tokens]
        self._sentence_starts = [sentence.start for sentence in analysis.sentences]
        self._claims: list[tuple[str, int]] = []  # id and where it stands, in the order in which they were found
        self._issued: dict[str, set[str]] = {}  # claim → those it is given to
        self._charges: dict[str, str | None] = {}  # who was accused so far, or their country → the last claim of it
        self._attributed: set[tuple[str, str]] = set()

    # -- words ---------------------------------------------------------------------------------------------------------

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

    def sentence_at(self, offset: int) -> Span:
        """The sentence at an offset; of one that is longer than any reader wants, the words around."""
        sentences = self.analysis.sentences
        sentence = sentences[self._sentence_index(offset)]
        if sentence.end - sentence.start <= _SENTENCE:
            return sentence.start, sentence.end
        starts = self.token_starts
        first = bisect_right(starts, max(sentence.start, offset - _SENTENCE // 2), sentence.first, sentence.last) - 1
        last = bisect_right(starts, offset + _SENTENCE // 2, sentence.first, sentence.last) - 1
        return starts[first], self.analysis.tokens[max(first, last)].end

    def _sentence_index(self, offset: int) -> int:
        return bisect_right(self._sentence_starts, offset) - 1

    # -- phrases that name claims --------------------------------------------------------------------------------------

    def extent(self, phrase: int) -> Span:
        """A noun phrase with what hangs on it: "the claim that …", "allegations of meddling by X"."""
        own = self.cast.phrase(phrase)
        end = own.last
        sentence_end = self.analysis.tokens[own.first].start
        for word, other in self.read.posts.get(phrase, ())[:3]:
            if word == "on" and self._is_platform(other):
                break
            if word == "as" or self.cast.words(other) == "hand":  # "the claim as a smear", "the claim out of hand"
                break
            end = max(end, self.cast.phrase(other).last)
        for clause in self.read.of_noun.get(phrase, ()):
            if clause.link != "," and not self._is_aside(clause) and clause.first <= end + 2:
                end = max(end, clause.last)
        return self.span_of_tokens(own.first, end) if end > own.first else (sentence_end, own.end)

    def _is_aside(self, clause: Clause) -> bool:
        """Whether a relative clause stands behind a comma and narrows nothing: "the story, (first) told by X"."""
        before = self.analysis.tokens[max(clause.first - 2, 0) : clause.first]
        return clause.kind == "relative" and any(
            token.text == "," and all(other.tag[:2] == "RB" or other.lower == "first" for other in before[at + 1 :])
            for at, token in enumerate(before)
        )

    def _is_platform(self, phrase: int) -> bool:
        """Whether a phrase tells where something was said: "(the story) on Telegram"."""
        entities = self.analysis.entities
        return any(entities[p.entity].properties.get("kind") == "platform" for p in self.cast.named(phrase))

    def content_of(self, phrase: int) -> Span | None:
        """The clause that says what a claim noun claims, without the noun: "(the claim that) X lied"."""
        for clause in self.read.of_noun.get(phrase, ()):
            if clause.kind == "complement":
                return self.span_of_tokens(clause.first, clause.last)
        return None

    def told_behind(self, phrase: int) -> Span | None:
        """What stands behind a phrase and "that", also after a comma: "no evidence that …", "a claim, that X lied,"."""
        tokens, own = self.analysis.tokens, self.cast.phrase(phrase)
        sentence = self.analysis.sentences[self._sentence_index(own.start)]
        first = own.last + (own.last < sentence.last and tokens[own.last].text == ",")
        if first + 2 >= sentence.last or tokens[first].lower != "that":
            return None
        end = min(sentence.last, first + _LONGEST)
        last = next((at for at in range(first + 2, end) if tokens[at].text in _CLOSING), end)
        return self.span_of_tokens(first + 1, last)

    def is_bare(self, phrase: int) -> bool:
        """Whether a phrase points back at a claim without saying it: "it", "the allegations", "these accusations"."""
        own = self.cast.phrase(phrase)
        tokens = self.analysis.tokens
        first = tokens[own.first].lower
        if own.last - own.first == 1 and first in _BARE:
            return True
        nothing_behind = not self.read.of_noun.get(phrase) and not any(
            word in _BEHIND and not self._is_platform(other) for word, other in self.read.posts.get(phrase, ())
        )
        same = own.last - own.first > 2 and tokens[own.first + 1].lower == "same"  # "the same old story"
        short = own.last - own.first == 1 or (first in _BARE and (own.last - own.first <= 3 or same))
        plain = short and self.cast.head(phrase) in CLAIM_NOUNS
        return plain and nothing_behind and not own.possessor

    def points_back(self, phrase: int) -> bool:
        """Whether a phrase is no more than "the video", "this post": one that was spoken of before."""
        own = self.cast.phrase(phrase)
        return own.last - own.first == 2 and self.analysis.tokens[own.first].lower in _BARE

    def _points_at(self, phrase: int) -> bool:
        """Whether a phrase that stands for a claim only points at it: "this account", "that version"."""
        own = self.cast.phrase(phrase)
        pointing = self.analysis.tokens[own.first].lower in ("this", "that", "these", "those")
        return pointing and own.last - own.first == 2 and not self.read.posts.get(phrase)

    def takes_up(self, phrase: int) -> bool:
        """Whether a phrase sums up the clause before it: ", a charge he denied"."""
        own = self.cast.phrase(phrase)
        before = self.analysis.tokens[own.first - 1].text if own.first else ""
        first = self.analysis.tokens[own.first]
        return (
            before in _BEFORE_SUM
            and own.last - own.first <= 4
            and (self.cast.head(phrase) in CLAIM_NOUNS | _SUMMING)
            and not own.possessor
            and (first.lower in ("a", "an", "another") or first.tag in ("NNS", "NN"))
        )

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

    # -- claims --------------------------------------------------------------------------------------------------------

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
        sentence = self.analysis.sentences[self._sentence_index(span[0])]
        return self.span_of_tokens(first, sentence.last) if sentence.last > first else span

    def claim_before(self, offset: int, *, against: Participant | None = None, accusing: bool = False) -> str | None:
        """The claim that words at an offset point back at: the last one told before them.

        What ``against`` denies is not what they said themselves, and an accusation (``accusing``) is rather one of them
        or their country than any other words.
        """
        told = [
            ident for ident, start in self._claims[-_RECENT:]
            if start < offset and not (against and against.entity in self._issued.get(ident, ()))
        ]  # fmt: skip
        if accusing and against is not None:
            home = home_of(self.analysis.entities[against.entity])
            charged = {self._charges.get(against.entity), self._charges.get(home or against.entity)}
            told = [ident for ident in told if ident in charged] or told
        return told[-1] if told else None

    def told_by_others(self, offset: int, speakers: Sequence[Participant]) -> list[tuple[str, Span]]:
        """The last claims that others than the speakers told before an offset, the newest first, with their places."""
        own = {speaker.entity for speaker in speakers}
        found: list[tuple[str, Span]] = []
        for ident, start in reversed(self._claims[-_RECENT:]):
            if start < offset and own.isdisjoint(self._issued.get(ident, ())):
                found.append((ident, (start, start + len(self.analysis.nodes[ident].name))))
            if len(found) == _TOLD:
                break
        return found

    def claim_of_phrase(self, phrase: int, *, clause: Clause | None = None, against: Participant | None = None) -> str:
        """The claim that a noun phrase names or points back at; its issuer is noted where the text tells.

        ``against`` is who denies or debunks it: never its issuer.
        """
        start = self.cast.phrase(phrase).start
        takes_up = self.takes_up(phrase)
        if takes_up or self.is_bare(phrase) or self._points_at(phrase):
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

    def _told_just_before(self, phrase: int) -> Span:
        """What a phrase sums up: the clause before it in its sentence ("… that X lied, a charge Y denied")."""
        own = self.cast.phrase(phrase)
        sentence = self.analysis.sentences[self._sentence_index(own.start)]
        below = [
            clause.first
            for clause in (self.read.clauses[index] for index in self.read.by_sentence[sentence.index])
            if clause.kind in ("complement", "gerund") and clause.first < own.first < clause.last + 2
        ]
        return self.span_of_tokens(max(below, default=sentence.first), own.first)

    def _stands_in_sentence(self, claim: str, offset: int) -> bool:
        first, last = self.sentence_at(offset)
        return any(ident == claim and first <= start < last for ident, start in self._claims[-_TOLD:])

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
        at = self._sentence_index(offset) - 1
        if at < 0:
            return None
        sentence = self.analysis.sentences[at]
        return self.span_of_tokens(sentence.first, sentence.last) if sentence.last > sentence.first else None

    # -- who is accused, whose claims they are -------------------------------------------------------------------------

    def charge(self, whom: str, claim: str | None) -> None:
        """Note that somebody is accused, with what."""
        self._charges[whom] = claim
        if home := home_of(self.analysis.entities[whom]):
            self._charges[home] = claim

    def accuses(self) -> bool:
        """Whether anybody was accused so far."""
        return bool(self._charges)

    def is_accused(self, side: Participant) -> bool:
        """Whether somebody, or somebody of their country, was accused so far."""
        home = home_of(self.analysis.entities[side.entity])
        return side.entity in self._charges or home in self._charges

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
