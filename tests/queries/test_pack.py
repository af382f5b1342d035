"""Query files: a header that tells what the query answers, and parameters that are checked before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from narragraph.errors import OntologyError, ParameterError, UnknownQuery
from narragraph.queries import pack
from narragraph.queries.parameters import bind

QUERY = """/*
title: Nodes of a kind
question: Which nodes are of a kind?
parameters:
  kind: {type: text, required: true, help: The kind.}
  begun: {type: date, help: A day.}
  share: {type: number, default: 0.5, help: A share.}
  order: {type: text, default: up, choices: [up, down], help: The order.}
  all: {type: boolean, default: false, help: Whether all.}
limit: 10
columns: {name: Its name}
example: narragraph query run of-kind -p kind=person
*/
MATCH (n {kind: $kind}) RETURN n.name AS name ORDER BY name LIMIT $limit
"""


@pytest.fixture
def query() -> pack.Query:
    return pack.parse(QUERY, name="of-kind", pack="own")


def test_a_header_tells_everything_about_a_query(query: pack.Query) -> None:
    assert (query.name, query.pack, query.title) == ("of-kind", "own", "Nodes of a kind")
    assert query.parameters["kind"].required
    assert query.parameters["limit"].default == 10
    assert query.body.startswith("MATCH (n {kind: $kind})")
    assert query.cypher.splitlines()[13].startswith("MATCH"), "faults are told with lines of the file"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("MATCH (n) RETURN n", "must begin with a /\\* header"),
        ("/* title: [ */ RETURN 1", "not YAML"),
        ("/* just words */ RETURN 1", "no fields"),
        ("/* title: A */ RETURN 1", "lacks"),
        (
            QUERY.replace("columns:", "colums:"),
            "line 11: its header has an unknown field 'colums'. Did you mean columns",
        ),
        (QUERY.replace("title:", "subject:"), "unknown field 'subject'"),
        (QUERY.replace("$kind", "$knd"), "line 14: \\$knd is no parameter. Did you mean kind"),
        (QUERY.replace("MATCH", "MATCH ng.witin(n)"), "line 14: there is no function ng.witin"),
        (QUERY.replace("MATCH", "MATCH ng.within(n.x)"), "line 14: ng.within is called with the name of one variable"),
        (QUERY.replace("begun:", "since:"), "line 6: parameter 'since' is the program's own"),
        (QUERY.replace("default: 0.5", "default: half"), "line 7: the default of parameter 'share' must be a number"),
        (QUERY.replace("help: A day.", "help: A day, please."), "line 6: parameter 'begun' has unknown fields please"),
        (QUERY.replace("limit: 10", "limit: many"), "line 10: limit must be a whole number"),
        (QUERY.replace("type: text, required", "type: word, required"), "parameter 'kind' needs a type"),
        (QUERY.partition("MATCH")[0], "no Cypher follows"),
    ],
)
def test_a_file_that_is_no_query_says_what_is_wrong_with_it(broken: str, reason: str) -> None:
    with pytest.raises(OntologyError, match=reason) as told:
        pack.parse(broken, name="of-kind", pack="own")
    assert "own/of-kind" in str(told.value)


def test_texts_become_values_of_the_parameter_types(query: pack.Query) -> None:
    given = {"kind": "person", "begun": "2022-01-31", "share": "0.25", "limit": "3", "order": "down", "all": "yes"}
    assert bind(query.name, query.parameters, given) == {
        "kind": "person", "begun": "2022-01-31", "share": 0.25, "limit": 3, "order": "down", "all": True,
    }  # fmt: skip


def test_defaults_stand_in_for_what_is_not_given(query: pack.Query) -> None:
    values = bind(query.name, query.parameters, {"kind": "person"})
    assert (values["begun"], values["share"], values["limit"], values["all"]) == (None, 0.5, 10, False)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "needs 'kind'"),
        ({"kind": "a", "colour": "red"}, "no parameter 'colour'"),
        ({"kind": "a", "limit": "many"}, "limit must be a whole number"),
        ({"kind": "a", "limit": 1.5}, "limit must be a whole number"),
        ({"kind": "a", "limit": "-1"}, "limit must be a whole number, 0 or more"),
        ({"kind": "a", "share": "half"}, "share must be a number"),
        ({"kind": "a", "share": "nan"}, "share must be a number"),
        ({"kind": "a", "begun": "yesterday"}, "begun must be a date like 2022-01-31"),
        ({"kind": "a", "all": "perhaps"}, "all must be true or false"),
        ({"kind": "a", "order": "sideways"}, "order must be one of up, down"),
    ],
)
def test_a_wrong_parameter_is_told_with_the_right_ones(
    query: pack.Query, given: dict[str, object], reason: str
) -> None:
    with pytest.raises(ParameterError, match=reason) as told:
        bind(query.name, query.parameters, given)
    assert "kind (text, required): The kind." in str(told.value)


def test_an_unknown_query_is_told_with_near_names() -> None:
    with pytest.raises(UnknownQuery, match=r"Did you mean .*who-accuses-whom"):
        pack.find("who-accuses-who", pack.load_packs())


def test_a_folder_of_ones_own_adds_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "of-kind.cypher").write_text(QUERY, "utf-8")
    assert "of-kind" in pack.load_packs([tmp_path])
    monkeypatch.setenv("NARRAGRAPH_PACKS", str(tmp_path))
    assert "of-kind" in pack.load_packs()


def test_a_folder_of_ones_own_cannot_shadow_a_canned_query(tmp_path: Path) -> None:
    (tmp_path / "who-accuses-whom.cypher").write_text(QUERY, "utf-8")
    with pytest.raises(OntologyError, match="has the name of one in pack 'accusations'"):
        pack.load_packs([tmp_path])


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such folder"):
        pack.load_packs([tmp_path / "nowhere"])
