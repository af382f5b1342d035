"""What coreference knows of a document while it reads it: who was named so far, with which roles, and where.

The base of :mod:`pronouns` and :mod:`offices`, which say what stands for whom.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from narragraph.graph.model import Node
from narragraph.loaders.extraction.analysis import Analysis, Mention, NounPhrase, Sentence, Token
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.templates import own_heads
from narragraph.ontology.lexicon import load_lexicon, load_words

MEDIA = frozenset(("media", "television", "tv", "broadcaster"))
REACH = 3  # sentences that a pronoun looks back
_STATES = frozenset(("state", "breakaway state", "territory"))
_HOLDERS = 50  # persons of one office that "Mali's president" looks ahead to


class Ground:
    """One document's phrases, roles, groups and what was named so far."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens: Sequence[Token] = analysis.tokens
        self.drafts = Drafts(analysis, analysis.additions.gazetteer)
        self.drafts.groups = analysis.layers.get("groups", [])
        self.drafts.inner = analysis.layers.get("inner", [])
        self.offices = load_words("definites", "offices")
        lexicon = load_lexicon("definites")
        self.kinds: Mapping[str, Sequence[str]] = lexicon["kinds"]
        self.synonyms: Mapping[str, Sequence[str]] = lexicon["synonyms"]
        self.countries = frozenset(lexicon["countries"])
        self.governments = frozenset(lexicon["governments"])
        self.own = own_heads()
        self.single_offices = load_words("templates", "offices")
        self.meant: dict[int, tuple[str, ...]] = {}  # token of a pronoun or head → entities
        self.held: set[int] = set()  # tokens of offices whose holder the text names
        self.phrases: dict[int, list[NounPhrase]] = defaultdict(
            list
        )  # sentence → its phrases, in the order of the text
        self.roles: dict[str, set[str]] = defaultdict(set)  # person → words of title and apposition in this document
        self.holders: dict[str, dict[tuple[int | None, str], None]] = defaultdict(dict)  # office → case and person
        self.unnamed: dict[str, list[Mention]] = defaultdict(list)  # office → its holders without a name
        self.group_ends = {group.end for group in self.drafts.groups}
        for group in self.drafts.groups:
            if self.drafts.entities[group.entity].properties.get("kind") == "person":
                head = analysis.text[group.start : group.end].rpartition(" ")[2].lower()
                self.unnamed[head].append(group)
        self.seen: list[tuple[int, int, Mention]] = []  # sentence, first token, mention: what was named so far
        self.main: dict[int | None, str] | None = None  # case → the country that it is about
        self._read_phrases()

    def _read_phrases(self) -> None:
        starts = [sentence.first for sentence in self.analysis.sentences]
        for phrase in self.analysis.phrases:
            sentence = bisect_left(starts, phrase.first + 1) - 1
            self.phrases[sentence].append(phrase)
            if len(phrase.entities) == 1 and self.is_person(phrase.entities[0]):
                if country := self._country_after(phrase.last):
                    self.roles[phrase.entities[0]].add(country)
                for token in self.tokens[phrase.first : phrase.last]:
                    if token.tag[:2] in ("NN", "JJ") and not phrase.head[0] <= token.start < phrase.head[1]:
                        self.roles[phrase.entities[0]].add(token.lower)
                        if token.lower in self.offices and len(self.holders[token.lower]) < _HOLDERS:
                            self.holders[token.lower].setdefault((self.case(sentence), phrase.entities[0]))

    def _country_after(self, at: int) -> str | None:
        """The country in "Anna Odell, president of Mali", in lower case."""
        if at + 1 >= len(self.tokens) or self.tokens[at].lower != "of" or not self._is_office(self.tokens[at - 1]):
            return None
        country = self.drafts.country_of(self.drafts.at.get(at + 1 + (self.tokens[at + 1].lower == "the")))
        return country.name.lower() if country else None

    def _is_office(self, token: Token) -> bool:
        return token.lower in self.offices

    def mean(self, first: int, at: int, entity: str, how: str, confidence: float, sentence: Sentence) -> None:
        """Let ``tokens[first:at + 1]`` stand for an entity."""
        self.meant[at] = (entity,)
        if how == "office":
            self.held.add(at)
        if self.drafts.free(first, at + 1):
            mention = self.drafts.add(first, at + 1, entity, how, confidence)
            if how != "pronoun" or self.tokens[at].lower in ("he", "she"):  # who goes on being the subject
                self.seen.append((sentence.index, first, mention))

    # Where things stand

    def is_person(self, entity: str) -> bool:
        """Whether an entity is a person."""
        node: Node = self.drafts.entities[entity]
        return node.type == "Actor" and node.properties.get("kind") == "person"

    def same_text(self, sentence: int, other: int) -> bool:
        """Whether two sentences stand in the same case, or in none."""
        return self.case(sentence) == self.case(other)

    def case(self, sentence: int) -> int | None:
        """The case that a sentence stands in; None where the file has none there."""
        blocks = self.analysis.blocks
        return blocks[self.analysis.sentences[sentence].block].case if blocks else None

    def sentence_of(self, mention: Mention) -> int:
        """The index of the sentence that a mention stands in."""
        starts = self.sentence_starts
        return max(0, bisect_left(starts, mention.start + 1) - 1)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin."""
        return [sentence.start for sentence in self.analysis.sentences]

    def quote_at(self, offset: int) -> bool:
        """Whether a quotation holds the character."""
        quotes = self.analysis.quotes
        at = bisect_left(quotes, (offset + 1, 0)) - 1
        return at >= 0 and quotes[at][0] <= offset < quotes[at][1]

    def person_at(self, at: int) -> bool:
        """Whether a token belongs to the name of a person."""
        mention = self.drafts.at.get(at)
        return mention is not None and self.is_person(mention.entity)

    def main_country(self, sentence: Sentence) -> str | None:
        """The country that the file or case is about: the one that it mentions most often."""
        if self.main is None:
            counts: dict[int | None, Counter[str]] = defaultdict(Counter)
            for mention in self.analysis.mentions:
                node = self.drafts.entities[mention.entity]
                country = node.id if node.properties.get("kind") in _STATES else node.properties.get("country")
                if country and (node.type == "Country" or mention.how == "capital"):
                    counts[self.case(self.sentence_of(mention))][str(country)] += 1
            self.main = {case: found.most_common(1)[0][0] for case, found in counts.items()}
        return self.main.get(self.case(sentence.index))
