"""A subgraph as the value of a notebook's cell: the page inside another page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser


@pytest.fixture
def notebook(chromium: Any, harbour: Subgraph, tmp_path: Path) -> Iterator[Any]:
    """A page of another house that shows the cell's value; nothing may be complained of."""
    file = tmp_path / "notebook.html"
    file.write_text(
        f"<!DOCTYPE html><title>Cells</title><h1>Cells</h1>{harbour._repr_html_()}<p>Next cell</p>", "utf-8"
    )
    context = chromium.new_context(viewport={"width": 1300, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    page.frame_locator("iframe").locator("html[data-ready]").wait_for(state="attached")
    yield page
    context.close()
    assert complaints == []


def test_the_page_opens_in_its_frame_and_answers(notebook: Any) -> None:
    frame = notebook.frame_locator("iframe")
    frame.locator("#search").fill("norlandia")
    frame.locator("#search").press("Enter")
    assert frame.locator("#details h2").inner_text() == "Norlandia"
    frame.get_by_role("button", name="all 2 sentences").click()
    assert frame.locator("#details blockquote").count() == 2
    frame.get_by_role("button", name="Table").click()
    assert frame.locator("#table").is_visible()


def test_what_is_saved_reaches_the_reader(notebook: Any) -> None:
    frame = notebook.frame_locator("iframe")
    frame.locator("#save summary").click()
    with notebook.expect_download() as download:
        frame.locator("#save-csv").click()
    assert "Norlandia" in Path(download.value.path()).read_text("utf-8")


def test_the_frame_reaches_nothing_of_the_notebook(notebook: Any) -> None:
    inside = next(frame for frame in notebook.frames if frame != notebook.main_frame)
    reached = "() => { try { return parent.document.title; } catch (error) { return error.name; } }"
    assert inside.evaluate(reached) == "SecurityError"
