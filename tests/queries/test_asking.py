"""Filters, folding, counting and what an answer leaves out: the same for every query, on every store."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from small_graphs import actor, appearance, bundle, document, edge

from narragraph.errors import AmbiguousName, NothingFound, ParameterError, QueryFailed, QueryRefused
from narragraph.graph.model import Node
from narragraph.graph.stores.base import Store, View
from narragraph.queries import pack, runner

PEOPLE = anna, boris = actor("anna"), actor("boris")
STATE = Node("country:arland", "Country", "Arland", (), {"kind": "state"})
GOVERNMENT = actor("government", kind="government", country="country:arland")

HEADER = """/*
title: Who accuses whom
question: Who accuses whom, in how many documents?
parameters:
  by: {type: node, help: Who accuses.}
columns:
  who: Who accuses
  whom: Who is accused
  documents: In how many documents
  sentences: In how many sentences
example: narragraph query run counted
*/
"""
COUNTED = (
    HEADER
    + """MATCH (a)-[r:ACCUSES]->(b) WHERE ng.within(r) AND ($by IS NULL OR a.id IN $by)
RETURN ng.name(a) AS who, ng.name(b) AS whom, count(DISTINCT ng.source(r)) AS documents,
       count(DISTINCT ng.sentence(r)) AS sentences, collect(ng.evidence(r)) AS evidence
