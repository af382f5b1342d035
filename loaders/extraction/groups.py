"""Groups and persons who are told by what they are and not by a name: "Malian bloggers", "one ex-minister".

They become actors of their document where they act or speak, or where a relation needs them.
"""

from __future__ import annotations

import re
from functools import cache

from narragraph.loaders.extraction.analysis import Mention, Sentence
from narragraph.loaders.extraction.chunks import Chunk
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.group_deeds import ChunkDeeds
from narragraph.loaders.extraction.name_words import name_words
from narragraph.ontology.lexicon import load_lexicon, load_words

SURE = 0.8  # a group that counts although no relation needs it
_POSSIBLE = 0.6
_UNTOLD = frozenset(("DT", "PDT", "CD", "``", "$"))
_COUNT = re.compile(r"\d[\d,.]+\+?")  # of two digits and more
_NETWORKS = frozenset(("network", "cluster", "ring", "web", "group", "set", "swarm"))
_BROADCAST = frozenset(("television", "tv", "radio", "network", "news", "state"))
_DOZENS = frozenset(("dozens", "scores", "tens", "hundreds", "thousands"))
_ABOUT = frozenset(("more than", "fewer than", "at least", "up to", "nearly", "about", "around", "almost", "over"))
_COUNTING = load_words("phrases", "quantities") | {"elements"}
_SOME = frozenset(("several", "some", "many", "few", "most"))
_POINTING = frozenset(("both", "the", "same", "these", "those", "all", "two", "three", "four", "said", "latter"))
_MATTER = frozenset(("disinformation", "propaganda"))  # as a rule a thing, not those who spread it
_NUMBERS = frozenset(("two", "three", "four"))
_TELLING_WHICH = load_words("groups", "knowing") | {"who"}
_CALLINGS = ("ologist", "keeper", "ographer")
_PREFIXES = ("ex-", "co-", "vice-", "sub-", "then-")


@cache
def _persons() -> frozenset[str]:
    """Nouns for one person, in lower case: offices, professions, "resident"."""
    roles = {title.split()[-1].lower() for title in load_words("titles", "roles")}
    return load_words("groups", "person") | {role for role in roles if role.isalpha()}


