"""Unlisted names: what tells that capitalised words name a person, a body or an outlet."""

from __future__ import annotations

import pytest

from narragraph.loaders.document import SourceDocument
from narragraph.loaders.extraction.pipeline import analyse


def named(text: str) -> dict[str, tuple[str, str]]:
    """What each name in the text means: its type and kind."""
    entities = analyse(SourceDocument("test", text)).entities.values()
    return {node.name: (node.type, str(node.properties.get("kind", ""))) for node in entities}


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        ("Yesterday Brook Harrow told us so.", "Brook Harrow", ("Actor", "person")),
        ("It was a lie, said Brook Harrow yesterday.", "Brook Harrow", ("Actor", "person")),
        ("They asked Hank Harrow.", "Hank Harrow", ("Actor", "person")),
        ("They asked Bill Harrow.", "Bill Harrow", ("Actor", "person")),
        ("GRVX denied the report.", "GRVX", ("Actor", "")),
        ("They read the Daily Harrow.", "Daily Harrow", ("Outlet", "")),
        ("They sued Harrow Mills Ltd over it.", "Harrow Mills Ltd", ("Actor", "company")),
        ("They met the liberal bloc Harrowna.", "Harrowna", ("Actor", "")),
    ],
)
def test_what_a_name_means(text: str, name: str, meaning: tuple[str, str]) -> None:
    assert named(text).get(name) == meaning


@pytest.mark.parametrize("text", ["They met near Harrow Shoal.", "BREAKING denied rumours.", "The Harrow lay in port."])
def test_what_names_nobody(text: str) -> None:
    assert not named(text)


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        ("The tabloids Harrow Kurir and Beacon ran it.", "Beacon", ("Outlet", "")),
        ("The tabloids Harrow Kurir and Beacon ran it.", "Harrow Kurir", ("Outlet", "")),
        ("A marketing firm, Brindle Nexa, ran the pages.", "Brindle Nexa", ("Actor", "")),
        ("Brindlecheck, an independent newsroom, rated it false.", "Brindlecheck", ("Outlet", "")),
        ("She told the news site 555, in tears.", "555", ("Outlet", "")),
        ("He told Channel 77 it was false.", "Channel 77", ("Outlet", "")),
        ("They read it out on BRTV.", "BRTV", ("Outlet", "channel")),
        ("It was carried by the channel TV Brindle.", "TV Brindle", ("Outlet", "")),
        ("A poll by Medion found it.", "Medion", ("Actor", "")),
        ("The photograph was published by Brindla yesterday.", "Brindla", ("Actor", "")),
        ("BKL leader Wade Harrow agreed.", "BKL", ("Actor", "")),
        ("President Lin Wei-han had fled.", "Lin Wei-han", ("Actor", "person")),
        ("They asked the legislator Quo Brindle Oo.", "Quo Brindle Oo", ("Actor", "person")),
        ("They mocked General Brindle again.", "General Brindle", ("Actor", "person")),
        ("It angered Brindlo Putin, a cook.", "Brindlo Putin", ("Actor", "person")),
        ("It angered Putin Brindlo, too.", "Putin Brindlo", ("Actor", "")),
        ("Brindlo Harrowsk won. Harrowsk denied it.", "Brindlo Harrowsk", ("Actor", "person")),
        ("The head of Mali's mining union, Brindlo Harrowsk, denied it.", "Brindlo Harrowsk", ("Actor", "person")),
        ("The mission in Mali, Unmami, denied it.", "Unmami", ("Actor", "")),
    ],
)
def test_what_stands_beside_a_name_tells_it(text: str, name: str, meaning: tuple[str, str]) -> None:
    assert named(text).get(name) == meaning


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The polls show Brindle in the lead.", "Brindle"),
        ("Some 555 people told the site 40 times.", "40"),
        ("It was a plan of the General Staff.", "General Staff"),
        ("Mere Moscow-based clerks denied it.", "Moscow-based"),
        ("The CCTV footage was old.", "CCTV"),
        ("The embassy in Dar es Brindle said so.", "Dar es Brindle"),
        ("They lost a Qx-76, the army said.", "Qx-76"),
        ("Hutu officers had fled.", "Hutu"),
    ],
)
def test_what_stands_beside_a_word_makes_it_no_name(text: str, name: str) -> None:
    assert name not in named(text)


def test_a_person_is_known_by_a_middle_name_and_without_the_first() -> None:
    text = "Wade Brindlo Harrowsk left. Brindlo lied. Mr Brindlo Harrowsk denied it."
    analysis = analyse(SourceDocument("test", text))
    assert {mention.entity for mention in analysis.mentions} == {"actor:wade-brindlo-harrowsk"}
    assert len(analysis.mentions) == 3


@pytest.mark.parametrize(
    "text",
    ["Spokesman Ma Brindlo left. Ma denied it.", "Keir Brindlo, a lawyer, left. Sir Keir denied it."],
)
def test_short_surnames_and_knights_are_known_again(text: str) -> None:
    assert len({mention.entity for mention in analyse(SourceDocument("test", text)).mentions}) == 1
    assert len(analyse(SourceDocument("test", text)).mentions) == 2


def test_a_surname_alone_joins_no_other_document() -> None:
    first, second = (analyse(SourceDocument(key, "They mocked General Brindle again.")).entities for key in "ab")
    assert not first.keys() & second.keys()


@pytest.mark.parametrize(
    "text",
    [
        "| Link | Date | Authors | Org |\n| --- | --- | --- | --- |\n"
        "| [page](https://x.org/a) | 2021/01/02 | Anna Tuukkel, Hank Brindle | Brindle Post |\n",
        "The lake was poisoned.\n\nReported by: Hank Brindle, former journalist\n",
    ],
)
def test_persons_in_tables_and_metadata_are_told_by_their_given_names(text: str) -> None:
    assert named(text).get("Hank Brindle") == ("Actor", "person")
