"""Mentions in the making: a document's tokens with what names them so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from narragraph.graph.model import Node, digest, document_id, slug
from narragraph.loaders.extraction.analysis import Analysis, Mention, Sentence, Token
from narragraph.ontology.gazetteer import Entry, Gazetteer


class Drafts:
    """Mentions by token, none overlapping, and the entities that they name."""

    def __init__(self, analysis: Analysis, gazetteer: Gazetteer) -> None:
        self.analysis = analysis
        self.gazetteer = gazetteer
        self.tokens = analysis.tokens
        self.entities = analysis.entities
        self.at: dict[int, Mention] = {}  # token → the mention that covers it or a part of it
        self.inner: list[Mention] = []  # countries and governments inside longer names ("Russian" in "Russian army")
        self.groups: list[
            Mention
        ] = []  # groups named by what they are; they count where something is said by or of them
        self._starts = [token.start for token in analysis.tokens]
        for mention in analysis.mentions:
            self._cover(mention)

    def token_at(self, offset: int) -> int:
        """The token that holds a character, or the last one before it."""
        return bisect_right(self._starts, offset) - 1

    def span(self, mention: Mention) -> tuple[int, int]:
        """First and last (exclusive) token of a mention."""
        return self.token_at(mention.start), self.token_at(mention.end - 1) + 1

    def add(self, first: int, last: int, entity: str, how: str, confidence: float = 1.0) -> Mention:
        """Mention an entity with ``tokens[first:last]``; mentions that stand there give way."""
        return self.add_span(self.tokens[first].start, self.tokens[last - 1].end, entity, how, confidence)

    def add_span(self, start: int, end: int, entity: str, how: str, confidence: float = 1.0) -> Mention:
        """Mention an entity with characters that may be a part of a token."""
        mention = Mention(start, end, entity, how, confidence)
        first, last = self.span(mention)
        for number in range(first, last):
            earlier = self.at.get(number)
            if earlier and earlier.start < end and start < earlier.end:
                self.drop(earlier)
                if self.country_of(earlier) and self.entities[entity].properties.get("kind") != "person":
                    self.inner.append(earlier)
        self._cover(mention)
        return mention

    def drop(self, mention: Mention) -> None:
        """Take a mention back."""
        first, last = self.span(mention)
        for number in range(first, last):
            if self.at.get(number) is mention:
                del self.at[number]

    def free(self, first: int, last: int) -> bool:
        """Whether no mention touches ``tokens[first:last]``."""
        return not any(number in self.at for number in range(first, last))

    def mentions(self) -> list[Mention]:
        """All mentions, ordered by start."""
        unique = {id(mention): mention for mention in self.at.values()}
        return sorted(unique.values(), key=lambda mention: (mention.start, mention.end))

    def finish(self) -> None:
        """Hand the mentions to the analysis, with the entities that are mentioned."""
        self.analysis.mentions = self.mentions()
        self.analysis.layers["groups"] = self.groups
        self.analysis.layers["inner"] = self.inner

    def know(self, entry: Entry) -> str:
        """The id of a gazetteer entry, which is an entity of the document from now on."""
        if entry.id not in self.entities:
            self.entities[entry.id] = node_of(entry)
        return entry.id

    def make(self, type: str, name: str, *, within: bool = False, **properties: str) -> str:
        """The id of an entity that no gazetteer lists; ``within`` where the name means this document's one only."""
        ident = f"{type.lower()}:{slug(name)}"
        if within:
            ident += "-" + digest(document_id(self.analysis.document.source_key))[:8]
        elif ident in self.gazetteer.by_id:
            return self.know(self.gazetteer.by_id[ident])
        if ident not in self.entities:
            known = {key: value for key, value in properties.items() if value}
            self.entities[ident] = Node(ident, type, name, (), known)
        return ident

    def country_of(self, mention: Mention | None) -> Entry | None:
        """The country that a mention names, if it names one."""
        entry = self.gazetteer.by_id.get(mention.entity) if mention else None
        return entry if entry and entry.type == "Country" else None

    def block_kind(self, sentence: Sentence) -> str:
        """The kind of block that a sentence stands in."""
        blocks = self.analysis.blocks
        return blocks[sentence.block].kind if blocks else "paragraph"

    def _cover(self, mention: Mention) -> None:
        first, last = self.span(mention)
        for number in range(first, last):
            self.at[number] = mention


def node_of(entry: Entry) -> Node:
    """A gazetteer entry as a node; its aliases are names, never demonyms or capitals."""
    properties = {
        name: value
        for name in ("kind", "country", "role", "iso3", "wikidata", "platform", "domain")
        if (value := getattr(entry, name))
    }
    aliases = [form.text for form in entry.forms() if form.how in ("alias", "government")]
    return Node(entry.id, entry.type, entry.name, tuple(aliases), properties)


def words(tokens: Iterable[Token]) -> str:
    """The tokens' words joined by spaces, 's without one."""
    return "".join([token.text if token.tag == "POS" else f" {token.text}" for token in tokens]).strip()
