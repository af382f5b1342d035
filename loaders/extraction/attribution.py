"""Attribution: who says what, with the whole chain of speakers; the best candidate speaker wins.

Every way of giving words to somebody proposes a speech with a rank; where two proposals give the same words, the one of
the better rank stays: quoted as > said X > trailing "X said" > the noun ("X's claim that …") > according to > carried
over.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from narragraph.loaders.extraction.analysis import Analysis, Sentence, Span
from narragraph.loaders.extraction.clauses import CALLING, Clause, Clauses
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, STATEMENT_NOUNS, Cast, Participant, cast_of
from narragraph.ontology.lexicon import load_words

NEUTRAL = load_words("speech", "neutral")
ASSERTIVE = load_words("speech", "assertive")
ACCUSING = load_words("speech", "accusing")
NEEDS_CLAUSE = load_words("speech", "needs_clause")
NAMING = load_words("speech", "naming")
HELD = load_words("speech", "held")
_CONVINCED = load_words("speech", "convinced")
_HOLDING = frozenset(("have", "hold", "express", "voice", "share", "see"))
SPEECH = NEUTRAL | ASSERTIVE | ACCUSING
_NESTED = 12  # speeches inside one another
_EARLIER = 60  # clauses before "X said"
_SHORTEST, _WIDEST = 3, 3000  # characters of what is said in one sentence; more is no sentence
_REACH = 10  # tokens behind a verb of naming
_OF_OTHERS = frozenset(("accusations", "allegations", "assertions", "charges", "claims"))
_QUOTED = 8  # characters of quoted words that say something
_CALLED_TO = frozenset(("on", "upon", "for"))
_GOES_ON = 2  # sentences until which "the statement" is that of the last speaker
_MANY = 6  # quotations in one sentence
_LONGEST = 30  # sentences of one quotation
SPREADING = load_words("speech", "spreading")
_RANKS = {
    "speech.spread": 3,
    "speech.quoted-as": 0,
    "speech.said": 1,
    "speech.trailing": 2,
    "speech.quote": 2,
    "speech.named": 3,
    "speech.noun": 3,
    "speech.according": 4,
    "speech.carried": 5,
}


@dataclass
class Speech:
    """Words given to speakers: ``start`` to ``end`` is what is said, ``cue`` the words that tell who says it."""

    speakers: tuple[Participant, ...]
    cue: Span
    start: int
    end: int
    rule: str
    manner: str  # quoted, paraphrased
    sentence: int  # where the cue stands
    stance: str = "neutral"  # neutral, assertive, accusing
    negated: bool = False
    parent: int | None = None  # index of the speech that this one stands in
    clause: int | None = None  # the clause that says it


def find_speech(analysis: Analysis) -> None:
    """Leave the speeches of the document, ordered by start and longest first, in ``layers["speeches"]``."""
    finder = _Finder(analysis)
    for sentence in analysis.sentences:
        finder.read(sentence)
    finder.carry_over()
    analysis.layers["speeches"] = nest(finder.best())


def chain_at(speeches: list[Speech], innermost: int | None) -> tuple[str, ...]:
    """The speakers who vouch for what a speech holds, outermost first."""
    chain: list[str] = []
    at = innermost
    while at is not None and len(chain) < 8:
        chain.append(speeches[at].speakers[0].entity)
        at = speeches[at].parent
    return tuple(reversed(chain))


class _Finder:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.read_clauses: Clauses = analysis.layers["clauses"]
        self.clauses = self.read_clauses.clauses
        self.cast: Cast = cast_of(analysis)
        self.found: list[Speech] = []
        self.quotes = list(analysis.quotes)
        self.unnamed: set[int] = set()  # sentences in which somebody speaks whom the reading cannot tell

    # -- one sentence ---------------------------------------------------------------------------------------------

    def read(self, sentence: Sentence) -> None:
        for index in self.read_clauses.by_sentence[sentence.index]:
            clause = self.clauses[index]
            said = clause.verb.lemma in SPEECH and self._speech_verb(sentence, clause)
            if clause.link == "what" and clause.verb.lemma in CALLING:
                self._called(sentence, clause)
            if not said and clause.verb.lemma in NAMING:
                self._quoted_words(sentence, clause)
            if clause.kind == "complement" and clause.noun is not None:
                self._noun(sentence, clause)
            if clause.verb.lemma in ("be", "convince"):
                self._sure(sentence, clause)
        self._after_colon(sentence)
        for phrase in self.read_clauses.according[sentence.index]:
            self._according(sentence, phrase)

    def _speech_verb(self, sentence: Sentence, clause: Clause) -> bool:
        """Read a verb of saying; whether the sentence holds what is said."""
        speakers = self._speakers(clause)
        if not speakers:
            self._nearly("speech.said", self._span(clause.verb.first, clause.verb.last), "its subject is nobody known")
            if clause.kind == "main" and not clause.quoted and self._is_somebody_new(clause):
                self.unnamed.add(sentence.index)
            return False
        stance = stance_of(clause.verb.lemma)
        rule = "speech.quoted-as" if clause.link == "as" else "speech.said"
        contents = [self.clauses[child] for child in clause.children if self._is_content(self.clauses[child])]
        if contents:
            for content in contents:
                last = self._before_summary(content)
                self._add(speakers, clause, self._span(content.first, last), rule, "paraphrased", sentence, stance)
            return True
        quotations = self._quotations_near(sentence, clause.verb.first)
        if quotations and not clause.quoted:
            for first, last in quotations:
                self._add(speakers, clause, self._quotation(first, last), "speech.quote", "quoted", sentence, stance)
            return True
        before = len(self.found)
        if clause.link == "inserted":
            whole = self._span(sentence.first, sentence.last)
            self._add(speakers, clause, whole, "speech.trailing", "paraphrased", sentence, stance)
        elif clause.kind == "main" and (clause.verb.lemma not in NEEDS_CLAUSE or sentence.last - clause.verb.last <= 1):
            self._trailing(sentence, clause, speakers, stance)
        if len(self.found) == before:
            self._nearly("speech.said", self._span(clause.verb.first, clause.verb.last), "no words said stand with it")
        return len(self.found) > before

    def _speakers(self, clause: Clause) -> tuple[Participant, ...]:
        """Who says it: the subject, or the agent of "it was reported by X that …"."""
        if clause.verb.passive:
            agents = [phrase for word, phrase in clause.prepositions if word == "by"]
            told = any(self.clauses[child].kind == "complement" for child in clause.children)
            return tuple(p for agent in agents for p in self.cast.speakers(agent)) if told else ()
        if not clause.subject:
            return ()
        return self.cast.speakers(clause.subject[0], clause) or self._of_statement(clause)

    def _is_somebody_new(self, clause: Clause) -> bool:
        """Whether the subject is none of those who spoke before: "residents", "a teacher", but not "the official"."""
        first = self.analysis.tokens[self.cast.phrase(clause.subject[0]).first] if clause.subject else None
        return first is not None and first.tag != "PRP" and first.lower not in ("the", "this", "that")

    def _of_statement(self, clause: Clause) -> tuple[Participant, ...]:
        """Who spoke just before, where it is "the statement" that goes on."""
        subject = self.cast.phrase(clause.subject[0])
        bare = subject.last - subject.first == 2 and self.analysis.tokens[subject.first].lower in ("the", "this")
        if not bare or not self.found or self.cast.head(clause.subject[0]) not in STATEMENT_NOUNS:
            return ()
        last = self.found[-1]
        return last.speakers if clause.sentence - last.sentence <= _GOES_ON else ()

    def _before_summary(self, content: Clause) -> int:
        """Where a content ends: before the words that sum it up (", a charge Oslo denies")."""
        tokens = self.analysis.tokens
        for index in content.objects:
            own = self.cast.phrase(index)
            summing = own.last - own.first <= 4 and self.cast.head(index) in CLAIM_NOUNS
            if summing and own.first > content.first and tokens[own.first - 1].text in (",", "—", "–", "-"):
                return own.first - 1
        return content.last

    def _quoted_words(self, sentence: Sentence, clause: Clause) -> None:
        """Read some quoted words behind a verb of naming or judging: "X called the report “an insult”"."""
        if clause.verb.passive or not clause.subject or clause.last <= clause.verb.last:
            return
        if self.analysis.tokens[clause.verb.last].lower in _CALLED_TO and clause.verb.lemma == "call":
            return  # "called on X to …"
        speakers = self.cast.speakers(clause.subject[0], clause)
        if not speakers and clause.link == "what" and clause.parent is not None:  # "X condemned what it called “…”"
            above = self.clauses[clause.parent]
            speakers = self.cast.speakers(above.subject[0], above) if above.subject else ()
        if not speakers:
            return
        tokens = self.analysis.tokens
        start, end = tokens[clause.verb.last].start, tokens[clause.last - 1].end
        reach = tokens[min(clause.last, clause.verb.last + _REACH) - 1].end
        for quote in self.quotes_near(reach):
            words = self.analysis.text[quote[0] : quote[1]].split()
            if words and words[-1].strip("”\"'’.,").lower() in _OF_OTHERS:
                continue  # "what it called “wild claims”" names what others claim
            a_name = all(word[0].isupper() for word in words)
            if start <= quote[0] < min(reach, end) and not a_name and quote[1] - quote[0] >= _QUOTED:
                self._add(speakers, clause, quote, "speech.named", "quoted", sentence, "assertive")

    def _called(self, sentence: Sentence, clause: Clause) -> None:
        """Read "what X called an attempt to …": the words are X's."""
        if clause.subject and not clause.verb.passive and clause.verb.last < clause.last:
            speakers = self.cast.speakers(clause.subject[0], clause)
            span = self._span(clause.verb.last, clause.last)
            if any(self.cast.head_word(index) in _OF_OTHERS for index in clause.objects):
                return  # "what it called wild claims" names what others claim
            self._add(speakers, clause, span, "speech.named", "paraphrased", sentence, "assertive")

    def _quotations_near(self, sentence: Sentence, token: int) -> list[tuple[int, int]]:
        """The quotations in a sentence; of very many the nearest to a token."""
        quotations = self.read_clauses.quotations[sentence.index]
        if len(quotations) <= _MANY:
            return quotations
        at = bisect_right(quotations, (token, token))
        return quotations[max(0, at - 1) : at + 1]

    def _is_content(self, clause: Clause) -> bool:
        return clause.kind == "complement" and (clause.noun is None or clause.link == "that")

    def _trailing(self, sentence: Sentence, clause: Clause, speakers: tuple[Participant, ...], stance: str) -> None:
        """Read "Y has done Z, X said.": the words before are what is said."""
        start = self._subject_start(clause)
        tokens = self.analysis.tokens
        if start <= sentence.first + 2 or tokens[start - 1].tag != ",":
            inverted = start == clause.verb.first and tokens[clause.verb.first - 1].tag == ","
            if not inverted:
                return
            start = clause.verb.first
        earlier = [
            self.clauses[other] for other in self.read_clauses.by_sentence[sentence.index][-_EARLIER:]
            if other < clause.index and self.clauses[other].kind == "main"
            and self.clauses[other].quoted == clause.quoted
        ]  # fmt: skip
        if earlier and earlier[0].verb.lemma not in SPEECH:
            self._add(
                speakers,
                clause,
                self._span(min(c.first for c in earlier) if clause.quoted else sentence.first, start - 1),
                "speech.trailing",
                "paraphrased",
                sentence,
                stance,
            )

    def _subject_start(self, clause: Clause) -> int:
        if not clause.subject or clause.subject[0] < 0:
            return clause.verb.first
        return min(self.analysis.phrases[clause.subject[0]].first, clause.verb.first)

    def _sure(self, sentence: Sentence, clause: Clause) -> None:
        """Read "X is convinced that …"."""
        after = self.analysis.tokens[clause.verb.head : clause.verb.last + 3]
        if clause.verb.negated or not clause.subject or all(token.lower not in _CONVINCED for token in after):
            return
        contents = [self.clauses[child] for child in clause.children]
        speakers = self.cast.named(clause.subject[0]) if clause.subject[0] >= 0 else ()
        for content in contents if speakers else ():
            if content.kind == "complement":
                span = self._span(content.first, content.last)
                self._add(speakers, clause, span, "speech.said", "paraphrased", sentence, "assertive")

    def _noun(self, sentence: Sentence, content: Clause) -> None:
        """Read "X's claim that …", "an allegation by X that …"."""
        assert content.noun is not None
        head = self.cast.head(content.noun)
        governor = self.clauses[content.parent] if content.parent is not None else None
        if head in HELD and governor is not None and governor.verb.lemma in _HOLDING and governor.subject:
            speakers = self.cast.speakers(governor.subject[0], governor)  # "X has no doubt that …"
        elif head in CLAIM_NOUNS | STATEMENT_NOUNS:
            speakers = self.cast.issuers(content.noun, governor)
        else:
            return
        rule = "speech.noun"
        if not speakers and governor is not None and _spreads(governor, content.noun):
            speakers, rule = self.cast.named(governor.subject[0]), "speech.spread"
        phrase = self.cast.phrase(content.noun)
        span = self._span(content.first, content.last)
        self._append(
            Speech(speakers, (phrase.start, phrase.end), *span, rule, "paraphrased", sentence.index, "assertive")
        )

    def _after_colon(self, sentence: Sentence) -> None:
        """Read "X rejected the charge: “…”": a quotation after a colon is of the one who acts before it."""
        tokens = self.analysis.tokens
        for first, last in self.read_clauses.quotations[sentence.index]:
            mark = first - 1
            while mark > sentence.first and tokens[mark].tag in ("``", "''"):
                mark -= 1
            if tokens[mark].text != ":":
                continue
            before = [
                self.clauses[index] for index in self.read_clauses.by_sentence[sentence.index]
                if self.clauses[index].last <= mark + 1 and self.clauses[index].subject
                and not self.clauses[index].quoted
            ]  # fmt: skip
            for clause in before:
                speakers = self.cast.speakers(clause.subject[0], clause)
                if speakers:
                    self._add(
                        speakers, clause, self._quotation(first, last), "speech.quote", "quoted", sentence, "assertive"
                    )
                    break

    def _according(self, sentence: Sentence, phrase: int) -> None:
        speakers = self.cast.speakers(phrase)
        if not speakers:
            return
        place = self.cast.phrase(phrase)
        quotations = self._quotations_near(sentence, place.first)
        spans = [self._quotation(first, last) for first, last in quotations]
        manner = "quoted" if spans else "paraphrased"
        if not spans:
            clauses = (self.clauses[index] for index in self.read_clauses.by_sentence[sentence.index][:_EARLIER])
            starts = [self._subject_start(clause) for clause in clauses if clause.kind == "main"]
            if not starts:
                return
            after = next((start for start in starts if start >= place.last), place.last)
            before = place.first - 2 > sentence.first + 2
            spans = [self._span(sentence.first, place.first - 2) if before else self._span(after, sentence.last)]
        for span in spans:
            self._append(Speech(speakers, (place.start, place.end), *span, "speech.according", manner, sentence.index))

    # -- quotations that go on ------------------------------------------------------------------------------------

    def carry_over(self) -> None:
        """Give quotations without a speaker of their own to the one who spoke just before."""
        sentences = self.analysis.sentences
        covered = [(speech.start, speech.end) for speech in self.found]
        by_sentence: dict[int, Speech] = {}
        for speech in self.found:
            by_sentence[speech.sentence] = speech
        last: tuple[int, Speech] | None = None
        at = 0
        for sentence in sentences:
            if sentence.index in by_sentence:
                last = (sentence.index, by_sentence[sentence.index])
                continue
            if sentence.index in self.unnamed:
                last = None
                continue
            while at < len(self.quotes) and self.quotes[at][1] <= sentence.start:
                at += 1
            if at >= len(self.quotes) or last is None:
                continue
            start, end = self.quotes[at]
            opens = start - sentence.start <= 2 and end - start > 25
            inside = start < sentence.start < end
            if not (opens or inside) or any(a <= sentence.start < b for a, b in covered[-40:]):
                continue
            previous, speech = last
            if speech.negated or sentence.index - previous > 2 or sentence.block > sentences[previous].block + 1:
                continue
            carried = Speech(
                speech.speakers, speech.cue, max(start, sentence.start), min(end, sentence.end),
                "speech.carried", "quoted", sentence.index, speech.stance,
            )  # fmt: skip
            self.found.append(carried)
            last = (sentence.index, carried)

    # -- keeping --------------------------------------------------------------------------------------------------

    def _add(
        self, speakers: tuple[Participant, ...], clause: Clause, span: Span, rule: str, manner: str, sentence: Sentence,
        stance: str,
    ) -> None:  # fmt: skip
        verb = self.analysis.tokens[clause.verb.head]
        self._append(Speech(
            speakers, (verb.start, verb.end), *span, rule, manner, sentence.index, stance, negated=clause.verb.negated,
            clause=clause.index,
        ))  # fmt: skip

    def _append(self, speech: Speech) -> None:
        """Keep a speech; one that goes over several sentences is one for each of them."""
        if not speech.speakers:
            return
        sentences = self.analysis.sentences
        at = bisect_right(sentences, speech.start, key=_sentence_start) - 1
        for sentence in sentences[max(at, 0) : max(at, 0) + _LONGEST]:
            if sentence.start >= speech.end:
                break
            start, end = max(speech.start, sentence.start), min(speech.end, sentence.end)
            if _SHORTEST <= end - start <= _WIDEST:
                self.found.append(replace(speech, start=start, end=end))

    def _span(self, first: int, last: int) -> Span:
        """The characters of ``tokens[first:last]`` without marks at the end."""
        tokens = self.analysis.tokens
        while last > first + 1 and tokens[last - 1].tag in (",", ".", ":", "''", "CC", ")"):
            last -= 1
        return tokens[first].start, tokens[max(last - 1, first)].end

    def _quotation(self, first: int, last: int) -> Span:
        """The whole quotation that some tokens belong to, also where it goes on in other sentences."""
        tokens = self.analysis.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        for quote in self.quotes_at(start):
            start, end = min(start, quote[0]), max(end, quote[1])
            break
        return start, end

    def quotes_at(self, offset: int) -> list[Span]:
        return [quote for quote in self.quotes_near(offset) if quote[0] <= offset < quote[1]]

    def quotes_near(self, offset: int) -> list[Span]:
        at = bisect_right(self.quotes, (offset, 1 << 62))
        return self.quotes[max(0, at - 4) : at + 1]

    def _nearly(self, rule: str, cue: Span, condition: str) -> None:
        if self.analysis.recorder:
            self.analysis.recorder.miss(rule, cue, condition)

    def best(self) -> list[Speech]:
        """One speech for each stretch of words: the best-ranked."""
        chosen: dict[Span, Speech] = {}
        for speech in self.found:
            rival = chosen.get((speech.start, speech.end))
            wins = rival is None or _RANKS[speech.rule] < _RANKS[rival.rule]
            if wins:
                chosen[(speech.start, speech.end)] = speech
            if rival is not None:
                loser = rival if wins else speech
                self._nearly(loser.rule, loser.cue, "another cue gives the same words more surely")
        return sorted(chosen.values(), key=lambda s: (s.start, -s.end))


