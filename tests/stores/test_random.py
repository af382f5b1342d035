"""Random documents put, replaced and removed in random order: real stores hold what the plain one in memory does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from small_graphs import actor, appearance, bundle, document, edge

from narragraph.graph.model import Edge, Node
from narragraph.graph.records import to_line
from narragraph.graph.review import LOG, VERDICTS, Decision, decide
from narragraph.graph.review import bundle as review_log
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Bundle, Store
from narragraph.graph.stores.memory import MemoryStore

NAMES = st.sampled_from("abcde")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
WORDS = st.sampled_from(["", "Ann", "Ben"])  # so few that documents often agree
OFTEN = ("rejected", "rejected", "rejected", "undone", "undone", *VERDICTS)
VALUES = st.one_of(
    WORDS,
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(TEXTS, max_size=3),
    st.lists(st.integers(-9, 9), max_size=3),
)
PROPERTIES = st.dictionaries(st.sampled_from(["kind", "role", "note"]), VALUES, max_size=2)


@st.composite
def bundles(draw: Any) -> Bundle:
    """A document with up to two parts, and what it says of five actors and of five documents by others."""
    name = draw(NAMES)
    root = document(name, **draw(PROPERTIES))
    parts = [document(f"{name}-{number}", part_of=root.id) for number in range(draw(st.integers(0, 2)))]
    nodes: dict[str, Node] = {node.id: node for node in (root, *parts)}
    edges: dict[str, Edge] = {}

    def add(told: Edge, *ends: Node) -> None:
        edges[told.id] = told
        for end in ends:
            nodes.setdefault(end.id, end)

    for part in parts:
        add(edge("PART_OF", part, root, root))
    for _ in range(draw(st.integers(0, 5))):
        source, target = (
            replace(
                actor(draw(NAMES), *draw(st.lists(WORDS, max_size=2))), name=draw(WORDS), properties=draw(PROPERTIES)
            )
            for _ in "st"
        )
        said_in = draw(st.sampled_from([root, *parts]))
        told = edge(draw(st.sampled_from(["ACCUSES", "DENIES"])), source, target, said_in, draw(st.integers(0, 2)))
        add(replace(told, properties=draw(PROPERTIES)), source, target)
    for page in draw(st.lists(NAMES, max_size=2)):
        if page != name:
            seen = replace(draw(st.sampled_from([document, appearance]))(page), name=draw(TEXTS))
            add(edge("REVIEWS", root, seen, root), seen)
    return bundle(root, *(node for node in nodes.values() if node is not root), *edges.values())


def parts(bundle: Bundle) -> list[str]:
    """All that a bundle holds, in one order."""
    return [*sorted(map(to_line, bundle.nodes)), *sorted(map(to_line, bundle.edges)), bundle.fingerprint]


class Comparison(RuleBasedStateMachine):
    """Every step is done on both stores."""

    store: Store

    @initialize()
    def begin(self) -> None:
        self.reference = MemoryStore()
        self.log: list[Decision] = []
        with self.store.view() as view, self.store.writer() as writer:
            for root in view.document_hashes():
                writer.remove(root)

    @rule(given=bundles())
    def put_one(self, given: Bundle) -> None:
        self.put(given)

    def put(self, given: Bundle) -> None:
        for store in (self.store, self.reference):
            with store.writer() as writer:
                writer.put(given)

    @rule(given=st.lists(bundles(), max_size=4))
    def put_at_once(self, given: list[Bundle]) -> None:
        for store in (self.store, self.reference):
            with store.writer() as writer:
                writer.put_all(given)

    @rule(name=NAMES)
    def remove_one(self, name: str) -> None:
        self.remove(name)

    def remove(self, name: str) -> None:
        removed = set()
        for store in (self.store, self.reference):
            with store.writer() as writer:
                removed.add(writer.remove(f"document:{name}"))
        assert len(removed) == 1

    @rule(places=st.lists(st.integers(0, 40), min_size=1, max_size=4), verdict=st.sampled_from(OFTEN))
    def decide(self, places: list[int], verdict: str) -> None:
        """On edges that are there or were rejected; later documents may state them again, or others in their place."""
        with self.reference.view() as view:
            said = [edge for root in view.bundles() for edge in root.edges]
        for one in [said[place % len(said)] for place in places if said]:
            self.log.append(decide(one, one.source, one.target, verdict, by="Ida"))
        if self.log:
            self.put(review_log(self.log))

    @rule()
    def forget_the_first_decisions(self) -> None:
        self.log = self.log[3:]
        if self.log:
            self.put(review_log(self.log))
        else:
            self.remove(LOG.removeprefix("document:"))

    @invariant()
    def hold_the_same(self) -> None:
        with self.store.view() as view, self.reference.view() as expected:
            assert [parts(one) for one in view.bundles()] == [parts(one) for one in expected.bundles()]
            assert list(map(to_line, view.nodes())) == list(map(to_line, expected.nodes()))
            assert list(map(to_line, view.edges())) == list(map(to_line, expected.edges()))
            assert view.document_hashes() == expected.document_hashes()


def compare(store: Store, examples: int) -> None:
    machine = type("ComparisonOnStore", (Comparison,), {"store": store})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )


def test_the_embedded_store_holds_what_the_plain_one_does(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        compare(store, examples=60)


@pytest.mark.server
def test_neo4j_holds_what_the_plain_one_does(neo4j_without_nodes: Any) -> None:
    with open_store(neo4j_without_nodes.uri, create=True) as store:
        compare(store, examples=8)
