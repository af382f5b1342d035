"""What the layout of a text says: blocks, their roles, labelled entries, cases, and what carries nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import processor_seconds

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.analysis import Analysis, Block
from narragraph.loaders.extraction.structure import find_blocks


def read(text: str) -> Analysis:
    analysis = Analysis(SourceDocument("test", text))
    find_blocks(analysis)
    return analysis


def words(analysis: Analysis, block: Block) -> str:
    return analysis.text[block.start : block.end]


def outline(text: str) -> list[tuple[str, str | None, str]]:
    """Kind, role and first words of every block that is not silent."""
    analysis = read(text)
    return [(b.kind, b.role, " ".join(words(analysis, b).split()[:3])) for b in analysis.blocks if not b.silent]


def silent(text: str) -> list[str]:
    analysis = read(text)
    return [words(analysis, block) for block in analysis.blocks if block.silent]


LIES = """The coming smear campaign

  1. Lie: “Norland is flooding its neighbours!”

Motive: to win the vote.

The truth: the dam was opened by an earthquake.

  1. Lie: “Norland poisons the fish!”

Motive: the same.

The truth: no fish has died.

That is all.
"""


def test_a_labelled_list_has_entries_of_lie_motive_and_truth_though_every_number_is_one() -> None:
    analysis = read(LIES)
    entries = [(block.group, block.role, words(analysis, block)) for block in analysis.blocks if block.group]
    assert entries == [
        (1, "disputed", "“Norland is flooding its neighbours!”"),
        (1, "motive", "to win the vote."),
        (1, "counter", "the dam was opened by an earthquake."),
        (2, "disputed", "“Norland poisons the fish!”"),
        (2, "motive", "the same."),
        (2, "counter", "no fish has died."),
    ]


def test_a_label_stands_before_the_content() -> None:
    analysis = read(LIES)
    labels = [analysis.text[slice(*block.label)] for block in analysis.blocks if block.label]
    assert labels[:3] == ["Lie: ", "Motive: ", "The truth: "]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Myth: the moon is hollow.", "disputed"),
        ("**Claim:** the moon is hollow.", "disputed"),
        ("FAKE #3: the moon is hollow", "disputed"),
        ("Myth 4 – the moon is hollow.", "disputed"),
        ("Fact: it is not.", "counter"),
        ("In reality: it is not.", "counter"),
        ("Verdict: false", "disproof"),
    ],
)
def test_many_words_label_an_entry(line: str, role: str) -> None:
    text = f"Five things people say\n\nMyth: cheese.\n\n{line}\n"
    assert outline(text)[-1][1] == role


def test_a_label_over_a_whole_article_makes_its_title() -> None:
    analysis = read("Fake: Norland mines the straits\n\nThe story spread on Tuesday. It is made up.\n")
    assert [(b.kind, b.role) for b in analysis.blocks] == [("heading", "title"), ("paragraph", None)]


def test_broken_lines_are_one_paragraph() -> None:
    text = "The ministry of\n\nNorland said on Monday that it\nhad opened the dam.\n\nNobody was hurt."
    analysis = read(text)
    assert [words(analysis, block) for block in analysis.blocks] == [
        "The ministry of\n\nNorland said on Monday that it\nhad opened the dam.",
        "Nobody was hurt.",
    ]


def test_a_text_wrapped_at_a_width_is_read_by_paragraphs() -> None:
    text = "\n".join(
        [
            "Dear colleagues, the port authority has published figures that do not fit",
            "what the governor has told the assembly. Ships from Norland called twice as",
            "often as he admitted, and the harbour master has confirmed this in writing",
            "to both of the newspapers that had asked.",
            "",
            "The governor has not answered. His office said in a letter that all figures",
            "were under review and that the assembly would be told in due time about the",
            "ships and about the fees that they had paid or had been let off from paying",
            "by his predecessor.",
        ]
    )
    assert [kind for kind, _, _ in outline(text)] == ["paragraph", "paragraph"]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "The dam was opened.\nThe river rose by two metres.\nThree villages were flooded."
    assert len(read(text).blocks) == 3


FRONT = """---
title: Harbour talks end
date: 2021-03-04
layout: post
---
The talks about the harbour ended on Thursday without a result.
"""


def test_front_matter_is_metadata() -> None:
    analysis = read(FRONT)
    stated = {name: value for name, (value, _) in analysis.layers["metadata"].items()}
    assert stated["title"] == "Harbour talks end"
    assert stated["published"] == "2021-03-04"
    assert outline(FRONT)[-1] == ("paragraph", None, "The talks about")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DATE OF PUBLICATION: 12/01/2022", {"published": "12/01/2022"}),
        ("  • Article language(s) Spanish", {"languages": "Spanish"}),
        ("+ Source: Harbour Times", {"site": "Harbour Times"}),
        ("Date: 20.09.2017   Issue: 81", {"published": "20.09.2017", "issue": "81"}),
        ("Outlet: Six @ Nine, 51:11   Language: Russian", {"outlet": "Six @ Nine, 51:11", "languages": "Russian"}),
        ("* **Countries:** Norland, Westmark", {"countries": "Norland, Westmark"}),
        ("By: *Harbour Times Staff*", {"author": "*Harbour Times Staff*"}),
        ("By Jane Roe", {"author": "Jane Roe"}),
        ("March 4, 2021", {"published": "March 4, 2021"}),
    ],
)  # fmt: skip
def test_lines_of_metadata(line: str, expected: dict[str, str]) -> None:
    analysis = read(f"The talks end\n\n{line}\n\nThe talks about the harbour ended on Thursday.\n")
    assert {name: value for name, (value, _) in analysis.layers["metadata"].items()} == expected
    for value, (start, end) in analysis.layers["metadata"].values():
        assert analysis.text[start:end] == value


@pytest.mark.parametrize(
    "line",
    [
        "Source: officials in three ministries said that the plan had been dropped last week.",
        "By the time the ship arrived, the harbour had been closed",
        "Language matters in this conflict.",
        "Published reports speak of three ships.",
    ],
)
def test_sentences_that_begin_like_metadata_are_none(line: str) -> None:
    assert read(f"The talks end\n\n{line}\n").layers["metadata"] == {}


CASES = """Disinfo: Norland thwarted a plot by Westmark

