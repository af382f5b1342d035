"""Which documents repeat others: reprints, syndicated copies, the same case entered twice.

Texts are compared by their runs of five words (shingles), of which a fixed share, chosen by hash, stands for all
(Broder, On the resemblance and containment of documents, 1997): two texts share a run whatever else they hold.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from narragraph.graph.model import Edge, Node, document_id, edge_id
from narragraph.graph.stores.base import Bundle, View

LEAST = 0.8  # share of the shorter text's runs that stand in the other one
SOURCE_KEY = "narragraph:copies"
LIST = document_id(SOURCE_KEY)
METHOD = "share of five-word runs of the shorter text that stand in the other"
_RUN = 5  # words
_SAMPLE = 4  # one run in so many is compared
_ENOUGH = 8  # compared runs below which a likeness tells nothing
_COMMON = 50  # documents that share a run which tells nothing then: boilerplate
_WORD = re.compile(r"\w+")
_DOCUMENTS = """
MATCH (d:Document) WHERE d.root = d.id AND d.text IS NOT NULL AND NOT coalesce(d.genre, '') IN ['decisions', 'derived']
RETURN d.id AS id, d.name AS title, d.published AS published, d.text AS text ORDER BY id
"""


@dataclass(frozen=True)
class Copy:
    """A document that repeats an earlier one; ``share`` of the shorter text's runs stand in the other."""

    copy: str  # ids
    original: str
    copy_title: str
    original_title: str
    share: float


@dataclass(frozen=True)
class _Text:
    id: str
    title: str
    published: str
    runs: frozenset[int]
    length: int

    @property
    def age(self) -> tuple[str, int, str]:
        """Sorts the likelier original first: the earlier, then the longer."""
        return self.published or "9999", -self.length, self.id


def find_copies(view: View, *, least: float = LEAST) -> list[Copy]:
    """Each document that repeats another, with the earliest that it repeats; by id."""
    texts = [
        _Text(id, title, published or "", runs(text), len(text))
        for id, title, published, text in view.run(_DOCUMENTS).rows
    ]
    return sorted(_copies(texts, least), key=lambda found: found.copy)


def runs(text: str) -> frozenset[int]:
    """Hashes of the runs of words that stand for a text: all of them for a short one."""
    words = _WORD.findall(text.casefold())
    every = [zlib.crc32(" ".join(words[start : start + _RUN]).encode()) for start in range(len(words) - _RUN + 1)]
    sample = frozenset(run for run in every if run % _SAMPLE == 0)
    return sample if len(sample) >= 4 * _ENOUGH else frozenset(every)


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the shorter text's runs that stand in the other; 0 where there are too few to tell."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= _ENOUGH else 0.0


def _copies(texts: Sequence[_Text], least: float) -> Iterator[Copy]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for run in text.runs:
            holders[run].append(place)
    for place, text in enumerate(texts):
        others = Counter(
            other for run in text.runs if len(holders[run]) <= _COMMON for other in holders[run] if other != place
        )
        alike = (
            (texts[other], share(text.runs, texts[other].runs))
            for other, common in others.items()
            if common >= least * min(len(text.runs), len(texts[other].runs)) / 2
        )
        older = [(other.age, other, value) for other, value in alike if value >= least and other.age < text.age]
        if older:
            _, original, value = min(older, key=lambda found: found[0])
            yield Copy(text.id, original.id, text.title, original.title, round(value, 2))


def bundle(copies: Iterable[Copy]) -> Bundle:
    """The list of copies as a document, in which each line is the sentence of an edge ``SYNDICATED_FROM``."""
    found = list(copies)
    lines = [
        f"“{copy.copy_title}” ({copy.copy}) repeats {copy.share:.0%} of “{copy.original_title}” ({copy.original})."
        for copy in found
    ]
    lines = [" ".join(line.split()) for line in lines]
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    root = Node(
        LIST, "Document", "Copies among the documents",
        properties={
            "title": "Copies among the documents", "source_key": SOURCE_KEY, "genre": "derived",
            "text": "\n".join(lines) + "\n",
        },
    )  # fmt: skip
    nodes = {LIST: root}
    edges = []
    for copy, line, start in zip(found, lines, starts):
        for id, title in ((copy.copy, copy.copy_title), (copy.original, copy.original_title)):
            nodes[id] = Node(id, "Document", title, properties={"genre": "appearance"})
        end = start + len(line)
        edges.append(
            Edge(
                edge_id("SYNDICATED_FROM", copy.copy, copy.original, LIST, start, end, [LIST]),
                "SYNDICATED_FROM", copy.copy, copy.original, LIST, line, start, end, copy.share,
                properties={
                    "rule": "derived.copy", "basis": "derived", "method": METHOD, "polarity": "affirmed",
                    "modality": "asserted", "asserted_by": [LIST],
                },
            )
        )  # fmt: skip
    return Bundle(root, list(nodes.values()), edges)
