"""Loaded twice, in another order, in pieces, with several workers, after detours: the same graph, record by record."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from small_graphs import actor, appearance, bundle, document, edge, mention

from narragraph.graph.records import to_line
from narragraph.graph.stores.base import Bundle, Store
from narragraph.graph.stores.memory import MemoryStore

COUNT = 24
PEOPLE = 5  # so few that most documents speak of the same, and not always in the same words


def told(number: int, version: int = 0) -> Bundle:
    """A document that accuses two people and reviews the page of the next document."""
    chance = random.Random(number * 10 + version)
    root, part = document(str(number), version=version), document(f"{number}-1", part_of=f"document:{number}")
    one, other = (
        actor(f"{name}", f"Alias {chance.randrange(3)}", role=chance.choice(["judge", "minister"]))
        for name in chance.sample(range(PEOPLE), 2)
    )
    page = appearance(str((number + 1) % (COUNT + 3)))  # some of which are never loaded
    return bundle(
        root,
        part,
        one,
        other,
        page,
        edge("ACCUSES", one, other, part),
        edge("REVIEWS", root, page, root),
        mention(root, one),
    )


def exported(store: Store) -> list[str]:
    with store.view() as view:
        return [
            *map(to_line, view.nodes()),
            *map(to_line, view.edges()),
            *map(str, sorted(view.document_hashes().items())),
        ]


def in_order(store: Store) -> None:
    with store.writer() as writer:
        for number in range(COUNT):
            writer.put(told(number))


def twice_and_backwards(store: Store) -> None:
    in_order(store)
    with store.writer() as writer:
        for number in reversed(range(COUNT)):
            writer.put(told(number))


def in_pieces(store: Store) -> None:
    numbers = random.Random(5).sample(range(COUNT), COUNT)
    with store.writer() as writer:
        for piece in pieces(numbers, 7):
            writer.put_all([told(number) for number in piece])


def after_other_versions(store: Store) -> None:
    with store.writer() as writer:
        writer.put_all([told(number, version=1) for number in range(COUNT)])
        for piece in pieces(range(COUNT), 5):
            writer.put_all([told(number) for number in piece])


def after_others_that_went(store: Store) -> None:
    with store.writer() as writer:
        writer.put_all([told(number, version=2) for number in range(COUNT, COUNT + 6)])
    in_pieces(store)
    with store.writer() as writer:
        for number in range(COUNT, COUNT + 6):
            assert writer.remove(f"document:{number}")


@pytest.mark.parametrize(
    "way", [in_order, twice_and_backwards, in_pieces, after_other_versions, after_others_that_went]
)
def test_the_same_documents_make_the_same_graph(store: Store, way: Callable[[Store], None]) -> None:
    way(store)
    assert exported(store) == expected()


@pytest.mark.server
@pytest.mark.parametrize("cypher_store", ["neo4j"], indirect=True)
def test_several_workers_make_the_same_graph(cypher_store: Store) -> None:
    def work(worker: int) -> None:
        numbers = random.Random(worker).sample(range(COUNT), COUNT)  # each loads all, as if they did not know
        with cypher_store.writer() as writer:
            writer.put(told(numbers[0], version=worker))
            for piece in pieces(numbers, 3):
                writer.put_all([told(number) for number in piece])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert exported(cypher_store) == expected()


def expected() -> list[str]:
    plain = MemoryStore()
    in_order(plain)
    return exported(plain)


def pieces(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
