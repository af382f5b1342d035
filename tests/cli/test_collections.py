"""Collections: a folder with a YAML file, brought up to date by one command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

DESCRIPTION = """name: harbour-case
files: [articles, cases.csv]
source: Harbour Monitor
reliability: B
licence: CC BY 4.0
labels: [ports, 2024]
columns: {outlet: carrier}
"""
HARBOUR = "Harbour of Calais\n\nThe government of France accused Russia of spreading lies about the harbour.\n"
BORDER = "The border\n\nGermany denied that it had closed its border with France.\n"
CASES = "carrier,title,disproof\nrt.com,Poland poisons the river,No evidence given.\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The YAML file of a collection of two articles and a table with one case."""
    folder = tmp_path / "case"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "harbour.txt").write_text(HARBOUR, "utf-8")
    (folder / "articles" / "border.txt").write_text(BORDER, "utf-8")
    (folder / "cases.csv").write_text(CASES, "utf-8")
    (folder / "collection.yaml").write_text(DESCRIPTION, "utf-8")
    return folder / "collection.yaml"


def outcome(done: Any) -> dict[str, int]:
    documents: dict[str, int] = json.loads(done.out)["documents"]
    return documents


def documents(narragraph: Command, *filters: str) -> dict[str, dict[str, Any]]:
    rows = json.loads(narragraph("documents", "list", *filters, "--format", "json").out)
    return {row["title"]: row for row in rows}


def test_its_documents_are_known_by_it(narragraph: Command, case: Path) -> None:
    assert outcome(narragraph("load", case, "--format", "json"))["new"] == 3
    found = documents(narragraph, "--collection", "harbour-case")
    assert found.keys() == {"Harbour of Calais", "The border", "Poland poisons the river"}
    assert found["The border"]["place"] == "articles/border.txt"
    shown = json.loads(narragraph("documents", "show", "The border", "--json").out)["properties"]
    assert (shown["reliability"], shown["licence"], shown["labels"]) == ("B", "CC BY 4.0", ["ports", "2024"])
    done = narragraph("documents", "list", "--collection", "another")
    assert done.status == 1
    assert "The store holds no collection 'another'. There are harbour-case." in done.err


def test_its_source_publishes_what_names_no_other_and_the_line_that_says_so_is_quoted(
    narragraph: Command, case: Path
) -> None:
    narragraph("load", case)
    lines = map(json.loads, narragraph("export", "jsonl", "-").out.splitlines())
    published = [line for line in lines if line["type"] == "PUBLISHED" and line["source"] == "outlet:harbour-monitor"]
    assert {line["sentence"] for line in published} == {"source: Harbour Monitor"}
    assert len(published) == 3
    assert "faults: 0" in narragraph("check").err


def test_a_row_that_names_its_source_was_published_by_that_one(narragraph: Command, case: Path) -> None:
    rows = "id,publisher,text\n1,Harbour Times,Poland has poisoned the river.\n2,,Latvia has closed its border.\n"
    (case.parent / "cases.csv").write_text(rows, "utf-8")
    case.write_text("name: harbour-case\nfiles: [cases.csv]\nsource: Harbour Monitor\n", "utf-8")
    narragraph("load", case)
    rows = json.loads(narragraph("documents", "list", "--format", "json").out)
    assert sorted(row["outlets"] for row in rows) == [["Harbour Monitor"], ["Harbour Times"]]
    assert "faults: 0" in narragraph("check").err


def test_the_folder_may_be_moved(narragraph: Command, case: Path, tmp_path: Path) -> None:
    narragraph("load", case)
    case.parent.rename(tmp_path / "moved")
    done = narragraph("load", tmp_path / "moved" / "collection.yaml", "--format", "json")
    assert outcome(done) == {"new": 0, "changed": 0, "unchanged": 3, "failed": 0}


def test_loading_again_takes_what_changed_and_tells_what_is_gone(narragraph: Command, case: Path) -> None:
    narragraph("load", case)
    (case.parent / "articles" / "harbour.txt").write_text(HARBOUR + "\nRussia denied it.\n", "utf-8")
    (case.parent / "articles" / "new.txt").write_text(
        "A road\n\nLatvia denied that it had lied about a road.\n", "utf-8"
    )
    (case.parent / "articles" / "border.txt").unlink()
    done = narragraph("load", case, "--format", "json")
    assert outcome(done) == {"new": 1, "changed": 1, "unchanged": 1, "failed": 0}
    assert "The border" in done.err
    assert "--prune removes them" in done.err
    assert "The border" in documents(narragraph)
    assert "removed" in narragraph("load", case, "--prune").err
    assert documents(narragraph).keys() == {"Harbour of Calais", "A road", "Poland poisons the river"}


