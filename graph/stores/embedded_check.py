"""Looking into an embedded store from its folder up, until something is wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from narragraph.errors import NarragraphError, StoreError, StoreLocked
from narragraph.graph.stores import jvm
from narragraph.graph.stores.embedded import open_embedded, size_on_disk
from narragraph.graph.stores.findings import Finding, fine, warning, wrong

LOW = 500 * 2**20  # bytes free on the disk below which a load may not come to its end
_GRAPH_PER_HEAP = 2  # a store may be so many times larger than Java's memory before loads into it slow down


def examine(path: Path) -> Iterator[Finding]:
    """Every step on the way to the graph, in order; the first that is wrong ends it."""
    try:
        jvm.start()
    except StoreError as error:
        yield wrong("library", error)
        return
    yield fine("library", jvm.description())
    try:
        yield from _look_inside(path)
    except StoreLocked as error:
        yield wrong("lock", error)
    except NarragraphError as error:
        yield wrong("folder", error)


def _look_inside(path: Path) -> Iterator[Finding]:
    store = open_embedded(path, readonly=True)
    with store:
        size = size_on_disk(path)
        yield fine("folder", f"a store of {_megabytes(size)}")
        faults = store.broken_edges()
    if faults:
        yield wrong("graph", f"{faults} edges are cut off from their ends. Load the documents into a new store.")
    else:
        yield fine("graph", "every edge has its ends")
    yield _rights(path)
    free = shutil.disk_usage(path).free
    words = f"{_megabytes(free)} free"
    yield warning("disk", f"nearly full: {words}") if free < LOW else fine("disk", words)
    heap = jvm.heap()
    words = f"Java may use {heap} MB"
    if size > _GRAPH_PER_HEAP * heap * 2**20:
        yield warning(
            "memory", f"{words}, little for a store of {_megabytes(size)}; NARRAGRAPH_HEAP=4096 gives it more"
        )
    else:
        yield fine("memory", words)
    try:
        open_embedded(path).close()
    except StoreLocked as error:
        yield warning("lock", error.message)
    except StoreError as error:
        yield warning("writing", str(error))
    else:
        yield fine("lock", "nobody else holds it")


def _rights(path: Path) -> Finding:
    locked = [entry for entry in (path, path / "graph", *(path / "graph").iterdir()) if not os.access(entry, os.W_OK)]
    if locked:
        return warning("writing", f"it can be read only: no right to write to {locked[0]}")
    return fine("writing", "allowed")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
