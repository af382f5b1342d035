"""The narratives that claims express, and what claims are about."""

from __future__ import annotations

import pytest

from narragraph.graph.model import Edge, Node
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import extract_document
from narragraph.ontology.narratives import load_narratives

TEXT = "Moscow said that the protests in Minsk had been financed by the CIA. Warsaw said that rain was coming.\n"


def test_a_claim_expresses_the_known_narratives_whose_patterns_it_fits() -> None:
    records = extract_document(SourceDocument("key", TEXT))
    expressed = [record for record in records if isinstance(record, Edge) and record.type == "EXPRESSES"]
    claim = "the protests in Minsk had been financed by the CIA"
    assert {edge.target for edge in expressed} == {narrative.id for narrative, _ in load_narratives().find(claim)}
    assert expressed
    for edge in expressed:
        assert str(edge.properties["trigger"]) in claim
    known = [record for record in records if isinstance(record, Node) and record.type == "Narrative"]
    assert {node.properties["status"] for node in known} == {"known"}


def test_a_claim_is_about_what_it_mentions() -> None:
    records = extract_document(SourceDocument("key", TEXT))
    claims = {record.id: record.name for record in records if isinstance(record, Node) and record.type == "Claim"}
    about = {
        (claims[record.source], record.target, record.properties["basis"])
        for record in records
        if isinstance(record, Edge) and record.type == "ABOUT"
    }
    assert ("the protests in Minsk had been financed by the CIA", "actor:cia", "derived") in {
        (claim, target.replace("central-intelligence-agency", "cia"), basis) for claim, target, basis in about
    }


def test_a_claim_is_about_the_event_it_speaks_of() -> None:
    records = extract_document(
        SourceDocument("key", "Moscow said that the annexation of Crimea by Russia was lawful.\n")
    )
    events = {record.id for record in records if isinstance(record, Node) and record.type == "Event"}
    about = [record for record in records if isinstance(record, Edge) and record.type == "ABOUT"]
    assert [(edge.properties["trigger"], edge.properties["basis"]) for edge in about if edge.target in events] == [
        ("the annexation", "derived")
    ]


def test_a_narrative_is_part_of_the_wider_one_that_the_scheme_has_it_in() -> None:
    records = extract_document(SourceDocument("key", TEXT))
    parts = {(edge.source, edge.target) for edge in records if isinstance(edge, Edge) and edge.type == "PART_OF"}
    assert ("narrative:colour-revolutions", "narrative:west-interferes") in parts
    assert {"narrative:west-interferes"} <= {record.id for record in records if isinstance(record, Node)}


def test_what_speaks_against_a_claim_does_not_tell_its_narrative() -> None:
    text = "The United Nations said it was not aware of any biological weapons programme in Ukraine."
    assert not any(
        isinstance(record, Edge) and record.type == "EXPRESSES"
        for record in extract_document(SourceDocument("key", text))
    )


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        ("foreign interference had fuelled the protests", "Russia interferes in elections"),
        ("the US and its forces conspire to weaken other countries", "European states have lost their sovereignty"),
        ("a Buk missile of a Russian brigade shot down flight MH17", "Russia did not shoot down MH17"),
        ("governments used the video as a pretext for air strikes", "The regime blames foreigners for its own failure"),
        ("European sanctions never covered grain", "Western sanctions cause hunger"),
        ("the White Helmets rescued forty people from the ruins", "The White Helmets stage attacks"),
    ],
)
def test_words_that_merely_resemble_a_narrative_do_not_tell_it(text: str, narrative: str) -> None:
    assert narrative not in {found.label for found, _ in load_narratives().find(text)}
