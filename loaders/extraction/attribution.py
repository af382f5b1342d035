"""Attribution: who says what, with the whole chain of speakers; the best candidate speaker wins.

Every way of giving words to somebody proposes a speech with a rank; where two proposals give the same words, the one of
the better rank stays: quoted as > said X > trailing "X said" > the noun ("X's claim that …") > according to > carried
over.
"""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis, Sentence
from narragraph.loaders.extraction.clauses import CALLING, Clause
from narragraph.loaders.extraction.naming import NamingReader
from narragraph.loaders.extraction.participants import CLAIM_NOUNS, STATEMENT_NOUNS, Participant
from narragraph.loaders.extraction.speeches import Speech, nest, stance_of
from narragraph.loaders.extraction.stance import TOLD_HOW
from narragraph.loaders.extraction.verbs import REPORTING, SPEECH
from narragraph.ontology.lexicon import load_words

NEEDS_CLAUSE = load_words("speech", "needs_clause")
NAMING = load_words("speech", "naming")
HELD = load_words("speech", "held")
_CONVINCED = load_words("speech", "convinced")
_HOLDING = frozenset(("have", "hold", "express", "voice", "share", "see"))
_MEANWHILE = frozenset(("while", "whereas", "although", "though"))
_MAKING = frozenset(("make", "raise", "voice", "level", "launch", "issue", "formulate", "invent", "originate", "coin"))
_NONE = frozenset(("no", "little", "any"))  # "found no evidence that …" tells nothing
_HEADLINE = 6  # tokens that name a speaker in a headline
_PLANS = frozenset(("scenario", "plan", "script", "law", "rule", "custom", "tradition"))  # nobody speaks by them
_CLAIMING = frozenset(("claim", "profess"))
_ALLEGING = frozenset(("allege",))  # these need no clause: "alleging fraud"
_QUOTING = frozenset(("quote", "cite", "report"))
_EARLIER = 60  # clauses before "X said"
_GOES_ON = 2  # sentences until which "the statement" is that of the last speaker
SPREADING = load_words("speech", "spreading")


def find_speech(analysis: Analysis) -> None:
    """Leave the speeches of the document, ordered by start and longest first, in ``layers["speeches"]``."""
    finder = _Finder(analysis)
    for sentence in analysis.sentences:
        finder.read(sentence)
    finder.carry_over()
    analysis.layers["speeches"] = nest(finder.best())


