"""Narratives: which known storylines a claim or an event expresses."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_narratives(analysis: Analysis) -> None:
    """Add EXPRESSES edges from claims and events to narratives of the scheme, and ABOUT edges."""
