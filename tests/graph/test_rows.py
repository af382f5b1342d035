"""Rows as tables, Markdown, CSV, JSON and Parquet."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import parts
import pytest

from narragraph.errors import UsageError
from narragraph.graph.formats.rows import FORMATS, write_rows
from narragraph.graph.formats.table import lines, wrap

COLUMNS = ("who", "documents", "share", "of", "text")
ROWS: list[tuple[Any, ...]] = [
    ("Anna", 12, 0.5, ["a", "b"], "Words of a sentence that goes on for a while."),
    ("Борис", None, 1.0, [], None),
    ("=SUM(A1)", 3, 0.25, ["c"], "bad \x1b[31m words | <b>and</b> [more](http://x.example)\nnext"),
]


def written(format: str, rows: Any = ROWS) -> str:
    out = io.StringIO()
    write_rows(COLUMNS, rows, format, out)
    return out.getvalue()


def test_json_keeps_types_and_csv_is_safe_for_spreadsheets() -> None:
    assert [tuple(row.values()) for row in json.loads(written("json"))] == ROWS
    assert [json.loads(line) for line in written("jsonl").splitlines()] == json.loads(written("json"))
    first, *_, last = csv.reader(io.StringIO(written("csv")))
    assert tuple(first) == COLUMNS
    assert last[:4] == ["'=SUM(A1)", "3", "0.25", "c"]
    assert json.loads(written("json", [])) == []


def test_markdown_shows_what_documents_say_and_does_nothing_of_it() -> None:
    header, rule, *rows = written("markdown").splitlines()
    assert header == "| who | documents | share | of | text |"
    assert rule == "| --- | --- | --- | --- | --- |"
    assert rows[2] == (
        r"| =SUM(A1) | 3 | 0.25 | c | bad  \[31m words \| \<b\>and\</b\> \[more\](http://x.example) next |"
    )


def test_a_table_fits_its_width_and_wraps() -> None:
    for width in (40, 60, 80, 200):
        table = list(lines(COLUMNS, ROWS, width))
        assert max(len(line.rstrip("\n")) for line in table) <= width
        assert "\x1b" not in "".join(table), "no document steers a terminal"
    wide = [line.rstrip("\n") for line in lines(COLUMNS, ROWS[:2], 200)]
    assert wide == [
        "who    documents  share  of    text",
        "Anna          12    0.5  a; b  Words of a sentence that goes on for a while.",
        "Борис                 1",
    ]


def test_where_columns_cannot_stand_side_by_side_each_row_is_a_block() -> None:
    block = "".join(lines(COLUMNS, ROWS[:2], 24)).split("\n\n")
    assert block[0].splitlines()[:3] == ["who        Anna", "documents  12", "share      0.5"]
    assert len(block) == 2


def test_words_break_where_they_are_longer_than_a_line_and_wide_letters_count_twice() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("漢字漢字", 4) == ["漢字", "漢字"]
    assert wrap("", 4) == [""]


def test_on_a_terminal_a_table_goes_through_the_readers_pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pager = tmp_path / "pager.py"
    pager.write_text("import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((60, 20)))
    monkeypatch.setenv("PAGER", f"{sys.executable} {pager} {tmp_path / 'seen'}")
    write_rows(COLUMNS, ROWS, "table", after=["a note\n"])
    first, *rest, last = (tmp_path / "seen").read_text("utf-8").splitlines()
    assert first.startswith("\x1b[1mwho")
    assert last == "a note"
    assert all(len(line) <= 60 for line in rest)


def test_a_pager_that_ends_early_or_is_not_there_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("PAGER", f"{sys.executable} -c pass")
    write_rows(COLUMNS, ROWS * 5000, "table")
    monkeypatch.setenv("PAGER", str(tmp_path / "nowhere"))
    write_rows(COLUMNS, ROWS[:1], "table")
    assert "Anna" in capsys.readouterr().out


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"parquet"}))
def test_rows_are_written_as_they_come(format: str) -> None:
    asked: list[int] = []
    ahead: list[int] = []

    class Out(io.StringIO):
        def write(self, text: str) -> int:
            ahead.append(len(asked) - len(ahead))
            return len(text)

    def many() -> Iterator[tuple[Any, ...]]:
        for number in range(3000):
            asked.append(number)
            yield "a", number, 0.5, ["b"], "c"

    write_rows(COLUMNS, many(), format, Out())
    assert len(asked) == 3000
    assert max(ahead) <= 501, "a few hundred rows settle how wide a table is; no more are ever held"


def test_parquet_keeps_the_types_of_columns(tmp_path: Path) -> None:
    parts.module("pyarrow")
    import pyarrow.parquet as pq

    columns = ("text", "number", "mixed", "list", "day", "map", "nothing", "share")
    rows = [
        ("a", 1, 1, [], datetime.date(2021, 5, 7), {"k": 1}, None, 1),
        (None, 2**40, "b", ["x", None], None, None, None, 0.5),
    ]
    path = tmp_path / "rows.parquet"
    with open(path, "w") as out:
        write_rows(columns, rows, "parquet", out)
    table = pq.read_table(path, use_threads=False)
    assert table.to_pylist() == [
        dict(zip(columns, ("a", 1, "1", [], "2021-05-07", '{"k": 1}', None, 1.0))),
        dict(zip(columns, (None, 2**40, "b", ["x", None], None, None, None, 0.5))),
    ]
    assert str(table.schema.field("number").type) == "int64"
    with open(path, "w") as out:
        write_rows(columns, [], "parquet", out)
    assert pq.read_table(path, use_threads=False).num_rows == 0


def test_parquet_is_not_written_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UsageError, match="no text for a terminal"):
        write_rows(COLUMNS, ROWS, "parquet")
