"""Narragraph: a knowledge graph of actors and narratives, in which every edge opens the sentence that says it.

>>> import narragraph
>>> with narragraph.open_store("./case", create=True) as store:
...     summary = narragraph.load(narragraph.extract("articles/"), store)
...     rows = narragraph.query(store, "who-accuses-whom")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narragraph.graph.ingest import load as load
    from narragraph.graph.model import Edge as Edge
    from narragraph.graph.model import Node as Node
    from narragraph.graph.stores import open_store as open_store
    from narragraph.loaders import extract as extract
    from narragraph.queries import query as query

__version__ = "0.1.0"

_HOMES = {
    "Edge": "narragraph.graph.model",
    "Node": "narragraph.graph.model",
    "extract": "narragraph.loaders",
    "load": "narragraph.graph.ingest",
    "open_store": "narragraph.graph.stores",
    "query": "narragraph.queries",
}

__all__ = ["Edge", "Node", "__version__", "extract", "load", "open_store", "query"]


def __getattr__(name: str) -> object:
    """Import a public name from its room when it is first asked for: no command pays for what it does not use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
