"""Every known narrative can be explained, traced to a source, and found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from timing import processor_seconds

from narragraph.errors import OntologyError
from narragraph.ontology.narratives import Narrative, Pattern, anchors, load_narratives, read_narratives

SCHEME = load_narratives()
TEXTS = [
    text
    for narrative in SCHEME.narratives
    for text in (narrative.label, narrative.definition, *narrative.alt_labels, *narrative.examples)
]


def told(text: str) -> set[str]:
    return {narrative.id for narrative, _ in SCHEME.find(text)}


@pytest.mark.parametrize("narrative", SCHEME.narratives, ids=lambda narrative: str(narrative.id))
def test_a_narrative_is_complete(narrative: Narrative) -> None:
    assert re.fullmatch(r"narrative:[a-z0-9]+(-[a-z0-9]+)*", narrative.id)
    assert 5 < len(narrative.label) < 80
    assert narrative.alt_labels
    assert narrative.definition.endswith(".")
    assert narrative.sources
    assert narrative.patterns
    assert narrative.examples


@pytest.mark.parametrize("narrative", SCHEME.narratives, ids=lambda narrative: str(narrative.id))
def test_the_patterns_find_the_examples(narrative: Narrative) -> None:
    for example in narrative.examples:
        assert narrative.id in told(example), example


def test_the_scheme_has_two_levels() -> None:
    for narrative in SCHEME.narratives:
        if narrative.broader:
            assert SCHEME.by_id[narrative.broader].broader is None


def test_labels_are_unique() -> None:
    labels = [label.casefold() for n in SCHEME.narratives for label in (n.label, *n.alt_labels)]
    assert len(labels) == len(set(labels))


def test_no_pattern_can_run_away() -> None:
    """No unbounded gap, and no quantifier inside a repeated group."""
    for narrative in SCHEME.narratives:
        for pattern in (*narrative.patterns, *narrative.unless):
            assert not re.search(r"(?<!\\)[*+]", pattern), pattern
            assert not re.search(r"\{\d+,\}", pattern), pattern


def test_a_long_text_costs_what_its_length_costs() -> None:
    text = "The West, the United States and Russia in Ukraine with NATO and the Kremlin, "
    list(SCHEME.find(text))

    def seconds(times: int) -> float:
        return processor_seconds(lambda: list(SCHEME.find(text * times)))

    assert seconds(400) < 40 * seconds(40) + 0.5


def test_every_pattern_has_anchors() -> None:
    for narrative in SCHEME.narratives:
        for pattern in narrative.patterns:
            assert anchors(pattern), pattern


def test_anchors_change_no_result() -> None:
    patterns = [(narrative, [Pattern(source) for source in narrative.patterns]) for narrative in SCHEME.narratives]
    for text in TEXTS:
        slow = {
            narrative.id
            for narrative, sources in patterns
            if any(pattern.search(text) for pattern in sources)
            and not any(Pattern(source).search(text) for source in narrative.unless)
        }
        assert told(text) == slow, text


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"colou?r revolution", {"r revolution"}),
        (r"(?:stag(?:e|ed)|fak\w{1,3}) attack", {" attack"}),
        (r"(?:alpha|be)", {"alpha", "be"}),
        (r"no-go (?:zones?|areas?)", {"no-go "}),
        (r"(?:maybe)?x{0,3}tail", {"tail"}),
        (r"\w{1,3}", set()),
    ],
)
def test_anchors_are_what_every_match_contains(pattern: str, expected: set[str]) -> None:
    assert anchors(pattern) == expected


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        ("Washington is behind the protests in Tbilisi", "colour-revolutions"),
        ("the Americans keep secret biological laboratories in Armenia", "us-biolabs"),
        ("It said that the massacre in Bucha had been staged", "bucha-staged"),
        ("Vaccines implant microchips", "vaccines-harm"),
        ("Moscow wants to restore the Soviet Union", "russian-imperialism"),
        ("Moscow meddled in the presidential election", "russian-election-interference"),
        ("The genocide in Xinjiang is the lie of the century", "xinjiang-fine"),
    ],
)
def test_other_wordings_are_found(text: str, narrative: str) -> None:
    assert f"narrative:{narrative}" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The minister met his colleague for talks on trade.",
        "Let us vote on the budget in the west of the country.",
        "The election will be held in October.",
        "Voters in Russia go to the polls on Sunday.",
        "Prices of gas fell in Europe.",
    ],
)
def test_plain_news_tells_no_narrative(text: str) -> None:
    assert told(text) == set()


def test_a_denied_charge_does_not_tell_it() -> None:
    assert "narrative:russian-election-interference" not in told(
        "There is no evidence that Russia interfered in the election"
    )


def test_an_unknown_fragment_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix ng: <urn:narragraph:ontology:> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:narragraph:narrative:x> a ng:Narrative ; skos:prefLabel "x" ; skos:definition "x." ; ng:pattern "{NIX}" .'
    )
    with pytest.raises(OntologyError, match=r"mine\.ttl.*narrative:x.*NIX"):
        read_narratives(path)
