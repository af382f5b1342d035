"""Nobody is shut out: what axe finds, narrow screens, and colours that differ for all eyes."""

from __future__ import annotations

from typing import Any

import pytest

from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def faults(reader: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(reader.page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary']}" for fault in found for node in fault["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("view", ["network", "table", "timeline"])
def test_axe_finds_nothing(open_page: Any, harbour: Subgraph, theme: str, size: dict[str, int], view: str) -> None:
    reader = open_page(harbour, address=f"#view={view}", color_scheme=theme, viewport=size)
    assert faults(reader) == []
    reader.search("Norlandia")
    reader.page.keyboard.press("Enter")
    assert faults(reader) == []


def test_axe_would_find_something(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.evaluate("document.body.append(document.createElement('button'))")
    assert any(fault.startswith("button-name") for fault in faults(reader))


@pytest.mark.parametrize("view", ["network", "table", "timeline"])
def test_nothing_overflows_on_a_phone(open_page: Any, harbour: Subgraph, view: str) -> None:
    reader = open_page(harbour, address=f"#view={view}", viewport=PHONE)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
