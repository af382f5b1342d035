"""Identifiers stay the same for ever: stores that exist hold them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narragraph.graph.model import claim_id, digest, document_id, edge_id, event_id, slug


@pytest.mark.parametrize(
    ("made", "id"),
    [
        (document_id("https://a.example/b"), "document:daa1944644c377b3"),
        (claim_id("The sea is dry."), "claim:b439e5441ad9fed6"),
        (event_id("attack", "country:xx", "2022-01-05"), "event:49168c5065916f63"),
        (edge_id("ACCUSES", "a", "b", "d", 1, 9, ("d", "a"), "c"), "edge:12ebe7d62de763aa"),
    ],
)
def test_ids_do_not_change_between_versions(made: str, id: str) -> None:
    assert made == id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Société X", "societe-x"),
        ("U.S. State Department", "u-s-state-department"),
        ("Вести Недели", "вести-недели"),
        ("  RT  ", "rt"),
    ],
)
def test_slugs_are_plain_words_of_any_script(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_name_without_letters_still_gets_a_slug() -> None:
    assert slug("!!!") != slug("???")


def test_claims_are_one_whatever_their_case_and_punctuation() -> None:
    assert claim_id("The sea is dry.") == claim_id("the sea — is DRY")
    assert claim_id("The sea is dry") != claim_id("The sea is dry", within="document:1")


def test_every_part_of_an_attestation_tells_it_from_another() -> None:
    one = ("ACCUSES", "a", "b", "d", 1, 2, ("d", "x"), "c")
    others = [
        (*one[:i], "other" if isinstance(one[i], str) else 9 if i < 6 else ("d",), *one[i + 1 :]) for i in range(8)
    ]
    assert len({edge_id(*parts) for parts in [one, *others]}) == 9  # type: ignore[arg-type]


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x1f")), min_size=1, max_size=4))
def test_equal_parts_give_equal_digests_and_others_do_not(parts: list[str]) -> None:
    assert digest(*parts) == digest(*parts)
    assert digest(*parts) != digest(*parts, "more")
