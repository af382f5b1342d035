"""Participants: whom a noun phrase stands for, and who issues a statement or claim that a noun phrase names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from narragraph.graph.model import Node
from narragraph.loaders.extraction.analysis import Analysis, Mention, NounPhrase, Span
from narragraph.loaders.extraction.clauses import Clause, Clauses, singular
from narragraph.ontology.gazetteer import load_gazetteer
from narragraph.ontology.lexicon import load_words

CLAIM_NOUNS = load_words("speech", "claim_nouns")
STATEMENT_NOUNS = load_words("speech", "nouns")
BLAMING_NOUNS = load_words("speech", "blaming_nouns")
_ISSUING = load_words("speech", "issuing")
_SPREADING = load_words("speech", "spreading") | load_words("speech", "receiving")
_OFFICES = frozenset(
    ("office", "camp", "campaign", "team", "press service", "administration", "entourage", "headquarter", "staff")
)
_TIME = load_words("verbs", "time")
_PARTS = load_words("speech", "parts")
_NAMING = frozenset(("know", "call", "dub", "name", "nickname"))
_RUNNING = frozenset(("run", "control", "operate", "own", "manage"))
_ROLES = load_words("speech", "spokespeople")
_TOPICAL = frozenset(("about", "on", "against", "concerning", "regarding"))
_STATE_KINDS = frozenset(("agency", "court", "government", "military", "ministry", "parliament"))
_PRIVATE = load_words("accuse", "private_roles")
_REMEMBERED = 1200  # characters after which "the claim" is no more the one whose issuer was told
_TAKES_PART = frozenset(("Actor", "Outlet", "Country"))


@dataclass(frozen=True)
class Participant:
    """An entity in a role, and the words that mean it there."""

    entity: str
    span: Span


_NOBODY = NounPhrase(0, 0, (0, 0))


class Cast:
    """Answers who takes part, for one document."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.read: Clauses = analysis.layers["clauses"]
        self.starts = [mention.start for mention in analysis.mentions]
        self.last_issuers: dict[str, tuple[int, tuple[Participant, ...]]] = {}  # noun → where it was told, and whose
        self._heads: dict[int, str] = {}  # asked for again and again

    def phrase(self, index: int) -> NounPhrase:
        """The noun phrase of an index; an empty one for a subject that is no noun ("there", "whatever")."""
        return self.analysis.phrases[index] if index >= 0 else _NOBODY

    def words(self, index: int) -> str:
        """The text of a noun phrase."""
        phrase = self.phrase(index)
        return self.analysis.text[phrase.start : phrase.end]

    def head(self, index: int) -> str:
        """The head noun in lower case and singular ("Russia's allegations" → "allegation")."""
        head = self._heads.get(index)
        if head is None:
            head = self._heads[index] = singular(self.head_word(index))
        return head

    def head_word(self, index: int) -> str:
        """The head noun in lower case, as it stands; a time behind it is not its head ("any involvement Friday")."""
        phrase = self.phrase(index)
        word = self.analysis.text[phrase.head[0] : phrase.head[1]].lower()
        if word in _TIME:
            for token in reversed(self.analysis.tokens[phrase.first : phrase.last]):
                if token.lower not in _TIME and token.tag.startswith("NN"):
                    return token.lower
        if word.startswith("point") and self.analysis.text.endswith("alking ", 0, phrase.head[0]):
            return "talking_" + word
        return word

    def nouns(self, index: int) -> set[str]:
        """All nouns of a phrase in lower case ("weapons and money")."""
        phrase = self.phrase(index)
        return {token.lower for token in self.analysis.tokens[phrase.first : phrase.last] if token.tag.startswith("NN")}

    def adjectives(self, index: int) -> set[str]:
        """All words of a phrase in lower case but its nouns."""
        phrase = self.phrase(index)
        return {token.lower for token in self.analysis.tokens[phrase.first : phrase.last]}

    def named(self, index: int) -> tuple[Participant, ...]:
        """The entities that a phrase means as its head, with those that it lists ("officials such as X")."""
        found = self._of_phrase(index)
        for other in self.read.listed.get(index, ()):
            found += self._of_phrase(other)
        return found

    def _of_phrase(self, index: int) -> tuple[Participant, ...]:
        phrase = self.phrase(index)
        found = [
            Participant(entity, (phrase.start, phrase.end)) for entity in phrase.entities if self._takes_part(entity)
        ]
        if not found and phrase.last > phrase.first:
            found = self._going_on(phrase)
        if found and (some := self._of_its_people(phrase)):
            found = [participant for participant in found if participant.entity not in some]
        if not all(self.is_collective(participant.entity) for participant in found):
            return tuple(found)
        posts = self.read.posts.get(index, ())
        if found and self.head_word(index) in _PARTS:  # "the governments of X and Y", "members of X"
            whole = [p for word, other in posts[:1] if word == "of" for p in self.named(other)]
            found = whole or [Participant(entity, (phrase.start, phrase.end)) for entity in phrase.possessor] or found
        listed = [p for word, other in posts if word == "such as" for p in self.named(other)]
        return tuple(self._behind(index) or found) + tuple(listed)

    def _going_on(self, phrase: NounPhrase) -> list[Participant]:
        """The entity whose name goes on behind a phrase: "the Ministry" of "the Ministry of National Defence"."""
        at = bisect_left(self.starts, phrase.start)
        if at < len(self.starts) and self.starts[at] <= phrase.head[0] < phrase.end < self.analysis.mentions[at].end:
            mention = self.analysis.mentions[at]
            if self._takes_part(mention.entity):
                return [Participant(mention.entity, (mention.start, mention.end))]
        return []

    def _of_its_people(self, phrase: NounPhrase) -> set[str]:
        """Countries whose people a phrase counts: "two Russians and a Ukrainian" are neither Russia nor Ukraine."""
        words = self.analysis.tokens[phrase.first : phrase.last]
        if not any(word.tag == "CD" or word.lower in ("a", "an") for word in words):
            return set()
        return {mention.entity for mention in self.mentions_in(phrase.start, phrase.end) if mention.how == "demonym"}

    def _behind(self, index: int) -> list[Participant]:
        """Who a group is or who runs it: "a farm known as X", "accounts run by X"."""
        for clause in self.read.of_noun.get(index, ()):
            if not clause.verb.passive or clause.link != "reduced":
                continue
            if clause.verb.lemma in _NAMING:
                return [p for word, other in clause.prepositions if word == "as" for p in self.named(other)] or [
                    p for other in clause.objects[:1] for p in self.named(other)
                ]
            if clause.verb.lemma in _RUNNING:
                agents = [other for word, other in clause.prepositions if word == "by"]
                named = [p for other in agents for p in self.named(other)]
                return named or [p for other in agents[:1] for p in self._beside(other, clause)]
        return []

    def is_collective(self, entity: str) -> bool:
        """Whether an entity is a group that is told by what it is."""
        return self.analysis.entities[entity].properties.get("kind") == "collective"

    def _takes_part(self, entity: str) -> bool:
        node = self.analysis.entities.get(entity)
        return node is not None and node.type in _TAKES_PART

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that stand wholly between two offsets."""
        found = []
        at = bisect_left(self.starts, start)
        while at < len(self.starts) and self.starts[at] < end:
            if self.analysis.mentions[at].end <= end:
                found.append(self.analysis.mentions[at])
            at += 1
        return found

    def speakers(self, index: int, clause: Clause | None = None) -> tuple[Participant, ...]:
        """Who speaks where a phrase is the subject of saying: the entities, or who issued the statement it names."""
        told = self._story_about(index) if clause and clause.kind == "relative" and clause.link == "which" else None
        if told is not None:
            return self.issuers(told, clause)
        named = self.named(index)
        if named:
            return named
        if self.head(index) in _OFFICES and self.phrase(index).possessor:  # "the mayor's office"
            own = self.phrase(index)
            return tuple(
                Participant(entity, (own.start, own.end)) for entity in own.possessor if self._takes_part(entity)
            )
        if self.head(index) in _ROLES:
            return tuple(
                p
                for word, other in self.read.posts.get(index, ())[:1]
                if word in ("for", "of", "at")
                for p in self.named(other)
            )
        if self.head(index) in STATEMENT_NOUNS | CLAIM_NOUNS:
            return self.issuers(index, clause)
        return ()

    def _story_about(self, index: int) -> int | None:
        """The claim that is about a phrase: in "a narrative about X, which portrays Y", X portrays nobody."""
        for before in range(index - 1, max(index - 3, -1), -1):
            if self.head(before) in CLAIM_NOUNS and any(
                other == index and word in _TOPICAL for word, other in self.read.posts.get(before, ())
            ):
                return before
        return None

    def issuers(self, index: int, clause: Clause | None = None) -> tuple[Participant, ...]:
        """Who makes the claim or statement that a phrase names: "Russia's claim", "a report by X", "CNN reports".

        ``clause`` is one in which the phrase stands: "France issued a statement saying …" makes France its issuer.
        """
        phrase = self.phrase(index)
        found: list[Participant] = [
            Participant(entity, (phrase.start, phrase.end)) for entity in phrase.possessor if self._takes_part(entity)
        ]
        if not found:
            told_whose = self.mentions_in(phrase.start, phrase.head[0])  # "the Armenian claim on fighters from Syria"
            for preposition, other in self.read.posts.get(index, ()):
                if preposition == "by" or (preposition == "from" and not told_whose):
                    found.extend(self.named(other))
                    break
        if not found:
            found.extend(self.makers(index))
        if not found:
            modifiers = self.mentions_in(phrase.start, phrase.head[0])
            found.extend(Participant(m.entity, (m.start, m.end)) for m in modifiers[:1] if self._takes_part(m.entity))
        if not found:
            for preposition, other in self.read.posts.get(index, ()):
                if preposition in ("of", "in"):
                    found.extend(p for p in self.named(other) if self.analysis.entities[p.entity].type != "Country")
                    break
        if not found and clause is not None:
            found.extend(self._from_clause(index, clause))
        head = self.head(index)
        if found:
            self.last_issuers[head] = phrase.end, tuple(found)
        elif self.analysis.text[phrase.start : phrase.start + 4].lower() in ("the ", "this", "that"):
            told, issuers = self.last_issuers.get(head, (0, ()))
            return issuers if phrase.start - told < _REMEMBERED else ()
        return tuple(found)

    def makers(self, index: int) -> list[Participant]:
        """Who stands after "made by" behind a noun, with those listed after them."""
        for clause in self.read.of_noun.get(index, ()):
            if clause.verb.lemma == "involve" and clause.verb.form == "gerund":
                return [p for other in clause.objects[:1] for p in self.named(other)]
            if clause.verb.passive and clause.link == "reduced" and clause.verb.lemma not in _SPREADING:
                agents = [other for word, other in clause.prepositions if word in ("by", "such as")]
                found = [p for other in agents for p in self.named(other)]
                return found or [p for other in agents[:1] for p in self._beside(other, clause)]
        return []

    def _beside(self, index: int, clause: Clause) -> tuple[Participant, ...]:
        """The name behind a phrase and a comma: "run by a small firm, Verdant Media"."""
        end = self.phrase(index).last
        beside = [other for other in clause.objects if self.phrase(other).first == end + 1]
        comma = end < len(self.analysis.tokens) and self.analysis.tokens[end].tag == ","
        return self.named(beside[0]) if comma and beside else ()

    def _from_clause(self, index: int, clause: Clause) -> Sequence[Participant]:
        """The subject of a clause that issues the statement, up to two clauses above."""
        at: Clause | None = clause
        for _ in range(3):
            if at is None:
                return ()
            if index in at.objects and at.verb.lemma in _ISSUING and at.subject and not at.verb.passive:
                return self.speakers(at.subject[0])
            at = self.read.clauses[at.parent] if at.parent is not None else None
        return ()


def cast_of(analysis: Analysis) -> Cast:
    """The document's cast, made once after its clauses are read."""
    cast = analysis.layers.get("cast")
    if cast is None:
        cast = analysis.layers["cast"] = Cast(analysis)
    return cast


