"""Records: one JSON object a line, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narragraph.errors import RecordError
from narragraph.graph.model import Edge, Node
from narragraph.graph.records import from_line, to_line

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
offsets = st.integers(0, 2**40)
numbers = st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False)
values = words | numbers | st.booleans() | st.lists(words, max_size=3) | st.lists(offsets, max_size=3)
fields = {"record", "id", "type", "name", "aliases", "source", "target", "document", "sentence", "start", "end"}
fields |= {"confidence", "spans"}
properties = st.dictionaries(words.filter(lambda key: key not in fields), values, max_size=4)
nodes = st.builds(Node, words, words, words, st.lists(words, max_size=3).map(tuple), properties)
edges = st.builds(
    Edge,
    *[words] * 5,
    st.none() | words,
    st.none() | offsets,
    st.none() | offsets,
    st.floats(0, 1),
    st.lists(st.tuples(offsets, offsets), max_size=3).map(tuple),
    properties,
)


@given(nodes | edges)
def test_a_record_comes_back_from_its_line_as_it_was(record: Node | Edge) -> None:
    line = to_line(record)
    assert "\n" not in line
    assert from_line(line) == record
    assert to_line(from_line(line)) == line  # type: ignore[arg-type]


@given(nodes)
def test_the_order_in_which_properties_were_set_leaves_no_trace(node: Node) -> None:
    backwards = dict(reversed(list(node.properties.items())))
    assert to_line(Node(node.id, node.type, node.name, node.aliases, backwards)) == to_line(node)


def test_text_stays_readable() -> None:
    assert "Львів" in to_line(Node("country:x", "Country", "Львів"))


def test_an_empty_line_is_no_record() -> None:
    assert from_line(" \n") is None


node = {"record": "node", "id": "actor:a", "type": "Actor", "name": "A", "aliases": []}
edge = {"record": "edge", "id": "edge:1", "type": "ACCUSES", "source": "a", "target": "b", "document": "d"}


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "a record is a JSON object"),
        ('"node"', "a record is a JSON object"),
        ("[" * 100_000, "not JSON"),
        ('{"record": "node", "x": NaN}', "NaN is no number"),
        ({**node, "record": "vertex"}, '"record" must be "node" or "edge"'),
        ({**node, "id": ""}, '"id" is missing'),
        ({**node, "name": 3}, '"name" is missing or is not text'),
        ({**node, "aliases": "A"}, '"aliases" must be a list of texts'),
        ({**node, "more": {"a": 1}}, '"more" must be text'),
        ({**node, "more": [1, "a"]}, '"more" must be text'),
        ('{"record": "node", "id": "a", "type": "b", "name": "c", "x": 1e999}', '"x" must be text'),
        ({**edge, "target": None}, '"target" is missing'),
        ({**edge, "start": -1}, '"start" must be a whole number'),
        ({**edge, "end": 1.5}, '"end" must be a whole number'),
        ({**edge, "sentence": 5}, '"sentence" must be text'),
        ({**edge, "confidence": 1.01}, '"confidence" must be a number from 0 to 1'),
        ({**edge, "confidence": True}, '"confidence" must be a number from 0 to 1'),
        ({**edge, "spans": [[1]]}, '"spans" must be a list of pairs'),
        ({**edge, "spans": [[True, 2]]}, '"spans" must be a list of pairs'),
    ],
)
def test_what_is_no_record_is_told_with_its_line(spoiled: str | dict[str, Any], reason: str) -> None:
    line = spoiled if isinstance(spoiled, str) else json.dumps(spoiled)
    with pytest.raises(RecordError) as caught:
        from_line(line, 7)
    assert caught.value.line == 7
    assert reason in str(caught.value)
    assert str(caught.value).startswith("line 7: ")
