"""What disturbed loads load, where to, and what must stand there afterwards.

``NARRAGRAPH_TORTURE`` is how often each disturbance is repeated; ``make torture`` sets it to 100.
"""

from __future__ import annotations

import os
import shutil
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import many_records
from loading import Told
from neo4j import GraphDatabase
from neo4j_server import Address

from narragraph.errors import StoreNotFound
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Bundle

ROUNDS = int(os.environ.get("NARRAGRAPH_TORTURE", "6"))


@dataclass(frozen=True)
class Material:
    """Reports in two versions: a folder of records for each, and the bundles that come of them by fingerprint."""

    folders: dict[int, Path]
    bundles: dict[str, Bundle]
    fingerprints: dict[int, dict[str, str]]  # version → root → fingerprint

    def put(self, place: Place, version: int) -> None:
        """Store a version without any disturbance."""
        with open_store(place.url, create=True) as store, store.writer() as writer:
            writer.put_all([self.bundles[fingerprint] for fingerprint in self.fingerprints[version].values()])

    def check(self, place: Place, before: dict[str, str], version: int, told: Told) -> list[str]:
        """Hold what stands there after a disturbed load against what may: the ids of documents that it stored.

        Each document is there in its new version, or as it was ``before`` (root → fingerprint) unless the load told
        that it was stored; and nothing is there but what these documents hold.
        """
        new = self.fingerprints[version]
        try:
            store = open_store(place.url, readonly=True)
        except StoreNotFound:
            assert not told.stored
            assert not before
            return []
        with store, store.view() as view:
            hashes = view.document_hashes()
            assert {id: hashes.get(id) for id in told.stored} == {id: new[id] for id in told.stored}
            assert all(hashes[id] in (new[id], before.get(id)) for id in hashes)
            assert set(before) <= set(hashes)
            records = many_records.lines(view)
            assert records == many_records.expected(self.bundles, hashes.values())
        place.examine(records)
        return [id for id in hashes if hashes[id] == new[id]]

    def whole(self, version: int) -> list[str]:
        """The records of a store that holds a version."""
        return many_records.expected(self.bundles, self.fingerprints[version].values())

    def check_whole(self, place: Place, version: int) -> None:
        """Hold a store, record by record, against an undisturbed one that holds a version."""
        whole = self.fingerprints[version]
        assert len(self.check(place, {}, version, Told(set(whole), None))) == len(whole)


class Place(ABC):
    """Where a store is, or will be."""

    url: str

    @abstractmethod
    def clear(self) -> None:
        """Have nothing stand there."""

    @abstractmethod
    def settle(self) -> None:
        """Wait until what a killed program asked for is done or undone."""

    @abstractmethod
    def examine(self, records: list[str]) -> None:
        """Look below the contract for traces that its queries would not show."""


class Folder(Place):
    """Of an embedded store."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = str(path)

    def clear(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def settle(self) -> None:
        """The system ended it with all its threads."""

    def examine(self, records: list[str]) -> None:
        with open_store(self.path) as store:
            database: Any = store._database  # type: ignore[attr-defined]
            (found,) = database.command("sql", "CHECK DATABASE").to_list()
            counts = ("Errors", "Warnings", "CorruptedRecords", "ConstraintViolations", "UndecodableRecords")
            assert [found[f"total{name}"] for name in counts] == [0] * len(counts), found
            stored = [
                database.query("sql", f"SELECT count(*) AS n FROM {type}").to_list()[0]["n"]
                for type in ("Narragraph", "Attestation")
            ]
        assert sum(stored) == len(records)


class Database(Place):
    """Of a Neo4j server. ``url`` may be a way around to it."""

    def __init__(self, address: Address, url: str = "") -> None:
        self.address = address
        self.url = url or address.uri

    def clear(self) -> None:
        self.settle()
        self._ask("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS")
        for name in self._ask("SHOW CONSTRAINTS YIELD name"):
            self._ask(f"DROP CONSTRAINT `{name}`")
        for name in self._ask("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"):
            self._ask(f"DROP INDEX `{name}`")

    def settle(self) -> None:
        end = time.monotonic() + 30
        while self._ask("SHOW TRANSACTIONS YIELD currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW' RETURN 1"):
            assert time.monotonic() < end, "a transaction of a program that is gone does not end"
            time.sleep(0.02)

    def examine(self, records: list[str]) -> None:
        (nodes,), (edges,) = self._ask("MATCH (n) RETURN count(n)"), self._ask("MATCH ()-[r]->() RETURN count(r)")
        assert nodes + edges == len(records)

    def _ask(self, cypher: str) -> list[Any]:
        auth = (self.address.username, self.address.password)
        with GraphDatabase.driver(self.address.uri, auth=auth) as driver, driver.session() as session:
            return [record[0] for record in session.run(cypher)]
