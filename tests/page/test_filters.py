"""Filters hold in the picture, the lists, the counts, and in what is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

MINISTRY = "Ministry of Defence of Südmark"


def switch(reader: Any, label: str) -> None:
    reader.page.locator("fieldset label", has_text=label).click()


def test_the_least_confidence_can_be_raised(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.set("#least", 85)
    kept = [edge for edge in harbour.edges if edge.confidence >= 0.85]
    assert f"{len(kept)} of {len(harbour.edges)} sentences" in reader.status
    assert "less than 85 % confidence" in reader.page.inner_text("#filters")
    reader.choose_line(MINISTRY, "accuses", "Norlandia")
    assert len(reader.sentences()) == 1


def test_documents_of_other_months_are_hidden(open_page: Any, harbour: Subgraph) -> None:
    nodes = [
        replace(node, properties={**node.properties, "published": "2023-07-01"})
        if node.id == "document:column"
        else node
        for node in harbour.nodes
    ]
    reader = open_page(replace(harbour, nodes=nodes))
    assert "May 2023 – Jul 2023" in reader.page.inner_text("#filters")
    reader.set("#from", 1)
    assert "Jul 2023 – Jul 2023" in reader.page.inner_text("#filters")
    assert "1 document" in reader.status
    assert "Four lies about the harbour disputes" in reader.said
    assert "Who denies what" not in reader.said


def test_play_lets_the_months_pass_and_stops_at_the_last(open_page: Any, harbour: Subgraph) -> None:
    dates = {"document:harbour-post": "2023-03-04", "document:veritas-check": "2023-04-06"}
    nodes = [
        replace(node, properties={**node.properties, "published": dates[node.id]}) if node.id in dates else node
        for node in harbour.nodes
    ]
    reader = open_page(replace(harbour, nodes=nodes))
    whole = reader.status
    reader.page.click("#play")
    reader.page.wait_for_selector("#filters:has-text('Mar 2023 – Mar 2023')")
    assert "1 document" in reader.status
    assert reader.page.inner_text("#play") == "Pause"
    reader.page.wait_for_selector("#filters:has-text('Mar 2023 – May 2023')")
    assert reader.page.inner_text("#play") == "Play"
    assert reader.status == whole


def test_sentences_without_a_date_are_counted_when_dates_hide_them(open_page: Any, harbour: Subgraph) -> None:
    nodes = []
    for node in harbour.nodes:
        facts = dict(node.properties)
        if node.id == "document:column":
            del facts["published"]
        if node.id == "document:veritas-check":
            facts["published"] = "2023-08-01"
        nodes.append(replace(node, properties=facts))
    reader = open_page(replace(harbour, nodes=nodes))
    undated = sum(edge.document == "document:column" for edge in harbour.edges)
    reader.set("#until", 0)
    assert f"; {undated} sentences without a date hidden" in reader.page.inner_text("#filters")


@pytest.mark.parametrize(
    ("label", "gone"), [("Negated", "Harbour Guard accuses"), ("Reported of others", f"{MINISTRY} accuses")]
)
def test_manners_of_saying_can_be_left_out(open_page: Any, harbour: Subgraph, label: str, gone: str) -> None:
    reader = open_page(harbour)
    reader.choose_name("Norlandia")
    assert "accused by" in reader.said
    before = reader.status
    switch(reader, label)
    reader.page.keyboard.press("Escape")
    assert reader.status != before
    assert gone not in reader.said


def test_a_narrative_shows_what_belongs_to_it(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.select_option("#narrative", label="The neighbour wages a hidden war")
    assert "Norlandia denies Norlandian divers set the harbour on fire" in reader.said
    assert "a worn cable" not in reader.said.replace("counters", "") or "counters" in reader.said
    assert "published" not in reader.page.locator("#details").inner_text()
    assert "narrative “The neighbour wages a hidden war”" in reader.page.inner_text("#origin")


def test_documents_can_be_left_out_and_taken_back(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    before = reader.status
    reader.page.click("#documents summary")
    reader.page.fill("#documents input[type=search]", "four lies")
    boxes = reader.page.locator("#documents label")
    assert boxes.all_inner_texts() == ["Four lies about the harbour 2023-05-07"]
    boxes.first.click()
    assert "2 of 3 documents" in reader.page.inner_text("#documents summary")
    assert "Four lies about the harbour disputes" not in reader.said
    boxes.first.click()
    assert reader.status == before


def test_everything_comes_back_at_once(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    before = reader.status
    reader.set("#least", 95)
    switch(reader, "Reported of others")
    switch(reader, "Countries")
    assert reader.status != before
    reader.page.click("#reset")
    assert reader.status == before
    assert reader.page.inner_text("#origin").startswith("Narragraph")
    assert "Filters" not in reader.page.inner_text("#origin")


def test_the_address_holds_the_filters(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Norlandia")
    reader.set("#least", 85)
    switch(reader, "Negated")
    switch(reader, "Countries")
    reader.page.select_option("#narrative", label="The neighbour wages a hidden war")
    reader.page.click("#view-table")
    address = "#" + reader.page.url.partition("#")[2]
    status, table = reader.status, reader.page.inner_text("#table")
    other = open_page(harbour, address=address)
    assert (other.status, other.page.inner_text("#table")) == (status, table)
    assert not other.page.locator("fieldset label", has_text="Negated").locator("input").is_checked()
    assert other.page.is_visible("#table")


@pytest.mark.parametrize(
    "address",
    ["#node=gone&view=nothing&least=x&from=yesterday", "#link=999&path=1.99.7&hidden=a.-3", "#%E0%A4%A", "#&&=&"],
)
def test_an_address_that_names_nothing_opens_the_whole(open_page: Any, harbour: Subgraph, address: str) -> None:
    assert open_page(harbour, address=address).status == open_page(harbour).status
