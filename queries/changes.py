"""What came and what went between two answers to one query."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from narragraph.errors import UsageError
from narragraph.graph.formats.rows import cell

READABLE = {".csv", ".json", ".jsonl"}
CAME, WENT, CHANGED = "came", "went", "changed"


def columns_of(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of what ``compare`` gives."""
    return ("change", *columns, "before")


def compare(
    columns: Sequence[str], now: Sequence[Sequence[Any]], then: Iterable[Sequence[Any]]
) -> Iterator[tuple[Any, ...]]:
    """The rows that came, went, or have other numbers than before, in the order of the answers.

    Rows are the same when their cells read the same. Of two that differ in numbers alone the later one is told, as
    changed, with the numbers that it had ``before``.
    """
    earlier = list(then)
    numbers = [place for place in range(len(columns)) if _is_number(row[place] for row in now)]
    texts_now, texts_then = [_texts(row) for row in now], [_texts(row) for row in earlier]
    came, went = Counter(texts_now) - Counter(texts_then), Counter(texts_then) - Counter(texts_now)
    known: dict[tuple[str, ...], list[int]] = defaultdict(list)
    gone = []
    for place, texts in enumerate(texts_then):
        if went[texts] > 0:
            went[texts] -= 1
            gone.append(place)
            known[_without(texts, numbers)].append(place)
    replaced = set()
    for row, texts in zip(now, texts_now):
        if came[texts] <= 0:
            continue
        came[texts] -= 1
        twins = known[_without(texts, numbers)] if numbers else []
        if twins:
            place = twins.pop(0)
            replaced.add(place)
            before = [
                f"{columns[number]} {texts_then[place][number] or 'none'}"
                for number in numbers
                if texts_then[place][number] != texts[number]
            ]
            yield (CHANGED, *row, "; ".join(before))
        else:
            yield (CAME, *row, None)
    for place in gone:
        if place not in replaced:
            yield (WENT, *earlier[place], None)


def read_rows(path: Path, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of an earlier output. Raises UsageError for a file that is none, or is that of another query."""
    if path.suffix not in READABLE:
        raise UsageError(f"{path} cannot be compared with.", hint=f"Earlier outputs are {', '.join(sorted(READABLE))}.")
    try:
        with open(path, encoding="utf-8", newline="") as file:
            if path.suffix == ".csv":
                reader = csv.reader(file, strict=True)
                found = next(reader, [])
                rows: list[tuple[Any, ...]] = [tuple(_unquoted(text) for text in row) for row in reader]
            else:
                objects = json.load(file) if path.suffix == ".json" else [json.loads(line) for line in file]
                found = list(objects[0]) if objects else list(columns)
                rows = [tuple(one.values()) for one in objects]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, csv.Error, AttributeError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no earlier output: {error}.") from None
    if tuple(found) != tuple(columns) or any(len(row) != len(columns) for row in rows):
        raise UsageError(
            f"{path} has other columns than this query: {', '.join(map(str, found)) or 'none'}.",
            hint=f"They should be {', '.join(columns)}.",
        )
    return rows


def _texts(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(cell(value) for value in row)


def _without(texts: tuple[str, ...], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(text for place, text in enumerate(texts) if place not in places)


def _is_number(values: Iterable[Any]) -> bool:
    found = [value for value in values if value is not None]
    return bool(found) and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in found)


def _unquoted(text: str) -> str:
    """A cell of CSV without the mark that keeps spreadsheets from running it."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text
