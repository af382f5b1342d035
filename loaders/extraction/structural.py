"""Relations that a document's structure states: listed lies and truths, summary and disproof of a case."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_structural_relations(analysis: Analysis) -> None:
    """Add claims of labelled entries and cases with their ATTRIBUTED_TO, DEBUNKS and COUNTERS edges."""
