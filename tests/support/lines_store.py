"""A store of another package: a file of JSON lines, one for each document, read when opened and written when closed."""

from __future__ import annotations

import json
from pathlib import Path

from narragraph.errors import StoreNotFound
from narragraph.graph.records import from_dict, to_dict
from narragraph.graph.stores.base import Store, StoredBundle
from narragraph.graph.stores.memory import MemoryStore


def open_lines(url: str, *, create: bool = False, readonly: bool = False, wait: float = 0) -> Store:
    """Open the file behind ``lines://``."""
    path = Path(url.partition("://")[2])
    if not path.exists() and not create:
        raise StoreNotFound(f"There is no file {path}.")
    return LinesStore(url, path)


class LinesStore(MemoryStore):
    kind = "lines of JSON"

    def __init__(self, url: str, path: Path) -> None:
        super().__init__()
        self.url = url
        self._path = path
        bundles = [_bundle(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
        self.writer().put_all(bundles)

    def close(self) -> None:
        with self.view() as view, open(self._path, "w", encoding="utf-8") as file:
            for bundle in view.bundles():
                records = [*map(to_dict, bundle.nodes), *map(to_dict, bundle.edges)]
                file.write(json.dumps([bundle.root.id, bundle.fingerprint, records]) + "\n")


def _bundle(line: str) -> StoredBundle:
    root, fingerprint, dicts = json.loads(line)
    nodes = [from_dict(one) for one in dicts if one["record"] == "node"]
    edges = [from_dict(one) for one in dicts if one["record"] == "edge"]
    return StoredBundle(next(node for node in nodes if node.id == root), nodes, edges, fingerprint)  # type: ignore[arg-type]
