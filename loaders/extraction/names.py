"""Names that no gazetteer lists: persons, bodies and outlets, told by capitals and by what stands around them.

Two readings: the first finds full names where something speaks for them (a title, a given name, "Institute", a role
beside it), the second finds their shorter forms, and those of listed persons, wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from narragraph.loaders.extraction.analysis import Sentence, Token
from narragraph.loaders.extraction.body_names import body_end, linked_end
from narragraph.loaders.extraction.drafts import Drafts, words
from narragraph.loaders.extraction.name_evidence import Evidence
from narragraph.loaders.extraction.name_words import FAMILY_PREFIX, abbreviates, is_name_word, name_words, singular
from narragraph.loaders.extraction.short_forms import find_short_forms, mention_everywhere

_DOMAIN = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|net|info|gov|edu|ru|su|ua|by|uk|de|fr|eu|cn|ir|tv|io|me|hu|cz|sk|pl|ro|bg|rs|gr|it|es|pt|nl|be|ch|at|se|fi|dk|ee|lv|lt|ge|am|kz|il|tr|in|pk|"
    r"bd|lk|jp|kr|tw|hk|ph|id|my|vn|br|mx|ar|co|ve|pe|cl|za|ng|ke|gh|et|ug|zw|eg|news|africa|media|online|live)"
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{0,8}[A-Z]s?|[A-Z]{2,9}")
_STATION = re.compile(r"(?!CCTV)(?:TV\d+|[A-Z]{1,5}-?TV\d*|[A-Z][a-z]+-?TV)")  # "TV5", "NTV", "Nor-TV"
_READ = frozenset(("paragraph", "item", "table"))  # kinds of block whose capitals tell names
_LISTING = frozenset(("table", "metadata"))  # those that list persons in words that all have capitals


def find_names(drafts: Drafts) -> None:
    """Mention unlisted names, then every shorter form of them and of listed persons."""
    finder = _Finder(drafts)
    for sentence in drafts.analysis.sentences:
        kind = drafts.block_kind(sentence)
        if kind in _READ and not _is_title_case(drafts.tokens, sentence):
            finder.read(sentence)
        elif kind in _LISTING:
            finder.read_listed(sentence)
    finder.read_bylines()
    find_short_forms(drafts, finder.names, finder.acronyms)
    finder.add_single_words()
    finder.tell_persons()


def _is_title_case(tokens: list[Token], sentence: Sentence) -> bool:
    """Whether capitals are mere style here, as in a headline: even its verbs have them."""
    own = tokens[sentence.first : sentence.last]
    if any(token.tag.startswith("VB") and token.text[0].islower() for token in own):
        return False
    long_words = [token.text for token in own if len(token.text) > 3 and token.text[0].isalpha()]
    capital = sum(word[0].isupper() for word in long_words)
    return len(long_words) > 3 and capital >= 0.8 * len(long_words)


class _Finder:
    """The first reading, and what it leaves for the second."""

    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.tokens = drafts.tokens
        self.words = name_words()
        self.names: dict[tuple[str, ...], str] = {}  # full name → entity
        self.tails: dict[tuple[str, ...], str] = {}  # a person's name without the first of three words → entity
        self.acronyms: dict[str, str] = {}
        self.brands: list[tuple[Sentence, int]] = []  # single words that may be surnames of those named later
        self.titled: list[tuple[Sentence, int]] = []  # the same, after a title
        self._enter(Sentence(0, 0, 0, 0, 0, 0))

    def _enter(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.evidence = Evidence(self.drafts, sentence)

    def read(self, sentence: Sentence) -> None:
        """Find the unlisted names of one sentence."""
        self._enter(sentence)
        for first, last in list(self._runs(sentence)):
            if not self._is_label(first):
                self._read_run(first, last)
        self._read_acronyms(sentence)
        for number in range(sentence.first, sentence.last):
            if number not in self.drafts.at:
                self._read_address(number)

    def read_listed(self, sentence: Sentence) -> None:
        """Mention the persons of a table's cell or a line of metadata: "Reported by: Jan Odell, Anna Tuuk"."""
        self._enter(sentence)
        for first, last in list(self._runs(sentence)):
            told = (
                self.tokens[first].text in self.words.given and 2 <= last - first <= 3 and self.drafts.free(first, last)
            )
            bodies = self.words.bodies | self.words.outlets | self.words.nothing
            if told and self.evidence.is_person(first, last, False) and self.tokens[last - 1].text not in bodies:
                self._add_person(first, last)

    def _read_address(self, number: int) -> None:
        """Mention an outlet that its form alone tells: a site, an account, a station, "the site 555"."""
        text = self.tokens[number].text
        if _DOMAIN.fullmatch(text):
            kind = "site"
        elif text[0] == "@" and len(text) > 3:
            kind = "account"
        elif _STATION.fullmatch(text):
            kind = "channel"
        elif text.isdigit() and self._is_numbered(number):
            kind = ""
        else:
            return
        first = number
        if text.isdigit() and self.tokens[number - 1].text in self.words.openings:
            first -= 1  # "Channel 7"
        name = words(self.tokens[first : number + 1])
        self.drafts.add(first, number + 1, self.drafts.make("Outlet", name, kind=kind), "unknown", 0.8)

    def _is_numbered(self, number: int) -> bool:
        """Whether a number is the name of an outlet: "the news site 555", "told Channel 7"."""
        before = self.tokens[number - 1] if number > self.sentence.first else None
        after = self.tokens[number + 1] if number + 1 < self.sentence.last else None
        if before is None or (after is not None and after.tag in ("NN", "NNS", "NNP", "JJ", "CD")):
            return False
        if before.text in self.words.openings:
            return number - 1 not in self.drafts.at
        return before.lower in self.words.media and before.tag == "NN" and self.tokens[number].text[0] != "0"

    def read_bylines(self) -> None:
        """Mention the persons whom metadata name as authors."""
        analysis, drafts = self.drafts.analysis, self.drafts
        for metadata in (analysis.layers.get("metadata", {}), *(case.metadata for case in analysis.cases)):
            if "author" not in metadata:
                continue
            start, end = metadata["author"][1]
            first, last = drafts.token_at(start), drafts.token_at(end - 1) + 1
            named = self.tokens[first:last]
            no_person = self.words.bodies | self.words.outlets | {"Staff", "Desk"}
            names = all(is_name_word(token.text) or token.text in self.words.particles for token in named)
            names = names and named[0].start >= start and named[-1].text not in no_person
            if 2 <= len(named) <= 4 and names and drafts.free(first, last):
                self._add_person(first, last)

    # Runs of capitalised words

    def _runs(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Ranges of neighbouring tokens that are written like names, listed names among them."""
        first = None
        at = sentence.first
        while at < sentence.last:
            if self._is_capital(at, opening=first is None):
                first = at if first is None else first
            elif first is not None and not self._joins(at):
                yield first, at
                first = None
            at += 1
        if first is not None:
            yield first, sentence.last

    def _is_capital(self, at: int, opening: bool) -> bool:
        token = self.tokens[at]
        if FAMILY_PREFIX.match(token.text):  # "al-Thani"
            return not opening
        if not token.text[0].isupper() or token.text[-1] == "-":
            return False
        if token.tag not in ("NNP", "NNPS", "NN", "NNS", "JJ", "CD", "VBG", "VB"):
            return token.tag == "CC" and not opening  # "Norland Plus"
        if "-" in token.text and token.text[token.text.rfind("-") + 1 :].islower():
            return not opening and self.tokens[at - 1].text in self.words.families  # "Lin Wei-han"
        if self.evidence.opens_sentence(at) and token.tag not in ("NNP", "NNPS"):
            return (
                token.text in self.words.bodies
                or token.text in self.words.given
                or (
                    token.tag in ("NN", "JJ")
                    and self._capital_follows(at)
                    and token.lower not in self.words.before_titles
                    and token.text not in self.words.no_names
                )
            )
        return token.text not in self.words.calendar or not opening

    def _capital_follows(self, at: int) -> bool:
        following = at + 1
        return (
            following < self.sentence.last
            and following not in self.drafts.at
            and self.tokens[following].tag in ("NNP", "NNPS")
            and self.tokens[following].lower not in self.words.titles
        )

    def _joins(self, at: int) -> bool:
        """Whether a small word stands inside a name: "Osama bin Laden", "Procter & Gamble"."""
        text = self.tokens[at].text
        return (
            (text == "&" or text in self.words.particles or self._owns(at))
            and at + 1 < self.sentence.last
            and self.tokens[at + 1].text[0].isupper()
            and self.tokens[at - 1].text[0].isupper()
            and at + 1 not in self.drafts.at
        )

    def _owns(self, at: int) -> bool:
        """Whether 's belongs to a name: "People's Defence Forces"."""
        return self.tokens[at].tag == "POS" and self.tokens[at - 1].text in self.words.owning

    def _is_label(self, first: int) -> bool:
        """Whether a run explains a code: "T0143.002: Fabricated Persona"."""
        code = (
            self.tokens[first - 2].text
            if first - 2 >= self.sentence.first and self.tokens[first - 1].text == ":"
            else ""
        )
        return code[:1].isalpha() and code[-1:].isdigit()

    # What a run means

    def _read_run(self, first: int, last: int) -> None:
        """Split a run at its last title: "Russian Direct Investment Fund CEO Kirill Dmitriev"."""
        tokens = self.tokens
        while first < last and tokens[first].text in self.words.calendar:
            first += 1
        while last > first and tokens[last - 1].text in self.words.calendar:
            last -= 1
        if last - first > 1 and tokens[first].text.isupper() and tokens[first].lower in self.words.introducing:
            first += 1  # "the NGO Faktabaari"
        if tokens[last - 1].text in self.words.bodies | self.words.outlets | self.words.nothing:
            self._read_part(first, last, titled=False)
            return
        for at in range(last - 2, first - 1, -1):
            if tokens[at].lower in self.words.titles and at not in self.drafts.at:
                self._read_part(at + 1, last, titled=True)
                last = at
                while last > first and tokens[last - 1].lower in self.words.before_titles | self.words.titles:
                    last -= 1
                break
        if last > first and tokens[first - 1].lower in ("of", "for") and tokens[first - 2].lower in self.words.titles:
            while first < last - 1 and tokens[first].lower in self.words.before_titles:
                first += 1
                if first + 1 < last and first not in self.drafts.at:
                    self._read_part(first, last, titled=True)
                    return
        if first < last:
            before = tokens[first - 1] if first > self.sentence.first else None
            titled = before is not None and (
                (before.lower in self.words.titles and before.tag not in ("VB", "VBZ"))
                or (before.lower in self.words.persons and before.tag == "NN")
            )
            self._read_part(first, last, titled)

    def _read_part(self, first: int, last: int, titled: bool) -> None:
        """Mention a person, body or outlet if this part of a run is one."""
        tokens, drafts, evidence = self.tokens, self.drafts, self.evidence
        if first >= last or all(number in drafts.at for number in range(first, last)):
            return
        end = body_end(drafts, self.sentence, first, last, evidence.acronym_follows(first, last))
        if end:
            self._add_body(first, end)
            return
        if any(number in drafts.at for number in range(first, last)):
            self._read_mixed(first, last, titled)
            return
        named = tokens[first].text in self.words.given  # "Bill Odell"
        if any(tokens[number].text in self.words.nothing for number in range(first + named, last)):
            return
        if any(tokens[number].text in self.words.no_names for number in range(first, last)):
            return
        if all(tokens[number].lower in self.words.titles | self.words.before_titles for number in range(first, last)):
            return
        if titled and last - first == 1:
            self.titled.append((self.sentence, first))
        elif evidence.is_person(first, last, titled):
            self._add_person(first, last)
        elif (
            evidence.introduced_by(first, last) or evidence.explained_by(last) or evidence.acronym_follows(first, last)
        ):
            self._add_body(first, last)
        elif evidence.issues(first) or evidence.is_told(first, last):
            self._add_body(first, last, outlet=evidence.is_told(first, last))
        elif last - first in (2, 3) and evidence.is_no_english(first, last) and not evidence.is_placed(first, last):
            self._add_person(first, last, confidence=0.6)
        elif last - first == 1 and evidence.is_brand(first):
            self.brands.append((self.sentence, first))

    def _read_mixed(self, first: int, last: int, titled: bool) -> None:
        """A part with listed names in it: "Belarusian Stsiapan Putsila", "Melania Trump", "Chad Smith"."""
        tokens, drafts = self.tokens, self.drafts
        if (first not in drafts.at and self.evidence.introduced_by(first, last)) or self._is_longer_body(first, last):
            self._add_body(first, last)
            return
        listed = [drafts.at[number] for number in range(first, last) if number in drafts.at]
        kinds = {str(drafts.entities[mention.entity].properties.get("kind", "")) for mention in listed}
        types = {drafts.entities[mention.entity].type for mention in listed}
        single = all(drafts.span(mention)[1] - drafts.span(mention)[0] == 1 for mention in listed)
        person = single and last - first <= 3 and (titled or tokens[first].text in self.words.given)
        if person and (first not in drafts.at or (types == {"Country"} and not titled)):
            self._add_person(first, last)
            return
        namesake = single and last - first == 2 and first not in drafts.at and kinds == {"person"}
        if namesake and self.evidence.is_namesake(first, drafts.entities[listed[0].entity].name):
            self._add_person(first, last)
            return
        start = first
        for at in range(first, last + 1):
            if at == last or at in drafts.at:
                if at > start:
                    self._read_part(start, at, titled and start == first)
                start = at + 1

    def _is_longer_body(self, first: int, last: int) -> bool:
        """Whether a listed name is but the beginning of an unlisted one: "the portal Norland Plus"."""
        drafts = self.drafts
        if first not in drafts.at or last - 1 in drafts.at or drafts.span(drafts.at[first])[1] - first != 1:
            return False
        if any(number in drafts.at for number in range(first + 1, last)):
            return False
        if any(token.text in self.words.given | self.words.nothing for token in self.tokens[first:last]):
            return False
        if drafts.entities[drafts.at[first].entity].type == "Outlet":
            return bool(self.evidence.introduced_by(first, last))
        own = drafts.country_of(drafts.at[first]) is not None and drafts.at[first].how == "name"
        return own and bool(self.evidence.explained_by(last))

    # Entities

    def _key(self, first: int, last: int) -> tuple[str, ...]:
        return tuple([token.text for token in self.tokens[first:last]])

    def _add_person(self, first: int, last: int, confidence: float = 0.9) -> None:
        name, key = words(self.tokens[first:last]), self._key(first, last)
        entity = self.names.get(key) or self.tails.get(key)
        if entity is None:
            kind = "person" if confidence > 0.6 else ""
            entity = self.drafts.make("Actor", self._full_name(first, name), within=last - first == 1, kind=kind)
            if len(key) > 2:
                self.tails[key[1:]] = entity
        self.names.setdefault(key, entity)
        self.drafts.add(first, last, entity, "unknown", confidence)

    def _full_name(self, first: int, name: str) -> str:
        """A name, with its title where it is but a surname: "General Odell"."""
        start = first
        while (
            " " not in name
            and start > self.sentence.first
            and self.tokens[start - 1].lower in self.words.titles | self.words.before_titles
            and self.tokens[start - 1].text[0].isupper()
            and self.tokens[start - 1].text not in self.words.honorifics
        ):
            start -= 1
        return words([*self.tokens[start:first], self.tokens[first]]) if start < first else name

    def _add_body(self, first: int, last: int, outlet: bool = False) -> None:
        told = self.evidence.introduced_by(first, last) or self.evidence.explained_by(last)
        if told in self.words.media and last < self.sentence.last and self.tokens[last].lower == "of":
            last = linked_end(self.drafts, self.sentence, last)  # "the daily Morning Star of Norland"
        name, key = words(self.tokens[first:last]), self._key(first, last)
        entity = self.names.get(key)
        if entity is None:
            head = self.tokens[last - 1].text
            outlet = (
                outlet or (head in self.words.outlets and head not in self.words.bodies) or told in self.words.media
            )
            outlet = outlet or (self.tokens[first].text in self.words.openings and last - first > 1)
            kind = "" if outlet else self.words.kinds.get(head, "")
            entity = self.drafts.make("Outlet" if outlet else "Actor", name, kind=kind)
            self.names[key] = entity
        self.drafts.add(first, last, entity, "unknown", 0.9)

    def _read_acronyms(self, sentence: Sentence) -> None:
        """Tie "(MTAC)" and ", or MTAC," to the name before it."""
        tokens, drafts = self.tokens, self.drafts
        for at in range(sentence.first + 1, sentence.last - 2):
            in_commas = tokens[at].lower == "or" and tokens[at - 1].text == "," == tokens[at + 2].text
            in_brackets = tokens[at].text == "(" and tokens[at + 2].text == ")"
            if not (in_brackets or in_commas) or not _ACRONYM.fullmatch(tokens[at + 1].text):
                continue
            before = at - 1 - in_commas
            while before > sentence.first and (tokens[before].tag in ("''", "SYM", ")") or tokens[before].text in "]*"):
                before -= 1
            mention = drafts.at.get(before)
            if mention is None:
                continue
            first, last = drafts.span(mention)
            name = [token.text for token in tokens[first:last]] + drafts.entities[mention.entity].name.split()
            if at + 1 not in drafts.at and abbreviates(tokens[at + 1].text, name):
                drafts.add(at + 1, at + 2, mention.entity, "alias")
                self.acronyms[tokens[at + 1].text] = mention.entity

    def add_single_words(self) -> None:
        """Mention the single words that turned out to be nobody's surname, and then wherever they stand."""
        found = {}
        for places, add in ((self.titled, self._add_titled), (self.brands, self._add_body)):
            for sentence, number in places:
                if number in self.drafts.at:
                    continue
                self._enter(sentence)
                add(number, number + 1)
                if number in self.drafts.at:
                    found[self.tokens[number].text] = self.drafts.at[number].entity
        mention_everywhere(self.drafts, found)

    def tell_persons(self) -> None:
        """Take an unlisted name for a person's where the text calls its bearer by the last word: "Odell said"."""
        by_surname = {mention.entity for mention in self.drafts.mentions() if mention.how == "surname"}
        for entity in by_surname:
            node = self.drafts.entities[entity]
            if node.type == "Actor" and not node.properties.get("kind"):
                self.drafts.entities[entity] = replace(node, properties={**node.properties, "kind": "person"})

    def _known_by_given_name(self, word: str) -> str | None:
        """The one person of the document whose given name a word is."""
        if word not in self.words.given:
            return None
        persons = {
            mention.entity for mention in self.drafts.mentions()
            if self.drafts.entities[mention.entity].properties.get("kind") == "person"
            and self.drafts.entities[mention.entity].name.partition(" ")[0] == word
        }  # fmt: skip
        return persons.pop() if len(persons) == 1 else None

    def _add_titled(self, first: int, last: int) -> None:
        word = self.tokens[first].text
        known = self._known_by_given_name(word)
        if known is not None:  # "Sir Wade"
            self.drafts.add(first, last, known, "surname", 0.9)
            return
        office = singular(word.lower()) in self.words.titles or word in self.words.bodies or word == "Staff"
        if self.evidence.is_person(first, last, titled=True) and not office:
            self._add_person(first, last)
