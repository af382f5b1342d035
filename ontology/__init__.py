"""The domain as data: kinds of node and edge, known names, recurring narratives, and the lexicon of extraction."""

from narragraph.ontology.gazetteer import Entry, Form, Gazetteer, load_gazetteer, slug, spelled_like
from narragraph.ontology.narratives import Narrative, Scheme, load_narratives
from narragraph.ontology.schema import EdgeType, NodeType, Property, Schema, load_schema

__all__ = [
    "EdgeType",
    "Entry",
    "Form",
    "Gazetteer",
    "Narrative",
    "NodeType",
    "Property",
    "Schema",
    "Scheme",
    "load_gazetteer",
    "load_narratives",
    "load_schema",
    "slug",
    "spelled_like",
]
