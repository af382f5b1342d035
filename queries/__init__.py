"""Queries: canned questions in packs, and ways to explore."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

    from narragraph.graph.stores.base import Rows, Store


def query(
    store: Store,
    name: str,
    /,
    *,
    packs: Sequence[str | PathLike[str]] = (),
    fold: bool = True,
    timeout: float | None = None,
    **parameters: Any,
) -> Rows:
    """Rows of the canned query ``name``; parameters and filters as ``narragraph query show NAME`` lists them.

    ``packs`` are folders with queries of your own. Without ``fold`` a government does not count as its country.
    ``timeout`` is in seconds. Raises UnknownQuery, ParameterError, AmbiguousName, NothingFound, OntologyError or
    QueryFailed.
    """
    from pathlib import Path

    from narragraph.queries import pack, runner

    chosen = pack.find(name, pack.load_packs([Path(folder) for folder in packs]))
    with store.view() as view:
        return runner.run(view, chosen, parameters, fold=fold, timeout=timeout).rows


def frame(store: Store, name: str, /, **options: Any) -> pandas.DataFrame:
    """The same as ``query``, as a pandas DataFrame. Raises UsageError, too, where pandas is missing."""
    from narragraph.errors import UsageError

    try:
        import pandas
    except ImportError:
        raise UsageError("A frame needs pandas.", hint="pip install 'narragraph[tables]'") from None
    rows = query(store, name, **options)
    return pandas.DataFrame.from_records(rows.rows, columns=list(rows.columns))
