"""Which entries of gazetteer and lexicon documents make use of, and which rules always fire together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

from narragraph.loaders.additions import Additions
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.clauses import singular
from narragraph.loaders.extraction.matching import load_matcher, units_of
from narragraph.loaders.extraction.relations.frames import Frame, frames_of
from narragraph.loaders.extraction.verbs import verb_lemma
from narragraph.ontology.gazetteer import load_gazetteer
from narragraph.ontology.lexicon import load_lexicon
from narragraph.ontology.lexicon.own import read_additions, word_sections, words_of

UNUSED_COLUMNS = ("kind", "where", "entry", "documents", "own")
PAIR_COLUMNS = ("rule", "other", "together", "rule_alone", "other_alone", "same_type")
EDGE_TYPES = {"accuse": "ACCUSES", "deny": "DENIES", "amplify": "AMPLIFIES", "debunk": "DEBUNKS"}
_FEWEST = 3  # times that rules must fire before their company tells something


class Usage:
    """What many documents make use of, a document at a time; each analysis needs a recorder."""

    def __init__(self, own: Additions) -> None:
        self._own = own
        self._matcher = load_matcher(own.gazetteer)
        self.documents = 0
        self._named: set[str] = set()  # entries that a mention means
        self._seen: dict[str, int] = defaultdict(int)  # entry → documents in which one of its forms stands
        self._words: dict[str, int] = defaultdict(int)  # word or short phrase → documents
        self._verbs: dict[str, int] = defaultdict(int)  # lemma of a clause's verb → documents
        self._frames: set[tuple[str, object]] = set()
        self._places: dict[str, set[tuple[str, int | None]]] = defaultdict(set)  # rule → sentences in which it fired
        self._types: dict[str, set[str]] = defaultdict(set)  # rule → types of its edges

    def add(self, analysis: Analysis) -> None:
        """Count one document."""
        self.documents += 1
        self._named.update(mention.entity for mention in analysis.mentions)
        matches = self._matcher.find(units_of(analysis.tokens))
        for ident in {form.entry.id for match in matches for form in match.readings}:
            self._seen[ident] += 1
        for word in _vocabulary(analysis):
            self._words[word] += 1
        if "clauses" in analysis.layers:
            for lemma in {clause.verb.lemma for clause in analysis.layers["clauses"].clauses}:
                self._verbs[lemma] += 1
        if analysis.recorder:
            self._frames |= analysis.recorder.fired
        for edge in analysis.edges:
            rule = edge.properties.get("rule")
            if isinstance(rule, str):
                self._places[rule].add((edge.document, edge.start))
                self._types[rule].add(edge.type)

    def unused(self) -> list[tuple[Any, ...]]:
        """Entries that never fired, under UNUSED_COLUMNS: first those whose words stand in the most documents.

        A name fires where it is mentioned, a frame where it makes an edge, a word where it stands in a text.
        """
        rows = [*self._unused_names(), *self._unused_frames(), *self._unused_words()]
        return sorted(rows, key=lambda row: (-row[3], not row[4], *row[:3]))

    def pairs(self) -> list[tuple[Any, ...]]:
        """Pairs of rules that fire in the same sentences, under PAIR_COLUMNS, those that fire most often first.

        Two that make edges of one type are told even where only one of them never fires without the other.
        """
        often = {rule: places for rule, places in self._places.items() if len(places) >= _FEWEST}
        rows = []
        for one, other in combinations(sorted(often), 2):
            together = len(often[one] & often[other])
            alone = len(often[one]) - together, len(often[other]) - together
            same_type = self._types[one] == self._types[other]
            if together >= _FEWEST and (alone == (0, 0) or (same_type and 0 in alone)):
                rows.append((one, other, together, *alone, same_type))
        return sorted(rows, key=lambda row: (max(row[3:5]), -row[2], row[:2]))

    def _unused_names(self) -> Iterator[tuple[Any, ...]]:
        built_in = load_gazetteer().by_id
        for entry in self._matcher.gazetteer.entries:
            if entry.id not in self._named and entry.kind != "government":
                yield "name", entry.type, f"{entry.name} ({entry.id})", self._seen[entry.id], entry.id not in built_in

    def _unused_frames(self) -> Iterator[tuple[Any, ...]]:
        own = [added.frame for path in self._own.lexicons for added in read_additions(path) if added.frame]
        for lexicon, type in EDGE_TYPES.items():
            mine = {frame["verb"] for frame in own}
            for frames in frames_of(lexicon).values():
                for frame in frames:
                    if (type, frame) not in self._frames:
                        yield "frame", f"{lexicon}.frames", _told(frame), self._verbs[frame.verb], frame.verb in mine

    def _unused_words(self) -> Iterator[tuple[Any, ...]]:
        own = {
            (added.address, word)
            for path in self._own.lexicons
            for added in read_additions(path)
            for word in added.words
        }
        for lexicon, sections in word_sections().items():
            content = load_lexicon(lexicon)
            for address in sections:
                name, _, word_of = address.partition(".")
                section = content[name][word_of] if word_of else content[name]
                for word in sorted(set(words_of(section))):
                    if not self._words[word.lower().replace("_", " ").replace("-", " ")]:
                        place = f"{lexicon}.{address}"
                        yield "word", place, word, 0, (place, word) in own


def _told(frame: Frame) -> str:
    asked = frame.told()
    verb = asked.pop("verb")
    parts = (
        f"{name} {', '.join(value) if isinstance(value, list | tuple) else value}" for name, value in asked.items()
    )
    return "; ".join([str(verb), *parts])


def _vocabulary(analysis: Analysis) -> set[str]:
    """The words of a document as they stand and as a dictionary has them, and what two and three of them make."""
    plain = [token.lower for token in analysis.tokens]
    words = {word.replace("-", " ") for word in plain}
    bare = [
        verb_lemma(token.lower) if token.tag.startswith("VB") else singular(token.lower) for token in analysis.tokens
    ]
    words.update(bare)
    for row in (plain, bare):
        words.update(" ".join(pair) for pair in pairwise(row))
        words.update(" ".join(three) for three in zip(row, row[1:], row[2:]))
    return words
