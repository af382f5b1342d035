"""What every store promises, on every store."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from small_graphs import actor, appearance, bundle, document, edge, mention

from narragraph.errors import RecordError
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import to_line
from narragraph.graph.stores import writing
from narragraph.graph.stores.base import Bundle, Store


def put(store: Store, *bundles: Bundle) -> None:
    with store.writer() as writer:
        for one in bundles:
            writer.put(one)


def remove(store: Store, node: Node) -> bool:
    with store.writer() as writer:
        return writer.remove(node.id)


def nodes(store: Store) -> dict[str, Node]:
    with store.view() as view:
        return {node.id: node for node in view.nodes()}


def edges(store: Store) -> dict[str, Edge]:
    with store.view() as view:
        return {edge.id: edge for edge in view.edges()}


def exported(store: Store) -> list[str]:
    """The whole graph as records."""
    with store.view() as view:
        return [*map(to_line, view.nodes()), *map(to_line, view.edges())]


DOC, OTHER = document("a", sha256="1"), document("b")
ANN, BEN, EVE = actor("ann"), actor("ben"), actor("eve")


def test_what_was_put_comes_back_in_the_order_of_ids(store: Store) -> None:
    put(store, bundle(OTHER, BEN, mention(OTHER, BEN)), bundle(DOC, BEN, ANN, edge("ACCUSES", BEN, ANN, DOC, 7)))
    with store.view() as view:
        assert [node.id for node in view.nodes()] == [ANN.id, BEN.id, DOC.id, OTHER.id]
        assert list(view.edges()) == [edge("ACCUSES", BEN, ANN, DOC, 7), mention(OTHER, BEN)]


def test_an_empty_store_is_empty(store: Store) -> None:
    with store.view() as view:
        assert (list(view.nodes()), list(view.edges()), view.document_hashes()) == ([], [], {})


VALUES: list[Any] = [
    "",
    " two\nlines\r\n\ttabs ",
    "Київ – 北京 – 😀 – e\u0301 – \u200b\u202e",
    "'\"`\\ $x {y} // /* */",
    "NUL \x00 and \x1f",
    0,
    -1,
    2**63 - 1,
    -(2**63),
    0.1,
    1.0,
    -0.0,
    1e300,
    5e-324,
    True,
    False,
    [],
    ["one"],
    ["", "ü", "\n"],
    [1, 2**40],
    [1.0, 2.5],
    [True, False],
    "2020-02-30",
]


def test_values_keep_their_type_and_every_bit(store: Store) -> None:
    properties = {f"p{number}": value for number, value in enumerate(VALUES)}
    told = edge("ACCUSES", ANN, BEN, DOC, **properties)
    put(store, bundle(document("a", **properties), ANN, BEN, told))
    assert repr(sorted(edges(store)[told.id].properties.items())) == repr(sorted(properties.items()))
    kept = {key: value for key, value in nodes(store)[DOC.id].properties.items() if key in properties}
    assert repr(sorted(kept.items())) == repr(sorted(properties.items()))


def test_a_list_of_whole_and_other_numbers_becomes_one_kind(store: Store) -> None:
    put(store, bundle(document("a", numbers=[1, 2.5])))
    assert repr(nodes(store)[DOC.id].properties["numbers"]) == "[1.0, 2.5]"


def test_fields_that_are_absent_stay_absent(store: Store) -> None:
    bare = Edge("edge:1", "ABOUT", DOC.id, ANN.id, DOC.id)
    put(store, bundle(DOC, ANN, bare))
    assert edges(store) == {"edge:1": bare}


def test_nothing_of_the_stores_own_is_exported(store: Store) -> None:
    put(store, bundle(DOC, ANN, mention(DOC, ANN, (1, 2), (3, 4))))
    assert nodes(store)[DOC.id] == DOC
    assert edges(store) == {mention(DOC, ANN).id: mention(DOC, ANN, (1, 2), (3, 4))}


def test_attestations_between_the_same_two_stand_side_by_side(store: Store) -> None:
    told = [edge("ACCUSES", ANN, BEN, DOC, place) for place in range(5)]
    put(store, bundle(DOC, ANN, BEN, *told), bundle(OTHER, ANN, BEN, edge("ACCUSES", ANN, BEN, OTHER)))
    assert len(edges(store)) == 6


def test_a_node_may_point_at_itself(store: Store) -> None:
    put(store, bundle(DOC, ANN, edge("DENIES", ANN, ANN, DOC)))
    assert remove(store, DOC)
    assert nodes(store) == {}


def test_putting_the_same_again_changes_nothing(store: Store) -> None:
    first = [
        bundle(DOC, ANN, BEN, edge("ACCUSES", ANN, BEN, DOC), mention(DOC, ANN)),
        bundle(OTHER, BEN, appearance("x"), edge("REVIEWS", OTHER, appearance("x"), OTHER), mention(OTHER, BEN)),
    ]
    put(store, *first)
    before = exported(store)
    put(store, *reversed(first))
    assert exported(store) == before


def test_a_new_version_takes_exactly_the_place_of_the_old_one(store: Store) -> None:
    part = document("a-1", part_of=DOC.id)
    put(
        store,
        bundle(
            DOC,
            part,
            ANN,
            BEN,
            EVE,
            edge("PART_OF", part, DOC, DOC),
            edge("ACCUSES", ANN, BEN, part),
            mention(DOC, EVE),
        ),
        bundle(OTHER, BEN, mention(OTHER, BEN)),
    )
    newer = bundle(document("a", sha256="2"), EVE, mention(DOC, EVE, (7, 9)))
    put(store, newer)
    assert nodes(store) == {node.id: node for node in (*newer.nodes, OTHER, BEN)}
    assert edges(store) == {edge.id: edge for edge in (*newer.edges, mention(OTHER, BEN))}


def test_properties_that_a_new_version_no_longer_states_are_gone(store: Store) -> None:
    put(store, bundle(DOC, actor("ann", "Annie", role="spokeswoman"), mention(DOC, ANN)))
    put(store, bundle(DOC, ANN, mention(DOC, ANN)))
    assert nodes(store)[ANN.id] == ANN


def test_removing_a_document_takes_what_rested_on_it_alone(store: Store) -> None:
    put(
        store,
        bundle(
            DOC, ANN, BEN, appearance("x"), edge("ACCUSES", ANN, BEN, DOC), edge("REVIEWS", DOC, appearance("x"), DOC)
        ),
        bundle(OTHER, BEN, mention(OTHER, BEN)),
    )
    assert remove(store, DOC)
    assert not remove(store, DOC)
    assert set(nodes(store)) == {OTHER.id, BEN.id}
    assert set(edges(store)) == {mention(OTHER, BEN).id}


def test_what_is_no_loaded_document_cannot_be_removed(store: Store) -> None:
    put(store, bundle(DOC, ANN, appearance("x"), mention(DOC, ANN), edge("REVIEWS", DOC, appearance("x"), DOC)))
    assert not remove(store, ANN)
    assert not remove(store, appearance("x"))
    assert not remove(store, document("nowhere"))
    assert len(nodes(store)) == 3


def test_documents_join_in_a_shared_node_in_whatever_order_they_come(store: Store) -> None:
    first = bundle(DOC, actor("ann", "Zoe", "Annie", kind="person"), mention(DOC, ANN))
    second = bundle(OTHER, actor("ann", "Anne", "Zoe", kind="official", role="judge"), mention(OTHER, ANN))
    for one, other in ((first, second), (second, first)):
        put(store, one, other)
        assert nodes(store)[ANN.id] == actor("ann", "Anne", "Annie", "Zoe", kind="person", role="judge")
        remove(store, one.root)
        assert nodes(store)[ANN.id] == replace(other.nodes[1], aliases=tuple(sorted(other.nodes[1].aliases)))
        remove(store, other.root)
        assert nodes(store) == {}


def test_a_name_that_another_outsorts_is_an_alias_as_long_as_its_document_is_loaded(store: Store) -> None:
    put(store, bundle(DOC, replace(ANN, name="Ann B."), mention(DOC, ANN)))
    put(store, bundle(OTHER, replace(ANN, name="Ann C."), mention(OTHER, ANN)))
    assert nodes(store)[ANN.id] == replace(ANN, name="Ann C.", aliases=("Ann B.",))
    put(store, bundle(DOC, replace(ANN, name="Ann D."), mention(DOC, ANN)))
    assert nodes(store)[ANN.id] == replace(ANN, name="Ann D.", aliases=("Ann C.",))


def test_values_that_are_equal_to_python_alone_are_told_apart(store: Store) -> None:
    for root, value in ((DOC, 1), (OTHER, True), (document("c"), 1.0)):
        put(store, bundle(root, actor("ann", size=value), mention(root, ANN)))
    assert nodes(store)[ANN.id].properties["size"] is True
    remove(store, OTHER)
    assert repr(nodes(store)[ANN.id].properties["size"]) == "1.0"
    remove(store, document("c"))
    assert repr(nodes(store)[ANN.id].properties["size"]) == "1"


def test_a_loaded_document_is_not_changed_by_those_who_review_it(store: Store) -> None:
    review = bundle(OTHER, appearance("a"), edge("REVIEWS", OTHER, appearance("a"), OTHER))
    for order in ((bundle(DOC), review), (review, bundle(DOC))):
        put(store, *order)
        assert nodes(store) == {DOC.id: DOC, OTHER.id: OTHER}
        remove(store, OTHER)
        assert nodes(store) == {DOC.id: DOC}
        remove(store, DOC)


def test_a_document_says_of_another_no_more_than_how_its_page_appears(store: Store) -> None:
    page = document("b", url="https://x.example/b", title="A page")
    review = bundle(DOC, page, edge("REVIEWS", DOC, page, DOC))
    put(store, review)
    appears = Node(
        page.id, "Document", page.name, (), {"genre": "appearance", "url": "https://x.example/b", "title": "A page"}
    )
    assert nodes(store)[page.id] == appears
    put(store, bundle(page))
    put(store, review)
    assert nodes(store)[page.id] == page
    assert remove(store, page)
    assert nodes(store)[page.id] == appears


def test_a_part_of_one_document_cannot_become_another_s(store: Store) -> None:
    part = document("a-1", part_of=DOC.id)
    put(store, bundle(DOC, part))
    before = exported(store)
    for other in (bundle(part), bundle(OTHER, document("a-1", part_of=OTHER.id))):
        with pytest.raises(RecordError, match="part of another document"):
            put(store, other)
    assert exported(store) == before


def test_several_documents_are_put_at_once_or_not_at_all(store: Store) -> None:
    first, second = bundle(DOC, ANN, mention(DOC, ANN)), bundle(OTHER, actor("ann", "Anne"), mention(OTHER, ANN))
    with store.writer() as writer:
        writer.put_all([first, second, bundle(DOC, BEN, mention(DOC, BEN))])
    assert nodes(store) == {node.id: node for node in (DOC, OTHER, actor("ann", "Anne"), BEN)}
    with store.writer() as writer, pytest.raises(RecordError):
        writer.put_all(
            [bundle(document("c")), bundle(document("d"), Node(ANN.id, "Outlet", "Ann"), mention(document("d"), ANN))]
        )
    assert set(nodes(store)) == {DOC.id, OTHER.id, ANN.id, BEN.id}


def test_a_removed_document_stays_as_the_appearance_that_others_review(store: Store) -> None:
    page = document("a", url="https://x.example/a", sha256="1")
    put(
        store,
        bundle(page, ANN, mention(DOC, ANN)),
        bundle(OTHER, page_seen := appearance("a"), edge("REVIEWS", OTHER, page_seen, OTHER)),
    )
    assert remove(store, page)
    assert nodes(store)[page.id] == page_seen
    assert set(nodes(store)) == {page.id, OTHER.id}
    with store.view() as view:
        assert set(view.document_hashes()) == {OTHER.id}
    remove(store, OTHER)
    assert nodes(store) == {}


def test_roots_keep_the_fingerprint_of_what_was_put(store: Store) -> None:
    part = document("a-1", part_of=DOC.id)
    whole = bundle(DOC, part, edge("PART_OF", part, DOC, DOC))
    put(store, whole)
    with store.view() as view:
        assert view.document_hashes() == {DOC.id: whole.fingerprint}


def test_a_document_larger_than_a_batch_is_stored_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BATCH", 100)
    crowd = [actor(f"{number:05}") for number in range(250)]
    told = [edge("ACCUSES", one, ANN, DOC) for one in crowd] + [edge("DENIES", ANN, one, DOC) for one in crowd]
    put(store, bundle(DOC, ANN, *crowd, *told))
    put(store, bundle(DOC, ANN, *(actor(node.name, role="judge") for node in crowd), *told))
    assert edges(store) == {one.id: one for one in told}
    remove(store, DOC)
    assert (nodes(store), edges(store)) == ({}, {})


ACCUSATION = edge("ACCUSES", ANN, BEN, OTHER)
UNSTORABLE = {
    "an end that is missing": (ANN, ACCUSATION),
    "the same edge twice": (ANN, BEN, ACCUSATION, ACCUSATION),
    "an edge that rests on another document": (ANN, BEN, edge("ACCUSES", ANN, BEN, DOC)),
    "one id for two types": (ANN, BEN, Node(ANN.id, "Outlet", "Ann"), ACCUSATION),
    "a type other than the stored one": (Node(ANN.id, "Outlet", "Ann"), BEN, ACCUSATION),
    "a type that is a query": (Node("x", "A) DETACH DELETE (n", "x"), ANN, BEN, ACCUSATION),
    "a relation that is a query": (ANN, BEN, edge("A]->() DELETE r//", ANN, BEN, OTHER)),
    "an empty type": (ANN, BEN, edge("", ANN, BEN, OTHER)),
    "a property that is a query": (actor("ann", **{"x: 1}) DELETE n": "y"}), BEN, ACCUSATION),
    "a property of the store's own": (actor("ann", root="document:a"), BEN, ACCUSATION),
    "a number too large": (actor("ann", size=2**63), BEN, ACCUSATION),
    "no number": (actor("ann", size=math.nan), BEN, ACCUSATION),
    "an endless number": (ANN, BEN, edge("ACCUSES", ANN, BEN, OTHER, size=[1.0, math.inf])),
    "half a character": (ANN, BEN, edge("ACCUSES", ANN, BEN, OTHER, trigger="\ud83d")),
    "a mixed list": (actor("ann", size=["1", 2]), BEN, ACCUSATION),  # type: ignore[arg-type]
    "a map": (actor("ann", size={"a": 1}), BEN, ACCUSATION),  # type: ignore[arg-type]
    "nothing as a value": (actor("ann", size=None), BEN, ACCUSATION),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("rest", UNSTORABLE.values(), ids=UNSTORABLE)
def test_what_cannot_be_stored_whole_changes_nothing(store: Store, rest: tuple[Node | Edge, ...]) -> None:
    put(store, bundle(DOC, ANN, BEN, edge("ACCUSES", ANN, BEN, DOC)), bundle(OTHER, EVE, mention(OTHER, EVE)))
    before = exported(store)
    with pytest.raises(RecordError):
        put(store, bundle(OTHER, *rest))
    assert exported(store) == before


def test_what_was_put_before_an_error_stays(store: Store) -> None:
    with pytest.raises(RecordError):
        put(store, bundle(DOC), bundle(OTHER, ACCUSATION))
    assert set(nodes(store)) == {DOC.id}
