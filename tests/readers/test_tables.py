"""Tables: each row is a document or a case; bad rows are told by number and cost nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from narragraph.errors import DocumentError, InputError, UsageError
from narragraph.graph.model import Edge, Node
from narragraph.loaders import extract, sources
from narragraph.loaders.readers.files import find
from narragraph.loaders.readers.tables import parse_mapping

CASES = """date;outlet;language;origin;keywords;source;title;summary;disproof
05.03.2019;"Evening Talk @ Harbour TV, 21:55";Russian;Poland, Latvia;dams, rivers;https://harbour.example/1;\
Poland poisons the river;"Poland has poisoned the river.

Fish are dead.";No evidence given. The water was tested by both countries in May.
"""


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "table.csv") -> Path:
        place = tmp_path / name
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    return write


def documents(place: Path, errors: list[InputError] | None = None, **options: object) -> list[Node]:
    records = extract(place, on_error=errors.append if errors is not None else None, **options)  # type: ignore[arg-type]
    found = [record for record in records if isinstance(record, Node) and record.type == "Document"]
    return [
        node for node in found if node.properties["genre" if "genre" in node.properties else "reader"] != "appearance"
    ]


def read(place: Path, **options: Any) -> list[Node]:
    """The Document nodes of a table, read with options of ``sources``."""

    def stop(error: InputError) -> None:
        raise error

    found = sources(find([place], stop), on_error=stop, on_warning=lambda message: None, **options)
    records = [record for source in found for record in source.readable()]
    return [record for record in records if isinstance(record, Node) and record.type == "Document"]


def texts(place: Path, errors: list[InputError] | None = None, **options: object) -> list[str]:
    return [str(node.properties["text"]) for node in documents(place, errors, **options)]


def test_a_row_with_outlet_and_disproof_is_a_case(table: Callable[..., Path]) -> None:
    records = list(extract(table(CASES)))
    nodes = {record.id: record for record in records if isinstance(record, Node)}
    edges = [record for record in records if isinstance(record, Edge)]
    case, appearance = (node for node in nodes.values() if node.type == "Document")
    assert (case.name, case.properties["genre"], case.properties["reader"]) == (
        *("Poland poisons the river", "case", "table"),
    )
    assert (appearance.properties["url"], appearance.properties["published"], appearance.properties["language"]) == (
        *("https://harbour.example/1", "2019-03-05", "ru"),
    )
    told = {(edge.type, nodes[edge.source].name, nodes[edge.target].name) for edge in edges if edge.type != "MENTIONS"}
    assert ("PUBLISHED", "Harbour TV", "Poland poisons the river") in told
    assert ("PART_OF", "Evening Talk", "Harbour TV") in told
    assert ("DEBUNKS", "Poland poisons the river", "Poland poisons the river") in told
    discussed = {target for type, source, target in told if type == "ABOUT" and source == case.name}
    assert {"Poland", "Latvia"} <= discussed
    (published,) = (edge for edge in edges if edge.type == "PUBLISHED")
    assert (published.properties["programme"], published.properties["time"]) == ("Evening Talk", "21:55")
    assert published.sentence == "Outlet: Evening Talk @ Harbour TV, 21:55"


def test_every_sentence_stands_in_the_text_that_the_row_became(table: Callable[..., Path]) -> None:
    records = list(extract(table(CASES)))
    kept = {record.id: str(record.properties.get("text")) for record in records if isinstance(record, Node)}
    quoted = [record for record in records if isinstance(record, Edge) and record.sentence]
    assert quoted
    assert all(kept[edge.document][edge.start : edge.end] == edge.sentence for edge in quoted)


@pytest.mark.parametrize(
    ("outlets", "names"),
    [
        ("Harbour Times + rt.com+Show more", {"Harbour Times", "RT"}),
        ("RT, Sputnik", {"RT", "Sputnik"}),
        ("Ida Lund @ Facebook", {"Ida Lund"}),
        ("Harbour Post - YouTube", {"Harbour Post"}),
        ('Ida Lund\'s "Dawn Hour", political talk show, 26:47, 28:28', {"Dawn Hour"}),
        ("Harbour Times, regional daily", {"Harbour Times"}),
        ("Sputnik, Harbour Times, Lund News", {"Sputnik", "Harbour Times", "Lund News"}),
        ("lundby.example harbour.example", {"lundby.example", "harbour.example"}),
        ("Multiple websites: e.g. lundby.example, harbour.example", {"lundby.example", "harbour.example"}),
        ("+".join(f"site{number}.example" for number in range(60)), {f"site{number}.example" for number in range(60)}),
        ("Ida Lund's YouTube channel", {"Ida Lund"}),
        ("Facebook page of deputy, Ida Lund", {"Ida Lund"}),
        ('"Lund TV", YouTube channel', {"Lund TV"}),
        ("Foreign Minister Ida Lund in TASS", {"TASS"}),
        ("Ida Lund interviewed on harbour.example", {"harbour.example"}),
        ("TASS, citing a film on Channel One", {"TASS"}),
        ("Ria-Novosti", {"RIA Novosti"}),
        ("Various media outlets", set()),
        ("Fake version of the Harbour Times", set()),
        ("Facebook post", set()),
        ("Vladimir Putin", set()),
    ],
)
def test_each_outlet_of_a_case_has_an_appearance_of_its_own(
    table: Callable[..., Path], outlets: str, names: set[str]
) -> None:
    quoted = outlets.replace('"', '""')
    records = list(extract(table(f'outlet,title,disproof\n"{quoted}",Poland poisons the river,No evidence given.\n')))
    nodes = {record.id: record for record in records if isinstance(record, Node)}
    published = [record for record in records if isinstance(record, Edge) and record.type == "PUBLISHED"]
    assert {nodes[edge.source].name for edge in published} == names
    assert len({edge.target for edge in published}) == len(names)


@pytest.mark.parametrize(
    ("outlet", "programme", "channel"),
    [
        ("Evening Talk @ Harbour TV, 21:55", "Evening Talk", "Harbour TV"),
        ("Evening Talk (NTV), time 21:55", "Evening Talk", "NTV"),
        ("Evening Talk, NTV, 21:55", "Evening Talk", "NTV"),
        ('NTV, "Evening Talk" (@ YouTube, time 21:55)', "Evening Talk", "NTV"),
        ('NTV "Evening Talk" (21:55)', "Evening Talk", "NTV"),
        ("60 Minutes @ Rossiya 1 (21:55)", "60 Minutes (Rossiya 1)", "Rossiya 1"),
    ],
)
def test_a_programme_belongs_to_its_channel_and_has_a_time(
    table: Callable[..., Path], outlet: str, programme: str, channel: str
) -> None:
    quoted = outlet.replace('"', '""')
    records = list(extract(table(f'outlet,title,disproof\n"{quoted}",Poland poisons the river,No evidence given.\n')))
    nodes = {record.id: record for record in records if isinstance(record, Node)}
    edges = [record for record in records if isinstance(record, Edge)]
    (published,) = (edge for edge in edges if edge.type == "PUBLISHED")
    (part,) = (edge for edge in edges if edge.type == "PART_OF")
    assert (nodes[published.source].name, published.properties["time"]) == (channel, "21:55")
    assert (nodes[part.source].name, nodes[part.target].name) == (programme, channel)


def test_a_talk_show_is_a_programme_and_keeps_all_its_times(table: Callable[..., Path]) -> None:
    outlet = '"""Evening with Lund"", political talk show, 17:18, 19:39"'
    records = list(extract(table(f"outlet,title,disproof\n{outlet},Poland poisons the river,No evidence given.\n")))
    (published,) = (record for record in records if isinstance(record, Edge) and record.type == "PUBLISHED")
    (show,) = (record for record in records if record.id == published.source)
    assert (show.properties["kind"], published.properties["time"]) == ("programme", "17:18, 19:39")


