"""Reprints are told from texts that merely speak of the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narragraph.graph.bundles import check_records
from narragraph.graph.documents.copies import Copy, bundle, runs, share

AGENCY = (
    "The harbour master of Lundby said on Friday that no ship of the northern fleet had entered the bay since spring, "
    "and that the pictures which several channels had shown that week were taken in another country four years before. "
    "A spokesman for the ministry confirmed what he said, and asked the channels to take the pictures down at once."
)
OTHER = (
    "On Friday the ministry asked several channels to take down pictures of ships. They show another bay, the harbour "
    "master of Lundby told reporters, and are four years old. No ship of the northern fleet has come to his harbour "
    "since spring, he added, whatever people who have never stood on its quay may believe about it."
)


def test_a_copy_shares_the_runs_of_its_original_whatever_was_added_or_cut() -> None:
    assert share(runs(AGENCY), runs(AGENCY)) == 1
    assert share(runs(f"LUNDBY (Harbour Agency) - {AGENCY} Additional reporting by Ida Lund."), runs(AGENCY)) > 0.9
    first = AGENCY.partition(". ")[0]
    assert share(runs(first), runs(AGENCY)) > 0.9


def test_the_same_matter_in_other_words_is_no_copy() -> None:
    assert share(runs(OTHER), runs(AGENCY)) < 0.3


def test_a_few_words_tell_nothing() -> None:
    assert share(runs("No ship had entered the bay."), runs(AGENCY)) == 0


@given(st.text(), st.text())
def test_the_share_is_a_share_whichever_comes_first(one: str, other: str) -> None:
    value = share(runs(one), runs(other))
    assert 0 <= value <= 1
    assert value == share(runs(other), runs(one))


def test_the_list_of_copies_is_a_document_whose_lines_its_edges_quote() -> None:
    found = [
        Copy("document:a", "document:b", "One\ntitle", "Another", 0.93),
        Copy("document:c", "document:b", "Third", "Another", 1),
    ]
    made = bundle(found)
    assert check_records([*made.nodes, *made.edges]).faults == []
    first = made.edges[0]
    assert first.sentence == "“One title” (document:a) repeats 93% of “Another” (document:b)."
    assert (first.source, first.target, first.properties["basis"]) == ("document:a", "document:b", "derived")
