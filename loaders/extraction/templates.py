"""Collectives: what a common noun makes of a country or a body ("Uzbek foreign ministry", "Western experts")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from narragraph.errors import OntologyError
from narragraph.graph.model import slug
from narragraph.loaders.extraction.analysis import Mention, Sentence
from narragraph.loaders.extraction.chunks import Chunk, noun_chunks
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.groups import GroupFinder
from narragraph.ontology.gazetteer import Entry, Gazetteer
from narragraph.ontology.lexicon import load_lexicon, load_words


@dataclass(frozen=True)
class Institution:
    """A body that each country has one of."""

    role: str
    type: str
    kind: str
    name: str
    place: bool


@cache
def _institutions() -> Mapping[tuple[str, ...], Institution]:
    """Words of a head ("foreign", "ministry") → the institution."""
    found = {}
    for row in _rows("institutions"):
        institution = Institution(row["role"], row["type"], row["kind"], row["name"], row.get("place", False))
        for head in row["heads"]:
            found[tuple(head.replace("'s", " 's").split())] = institution
    return found


def _rows(section: str) -> list[dict[str, Any]]:
    rows = load_lexicon("templates").get(section)
    if not isinstance(rows, list) or not all({"role", "type", "kind", "name", "heads"} <= set(row) for row in rows):
        raise OntologyError(f"lexicon templates: each of {section!r} needs role, type, kind, name and heads.")
    return rows


@cache
def _role_holders(gazetteer: Gazetteer) -> Mapping[tuple[str, str], Entry]:
    """Country and role → the one listed body, such as the foreign ministry of Russia; none where there are several."""
    holders: dict[tuple[str, str], list[Entry]] = {}
    for entry in gazetteer.entries:
        if entry.country and entry.role and entry.kind not in ("person", "government"):
            holders.setdefault((entry.country, entry.role), []).append(entry)
    return {key: entries[0] for key, entries in holders.items() if len(entries) == 1}


def institution_named(words: Sequence[str]) -> Institution | None:
    """The institution that words in lower case mean ("foreign", "ministry"), if they mean one."""
    return _institutions().get(tuple(words))


@cache
def own_heads() -> frozenset[str]:
    """The last words of bodies of which a country has one: "the general staff" needs no country beside it."""
    kinds = ("ministry", "agency", "military", "parliament", "court", "party")
    rows = _institutions().items()
    return frozenset(head[-1] for head, row in rows if row.kind in kinds and not row.place and "of" not in head)


def body_of(drafts: Drafts, country: Entry, institution: Institution) -> str:
    """The id of a country's institution: the listed one, else one made from the template."""
    gazetteer = drafts.gazetteer
    listed = gazetteer.government_of(country.id) if institution.kind == "government" else None
    listed = listed or _role_holders(gazetteer).get((country.id, institution.role))
    if listed is None:
        demonym = country.demonyms[0] if country.demonyms else country.name
        name = institution.name.format(country=country.name, demonym=demonym)
        ident = f"{institution.type.lower()}:{slug(name)}"
        listed = gazetteer.by_id.get(ident)
        if listed is None:
            return drafts.make(institution.type, name, kind=institution.kind, role=institution.role, country=country.id)
    return drafts.know(listed)


def find_collectives(drafts: Drafts) -> None:
    """Mention ministries, embassies, state media, officials and other groups that are named by what they are."""
    finder = _Finder(drafts)
    for sentence in drafts.analysis.sentences:
        if drafts.block_kind(sentence) != "metadata":
            finder.read(sentence)