Summary

Norland thwarted a plot by Westmark. The plan was to flood the capital.

Disproof

This is a recurring pro-Norland narrative about plots.

See other examples of similar narratives, such as claims that Westmark buys votes, or that it steals fish.

publication/media

  • Reported in: Issue 12
  • DATE OF PUBLICATION: 02/03/2021
  • Country: Norland, Westmark
see more

Disinfo: Westmark steals fish

Westmark has stolen fish for years.

Disproof

No evidence given.
"""


def test_openers_make_cases_with_title_summary_disproof_and_metadata() -> None:
    analysis = read(CASES)
    assert [analysis.text[slice(*case.title)] for case in analysis.cases if case.title] == [
        "Norland thwarted a plot by Westmark",
        "Westmark steals fish",
    ]
    assert analysis.cases[0].metadata["published"][0] == "02/03/2021"
    assert analysis.cases[1].metadata == {}
    roles = [(block.case, block.role) for block in analysis.blocks if block.role]
    assert roles == [
        (0, "title"), (0, "summary"), (0, "disproof"), (0, "examples"), (1, "title"), (1, "summary"), (1, "disproof"),
    ]  # fmt: skip
    assert analysis.text[analysis.cases[1].start :].startswith("Disinfo: Westmark")


def test_without_headings_the_signature_sentence_begins_the_disproof() -> None:
    text = (
        "Protests in Norland are paid for by Westmark. Everybody knows it.\n"
        "The opposition meets at the embassy.\n"
        "This case repeats a recurring pro-Norland disinformation narrative about protests.\n"
        "The protests began over bread prices.\n"
    )
    assert [role for _, role, _ in outline(text)] == ["summary", "summary", "disproof", "disproof"]
    assert len(read(text).cases) == 1


def test_without_headings_a_wide_gap_begins_the_disproof() -> None:
    text = (
        "The ferry “never sank”\n\n\nThe ferry never sank, an expert says.\n\n\nDivers have filmed the wreck.\n\n"
        "Nothing points to fraud.\n\n\n  • Reported in: Issue 7\n  • Country: Norland\n"
    )
    roles = [role for kind, role, _ in outline(text) if kind != "metadata"]
    assert roles == ["title", "summary", "disproof", "disproof"]


def test_metadata_under_a_title_open_a_case_and_so_does_a_heading_after_see_more() -> None:
    listing = "".join(
        f"Westmark hides {what}\n\nDate: 20.09.2017   Issue: 81\nOutlet: example.org   Language: German\n\n"
        f"Summary of the Disinformation\n\nIt hides {what}.\n\nDisproof\n\nThere is none.\n\nReported by: A. B.\n\n"
        for what in ("gold", "gas")
    )
    assert len(read(listing).cases) == 2
    assert len(read("Disinfo: One\n\nIt is so.\n\nDisproof\n\nNo.\nsee more\n\nTwo things\n\nThese too.\n").cases) == 2


PAGE = """Home World Norland opens the dam

Norland opens the dam

Norland opened the dam on Monday, flooding three villages in the valley below, officials said.

The minister said that there had been no other way.

The dam at Northby (pictured) was built in 1960

Norland opened the dam on Monday, flooding three villages in the valley below, officials said.

Water rushes through the gates of the dam at Northby on the morning of the first Monday of March

Nobody was hurt, the minister said.

Source link

RELATED ARTICLES

A ship is missing

