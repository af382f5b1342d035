"""The kinds of node and edge are those of the design, and every one is defined."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from narragraph.errors import OntologyError
from narragraph.ontology.schema import EdgeType, NodeType, Property, load_schema, read_schema

NODE_TYPES = {"Document", "Outlet", "Actor", "Country", "Narrative", "Claim", "Event"}
ENDS = {
    "PUBLISHED": ("Outlet", "Document"),
    "REVIEWS": ("Document", "Document"),
    "MENTIONS": ("Document", "Document Outlet Actor Country Narrative Claim Event"),
    "PART_OF": ("Document Narrative Outlet", "Document Narrative Outlet"),
    "ABOUT": ("Document Claim", "Actor Outlet Country Event Narrative"),
    "ATTRIBUTED_TO": ("Claim Narrative", "Actor Outlet Country Document"),
    "EXPRESSES": ("Claim Event", "Narrative"),
    "COUNTERS": ("Claim", "Claim"),
    "VARIANT_OF": ("Claim", "Claim"),
    "ACCUSES": ("Actor Outlet Country Document", "Actor Outlet Country"),
    "DENIES": ("Actor Outlet Country Document", "Claim Narrative Actor Outlet Country"),
    "AMPLIFIES": ("Actor Outlet Country Document", "Claim Narrative Outlet Actor Country"),
    "DEBUNKS": ("Actor Outlet Document", "Claim Narrative"),
    "INVOLVES": ("Event", "Actor Country Outlet"),
    "LOCATED_IN": ("Event", "Country"),
    "BASED_IN": ("Actor Outlet", "Country Actor"),
    "MEMBER_OF": ("Actor Outlet", "Country Actor"),
    "RUN_BY": ("Actor Outlet", "Country Actor"),
    "SYNDICATED_FROM": ("Document", "Document"),
    "SAME_AS": ("Actor Outlet", "Actor Outlet"),
    "DIFFERENT_FROM": ("Actor Outlet", "Actor Outlet"),
}
SCHEMA = load_schema()


def test_the_kinds_of_node_are_those_of_the_design() -> None:
    assert SCHEMA.node_types.keys() == NODE_TYPES


def test_the_kinds_of_edge_are_those_of_the_design() -> None:
    assert SCHEMA.edge_types.keys() == ENDS.keys()


@pytest.mark.parametrize("name", ENDS)
def test_the_ends_of_an_edge_are_those_of_the_design(name: str) -> None:
    sources, targets = ENDS[name]
    assert SCHEMA.edge_types[name].sources == set(sources.split())
    assert SCHEMA.edge_types[name].targets == set(targets.split())


def test_part_of_joins_nodes_of_one_type() -> None:
    part_of = SCHEMA.edge_types["PART_OF"]
    assert part_of.allows("Outlet", "Outlet")
    assert not part_of.allows("Outlet", "Document")


def test_nothing_accuses_a_claim() -> None:
    assert not SCHEMA.edge_types["ACCUSES"].allows("Actor", "Claim")


def test_everything_has_a_label_and_a_definition() -> None:
    terms: list[NodeType | EdgeType | Property] = [*SCHEMA.node_types.values(), *SCHEMA.edge_types.values()]
    for term in (*terms, *SCHEMA.properties):
        assert term.label, term
        assert term.definition.endswith("."), term


def test_properties_are_carried_by_types_that_exist() -> None:
    carriers = {"Node", "Attestation", *SCHEMA.node_types, *SCHEMA.edge_types}
    for prop in SCHEMA.properties:
        assert prop.on, prop
        assert prop.on <= carriers, prop
        assert prop.datatype in {"string", "integer", "double", "anyURI"}, prop


def test_no_type_has_two_properties_of_one_name() -> None:
    for name in (*SCHEMA.node_types, *SCHEMA.edge_types):
        names = [prop.name for prop in SCHEMA.properties_of(name)]
        assert len(names) == len(set(names)), name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "Document",
            "id name aliases title url archived path source_key published retrieved language genre sha256 text",
        ),
        ("Country", "id name aliases kind iso3 wikidata"),
        ("Event", "id name aliases kind start end precision"),
        ("ACCUSES", "id document sentence start end trigger rule confidence asserted_by polarity modality basis claim"),
        ("MENTIONS", "spans"),
        ("ATTRIBUTED_TO", "manner"),
        ("AMPLIFIES", "count unit"),
    ],
)
def test_a_type_has_the_properties_of_the_design(name: str, expected: str) -> None:
    assert set(expected.split()) <= {prop.name for prop in SCHEMA.properties_of(name)}


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is no Turtle")
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        read_schema(broken)


def test_an_edge_between_unknown_classes_is_refused(tmp_path: Path) -> None:
    text = Path(sys.modules["narragraph.ontology.schema"].__file__ or "").parent / "vocab" / "narragraph.ttl"
    changed = tmp_path / "changed.ttl"
    changed.write_text(text.read_text("utf-8").replace("rdfs:range ng:Narrative", "rdfs:range ng:Story"), "utf-8")
    with pytest.raises(OntologyError, match=r"EXPRESSES.*Story"):
        read_schema(changed)


def test_names_are_read_without_rdflib() -> None:
    code = "import sys, narragraph.ontology as o; o.load_gazetteer(); print('rdflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