@pytest.mark.parametrize("outlet", ["Margarita Simonyan @ NTV", "Ministry of Lundby @ NTV"])
def test_who_speaks_in_an_outlet_is_no_programme_of_it(table: Callable[..., Path], outlet: str) -> None:
    records = list(extract(table(f"outlet,title,disproof\n{outlet},Poland poisons the river,No evidence given.\n")))
    assert not [record for record in records if isinstance(record, Edge) and record.type == "PART_OF"]


def test_the_address_is_of_the_page_that_is_reviewed_and_not_of_the_case(table: Callable[..., Path]) -> None:
    (case,) = (node for node in documents(table(CASES)) if node.properties["genre"] == "case")
    assert "url" not in case.properties


def test_an_account_tells_its_platform(table: Callable[..., Path]) -> None:
    place = table("outlet,title,disproof\nIda Lund @ Facebook,Poland poisons the river,No evidence given.\n")
    (account,) = (node for node in extract(place) if isinstance(node, Node) and node.id == "outlet:ida-lund")
    assert (account.properties["kind"], account.properties["platform"]) == ("account", "Facebook")


ROWS = "title,published,text\nA dam,2020-01-02,Arland built a dam.\nA road,2020-01-03,Arland built a road.\n"


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        ROWS.replace(",", ";"),
        ROWS.replace(",", "\t"),
        ROWS.replace(",", "|"),
        "\ufeff" + ROWS,
        ROWS.replace("\n", "\r\n"),
        ROWS.encode("utf-16"),
        ROWS.replace("title", " Headline ").replace("text", "Full-Text"),
    ],
    ids=["comma", "semicolon", "tab", "bar", "mark", "windows", "utf-16", "headings"],
)
def test_a_table_is_read_however_it_was_saved(table: Callable[..., Path], content: str | bytes) -> None:
    assert texts(table(content)) == [
        "A dam\n\nPublished: 2020-01-02\n\nArland built a dam.",
        "A road\n\nPublished: 2020-01-03\n\nArland built a road.",
    ]


