"""Names without an entry, ranked."""

from __future__ import annotations

from typing import Any

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse
from narragraph.loaders.extraction.unlisted import NAME_COLUMNS, Names

ONE = "Rudolf Rassendyll, a spokesman, said on Monday that the Zenda Foundation had lied. Rassendyll blamed Russia."
OTHER = (
    "Moscow praised the Zenda Foundation. In the morning it rained over Strelsau, and a friend of Black Michael left."
)


def names(*texts: str, unlisted: bool = True) -> dict[str, dict[str, Any]]:
    found = Names()
    for number, text in enumerate(texts):
        found.add(analyse(SourceDocument(f"key-{number}", text)))
    rows = (dict(zip(NAME_COLUMNS, row)) for row in found.rows(unlisted=unlisted))
    return {row["name"]: row for row in rows}


def test_names_without_an_entry_are_counted_with_sentences_and_a_guess() -> None:
    found = names(ONE, OTHER)
    assert next(iter(found)) == "Zenda Foundation"  # in the most documents
    zenda = found["Zenda Foundation"]
    assert (zenda["type"], zenda["id"], zenda["documents"], zenda["mentions"]) == ("", "", 2, 2)
    assert zenda["guess"] == "Actor, ngo"
    assert zenda["reason"] == "named in 2 documents, 2 times"
    assert zenda["sentences"] == [ONE[: ONE.index(".") + 1], OTHER[: OTHER.index(".") + 1]]
    assert found["Rudolf Rassendyll"]["mentions"] == 2
    assert found["Rudolf Rassendyll"]["guess"] == "Actor, person"


def test_capitalised_words_that_no_rule_takes_for_a_name_are_there_too() -> None:
    found = names(ONE, OTHER)
    assert "Black Michael" in found
    assert "Strelsau" in found


def test_known_names_months_and_words_that_begin_sentences_are_not() -> None:
    found = names(ONE, OTHER, "Today the minister left. Ministers met in March. The Minister said so.")
    assert not {"Russia", "Moscow", "Monday", "March", "In", "Today", "Minister", "Ministers", "The"} & found.keys()


def test_known_names_come_with_their_entry_when_asked_for() -> None:
    found = names(ONE, unlisted=False)
    assert (found["Russia"]["type"], found["Russia"]["id"]) == ("Country", "country:RU")


def test_a_name_that_is_spelled_nearly_like_a_known_one_tells_so() -> None:
    found = names("Sergei Lavrow, a spokesman, said that the Zenda Foundation had lied.")
    assert found["Sergei Lavrow"]["near"].endswith("(actor:sergey-lavrov)")
    assert found["Zenda Foundation"]["near"] == ""


def test_a_document_counts_once() -> None:
    found = Names()
    for _ in range(2):
        found.add(analyse(SourceDocument("key", ONE)))
    row = dict(zip(NAME_COLUMNS, next(found.rows(unlisted=True))))
    assert row["documents"] == 1
