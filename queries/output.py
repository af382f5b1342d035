"""Answers as they were asked for: with sentences or footnotes, with a chart, compared with an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path
from typing import Any, TextIO

from narragraph.errors import UsageError
from narragraph.graph.formats.rows import AsMarkdown, markdown_text, one_line, write_rows
from narragraph.graph.model import digest
from narragraph.graph.stores.base import View
from narragraph.queries import charts, evidence
from narragraph.queries.pack import EVIDENCE, Query
from narragraph.queries.runner import Asked

_NAME = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Form:
    """How an answer is wanted: ``sentences`` beside rows, or ``footnotes``; ``timeout`` in seconds."""

    format: str = "table"
    sentences: bool = False
    footnotes: bool = False
    chart: Path | None = None
    timeout: float | None = None

    def check(self, query: Query) -> None:
        """Raise UsageError where the query cannot be answered so."""
        if self.footnotes and self.format not in ("table", "markdown"):
            raise UsageError(f"Footnotes are for table and markdown, not for {self.format}.", hint="Use --evidence.")
        if (self.sentences or self.footnotes) and not query.has_evidence:
            raise UsageError(f"The rows of query {query.name} rest on no sentences of their own.")
        if self.chart:
            charts.check(query, self.chart)


@dataclass
class Outcome:
    """What was written: how many rows, whether there are more than were asked for, and what the chart leaves out."""

    shown: int = 0
    more: bool = False
    chart_note: str | None = None
    drawn: list[tuple[Any, ...]] = field(default_factory=list, repr=False)


def write_answer(view: View, asked: Asked, form: Form, out: TextIO | None = None) -> Outcome:
    """Ask, and write the rows as they come to ``out``, or standard output. Raises what ``Asked.rows`` raises."""
    form.check(asked.query)
    outcome = Outcome()
    parts = asked.parts(view, timeout=form.timeout)
    first = next(parts)
    columns = first.columns[:-1] if first.columns[-1:] == (EVIDENCE,) else first.columns
    sentences = evidence.Sentences(view) if form.sentences or form.footnotes else None

    def rows() -> Iterator[tuple[tuple[Any, ...], Sequence[evidence.Sentence]]]:
        for part in chain([first], parts):
            outcome.shown += len(part.rows)
            outcome.more = part.more
            behind = sentences.read([row[-1] for row in part.rows]) if sentences else repeat(())
            for row, those in zip(part.rows, behind):
                own = row[: len(columns)]
                if form.chart:
                    outcome.drawn.append(own)
                yield own, those

    if form.footnotes:
        notes = evidence.Footnotes()
        sign = "[^{}]" if form.format == "markdown" else "[{}]"
        marked = notes.mark(rows(), sign=sign)
        if form.format == "markdown":
            marked = ((*row[:-1], AsMarkdown(row[-1])) for row in marked)
        write_rows((*columns, evidence.NOTES), marked, form.format, out, after=_note_lines(notes, form.format))
    elif form.sentences and form.format in ("json", "jsonl"):
        write_rows((*columns, EVIDENCE), evidence.nested(rows()), form.format, out)
    elif form.sentences:
        flat = evidence.flat(rows(), repeat=form.format not in ("table", "markdown"))
        write_rows((*columns, *evidence.COLUMNS), flat, form.format, out)
    else:
        write_rows(columns, (row for row, _ in rows()), form.format, out)
    if form.chart:
        outcome.chart_note = charts.draw(asked.query, columns, outcome.drawn, form.chart)
    return outcome


def file_name(query: Query, given: Mapping[str, Any]) -> str:
    """The name, without ending, of the file that holds an answer: the same for the same question."""
    told = [query.name, *(f"{key}_{value}" for key, value in sorted(given.items()))]
    name = "__".join(_NAME.sub("-", part) for part in told)
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}-{digest(name)}"


def _note_lines(notes: evidence.Footnotes, format: str) -> Iterator[str]:
    """The footnotes of a table or of Markdown, with an empty line before."""
    for number, note in enumerate(notes.notes, 1):
        before = "\n" if number == 1 else ""
        if format == "markdown":
            yield f"{before}[^{number}]: {markdown_text(str(note))}\n"
        else:
            yield f"{before}[{number}] {one_line(str(note))}\n"
