"""Sentences, tokens with their parts of speech, and quotations, with offsets that hold on any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import processor_seconds

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.analysis import Analysis
from narragraph.loaders.extraction.sentences import find_sentences
from narragraph.loaders.extraction.tagging import load_tagger


def read(text: str) -> Analysis:
    analysis = Analysis(SourceDocument("test", text))
    find_sentences(analysis)
    return analysis


def sentences(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in read(text).sentences]


def tokens(text: str) -> list[str]:
    return [token.text for token in read(text).tokens]


def quotes(text: str) -> list[str]:
    return [text[start:end] for start, end in read(text).quotes]


def tag(text: str, word: str) -> str:
    return next(token.tag for token in read(text).tokens if token.text == word)


def test_a_sentence_without_an_end_is_cut_at_commas() -> None:
    found = sentences("protests in Norland, " * 500)
    assert len(found) > 3
    assert all(sentence.endswith("Norland,") for sentence in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Norland denied it. Its envoy left.", 2),
        ("Mr. Odell met Gen. Varga in the U.S. on Sept. 4.", 1),
        ("He lives in the U.S. The embassy said so.", 2),
        ("“It is a lie.” The minister left.", 2),
        ("“Is it a lie?” he asked.", 1),
        ("They waited... and waited.", 1),
        ("They waited… Nobody came!", 2),
        ("J. R. Odell wrote the report.", 1),
        ("The line breaks\nin the middle of it.", 1),
        ("A heading without a stop\n\nA sentence.", 2),
        ("Some papers, e.g. the Courier, printed it.", 1),
        ("The firm, Brask Inc., denied it.", 1),
        ("BRASK, Jan. 29, 2024 - Norland denied it.", 2),  # the dateline and what it opens
        ("On Feb. 3 it denied it.", 1),
        ("No. 5 Channel said no. Nobody believed it.", 2),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count, sentences(text)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("PORT ELLEN -- The minister left.", "PORT ELLEN --"),
        ("PORT ELLEN, Norland, May 3 (Courier) - The minister left.", "PORT ELLEN, Norland, May 3 (Courier) -"),
        ("Port Ellen (Courier) – Norland denied it.", "Port Ellen (Courier) –"),
        ("PORT ELLEN — “Nobody left,” he said.", "PORT ELLEN —"),
        ("NATO - which denied it - left.", None),
        ("The minister (Odell) denied it - twice.", None),
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(text: str, dateline: str | None) -> None:
    assert (sentences(text)[0] == dateline) is (dateline is not None)


def test_a_closing_quotation_mark_belongs_to_the_sentence_before_it() -> None:
    assert sentences('"We know nothing." She left.') == ['"We know nothing."', "She left."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland's army", ["Norland", "'s", "army"]),
        ("they don’t know", ["they", "do", "n’t", "know"]),
        ("the U.S.'s pro-Norland media", ["the", "U.S.", "'s", "pro-Norland", "media"]),
        ("3,210 tweets on Jan. 5.", ["3,210", "tweets", "on", "Jan.", "5", "."]),
        ("the allies' plan", ["the", "allies", "'", "plan"]),
        ("see https://example.org/a?b=1.", ["see", "https://example.org/a?b=1", "."]),
        ("[charged](https://example.org/x) four", ["[", "charged", "](https://example.org/x)", "four"]),
        ("US/NATO talks", ["US", "/", "NATO", "talks"]),
        ("It ended.Then it began", ["It", "ended", ".", "Then", "it", "began"]),
    ],
)
def test_what_a_token_is(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The minister accused Norland of lying.", "accused", "VBD"),
        ("Norland was accused of lying.", "accused", "VBN"),
        ("Norland has repeatedly denied it.", "denied", "VBN"),
        ("The envoys accused of spying left.", "accused", "VBN"),
        ("The report published by the paper is false.", "published", "VBN"),
        ("Norland claims that it won.", "claims", "VBZ"),
        ("Norland's claims are false.", "claims", "NNS"),
        ("Officials claim that it won.", "claim", "VBP"),
        ("They want to report that.", "report", "VB"),
        ("The report is false.", "report", "NN"),
        ("Other signatories cast doubt on it.", "cast", "VBD"),
        ("He said so in a radio broadcast, too.", "broadcast", "NN"),
        ("The radio broadcast the speech.", "broadcast", "VBD"),
        ("They accuse the firm of shipping the parts.", "shipping", "VBG"),
        ("They accused the club of engineering chaos.", "engineering", "VBG"),
        ("The minister was accused of wrongdoing.", "wrongdoing", "NN"),
        ("Norland is planning to sell the port.", "planning", "VBG"),
        ("They met in the spring of that year.", "spring", "NN"),
        ("Sudland, which officials have long suspected, denied it.", "long", "RB"),
        ("Ann Odell, 58, claims the minister lied.", "claims", "VBZ"),
        ("Norland claims nearly all of the credit.", "claims", "VBZ"),
        ("She said radar plots confirmed the story.", "plots", "NNS"),
        ("The Norland armed forces left.", "armed", "JJ"),
        ("Two press aides to the mayor left.", "aides", "NNS"),
        ("He counted the cars stolen from the yard.", "stolen", "VBN"),
        ("She said the general was lying.", "general", "NN"),
        ("They accused HIM of lying.", "HIM", "PRP"),
        ("The labs in Mali threaten us.", "threaten", "VBP"),
        ("The country breaks the ceasefire.", "breaks", "VBZ"),
        ("He's lying.", "'s", "VBZ"),
        ("Odell's lies", "'s", "POS"),
        ("the allies' lies", "'", "POS"),
        ("Her lies hurt her.", "her", "PRP"),
        ("There is no evidence.", "There", "EX"),
        ("the lie that spread fast", "that", "WDT"),
        ("he said that it spread", "that", "IN"),
        ("the US said", "US", "NNP"),
        ("they told us so", "us", "PRP"),
    ],
)
def test_parts_of_speech_follow_the_neighbours(text: str, word: str, expected: str) -> None:
    assert tag(text, word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He called it "a lie" twice.', ["a lie"]),
        ("He called it “a lie” twice.", ["a lie"]),
        ("He called it «a lie» twice.", ["a lie"]),
        ("He called it ‘a lie’ twice.", ["a lie"]),
        ("He called it 'a lie' twice.", ["a lie"]),
        ("Odell's aides don't say whose it's.", []),
        ("The allies' aim was 'peace', they said.", ["peace"]),
        (
            "'America's 'maximum pressure' failed,' he said.",
            ["America's 'maximum pressure' failed,", "maximum pressure"],
        ),
        ('"She said “no” to me," he said.', ["She said “no” to me,", "no"]),
        ("“It began here.\n\n“It ended there.”", ["It began here.", "It ended there."]),
        ("“It began here. “It ended there.”", ["It began here. ", "It ended there."]),
        ('"It began here. "It ended there." He left.', ["It began here. ", "It ended there."]),
        ("„Lüge“, sagte er.", ["Lüge"]),
        ("back in the '90s they knew", []),
    ],
)
def test_what_stands_in_quotation_marks(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_quotation_marks_are_told_from_apostrophes_by_their_tags() -> None:
    opening, closing = (token.tag for token in read("He said 'no'.").tokens if token.text == "'")
    assert (opening, closing) == ("``", "''")


texts = st.text(
    st.sampled_from("ab AB.,!?'\"“”‘’«»„()[]*_-–…\n\t\u200b\u200f\u00ad\ufeff19@#/:&%שלעрус中😀\x00\ud800'sU.S. Mr. "),
    max_size=200,
)


@given(texts)
def test_offsets_hold_on_any_text(text: str) -> None:
    analysis = read(text)
    reached = 0
    for sentence in analysis.sentences:
        assert sentence.first < sentence.last
        assert sentence.start == analysis.tokens[sentence.first].start
        assert sentence.end == analysis.tokens[sentence.last - 1].end
        for token in analysis.tokens[sentence.first : sentence.last]:
            assert reached <= token.start < token.end <= len(text)
            assert re.sub("[\u00ad\u200c\u200d\u2060]", "", text[token.start : token.end]) == token.text
            assert token.tag
            reached = token.end
    assert sum(sentence.last - sentence.first for sentence in analysis.sentences) == len(analysis.tokens)
    assert analysis.quotes == sorted(analysis.quotes, key=lambda span: (span[0], -span[1]))
    assert all(0 <= start < end <= len(text) for start, end in analysis.quotes)


@given(texts)
def test_no_letter_is_lost(text: str) -> None:
    covered = "".join(token.text for token in read(text).tokens)
    assert [char for char in covered if char.isalnum()] == [char for char in text if char.isalnum()]


HOSTILE = {
    "one word": "a" * 400_000,
    "initials": "a." * 200_000,
    "nested quotes": "“a " * 10_000 + "b” " * 10_000,
    "unclosed quotes": '"' * 10_000,
    "apostrophes": "s' " * 100_000,
    "brackets": "](" * 100_000,
    "blank lines": "\n   " * 100_000,
    "right to left, zero width": "שלום\u200b" * 60_000,
    "plus signs": "a+" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_length_alone(name: str) -> None:
    text = HOSTILE[name]
    load_tagger()

    def seconds(part: str) -> float:
        return processor_seconds(lambda: read(part))

    quarter = min(seconds(text[: len(text) // 4]) for _ in range(2))
    assert seconds(text) < 4 * max(quarter, 0.02) * 3
