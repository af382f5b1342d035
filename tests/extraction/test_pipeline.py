"""What comes out at the end, whatever goes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from timing import processor_seconds

from narragraph.graph.bundles import check_records
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import Record, from_dict, to_dict, to_line
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.edges import add_edge
from narragraph.loaders.extraction.pipeline import analyse, extract_document, to_records
from narragraph.loaders.readers import read
from narragraph.loaders.readers.base import RawFile

NEWS = """Kremlin denies role in Latvian dam breach

RIGA, Latvia (AFP) — Latvia accused Russia on Monday of blowing up a dam. The Kremlin denied the allegation.

“This is absurd,” spokesman Dmitry Peskov said. NATO deployed 500 troops to Latvia on March 4, 2021.
"""


def extract(text: str) -> list[Record]:
    return extract_document(SourceDocument("key", text, path="a.txt"))


def check(text: str, records: list[Record]) -> None:
    """Every edge has its ends and its sentence, every node an edge; nothing is said twice."""
    nodes = [record for record in records if isinstance(record, Node)]
    edges = [record for record in records if isinstance(record, Edge)]
    ids = {node.id for node in nodes}
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    documents = {node.id for node in nodes if node.type == "Document"}
    assert len(ids) == len(nodes)
    assert len({edge.id for edge in edges}) == len(edges)
    assert ends <= ids
    assert ids - documents <= ends
    for edge in edges:
        assert edge.document in documents
        if edge.type == "MENTIONS":
            assert edge.spans
            assert all(0 <= start < end <= len(text) for start, end in edge.spans)
        else:
            assert edge.start is not None
            assert edge.sentence
            assert edge.sentence == text[edge.start : edge.end]
            facts: Any = edge.properties
            assert text[facts["trigger_start"] : facts["trigger_end"]] == facts["trigger"]
            assert facts["asserted_by"][0] == edge.document
    for node in nodes:
        if node.type == "Claim":
            place: Any = node.properties
            assert text[place["start"] : place["end"]].split() == str(node.name).split()


def test_records_are_whole_and_survive_their_lines() -> None:
    records = extract(NEWS)
    check(NEWS, records)
    assert [from_dict(to_dict(record)) for record in records] == records


ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "examples" / "documents").iterdir())
DOCUMENTS += sorted((ROOT / ".." / "shared" / "eval" / "dev" / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_real_documents_give_only_what_a_store_takes(path: Path) -> None:
    analysis = analyse(read(RawFile(path.name, path.read_bytes(), path.as_uri())))
    assert check_records(to_records(analysis)).faults == []
    assert analysis.layers["refused"] == []


def test_an_edge_that_the_ontology_does_not_allow_costs_nothing_but_itself() -> None:
    analysis = analyse(SourceDocument("key", NEWS))
    whole = to_records(analysis)
    add_edge(analysis, "LOCATED_IN", "country:LV", "country:RU", (0, 41), rule="accuse.test")
    add_edge(analysis, "ACCUSES", "country:LV", "country:nowhere", (0, 41), rule="accuse.test")
    assert to_records(analysis) == whole
    assert [edge.type for edge in analysis.layers["refused"]] == ["LOCATED_IN", "ACCUSES"]


def test_the_same_text_gives_the_same_bytes() -> None:
    assert [to_line(record) for record in extract(NEWS)] == [to_line(record) for record in extract(NEWS)]


def test_documents_come_first_then_nodes_then_edges_by_place() -> None:
    records = extract(NEWS)
    kinds = [
        "document" if getattr(r, "type", "") == "Document" else "node" if isinstance(r, Node) else "edge"
        for r in records
    ]
    assert kinds == sorted(kinds, key=["document", "node", "edge"].index)
    places = [r.start if r.start is not None else r.spans[0][0] for r in records if isinstance(r, Edge)]
    assert places == sorted(places)


PIECES = st.sampled_from(
    [
        "Latvia ", "Russia ", "accused ", "said that ", "“", "”", "\"", "'", ". ", ", ", "\n", "\n\n", "he ",
        "did not ", "The Kremlin denied it. ", "NATO troops ", "on Monday ", "Disinfo: ", "Disproof\n", "Lie: ",
        "Truth: ", "Motive: ", "This is a recurring pro-Kremlin narrative about Poland. ", "Country: Latvia\n",
        "Outlet: rt.com\n",
        "(AFP) — ",
        "Date: 1.2.2020\n", "protests in Kazakhstan ", "such as claims that ", ", or that ", "\u200b", "\u202e", "\x00",
        "<b>", "|", "#", "🙂", "é",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=150))
def test_any_text_gives_whole_records(text: str) -> None:
    check(text, extract(text))


@pytest.mark.parametrize(
    "unit",
    [
        "Latvia accused Russia of lying. ", "“", "Disinfo: A lie\nNo evidence given.\n", "said that ",
        "Lie: “Russia lies!”\nTruth: no.\n",
        "protests in Kazakhstan on January 5, ", "such as claims that Latvia lies, ", "\n\n", "Latvia ",
    ],
)  # fmt: skip
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return processor_seconds(lambda: extract(text))

    seconds(2_000)
    small = min(seconds(10_000) for _ in range(3))
    assert seconds(80_000) < 8 * max(small, 0.01) * 4
