"""Clauses: subject, verb group, objects, complement clause, adverbials."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_clauses(analysis: Analysis) -> None:
    """Leave the clauses of every sentence in ``layers["clauses"]``."""
