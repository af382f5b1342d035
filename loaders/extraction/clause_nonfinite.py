"""Infinitives, -ing forms and participles: clauses that take their subject from elsewhere."""

from __future__ import annotations

from narragraph.loaders.extraction.clause_frames import CLAIM_NOUNS, Frame, FrameReader
from narragraph.loaders.extraction.clause_lookahead import agent_follows, finite_before_noun, inverted, next_unit
from narragraph.loaders.extraction.clauses import Clause
from narragraph.loaders.extraction.units import Unit
from narragraph.loaders.extraction.verbs import CLAUSAL, REPORTING, SPEECH, VerbGroup
from narragraph.ontology.lexicon import load_words

_ONLY_PAST = load_words("verbs", "only_past")
_NEEDS_OBJECT = load_words("verbs", "needs_object")
_HEADLINED = frozenset(("say", "claim", "allege"))  # what headlines report with
_THEN = frozenset(("then", "later", "subsequently", "eventually"))


class NonFiniteReader(FrameReader):
    """Reads verbs that are not finite."""

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
        if (
            noun is not None
            and top.clause is not None
            and top.clause.verb.lemma == "say"
            and self._said_without_is(top)
        ):
            self._headline_complement(top.clause, verb)  # "Army says rebels to blame"
            return
        if top.clause is not None:
            subject = (top.clause.objects[-1],) if top.clause.objects else top.clause.subject
        elif top.candidates:
            subject = (top.candidates[-1],)
        frame = self._push(Frame("infinitive", unit.first, governor=self._governor(top), link="to", noun=noun))
        self._start(frame, verb, subject)

    def _gerund_clause(self, unit: Unit, verb: VerbGroup) -> None:
        top = self.top
        previous = self.previous.kind if self.previous else ""
        if self.preposition is not None:
            word = self.preposition
            subject: tuple[int, ...] = ()
            if top.clause is not None:
                passive = top.clause.verb.passive
                of_object = top.clause.objects and not passive and word != "by" and not self._is_reflexive(top.clause)
                subject = (top.clause.objects[-1],) if of_object else top.clause.subject
            elif top.candidates:
                subject = (top.candidates[-1],)
            noun = self.chain[-1] if self.chain else None
            frame = self._push(Frame("gerund", unit.first, governor=self._governor(top), link=word, noun=noun))
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
            self._headline_complement(top.clause, verb)
        elif previous == "N" and self.last_noun is not None:
            noun, subject = self._behind_noun(verb)
            frame = self._push(
                Frame("participial", unit.first, governor=self._governor(top), link="reduced", noun=noun)
            )
            self._start(frame, verb, subject)
        else:
            subject = top.clause.subject if top.clause is not None else tuple(top.candidates[-1:])
            frame = self._push(Frame("gerund", unit.first, governor=self._governor(top), link="object"))
            self._start(frame, verb, subject)

    def _is_reflexive(self, clause: Clause) -> bool:
        """Whether the object of a clause is its subject: "confined itself to saying"."""
        phrase = self.draft.phrases[clause.objects[-1]]
        return self.draft.tokens[phrase.first].lower.endswith(("self", "selves"))

    def _headline_complement(self, governor: Clause, verb: VerbGroup) -> None:
        """Open what a headline says without a finite verb; the object so far is its subject."""
        subject = governor.objects.pop()
        start = self.draft.phrases[subject].first
        self._start(self._push(Frame("complement", start, governor=governor.index, link="zero")), verb, (subject,))

    def _said_without_is(self, top: Frame) -> bool:
        """Whether a headline leaves out "is": "Army says rebels arming"."""
        clause = top.clause
        if clause is None or clause.verb.lemma not in _HEADLINED or clause.verb.past or not self.last_noun_free:
            return False
        return len(clause.objects) == 1 and clause.objects[0] == self.last_noun and not clause.prepositions

    def _behind_noun(self, verb: VerbGroup) -> tuple[int | None, tuple[int, ...]]:
        """The noun that an -ing form hangs on, and its subject: "a report by X alleging …", "X using arms"."""
        nouns = [noun for noun in reversed(self.chain) if self._head_word(noun) in CLAIM_NOUNS]
        accompanied = bool(nouns) and self.draft.posts.get(nouns[0], [("", -1)])[-1] == ("with", self.last_noun)
        if nouns and verb.lemma in SPEECH | REPORTING and not accompanied:
            return nouns[0], (nouns[0],)
        noun = self.last_noun if self.last_noun is not None and self.last_noun >= 0 else None
        clause = self.top.clause
        told = clause is not None and clause.prepositions[-1:] == [("to", noun)] and verb.lemma in SPEECH | REPORTING
        if told and clause is not None and clause.subject:
            return None, clause.subject  # "wrote to the council alleging that"
        if noun is not None and (self.draft.phrases[noun].entities or verb.lemma in SPEECH):
            return noun, (noun,)
        top = self.top
        return noun, top.clause.subject if top.clause is not None else tuple(top.candidates[-1:])

    def _participial(self, unit: Unit, verb: VerbGroup) -> None:
        """Open "…, accusing them": its subject is that of the clause that reports, else of the nearest one."""
        if self.top.clause is None and not self.top.candidates and self.top.kind == "main":
            frame = self._push(Frame("participial", unit.first, link="opening"))
            clause = self._start(frame, verb, ())
            clause.opening = True
            self.opening.append(clause)
            return
        host = self._reporting_frame()
        if host is None:
            subject = tuple(self.top.candidates[-1:])
            frame = self._push(Frame("participial", unit.first, governor=self._governor(self.top), link=","))
        else:
            self._pop_to(host, unit.first)
            assert host.clause is not None
            subject = host.clause.subject
            frame = self._push(Frame("participial", unit.first, governor=host.clause.index, link=","))
        self._start(frame, verb, subject)

    def _reporting_frame(self) -> Frame | None:
        """The frame whose subject a participial clause after a comma takes."""
        with_verb = [frame for frame in self.stack if frame.clause is not None and frame.kind != "participial"]
        if not with_verb:
            return next((f for f in reversed(self.stack) if f.clause is not None), None)
        for frame in with_verb:
            if frame.clause is not None and (frame.clause.verb.lemma in CLAUSAL or frame.kind == "main"):
                return frame
        return with_verb[-1]

    def _is_reduced(self, at: int, verb: VerbGroup) -> bool:
        """Whether an -ed form without auxiliary is a participle behind its noun rather than a past tense."""
        top = self.top
        previous = self.previous.kind if self.previous else ""
        following = next_unit(self.units, at + 1)
        by = agent_follows(self.units, self.units[at])
        if previous == "V" and self._lacks_content(top):
            return False  # "which he said showed troops"
        if self.draft.tokens[verb.head].lower in _ONLY_PAST:
            return False  # "said the boats came by night"
        if self.preposition is not None:
            return True
        tag = self.draft.tokens[verb.head].tag
        if top.clause is None:
            if not top.candidates:
                return not top.inherited and not inverted(self.units, at)
            if by and tag == "VBN":
                return True
            lacks_object = verb.lemma in _NEEDS_OBJECT and following is not None and following.kind in ("P", "ACC")
            return previous in ("N", ",") and (tag == "VBN" or lacks_object) and finite_before_noun(self.units, at + 1)
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
            if self._tells_of(top):
                return False  # "a report alleging Norland meddled in the vote was wrong"
            if top.clause.verb.lemma in CLAUSAL or waiting:
                hangs_on = following is not None and following.kind in ("P", "ACC")
                told = top.clause.verb.lemma in SPEECH and not top.clause.verb.passive
                if told and following is not None and following.kind == "THAT" and not self.last_noun_free:
                    return True  # "said in a report published on Monday that"
                return hangs_on and (tag == "VBN" or finite_before_noun(self.units, at + 1))
            return True
        if previous in ("V", "P") and tag == "VBD" and verb.lemma in SPEECH:  # "a report released on Monday said"
            return not any(frame.clause is None and frame.candidates for frame in self.stack[:-1])
        return previous not in ("Q",)

    def _tells_of(self, top: Frame) -> bool:
        """Whether a participle of saying behind a noun waits for the verb of what it tells of."""
        clause = top.clause
        return (
            clause is not None and top.kind == "participial" and top.noun is not None and clause.verb.lemma in SPEECH
            and clause.objects == [self.last_noun] and not clause.prepositions and not clause.children
        )  # fmt: skip

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
            frame = self._push(Frame("participial", unit.first, link="opening"))
            clause = self._start(frame, passive, ())
            clause.opening = True
            self.opening.append(clause)
            return
        subject = (noun,) if noun is not None else tuple(top.candidates[-1:])
        frame = self._push(Frame("relative", unit.first, governor=self._governor(top), link="reduced", noun=noun))
        frame.after_comma = self.previous is not None and self.previous.kind == ","
        self._start(frame, passive, subject)
