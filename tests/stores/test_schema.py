"""Names, aliases and sentences are found by their words, by the indexes that the program makes in each database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase
from neo4j_server import Address
from small_graphs import actor, bundle, document, edge

from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Store
from narragraph.graph.stores.embedded import EmbeddedStore

DOC, OTHER = document("a"), document("b")
ANN, BEN = actor("ann", "Zoë", "The Judge"), actor("ben")
TOLD = edge("ACCUSES", ANN, BEN, DOC)
Search = Callable[[str], set[str]]


def check(store: Store, names: Search, sentences: Search) -> None:
    with store.writer() as writer:
        writer.put_all([bundle(DOC, ANN, BEN, TOLD), bundle(OTHER, BEN, edge("DENIES", BEN, BEN, OTHER))])
    assert [names(word) for word in ("ann", "zoë", "judge", "jud")] == [{ANN.id}, {ANN.id}, {ANN.id}, set()]
    assert names("document") == {DOC.id, OTHER.id}
    assert len(sentences("so")) == 2
    with store.writer() as writer:
        writer.put(bundle(DOC, actor("ann", "Eve"), edge("DENIES", ANN, ANN, DOC)))
        writer.remove(OTHER.id)
    assert [names(word) for word in ("ann", "eve", "judge", "ben")] == [{ANN.id}, {ANN.id}, set(), set()]
    assert len(sentences("so")) == 1


def test_the_embedded_store_finds_words(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        assert isinstance(store, EmbeddedStore)

        def search(type: str, *indexes: str) -> Search:
            found = " OR ".join(f"SEARCH_INDEX('{type}[{name}]', :word) = true" for name in indexes)
            query = f"SELECT id FROM {type} WHERE {found}"
            return lambda word: {row["id"] for row in store._database.query("sql", query, {"word": word}).to_list()}

        check(store, search("Narragraph", "name", "aliasesbyitem"), search("Attestation", "sentence"))


@pytest.mark.server
def test_neo4j_finds_words(neo4j_address: Address) -> None:
    with (
        open_store(neo4j_address.uri, create=True) as store,
        GraphDatabase.driver(neo4j_address.uri, auth=(neo4j_address.username, neo4j_address.password)) as driver,
    ):

        def search(kind: str, index: str) -> Search:
            one = kind.lower().removesuffix("s")
            query: Any = f"CALL db.index.fulltext.query{kind}($index, $word) YIELD {one} RETURN {one}.id AS id"

            def found(word: str) -> set[str]:
                driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
                return {row["id"] for row in driver.execute_query(query, index=index, word=word).records}

            return found

        name = "narragraph_2_label_Narragraph"
        check(store, search("Nodes", f"{name}_names"), search("Relationships", f"{name}_sentences"))
