"""Mentions: where the text names an entity, by gazetteer, by template, or by a capitalised name nobody listed."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_mentions(analysis: Analysis) -> None:
    """Fill ``mentions`` and ``entities``."""
