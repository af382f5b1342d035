"""Pronouns of persons and groups, and "both channels", to whom they stand for.

"It" is left alone: it was wrong more often than right in every rule that was tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from narragraph.loaders.extraction.analysis import Mention, NounPhrase, Sentence
from narragraph.loaders.extraction.name_words import name_words, singular
from narragraph.loaders.extraction.reference_ground import MEDIA, REACH, Ground
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.lexicon import load_words

_TELLING = load_words("speech", "neutral") - load_words("speech", "needs_clause")
_POINTING = frozenset(("both", "the", "same", "these", "two", "three", "four"))
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}


@cache
def _genders() -> Mapping[str, str]:
    """Given name or title → "m" or "f"; names of both are left out."""
    male, female = load_words("names", "male"), load_words("names", "female")
    genders = dict.fromkeys(male - female, "m") | dict.fromkeys(female - male, "f")
    for section, gender in (("male", "m"), ("male_roles", "m"), ("female", "f"), ("female_roles", "f")):
        titles = load_words("titles", section)
        genders.update(dict.fromkeys([*titles, *(title.lower() for title in titles)], gender))
    return genders


class Pronouns(Ground):
    """He, she, they, and several at once."""

    # He and she

    def pronoun(self, sentence: Sentence, at: int, gender: str) -> None:
        """The last fitting person: in the same sentence, else the first one of the sentence before that has any."""
        here: list[Mention] = []
        before: dict[int, list[Mention]] = defaultdict(list)
        quoted = self.quote_at(self.tokens[at].start)
        trailing = self._trails(sentence, at)
        for number, first, mention in reversed(self.seen[-60:]):
            if sentence.index - number > REACH or not self.same_text(sentence.index, number):
                break
            if first >= at or not self.is_person(mention.entity) or not self._fits(mention.entity, gender):
                continue
            if (not quoted and self.quote_at(mention.start)) or (trailing and number == sentence.index):
                continue
            (here if number == sentence.index else before[number]).append(mention)
        if here:
            chosen = here[0]
        elif before:
            chosen = self._foremost(before[max(before)])
        else:
            return
        self.mean(at, at, chosen.entity, "pronoun", 0.75 if here else 0.7, sentence)

    def _trails(self, sentence: Sentence, at: int) -> bool:
        """Whether a pronoun tells who said what stands before it: in "Odell had lied, he said" he is not Odell."""
        before = self.tokens[at - 1] if at > sentence.first else None
        verb = self.tokens[at + 1] if at + 1 < sentence.last else None
        if before is None or verb is None or before.tag not in (",", "''") or verb.tag not in ("VBD", "VBZ"):
            return False
        return verb_lemma(verb.lower) in _TELLING

    def _foremost(self, mentions: Sequence[Mention]) -> Mention:
        """The person whom a sentence is about: the first that nobody owns by 's."""
        for mention in reversed(mentions):
            following = self.drafts.span(mention)[1]
            if following >= len(self.tokens) or self.tokens[following].tag != "POS":
                return mention
        return mentions[-1]

    def _fits(self, entity: str, gender: str) -> bool:
        known = self._gender(entity)
        return known is None or known == gender

    def _gender(self, entity: str) -> str | None:
        genders = _genders()
        node = self.drafts.entities[entity]
        for word in node.name.replace("-", " ").split()[:1] + sorted(self.roles.get(entity, ())):
            if word in genders:
                return genders[word]
        return None

    # They

    def they(self, sentence: Sentence, at: int) -> None:
        """The last group or row of participants before it, in this sentence or the one before."""
        for number in (sentence.index, sentence.index - 1):
            if number < 0 or not self.same_text(sentence.index, number):
                return
            candidates = [phrase for phrase in self.phrases[number] if phrase.last <= at and self._is_many(phrase)]
            if candidates:
                chosen = candidates[0] if number < sentence.index else candidates[-1]
                self.meant[at] = chosen.entities
                if len(chosen.entities) == 1 and not self._is_group(chosen.entities[0]):
                    self.mean(at, at, chosen.entities[0], "pronoun", 0.6, sentence)
                return

    def _is_many(self, phrase: NounPhrase) -> bool:
        if len(phrase.entities) > 1:
            return True
        if not phrase.entities:
            return False
        head = self.tokens[phrase.last - 1]
        node = self.drafts.entities[phrase.entities[0]]
        return node.properties.get("kind") == "collective" or (head.tag in ("NNS", "NNPS") and node.type != "Country")

    def _is_group(self, entity: str) -> bool:
        return any(group.entity == entity for group in self.drafts.groups)

    def both(self, sentence: Sentence, at: int) -> None:
        """Resolve "both" before a verb to the last two that are named together, in this sentence or the one before."""
        following = self.tokens[at + 1].tag if at + 1 < sentence.last else ""
        if not (following.startswith("VB") or following == "MD"):
            return
        for number in (sentence.index, sentence.index - 1):
            if number < 0 or not self.same_text(sentence.index, number):
                return
            pairs = [phrase for phrase in self.phrases[number] if phrase.last <= at and len(phrase.entities) == 2]
            if pairs:
                self.meant[at] = pairs[-1].entities
                return

    def several(self, sentence: Sentence, at: int) -> bool:
        """Resolve "both channels", "the two countries": the row of as many named before that fits the noun."""
        if self.tokens[at].tag != "NNS":
            return False
        first = at - 1
        while first >= sentence.first and self.tokens[first].lower in _POINTING:
            first -= 1
        pointing = {token.lower for token in self.tokens[first + 1 : at]}
        count = max((_NUMBERS.get(word, 0) for word in pointing), default=0)
        if not count or pointing.isdisjoint(("both", "the", "these", "same")):
            return False
        word = self.tokens[at].lower
        for number in range(sentence.index, max(-1, sentence.index - REACH), -1):
            if not self.same_text(sentence.index, number):
                break
            for phrase in reversed(self.phrases[number]):
                if phrase.last <= first + 1 and len(phrase.entities) == count and self._fit_noun(phrase.entities, word):
                    self.meant[at] = phrase.entities
                    return True
        named = [mention.entity for number, _, mention in self.seen[-60:] if sentence.index - number < REACH]
        fitting = list(dict.fromkeys(entity for entity in reversed(named) if self._fit_noun((entity,), word)))
        if len(fitting) >= count if singular(word) in self.countries else len(fitting) == count:
            self.meant[at] = tuple(reversed(fitting[:count]))
            return True
        return False

    def _fit_noun(self, entities: Sequence[str], word: str) -> bool:
        """Whether entities are of the sort that a plural noun tells: "channels" are outlets, "countries" states."""
        one, nodes = singular(word), [self.drafts.entities[entity] for entity in entities]
        if one in self.countries or one in self.governments or one == "capital":
            states = [node.properties.get("kind") != "region" and node.type == "Country" for node in nodes]
            return all(state or node.properties.get("kind") == "government" for state, node in zip(states, nodes))
        if one in name_words().media or one in MEDIA or one == "network":
            return all(node.type == "Outlet" for node in nodes)
        if one in name_words().persons or word in ("men", "women"):
            return all(self.is_person(node.id) for node in nodes)
        return one in self.kinds and all(node.properties.get("kind") in self.kinds[one] for node in nodes)
