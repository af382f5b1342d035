"""Rows as a table for people: columns fit the width there is, long texts wrap, and a terminal pages."""

from __future__ import annotations

import contextlib
import itertools
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from narragraph.graph.formats.rows import cell, one_line

GAP = "  "
_SETTLING = 500  # rows that settle how wide columns are; later ones wrap
_NARROWEST = 8  # where columns would have to be narrower, each row becomes a block


def page(columns: Sequence[str], rows: Iterable[Sequence[Any]], after: Iterable[str] = ()) -> None:
    """Write a table, and lines after it, to the terminal: by the reader's PAGER where they are more than a screen."""
    table = itertools.chain(lines(columns, rows, shutil.get_terminal_size().columns, bold=True), after)
    command = shlex.split(os.environ.get("PAGER") or "less")
    program = shutil.which(command[0]) if command else None
    if program is None:
        sys.stdout.writelines(table)
        return
    settings = {"LESS": "-FRX", **os.environ}  # less ends at once where all fits
    with (
        subprocess.Popen(  # noqa: S603 (it is what the reader set)
            [program, *command[1:]], stdin=subprocess.PIPE, env=settings, encoding="utf-8", errors="replace"
        ) as pager
    ):
        assert pager.stdin
        try:
            with pager.stdin:
                pager.stdin.writelines(table)
        except BrokenPipeError:  # the reader has seen enough
            pass
        finally:
            while pager.poll() is None:
                with contextlib.suppress(KeyboardInterrupt):  # pagers make use of Ctrl-C
                    pager.wait()


def lines(columns: Sequence[str], rows: Iterable[Sequence[Any]], width: int, *, bold: bool = False) -> Iterator[str]:
    """The lines of a table that is at most ``width`` wide, with line ends.

    Where the columns cannot all stand side by side, each row becomes a block with a line for each value.
    """
    coming = iter(rows)
    first = list(itertools.islice(coming, _SETTLING))
    numbers = [_all_numbers(row[place] for row in first) for place in range(len(columns))]
    texts = [[one_line(cell(value)) for value in row] for row in first]
    wanted = [max(map(_width, [name, *(row[place] for row in texts)])) for place, name in enumerate(columns)]
    rest = ([one_line(cell(value)) for value in row] for row in coming)
    free = width - len(GAP) * (len(columns) - 1)
    if free < sum(min(wide, _NARROWEST) for wide in wanted):
        yield from _blocks(columns, itertools.chain(texts, rest), width)
        return
    widths = _fit(wanted, free)
    for line in _row(list(columns), widths, numbers):
        yield f"\x1b[1m{line}\x1b[0m\n" if bold else f"{line}\n"
    for row in itertools.chain(texts, rest):
        yield from (f"{line}\n" for line in _row(row, widths, numbers))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` places; words break where they are longer. At least one line."""
    from rich.cells import chop_cells

    found = [""]
    room = width
    for word in text.split():
        for part in [word] if _width(word) <= width else chop_cells(word, width):
            size = _width(part)
            if found[-1] and size + 1 <= room:
                found[-1] += " " + part
                room -= size + 1
            elif not found[-1]:
                found[-1] = part
                room = width - size
            else:
                found.append(part)
                room = width - size
    return found


def _fit(wanted: Sequence[int], free: int) -> list[int]:
    """Widths of columns: as wanted where there is room, else the widest give way first."""
    widths = list(wanted)
    excess = sum(widths) - free
    while excess > 0:
        widest = max(widths)
        if widest <= 1:
            break
        below = max((wide for wide in widths if wide < widest), default=1)
        those = [place for place, wide in enumerate(widths) if wide == widest]
        step = max(1, min(widest - below, excess // len(those)))
        for place in those:
            if excess <= 0:
                break
            widths[place] -= min(step, excess)
            excess -= min(step, excess)
    return widths


def _row(texts: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> Iterator[str]:
    wrapped = [wrap(text, wide) for text, wide in zip(texts, widths)]
    for parts in itertools.zip_longest(*wrapped, fillvalue=""):
        padded = (
            " " * (wide - _width(part)) + part if number else part + " " * (wide - _width(part))
            for part, wide, number in zip(parts, widths, numbers)
        )
        yield GAP.join(padded).rstrip()


def _blocks(columns: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    label = max(map(_width, columns), default=0)
    for number, row in enumerate(rows):
        if number:
            yield "\n"
        for name, text in zip(columns, row):
            parts = wrap(text, max(10, width - label - len(GAP)))
            for head, part in itertools.zip_longest([name], parts, fillvalue=""):
                yield f"{head}{' ' * (label - _width(head))}{GAP}{part}".rstrip() + "\n"


def _all_numbers(values: Iterable[Any]) -> bool:
    found = [value for value in values if value is not None]
    return bool(found) and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in found)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
