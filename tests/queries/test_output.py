"""Answers with sentences, footnotes and charts; what came and went; files with the same names every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import parts
import pytest

from narragraph.errors import UsageError
from narragraph.queries import charts, evidence, pack
from narragraph.queries.changes import columns_of, compare, read_rows
from narragraph.queries.evidence import Footnotes, Sentence
from narragraph.queries.output import file_name
from narragraph.queries.pack import Chart

COLUMNS = ("who", "whom", "documents")


def changes(now: list[Any], then: list[Any]) -> list[tuple[Any, ...]]:
    return list(compare(COLUMNS, now, then))


def test_rows_that_came_went_and_changed() -> None:
    then = [("a", "b", 1), ("a", "c", 2), ("a", "d", 3)]
    now = [("a", "b", 1), ("a", "c", 5), ("a", "e", 1)]
    assert columns_of(COLUMNS) == ("change", "who", "whom", "documents", "before")
    assert changes(now, then) == [
        ("changed", "a", "c", 5, "documents 2"),
        ("came", "a", "e", 1, None),
        ("went", "a", "d", 3, None),
    ]
    assert changes(then, then) == []
    assert changes([], then) == [("went", *row, None) for row in then]


def test_rows_that_stand_twice_count_twice() -> None:
    assert changes([("a", "b", 1)] * 3, [("a", "b", 1)]) == [("came", "a", "b", 1, None)] * 2


@pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
def test_an_earlier_output_reads_as_what_was_written(tmp_path: Path, format: str) -> None:
    from narragraph.graph.formats.rows import write_rows

    columns = ("name", "of", "count", "share", "flag", "missing")
    rows = [("=x", ["a", "b"], 3, 1 / 3, True, None), ("plain; text", [], None, 2.0, False, "'kept")]
    path = tmp_path / f"earlier.{format}"
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        write_rows(columns, rows, format, out)
    assert list(compare(columns, rows, read_rows(path, columns))) == []
    if format != "jsonl":
        with pytest.raises(UsageError, match="has other columns than this query: name, of"):
            read_rows(path, ("name",))


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("x.txt", "", "cannot be compared with"),
        ("x.json", "{", "is no earlier output"),
        ("x.json", "[1]", "is no earlier output"),
        ("x.csv", "who,whom,documents\na\n", "other columns"),
        ("x.jsonl", '{"a": 1}\nnot', "is no earlier output"),
        ("nowhere.csv", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_earlier_output_is_told(tmp_path: Path, name: str, text: str | None, reason: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=reason):
        read_rows(tmp_path / name, COLUMNS)


def _sentence(document: str, start: int, edge: str = "edge:1") -> Sentence:
    return Sentence(
        f"Said at {start}.", f"Title of {document}", "https://x.example", "2021-05-07", start, start + 9, document, edge
    )


def test_footnotes_are_numbered_once_a_sentence_and_the_rest_is_counted() -> None:
    one, other = _sentence("d", 0), _sentence("d", 20)
    notes = Footnotes()
    rows = [(("a",), [one, other]), (("b",), [one]), (("c",), []), (("d",), [_sentence("e", n) for n in range(7)])]
    assert list(notes.mark(rows, sign="[{}]")) == [
        ("a", "[1] [2]"), ("b", "[1]"), ("c", ""), ("d", "[3] [4] [5] [6] [7] and 2 more"),
    ]  # fmt: skip
    assert notes.notes[:2] == [one, other]
    assert str(one) == "“Said at 0.” · Title of d · 2021-05-07 · https://x.example · characters 0–9"


def test_sentences_stand_in_lines_of_their_own_or_in_one_column() -> None:
    rows = [(("a", 1), [_sentence("d", 0), _sentence("d", 20)]), (("b", 2), [])]
    flat = list(evidence.flat(rows))
    assert [row[:3] for row in flat] == [("a", 1, "Said at 0."), ("a", 1, "Said at 20."), ("b", 2, None)]
    assert {len(row) for row in flat} == {2 + len(evidence.COLUMNS)}
    assert [row[:2] for row in evidence.flat(rows, repeat=False)] == [("a", 1), (None, None), ("b", 2)]
    ((*_, first), (*_, second)) = evidence.nested(rows)
    assert (first[1]["start"], first[1]["title"], second) == (20, "Title of d", [])


def test_file_names_are_the_same_for_the_same_question() -> None:
    query = pack.load_packs()["who-accuses-whom"]
    assert file_name(query, {}) == "who-accuses-whom"
    assert (
        file_name(query, {"since": "2016", "accuser": "A/../b c"}) == "who-accuses-whom__accuser_A-..-b-c__since_2016"
    )
    long = [file_name(query, {"accuser": "a" * 200 + end}) for end in "xy"]
    assert len(set(long)) == 2
    assert max(map(len, long)) < 160


CHARTS: dict[str, tuple[Chart, list[tuple[Any, ...]]]] = {
    "series": (
        Chart("series", "month", "documents", by="who"),
        [("2021-11", "a", 2), ("2022-02", "a$b$", 3), ("2022-02", "a", 1)],
    ),
    "ranking": (Chart("ranking", "who", "documents"), [("", f"<b>{n}</b>", n) for n in range(60, 0, -1)]),
    "matrix": (Chart("matrix", "month", "who", value="documents"), [("x", "y", 2), ("x", "z", None), ("w", "y", 1)]),
}


@pytest.mark.parametrize("ending", ["png", "svg"])
@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("empty", [False, True])
def test_a_chart_is_drawn_and_the_same_rows_give_the_same_file(
    tmp_path: Path, kind: str, ending: str, empty: bool
) -> None:
    parts.module("matplotlib")
    chart, rows = CHARTS[kind]
    query = replace(pack.load_packs()["who-accuses-whom"], chart=chart)
    drawn = [tmp_path / f"{n}.{ending}" for n in "ab"]
    notes = [charts.draw(query, ("month", "who", "documents"), [] if empty else rows, path) for path in drawn]
    assert notes[0] == ("20 more bars are not drawn" if kind == "ranking" and not empty else None)
    one, other = (path.read_bytes() for path in drawn)
    assert one == other
    assert one.startswith(b"\x89PNG" if ending == "png" else b"<?xml")
    if ending == "svg" and not empty:
        assert {"series": b"a$b$", "ranking": b"&lt;b&gt;60&lt;/b&gt;", "matrix": b">y<"}[kind] in one


def test_a_query_without_a_chart_and_a_file_that_is_no_picture_are_told(tmp_path: Path) -> None:
    query = replace(pack.load_packs()["who-accuses-whom"], chart=None)
    with pytest.raises(UsageError, match="has no chart"):
        charts.check(query, tmp_path / "x.png")
    with pytest.raises(UsageError, match=r"must end in .png or .svg"):
        charts.check(replace(query, chart=CHARTS["ranking"][0]), tmp_path / "x.jpg")


def test_months_between_are_drawn_too(tmp_path: Path) -> None:
    parts.module("matplotlib")
    chart, rows = CHARTS["series"]
    path = tmp_path / "x.svg"
    charts.draw(replace(pack.load_packs()["who-accuses-whom"], chart=chart), ("month", "who", "documents"), rows, path)
    assert all(f">{month}<" in path.read_text() for month in ("2021-11", "2021-12", "2022-01", "2022-02"))
