"""Which names may mean the same, and which look alike and are not."""

from __future__ import annotations

import pytest

from narragraph.graph.identity.candidates import candidates, compare
from narragraph.graph.model import Node, digest, slug


def person(name: str, *aliases: str, **properties: str) -> Node:
    return Node(
        f"actor:{slug(name)}-{digest(*properties.values())}", "Actor", name, aliases, {"kind": "person", **properties}
    )


def outlet(name: str, *aliases: str, **properties: str) -> Node:
    return Node(f"outlet:{slug(name)}-y", "Outlet", name, aliases, dict(properties))


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (person("Ida Lund"), Node("actor:z", "Actor", "IDA LUND"), "the same name"),
        (person("Zoë Brandt"), person("Zoe Brandt"), "the same name"),
        (person("Lund Ida"), person("Ida Lund"), "another order"),
        (person("Viktor Harbowski"), person("Victor Harbovski"), "nearly alike"),
        (person("I. Lund"), person("Ida Lund"), "initial"),
        (person("Ida M. Lund"), person("Ida Maria Lund"), "initial"),
        (person("Юрий Лундов"), person("Yuriy Lundov"), "the same name"),
        (person("Juri Lundow"), person("Yury Lundov"), "another transliteration"),
        (person("Αντώνης Λουνδής"), person("Antonis Lundis"), "another transliteration"),
        (person("Husni Salih"), person("Hosny Saleh"), "but for vowels"),
        (person("Ida al-Lund"), person("Ida Lund"), "small words"),
        (person("Ida Har Bow"), person("Ida Harbow"), "spaces"),
        (person("Chris Lund"), person("Christopher Lund"), "begins like the other"),
        (person("President Ida Lund"), person("Ida Lund"), "part of"),
        (outlet("HMB"), outlet("Harbour Morning Bulletin"), "initials"),
        (outlet("Harbour Monitor"), outlet("Harbour Monitor Weekly"), "part of"),
        (outlet("harbourmonitor.example", domain="harbourmonitor.example"), outlet("Harbour Monitor"), "spaces"),
        (person("Ida Lund"), person("Brandt", "Ida Lund"), "the same name"),
    ],
)
def test_names_that_may_be_one(one: Node, other: Node, reason: str) -> None:
    (found,) = candidates([one, other])
    assert reason in found.reasons[0]
    assert 0.7 <= found.score <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Ivan Harbow"), person("Petr Harbow")),
        (person("Ivan Harbow"), person("Iva Harbowa")),
        (person("Mario Harbow"), person("Maria Harbow")),
        (person("Jan Harbow"), person("Jana Harbow")),
        (person("President Harbow"), person("President Lund")),
        (person("Ida Lund"), outlet("Ida Lund")),
        (person("Ida Lund", wikidata="Q1"), person("Ida Lund", wikidata="Q2")),
        (outlet("Channel 5"), outlet("Channel 6")),
        (outlet("Harbour News", domain="a.example"), outlet("Harbor News", domain="b.example")),
        (person("Berland officials", kind="collective"), Node("actor:q", "Actor", "Berland officials")),
        (person("Lund's spokesman"), Node("actor:q", "Actor", "Lund's spokesman")),
        (
            Node("actor:european-commission", "Actor", "European Commission"),
            Node("actor:european-council", "Actor", "EC"),
        ),
    ],
)
def test_names_that_are_two(one: Node, other: Node) -> None:
    assert candidates([one, other]) == []


def test_an_office_may_be_whoever_has_held_it_as_the_dates_tell() -> None:
    office = person("President of Arland", role="president", country="country:AL")
    holder = person("Ida Lund", role="president", country="country:AL")
    others = [
        person("Anna Berg", role="president", country="country:BE"),
        person("Eva Horn", role="prime minister", country="country:AL"),
    ]
    (found,) = candidates([office, holder, *others])
    assert {found.left.id, found.right.id} == {office.id, holder.id}
    assert "has held the office" in found.reasons[0]
    assert "mind the dates" in found.reasons[0]


def test_what_speaks_against_it_is_told_and_counts() -> None:
    same, _ = compare(person("Ida Lund"), person("Ida Lund", country="country:DK"))
    other, reasons = compare(person("Ida Lund", country="country:SE"), person("Ida Lund", country="country:DK"))
    assert other < same
    assert "but country country:SE and country:DK" in reasons


def test_the_likeliest_come_first_and_decided_ones_no_more() -> None:
    nodes = [person("Ida Lund"), Node("actor:z", "Actor", "Ida Lund"), person("I. Lund")]
    found = candidates(nodes)
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    decided = {(found[0].left.id, found[0].right.id)}
    assert len(candidates(nodes, decided=decided)) == len(found) - 1


def test_a_thousand_names_take_no_time_of_their_square() -> None:
    nodes = [person(f"Given{i} Family{i}") for i in range(3000)]
    assert candidates(nodes) == []
