"""What speaks for a name: titles and roles beside it, verbs of saying, common nouns that tell what it is."""

from __future__ import annotations

import re
from collections.abc import Collection

from narragraph.loaders.extraction.analysis import Sentence, Token
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.name_words import abbreviates, is_name_word, name_words, singular
from narragraph.loaders.extraction.tagging import load_tagger
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_words

_CAPITALS = re.compile(r"[A-Z]{3,7}")
_MIXED_CASE = re.compile(r"[A-Z]+[a-z]+[A-Z]\w*|[a-z]+[A-Z]\w+")
_SPEECH = (load_words("speech", "neutral") | load_words("speech", "assertive")) - load_words("speech", "needs_clause")
_ANSWERS = _SPEECH | {"accuse", "blame", "deny", "reject", "dismiss", "decline", "refuse", "warn"}
_PLACING = load_words("organisations", "placing")
_PLACES = load_words("organisations", "places")
_ISSUED = load_words("organisations", "issued")
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,2}-\d{1,3}[A-Z]{0,3}\d?")  # of a weapon or craft: "Il-76", "T-72B3"
_BODIES = frozenset(
    (
        "agency",
        "alliance",
        "army",
        "authority",
        "body",
        "bureau",
        "coalition",
        "commission",
        "committee",
        "company",
        "council",
    )
) | frozenset(
    ("force", "front", "group", "institute", "militia", "ministry", "mission", "movement", "party", "service", "union")
)
_NAMED = frozenset(("called", "named", "dubbed", "titled", "known", "as"))
_ROLE_ENDINGS = ("ologist", "ist", "tect", "ician")
_ROW = 6  # names of a row that are looked back over
_ROLE_AWAY = 12  # tokens before an apposed name that may hold the role
_ROLE_REACH = 8  # tokens of an apposition that may tell a role


