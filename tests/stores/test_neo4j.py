"""What may be wrong with a Neo4j, told in plain words and without the password."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase
from neo4j_server import Address
from small_graphs import actor, bundle, document, mention

from narragraph.errors import (
    NotAStore,
    QueryFailed,
    StoreError,
    StoreNotFound,
    StoreRefused,
    StoreUnavailable,
    StoreVersionError,
)
from narragraph.graph.stores import open_store, upgrade_store

PASSWORD = "a-secret-of-mine"
DOC, ANN = document("a"), actor("ann")


@pytest.fixture
def driver(neo4j_address: Address) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j_address.uri, auth=(neo4j_address.username, neo4j_address.password)) as driver:
        yield driver


def test_a_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"bolt://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(
            StoreUnavailable, match=rf"{url} does not answer: nothing listens on port .* Is the server running"
        ) as caught:
            open_store(url)
    assert PASSWORD not in str(caught.value)


@pytest.mark.slow
def test_an_open_port_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narragraph.graph.stores.neo4j._GREETING_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            open_store(f"bolt://127.0.0.1:{silent.getsockname()[1]}")
    assert time.monotonic() - began < 8


def test_a_host_that_does_not_exist_is_named() -> None:
    with pytest.raises(StoreUnavailable, match=r"bolt://nowhere\.invalid:7687 does not answer"):
        open_store("bolt://nowhere.invalid:7687")


@pytest.mark.server
def test_a_wrong_password_is_refused_and_never_repeated(
    neo4j_address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    with pytest.raises(StoreRefused, match="NEO4J_PASSWORD") as caught:
        open_store(neo4j_address.uri)
    assert PASSWORD not in str(caught.value)
    monkeypatch.delenv("NEO4J_PASSWORD")
    with pytest.raises(StoreRefused):
        open_store(neo4j_address.uri)


@pytest.mark.server
def test_an_encrypted_connection_to_a_plain_server_is_told(neo4j_address: Address) -> None:
    with pytest.raises(StoreUnavailable, match=r"does not encrypt its connections\. Use bolt://"):
        open_store(neo4j_address.uri.replace("bolt://", "bolt+s://"))


@pytest.mark.server
def test_a_database_that_does_not_exist_is_told(neo4j_address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "elsewhere")
    with pytest.raises(StoreNotFound, match="database elsewhere"):
        open_store(neo4j_address.uri)


@pytest.mark.server
def test_an_empty_database_becomes_a_store_only_when_asked_for(neo4j_address: Address, driver: Driver) -> None:
    with pytest.raises(StoreNotFound, match="holds no graph of ours"):
        open_store(neo4j_address.uri)
    assert constraints(driver) == []
    with open_store(neo4j_address.uri, create=True) as store, store.writer() as writer:
        writer.put(bundle(DOC, ANN, mention(DOC, ANN)))
    assert constraints(driver) == [
        "narragraph_2_label_Actor",
        "narragraph_2_label_Document",
        "narragraph_2_label_Narragraph",
        "narragraph_2_type_MENTIONS",
    ]
    with open_store(neo4j_address.uri) as store, store.view() as view:
        assert len(list(view.nodes())) == 2
        assert store.kind.startswith("Neo4j ")


@pytest.mark.server
def test_the_word_neo4j_means_the_server_of_the_environment(
    neo4j_address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", neo4j_address.uri)
    with open_store("neo4j", create=True) as store:
        assert store.url == neo4j_address.uri


@pytest.mark.server
def test_a_graph_of_a_later_format_is_refused(neo4j_address: Address, driver: Driver) -> None:
    driver.execute_query("CREATE CONSTRAINT narragraph_9_label_Actor FOR (n:Actor) REQUIRE n.id IS UNIQUE")
    with pytest.raises(StoreVersionError, match="format 9"):
        open_store(neo4j_address.uri, create=True)


@pytest.mark.server
@pytest.mark.parametrize("broken_off", [[], ["label_Narragraph"], ["label_Actor", "type_MENTIONS"]])
def test_a_graph_of_an_older_format_is_upgraded(neo4j_address: Address, driver: Driver, broken_off: list[str]) -> None:
    url = neo4j_address.uri
    with open_store(url, create=True) as store, store.writer() as writer:
        writer.put(bundle(DOC, ANN, mention(DOC, ANN)))
    with open_store(url) as store:
        new = store.details().schema
    for record in driver.execute_query("SHOW CONSTRAINTS YIELD name, createStatement").records:
        driver.execute_query(f"DROP CONSTRAINT {record['name']}")
        if record["name"].removeprefix("narragraph_2_") not in broken_off:  # as upgrades leave them in the midst
            driver.execute_query(record["createStatement"].replace("narragraph_2_", "narragraph_1_"))
    driver.execute_query("DROP INDEX narragraph_names")
    with pytest.raises(StoreVersionError, match=r"format 1; .*narragraph store upgrade --store bolt://"):
        open_store(url)
    assert upgrade_store(url) == (1, 2)
    assert upgrade_store(url) == (2, 2)
    driver.execute_query("CALL db.awaitIndexes(60)")
    driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    with open_store(url) as store, store.view() as view:
        assert store.details().schema == new
        search = "CALL db.index.fulltext.queryNodes('narragraph_names', 'ann') YIELD node RETURN node.id AS id"
        assert view.run(search).rows == [("actor:ann",)]
        with store.writer() as writer:
            assert writer.remove(DOC.id)
        assert list(view.nodes()) == []


@pytest.mark.server
def test_an_empty_database_is_not_upgraded(neo4j_address: Address, driver: Driver) -> None:
    with pytest.raises(StoreNotFound, match="holds no graph of ours"):
        upgrade_store(neo4j_address.uri)
    assert constraints(driver) == []


@pytest.mark.server
def test_other_peoples_nodes_may_live_beside_ours(neo4j_address: Address, driver: Driver) -> None:
    driver.execute_query("CREATE (a:Film {id: 'actor:ann'})-[:MENTIONS {id: 1}]->(b:Film:Other)")
    with open_store(neo4j_address.uri, create=True) as store:
        with store.writer() as writer:
            writer.put(bundle(DOC, ANN, mention(DOC, ANN)))
        with store.view() as view:
            assert [node.id for node in view.nodes()] == [ANN.id, DOC.id]
            assert [edge.id for edge in view.edges()] == [mention(DOC, ANN).id]
        with store.writer() as writer:
            writer.remove(DOC.id)
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 2


@pytest.mark.server
@pytest.mark.parametrize("label", ["Narragraph", "Document", "Actor"])
def test_other_peoples_nodes_with_our_labels_are_not_mixed_with_ours(
    neo4j_address: Address, driver: Driver, label: str
) -> None:
    driver.execute_query(f"CREATE (:{label} {{name: 'foreign'}})")
    with (
        pytest.raises(NotAStore, match=f"label {label} that are not ours.*NEO4J_DATABASE"),
        open_store(neo4j_address.uri, create=True) as store,
        store.writer() as writer,
    ):
        writer.put(bundle(DOC, ANN, mention(DOC, ANN)))
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 1


@pytest.mark.server
def test_a_store_opened_to_be_read_only_gives_no_writer(neo4j_address: Address) -> None:
    open_store(neo4j_address.uri, create=True).close()
    with open_store(neo4j_address.uri, readonly=True) as store, pytest.raises(StoreError, match="read only"):
        store.writer()


@pytest.mark.server
def test_two_writers_at_once_meet_in_the_same_nodes(neo4j_address: Address) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with open_store(neo4j_address.uri, create=True) as store:

        def load(worker: int) -> None:
            with store.writer() as writer:
                for number in range(15):
                    root, people = document(f"{worker}-{number}"), [actor(f"{number}-{place}") for place in range(5)]
                    writer.put(bundle(root, *people, *(mention(root, one) for one in people)))

        store_once(store)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(load, range(4)))
        with store.view() as view:
            assert len(list(view.nodes())) == 1 + 4 * 15 + 15 * 5 + 1
            assert len(list(view.edges())) == 1 + 4 * 15 * 5


def store_once(store: Any) -> None:
    """Have labels and types made before several write."""
    with store.writer() as writer:
        writer.put(bundle(DOC, ANN, mention(DOC, ANN)))


def constraints(driver: Driver) -> list[str]:
    return [record["name"] for record in driver.execute_query("SHOW CONSTRAINTS YIELD name ORDER BY name").records]


@pytest.mark.server
def test_a_query_that_needs_too_much_memory_fails_alone(neo4j_without_nodes: Address) -> None:
    many = "UNWIND range(1, 1000) AS a UNWIND range(1, 100000) AS b"
    with open_store(neo4j_without_nodes.uri, create=True) as store, store.view() as view:
        with pytest.raises(QueryFailed, match="needs more memory than the server allows"):
            view.run(f"{many} WITH collect([a, b, a + b]) AS kept RETURN size(kept) AS n", timeout=60)
        assert view.run("RETURN 1 AS x").rows == [(1,)]
