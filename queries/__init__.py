"""Queries: canned questions in packs, and ways to explore."""