def test_nothing_is_removed_while_something_cannot_be_read(narragraph: Command, case: Path) -> None:
    narragraph("load", case)
    (case.parent / "articles" / "border.txt").write_bytes(b"")
    done = narragraph("load", case, "--prune")
    assert done.status == 1
    assert "some inputs could not be read, so none is removed" in done.err
    assert "The border" in documents(narragraph)


def test_what_has_not_changed_is_not_read_again(narragraph: Command, case: Path) -> None:
    narragraph("load", case)
    before = narragraph("export", "jsonl", "-").out
    for path in case.parent.rglob("*.txt"):
        path.touch()  # a copy of the folder has other times
    lines = [json.loads(line) for line in narragraph("load", case, "--format", "jsonl").out.splitlines()]
    assert [line["outcome"] for line in lines[:-1]] == ["unchanged"] * 3
    assert not any("edges" in line for line in lines[:-1])  # they were not extracted
    assert lines[-1]["documents"] == {"new": 0, "changed": 0, "unchanged": 3, "failed": 0}
    assert narragraph("export", "jsonl", "-").out == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reliability: B", "reliability: C"),
        ("source: Harbour Monitor", "source: Harbour Times"),
        ("[ports, 2024]", "[ports]"),
    ],
)
def test_what_a_collection_says_anew_reaches_its_unchanged_files(
    narragraph: Command, case: Path, old: str, new: str
) -> None:
    narragraph("load", case)
    case.write_text(DESCRIPTION.replace(old, new), "utf-8")
    assert outcome(narragraph("load", case, "--format", "json"))["changed"] == 3


def test_records_that_were_changed_by_hand_give_way_to_the_file_again(
    narragraph: Command, case: Path, tmp_path: Path
) -> None:
    narragraph("load", case)
    before = narragraph("export", "jsonl", "-").out
    lines = [line for line in before.splitlines() if '"type": "ACCUSES"' not in line]
    edited = [re.sub(r'"attestations": \d+, ', "", line) for line in lines]
    (tmp_path / "edited.jsonl").write_text("\n".join(edited), "utf-8")
    assert outcome(narragraph("load", "edited.jsonl", "--format", "json"))["changed"] == 3
    narragraph("load", case)
    assert narragraph("export", "jsonl", "-").out == before


def test_dates_of_a_collection_may_be_month_first(narragraph: Command, case: Path) -> None:
    (case.parent / "cases.csv").write_text(
        "carrier,title,date,disproof\nrt.com,Poland poisons the river,12/01/2022,No evidence given.\n", "utf-8"
    )
    narragraph("load", case)
    assert documents(narragraph)["Poland poisons the river"]["published"] == "2022-01-12"
    case.write_text(DESCRIPTION + "dates: month first\n", "utf-8")
    narragraph("load", case)
    assert documents(narragraph)["Poland poisons the river"]["published"] == "2022-12-01"


def test_a_dry_run_tells_and_stores_nothing(narragraph: Command, case: Path, tmp_path: Path) -> None:
    done = narragraph("load", case, "--dry-run", "--format", "json")
    assert outcome(done)["new"] == 3
    assert not (tmp_path / "narragraph-store").exists()
    narragraph("load", case)
    before = narragraph("export", "jsonl", "-").out
    (case.parent / "articles" / "harbour.txt").write_text(HARBOUR + "\nRussia denied it.\n", "utf-8")
    (case.parent / "articles" / "border.txt").unlink()
    done = narragraph("load", case, "--dry-run", "--prune", "--format", "json")
    assert outcome(done) == {"new": 0, "changed": 1, "unchanged": 1, "failed": 0}
    assert "no longer among its files; they would be removed." in done.err
    assert "Nothing was stored" in done.err
    assert narragraph("export", "jsonl", "-").out == before


