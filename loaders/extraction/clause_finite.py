"""Finite verbs: which of the open clauses each one belongs to."""

from __future__ import annotations

from narragraph.loaders.extraction.clause_frames import CLAIM_NOUNS, Frame, FrameReader
from narragraph.loaders.extraction.clause_lookahead import inverted, next_unit, states
from narragraph.loaders.extraction.units import Unit
from narragraph.loaders.extraction.verbs import CLAUSAL, REPORTING, SPEECH, VerbGroup


class FiniteReader(FrameReader):
    """Reads finite verbs."""

    def _finite_clause(self, at: int, unit: Unit, verb: VerbGroup) -> None:
        previous = self.previous.kind if self.previous else ""
        top = self.top
        following = next_unit(self.units, at + 1)
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
            if top.kind == "main" and inverted(self.units, at):
                top.link = "inverted"
            self._start(top, verb, ())
            return
        if previous == "CC":
            self._sibling(self._coordinated_frame(verb), verb, unit)
            return
        waiting = next((f for f in reversed(self.stack) if f.clause is None and (f.candidates or f.inherited)), None)
        if waiting is None and previous == "N":
            top = self._out_of_reduced(top, unit)
        if waiting is None and previous == "N" and top.kind == "complement":
            top = self._out_of_told(top, unit)
        clause = top.clause
        cleft = top.kind == "question" and top.link == "what" and clause is not None and clause.verb.lemma in SPEECH
        if cleft and verb.lemma == "be" and following is not None and following.kind == "THAT":
            return  # "What he said was that …": what follows is what he said
        if previous == "V" and clause is not None and self._lacks_content(top):
            subject = tuple(clause.objects[-1:])  # "which he said was false"
            if top.antecedent is not None:  # "a firm that he said was false"
                subject = (top.antecedent,)
                top.kind = clause.kind = "relative"
            del clause.objects[-1:]
            frame = self._push(Frame("complement", unit.first, governor=clause.index, link="zero"))
            self._start(frame, verb, subject)
            return
        if previous == "N" and self.last_noun is not None and clause is not None:
            takes_clause = clause.verb.lemma in CLAUSAL and clause.objects and self.last_noun_free
            if waiting is None or takes_clause:
                self._bare_complement(top, unit, verb, lacks_object=lacks_object)
                return
        if waiting is not None:
            self._pop_to(waiting, unit.first)
            self._start(waiting, verb, self._choose(waiting.candidates) or waiting.inherited)
            return
        if previous in (",", "Q") and inverted(self.units, at) and not (previous == "," and states(self.units, at)):
            self._leave_for_main(unit)
            self.top.link = "inverted"
            self._start(self.top, verb, ())
            return
        self._sibling(self._coordinated_frame(verb), verb, unit)

    def _is_inserted(self, at: int, verb: VerbGroup) -> bool:
        """Whether a verb of saying stands with its speaker between commas: "the mine, she said, was safe"."""
        top = self.top
        if verb.lemma not in SPEECH or top.clause is not None or len(top.candidates) < 2 or self.last_noun is None:
            return False
        if self.last_noun != top.candidates[-1] or at + 1 >= len(self.units):
            return False
        ahead = range(at + 1, min(at + 8, len(self.units)))
        closing = next((k for k in ahead if self.units[k].kind not in ("A", "T", "P", "N")), None)
        if closing is None or self.units[closing].kind != ",":
            return False
        resumed = next_unit(self.units, closing + 1)
        described = self._is_description(self.last_noun)  # "X, the head of Y, said in reply, …" has one subject
        return not described or (resumed is not None and resumed.kind == "V")

    def _is_description(self, noun: int) -> bool:
        """Whether a noun phrase may say what somebody is: "the director of Y", "a retired general"."""
        first = self.draft.tokens[self.draft.phrases[noun].first]
        return first.tag in ("DT", "CD") and first.lower not in ("this", "that")

    def _insert(self, unit: Unit, verb: VerbGroup, speaker: int) -> None:
        """Keep an inserted "she said" as a clause of its own, and go on with the clause around it."""
        frame = Frame("main", unit.first, link="inserted")
        clause = self._start(frame, verb, (speaker,))
        clause.last = verb.last
        if self.root is clause:
            self.root = None

    def _out_of_reduced(self, top: Frame, unit: Unit) -> Frame:
        """Leave "say the attacks attributed to X" before "were …": the attacks are the subject."""
        depth = 1
        while depth < len(self.stack) and (self.stack[-depth].kind, self.stack[-depth].link) == ("relative", "reduced"):
            depth += 1
        if depth == 1:
            return top
        below, outermost = self.stack[-depth], self.stack[1 - depth]
        clause = below.clause
        if clause is None or clause.verb.lemma not in CLAUSAL or clause.objects[-1:] != [outermost.noun]:
            return top
        self.last_noun, self.last_noun_free = outermost.noun, True
        self._pop_to(below, unit.first)
        return below

    def _out_of_told(self, top: Frame, unit: Unit) -> Frame:
        """Leave "said a report alleging Norland meddled" before "was wrong": the report was."""
        if len(self.stack) < 3 or self.stack[-2].kind != "participial" or self.stack[-2].noun is None:
            return top
        below, told = self.stack[-3], self.stack[-2]
        clause = below.clause
        if clause is None or clause.verb.lemma not in SPEECH or clause.objects[-1:] != [told.noun]:
            return top
        self.last_noun, self.last_noun_free = told.noun, True
        self._pop_to(below, unit.first)
        return below

    def _bare_complement(self, top: Frame, unit: Unit, verb: VerbGroup, *, lacks_object: bool) -> None:
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
                start = self.draft.phrases[taken].first
        antecedent: int | None = None
        if clause.objects and clause.verb.lemma not in CLAUSAL:
            antecedent = clause.objects[-1]
        elif (
            self.adjacent is not None
            and self.adjacent >= 0
            and not self.adjacent_free
            and self._is_pronoun(subject)
            and self._head_word(self.adjacent) not in CLAIM_NOUNS
        ):
            antecedent = self.adjacent
        claimed = antecedent is not None and not lacks_object and self._head_word(antecedent) in CLAIM_NOUNS
        kind = "relative" if antecedent is not None and not claimed else "complement"  # "has evidence they lied"
        frame = self._push(Frame(kind, start, governor=clause.index, link="zero", noun=antecedent))
        started = self._start(frame, verb, subject)
        if antecedent is not None and not claimed:
            started.objects.append(antecedent)

    def _coordinated_frame(self, verb: VerbGroup) -> Frame:
        """The open clause that "and V" continues: reports go with reports, else the nearest of the same tense."""
        frames = [
            f for f in reversed(self.stack) if f.clause is not None and f.clause.verb.form in ("finite", "participle")
        ]
        if not frames:
            return next(f for f in reversed(self.stack) if f.clause is not None)
        if verb.lemma in SPEECH or verb.lemma in REPORTING:
            for frame in frames:
                if (
                    frame.clause is not None
                    and frame.clause.verb.lemma in SPEECH | REPORTING
                    and frame.kind != "relative"
                ):
                    return frame
            return next((f for f in frames if f.kind == "main"), frames[0])
        for frame in frames:
            clause = frame.clause
            if clause is not None and (clause.verb.past, clause.verb.perfect) == (verb.past, verb.perfect):
                return frame
        return frames[0]
