"""The same graph as a table and as a timeline."""

from __future__ import annotations

from typing import Any

import pytest

from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

CLAIM = "Norlandian divers set the harbour on fire"


def rows(reader: Any) -> list[list[str]]:
    return [
        [str(cell) for cell in row.locator("td").all_inner_texts()]
        for row in reader.page.locator("#table tbody tr").all()
    ]


def test_the_table_holds_every_line_that_is_shown(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.click("#view-table")
    found = rows(reader)
    assert f"{len(found)} of {len(found)} lines" in reader.page.inner_text("#table .bar")
    accusation = [
        "Ministry of Defence of Südmark",
        "accuses",
        "Norlandia",
        "2",
        "2",
        "92 %",
        "2023-05-04",
        "2023-05-06",
    ]
    assert found[0] == accusation
    assert [
        "Harbour Guard",
        "accuses (not plainly)",
        "Norlandia",
        "1",
        "1",
        "86 %",
        "2023-05-04",
        "2023-05-04",
    ] in found


def test_the_table_sorts_and_finds(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.click("#view-table")
    reader.page.click("#table th button >> nth=0")
    names = [row[0].casefold() for row in rows(reader)]
    assert names == sorted(names)
    assert reader.page.get_attribute("#table th >> nth=0", "aria-sort") == "ascending"
    reader.page.click("#table th button >> nth=0")
    assert reader.page.get_attribute("#table th >> nth=0", "aria-sort") == "descending"
    assert [row[0].casefold() for row in rows(reader)] == sorted(names, reverse=True)
    reader.page.fill("#table input", "kanal")
    reader.page.wait_for_selector("#table .bar:has-text('2 of 2 lines')")
    assert {row[0] for row in rows(reader)} == {"Kanal Sieben"}


def test_a_row_opens_its_sentences(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.click("#view-table")
    reader.page.locator("#table tbody button").first.click()
    assert len(reader.sentences()) == 2
    assert reader.page.is_visible("#table")


def test_filters_hold_in_the_table(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.click("#view-table")
    reader.page.locator("label", has_text="accuses").click()
    assert not [row for row in rows(reader) if row[1].startswith("accuses")]


def test_the_timeline_has_documents_events_and_claims_in_order(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.click("#view-timeline")
    lines = [" ".join(text.split()) for text in reader.page.locator(".months li li").all_inner_texts()]
    assert lines == [
        "3. Harbour fire, May 2023 event, 2 sentences",
        f"4. {CLAIM} claim, 9 sentences",
        "4. Fire at the harbour of Port Almeria document, 8 sentences",
        "6. No, the fire was not an attack document, 5 sentences",
        "6. a worn cable started the fire claim, 2 sentences",
        "7. Four lies about the harbour document, 3 sentences",
    ]
    reader.page.get_by_role("button", name=CLAIM, exact=True).click()
    assert reader.page.inner_text("#details h2") == CLAIM


def test_the_browser_goes_back_between_views(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.click("#view-timeline")
    reader.page.click("#view-table")
    reader.page.go_back()
    reader.page.wait_for_selector("#timeline:visible")
    reader.page.go_back()
    reader.page.wait_for_selector("#network:visible")
    assert reader.picture() > 50
