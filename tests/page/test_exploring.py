"""Ways through the network: neighbourhoods, paths, what is hidden and pinned, and what was looked at before."""

from __future__ import annotations

from typing import Any

import pytest

from narragraph.graph.model import Edge, Node
from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

MINISTRY = "Ministry of Defence of Südmark"
CLAIM = "Norlandian divers set the harbour on fire"


def action(reader: Any, name: str) -> None:
    reader.details.get_by_role("button", name=name, exact=True).click()


def test_a_path_between_two_names_shows_each_step_with_a_sentence(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Ane Doe")
    action(reader, "Path to …")
    assert "A path from Ane Doe: choose the other name" in reader.said
    reader.search("Kanal Sieben")
    reader.page.keyboard.press("Enter")
    assert "Ane Doe to Kanal Sieben" in reader.said
    assert "3 steps over the lines that are shown" in reader.said
    steps = [" ".join(text.split()) for text in reader.page.locator(".steps li").all_inner_texts()]
    assert [step.split(" 1 ")[0] for step in steps] == [
        "Ane Doe claims a worn cable started the fire",
        f"a worn cable started the fire counters {CLAIM}",
        f"Kanal Sieben is said to claim {CLAIM}",
    ]
    again = open_page(harbour, address="#" + reader.page.url.partition("#")[2])
    assert again.said == reader.said.replace("Ane Doe Path", "Path")


def test_countries_are_no_stepping_stones_where_there_is_another_way(open_page: Any) -> None:
    nodes = [Node(name, kind, name) for name, kind in
             (("Ann", "Actor"), ("Bob", "Actor"), ("Land", "Country"), ("One", "Actor"), ("Two", "Actor"))]  # fmt: skip
    pairs = [("Ann", "Land"), ("Land", "Bob"), ("Ann", "One"), ("One", "Two"), ("Two", "Bob")]
    edges = [
        Edge(f"e{n}", "ACCUSES", source, target, "d", f"{source} accused {target}.", 0, 9, 0.9)
        for n, (source, target) in enumerate(pairs)
    ]
    reader = open_page(Subgraph(nodes, edges))
    reader.choose_name("Ann")
    reader.page.keyboard.press("p")
    reader.choose_name("Bob")
    assert reader.sentences() == ["Ann accused One.", "One accused Two.", "Two accused Bob."]


def test_no_path_is_told(open_page: Any) -> None:
    nodes = [Node(name, "Actor", name) for name in ("Ann", "Bob", "Cem", "Dan")]
    edges = [Edge(f"e{a}{b}", "ACCUSES", a, b, "d", "X.", 0, 2, 0.9) for a, b in (("Ann", "Bob"), ("Cem", "Dan"))]
    reader = open_page(Subgraph(nodes, edges))
    reader.choose_name("Ann")
    action(reader, "Path to …")
    reader.choose_name("Dan")
    assert "No way leads from Ann to Dan" in reader.said


def test_a_hidden_name_is_gone_from_the_lists_and_counts(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    before = reader.status
    reader.choose_name("Kanal Sieben")
    action(reader, "Hide")
    assert "Kanal Sieben" not in reader.page.inner_text("#details h2")
    assert reader.status != before
    assert "1 name hidden by hand" in reader.page.inner_text("#origin")
    reader.search("Kanal")
    reader.page.keyboard.press("Enter")  # whoever asks for it gets it
    assert reader.page.inner_text("#details h2") == "Kanal Sieben"
    assert reader.status == before


def test_leaves_can_be_collapsed(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Fire at the harbour of Port Almeria")
    action(reader, "Collapse")
    assert "Harbour Post" not in reader.page.inner_text("#table, #details")
    assert "1 name hidden by hand" in reader.page.inner_text("#origin")


def test_a_pinned_name_stays_whatever_the_filters_say(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Norlandia")
    action(reader, "Pin")
    reader.page.locator("fieldset label", has_text="Countries").click()
    label = reader.page.locator("fieldset label", has_text="Countries")
    assert label.inner_text().split() == ["Countries", "1", "of", "2"]
    assert reader.page.inner_text("#details h2") == "Norlandia"


def test_what_was_looked_at_before_is_one_click_away(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Norlandia")
    reader.choose_name("Kanal Sieben")
    reader.choose_line(MINISTRY, "accuses", "Norlandia")
    trail = reader.page.get_by_role("navigation", name="Looked at before")
    assert trail.inner_text() == "Norlandia › Kanal Sieben"
    trail.get_by_role("button", name="Norlandia").click()
    assert reader.page.inner_text("#details h2") == "Norlandia"
    reader.page.go_back()
    reader.page.wait_for_selector("#details h2:has-text('accuses')")
    reader.page.go_forward()
    reader.page.wait_for_selector("#details h2:text-is('Norlandia')")


def test_the_pointer_lets_a_neighbourhood_stand_out_and_changes_nothing(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    stage = reader.page.locator("#network canvas")
    before, said = stage.screenshot(), reader.said
    place = reader.page.evaluate("narragraph.placeOfName('Kanal Sieben')")
    reader.page.mouse.move(place["x"], place["y"])
    reader.page.wait_for_selector("#tip:visible")
    assert stage.screenshot() != before
    assert reader.said == said
    reader.page.mouse.move(5, 5)
    reader.page.wait_for_selector("#tip", state="hidden")
    assert stage.screenshot() == before
