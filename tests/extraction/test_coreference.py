"""What stands for an entity without naming it: pronouns, offices, bodies, "the country"."""

from __future__ import annotations

import pytest

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.coreference import resolve
from narragraph.loaders.extraction.mentions import find_mentions
from narragraph.loaders.extraction.phrases import find_phrases
from narragraph.loaders.extraction.sentences import find_sentences
from narragraph.loaders.extraction.structure import find_blocks

MINISTRY = "Ministry of Foreign Affairs of Mali"


def read(text: str) -> Analysis:
    analysis = Analysis(SourceDocument("test", text))
    for stage in (find_blocks, find_sentences, find_mentions, find_phrases, resolve):
        stage(analysis)
    return analysis


def meant(text: str, words: str) -> str | None:
    """The name of what the last place of some words stands for."""
    analysis = read(text)
    found = [m for m in analysis.mentions if text[m.start : m.end].lower() == words.lower()]
    return analysis.entities[found[-1].entity].name if found else None


@pytest.mark.parametrize(
    ("text", "pronoun", "who"),
    [
        ("Oskar Brandvold, a senator, left. He denied it.", "He", "Oskar Brandvold"),
        ("Anna Odell met Oskar Brandvold in Mali. She denied it.", "She", "Anna Odell"),
        ("Anna Odell met Oskar Brandvold in Mali. He denied it.", "He", "Oskar Brandvold"),
        ("Oskar Brandvold said that he had lied.", "he", "Oskar Brandvold"),
        ("Oskar Brandvold attacked Peter Odell in a speech. He denied it.", "He", "Oskar Brandvold"),
        ("“It is a lie,” Oskar Brandvold said. “It is not,” he added.", "he", "Oskar Brandvold"),
        ("Peter Odell said “Oskar Brandvold lies” on Monday. He left.", "He", "Peter Odell"),
        ("Peter Odell spoke. Oskar Brandvold had lied, he said.", "he", "Peter Odell"),
        ("Peter Odell left. He met Oskar Brandvold in Mali. He denied it.", "He", "Peter Odell"),
        ("Spokeswoman Kari Tuuk spoke with Oskar Brandvold. Her claim is false.", "Her", "Kari Tuuk"),
    ],
)
def test_he_and_she_are_the_last_fitting_person(text: str, pronoun: str, who: str) -> None:
    assert meant(text, pronoun) == who


def test_that_opens_a_clause_and_no_police() -> None:
    assert meant("Mali denied that police lied.", "that police") is None


def subjects(text: str, words: str) -> list[str]:
    """The names of what phrases of these words mean, in the order of the text."""
    analysis = read(text)
    phrases = [phrase for phrase in analysis.phrases if text[phrase.start : phrase.end] == words]
    return [analysis.entities[entity].name for phrase in phrases for entity in phrase.entities]


def test_several_are_the_row_of_as_many_before() -> None:
    text = "Al Arabiya and Sky News Arabia showed it in Mali. Both channels accused Peru."
    assert subjects(text, "Both channels") == ["Al Arabiya", "Sky News Arabia"]
    text = "Mali accused Peru of theft. The two countries met."
    assert subjects(text, "The two countries") == ["Mali", "Peru"]
    assert not subjects("Mali accused Peru of theft. The two men met.", "The two men")


def test_a_body_without_its_country_is_that_of_the_country_told_of() -> None:
    text = "Mali was angry. The Ministry of National Defence denied it."
    assert meant(text, "Ministry of National Defence") == "Ministry of Defence of Mali"
    assert meant("Mali was angry. The general staff denied it.", "The general staff") == "General Staff of Mali"
    assert meant("They were angry. The general staff denied it.", "The general staff") is None


def test_an_office_is_held_by_whom_the_text_names_later() -> None:
    text = "Mali's president said so. The Malian president Oskar Brandvold left."
    assert subjects(text, "Mali's president") == ["Oskar Brandvold"]


def test_an_office_that_nobody_holds_by_name_is_that_of_the_main_country() -> None:
    text = "Mali voted. Mali is calm. The prime minister said so."
    assert subjects(text, "The prime minister") == ["Prime minister of Mali"]
    assert not subjects("They voted. The prime minister said so.", "The prime minister")


def test_an_office_without_a_named_holder_is_the_unnamed_one_of_before() -> None:
    assert subjects("A Malian diplomat accused them. The diplomat gave no proof.", "The diplomat") == [
        "Malian diplomat"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He denied it.",
        "Anna Odell left. He denied it.",
        "Mali left. It denied it.",
        "Oskar Brandvold left. They denied it.",
        "Pro-Putin bloggers left. He denied it.",
    ],
)
def test_a_pronoun_without_a_fitting_person_stays_open(text: str) -> None:
    assert not [mention for mention in read(text).mentions if mention.how == "pronoun"]


