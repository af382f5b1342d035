"""Reads sentences into clauses.

A sentence is cut into units (noun phrases, verb groups, prepositions, conjunctions, marks) and read once from left to
right with a stack of open clauses. Every look ahead is bounded, so the time is linear in the number of tokens.
"""

from __future__ import annotations

from dataclasses import replace

from narragraph.loaders.extraction.analysis import Analysis, Sentence, Span
from narragraph.loaders.extraction.clause_finite import FiniteReader
from narragraph.loaders.extraction.clause_frames import Draft
from narragraph.loaders.extraction.clause_joints import JointReader
from narragraph.loaders.extraction.clause_nonfinite import NonFiniteReader
from narragraph.loaders.extraction.clauses import CALLING, Clause, Clauses
from narragraph.loaders.extraction.units import Unit, cut, outermost, read_units, take_out_quotations
from narragraph.loaders.extraction.verbs import VerbGroup

_TURNING = frozenset(("nor", "neither"))
_HELPING = frozenset(("help", "dare"))
_LONGEST = 300  # tokens


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
        if clause.link == "what" and clause.verb.lemma in CALLING and clause.objects and clause.parent is not None:
            above = builder.clauses[clause.parent]
            above.objects.extend(clause.objects[: not above.objects])  # "condemned what it called an invasion"
        if clause.noun is not None:
            of_noun.setdefault(clause.noun, []).append(clause)
    analysis.layers["clauses"] = Clauses(
        builder.clauses, by_sentence, builder.posts, builder.listed, builder.quotations, of_noun, builder.according
    )


class _Builder(Draft):
    """Reads sentences into clauses."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis.tokens, analysis.phrases)
        self.starts = outermost(analysis.phrases)
        self.quotes = analysis.quotes
        self.next_quote = 0
        self.quotations: list[list[Span]] = []

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


class _Reader(JointReader, FiniteReader, NonFiniteReader):
    """Reads the units of one region with a stack of open clauses."""

    def run(self) -> None:
        before: Unit | None = None  # the unit before the last one
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
                if kind == "T" and self.previous is not None and self.previous.kind == "P":
                    self.previous = before  # "boats since Monday had sunk"
                self.preposition = None
            if kind not in ("A", "T"):
                before, self.previous = self.previous, unit
        end = self.units[-1].last
        while self.stack:
            self._pop(end)

    def _verb(self, at: int, unit: Unit) -> None:
        verb = unit.verb
        assert verb is not None
        if verb.form in ("participle", "finite") and self._completes_auxiliary(at, verb):
            return
        if verb.form == "infinitive" or self._is_bare_infinitive(verb):
            self._infinitive_clause(unit, verb)
        elif verb.form == "gerund":
            self._gerund_clause(unit, verb)
        elif verb.form == "participle" and self._is_reduced(at, verb):
            self._reduced_clause(unit, verb)
        else:
            self._finite_clause(at, unit, verb)

    def _is_bare_infinitive(self, verb: VerbGroup) -> bool:
        """Whether a verb without "to" hangs on the one before it: "helped bury"."""
        before = self.previous.verb if self.previous is not None else None
        return before is not None and before.lemma in _HELPING and self.draft.tokens[verb.first].tag in ("VB", "VBP")

    def _completes_auxiliary(self, at: int, verb: VerbGroup) -> bool:
        """Join a verb to its auxiliary across other words: "has, in the past, accused", "does, however, fault"."""
        clause = self.top.clause
        if clause is None or clause.prepositions:
            return False
        first = clause.verb
        turned = self.draft.tokens[first.first - 1].lower in _TURNING and len(clause.objects) == 1  # "nor did it deny"
        if clause.objects and not turned:
            return False
        awaited = ("have", "be") if verb.form == "participle" else ("do",)
        modal = first.modal is not None and first.last - first.first == 1
        if first.lemma not in awaited and not (modal and verb.form == "finite"):
            return False
        if verb.form == "finite" and self.draft.tokens[verb.first].tag != "VB":
            return False
        skipped = ("A", "T", ",", "P", "N") if turned else ("A", "T", ",", "P")
        before = next((u for u in reversed(self.units[max(0, at - 7) : at]) if u.kind not in skipped), None)
        if before is None or before.verb is not first:
            return False
        clause.verb = replace(
            first, last=verb.last, head=verb.head, lemma=verb.lemma,
            perfect=first.lemma == "have", passive=first.lemma == "be" or verb.passive,
            negated=first.negated or verb.negated or turned,
        )  # fmt: skip
        if turned:
            clause.subject = (clause.objects.pop(),)
        return True
