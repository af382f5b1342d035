"""Clauses: subject, verb group, objects, prepositional phrases, and how one clause hangs on another.

A sentence is cut into units (noun phrases, verb groups, prepositions, conjunctions, marks) and read once from left to
right with a stack of open clauses. Every look ahead is bounded, so the time is linear in the number of tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from narragraph.loaders.extraction.analysis import Analysis, NounPhrase, Sentence, Span, Token
from narragraph.loaders.extraction.units import Unit, cut, outermost, read_units, take_out_quotations
from narragraph.loaders.extraction.verbs import VerbGroup
from narragraph.ontology.lexicon import load_words

_CLAUSAL = (
    load_words("verbs", "takes_clause")
    | load_words("speech", "neutral")
    | load_words("speech", "assertive")
    | load_words("speech", "accusing")
)
_CLAIM_NOUNS = load_words("speech", "claim_nouns") | load_words("speech", "nouns") | load_words("speech", "that_nouns")
REPORTING = load_words("verbs", "reporting")
_SPEECH = load_words("speech", "neutral") | load_words("speech", "assertive") | load_words("speech", "accusing")
_NEEDS_OBJECT = load_words("verbs", "needs_object")
_CONDITIONS = frozenset(("if", "unless", "lest"))
_INTERROGATIVE = frozenset(("whether",))
_PERHAPS_SUBORDINATORS = frozenset(("as", "after", "before", "since", "until", "till", "than", "like", "so", "once"))
_SUBJECT_PRONOUNS = load_words("verbs", "subject_pronouns")
_RELATIVE = frozenset(("who", "which", "whom", "whose"))
_AHEAD = 14  # units that a decision may look at
_LONGEST = 300  # tokens
_CALLING = frozenset(("call", "describe", "term", "dub", "label"))
_THEN = frozenset(("then", "later", "subsequently", "eventually"))
_DEPTH = 24  # clauses open at once


@dataclass
class Clause:
    """One verb with what belongs to it.

    Noun phrases are indices into ``Analysis.phrases``, clauses into the list of clauses. ``kind`` is main, complement
    ("that …"), relative, adverbial, condition, infinitive, gerund, participial or question. ``link`` says how it hangs
    on ``parent``: a preposition ("of accusing"), "that", "to", "coordinate", ",", …; ``noun`` is the phrase that
    governs it ("the claim that …", "a report alleging …").
    """

    index: int
    sentence: int
    kind: str
    verb: VerbGroup
    subject: tuple[int, ...] = ()
    objects: list[int] = field(default_factory=list)
    prepositions: list[tuple[str, int]] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    parent: int | None = None
    link: str = ""
    noun: int | None = None
    first: int = 0  # tokens[first:last]
    last: int = 0
    quoted: bool = False  # read inside a quotation
    opening: bool = False  # a participial clause before its main clause

    @property
    def end_of_verb(self) -> int:
        """The token after the verb group."""
        return self.verb.last


@dataclass(frozen=True)
class Clauses:
    """All clauses of a document, and which of them each sentence holds."""

    clauses: list[Clause]
    by_sentence: list[list[int]]
    posts: dict[int, list[tuple[str, int]]]  # noun phrase → (preposition, noun phrase) that follow it
    listed: dict[int, list[int]]  # the first noun phrase of a list → the others, where no phrase holds them all
    quotations: list[
        list[Span]
    ]  # for each sentence the quotations in it that are sentences of their own, as token ranges
    of_noun: dict[int, list[Clause]]  # noun phrase → clauses that hang on it ("the claim that …", "arms supplied by …")
    according: list[list[int]]  # for each sentence the noun phrases after "according to"


@dataclass(slots=True)
class _Frame:
    kind: str
    start: int
    parent: _Frame | None = None
    link: str = ""
    noun: int | None = None
    candidates: list[int] = field(default_factory=list)
    clause: Clause | None = None
    governor: int | None = None  # clause index
    after_comma: bool = False
    inherited: tuple[int, ...] = ()


def find_clauses(analysis: Analysis) -> None:
    """Leave the clauses of every sentence in ``layers["clauses"]``."""
    builder = _Builder(analysis)
    by_sentence = []
    for sentence in analysis.sentences:
        before = len(builder.clauses)
        builder.read(sentence)
        by_sentence.append(list(range(before, len(builder.clauses))))
    of_noun: dict[int, list[Clause]] = {}
    for clause in builder.clauses:
        if clause.link == "what" and clause.verb.lemma in _CALLING and clause.objects and clause.parent is not None:
            above = builder.clauses[clause.parent]
            above.objects.extend(clause.objects[: not above.objects])  # "condemned what it called an invasion"
        if clause.noun is not None:
            of_noun.setdefault(clause.noun, []).append(clause)
    analysis.layers["clauses"] = Clauses(
        builder.clauses, by_sentence, builder.posts, builder.listed, builder.quotations, of_noun, builder.according
    )


class _Builder:
    """Reads sentences into clauses."""

    def __init__(self, analysis: Analysis) -> None:
        self.tokens: Sequence[Token] = analysis.tokens
        self.phrases: Sequence[NounPhrase] = analysis.phrases
        self.starts = outermost(analysis.phrases)
        self.quotes = analysis.quotes
        self.next_quote = 0
        self.clauses: list[Clause] = []
        self.posts: dict[int, list[tuple[str, int]]] = {}
        self.listed: dict[int, list[int]] = {}
        self.list_root: dict[int, int] = {}
        self.quotations: list[list[Span]] = []
        self.according: list[list[int]] = []
        self.sentence = 0

    def read(self, sentence: Sentence) -> None:
        self.sentence = sentence.index
        self.quotations.append([])
        self.according.append([])
        quotes = self._quotes_in(sentence)
        for first in range(
            sentence.first, sentence.last, _LONGEST
        ):  # what is longer than any sentence is read in parts
            self._read_part(first, min(first + _LONGEST, sentence.last), quotes)

    def _read_part(self, first: int, last: int, quotes: list[Span]) -> None:
        units = read_units(self.tokens, self.phrases, self.starts, first, last)
        outer, inner = take_out_quotations(units, quotes, self.tokens)
        self.quotations[-1] += [(unit.first, unit.last) for unit in outer if unit.kind == "Q"]
        for region in cut(outer):
            _Reader(self, region, quoted=False).run()
        for quoted in inner:
            for region in cut(quoted):
                _Reader(self, region, quoted=True).run()

    def _quotes_in(self, sentence: Sentence) -> list[Span]:
        """Quotations that overlap a sentence; the list is walked once for the document."""
        while self.next_quote < len(self.quotes) and self.quotes[self.next_quote][1] <= sentence.start:
            self.next_quote += 1
        found: list[Span] = []
        at = self.next_quote
        while at < len(self.quotes) and self.quotes[at][0] < sentence.end and len(found) < 40:
            if self.quotes[at][1] > sentence.start:
                found.append(self.quotes[at])
            at += 1
        return found


class _Reader:
    """Reads the units of one region with a stack of open clauses."""

    def __init__(self, builder: _Builder, units: list[Unit], *, quoted: bool) -> None:
        self.builder = builder
        self.units = units
        self.quoted = quoted
        self.stack: list[_Frame] = [_Frame("main", units[0].first)]
        self.preposition: str | None = None
        self.previous: Unit | None = None  # the last unit that is neither adverb nor time
        self.last_noun: int | None = None
        self.last_noun_free = False  # not the object of a preposition
        self.adjacent: int | None = None  # a noun that stands right before the last one
        self.adjacent_free = False  # not the object of a preposition
        self.chain: list[int] = []  # nouns that a preposition may hang on
        self.opening: list[Clause] = []  # participial clauses that wait for the subject of the main clause
        self.root: Clause | None = None

    def run(self) -> None:
        for at, unit in enumerate(self.units):
            kind = unit.kind
            if kind == "N":
                self._noun(at, unit)
            elif kind == "V":
                self._verb(at, unit)
            elif kind == "P":
                self._preposition(at, unit)
            elif kind == "THAT":
                self._that(at, unit)
            elif kind == "WH":
                self._wh(at, unit)
            elif kind == "SUB":
                self._subordinate(unit)
            elif kind == ",":
                self._comma(at)
            elif kind == "ACC":
                self.preposition = "according to"
            elif kind in ("Q", "T"):
                self.preposition = None
            if kind not in ("A", "T"):
                self.previous = unit
        end = self.units[-1].last
        while self.stack:
            self._pop(end)

    # -- frames ---------------------------------------------------------------------------------------------------

    @property
    def top(self) -> _Frame:
        return self.stack[-1]

    def _push(self, frame: _Frame) -> _Frame:
        if len(self.stack) >= _DEPTH:
            self._pop(frame.start)
        frame.parent = self.stack[-1] if self.stack else None
        self.stack.append(frame)
        return frame

    def _pop(self, end: int) -> None:
        frame = self.stack.pop()
        if frame.clause is not None:
            frame.clause.last = end

    def _pop_to(self, frame: _Frame, end: int) -> None:
        while self.stack and self.stack[-1] is not frame:
            self._pop(end)

    def _start(self, frame: _Frame, verb: VerbGroup, subject: Sequence[int]) -> Clause:
        """Give a frame its verb: a clause comes into being."""
        clause = Clause(
            len(self.builder.clauses), self.builder.sentence, frame.kind, verb, tuple(subject),
            parent=frame.governor, link=frame.link, noun=frame.noun, first=min(frame.start, verb.first), last=verb.last,
            quoted=self.quoted,
        )  # fmt: skip
        self.builder.clauses.append(clause)
        frame.clause = clause
        if frame.governor is not None:
            self.builder.clauses[frame.governor].children.append(clause.index)
        if frame.kind == "main":
            if self.root is None:
                self.root = clause
            for waiting in self.opening:
                waiting.subject = clause.subject
                waiting.parent = clause.index
            self.opening = []
        self.chain = []
        self.last_noun = None
        self.preposition = None
        return clause

    def _governor(self, frame: _Frame) -> int | None:
        at: _Frame | None = frame
        while at is not None:
            if at.clause is not None:
                return at.clause.index
            at = at.parent
        return None

    # -- units ----------------------------------------------------------------------------------------------------

    def _noun(self, at: int, unit: Unit) -> None:
        top = self.top
        index = unit.phrase
        before = self.previous.kind if self.previous else ""
        self.adjacent = self.last_noun if before == "N" else None
        self.adjacent_free = self.last_noun_free
        if before in (",", "CC") and self.preposition is None and self._continues_list(at, index):
            self.last_noun = index
            return
        if self.preposition is not None:
            if index >= 0 and self.preposition in ("according to", "per"):
                self.builder.according[-1].append(index)
                self.chain = [index]
            elif index >= 0:
                for noun in self.chain:
                    self.builder.posts.setdefault(noun, []).append((self.preposition, index))
                if top.clause is not None:
                    top.clause.prepositions.append((self.preposition, index))
                self.chain.append(index)
                if len(self.chain) > 6:
                    self.chain.pop(0)
            self.last_noun, self.last_noun_free = index, False
            self.preposition = None
            return
        if top.clause is None:
            if index >= 0 or not top.candidates:
                top.candidates.append(index)
        elif before == ",":
            if self._finite_follows(at + 1):  # a clause of its own: "…, the ministry said" or a comma splice
                waiting = self._without_content()
                if waiting is not None and waiting.clause is not None:  # "says that, at the time of the raid, …"
                    self._pop_to(waiting, unit.first)
                    self._push(_Frame("complement", unit.first, governor=waiting.clause.index, link="zero"))
                else:
                    self._leave_for_main(unit)
                self.top.candidates.append(index)
            elif index >= 0:
                self._add_object(top, index)  # an apposition or the rest of a list
        elif before == "CC" and self._finite_follows(at + 1):
            self._coordinate_main(unit)
            self.top.candidates.append(index)
        elif before == "Q" and self._finite_follows(at + 1):
            self._leave_for_main(unit)
            self.top.candidates.append(index)
        elif index >= 0:
            self._add_object(top, index)
        self.last_noun, self.last_noun_free = index, True
        self.chain = [index] if index >= 0 else []

    def _continues_list(self, at: int, index: int) -> bool:
        """Whether a noun goes on a list of entities: "attributed to Mexico, China, Russia and Uganda"."""
        first = self.last_noun
        if first is None or first < 0 or index < 0 or self._finite_follows(at + 1):
            return False
        phrases = self.builder.phrases
        if not phrases[first].entities or not phrases[index].entities:
            return False
        if self.previous is not None and self.previous.kind == "," and not self._list_ends(at + 1):
            return False
        root = self.builder.list_root.get(first, first)
        self.builder.list_root[index] = root
        self.builder.listed.setdefault(root, []).append(index)
        return True

    def _list_ends(self, at: int) -> bool:
        """Whether a list runs on to its "and"."""
        for place in range(at, min(at + 40, len(self.units))):
            kind = self.units[place].kind
            if kind == "CC":
                following = self._next(place + 1)
                return following is not None and following.kind == "N"
            if kind not in ("N", ",", "A"):
                return False
        return False

    def _add_object(self, frame: _Frame, index: int) -> None:
        assert frame.clause is not None
        if (
            not frame.clause.subject
            and frame.clause.kind == "main"
            and not frame.clause.objects
            and frame.link == "inverted"
        ):
            frame.clause.subject = (index,)
        else:
            frame.clause.objects.append(index)

    def _preposition(self, at: int, unit: Unit) -> None:
        word = unit.word
        named = word == "as" and self.previous is not None and self.previous.kind == "V" and self.top.link == "reduced"
        if word in _PERHAPS_SUBORDINATORS and not named and self._clause_follows(at + 1):
            self._subordinate(unit)
            return
        self.preposition = word

    def _that(self, at: int, unit: Unit) -> None:
        noun = self.last_noun if self.previous is not None and self.previous.kind == "N" else None
        following = self._next(at + 1)
        if noun is not None and noun >= 0 and following is not None and following.kind == "V":
            self._relative(unit, noun)
            return
        if self.previous is not None and self.previous.kind in ("CC", ","):
            # "…, and that …": a second complement of the same verb
            frame = next((f for f in reversed(self.stack) if f.kind == "complement"), None)
            if frame is not None:
                governor, link, of_noun = frame.governor, frame.link, frame.noun
                self._pop_to(frame, unit.first)
                self._pop(unit.first)
                self._push(_Frame("complement", unit.first, governor=governor, link=link, noun=of_noun))
                return
        waiting = self._without_content() if self.previous is not None and self.previous.kind == "," else None
        if waiting is not None:  # "claimed, without showing why, that …"
            self._pop_to(waiting, unit.first)
        of_noun = (
            next((n for n in reversed(self.chain) if self._head_word(n) in _CLAIM_NOUNS), None)
            if noun is not None
            else None
        )
        self._push(_Frame("complement", unit.first, governor=self._governor(self.top), link="that", noun=of_noun))
        self.preposition = None

    def _relative(self, unit: Unit, noun: int) -> None:
        comma = self.previous is not None and self.previous.kind == ","
        self._push(
            _Frame(
                "relative",
                unit.first,
                governor=self._governor(self.top),
                link=unit.word,
                noun=noun,
                inherited=(noun,),
                after_comma=comma,
            )
        )
        self.preposition = None

    def _wh(self, at: int, unit: Unit) -> None:
        noun = self.last_noun
        before = self.previous.kind if self.previous else ""
        if before == "CC" and unit.word in _RELATIVE:  # "who saw it and who said …"
            earlier = next((f for f in reversed(self.stack) if f.kind == "relative" and f.noun is not None), None)
            if earlier is not None and earlier.noun is not None:
                self._pop_to(earlier, unit.first)
                self._pop(unit.first)
                self._relative(unit, earlier.noun)
                return
        if unit.word in _RELATIVE | {"that"} and before in ("N", ",", "P") and noun is not None and noun >= 0:
            self._relative(unit, noun)
            return
        if self.previous is not None and self.previous.kind in ("N", ",", "CC") and unit.word in ("where", "when"):
            self._subordinate(unit)
            return
        self._push(_Frame("question", unit.first, governor=self._governor(self.top), link=unit.word))
        self.preposition = None

    def _subordinate(self, unit: Unit) -> None:
        word = unit.word
        kind = "condition" if word in _CONDITIONS else "question" if word in _INTERROGATIVE else "adverbial"
        if word == "if" and self.top.clause is not None and self.previous is not None and self.previous.kind == "V":
            kind = "question"  # "asked if …"
        governor = self._governor(self.top)
        self._push(_Frame(kind, unit.first, governor=governor, link=word))
        self.preposition = None

    def _comma(self, at: int) -> None:
        unit = self.units[at]
        self.preposition = None
        top = self.top
        if top.clause is not None and top.clause.verb.passive and self._by_follows(at + 1):
            return  # "spread by X, by Y and, later, by Z"
        closes = top.clause is not None and (
            top.kind in ("adverbial", "condition", "participial", "gerund") or top.after_comma
        )
        waiting = next((f for f in reversed(self.stack) if f.clause is None), None)
        following = self._next(at + 1)
        if closes and (waiting is not None or top.after_comma) and following is not None and following.kind != "CC":
            target = waiting if waiting is not None else top.parent
            if target is not None:
                self._pop_to(target, unit.first)

    def _by_follows(self, at: int) -> bool:
        """Whether another "by" follows behind marks, conjunctions and adverbs."""
        for unit in self.units[at : at + 5]:
            if unit.kind not in ("A", "T", ",", "CC"):
                return unit.kind == "P" and unit.word == "by"
        return False

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _verb(self, at: int, unit: Unit) -> None:
        verb = unit.verb
        assert verb is not None
        if verb.form == "participle" and self._completes_auxiliary(at, verb):
            return
        if verb.form == "infinitive":
            self._infinitive_clause(unit, verb)
        elif verb.form == "gerund":
            self._gerund_clause(unit, verb)
        elif verb.form == "participle" and self._is_reduced(at, verb):
            self._reduced_clause(unit, verb)
        else:
            self._finite_clause(at, unit, verb)

    def _completes_auxiliary(self, at: int, verb: VerbGroup) -> bool:
        """Join a participle to its auxiliary across other words: "has, in fact, accused"."""
        clause = self.top.clause
        if clause is None or clause.objects or clause.prepositions or clause.verb.lemma not in ("have", "be"):
            return False
        before = next((u for u in reversed(self.units[max(0, at - 5) : at]) if u.kind not in ("A", "T", ",")), None)
        if before is None or before.verb is not clause.verb:
            return False
        first = clause.verb
        clause.verb = replace(
            first, last=verb.last, head=verb.head, lemma=verb.lemma,
            perfect=first.lemma == "have", passive=first.lemma == "be",
            negated=first.negated or verb.negated,
        )  # fmt: skip
        return True

    def _infinitive_clause(self, unit: Unit, verb: VerbGroup) -> None:
        top = self.top
        previous = self.previous.kind if self.previous else ""
        noun = self.last_noun if previous == "N" else None
        if previous == "CC":  # "to support or condone"
            frame = next((f for f in reversed(self.stack) if f.clause is not None and f.kind == "infinitive"), None)
            if frame is not None and frame.clause is not None:
                self._sibling(frame, verb, unit)
                return
        subject: tuple[int, ...] = ()
        if top.clause is not None:
            subject = (top.clause.objects[-1],) if top.clause.objects else top.clause.subject
        elif top.candidates:
            subject = (top.candidates[-1],)
        frame = self._push(_Frame("infinitive", unit.first, governor=self._governor(top), link="to", noun=noun))
        self._start(frame, verb, subject)

    def _gerund_clause(self, unit: Unit, verb: VerbGroup) -> None:
        top = self.top
        previous = self.previous.kind if self.previous else ""
        if self.preposition is not None:
            word = self.preposition
            subject: tuple[int, ...] = ()
            if top.clause is not None:
                passive = top.clause.verb.passive
                subject = (
                    (top.clause.objects[-1],)
                    if top.clause.objects and not passive and word != "by"
                    else top.clause.subject
                )
            elif top.candidates:
                subject = (top.candidates[-1],)
            noun = self.chain[-1] if self.chain else None
            frame = self._push(_Frame("gerund", unit.first, governor=self._governor(top), link=word, noun=noun))
            self._start(frame, verb, subject)
        elif previous == "CC":
            gerunds = (f for f in reversed(self.stack) if f.clause is not None and f.clause.verb.form == "gerund")
            before = next(gerunds, None)
            if before is not None:
                self._sibling(before, verb, unit)
            else:
                self._participial(unit, verb)
        elif previous in (",", "") or (top.clause is None and not top.candidates):
            self._participial(unit, verb)
        elif previous == "N" and self._said_without_is(top):
            assert top.clause is not None
            subject = (top.clause.objects.pop(),)
            frame = self._push(_Frame("complement", unit.first, governor=top.clause.index, link="zero"))
            self._start(frame, verb, subject)
        elif previous == "N" and self.last_noun is not None:
            noun, subject = self._behind_noun(verb)
            frame = self._push(
                _Frame("participial", unit.first, governor=self._governor(top), link="reduced", noun=noun)
            )
            self._start(frame, verb, subject)
        else:
            subject = top.clause.subject if top.clause is not None else tuple(top.candidates[-1:])
            frame = self._push(_Frame("gerund", unit.first, governor=self._governor(top), link="object"))
            self._start(frame, verb, subject)

    def _said_without_is(self, top: _Frame) -> bool:
        """Whether a headline leaves out "is": "Army says rebels arming"."""
        clause = top.clause
        if clause is None or clause.verb.lemma not in _SPEECH or not self.last_noun_free:
            return False
        return len(clause.objects) == 1 and clause.objects[0] == self.last_noun and not clause.prepositions

    def _behind_noun(self, verb: VerbGroup) -> tuple[int | None, tuple[int, ...]]:
        """The noun that an -ing form hangs on, and its subject: "a report by X alleging …", "X using arms"."""
        nouns = [noun for noun in reversed(self.chain) if self._head_word(noun) in _CLAIM_NOUNS]
        if nouns and verb.lemma in _SPEECH | REPORTING:
            return nouns[0], (nouns[0],)
        noun = self.last_noun if self.last_noun is not None and self.last_noun >= 0 else None
        if noun is not None and (self.builder.phrases[noun].entities or verb.lemma in _SPEECH):
            return noun, (noun,)
        top = self.top
        return noun, top.clause.subject if top.clause is not None else tuple(top.candidates[-1:])

    def _participial(self, unit: Unit, verb: VerbGroup) -> None:
        """Open "…, accusing them": its subject is that of the clause that reports, else of the nearest one."""
        if self.top.clause is None and not self.top.candidates and self.top.kind == "main":
            frame = self._push(_Frame("participial", unit.first, link="opening"))
            clause = self._start(frame, verb, ())
            clause.opening = True
            self.opening.append(clause)
            return
        host = self._reporting_frame()
        if host is None:
            subject = tuple(self.top.candidates[-1:])
            frame = self._push(_Frame("participial", unit.first, governor=self._governor(self.top), link=","))
        else:
            self._pop_to(host, unit.first)
            assert host.clause is not None
            subject = host.clause.subject
            frame = self._push(_Frame("participial", unit.first, governor=host.clause.index, link=","))
        self._start(frame, verb, subject)

    def _reporting_frame(self) -> _Frame | None:
        """The frame whose subject a participial clause after a comma takes."""
        with_verb = [frame for frame in self.stack if frame.clause is not None and frame.kind != "participial"]
        if not with_verb:
            return next((f for f in reversed(self.stack) if f.clause is not None), None)
        for frame in with_verb:
            if frame.clause is not None and (frame.clause.verb.lemma in _CLAUSAL or frame.kind == "main"):
                return frame
        return with_verb[-1]

    def _is_reduced(self, at: int, verb: VerbGroup) -> bool:
        """Whether an -ed form without auxiliary is a participle behind its noun rather than a past tense."""
        top = self.top
        previous = self.previous.kind if self.previous else ""
        following = self._next(at + 1)
        by = following is not None and following.kind == "P" and following.word == "by"
        if self.preposition is not None:
            return True
        tag = self.builder.tokens[verb.head].tag
        if top.clause is None:
            if not top.candidates:
                return not top.inherited and not self._inverted(at)
            if by and tag == "VBN":
                return True
            lacks_object = verb.lemma in _NEEDS_OBJECT and following is not None and following.kind in ("P", "ACC")
            return previous in ("N", ",") and (tag == "VBN" or lacks_object) and self._finite_before_noun(at + 1)
        if previous == "CC":
            return False
        if previous == ",":
            if self.units[at - 1].word in _THEN and top.clause.verb.passive:
                return False
            return by or (tag == "VBN" and following is not None and following.kind == "P")
        if previous == "N":
            if by or (verb.lemma in _NEEDS_OBJECT and following is not None and following.kind in ("P", "ACC")):
                return True
            if self.adjacent is not None or self._is_pronoun((self.last_noun,) if self.last_noun is not None else ()):
                return False
            waiting = any(frame.clause is None and frame.candidates for frame in self.stack[:-1])
            if top.clause.verb.lemma in _CLAUSAL or waiting:
                hangs_on = following is not None and following.kind in ("P", "ACC")
                return hangs_on and (tag == "VBN" or self._finite_before_noun(at + 1))
            return True
        return previous not in ("Q",)

    def _reduced_clause(self, unit: Unit, verb: VerbGroup) -> None:
        """Open "arms supplied by X": passive, with the noun before it as what it is done to."""
        noun = self.last_noun if self.last_noun is not None and self.last_noun >= 0 else None
        passive = VerbGroup(
            verb.first, verb.last, verb.head, verb.lemma, "participle", verb.past, False, True, verb.negated
        )
        top = self.top
        if (
            noun is None
            and not top.candidates
            and top.clause is None
            and top.kind == "main"
            and self.preposition is None
        ):
            frame = self._push(_Frame("participial", unit.first, link="opening"))
            clause = self._start(frame, passive, ())
            clause.opening = True
            self.opening.append(clause)
            return
        subject = (noun,) if noun is not None else tuple(top.candidates[-1:])
        frame = self._push(_Frame("relative", unit.first, governor=self._governor(top), link="reduced", noun=noun))
        frame.after_comma = self.previous is not None and self.previous.kind == ","
        self._start(frame, passive, subject)

    def _finite_clause(self, at: int, unit: Unit, verb: VerbGroup) -> None:
        previous = self.previous.kind if self.previous else ""
        top = self.top
        following = self._next(at + 1)
        lacks_object = following is None or following.kind not in ("N", "THAT", "Q", "V")
        if top.kind == "complement" and top.noun is not None and verb.lemma in REPORTING and lacks_object:
            top.kind, top.inherited = "relative", (top.noun,)  # "a charge that he denied"
        if self._is_inserted(at, verb):
            speaker = top.candidates.pop()
            self._insert(unit, verb, speaker)
            return
        if top.clause is None and top.candidates and not (previous == "," and top.kind == "relative"):
            self._start(top, verb, self._choose(top.candidates))
            if top.kind == "relative" and top.inherited and top.clause is not None:
                top.clause.objects.append(top.inherited[0])  # "the charge that he denied"
            return
        if top.clause is None and top.inherited:
            self._start(top, verb, top.inherited)
            return
        if top.clause is None:
            if top.kind == "main" and self._inverted(at):
                top.link = "inverted"
            self._start(top, verb, ())
            return
        if previous == "CC":
            self._sibling(self._coordinated_frame(verb), verb, unit)
            return
        waiting = next((f for f in reversed(self.stack) if f.clause is None and (f.candidates or f.inherited)), None)
        if waiting is None and previous == "N":
            top = self._out_of_reduced(top, unit)
        clause = top.clause
        if previous == "V" and top.kind == "relative" and clause is not None and clause.verb.lemma in _SPEECH:
            subject = tuple(clause.objects[-1:])  # "which he said was false"
            del clause.objects[-1:]
            frame = self._push(_Frame("complement", unit.first, governor=clause.index, link="zero"))
            self._start(frame, verb, subject)
            return
        if previous == "N" and self.last_noun is not None and clause is not None:
            takes_clause = clause.verb.lemma in _CLAUSAL and clause.objects and self.last_noun_free
            if waiting is None or takes_clause:
                self._bare_complement(top, unit, verb, lacks_object=lacks_object)
                return
        if waiting is not None:
            self._pop_to(waiting, unit.first)
            self._start(waiting, verb, self._choose(waiting.candidates) or waiting.inherited)
            return
        if previous in (",", "Q") and self._inverted(at):
            self._leave_for_main(unit)
            self.top.link = "inverted"
            self._start(self.top, verb, ())
            return
        self._sibling(self._coordinated_frame(verb), verb, unit)

    def _without_content(self) -> _Frame | None:
        """The open clause of saying that still lacks what is said."""
        for frame in reversed(self.stack):
            clause = frame.clause
            if clause is not None and clause.verb.lemma in _SPEECH and not clause.verb.passive:
                content = any(self.builder.clauses[child].kind == "complement" for child in clause.children)
                quoted = any(unit.kind == "Q" for unit in self.units)
                return None if content or clause.objects or quoted else frame
        return None

    def _is_inserted(self, at: int, verb: VerbGroup) -> bool:
        """Whether a verb of saying stands with its speaker between commas: "the mine, she said, was safe"."""
        top = self.top
        if verb.lemma not in _SPEECH or top.clause is not None or len(top.candidates) < 2 or self.last_noun is None:
            return False
        if self.last_noun != top.candidates[-1] or at + 1 >= len(self.units):
            return False
        closing = next((u for u in self.units[at + 1 : at + 8] if u.kind not in ("A", "T", "P", "N")), None)
        return closing is not None and closing.kind == ","

    def _insert(self, unit: Unit, verb: VerbGroup, speaker: int) -> None:
        """Keep an inserted "she said" as a clause of its own, and go on with the clause around it."""
        frame = _Frame("main", unit.first, link="inserted")
        clause = self._start(frame, verb, (speaker,))
        clause.last = verb.last
        if self.root is clause:
            self.root = None

    def _out_of_reduced(self, top: _Frame, unit: Unit) -> _Frame:
        """Leave "say the attacks attributed to X" before "were …": the attacks are the subject."""
        if top.kind != "relative" or top.link != "reduced" or len(self.stack) < 2:
            return top
        below = self.stack[-2]
        clause = below.clause
        if clause is None or clause.verb.lemma not in _CLAUSAL or clause.objects[-1:] != [top.noun]:
            return top
        self.last_noun, self.last_noun_free = top.noun, True
        self._pop(unit.first)
        return below

    def _bare_complement(self, top: _Frame, unit: Unit, verb: VerbGroup, *, lacks_object: bool) -> None:
        """Open "said the sanctions had …" without "that", or "a charge he denied" without a pronoun."""
        clause = top.clause
        assert clause is not None
        subject: tuple[int, ...] = (self.last_noun,) if self.last_noun is not None and self.last_noun >= 0 else ()
        start = unit.first
        taken: int | None = None
        if clause.objects:
            taken = clause.objects[-1]
            if not self.last_noun_free or taken == self.last_noun:
                clause.objects.pop()
                subject = (taken,)
                start = self.builder.phrases[taken].first
        antecedent: int | None = None
        if clause.objects and clause.verb.lemma not in _CLAUSAL:
            antecedent = clause.objects[-1]
        elif (
            self.adjacent is not None
            and self.adjacent >= 0
            and not self.adjacent_free
            and self._is_pronoun(subject)
            and self._head_word(self.adjacent) not in _CLAIM_NOUNS
        ):
            antecedent = self.adjacent
        claimed = antecedent is not None and not lacks_object and self._head_word(antecedent) in _CLAIM_NOUNS
        kind = "relative" if antecedent is not None and not claimed else "complement"  # "has evidence they lied"
        frame = self._push(_Frame(kind, start, governor=clause.index, link="zero", noun=antecedent))
        started = self._start(frame, verb, subject)
        if antecedent is not None and not claimed:
            started.objects.append(antecedent)

    def _is_pronoun(self, subject: Sequence[int]) -> bool:
        return (
            bool(subject)
            and subject[0] >= 0
            and self.builder.tokens[self.builder.phrases[subject[0]].first].lower in _SUBJECT_PRONOUNS
        )

    def _coordinated_frame(self, verb: VerbGroup) -> _Frame:
        """The open clause that "and V" continues: reports go with reports, else the nearest of the same tense."""
        frames = [
            f for f in reversed(self.stack) if f.clause is not None and f.clause.verb.form in ("finite", "participle")
        ]
        if not frames:
            return next(f for f in reversed(self.stack) if f.clause is not None)
        if verb.lemma in _SPEECH or verb.lemma in REPORTING:
            for frame in frames:
                if (
                    frame.clause is not None
                    and frame.clause.verb.lemma in _SPEECH | REPORTING
                    and frame.kind != "relative"
                ):
                    return frame
            return next((f for f in frames if f.kind == "main"), frames[0])
        for frame in frames:
            clause = frame.clause
            if clause is not None and (clause.verb.past, clause.verb.perfect) == (verb.past, verb.perfect):
                return frame
        return frames[0]

    def _sibling(self, frame: _Frame, verb: VerbGroup, unit: Unit) -> None:
        """A second verb with the same subject and the same governor."""
        self._pop_to(frame, unit.first)
        first = frame.clause
        assert first is not None
        self._pop(unit.first)
        sibling = _Frame(
            frame.kind,
            unit.first,
            governor=frame.governor,
            link=frame.link,
            noun=frame.noun,
            after_comma=frame.after_comma,
        )
        sibling.parent = frame.parent
        self.stack.append(sibling)
        if first.verb.passive and verb.form == "participle" and self._needs_no_object(unit):
            verb = replace(verb, passive=True)  # "was printed by X, then picked up by Y"
        clause = self._start(sibling, verb, first.subject)
        if verb.passive and not first.verb.passive and verb.form == "participle":
            clause.link = "coordinate"

    def _needs_no_object(self, unit: Unit) -> bool:
        """Whether an agent with "by" follows a participle, with a particle at most between."""
        at = next((k for k, other in enumerate(self.units) if other.first == unit.first), len(self.units))
        return any(other.kind == "P" and other.word == "by" for other in self.units[at + 1 : at + 3])

    def _leave_for_main(self, unit: Unit) -> None:
        """Close everything: a new main clause begins (", the ministry said")."""
        while self.stack:
            self._pop(unit.first)
        self.stack = [_Frame("main", unit.first)]

    def _coordinate_main(self, unit: Unit) -> None:
        """Open "… and Y did": a clause beside the one that holds the conjunction."""
        frame = next(
            (f for f in reversed(self.stack) if f.kind in ("main", "complement", "condition", "adverbial")),
            self.stack[0],
        )
        self._pop_to(frame, unit.first)
        governor, link, kind, noun = frame.governor, frame.link, frame.kind, frame.noun
        parent = frame.parent
        self._pop(unit.first)
        fresh = _Frame(kind, unit.first, governor=governor, link=link, noun=noun)
        fresh.parent = parent
        self.stack.append(fresh)

    # -- looking around -------------------------------------------------------------------------------------------

    def _next(self, at: int) -> Unit | None:
        for place in range(at, min(at + 4, len(self.units))):
            if self.units[place].kind not in ("A", "T"):
                return self.units[place]
        return None

    def _finite_follows(self, at: int) -> bool:
        """Whether the noun before ``at`` has a finite verb behind it, with at most prepositional phrases between."""
        expects_noun = False
        for place in range(at, min(at + _AHEAD, len(self.units))):
            unit = self.units[place]
            if unit.kind == "V":
                assert unit.verb is not None
                return unit.verb.form in ("finite", "participle") and not expects_noun
            if unit.kind == "P":
                expects_noun = True
            elif unit.kind == "N":
                if not expects_noun:
                    return False
                expects_noun = False
            elif unit.kind not in ("A", "T"):
                return False
        return False

    def _finite_before_noun(self, at: int) -> bool:
        """Whether a certain finite verb follows before any new subject: then an -ed form before it was a participle."""
        expects_noun = False
        for place in range(at, min(at + _AHEAD, len(self.units))):
            unit = self.units[place]
            if unit.kind == "V":
                assert unit.verb is not None
                return unit.verb.form in ("finite", "participle")
            if unit.kind in ("P", "ACC"):
                expects_noun = True
            elif unit.kind == "N":
                if not expects_noun:
                    return False
                expects_noun = False
            elif unit.kind == ",":
                following = self._next(place + 1)
                return following is not None and following.verb is not None and following.verb.form != "infinitive"
            elif unit.kind not in ("A", "T"):
                return False
        return False

    def _clause_follows(self, at: int) -> bool:
        """Whether a noun with a finite verb follows ("after powers dismissed …"), not just a noun."""
        following = self._next(at)
        if following is None or following.kind != "N":
            return False
        place = next(k for k in range(at, len(self.units)) if self.units[k] is following)
        return self._finite_follows(place + 1)

    def _inverted(self, at: int) -> bool:
        """Whether the verb is one of saying and its speaker comes after it."""
        verb = self.units[at].verb
        following = self._next(at + 1)
        return verb is not None and verb.lemma in _SPEECH and following is not None and following.kind == "N"

    def _choose(self, candidates: Sequence[int]) -> tuple[int, ...]:
        """The subject among the noun phrases before a verb: the first; those behind it are appositions."""
        known = [index for index in candidates if index >= 0]
        if len(known) > 1 and not self.builder.phrases[known[0]].entities and self.builder.phrases[known[-1]].entities:
            return (known[-1],)
        return tuple(known[:1])

    def _head_word(self, index: int) -> str:
        phrase = self.builder.phrases[index]
        for place in range(phrase.last - 1, phrase.first - 1, -1):
            if self.builder.tokens[place].start == phrase.head[0] or self.builder.tokens[place].end == phrase.head[1]:
                return singular(self.builder.tokens[place].lower)
        return ""


def singular(noun: str) -> str:
    """A noun without its plural ending ("allegations" → "allegation", "stories" → "story")."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
