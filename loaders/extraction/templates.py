"""Collectives: what a common noun makes of a country, a body or nothing ("Uzbek foreign ministry", "Western experts")."""

from __future__ import annotations

from narragraph.loaders.extraction.drafts import Drafts


def find_collectives(drafts: Drafts) -> None:
    """Mention ministries, embassies, state media, officials and other groups that are named by what they are."""
