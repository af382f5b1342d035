"""The kinds of node and edge and their properties, read from ``vocab/narragraph.ttl``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from narragraph.errors import OntologyError

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node as Term

NAMESPACE = "urn:narragraph:ontology:"
VOCABULARY = Path(__file__).parent / "vocab" / "narragraph.ttl"


@dataclass(frozen=True)
class NodeType:
    """A kind of node."""

    name: str
    label: str
    definition: str


@dataclass(frozen=True)
class EdgeType:
    """A kind of edge and the kinds of node at its ends."""

    name: str
    sources: frozenset[str]
    targets: frozenset[str]
    definition: str
    label: str
    same_type_ends: bool = False

    def allows(self, source: str, target: str) -> bool:
        """Whether an edge of this kind may lead from a node of one type to a node of another."""
        return source in self.sources and target in self.targets and (source == target or not self.same_type_ends)


@dataclass(frozen=True)
class Property:
    """A property of nodes or edges.

    ``on`` names node types and edge types; ``Node`` is every node, ``Attestation`` every edge. ``datatype`` is
    ``string``, ``integer``, ``double`` or ``anyURI``, and ``values`` are the only ones there are, if any are listed.
    """

    name: str
    datatype: str
    on: frozenset[str]
    definition: str
    label: str
    many: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """Everything that may stand in the graph."""

    node_types: Mapping[str, NodeType]
    edge_types: Mapping[str, EdgeType]
    properties: tuple[Property, ...]

    def properties_of(self, type_name: str) -> tuple[Property, ...]:
        """The properties of a node type or an edge type, those that all nodes or all edges have among them."""
        general = "Node" if type_name in self.node_types else "Attestation"
        return tuple(prop for prop in self.properties if {type_name, general} & prop.on)


@cache
def load_schema() -> Schema:
    """The schema that ships with Narragraph, read once."""
    return read_schema(VOCABULARY)


def read_schema(path: Path) -> Schema:
    """The schema that a Turtle file states."""
    from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path}: {error}") from error

    def own(name: str) -> URIRef:
        return URIRef(NAMESPACE + name)

    def names(term: Term, predicate: str) -> frozenset[str]:
        return frozenset(_local(value) for value in graph.objects(term, own(predicate)))

    def text(term: Term, predicate: URIRef) -> str:
        value = graph.value(term, predicate)
        if value is None:
            raise OntologyError(f"{path}: {_local(term)} has no {predicate.n3(graph.namespace_manager)}.")
        return str(value)

    nodes = {
        _local(term): NodeType(_local(term), text(term, RDFS.label), text(term, SKOS.definition))
        for term in graph.subjects(RDFS.subClassOf, own("Node"))
    }
    edges = {
        _local(term): EdgeType(
            _local(term),
            _ends(graph, term, RDFS.domain),
            _ends(graph, term, RDFS.range),
            text(term, SKOS.definition),
            text(term, RDFS.label),
            graph.value(term, own("sameTypeEnds")) is not None,
        )
        for term in graph.subjects(RDF.type, OWL.ObjectProperty)
    }
    properties = [
        Property(
            str(graph.value(term, SKOS.notation) or _local(term)),
            text(term, RDFS.range).rpartition("#")[2],
            names(term, "on"),
            text(term, SKOS.definition),
            text(term, RDFS.label),
            graph.value(term, own("many")) is not None,
            tuple(sorted(str(value) for value in graph.objects(term, own("value")))),
        )
        for term in graph.subjects(RDF.type, OWL.DatatypeProperty)
    ]
    for edge in edges.values():
        unknown = (edge.sources | edge.targets) - nodes.keys()
        if unknown or not edge.sources or not edge.targets:
            raise OntologyError(f"{path}: the ends of {edge.name} are not all classes of nodes: {sorted(unknown)}.")
    return Schema(
        MappingProxyType(dict(sorted(nodes.items()))),
        MappingProxyType(dict(sorted(edges.items()))),
        tuple(sorted(properties, key=lambda prop: (prop.name, sorted(prop.on)))),
    )


def _ends(graph: Graph, term: Term, predicate: Term) -> frozenset[str]:
    """The classes of a domain or range: one class, or the members of its union."""
    from rdflib import OWL
    from rdflib.collection import Collection

    end = graph.value(term, predicate)
    if end is None:
        return frozenset()
    union = graph.value(end, OWL.unionOf)
    return frozenset(map(_local, [end] if union is None else Collection(graph, union)))


def _local(term: object) -> str:
    """The last part of a name."""
    return str(term).rpartition(":")[2]
