"""narragraph query run, show and check, as an analyst uses them every night."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import parts
import pytest

Command = Callable[..., Any]
HARBOUR = Path(__file__).parents[1] / "queries" / "fixtures" / "harbour.jsonl"
OWN = """/*
title: Accusers
question: Who accuses most?
columns: {who: Who accuses, documents: In how many documents}
chart: {kind: ranking, x: who, y: documents}
example: narragraph query run accusers
*/
MATCH (a)-[r:ACCUSES]->() WHERE ng.within(r)
RETURN ng.name(a) AS who, count(DISTINCT ng.source(r)) AS documents, collect(ng.evidence(r)) AS evidence
ORDER BY documents DESC, who LIMIT $limit
"""


@pytest.fixture
def asking(narragraph: Command, tmp_path: Path) -> Command:
    """The command in a folder with a store that holds the harbour dispute, and a pack of one's own."""
    assert narragraph("load", HARBOUR).status == 0
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "accusers.cypher").write_text(OWN, "utf-8")

    def ask(*words: object) -> Any:
        return narragraph("query", "run", *words, "--pack", "own")

    return ask


def test_filters_are_options_of_every_query(asking: Command) -> None:
    def rows(*options: object) -> list[dict[str, str]]:
        done = asking("accusers", "--format", "csv", "--min-confidence", 0, *options)
        assert done.status == 0
        return list(csv.DictReader(done.out.splitlines()))

    assert rows() == [{"who": "Northland", "documents": "2"}]
    assert rows("--since", "2021-05-06") == [{"who": "Northland", "documents": "1"}]
    assert rows("--until", "2021-05-06", "--asserted") == [{"who": "Northland", "documents": "1"}]
    assert rows("--document", "They lie about the harbour", "--language", "en") == [
        {"who": "Northland", "documents": "1"}
    ]
    assert len(rows("--no-fold")) == 2


def test_a_limit_of_0_means_all(asking: Command) -> None:
    plain = ("who-accuses-whom", "-p", "plain=false", "--format", "csv")
    assert asking(*plain, "--limit", "0").out == asking(*plain).out
    assert len(asking(*plain, "--limit", "1").out.splitlines()) == 2


def test_a_file_that_is_no_query_switches_off_no_other(asking: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.cypher").write_text("To do: ask more.", "utf-8")
    done = asking("who-accuses-whom", "--pack", str(tmp_path), "--format", "csv")
    assert done.status == 0
    assert done.out.count("\n") > 1
    assert "Left out: query" in done.err


def test_footnotes_in_markdown_are_footnotes(asking: Command) -> None:
    out = asking("who-accuses-whom", "--cite", "--format", "markdown").out
    assert "| [^1] |" in out
    assert "\n[^1]: " in out


def test_what_filters_hide_is_told(asking: Command) -> None:
    done = asking("accusers", "--since", "2030", "--fail-if-empty")
    assert (done.status, done.err) == (4, "Nothing found: --since hides 1 row.\n")
    done = asking("who-accuses-whom", "-p", "plain=false", "--limit", "1", "--format", "csv")
    assert "Only the first 1 row; --limit shows more." in done.err


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("accuserz",), "there is no query named 'accuserz'. Did you mean accusers"),
        (("onw/", "--output", "x"), "there is no pack named 'onw'. Did you mean own? There are accusations,"),
        (("accusers", "-p", "sinse=2016"), "no parameter 'sinse'. Did you mean since?"),
        (("accusers", "--since", "May"), "since must be a date like 2022-01-31, 2022-01 or 2022, not 'May'"),
        (("accusers", "--min-confidence", "2"), "min_confidence must be a number from 0 to 1"),
        (("accusers", "-p", "since=2016", "--since", "2017"), "since is given twice"),
        (("accusers", "-p", "since=2016", "-p", "since=2017"), "The parameter 'since' is given twice"),
        (("documents-of", "-p", "who=Kelp", "--chart", "x.gif"), "query documents-of has no chart"),
        (("accusers", "--cite", "--format", "csv"), "Footnotes are for table and markdown"),
        (("accusers", "who-accuses-whom"), "Several queries need a folder"),
        (("accusers", "--new-since", "yesterday"), "neither a date such as 2024-05-17 nor an earlier output"),
    ],
)
def test_a_wrong_question_is_told(asking: Command, words: tuple[str, ...], reason: str) -> None:
    done = asking(*words)
    assert (done.status, done.out) == (2, "")
    assert reason in done.err


def test_sentences_come_with_title_date_and_place(asking: Command) -> None:
    (row,) = json.loads(asking("accusers", "--evidence", "--format", "json").out)
    (sentence, *_) = row["evidence"]
    assert sentence["sentence"] == "Northland accused Southmark of poisoning the harbour of Kelp."
    assert (sentence["title"], sentence["date"], sentence["url"]) == (
        "The harbour story: what is true", "2021-05-05", "harbour-check.txt",
    )  # fmt: skip
    text = json.loads(HARBOUR.read_text("utf-8").splitlines()[6])["text"]
    assert text[sentence["start"] : sentence["end"]] == sentence["sentence"]
    lines = list(csv.DictReader(asking("accusers", "--evidence", "--format", "csv").out.splitlines()))
    assert [line["evidence"] for line in lines] == [one["sentence"] for one in row["evidence"]]


