"""What people decide of edges, on every store: it holds for what is stored and for what comes, and can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_graphs import actor, bundle, document, edge, mention

from narragraph.errors import RecordError
from narragraph.graph import review
from narragraph.graph.check import check_view
from narragraph.graph.copying import copy
from narragraph.graph.model import Edge, Node
from narragraph.graph.review import Decision
from narragraph.graph.review.candidates import candidates
from narragraph.graph.stores import memory
from narragraph.graph.stores.base import Bundle, Store
from narragraph.graph.stores.memory import MemoryStore

DOC, OTHER = document("a", attestations=3), document("b", attestations=1)
ANN, BEN, EVE = actor("ann"), actor("ben", kind="person"), actor("eve")
WRONG = edge("ACCUSES", BEN, EVE, DOC, 1)
RIGHT = edge("ACCUSES", BEN, ANN, DOC, 2)
CASE = bundle(DOC, ANN, BEN, EVE, WRONG, RIGHT, mention(DOC, BEN))
MORE = bundle(OTHER, replace(BEN, properties={"role": "poet"}), mention(OTHER, BEN))


def put(store: Store, *bundles: Bundle) -> None:
    with store.writer() as writer:
        for one in bundles:
            writer.put(one)


def decision(edge: Edge, verdict: str) -> Decision:
    return review.decide(edge, edge.source, edge.target, verdict, by="Ida")


def held(store: Store) -> tuple[dict[str, Node], dict[str, Edge]]:
    with store.view() as view:
        return {node.id: node for node in view.nodes()}, {edge.id: edge for edge in view.edges()}


def test_a_rejected_edge_and_who_stands_in_it_alone_are_gone(store: Store) -> None:
    put(store, CASE, MORE, review.bundle([decision(WRONG, "rejected")]))
    nodes, edges = held(store)
    assert WRONG.id not in edges
    assert RIGHT.id in edges
    assert EVE.id not in nodes
    assert nodes[DOC.id].properties["attestations"] == 2
    with store.view() as view:
        assert view.counts()[1] == {"ACCUSES": 1, "MENTIONS": 2}


def test_it_is_gone_from_every_query_whatever_it_asks(cypher_store: Store) -> None:
    put(cypher_store, CASE, review.bundle([decision(WRONG, "rejected")]))
    with cypher_store.view() as view:
        assert view.run("MATCH ()-[r]->() RETURN count(r) AS n").rows == [(2,)]
        assert view.run("MATCH (a:Actor) RETURN a.id AS id ORDER BY id").rows == [(ANN.id,), (BEN.id,)]


def test_undoing_brings_all_back_as_it_was(store: Store) -> None:
    put(store, CASE, MORE)
    before = held(store)
    taken = [decision(WRONG, "rejected")]
    put(store, review.bundle(taken))
    put(store, review.bundle([*taken, decision(WRONG, "undone")]))
    nodes, edges = held(store)
    assert nodes.pop(review.LOG)
    assert (nodes, edges) == before
    put(store, review.bundle(taken))
    with store.writer() as writer:
        assert writer.remove(review.LOG), "without its log nothing is decided"
    assert held(store) == before


def test_a_document_that_comes_after_the_decision_or_once_more_is_heard_with_it(store: Store) -> None:
    put(store, review.bundle([decision(WRONG, "rejected")]), CASE)
    assert WRONG.id not in held(store)[1]
    put(store, CASE)
    assert WRONG.id not in held(store)[1]
    with store.view() as view:
        assert view.document_hashes()[DOC.id] == CASE.fingerprint, "loading it again finds it unchanged"


def test_the_same_statement_under_another_id_is_rejected_too(store: Store) -> None:
    """Better rules find another trigger, and so give the edge another id."""
    anew = replace(WRONG, id="edge:anew")
    other = replace(WRONG, id="edge:other", sentence="She did it.")
    put(store, CASE, review.bundle([decision(WRONG, "rejected")]))
    put(store, bundle(DOC, ANN, BEN, EVE, anew, other))
    assert [id for id in held(store)[1] if id in ("edge:anew", "edge:other")] == ["edge:other"]
    put(store, review.bundle([decision(WRONG, "rejected"), decision(anew, "undone")]))
    assert "edge:anew" in held(store)[1], "who decides on it by its own id is heard first"


def test_of_two_statements_in_one_sentence_the_one_that_was_meant_goes(store: Store) -> None:
    twin = edge("ACCUSES", BEN, EVE, DOC, 7)
    put(store, bundle(DOC, BEN, EVE, WRONG, twin), review.bundle([decision(WRONG, "rejected")]))
    assert list(held(store)[1]) == [twin.id]


@pytest.mark.parametrize(("verdict", "confidence"), [("confirmed", 1.0), ("doubted", 0.5)])
def test_a_verdict_sets_the_confidence_that_is_shown(store: Store, verdict: str, confidence: float) -> None:
    put(store, CASE, review.bundle([decision(RIGHT, verdict)]))
    nodes, edges = held(store)
    assert edges[RIGHT.id] == replace(RIGHT, confidence=confidence)
    assert edges[WRONG.id] == WRONG
    assert nodes[DOC.id].properties["attestations"] == 3
    put(store, review.bundle([decision(RIGHT, verdict), decision(RIGHT, "undone")]))
    assert held(store)[1][RIGHT.id] == RIGHT


def test_doubt_makes_nothing_surer(store: Store) -> None:
    weak = replace(RIGHT, confidence=0.3)
    put(store, bundle(DOC, ANN, BEN, weak), review.bundle([decision(weak, "doubted")]))
    assert held(store)[1][weak.id].confidence == 0.3


def test_the_last_of_several_decisions_counts(store: Store) -> None:
    log = [decision(RIGHT, verdict) for verdict in ("rejected", "confirmed", "doubted")]
    put(store, CASE)
    for number in range(1, 4):
        put(store, review.bundle(log[:number]))
    assert held(store)[1][RIGHT.id].confidence == 0.5


def test_a_copy_holds_the_decisions_and_what_they_can_bring_back(store: Store) -> None:
    put(store, CASE, MORE, review.bundle([decision(WRONG, "rejected"), decision(RIGHT, "doubted")]))
    target = MemoryStore()
    assert copy(store, target).differences == []
    back = MemoryStore()
    assert copy(target, back).differences == []
    assert held(target) == held(store)
    put(target, review.bundle([]))
    assert {WRONG.id, RIGHT.id} <= held(target)[1].keys()
    assert held(target)[1][RIGHT.id] == RIGHT
    with target.view() as view:
        assert next(view.bundles({OTHER.id, review.LOG})).fingerprint == CASE.fingerprint


def test_copying_into_a_store_that_holds_the_documents_brings_the_decisions(store: Store) -> None:
    put(store, CASE, MORE)
    source = MemoryStore()
    put(source, CASE, MORE, review.bundle([decision(WRONG, "rejected")]))
    assert copy(source, store).differences == []
    assert WRONG.id not in held(store)[1]


def test_removing_the_document_of_a_rejected_edge_leaves_no_trace_of_it(store: Store) -> None:
    put(store, CASE, MORE, review.bundle([decision(WRONG, "rejected")]))
    with store.writer() as writer:
        writer.remove(DOC.id)
    assert sorted(held(store)[0]) == sorted([BEN.id, OTHER.id, review.LOG])


def test_a_log_that_is_none_changes_nothing(store: Store) -> None:
    put(store, CASE)
    root = review.bundle([]).root
    broken = replace(root, properties={**root.properties, "text": "no decision\n"})
    with store.writer() as writer, pytest.raises(RecordError, match="is no JSON"):
        writer.put(Bundle(broken, [broken], []))
    assert review.LOG not in held(store)[0]


def test_check_finds_a_rejected_edge_that_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an older version of the program leaves it, or a store by others that knows of no decisions."""
    monkeypatch.setattr(memory, "decided", lambda laid, rulings: laid)
    store = MemoryStore()
    put(store, CASE, review.bundle([decision(WRONG, "rejected")]))
    with store.view() as view:
        faults = {(fault.id, fault.reason) for fault in check_view(view).faults}
    assert (WRONG.id, "was rejected, and is still there") in faults


def test_what_is_worth_a_look_comes_first_and_what_was_decided_not_at_all(cypher_store: Store) -> None:
    weak = replace(edge("ACCUSES", EVE, ANN, DOC, 3), confidence=0.4)
    put(cypher_store, bundle(DOC, ANN, BEN, EVE, WRONG, RIGHT, weak, mention(DOC, BEN)))

    def asked(order: str, **bounds: float) -> list[str]:
        with cypher_store.view() as view:
            return [one.edge for one in candidates(view, types=["ACCUSES"], order=order, **bounds)]

    assert asked("uncertain")[0] == weak.id
    assert asked("central")[0] == weak.id, "of equally central ones the less certain"
    assert asked("uncertain", least=0.5) == sorted([WRONG.id, RIGHT.id])
    put(cypher_store, review.bundle([decision(weak, "confirmed"), decision(WRONG, "rejected")]))
    assert asked("uncertain") == [RIGHT.id]
