"""What query files write as ng.…(variable), and what is put in its place."""

from __future__ import annotations

import pytest

from narragraph.queries.functions import FILTERS, FUNCTIONS, FunctionError, expand, parameters_in


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_speaks_of_its_variable_and_holds_no_value(function: str) -> None:
    text = expand(f"ng.{function}(thing)")
    assert "thing." in text
    assert "{x}" not in text
    assert "\n" not in text, "lines stay lines, so that faults are told by the right one"


def test_an_edge_is_asked_for_all_filters_and_a_document_for_those_that_it_can_meet() -> None:
    assert {name for name, _ in parameters_in(expand("ng.within(r)"))} == {*FILTERS, "loaded_before"}
    of_documents = {name for name, _ in parameters_in(expand("ng.document(d)"))}
    assert of_documents == {*FILTERS, "loaded_before"} - {"min_confidence", "modality"}


def test_strings_comments_and_other_names_are_left_alone() -> None:
    text = "// ng.id(a)\nRETURN 'ng.id(a)' AS x, \"ng.id(b)\" AS y, `ng.id(c)` AS z, /* ng.id(d) */ a.ng.id, $ng.id"
    assert expand(text) == text
    assert [name for name, _ in parameters_in("RETURN '$a' AS a, $b AS b // $c")] == ["b"]


def test_conditions_get_lines_of_their_own_where_people_read_them() -> None:
    assert len(expand("WHERE ng.within(r)", lines=True).splitlines()) > 5
    assert expand("ng.within(r)", lines=True).split() == expand("ng.within(r)").split()


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("RETURN ng.idd(a)", "there is no function ng.idd; there are ng.within,", 7),
        ("RETURN ng.id(a.b)", "ng.id is called with the name of one variable", 7),
        ("RETURN ng.id(a, b)", "ng.id is called with the name of one variable", 7),
        ("RETURN ng.id", "ng.id is called with the name of one variable", 7),
        ("RETURN ng.id(`a`) ", "ng.id is called with the name of one variable", 7),
    ],
)
def test_a_call_that_is_none_of_ours_is_told_with_its_place(text: str, reason: str, place: int) -> None:
    with pytest.raises(FunctionError) as told:
        expand(text)
    assert str(told.value).startswith(reason)
    assert told.value.place == place
