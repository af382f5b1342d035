"""Relations read from clauses: who accuses, denies, amplifies and debunks, and what is claimed."""

from narragraph.loaders.extraction.relations.reading import find_relations

__all__ = ["find_relations"]
