"""Documents are written by anyone: whatever stands in them stays text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from narragraph.graph.model import Edge, Node
from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

COLLECTED = Path(__file__).resolve().parents[2] / ".." / "shared" / "reference" / "reader" / "hostile.json"


def made_of(texts: list[str]) -> Subgraph:
    """A graph in which every text stands in every place that holds text."""
    nodes = [
        Node(text, text, text, (text + "!",), {"kind": text, "url": text, "wikidata": text, "definition": text})
        for text in dict.fromkeys(texts)
    ]
    document = {
        text: Node("d" + text, "Document", text, (), {"title": text, "url": text, "published": text, "genre": text})
        for text in texts
    }
    edges = [
        Edge(
            text, text, text, other, "d" + text, text, 0, len(text), 0.9, (),
            {"trigger_start": 1, "trigger_end": 3, "asserted_by": ["d" + text, other], "modality": text, "rule": text,
             "said": text, "basis": text, "role": text, "place": text, "manner": text, "claim": other},
        )
        for text, other in zip(texts, texts[1:] + texts[:1])
    ]  # fmt: skip
    return Subgraph(nodes, edges, {node.id: node for node in document.values()}, {"d" + texts[0]: texts[1]})


def test_hostile_texts_run_nothing_and_break_nothing(open_page: Any, hostile: list[str]) -> None:
    reader = open_page(made_of(hostile), title=hostile[0])
    assert reader.page.title().startswith("</script>")
    assert reader.page.locator("script, img, svg, iframe").count() == 2  # our two scripts
    for row in range(reader.page.evaluate("narragraph.links")):
        reader.page.evaluate("(row) => { location.hash = `link=${row}`; }", row)
        reader.page.wait_for_selector(f"#details[data-shows='link-{row}']")
        reader.page.locator("#details h2 button").first.click()
    for text in ("<img", "__proto__", "{{ 7"):
        reader.search(text)
        assert reader.found()[0].startswith(text)
    addresses = reader.page.eval_on_selector_all("a", "(all) => all.map((a) => a.protocol)")
    assert set(addresses) <= {"http:", "https:"}
    assert reader.page.evaluate("window.ran") is None
    assert reader.page.evaluate("({}).ran") is None


def test_a_compressed_page_is_as_safe(open_page: Any, hostile: list[str]) -> None:
    reader = open_page(made_of([*hostile, "x" * 100_000]))
    assert reader.file.read_text("utf-8").count('data-encoding="gzip"') == 1
    assert reader.page.evaluate("window.ran") is None
    reader.search("xxxx")
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_without_scripts_hostile_texts_stay_text_too(open_page: Any, hostile: list[str]) -> None:
    reader = open_page(made_of(hostile), java_script_enabled=False)
    assert reader.page.locator("td img, td script, td svg").count() == 0
    assert "<img src=x onerror" in reader.page.inner_text("table")


def test_texts_that_others_collected_run_nothing_either(open_page: Any) -> None:
    if not COLLECTED.exists():
        pytest.skip("no ../shared/reference here")
    told = json.loads(COLLECTED.read_text("utf-8"))
    texts = {told["title"]} | {str(value) for part in (*told["nodes"], *told["edges"]) for value in part.values()}
    reader = open_page(made_of(sorted(texts)), title=told["title"])
    for view in ("table", "timeline", "network"):
        reader.page.click(f"#view-{view}")
    for row in range(reader.page.evaluate("narragraph.links")):
        reader.page.evaluate("(row) => { location.hash = `least=0&link=${row}`; }", row)
        reader.page.wait_for_selector(f"#details[data-shows='link-{row}']")
    assert reader.page.evaluate("window.pwn") is None
