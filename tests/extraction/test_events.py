"""Events: kind, place, time and participants."""

from __future__ import annotations

import pytest

from narragraph.graph.model import Edge, Node
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import extract_document


def read(text: str, published: str | None = "2022-01-20") -> tuple[list[Node], set[tuple[str, str, str | None]]]:
    """Events, and (type, target, role) of their edges."""
    records = extract_document(SourceDocument("key", text, published=published))
    events = [record for record in records if isinstance(record, Node) and record.type == "Event"]
    edges = [record for record in records if isinstance(record, Edge) and record.type in ("INVOLVES", "LOCATED_IN")]
    for edge in edges:
        assert edge.sentence == text[edge.start : edge.end]
    return events, {(edge.type, edge.target, _text(edge.properties.get("role"))) for edge in edges}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@pytest.mark.parametrize(
    ("text", "kind", "edges"),
    [
        ("The protests in Kazakhstan went on.", "protests", {("LOCATED_IN", "country:KZ", None)}),
        ("The Belarusian elections were rigged.", "election", {("LOCATED_IN", "country:BY", None)}),
        (
            "The Russian invasion of Ukraine went on.",
            "invasion",
            {
                ("INVOLVES", "country:RU", "agent"),
                ("INVOLVES", "country:UA", "target"),
                ("LOCATED_IN", "country:UA", None),
            },
        ),
        (
            "NATO deployed 500 troops to Latvia.",
            "deployment",
            {("INVOLVES", "actor:nato", "agent"), ("LOCATED_IN", "country:LV", None)},
        ),
    ],
)
def test_nouns_and_verbs_tell_of_events(text: str, kind: str, edges: set[tuple[str, str, str | None]]) -> None:
    events, found = read(text)
    assert [event.properties["kind"] for event in events] == [kind]
    assert found == edges


def test_several_places_that_speak_of_one_happening_are_one_event() -> None:
    text = (
        "The protests in Kazakhstan began on January 2. Nobody expected the protests. "
        "The unrest in Kazakhstan ended a week later. The protests in France went on."
    )
    events, _ = read(text)
    assert sorted(event.name for event in events) == ["protests in France", "protests in Kazakhstan, 2 January 2022"]


def test_a_date_without_a_year_is_kept_as_read_where_nothing_tells_the_year() -> None:
    (event,), _ = read("The protests in Kazakhstan began on January 2.", published=None)
    assert "start" not in event.properties
    assert event.properties["time_as_read"] == "January 2"


def test_dated_and_placed_events_are_the_same_across_documents_and_others_are_not() -> None:
    def ids(text: str, key: str) -> set[str]:
        records = extract_document(SourceDocument(key, text, published="2022-01-20"))
        return {record.id for record in records if isinstance(record, Node) and record.type == "Event"}

    dated, undated = "The protests in Kazakhstan of 2 January 2022 went on.", "The protests in Kazakhstan went on."
    assert ids(dated, "one") == ids(dated, "two")
    assert ids(undated, "one").isdisjoint(ids(undated, "two"))


@pytest.mark.parametrize(
    "text",
    [
        "Lie: “Russia invades Kazakhstan!”\n\nTruth: it does not.",
        "A possible attack on Latvia was discussed.",
        "Any war with Latvia would be short.",
        "He talked about protests.",
    ],
)
def test_what_is_only_claimed_possible_or_nowhere_is_no_event(text: str) -> None:
    events, _ = read(text)
    assert events == []


def test_sanctions_take_place_nowhere() -> None:
    _, edges = read("The EU imposed sanctions on Belarus in March 2022.")
    assert {type for type, _, _ in edges} == {"INVOLVES"}


def test_what_somebody_doubts_is_no_event() -> None:
    assert read("Mark Rutte said that he did not think it had happened with the Dutch elections.") == ([], set())


def test_what_a_case_disputes_is_no_event() -> None:
    lie = "Moscow will decide the election in Poland in 2025."
    events, _ = read(f"Disinfo: Poland is next\n\nSummary\n\n{lie}\n\nDisproof\n\nNo evidence given.\n")
    assert not events


def test_soldiers_who_were_sent_were_deployed() -> None:
    [event], edges = read("On January 6, 2022, the CSTO sent troops to Kazakhstan.")
    assert (event.properties["kind"], event.properties["start"]) == ("deployment", "2022-01-06")
    assert ("LOCATED_IN", "country:KZ", None) in edges