def test_lines_of_json_are_rows(table: Callable[..., Path]) -> None:
    place = table('{"title": "A dam", "text": "Arland built a dam.", "tags": ["dams", "rivers"], "n": 3}\n', "a.jsonl")
    assert texts(place) == ["A dam\n\nKeywords: dams, rivers\n\nArland built a dam."]


def test_columns_can_be_named(table: Callable[..., Path]) -> None:
    place = table("what,when,who\nArland built a dam.,2020-01-02,Harbour Times\n")
    columns = parse_mapping("text=what,date=when,source=who")
    assert texts(place, columns=columns) == ["Source: Harbour Times\nPublished: 2020-01-02\n\nArland built a dam."]


def test_markup_in_cells_is_no_text(table: Callable[..., Path]) -> None:
    place = table(
        'title,text\nA dam,"<p>Arland built a <b>dam</b> &amp; a road.</p><p>Twice.</p><script>x()</script>"\n'
    )
    assert texts(place) == ["A dam\n\nArland built a dam & a road.\nTwice."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", r"no column known to hold text, only 'a', 'b'\. Name it: --map text=COLUMN"),
        ("text,text\n1,2\n", r"has the column 'text' twice"),
        ("", "is empty"),
        (b"text,date\n\x00\x01\x02\x00\x00\x05" * 40, "binary|NUL"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(table: Callable[..., Path], content: str | bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        documents(table(content))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A dam,2020-01-02", r"row 2 \(line 3\): has 2 cells where the headings are 3"),
        ("A dam,2020-01-02,too,many", r"row 2 \(line 3\): has 4 cells where the headings are 3"),
        (",2020-01-02,", r"row 2: holds no text in 'text', 'title'"),
        ("-,n/a,NULL", r"row 2: holds no text in 'text', 'title'"),
    ],
)
def test_a_bad_row_is_told_by_number_and_the_others_are_read(table: Callable[..., Path], row: str, reason: str) -> None:
    first, second, third = ROWS.splitlines()
    errors: list[InputError] = []
    assert len(documents(table("\n".join([first, second, row, third, ""])), errors)) == 2
    (error,) = errors
    with pytest.raises(InputError, match=reason):
        raise error


@pytest.mark.parametrize(
    "rows",
    [
        ['"A dam,2020-01-02,It broke.', "A mill,2020-01-03,It burnt.", "A road,2020-01-04,It sank."],
        ['"A dam,2020-01-02,It broke.', "A mill,2020-01-03,It burnt.", 'A road,2020-01-04,"It sank."'],
        ["A mill,2020-01-03,It burnt.", 'A dam,2020-01-02,"It broke.', "A road,2020-01-04,It sank."],
    ],
    ids=["to the end", "to another quotation mark", "in the last cell"],
)
def test_a_stray_quotation_mark_costs_its_own_row_alone(table: Callable[..., Path], rows: list[str]) -> None:
    errors: list[InputError] = []
    found = documents(table("\n".join(["title,published,text", *rows, ""])), errors)
    assert {node.name for node in found} == {"A mill", "A road"}
    (error,) = errors
    line = next(number for number, row in enumerate(rows, 2) if "A dam" in row)
    assert f"row {line - 1} (line {line}): has a quotation mark without its other half" in str(error)


def test_a_bad_row_of_many_lines_is_one_error(table: Callable[..., Path]) -> None:
    errors: list[InputError] = []
    row = 'A dam,2020-01-02,"It broke.\nThen it sank.\n\nThen it was gone.",too,many'
    found = documents(table(f"title,published,text\n{row}\nA mill,2020-01-03,It burnt.\n"), errors)
    assert [node.name for node in found] == ["A mill"]
    assert len(errors) == 1
    assert "delimiter in a cell without quotation marks" in str(errors[0])


@pytest.mark.parametrize("date", ["00.00.0000", "last week", "99.99.2020", "tba"])
def test_a_date_that_names_no_day_costs_the_row_only_its_date_and_is_told(
    table: Callable[..., Path], date: str
) -> None:
    (document,) = documents(table(f"title,day,text\nA dam,{date},Arland built a dam.\n"), columns={"date": "day"})
    assert "published" not in document.properties
    assert document.properties["warnings"] == [f"column 'day': '{date}' names no day, month or year"]


def test_a_language_that_is_none_is_told(table: Callable[..., Path]) -> None:
    (case,) = documents(table(CASES.replace("Russian", "Moldova")))
    assert case.properties["warnings"] == ["column 'language': 'Moldova' is no language that is known"]
    (case,) = documents(table(CASES.replace("Russian", "Russian, English")))
    assert "warnings" not in case.properties


@pytest.mark.parametrize(
    ("date", "day_first", "month_first"),
    [
        ("12/01/2022", "2022-01-12", "2022-12-01"),
        ("13/01/2022", "2022-01-13", "2022-01-13"),
        ("12.01.2022", "2022-01-12", "2022-01-12"),
        ("2022-01-12", "2022-01-12", "2022-01-12"),
        ("2022-01", "2022-01", "2022-01"),
        ("2022", "2022", "2022"),
        ("Jan 12, 2022", "2022-01-12", "2022-01-12"),
    ],
)
def test_days_come_before_months_unless_months_are_said_to(
    table: Callable[..., Path], date: str, day_first: str, month_first: str
) -> None:
    place = table(f'title,date,text\nA dam,"{date}",Arland built a dam in the valley.\n')
    (document,) = documents(place)
    assert document.properties["published"] == day_first
    (document,) = read(place, month_first=True)
    assert document.properties["published"] == month_first
    assert date in str(document.properties["text"])


def test_the_day_of_what_a_case_reviews_can_be_month_first_too(table: Callable[..., Path]) -> None:
    place = table("outlet,date,title,disproof\nrt.com,12/01/2022,Poland poisons the river,No evidence given.\n")
    _, appearance = read(place, month_first=True)
    assert appearance.properties["published"] == "2022-12-01"


def test_keywords_issue_and_reviewer_of_a_row_are_kept(table: Callable[..., Path]) -> None:
    place = table(CASES.replace("date;", "issue;reported by;date;").replace("05.03", "82;Ida Lund;05.03"))
    (case,) = documents(place)
    kept = {name: case.properties[name] for name in ("keywords", "issue", "reviewer")}
    assert kept == {"keywords": ["dams", "rivers"], "issue": "82", "reviewer": "Ida Lund"}


def test_the_countries_of_a_case_are_never_accused_by_being_named(table: Callable[..., Path]) -> None:
    records = list(extract(table(CASES.replace("Poland poisons the river;", "A lie;").replace(
        "Poland has poisoned the river.", "Nothing is said of anybody."
    ))))  # fmt: skip
    about = {record.target for record in records if isinstance(record, Edge) and record.type == "ABOUT"}
    assert {"country:PL", "country:LV"} <= about
    assert not [record for record in records if isinstance(record, Edge) and record.type == "ACCUSES"]


def test_the_same_case_in_other_words_is_another_document_and_a_repeated_row_is_not(table: Callable[..., Path]) -> None:
    again = ROWS + "A dam,2020-01-02,Arland built one more dam.\nA dam,2020-01-02,Arland built a dam.\n"
    assert len({node.id for node in documents(table(again))}) == 3


def test_an_id_belongs_to_one_row(table: Callable[..., Path]) -> None:
    errors: list[InputError] = []
    place = table("id,text\n7,Arland built a dam.\n7,Arland built a road.\n8,Arland built a mill.\n")
    assert texts(place, errors) == ["Arland built a dam.", "Arland built a mill."]
    assert "row 2: another row with other words has its id '7'" in str(errors[0])


def test_a_row_keeps_its_identity_when_its_words_change(table: Callable[..., Path]) -> None:
    before = documents(table(ROWS))
    after = documents(
        table("title,published,text\nA road,2020-01-03,Arland built a road.\nA dam,2020-01-02,It fell.\n")
    )
    assert {node.id for node in before} == {node.id for node in after}


def test_rows_are_read_one_at_a_time(table: Callable[..., Path]) -> None:
    place = table(ROWS + "broken\n")
    errors: list[InputError] = []
    rows = sources(find([place], errors.append), on_error=errors.append, on_warning=lambda message: None)
    assert next(rows).path.endswith("table.csv, row 1")
    assert not errors  # the last row has not been read


@pytest.mark.parametrize("text", ["text", "text=", "words=body", "text=a,text=b"])
def test_a_mapping_that_maps_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_mapping(text)


def test_a_mapping_to_a_column_that_is_not_there_is_refused(table: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match=r"has no column 'body'\. It has 'title', 'published', 'text'"):
        documents(table(ROWS), columns={"text": "body"})
