"""The stack of open clauses with which a sentence is read, and what its readers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from narragraph.loaders.extraction.analysis import NounPhrase, Token
from narragraph.loaders.extraction.clause_lookahead import agent_follows
from narragraph.loaders.extraction.clauses import Clause, singular
from narragraph.loaders.extraction.units import Unit
from narragraph.loaders.extraction.verbs import SPEECH, VerbGroup
from narragraph.ontology.lexicon import load_words

CLAIM_NOUNS = load_words("speech", "claim_nouns") | load_words("speech", "nouns") | load_words("speech", "that_nouns")
_SUBJECT_PRONOUNS = load_words("verbs", "subject_pronouns")
_DEPTH = 24  # clauses open at once


@dataclass(slots=True)
class Frame:
    """A clause that is open: before its verb the nouns that may be its subject, then the clause itself."""

    kind: str
    start: int
    parent: Frame | None = None
    link: str = ""
    noun: int | None = None
    candidates: list[int] = field(default_factory=list)
    clause: Clause | None = None
    governor: int | None = None  # clause index
    after_comma: bool = False
    inherited: tuple[int, ...] = ()
    antecedent: int | None = None  # the noun before a "that" of which only the verb tells whether it is a pronoun


class Draft:
    """The clauses of a document as far as they are read."""

    def __init__(self, tokens: Sequence[Token], phrases: Sequence[NounPhrase]) -> None:
        self.tokens = tokens
        self.phrases = phrases
        self.clauses: list[Clause] = []
        self.posts: dict[int, list[tuple[str, int]]] = {}
        self.listed: dict[int, list[int]] = {}
        self.list_root: dict[int, int] = {}
        self.according: list[list[int]] = []
        self.sentence = 0


class FrameReader:
    """Where the reading of one region of units stands."""

    def __init__(self, draft: Draft, units: list[Unit], *, quoted: bool) -> None:
        self.draft = draft
        self.units = units
        self.quoted = quoted
        self.stack: list[Frame] = [Frame("main", units[0].first)]
        self.preposition: str | None = None
        self.previous: Unit | None = None  # the last unit that is neither adverb nor time
        self.last_noun: int | None = None
        self.last_noun_free = False  # not the object of a preposition
        self.adjacent: int | None = None  # a noun that stands right before the last one
        self.adjacent_free = False  # not the object of a preposition
        self.chain: list[int] = []  # nouns that a preposition may hang on
        self.opening: list[Clause] = []  # participial clauses that wait for the subject of the main clause
        self.root: Clause | None = None

    @property
    def top(self) -> Frame:
        """The innermost open clause."""
        return self.stack[-1]

    def _push(self, frame: Frame) -> Frame:
        if len(self.stack) >= _DEPTH:
            self._pop(frame.start)
        frame.parent = self.stack[-1] if self.stack else None
        self.stack.append(frame)
        return frame

    def _pop(self, end: int) -> None:
        frame = self.stack.pop()
        if frame.clause is not None:
            frame.clause.last = end

    def _pop_to(self, frame: Frame, end: int) -> None:
        while self.stack and self.stack[-1] is not frame:
            self._pop(end)

    def _start(self, frame: Frame, verb: VerbGroup, subject: Sequence[int]) -> Clause:
        """Give a frame its verb: a clause comes into being."""
        clause = Clause(
            len(self.draft.clauses), self.draft.sentence, frame.kind, verb, tuple(subject),
            parent=frame.governor, link=frame.link, noun=frame.noun, first=min(frame.start, verb.first), last=verb.last,
            quoted=self.quoted,
        )  # fmt: skip
        self.draft.clauses.append(clause)
        frame.clause = clause
        if frame.governor is not None:
            self.draft.clauses[frame.governor].children.append(clause.index)
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

    def _governor(self, frame: Frame) -> int | None:
        at: Frame | None = frame
        while at is not None:
            if at.clause is not None:
                return at.clause.index
            at = at.parent
        return None

    def _leave_for_main(self, unit: Unit) -> None:
        """Close everything: a new main clause begins (", the ministry said")."""
        while self.stack:
            self._pop(unit.first)
        self.stack = [Frame("main", unit.first)]

    def _without_content(self) -> Frame | None:
        """The open clause of saying that still lacks what is said."""
        for frame in reversed(self.stack):
            clause = frame.clause
            if clause is not None and clause.verb.lemma in SPEECH and not clause.verb.passive:
                content = any(self.draft.clauses[child].kind == "complement" for child in clause.children)
                quoted = any(unit.kind == "Q" for unit in self.units)
                return None if content or clause.objects or quoted else frame
        return None

    def _sibling(self, frame: Frame, verb: VerbGroup, unit: Unit) -> None:
        """A second verb with the same subject and the same governor."""
        self._pop_to(frame, unit.first)
        first = frame.clause
        assert first is not None
        self._pop(unit.first)
        sibling = Frame(
            frame.kind,
            unit.first,
            governor=frame.governor,
            link=frame.link,
            noun=frame.noun,
            after_comma=frame.after_comma,
        )
        sibling.parent = frame.parent
        self.stack.append(sibling)
        if first.verb.passive and verb.form == "participle" and agent_follows(self.units, unit):
            verb = replace(verb, passive=True)  # "was printed by X, then picked up by Y"
        clause = self._start(sibling, verb, first.subject)
        if verb.passive and not first.verb.passive and verb.form == "participle":
            clause.link = "coordinate"

    def _lacks_content(self, frame: Frame) -> bool:
        """Whether a clause of saying waits for what its pronoun began: "what he said …", "a firm that he says …"."""
        if frame.clause is None or frame.clause.verb.lemma not in SPEECH or frame.clause.children:
            return False
        return (
            frame.kind == "relative"
            or (frame.kind == "question" and frame.link == "what" and frame.governor is not None)
            or (frame.kind == "complement" and frame.antecedent is not None)
        )

    def _add_object(self, frame: Frame, index: int) -> None:
        assert frame.clause is not None
        if (
            not frame.clause.subject
            and frame.clause.kind == "main"
            and not frame.clause.objects
            and frame.link == "inverted"
        ) or self._names_speaker(frame, index):
            frame.clause.subject = (index,)
        else:
            frame.clause.objects.append(index)

    def _names_speaker(self, frame: Frame, index: int) -> bool:
        """Whether a noun after a comma names the speaker before it: "said the firm's lawyer, Ann Berg"."""
        clause = frame.clause
        return (
            clause is not None and frame.link == "inverted" and bool(clause.subject) and not clause.objects
            and self.previous is not None and self.previous.kind == ","
            and bool(self.draft.phrases[index].entities)
            and clause.subject[0] >= 0 and self._is_nameless(clause.subject[0])
        )  # fmt: skip

    def _choose(self, candidates: Sequence[int]) -> tuple[int, ...]:
        """The subject among the noun phrases before a verb: the first; those behind it are appositions."""
        known = [index for index in candidates if index >= 0]
        if len(known) > 1 and self.draft.phrases[known[-1]].entities and self._is_nameless(known[0]):
            return (known[-1],)
        return tuple(known[:1])

    def _is_nameless(self, noun: int) -> bool:
        """Whether a noun phrase is a role at most: "Oslo's head of trade", whose bearer may be named behind it."""
        phrase = self.draft.phrases[noun]
        head = next((t for t in self.draft.tokens[phrase.first : phrase.last] if t.end == phrase.head[1]), None)
        return not phrase.entities or (head is not None and head.text[0].islower() and head.tag != "PRP")

    def _is_pronoun(self, subject: Sequence[int]) -> bool:
        return (
            bool(subject)
            and subject[0] >= 0
            and self.draft.tokens[self.draft.phrases[subject[0]].first].lower in _SUBJECT_PRONOUNS
        )

    def _head_word(self, index: int) -> str:
        phrase = self.draft.phrases[index]
        for place in range(phrase.last - 1, phrase.first - 1, -1):
            if self.draft.tokens[place].start == phrase.head[0] or self.draft.tokens[place].end == phrase.head[1]:
                return singular(self.draft.tokens[place].lower)
        return ""
