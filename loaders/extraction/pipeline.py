"""The stages in their order, and the records that come out at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from narragraph.graph.model import Edge, Node, edge_id
from narragraph.graph.records import Record
from narragraph.loaders.additions import NOTHING, Additions
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction import (
    attribution,
    clause_reading,
    coreference,
    events,
    mentions,
    metadata,
    narratives,
    phrases,
    relations,
    sections,
    sentences,
    speaking_it,
    structural,
    structure,
    voices,
)
from narragraph.loaders.extraction.analysis import Analysis, Span
from narragraph.loaders.extraction.edges import document_at, surest
from narragraph.loaders.extraction.language import has_rules
from narragraph.loaders.extraction.recorder import Recorder
from narragraph.ontology.schema import load_schema

Stage = Callable[[Analysis], None]

READING: tuple[Stage, ...] = (
    structure.find_blocks,
    sentences.find_sentences,
    mentions.find_mentions,
    phrases.find_phrases,
    coreference.resolve,
    metadata.describe,
)
RELATING: tuple[Stage, ...] = (  # only in a language that has rules
    sections.find_sections,
    clause_reading.find_clauses,
    speaking_it.resolve_it,
    attribution.find_speech,
    voices.find_voices,
    relations.find_relations,
    structural.find_structural_relations,
    events.find_events,
    narratives.find_narratives,
    mentions.admit_groups,
)


def analyse(document: SourceDocument, additions: Additions = NOTHING, *, recorder: Recorder | None = None) -> Analysis:
    """Run every stage over one document; one in a language without rules gets entities and metadata only."""
    analysis = Analysis(document, additions, recorder)
    for stage in READING:
        stage(analysis)
    if has_rules(analysis.layers["language"]):
        for stage in RELATING:
            stage(analysis)
    return analysis


def extract_document(document: SourceDocument, additions: Additions = NOTHING) -> list[Record]:
    """What one document says, as records: its Document nodes, the nodes it speaks of, then its edges."""
    return to_records(analyse(document, additions))


def to_records(analysis: Analysis) -> list[Record]:
    """Documents, the nodes that an edge needs, then edges, each once and in an order that depends on the text alone.

    An edge that the ontology does not allow would cost the document all its others when it is loaded; it is left out
    and kept in the layer ``refused``.
    """
    known: dict[str, Node] = {**analysis.entities, **analysis.nodes}
    edges = {edge.id: edge for edge in [*_mention_edges(analysis), *surest(analysis.edges)]}
    refused = [edge for edge in edges.values() if not _allowed(edge, known)]
    analysis.layers["refused"] = refused
    for edge in refused:
        del edges[edge.id]
    needed = {end for edge in edges.values() for end in (edge.source, edge.target)}
    documents = [node for node in analysis.nodes.values() if node.type == "Document"]
    others = sorted((known[ident] for ident in needed if known[ident].type != "Document"), key=lambda node: node.id)
    documents[0] = replace(documents[0], properties={**documents[0].properties, "attestations": len(edges)})
    kept = sorted(edges.values(), key=_place)
    if collection := analysis.document.given.get("collection"):
        kept = [replace(edge, properties={**edge.properties, "collection": collection}) for edge in kept]
    return [*documents, *others, *kept]


def _allowed(edge: Edge, known: dict[str, Node]) -> bool:
    source, target = known.get(edge.source), known.get(edge.target)
    kind = load_schema().edge_types.get(edge.type)
    return bool(source and target and kind and kind.allows(source.type, target.type))


def _place(edge: Edge) -> tuple[int, str, str]:
    start = edge.spans[0][0] if edge.start is None and edge.spans else edge.start or 0
    return start, edge.type, edge.id


def _mention_edges(analysis: Analysis) -> list[Edge]:
    """One MENTIONS edge from each document or case to each entity, claim and event in it, with every place."""
    places: dict[tuple[str, str], set[Span]] = {
        key: set(spans) for key, spans in analysis.layers.get("places", {}).items()
    }
    for mention in analysis.mentions:
        key = document_at(analysis, mention.start), mention.entity
        places.setdefault(key, set()).add((mention.start, mention.end))
    return [
        Edge(
            edge_id("MENTIONS", document, node, document),
            "MENTIONS", document, node, document,
            spans=tuple(sorted(spans)), properties={"basis": "sentence"},
        )
        for (document, node), spans in places.items()
    ]  # fmt: skip
