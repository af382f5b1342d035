"""Names in documents that no gazetteer lists, counted, so that a person can decide what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from narragraph.loaders.extraction.analysis import Analysis, Sentence, Token
from narragraph.ontology.gazetteer import Entry, Gazetteer
from narragraph.ontology.lexicon import load_words

# ``type`` comes first and empty; a file with these columns is a gazetteer as soon as it is filled in
NAME_COLUMNS = ("type", "id", "name", "aliases", "guess", "near", "documents", "mentions", "reason", "sentences")
_SAMPLES = 3  # sentences
_NEAR = 86  # rapidfuzz score from which a spelling counts as near
_SHORTEST = 6  # letters of a name that can be near another
_LONGEST = 240  # characters of a sentence that are shown
_PLACING = frozenset(("in", "at", "near", "from", "across", "around", "outside", "into"))
_NAME_TAGS = frozenset(("NNP", "NNPS"))
_RUNNING = frozenset(("paragraph", "item"))  # blocks in which a capital letter tells something
_WIDEST = 5  # words of a name


@dataclass
class Found:
    """One name with where it stands."""

    name: str
    type: str = ""  # of the entry that lists it
    id: str = ""
    entity: bool = False  # whether a rule takes it for somebody
    guesses: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    mentions: int = 0
    sentences: list[str] = field(default_factory=list)

    def row(self, near: str) -> tuple[Any, ...]:
        """The name under NAME_COLUMNS; ``near`` is an entry that is spelled nearly so."""
        guess = self.guesses.most_common(1)[0][0] if self.guesses else ""
        count = len(self.documents)
        documents = f"{count} document{'s' if count != 1 else ''}"
        reason = f"named in {documents}, {self.mentions} time{'s' if self.mentions != 1 else ''}"
        return (self.type, self.id, self.name, "", guess, near, count, self.mentions, reason, self.sentences)


class Names:
    """The names of many documents, a document at a time."""

    def __init__(self) -> None:
        self._found: dict[str, Found] = {}
        self._common: set[str] = set()  # words that stand somewhere in lower case
        self._gazetteer: Gazetteer | None = None
        self._forms: dict[str, Entry] = {}
        self._calendar = load_words("not_names", "calendar")
        self._no_names = load_words("not_names", "words") | self._calendar | load_words("not_names", "generic")
        for section in ("roles", "male", "female"):
            self._no_names |= {word for title in load_words("titles", section) for word in title.split()}

    def add(self, analysis: Analysis) -> None:
        """Count the names of one document."""
        gazetteer = self._gazetteer = analysis.additions.gazetteer
        named = {mention.entity for mention in analysis.mentions if mention.how in ("unknown", "name", "alias")}
        for mention in analysis.mentions:
            node = analysis.entities[mention.entity]
            if mention.entity not in named or mention.how in ("pronoun", "office", "definite"):
                continue
            entry = gazetteer.by_id.get(node.id)
            listed = (entry.type, entry.id) if entry else ("", "")
            found = self._found.setdefault(node.id, Found(node.name, *listed, entity=True))
            kind = node.properties.get("kind")
            found.guesses[f"{node.type}, {kind}" if kind else node.type] += 1
            self._note(found, analysis, mention.start)
        self._common.update(token.text for token in analysis.tokens if token.text.islower())
        for sentence in analysis.sentences:
            if not analysis.blocks or analysis.blocks[sentence.block].kind in _RUNNING:
                for first, last in self._capitalised(analysis, sentence):
                    text = " ".join(token.text for token in analysis.tokens[first:last])
                    if not gazetteer.lookup(text):
                        found = self._found.setdefault(text, Found(text))
                        placed = first > sentence.first and analysis.tokens[first - 1].lower in _PLACING
                        found.guesses["place" if placed else ""] += 1
                        self._note(found, analysis, analysis.tokens[first].start)

    def rows(self, *, unlisted: bool) -> Iterator[tuple[Any, ...]]:
        """Rows under NAME_COLUMNS, those of the most documents first; ``unlisted``: only those without entry."""
        found = (one for one in self._found.values() if not (unlisted and one.id))
        names = [one for one in found if one.entity or one.name.lower() not in self._common]
        for one in sorted(names, key=lambda one: (-len(one.documents), -one.mentions, one.name)):
            yield one.row("" if one.id else self._near(one.name))

    def _near(self, name: str) -> str:
        """The entry with a form that is spelled nearly like a name: another spelling of it, perhaps."""
        from rapidfuzz import fuzz, process

        if self._gazetteer is None or len(name) < _SHORTEST:
            return ""
        if not self._forms:
            self._forms = {f.text: f.entry for f in self._gazetteer.forms() if f.how in ("name", "alias")}
        found = process.extractOne(name, self._forms.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        entry = self._forms[found[0]] if found else None
        return f"{entry.name} ({entry.id})" if entry else ""

    def _note(self, found: Found, analysis: Analysis, offset: int) -> None:
        found.mentions += 1
        fresh = analysis.document.source_key not in found.documents
        found.documents.add(analysis.document.source_key)
        if len(found.sentences) < _SAMPLES and (fresh or not found.sentences):
            found.sentences.append(_sample(analysis, offset))

    def _capitalised(self, analysis: Analysis, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Runs of capitalised words that no rule took for a name, but for a single one that begins a sentence."""
        tokens = analysis.tokens
        taken = self._taken(analysis, tokens[sentence.first : sentence.last])
        at = sentence.first
        while at < sentence.last:
            last = at
            while (
                last < min(sentence.last, at + _WIDEST)
                and self._is_name(tokens[last])
                and tokens[last].start not in taken
            ):
                last += 1
            if last == at:
                at += 1
                continue
            opening = at == sentence.first or tokens[at - 1].tag in ("``", ":", "(")
            if not (opening and last - at == 1):
                yield at, last
            at = last

    def _is_name(self, token: Token) -> bool:
        return (
            token.tag in _NAME_TAGS and token.text[0].isupper() and len(token.text) > 1
            and not token.text.isupper() and token.text not in self._no_names
        ) or (token.tag in _NAME_TAGS and token.text.isupper() and 2 < len(token.text) < 7)  # fmt: skip

    def _taken(self, analysis: Analysis, tokens: Sequence[Token]) -> set[int]:
        """Where the tokens begin that a mention covers."""
        start, end = tokens[0].start, tokens[-1].end
        spans = [(m.start, m.end) for m in analysis.mentions if m.start < end and m.end > start]
        return {token.start for token in tokens if any(a <= token.start < b for a, b in spans)}


def _sample(analysis: Analysis, offset: int) -> str:
    sentence = next((s for s in analysis.sentences if s.start <= offset < s.end), None)
    start, end = (sentence.start, sentence.end) if sentence else (offset, offset + _LONGEST)
    if end - start > _LONGEST:
        start = max(start, offset - _LONGEST // 2)
        end = min(end, start + _LONGEST)
    return " ".join(analysis.text[start:end].split())
