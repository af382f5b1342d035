"""``narragraph export html``: which part of the store a page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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
    pytest.importorskip("arcadedb_embedded")
    records = [record for _, record in read_lines(FIXTURE.read_text("utf-8").splitlines())]
    nodes = {record.id: record for record in records if isinstance(record, Node)}
    edges = [record for record in records if isinstance(record, Edge)]
    place = str(tmp_path_factory.mktemp("store") / "harbour")
    with open_store(place, create=True) as opened, opened.writer() as writer:
        for root in (node for node in nodes.values() if node.type == "Document"):
            own = [edge for edge in edges if edge.document == root.id]
            ends = dict.fromkeys(end for edge in own for end in (edge.source, edge.target))
            parts = [nodes[end] for end in ends if nodes[end].type != "Document"]
            writer.put(Bundle(root, [root, *parts], own))
    return place


def export_html(store: str, out: Path, *options: str) -> Result:
    return CliRunner().invoke(export, ["html", str(out), "--store", store, *options], catch_exceptions=False)


def shown(out: Path) -> list[str]:
    """Names in the table for browsers without scripts."""
    return re.findall(r'<td dir="auto">([^<]*)</td><td>', out.read_text("utf-8"))


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


def test_around_and_query_exclude_each_other(store: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="together"):
        export_html(store, tmp_path / "none.html", "--around", "K7", "--query", "who-accuses-whom")
