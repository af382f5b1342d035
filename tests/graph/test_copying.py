"""A graph copied from one store to another is the same, and goes on from where it broke off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from small_graphs import actor, appearance, bundle, document, edge, mention

from narragraph.errors import UsageError
from narragraph.graph import copying
from narragraph.graph.records import to_line
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Bundle, Store, Writer
from narragraph.graph.stores.memory import MemoryStore

A, B, C = document("a", sha256="1"), document("b"), document("c")
PART = document("a-1", part_of=A.id)
ANN, ANNE, EVE = actor("ann", "Annie", role="judge"), actor("ann", "Anne", born=1961), actor("eve")
GRAPH = [
    bundle(A, PART, ANN, edge("PART_OF", PART, A, A), edge("ACCUSES", ANN, ANN, PART, size=1.0), mention(A, ANN)),
    bundle(
        B, actor("ann", "Anne", born=1961), appearance("a"), mention(B, ANN), edge("REVIEWS", B, appearance("a"), B)
    ),
    bundle(C, actor("ann", "Anne", born=1961), EVE, edge("ACCUSES", EVE, ANN, C), edge("DENIES", ANN, EVE, C, 4)),
    bundle(document("alone", note="Київ\n")),
]


def put(store: Store, *bundles: Bundle) -> None:
    with store.writer() as writer:
        writer.put_all(bundles)


def exported(store: Store) -> list[str]:
    with store.view() as view:
        return [*map(to_line, view.nodes()), *map(to_line, view.edges())]


def hashes(store: Store) -> dict[str, str]:
    with store.view() as view:
        return view.document_hashes()


@pytest.fixture(params=["memory", "embedded", pytest.param("neo4j", marks=pytest.mark.server)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    url = tmp_path / "target" if request.param == "embedded" else request.getfixturevalue("neo4j_address").uri
    with open_store(url, create=True) as store:
        yield store


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "source", create=True) as store:
        put(store, *GRAPH)
        yield store


def test_both_stores_hold_the_same_afterwards(source: Store, target: Store) -> None:
    done = copying.copy(source, target)
    assert (done.copied, done.already, done.removed, done.differences) == (4, 0, 0, [])
    assert (done.nodes, done.edges) == (7, 7)
    assert exported(target) == exported(source)
    assert hashes(target) == hashes(source)


def test_the_way_back_gives_the_same_too(source: Store, target: Store) -> None:
    copying.copy(source, target)
    back = MemoryStore()
    assert copying.copy(target, back).differences == []
    assert exported(back) == exported(source)


def test_a_copied_document_can_be_removed_as_if_it_had_been_loaded_there(source: Store, target: Store) -> None:
    copying.copy(source, target)
    for name in ("a", "c", "b"):
        for store in (source, target):
            with store.writer() as writer:
                assert writer.remove(f"document:{name}")
        assert exported(target) == exported(source)


def test_a_copy_that_was_broken_off_is_completed(source: Store, target: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_EDGES", 1)

    def stop(done: copying.Copied) -> None:
        if done.copied == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copying.copy(source, target, report=stop)
    done = copying.copy(source, target)
    assert (done.copied, done.already, done.differences) == (2, 2, [])
    assert exported(target) == exported(source)


def test_a_target_with_other_documents_is_left_alone_unless_told(source: Store, target: Store) -> None:
    put(target, bundle(document("mine"), EVE, mention(document("mine"), EVE)), bundle(B))
    before = exported(target)
    with pytest.raises(UsageError, match=r"1 documents that .* lacks and 1 in other versions, such as document:mine"):
        copying.copy(source, target)
    assert exported(target) == before
    done = copying.copy(source, target, overwrite=True)
    assert (done.copied, done.removed, done.differences) == (4, 1, [])
    assert exported(target) == exported(source)


class _Forgetful(MemoryStore):
    """A store that loses an edge, changes a node and makes up another."""

    def writer(self) -> Writer:
        inner = super().writer()

        class Forgetting(Writer):
            def put_all(self, bundles: Sequence[Bundle]) -> None:
                changed = [
                    Bundle(one.root, [*one.nodes, actor("zoe")], one.edges[1:]) if one.root.id == C.id else one
                    for one in bundles
                ]
                inner.put_all(changed)

            def remove(self, root: str) -> bool:
                return inner.remove(root)

            def close(self) -> None:
                inner.close()

        return Forgetting()


def test_the_proof_names_what_differs(source: Store) -> None:
    found = copying.copy(source, _Forgetful()).differences
    assert ("node", "actor:zoe", "too many") in found
    assert ("edge", edge("ACCUSES", EVE, ANN, C).id, "missing") in found
    assert ("document", C.id, "another version") in found
