"""The page in Firefox: what the other tests of the page hold in Chromium, in short."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from parts import missing

from narragraph.graph.page.page import write_page
from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

MINISTRY = "Ministry of Defence of Südmark"
ENTER = "\ue007"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    program = os.environ.get("NARRAGRAPH_TEST_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        missing("no Firefox on this machine; NARRAGRAPH_TEST_FIREFOX can name one")
    from firefox import Firefox

    browser = Firefox(program, tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


@pytest.fixture
def page(firefox: Any, harbour: Subgraph, tmp_path: Path) -> Iterator[Any]:
    """The harbour fire, open in Firefox; afterwards nothing may have been complained of and nothing fetched."""
    file = tmp_path / "page.html"
    write_page(harbour, file, title="Harbour fire")
    firefox.open(file.as_uri(), width=1440, height=900)
    yield firefox
    assert firefox.complaints == []
    assert {request.partition("#")[0] for request in firefox.requests} <= {file.as_uri()}


def text(page: Any, selector: str) -> str:
    return " ".join(page.ask(f"document.querySelector({selector!r}).innerText").split())


def texts(page: Any, selector: str) -> list[str]:
    return [str(each) for each in page.ask(f"[...document.querySelectorAll({selector!r})].map((e) => e.innerText)")]


def test_it_opens_and_paints(page: Any) -> None:
    assert text(page, "h1") == "Harbour fire"
    assert "Who accuses whom" in text(page, "#details")
    colours = page.ask(
        "(() => { const c = document.querySelector('#network canvas');"
        " const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);"
        " return new Set(new Uint32Array(data.buffer)).size; })()"
    )
    assert colours > 10


def test_complaints_and_requests_would_be_noticed(firefox: Any, tmp_path: Path) -> None:
    image = "<img src=https://example.invalid/nothing.png>"
    page = f"<!DOCTYPE html><html data-ready=true><body>{image}<script>console.error('oh no')</script>"
    (tmp_path / "bad.html").write_text(page, "utf-8")
    firefox.open((tmp_path / "bad.html").as_uri(), width=800, height=600)
    assert "oh no" in firefox.complaints
    assert any(request.endswith("nothing.png") for request in firefox.requests)


def test_a_click_on_a_line_shows_its_sentences(page: Any) -> None:
    page.click(page.ask(f"narragraph.placeOfLink('{MINISTRY}', 'accuses', 'Norlandia')"))
    page.wait("document.querySelectorAll('#details blockquote').length === 2")
    assert "On Thursday the ministry pointed the finger at Norlandia." in texts(page, "#details blockquote")
    assert texts(page, "#details mark") == ["accused", "pointed the finger at"]


def test_a_click_on_a_name_tells_what_is_said_of_it(page: Any) -> None:
    page.click(page.ask("narragraph.placeOfName('Norlandia')"))
    page.wait("document.querySelector('#details h2').innerText === 'Norlandia'")
    assert re.search(rf"is accused by 2 {MINISTRY}", text(page, "#details"))


def test_search_finds_a_name_by_the_keyboard(page: Any) -> None:
    page.type("/")
    page.type("sudmark")
    assert texts(page, "#hits li")[0].startswith("Südmark")
    page.type(ENTER)
    assert text(page, "#details h2") == "Südmark"
    assert page.ask("location.hash").startswith("#node=")


def test_a_filter_holds_in_list_and_counts(page: Any) -> None:
    before = text(page, "#status")
    page.ask("[...document.querySelectorAll('label')].find((e) => e.innerText.includes('accuses')).click()")
    assert "Who accuses whom" not in text(page, "#details")
    assert text(page, "#status") != before


def test_table_and_timeline_show_the_same(page: Any) -> None:
    page.click_on("#view-table")
    assert any("Norlandia" in row for row in texts(page, "#table tbody tr"))
    page.click_on("#view-timeline")
    assert any("May 2023" in month for month in texts(page, "#timeline h2"))


def test_a_drawing_is_saved(page: Any) -> None:
    page.click_on("#save summary")
    page.click_on("#save-svg")
    until = time.monotonic() + 10
    while not (saved := list(page.downloads.glob("*.svg"))) or not saved[0].stat().st_size:
        assert time.monotonic() < until, "no file came"
        page.ask("1")
        time.sleep(0.1)
    drawing = saved[0].read_text("utf-8")
    assert drawing.startswith("<svg")
    assert "Norlandia" in drawing
