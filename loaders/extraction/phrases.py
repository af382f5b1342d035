"""Noun phrases: head, possessor, apposition, title, coordination. The head is the participant."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_phrases(analysis: Analysis) -> None:
    """Fill ``phrases``."""
