"""Neo4j slow, silent, cut off, stopped, killed, and back, in the midst of a load."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest
from conditions import ROUNDS, Database, Material
from loading import Told, ending, load, loading, read_lines
from many_records import DOCUMENTS
from neo4j_server import Server, restartable
from proxy import Proxy, way_to

from narragraph.graph.stores import open_store

pytestmark = [pytest.mark.slow, pytest.mark.server]


@pytest.fixture
def way(database: Database) -> Iterator[Proxy]:
    """The way to it."""
    with way_to(database.url) as proxy:
        yield proxy


def test_a_slow_server_is_waited_for(database: Database, way: Proxy, material: Material) -> None:
    way.delay = 0.005
    assert load(material.folders[1], way.url)["documents"]["new"] == DOCUMENTS
    material.check_whole(database, 1)


@pytest.mark.parametrize("round", range(ROUNDS // 2))
def test_a_load_that_is_cut_off_goes_on_by_itself(
    database: Database, way: Proxy, material: Material, round: int
) -> None:
    chance = random.Random(f"cut {round}")
    with loading(material.folders[1], way.url) as process:
        told = ""
        for _ in range(chance.randint(1, 3)):
            told += read_lines(process, chance.randint(1, DOCUMENTS // 4))
            time.sleep(chance.uniform(0, 0.06))
            way.cut()
            time.sleep(chance.uniform(0, 1.5))
            way.mend()
        rest, complaint = ending(process)
    assert process.returncode == 0, complaint
    assert len(Told.read(told + rest).stored) == DOCUMENTS
    material.check_whole(database, 1)


def test_a_load_that_stays_cut_off_ends_with_the_reason_and_can_be_finished_later(
    database: Database, way: Proxy, material: Material
) -> None:
    with loading(material.folders[1], way.url, patience=3) as process:
        lines = read_lines(process, 10)
        way.cut()
        rest, complaint = ending(process, within=30)
    assert process.returncode == 3
    first, *_, last = complaint.splitlines()
    assert first == f"The server at {way.url} is away or busy. Trying again for 3 seconds at most."
    assert last.startswith(f"Error: The server at {way.url} does not answer: nothing listens")
    assert "Transaction failed" not in complaint
    told = Told.read(lines + rest)
    assert told.summary  # also of a load that failed
    assert told.summary["documents"]["new"] == len(told.stored) >= 10
    way.mend()
    database.settle()
    stored = material.check(database, {}, 1, told)
    assert load(material.folders[1], way.url)["documents"]["unchanged"] == len(stored)
    material.check_whole(database, 1)


@pytest.mark.parametrize("delivered", [False, True], ids=["before the server", "after the server"])
def test_a_commit_whose_answer_is_lost_is_done_once(
    database: Database, way: Proxy, material: Material, delivered: bool
) -> None:
    material.put(database, 1)
    some = next(iter(material.fingerprints[1]))
    newer = material.bundles[material.fingerprints[2][some]]
    with open_store(way.url) as store, store.writer() as writer:
        way.lose_a_commit(delivered=delivered)
        writer.put(newer)
        with store.view() as view:
            assert view.document_hashes()[some] == newer.fingerprint
        way.lose_a_commit(delivered=delivered)
        assert writer.remove(some)
        assert not writer.remove(some)
        way.lose_a_commit(delivered=delivered)
        writer.put(material.bundles[material.fingerprints[1][some]])
    material.check_whole(database, 1)


@pytest.fixture(scope="module")
def frail_server() -> Iterator[Server]:
    """A server to be stopped; it tells its clients that silence of some seconds means that it is gone."""
    with restartable(
        settings="server.bolt.connection_keep_alive=2s\nserver.bolt.connection_keep_alive_probes=2\n"
    ) as server:
        yield server


@pytest.fixture
def frail(frail_server: Server, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Its database, empty."""
    monkeypatch.setenv("NEO4J_USERNAME", frail_server.address.username)
    monkeypatch.setenv("NEO4J_PASSWORD", frail_server.address.password)
    place = Database(frail_server.address)
    place.clear()
    return place


def test_a_connection_that_falls_silent_is_given_up_and_made_again(frail: Database, material: Material) -> None:
    with way_to(frail.url) as way, loading(material.folders[1], way.url) as process:
        lines = read_lines(process, 10)
        way.fall_silent()
        rest, complaint = ending(process, within=60)
    assert process.returncode == 0, complaint
    assert len(Told.read(lines + rest).stored) == DOCUMENTS
    material.check_whole(frail, 1)


@pytest.mark.parametrize("how", ["stop", "kill"])
@pytest.mark.parametrize("round", range(max(1, ROUNDS // 10)))
def test_a_load_goes_on_when_the_server_starts_again(
    frail_server: Server, frail: Database, material: Material, how: str, round: int
) -> None:
    material.put(frail, 1)
    chance = random.Random(f"{how} {round}")
    with loading(material.folders[2], frail.url, patience=180) as process:  # machines that test are busy
        told = read_lines(process, chance.randrange(DOCUMENTS - 5))
        time.sleep(chance.uniform(0, 0.06))
        getattr(frail_server, how)()
        frail_server.start()
        rest, complaint = ending(process, within=300)
    assert process.returncode == 0, complaint
    assert len(Told.read(told + rest).stored) == DOCUMENTS
    material.check_whole(frail, 2)