ORDER BY who, whom, documents LIMIT $limit
"""
)
DOCUMENTS = """/*
title: Documents
question: Which documents are there?
columns: {name: Its name}
example: narragraph query run listed
*/
MATCH (d:Document) WHERE d.root = d.id AND ng.document(d) RETURN d.name AS name ORDER BY name LIMIT $limit
"""


charge = partial(edge, "ACCUSES")


@pytest.fixture
def view(cypher_store: Store) -> Iterator[View]:
    """Six documents in which Anna and a government accuse Boris and one another."""
    dated = {"published": "2021-05-07", "language": "en", "collection": "north"}
    first = document("first", **dated)
    month = document("month", published="2021-06", language="de")
    undated = document("undated", language="en")
    copy = document("copy", **{**dated, "published": "2021-05-08"})
    case = document("case", genre="case", published="2022-01-01", language="en")
    reprint = edge("SYNDICATED_FROM", copy, first, copy)
    page = appearance("page")
    page = Node(page.id, page.type, page.name, (), {**page.properties, "language": "ru"})
    review = edge("REVIEWS", case, page, case)
    north: Any = {"collection": "north", "modality": "asserted"}
    with cypher_store.writer() as writer:
        writer.put_all(
            [
                bundle(first, *PEOPLE, charge(anna, boris, first, **north), charge(anna, boris, first, 20, **north)),
                bundle(copy, *PEOPLE, first, charge(anna, boris, copy, **north), reprint),
                bundle(month, STATE, boris, charge(STATE, boris, month, modality="reported")),
                bundle(undated, GOVERNMENT, boris, charge(GOVERNMENT, boris, undated, modality="hypothetical")),
                bundle(case, *PEOPLE, page, review, charge(boris, anna, case, modality="asserted")),
            ]
        )  # fmt: skip
    with cypher_store.view() as view:
        yield view


def ask(view: View, text: str = COUNTED, **given: Any) -> list[tuple[Any, ...]]:
    return runner.run(view, pack.parse(text, name="counted", pack="own"), given).rows.rows


def accusers(view: View, **given: Any) -> list[str]:
    return [row[0] for row in ask(view, **given)]


def test_reprints_and_a_government_are_folded_and_sentences_counted(view: View) -> None:
    assert ask(view) == [("Anna", "Boris", 1, 1), ("Arland", "Boris", 2, 2), ("Boris", "Anna", 1, 1)]


def test_without_folding_a_government_stands_for_itself(view: View) -> None:
    query = pack.parse(COUNTED, name="counted", pack="own")
    rows = runner.run(view, query, fold=False).rows.rows
    assert [row[0] for row in rows] == ["Anna", "Arland", "Boris", "Government"]
    assert runner.run(view, query, {"by": "Arland"}).rows.rows == [("Arland", "Boris", 2, 2)]
    assert runner.run(view, query, {"by": "Arland"}, fold=False).rows.rows == [("Arland", "Boris", 1, 1)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"since": "2021-05-08"}, ["Anna", "Arland", "Boris"]),
        ({"since": "2021-06"}, ["Arland", "Boris"]),
        ({"since": "2021-06-20"}, ["Arland", "Boris"]),  # a document of June may be of its end
        ({"since": "2022"}, ["Boris"]),
        ({"until": "2021-05-07"}, ["Anna"]),
        ({"until": "2021"}, ["Anna", "Arland"]),
        ({"since": "2021-05", "until": "2021-05"}, ["Anna"]),
        ({"min_confidence": "0.9"}, []),
        ({"modality": "asserted"}, ["Anna", "Boris"]),
        ({"modality": "hypothetical"}, ["Arland"]),
        ({"language": "de"}, ["Arland"]),
        ({"language": "ru"}, ["Boris"]),  # of the page that the document reviews
        ({"document": "document:month"}, ["Arland"]),
        ({"document": ["Document month", "document case"]}, ["Arland", "Boris"]),
        ({"collection": "north"}, ["Anna"]),
        ({"since": "2021-06", "modality": "asserted", "language": "en"}, ["Boris"]),
    ],
)
def test_a_filter_leaves_in_what_it_is_said_to(view: View, given: dict[str, Any], found: list[str]) -> None:
    assert accusers(view, **given) == found


def test_documents_are_filtered_as_what_they_say_is(view: View) -> None:
    def names(**given: Any) -> list[str]:
        return [row[0].removeprefix("Document ") for row in ask(view, DOCUMENTS, **given)]

    assert names() == ["case", "copy", "first", "month", "undated"]
    assert names(until="2021-05-31") == ["copy", "first"]
    assert names(language="ru") == ["case"]
    assert names(collection="north", since="2021-05-08") == ["copy"]
    assert names(document="document:undated") == ["undated"]
    with pytest.raises(ParameterError, match="no parameter 'min_confidence'"):
        names(min_confidence=0.5)


def test_what_confidence_hides_is_counted_beyond_the_limit(view: View) -> None:
    query = pack.parse(COUNTED, name="counted", pack="own")
    answer = runner.run(view, query, {"min_confidence": 0.9})
    assert (answer.rows.rows, answer.hidden) == ([], 3)
    answer = runner.run(view, query, {"limit": 2})
    assert (len(answer.rows.rows), answer.rows.more, answer.hidden) == (2, True, 0)
    assert not runner.run(view, query, {"limit": 3}).rows.more


def test_a_document_that_is_not_there_is_told_with_near_titles(view: View) -> None:
    with pytest.raises(NothingFound, match=r"no document in the store is named 'Document frist'.*'Document first'"):
        ask(view, document="Document frist")
    with pytest.raises(NothingFound, match=r"no collection 'south'\. There are north\."):
        ask(view, collection="south")
    with pytest.raises(NothingFound, match="nothing in the store is named 'Zoltan'"):
        ask(view, by="Zoltan")


def test_a_title_that_two_documents_bear_is_told(cypher_store: Store) -> None:
    with cypher_store.writer() as writer:
        for name in ("one", "two"):
            same = document(name)
            writer.put(bundle(Node(same.id, same.type, "The same", (), same.properties)))
    with cypher_store.view() as view, pytest.raises(AmbiguousName) as told:
        ask(view, document="the same")
    assert told.value.candidates == ("document:one  The same", "document:two  The same")


def test_what_was_loaded_before_a_day_can_be_asked_for(view: View) -> None:
    query = pack.parse(COUNTED, name="counted", pack="own")
    for day, count in (("2020-01-01", 0), ("2999-01-01", 3)):
        assert len(runner.ask(view, query, {}, loaded_before=day).rows(view).rows) == count


BARE = HEADER.replace("parameters:\n  by: {type: node, help: Who accuses.}\n", "")


def test_a_query_of_ones_own_cannot_write_nor_run_for_ever(view: View) -> None:
    with pytest.raises(QueryRefused, match=r"SET is not allowed \(line 11, column 11\)"):
        ask(view, BARE + "MATCH (n) SET n.x = 1")
    many = "UNWIND range(1, 1000000) AS"
    endless = f"{many} a {many} b WITH a, b WHERE a + b < 0 RETURN count(*) AS n"
    with pytest.raises(QueryFailed, match="stopped after 1 seconds"):
        runner.run(view, pack.parse(BARE + endless, name="endless", pack="own"), timeout=1)


def test_a_long_answer_comes_in_parts(view: View) -> None:
    text = "UNWIND range(1, 2500) AS n RETURN n AS n"
    parts = list(view.parts(text))
    assert [len(part.rows) for part in parts] == [1000, 1000, 500]
    assert [row[0] for part in parts for row in part.rows] == list(range(1, 2501))
    assert [(part.columns, part.rows) for part in view.parts("MATCH (n:Event) RETURN n.id AS id, n.name AS name")] == [
        (("id", "name"), [])
    ]
    unfinished = view.parts(text)
    assert len(next(unfinished).rows) == 1000
    unfinished.close()
    assert view.run("RETURN 1 AS n").rows == [(1,)], "the store answers on after an answer that nobody wanted whole"
    with pytest.raises(QueryRefused):
        next(view.parts("CREATE (n)"))
    with pytest.raises(QueryFailed):
        next(view.parts("RETURN x AS y"))


def test_a_store_plans_a_query_without_running_it(view: View) -> None:
    view.explain("MATCH (n:Actor {id: $id}) RETURN n.name AS name", {"id": "x"})
    with pytest.raises(QueryFailed, match=r"\(line 2, column 21\)"):
        view.explain("MATCH (n)\nWHERE n.id = RETURN n.name AS name")
    with pytest.raises(QueryRefused):
        view.explain("MATCH (n) DETACH DELETE n")
