"""Loading: what records say is checked against their own texts and the ontology, and stored a document at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_records import CLAIM, TEXT, country, harbour, mention, quote, source

from narragraph.errors import DocumentError, InputError
from narragraph.graph import ingest
from narragraph.graph.ingest import Ingestion, Summary, load
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import Record, to_line
from narragraph.graph.stores import open_store
from narragraph.graph.stores.base import Store
from narragraph.graph.stores.memory import MemoryStore
from narragraph.loaders.readers.records import read_records


def stored(store: Store) -> list[str]:
    with store.view() as view:
        return [to_line(record) for records in (view.nodes(), view.edges()) for record in records]


def change(records: list[Record], of: Callable[[Record], bool], **changes: Any) -> list[Record]:
    """The records with the first fitting one changed."""
    index = next(index for index, record in enumerate(records) if of(record))
    return [*records[:index], replace(records[index], **changes), *records[index + 1 :]]


def with_properties(record: Record, **properties: Any) -> dict[str, Any]:
    return {**record.properties, **properties}


def accusation(record: Record) -> bool:
    return record.type == "ACCUSES"


def outcomes(summary: Summary) -> tuple[int, int, int, int]:
    return summary.new, summary.changed, summary.unchanged, summary.failed


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def test_a_new_document_is_stored_with_all_that_came_from_it(store: Store) -> None:
    summary = load(harbour(), store)
    assert outcomes(summary) == (1, 0, 0, 0)
    assert summary.nodes == {"Claim": 1, "Country": 2, "Document": 1}
    assert summary.edges == {"ACCUSES": 1, "DENIES": 1, "MENTIONS": 3}
    assert len(stored(store)) == 4 + 5


def test_the_same_again_changes_nothing(store: Store) -> None:
    load(harbour(), store)
    before = stored(store)
    summary = load(harbour(), store)
    assert outcomes(summary) == (0, 0, 1, 0)
    assert (summary.nodes, summary.edges) == ({}, {})
    assert stored(store) == before


def test_how_a_path_is_spelled_is_no_change(store: Store) -> None:
    load(harbour(), store)
    document, *rest = harbour()
    moved = replace(document, properties=with_properties(document, path="../texts/harbour.txt"))
    assert outcomes(load([moved, *rest], store)) == (0, 0, 1, 0)


def test_a_changed_document_replaces_what_came_from_it_and_nothing_else(store: Store) -> None:
    load([*harbour("one"), *harbour("two")], store)
    document = source("one", "Arland praised Cerland.")
    cerland = country("Cerland")
    summary = load([document, cerland, mention(document, cerland, "Cerland")], store)
    assert outcomes(summary) == (0, 1, 0, 0)

    other = MemoryStore()
    load([*harbour("two"), document, cerland, mention(document, cerland, "Cerland")], other)
    assert stored(store) == stored(other)


def test_better_records_of_an_unchanged_text_are_a_change(store: Store) -> None:
    load(harbour(), store)
    surer = change(harbour(), accusation, confidence=0.95)
    assert outcomes(load(surer, store)) == (0, 1, 0, 0)


def test_a_document_without_edges_is_stored(store: Store) -> None:
    assert outcomes(load([source(text="Nothing is said.")], store)) == (1, 0, 0, 0)


def test_the_text_s_hash_is_added_where_it_is_missing(store: Store) -> None:
    load([source(text="Nothing is said.")], store)
    (line,) = stored(store)
    assert json.loads(line)["sha256"] == "00020c8381fdf396e2b10efea3a4e39523be70a7a335a5bed998ab803618d5db"


def test_the_place_of_a_claim_is_kept_on_its_mention(store: Store) -> None:
    load(harbour(), store)
    claims = [record for record in map(json.loads, stored(store)) if record["type"] == "Claim"]
    assert [sorted(claim) for claim in claims] == [["aliases", "id", "name", "record", "text", "type"]]
    mentions = [
        record
        for record in map(json.loads, stored(store))
        if record.get("target") == claims[0]["id"] and "spans" in record
    ]
    assert [mention["spans"] for mention in mentions] == [[[TEXT.index(CLAIM), TEXT.index(CLAIM) + len(CLAIM)]]]


def test_a_case_counts_its_offsets_in_the_text_of_its_file(store: Store) -> None:
    document, arland, berland = source(), country("Arland"), country("Berland")
    case = Node("document:case", "Document", "A case", (), {"genre": "case", "part_of": document.id})
    accusal = quote("ACCUSES", arland, berland, document, "Arland accused Berland of jamming radio masts.")
    summary = load([document, case, arland, berland, replace(accusal, document=case.id)], store)
    assert outcomes(summary) == (1, 0, 0, 0)
    assert summary.nodes["Document"] == 2


def test_a_reviewed_page_is_no_document_of_its_own(store: Store) -> None:
    document = source()
    page = Node("document:page", "Document", "The page", (), {"genre": "appearance", "url": "https://x.example/a"})
    review = quote("REVIEWS", document, page, document, "Berland denied that it had jammed radio masts.")
    assert outcomes(load([document, page, review], store)) == (1, 0, 0, 0)


SPOILED: dict[str, tuple[list[Record], str]] = {
    "an unknown kind of node": (
        change(harbour(), lambda record: record.type == "Country", type="Planet"),
        "Planet is no type of node",
    ),
    "an unknown kind of edge": (change(harbour(), accusation, type="ADMIRES"), "ADMIRES is no type of edge"),
    "ends that the ontology does not allow": (
        change(harbour(), accusation, source=harbour()[3].id),
        "ACCUSES cannot run from Claim to Country",
    ),
    "a missing end": (change(harbour(), accusation, target="country:nowhere"), "its end country:nowhere is missing"),
    "a sentence that does not stand there": (
        change(harbour(), accusation, sentence="Arland thanked Berland."),
        "its sentence does not stand at 0–46 nor anywhere else",
    ),
    "a sentence that stands elsewhere": (
        change(harbour(), accusation, start=1, end=47),
        "its sentence does not stand at 1–47 but at 0",
    ),
    "offsets outside the text": (
        change(harbour(), accusation, start=9000, end=9046),
        "its sentence is said to stand at 9000–9046, outside the text (93 characters)",
    ),
    "no sentence at all": (change(harbour(), accusation, sentence=None), "has no sentence with start and end"),
    "a sentence without a place": (
        change(harbour(), accusation, start=None, end=None),
        "has no sentence with start and end",
    ),
    "a trigger that does not stand there": (
        change(harbour(), accusation, properties={"trigger": "accused", "trigger_start": 8, "trigger_end": 15}),
        "its trigger does not stand at 8–15 but at 7",
    ),
    "a mention outside the text": (
        change(harbour(), lambda record: record.type == "MENTIONS", spans=((90, 99),)),
        "90–99 lies outside the text (93 characters)",
    ),
    "a claim that does not stand there": (
        change(
            harbour(),
            lambda record: record.type == "Claim",
            properties=with_properties(harbour()[3], start=0, end=6),
        ),
        "its claim does not stand at 0–6",
    ),
    "a hash of another text": (
        change(
            harbour(), lambda record: record.type == "Document", properties=with_properties(source(), sha256="0" * 64)
        ),
        "its sha256 is not that of its text",
    ),
    "no text": (
        change(harbour(), lambda record: record.type == "Document", properties={"source_key": "x"}),
        "has no text",
    ),
    "a node twice with different content": (
        [country("Arland"), *change(harbour(), lambda record: record.id == "country:arland", aliases=("Ar",))],
        "stands there twice with different content",
    ),
    "an edge twice with different content": (
        [*harbour(), *change(harbour()[-1:], lambda record: True, confidence=0.5)],
        "stands there twice with different content",
    ),
    "a date in words": (
        change(
            harbour(),
            lambda record: record.type == "Document",
            properties=with_properties(source(), published="yesterday"),
        ),
        "its published is 'yesterday', which is no date (2022, 2022-01, 2022-01-31)",
    ),
    "a value that the ontology does not have": (
        change(harbour(), accusation, properties={"polarity": "maybe"}),
        "its polarity is 'maybe', not one of affirmed, negated",
    ),
    "a NUL character": (
        change(harbour(), lambda record: record.id == "country:arland", name="Ar\0land"),
        "holds a NUL character",
    ),
    "half a character": (
        change(harbour(), lambda record: record.id == "country:arland", aliases=("\ud800",)),
        "holds half a character",
    ),
    "a part of a document that is missing": (
        [*harbour(), Node("document:case", "Document", "Case", (), {"part_of": "document:none"})],
        "is part of a document that is missing",
    ),
    "a part of itself": (
        [*harbour(), Node("document:case", "Document", "Case", (), {"part_of": "document:case"})],
        "is part of a document that is missing",
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_document_is_refused_for(case: str, store: Store) -> None:
    records, reason = SPOILED[case]
    summary = load([*harbour("before"), *records, *harbour("after")], store)
    assert summary.failed == 1
    assert reason in str(summary.failures[0])
    assert summary.new >= 2


@pytest.mark.parametrize("case", SPOILED)
def test_what_is_stored_outlives_a_refused_version(case: str, store: Store) -> None:
    load(harbour(), store)
    before = stored(store)
    load(SPOILED[case][0], store)
    assert set(before) <= set(stored(store))


SPOILERS: dict[str, Callable[[str], str]] = {
    "half a line": lambda line: line[: len(line) // 2],
    "no record at all": lambda line: "oops",
    "no type": lambda line: line.replace('"type"', '"kind of"', 1),
    "not a number": lambda line: line.replace("0.9", "NaN"),
    "too sure": lambda line: line.replace("0.9", "2"),
}


@pytest.mark.parametrize("spoiler", SPOILERS)
@pytest.mark.parametrize("number", range(8))
def test_a_line_that_cannot_be_read_takes_nothing_out_of_the_store(store: Store, number: int, spoiler: str) -> None:
    load([*harbour("one"), *harbour("two")], store)
    before = stored(store)
    lines = [to_line(record) for record in harbour("one")]
    lines[number] = SPOILERS[spoiler](lines[number])
    records = read_records("graph.jsonl", [line.encode() for line in lines], on_error=lambda error: None)
    with Ingestion(store) as ingestion:
        ingestion.take([*records, *harbour("two"), *harbour("three")])
    assert set(before) <= set(stored(store))
    assert (ingestion.summary.new, ingestion.summary.changed) == (1, 0)


def test_a_line_of_an_export_that_cannot_be_read_costs_the_document_that_it_names_alone(store: Store) -> None:
    load([*harbour("one"), *harbour("two")], store)
    lines = stored(store)
    lines[-1] = lines[-1][:-20]
    heard: list[InputError] = []
    other = MemoryStore()
    with Ingestion(other, on_error=heard.append) as ingestion:
        ingestion.take(read_records("graph.jsonl", [line.encode() for line in lines], on_error=heard.append))
    assert outcomes(ingestion.summary) == (1, 0, 0, 1)
    assert str(heard[0]).startswith("graph.jsonl, line 15: not JSON")
    assert str(heard[1]).startswith(json.loads(stored(store)[-1])["document"])


@pytest.mark.parametrize("kept", range(1, 9))
def test_a_document_whose_records_end_early_is_refused(store: Store, kept: int) -> None:
    document, *rest = harbour("one")
    whole = [replace(document, properties=with_properties(document, attestations=5)), *rest]
    load(whole, store)
    before = stored(store)
    summary = load(whole[:kept], store)
    assert stored(store) == before
    assert outcomes(summary) == ((0, 0, 1, 0) if kept == len(whole) else (0, 0, 0, 1))


def test_many_edges_of_a_missing_document_are_one_failure(store: Store) -> None:
    summary = load([*harbour("one")[1:], *harbour("two")], store)
    assert outcomes(summary) == (1, 0, 0, 1)
    assert [error.message.partition(": ")[2] for error in summary.failures if isinstance(error, DocumentError)] == [
        "not stored: 5 edges rest on it, which is no document here"
    ]


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([harbour("gone")[-1]], "which is no document here"),
        ([country("Cerland")], "no edge needs it"),
        ([country(name) for name in ("Cerland", "Derland", "Ferland")], "no edge needs it, nor 2 more nodes"),
        ([Node("planet:x", "Planet", "X")], "Planet is no type of node"),
    ],
)
def test_records_that_belong_to_no_document_are_told(records: Sequence[Record], reason: str, store: Store) -> None:
    heard: list[InputError] = []
    summary = load([*records, *harbour()], store, on_error=heard.append)
    assert any(reason in str(error) for error in heard)
    assert summary.failures == heard
    assert summary.new == 1


def test_records_in_the_order_of_an_export_are_gathered_by_document(store: Store) -> None:
    load([*harbour("one"), *harbour("two")], store)
    with store.view() as view:
        exported: list[Record] = [*view.nodes(), *view.edges()]
    other = MemoryStore()
    assert outcomes(load(exported, other)) == (2, 0, 0, 0)
    assert stored(other) == stored(store)


def test_the_order_of_aliases_is_no_change(store: Store) -> None:
    def named(*aliases: str) -> list[Record]:
        return change(harbour(), lambda record: record.id == "country:arland", aliases=aliases)

    load(named("Republic of Arland", "Arland"), store)
    assert outcomes(load(named("Arland", "Republic of Arland"), store)) == (0, 0, 1, 0)


def test_edges_may_come_before_their_nodes(store: Store) -> None:
    assert outcomes(load(reversed([*harbour("one"), *harbour("two")]), store)) == (2, 0, 0, 0)


@pytest.mark.parametrize(("limit", "value"), [("GROUP_EDGES", 6), ("GROUP_SECONDS", 0)])
def test_no_more_than_a_few_documents_wait_to_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(ingest, limit, value)
    most = 2 if limit == "GROUP_EDGES" else 1

    def records() -> Iterator[Record]:
        for number in range(6):
            with store.view() as view:
                gathered = max(0, number - 1)  # all before the last
                assert len(view.document_hashes()) == gathered // most * most
            yield from harbour(f"number {number}")

    assert outcomes(load(records(), store)) == (6, 0, 0, 0)


def test_a_document_that_the_store_refuses_costs_those_beside_it_nothing(store: Store) -> None:
    arland = Node("country:arland", "Actor", "Arland")
    document = source("odd")
    odd: list[Record] = [document, arland, replace(mention(document, arland, "Arland"), id="edge:odd")]
    summary = load([*harbour("one"), *odd, *harbour("two")], store)
    assert outcomes(summary) == (2, 0, 0, 1)
    assert "country:arland is Country in the store and cannot be Actor too" in str(summary.failures[0])


def test_two_texts_with_one_address_are_not_mixed(store: Store) -> None:
    with Ingestion(store) as ingestion:
        ingestion.take(harbour(), "first.html")
        ingestion.take([source(text="Another text.")], "second.html")
    (failure,) = ingestion.summary.failures
    assert "first.html has the same address and another text" in str(failure)
    assert str(failure).startswith("second.html: ")
    assert outcomes(ingestion.summary) == (1, 0, 0, 1)


def test_an_error_on_the_way_leaves_whole_documents(store: Store) -> None:
    def broken() -> Iterator[Record]:
        yield from harbour("one")
        yield from harbour("two")[:6]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(broken(), store)
    other = MemoryStore()
    load(harbour("one"), other)
    assert stored(store) == stored(other)


def test_a_store_on_disk_gives_back_the_records_it_was_given(tmp_path: Path) -> None:
    contents = []
    given: Any = [*harbour("one"), *harbour("two")]
    for name in ("a", "b"):
        with open_store(tmp_path / name, create=True) as store:
            assert outcomes(load(given, store)) == (2, 0, 0, 0)
            assert outcomes(load(given, store)) == (0, 0, 2, 0)
            contents.append(stored(store))
            with store.view() as view:
                given = [*view.nodes(), *view.edges()]
    assert contents[0] == contents[1]
    assert len([edge for edge in given if isinstance(edge, Edge)]) == 10
