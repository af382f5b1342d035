"""The stages in their order, and the records that come out at the end."""

from __future__ import annotations

from collections.abc import Callable

from narragraph.graph.model import Edge, Node, edge_id
from narragraph.graph.records import Record
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction import (
    attribution,
    clauses,
    coreference,
    events,
    mentions,
    metadata,
    narratives,
    phrases,
    relations,
    sentences,
    structural,
    structure,
)
from narragraph.loaders.extraction.analysis import Analysis

STAGES: tuple[Callable[[Analysis], None], ...] = (
    structure.find_blocks,
    sentences.find_sentences,
    mentions.find_mentions,
    phrases.find_phrases,
    coreference.resolve,
    metadata.describe,
    clauses.find_clauses,
    attribution.find_speech,
    relations.find_relations,
    structural.find_structural_relations,
    events.find_events,
    narratives.find_narratives,
)


def analyse(document: SourceDocument) -> Analysis:
    """Run every stage over one document."""
    analysis = Analysis(document)
    for stage in STAGES:
        stage(analysis)
    return analysis


def extract_document(document: SourceDocument) -> list[Record]:
    """What one document says, as records: its Document nodes, the nodes it speaks of, then its edges."""
    return to_records(analyse(document))


def to_records(analysis: Analysis) -> list[Record]:
    """Nodes that an edge needs, then edges, each once and in a fixed order; entities get their MENTIONS edges here."""
    edges = {edge.id: edge for edge in [*_mention_edges(analysis), *analysis.edges]}
    known = {**analysis.entities, **analysis.nodes}
    needed = {end for edge in edges.values() for end in (edge.source, edge.target)}
    documents = [node for node in analysis.nodes.values() if node.type == "Document"]
    others = sorted((known[ident] for ident in needed if known[ident].type != "Document"), key=lambda node: node.id)
    return [*documents, *others, *sorted(edges.values(), key=lambda edge: (edge.start or 0, edge.id))]


def _mention_edges(analysis: Analysis) -> list[Edge]:
    """One MENTIONS edge from each document or case to each entity, with every place."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for mention in analysis.mentions:
        places.setdefault((document_at(analysis, mention.start), mention.entity), []).append((mention.start, mention.end))
    return [
        Edge(
            edge_id("MENTIONS", document, entity, document),
            "MENTIONS", document, entity, document,
            spans=tuple(sorted(set(spans))), confidence=1.0, properties={"basis": "sentence"},
        )
        for (document, entity), spans in places.items()
    ]  # fmt: skip


def document_at(analysis: Analysis, offset: int) -> str:
    """Id of the Document that stands at an offset: the case there, else the file."""
    for node in analysis.nodes.values():
        if node.type == "Document" and "case_start" in node.properties:
            pass
    root: Node = next(node for node in analysis.nodes.values() if node.type == "Document")
    return root.id
