"""Coreference: pronouns, offices, capitals and "the country" to the entity they stand for."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def resolve(analysis: Analysis) -> None:
    """Add mentions for what stands for an entity without naming it, and give phrases their entities."""
