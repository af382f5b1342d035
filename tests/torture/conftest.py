"""Material and places for loads that are disturbed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import many_records
import pytest
from conditions import Database, Folder, Material, Place
from neo4j_server import Address


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("reports")
    folders = {version: folder / str(version) for version in (1, 2)}
    fingerprints = {}
    for version, place in folders.items():
        many_records.write_reports(place, version)
        found = many_records.bundles(version)
        fingerprints[version] = {bundle.root.id: fingerprint for fingerprint, bundle in found.items()}
    return Material(folders, many_records.bundles(1, 2), fingerprints)


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.server)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where no store stands yet, of either kind."""
    if request.param == "embedded":
        yield Folder(tmp_path / "store")
        return
    yield request.getfixturevalue("database")


@pytest.fixture
def database(neo4j_without_nodes: Address) -> Iterator[Database]:
    """An empty one of a Neo4j, without constraints either."""
    place = Database(neo4j_without_nodes)
    place.clear()
    yield place
    place.clear()
