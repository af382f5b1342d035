"""The document's own nodes, and the edges that its own lines tell."""

from __future__ import annotations

from typing import Any

import pytest

from narragraph.graph.bundles import check_records
from narragraph.graph.model import Edge, Node, document_id
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.edges import document_at
from narragraph.loaders.extraction.pipeline import analyse, to_records

KEY = "/articles/dam.txt"


def records(text: str, **known: Any) -> list[Node | Edge]:
    return list(to_records(analyse(SourceDocument(KEY, text, path="dam.txt", **known))))


def documents(text: str, **known: Any) -> list[Node]:
    return [record for record in records(text, **known) if isinstance(record, Node) and record.type == "Document"]


def edges(text: str, type: str) -> list[Edge]:
    return [record for record in records(text) if isinstance(record, Edge) and record.type == type]


ARTICLE = """Latvia opens a dam

March 4, 2021

Latvia has opened a dam on the border, and the government in Riga said that nobody had been hurt by the water.
"""


def test_a_file_is_a_document_with_what_is_known_of_it() -> None:
    (document,) = documents(ARTICLE, url="https://example.org/dam", retrieved="2021-03-05")
    assert document.id == document_id(KEY)
    assert document.name == "Latvia opens a dam"
    expected = {
        "title": "Latvia opens a dam", "url": "https://example.org/dam", "path": "dam.txt", "source_key": KEY,
        "published": "2021-03-04", "retrieved": "2021-03-05", "language": "en", "text": ARTICLE, "reader": "text",
    }  # fmt: skip
    assert {name: document.properties[name] for name in expected} == expected


def test_what_the_reader_knows_counts_more_than_what_the_text_says() -> None:
    (document,) = documents(ARTICLE, title="Dam opened", published="2021-03-05")
    assert (document.name, document.properties["published"]) == ("Dam opened", "2021-03-05")


CASES = """Disinfo: Poland floods Belarus

Poland has flooded villages in Belarus.

Disproof

This is a recurring pro-Kremlin narrative about Poland.

  • DATE OF PUBLICATION: 02/03/2021
  • Outlet: rt.com
  • Language/target audience: Spanish
  • Country: Poland, Belarus
see more

Disinfo: Estonia steals fish

Estonia has stolen fish from Russia for years.

Disproof

No evidence given. Pro-Kremlin outlets have said so before.
"""


def test_each_case_of_a_file_is_a_document_that_is_part_of_it() -> None:
    root, first, appearance, second = documents(CASES)
    assert root.properties["genre"] == "report"
    for number, case in enumerate((first, second), 1):
        assert case.id == document_id(f"{KEY}#case-{number}")
        assert (case.properties["part_of"], case.properties["genre"]) == (root.id, "case")
    assert first.name == "Poland floods Belarus"
    assert first.properties["published"] == "2021-03-02"
    assert "published" not in second.properties
    assert appearance.properties["genre"] == "appearance"
    assert {(edge.source, edge.target) for edge in edges(CASES, "PART_OF")} == {
        (first.id, root.id),
        (second.id, root.id),
    }


def test_an_offset_belongs_to_its_case() -> None:
    analysis = analyse(SourceDocument(KEY, "A word before.\n\n" + CASES))
    named = {node.name: node.id for node in analysis.nodes.values() if node.properties.get("genre") == "case"}
    assert document_at(analysis, 0) == document_id(KEY)
    assert document_at(analysis, analysis.text.index("has flooded")) == named["Poland floods Belarus"]
    assert document_at(analysis, analysis.text.index("has stolen")) == named["Estonia steals fish"]


def test_a_case_reviews_the_page_of_the_outlet_that_it_names() -> None:
    _, case, appearance, _ = documents(CASES)
    (review,) = edges(CASES, "REVIEWS")
    (published,) = edges(CASES, "PUBLISHED")
    assert (review.source, review.target) == (case.id, appearance.id)
    assert (published.source, published.target) == ("outlet:rt", appearance.id)
    assert (published.sentence, published.properties["basis"]) == ("Outlet: rt.com", "metadata")
    assert appearance.properties["language"] == "es"


def test_a_case_is_about_the_countries_that_its_metadata_name() -> None:
    found = edges(CASES, "ABOUT")
    about = {(edge.source, edge.target, edge.sentence) for edge in found if edge.properties["basis"] == "metadata"}
    case = documents(CASES)[1].id
    line = "Country: Poland, Belarus"
    assert about == {(case, "country:PL", line), (case, "country:BY", line)}


def test_a_file_that_is_one_case_is_that_case() -> None:
    (root,) = documents(CASES.partition("see more")[2].strip())
    assert (root.properties["genre"], root.name) == ("case", "Estonia steals fish")


