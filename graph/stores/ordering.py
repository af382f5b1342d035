"""Graphs of any size in the order of their ids, with bounded memory."""

from __future__ import annotations

import heapq
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from operator import attrgetter
from typing import Any, TypeVar

from narragraph.graph.model import Edge, Node
from narragraph.graph.records import from_dict, to_line

T = TypeVar("T")
Item = TypeVar("Item", Node, Edge)

CHUNK = 50_000  # records held in memory at once, about 100 MB


def by_id(items: Iterable[Item], chunk: int = CHUNK) -> Iterator[Item]:
    """The items ordered by id."""
    return ordered(items, attrgetter("id"), to_line, _from_line, chunk)


def ordered(
    items: Iterable[T],
    key: Callable[[T], Any],
    to_text: Callable[[T], str],
    from_text: Callable[[str], T],
    chunk: int = CHUNK,
) -> Iterator[T]:
    """The items in the order of their keys; beyond ``chunk`` of them, sorted pieces wait in temporary files.

    ``to_text`` makes a line of an item, and ``from_text`` an item of that. Databases sort too, but within memory limits
    of their own that a large graph exceeds.
    """

    def spill(held: list[T]) -> Iterator[T]:
        file = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115
        file.writelines(to_text(item) + "\n" for item in sorted(held, key=key))
        file.seek(0)
        return map(from_text, file)

    with ExitStack() as files:
        pieces: list[Iterator[T]] = []
        held: list[T] = []
        for item in items:
            held.append(item)
            if len(held) >= chunk:
                pieces.append(spill(held))
                held = []
        yield from heapq.merge(*pieces, sorted(held, key=key), key=key)


def _from_line(line: str) -> Any:
    return from_dict(json.loads(line))
