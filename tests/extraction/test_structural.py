"""What lists of lies, summaries and disproofs say by their structure."""

from __future__ import annotations

from narragraph.graph.model import Edge, Node
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import extract_document

LIES = """The coming Western information war campaign against Serbia is exposed in this article

The dam was opened last week. A Western information war campaign against Serbia will follow.

  1. Lie: “Serbia is flooding Hungary!”

Motive: to win the vote.

The truth: the dam was opened by an earthquake.

  1. Lie: “Serbia poisons the fish!”

The truth: no fish has died.
"""

CASE = """Disinfo: Poland floods Belarus

Poland has flooded villages in Belarus. The dam was blown up by Polish soldiers.

Disproof

This is a recurring pro-Kremlin disinformation narrative about Russophobic Poland.

No evidence points to soldiers at the dam. It is raining in Belarus.

See other examples, such as claims that Poland plans to annex Lviv, that Lithuania starves Kaliningrad, or that \
Estonia is a colony.
"""


def read(text: str) -> tuple[dict[str, str], list[Edge]]:
    """Names by id, and the edges that say something."""
    records = extract_document(SourceDocument("key", text))
    names = {record.id: record.name for record in records if isinstance(record, Node)}
    return names, [record for record in records if isinstance(record, Edge) and record.type != "MENTIONS"]


def said(text: str, type: str, family: str) -> list[tuple[str, str, str]]:
    """(source, target, evidence) of the edges of a type that a family of rules made."""
    names, edges = read(text)
    return [
        (names[edge.source], names[edge.target], " ".join(str(edge.sentence).split()))
        for edge in edges
        if edge.type == type and str(edge.properties["rule"]).startswith(family)
    ]


TITLE = "The coming Western information war campaign against Serbia is exposed in this article"


def test_the_document_debunks_each_listed_lie() -> None:
    assert said(LIES, "DEBUNKS", "listed") == [
        (TITLE, "Serbia is flooding Hungary!", "Lie: “Serbia is flooding Hungary!”"),
        (TITLE, "Serbia poisons the fish!", "Lie: “Serbia poisons the fish!”"),
    ]


def test_each_truth_counters_its_lie() -> None:
    assert [(truth, lie) for truth, lie, _ in said(LIES, "COUNTERS", "listed")] == [
        ("the dam was opened by an earthquake", "Serbia is flooding Hungary!"),
        ("no fish has died", "Serbia poisons the fish!"),
    ]


def test_lies_are_ascribed_to_those_who_are_said_to_spread_them() -> None:
    _, edges = read(LIES)
    ascribed = [edge for edge in edges if edge.properties["rule"] == "ascribed.list"]
    assert {edge.target for edge in ascribed} == {"actor:the-west"}
    assert {(edge.properties["manner"], edge.properties["modality"]) for edge in ascribed} == {("ascribed", "reported")}
    assert all(str(edge.sentence).startswith("Lie: ") for edge in ascribed)


def test_a_motive_is_kept_with_the_debunking() -> None:
    _, edges = read(LIES)
    motives = [edge.properties.get("motive") for edge in edges if edge.properties["rule"] == "listed.lie"]
    assert motives == ["to win the vote.", None]


def test_title_and_summary_are_the_words_of_the_media_that_the_disproof_names() -> None:
    assert [(claim, speaker) for claim, speaker, _ in said(CASE, "ATTRIBUTED_TO", "ascribed.lead")] == [
        ("Poland floods Belarus", "Pro-Kremlin media"),
        ("Poland has flooded villages in Belarus", "Pro-Kremlin media"),
    ]


def test_the_disproof_debunks_the_title_and_the_claims_whose_words_it_takes_up() -> None:
    (lead,) = said(CASE, "DEBUNKS", "section")
    assert lead[1] == "Poland floods Belarus"
    assert lead[2].startswith("This is a recurring pro-Kremlin")
    assert [(claim, words) for _, claim, words in said(CASE, "DEBUNKS", "taken-up")] == [
        ("The dam was blown up by Polish soldiers", "No evidence points to soldiers at the dam.")
    ]


