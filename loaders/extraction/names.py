"""Names that no gazetteer lists: persons, bodies and outlets, told by capitals and by what stands around them.

Two readings: the first finds full names where something speaks for them (a title, a given name, "Institute", a role
beside it), the second finds their shorter forms, and those of listed persons, wherever they stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from narragraph.loaders.extraction.analysis import Sentence, Token
from narragraph.loaders.extraction.drafts import Drafts, words
from narragraph.loaders.extraction.tagging import load_tagger
from narragraph.loaders.extraction.templates import institution_named
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_words

_DOMAIN = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|net|info|gov|edu|ru|su|ua|by|uk|de|fr|eu|cn|ir|tv|io|me|hu|cz|sk|pl|ro|bg|rs|gr|it|es|pt|nl|be|ch|at|se|fi|dk|ee|lv|lt|ge|am|kz|il|tr|in|pk|"
    r"bd|lk|jp|kr|tw|hk|ph|id|my|vn|br|mx|ar|co|ve|pe|cl|za|ng|ke|gh|et|ug|zw|eg|news|africa|media|online|live)"
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{0,8}[A-Z]s?|[A-Z]{2,9}")
_CAPITALS = re.compile(r"[A-Z]{3,7}")
_FAMILY = re.compile(r"(?:al|el|ul|ar|as|ash|at|an)-[A-Z]")
_MIXED_CASE = re.compile(r"[A-Z]+[a-z]+[A-Z]\w*|[a-z]+[A-Z]\w+")
_READ = frozenset(("paragraph", "item"))  # kinds of block whose capitals tell names
_LINKS = frozenset(("of", "for", "on", "to", "against"))
_SPEECH = (load_words("speech", "neutral") | load_words("speech", "assertive")) - load_words("speech", "needs_clause")
_ANSWERS = _SPEECH | {"accuse", "blame", "deny", "reject", "dismiss", "decline", "refuse", "warn"}
_PLACING = frozenset(
    (
        "in",
        "at",
        "near",
        "on",
        "across",
        "of",
        "from",
        "around",
        "into",
        "under",
        "off",
        "during",
        "to",
        "city",
        "town",
        "village",
    )
)
_PLACES = frozenset(
    ("capital", "city", "town", "village", "suburb", "district", "province", "region", "island", "port")
)
_OUTLET_OPENINGS = frozenset(("Daily", "Radio", "Weekly", "Agence", "Agencia", "Diario", "Agenzia"))
_NAMED = frozenset(("called", "named", "dubbed", "titled", "known", "as"))


@dataclass(frozen=True)
class _Words:
    """The word lists that tell names, in lower case unless they are names themselves."""

    titles: frozenset[str]  # the last word of each title
    before_titles: frozenset[str]
    given: frozenset[str]
    either: frozenset[str]
    particles: frozenset[str]
    bodies: frozenset[str]
    outlets: frozenset[str]
    nothing: frozenset[str]
    introducing: frozenset[str]
    explaining: frozenset[str]
    no_names: frozenset[str]
    calendar: frozenset[str]
    generic: frozenset[str]
    kinds: Mapping[str, str]  # how a body's name ends → what kind of body it is


@cache
def _words() -> _Words:
    titles = [title for part in ("male", "female", "roles") for title in load_words("titles", part)]
    kinds = ("agency", "ministry", "parliament", "court", "military", "armed group", "party", "movement", "company",
             "ngo", "think tank", "university", "religious body")  # fmt: skip
    either = load_words("names", "either")
    return _Words(
        titles=frozenset(title.split()[-1].lower() for title in titles),
        before_titles=frozenset(word.lower() for word in load_words("titles", "before_roles")),
        given=load_words("names", "male") | load_words("names", "female") | either,
        either=either,
        particles=load_words("names", "particles"),
        bodies=frozenset(word for kind in kinds for word in load_words("organisations", kind)),
        outlets=load_words("organisations", "outlet"),
        nothing=load_words("organisations", "nothing"),
        introducing=frozenset(word.lower() for word in load_words("organisations", "introduced")),
        explaining=load_words("organisations", "explained"),
        no_names=load_words("not_names", "words") | load_words("not_names", "calendar"),
        calendar=load_words("not_names", "calendar"),
        generic=load_words("not_names", "generic"),
        kinds={word: kind for kind in reversed(kinds) for word in load_words("organisations", kind)},
    )


def find_names(drafts: Drafts) -> None:
    """Mention unlisted names, then every shorter form of them and of listed persons."""
    finder = _Finder(drafts)
    for sentence in drafts.analysis.sentences:
        if drafts.block_kind(sentence) in _READ and not _is_title_case(drafts.tokens, sentence):
            finder.read(sentence)
    finder.read_bylines()
    finder.find_short_forms()


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
        self.words = _words()
        self.names: dict[tuple[str, ...], str] = {}  # full name → entity
        self.acronyms: dict[str, str] = {}
        self.brands: list[int] = []  # single words that may be surnames of those named later
        self.titled: list[int] = []  # the same, after a title
        self.sentence = Sentence(0, 0, 0, 0, 0, 0)

    def read(self, sentence: Sentence) -> None:
        """Find the unlisted names of one sentence."""
        self.sentence = sentence
        for first, last in list(self._runs(sentence)):
            if not self._is_label(first):
                self._read_run(first, last)
        self._read_acronyms(sentence)
        for number in range(sentence.first, sentence.last):
            text = self.tokens[number].text
            if number not in self.drafts.at and (_DOMAIN.fullmatch(text) or (text[0] == "@" and len(text) > 3)):
                kind = "account" if text[0] == "@" else "site"
                self.drafts.add(number, number + 1, self.drafts.make("Outlet", text, kind=kind), "unknown", 0.8)

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
            names = all(_is_name_word(token.text) or token.text in self.words.particles for token in named)
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
        if _FAMILY.match(token.text):  # "al-Thani"
            return not opening
        if not token.text[0].isupper() or token.text[-1] == "-":
            return False
        if token.tag not in ("NNP", "NNPS", "NN", "NNS", "JJ", "CD", "VBG", "VB"):
            return False
        if "-" in token.text and token.text[token.text.rfind("-") + 1 :].islower():
            return False
        if self._opens_sentence(at) and token.tag not in ("NNP", "NNPS"):
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

    def _opens_sentence(self, at: int) -> bool:
        if at == self.sentence.first:
            return True
        return self.tokens[at - 1].tag in ("``", ":", "(") or (
            self.tokens[at - 1].tag == "''" and at - 1 == self.sentence.first
        )

    def _joins(self, at: int) -> bool:
        """Whether a small word stands inside a name: "Osama bin Laden", "Procter & Gamble"."""
        text = self.tokens[at].text
        return (
            (text == "&" or text in self.words.particles)
            and at + 1 < self.sentence.last
            and self.tokens[at + 1].text[0].isupper()
            and self.tokens[at - 1].text[0].isupper()
            and at + 1 not in self.drafts.at
        )

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
            titled = first > self.sentence.first and tokens[first - 1].lower in self.words.titles
            self._read_part(first, last, titled and tokens[first - 1].tag not in ("VB", "VBZ"))

    def _read_part(self, first: int, last: int, titled: bool) -> None:
        """Mention a person, body or outlet if this part of a run is one."""
        tokens, drafts = self.tokens, self.drafts
        if first >= last or all(number in drafts.at for number in range(first, last)):
            return
        end = self._body_end(first, last)
        if end:
            self._add_body(first, end)
            return
        if any(number in drafts.at for number in range(first, last)):
            self._read_mixed(first, last, titled)
            return
        if any(tokens[number].text in self.words.nothing for number in range(first, last)):
            return
        if any(tokens[number].text in self.words.no_names for number in range(first, last)):
            return
        if all(tokens[number].lower in self.words.titles | self.words.before_titles for number in range(first, last)):
            return
        if titled and last - first == 1:
            self.titled.append(first)
        elif self._is_person(first, last, titled):
            self._add_person(first, last)
        elif self._is_introduced(first) or self._is_explained(last) or self._acronym_follows(first, last):
            self._add_body(first, last)
        elif self._is_told(first, last):
            self._add_body(first, last, outlet=True)
        elif last - first in (2, 3) and self._is_no_english(first, last) and not self._is_placed(first, last):
            self._add_person(first, last, confidence=0.6)
        elif last - first == 1 and self._is_brand(first):
            self.brands.append(first)

    def _read_mixed(self, first: int, last: int, titled: bool) -> None:
        """A part with listed names in it: "Belarusian Stsiapan Putsila", "Melania Trump", "Chad Smith"."""
        tokens, drafts = self.tokens, self.drafts
        if first not in drafts.at and self._is_introduced(first):
            self._add_body(first, last)
            return
        if titled or tokens[first].text in self.words.given:
            listed = [drafts.at[number] for number in range(first, last) if number in drafts.at]
            kinds = {drafts.entities[mention.entity].type for mention in listed}
            single = all(drafts.span(mention)[1] - drafts.span(mention)[0] == 1 for mention in listed)
            if single and last - first <= 3 and (first not in drafts.at or (kinds == {"Country"} and not titled)):
                self._add_person(first, last)
                return
        start = first
        for at in range(first, last + 1):
            if at == last or at in drafts.at:
                if at > start:
                    self._read_part(start, at, titled and start == first)
                start = at + 1

    def _body_end(self, first: int, last: int) -> int:
        """Where the name of a body ends that this part begins or is; 0 if it is none."""
        tokens, bodies = self.tokens, self.words.bodies
        head = tokens[last - 1].text
        if head in self.words.nothing and head not in bodies:
            return 0
        is_body = head in bodies
        end = last
        if is_body:
            end = self._linked_end(last)
        if end == last and last - first == 1:
            return 0
        if last - first > 1 and tokens[first].text in _OUTLET_OPENINGS and head not in self.words.no_names:
            return last
        if is_body or (head in self.words.outlets and last - first > 1):
            listed = [number for number in range(first, last) if number in self.drafts.at]
            own = [tokens[number].lower for number in range(first, last) if number not in listed]
            if end == last and institution_named(own):
                return 0
            telling = [token.text for token in tokens[first:end] if token.text not in bodies | self.words.generic]
            told = any(word[0].isupper() for word in telling) or self._acronym_follows(first, end)
            if tokens[first].text == "Ministry" or not told:
                return 0
            return end
        return 0

    def _linked_end(self, last: int) -> int:
        """The end of "for Strategic and International Studies" after "Center"."""
        tokens, limit = self.tokens, self.sentence.last
        end = last
        while end < limit and tokens[end].lower in _LINKS:
            start = end + 1
            if start < limit and tokens[start].lower in ("the", "a"):
                start += 1
            stop = self._capitals_end(start)
            if stop == start:
                break
            end = stop
            while end + 1 < limit and tokens[end].text in ("and", "&", ",") and self._continues(end):
                end = self._capitals_end(end + 1)
        return end

    def _continues(self, conjunction: int) -> bool:
        """Whether "and" joins words of one name rather than two names."""
        before, after = self.drafts.at.get(conjunction - 1), self.drafts.at.get(conjunction + 1)
        if before or after or self.tokens[conjunction].text == ",":
            return False
        stop = self._capitals_end(conjunction + 1)
        following = self.tokens[conjunction + 1]
        return (
            stop > conjunction + 1
            and following.text not in self.words.given
            and following.lower not in self.words.titles
        )

    def _capitals_end(self, start: int) -> int:
        at = start
        while (
            at < self.sentence.last
            and self.tokens[at].text[0].isupper()
            and self.tokens[at].text not in self.words.calendar
        ):
            at += 1
        return at

    # What speaks for a name

    def _is_person(self, first: int, last: int, titled: bool) -> bool:
        tokens = self.tokens
        count = last - first
        if count > 4 or not all(
            _is_name_word(tokens[number].text) or tokens[number].text in self.words.particles
            for number in range(first, last)
        ):
            return False
        if titled:
            return True
        if count == 1:
            return False
        given = tokens[first].text.partition("-")[0] in self.words.given
        if given or self._role_follows(last) or self._role_precedes(first, last):
            return True
        return self._says(first, last) and not self._opens_sentence(first)

    def _role_precedes(self, first: int, last: int) -> bool:
        """Whether a name stands beside a role: "the trade minister, Legesse Odell, said"."""
        tokens = self.tokens
        return (
            first - 2 >= self.sentence.first
            and last < self.sentence.last
            and tokens[first - 1].text == "," == tokens[last].text
            and tokens[first - 2].lower in self.words.titles
        )

    def _is_told(self, first: int, last: int) -> bool:
        """Whether something is told to a name that is nobody's: as a rule an outlet ("told Norish Echos on Friday")."""
        before = self.tokens[first - 1] if first > self.sentence.first else None
        told = before is not None and before.lower in ("told", "tells") and before.tag in ("VBD", "VBZ", "VBN")
        while first < last - 1 and self.tokens[first].text in self.words.particles:
            first += 1
        return told and last - first < 4 and self._is_no_english(first, last)

    def _says(self, first: int, last: int) -> bool:
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

    def _role_follows(self, last: int) -> bool:
        """Whether an apposition tells a role or an age: ", a former adviser", ", 54,", ", who"."""
        tokens, limit = self.tokens, self.sentence.last
        if last + 1 >= limit or tokens[last].text not in (",", "("):
            return False
        if tokens[last + 1].lower == "who" or (tokens[last + 1].text.isdigit() and len(tokens[last + 1].text) == 2):
            return True
        for number in range(last + 1, min(last + 8, limit)):
            if tokens[number].text in (",", ")", ";") or tokens[number].tag.startswith("VB"):
                return False
            if tokens[number].lower in self.words.titles or tokens[number].lower.endswith(
                ("ologist", "ist", "tect", "ician")
            ):
                return True
        return False

    def _is_introduced(self, first: int) -> bool:
        """Whether a common noun says what the name means: "a company called X", "the outlet X"."""
        at = first - 1
        while at >= self.sentence.first and (self.tokens[at].tag == "``" or self.tokens[at].lower in _NAMED):
            at -= 1
        return (
            at >= self.sentence.first
            and self.tokens[at].lower in self.words.introducing
            and self.tokens[first].text.replace("-", "").isalpha()
        )

    def _is_explained(self, last: int) -> bool:
        """Whether a common noun after the name says what it is: "the Kifaya group"."""
        return last < self.sentence.last and self.tokens[last].lower in self.words.explaining

    def _is_brand(self, at: int) -> bool:
        """Whether a single word is written as only names are (inner capitals, all capitals) or stands before "said"."""
        text = self.tokens[at].text
        if self._is_placed(at, at + 1) or text in self.words.bodies:
            return False
        following = self.tokens[at + 1] if at + 1 < self.sentence.last else None
        acts = following is not None and following.tag in ("VBD", "VBZ", "VBP", "MD")
        acts = acts or self._explains(at) or (following is not None and following.tag == "POS")
        if acts and _CAPITALS.fullmatch(text) and text.lower() not in load_tagger().lexicon:
            return True
        if self._opens_sentence(at):
            return self._answers(at) and len(text) > 3 and text.lower() not in load_tagger().lexicon
        return bool(_MIXED_CASE.fullmatch(text)) or (len(text) > 2 and self._says(at, at + 1))

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
            and (tokens[at - 2].lower in self.words.introducing or tokens[at - 2].text.title() in self.words.bodies)
        )

    def _is_no_english(self, first: int, last: int) -> bool:
        """Whether no word of a name is a word of the language, as in most names of persons."""
        lexicon = load_tagger().lexicon
        return not any(token.lower in lexicon or not _is_name_word(token.text) for token in self.tokens[first:last])

    def _is_placed(self, first: int, last: int) -> bool:
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

    def _acronym_follows(self, first: int, last: int) -> bool:
        tokens = self.tokens
        if last + 2 >= self.sentence.last or tokens[last].text != "(" or tokens[last + 2].text != ")":
            return False
        return _abbreviates(tokens[last + 1].text, [tokens[number].text for number in range(first, last)])

    # Entities

    def _add_person(self, first: int, last: int, confidence: float = 0.9) -> None:
        name = words(self.tokens[first:last])
        entity = self.names.get(tuple(name.split()))
        if entity is None:
            entity = self.drafts.make("Actor", name, kind="person" if confidence > 0.6 else "")
            self.names[tuple(name.split())] = entity
        self.drafts.add(first, last, entity, "unknown", confidence)

    def _add_body(self, first: int, last: int, outlet: bool = False) -> None:
        name = words(self.tokens[first:last])
        entity = self.names.get(tuple(name.split()))
        if entity is None:
            head = self.tokens[last - 1].text
            introduced = self.tokens[first - 1].lower if first else ""
            outlet = outlet or (head in self.words.outlets and head not in self.words.bodies) or introduced in _MEDIA
            outlet = outlet or self.tokens[first].text in _OUTLET_OPENINGS
            kind = "" if outlet else self.words.kinds.get(head, "")
            entity = self.drafts.make("Outlet" if outlet else "Actor", name, kind=kind)
            self.names[tuple(name.split())] = entity
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
            if at + 1 not in drafts.at and _abbreviates(tokens[at + 1].text, name):
                drafts.add(at + 1, at + 2, mention.entity, "alias")
                self.acronyms[tokens[at + 1].text] = mention.entity

    # The second reading

    def find_short_forms(self) -> None:
        """Mention full names in headlines too, surnames and acronyms everywhere."""
        forms: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, entity in self.names.items():
            forms[name[0]].append((name, entity))
        for acronym, entity in self.acronyms.items():
            forms[acronym].append(((acronym,), entity))
        surnames = self._surnames()
        tokens, at = self.tokens, self.drafts.at
        for number, token in enumerate(tokens):
            if number in at or not token.text[0].isupper():
                continue
            for name, entity in sorted(forms.get(token.text, ()), key=lambda form: -len(form[0])):
                stop = number + len(name)
                if self.drafts.free(number, stop) and tuple(word.text for word in tokens[number:stop]) == name:
                    self.drafts.add(number, stop, entity, "unknown" if len(name) > 1 else "alias", 0.9)
                    break
            else:
                holders = surnames.get(token.text)
                if holders and not self._named_otherwise(number):
                    earlier = [entity for start, entity in holders if start < token.start]
                    self.drafts.add(number, number + 1, earlier[-1] if earlier else holders[0][1], "surname", 0.9)
        for number in self.titled:
            if number not in at and self._is_person(number, number + 1, titled=True):
                self._add_person(number, number + 1)
        brands = {}
        for number in self.brands:
            if number not in at:
                self._add_body(number, number + 1)
                brands[tokens[number].text] = at[number].entity
        for number, token in enumerate(tokens):
            if token.text in brands and number not in at:
                self.drafts.add(number, number + 1, brands[token.text], "alias", 0.9)

    def _surnames(self) -> dict[str, list[tuple[int, str]]]:
        """Surname → where its holders are named in full, in the order of the text."""
        surnames: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for mention in self.drafts.mentions():
            node = self.drafts.entities[mention.entity]
            if node.type != "Actor" or node.properties.get("kind") not in ("person", None):
                continue
            if mention.how == "unknown" or node.properties.get("kind") == "person":
                first, last = self.drafts.span(mention)
                if last - first < 2 or (mention.how == "unknown" and mention.confidence < 0.6):
                    continue
                family = [self.tokens[last - 1].text]
                if self.tokens[first].text in self.words.given:  # also the family name where it stands first
                    family.append(self.tokens[first].text)
                for name in family:
                    if len(name) > 2 and name not in self.words.no_names:
                        surnames[name].append((mention.start, mention.entity))
        return surnames

    def _named_otherwise(self, number: int) -> bool:
        """Whether a neighbour makes a surname a part of another name."""
        after = self.tokens[number + 1] if number + 1 < len(self.tokens) else None
        return bool(after and after.text in self.words.bodies | self.words.outlets)


_MEDIA = frozenset(
    (
        "outlet",
        "newspaper",
        "website",
        "site",
        "channel",
        "broadcaster",
        "publication",
        "magazine",
        "portal",
        "blog",
        "station",
    )
)


def _is_name_word(text: str) -> bool:
    return (
        (text[0].isupper() or bool(_FAMILY.match(text)))
        and (not text.isupper() or len(text) < 3)
        and text.replace("-", "").replace(".", "").replace("'", "").replace("’", "").isalpha()
    )


def _abbreviates(acronym: str, name: list[str]) -> bool:
    """Whether the capitals of an acronym are initials of a name, in their order."""
    initials = "".join(word[0] for word in name if word[0].isalpha()).lower()
    wanted = [letter.lower() for letter in acronym if letter.isupper()]
    rest = iter(initials)
    return len(wanted) > 1 and sum(letter in rest for letter in wanted) >= len(wanted) - 1