def test_without_a_list_all_of_the_folder_belongs_to_it(narragraph: Command, case: Path) -> None:
    case.write_text("name: whole\ncolumns: {outlet: carrier}\n", "utf-8")
    assert outcome(narragraph("load", case, "--format", "json"))["new"] == 3


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("name: x\nfile: [articles]\n", "has the unknown key 'file'. Did you mean 'files'?"),
        ("source: x\n", "gives the collection no name"),
        ("name: ../up\n", "name must be a short name"),
        ("name: x\nreliability: G\n", "reliability must be one letter from A to F, not 'G'"),
        ("name: x\nlanguage: English\n", "language must be an ISO 639-1 code, such as en, not 'English'"),
        ("name: x\nfiles: [../other]\n", "names '../other', which lies outside its folder"),
        ("name: x\nfiles: [/etc/passwd]\n", "names '/etc/passwd', which lies outside its folder"),
        ("name: x\nfiles: [nowhere.txt]\n", "names 'nowhere.txt', which is not there"),
        ("name: x\ncolumns: {words: a}\n", "columns has the unknown kind 'words'"),
        ("name: x\ncolumns: [a]\n", "columns must map kinds to names of columns"),
        ("name: x\nlabels: {a: b}\n", "labels must be a list of texts"),
        ("name: x\ndates: american\n", "dates must be 'day first' or 'month first', not 'american'"),
        ("[1, 2]\n", "describes no collection"),
        ("name: [x\n", "is no YAML"),
        ("name: !!python/object/apply:os.system [true]\n", "is no YAML"),
    ],
)
def test_a_wrong_description_is_told_by_key(narragraph: Command, case: Path, description: str, reason: str) -> None:
    case.write_text(description, "utf-8")
    done = narragraph("load", case)
    assert done.status == 1
    assert f"collection.yaml: {reason}" in done.err


def test_a_link_out_of_the_folder_is_not_followed_by_name(narragraph: Command, case: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(BORDER, "utf-8")
    (case.parent / "link.txt").symlink_to(tmp_path / "secret.txt")
    case.write_text("name: x\nfiles: [link.txt]\n", "utf-8")
    assert "lies outside its folder" in narragraph("load", case).err


def test_only_collections_are_pruned(narragraph: Command, case: Path) -> None:
    assert narragraph("load", case.parent / "articles", "--prune").status == 2


@pytest.fixture
def two(narragraph: Command, case: Path, tmp_path: Path) -> None:
    """Two collections and a document of none in one store; all three speak of Russia."""
    narragraph("load", case)
    other = tmp_path / "other"
    other.mkdir()
    (other / "road.txt").write_text("A road\n\nLatvia accused Russia of lying about a road to Estonia.\n", "utf-8")
    (other / "case.yaml").write_text("name: road-case\n", "utf-8")
    narragraph("load", other / "case.yaml")
    (tmp_path / "alone.txt").write_text("A mill\n\nPoland accused Russia of burning down a mill.\n", "utf-8")
    narragraph("load", tmp_path / "alone.txt")


def accusers(narragraph: Command, *more: str) -> set[str]:
    done = narragraph("query", "run", "who-accuses-whom", "-p", "min_confidence=0", "--format", "json", *more)
    return {row["accuser"] for row in json.loads(done.out)}


@pytest.mark.usefixtures("two")
def test_queries_and_views_keep_to_a_collection(narragraph: Command) -> None:
    assert {"Latvia", "Poland"} < accusers(narragraph)
    assert accusers(narragraph, "--collection", "road-case") == {"Latvia"}
    shown = narragraph("show", "Russia", "--collection", "road-case", "--min-confidence", "0").out
    assert "Latvia" in shown
    assert "Poland" not in shown
    assert "mentioned in 1 document" in shown
    assert narragraph("links", "Latvia", "Russia", "--collection", "harbour-case", "--fail-if-empty").status == 4
    counts = json.loads(narragraph("stats", "--collection", "road-case", "--format", "json").out)
    assert counts["nodes"]["Document"] == 1


@pytest.mark.usefixtures("two")
def test_exports_keep_to_a_collection_and_can_be_loaded_elsewhere(narragraph: Command, tmp_path: Path) -> None:
    narragraph("export", "jsonl", "road.jsonl", "--collection", "road-case")
    assert narragraph("check", "road.jsonl").status == 0
    assert outcome(narragraph("load", "road.jsonl", "--store", "elsewhere", "--format", "json"))["new"] == 1
    assert "Poland" not in (tmp_path / "road.jsonl").read_text("utf-8")
    narragraph("export", "html", "road.html", "--collection", "road-case")
    assert "Poland" not in (tmp_path / "road.html").read_text("utf-8")


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "command", [("stats",), ("query", "run", "events"), ("show", "Russia"), ("export", "jsonl", "-")]
)
def test_an_unknown_collection_is_told_with_those_there_are(narragraph: Command, command: tuple[str, ...]) -> None:
    done = narragraph(*command, "--collection", "rode-case")
    assert done.status == 1
    assert "There are harbour-case, road-case." in done.err
