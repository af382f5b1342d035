"""The domain as data: kinds of node and edge, known names, recurring narratives, and the lexicon of extraction."""

from narragraph.ontology.gazetteer import Entry, Form, Gazetteer, load_gazetteer, slug, spelled_like

__all__ = ["Entry", "Form", "Gazetteer", "load_gazetteer", "slug", "spelled_like"]
