"""Relations as a reader finds them: each sentence of the fixtures gives the edges beside it and no others."""

from pathlib import Path

import pytest
import yaml

from narragraph.graph.model import Edge
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.pipeline import analyse

_FILES = sorted((Path(__file__).parent / "fixtures" / "relations").glob("*.yaml"))
_TYPES = {"ACCUSES", "DENIES", "AMPLIFIES", "DEBUNKS", "ATTRIBUTED_TO"}
CASES = [
    pytest.param(case["text"], set(case["edges"]), id=f"{file.stem}: {case['text'][:70]}")
    for file in _FILES
    for case in yaml.safe_load(file.read_text("utf-8"))
]


def relations(text: str) -> tuple[Analysis, list[Edge]]:
    analysis = analyse(SourceDocument(source_key="test", text=text))
    return analysis, [edge for edge in analysis.edges if edge.type in _TYPES]


def named(analysis: Analysis, ident: str) -> str:
    if ident in analysis.entities:
        return analysis.entities[ident].name.removeprefix("Government of ").removeprefix("the ")
    return {"Claim": "claim", "Document": "document"}.get(analysis.nodes[ident].type, "?")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_sentence_gives_these_relations(text: str, expected: set[str]) -> None:
    analysis, edges = relations(text)
    assert {f"{e.type} {named(analysis, e.source)} > {named(analysis, e.target)}" for e in edges} == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_every_edge_stands_in_the_text(text: str, expected: set[str]) -> None:
    for edge in relations(text)[1]:
        assert edge.sentence == text[edge.start : edge.end]
        start, end = (int(str(edge.properties[name])) for name in ("trigger_start", "trigger_end"))
        assert edge.properties["trigger"] == text[start:end]


def only(text: str, type: str) -> tuple[Analysis, Edge]:
    analysis, edges = relations(text)
    found = [edge for edge in edges if edge.type == type]
    assert len(found) == 1
    return analysis, found[0]


def test_the_whole_chain_of_speakers_vouches() -> None:
    analysis, edge = only("According to Reuters, Peru said that Bolivia had violated the treaty.", "ACCUSES")
    reuters = next(ident for ident, node in analysis.entities.items() if node.name == "Reuters")
    assert edge.properties["asserted_by"] == [edge.document, reuters]
    assert edge.properties["modality"] == "reported"


def test_what_the_document_itself_says_is_asserted() -> None:
    _, edge = only("Finland blamed Russia for the outage.", "ACCUSES")
    assert edge.properties["asserted_by"] == [edge.document]
    assert edge.properties["modality"] == "asserted"


def test_a_negated_accusation_is_kept_and_marked_as_barely_possible() -> None:
    _, edge = only("Finland did not accuse Russia of the outage.", "ACCUSES")
    assert edge.properties["polarity"] == "negated"
    assert edge.confidence < 0.5


def test_a_hypothetical_accusation_is_kept_and_marked() -> None:
    _, edge = only("Finland may accuse Russia of the outage.", "ACCUSES")
    assert edge.properties["modality"] == "hypothetical"
    assert edge.confidence < 0.5


def test_an_accusation_names_its_claim_and_what_was_read() -> None:
    analysis, edge = only("Romania was accused by Moldova of meddling in its election.", "ACCUSES")
    assert analysis.nodes[str(edge.properties["claim"])].name == "meddling in its election"
    assert edge.properties["source_as_read"] == "Moldova"
    assert edge.properties["target_as_read"] == "Romania"


def test_the_claim_of_a_quotation_is_in_its_own_sentence_and_the_evidence_reaches_to_the_speaker() -> None:
    text = '"Bolivia broke the treaty. Its army attacked our post," Peru said.'
    analysis, edges = relations(text)
    first = next(e for e in edges if e.type == "ATTRIBUTED_TO" and "treaty" in analysis.nodes[e.source].name)
    assert analysis.nodes[first.source].name == "Bolivia broke the treaty"
    assert "Peru said" in (first.sentence or "")


