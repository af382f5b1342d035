"""Texts that no editor would print: no crash, no time that grows faster than the text, offsets that hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from timing import processor_seconds

from narragraph.graph.model import Edge, Node
from narragraph.graph.records import Record
from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import extract_document


def extract(text: str) -> list[Record]:
    return extract_document(SourceDocument("key", text))


def check_places(text: str, records: list[Record]) -> None:
    """Every place that a record tells is one of the text, and holds the words that the record says."""
    for record in records:
        facts: Any = record.properties
        if isinstance(record, Edge):
            if record.start is not None and record.end is not None:
                assert record.sentence == text[record.start : record.end]
                assert 0 <= facts["trigger_start"] < facts["trigger_end"] <= len(text)
                assert facts["trigger"] == text[facts["trigger_start"] : facts["trigger_end"]]
            assert all(0 <= start < end <= len(text) for start, end in record.spans)
        elif isinstance(record, Node) and record.type == "Claim":
            assert record.name.split() == text[facts["start"] : facts["end"]].split()


# ── Texts made of awkward parts ──

PARTS = {
    "no sentences": ["harbour ", "report ", "Latvia ", "russia ", "LIES ", "12 ", "\n"],
    "quotation marks": ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "Latvia lied", ". ", " said Peskov", ", "],
    "mixed scripts": ["Latvia ", "обвинила ", "Россию ", "指责", "拉脱维亚", "اتهمت ", "Λετονία ", "said ", ". "],
    "zero width": [
        "Lat", "\u200b", "vi", "\u200d", "a ", "\ufeff",
        "accused ", "\u2060", "\u00ad", "Rus", "sia", ". ", "\u034f",
    ],
    "right to left": [
        "\u202e", "\u202c", "\u200f", "לטביה ", "האשימה ",
        "את רוסיה", "accused ", "Russia", ". ", "\u2067", "\u2069",
    ],
    "HTML left-overs": [
        "<p>", "</p>", "<br/>", "&nbsp;", "&amp;", "&#8220;",
        "<a href='", "'>", "</a>", "Latvia ", "lied. ", "<", ">",
    ],
    "e-mail threads": [
        "> ", ">> ", "On Mon, 3 May 2021 at 10:12, Dmitry Peskov <d@example.org> wrote:\n",
        "From: RT\n", "Subject: Re: Latvia\n",
        "Latvia lied.\n", "-- \n", "\n", "Sent: Monday\n", "-----Original Message-----\n",
    ],
    "tables": ["| ", " |\n", "Latvia", "Russia", "---", "\t", ";", "12", "accused", "\n", " "],
    "brackets": ["(", ")", "[", "]", "{", "}", "Latvia ", "said that ", "(AFP) ", "— "],
    "breaks": ["\r\n", "\r", "\n", "\u2028", "\x0b", "\x0c", "\x85", "Latvia lied.", " ", "\t", "- "],
}  # fmt: skip


@pytest.mark.parametrize("kind", PARTS)
def test_awkward_texts_give_places_that_hold(kind: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.sampled_from(PARTS[kind]), max_size=60).map("".join))
    def check(text: str) -> None:
        check_places(text, extract(text))

    check()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([part for parts in PARTS.values() for part in parts]), max_size=80).map("".join))
def test_a_jumble_of_all_of_them_gives_places_that_hold(text: str) -> None:
    check_places(text, extract(text))


# ── Long ones ──

LETTERS = str.maketrans("0123456789", "ghijklmnop")  # so that a number is a word
SENTENCE = "Latvia accused Russia of lying about the harbour. "
LONG: dict[str, Callable[[int], str]] = {
    "without sentences": lambda size: "harbour report latvia russia " * (size // 29),
    "one line": lambda size: SENTENCE * (size // 50),
    "one sentence": lambda size: "Latvia accused Russia of lying and " * (size // 35),
    "opened quotations": lambda size: "“Latvia said that " * (size // 18),
    "nested quotations": lambda size: "“" * (size // 2) + "Latvia lied" + "”" * (size // 2),
    "quoted words": lambda size: '"Latvia" said ' * (size // 14),
    "mixed scripts": lambda size: "Latvia обвинила Россию 拉脱维亚 指责 لاتفيا اتهمت " * (size // 44),
    "zero width": lambda size: "Lat\u200bvia ac\u200dcused\ufeff Rus\u2060sia. " * (size // 27),
    "right to left": lambda size: "לטביה האשימה את רוסיה. \u202eaccused Russia\u202c " * (size // 40),
    "HTML left-overs": lambda size: "<td><a href='x'>Latvia</a>&nbsp;lied</td>" * (size // 40),
    "e-mail thread": lambda size: "".join(
        f"{'>' * (depth % 40)} On Mon, 3 May 2021, Dmitry Peskov wrote:\n{'>' * (depth % 40)} {SENTENCE}\n"
        for depth in range(size // 120)
    ),
    "table": lambda size: "| Latvia | Russia | 12 |\n" * (size // 25),
    "one word": lambda size: "a" * size,
    "combining marks": lambda size: "L\u0301\u0302a\u0301 " * (size // 6),
    "names": lambda size: "Rudolf Rassendyll of Zenda, " * (size // 28),
    "subordination": lambda size: "said that Latvia, which " * (size // 24),
    "paragraphs": lambda size: f"{SENTENCE}\n\n" * (size // 52),
}


@pytest.mark.parametrize("kind", LONG)
def test_four_times_the_text_takes_about_four_times_as_long(kind: str) -> None:
    def seconds(text: str) -> float:
        return processor_seconds(lambda: extract(text))

    text, longer = LONG[kind](10_000), LONG[kind](40_000)
    extract(text[:1000])
    once = max(min(seconds(text), seconds(text)), 0.01)
    assert min(seconds(longer), seconds(longer)) < 4 * once * 2.5, "2.5 for noise: square growth would be 4"


CASE = """Disinfo: The harbour {0} was flooded by Latvia

