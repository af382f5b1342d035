"""The document's own nodes: the file, the cases in it, who published it, when, in what genre and language."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def describe(analysis: Analysis) -> None:
    """Add Document nodes for the file and its cases, and PUBLISHED and PART_OF edges that rest on the text's own words."""
