"""narragraph trace, names and ontology unused: how documents were read, as typed in a shell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

TEXT = """The Zenda Foundation accused Russia of lying. Ruptova reported it on Monday, and Black Michael left.

Rudolf Rassendyll, a spokesman, was silent. Rassendyll left.

The Kremlin denied the accusation by the Zenda Foundation.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    path = tmp_path / "articles" / "one.txt"
    path.write_text(TEXT, "utf-8")
    return path


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_a_trace_is_text_without_colours_where_no_terminal_is(shell: Command, article: Path) -> None:
    done = shell("trace", article)
    assert (done.status, done.err) == (0, "")
    assert "\x1b" not in done.out
    assert "accuse.accuse  Zenda Foundation ACCUSES Russia" in done.out
    assert "clauses   main “denied”; subject The Kremlin" in done.out


def test_a_trace_is_json_on_request(narragraph: Command, article: Path) -> None:
    reading = json.loads(narragraph("trace", article, "--format", "json").out)
    assert [sentence["number"] for sentence in reading["sentences"]] == [1, 2, 3, 4, 5]


def test_an_edge_of_the_records_is_traced_by_its_id(narragraph: Command, article: Path) -> None:
    records = map(json.loads, narragraph("extract", article).out.splitlines())
    denial = next(record for record in records if record.get("type") == "DENIES")
    done = narragraph("trace", article, "--edge", denial["id"])
    assert "5  The Kremlin denied the accusation" in done.out
    assert (
        "accused Russia" not in done.out.replace("The Zenda Foundation accused Russia of lying", "", 0).split("3  ")[0]
    )


def test_a_stored_edge_is_traced_from_the_store(narragraph: Command, article: Path) -> None:
    narragraph("load", "articles")
    records = [json.loads(line) for line in narragraph("export", "jsonl", "-").out.splitlines()]
    denial = next(record for record in records if record.get("type") == "DENIES")
    article.unlink()
    done = narragraph("trace", denial["document"], "--edge", denial["id"])
    assert done.status == 0
    assert denial["id"] in done.out
    absent = narragraph("trace", "document:0000000000000000")
    assert (absent.status, absent.out) == (1, "")
    assert "holds no document document:0000000000000000" in absent.err


def test_one_sentence_is_traced_by_its_number(narragraph: Command, article: Path) -> None:
    done = narragraph("trace", article, "--sentence", 2)
    assert "2  Ruptova reported" in done.out
    assert "accused" not in done.out
    past = narragraph("trace", article, "--sentence", 9)
    assert (past.status, past.out) == (1, "")
    assert past.err.startswith(f"Error: {article} has no sentence 9.")


def test_a_trace_reads_standard_input(shell: Command) -> None:
    done = shell("trace", "-", given=TEXT.encode())
    assert done.status == 0
    assert "accuse.accuse" in done.out


def test_names_without_an_entry_become_a_gazetteer(narragraph: Command, article: Path) -> None:
    done = narragraph("names", "--unknown", "articles", "--format", "csv")
    assert done.status == 0
    found = {row["name"]: row for row in rows(done.out)}
    assert {"Zenda Foundation", "Black Michael"} <= found.keys()
    assert "Russia" not in found
    assert found["Zenda Foundation"]["mentions"] == "2"
    assert "accused Russia of lying" in found["Zenda Foundation"]["sentences"]

    Path("names.csv").write_text(done.out, "utf-8")  # nothing filled in: nothing is added
    same = narragraph("names", "--unknown", "articles", "--gazetteer", "names.csv", "--format", "csv")
    assert (same.status, same.out) == (0, done.out)

    filled = io.StringIO()
    writer = csv.DictWriter(filled, found["Zenda Foundation"])
    writer.writeheader()
    writer.writerows({**row, "type": "Actor"} for row in found.values())
    Path("names.csv").write_text(filled.getvalue(), "utf-8")
    assert narragraph("load", "articles", "--gazetteer", "names.csv").status == 0
    stored = [json.loads(line) for line in narragraph("export", "jsonl", "-").out.splitlines()]
    assert {"actor:black-michael", "actor:zenda-foundation"} <= {record["id"] for record in stored}
    left = narragraph("names", "--unknown", "--gazetteer", "names.csv", "--format", "json")  # those of the store
    assert json.loads(left.out) == []


def test_names_come_from_pipes_and_go_to_them(shell: Command) -> None:
    done = shell("names", "--unknown", "-", "--format", "jsonl", given=TEXT.encode())
    assert done.status == 0
    assert "Zenda Foundation" in [json.loads(line)["name"] for line in done.out.splitlines()]


def test_names_of_records_are_those_of_their_documents(shell: Command, article: Path) -> None:
    records = shell("extract", article).out
    direct = shell("names", "--unknown", article, "--format", "csv")
    assert shell("names", "--unknown", "-", "--format", "csv", given=records.encode()).out == direct.out


def test_a_store_that_is_not_there_is_told(narragraph: Command) -> None:
    done = narragraph("names", "--unknown")
    assert done.status == 3


def test_entries_that_no_document_makes_use_of_are_told(shell: Command, article: Path) -> None:
    Path("mine.yaml").write_text("- {to: hostile.verbs, words: [astroturf], reason: seen}\n", "utf-8")
    done = shell("ontology", "unused", "articles", "--lexicon", "mine.yaml", "--format", "csv")
    assert done.status == 0
    assert done.err == "1 document read\n"
    unused = {(row["where"], row["entry"]): row["own"] for row in rows(done.out)}
    assert unused[("hostile.verbs", "astroturf")] == "true"
    assert unused[("hostile.verbs", "bombard")] == "false"
    assert ("Country", "Russia (country:RU)") not in unused


def test_rules_that_always_fire_together_are_a_table_too(narragraph: Command, article: Path) -> None:
    done = narragraph("ontology", "unused", "articles", "--show", "rules", "--format", "json")
    assert done.status == 0
    assert isinstance(json.loads(done.out), list)
