"""The sentences that rows rest on, with where they stand: beside their rows, or as footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from narragraph.graph.stores.base import View

#: What is added to the columns of a query where each sentence has a line of its own.
COLUMNS = (
    "evidence", "evidence_title", "evidence_url", "evidence_date", "evidence_start", "evidence_end", "evidence_edge",
)  # fmt: skip
NOTES = "notes"  # the column that footnotes are called from
NOTES_A_ROW = 5  # so many footnotes at most; the others are counted

_DOCUMENTS = """
UNWIND $ids AS id MATCH (d:Document {id: id})
RETURN d.id AS id, d.name AS title, coalesce(d.url, d.archived, d.path) AS url, d.published AS date ORDER BY id
"""


@dataclass(frozen=True)
class Sentence:
    """A sentence, and where it stands: ``start`` and ``end`` are characters of the document's text."""

    sentence: str | None
    title: str
    url: str | None
    date: str | None
    start: int | None
    end: int | None
    document: str
    edge: str

    def __str__(self) -> str:
        place = f"characters {self.start}–{self.end}" if self.start is not None else None
        return " · ".join(part for part in (f"“{self.sentence or ''}”", self.title, self.date, self.url, place) if part)


class Sentences:
    """Reads what the maps of an evidence column speak of; documents are looked up once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._documents: dict[str, tuple[str, str | None, str | None]] = {}

    def read(self, column: Sequence[Any]) -> list[list[Sentence]]:
        """The sentences of each row, each once, by date and place."""
        maps = [list(_maps(value)) for value in column]
        unknown = {one["document"] for row in maps for one in row} - self._documents.keys()
        if unknown:
            for id, *rest in self._view.run(_DOCUMENTS, {"ids": sorted(unknown)}).rows:
                self._documents[id] = tuple(rest)
        return [self._of_row(row) for row in maps]

    def _of_row(self, maps: Iterable[Mapping[str, Any]]) -> list[Sentence]:
        found: dict[tuple[Any, ...], Sentence] = {}
        for one in maps:
            title, url, date = self._documents.get(one["document"], (one["document"], None, None))
            sentence = Sentence(
                one["sentence"], title, url, date, one["start"], one["end"], one["document"], one["edge"]
            )
            place = (sentence.document, sentence.start, sentence.end)
            if place not in found or sentence.edge < found[place].edge:
                found[place] = sentence
        return sorted(found.values(), key=lambda one: (one.date or "9999", one.document, one.start or 0, one.edge))


def _maps(value: Any) -> Iterator[Mapping[str, Any]]:
    """The maps in an evidence column, however deep queries have gathered them."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _maps(item)


def nested(rows: Iterable[tuple[Sequence[Any], Sequence[Sentence]]]) -> Iterator[tuple[Any, ...]]:
    """Rows with their sentences as a list of objects in one column more."""
    for row, sentences in rows:
        yield (*row, [asdict(sentence) for sentence in sentences])


def flat(rows: Iterable[tuple[Sequence[Any], Sequence[Sentence]]], *, repeat: bool = True) -> Iterator[tuple[Any, ...]]:
    """A line for each sentence, with COLUMNS more; the row itself in each, or without ``repeat`` in the first only."""
    for row, sentences in rows:
        if not sentences:
            yield (*row, *([None] * len(COLUMNS)))
        for number, one in enumerate(sentences):
            cells = row if repeat or not number else [None] * len(row)
            yield (*cells, one.sentence, one.title, one.url, one.date, one.start, one.end, one.edge)


class Footnotes:
    """Numbers the sentences of rows; ``notes`` holds them in the order of their numbers, from 1."""

    def __init__(self) -> None:
        self.notes: list[Sentence] = []
        self._numbers: dict[tuple[Any, ...], int] = {}

    def mark(self, rows: Iterable[tuple[Sequence[Any], Sequence[Sentence]]], *, sign: str) -> Iterator[tuple[Any, ...]]:
        """Rows with one column more, which names their footnotes by ``sign``, as in ``[{}]``."""
        for row, sentences in rows:
            marks = [sign.format(self._number(sentence)) for sentence in sentences[:NOTES_A_ROW]]
            if len(sentences) > NOTES_A_ROW:
                marks.append(f"and {len(sentences) - NOTES_A_ROW} more")
            yield (*row, " ".join(marks))

    def _number(self, sentence: Sentence) -> int:
        place = (sentence.document, sentence.start, sentence.end)
        if place not in self._numbers:
            self.notes.append(sentence)
            self._numbers[place] = len(self.notes)
        return self._numbers[place]
