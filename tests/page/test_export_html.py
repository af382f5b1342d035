"""``narragraph export html``: which part of the store a page shows."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import parts
import pytest
from click.testing import CliRunner, Result

from narragraph import extract, load
from narragraph.errors import NothingFound, UsageError
from narragraph.graph.commands import export
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import read_lines
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Bundle

FIXTURE = Path(__file__).parent / "fixtures" / "harbour.jsonl"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the harbour fire, each document with what rests on it."""
    parts.module("arcadedb_embedded")
    records = [record for _, record in read_lines(FIXTURE.read_text("utf-8").splitlines())]
    nodes = {record.id: record for record in records if isinstance(record, Node)}
    edges = [record for record in records if isinstance(record, Edge)]
    place = str(tmp_path_factory.mktemp("store") / "harbour")
    with open_store(place, create=True) as opened, opened.writer() as writer:
        for root in (node for node in nodes.values() if node.type == "Document"):
            own = [edge for edge in edges if edge.document == root.id]
            ends = dict.fromkeys(end for edge in own for end in (edge.source, edge.target))
            there = [nodes[end] for end in ends if nodes[end].type != "Document"]
            writer.put(Bundle(root, [root, *there], own))
    return place


def export_html(store: str, out: Path, *options: str) -> Result:
    return CliRunner().invoke(export, ["html", str(out), "--store", store, *options], catch_exceptions=False)


def shown(out: Path) -> list[str]:
    """Names in the table for browsers without scripts."""
    return re.findall(r'<td dir="auto">([^<]*)</td><td>', out.read_text("utf-8"))


def payload(out: Path) -> dict[str, Any]:
    """What the page's script reads."""
    found = re.search(r'<script [^>]*id="data" data-encoding="(\w+)">([^<]*)</script>', out.read_text("utf-8"))
    assert found
    text = gzip.decompress(base64.b64decode(found[2])).decode("utf-8") if found[1] == "gzip" else found[2]
    content: dict[str, Any] = json.loads(text)
    return content


def test_the_whole_store_becomes_one_page(store: str, tmp_path: Path) -> None:
    done = export_html(store, tmp_path / "all.html", "--title", "Fire & smoke")
    assert done.exit_code == 0
    assert re.search(r"14 names, \d+ links and 18 sentences from .*harbour", done.stderr)
    assert "<title>Fire &amp; smoke</title>" in (tmp_path / "all.html").read_text("utf-8")


def test_a_page_around_a_name_shows_what_is_near_it(store: str, tmp_path: Path) -> None:
    export_html(store, tmp_path / "near.html", "--around", "K7")
    assert set(shown(tmp_path / "near.html")) == {"Kanal Sieben", "Norlandian divers set the harbour on fire"}
    export_html(store, tmp_path / "far.html", "--around", "K7", "--depth", "2")
    assert "Norlandia" in shown(tmp_path / "far.html")


def test_a_page_of_a_query_shows_what_its_rows_name(store: str, tmp_path: Path) -> None:
    export_html(store, tmp_path / "query.html", "--query", "who-accuses-whom")
    names = set(shown(tmp_path / "query.html"))
    assert {"Ministry of Defence of Südmark", "Norlandia"} <= names
    assert "Harbour fire, May 2023" not in names
    assert "<h1>Who accuses whom, of what</h1>" in (tmp_path / "query.html").read_text("utf-8")


def test_a_name_that_nothing_has_writes_no_page(store: str, tmp_path: Path) -> None:
    with pytest.raises(NothingFound, match="Atlantis"):
        export_html(store, tmp_path / "none.html", "--around", "Atlantis")
    assert not (tmp_path / "none.html").exists()


# ---- parts


def test_a_page_of_a_narrative_shows_who_tells_and_who_counters_it(store: str, tmp_path: Path) -> None:
    export_html(store, tmp_path / "narrative.html", "--narrative", "hidden war")
    page = (tmp_path / "narrative.html").read_text("utf-8")
    assert "<h1>The neighbour wages a hidden war</h1>" in page
    assert {"Kanal Sieben", "Norlandia", "a worn cable started the fire"} <= set(shown(tmp_path / "narrative.html"))
    assert "Harbour fire, May 2023" not in page


def test_a_page_of_a_document_shows_what_it_says_and_tells_that_its_text_is_missing(store: str, tmp_path: Path) -> None:
    done = export_html(store, tmp_path / "document.html", "--document", "Four lies about the harbour")
    assert "without its text" in done.stderr
    assert "<h1>Four lies about the harbour</h1>" in (tmp_path / "document.html").read_text("utf-8")
    assert payload(tmp_path / "document.html")["text"] is None
    assert {document["title"] for document in payload(tmp_path / "document.html")["documents"]} == {
        "Four lies about the harbour"
    }