def _sentence_start(sentence: Sentence) -> int:
    return sentence.start


def stance_of(lemma: str) -> str:
    """How a verb of saying stands to what is said: neutral, assertive or accusing."""
    return "accusing" if lemma in ACCUSING else "assertive" if lemma in ASSERTIVE else "neutral"


def _spreads(clause: Clause, claim: int) -> bool:
    """Whether the subject of a clause passes on a claim that nobody is named for."""
    active = bool(clause.subject) and not clause.verb.passive
    return active and clause.verb.lemma in SPREADING and claim in clause.objects


def nest(speeches: list[Speech]) -> list[Speech]:
    """Set the parent of each speech: the smallest other one that holds its cue or its words."""
    stack: list[int] = []
    for index, speech in enumerate(speeches):
        while stack and speeches[stack[-1]].end < speech.end:
            stack.pop()
        for at in stack[: -_NESTED - 1 : -1]:
            if {p.entity for p in speeches[at].speakers} != {p.entity for p in speech.speakers}:
                speech.parent = at
                break
        stack.append(index)
    return speeches


def speech_layer(analysis: Analysis) -> list[Speech]:
    """The speeches that :func:`find_speech` left."""
    layer: Any = analysis.layers["speeches"]
    speeches: list[Speech] = layer
    return speeches
