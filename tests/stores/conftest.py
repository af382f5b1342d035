"""Every store that the contract holds for, empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Store
from narragraph.graph.stores.memory import MemoryStore

SERVERS = {"neo4j": "neo4j_without_nodes", "newest-neo4j": "newest_neo4j_without_nodes"}
CYPHER = ["embedded", *(pytest.param(name, marks=pytest.mark.server) for name in SERVERS)]


@pytest.fixture(params=["memory", *CYPHER])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Any store."""
    with _opened(request, tmp_path) as opened:
        yield opened


@pytest.fixture(params=CYPHER)
def cypher_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Any store that answers Cypher."""
    with _opened(request, tmp_path) as opened:
        yield opened


def _opened(request: pytest.FixtureRequest, folder: Path) -> Store:
    if request.param == "memory":
        return MemoryStore()
    url = folder / "store" if request.param == "embedded" else request.getfixturevalue(SERVERS[request.param]).uri
    return open_store(url, create=True)
