"""Tables of query results as an aligned table, CSV, JSON or JSON Lines."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

FORMATS = ("table", "csv", "json", "jsonl")


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[Any]], format: str, out: TextIO | None = None) -> None:
    """Write rows to ``out`` (standard output by default) in one of FORMATS.

    In CSV and table, lists are joined by "; " and missing values are empty; JSON keeps both as they are.
    """
    out = out or sys.stdout
    if format == "json":
        objects = [_object(columns, row) for row in rows]
        out.write(json.dumps(objects, ensure_ascii=False, indent=2, default=_plain) + "\n")
    elif format == "jsonl":
        for row in rows:
            out.write(json.dumps(_object(columns, row), ensure_ascii=False, default=_plain) + "\n")
    elif format == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(value, formula_safe=True) for value in row] for row in rows)
    elif format == "table":
        _write_table(columns, rows, out)
    else:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")


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
        text = json.dumps(value, ensure_ascii=False, default=_plain)
    else:
        text = str(value)
    return "'" + text if formula_safe and isinstance(value, (str, list)) and text[:1] in "=+-@\t\r" and text else text


def one_line(text: str) -> str:
    """The text without line breaks and without control characters, which could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))


def _write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = out.isatty()
    buffer = io.StringIO()
    console = Console(
        file=out if terminal else buffer, width=None if terminal else 160, highlight=False, emoji=False, markup=False
    )
    table = Table(box=None, pad_edge=False, header_style="bold" if terminal else "", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(cell(value))) for value in row))
    console.print(table)
    if not terminal:
        out.writelines(line.rstrip() + "\n" for line in buffer.getvalue().splitlines())


def _object(columns: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(columns, row))


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime.date, datetime.datetime, datetime.time)):
        return value.isoformat()
    return str(value)
