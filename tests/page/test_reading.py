"""What a reader can do with a page, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from narragraph.graph.subgraph import Subgraph

pytestmark = pytest.mark.browser

MINISTRY = "Ministry of Defence of Südmark"
CLAIM = "Norlandian divers set the harbour on fire"


def test_the_network_stands_there_at_once_and_says_what_it_is(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, title="The harbour fire")
    assert reader.picture() > 50
    assert reader.page.inner_text("h1") == "The harbour fire"
    assert reader.page.get_by_text("This graph shows what documents say, not what is true.").is_visible()
    assert "1 name that documents only mention is left out" in reader.said


def test_no_graphics_card_is_needed(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    assert reader.page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    reader.complaints.clear()  # the browser tells that it has none
    assert reader.picture() > 50


def test_nothing_is_requested_but_the_file(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name(MINISTRY)
    reader.page.click("#theme")
    assert reader.requests == [reader.file.as_uri()]


def test_a_page_that_did_request_something_would_be_noticed(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    text = reader.file.read_text("utf-8")
    open_to_all = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    reader.file.write_text(open_to_all.replace("<header>", '<img src="http://tracker.example/x.png"><header>'), "utf-8")
    reader.page.route("http://tracker.example/*", lambda route: route.abort())
    reader.open()
    assert "http://tracker.example/x.png" in reader.requests
    assert reader.complaints
    reader.requests[:] = [reader.file.as_uri()]
    reader.complaints.clear()


def test_the_policy_stops_scripts_styles_and_requests_that_were_not_put_in(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    ran, refused = reader.page.evaluate(
        """async () => {
          const refused = new Set();
          const all = new Promise((done) => addEventListener("securitypolicyviolation", (event) => {
            if (refused.add(event.violatedDirective).size === 3) done();
          }));
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", "<p id=styled style='color: rgb(1, 2, 3)'>x</p>");
          const fetched = await fetch("http://tracker.example/").then(() => true, () => false);
          await all;
          const colour = getComputedStyle(document.getElementById("styled")).color;
          return [[Boolean(window.ran), colour === "rgb(1, 2, 3)", fetched], [...refused].sort()];
        }"""
    )
    assert ran == [False, False, False]
    assert refused == ["connect-src", "script-src-elem", "style-src-attr"]
    assert reader.complaints
    reader.complaints.clear()


# ---- lines and their sentences


def test_a_line_opens_every_sentence_that_it_stands_on(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_line(MINISTRY, "accuses", "Norlandia")
    assert reader.sentences() == [
        "The ministry 😡 accused Norlandia of having sent divers to the harbour.",
        "On Thursday the ministry pointed the finger at Norlandia.",
    ]
    assert reader.page.locator("#details mark").all_inner_texts() == ["accused", "pointed the finger at"]
    first, second = reader.page.locator(".card").all_inner_texts()
    assert f"Of what: {CLAIM}" in first
    assert "Harbour Post · 2023-05-04 · news" in first
    assert "very sure, 92 %" in first
    assert f"According to Kanal Sieben, who quotes {MINISTRY}" in second
    assert "sure, 81 %" in second
    assert "reported" in second


def test_every_edge_of_the_graph_is_a_sentence_of_the_page(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.set("#least", 0)
    assert f"{len(harbour.edges)} sentences" in reader.status
    seen: list[str] = []
    for row in range(reader.page.evaluate("narragraph.links")):
        reader.page.evaluate("(row) => { location.hash = `least=0&link=${row}`; }", row)
        reader.page.wait_for_selector(f"#details[data-shows='link-{row}']")
        seen += reader.sentences()
    assert sorted(seen) == sorted(edge.sentence for edge in harbour.edges if edge.sentence)


def test_unsure_readings_are_hidden_counted_and_shown_on_request(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    assert "Hidden: 1 line and 2 readings with less than 60 % confidence." in reader.page.inner_text("#filters")
    assert "Who accuses whom" in reader.said
    assert "2 unsure readings hidden." in reader.said
    reader.choose_line(MINISTRY, "accuses", "Norlandia")
    assert "1 unsure reading hidden." in reader.said
    reader.details.get_by_role("button", name="Show").click()
    assert "It may well be that the ministry means Norlandia." in reader.sentences()
    assert "No reading is hidden" in reader.page.inner_text("#filters")


def test_what_is_only_possibly_read_so_says_so(open_page: Any, harbour: Subgraph) -> None:
    edges = [replace(edge, confidence=0.65) if edge.id in ("edge:00", "edge:01") else edge for edge in harbour.edges]
    reader = open_page(replace(harbour, edges=edges))
    assert f"{MINISTRY} accuses (possibly) Norlandia" in reader.said
    reader.choose_name("Norlandia")
    assert re.search(rf"{MINISTRY} a possible reading", reader.said)


def test_words_do_not_promise_more_than_the_documents(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.search(CLAIM)
    reader.page.keyboard.press("Enter")
    said = reader.said
    assert re.search(r"is debunked by\s+1\s+No, the fire was not an attack", said)  # a fact-check
    assert re.search(r"is disputed by\s+1\s+Four lies about the harbour", said)  # an opinion
    assert re.search(r"is said to be claimed by\s+1\s+Kanal Sieben", said)  # only an opponent says so
    assert re.search(rf"is claimed by\s+1\s+{MINISTRY}", said)


def test_what_is_negated_is_no_plain_accusation(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    assert "Harbour Guard accuses" not in reader.said
    reader.choose_line("Harbour Guard", "accuses", "Norlandia")
    assert "accuses (not plainly)" in reader.page.inner_text("h2")
    assert "negated: it says that this is not so" in reader.said


def test_metadata_and_details_are_told(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_line("Kanal Sieben", "amplifies", CLAIM)
    assert "1,200 times" in reader.said
    reader.choose_line("Harbour Post", "published", "Fire at the harbour of Port Almeria")
    assert "from the document's own metadata" in reader.said


def test_only_addresses_of_the_web_become_links(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_line(MINISTRY, "accuses", "Norlandia")
    links = reader.page.eval_on_selector_all("#details a", "(all) => all.map((a) => [a.href, a.rel, a.target])")
    assert links == [["https://harbour-post.example/fire", "noopener noreferrer", "_blank"]]


# ---- names


def test_a_name_tells_what_it_is_what_it_says_and_what_is_said_of_it(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Norlandia")
    said = reader.said
    assert said.startswith("Country Norlandia Also: Norlandian")
    assert re.search(rf"What it says and does\s+denies\s+1\s+{CLAIM}", said)
    assert re.search(rf"What is said of it\s+is accused by\s+2\s+{MINISTRY}", said)
    assert "Norlandia rejected the accusation as absurd." in reader.sentences()
    reader.choose_name(MINISTRY)
    assert re.search(r"Kind\s+ministry\s+Country\s+Südmark\s+Wikidata\s+Q42", reader.said)
    assert reader.page.get_attribute("#details a", "href") == "https://www.wikidata.org/wiki/Q42"


def test_from_a_name_one_step_leads_to_the_sentences_and_back(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.choose_name("Norlandia")
    reader.details.get_by_role("button", name="all 2 sentences").click()
    assert len(reader.sentences()) == 2
    reader.page.go_back()
    reader.page.wait_for_selector("#details h2:text-is('Norlandia')")
    reader.page.go_back()
    reader.page.wait_for_selector("#details h2:text-is('Choose a name or a line')")


def test_an_address_opens_what_was_looked_at(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, address="#node=outlet%3Akanal-sieben")
    assert "Kanal Sieben Also: K7" in reader.said


# ---- search


@pytest.mark.parametrize("typed", ["Südmark", "sudmark", "THE SOUTH"])
def test_search_knows_names_and_aliases_without_case_and_accents(open_page: Any, harbour: Subgraph, typed: str) -> None:
    reader = open_page(harbour)
    reader.search(typed)
    assert reader.found()[0].startswith("Südmark")
    reader.page.keyboard.press("Enter")
    assert reader.page.inner_text("#details h2") == "Südmark"
    place = reader.page.evaluate("narragraph.placeOfName('Südmark')")
    frame = reader.page.locator("#network").bounding_box()
    assert abs(place["x"] - frame["x"] - frame["width"] / 2) < 60
    assert abs(place["y"] - frame["y"] - frame["height"] / 2) < 60


def test_search_says_when_there_is_none(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.search("Atlantis")
    assert reader.found() == ["No name or alias holds that."]
    reader.page.keyboard.press("Enter")
    assert reader.page.inner_text("#details h2") == "Choose a name or a line"


# ---- legend


def test_the_legend_counts_and_filters_kinds(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    label = reader.page.locator("label", has_text="Countries")
    assert label.inner_text().split() == ["Countries", "2"]
    before = reader.status
    label.click()
    assert label.inner_text().split() == ["Countries", "0", "of", "2"]
    assert reader.status != before
    assert f"{MINISTRY} accuses" not in reader.said
    reader.page.click("#reset")
    assert reader.status == before


def test_the_legend_filters_relations(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reader.page.locator("label", has_text="accuses").click()
    assert "Who accuses whom" not in reader.said
    reader.choose_name("Norlandia")
    assert "is accused by" not in reader.said


def test_a_page_on_which_everything_is_hidden_says_so(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    for box in reader.page.locator("fieldset >> nth=0 >> input").all():
        box.uncheck()
    assert reader.page.inner_text("#nothing") == "The filters hide everything."
    reader.page.click("#reset")
    assert reader.page.is_hidden("#nothing")


def test_an_empty_graph_says_so(open_page: Any) -> None:
    reader = open_page(Subgraph((), ()))
    assert reader.page.inner_text("#nothing") == "There is nothing in this graph."
    assert "Nothing to show" in reader.said


# ---- ways to read


def test_the_keyboard_alone_is_enough(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    press = reader.page.keyboard.press
    heading = reader.page.locator("#details h2")
    press("/")
    reader.page.keyboard.type("norlandia")
    press("Enter")
    assert heading.inner_text() == "Norlandia"
    press("e")
    first = heading.inner_text()
    assert first.endswith("Norlandia") or first.startswith("Norlandia")
    press("e")
    assert heading.inner_text() != first
    press("Shift+E")
    assert heading.inner_text() == first
    press("Enter")
    assert reader.page.evaluate("document.activeElement.id") == "details"
    press("Escape")
    assert heading.inner_text() == "Choose a name or a line"
    reader.page.focus("#network > div")
    names = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        press(key)
        names.add(heading.inner_text())
    assert len(names) >= 3
    press("?")
    assert reader.page.get_by_role("heading", name="How to read this page").is_visible()


def test_tab_reaches_search_network_list_and_filters(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    reached = set()
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        reached.add(
            reader.page.evaluate(
                "['#search', '#fit', '#theme', '#network', '#details', '#filters'].find("
                "(part) => document.activeElement.closest(part)) ?? ''"
            )
        )
    assert reached >= {"#search", "#fit", "#theme", "#network", "#details", "#filters"}


def test_every_control_has_a_name(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour)
    unnamed = reader.page.eval_on_selector_all(
        "button, input, [role]",
        "(all) => all.filter((e) => e.role !== 'status')"
        ".filter((e) => !(e.textContent.trim() || e.ariaLabel || e.closest('label')))"
        ".map((e) => e.outerHTML)",
    )
    assert unnamed == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_and_can_be_switched(open_page: Any, harbour: Subgraph, scheme: str) -> None:
    reader = open_page(harbour, color_scheme=scheme)
    assert reader.page.get_attribute("html", "data-theme") == scheme
    before = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    reader.page.click("#theme")
    assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_nothing_overflows_on_a_phone(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, viewport={"width": 390, "height": 844}, has_touch=True)
    for look in (lambda: None, lambda: reader.choose_line(MINISTRY, "accuses", "Norlandia")):
        look()
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert len(reader.sentences()) == 2


def test_without_scripts_a_table_has_the_strongest_links(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, java_script_enabled=False)
    rows = reader.page.locator("table tr").all_inner_texts()
    assert rows[1].split("\t")[:4] == [MINISTRY, "accuses", "Norlandia", "3"]
    assert reader.page.is_hidden("#search")


def test_a_finger_chooses_what_a_pointer_chooses(open_page: Any, harbour: Subgraph) -> None:
    reader = open_page(harbour, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    place = reader.page.evaluate("narragraph.placeOfName('Norlandia')")
    reader.page.touchscreen.tap(place["x"], place["y"])
    reader.page.wait_for_selector("#details h2:text-is('Norlandia')")
    reader.page.locator("#details button.name", has_text="who says so").first.tap()
    reader.page.wait_for_selector("#details[data-shows^='link-']")
    assert reader.sentences()
