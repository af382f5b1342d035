"""A real Neo4j server for all tests, started once and only when a test asks for it.

``NARRAGRAPH_TEST_NEO4J_URI`` (with ``NARRAGRAPH_TEST_NEO4J_USERNAME`` and ``…_PASSWORD``) names one that tests may
fill and wipe; it must be empty. ``NEO4J_URI``, a user's own server, is never used.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import neo4j_server
import pytest
from hypothesis import settings
from neo4j import Driver, GraphDatabase
from parts import missing

settings.register_profile("ci", derandomize=True)  # a run can be repeated; developers' runs look for new examples
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def neo4j_test_server() -> Iterator[neo4j_server.Address]:
    given = os.environ.get("NARRAGRAPH_TEST_NEO4J_URI")
    if given:
        address = neo4j_server.Address(
            given,
            os.environ.get("NARRAGRAPH_TEST_NEO4J_USERNAME", "neo4j"),
            os.environ.get("NARRAGRAPH_TEST_NEO4J_PASSWORD", ""),
        )
        with _driver(address) as driver:
            if driver.execute_query("MATCH (n) RETURN 1 LIMIT 1").records:
                pytest.exit(f"NARRAGRAPH_TEST_NEO4J_URI ({given}) is not empty; tests would wipe it.", returncode=3)
        yield address
        return
    reason = neo4j_server.lacking()
    if reason:
        missing(f"no Neo4j server: {reason}, and NARRAGRAPH_TEST_NEO4J_URI names none")
    with neo4j_server.running() as address:
        yield address


@pytest.fixture(scope="session")
def newest_neo4j_test_server() -> Iterator[neo4j_server.Address]:
    """The newest Neo4j, which needs a newer Java than the one for long support: skipped where that is missing."""
    if reason := neo4j_server.lacking(neo4j_server.NEWEST):
        pytest.skip(f"no Neo4j {neo4j_server.NEWEST.version}: {reason}")
    with neo4j_server.running(neo4j_server.NEWEST) as address:
        yield address


@pytest.fixture
def neo4j_without_nodes(
    neo4j_test_server: neo4j_server.Address, monkeypatch: pytest.MonkeyPatch
) -> neo4j_server.Address:
    """A Neo4j without nodes; constraints of ours may stand. User and password are in the environment."""
    return _emptied(neo4j_test_server, monkeypatch)


@pytest.fixture
def newest_neo4j_without_nodes(
    newest_neo4j_test_server: neo4j_server.Address, monkeypatch: pytest.MonkeyPatch
) -> neo4j_server.Address:
    """The same of the newest version."""
    return _emptied(newest_neo4j_test_server, monkeypatch)


def _emptied(address: neo4j_server.Address, monkeypatch: pytest.MonkeyPatch) -> neo4j_server.Address:
    monkeypatch.setenv("NEO4J_USERNAME", address.username)
    monkeypatch.setenv("NEO4J_PASSWORD", address.password)
    monkeypatch.delenv("NEO4J_DATABASE", raising=False)
    with _driver(address) as driver, driver.session() as session:
        # pieces, for all at once may exceed the server's memory; they need a transaction that the server makes itself
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS").consume()
    return address


@pytest.fixture
def neo4j_address(neo4j_without_nodes: neo4j_server.Address) -> Iterator[neo4j_server.Address]:
    """An empty Neo4j, without constraints either. User and password are in the environment."""
    _drop_schema(neo4j_without_nodes)
    yield neo4j_without_nodes
    _drop_schema(neo4j_without_nodes)


def _drop_schema(address: neo4j_server.Address) -> None:
    with _driver(address) as driver:
        for record in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
            driver.execute_query(f"DROP CONSTRAINT `{record['name']}`")
        for record in driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").records:
            driver.execute_query(f"DROP INDEX `{record['name']}`")


def _driver(address: neo4j_server.Address) -> Driver:
    return GraphDatabase.driver(address.uri, auth=(address.username, address.password))
