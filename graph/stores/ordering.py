"""Graphs of any size in the order of their ids, with bounded memory."""

from __future__ import annotations

import heapq
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from operator import attrgetter
from typing import TypeVar, cast

from narragraph.graph.model import Edge, Node
from narragraph.graph.records import from_dict, to_line

Item = TypeVar("Item", Node, Edge)

CHUNK = 50_000  # records held in memory at once, about 100 MB


def by_id(items: Iterable[Item], chunk: int = CHUNK) -> Iterator[Item]:
    """The items ordered by id; beyond ``chunk`` of them, sorted pieces wait in temporary files.

    Databases sort too, but within memory limits of their own that a large graph exceeds.
    """
    with ExitStack() as files:
        pieces: list[Iterator[Item]] = []
        held: list[Item] = []
        for item in items:
            held.append(item)
            if len(held) >= chunk:
                pieces.append(_spilled(held, files))
                held = []
        held.sort(key=attrgetter("id"))
        yield from heapq.merge(*pieces, held, key=attrgetter("id"))


def _spilled(items: list[Item], files: ExitStack) -> Iterator[Item]:
    file = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))  # noqa: SIM115
    file.writelines(to_line(item) + "\n" for item in sorted(items, key=attrgetter("id")))
    file.seek(0)
    return (cast(Item, from_dict(json.loads(line))) for line in file)
