"""Documents, actors and edges for tests of stores, in a few words."""

from __future__ import annotations

from narragraph.graph.model import Edge, Node, Value
from narragraph.graph.stores.base import Bundle


def document(name: str, **properties: Value) -> Node:
    return Node(
        f"document:{name}", "Document", f"Document {name}", (), {"genre": "news", "text": "Words.", **properties}
    )


def appearance(name: str) -> Node:
    """A page that others review but that is not at hand itself."""
    return Node(
        f"document:{name}", "Document", f"Page {name}", (), {"genre": "appearance", "url": f"https://x.example/{name}"}
    )


def actor(name: str, *aliases: str, **properties: Value) -> Node:
    return Node(f"actor:{name}", "Actor", name.title(), aliases, properties)


def edge(type: str, source: Node, target: Node, document: Node, place: int = 0, **properties: Value) -> Edge:
    """An edge from the sentence at ``place`` in the document."""
    id = f"edge:{type}-{source.id}-{target.id}-{document.id}-{place}"
    return Edge(id, type, source.id, target.id, document.id, "It is so.", place, place + 9, 0.8, (), properties)


def mention(document: Node, target: Node, *spans: tuple[int, int]) -> Edge:
    return Edge(
        f"edge:MENTIONS-{document.id}-{target.id}",
        "MENTIONS",
        document.id,
        target.id,
        document.id,
        spans=spans or ((0, 5),),
    )


def bundle(root: Node, *rest: Node | Edge) -> Bundle:
    nodes = [root, *(item for item in rest if isinstance(item, Node))]
    return Bundle(root, nodes, [item for item in rest if isinstance(item, Edge)])
