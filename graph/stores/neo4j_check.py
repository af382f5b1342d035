"""Looking into a Neo4j server from the network up, until something is wrong."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator

from narragraph.errors import NarragraphError, StoreNotFound
from narragraph.graph.stores import bolt
from narragraph.graph.stores.findings import Finding, fine, warning, wrong
from narragraph.graph.stores.neo4j import Neo4jStore, unopened

_STATES = (
    "SHOW INDEXES YIELD name, state, populationPercent WHERE name STARTS WITH 'narragraph_' AND state <> 'ONLINE' "
    "RETURN name, state, toInteger(populationPercent) AS percent ORDER BY name"
)


def examine(url: str) -> Iterator[Finding]:
    """Every step on the way to the graph, in order; the first that is wrong ends it."""
    store = unopened(url, readonly=False)
    try:
        yield from _examine(store)
    except NarragraphError as error:
        yield wrong("server", error)
    finally:
        store.close()


def _examine(store: Neo4jStore) -> Iterator[Finding]:
    trouble = bolt.find_trouble(store.url)
    if trouble:
        yield wrong("address", f"{trouble.reason}. {trouble.hint}")
        return
    host, port = bolt.address(store.url)
    yield fine("address", f"port {port} of {host} speaks Bolt")
    if "+s" not in store.url.partition("://")[0] and not _is_local(host):
        yield warning("encryption", "password and texts travel in the clear; +s behind the scheme asks for encryption")
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "login": (store.greet, "accepted"),
        "database": (store.ask, store.database or "the one that the server opens by itself"),
        "graph": (store.connect, "there is one of ours, and nothing else bears its labels"),
    }
    for part, (step, words) in steps.items():
        try:
            step()
        except NarragraphError as error:
            if part == "graph" and isinstance(error, StoreNotFound):
                yield warning(part, str(error))
                continue
            yield wrong(part, error)
            return
        yield fine(part, f"{words}: {store.kind}" if part == "login" else words)
    yield _writing(store)
    yield from _indexes(store)


def _writing(store: Neo4jStore) -> Finding:
    """Whether one may write, told from a write that is taken back."""
    try:
        with store.driver.session(database=store.database) as session, session.begin_transaction() as transaction:
            transaction.run("CREATE (n) DELETE n").consume()
            transaction.rollback()
    except Exception as error:
        return wrong("writing", store.failure(error))
    return fine("writing", "allowed")


def _indexes(store: Neo4jStore) -> Iterator[Finding]:
    late = store.execute(_STATES)
    for row in late:
        if row["state"] == "FAILED":
            yield wrong("indexes", f"{row['name']} has failed; drop it, and narragraph store upgrade makes it anew")
        else:
            yield warning("indexes", f"{row['name']} is still being filled ({row['percent']} %)")
    if not late:
        yield fine("indexes", "all online")


def _is_local(host: str) -> bool:
    if re.fullmatch(r"localhost|.*\.localhost", host):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
