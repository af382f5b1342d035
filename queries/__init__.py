"""Queries: canned questions in packs, and ways to explore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from narragraph.graph.stores.base import Rows, Store


def query(store: Store, name: str, /, **parameters: Any) -> Rows:
    """Rows of the canned query ``name``; parameters as ``narragraph query show NAME`` lists them.

    Raises UnknownQuery, ParameterError, AmbiguousName, NothingFound or QueryFailed.
    """
    from narragraph.queries import pack, runner

    with store.view() as view:
        return runner.run(view, pack.find(name, pack.load_packs()), parameters).rows
