"""Noun phrases: the participant is the head, whatever stands before, behind and beside it."""

from __future__ import annotations

import pytest

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.coreference import resolve
from narragraph.loaders.extraction.mentions import find_mentions
from narragraph.loaders.extraction.phrases import find_phrases
from narragraph.loaders.extraction.sentences import find_sentences
from narragraph.loaders.extraction.structure import find_blocks


def read(text: str) -> Analysis:
    analysis = Analysis(SourceDocument("test", text))
    for stage in (find_blocks, find_sentences, find_mentions, find_phrases, resolve):
        stage(analysis)
    return analysis


def participants(text: str) -> dict[str, list[str]]:
    """Each phrase → names of those who take part by it; of two with the same words the last counts."""
    analysis = read(text)
    return {
        " ".join(text[phrase.start : phrase.end].split()): [
            analysis.entities[entity].name for entity in phrase.entities
        ]
        for phrase in analysis.phrases
    }


def owners(text: str) -> dict[str, list[str]]:
    analysis = read(text)
    return {
        text[phrase.start : phrase.end]: [analysis.entities[entity].name for entity in phrase.possessor]
        for phrase in analysis.phrases
        if phrase.possessor
    }


@pytest.mark.parametrize(
    ("text", "phrase", "who"),
    [
        ("Colombia's President Ivan Duque left.", "Colombia's President Ivan Duque", ["Iván Duque"]),
        ("US Secretary of State Antony Blinken left.", "US Secretary of State Antony Blinken", ["Antony Blinken"]),
        ("Oskar Brandvold, a former adviser, left.", "Oskar Brandvold, a former adviser", ["Oskar Brandvold"]),
        ("Their spokesman, Oskar Brandvold, left.", "Their spokesman, Oskar Brandvold", ["Oskar Brandvold"]),
        ("A number of Malian bloggers spread it.", "A number of Malian bloggers", ["Malian bloggers"]),
        ("Two of its Malian allies spread it.", "Two of its Malian allies", ["Two of its Malian allies"]),
        ("Mali, France and Chad left.", "Mali, France and Chad", ["Mali", "France", "Chad"]),
        ("Mali, France, and Chad left.", "Mali, France, and Chad", ["Mali", "France", "Chad"]),
        ("Mali and its army denied it.", "Mali", ["Mali"]),
        ("A statement by Mali is false.", "A statement", []),
        ("The US-led campaign is false.", "The US-led campaign", []),
        ("The Russian campaign is false.", "The Russian campaign", []),
        ("Russia's claims are false.", "Russia's claims", []),
        ("The Institute for Rumours left.", "The Institute for Rumours", ["Institute for Rumours"]),
        ("They punished sanctions 'violators' in Mali.", "sanctions 'violators", []),
    ],
)  # fmt: skip
def test_who_takes_part_by_a_phrase(text: str, phrase: str, who: list[str]) -> None:
    found = participants(text)
    assert phrase in found, list(found)
    assert found[phrase] == who


@pytest.mark.parametrize(
    ("text", "phrase", "who"),
    [
        ("Russia's claims are false.", "Russia's claims", ["Russia"]),
        ("The claims of Russia are false.", "The claims", ["Russia"]),
        ("The Kremlin’s many lies are known.", "The Kremlin’s many lies", ["Government of Russia"]),
        ("Oskar Brandvold, a senator, left. His claims are false.", "His claims", ["Oskar Brandvold"]),
    ],
)
def test_who_owns_a_phrase(text: str, phrase: str, who: list[str]) -> None:
    assert owners(text).get(phrase) == who


def test_smaller_phrases_stand_after_the_one_that_holds_them() -> None:
    phrases = read("Britain, France and Germany denied it.").phrases
    assert (phrases[0].first, phrases[0].last) == (0, 5)
    assert [phrase.last - phrase.first for phrase in phrases[1:4]] == [1, 1, 1]


def test_a_pronoun_in_a_row_counts_with_the_others() -> None:
    found = participants("Oskar Brandvold, a senator, left. Mali and he denied it.")
    assert found["Mali and he"] == ["Mali", "Oskar Brandvold"]
