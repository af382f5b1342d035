"""Offices, bodies and countries that a text means without their names: "the president", "the ministry"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from narragraph.loaders.extraction.analysis import Mention, Sentence
from narragraph.loaders.extraction.name_words import name_words
from narragraph.loaders.extraction.reference_ground import MEDIA, Ground
from narragraph.loaders.extraction.templates import body_of, institution_named
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.gazetteer import Entry

_ARMED = frozenset(("military", "army", "police", "parliament", "forces"))
_CHARGING = {"accuse": "of", "suspect": "of", "blame": "for", "condemn": "for", "criticise": "for", "criticize": "for"}
_CHARGE_REACH = 3  # words between "accused" and "the minister"
_MODIFIERS = 5  # words between "the" and "ministry"
_BODIES = frozenset(
    ("association", "authority", "board", "commission", "committee", "council", "federation", "tribunal")
)
_BODY_REACH = 12  # sentences that "the commission" looks back
_OFFICE_REACH = 400  # mentions that "the president" looks back


class Offices(Ground):
    """Who holds an office, which body or country is meant."""

    # Offices, bodies, countries

    def definite(self, sentence: Sentence, at: int, word: str) -> None:
        """Resolve "the president", "the foreign ministry", "the company", "the country"."""
        if not (
            word in self.offices
            or word in self.kinds
            or word in MEDIA
            or word in _ARMED
            or word in self.countries
            or word in self.governments
            or word in self.own
            or word in _BODIES
        ):
            return
        if word == "ministry" and self._ministry_of(sentence, at):
            return
        first = at - 1
        while (
            first > max(sentence.first, at - _MODIFIERS)
            and self.tokens[first].tag in ("JJ", "NN", "NNS", "VBN", "NNP")
            and first not in self.drafts.at
        ):
            first -= 1
        if word in MEDIA and self.tokens[at - 1].lower.startswith("state") and first < at - 1:
            country = self._country_at(first)
            institution = institution_named(["state", "media"])
            if country and institution:
                self.mean(first + 1, at, body_of(self.drafts, country, institution), "definite", 0.8, sentence)
            else:
                self._state_media(sentence, at)
            return
        following = self.tokens[at + 1] if at + 1 < sentence.last else None
        if following and following.lower == "of" and self._office_in(sentence, at, word):
            return
        if word in self.governments and self._government_of_person(sentence, first, at):
            return
        charged = following is not None and self._is_charged(sentence, first, following.lower)
        if word in _BODIES and self._named_so(sentence, first, at, word):
            return
        if following and (
            following.tag in ("NN", "NNS", "NNP")
            or (following.lower in ("of", "for") and not charged)
            or following.text == "The"
        ):
            return
        modifiers = [token.lower for token in self.tokens[first + 1 : at]]
        country = self._country_at(first)
        if country and word in self.offices:
            self._office_of(sentence, first + 1, at, country, [*modifiers, word])
        opening = self.tokens[first] if first >= sentence.first else None
        if opening is not None and opening.lower == "its":
            self._its(sentence, first, at, [*modifiers, word])
            return
        definite = opening is not None and opening.tag == "DT" and opening.lower in ("the", "this", "that")
        if word in _ARMED and first not in self.drafts.at and (definite or self.tokens[at].tag == "NNS"):
            own = [*modifiers, word] if definite else [self.tokens[at - 1].lower, word]
            self._own(sentence, first if definite else at - 1, at, own)
        elif not definite:
            return
        elif word in self.offices:
            entity = self._holder(sentence, [*modifiers, word])
            if entity:
                self.mean(first, at, entity, "office", 0.8, sentence)
            elif not self._unnamed(sentence, at, word):
                self._office_of_main_country(sentence, first, at, [*modifiers, word])
        elif word in self.kinds:
            entity = self._last_of_kind(sentence, self.kinds[word], [*modifiers, word])
            if entity:
                self.mean(first, at, entity, "definite", 0.7, sentence)
                self.held.add(at)  # "the rights group" is no group of its own
            elif word in self.own and modifiers:
                self._own(sentence, first, at, [*modifiers, word])
        elif word in self.own:
            self._own(sentence, first, at, [*modifiers, word])
        elif not modifiers:
            self._country(sentence, first, at, word)

    def _is_charged(self, sentence: Sentence, first: int, preposition: str) -> bool:
        """Whether a preposition behind an office tells its offence: "accused the minister of lying"."""
        before = self.tokens[max(sentence.first, first - _CHARGE_REACH) : first]
        return any(
            token.tag.startswith("VB") and preposition == _CHARGING.get(verb_lemma(token.lower)) for token in before
        )

    def _named_so(self, sentence: Sentence, first: int, at: int, word: str) -> bool:
        """Resolve "the commission" to the last body whose name has that word."""
        following = self.tokens[at + 1] if at + 1 < sentence.last else None
        if first != at - 1 or self.tokens[first].lower != "the" or (following and following.tag in ("NN", "NNS", "IN")):
            return False
        for number, _, mention in reversed(self.seen[-_OFFICE_REACH:]):
            node = self.drafts.entities[mention.entity]
            if sentence.index - number > _BODY_REACH or not self.same_text(sentence.index, number):
                return False
            if node.type == "Actor" and not self.is_person(node.id) and word.title() in node.name.split()[1:]:
                self.mean(first, at, node.id, "definite", 0.7, sentence)
                self.held.add(at)
                return True
        return False

    def _its(self, sentence: Sentence, first: int, at: int, words: Sequence[str]) -> None:
        """Resolve "its foreign ministry", "its prime minister" to those of the state that the text spoke of last."""
        country = self._state_before(sentence, first)
        institution = institution_named(words)
        if country is None:
            return
        if institution and not institution.place:
            self.mean(first, at, body_of(self.drafts, country, institution), "definite", 0.6, sentence)
        elif words[-1] in self.offices:
            self._mean_office(self.tokens[first].start, at, country, words)

    def _state_before(self, sentence: Sentence, at: int) -> Entry | None:
        """The state that leads a sentence up to a token, else the sentence before; None where somebody else does."""
        for number in (sentence.index, sentence.index - 1):
            told = [mention for index, first, mention in self.seen[-60:] if index == number and first < at]
            if told and self.same_text(sentence.index, number):
                node = self.drafts.entities[told[0].entity]
                government = node.properties.get("kind") == "government"
                return self.drafts.gazetteer.by_id.get(str(node.properties.get("country") if government else node.id))
        return None

    def body(self, sentence: Sentence, at: int) -> bool:
        """Resolve "the Alliance", "the Mission" to the last body whose name has that word."""
        token = self.tokens[at]
        before = self.tokens[at - 1] if at > sentence.first else None
        if token.tag != "NNP" or token.text not in name_words().bodies or before is None or before.lower != "the":
            return False
        if at + 1 < sentence.last and (
            self.tokens[at + 1].tag.startswith("NN") or self.tokens[at + 1].lower in ("of", "for", "on")
        ):
            return False
        for number, _, mention in reversed(self.seen[-_OFFICE_REACH:]):
            node = self.drafts.entities[mention.entity]
            if node.type != "Actor" or not self.same_text(sentence.index, number) or self.is_person(node.id):
                continue
            if any(token.text in name.split()[1:] for name in (node.name, *node.aliases)):
                self.mean(at, at, node.id, "definite", 0.7, sentence)
                return True
        return False

    def _ministry_of(self, sentence: Sentence, at: int) -> bool:
        """Resolve "the Ministry of National Defence", whose country nobody names."""
        for last in range(min(at + 5, sentence.last), at + 2, -1):
            words = [token.lower for token in self.tokens[at:last]]
            if institution_named(words) and words[1] in ("of", "for") and self.drafts.free(at, last):
                self._own(sentence, at, last - 1, words)
                return True
        return False

    def _unnamed(self, sentence: Sentence, at: int, word: str) -> bool:
        """Resolve "the general" to the unnamed one whom the text told of last: "a Norish general said …"."""
        told = self.unnamed.get(word, ())
        place = bisect_left(told, self.tokens[at].start, key=lambda group: group.start) - 1
        if place < 0 or not self.same_text(sentence.index, self.sentence_of(told[place])):
            return False
        self.meant[at] = (told[place].entity,)
        return True

    def _office_in(self, sentence: Sentence, at: int, word: str) -> bool:
        """Resolve "the president of Malta": to the holder whom the text names, else to the office itself."""
        last = at + 2
        if last < sentence.last and self.tokens[last].lower == "the":
            last += 1
        mention = self.drafts.at.get(last)
        country = self.drafts.country_of(mention)
        if mention is None or country is None or mention.how == "demonym" or word not in self.offices:
            return False
        first = at
        while first > sentence.first and self.tokens[first - 1].lower in (
            "prime",
            "foreign",
            "defence",
            "vice",
            "interior",
        ):
            first -= 1
        words = [token.lower for token in self.tokens[first : at + 1]]
        end = self.drafts.span(mention)[1]
        if end < sentence.last and self.tokens[end].text == "," and self.person_at(end + 1):
            return False  # "the president of Malta, Jan Odell,"
        if self.person_at(end):
            return False
        entity = self._holder(sentence, words, country) or self._holder_named_later(sentence, words, country)
        if entity:
            self.meant[at] = (entity,)
            self.held.add(at)
        elif self.tokens[at].end not in self.group_ends:
            self._mean_office(self.tokens[first].start, at, country, words)
        return True

    def _government_of_person(self, sentence: Sentence, first: int, at: int) -> bool:
        """Resolve "Odell's government" to that of the country that the text is about."""
        if self.tokens[first].tag != "POS" or not self.person_at(first - 1):
            return False
        person = self.drafts.entities[self.drafts.at[first - 1].entity]
        country = str(person.properties.get("country") or self.main_country(sentence) or "")
        government = self.drafts.gazetteer.government_of(country) if country else None
        if government:
            self.mean(at, at, self.drafts.know(government), "definite", 0.6, sentence)
        return government is not None

    def _office_of_main_country(self, sentence: Sentence, first: int, at: int, words: Sequence[str]) -> None:
        """Resolve "the prime minister", whom nobody names, to that of the country that the text is about."""
        country = self.drafts.gazetteer.by_id.get(self.main_country(sentence) or "")
        if country and self.tokens[first].lower == "the":
            self._mean_office(self.tokens[first].start, at, country, words)

    def _country_at(self, at: int) -> Entry | None:
        """The country whose demonym, or name with 's, ends at a token."""
        mention = self.drafts.at.get(at - 1 if self.tokens[at].tag == "POS" else at)
        return self.drafts.country_of(mention)

    def _office_of(self, sentence: Sentence, first: int, at: int, country: Entry, words: Sequence[str]) -> None:
        """Resolve "the Ugandan president": to the holder whom the text names, else to the office itself."""
        entity = self._holder(sentence, words, country) or self._holder_named_later(sentence, words, country)
        if entity:
            self.mean(first, at, entity, "office", 0.8, sentence)
            return
        owner = self.drafts.at.get(first - 2 if self.tokens[first - 1].tag == "POS" else first - 1)
        self._mean_office(owner.start if owner else self.tokens[first].start, at, country, words)

    def _mean_office(self, start: int, at: int, country: Entry, words: Sequence[str]) -> None:
        """Resolve to the office itself where a country has one; like a group, it counts where a relation needs it."""
        office = " ".join(words)
        if office in self.single_offices:
            name = f"{office.capitalize()} of {country.name}"
            entity = self.drafts.make("Actor", name, kind="person", role=office, country=country.id)
            self.drafts.groups.append(Mention(start, self.tokens[at].end, entity, "office", 0.6))
            self.meant[at] = (entity,)

    def _holder(self, sentence: Sentence, words: Sequence[str], country: Entry | None = None) -> str | None:
        """The last person before whose role or title has the words of an office (of a country)."""
        wanted = words[-1]
        names = {wanted, *self.synonyms.get(wanted, ())}
        extra = [
            word
            for word in words[:-1]
            if word in ("foreign", "defence", "defense", "prime", "vice", "interior", "finance", "deputy", "press")
        ]
        for _, _, mention in reversed(self.seen[-_OFFICE_REACH:]):
            if not self.is_person(mention.entity) or not self.same_text(sentence.index, self.sentence_of(mention)):
                continue
            if country and self.drafts.entities[mention.entity].properties.get("country") != country.id:
                continue
            told = self.roles.get(mention.entity, set())
            listed = str(self.drafts.entities[mention.entity].properties.get("role", ""))
            if any(name in told or _holds(listed, name) for name in names) and all(
                word in told or word in listed for word in extra
            ):
                return mention.entity
        return None

    def _holder_named_later(self, sentence: Sentence, words: Sequence[str], country: Entry) -> str | None:
        """The person whom this text calls both by the country and by the office, wherever it does."""
        named = {country.name.lower(), *(demonym.lower() for demonym in country.demonyms)}
        for case, person in self.holders.get(words[-1], ()):
            told = self.roles[person]
            if case == self.case(sentence.index) and not named.isdisjoint(told) and told.issuperset(words):
                return person
        return None

    def _last_of_kind(self, sentence: Sentence, kinds: Sequence[str], words: Sequence[str]) -> str | None:
        role = " ".join(words).replace("defense", "defence")
        for number, _, mention in reversed(self.seen[-_OFFICE_REACH:]):
            node = self.drafts.entities[mention.entity]
            if node.properties.get("kind") in kinds and self.same_text(sentence.index, number):
                if len(words) > 1 and words[-1] == "ministry" and str(node.properties.get("role", "")) != role:
                    continue
                if words[-1] != "ministry" and sentence.index - number > 6:
                    return None
                return mention.entity
        return None

    def _country(self, sentence: Sentence, first: int, at: int, word: str) -> None:
        country = self.main_country(sentence)
        if country is None:
            return
        if word in self.countries:
            if word in ("country", "nation", "republic") or self.tokens[first].lower == "this":
                entry = self.drafts.gazetteer.by_id[country]
                self.mean(first, at, self.drafts.know(entry), "definite", 0.8, sentence)
            return
        government = self.drafts.gazetteer.government_of(country)
        if government:
            self.mean(first, at, self.drafts.know(government), "definite", 0.6, sentence)

    def _state_media(self, sentence: Sentence, at: int) -> None:
        """Resolve "state television": that of the text named last, else that of its country."""
        for _, _, mention in reversed(self.seen[-_OFFICE_REACH:]):
            node = self.drafts.entities[mention.entity]
            if node.type == "Outlet" and node.name.endswith("state media"):
                self.mean(at - 1, at, node.id, "definite", 0.7, sentence)
                return
        self._own(sentence, at - 1, at, ["state", "media"])

    def _own(self, sentence: Sentence, first: int, at: int, words: Sequence[str]) -> None:
        """An institution without its country is the one of the country that the text is about."""
        institution = institution_named(words)
        country = self.drafts.gazetteer.by_id.get(self.main_country(sentence) or "")
        if institution and country:
            self.mean(first, at, body_of(self.drafts, country, institution), "definite", 0.6, sentence)


def _holds(role: str, word: str) -> bool:
    return role == word or role.startswith(word + " ") or role.endswith(" " + word) or f" {word} " in role
