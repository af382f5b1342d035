"""Rows of tables, one at a time: CSV with any delimiter, TSV and JSON Lines, by what their columns hold."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from narragraph.errors import DocumentError, InputError, UsageError
from narragraph.ontology.lexicon import load_lexicon

MAX_CELL = 20_000_000  # characters
_DELIMITERS = ",;\t|"
_MARKUP = re.compile(r"</?(?:p|br|div|a|b|i|em|strong|span|ul|ol|li|h\d|img|table)\b[^<>]*>|&(?:\w{2,8}|#\d+);", re.I)
_NOTHING = frozenset({"", "-", "n/a", "null", "none", "nan"})


@dataclass(frozen=True)
class Row:
    """A row: its number and what its cells say, by kind of column."""

    number: int  # the first after the headings is row 1
    cells: Mapping[str, str]  # kind of column → what the cell says; only cells that say something
    headings: Mapping[str, str]  # kind of column → its heading


def read_rows(
    path: str, lines: io.TextIOWrapper, mapping: Mapping[str, str], on_error: Callable[[InputError], None], head: str
) -> Iterator[Row]:
    """The rows of a table whose first characters are ``head``; ``mapping`` names columns by what they hold.

    A row that cannot be read goes to ``on_error`` with its number, and the rest goes on. Raises DocumentError where
    the table has no column of use, UsageError where the mapping names a column that it has not.
    """
    return (_json_rows if is_json(head) else _csv_rows)(path, lines, mapping, on_error, head)


def _csv_rows(
    path: str, lines: io.TextIOWrapper, mapping: Mapping[str, str], on_error: Callable[[InputError], None], head: str
) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    delimiter = _delimiter(head)
    source = _Lines(lines)
    headings = next(csv.reader(source, delimiter=delimiter), [])
    columns = _columns(path, headings, mapping)
    names = {kind: headings[place] for kind, place in columns.items()}
    number = 0
    while True:
        source.taken.clear()
        at = f"{path}, row {number + 1} (line {source.number + 1})"
        try:
            cells = next(csv.reader(source, delimiter=delimiter), None)
        except csv.Error as error:
            on_error(InputError(f"{at}: {error}."))
            number += 1
            source.give_back()
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        number += 1
        unclosed = len(source.taken) > 1 and sum(line.count('"') for line in source.taken) % 2 == 1
        if len(cells) == len(headings) and not unclosed:
            yield Row(number, _said({kind: cells[place] for kind, place in columns.items()}), names)
            continue
        what = f"has {len(cells)} cell{'s' * (len(cells) != 1)} where the headings are {len(headings)}"
        hint = "Is there a delimiter in a cell without quotation marks?"
        if unclosed or any(_is_row(line, delimiter, len(headings)) for line in source.taken[1:]):
            what = "has a quotation mark without its other half"
            hint = "It is left out, and reading goes on with the line after it."
            source.give_back()
        on_error(InputError(f"{at}: {what}.", hint=hint))


def _is_row(line: str, delimiter: str, cells: int) -> bool:
    """Whether a line inside a row is a row by itself."""
    return line.count('"') % 2 == 0 and len(next(csv.reader([line], delimiter=delimiter), [])) == cells


class _Lines:
    """Lines that can be given back: one stray quotation mark would else take all lines to the next one into a cell."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        self.number += 1
        return line

    def give_back(self) -> None:
        """Let all lines since ``taken`` was cleared but the first come again."""
        self._back.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1


def _json_rows(
    path: str, lines: io.TextIOWrapper, mapping: Mapping[str, str], on_error: Callable[[InputError], None], head: str
) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("is no JSON object")
        except (ValueError, RecursionError) as error:
            on_error(InputError(f"{path}, line {number}: is no row: {error}."))
            continue
        names = list(row)
        columns = _columns(path, names, mapping, row=number)
        headings = {kind: names[place] for kind, place in columns.items()}
        yield Row(number, _said({kind: _flat(row[name]) for kind, name in headings.items()}), headings)


def _flat(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    return "" if value is None else str(value)


def is_json(head: str) -> bool:
    """Whether a table that begins so is one of JSON objects."""
    return head.lstrip("\ufeff \t\r\n")[:1] == "{"


def _delimiter(head: str) -> str:
    """The delimiter by which the headings fall into most names that are known, else into most parts."""
    first = head.lstrip("\ufeff").split("\n", 1)[0]
    known = {name for names in load_lexicon("tables")["columns"].values() for name in names}

    def parts(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([first], delimiter=delimiter), [])
        return sum(_heading(name) in known for name in names), len(names)

    return max(_DELIMITERS, key=parts)


def _heading(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.strip("\ufeff \t\"'")).casefold()


def _columns(path: str, headings: Sequence[str], mapping: Mapping[str, str], *, row: int = 0) -> dict[str, int]:
    """Kind of column → its place. Each column serves once: what is mapped first, then what its heading tells."""
    data = load_lexicon("tables")
    names = [_heading(name) for name in headings]
    columns: dict[str, int] = {}
    for kind, column in mapping.items():
        if _heading(column) in names:
            columns[kind] = names.index(_heading(column))
        elif not row:  # objects may lack what others have
            raise UsageError(f"{path} has no column {column!r}.", hint=f"It has {listed(headings)}.")
    for kind, known in data["columns"].items():
        place = next((names.index(name) for name in known if name in names), None)
        if kind not in columns and place is not None and place not in columns.values():
            columns[kind] = place
    twice = next((headings[place] for place in columns.values() if names.count(names[place]) > 1), None)
    if twice is not None:
        raise DocumentError(path, f"has the column {twice!r} twice", hint="Rename one of them.")
    if not columns.keys() & set(data["readable"]) and not row:
        raise DocumentError(
            path, f"has no column known to hold text, only {listed(headings)}", hint="Name it: --map text=COLUMN."
        )
    return columns


def listed(headings: Sequence[str]) -> str:
    """Headings for a message."""
    return ", ".join(repr(name) for name in headings[:20]) + (", …" if len(headings) > 20 else "") or "no headings"


def _said(cells: Mapping[str, str]) -> dict[str, str]:
    plain = {kind: _plain(cell) for kind, cell in cells.items()}
    return {kind: cell for kind, cell in plain.items() if cell.casefold() not in _NOTHING}


def _plain(cell: str) -> str:
    """The words of a cell, without markup; paragraphs stay apart."""
    if _MARKUP.search(cell):
        from trafilatura import load_html

        tree: Any = load_html(f"<html><body><div>{cell}</div></body></html>")
        for element in list(tree.iter("script", "style")):
            element.drop_tree()
        for element in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4"):
            element.tail = "\n" + (element.tail or "")
        cell = tree.text_content()
    return re.sub(r"\n[ \t]*(?:\n\s*)+", "\n\n", re.sub(r"\r\n?", "\n", cell)).strip()
