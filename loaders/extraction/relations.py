"""Relations read from clauses: accusing, denying, amplifying, debunking."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_relations(analysis: Analysis) -> None:
    """Add ACCUSES, DENIES, AMPLIFIES and DEBUNKS edges, with the claims they need."""
