"""Dates as texts write them."""

from __future__ import annotations

import pytest

from narragraph.loaders.extraction.dates import find_dates, read_date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("12/01/2022", "2022-01-12"),
        ("13/12/2022", "2022-12-13"),
        ("12/25/2022", "2022-12-25"),
        ("20.09.2017", "2017-09-20"),
        ("2020-09-20-18-00-15", "2020-09-20"),
        ("2021-12-02T15:28:25-05:00", "2021-12-02"),
        ("2022/09/09", "2022-09-09"),
        ("July 21, 2021 -- 04:38 GMT (05:38 BST)", "2021-07-21"),
        ("November 2019", "2019-11"),
        ("31/02/2021", None),
        ("soon", None),
    ],
)
def test_a_line_of_metadata_gives_a_date_cut_to_its_precision(line: str, date: str | None) -> None:
    assert read_date(line) == date


def test_months_first_where_asked_for() -> None:
    assert read_date("12/01/2022", day_first=False) == "2022-12-01"


def values(text: str, published: str | None) -> list[str | None]:
    return [date.value for date in find_dates(text, 0, len(text), published)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 25 November 2018 and on March 3rd, 2019", ["2018-11-25", "2019-03-03"]),
        ("in mid-October 2018, in 2014, since early May 2020", ["2018-10", "2014", "2020-05"]),
        ("On Jan. 5, on Monday, yesterday", ["2022-01-05", "2022-01-10", "2022-01-11"]),
        ("on December 30", ["2021-12-30"]),
        ("last week, this month, last year, last summer", ["2022-01", "2022-01", "2021", "2021-06"]),
        ("he may 2022 times, 2,014 tweets, the 2015-2017 plan", []),
    ],
)
def test_dates_in_a_text_are_reckoned_from_its_publication(text: str, dates: list[str]) -> None:
    assert values(text, "2022-01-12") == dates


def test_without_a_day_of_publication_a_year_is_not_guessed() -> None:
    assert values("On Jan. 5, on Monday, on 7 July 2020", None) == [None, "2020-07-07"]
