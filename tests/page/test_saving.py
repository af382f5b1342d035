"""What is shown, taken away: pictures with title and legend, tables, a printed page."""

from __future__ import annotations

import csv
import io
import json
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from narragraph.graph.model import Edge, Node
from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser


def saved(reader: Any, ending: str) -> Path:
    reader.page.click("#save summary")
    with reader.page.expect_download() as download:
        reader.page.click(f"#save-{ending}")
    assert download.value.suggested_filename == f"the-harbour-fire.{ending}"
    return Path(download.value.path())


def test_a_picture_is_twice_the_size_and_not_blank(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, title="The harbour fire")
    content = saved(reader, "png").read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    box = reader.page.locator("#network").bounding_box()
    assert width == 2 * box["width"]
    assert height > 2 * box["height"]
    assert len(content) > 30_000
    assert reader.picture() > 50  # the page itself shows what it did


def test_a_drawing_holds_title_legend_names_and_origin(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, title="The harbour fire")
    root = ElementTree.fromstring(saved(reader, "svg").read_text("utf-8"))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[:2] == ["The harbour fire", "What documents say, not what is true."]
    assert {"Kanal Sieben", "Outlets", "accuses"} <= set(texts)
    assert any(
        text and text.startswith("Narragraph") and "3 documents, 2023-05-04 to 2023-05-07" in text for text in texts
    )


def test_tables_hold_the_sentences_that_are_shown(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, title="The harbour fire")
    reader.set("#least", 90)
    kept = sorted(str(edge.sentence) for edge in harbour.edges if edge.confidence >= 0.9)
    rows = list(csv.DictReader(io.StringIO(saved(reader, "csv").read_text("utf-8-sig"))))
    assert sorted(row["sentence"] for row in rows) == kept
    (accusation,) = (row for row in rows if row["relation"] == "ACCUSES")
    assert accusation["said_by"] == "Ministry of Defence of Südmark"
    assert (accusation["manner"], accusation["confidence"], accusation["published"]) == (
        "reported",
        "0.92",
        "2023-05-04",
    )
    whole = json.loads(saved(reader, "json").read_text("utf-8"))
    assert sorted(piece["sentence"] for piece in whole["evidence"]) == kept
    assert whole["filters"] == "Filters: readings of 90 % and more"


def test_no_cell_is_taken_for_a_formula(open_page: Any) -> None:
    nodes = [Node("a", "Actor", '=HYPERLINK("http://x.example")'), Node("b", "Actor", "@SUM(1+1)")]
    graph = Subgraph(nodes, [Edge("e", "ACCUSES", "a", "b", "d", '+1 said so, "quoted".', 0, 9, 0.9)])
    reader = open_page(graph, title="The harbour fire")
    text = saved(reader, "csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert [row[name][0] for name in ("source", "target", "sentence")] == ["'"] * 3


def test_a_drawing_of_hostile_names_is_sound(open_page: Any, hostile: list[str]) -> None:
    nodes = [Node(f"n{index}", "Actor", text) for index, text in enumerate(hostile)]
    edges = [
        Edge(f"e{index}", "ACCUSES", f"n{index}", "n0", "d", text, 0, 9, 0.9)
        for index, text in enumerate(hostile)
        if index
    ]
    reader = open_page(Subgraph(nodes, edges), title="The harbour fire")
    root = ElementTree.fromstring(saved(reader, "svg").read_text("utf-8"))
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "rect", "path", "text"}


def test_print_gives_the_graph_and_the_details_on_paper(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Norlandia")
    content = reader.page.pdf(format="A4", print_background=True)
    assert content.startswith(b"%PDF")
    assert len(content) > 20_000