def test_footnotes_follow_the_table(asking: Command) -> None:
    table = asking("accusers", "--cite").out
    assert "[1]" in table.splitlines()[1]
    assert "\n\n[1] “Northland accused Southmark of poisoning the harbour of Kelp.” · The harbour story" in table
    assert "\n\n[^1]: “Northland accused" in asking("accusers", "--cite", "--format", "markdown").out


def test_every_night_the_same_files_and_what_is_new(asking: Command, tmp_path: Path) -> None:
    night = ("accusers", "who-denies-what", "--output", "nights", "--new-since", "nights")
    first = asking(*night)
    assert first.status == 0
    assert "accusers: no earlier answer in nights; all rows are new." in first.err
    names = {"accusers.csv", "accusers.new.csv", "who-denies-what.csv", "who-denies-what.new.csv"}
    assert {path.name for path in (tmp_path / "nights").iterdir()} == names
    again = asking(*night, "--fail-if-empty")
    assert again.status == 4, "nothing came and nothing went"
    (tmp_path / "nights" / "accusers.csv").write_text("who,documents\nNorthland,7\nKelp,1\n")
    changed = asking(*night, "--fail-if-empty")
    assert changed.status == 0
    assert (tmp_path / "nights" / "accusers.new.csv").read_text() == (
        "change,who,documents,before\nchanged,Northland,2,documents 7\nwent,Kelp,1,\n"
    )


def test_rows_since_a_day_are_those_of_documents_loaded_since(asking: Command) -> None:
    done = asking("accusers", "--new-since", "2020-01-01", "--format", "csv")
    assert done.out == "change,who,documents,before\ncame,Northland,2,\n"
    assert asking("accusers", "--new-since", "2999-01-01", "--fail-if-empty").status == 4


def test_a_pack_runs_whole_with_charts(asking: Command, tmp_path: Path) -> None:
    parts.module("matplotlib")
    done = asking("own/", "claims/", "--output", "out", "--format", "markdown", "--chart", "any.svg")
    assert done.status == 0
    assert "claims-by is left out: it needs speaker." in done.err
    narrowed = asking("trust/", "--output", "trust", "--since", "2016")
    assert narrowed.status == 0
    assert "possible-duplicates is left out: it takes no --since." in narrowed.err
    assert (tmp_path / "out" / "accusers.md").read_text().startswith("| who | documents |")
    assert "Northland" in (tmp_path / "out" / "accusers.svg").read_text()
    assert not (tmp_path / "out" / "claims-debunked.svg").exists()


def test_show_gives_cypher_ready_to_paste(asking: Command, narragraph: Command) -> None:
    def show(*words: object) -> Any:
        return narragraph("query", "show", *words)

    done = show(
        "who-accuses-whom", "-p", "target=Northland", "--since", "2021", "--store", "narragraph-store", "--cypher"
    )
    lines = done.out.splitlines()
    assert ':param target => ["country:northland", "actor:government-of-northland"];' in lines
    assert ':param since => "2021";' in lines
    assert ':param names => {`actor:government-of-northland`: "Northland"};' in lines
    assert not any("ng." in line for line in lines)
    assert "The ids that target means are found in a store" in show("who-accuses-whom", "-p", "target=Kelp").err
    told = show("accusers", "--pack", "own").out
    assert "min_confidence" in told
    assert "Chart: ranking (x who, y documents)" in told


def test_check_tells_faults_and_exits_with_1(asking: Command, narragraph: Command, tmp_path: Path) -> None:
    done = narragraph("query", "check", "own")
    assert (done.status, done.err) == (0, "1 queries checked, 0 faults\n")
    (tmp_path / "own" / "writes.cypher").write_text(
        OWN.replace("run accusers", "run writes").replace("RETURN", "SET a.x = 1 RETURN", 1)
    )
    done = narragraph("query", "check", "own", "--format", "csv")
    assert done.status == 1
    assert done.out.splitlines()[1:] == ["own/writes.cypher,9,1,Queries only read: SET is not allowed."]
    done = asking("writes")
    assert done.status == 2
    assert "SET is not allowed (line 9, column 1)" in done.err


def test_python_asks_the_same(asking: Command, tmp_path: Path) -> None:
    import narragraph as library
    from narragraph.queries import frame, query

    with library.open_store(str(tmp_path / "narragraph-store"), readonly=True) as store:
        assert query(store, "accusers", packs=["own"], min_confidence=0).rows == [("Northland", 2)]
        assert len(query(store, "accusers", packs=["own"], fold=False, min_confidence=0).rows) == 2
        parts.module("pandas")
        found = frame(store, "accusers", packs=["own"])
        assert (list(found.columns), found.to_dict("records")) == (
            ["who", "documents"], [{"who": "Northland", "documents": 2}],
        )  # fmt: skip


def test_the_shell_completes_queries_packs_and_parameters() -> None:
    from click.shell_completion import ShellComplete

    from narragraph.cli import group

    def completed(*words: str) -> list[str]:
        *before, begun = words
        found = ShellComplete(group, {}, "narragraph", "X").get_completions(["query", *before], begun)
        return [item.value for item in found]

    assert completed("run", "who-acc") == ["who-accuses-whom"]
    assert completed("run", "accusations/", "who-den") == ["who-denies-what"]
    assert completed("run", "tru") == ["trust/"]
    assert completed("show", "tru") == []
    assert completed("show", "who-accuses-whom", "-p", "t") == ["target="]
