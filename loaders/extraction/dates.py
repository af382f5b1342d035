"""Dates as texts write them: absolute ones, and those that lean on the day a document was published."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (
        calendar.month_name[number].lower(),
        calendar.month_abbr[number].lower(),
        "sept" if number == 9 else "",
    )
    if name
}
_WEEKDAYS = {day.lower(): number for number, day in enumerate(calendar.day_name)}
_MONTH = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"  # noqa: E501
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)\d\d)"
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)")
_BARE = re.compile(r"((?:19|20)\d\d)(?:[-./](\d\d))?")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[./](\d{1,2})[./](\d{1,2})")
_WRITTEN = re.compile(
    rf"\b(?:(?P<iso>{_ISO.pattern})"
    rf"|{_DAY}(?: of)? ({_MONTH})(?:,? {_YEAR})?\b"
    rf"|({_MONTH}) {_DAY}(?:(?:-|–| and | to )\d{{1,2}}(?:st|nd|rd|th)?)?(?:,? {_YEAR})?\b(?!\d)"
    rf"|(?:(early|mid|late|the beginning of|the end of)[ -])?({_MONTH})(?:,? {_YEAR})?\b"
    rf"|(?:in|since|of|by|from|the) {_YEAR}\b(?![-–]\d)"
    r"|(?:on |last |this )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|(yesterday|today|tonight|last (?:night|week|month|year|summer|winter|spring|autumn)"
    r"|(?:earlier )?this (?:week|month|year)))",
    re.IGNORECASE,
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


@dataclass(frozen=True)
class DateMention:
    """A date that a text gives: where, and the first day (ISO 8601, cut to its precision: "2022-01", "2014").

    ``value`` is None where the text gives day or month but nothing tells the year.
    """

    start: int
    end: int
    value: str | None

    @property
    def precision(self) -> str | None:
        """``day``, ``month`` or ``year``."""
        return ("year", "month", "day")[self.value.count("-")] if self.value else None


def read_date(text: str, *, day_first: bool = True) -> str | None:
    """The date in a line of metadata as ISO 8601, cut to its precision; None where there is none that can be.

    "12/01/2022" is 12 January unless ``day_first`` is false or it cannot be.
    """
    if match := _ISO.search(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _BARE.fullmatch(text.strip()):
        return _iso(int(match[1]), int(match[2]), None) if match[2] else match[1]
    if match := _YEAR_FIRST.search(text):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        plain = _iso(year, second, first) if day_first or match[2] == "." else _iso(year, first, second)
        return plain or _iso(year, first, second) or _iso(year, second, first)
    found = next(find_dates(text, 0, min(len(text), 200), None), None)
    return found.value if found else None


def find_dates(text: str, start: int, end: int, published: str | None) -> Iterator[DateMention]:
    """Dates in ``text[start:end]``; those without a year, and relative ones, are reckoned from ``published``."""
    today = _day(published)
    for match in _WRITTEN.finditer(text, start, end):
        value = _value(match, today)
        if value or (today is None and _is_partial(match)):
            yield DateMention(match.start(), match.end(), value)


def _is_partial(match: re.Match[str]) -> bool:
    _, _, _, _, day, _, _, _, day2, _, part, _, _, _, _, _ = match.groups()
    return bool(day or day2 or part)


def _value(match: re.Match[str], today: dt.date | None) -> str | None:
    groups = match.groups()
    iso, _, _, _, day, month, year, month2, day2, year2, _, month3, year3, year4, weekday, relative = groups
    if iso:
        return read_date(iso)
    if weekday or relative:
        return _relative(weekday, relative, today) if today else None
    if year4:
        return str(year4)
    number = MONTHS[(month or month2 or month3).lower().rstrip(".")]
    days = day or day2
    if month3 and month3.lower().rstrip(".") in ("may", "mar") and (not year3 or month3.islower()):
        return None  # "may" is a verb far more often than a month
    if not (found_year := year or year2 or year3):
        if today is None:
            return None
        found_year = _nearest_year(number, int(days) if days else 1, today)
    return _iso(int(found_year), number, int(days) if days else None)


def _nearest_year(month: int, day: int, today: dt.date) -> str:
    """The year of a date written without one: not more than three months ahead of the day of publication."""
    ahead = (today.year, month, day) > (today.year, today.month, today.day) and month - today.month > 3
    return str(today.year - 1 if ahead else today.year)


def _relative(weekday: str | None, phrase: str | None, today: dt.date) -> str:
    if weekday:
        back = (today.weekday() - _WEEKDAYS[weekday.lower()]) % 7
        return (today - dt.timedelta(days=back)).isoformat()
    words = (phrase or "").lower().split()
    unit = words[-1]
    past = words[0] in ("last", "yesterday")
    if unit in ("today", "tonight", "yesterday", "night"):
        return (today - dt.timedelta(days=int(past))).isoformat()
    if unit == "week":
        monday = today - dt.timedelta(days=today.weekday() + 7 * int(past))
        return monday.isoformat()[:7]
    if unit == "month":
        first = today.replace(day=1) - dt.timedelta(days=int(past))
        return first.isoformat()[:7]
    if unit in _SEASONS:
        year = today.year if _SEASONS[unit] < today.month else today.year - 1
        return f"{year}-{_SEASONS[unit]:02}"
    return str(today.year - int(past))


def _iso(year: int, month: int, day: int | None) -> str | None:
    try:
        return dt.date(year, month, day).isoformat() if day else dt.date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None


def _day(published: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
