"""Exploring: one node and what surrounds it, how two are connected, and what is behind an edge."""
