"""The text of a document beside its graph: sentences open lines, and cards open sentences."""

from __future__ import annotations

from typing import Any

import pytest

from narragraph.graph.excerpts import DocumentText
from narragraph.graph.model import Edge, Node
from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

TEXT = (
    "Night at the quay 😡\n\nNorlandia accused the guild of arson. It rained until dawn.\n"
    "The guild denied it and blamed Südmark. <b>Nobody</b> was hurt.\n" + "\nThe quay was quiet again." * 60 +
    "\nSüdmark rejected the charge.\n"
)  # fmt: skip
NAMES = {name: Node(name, "Actor", name) for name in ("Norlandia", "guild", "Südmark")}


def attested(type: str, source: str, target: str, sentence: str, confidence: float = 0.9) -> Edge:
    start = TEXT.index(sentence)
    return Edge(f"{type}{source}", type, source, target, "d", sentence, start, start + len(sentence), confidence)


GRAPH = Subgraph(
    list(NAMES.values()),
    [
        attested("ACCUSES", "Norlandia", "guild", "Norlandia accused the guild of arson."),
        attested("DENIES", "guild", "Norlandia", "The guild denied it and blamed Südmark."),
        attested("ACCUSES", "guild", "Südmark", "The guild denied it and blamed Südmark."),
        attested("DENIES", "Südmark", "guild", "Südmark rejected the charge."),
        attested("ABOUT", "guild", "Südmark", "It rained until dawn.", 0.3),
    ],
    {"d": Node("d", "Document", "Night at the quay")},
)


@pytest.fixture
def reader(open_page: Any) -> Any:
    return open_page(GRAPH, text=DocumentText(frozenset({"d"}), TEXT))


def passages(reader: Any) -> list[str]:
    return [str(text) for text in reader.page.locator(".passage").all_inner_texts()]


def heading(reader: Any) -> str:
    return " ".join(str(reader.page.inner_text("#details h2")).split())


def in_view(reader: Any, text: str) -> bool:
    return bool(
        reader.page.locator(".passage", has_text=text).evaluate(
            "(e) => { const a = e.getBoundingClientRect(), b = document.getElementById('text').getBoundingClientRect();"
            " return a.top >= b.top && a.bottom <= b.bottom; }"
        )
    )


def test_the_whole_text_stands_beside_the_graph_with_its_sentences_marked(reader: Any) -> None:
    assert reader.page.get_attribute("#view-text", "aria-pressed") == "true"
    assert reader.page.locator("#text .words").evaluate("(e) => e.textContent") == TEXT
    assert passages(reader) == [
        "Norlandia accused the guild of arson.",
        "The guild denied it and blamed Südmark.",
        "Südmark rejected the charge.",
    ]
    text, network = (reader.page.locator(part).bounding_box() for part in ("#text", "#network"))
    assert text["x"] + text["width"] <= network["x"] + 1
    assert reader.picture() > 1


def test_a_marked_sentence_opens_its_line(reader: Any) -> None:
    reader.page.locator(".passage").first.click()
    assert heading(reader) == "Norlandia accuses guild"
    assert reader.sentences() == ["Norlandia accused the guild of arson."]
    assert reader.page.locator(".passage.chosen").all_inner_texts() == ["Norlandia accused the guild of arson."]


def test_a_sentence_with_several_lines_lists_them(reader: Any) -> None:
    reader.page.locator(".passage").nth(1).click()
    assert reader.page.locator(".lines button").all_inner_texts() == ["guild accuses Südmark", "guild denies Norlandia"]
    reader.page.locator(".lines button").nth(1).click()
    assert heading(reader) == "guild denies Norlandia"
    reader.page.locator(".passage").nth(1).click()
    assert reader.page.locator(".lines").count() == 0


def test_a_card_shows_its_sentence_in_the_text(reader: Any) -> None:
    reader.page.click("#view-network")
    assert reader.page.is_hidden("#text")
    reader.choose_line("Südmark", "denies", "guild")
    reader.details.get_by_role("button", name="in the text").click()
    assert reader.page.get_attribute("#view-text", "aria-pressed") == "true"
    assert in_view(reader, "Südmark rejected the charge.")


def test_a_line_chosen_in_the_graph_brings_its_sentence_into_view(reader: Any) -> None:
    assert not in_view(reader, "Südmark rejected the charge.")
    reader.choose_line("Südmark", "denies", "guild")
    assert in_view(reader, "Südmark rejected the charge.")


def test_filters_hold_in_the_text(reader: Any) -> None:
    reader.set("#least", 0)
    assert "It rained until dawn." in passages(reader)
    reader.page.locator("label", has_text="accuses").click()
    assert "Norlandia accused the guild of arson." not in passages(reader)


def test_the_keyboard_opens_sentences_and_keeps_its_place(reader: Any) -> None:
    reader.page.locator(".passage").first.focus()
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    assert heading(reader) == "guild accuses Südmark"
    assert reader.page.evaluate("document.activeElement.textContent") == "The guild denied it and blamed Südmark."


def test_back_returns_to_the_text(reader: Any) -> None:
    reader.page.click("#view-table")
    reader.page.go_back()
    reader.page.wait_for_selector("#text", state="visible")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "size", [{"width": 1440, "height": 900}, {"width": 390, "height": 844}], ids=["laptop", "phone"]
)
def test_everyone_can_read_it(open_page: Any, theme: str, size: dict[str, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    reader = open_page(GRAPH, text=DocumentText(frozenset({"d"}), TEXT), color_scheme=theme, viewport=size)
    reader.page.locator(".passage").nth(1).click()
    assert Axe().run(reader.page).response["violations"] == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_hostile_text_stays_text(open_page: Any, hostile: list[str]) -> None:
    text = "\n".join(hostile)
    edge = Edge("e", "ACCUSES", "Norlandia", "guild", "d", hostile[0], 0, len(hostile[0]))
    graph = Subgraph([NAMES["Norlandia"], NAMES["guild"]], [edge], GRAPH.context)
    reader = open_page(graph, text=DocumentText(frozenset({"d"}), text))
    assert reader.page.locator("#text *").count() == 3  # the hint, the words and one passage
    assert reader.page.evaluate("window.ran") is None


def test_a_page_without_a_text_has_no_such_view(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, address="#view=text")
    assert reader.page.locator("#view-text").count() == 0
    assert reader.page.is_visible("#network")
