"""Noun phrases: head, possessor, apposition, title, coordination. The head is the participant.

"Colombia's right-wing President Ivan Duque" is Duque, "Peskov, the Kremlin's spokesman," is Peskov, "a number of
Western allies" are the allies, "Britain, France and Germany" are three. Smaller phrases stand after the larger one
that holds them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from narragraph.loaders.extraction.analysis import Analysis, Mention, NounPhrase, Sentence, Token
from narragraph.loaders.extraction.chunks import Chunk, noun_chunks
from narragraph.ontology.lexicon import load_words

_QUANTITIES = load_words("phrases", "quantities")
_ROLES = frozenset(title.split()[-1].lower() for title in load_words("titles", "roles"))
_BODIES = load_words("organisations", "introduced")
_CLOSERS = frozenset((",", ")", ".", "''", ":", ";"))


def find_phrases(analysis: Analysis) -> None:
    """Fill ``phrases``."""
    reader = _Reader(analysis)
    for sentence in analysis.sentences:
        reader.read(sentence)
    analysis.phrases = sorted(reader.found, key=lambda phrase: (phrase.first, -phrase.last))
    analysis.layers["chains"] = reader.chains  # tokens of a row of phrases → those of its members


class _Reader:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens: Sequence[Token] = analysis.tokens
        self.found: list[NounPhrase] = []
        self.chains: dict[tuple[int, int], list[tuple[int, int]]] = {}
        starts = [token.start for token in analysis.tokens]
        self.at: dict[int, Mention] = {}
        self.groups: dict[int, Mention] = {}
        for mentions, table in ((analysis.mentions, self.at), (analysis.layers.get("groups", ()), self.groups)):
            for mention in mentions:
                for number in range(bisect_right(starts, mention.start) - 1, bisect_right(starts, mention.end - 1)):
                    table[number] = mention

    def read(self, sentence: Sentence) -> None:
        """Join the chunks of one sentence into phrases."""
        chunks = list(noun_chunks(self.tokens, self.at, sentence.first, sentence.last))
        simple = [self._simple(chunk) for chunk in chunks]
        joined = self._with_quantities(simple, sentence)
        joined = self._with_appositions(joined, sentence)
        outer = self._with_coordination(joined, sentence)
        self.found.extend(dict.fromkeys((*simple, *joined, *outer)))  # each once, in an order that stays

    def _simple(self, chunk: Chunk) -> NounPhrase:
        """A chunk as a phrase: who it means by its head, and who owns that."""
        tokens = self.tokens
        mention = self.at.get(chunk.head)
        start, end = tokens[chunk.head].start, tokens[chunk.head].end
        entities: tuple[str, ...] = ()
        if mention and mention.end >= end:  # not a part of a hyphened word, as in "the US-led"
            entities = (mention.entity,)
            start = max(mention.start, tokens[chunk.first].start)
        elif (group := self.groups.get(chunk.head)) and group.end <= end:  # not "two" of "two of its allies"
            entities = (group.entity,)
        possessor: tuple[str, ...] = ()
        if chunk.owner is not None and chunk.owner - 1 >= chunk.first and tokens[chunk.owner].tag == "POS":
            owner = self.at.get(chunk.owner - 1) or self.groups.get(chunk.owner - 1)
            if owner and owner.entity not in entities:
                possessor = (owner.entity,)
        whole = tokens[chunk.first].start, tokens[chunk.last - 1].end
        return NounPhrase(*whole, (start, end), entities, possessor, chunk.first, chunk.last)

    def _with_quantities(self, phrases: list[NounPhrase], sentence: Sentence) -> list[NounPhrase]:
        """Find the head of "a number of Western allies", "two of its NATO allies" after "of"; any other "of" owns."""
        joined: list[NounPhrase] = []
        at = 0
        while at < len(phrases):
            phrase = phrases[at]
            at += 1
            while at < len(phrases) and self._of_between(phrase, phrases[at]):
                following = phrases[at]
                if self._is_quantity(phrase):
                    phrase = replace(
                        following, start=phrase.start, first=phrase.first,
                        possessor=following.possessor or phrase.possessor,
                    )  # fmt: skip
                    at += 1
                    continue
                if self._is_office_of(phrase, following):
                    phrase = replace(following, start=phrase.start, first=phrase.first, possessor=phrase.possessor)
                    at += 1
                    break
                if following.entities and not phrase.possessor:
                    phrase = replace(phrase, possessor=following.entities)
                break
            joined.append(phrase)
        return joined

    def _of_between(self, phrase: NounPhrase, following: NounPhrase) -> bool:
        return following.first == phrase.last + 1 and self.tokens[phrase.last].lower == "of"

    def _is_quantity(self, phrase: NounPhrase) -> bool:
        head = self.tokens[phrase.last - 1]
        return not phrase.entities and (
            head.lower in _QUANTITIES or (head.tag in ("CD", "DT") and phrase.last - phrase.first < 3)
        )

    def _is_office_of(self, phrase: NounPhrase, following: NounPhrase) -> bool:
        """Whether an office stands before its holder's name: "US Secretary of State Mike Pompeo"."""
        named_later = following.head[0] > following.start and self.tokens[following.first].text[0].isupper()
        return self._is_bare_role(phrase) and named_later and self._is_person(following)

    def _with_appositions(self, phrases: list[NounPhrase], sentence: Sentence) -> list[NounPhrase]:
        """A name and its role beside it are one participant: the name."""
        joined: list[NounPhrase] = []
        for phrase in phrases:
            if joined:
                pair = self._apposed(joined[-1], phrase, sentence)
                if pair:
                    joined[-1] = pair
                    continue
            joined.append(phrase)
        return joined

    def _apposed(self, name: NounPhrase, other: NounPhrase, sentence: Sentence) -> NounPhrase | None:
        tokens = self.tokens
        gap = other.first - name.last
        if gap == 0 and self._is_bare_role(name) and other.entities and self._kind(other) == "person":
            return replace(other, start=name.start, first=name.first, possessor=name.possessor)
        if gap != 1 or tokens[name.last].text != ",":
            return None
        closed = (
            other.last >= sentence.last
            or tokens[other.last].tag in _CLOSERS
            or tokens[other.last].lower in ("of", "at", "for", "in", "who", "which", "with")
        )
        if not closed:
            return None
        if name.entities and self._kind(name) == "person" and self._is_role(other) and not self._is_person(other):
            return replace(name, end=other.end, last=other.last)
        if (
            self._is_role(name)
            and not name.entities
            and self._is_person(other)
            and other.last < sentence.last
            and tokens[other.last].text == ","
        ):
            return replace(other, start=name.start, first=name.first, possessor=name.possessor)
        return None

    def _is_role(self, phrase: NounPhrase) -> bool:
        head = self.tokens[phrase.last - 1].lower
        return head in _ROLES or head.endswith(("ologist", "ician", "ist"))

    def _is_bare_role(self, phrase: NounPhrase) -> bool:
        return not phrase.entities and self._is_role(phrase)

    def _is_person(self, phrase: NounPhrase) -> bool:
        return bool(phrase.entities) and self._kind(phrase) == "person"

    def _kind(self, phrase: NounPhrase) -> str:
        node = self.analysis.entities.get(phrase.entities[0]) if phrase.entities else None
        return str(node.properties.get("kind", "")) if node else ""

    def _with_coordination(self, phrases: list[NounPhrase], sentence: Sentence) -> list[NounPhrase]:
        """Join "Britain, France and Germany" to one phrase with three entities."""
        outer: list[NounPhrase] = []
        at = 0
        while at < len(phrases):
            chain = [phrases[at]]
            conjunction = False
            while at + 1 < len(phrases):
                link = self._link(chain[-1], phrases[at + 1])
                if link is None or (conjunction and link == ","):
                    break
                chain.append(phrases[at + 1])
                at += 1
                conjunction = conjunction or link == "and"
            at += 1
            if not conjunction:
                outer.extend(chain)
                continue
            outer.append(self._coordinated(chain))
        return outer

    def _link(self, phrase: NounPhrase, following: NounPhrase) -> str | None:
        """How two phrases are coordinated: by a comma or by "and"; None if they are not."""
        between = [token.lower for token in self.tokens[phrase.last : following.first]]
        if between in (
            ["and"],
            ["or"],
            [",", "and"],
            ["&"],
            ["as", "well", "as"],
            [",", "as", "well", "as"],
            ["and", "then"],
            ["/"],
        ):
            return "and" if self._alike(phrase, following) else None
        if between == [","] and phrase.entities and following.entities:
            return ","
        return None

    def _alike(self, phrase: NounPhrase, following: NounPhrase) -> bool:
        """Whether "and" joins two participants, or two things; "Russia and the attack" may belong to two clauses."""
        if self._takes_part(phrase) == self._takes_part(following):
            return True
        return self._is_group(phrase) and self._is_some(following)

    def _is_group(self, phrase: NounPhrase) -> bool:
        """Whether a phrase means a group by its common noun, as in "13 accounts and two pages"."""
        return bool(phrase.entities) and phrase.last - 1 in self.groups and phrase.last - 1 not in self.at

    def _is_some(self, phrase: NounPhrase) -> bool:
        """Whether a phrase is of plural things that nobody has named."""
        return not phrase.entities and self.tokens[phrase.last - 1].tag == "NNS"

    def _takes_part(self, phrase: NounPhrase) -> bool:
        return bool(phrase.entities) or self.tokens[phrase.last - 1].tag == "PRP"

    def _coordinated(self, chain: list[NounPhrase]) -> NounPhrase:
        first, last = chain[0], chain[-1]
        self.chains[first.first, last.last] = [(phrase.first, phrase.last) for phrase in chain]
        entities = tuple(dict.fromkeys(entity for phrase in chain for entity in phrase.entities))
        possessor = tuple(dict.fromkeys(entity for phrase in chain for entity in phrase.possessor))
        return NounPhrase(first.start, last.end, last.head, entities, possessor, first.first, last.last)
