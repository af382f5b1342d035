"""Sentences, tokens with part of speech, and quotation spans, all with exact offsets."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_sentences(analysis: Analysis) -> None:
    """Fill ``sentences``, ``tokens`` and ``quotes``."""
