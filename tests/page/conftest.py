"""A reader with a real browser: opens a page from its file, looks, clicks and types, and notes every complaint."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import parts
import pytest

from narragraph.graph.excerpts import DocumentText
from narragraph.graph.model import Edge, Node
from narragraph.graph.page.page import write_page
from narragraph.graph.records import read_lines
from narragraph.graph.subgraph import Subgraph, select

FIXTURES = Path(__file__).parent / "fixtures"
LAPTOP = {"width": 1440, "height": 900}


class Reader:
    """One page in a browser, and what a reader does with it."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page = page
        self.file = file
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("dialog", self._dismiss)
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective))"
        )

    def _dismiss(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, address: str = "") -> Reader:
        self.page.goto(self.file.as_uri() + address)
        self.page.wait_for_selector("html[data-ready]")
        return self

    @property
    def details(self) -> Any:
        return self.page.locator("#details")

    @property
    def said(self) -> str:
        """The text of the details in one line."""
        return " ".join(str(self.details.inner_text()).split())

    @property
    def status(self) -> str:
        return str(self.page.inner_text("#status"))

    def search(self, text: str) -> None:
        self.page.fill("#search", text)

    def set(self, slider: str, value: float) -> None:
        """Moves a slider."""
        self.page.locator(slider).fill(str(value))
        self.page.wait_for_timeout(50)  # it answers on the next frame

    def found(self) -> list[str]:
        return [str(item) for item in self.page.locator("#hits li").all_inner_texts()]

    def choose_name(self, name: str) -> None:
        """Clicks on the node of that name in the picture."""
        self._click(self.page.evaluate("(name) => narragraph.placeOfName(name)", name))

    def choose_line(self, source: str, verb: str, target: str) -> None:
        """Clicks on the middle of a line in the picture."""
        self._click(self.page.evaluate("(ends) => narragraph.placeOfLink(...ends)", [source, verb, target]))

    def _click(self, place: dict[str, float]) -> None:
        self.page.mouse.click(place["x"], place["y"])
        self.page.wait_for_timeout(350)  # vis-network waits for a second click before it tells of the first

    def sentences(self) -> list[str]:
        return [str(item) for item in self.page.locator("#details blockquote").all_inner_texts()]

    def picture(self) -> int:
        """How many colours the canvas shows: one where it is blank."""
        return int(
            self.page.evaluate(
                """() => {
                  const canvas = document.querySelector("#network canvas");
                  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                  return new Set(new Uint32Array(data.buffer)).size;
                }"""
            )
        )


Open = Callable[..., Reader]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    api = parts.module("playwright.sync_api")
    program = os.environ.get("NARRAGRAPH_TEST_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        parts.missing("no Chromium on this machine; NARRAGRAPH_TEST_CHROMIUM can name one")
    with api.sync_playwright() as playwright:
        # nobody's page may need a graphics card
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-3d-apis"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Writes a subgraph as a page and opens it. After the test no reader may have had anything to complain of."""
    readers: list[Reader] = []
    contexts: list[Any] = []

    def open_page(
        subgraph: Subgraph,
        *,
        address: str = "",
        title: str = "A test",
        text: DocumentText | None = None,
        **options: Any,
    ) -> Reader:
        file = tmp_path / f"page-{len(readers)}.html"
        write_page(subgraph, file, title=title, text=text)
        contexts.append(chromium.new_context(**{"viewport": LAPTOP, "reduced_motion": "reduce", **options}))
        readers.append(Reader(contexts[-1].new_page(), file))
        if options.get("java_script_enabled", True):
            return readers[-1].open(address)
        readers[-1].page.goto(file.as_uri())
        return readers[-1]

    yield open_page
    for context in contexts:
        context.close()
    for reader in readers:
        assert reader.complaints == []
        assert {request.partition("#")[0] for request in reader.requests} == {reader.file.as_uri()}


@pytest.fixture
def harbour() -> Subgraph:
    """A small graph: a fire, who is blamed for it, and who says otherwise."""
    return read_subgraph("harbour.jsonl")


def read_subgraph(name: str) -> Subgraph:
    records = [record for _, record in read_lines((FIXTURES / name).read_text("utf-8").splitlines())]
    nodes = [record for record in records if isinstance(record, Node)]
    return select(nodes, [record for record in records if isinstance(record, Edge)])


@pytest.fixture
def hostile() -> list[str]:
    texts: list[str] = json.loads((FIXTURES / "hostile.json").read_text("utf-8"))
    return texts
