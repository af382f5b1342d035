"""Exploring, on a small graph whose answers were worked out by hand, on every store."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from narragraph.errors import AmbiguousName, NothingFound
from narragraph.graph import review
from narragraph.graph.ingest import load
from narragraph.graph.model import Edge, Node, document_id, edge_id
from narragraph.graph.records import read_lines
from narragraph.graph.stores.base import Bundle, Store, View
from narragraph.queries import folding
from narragraph.queries.exploring import names, paths, profile, surroundings, text, why
from narragraph.queries.exploring.sayings import fold, ordered, strength

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def view(cypher_store: Store) -> Iterator[View]:
    lines = (FIXTURES / "harbour.jsonl").read_text("utf-8").splitlines()
    load((record for _, record in read_lines(lines)), cypher_store)
    with cypher_store.view() as view:
        yield view


def resolved(view: View, name: str) -> names.Match:
    match = names.resolve(view, name)
    assert match is not None
    return match


def shown(view: View, name: str, **options: Any) -> profile.Profile:
    return profile.profile(view, resolved(view, name), folding.folds(view), folding.reprints(view), **options)


def test_names_are_found_by_name_alias_part_and_near_spelling(view: View) -> None:
    def first(name: str) -> tuple[str, str]:
        match = names.find(view, name)[0]
        return match.name, match.how

    assert first("radio  NORTH") == ("Radio North", "name")
    assert first("outlet:radio-north") == ("Radio North", "id")
    assert first("Northlandic") == ("Northland", "alias")
    assert first("poisoned-sea") == ("The sea is being poisoned", "alias")
    assert first("Harbour") == ("Harbour Times", "part")
    assert first("Sutmark") == ("Southmark", "near")
    assert first("harbour-check.txt") == ("The harbour story: what is true", "id")
    assert first("They lie about the harbour") == ("They lie about the harbour", "name")
    assert first("It had poisoned the harbour") == ("it had poisoned the harbour", "name")
    assert first("had poisoned") == ("it had poisoned the harbour", "part")
    assert names.find(view, "Zanzibar") == []
    assert names.find(view, " ") == []


def test_a_name_that_fits_several_is_listed_to_choose_from(view: View) -> None:
    with pytest.raises(AmbiguousName) as told:
        names.resolve(view, "the harbour")
    assert told.value.candidates, "candidates are listed"


def test_who_finds_nothing_is_told_names_that_are_not_too_far_off(view: View) -> None:
    with pytest.raises(NothingFound, match="Did you mean 'Southmark'"):
        names.meant(view, "Zuthmurk")
    with pytest.raises(NothingFound, match="nothing in the store is named 'Zzz'"):
        names.meant(view, "Zzz")


def test_an_empty_store_says_that_it_is(cypher_store: Store) -> None:
    with cypher_store.view() as view, pytest.raises(NothingFound, match="holds no names yet"):
        names.meant(view, "Southmark")


def test_a_profile_shows_what_a_node_says_and_what_is_said_of_it(view: View) -> None:
    found = shown(view, "Southmark")
    assert [saying.best.relation for saying in found.says] == ["DENIES"]
    assert sorted(saying.best.relation for saying in found.said_of) == ["ABOUT", "ACCUSES", "INVOLVES"]
    told = text.profile_text(found)
    assert "Northland accused Southmark of poisoning the harbour of Kelp." in told
    assert "The harbour story: what is true · 2021-05-05" in told


def test_a_profile_tells_how_many_doubtful_statements_it_leaves_out(view: View) -> None:
    found = shown(view, "Radio North")
    assert (found.says, found.hidden) == ([], 2)
    assert [saying.best.relation for saying in shown(view, "Radio North", least=0.0, types=["AMPLIFIES"]).says] == [
        "AMPLIFIES"
    ]


def test_an_op_ed_disputes_where_a_fact_check_debunks(view: View) -> None:
    assert "is disputed by They lie about the harbour" in text.profile_text(shown(view, "narrative:poisoned-sea"))


# a town of invented papers: each edge is told as (relation, source, target, document, confidence)
TOWN = {
    "outlet:bell": ("Outlet", "The Bell", {}),
    "outlet:lamp": ("Outlet", "The Lamp", {}),
    "actor:ann": ("Actor", "Ann Arrow", {"wikidata": "Q990001"}),
    "actor:bo": ("Actor", "Bo Barge", {}),
    "actor:cy": ("Actor", "Cy Crane", {}),
    "actor:dee": ("Actor", "Dee Dock", {}),
    "actor:crowd": ("Actor", "The harbour crowd", {"kind": "collective"}),
    "actor:government-of-isle": ("Actor", "Government of Isle", {"kind": "government", "country": "country:isle"}),
    "country:isle": ("Country", "Isle", {"kind": "state"}),
    "claim:tax": ("Claim", "the tax was stolen", {"text": "the tax was stolen"}),
}
PAPERS = {"one": "2020-01-01", "two": "2020-02-01", "copy": "2020-02-02", "three": "2020-03-01", "four": None}
SAID = [
    ("ACCUSES", "actor:ann", "actor:bo", "one", 0.8),
    ("ACCUSES", "actor:ann", "actor:bo", "two", 0.7),
    ("ACCUSES", "actor:ann", "actor:bo", "copy", 0.7),
    ("ACCUSES", "actor:bo", "actor:cy", "three", 0.9),
    ("ACCUSES", "actor:ann", "actor:dee", "three", 0.9),
    ("ACCUSES", "actor:dee", "actor:cy", "one", 0.9),
    ("ACCUSES", "actor:ann", "country:isle", "one", 0.9),
    ("ACCUSES", "actor:government-of-isle", "actor:cy", "one", 0.9),
    ("ACCUSES", "actor:ann", "actor:crowd", "one", 0.9),
    ("ACCUSES", "actor:crowd", "actor:cy", "one", 0.9),
    ("ATTRIBUTED_TO", "claim:tax", "outlet:bell", "one", 0.9),
    ("ATTRIBUTED_TO", "claim:tax", "outlet:lamp", "two", 0.8),
    ("ABOUT", "claim:tax", "actor:bo", "two", 0.9),
    ("AMPLIFIES", "outlet:bell", "outlet:lamp", "four", 0.9),
]


def town(store: Store) -> None:
    with store.writer() as writer:
        for paper, published in PAPERS.items():
            id = document_id(paper)
            sentences = [f"{source} {type} {target}." for type, source, target, said, _ in SAID if said == paper]
            words = " ".join(sentences) or "Nothing."
            root = Node(
                id, "Document", f"Paper {paper}", (),
                {"genre": "news", "text": words, **({"published": published} if published else {})},
            )  # fmt: skip
            edges: list[Edge] = []
            used: set[str] = set()
            for type, source, target, said, confidence in SAID:
                if said == paper:
                    start = words.index(f"{source} {type} {target}.")
                    end = start + len(f"{source} {type} {target}.")
                    edges.append(
                        Edge(
                            edge_id(type, source, target, id, start, end, [id]), type, source, target, id,
                            words[start:end], start, end, confidence,
                            properties={"asserted_by": [id], "polarity": "affirmed", "modality": "asserted",
                                        "rule": "told", "basis": "sentence"},
                        )
                    )  # fmt: skip
                    used |= {source, target}
            nodes = [Node(end, TOWN[end][0], TOWN[end][1], (), TOWN[end][2]) for end in sorted(used)]
            if paper == "copy":
                original = Node(document_id("two"), "Document", "Paper two", (), {"genre": "appearance"})
                line = edge_id("SYNDICATED_FROM", id, original.id, id)
                edges.append(Edge(line, "SYNDICATED_FROM", id, original.id, id, properties={"basis": "derived"}))
                nodes.append(original)
            writer.put(Bundle(root, [root, *nodes], edges))


@pytest.fixture
def streets(cypher_store: Store) -> Iterator[View]:
    town(cypher_store)
    with cypher_store.view() as view:
        yield view


def found_chains(view: View, a: str, b: str, *, limit: int = 9, **route: Any) -> list[list[str]]:
    """The nodes on the way of each chain."""
    folds, reprints = folding.folds(view), folding.reprints(view)
    ends = [folds.members(resolved(view, name).id) for name in (a, b)]
    chains = paths.chains(view, ends[0], ends[1], paths.Route(**route), folds, reprints, limit=limit)
    return [
        [next(iter({hop[0].source, hop[0].target} & {after[0].source, after[0].target}))
         for hop, after in zip(chain.hops, chain.hops[1:])]
        for chain in chains
    ]  # fmt: skip


def test_names_are_found_by_wikidata_id(streets: View) -> None:
    assert resolved(streets, "Q990001").name == "Ann Arrow"


def test_a_claim_that_is_worded_like_a_name_does_not_stand_in_its_way(cypher_store: Store) -> None:
    root = Node("document:d", "Document", "D", (), {"genre": "news", "text": "Ann Arrow"})
    claim, ann = Node("claim:c", "Claim", "Ann Arrow", (), {"text": "Ann Arrow"}), Node("actor:a", "Actor", "Ann Arrow")
    edges = [Edge(f"edge:{end.id}", "MENTIONS", root.id, end.id, root.id, spans=((0, 9),)) for end in (claim, ann)]
    with cypher_store.writer() as writer:
        writer.put(Bundle(root, [root, claim, ann], edges))
    with cypher_store.view() as view:
        assert resolved(view, "Ann Arrow").id == "actor:a"
        assert resolved(view, "claim:c").type == "Claim"


def test_what_is_said_often_is_told_once_with_independent_documents(streets: View) -> None:
    found = shown(streets, "Ann Arrow")
    first = found.says[0]
    assert (first.best.target, first.documents, first.sentences) == ("Bo Barge", 2, 2), "a reprint is no document more"
    assert len(first.attestations) == 3
    assert first.strength == pytest.approx(1 - 0.2 * 0.3)
    assert first.dates == ["2020-01-01", "2020-02-01", "2020-02-02"]
    assert "accuses Bo Barge  (2 documents, 2 sentences)" in text.profile_text(found)


def test_sayings_can_be_ordered(streets: View) -> None:
    says = shown(streets, "Ann Arrow").says

    def targets(order: str) -> list[str]:
        return [saying.best.target for saying in ordered(says, order)]

    assert targets("documents")[0] == "Bo Barge"
    assert targets("confidence")[-1] == "Bo Barge"
    assert targets("newest")[0] == "Dee Dock"
    assert targets("oldest")[-1] == "Dee Dock"


def test_a_government_counts_as_its_country_unless_asked_otherwise(streets: View) -> None:
    assert [s.best.target for s in shown(streets, "Isle").says] == ["Cy Crane"]
    apart = profile.profile(streets, resolved(streets, "Isle"), folding.folds(streets, governments=False), {})
    assert apart.says == []


def test_the_best_chains_come_first_and_go_through_no_country_and_no_collective(streets: View) -> None:
    assert found_chains(streets, "Ann Arrow", "Cy Crane", hops=2) == [["Bo Barge"], ["Dee Dock"]]
    assert found_chains(streets, "Ann Arrow", "Cy Crane", hops=2, limit=1) == [["Bo Barge"]]
    assert ["Isle"] in found_chains(streets, "Ann Arrow", "Cy Crane", hops=2, through_states=True)
    assert ["The harbour crowd"] in found_chains(streets, "Ann Arrow", "Cy Crane", hops=2, through_collectives=True)


def test_a_chain_over_what_many_say_surely_outdoes_one_over_what_one_says(streets: View) -> None:
    folds = folding.folds(streets)
    chains = paths.chains(streets, ["actor:ann"], ["actor:cy"], paths.Route(hops=2), folds, folding.reprints(streets))
    assert [round(chain.score, 3) for chain in chains] == [round(0.94 * 0.9, 3), round(0.9 * 0.9, 3)]
    assert [one.confidence for one in chains[0].hops[0]] == [0.8, 0.7, 0.7], "surest first"


def test_chains_in_order_never_step_back_in_time(streets: View) -> None:
    assert found_chains(streets, "Ann Arrow", "Cy Crane", hops=2, in_order=True) == [["Bo Barge"]]
    assert found_chains(streets, "Cy Crane", "Ann Arrow", hops=2, in_order=True) == [["Dee Dock"]]


def test_chains_go_through_given_relations_alone_and_around_who_is_to_be_avoided(streets: View) -> None:
    assert found_chains(streets, "The Bell", "Bo Barge") == [["the tax was stolen"], ["The Lamp", "the tax was stolen"]]
    assert found_chains(streets, "The Bell", "Bo Barge", types=["ACCUSES"]) == []
    assert found_chains(streets, "Ann Arrow", "Cy Crane", hops=2, avoid=["actor:bo"]) == [["Dee Dock"]]
    assert found_chains(streets, "Ann Arrow", "Cy Crane", hops=2, hubs=2) == [["Dee Dock"]], "three are next to Bo"
    assert found_chains(streets, "Ann Arrow", "Cy Crane", hops=1) == []
    assert found_chains(streets, "Ann Arrow", "Cy Crane", least=0.95) == []


def around(view: View, name: str) -> tuple[names.Match, list[str], list[Any], dict[str, str]]:
    folds = folding.folds(view)
    match = resolved(view, name)
    ids = folds.members(match.id)
    return match, ids, surroundings.around(view, ids, folds), folding.reprints(view)


def test_neighbours_are_told_strongest_first_with_their_relations(streets: View) -> None:
    _, ids, told, reprints = around(streets, "Bo Barge")
    found = surroundings.neighbours(streets, ids, told, reprints)
    assert [(one.name, one.type, one.relations, one.documents) for one in found] == [
        ("Ann Arrow", "Actor", ("ACCUSES 2",), 2),
        ("Cy Crane", "Actor", ("ACCUSES 1",), 1),
        ("the tax was stolen", "Claim", ("ABOUT 1",), 1),
    ]


def test_a_timeline_goes_day_by_day(streets: View) -> None:
    match, ids, told, reprints = around(streets, "Bo Barge")
    days = [(day, saying.best.source) for day, saying in surroundings.timeline(streets, match, ids, told, reprints)]
    assert days == [
        ("2020-01-01", "Ann Arrow"),
        ("2020-02-01", "Ann Arrow"),
        ("2020-02-01", "the tax was stolen"),
        ("2020-02-02", "Ann Arrow"),
        ("2020-03-01", "Bo Barge"),
    ]


def test_what_takes_place_stands_under_its_own_day(view: View) -> None:
    match, ids, told, reprints = around(view, "Kelp")
    days = {saying.best.relation: day for day, saying in surroundings.timeline(view, match, ids, told, reprints)}
    assert days == {"LOCATED_IN": "2021-05-04", "ACCUSES": "2021-05-07"}


def test_two_are_compared_by_what_they_say_of_each_other_and_of_the_same(streets: View) -> None:
    folds, reprints = folding.folds(streets), folding.reprints(streets)
    found, hidden = surroundings.compare(streets, ["outlet:bell"], ["outlet:lamp"], folds, reprints, least=0.7)
    assert hidden == 0
    assert [(one.part, one.of) for one in found] == [
        ("A on B", "The Lamp"),
        ("both on", "Bo Barge"),
        ("both on", "the tax was stolen"),
    ]
    told = text.compared_text("The Bell", "The Lamp", found)
    assert "What The Bell says of The Lamp\n  amplifies The Lamp" in told
    assert "The Lamp claims the tax was stolen" in told


def test_why_tells_everything_behind_an_edge(cypher_store: Store) -> None:
    town(cypher_store)
    with cypher_store.view() as view:
        edge = next(edge for edge in view.edges() if edge.source == "actor:ann" and edge.confidence == 0.8)
        decision = review.decide(edge, "Ann Arrow", "Bo Barge", "confirmed", by="Ida", note="heard it")
    review.add(cypher_store, [decision])
    with cypher_store.view() as view:
        folds, reprints = folding.folds(view), folding.reprints(view)
        found = why.why(view, edge.id[:14], folds, reprints)
        assert found.statement.edge == edge.id
        assert (found.statement.confidence, found.confidence_read, found.statement.review) == (1.0, 0.8, "confirmed")
        assert (found.saying.documents, len(found.saying.attestations)) == (2, 3)
        assert found.before == ""
        assert found.after.startswith("actor:dee ACCUSES actor:cy.")
        assert found.speakers == ((edge.document, "Paper one"),)
        assert found.document["published"] == "2020-01-01"
        told = text.why_text(found)
    for part in ("Ann Arrow accuses Bo Barge", "rule told", "confirmed by Ida: heard it", "1.00, confirmed by hand"):
        assert part in told


def test_why_of_an_edge_that_is_not_there_or_was_rejected(cypher_store: Store) -> None:
    town(cypher_store)
    with cypher_store.view() as view:
        edge = next(edge for edge in view.edges() if edge.type == "AMPLIFIES")
        with pytest.raises(NothingFound, match="holds no edge 'edge:nowhere'"):
            why.find(view, "edge:nowhere")
    review.add(cypher_store, [review.decide(edge, "The Bell", "The Lamp", "rejected", by="Ida", note="a joke")])
    with cypher_store.view() as view, pytest.raises(NothingFound, match=r"rejected by Ida on .* \(a joke\)"):
        why.find(view, edge.id)


def test_strength_counts_the_surest_word_of_each_independent_document(streets: View) -> None:
    said = [one for one in around(streets, "Bo Barge")[2] if one.source == "Ann Arrow"]
    assert strength(said, {}) == pytest.approx(1 - 0.2 * 0.3 * 0.3)
    assert strength(said, folding.reprints(streets)) == pytest.approx(1 - 0.2 * 0.3)
    assert len(fold(said, {})) == 1


def every_chain(view: View, start: str, goal: str, hops: int, *, in_order: bool) -> list[float]:
    """What each chain costs, found by trying all."""
    days = {node.id: str(node.properties.get("published")) for node in view.nodes() if node.type == "Document"}
    between: dict[frozenset[str], list[tuple[str, float]]] = {}
    for edge in view.edges():
        between.setdefault(frozenset((edge.source, edge.target)), []).append((edge.document, edge.confidence))
    costs = []

    def go(path: tuple[str, ...], cost: float, since: str) -> None:
        if path[-1] == goal:
            costs.append(round(cost, 6))
        elif len(path) <= hops:
            for pair, said in between.items():
                fitting = [(document, sure) for document, sure in said if not in_order or days[document] >= since]
                if path[-1] in pair and fitting and not (there := pair - {path[-1]}) & {*path}:
                    surest: dict[str, float] = {}
                    for document, sure in fitting:
                        surest[document] = max(sure, surest.get(document, 0))
                    doubt = math.prod(1 - sure for sure in surest.values())
                    after = min(days[document] for document, _ in fitting)
                    go((*path, *there), cost + 1 - math.log(1 - doubt), after)

    go((start,), 0.0, "")
    return sorted(costs)


@pytest.mark.parametrize("in_order", [False, True])
def test_the_best_chains_are_those_that_trying_all_finds(cypher_store: Store, in_order: bool) -> None:
    chance = random.Random(7)
    people = [Node(f"actor:{name}", "Actor", name) for name in "abcdefghij"]
    with cypher_store.writer() as writer:
        for number in range(6):
            id = document_id(str(number))
            root = Node(
                id, "Document", str(number), (), {"genre": "news", "text": ".", "published": f"2020-0{number + 1}"}
            )
            pairs = [chance.sample(people, 2) for _ in range(4)]
            edges = [
                Edge(
                    f"edge:{number}-{place}", "ACCUSES", a.id, b.id, id, ".", 0, 1, chance.choice([0.1, 0.3, 0.6, 0.9])
                )
                for place, (a, b) in enumerate(pairs)
            ]
            writer.put(Bundle(root, [root, *{node.id: node for pair in pairs for node in pair}.values()], edges))
    with cypher_store.view() as view:
        route = paths.Route(hops=4, in_order=in_order)
        tried = 0
        for a, b in itertools.permutations("abcdef", 2):
            chains = paths.chains(view, [f"actor:{a}"], [f"actor:{b}"], route, folding.Folds(), {}, limit=4)
            costs = [round(len(chain.hops) - math.log(chain.score), 6) for chain in chains]
            assert costs == every_chain(view, f"actor:{a}", f"actor:{b}", 4, in_order=in_order)[:4]
            tried += len(costs)
        assert tried > 30