@pytest.mark.parametrize(
    ("text", "outlet", "words"),
    [
        ("Talks end\n\nBy: *Harbour Times Staff*\n\nThe talks have ended.", "Harbour Times", "Harbour Times Staff"),
        ("Talks end\n\nSource: Harbour Times\n\nThe talks have ended.", "Harbour Times", "Harbour Times"),
        ("Talks end\n\nRIGA, Latvia (AFP) — The talks have ended.", "Agence France-Presse", "AFP"),
        ("Talks end\n\nRIGA, May 5. /TASS/. The talks have ended.", "TASS", "TASS"),
        ("Talks end\n\nThe talks have ended, a paper seen by Reuters says.", "Reuters", "Reuters"),
    ],
)
def test_an_outlet_published_the_document_where_its_text_tells(text: str, outlet: str, words: str) -> None:
    (edge,) = edges(text, "PUBLISHED")
    names = {record.id: record.name for record in records(text) if isinstance(record, Node)}
    assert names[edge.source] == outlet
    assert words in str(edge.properties["source_as_read"])


@pytest.mark.parametrize(
    ("known", "outlet", "tag"),
    [
        ({"site": "Harbour Times"}, "outlet:harbour-times", "site"),
        ({"site": "rt.com"}, "outlet:rt", "site"),
        ({"author": "Jane Roe, Reuters"}, "outlet:reuters", "author"),
    ],
)
def test_an_outlet_that_only_a_tag_names_is_quoted_with_it_and_has_no_place_in_the_text(
    known: dict[str, str], outlet: str, tag: str
) -> None:
    markup = f'<meta name="x" content="{known[tag]}">'
    found = records("Talks end\n\nThe talks have ended.", **known, tags={tag: markup})
    (edge,) = (record for record in found if isinstance(record, Edge) and record.type == "PUBLISHED")
    assert (edge.source, edge.sentence, edge.start, edge.end) == (outlet, markup, None, None)
    assert edge.properties["basis"] == "metadata"
    assert check_records(found).faults == []


def test_a_site_without_words_to_quote_gives_no_edge() -> None:
    assert not [r for r in records("The talks have ended.", site="Harbour Times") if r.type == "PUBLISHED"]


@pytest.mark.parametrize(
    "text",
    [
        "Talks end\n\nThe minister told Reuters that the talks had ended.",
        "Talks end\n\nBy Jane Roe\n\nThe talks have ended, Reuters reported.",
        "Talks end\n\nThe United Nations (UN) said that the talks had ended.",
    ],
)
def test_no_outlet_is_invented(text: str) -> None:
    assert edges(text, "PUBLISHED") == []


def test_a_language_without_rules_gives_entities_and_says_so() -> None:
    text = (
        "Der Minister hat gesagt, dass die Vorwürfe aus London nicht zutreffen. Er beschuldigte die NATO, und das "
        "ist für die Regierung in Moskau auch nicht neu. Russland hat den Bericht nicht gelesen."
    )
    found = records(text)
    document = next(record for record in found if isinstance(record, Node) and record.type == "Document")
    assert document.properties["language"] == "de"
    assert "no rules" in str(document.properties["note"])
    assert {record.type for record in found if isinstance(record, Edge)} == {"MENTIONS"}


@pytest.mark.parametrize(
    ("genre", "text"),
    [
        ("fact-check", "Fake: Latvia poisons fish\n\nThe story spread on Tuesday."),
        ("fact-check", "AFP Fact Check of the week\n\nA picture was shared."),
        ("opinion", "Their plan\n\nLie: “Latvia poisons fish!”\n\nMotive: money.\n\nTruth: it does not."),
        ("news", "Talks end\n\nRIGA, Latvia (AFP) — The talks have ended."),
        (None, "Talks end\n\nThe talks have ended."),
    ],
)
def test_genre_is_told_by_cues_or_not_at_all(genre: str | None, text: str) -> None:
    assert documents(text)[0].properties.get("genre") == genre


def test_a_dateline_that_tells_its_year_dates_the_document() -> None:
    text = "Chile blames Peru\n\nSANTIAGO, Jan. 29, 2024 (Agencia) - Chile blamed Peru on Monday for the flood.\n"
    (root,) = documents(text)
    assert (root.properties["published"], root.properties["genre"]) == ("2024-01-29", "news")


def test_public_opinion_makes_no_text_an_opinion() -> None:
    (root,) = documents("Chile blames Peru\n\nThe trolls tried to sway public opinion in Chile, a minister said.\n")
    assert "genre" not in root.properties
