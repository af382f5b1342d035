"""What is handed to the page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from narragraph.errors import UsageError
from narragraph.graph.page.page import SCRIPTS, write_page
from narragraph.graph.page.payload import build_payload, strongest, words
from narragraph.graph.subgraph import Subgraph

PAGE = Path(__file__).resolve().parents[2] / "graph" / "page"


def wordings(subgraph: Subgraph) -> set[tuple[str, str, str]]:
    """Each link as it is read: whose name comes first, the verb, the other name."""
    payload = build_payload(subgraph, title="")
    names, links = payload["nodes"]["name"], payload["links"]
    return {
        (names[source], payload["wordings"][wording]["active"], names[target])
        for source, target, wording in zip(links["source"], links["target"], links["wording"])
    }


def test_each_edge_is_one_piece_of_evidence(harbour: Subgraph) -> None:
    evidence = build_payload(harbour, title="")["evidence"]
    assert sorted(evidence["sentence"]) == sorted(edge.sentence or "" for edge in harbour.edges)
    assert len({len(column) for column in evidence.values()}) == 1


def test_claims_are_read_from_their_speakers(harbour: Subgraph) -> None:
    claim = "Norlandian divers set the harbour on fire"
    assert wordings(harbour) >= {
        ("Kanal Sieben", "is said to claim", claim),
        ("Ministry of Defence of Südmark", "claims", claim),
        ("No, the fire was not an attack", "debunks", claim),
        ("Four lies about the harbour", "disputes", claim),
    }


def test_the_words_of_a_denial_do_not_read_as_what_it_denies(harbour: Subgraph) -> None:
    denial = next(edge for edge in harbour.edges if edge.type == "DENIES")
    own = replace(denial, properties={**denial.properties, "manner": "own words"})
    assert {words for _, words, _ in wordings(replace(harbour, edges=[own]))} == {"denies, in the words:"}


def test_the_trigger_is_counted_as_javascript_counts(harbour: Subgraph) -> None:
    evidence = build_payload(harbour, title="")["evidence"]
    row = next(row for row, sentence in enumerate(evidence["sentence"]) if "😡 accused" in sentence)
    start, end = evidence["mark"][row]
    assert evidence["sentence"][row].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "accused"


def test_a_trigger_outside_its_sentence_is_not_marked(harbour: Subgraph) -> None:
    edge = replace(harbour.edges[0], properties={"trigger_start": 0, "trigger_end": 5})
    evidence = build_payload(replace(harbour, edges=[edge]), title="")["evidence"]
    assert evidence["mark"] == [[]]


def test_the_strongest_links_come_with_their_surest_sentence(harbour: Subgraph) -> None:
    first = strongest(harbour, limit=1)
    assert [(row["source"], row["words"], row["target"], row["count"]) for row in first] == [
        ("Ministry of Defence of Südmark", "accuses", "Norlandia", 3)
    ]
    assert "😡" in first[0]["sentence"]


def test_types_that_nobody_has_named_are_shown_as_they_are(harbour: Subgraph) -> None:
    edge = replace(harbour.edges[0], type="SINGS_WITH")
    payload = build_payload(replace(harbour, edges=[edge]), title="")
    assert payload["wordings"] == [{"relation": 0, "active": "sings with", "passive": "sings with (from)"}]


def test_every_type_of_the_ontology_has_its_words() -> None:
    from narragraph.ontology.schema import load_schema

    schema = load_schema()
    assert set(schema.node_types) <= set(words()["kinds"])
    assert set(schema.edge_types) <= set(words()["relations"])


def test_equal_graphs_give_equal_bytes(harbour: Subgraph, tmp_path: Path) -> None:
    first = write_page(harbour, tmp_path / "one.html", title="x")
    shuffled = replace(harbour, nodes=list(reversed(harbour.nodes)), edges=list(reversed(harbour.edges)))
    assert write_page(shuffled, tmp_path / "two.html", title="x") == first
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert (first.nodes, first.evidence) == (len(harbour.nodes), len(harbour.edges))
    assert first.size == (tmp_path / "one.html").stat().st_size


def test_data_cannot_leave_its_element(harbour: Subgraph, tmp_path: Path) -> None:
    node = replace(harbour.nodes[0], name="</script><b>&\u2028")
    write_page(replace(harbour, nodes=[node, *harbour.nodes[1:]]), tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text("utf-8")
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert data
    assert not set("<>&\u2028") & set(data[1])
    assert node.name in json.loads(data[1])["nodes"]["name"]


def test_a_theme_that_does_not_exist_is_refused(harbour: Subgraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="auto, light, dark"):
        write_page(harbour, tmp_path / "page.html", theme="pink")


def test_every_script_is_on_the_page_and_none_writes_markup() -> None:
    files = {path.stem: path.read_text("utf-8") for path in (PAGE / "js").glob("*.js")}
    assert set(files) == set(SCRIPTS)
    for name, text in files.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text), name
        assert "</script" not in text.lower()
