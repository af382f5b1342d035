"""Which claim a denial or a debunking means: what was claimed before, never the words that deny it."""

from narragraph.graph.model import Edge
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse, extract_document


def edges(text: str, type: str) -> list[tuple[str, str, Edge]]:
    """(source, target, edge) of a type, by the names of its ends."""
    analysis = analyse(SourceDocument(source_key="test", text=text))
    names = {ident: node.name for ident, node in [*analysis.entities.items(), *analysis.nodes.items()]}
    return [(names[edge.source], names[edge.target], edge) for edge in analysis.edges if edge.type == type]


def ends(text: str, type: str) -> set[tuple[str, str]]:
    return {(source, target) for source, target, _ in edges(text, type)}


def test_what_a_speaker_warns_of_is_not_what_they_deny() -> None:
    text = (
        "Iran accused Israel of poisoning the wells of Basra. Israeli minister Yair Lapid called the claim absurd "
        "and warned that Iran might attack ships."
    )
    assert ends(text, "DENIES") == {("Yair Lapid", "poisoning the wells of Basra")}


def test_the_accusation_denied_is_the_one_of_the_denier() -> None:
    text = (
        "Poland accused Belarus of sending migrants to the border. It also said that Latvian thugs had robbed them. "
        "Minsk denied the accusation."
    )
    assert ("Government of Belarus", "sending migrants to the border") in ends(text, "DENIES")


def test_a_denial_in_the_denier_s_own_words_says_so() -> None:
    [(_, words, edge)] = edges('"We do not engage in sabotage," Maria Zakharova said.', "DENIES")
    assert (words, edge.properties["manner"]) == ("We do not engage in sabotage", "own words")


def test_what_is_merely_called_false_is_the_claim_before() -> None:
    text = 'Poland accused France of bribing its judges. Emmanuel Macron said: "This is false."'
    [(_, claim, edge)] = edges(text, "DENIES")
    assert (claim, edge.properties["trigger"]) == ("bribing its judges", "is false")


def test_this_is_false_without_a_claim_before_states_nothing() -> None:
    assert not ends('Emmanuel Macron said: "This is false."', "DENIES")


def test_a_story_called_fake_is_denied_and_not_that_it_is_fake() -> None:
    text = "Russian media reported that Ukraine had sold weapons to Hamas. The Pentagon said the story was fake."
    assert {claim for _, claim in ends(text, "DENIES")} == {"Ukraine had sold weapons to Hamas"}


def test_what_lacks_evidence_is_the_claim_and_not_its_support() -> None:
    text = "There is no evidence to support claims of US or foreign intervention behind the unrest."
    assert {claim for _, claim in ends(text, "DEBUNKS")} == {"US or foreign intervention behind the unrest"}


def test_claims_that_lack_evidence_are_those_told_before() -> None:
    text = "Iran claimed that Israel had poisoned the wells. There is no evidence to back the claim."
    assert "Israel had poisoned the wells" in {claim for _, claim in ends(text, "DEBUNKS")}


def test_a_story_about_somebody_is_not_told_by_them() -> None:
    text = "A disinformation narrative about the White Helmets, which portrays rescue workers as terrorists, is old."
    assert not ends(text, "ACCUSES")


def test_who_says_that_false_stories_were_spread_denies_none() -> None:
    text = "The Latvian government said that fake accounts had spread false stories about its hospitals."
    assert not ends(text, "DENIES")


def test_one_sentence_says_a_thing_once() -> None:
    text = "Latvia accused Russia of lying about the port, said Russia had lied about it, and blamed Russia for lying."
    read = extract_document(SourceDocument(source_key="test", text=text))
    accusing = [edge for edge in read if isinstance(edge, Edge) and edge.type == "ACCUSES"]
    claims = [edge.properties.get("claim") for edge in accusing]
    assert accusing
    assert len(claims) == len(set(claims))
    assert None not in claims


def test_a_bare_noun_is_a_claim_of_its_document_alone() -> None:
    told = "Iran accused Israel of sabotage. Israel denied sabotage."
    first, second = (
        {edge.target for edge in extract_document(SourceDocument(source_key=key, text=told)) if isinstance(edge, Edge)
         and edge.type == "DENIES"}
        for key in ("one", "two")
    )  # fmt: skip
    assert first
    assert first.isdisjoint(second)


def test_a_claim_begins_with_its_own_words() -> None:
    text = "Latvia said that Russia was lying. “In fact, Russia has poisoned the wells,” the Latvian government said."
    analysis = analyse(SourceDocument(source_key="test", text=text))
    claims = {node.name for node in analysis.nodes.values() if node.type == "Claim"}
    assert "Russia has poisoned the wells" in claims


def test_some_people_of_a_country_are_not_the_country() -> None:
    text = "A Dutch court found two Russians and a Ukrainian separatist guilty of murder in November 2022."
    assert not ends(text, "ACCUSES")


def test_claims_named_in_quotation_marks_are_those_of_others() -> None:
    text = 'The minister Yair Lapid dismissed what he called "wild Iranian claims".'
    assert "Yair Lapid" not in {speaker for _, speaker in ends(text, "ATTRIBUTED_TO")}
    assert ends(text, "DENIES")


def test_what_others_had_decided_is_not_the_speaker_s_accusation() -> None:
    text = "Peskov said that Poland had decided from the start that Belarus was guilty of the arson."
    assert ("Dmitry Peskov", "Belarus") not in ends(text, "ACCUSES")


def test_a_slash_cuts_no_claim() -> None:
    text = "There is no evidence that Latvia had planned the fire to disturb the Russia-US/NATO talks in Geneva."
    [(_, claim)] = ends(text, "DEBUNKS")
    assert claim.endswith("the Russia-US/NATO talks")
    [(_, claim)] = ends("Russia/Belarus claims of torture are false.", "DEBUNKS")
    assert claim.startswith("Russia/Belarus")


def test_it_that_denies_a_charge_is_who_is_accused() -> None:
    text = "Norway blamed the fire on Mali, a charge it denied."
    assert {source for source, _ in ends(text, "DENIES")} == {"Mali"}
