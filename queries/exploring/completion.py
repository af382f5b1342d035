"""Names and types for the shell's completion: quick, and silent whatever goes wrong.

Opening an embedded store takes a second, so the names are kept in a file of its folder, ``names.tsv``, until the graph
changes. A store that is not there, locked or of another version completes nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from narragraph.queries.exploring.names import NAMED, plain

KEPT = "names.tsv"
_MOST = 100  # names that are offered at once
_PLAIN = re.compile(r"[^\w.,:/@%+=-]")  # what a shell would read as something else


def names_like(url: str, begun: str) -> list[tuple[str, str]]:
    """Names in a store that begin so, or of which a word does, with their types; case and accents do not matter.

    They are quoted as the shell that asks needs them. Nothing, where the store is not to be had.
    """
    try:
        known = _names(url)
    except Exception:  # nobody who presses a key wants to be told
        return []
    wanted = plain(begun)
    fitting = [(name, type) for name, type in known if f" {wanted}" in f" {plain(name)}"]
    fitting.sort(key=lambda item: (not plain(item[0]).startswith(wanted), item[0]))
    return [(_quoted(name), type) for name, type in fitting[:_MOST]]


def types_like(begun: str) -> list[str]:
    """Types of relations that begin so, also behind a comma."""
    from narragraph.ontology.schema import load_schema

    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{name}" for name in sorted(load_schema().edge_types) if name.startswith(last.upper())]


def _names(url: str) -> list[tuple[str, str]]:
    """Names of a store with their types."""
    from narragraph.graph.stores import open_store

    folder = Path(url)
    kept = folder / KEPT
    with contextlib.suppress(OSError):
        if kept.stat().st_mtime_ns >= max(file.stat().st_mtime_ns for file in (folder / "graph").iterdir()):
            lines = kept.read_text("utf-8").splitlines()
            return [(name, type) for name, _, type in (line.partition("\t") for line in lines)]
    with open_store(url, readonly=True) as store, store.view() as view:
        rows = view.run(NAMED).rows
    found = [(" ".join(row[2].split()), row[1]) for row in rows]
    if folder.is_dir():
        with contextlib.suppress(OSError):
            draft = folder / f".{KEPT}.{os.getpid()}"
            draft.write_text("".join(f"{name}\t{type}\n" for name, type in found), "utf-8")
            draft.replace(kept)
    return found


def _quoted(name: str) -> str:
    """As bash needs it, which puts what it gets into the line as it is; the other shells quote by themselves."""
    if not os.environ.get("_NARRAGRAPH_COMPLETE", "").startswith("bash"):
        return name
    words = os.environ.get("COMP_WORDS", "")
    if words.count('"') % 2 or words.count("'") % 2:  # the word is begun in quotes
        return name
    return _PLAIN.sub(lambda char: f"\\{char[0]}", name)
