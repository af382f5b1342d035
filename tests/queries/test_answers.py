"""The canned queries and exploring, on a small graph whose answers were worked out by hand, on every store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from narragraph.errors import AmbiguousName, NothingFound
from narragraph.graph.ingest import load
from narragraph.graph.records import read_lines
from narragraph.graph.stores.base import Store, View
from narragraph.queries import explore, pack, report, runner

FIXTURES = Path(__file__).parent / "fixtures"
ANSWERS = yaml.safe_load((FIXTURES / "answers" / "answers.yaml").read_text("utf-8"))


@pytest.fixture
def view(cypher_store: Store) -> Any:
    lines = (FIXTURES / "harbour.jsonl").read_text("utf-8").splitlines()
    load((record for _, record in read_lines(lines)), cypher_store)
    with cypher_store.view() as view:
        yield view


def test_every_canned_query_has_an_answer_worked_out_by_hand() -> None:
    assert {answer["query"] for answer in ANSWERS} == set(pack.load_packs())


def test_canned_queries_answer_as_worked_out_by_hand(view: View) -> None:
    for answer in ANSWERS:
        query = pack.load_packs()[answer["query"]]
        rows = runner.run(view, query, answer.get("parameters", {})).rows
        assert rows.columns == tuple(query.columns), f"{query.name} documents its columns"
        places = [rows.columns.index(column) for column in answer["columns"]]
        found = [[row[place] for place in places] for row in rows.rows]
        assert found == answer["rows"], f"{query.name} {answer.get('parameters', '')}"


def test_an_answer_that_confidence_hides_says_how_much_it_hides(view: View) -> None:
    query = pack.load_packs()["who-denies-what"]
    answer = runner.run(view, query, {"min_confidence": 0.99})
    assert (answer.rows.rows, answer.hidden) == ([], 1)


def test_a_name_nobody_bears_is_told(view: View) -> None:
    with pytest.raises(NothingFound, match="nothing in the store is named 'Atlantis'"):
        runner.run(view, pack.load_packs()["claims-by"], {"speaker": "Atlantis"})


def test_names_are_found_by_name_alias_part_and_near_spelling(view: View) -> None:
    def first(name: str) -> tuple[str, str]:
        match = explore.find(view, name)[0]
        return match.name, match.how

    assert first("radio  NORTH") == ("Radio North", "name")
    assert first("outlet:radio-north") == ("Radio North", "id")
    assert first("Northlandic") == ("Northland", "alias")
    assert first("Harbour") == ("Harbour Times", "part")
    assert first("Sutmark") == ("Southmark", "near")
    assert first("It had poisoned the harbour") == ("it had poisoned the harbour", "name")
    assert first("had poisoned") == ("it had poisoned the harbour", "part")
    assert explore.find(view, "Zanzibar") == []
    assert explore.find(view, " ") == []


def test_a_name_that_fits_several_is_listed_to_choose_from(view: View) -> None:
    with pytest.raises(AmbiguousName) as told:
        explore.resolve(view, "the harbour")
    assert told.value.candidates, "candidates are listed"


def test_a_profile_shows_what_a_node_says_and_what_is_said_of_it(view: View) -> None:
    match = explore.resolve(view, "Southmark")
    assert match is not None
    profile = report.profile(view, match)
    assert [s.relation for s in profile.says] == ["DENIES"]
    assert sorted(s.relation for s in profile.said_of) == ["ABOUT", "ACCUSES", "INVOLVES"]
    text = report.profile_text(profile)
    assert "Northland accused Southmark of poisoning the harbour of Kelp." in text
    assert "The harbour story: what is true · 2021-05-05" in text


def test_a_profile_tells_how_many_doubtful_statements_it_leaves_out(view: View) -> None:
    match = explore.resolve(view, "Radio North")
    assert match is not None
    profile = report.profile(view, match)
    assert (profile.says, profile.hidden) == ([], 2)
    assert "2 less certain statements left out; --min-confidence 0 shows them." in report.profile_text(profile)


def test_an_op_ed_disputes_where_a_fact_check_debunks(view: View) -> None:
    match = explore.resolve(view, "narrative:poisoned-sea")
    assert match is not None
    assert "is disputed by They lie about the harbour" in report.profile_text(report.profile(view, match))


def test_links_show_the_sentence_of_each_hop(view: View) -> None:
    start, goal = explore.resolve(view, "Harbour Times"), explore.resolve(view, "Southmark")
    assert start is not None
    assert goal is not None
    chains = report.chains(view, start, goal, hops=4, min_confidence=0.7)
    assert [[[s.relation for s in hop] for hop in chain] for chain in chains] == [
        [["AMPLIFIES"], ["EXPRESSES"], ["DENIES", "ABOUT"]]
    ]
    text = report.chains_text(start, goal, chains, hops=4)
    assert "Harbour Times spread the story of a poisoned sea." in text
    assert "Southmark denied that it had poisoned the harbour." in text


def test_links_longer_than_asked_for_are_not_shown(view: View) -> None:
    start, goal = explore.resolve(view, "Harbour Times"), explore.resolve(view, "Southmark")
    assert start is not None
    assert goal is not None
    assert report.chains(view, start, goal, hops=2, min_confidence=0.7) == []
    assert "No chain of statements of at most 2 hops" in report.chains_text(start, goal, [], hops=2)
