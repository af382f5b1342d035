"""Exploring, on a small graph whose answers were worked out by hand, on every store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from narragraph.errors import AmbiguousName
from narragraph.graph.ingest import load
from narragraph.graph.records import read_lines
from narragraph.graph.stores.base import Store, View
from narragraph.queries.exploring import names, text

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def view(cypher_store: Store) -> Any:
    lines = (FIXTURES / "harbour.jsonl").read_text("utf-8").splitlines()
    load((record for _, record in read_lines(lines)), cypher_store)
    with cypher_store.view() as view:
        yield view


def test_names_are_found_by_name_alias_part_and_near_spelling(view: View) -> None:
    def first(name: str) -> tuple[str, str]:
        match = names.find(view, name)[0]
        return match.name, match.how

    assert first("radio  NORTH") == ("Radio North", "name")
    assert first("outlet:radio-north") == ("Radio North", "id")
    assert first("Northlandic") == ("Northland", "alias")
    assert first("Harbour") == ("Harbour Times", "part")
    assert first("Sutmark") == ("Southmark", "near")
    assert first("It had poisoned the harbour") == ("it had poisoned the harbour", "name")
    assert first("had poisoned") == ("it had poisoned the harbour", "part")
    assert names.find(view, "Zanzibar") == []
    assert names.find(view, " ") == []


def test_a_name_that_fits_several_is_listed_to_choose_from(view: View) -> None:
    with pytest.raises(AmbiguousName) as told:
        names.resolve(view, "the harbour")
    assert told.value.candidates, "candidates are listed"


def test_a_profile_shows_what_a_node_says_and_what_is_said_of_it(view: View) -> None:
    match = names.resolve(view, "Southmark")
    assert match is not None
    profile = text.profile(view, match)
    assert [s.relation for s in profile.says] == ["DENIES"]
    assert sorted(s.relation for s in profile.said_of) == ["ABOUT", "ACCUSES", "INVOLVES"]
    shown = text.profile_text(profile)
    assert "Northland accused Southmark of poisoning the harbour of Kelp." in shown
    assert "The harbour story: what is true · 2021-05-05" in shown


def test_a_profile_tells_how_many_doubtful_statements_it_leaves_out(view: View) -> None:
    match = names.resolve(view, "Radio North")
    assert match is not None
    profile = text.profile(view, match)
    assert (profile.says, profile.hidden) == ([], 2)
    assert "2 less certain statements left out; --min-confidence 0 shows them." in text.profile_text(profile)


def test_an_op_ed_disputes_where_a_fact_check_debunks(view: View) -> None:
    match = names.resolve(view, "narrative:poisoned-sea")
    assert match is not None
    assert "is disputed by They lie about the harbour" in text.profile_text(text.profile(view, match))


def test_links_show_the_sentence_of_each_hop(view: View) -> None:
    start, goal = names.resolve(view, "Harbour Times"), names.resolve(view, "Southmark")
    assert start is not None
    assert goal is not None
    chains = text.chains(view, start, goal, hops=4, min_confidence=0.7)
    assert [[[s.relation for s in hop] for hop in chain] for chain in chains] == [
        [["AMPLIFIES"], ["EXPRESSES"], ["DENIES", "ABOUT"]]
    ]
    shown = text.chains_text(start, goal, chains, hops=4)
    assert "Harbour Times spread the story of a poisoned sea." in shown
    assert "Southmark denied that it had poisoned the harbour." in shown


def test_links_longer_than_asked_for_are_not_shown(view: View) -> None:
    start, goal = names.resolve(view, "Harbour Times"), names.resolve(view, "Southmark")
    assert start is not None
    assert goal is not None
    assert text.chains(view, start, goal, hops=2, min_confidence=0.7) == []
    assert "No chain of statements of at most 2 hops" in text.chains_text(start, goal, [], hops=2)