def test_a_bare_claim_points_back_at_the_one_before() -> None:
    text = "Peru said that Bolivia had violated the treaty. Bolivia denied the allegation."
    _, edges = relations(text)
    denial = next(edge for edge in edges if edge.type == "DENIES")
    attributed = next(edge for edge in edges if edge.type == "ATTRIBUTED_TO")
    assert denial.target == attributed.source


def test_a_claim_on_which_another_relation_rests_is_told_apart() -> None:
    text = "Spain said that the bridge was a threat."
    alone = only(text, "ATTRIBUTED_TO")[1]
    denied = only(f"{text} France denied the allegation.", "ATTRIBUTED_TO")[1]
    assert str(alone.properties["rule"]).startswith("statement.")
    assert str(denied.properties["rule"]).startswith("speech.")


def test_a_denial_that_somebody_did_not_make_is_kept_and_marked() -> None:
    _, edge = only("Finland did not deny sinking the ferry.", "DENIES")
    assert edge.properties["polarity"] == "negated"
    assert edge.confidence < 0.5


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Malta rejected the accusation as a smear.", "the accusation"),
        ("Malta dismissed the claims out of hand.", "the claims"),
        ("Malta dismissed the story on Twitter.", "the story"),
        ("Malta rejected the story, first told by Xinhua.", "the story"),
        ("Malta denied the story, which had been printed by Xinhua.", "the story"),
        ("A captain said the ferry had been sunk. Malta disputes this account.", "the ferry had been sunk"),
        ("Malta denied that it had paid them: https://example.org/a", "it had paid them"),
        ("An old captain said the ferry had been sunk, a charge Malta denied.", "the ferry had been sunk"),
        ("The ferry was sunk by two frigates. Malta denied it.", "The ferry was sunk by two frigates"),
    ],
)
def test_what_is_denied_is_told_in_words_that_say_it(text: str, claim: str) -> None:
    analysis, edge = only(text, "DENIES")
    assert analysis.nodes[edge.target].name == claim


def test_a_claim_that_somebody_did_not_repeat_is_kept_and_marked() -> None:
    _, edge = only("Hungary did not repeat the claim that the bridge had been sold.", "AMPLIFIES")
    assert edge.properties["polarity"] == "negated"
    assert edge.confidence < 0.5


def test_media_that_a_disproof_names_spread_its_narrative_and_not_the_page_at_hand() -> None:
    analysis, edge = only(
        "Title: The bridge was sold\n\nSummary\nThe bridge was sold.\n\nDisproof\n"
        "Recurring pro-Kremlin disinformation narrative about the sale of bridges.",
        "AMPLIFIES",
    )
    assert named(analysis, edge.source) == "Pro-Kremlin media"


def accused_by_deed(text: str) -> list[str]:
    analysis, edges = relations(text)
    rules = [edge for edge in edges if str(edge.properties["rule"]).startswith("hostile-predicate.")]
    return [named(analysis, edge.target) for edge in rules if edge.type == "ACCUSES"]


def test_what_a_foe_is_said_to_do_accuses_though_nobody_calls_it_bad() -> None:
    entered = "Kenya said that Uganda had entered the valley."
    assert accused_by_deed(entered) == []
    assert accused_by_deed("Kenya accused Uganda of spying. " + entered) == []  # to enter is nothing one does to others
    moved = "Kenya said that Uganda had moved the border stones."
    assert accused_by_deed(moved) == []
    assert accused_by_deed("Kenya accused Uganda of spying. " + moved) == ["Uganda"]
    assert accused_by_deed("Uganda accused Kenya of spying. " + moved) == ["Uganda"]
    assert accused_by_deed("Kenya accused Rwanda of spying. " + moved) == []


@pytest.mark.parametrize(
    "harmless",
    [
        "had not moved the stones",
        "hopes for rain",
        "said so",
        "would move the stones",
        "did not move or hide the stones",
    ],
)
def test_a_foe_is_not_accused_of_what_nobody_did(harmless: str) -> None:
    assert accused_by_deed(f"Kenya accused Uganda of spying. Kenya said that Uganda {harmless}.") == []
