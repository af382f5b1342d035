"""Places where a text speaks of a happening: by a noun ("the protests in X"), by a verb ("X deployed troops to Y")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from narragraph.loaders.extraction.analysis import Analysis, Sentence, Span, Token
from narragraph.loaders.extraction.clauses import Clause, Clauses
from narragraph.loaders.extraction.dates import DateMention, find_dates
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.participants import Cast, cast_of
from narragraph.loaders.extraction.sections import sections_of
from narragraph.loaders.extraction.speeches import speech_layer
from narragraph.loaders.extraction.stance import stance_of_clause
from narragraph.ontology.lexicon import load_lexicon, load_words


@dataclass
class Happening:
    """One place where a text speaks of something that happened."""

    kind: str
    span: Span  # the words that mean it
    sentence: Span
    rule: str
    place: str | None = None  # id of a Country
    place_as_read: str = ""
    date: DateMention | None = None
    roles: list[tuple[str, str]] = field(default_factory=list)  # (entity, role)
    certain: bool = (
        True  # False where the words alone do not say that it happened: "the deployment", "asked to intervene"
    )


class Finder:
    """Finds the happenings of one document."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.published: dict[str, str] = analysis.layers["published"]
        self.read: Clauses = analysis.layers["clauses"]
        self.cast: Cast = cast_of(analysis)
        self.kinds: dict[str, Any] = load_lexicon("events")["kinds"]
        self._dated: tuple[int, list[DateMention]] | None = None
        self._phrase_starts = [phrase.start for phrase in analysis.phrases]

    def find(self) -> Iterator[Happening]:
        """All happenings, in the order of the text; what somebody only claims is not one."""
        claimed = {speech.sentence for speech in speech_layer(self.analysis)}
        stated = {block.start for section in sections_of(self.analysis) for block in section.stated}
        for sentence in self.analysis.sentences:
            block = self.analysis.blocks[sentence.block]
            labelled = block.role in ("disputed", "motive") or (block.role == "title" and block.label)
            if labelled or block.start in stated:
                continue
            verbs = self._verbs(sentence) if sentence.index not in claimed else ()
            yield from sorted([*self._nouns(sentence), *verbs], key=lambda happening: happening.span)

    def _dates(self, sentence: Sentence) -> list[DateMention]:
        """The dates of a sentence, read only for sentences that tell of something."""
        if self._dated is None or self._dated[0] != sentence.index:
            published = self.published.get(document_at(self.analysis, sentence.start))
            found = find_dates(self.analysis.text, sentence.start, sentence.end, published)
            self._dated = (sentence.index, list(found))
        return self._dated[1]

    # -- nouns ----------------------------------------------------------------------------------------------------

    def _nouns(self, sentence: Sentence) -> Iterator[Happening]:
        first = bisect_left(self._phrase_starts, sentence.start)
        last = bisect_left(self._phrase_starts, sentence.end)
        for index in range(first, last):
            kind = self._kind_of(index)
            if kind and (happening := self._noun(kind, index, sentence)):
                yield happening

    def _kind_of(self, index: int) -> str | None:
        phrase = self.analysis.phrases[index]
        nouns = _nouns()
        head = self.cast.head(index)
        if head not in _last_words():
            return None
        before = self.analysis.text[phrase.start : phrase.head[0]].split()
        compound = f"{before[-1].lower()} {head}" if before else ""
        return nouns.get(compound) or nouns.get(head)

    def _noun(self, kind: str, index: int, sentence: Sentence) -> Happening | None:
        phrase = self.analysis.phrases[index]
        roles = self.kinds[kind]
        words = self.analysis.text[phrase.start : phrase.end].lower().split()
        found = Happening(kind, (phrase.start, phrase.end), (sentence.start, sentence.end), "event.noun")
        self._give(found, roles["modifier"], list(self._modifiers(phrase.start, phrase.head[0])))
        end = phrase.end
        for preposition, other in self.read.posts.get(index, ()):
            role = "place" if preposition in load_words("events", "place_after") else roles["after"].get(preposition)
            named = [(p.entity, self.cast.words(other)) for p in self.cast.named(other)]
            if role:
                self._give(found, role, named)
            end = max(end, self.analysis.phrases[other].end)
        found.date = self._date_near(self._dates(sentence), phrase.start, end)
        unspecific = words[0] in load_words("events", "unspecific") and (
            found.date is None or words[0] not in ("a", "an")
        )
        if unspecific:
            return None
        told = words[0] in load_words("events", "definite") or found.date or found.roles or roles.get("bare")
        found.certain = bool(told) and bool(found.place or found.roles) and not self._disowned(phrase.start, sentence)
        return found

    def _disowned(self, offset: int, sentence: Sentence) -> bool:
        """Whether words stand in what somebody says is not so or might be ("did not think it happened in …")."""
        tokens = self.analysis.tokens
        speeches = [speech for speech in speech_layer(self.analysis) if speech.sentence == sentence.index]
        if not any(speech.start <= offset < speech.end for speech in speeches):
            return False
        clauses = [self.read.clauses[number] for number in self.read.by_sentence[sentence.index]]
        around = [c for c in clauses if c.first < c.last and tokens[c.first].start <= offset < tokens[c.last - 1].end]
        return any(not stance_of_clause(self.analysis, clause).plain for clause in around)

    def _modifiers(self, start: int, head: int) -> Iterator[tuple[str, str]]:
        """Names before the noun, also the one that brackets hold apart from it ("the Example Pact (EP) mission")."""
        text = self.analysis.text
        for mention in self.cast.mentions_in(max(0, start - 40), head):
            bracketed = text[mention.end : start] == ") "
            compound = text[mention.end : mention.end + 1] == "-" and not text.startswith("-led", mention.end)
            if (mention.start >= start or bracketed) and not compound:
                yield mention.entity, text[mention.start : mention.end]

    def _give(self, happening: Happening, role: str, named: list[tuple[str, str]]) -> None:
        for entity, words in named:
            country = self.analysis.entities[entity].type == "Country"
            if role == "place" and not country:
                continue
            struck = role == "target" and happening.kind in load_words("events", "struck")
            if role == "place" or (country and struck and happening.place is None):
                happening.place, happening.place_as_read = happening.place or entity, happening.place_as_read or words
            if role != "place" and (entity, role) not in happening.roles:
                happening.roles.append((entity, role))

    def _date_near(self, dates: list[DateMention], start: int, end: int) -> DateMention | None:
        """The date in a phrase, or the next one after it where no more than words such as "began on" stand between."""
        near = bisect_left(dates, start - 30, key=_start_of_date)
        for date in dates[near : near + 6]:
            if date.start < end and date.end >= start - 1:
                return date
            if end <= date.start <= end + 60:
                between = self.analysis.text[end : date.start].lower().replace(",", " ").split()
                if load_words("events", "before_a_date").issuperset(between) or not self._verb_between(end, date.start):
                    return date
        return None

    def _verb_between(self, start: int, end: int) -> bool:
        tokens = self.analysis.tokens
        first = bisect_left(tokens, start, key=_start_of_token)
        last = bisect_left(tokens, end, first, key=_start_of_token)
        return any(token.tag[:2] in ("VB", "MD") for token in tokens[first:last])

    # -- verbs ----------------------------------------------------------------------------------------------------

    def _verbs(self, sentence: Sentence) -> Iterator[Happening]:
        for number in self.read.by_sentence[sentence.index]:
            clause = self.read.clauses[number]
            kind = _verbs().get(clause.verb.lemma)
            if kind and (happening := self._verb(kind, clause, sentence)):
                yield happening

    def _verb(self, kind: str, clause: Clause, sentence: Sentence) -> Happening | None:
        wanted = self.kinds[kind].get("objects")
        acted_on = list(clause.subject) if clause.verb.passive else clause.objects
        if (
            wanted
            and clause.verb.lemma != "intervene"
            and not any(self.cast.head(index) in wanted for index in acted_on)
        ):
            return None
        tokens = self.analysis.tokens
        trigger = (tokens[clause.verb.head].start, tokens[clause.verb.head].end)
        found = Happening(kind, trigger, (sentence.start, sentence.end), "event.verb")
        actors = [] if clause.verb.passive else list(clause.subject)
        origins = [
            other for index in acted_on for word, other in self.read.posts.get(index, ()) if word in ("from", "of")
        ]
        if not self._request(found, clause):
            for index in [*actors, *(origins if wanted else [])]:
                self._give(found, "agent", [(p.entity, "") for p in self.cast.named(index)])
        if not wanted:
            for index in acted_on:
                self._give(found, "target", [(p.entity, self.cast.words(index)) for p in self.cast.named(index)])
        self._give(found, "place", self._places_after(trigger[1], sentence))
        dates = self._dates(sentence)
        found.date = dates[0] if len(dates) == 1 else None
        found.certain = stance_of_clause(self.analysis, clause).plain and bool(found.place or found.date)
        return found if found.roles or found.place else None

    def _request(self, happening: Happening, clause: Clause) -> bool:
        """Whether somebody asked for it: in "X called on Y to intervene", X did, and Y is the agent."""
        above = self.read.clauses[clause.parent] if clause.parent is not None else None
        if above is None or above.verb.lemma not in load_words("events", "requesting_verbs") or not above.subject:
            return False
        asked = [index for _, index in above.prepositions] + above.objects
        self._give(happening, "agent", [(p.entity, "") for index in asked for p in self.cast.named(index)])
        self._give(happening, "requester", [(p.entity, "") for p in self.cast.named(above.subject[0])])
        return True

    def _places_after(self, offset: int, sentence: Sentence) -> list[tuple[str, str]]:
        places = []
        for mention in self.cast.mentions_in(offset, sentence.end):
            before = self.analysis.text[max(offset, mention.start - 10) : mention.start].lower().split()
            if before and before[-1] in ("in", "to", "into", "across") and mention.how in ("name", "alias"):
                places.append((mention.entity, self.analysis.text[mention.start : mention.end]))
        return places[:1]


def _start_of_date(date: DateMention) -> int:
    return date.start


def _start_of_token(token: Token) -> int:
    return token.start


@cache
def _nouns() -> dict[str, str]:
    """Noun or compound → kind."""
    kinds = load_lexicon("events")["kinds"]
    return {noun: kind for kind, words in kinds.items() for noun in words["nouns"]}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(noun.rpartition(" ")[2] for noun in _nouns())


@cache
def _verbs() -> dict[str, str]:
    """Lemma → kind."""
    kinds = load_lexicon("events")["kinds"]
    return {verb: kind for kind, words in kinds.items() for verb in words.get("verbs", ())}