class _Finder:
    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.tokens = drafts.tokens
        self.institutions = _institutions()
        self.longest = max(map(len, self.institutions))
        self.speakers = load_words("groups", "speakers")
        self.groups = GroupFinder(drafts)

    def read(self, sentence: Sentence) -> None:
        """Find the collectives of one sentence."""
        for chunk in list(noun_chunks(self.tokens, self.drafts.at, sentence.first, sentence.last)):
            head = chunk.head
            if self.tokens[head].tag not in ("NN", "NNS", "NNP", "NNPS"):
                continue
            listed = self.drafts.at.get(head)
            if listed is not None:
                self._share_listed(*self.drafts.span(listed))
            if listed is not None or self._institution(chunk, sentence):
                continue
            if self.tokens[head].lower not in self.speakers or not self._official(chunk):
                self.groups.note(chunk, sentence)

    # Institutions

    def _institution(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Mention "Mali's foreign ministry", "the police of Latvia", "Chinese embassy in Canberra"."""
        tokens = self.tokens
        for size in range(min(self.longest, chunk.last - chunk.first), 0, -1):
            start = chunk.last - size
            institution = self.institutions.get(tuple(token.lower for token in tokens[start : chunk.last]))
            if institution is None:
                continue
            country = self._origin(chunk.first, start, institution.kind == "government")
            end, first = chunk.last, start
            if country:
                first = self.drafts.span(country)[0]
            else:
                end, country = self._complement(chunk.last, sentence.last)
                while first > chunk.first and tokens[first - 1].tag in ("JJ", "NN"):
                    first -= 1
            entry = self._country_behind(country) or self._shared_country(chunk.first, sentence.first)
            if entry is None and not institution.place and institution.type == "Actor":
                end, entry = self._seat(chunk.last, sentence.last)
            if entry is None or (first == start and tokens[start].lower == "intelligence"):
                return False
            if entry.kind in ("continent", "sea") or (tokens[start].lower == "state" and size == 1):
                return False
            if (
                institution.place
                and end + 1 < sentence.last
                and tokens[end].lower in ("in", "to")
                and tokens[end + 1].text[0].isupper()
            ):
                end += 2
            self.drafts.add(first, end, body_of(self.drafts, entry, institution), "template", 0.95)
            if country and country.how == "demonym":
                self._share_head(first, institution)
            return True
        return self._of_institution(chunk, sentence)

    def _shared_country(self, at: int, first: int) -> Entry | None:
        """The country told once for two bodies: "Mali's presidency or foreign ministry"."""
        if at - 2 < first or self.tokens[at - 1].lower not in ("and", "or"):
            return None
        before = self.drafts.at.get(at - 2)
        told = before is not None and before.how == "template" and self.drafts.entities[before.entity].type == "Actor"
        return self._country_behind(before) if told else None

    def _of_institution(self, chunk: Chunk, sentence: Sentence) -> bool:
        """Mention "the Ministry of Defence of Kazakhstan": its head stands before "of"."""
        tokens, last = self.tokens, sentence.last
        if (
            chunk.last + 1 >= last
            or tokens[chunk.last].lower not in ("of", "for")
            or tokens[chunk.head].lower not in ("ministry", "department", "mission")
        ):
            return False
        for size in range(self.longest, 2, -1):
            stop = chunk.head + size
            if stop > last:
                continue
            key = tuple(token.lower for token in tokens[chunk.head : stop])
            institution = self.institutions.get(key)
            if institution is None:
                continue
            country = self._origin(chunk.first, chunk.head)
            first, end = chunk.head, stop
            if country:
                first = self.drafts.span(country)[0]
            else:
                end, country = self._complement(stop, last)
            entry = self._country_behind(country)
            if entry is None:
                return False
            self.drafts.add(first, end, body_of(self.drafts, entry, institution), "template", 0.95)
            return True
        return False

    def _complement(self, at: int, last: int) -> tuple[int, Mention | None]:
        """The country after "of" or "in", and where the phrase then ends."""
        tokens = self.tokens
        if at + 1 >= last or tokens[at].lower not in ("of", "in"):
            return at, None
        at += 1
        while (
            at < last
            and (tokens[at].lower in ("the", "republic", "of", "kingdom", "state") or tokens[at].tag == "SYM")
            and at not in self.drafts.at
        ):
            at += 1
        mention = self.drafts.at.get(at)
        if mention is None or self.drafts.country_of(mention) is None or mention.how == "demonym":
            return at, None
        return self.drafts.span(mention)[1], mention

    def _seat(self, at: int, last: int) -> tuple[int, Entry | None]:
        """The country whose capital stands after "in" ("the foreign ministry in Berlin"), and where the phrase ends."""
        if at < last and self.tokens[at].lower == "in":
            for size in (2, 1):
                words = [token.text for token in self.tokens[at + 1 : min(at + 1 + size, last)]]
                for form in self.drafts.gazetteer.lookup(" ".join(words)):
                    if form.how == "capital" and form.entry.country and len(words) == size:
                        return at + 1 + size, self.drafts.gazetteer.by_id.get(form.entry.country)
        return at, None

    def _origin(self, first: int, last: int, government: bool = False) -> Mention | None:
        """The country whose body it is: the last one before the head, as demonym, name or owner."""
        for at in range(last - 1, first - 1, -1):
            mention = self.drafts.at.get(at)
            if mention and (self.drafts.country_of(mention) or self._stands_for_country(mention, government)):
                return mention
            if self.tokens[at].tag not in ("POS", "JJ", "NN", "NNP", "SYM", "VBN"):
                return None
        return None

    def _stands_for_country(self, mention: Mention, government: bool) -> bool:
        """Whether a name before an institution tells the country: "Beijing's embassy", "the Ortega government"."""
        properties = self.drafts.entities[mention.entity].properties
        if mention.how == "capital":  # "Stockholm police" are those of the town
            return not government and self.tokens[self.drafts.span(mention)[1]].tag == "POS"
        return government and properties.get("kind") == "person" and {"country", "role"} <= set(properties)

    def _country_behind(self, mention: Mention | None) -> Entry | None:
        if mention is None:
            return None
        country = self.drafts.entities[mention.entity].properties.get("country")
        return self.drafts.country_of(mention) or self.drafts.gazetteer.by_id.get(str(country))

    # Officials, who speak for their government

    def _official(self, chunk: Chunk) -> bool:
        """Take "U.S. officials", and each in "Polish and Czech officials", for the government that they speak for."""
        at = chunk.head - 1 if chunk.owner is None else chunk.owner - 1
        mention = self.drafts.at.get(at)
        government = self._government(mention)
        if mention is None or government is None:
            return False
        first = self.drafts.span(mention)[0]
        self.drafts.add(first, chunk.last, government, "template", 0.85)
        self._share_head(first)
        return True

    def _share_listed(self, first: int, last: int) -> None:
        """Take each demonym in "Polish and Syrian state media" for its state media, where the last ones are listed."""
        before = self.tokens[first - 1].lower if first else ""
        words = [token.lower for token in self.tokens[first + 1 : last]]
        institution = institution_named(words) if before == "and" else None
        if institution and institution.kind != "government":
            self._share_head(first, institution)

    def _share_head(self, first: int, institution: Institution | None = None) -> None:
        """Take each demonym in "Polish, Czech and Slovak officials" for its government, from the last one leftwards.

        In "Polish and Czech state media" each is that institution of its country.
        """
        while first > 1 and self.tokens[first - 1].lower in ("and", ",", "or"):
            mention = self.drafts.at.get(first - 2)
            country = self.drafts.country_of(mention)
            if mention is None or mention.how != "demonym" or country is None:
                return
            body = self._government(mention) if institution is None else body_of(self.drafts, country, institution)
            if body is None:
                return
            first = self.drafts.span(mention)[0]
            self.drafts.add_span(mention.start, mention.end, body, "template", 0.85)

    def _government(self, mention: Mention | None) -> str | None:
        country = self.drafts.country_of(mention)
        government = self.drafts.gazetteer.government_of(country.id) if country else None
        return self.drafts.know(government) if government else None