class Evidence:
    """The reasons for taking capitalised words of one sentence for a name, and of what kind."""

    def __init__(self, drafts: Drafts, sentence: Sentence) -> None:
        self.drafts = drafts
        self.tokens = drafts.tokens
        self.sentence = sentence
        self.words = name_words()

    def opens_sentence(self, at: int) -> bool:
        """Whether a capital letter says nothing here: at the beginning of a sentence or quotation."""
        if at == self.sentence.first:
            return True
        before = self.tokens[at - 1].tag
        return before in ("``", ":", "(") or (before == "''" and at - 1 == self.sentence.first)

    # Persons

    def is_person(self, first: int, last: int, titled: bool) -> bool:
        """Whether a row of capitalised words is the name of a person."""
        tokens, words = self.tokens, self.words
        count = last - first
        if count > 4 or not all(
            is_name_word(token.text) or token.text in words.particles for token in tokens[first:last]
        ):
            return False
        if titled:
            return True
        if count == 1:
            return False
        if tokens[first].text.partition("-")[0] in words.given or self._family_leads(first, last):
            return True
        if self._role_follows(last) or self._role_precedes(first, last):
            return True
        placed = first > self.sentence.first and tokens[first - 1].lower in _PLACING
        return self.says(first, last) and not self.opens_sentence(first) and not placed

    def _family_leads(self, first: int, last: int) -> bool:
        """Whether a name has its family name first: "Lin Wei-han", "Kim Minseo"."""
        hyphened = last - first == 2 and "-" in self.tokens[first + 1].text
        return self.tokens[first].text in self.words.families and (hyphened or self.is_no_english(first + 1, last))

    def _role_precedes(self, first: int, last: int) -> bool:
        """Whether a name stands beside a role: "the trade minister, Legesse Odell, said"."""
        tokens, start = self.tokens, self.sentence.first
        if first - 2 < start or last >= self.sentence.last or not tokens[first - 1].text == "," == tokens[last].text:
            return False
        return tokens[first - 2].lower in self.words.persons or self._heads_before(first - 2, self.words.persons)

    def _heads_before(self, last: int, nouns: Collection[str]) -> bool:
        """Whether one of some nouns heads the phrase that ends at a token: "the head of the union(, Ann Odell,)"."""
        tokens, start = self.tokens, self.sentence.first
        for at in range(last - 1, max(start, last - _ROLE_AWAY) - 1, -1):
            if tokens[at].tag in (",", ":", "VBD", "VBZ", "VBP", "MD") or tokens[at].text in "()":
                return False
            if tokens[at].lower in nouns:
                opens = at == start or tokens[at - 1].tag in ("DT", "POS", "JJ", "NN", "NNP", "PRP$")
                return opens and tokens[at + 1].lower in ("of", "in", "for", "at", "to")
        return False

    def _role_follows(self, last: int) -> bool:
        """Whether an apposition tells a role or an age: ", a former adviser", ", 54,", ", who"."""
        tokens, limit = self.tokens, self.sentence.last
        if last + 1 >= limit or tokens[last].text not in (",", "("):
            return False
        if tokens[last + 1].lower == "who" or (tokens[last + 1].text.isdigit() and len(tokens[last + 1].text) == 2):
            return True
        for token in tokens[last + 1 : min(last + _ROLE_REACH, limit)]:
            if token.text in (",", ")", ";") or token.tag.startswith("VB"):
                return False
            if token.lower in self.words.persons or token.lower.endswith(_ROLE_ENDINGS):
                return True
        return False

    def is_namesake(self, at: int, listed: str) -> bool:
        """Whether a word before the surname of a listed person is another's given name, not his own respelled."""
        return (
            self.is_no_english(at, at + 1)
            and not self.opens_sentence(at)
            and self.tokens[at].text[:2].lower() != listed[:2].lower()
        )

    # What is said to, by and of somebody

    def says(self, first: int, last: int) -> bool:
        """Whether a name stands before or after a verb of saying: "Wade Odell told us", "said Wade Odell"."""
        if self._is_saying(last):
            return True
        subject = last < self.sentence.last and self.tokens[last].tag in ("VBD", "VBZ", "VBP", "MD")  # of what is said
        return self._is_saying(first - 1) and not subject and verb_lemma(self.tokens[first - 1].lower) != "tell"

    def _is_saying(self, at: int) -> bool:
        return (
            self.sentence.first <= at < self.sentence.last
            and self.tokens[at].tag in ("VBD", "VBZ")
            and verb_lemma(self.tokens[at].lower) in _SPEECH
        )

    def is_told(self, first: int, last: int) -> bool:
        """Whether something is told to a name that is nobody's: as a rule an outlet ("told Norish Echos on Friday")."""
        before = self.tokens[first - 1] if first > self.sentence.first else None
        told = before is not None and before.lower in ("told", "tells") and before.tag in ("VBD", "VBZ", "VBN")
        while first < last - 1 and self.tokens[first].text in self.words.particles:
            first += 1
        return told and last - first < 4 and self.is_no_english(first, last)

    def issues(self, first: int) -> bool:
        """Whether something that bodies and outlets issue is a name's: "a poll by Medion", "published by Zimma"."""
        at = first - 1
        for _ in range(_ROW):
            if at - 1 > self.sentence.first and self.tokens[at].lower in ("and", ",") and at - 1 in self.drafts.at:
                at = self.drafts.span(self.drafts.at[at - 1])[0] - 1
        return (
            at > self.sentence.first
            and self.tokens[at].lower == "by"
            and singular(self.tokens[at - 1].lower) in _ISSUED
        )

    # What a common noun says

    def introduced_by(self, first: int, last: int) -> str:
        """The noun that says what a name is; "" if none does.

        It stands before it ("the outlet X", "a company called X", "the tabloids X and Y") or beside it in commas ("a
        marketing firm, X, was").
        """
        tokens, start = self.tokens, self.sentence.first
        if not tokens[first].text.replace("-", "").isalnum():
            return ""
        at, several = first - 1, False
        for _ in range(_ROW):
            if at <= start:
                break
            if tokens[at].tag == "``" or tokens[at].lower in _NAMED:
                at -= 1
            elif tokens[at].lower in ("and", "or", ",") and (before := self._name_start(at - 1)) is not None:
                at, several = before - 1, True
            else:
                break
        if at > start and at == first - 1 and tokens[at].text == "," and self._closed(last):
            at -= 1
        if at < start:
            return ""
        word = tokens[at].lower
        if tokens[at].tag.startswith("VB"):
            return ""
        if word in self.words.introducing and not several:
            return word
        one = singular(word)
        return one if tokens[at].tag == "NNS" and one in self.words.introducing else ""

    def _name_start(self, at: int) -> int | None:
        """The first token of the name that ends at one."""
        if at in self.drafts.at:
            return self.drafts.span(self.drafts.at[at])[0]
        start = at
        while start > max(self.sentence.first, at - _ROW) and self.tokens[start].tag in ("NNP", "NNPS"):
            start -= 1
        return start + 1 if start < at else None

    def _closed(self, last: int) -> bool:
        return last < self.sentence.last and self.tokens[last].text in (",", ".", ";", ")")

    def explained_by(self, last: int) -> str:
        """The noun after a name that says what it is ("the Kifaya group", "Zimcheck, a newsroom"); "" if none."""
        tokens, limit = self.tokens, self.sentence.last
        if last >= limit:
            return ""
        if tokens[last].lower in self.words.explaining:
            return tokens[last].lower
        if tokens[last].text != "," or last + 2 >= limit or tokens[last + 1].lower not in ("a", "an"):
            return ""
        at = last + 2
        while at + 1 < limit and (tokens[at].tag in ("JJ", "VBN", "RB") or tokens[at + 1].tag in ("NN", "NNS")):
            if tokens[at].tag not in ("JJ", "NN", "NNP", "VBN", "RB"):
                return ""
            at += 1
        return tokens[at].lower if tokens[at].lower in self.words.introducing | self.words.explaining else ""

    def acronym_follows(self, first: int, last: int) -> bool:
        """Whether the initials of a name stand behind it in brackets."""
        tokens = self.tokens
        if last + 2 >= self.sentence.last or tokens[last].text != "(" or tokens[last + 2].text != ")":
            return False
        return abbreviates(tokens[last + 1].text, [token.text for token in tokens[first:last]])

    # How a name is written, and where

    def is_brand(self, at: int) -> bool:
        """Whether a single word is written as only names are (inner capitals, all capitals) or stands before "said"."""
        text = self.tokens[at].text
        if self.is_placed(at, at + 1) and not self._is_led(at):
            return False
        if text in self.words.bodies or _DESIGNATION.fullmatch(text):
            return False
        following = self.tokens[at + 1] if at + 1 < self.sentence.last else None
        acts = following is not None and following.tag in ("VBD", "VBZ", "VBP", "MD", "POS")
        if (acts or self._explains(at) or self._is_led(at)) and _CAPITALS.fullmatch(text) and self._is_unknown(text):
            return True
        if len(text) > 2 and self._explains(at) and self._is_unknown(text):
            return True  # "the mission in Mali, Unmami, said"
        if self.opens_sentence(at):
            return self._answers(at) and len(text) > 3 and self._is_unknown(text)
        return bool(_MIXED_CASE.fullmatch(text)) or (len(text) > 2 and self.says(at, at + 1))

    def _is_unknown(self, text: str) -> bool:
        return text.lower() not in load_tagger().lexicon

    def _is_led(self, at: int) -> bool:
        """Whether a role follows that somebody has in a party or body: "PKL leader Wade Odell"."""
        following = self.tokens[at + 1] if at + 1 < self.sentence.last else None
        return (
            following is not None and following.tag in ("NN", "NNS") and singular(following.lower) in self.words.titles
        )

    def _answers(self, at: int) -> bool:
        """Whether a verb follows that only somebody can be the subject of: "Fincorp declined to comment"."""
        following = self.tokens[at + 1] if at + 1 < self.sentence.last else None
        return following is not None and following.tag in ("VBD", "VBZ") and verb_lemma(following.lower) in _ANSWERS

    def _explains(self, at: int) -> bool:
        """Whether an acronym in commas stands for the body told before it: "the electoral institute, INE, said"."""
        tokens = self.tokens
        return (
            at - 2 >= self.sentence.first
            and at + 1 < self.sentence.last
            and tokens[at - 1].text == "," == tokens[at + 1].text
            and (
                tokens[at - 2].lower in self.words.introducing
                or tokens[at - 2].text.title() in self.words.bodies
                or self._heads_before(at - 2, _BODIES)
            )
        )

    def is_no_english(self, first: int, last: int) -> bool:
        """Whether no word of a name is a word of the language, as in most names of persons."""
        return all(self._is_foreign(token) for token in self.tokens[first:last])

    def _is_foreign(self, token: Token) -> bool:
        return is_name_word(token.text) and self._is_unknown(token.text)

    def is_placed(self, first: int, last: int) -> bool:
        """Whether a name stands where places do: after "in", before "region", as a modifier, ", the capital of"."""
        tokens = self.tokens
        before = first - 1
        if before >= self.sentence.first and tokens[before].tag in ("DT", "JJ"):
            before -= 1
        if before >= self.sentence.first and tokens[before].lower in _PLACING:
            return True
        if last >= self.sentence.last:
            return False
        if tokens[last].tag in ("NN", "NNS", "''"):
            return True
        following = {token.lower for token in tokens[last + 1 : last + 5]} if tokens[last].text == "," else set()
        return not following.isdisjoint(_PLACES)