def test_a_page_of_two_shows_what_joins_them(store: str, tmp_path: Path) -> None:
    export_html(store, tmp_path / "two.html", "--compare", "Ministry of Defence of Südmark", "Norlandia")
    page = payload(tmp_path / "two.html")
    assert page["title"] == "Ministry of Defence of Südmark and Norlandia"
    assert set(page["nodes"]["name"]) == {
        "Ministry of Defence of Südmark", "Norlandia", "Norlandian divers set the harbour on fire",
    }  # fmt: skip


def test_a_page_opens_at_the_confidence_asked_for_and_holds_the_rest(store: str, tmp_path: Path) -> None:
    done = export_html(store, tmp_path / "sure.html", "--min-confidence", "0.9")
    assert payload(tmp_path / "sure.html")["shownFrom"] == 0.9
    assert "18 sentences" in done.stderr


def test_a_page_of_too_many_names_holds_the_most_connected_and_says_so(store: str, tmp_path: Path) -> None:
    done = export_html(store, tmp_path / "few.html", "--most", "5")
    assert len(payload(tmp_path / "few.html")["nodes"]["name"]) == 5
    assert re.search(r"Left out: 9 of 14 names, .* and \d+ sentences .*--most 0 writes all", done.stderr)
    done = export_html(store, tmp_path / "all.html", "--most", "0")
    assert "Left out" not in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--narrative", "Atlantis"), "no narrative"),
        (("--narrative", "Norlandia"), "no narrative"),
        (("--document", "Atlantis"), "No document"),
        (("--compare", "K7", "Atlantis"), "Atlantis"),
        (("--compare", "K7", "Port Authority"), "touched by both"),
        (("--redact", "Olga Brovik"), "nothing to redact"),
    ],
)
def test_names_that_fit_nothing_write_no_page(store: str, tmp_path: Path, options: Sequence[str], message: str) -> None:
    with pytest.raises(NothingFound, match=message):
        export_html(store, tmp_path / "none.html", *options)
    assert not (tmp_path / "none.html").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--around", "K7", "--query", "who-accuses-whom"), ("--document", "x", "--narrative", "y"),
        ("--compare", "K7", "Norlandia", "--around", "K7"), ("--compare", "K7", "Kanal Sieben"), ("--depth", "2"),
        ("-p", "a=b"),
    ],
)  # fmt: skip
def test_options_that_contradict_each_other_are_told(store: str, tmp_path: Path, options: Sequence[str]) -> None:
    with pytest.raises(UsageError):
        export_html(store, tmp_path / "none.html", *options)


# ---- real documents

LETTER = """Ferry strike at Port Almeria

The ministry of Norlandia accused Zdenka Brovik, a ferry worker, of having started the fire.
Zdenka Brovik denied this. "I was at home," Brovik said. Brovik's neighbour confirmed it.
Ms Brovik's page https://almeria.example/zdenka_brovik was closed. ZDENKA BROVIK is on leave.
"""


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> str:
    parts.module("arcadedb_embedded")
    folder = tmp_path_factory.mktemp("letters")
    (folder / "brovik-letter.txt").write_text(LETTER, "utf-8")
    with open_store(str(folder / "store"), create=True) as opened:
        load(extract(str(folder / "brovik-letter.txt")), opened)
    return str(folder / "store")


def test_a_page_of_a_document_holds_its_text_and_where_each_sentence_stands(letters: str, tmp_path: Path) -> None:
    export_html(letters, tmp_path / "letter.html", "--document", "Ferry strike at Port Almeria")
    page = payload(tmp_path / "letter.html")
    assert page["text"]["words"] == LETTER
    assert page["text"]["places"]
    for row, start, end in page["text"]["places"]:
        assert LETTER[start:end] == page["evidence"]["sentence"][row]


def test_nothing_of_a_redacted_name_is_left_in_the_file(letters: str, tmp_path: Path) -> None:
    out = tmp_path / "redacted.html"
    for options in (
        (),
        ("--document", "Ferry strike at Port Almeria"),
        ("--around", "Zdenka Brovik", "--title", "Brovik"),
    ):
        export_html(letters, out, *options)
        assert traces(out)  # so that this test can fail
        export_html(letters, out, *options, "--redact", "Zdenka Brovik")
        assert traces(out) == []
        assert "[name withheld]" in payload(out)["nodes"]["name"]


def test_a_large_redacted_page_keeps_nothing_in_its_compressed_data(
    letters: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narragraph.graph.page.page._COMPRESS_ABOVE", 10)
    export_html(letters, tmp_path / "redacted.html", "--redact", "Brovik")
    assert 'data-encoding="gzip"' in (tmp_path / "redacted.html").read_text("utf-8")
    assert traces(tmp_path / "redacted.html") == []


def traces(out: Path) -> list[str]:
    """Where a file or the data in it speak of Zdenka Brovik."""
    texts = (out.read_text("utf-8"), json.dumps(payload(out), ensure_ascii=False))
    return [found for text in texts for found in re.findall(r".{0,30}(?:zdenka|brovik).{0,30}", text, re.IGNORECASE)]
