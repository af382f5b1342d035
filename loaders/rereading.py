"""Reading again what was read before: the kept text of a document, with the rules, words and names of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from narragraph.graph.model import Edge, Node
from narragraph.graph.records import Record
from narragraph.loaders.additions import NOTHING, Additions
from narragraph.loaders.document import as_read
from narragraph.loaders.extraction.edition import extractor
from narragraph.loaders.extraction.pipeline import extract_document


@dataclass(frozen=True)
class Reread:
    """What today's extraction makes of a document, beside the edges that it gave before."""

    root: Node
    records: list[Record]
    gained: list[Edge]
    lost: list[Edge]


def is_readable(root: Node) -> bool:
    """Whether a document came of a text that was read here, and not as the records of others."""
    return "extractor" in root.properties and "text" in root.properties


def is_outdated(root: Node, own: Additions = NOTHING) -> bool:
    """Whether other rules, words or names than today's have read a document."""
    return is_readable(root) and root.properties["extractor"] != extractor() + own.mark


def reread(root: Node, edges: Iterable[Edge], own: Additions = NOTHING) -> Reread:
    """Read the kept text of a root document again; ``edges`` are those that rest on it."""
    records = extract_document(as_read(root), own)
    now = {record.id: record for record in records if isinstance(record, Edge)}
    then = {edge.id: edge for edge in edges}
    return Reread(
        root,
        records,
        gained=[edge for id, edge in now.items() if id not in then],
        lost=[edge for id, edge in then.items() if id not in now],
    )