def test_listed_examples_are_claims_of_the_same_media() -> None:
    assert {claim for claim, _, _ in said(CASE, "ATTRIBUTED_TO", "ascribed.example")} == {
        "Poland plans to annex Lviv",
        "Lithuania starves Kaliningrad",
        "Estonia is a colony",
    }


def test_the_outlet_of_the_metadata_speaks_where_it_is_named() -> None:
    speakers = {speaker for _, speaker, _ in said(CASE + "\n  • Outlet: rt.com\n", "ATTRIBUTED_TO", "ascribed")}
    assert speakers == {"RT"}


def test_a_collected_case_is_told_by_the_media_whose_cases_are_collected() -> None:
    unnamed = CASE.replace("pro-Kremlin ", "")
    assert {speaker for _, speaker, _ in said(unnamed, "ATTRIBUTED_TO", "ascribed")} == {"Pro-Kremlin media"}


def test_nobody_speaks_where_nobody_is_named() -> None:
    anonymous = CASE.replace("pro-Kremlin ", "").replace("Disinfo: ", "")
    anonymous = anonymous.replace("Poland has", "Summary\n\nPoland has")
    assert said(anonymous, "ATTRIBUTED_TO", "ascribed") == []
    assert said(anonymous, "DEBUNKS", "section") != []


def test_the_narrative_that_a_disproof_names_is_disputed_and_spread_by_those_media() -> None:
    names, edges = read(CASE)
    named = [edge for edge in edges if str(edge.properties["rule"]) == "named.narrative"]
    assert {edge.type for edge in named} == {"DEBUNKS", "AMPLIFIES"}
    assert all(edge.target.startswith("narrative:") for edge in named)
    assert {names[edge.source] for edge in named if edge.type == "AMPLIFIES"} == {"Pro-Kremlin media"}


def test_a_title_labelled_as_fake_is_debunked() -> None:
    text = "Fake: Latvia poisons fish\n\nThe story spread on Tuesday. It is made up.\n"
    assert said(text, "DEBUNKS", "listed.title") == [
        ("Latvia poisons fish", "Latvia poisons fish", "Fake: Latvia poisons fish")
    ]


def test_sections_of_a_fact_check_are_read_like_a_case_without_a_speaker() -> None:
    text = "Dam and fish\n\nWhat was claimed\n\nLatvia poisons fish.\n\nOur verdict\n\nFalse. No fish has died.\n"
    (debunked,) = said(text, "DEBUNKS", "section")
    assert debunked[1:] == ("Latvia poisons fish", "False.")


def test_a_rating_of_one_word_is_a_disproof_and_one_that_confirms_disputes_nothing() -> None:
    def checked(rating: str) -> str:
        return f"Dam and fish\n\nClaim:\nLatvia poisons fish.\n\nRating:\n{rating}\n\nContext\nFish swim in Latvia.\n"

    assert [words for _, _, words in said(checked("False"), "DEBUNKS", "section")] == ["False"]
    assert said(checked("True"), "DEBUNKS", "") == []
    labelled = (
        "Three claims\n\nClaim: Latvia sells fish.\nVerdict: True\n\nClaim: Latvia poisons fish.\nVerdict: False\n"
    )
    assert [claim for _, claim, _ in said(labelled, "DEBUNKS", "listed")] == ["Latvia poisons fish"]


def test_in_a_fact_check_the_turn_debunks_what_was_shared() -> None:
    item = "A photo was shared with the claim that it shows a flood in Latvia. But {} photo was taken in Poland.\n"
    text = "AFP Fact Check of the week\n\n" + item.format("the") + "\n" + item.format("Reuters found the")
    assert [(checker, claim[:18]) for checker, claim, _ in said(text, "DEBUNKS", "taken-up")] == [
        ("AFP Fact Check of the week", "A photo was shared"),
        ("Reuters", "A photo was shared"),
    ]
    assert said(text.replace("AFP Fact Check", "News"), "DEBUNKS", "taken-up") == []
