"""Graphs made up from the ontology: every type, properties that are there or not, cycles, and texts of all scripts."""

from __future__ import annotations

from random import Random
from typing import Any

from narragraph.graph.model import Edge, Node, Value
from narragraph.graph.stores.base import Bundle
from narragraph.ontology.schema import Property, Schema, load_schema

WORDS = [
    "Anna",
    "anna",
    "Ärger",
    "Zeta",
    "Київ",
    "北京",
    "😀 ok",
    'O\'Neil "x"',
    "",
    "e\u0301",
    "a\\b",
    "\u200b",
    "10",
    "9",
]
DATES = ["2020", "2020-02", "2020-02-29", "2019-12-31", "2021-01-01T00:00:00Z", "0999-01-01"]
_GIVEN = {"id", "name", "aliases", "sentence", "start", "end", "confidence", "document", "spans", "part_of", "genre"}


def random_bundles(seed: int, documents: int = 5, edges: int = 24) -> list[Bundle]:
    """Documents that speak of the same few nodes; the same seed gives the same."""
    random, schema = Random(seed), load_schema()
    nodes = [
        Node(f"{type.lower()}:{number}", type, random.choice(WORDS), (), _properties(random, schema, type))
        for type in schema.node_types
        if type != "Document"
        for number in range(3)
    ]
    return [_bundle(random, schema, number, nodes, edges) for number in range(documents)]


def _bundle(random: Random, schema: Schema, number: int, nodes: list[Node], edges: int) -> Bundle:
    stated = {**_properties(random, schema, "Document"), "genre": random.choice(["news", "fact-check", "case"])}
    root = Node(f"document:{number}", "Document", random.choice(WORDS), (), stated)
    page = Node(f"document:page-{number % 2}", "Document", "A page", (), {"genre": "appearance"})
    told: dict[str, Edge] = {}
    for place in range(edges):
        type = random.choice(sorted(schema.edge_types))
        kind = schema.edge_types[type]
        pairs = [(a, b) for a in [*nodes, root, page] for b in [*nodes, root, page] if kind.allows(a.type, b.type)]
        source, target = random.choice(pairs)
        sentence = random.choice([*WORDS, None])
        edge = Edge(
            f"edge:{number}-{place}", type, source.id, target.id, root.id, sentence, place, place + 5,
            random.choice([0.0, 0.5, 0.7, 0.95, 1.0]), (), _properties(random, schema, type),
        )  # fmt: skip
        told[edge.id] = edge
    ends = {end for edge in told.values() for end in (edge.source, edge.target)}
    return Bundle(root, [root, *(node for node in [*nodes, page] if node.id in ends)], list(told.values()))


def _properties(random: Random, schema: Schema, type: str) -> dict[str, Value]:
    """About half of what the ontology knows of this type."""
    found: dict[str, Any] = {}
    for prop in schema.properties_of(type):
        if prop.name not in _GIVEN and random.random() < 0.5:
            values = [_value(random, prop) for _ in range(random.randrange(3))]
            found[prop.name] = values if prop.many else _value(random, prop)
    return found


def _value(random: Random, prop: Property) -> str | int | float:
    if prop.values:
        return random.choice(prop.values)
    if prop.datatype == "integer":
        return random.randrange(-2, 3000)
    if prop.datatype == "double":
        return random.choice([0.0, -1.5, 1e300])
    return random.choice(DATES if prop.name in ("published", "retrieved", "said", "start", "end") else WORDS)
