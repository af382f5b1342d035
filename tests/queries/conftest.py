"""Every store that answers Cypher."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Store


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.server)])
def cypher_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    url = str(tmp_path / "store") if request.param == "embedded" else request.getfixturevalue("neo4j_address").uri
    with open_store(url, create=True) as store:
        yield store
