"""Events: a trigger with its place, time and participants."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_events(analysis: Analysis) -> None:
    """Add Event nodes with INVOLVES and LOCATED_IN edges."""
