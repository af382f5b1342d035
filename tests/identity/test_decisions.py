"""Decisions on who is who: a log that can be taken back, carried elsewhere, and contradicts itself nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_graphs import bundle, document, mention

from narragraph.errors import RecordError, UsageError
from narragraph.graph import identity
from narragraph.graph.check import check_view
from narragraph.graph.model import Node
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Store

IDA, LUND, OTHER = (Node(f"actor:{name}", "Actor", name.title()) for name in ("ida-lund", "lund", "other"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", create=True) as opened:
        yield opened


def add(store: Store, one: Node, other: Node, verdict: str, why: str = "") -> None:
    identity.add(store, [identity.decide(one, other, verdict, by="ida", why=why)])


def same_as(store: Store, node: Node) -> list[str]:
    with store.view() as view:
        return identity.same_as(view, node.id)


def test_what_is_decided_to_be_the_same_is_known_from_both_sides(store: Store) -> None:
    add(store, IDA, LUND, "same")
    assert same_as(store, IDA) == [LUND.id]
    assert same_as(store, LUND) == [IDA.id]
    assert same_as(store, OTHER) == []


def test_all_of_a_group_go_by_one_id_and_all_their_names(store: Store) -> None:
    add(store, IDA, LUND, "same")
    add(store, LUND, OTHER, "same")
    with store.view() as view:
        assert identity.folds(view) == dict.fromkeys((IDA.id, LUND.id, OTHER.id), (IDA.id, "Ida-Lund = Lund = Other"))
    add(store, LUND, OTHER, "undone")
    with store.view() as view:
        assert identity.folds(view).keys() == {IDA.id, LUND.id}


def test_where_nothing_is_decided_nothing_is_folded(store: Store) -> None:
    with store.view() as view:
        assert identity.folds(view) == {}


def test_the_edge_quotes_the_record_of_the_decision(store: Store) -> None:
    add(store, LUND, IDA, "same", why="her own page says so")
    with store.view() as view:
        (edge,) = view.edges()
        assert check_view(view).faults == []
    record = json.loads(edge.sentence or "")
    assert edge.type == "SAME_AS"
    assert (record["verdict"], record["by"], record["why"]) == ("same", "ida", "her own page says so")
    assert record["at"].endswith("+00:00")


def test_a_later_decision_counts_and_taking_it_back_leaves_none(store: Store) -> None:
    add(store, IDA, LUND, "same")
    add(store, IDA, LUND, "different")
    assert same_as(store, IDA) == []
    add(store, IDA, LUND, "undone")
    with store.view() as view:
        assert [decision.verdict for decision in identity.read(view)] == ["same", "different", "undone"]
        assert list(view.edges()) == []


def test_the_same_as_the_same_is_the_same(store: Store) -> None:
    add(store, IDA, LUND, "same")
    add(store, LUND, OTHER, "same")
    assert same_as(store, IDA) == [LUND.id, OTHER.id]


def test_a_decision_that_contradicts_others_is_refused_and_changes_nothing(store: Store) -> None:
    add(store, IDA, LUND, "same")
    add(store, LUND, OTHER, "same")
    with pytest.raises(UsageError, match="decided to be different, and by other decisions the same"):
        add(store, IDA, OTHER, "different")
    assert same_as(store, IDA) == [LUND.id, OTHER.id]


def test_a_log_is_carried_to_another_store_once(store: Store, tmp_path: Path) -> None:
    add(store, IDA, LUND, "same")
    with store.view() as view:
        log = identity.read(view)
    again = list(identity.parse([decision.line for decision in log]))
    assert again == log
    assert identity.add(store, again) == 0


def test_the_later_decision_counts_whichever_comes_first(store: Store) -> None:
    early = replace(identity.decide(IDA, LUND, "same", by="ida"), at="2026-01-01T10:00:00+00:00")
    late = replace(early, verdict="different", at="2026-01-01T10:30:00+02:00")  # half past eight there is before ten
    later = replace(early, verdict="unsure", at="2026-03-01T10:00:00")
    for order in ([later, early], [early, later]):
        identity.add(store, order)
        with store.view() as view:
            assert [decision.verdict for decision in identity.read(view)][-1] == "unsure"
    identity.add(store, [late])
    with store.view() as view:
        assert [decision.verdict for decision in identity.read(view)] == ["different", "same", "unsure"]


def test_a_line_twice_in_a_file_is_one_decision(store: Store) -> None:
    decision = identity.decide(IDA, LUND, "same", by="ida")
    assert identity.add(store, [decision, decision]) == 1


def test_a_file_that_contradicts_itself_is_refused_as_a_whole(store: Store) -> None:
    pairs = ((IDA, LUND, "same"), (LUND, OTHER, "same"), (IDA, OTHER, "different"))
    with pytest.raises(UsageError, match="decided to be different, and by other decisions the same"):
        identity.add(store, [identity.decide(one, other, verdict, by="ida") for one, other, verdict in pairs])
    with store.view() as view:
        assert identity.read(view) == []


def test_names_of_which_no_document_speaks_are_told(store: Store) -> None:
    with store.writer() as writer:
        writer.put(bundle(document("a"), IDA, mention(document("a"), IDA, (0, 3))))
    add(store, IDA, LUND, "same")
    with store.view() as view:
        assert identity.gone(view, identity.read(view)) == {LUND.id}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 1: is no JSON"),
        ("[1]", "line 1: is no decision"),
        ('{"left": "a"}', "line 1: is no decision: at, by, left_name"),
        (identity.decide(IDA, LUND, "same", by="x").line.replace('"same"', '"maybe"'), "the verdict 'maybe'"),
        (identity.decide(IDA, LUND, "same", by="x").line.replace('"actor:ida-lund"', '"actor:z"'), "wrong order"),
        (replace(identity.decide(IDA, LUND, "same", by="x"), at="last week").line, "'last week', which is no date"),
    ],
)
def test_a_line_that_is_no_decision_is_told(line: str, reason: str) -> None:
    with pytest.raises(RecordError, match=reason):
        list(identity.parse([line]))


def test_only_nodes_of_one_type_can_be_the_same() -> None:
    with pytest.raises(UsageError, match="is one node already"):
        identity.decide(IDA, IDA, "same", by="x")
    with pytest.raises(UsageError, match="two actors or two outlets"):
        identity.decide(IDA, Node("country:FR", "Country", "France"), "same", by="x")


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"))))
def test_groups_hold_what_pairs_join_whatever_their_order(pairs: list[tuple[str, str]]) -> None:
    forward, backward = identity.groups(pairs), identity.groups([(b, a) for a, b in reversed(pairs)])
    assert forward == backward
    assert all(forward[left] == forward[right] for left, right in pairs)
    assert all(leader == min(id for id in forward if forward[id] == leader) for leader in forward.values())
