"""Stores: one contract (``base``), one module for each database; ``open_store`` opens any of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from urllib.parse import urlsplit

from narragraph.errors import StoreError, UsageError
from narragraph.graph.stores.base import Store
from narragraph.graph.stores.findings import Finding, fine, wrong

__all__ = ["DEFAULT", "Store", "examine_store", "open_store", "upgrade_store"]

DEFAULT = "./narragraph-store"
#: Packages that bring a kind of store name its scheme here, and a function with the signature of ``open_store``.
ENTRY_POINTS = "narragraph.stores"
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def open_store(
    url: str | os.PathLike[str] | None = None, *, create: bool = False, readonly: bool = False, wait: float = 0
) -> Store:
    """Open the store at ``url``.

    Args:
        url: A folder (the embedded store), a server's address (``bolt://host:7687``, ``neo4j+s://…``), or the word
            ``neo4j`` for the server that ``NEO4J_URI`` names; None takes ``NARRAGRAPH_STORE``, else
            ``./narragraph-store``. User, password and database of a server come from ``NEO4J_USERNAME``,
            ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE``.
        create: Make the store if nothing stands there.
        readonly: Open it for reading only; several processes may then read the same folder at once.
        wait: Seconds to wait for another process that holds the folder.

    Raises:
        UsageError: The address is of no known kind, or carries a password.
        StoreError: One of its kinds, when the store is not to be had.
    """
    place = _place(url)
    scheme = _scheme(place)
    if scheme is None:
        from narragraph.graph.stores.embedded import open_embedded

        return open_embedded(Path(place), create=create, readonly=readonly, wait=wait)
    if scheme in _SCHEMES:
        from narragraph.graph.stores.neo4j import open_neo4j

        return open_neo4j(place, create=create, readonly=readonly)
    opened: Store = _installed(scheme).load()(place, create=create, readonly=readonly, wait=wait)
    return opened


def examine_store(url: str | os.PathLike[str] | None = None) -> Iterable[Finding]:
    """Look into the store at ``url`` step by step, whatever is wrong with it.

    Raises UsageError where the address is of no known kind.
    """
    place = _place(url)
    scheme = _scheme(place)
    if scheme is None:
        from narragraph.graph.stores import embedded_check

        return embedded_check.examine(Path(place))
    if scheme in _SCHEMES:
        from narragraph.graph.stores import neo4j_check

        return neo4j_check.examine(place)
    try:
        with open_store(place, readonly=True) as store:
            return [fine("store", f"{store.kind} can be opened")]
    except StoreError as error:
        return [wrong("store", error)]


def upgrade_store(url: str | os.PathLike[str] | None = None, *, wait: float = 0) -> tuple[int, int]:
    """Bring the store at ``url`` to the format that this version reads and writes; its format before and now.

    Raises UsageError where the address is of no kind that we upgrade, StoreVersionError for a later format, and other
    kinds of StoreError where the store is not to be had.
    """
    place = _place(url)
    scheme = _scheme(place)
    if scheme is None:
        from narragraph.graph.stores.embedded import upgrade_embedded

        return upgrade_embedded(Path(place), wait=wait)
    if scheme in _SCHEMES:
        from narragraph.graph.stores.neo4j import upgrade_neo4j

        return upgrade_neo4j(place)
    raise UsageError(f"Stores at {scheme}:// are not ours to upgrade.")


def _place(url: str | os.PathLike[str] | None) -> str:
    """The folder or the address that is meant. Raises UsageError for what is neither."""
    place = os.fspath(url) if url is not None else os.environ.get("NARRAGRAPH_STORE") or DEFAULT
    if place == "neo4j":
        place = os.environ.get("NEO4J_URI", "")
        if not place:
            raise UsageError("The store neo4j is the server that NEO4J_URI names, and NEO4J_URI is not set.")
    scheme = _scheme(place)
    if scheme is not None:
        _check_address(place, scheme)
    return place


def _scheme(place: str) -> str | None:
    """What stands before ``://``; None for a folder."""
    scheme, colon, _ = place.partition("://")
    return scheme if colon else None


def _installed(scheme: str) -> EntryPoint:
    """The opener of a kind of store that another package brings. Raises UsageError where none does."""
    for entry in entry_points(group=ENTRY_POINTS, name=scheme):
        return entry
    raise UsageError(f"{scheme}:// is no kind of store.", hint=f"Known are a folder's path and {', '.join(_SCHEMES)}.")


def _check_address(url: str, scheme: str) -> None:
    """Raise UsageError for what is no address; one that carries more than host and port is never repeated."""
    if "@" in url or "?" in url or "#" in url:
        raise UsageError(
            "The address of a store is scheme, host and port only.",
            hint="User, password and database come from NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.",
        )
    if scheme not in _SCHEMES:
        _installed(scheme)
        return
    try:
        parts = urlsplit(url)
        complete = bool(parts.hostname) and parts.port != 0 and parts.path in ("", "/")
    except ValueError:
        complete = False
    if not complete:
        raise UsageError(f"{url} is not the address of a server.", hint="Such as bolt://localhost:7687")
