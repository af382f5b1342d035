"""Rows of results as a table, Markdown, CSV, JSON, JSON Lines or Parquet, written as they come."""

from __future__ import annotations

import csv
import datetime
import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from narragraph.errors import UsageError

FORMATS = ("table", "csv", "json", "jsonl", "markdown", "parquet")
ENDINGS = {"table": "txt", "csv": "csv", "json": "json", "jsonl": "jsonl", "markdown": "md", "parquet": "parquet"}

_MARKS = re.compile(r"([\\`*_\[\]<>|~])")  # what Markdown would take for more than text: links, images, HTML, cells


def write_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    format: str,
    out: TextIO | None = None,
    *,
    after: Iterable[str] = (),
) -> None:
    """Write rows to ``out`` (standard output by default) in one of FORMATS.

    Rows may come one after the other: they are never all in memory. In CSV, Markdown and table, lists are joined by
    "; " and missing values are empty; JSON and Parquet keep both as they are. A table on a terminal goes through the
    reader's pager where it does not fit. ``after`` are lines to follow the rows, in table and Markdown.
    """
    if format == "parquet":
        from narragraph.graph.formats.parquet import write_parquet

        target = out or sys.stdout
        if target.isatty():
            raise UsageError("Parquet is no text for a terminal.", hint="Send it to a file: > rows.parquet")
        write_parquet(columns, rows, target.buffer)
        return
    if format == "table" and out is None and sys.stdout.isatty():
        from narragraph.graph.formats.table import page

        page(columns, rows, after)
        return
    out = out or sys.stdout
    for text in itertools.chain(_TEXTS[format](columns, rows), after if format in ("table", "markdown") else ()):
        out.write(text)


def cell(value: Any, *, formula_safe: bool = False) -> str:
    """A value as the text of one cell; ``formula_safe`` keeps spreadsheets from running what begins like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        text = "; ".join(cell(item) for item in value)
    elif isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False, default=plain)
    else:
        text = str(value)
    return "'" + text if formula_safe and isinstance(value, (str, list)) and text[:1] in "=+-@\t\r" and text else text


def one_line(text: str) -> str:
    """The text without line breaks and without control characters, which could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def plain(value: Any) -> Any:
    """What JSON has in place of a value that it lacks: dates and times as ISO texts."""
    if isinstance(value, (datetime.date, datetime.datetime, datetime.time)):
        return value.isoformat()
    return str(value)


def markdown_text(text: str) -> str:
    """The text on one line, as Markdown that shows it and does nothing else."""
    return _MARKS.sub(r"\\\1", one_line(text))


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    from narragraph.graph.formats.table import lines

    return lines(columns, rows, 160)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    class Last:
        text = ""

        def write(self, text: str) -> None:
            self.text = text

    last = Last()
    writer = csv.writer(last, lineterminator="\n")
    for row in itertools.chain([columns], rows):
        writer.writerow([cell(value, formula_safe=True) for value in row])
        yield last.text


def _json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    before = "["
    for row in rows:
        text = json.dumps(_object(columns, row), ensure_ascii=False, indent=2, default=plain)
        yield before + "\n  " + text.replace("\n", "\n  ")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _jsonl(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(_object(columns, row), ensure_ascii=False, default=plain) + "\n"


class AsMarkdown(str):
    """Markdown of ours, which stays as it is; what comes from documents is escaped."""


def _markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield f"| {' | '.join(map(markdown_text, columns))} |\n|{' --- |' * len(columns)}\n"
    for row in rows:
        cells = (value if isinstance(value, AsMarkdown) else markdown_text(cell(value)) for value in row)
        yield f"| {' | '.join(cells)} |\n"


_TEXTS = {"table": _table, "csv": _csv, "json": _json, "jsonl": _jsonl, "markdown": _markdown}


def _object(columns: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(columns, row))
