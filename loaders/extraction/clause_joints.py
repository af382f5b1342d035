"""Nouns, prepositions, conjunctions and commas: where clauses begin, end, and join."""

from __future__ import annotations

from narragraph.loaders.extraction.clause_frames import CLAIM_NOUNS, Frame, FrameReader
from narragraph.loaders.extraction.clause_lookahead import (
    by_follows,
    clause_follows,
    finite_follows,
    list_ends,
    next_unit,
    speaks_behind_aside,
)
from narragraph.loaders.extraction.units import Unit
from narragraph.loaders.extraction.verbs import CLAUSAL

_CONDITIONS = frozenset(("if", "unless", "lest"))
_INTERROGATIVE = frozenset(("whether",))
_PERHAPS_SUBORDINATORS = frozenset(("as", "after", "before", "since", "until", "till", "than", "like", "so", "once"))
_COORDINATED = frozenset(("main", "complement", "condition", "adverbial"))
_PLACES = frozenset(("in", "at", "on"))
_RELATIVE = frozenset(("who", "which", "whom", "whose"))


class JointReader(FrameReader):
    """Reads what stands between the verbs."""

    def _noun(self, at: int, unit: Unit) -> None:
        top = self.top
        index = unit.phrase
        before = self.previous.kind if self.previous else ""
        self.adjacent = self.last_noun if before == "N" else None
        self.adjacent_free = self.last_noun_free
        if self.draft.tokens[unit.first].lower == "whose" and index >= 0 and self.last_noun is not None:
            self._whose(unit)
            return
        if before in (",", "CC") and self.preposition is None and self._continues_list(at, index):
            self.last_noun = index
            return
        if self.preposition is not None:
            if index >= 0 and self.preposition in ("according to", "per"):
                self.draft.according[-1].append(index)
                self.chain = [index]
            elif index >= 0:
                for noun in self.chain:
                    self.draft.posts.setdefault(noun, []).append((self.preposition, index))
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
            named = index >= 0 and bool(self.draft.phrases[index].entities)
            speaks = named and speaks_behind_aside(self.units, at + 1)
            if speaks or finite_follows(self.units, at + 1):  # "…, the ministry said" or a comma splice
                waiting = self._without_content()
                if waiting is not None and waiting.clause is not None:  # "says that, at the time of the raid, …"
                    self._pop_to(waiting, unit.first)
                    self._push(Frame("complement", unit.first, governor=waiting.clause.index, link="zero"))
                else:
                    self._leave_for_main(unit)
                self.top.candidates.append(index)
            elif index >= 0:
                self._add_object(top, index)  # an apposition or the rest of a list
        elif before == "CC" and finite_follows(self.units, at + 1):
            self._coordinate_main(unit)
            self.top.candidates.append(index)
        elif before == "Q" and finite_follows(self.units, at + 1):
            self._leave_for_main(unit)
            self.top.candidates.append(index)
        elif index >= 0:
            self._add_object(top, index)
        self.last_noun, self.last_noun_free = index, True
        self.chain = [index] if index >= 0 else []

    def _whose(self, unit: Unit) -> None:
        """Open "X, whose officers …": a clause about X with a subject of its own."""
        comma = self.previous is not None and self.previous.kind == ","
        self._push(
            Frame("relative", unit.first, governor=self._governor(self.top), link="whose", noun=self.last_noun,
                  after_comma=comma, candidates=[unit.phrase])
        )  # fmt: skip
        self.last_noun, self.last_noun_free = unit.phrase, True
        self.chain = [unit.phrase]

    def _continues_list(self, at: int, index: int) -> bool:
        """Whether a noun goes on a list of entities: "attributed to Mexico, China, Russia and Uganda"."""
        first = self.last_noun
        if first is None or first < 0 or index < 0 or finite_follows(self.units, at + 1):
            return False
        phrases = self.draft.phrases
        if not phrases[first].entities or not phrases[index].entities:
            return False
        if self.previous is not None and self.previous.kind == "," and not list_ends(self.units, at + 1):
            return False
        root = self.draft.list_root.get(first, first)
        self.draft.list_root[index] = root
        self.draft.listed.setdefault(root, []).append(index)
        return True

    def _coordinate_main(self, unit: Unit) -> None:
        """Open "… and Y did": a clause beside the one that holds the conjunction."""
        frame = next(
            (f for f in reversed(self.stack) if f.kind in _COORDINATED and not self._is_of_negated(f)), self.stack[0]
        )
        self._pop_to(frame, unit.first)
        governor, link, kind, noun = frame.governor, frame.link, frame.kind, frame.noun
        parent = frame.parent
        self._pop(unit.first)
        fresh = Frame(kind, unit.first, governor=governor, link=link, noun=noun)
        fresh.parent = parent
        self.stack.append(fresh)

    def _is_of_negated(self, frame: Frame) -> bool:
        """Whether a clause is what was not said: "did not confirm the raid took place, and Y denied it"."""
        return (
            frame.kind == "complement"
            and frame.governor is not None
            and self.draft.clauses[frame.governor].verb.negated
        )

    def _preposition(self, at: int, unit: Unit) -> None:
        word = unit.word
        named = word == "as" and self.previous is not None and self.previous.kind == "V" and self.top.link == "reduced"
        if word in _PERHAPS_SUBORDINATORS and not named and clause_follows(self.units, at + 1):
            self._subordinate(unit)
            return
        self.preposition = word

    def _that(self, at: int, unit: Unit) -> None:
        noun = self.last_noun if self.previous is not None and self.previous.kind == "N" else None
        following = next_unit(self.units, at + 1)
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
                self._push(Frame("complement", unit.first, governor=governor, link=link, noun=of_noun))
                return
        waiting = self._without_content() if self.previous is not None and self.previous.kind == "," else None
        if waiting is not None:  # "claimed, without showing why, that …"
            self._pop_to(waiting, unit.first)
        of_noun = (
            next((n for n in reversed(self.chain) if self._head_word(n) in CLAIM_NOUNS), None)
            if noun is not None
            else None
        )
        if of_noun is None and self.top.link == "reduced" and self.top.clause is not None:
            self._leave_reduced(unit)
        frame = Frame("complement", unit.first, governor=self._governor(self.top), link="that", noun=of_noun)
        if of_noun is None and noun is not None and noun >= 0:
            frame.antecedent = noun
        self._push(frame)
        self.preposition = None

    def _leave_reduced(self, unit: Unit) -> None:
        """Leave "in a note shared with reporters" before "that …", which goes with the verb of saying above."""
        waiting = self._without_content()
        top = self.top.clause
        if waiting is not None and top is not None and (top.verb.lemma not in CLAUSAL or top.verb.passive):
            self._pop_to(waiting, unit.first)

    def _relative(self, unit: Unit, noun: int) -> None:
        comma = self.previous is not None and self.previous.kind == ","
        self._push(
            Frame(
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
            self._relative(unit, self._person_before(noun) if unit.word == "who" else noun)
            return
        if self.previous is not None and self.previous.kind in ("N", ",", "CC") and unit.word in ("where", "when"):
            self._subordinate(unit)
            return
        self._push(Frame("question", unit.first, governor=self._governor(self.top), link=unit.word))
        self.preposition = None

    def _person_before(self, noun: int) -> int:
        """Whom "who" means: the noun before it, or the one that it is the place of ("the envoy in Oslo, who …")."""
        for other in reversed(self.chain[:-1]):
            post = self.draft.posts.get(other, ())
            if self.chain[-1] == noun and post and post[-1][0] in _PLACES and post[-1][1] == noun:
                return other
        return noun

    def _subordinate(self, unit: Unit) -> None:
        word = unit.word
        kind = "condition" if word in _CONDITIONS else "question" if word in _INTERROGATIVE else "adverbial"
        if word == "if" and self.top.clause is not None and self.previous is not None and self.previous.kind == "V":
            kind = "question"  # "asked if …"
        governor = self._governor(self.top)
        self._push(Frame(kind, unit.first, governor=governor, link=word))
        self.preposition = None

    def _comma(self, at: int) -> None:
        unit = self.units[at]
        self.preposition = None
        top = self.top
        if top.clause is not None and top.clause.verb.passive and by_follows(self.units, at + 1):
            return  # "spread by X, by Y and, later, by Z"
        if top.clause is None and top.link == "whose" and top.after_comma and len(self.stack) > 1:
            self._pop(unit.first)  # its verb was taken for a noun
            return
        closes = top.clause is not None and (
            top.kind in ("adverbial", "condition", "participial", "gerund") or top.after_comma
        )
        waiting = next((f for f in reversed(self.stack) if f.clause is None), None)
        following = next_unit(self.units, at + 1)
        if closes and (waiting is not None or top.after_comma) and following is not None and following.kind != "CC":
            target = waiting if waiting is not None else top.parent
            if target is not None:
                self._pop_to(target, unit.first)