Summary

Latvia flooded the harbour {0}, said Minister {1} Lund. “The harbour {0} is lost.”

Disproof

This is a recurring pro-Kremlin narrative about the harbour {0}. There is no evidence that {1} Lund said so.

"""
DISTINCT = {
    "cases": CASE,
    "labelled lies": "Lie: “The harbour {0} was flooded by {1} Lund!”\nTruth: {1} Lund did not.\n\n",
    "persons": "President {1} {0} said that Minister {0} {1} had lied. He denied the claim, and {1} left.\n",
    "claims": "Latvia said that the harbour {0} had sunk. The Kremlin denied the claim. “We never sank {0}.”\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", DISTINCT)
def test_many_different_parts_take_no_longer_than_few(kind: str) -> None:
    def seconds(count: int) -> float:
        names = (
            ("B" + "aeiou"[n % 5] + f"{n:x}".translate(LETTERS), "D" + f"{n:x}".translate(LETTERS))
            for n in range(count)
        )
        text = "".join(DISTINCT[kind].format(*pair) for pair in names)
        return processor_seconds(lambda: extract(text))

    seconds(50)
    assert seconds(1600) < 4 * max(seconds(400), 0.1) * 2.2


@pytest.mark.parametrize("kind", LONG)
def test_long_texts_give_places_that_hold(kind: str) -> None:
    text = LONG[kind](20_000)
    check_places(text, extract(text))


def test_ten_thousand_nested_quotation_marks_hide_nothing_after_them() -> None:
    text = f"{'“' * 10_000}\n\n{SENTENCE}\n\n{'”' * 10_000}"
    records = extract(text)
    check_places(text, records)
    assert any(isinstance(record, Edge) and record.type == "ACCUSES" for record in records)


@pytest.mark.slow
def test_a_line_of_five_megabytes_is_read() -> None:
    text = SENTENCE * 100_000
    records = extract(text)
    accused = [record for record in records if isinstance(record, Edge) and record.type == "ACCUSES"]
    assert len(accused) == 100_000
    check_places(text, records)


@pytest.mark.parametrize("mark", ["\u00ad", "\u200d", "\u2060"], ids=["soft hyphen", "joiner", "word joiner"])
def test_marks_inside_words_that_nobody_sees_hide_no_name(mark: str) -> None:
    text = f"Lat{mark}via accu{mark}sed the pro-Rus{mark}sian army of Be{mark}la{mark}rus of ly{mark}ing."
    records = extract(text)
    check_places(text, records)
    accused = [record for record in records if isinstance(record, Edge) and record.type == "ACCUSES"]
    assert [record.source for record in accused] == ["country:LV"]
    spans = [text[start:end] for record in records if isinstance(record, Edge) for start, end in record.spans]
    assert f"Lat{mark}via" in spans
