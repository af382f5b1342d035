"""A document that quotes itself: records that stand up to every check, to be spoiled by tests one at a time."""

from __future__ import annotations

from narragraph.graph.model import Edge, Node, Value, claim_id, document_id, edge_id
from narragraph.graph.records import Record

TEXT = "Arland accused Berland of jamming radio masts. Berland denied that it had jammed radio masts."
CLAIM = "it had jammed radio masts"


def source(name: str = "harbour", text: str = TEXT, **properties: Value) -> Node:
    """A loaded document."""
    key = f"file:///texts/{name}.txt"
    stated = {"source_key": key, "path": f"texts/{name}.txt", "genre": "news", "text": text, **properties}
    return Node(document_id(key), "Document", name.title(), (), stated)


def country(name: str) -> Node:
    return Node(f"country:{name.lower()}", "Country", name, (name,), {"kind": "state"})


def quote(type: str, source: Node, target: Node, document: Node, sentence: str, **properties: Value) -> Edge:
    """An edge whose sentence is looked up in the document's text."""
    start = str(document.properties["text"]).index(sentence)
    id = edge_id(type, source.id, target.id, document.id, start, start + len(sentence))
    properties = {"basis": "sentence", "rule": "test.quote", **properties}
    return Edge(
        id, type, source.id, target.id, document.id, sentence, start, start + len(sentence), 0.9, (), properties
    )


def mention(document: Node, target: Node, words: str) -> Edge:
    start = str(document.properties["text"]).index(words)
    id = edge_id("MENTIONS", document.id, target.id, document.id)
    return Edge(id, "MENTIONS", document.id, target.id, document.id, spans=((start, start + len(words)),))


def harbour(name: str = "harbour", text: str = TEXT) -> list[Record]:
    """One document in which one country accuses another, which denies a claim."""
    document, arland, berland = source(name, text), country("Arland"), country("Berland")
    start = text.index(CLAIM)
    place: dict[str, Value] = {"document": document.id, "start": start, "end": start + len(CLAIM)}
    claim = Node(claim_id(CLAIM), "Claim", CLAIM, (), {"text": CLAIM, **place})
    first, second = "Arland accused Berland of jamming radio masts.", "Berland denied that it had jammed radio masts."
    return [
        *(document, arland, berland, claim),
        mention(document, arland, "Arland"),
        mention(document, berland, "Berland"),
        quote("ACCUSES", arland, berland, document, first),
        quote("DENIES", berland, claim, document, second),
    ]