def same_side(analysis: Analysis, one: str, other: str) -> bool:
    """Whether two entities are one, or a country and its government: nobody accuses themselves."""
    if one == other:
        return True
    first, second = analysis.entities.get(one), analysis.entities.get(other)
    if first is None or second is None:
        return False
    return _governs(first, second) or _governs(second, first)


def _governs(government: Node, country: Node) -> bool:
    properties = government.properties
    return (
        country.type == "Country" and properties.get("kind") == "government" and properties.get("country") == country.id
    )


def side_of(node: Node) -> str | None:
    """Id of the country that an entity belongs to or is for: Russia, of "pro-Kremlin media"."""
    home = home_of(node)
    first = node.name.split()[0].lower() if node.name.strip() else ""
    return home or (_favoured(first.removeprefix("pro-")) if first.startswith("pro-") else None)


@cache
def _favoured(word: str) -> str | None:
    readings = load_gazetteer().lookup(word.capitalize())
    return next((form.entry.country or form.entry.id for form in readings if form.entry.id), None)


def home_of(node: Node) -> str | None:
    """Id of the country that an entity is or belongs to, where it is known."""
    country = node.id if node.type == "Country" else node.properties.get("country")
    return country if isinstance(country, str) else None


def acts_for_state(node: Node) -> bool:
    """Whether an entity is a state, a part of one, or holds an office in one; media count, as their owners are unknown.

    Parties, companies, opposition politicians and journalists do not: they and their own government blame each other.
    """
    kind = node.properties.get("kind")
    if kind == "person":
        words = str(node.properties.get("role") or "").lower().split()
        return bool(words) and not _PRIVATE.intersection(words)
    return node.type in ("Country", "Outlet") or kind in _STATE_KINDS