class GroupFinder(ChunkDeeds):
    """Notes the unnamed participants of a document, in the order of the text."""

    def __init__(self, drafts: Drafts) -> None:
        super().__init__(drafts)
        self.people = frozenset(word.lower() for word in load_words("groups", "people"))  # "Republicans"
        self.one_and_many = load_words("groups", "one_and_many")
        self.ranks = load_words("groups", "ranks")
        self.resolved = frozenset(load_lexicon("definites")["kinds"])  # "the agency" is left to coreference
        self.persons = _persons()
        self.bodies = load_words("groups", "bodies")
        self.vague = load_words("groups", "vague")
        self.fierce = load_words("groups", "fierce")
        self.not_media = load_words("groups", "not_media")
        self.parts = load_words("groups", "parts")
        self.told: dict[str, str] = {}  # head → the group that the text named last by it

    def note(self, chunk: Chunk, sentence: Sentence) -> None:
        """Note a chunk that nobody else claims, if its head tells people, a body or media."""
        if self._is_apposed(chunk, sentence) or self._is_version(chunk):
            return
        named = self._named_in(chunk)
        if named:
            self._add(chunk.first, chunk.head, named, _POSSIBLE)
            return
        head = self.tokens[chunk.head]
        word = head.lower
        many = head.tag in ("NNS", "NNPS") or (head.text[-1] == "s" and head.text[:-1].isupper())  # "NGOs"
        medium = word in self.media and not self._is_no_medium(chunk)
        listed = (word in self.people or medium) and (many or word in self.one_and_many)
        persons = many and self._is_person(word.removesuffix("s"))
        if head.tag == "NN" and (word in self.bodies or self._is_person(word)):
            self._person(chunk, sentence)
        elif listed or persons or (word in self.parts and self._is_part_of_body(chunk)):
            self._group(chunk, sentence)

    def _named_in(self, chunk: Chunk) -> str | None:
        """The entity of whose sort the head only tells: "Al Alam television network", "the “White Helmets” group"."""
        at = chunk.head
        while at > chunk.first and at not in self.drafts.at and self._tells_sort(at):
            at -= 1
        mention = self.drafts.at.get(at)
        if mention is None or at == chunk.head or self.drafts.span(mention)[1] != at + 1:
            return None
        node = self.drafts.entities[mention.entity]
        body = node.type == "Actor" and node.properties.get("kind") not in ("person", "government", "collective")
        outlet = node.type == "Outlet" and node.properties.get("kind") not in ("platform", "collective")
        return mention.entity if body or outlet else None

    def _tells_sort(self, at: int) -> bool:
        token = self.tokens[at]
        singular_noun = token.tag == "NN" and token.lower in name_words().explaining | name_words().media | _BROADCAST
        return singular_noun or token.tag in ("``", "''")

    def _is_version(self, chunk: Chunk) -> bool:
        """Whether an account is what somebody tells: "the junta's account"; those on platforms name them."""
        if self.tokens[chunk.head].lower != "account" or chunk.owner is None:
            return False
        inside = [self.drafts.at[at].entity for at in range(chunk.owner, chunk.head) if at in self.drafts.at]
        return not any(self.drafts.entities[entity].properties.get("kind") == "platform" for entity in inside)

    def _is_no_medium(self, chunk: Chunk) -> bool:
        """Whether the word before a head tells that it is no medium: "polling stations", "bank accounts"."""
        return chunk.head > chunk.first and self.tokens[chunk.head - 1].lower in self.not_media

    def _is_part_of_body(self, chunk: Chunk) -> bool:
        """Whether a body stands before its part: "the ministry's press office"; a person's office is the person."""
        owners = [self.drafts.at[at].entity for at in range(chunk.first, chunk.head) if at in self.drafts.at]
        return bool(owners) and self.drafts.entities[owners[-1]].properties.get("kind") != "person"

    def _is_apposed(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a chunk tells what a name before it is: "Brindlecheck, a fact-checking site"."""
        tokens, before = self.tokens, chunk.first - 2
        if (
            before < sentence.first
            or tokens[before + 1].text != ","
            or tokens[chunk.first].lower not in ("a", "an", "the")
        ):
            return False
        mention = self.drafts.at.get(before)
        return (
            mention is not None and self.drafts.entities[mention.entity].type != "Country" and mention.how != "capital"
        )

    def _is_person(self, word: str) -> bool:
        """Whether a noun tells one human being: "ex-minister", "meteorologist"."""
        for prefix in _PREFIXES:
            word = word.removeprefix(prefix)
        return word in self.persons or word.endswith(_CALLINGS)

    def _group(self, chunk: Chunk, sentence: Sentence) -> None:
        """Note "Navalny's allies", "pro-Kremlin channels", "influential bloggers", and "prosecutors" who speak.

        Bare "bloggers" who say nothing are nobody, unless the text told before which ones.
        """
        tokens = self.tokens
        head = tokens[chunk.head].lower
        start = first = chunk.first
        if tokens[first].tag == "WP$" or (tokens[chunk.head].tag == "NNS" and self._points_back(chunk)):
            return
        while first < chunk.head and (tokens[first].tag in _UNTOLD or tokens[first].lower in self.ranks):
            counts = tokens[first].tag == "CD" or tokens[first].lower in _SOME  # "some accounts" are named "accounts"
            if not counts and start == first:
                start += 1
            first += 1
        if tokens[first].tag == "PRP$" and first + 1 < chunk.head:  # "its European allies", but "its allies"
            start = first = first + 1
        owner = (
            self.told.get(tokens[chunk.owner - 1].lower) if chunk.owner and tokens[chunk.owner].tag == "POS" else None
        )
        if owner and head in self.media:  # "the network's pages" are the network
            self._add(start, chunk.head, owner, _POSSIBLE)
            return
        speaks = self._tells(chunk, sentence)
        counted = self._counted_from(chunk, sentence)
        some = self._some_from(chunk, sentence)
        network = self._network_from(chunk, sentence)
        telling = head in self.vague or (head in self.people and head not in self.media | self.fierce)
        numbered = any(tokens[at].tag == "CD" for at in range(start, chunk.head))
        numbered = numbered and tokens[start - 1].lower != "with"  # "an account with 30,000 followers"
        if counted is not None:
            self._add(counted, chunk.head, self._make(counted, chunk, sentence), SURE)
        elif network is not None:
            self.told[tokens[network].lower] = whole = self._make(network, chunk, sentence)
            self._add(network, chunk.head, whole, SURE if speaks else _POSSIBLE)
        elif some is not None or (numbered and first == chunk.head):
            start = start if some is None else some
            some_of_them = self._make(start, chunk, sentence)
            self._add(self._amount_from(start, sentence), chunk.head, some_of_them, SURE if speaks else _POSSIBLE)
        elif first == chunk.head and not (telling and self._is_told_whose(chunk, sentence)):
            entity = self._bare_group(start, chunk, sentence, speaks)
            if entity:
                start = self._amount_from(start, sentence)
                self._add(start, chunk.head, entity, SURE if speaks else _POSSIBLE)
        else:
            self.told[head] = self._make(first, chunk, sentence)
            named = any(at in self.drafts.at for at in range(first, chunk.head))
            acts = named and head not in self.parts and self._acts(chunk, sentence)
            start = self._amount_from(start, sentence)
            self._add(start, chunk.head, self.told[head], SURE if speaks or acts else _POSSIBLE)

    def _amount_from(self, at: int, sentence: Sentence) -> int:
        """The token at which words begin that tell how many: "dozens of (accounts)", "more than (30 countries)"."""
        tokens = self.tokens
        before = [token.lower for token in tokens[max(sentence.first, at - 2) : at]]
        if before[1:] == ["of"] and before[0] in _DOZENS:
            return at - 2
        if tokens[at].tag != "CD" or not before:
            return at
        return at - 2 if " ".join(before) in _ABOUT else at - 1 if before[-1] in _ABOUT else at

    def _bare_group(self, start: int, chunk: Chunk, sentence: Sentence, speaks: bool) -> str | None:
        """The group that a head without modifiers means: the one told before by it, else a new one where it acts."""
        head = self.tokens[chunk.head].lower
        if head in self.told and head not in _MATTER:
            return self.told[head]
        spreads = self._spreads(chunk, sentence)
        acts = speaks or spreads or self._harms(chunk, sentence) or self._is_accused(chunk, sentence)
        acts = acts or (head in self.fierce and self.tokens[min(chunk.last, sentence.last - 1)].lower != "of")
        if not (acts or self._is_spoken_of(chunk, sentence)) or not self._stands_for_itself(chunk, spreads, speaks):
            return None
        self.told[head] = self._make(start, chunk, sentence)
        return self.told[head]

    def _counted_from(self, chunk: Chunk, sentence: Sentence) -> int | None:
        """The token from which a number tells accounts apart: "a network of 277 accounts", "276 of the accounts"."""
        tokens = self.tokens
        if tokens[chunk.head].lower not in self.media:
            return None
        before = chunk.first - 2
        counted = next((at for at in range(chunk.first, chunk.head) if _COUNT.fullmatch(tokens[at].text)), None)
        if before < sentence.first or tokens[before + 1].lower != "of":
            return counted
        whole = _COUNT.fullmatch(tokens[before].text) or (counted and tokens[before].lower in _NETWORKS)
        return before if whole else counted

    def _network_from(self, chunk: Chunk, sentence: Sentence) -> int | None:
        """The token of the network that accounts are of: "a network of fake accounts" is one participant."""
        before = chunk.first - 2
        media = self.tokens[chunk.head].lower in self.media and before >= sentence.first
        of = media and self.tokens[before + 1].lower == "of" and self.tokens[before].lower in _NETWORKS & _COUNTING
        return before if of else None

    def _is_told_whose(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether words behind a bare head tell which they are: "companies linked to Malta", "people who saw it".

        "A group of lies" is none of lies, and of "a number of senators" the senators speak.
        """
        word = self.tokens[chunk.last] if chunk.last < sentence.last else None
        if word is None or (word.lower == "of" and self.tokens[chunk.head].lower in _COUNTING):
            return False
        head = self.tokens[chunk.head]
        acting = head.tag == "NNS" and head.lower in self.people - self.vague - self.one_and_many
        acts = acting and word.tag == "VBG"  # "protesters chanting slogans"
        return acts or word.lower in _TELLING_WHICH or self._complement_end(chunk.last, sentence.last) > chunk.last

    def _some_from(self, chunk: Chunk, sentence: Sentence) -> int | None:
        """The token from which some of those known are told apart: "two of its allies", "several of the men"."""
        tokens, before = self.tokens, chunk.first - 2
        known = tokens[chunk.first].tag == "PRP$" or tokens[chunk.first].lower in ("the", "these", "those")
        if not known or before < sentence.first or tokens[before + 1].lower != "of":
            return None
        return before if tokens[before].tag == "CD" or tokens[before].lower in _SOME else None

    def _points_back(self, chunk: Chunk) -> bool:
        """Whether a chunk means those named before: "both channels", "the two outlets", "the same papers"."""
        opening = [token.lower for token in self.tokens[chunk.first : chunk.head]]
        anew = set(opening) <= _NUMBERS and self.tokens[chunk.head].lower not in self.told  # "two deputies" told first
        return bool(opening) and set(opening) <= _POINTING and opening != ["the"] and not anew

    def _stands_for_itself(self, chunk: Chunk, spreads: bool, speaks: bool) -> bool:
        """Whether a bare head tells who speaks: "prosecutors", "the opposition", but not "people", "the ministers"."""
        head, opening = self.tokens[chunk.head].lower, self.tokens[chunk.first]
        issues = head in self.media and (spreads or (speaks and opening.tag != "DT"))  # "anonymous accounts say"
        if (head in self.vague and not issues) or opening.tag == "PRP$":
            return False
        definite = opening.tag == "DT" and opening.lower in ("the", "these", "those", "this", "that")
        resolved = head in self.resolved or head.removesuffix("s") in self.persons
        return not definite or head in self.fierce or not resolved

    def _person(self, chunk: Chunk, sentence: Sentence) -> None:
        """Note "one ex-minister", "the party's chairman", "a spokesman for the firm", "a charity" that speaks."""
        tokens, first = self.tokens, chunk.first
        opening = tokens[first]
        complement = self._is_told_whose(chunk, sentence)
        if (
            opening.tag == "DT"
            and opening.lower not in ("a", "an", "another", "every", "each")
            and chunk.owner is None
            and not complement
        ):
            return
        told = opening.tag in ("DT", "CD") or chunk.owner is not None
        told = told and tokens[first + 1].tag != "``"  # "every “member of its team”"
        if not told or opening.tag in ("PRP$", "WP$") or self._is_named(chunk, sentence):
            return
        speaks = self._tells(chunk, sentence)
        bare = chunk.head - first < 2 and opening.tag != "CD" and not complement
        if bare and tokens[chunk.head].lower + "s" in self.vague:
            return
        kind = "collective" if tokens[chunk.head].lower in self.bodies else "person"
        national = kind == "person" and self._is_national(chunk)
        if not speaks and (bare or not (national or self._is_related(chunk, sentence))):
            return
        if opening.tag == "DT" and opening.lower not in ("every", "each"):
            first += 1
        entity = self._make(first, chunk, sentence, kind=kind)
        self._add(first, chunk.head, entity, SURE if speaks else _POSSIBLE)

    def _is_national(self, chunk: Chunk) -> bool:
        """Whether a chunk tells somebody's nation and no more: "an American diplomat"."""
        mention = self.drafts.at.get(chunk.first + 1)
        return chunk.owner is None and mention is not None and mention.how == "demonym"

    def _is_named(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Whether a person's name ends the phrase: "the spokesman for the foreign ministry Jan Odell"."""
        for at in range(chunk.last + 1, self._complement_end(chunk.last, sentence.last)):
            mention = self.drafts.at.get(at)
            if mention and self.drafts.entities[mention.entity].properties.get("kind") == "person":
                return not self._is_superior(chunk.last, at)
        end = self._complement_end(chunk.last, sentence.last)
        apposed = self.drafts.at.get(end + 1) if end + 1 < sentence.last and self.tokens[end].text == "," else None
        body = self.tokens[chunk.head].lower in self.bodies  # "a small firm, Verdant Media"
        return apposed is not None and (body or self.drafts.entities[apposed.entity].properties.get("kind") == "person")

    def _is_superior(self, preposition: int, at: int) -> bool:
        """Whether a name behind a preposition is whom one serves: "an aide to Mali's President Jan Odell"."""
        if at - 1 > preposition and self._names_country(at - 1):
            return False  # "the president of Mali Jan Odell"
        roles = name_words().titles | name_words().before_titles
        between = self.tokens[preposition + 1 : at]
        return all(
            token.tag in ("DT", "POS", "JJ") or token.lower in roles or self._names_country(preposition + 1 + number)
            for number, token in enumerate(between)
        )

    def _names_country(self, at: int) -> bool:
        return self.drafts.country_of(self.drafts.at.get(at)) is not None

    def _make(self, first: int, chunk: Chunk, sentence: Sentence, kind: str = "collective") -> str:
        """The entity of this document, named with what tells whose it is: "researchers at Lund University"."""
        media = self.tokens[chunk.head].lower in self.media
        return self.drafts.make(
            "Outlet" if media else "Actor", self._name(first, chunk, sentence), within=True, kind=kind
        )

    def _name(self, first: int, chunk: Chunk, sentence: Sentence) -> str:
        end = self._complement_end(chunk.last, sentence.last)
        if end == chunk.last:
            end = self._relative_end(chunk.last, sentence.last)
        following = [token.lower for token in self.tokens[end : min(end + 2, sentence.last)]]
        if self.tokens[first].lower in _NETWORKS and following[:1] == ["and"] and self.media.issuperset(following[1:]):
            end += len(following)  # "a network of accounts and pages"
        return " ".join(self.drafts.analysis.text[self.tokens[first].start : self.tokens[end - 1].end].split())

    def _add(self, first: int, head: int, entity: str, confidence: float) -> None:
        tokens = self.tokens
        self.drafts.groups.append(Mention(tokens[first].start, tokens[head].end, entity, "group", confidence))