def test_no_pronoun_looks_back_far_or_into_another_case() -> None:
    far = "Oskar Brandvold, a senator, left. " + "It rained there. " * 6 + "He denied it."
    assert meant(far, "He") is None


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("President Oskar Brandvold met Anna Odell. The president denied it.", "The president", "Oskar Brandvold"),
        ("Foreign Minister Ann Tuuk met Oskar Orr. The foreign minister left.", "The foreign minister", "Ann Tuuk"),
        ("Oskar Brandvold, a spokesman, left. The spokesman denied it.", "The spokesman", "Oskar Brandvold"),
        ("The Malian foreign ministry denied it. The ministry spoke of lies.", "The ministry", MINISTRY),
        ("Vladimir Putin spoke. The Russian president denied it.", "president", "Vladimir Putin"),
        ("Mali denied it. The foreign ministry spoke of lies.", "The foreign ministry", MINISTRY),
        ("Malians protested. Mali denied that the country was in debt.", "the country", "Mali"),
        ("Malians protested. The government denied it.", "The government", "Government of Mali"),
        ("Malians protested. The army denied it.", "The army", "Armed Forces of Mali"),
        ("Malian state media reported it. He spoke on state television.", "state television", "Malian state media"),
        ("Twitter removed them. The platform did not say why.", "The platform", "Twitter"),
        ("NATO denied it. The agency spoke of lies.", "The agency", "NATO"),
        ("Mali sent troops. Its foreign ministry spoke of lies.", "Its foreign ministry", MINISTRY),
        ("The Brindle Trade Council met. It rained. The council lied.", "The council", "Brindle Trade Council"),
        ("Human Rights Watch met. The rights group spoke of lies.", "The rights group", "Human Rights Watch"),
    ],
)  # fmt: skip
def test_offices_bodies_and_countries(text: str, words: str, who: str) -> None:
    assert meant(text, words) == who


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("President Oskar Brandvold left. The president of the club denied it.", "The president"),
        ("President Oskar Brandvold left. The president election was a farce.", "The president"),
        ("Nobody was there. The ministry denied it.", "The ministry"),
        ("Nobody was there. The country is large.", "The country"),
    ],
)
def test_what_is_said_of_another_stays_open(text: str, words: str) -> None:
    assert meant(text, words) is None


def test_phrases_get_the_entities_that_their_pronouns_stand_for() -> None:
    analysis = read("Oskar Brandvold, a senator, left. He denied it.")
    (subject,) = [phrase for phrase in analysis.phrases if analysis.text[phrase.start : phrase.end] == "He"]
    assert subject.entities == ("actor:oskar-brandvold",)


def test_an_office_whose_holder_nobody_names_stands_for_itself() -> None:
    analysis = read("The Malian president denied it.")
    (subject,) = [phrase for phrase in analysis.phrases if "president" in analysis.text[phrase.start : phrase.end]]
    assert [analysis.entities[entity].name for entity in subject.entities] == ["President of Mali"]


def test_they_are_a_row_or_a_group() -> None:
    analysis = read("Britain and France denied it. They spoke of lies.")
    (subject,) = [phrase for phrase in analysis.phrases if analysis.text[phrase.start : phrase.end] == "They"]
    assert subject.entities == ("country:GB", "country:FR")


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("NATO held talks. The Alliance denied it.", "Alliance", "NATO"),
        ("The Lorne Monitoring Mission left Mali. The Mission denied it.", "Mission", "Lorne Monitoring Mission"),
        ("It rained. The Mission denied it.", "Mission", None),
        ("Mali was angry. Peter Odell, who rules it, left. They accused Odell's government of it.", "government",
         "Government of Mali"),
    ],
)  # fmt: skip
def test_a_body_is_known_by_a_word_of_its_name(text: str, words: str, who: str | None) -> None:
    assert meant(text, words) == who


def test_the_office_of_a_country_is_its_holder_or_itself() -> None:
    text = "Malian President Oskar Brandvold left. The president of Mali denied it."
    assert set(subjects(text, "The president")) == {"Oskar Brandvold"}
    text = "The president of Mali lied. Anna Odell, president of Mali, denied it."
    assert set(subjects(text, "The president")) == {"Anna Odell"}
    assert set(subjects("The president of Mali denied it.", "The president")) == {"president of Mali"}
    assert set(subjects("They met the president of Mali.", "the president")) == {"President of Mali"}


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("He named Peru and Chile, saying both had lied.", "both", ["Peru", "Chile"]),
        (
            "The Malian army and the Chadian army met. Both armies left.",
            "Both armies",
            ["Armed Forces of Mali", "Armed Forces of Chad"],
        ),
        ("He hired both.", "both", []),
    ],
)
def test_both_are_the_two_named_together_before(text: str, words: str, who: list[str]) -> None:
    assert subjects(text, words) == who


def test_an_offence_behind_an_office_is_not_what_it_is_an_office_of() -> None:
    assert meant("Minister Peter Odell left. Peru accused the minister of lying.", "the minister") == "Peter Odell"
    assert meant("Minister Peter Odell left. Peru met the minister of trade.", "the minister") is None
