"""Structure: blocks with kind and role, labelled entries, cases inside a file, and what carries nothing."""

from __future__ import annotations

from narragraph.loaders.extraction.analysis import Analysis


def find_blocks(analysis: Analysis) -> None:
    """Fill ``blocks`` and ``cases``."""
