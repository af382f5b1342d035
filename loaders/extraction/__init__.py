"""Extraction: from a document's text to nodes and edges, one stage a module."""