class _Finder(NamingReader):
    """Reads every sentence for those who say something."""

    def read(self, sentence: Sentence) -> None:
        for index in self.read_clauses.by_sentence[sentence.index]:
            clause = self.clauses[index]
            said = clause.verb.lemma in SPEECH and self._speech_verb(sentence, clause)
            if clause.link == "what" and clause.verb.lemma in CALLING:
                self._called(sentence, clause)
            if not said and clause.verb.lemma in NAMING and not self._quoted_words(sentence, clause):
                self._painted(sentence, clause)
            if clause.kind == "complement" and clause.noun is not None:
                self._noun(sentence, clause)
            if clause.verb.lemma in ("be", "convince"):
                self._sure(sentence, clause)
        self._after_colon(sentence)
        self._headline(sentence)
        for phrase in self.read_clauses.according[sentence.index]:
            self._according(sentence, phrase)

    def _speech_verb(self, sentence: Sentence, clause: Clause) -> bool:
        """Read a verb of saying; whether the sentence holds what is said."""
        if clause.kind == "condition":
            return False  # "if they say that …"
        speakers = self._speakers(clause)
        if not speakers:
            self._nearly("speech.said", self._span(clause.verb.first, clause.verb.last), "its subject is nobody known")
            if clause.kind == "main" and not clause.quoted and self._is_somebody_new(clause):
                self.unnamed.add(sentence.index)
            return False
        stance = stance_of(clause.verb.lemma)
        rule = "speech.quoted-as" if clause.link == "as" else "speech.said"
        contents = [self.clauses[child] for child in clause.children if self._is_content(self.clauses[child])]
        if not contents and clause.verb.lemma in _CLAIMING and not clause.verb.passive:  # "claimed to have sunk it"
            below = (self.clauses[child] for child in clause.children)
            contents = [content for content in below if content.kind == "infinitive" and content.link == "to"]
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
        elif clause.verb.lemma in _ALLEGING and not clause.verb.passive and clause.objects:
            first = self.analysis.phrases[clause.objects[0]].first
            self._add(speakers, clause, self._span(first, clause.last), "speech.said", "paraphrased", sentence, stance)
        elif clause.kind == "main" and (clause.verb.lemma not in NEEDS_CLAUSE or sentence.last - clause.verb.last <= 1):
            self._trailing(sentence, clause, speakers, stance)
            if len(self.found) == before and not clause.quoted:
                self._exclaimed(sentence, clause, speakers, stance)
        elif (above := self._quoted_as(clause)) is not None:
            self._trailing(sentence, above, speakers, stance)
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
        """Where a content ends: before what sums it up (", a charge Oslo denies") or what others say meanwhile."""
        tokens = self.analysis.tokens
        for number in content.children:
            child: Clause = self.clauses[number]
            meanwhile = child.kind == "adverbial" and child.link in _MEANWHILE
            meanwhile = meanwhile and child.verb.lemma in SPEECH | REPORTING
            if meanwhile and child.first > content.first and tokens[child.first - 1].text == ",":
                return child.first - 1
        for index in content.objects:
            own = self.cast.phrase(index)
            summing = own.last - own.first <= 4 and self.cast.head(index) in CLAIM_NOUNS
            if summing and own.first > content.first and tokens[own.first - 1].text in (",", "—", "–", "-"):
                return own.first - 1
        return content.last

    def _is_content(self, clause: Clause) -> bool:
        if clause.kind == "question" and clause.link == "how":  # "told the BBC how soldiers had burnt the village"
            return clause.parent is not None and self.clauses[clause.parent].verb.lemma in TOLD_HOW
        if clause.kind != "complement" or (clause.noun is not None and clause.link != "that"):
            return False
        return clause.noun is None or self.analysis.tokens[self.cast.phrase(clause.noun).first].lower not in _NONE

    def _trailing(self, sentence: Sentence, clause: Clause, speakers: tuple[Participant, ...], stance: str) -> None:
        """Read "Y has done Z, X said.": the words before are what is said."""
        start = self._subject_start(clause)
        tokens = self.analysis.tokens
        if start <= sentence.first + 2 or tokens[start - 1].tag not in (",", "''"):
            inverted = start == clause.verb.first and tokens[clause.verb.first - 1].tag == ","
            if not inverted:
                return
            start = clause.verb.first
        earlier = [
            self.clauses[other] for other in self.read_clauses.by_sentence[sentence.index][-_EARLIER:]
            if other < clause.index and self.clauses[other].kind == "main"
            and self.clauses[other].quoted == clause.quoted
        ]  # fmt: skip
        told = {speech.clause for speech in self.found[-_EARLIER:]}
        if earlier and (earlier[0].verb.lemma not in SPEECH or earlier[0].index not in told):
            self._add(
                speakers,
                clause,
                self._span(min(c.first for c in earlier) if clause.quoted else sentence.first, start - 1),
                "speech.trailing",
                "paraphrased",
                sentence,
                stance,
            )

    def _quoted_as(self, clause: Clause) -> Clause | None:
        """The clause "X was quoted" above "as saying"."""
        above = self.clauses[clause.parent] if clause.link == "as" and clause.parent is not None else None
        quoted = above is not None and above.kind == "main" and above.verb.passive and above.verb.lemma in _QUOTING
        return above if quoted else None

    def _exclaimed(self, sentence: Sentence, clause: Clause, speakers: tuple[Participant, ...], stance: str) -> None:
        """Read "“We will never yield!” X said in Oslo.": a quotation that ends a sentence of its own."""
        if clause.objects or sentence.index == 0 or clause.index != self.read_clauses.by_sentence[sentence.index][0]:
            return
        before = self.analysis.sentences[sentence.index - 1]
        mark = self.analysis.tokens[before.last - 1]
        if before.block != sentence.block or mark.tag != "''" or self.analysis.tokens[before.last - 2].text not in "!?":
            return
        for quote in self.quotes_at(mark.start - 1):
            if not any(speech.start < quote[1] and quote[0] < speech.end for speech in self.found[-_EARLIER:]):
                self._add(speakers, clause, quote, "speech.quote", "quoted", sentence, stance)
            return

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
            speakers = self._made_by(sentence, content.noun) or self.cast.issuers(content.noun, governor)
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

    def _headline(self, sentence: Sentence) -> None:
        """Read "Ann Berg: Norway burnt the port" and "Norway burnt the port: Ann Berg" above a text."""
        blocks, tokens = self.analysis.blocks, self.analysis.tokens
        if not blocks or blocks[sentence.block].kind != "heading":
            return
        marks = [at for at in range(sentence.first + 1, sentence.last - 1) if tokens[at].text == ":"]
        clauses = [self.clauses[index] for index in self.read_clauses.by_sentence[sentence.index]]
        if len(marks) != 1 or not clauses:
            return
        before, after = (sentence.first, marks[0]), (marks[0] + 1, sentence.last)
        for (first, last), said in ((before, after), (after, before)):
            asked = tokens[said[0]].tag in ("WRB", "WP", "WDT") or tokens[said[1] - 1].text == "?"
            speakers = () if asked else self._named_alone(first, last)
            if speakers and any(said[0] <= clause.verb.head < said[1] for clause in clauses):
                cue = tokens[first].start, tokens[last - 1].end
                span = self._span(*said)
                self._append(Speech(speakers, cue, *span, "speech.trailing", "paraphrased", sentence.index))
                return

    def _named_alone(self, first: int, last: int) -> tuple[Participant, ...]:
        """Who is named by a few words that say nothing else: "US officials", "Minister Ann Berg"."""
        phrases = [
            index for index in self.phrases_between(first, last)
            if self.analysis.phrases[index].first == first and self.analysis.phrases[index].last == last
        ]  # fmt: skip
        if last - first > _HEADLINE or not phrases:
            return ()
        named = self.cast.named(phrases[0])
        return named if all(self.analysis.entities[one.entity].type != "Country" for one in named) else ()

    def _made_by(self, sentence: Sentence, noun: int) -> tuple[Participant, ...]:
        """Who is behind "by" in "The claim that … was made by X", "was first aired by X"."""
        for index in self.read_clauses.by_sentence[sentence.index]:
            clause = self.clauses[index]
            first = self.analysis.tokens[clause.verb.head - 1].lower == "first"
            if clause.verb.passive and clause.subject == (noun,) and (clause.verb.lemma in _MAKING or first):
                return tuple(
                    p for word, agent in clause.prepositions if word == "by" for p in self.cast.speakers(agent)
                )
        return ()

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
            if any(c.verb.lemma in SPEECH and c.last >= mark and not self._speakers(c) for c in before):
                continue  # "Article 4, which states: “…”"
            for clause in before:
                speakers = self.cast.speakers(clause.subject[0], clause)
                if speakers:
                    self._add(
                        speakers, clause, self._quotation(first, last), "speech.quote", "quoted", sentence, "assertive"
                    )
                    break

    def _according(self, sentence: Sentence, phrase: int) -> None:
        speakers = self.cast.speakers(phrase)
        if not speakers or self.cast.head(phrase) in _PLANS:
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
            if start < speech.cue[0] < end:
                continue  # a text within the quotation tells who spoke: the quotation is not that speaker's
            if speech.negated or sentence.index - previous > 2 or sentence.block > sentences[previous].block + 1:
                continue
            carried = Speech(
                speech.speakers, speech.cue, max(start, sentence.start), min(end, sentence.end),
                "speech.carried", "quoted", sentence.index, speech.stance,
            )  # fmt: skip
            self.found.append(carried)
            last = (sentence.index, carried)


def _spreads(clause: Clause, claim: int) -> bool:
    """Whether the subject of a clause passes on a claim that nobody is named for."""
    active = bool(clause.subject) and not clause.verb.passive
    return active and clause.verb.lemma in SPREADING and claim in clause.objects
