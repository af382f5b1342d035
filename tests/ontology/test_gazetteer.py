"""Known names: every one leads to one entry, or says that it is ambiguous."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from narragraph.errors import OntologyError
from narragraph.graph import model
from narragraph.ontology.gazetteer import (
    BUILT_IN,
    FOLDER,
    ID_PREFIXES,
    KINDS,
    Entry,
    Gazetteer,
    load_gazetteer,
    slug,
    spelled_like,
)

GAZETTEER = load_gazetteer()
STATES = [entry for entry in GAZETTEER.entries if entry.kind == "state"]


def usual(text: str) -> str:
    return GAZETTEER.lookup(text)[0].entry.id


# ── The data ──


@pytest.mark.parametrize("name", [name for name, _ in BUILT_IN])
def test_a_file_is_well_formed(name: str) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    for row in rows:
        assert None not in row, row
        assert row["kind"], row
        assert row["source"], row
        assert all(value == value.strip() for value in row.values()), row
        for column in ("aliases", "demonyms", "capital", "government_aliases"):
            forms = row.get(column, "").split("|")
            assert len(forms) == len(set(forms)), row
            assert "" not in forms or forms == [""], row


def test_ids_are_well_formed() -> None:
    for entry in GAZETTEER.entries:
        assert entry.id.startswith(ID_PREFIXES[entry.type])
        assert re.fullmatch(r"[a-z]+:(?:[A-Z]{2}|[^\W_A-Z]+(?:-[^\W_A-Z]+)*)", entry.id), entry.id
        assert entry.kind in KINDS[entry.type], entry
        assert not entry.wikidata or re.fullmatch(r"Q[1-9]\d*", entry.wikidata), entry


def test_ids_that_entries_refer_to_exist() -> None:
    for entry in GAZETTEER.entries:
        for other in (entry.country, entry.run_by, entry.part_of, *entry.member_of):
            assert not other or other in GAZETTEER.by_id, entry


def test_a_wikidata_item_stands_for_one_entry() -> None:
    items = [entry.wikidata for entry in GAZETTEER.entries if entry.wikidata]
    assert len(items) == len(set(items))


def test_every_form_is_unambiguous_or_marked() -> None:
    holders = defaultdict(set)
    for form in GAZETTEER.forms():
        if not form.ambiguous:
            holders[form.text].add(form.entry.id)
    assert {text: ids for text, ids in holders.items() if len(ids) > 1} == {}


def test_a_marked_form_has_another_form_beside_it() -> None:
    for entry in GAZETTEER.entries:
        forms = list(entry.forms())
        assert any(not form.ambiguous for form in forms), entry


@pytest.mark.parametrize("state", STATES, ids=lambda state: str(state.id))
def test_a_state_has_a_demonym_and_a_government(state: Entry) -> None:
    assert state.demonyms or state.id == "country:VA"
    government = GAZETTEER.government_of(state.id)
    assert government is not None
    assert government.country == state.id


def test_all_member_states_and_many_territories_are_there() -> None:
    assert len(STATES) >= 197
    for code in ("TW", "PS", "XK", "VA", "HK", "GL"):
        assert f"country:{code}" in GAZETTEER.by_id
    for name in ("Donbas", "Crimea", "Central Asia", "Soviet Union", "Chechnya", "Transnistria", "Gaza"):
        assert usual(name).startswith("country:")


# ── How texts call them ──


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US", "country:US"),
        ("Americans", "country:US"),
        ("Britons", "country:GB"),
        ("Kazakhstani", "country:KZ"),
        ("Kremlin", "actor:government-of-russia"),
        ("Moscow", "actor:government-of-russia"),
        ("Kiev", "actor:government-of-ukraine"),
        ("Downing Street", "actor:government-of-united-kingdom"),
        ("Polish authorities", "actor:government-of-poland"),
        ("US government", "actor:government-of-united-states"),
        ("Zelenskiy", "actor:volodymyr-zelensky"),
        ("Lukashenka", "actor:alexander-lukashenko"),
        ("Daesh", "actor:islamic-state"),
        ("the West", "actor:the-west"),
        ("Russia Today", "outlet:rt"),
        ("the Guardian", "outlet:the-guardian"),
        ("The Guardian", "outlet:the-guardian"),
        ("theguardian.com", "outlet:the-guardian"),
        ("pro-Kremlin media", "outlet:pro-kremlin-media"),
        ("Pro-Kremlin Media", "outlet:pro-kremlin-media"),
        ("Georgia", "country:GE"),
        ("Congo", "country:CD"),
    ],
)
def test_the_usual_reading(text: str, expected: str) -> None:
    assert usual(text) == expected


def test_an_ambiguous_form_gives_every_reading() -> None:
    readings = GAZETTEER.lookup("RSF")
    assert {form.entry.id for form in readings} == {"actor:rapid-support-forces", "actor:reporters-without-borders"}
    assert all(form.ambiguous for form in readings)


def test_the_usual_reading_stands_before_marked_ones() -> None:
    assert [form.entry.id for form in GAZETTEER.lookup("Georgia")] == ["country:GE", "country:georgia-us"]


@pytest.mark.parametrize("text", ["us", "who", "turkeY", "it", "bild", "west"])
def test_capitals_count(text: str) -> None:
    assert GAZETTEER.lookup(text) == ()


@pytest.mark.parametrize(
    ("form", "surface", "fits"),
    [
        ("WHO", "WHO", True),
        ("WHO", "who", False),
        ("media", "MEDIA", True),
        ("Turkey", "TURKEY", True),
        ("a", "ab", False),
    ],
)
def test_spelling(form: str, surface: str, fits: bool) -> None:
    assert spelled_like(form, surface) is fits


def test_a_capital_means_the_government_and_says_so() -> None:
    (form,) = GAZETTEER.lookup("Warsaw")
    assert (form.entry.name, form.how) == ("Government of Poland", "capital")


def test_a_government_has_its_article() -> None:
    assert GAZETTEER.by_id["actor:government-of-netherlands"].name == "Government of the Netherlands"


@pytest.mark.parametrize("name", ["Côte d'Ivoire", "Société X", "Jarosław Kaczyński", "Мария", "!!", "A_b  c"])
def test_the_slug_is_that_of_the_graph(name: str) -> None:
    assert slug(name) == model.slug(name)


# ── Files of users ──


def add(tmp_path: Path, text: str) -> Gazetteer:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return load_gazetteer([path])


def test_a_user_adds_an_entry_with_a_type_and_a_name(tmp_path: Path) -> None:
    mine = add(tmp_path, "type,name,aliases,source\nActor,Ministry of Magic,MoM|the Ministry?,my own list\n")
    entry = mine.by_id["actor:ministry-of-magic"]
    assert entry.aliases == ("MoM", "the Ministry")
    assert entry.ambiguous == {"the Ministry"}


def test_a_known_id_adds_to_its_entry(tmp_path: Path) -> None:
    mine = add(tmp_path, "type,id,name,aliases,reason\nOutlet,outlet:rt,RT,Rossija Segodnja TV,seen\n")
    assert {"Russia Today", "Rossija Segodnja TV"} <= set(mine.by_id["outlet:rt"].aliases)
    assert mine.by_id["outlet:rt"].kind == "broadcaster"


def test_what_a_row_replaces_in_a_known_entry_is_noted(tmp_path: Path) -> None:
    mine = add(tmp_path, "type,id,name,role,reason\nActor,actor:joe-biden,Joe Biden,former president,term ended\n")
    assert mine.by_id["actor:joe-biden"].role == "former president"
    (note,) = mine.notes
    assert "mine.csv, line 2, column role: 'former president' replaces 'president' of Joe Biden (actor:" in note
    assert GAZETTEER.notes == ()


def test_a_guess_gives_the_kind_where_it_was_right_about_the_type(tmp_path: Path) -> None:
    header = "type,name,kind,guess,reason\n"
    rows = 'Actor,A B,,"Actor, person",x\nOutlet,C D,,"Actor, person",x\nActor,E F,ngo,"Actor, person",x\n'
    mine = add(tmp_path, header + rows)
    assert [mine.by_id[id].kind for id in ("actor:a-b", "outlet:c-d", "actor:e-f")] == ["person", "", "ngo"]


def test_another_name_for_a_known_id_is_one_more_form(tmp_path: Path) -> None:
    mine = add(tmp_path, "type,id,name,reason\nActor,actor:joe-biden,Dzho Bayden,seen\n")
    assert mine.by_id["actor:joe-biden"].name == "Joe Biden"
    assert mine.lookup("Dzho Bayden")[0].entry.id == "actor:joe-biden"
    assert mine.notes == ()


def test_rows_without_a_type_are_passed_over(tmp_path: Path) -> None:
    assert add(tmp_path, "type,name,count\n,Undecided,17\n").lookup("Undecided") == ()


def test_a_state_of_a_user_gets_a_government(tmp_path: Path) -> None:
    header = "type,name,kind,demonyms,capital,reason\n"
    mine = add(tmp_path, header + "Country,Ruritania,state,Ruritanian|Ruritanians,Strelsau,a novel\n")
    assert mine.lookup("Ruritanian government")[0].entry.id == "actor:government-of-ruritania"
    assert mine.lookup("Strelsau")[0].how == "capital"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"mine\.csv, line 1: no column type and name"),
        ("name,aliases\nX,Y\n", r"mine\.csv, line 1: no column type"),
        ("type,name,alias\nActor,X,Y\n", r"line 1: unknown column 'alias'.*aliases"),
        ("type,name,name\nActor,X,Y\n", r"line 1: a column stands twice"),
        ("type,name\nPerson,X\n", r"line 2, column type: type 'Person'.*Actor"),
        ("type,name\nActor,\n", r"line 2, column name: no name"),
        ("type,name,reason\nActor,X,\n", r"line 2, column reason: X has no reason"),
        ("type,name,country,reason\nActor,X,QQ,seen\n", r"line 2, column country: no entry has the id country:QQ"),
        ("type,name\nActor,X,Y\n", r"line 2: 3 cells where the header has 2"),
        ("type,name,id\nActor,X,outlet:x\n", r"line 2, column id: id 'outlet:x' is not actor:"),
        ("type,name,kind\nActor,X,wizard\n", r"line 2, column kind: kind 'wizard'.*person"),
        (
            "type,name,reason\nActor,Somebody New,seen\nActor,Putin,seen\n",
            r'line 3, column name: "Putin" already means Vladimir Putin \(actor:vladimir-putin\).*"Putin\?"',
        ),
        (
            "type,name,aliases,reason\nActor,Somebody New,Kremlin,seen\n",
            r'column aliases: "Kremlin" already means Government of Russia',
        ),
        ('type,name\nActor,"X"Y\n', r"line 2: not well-formed CSV"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        add(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"nowhere\.csv: No such file"):
        load_gazetteer([tmp_path / "nowhere.csv"])


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "binary.csv"
    path.write_bytes(b"type,name\nActor,\xff\xfe\n")
    with pytest.raises(OntologyError, match=r"binary\.csv: not UTF-8"):
        load_gazetteer([path])
