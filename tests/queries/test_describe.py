"""What query show writes for Neo4j Browser and shell."""

from __future__ import annotations

from typing import Any

import pytest

from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Store
from narragraph.queries.describe import literal

HOSTILE = [
    'x"; MATCH (n) DETACH DELETE n //',
    "\\u0022 + 1",
    "end\\",
    "q\"'`",
    "\x1b[31m\n\u2028",
    "Борис 😀",
    "",
    "$a",
]


@pytest.mark.parametrize("value", [*HOSTILE, None, True, 3, 0.5, [], HOSTILE, {"a`b c": HOSTILE, "d": {}}])
def test_values_are_written_so_that_they_mean_themselves(cypher_store: Store, value: Any) -> None:
    written = literal(value)
    assert written.isprintable()
    with cypher_store.view() as view:
        assert view.run(f"RETURN {written} AS value").rows == [(value,)]


@pytest.mark.server
def test_no_key_ends_what_is_written(neo4j_address: Any) -> None:
    value = {"\\u0060: 1} AS x MATCH (n) DETACH DELETE n //": 1}
    with open_store(neo4j_address.uri, create=True) as store, store.view() as view:
        assert view.run(f"RETURN {literal(value)} AS value").rows == [(value,)]