A ship has been missing since Friday, its owner said...

Leave a Reply

Your email address will not be published.
"""


def test_menus_captions_repetitions_and_all_after_the_article_are_silent() -> None:
    assert [start for _, _, start in outline(PAGE)] == [
        "Norland opens the",
        "Norland opened the",
        "The minister said",
        "Nobody was hurt,",
    ]


def test_an_end_marker_near_the_top_ends_nothing() -> None:
    text = "Norland opens the dam\n\nRelated articles\n\n" + "The minister said that nobody was hurt.\n\n" * 3
    assert ("paragraph", None, "The minister said") in outline(text)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "Read more: Ship missing", "Share this on Facebook", "This website uses cookies.",
        "Follow us on Twitter", "4 min read", "![a dam](https://example.org/dam.jpg)", "https://example.org/more",
        "Photo: A. Smith / Example Agency", "© 2021 Example News. All rights reserved.", "[[tag=dam]] [[tag=river]]",
    ],
)  # fmt: skip
def test_lines_that_carry_nothing(line: str) -> None:
    text = f"The dam was opened.\n\n{line}\n\nNobody was hurt.\n"
    assert silent(text) == [line]


def test_a_paragraph_that_only_lacks_its_stop_is_no_caption_where_many_do() -> None:
    posts = "\n\n".join(
        f"Post number {n} says that the dam was opened by the men from the ministry at night" for n in range(6)
    )
    assert silent(posts) == []


def test_words_under_a_picture_that_tell_who_says_what_are_read() -> None:
    text = "The dam broke.\n\nIt rained.\n\n{}\n\nNobody was hurt.\n\nThe river rose.\n\nIt fell again.\n"
    shown = "An image of the long dam with the men from the ministry and their lorries"
    said = "The men from the ministry (pictured) denied that they had opened the dam"
    assert silent(text.format(shown)) == [shown]
    assert silent(text.format(said)) == []


@pytest.mark.parametrize("text", ["<b>", " \n\t", "\u200b"])
def test_a_text_without_words_is_one_silent_block(text: str) -> None:
    assert silent(text) == [text]


def test_a_digest_of_quotations_pairs_each_with_its_answer() -> None:
    text = "Checked\n-\n“Divers broke the dam.”\nThe gate rusted through. -\n“Fish fled the river.”\nThey did not. -\n"
    analysis = read(text)
    pairs = [(block.group, block.role) for block in analysis.blocks if block.role in ("disputed", "counter")]
    assert pairs == [(1, "disputed"), (1, "counter"), (2, "disputed"), (2, "counter")]


def test_markdown_tables_and_tags_are_read_cell_by_cell() -> None:
    text = (
        "# Incident 7: the dam\n\n* **Summary:** <i>“Norland opened the dam.<br><br> “Nobody was warned.”</i>\n\n"
        "| Technique | Description |\n| --- | --- |\n| [T1](x.md) | <i>“A forged letter was sent to the mayor.”</i> |\n"
    )
    assert [(kind, first) for kind, _, first in outline(text)] == [
        ("heading", "Incident 7: the"), ("item", "“Norland opened the"), ("paragraph", "“Nobody was warned.”"),
        ("table", "“A forged letter"),
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        "Lie: ", "1. ", "“", "”", "\n", "\n\n", "\n\n\n", "Disinfo: ", "Summary", "Disproof", "see more", "|",
        "| --- |", "---", "Date: 1.2.2020", "Norland said so.", "  • ", "# ", "<br>", "<i>", "[", "](", ")", "-",
        "Source link", "\u200b",
        "مرحبا", "\x00", "\r\n", "a", "The dam", ":", "Outlet: x.org", "No evidence given.", "(pictured)",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_blocks_stand_in_order_inside_the_text_and_are_never_empty(text: str) -> None:
    analysis = read(text)
    last = 0
    for block in analysis.blocks:
        start = block.label[0] if block.label else block.start
        assert last <= start <= block.start < block.end <= len(text)
        assert words(analysis, block).strip() or len(analysis.blocks) == 1
        assert block.label is None or block.label[1] <= block.start
        assert block.case is None or analysis.cases[block.case].start <= block.start < analysis.cases[block.case].end
        last = block.end
    for case in analysis.cases:
        assert 0 <= case.start < case.end <= len(text)
    for value, (start, end) in analysis.layers["metadata"].values():
        assert text[start:end] == value


@pytest.mark.parametrize(
    "unit",
    [
        "a", "a ", "\n", "\n\na", "Lie: ", "[", "[a", "](", "<i>", "<br>", "- ", "| ", "Disinfo: a\n", "“", ". ",
        "No evidence ", "see more\nA\n", "Date: 1.1.2020   ", "> > > ", "the\n", "* * * ",
    ],
)  # fmt: skip
def test_time_grows_with_length_only(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert processor_seconds(lambda: read(text)) < 5
