"""What a document accuses others of in its own voice: only where it judges, and of its own knowledge."""

from __future__ import annotations

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse

CASE = """Disinfo: The dam was never blown up

Summary

The dam on the river broke because it was old. Nobody attacked it.

Disproof

{disproof}
"""


def accused(text: str) -> set[str]:
    """Whom the document itself accuses."""
    analysis = analyse(SourceDocument(source_key="test", text=text))
    return {
        analysis.entities[edge.target].name
        for edge in analysis.edges
        if edge.type == "ACCUSES" and edge.source == edge.document
    }


def test_a_disproof_states_a_bad_deed_as_its_own_finding() -> None:
    assert accused(CASE.format(disproof="Peru destroyed the dam on the second of May.")) == {"Peru"}


def test_what_a_disproof_tells_of_others_is_theirs() -> None:
    assert not accused(CASE.format(disproof="Engineers said that Peru destroyed the dam on the second of May."))
    assert not accused(CASE.format(disproof="Peru allegedly destroyed the dam on the second of May."))
    assert not accused(CASE.format(disproof="The narrative is old: Peru destroyed the dam on the second of May."))


def test_who_is_no_more_than_pointed_at_is_not_accused() -> None:
    assert not accused(CASE.format(disproof="It destroyed the dam on the second of May."))
    assert not accused(CASE.format(disproof="Peru's economy weakened after the flood."))


def test_a_bad_deed_that_did_not_happen_accuses_nobody() -> None:
    assert not accused(CASE.format(disproof="Peru did not destroy the dam on the second of May."))
    assert not accused(CASE.format(disproof="Peru is repressing neither voters nor parties."))
    assert not accused(CASE.format(disproof="Peru might destroy the dam in May."))


def test_news_only_reports() -> None:
    assert not accused("LIMA - Peru destroyed the dam on the second of May. Two villages were flooded on Tuesday.")
