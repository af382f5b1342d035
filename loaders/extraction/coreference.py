"""Coreference: pronouns, offices and "the country" to the entity they stand for.

"It" is left alone: it was wrong more often than right in every rule that was tried.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from narragraph.graph.model import Node
from narragraph.loaders.extraction.analysis import Analysis, Mention, NounPhrase, Sentence, Token
from narragraph.loaders.extraction.drafts import Drafts
from narragraph.loaders.extraction.name_words import name_words, singular
from narragraph.loaders.extraction.templates import body_of, institution_named, own_heads
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.gazetteer import Entry
from narragraph.ontology.lexicon import load_lexicon, load_words

_TELLING = load_words("speech", "neutral") - load_words("speech", "needs_clause")
_HE = frozenset(("he", "him", "his", "himself"))
_SHE = frozenset(("she", "her", "hers", "herself"))
_THEY = frozenset(("they", "them", "their", "themselves"))
_ARMED = frozenset(("military", "army", "police", "parliament", "forces"))
_STATES = frozenset(("state", "breakaway state", "territory"))
_MEDIA = frozenset(("media", "television", "tv", "broadcaster"))
_POINTING = frozenset(("both", "the", "same", "these", "two", "three", "four"))
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}
_MODIFIERS = 5  # words between "the" and "ministry"
_REACH = 3  # sentences that a pronoun looks back
_HOLDERS = 50  # persons of one office that "Mali's president" looks ahead to
_OFFICE_REACH = 400  # mentions that "the president" looks back


def resolve(analysis: Analysis) -> None:
    """Add mentions for what stands for an entity without naming it, and give phrases their entities."""
    resolver = _Resolver(analysis)
    for sentence in analysis.sentences:
        resolver.read(sentence)
    resolver.forget_unnamed()
    resolver.drafts.finish()
    _give_phrases(analysis, resolver.meant, resolver.held)


@cache
def _genders() -> Mapping[str, str]:
    """Given name or title → "m" or "f"; names of both are left out."""
    male, female = load_words("names", "male"), load_words("names", "female")
    genders = dict.fromkeys(male - female, "m") | dict.fromkeys(female - male, "f")
    for section, gender in (("male", "m"), ("male_roles", "m"), ("female", "f"), ("female_roles", "f")):
        titles = load_words("titles", section)
        genders.update(dict.fromkeys([*titles, *(title.lower() for title in titles)], gender))
    return genders


class _Resolver:
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
            if len(phrase.entities) == 1 and self._is_person(phrase.entities[0]):
                for token in self.tokens[phrase.first : phrase.last]:
                    if token.tag[:2] in ("NN", "JJ") and not phrase.head[0] <= token.start < phrase.head[1]:
                        self.roles[phrase.entities[0]].add(token.lower)
                        if token.lower in self.offices and len(self.holders[token.lower]) < _HOLDERS:
                            self.holders[token.lower].setdefault((self._case(sentence), phrase.entities[0]))

    # One sentence

    def read(self, sentence: Sentence) -> None:
        """Resolve what one sentence leaves open, from left to right."""
        for at in range(sentence.first, sentence.last):
            mention = self.drafts.at.get(at)
            if mention is not None:
                new = not self.seen or self.seen[-1][2] is not mention
                inside = mention.start > self.tokens[at].start  # "pro-Odell" speaks of somebody else
                if mention.how not in ("pronoun", "demonym") and new and not inside:
                    self.seen.append((sentence.index, at, mention))
                continue
            token = self.tokens[at]
            word = token.lower
            if token.tag in ("PRP", "PRP$"):
                if word in _HE or word in _SHE:
                    self._pronoun(sentence, at, "m" if word in _HE else "f")
                elif word in _THEY:
                    self._they(sentence, at)
            elif (token.tag == "NNS" and self._several(sentence, at)) or (
                token.tag == "NNP" and self._body(sentence, at)
            ):
                continue
            elif token.tag in ("NN", "NNS") or (token.tag == "NNP" and (word in self.offices or word in self.own)):
                self._definite(sentence, at, word)

    def _mean(self, first: int, at: int, entity: str, how: str, confidence: float, sentence: Sentence) -> None:
        self.meant[at] = (entity,)
        if how == "office":
            self.held.add(at)
        if self.drafts.free(first, at + 1):
            mention = self.drafts.add(first, at + 1, entity, how, confidence)
            if how != "pronoun" or self.tokens[at].lower in ("he", "she"):  # who goes on being the subject
                self.seen.append((sentence.index, first, mention))

    def forget_unnamed(self) -> None:
        """An office whose holder the text names is no unnamed person."""
        ends = {self.tokens[at].end for at in self.held}
        self.drafts.groups[:] = [group for group in self.drafts.groups if group.end not in ends]

    # He and she

    def _pronoun(self, sentence: Sentence, at: int, gender: str) -> None:
        """The last fitting person: in the same sentence, else the first one of the sentence before that has any."""
        here: list[Mention] = []
        before: dict[int, list[Mention]] = defaultdict(list)
        quoted = self._quote_at(self.tokens[at].start)
        trailing = self._trails(sentence, at)
        for number, first, mention in reversed(self.seen[-60:]):
            if sentence.index - number > _REACH or not self._same_text(sentence.index, number):
                break
            if first >= at or not self._is_person(mention.entity) or not self._fits(mention.entity, gender):
                continue
            if (not quoted and self._quote_at(mention.start)) or (trailing and number == sentence.index):
                continue
            (here if number == sentence.index else before[number]).append(mention)
        if here:
            chosen = here[0]
        elif before:
            chosen = self._foremost(before[max(before)])
        else:
            return
        self._mean(at, at, chosen.entity, "pronoun", 0.75 if here else 0.7, sentence)

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

    def _they(self, sentence: Sentence, at: int) -> None:
        """The last group or row of participants before it, in this sentence or the one before."""
        for number in (sentence.index, sentence.index - 1):
            if number < 0 or not self._same_text(sentence.index, number):
                return
            candidates = [phrase for phrase in self.phrases[number] if phrase.last <= at and self._is_many(phrase)]
            if candidates:
                chosen = candidates[0] if number < sentence.index else candidates[-1]
                self.meant[at] = chosen.entities
                if len(chosen.entities) == 1 and not self._is_group(chosen.entities[0]):
                    self._mean(at, at, chosen.entities[0], "pronoun", 0.6, sentence)
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

    def _several(self, sentence: Sentence, at: int) -> bool:
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
        for number in range(sentence.index, max(-1, sentence.index - _REACH), -1):
            if not self._same_text(sentence.index, number):
                break
            for phrase in reversed(self.phrases[number]):
                if phrase.last <= first + 1 and len(phrase.entities) == count and self._fit_noun(phrase.entities, word):
                    self.meant[at] = phrase.entities
                    return True
        named = [mention.entity for number, _, mention in self.seen[-60:] if sentence.index - number < _REACH]
        fitting = list(dict.fromkeys(entity for entity in reversed(named) if self._fit_noun((entity,), word)))
        if singular(word) in self.countries and len(fitting) >= count:
            self.meant[at] = tuple(reversed(fitting[:count]))
            return True
        return False

    def _fit_noun(self, entities: Sequence[str], word: str) -> bool:
        """Whether entities are of the sort that a plural noun tells: "channels" are outlets, "countries" states."""
        one, nodes = singular(word), [self.drafts.entities[entity] for entity in entities]
        if one in self.countries or one in self.governments or one == "capital":
            return all(node.type == "Country" or node.properties.get("kind") == "government" for node in nodes)
        if one in name_words().media or one in _MEDIA or one == "network":
            return all(node.type == "Outlet" for node in nodes)
        if one in name_words().persons or word in ("men", "women"):
            return all(self._is_person(node.id) for node in nodes)
        return one in self.kinds and all(node.properties.get("kind") in self.kinds[one] for node in nodes)

    # Offices, bodies, countries

    def _definite(self, sentence: Sentence, at: int, word: str) -> None:
        """Resolve "the president", "the foreign ministry", "the company", "the country"."""
        if not (
            word in self.offices
            or word in self.kinds
            or word in _MEDIA
            or word in _ARMED
            or word in self.countries
            or word in self.governments
            or word in self.own
        ):
            return
        if word == "ministry" and self._ministry_of(sentence, at):
            return
        first = at - 1
        while (
            first > max(sentence.first, at - _MODIFIERS)
            and self.tokens[first].tag in ("JJ", "NN", "VBN", "NNP")
            and first not in self.drafts.at
        ):
            first -= 1
        if word in _MEDIA and self.tokens[at - 1].lower.startswith("state") and first < at - 1:
            country = self._country_at(first)
            institution = institution_named(["state", "media"])
            if country and institution:
                self._mean(first + 1, at, body_of(self.drafts, country, institution), "definite", 0.8, sentence)
            else:
                self._state_media(sentence, at)
            return
        following = self.tokens[at + 1] if at + 1 < sentence.last else None
        if following and following.lower == "of" and self._office_in(sentence, at, word):
            return
        if word in self.governments and self._government_of_person(sentence, first, at):
            return
        if following and (
            following.tag in ("NN", "NNS", "NNP") or following.lower in ("of", "for") or following.text == "The"
        ):
            return
        modifiers = [token.lower for token in self.tokens[first + 1 : at]]
        country = self._country_at(first)
        if country and word in self.offices:
            self._office_of(sentence, first + 1, at, country, [*modifiers, word])
        opening = self.tokens[first] if first >= sentence.first else None
        definite = opening is not None and opening.tag == "DT" and opening.lower in ("the", "this", "that")
        if word in _ARMED and first not in self.drafts.at and (definite or self.tokens[at].tag == "NNS"):
            own = [*modifiers, word] if definite else [self.tokens[at - 1].lower, word]
            self._own(sentence, first if definite else at - 1, at, own)
        elif not definite:
            return
        elif word in self.offices:
            entity = self._holder(sentence, [*modifiers, word])
            if entity:
                self._mean(first, at, entity, "office", 0.8, sentence)
            elif not self._unnamed(sentence, at, word):
                self._office_of_main_country(sentence, first, at, [*modifiers, word])
        elif word in self.kinds:
            entity = self._last_of_kind(sentence, self.kinds[word], [*modifiers, word])
            if entity:
                self._mean(first, at, entity, "definite", 0.7, sentence)
            elif word in self.own and modifiers:
                self._own(sentence, first, at, [*modifiers, word])
        elif word in self.own:
            self._own(sentence, first, at, [*modifiers, word])
        elif not modifiers:
            self._country(sentence, first, at, word)

    def _body(self, sentence: Sentence, at: int) -> bool:
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
            if node.type != "Actor" or not self._same_text(sentence.index, number) or self._is_person(node.id):
                continue
            if any(token.text in name.split()[1:] for name in (node.name, *node.aliases)):
                self._mean(at, at, node.id, "definite", 0.7, sentence)
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
        if place < 0 or not self._same_text(sentence.index, self._sentence_of(told[place])):
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
        if end < sentence.last and self.tokens[end].text == "," and self._person_at(end + 1):
            return False  # "the president of Malta, Jan Odell,"
        if self._person_at(end):
            return False
        entity = self._holder(sentence, words, country) or self._holder_named_later(sentence, words, country)
        if entity:
            self.meant[at] = (entity,)
            self.held.add(at)
        elif all(group.end != self.tokens[at].end for group in self.unnamed.get(word, ())):
            self._mean_office(self.tokens[first].start, at, country, words)
        return True

    def _person_at(self, at: int) -> bool:
        mention = self.drafts.at.get(at)
        return mention is not None and self._is_person(mention.entity)

    def _government_of_person(self, sentence: Sentence, first: int, at: int) -> bool:
        """Resolve "Odell's government" to that of the country that the text is about."""
        if self.tokens[first].tag != "POS" or not self._person_at(first - 1):
            return False
        person = self.drafts.entities[self.drafts.at[first - 1].entity]
        country = str(person.properties.get("country") or self._main_country(sentence) or "")
        government = self.drafts.gazetteer.government_of(country) if country else None
        if government:
            self._mean(at, at, self.drafts.know(government), "definite", 0.6, sentence)
        return government is not None

    def _office_of_main_country(self, sentence: Sentence, first: int, at: int, words: Sequence[str]) -> None:
        """Resolve "the prime minister", whom nobody names, to that of the country that the text is about."""
        country = self.drafts.gazetteer.by_id.get(self._main_country(sentence) or "")
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
            self._mean(first, at, entity, "office", 0.8, sentence)
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
            if not self._is_person(mention.entity) or not self._same_text(sentence.index, self._sentence_of(mention)):
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
            if case == self._case(sentence.index) and not named.isdisjoint(told) and told.issuperset(words):
                return person
        return None

    def _last_of_kind(self, sentence: Sentence, kinds: Sequence[str], words: Sequence[str]) -> str | None:
        role = " ".join(words).replace("defense", "defence")
        for number, _, mention in reversed(self.seen[-_OFFICE_REACH:]):
            node = self.drafts.entities[mention.entity]
            if node.properties.get("kind") in kinds and self._same_text(sentence.index, number):
                if len(words) > 1 and words[-1] == "ministry" and str(node.properties.get("role", "")) != role:
                    continue
                if words[-1] != "ministry" and sentence.index - number > 6:
                    return None
                return mention.entity
        return None

    def _country(self, sentence: Sentence, first: int, at: int, word: str) -> None:
        country = self._main_country(sentence)
        if country is None:
            return
        if word in self.countries:
            if word in ("country", "nation", "republic") or self.tokens[first].lower == "this":
                entry = self.drafts.gazetteer.by_id[country]
                self._mean(first, at, self.drafts.know(entry), "definite", 0.8, sentence)
            return
        government = self.drafts.gazetteer.government_of(country)
        if government:
            self._mean(first, at, self.drafts.know(government), "definite", 0.6, sentence)

    def _state_media(self, sentence: Sentence, at: int) -> None:
        """Resolve "state television": that of the text named last, else that of its country."""
        for _, _, mention in reversed(self.seen[-_OFFICE_REACH:]):
            node = self.drafts.entities[mention.entity]
            if node.type == "Outlet" and node.name.endswith("state media"):
                self._mean(at - 1, at, node.id, "definite", 0.7, sentence)
                return
        self._own(sentence, at - 1, at, ["state", "media"])

    def _own(self, sentence: Sentence, first: int, at: int, words: Sequence[str]) -> None:
        """An institution without its country is the one of the country that the text is about."""
        institution = institution_named(words)
        country = self.drafts.gazetteer.by_id.get(self._main_country(sentence) or "")
        if institution and country:
            self._mean(first, at, body_of(self.drafts, country, institution), "definite", 0.6, sentence)

    def _main_country(self, sentence: Sentence) -> str | None:
        """The country that the file or case is about: the one that it mentions most often."""
        if self.main is None:
            counts: dict[int | None, Counter[str]] = defaultdict(Counter)
            for mention in self.analysis.mentions:
                node = self.drafts.entities[mention.entity]
                country = node.id if node.properties.get("kind") in _STATES else node.properties.get("country")
                if country and (node.type == "Country" or mention.how == "capital"):
                    counts[self._case(self._sentence_of(mention))][str(country)] += 1
            self.main = {case: found.most_common(1)[0][0] for case, found in counts.items()}
        return self.main.get(self._case(sentence.index))

    # Where things stand

    def _is_person(self, entity: str) -> bool:
        node: Node = self.drafts.entities[entity]
        return node.type == "Actor" and node.properties.get("kind") == "person"

    def _same_text(self, sentence: int, other: int) -> bool:
        return self._case(sentence) == self._case(other)

    def _case(self, sentence: int) -> int | None:
        blocks = self.analysis.blocks
        return blocks[self.analysis.sentences[sentence].block].case if blocks else None

    def _sentence_of(self, mention: Mention) -> int:
        starts = self._sentence_starts
        return max(0, bisect_left(starts, mention.start + 1) - 1)

    @property
    def _sentence_starts(self) -> list[int]:
        cached: list[int] | None = self.__dict__.get("starts")
        if cached is None:
            cached = self.__dict__["starts"] = [sentence.start for sentence in self.analysis.sentences]
        return cached

    def _quote_at(self, offset: int) -> bool:
        """Whether a quotation holds the character."""
        quotes = self.analysis.quotes
        at = bisect_left(quotes, (offset + 1, 0)) - 1
        return at >= 0 and quotes[at][0] <= offset < quotes[at][1]


def _holds(role: str, word: str) -> bool:
    return role == word or role.startswith(word + " ") or role.endswith(" " + word) or f" {word} " in role


def _give_phrases(analysis: Analysis, meant: Mapping[int, tuple[str, ...]], held: Set[int]) -> None:
    """Give phrases the entities of their open head, also where its holder has a name; rows those of their members."""
    if not meant:
        return
    given: dict[tuple[int, int], NounPhrase] = {}
    for index, phrase in enumerate(analysis.phrases):
        entities = meant.get(phrase.last - 1)
        owner = next(
            (
                meant[at]
                for at in range(phrase.first, phrase.last - 1)
                if at in meant and analysis.tokens[at].tag == "PRP$"
            ),
            (),
        )
        known = () if phrase.last - 1 in held else phrase.entities
        if (entities and not known) or (owner and not phrase.possessor):
            phrase = replace(phrase, entities=known or entities or (), possessor=phrase.possessor or owner)
            analysis.phrases[index] = given[phrase.first, phrase.last] = phrase
    chains: Mapping[tuple[int, int], Sequence[tuple[int, int]]] = analysis.layers.get("chains", {})
    by_tokens = {(phrase.first, phrase.last): phrase for phrase in analysis.phrases}
    for index, phrase in enumerate(analysis.phrases):
        members = chains.get((phrase.first, phrase.last), ())
        if any(member in given for member in members):
            entities = tuple(dict.fromkeys(entity for member in members for entity in by_tokens[member].entities))
            analysis.phrases[index] = replace(phrase, entities=entities)
