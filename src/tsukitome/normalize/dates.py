"""Dates as Japanese documents print them, and the arithmetic of eras and fiscal years.

Everything is a ``datetime.date``; a span is (first day, last day), both included.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from tsukitome.normalize.text import fold, squeeze, table

Span = tuple[dt.date, dt.date]

_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_RANGE = (36526, 62500)  # 2000-01-01 to 2071-02-10: a bare number outside is no contract date
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2060, 12, 31)
# A notice is due within 72 days of the award under the WTO agreement (Article XVI:2); late ones are seen up to about 120.
PUBLICATION_LAG = dt.timedelta(days=120)

_ERA_WORD = r"明治|大正|昭和|平成|令和|[MTSHR]"
_FULL = re.compile(
    rf"(?P<era>{_ERA_WORD})?(?P<year>元|[0-9]{{1,4}})(?:年|[./-])(?P<month>[0-9]{{1,2}})(?:月|[./-])(?P<day>[0-9]{{1,2}})日?"
)
_TYPO_YEAR = re.compile(
    rf"(?P<era>{_ERA_WORD})(?P<year>元|[0-9]{{1,2}})月(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})日?"
)
_NO_YEAR = re.compile(r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日?")


@dataclass(frozen=True, slots=True)
class DateReading:
    """A printed date as read: ``date`` is None where it could not be, and ``warning`` then says why.

    A date that was repaired (``平成28月4月1日``) has both.
    """

    date: dt.date | None
    warning: str | None = None


@cache
def _eras() -> tuple[tuple[str, str, dt.date], ...]:
    return tuple((row["era"], row["letter"], dt.date.fromisoformat(row["first"])) for row in table("eras"))


def era_year(era: str, year: int) -> int | None:
    """The calendar year of an era's year (``平成``, 29 → 2017), by kanji or letter; None for an unknown era or year 0.

    平成31年 and later years are accepted past the end of the era: documents print them (平成31年度 = 令和元年度).
    """
    for name, letter, first in _eras():
        if era in (name, letter):
            return first.year + year - 1 if year > 0 else None
    return None


def fiscal_year(day: dt.date) -> int:
    """The fiscal year (April to March) that holds a day: 2018-03-19 → 2017."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_span(year: int) -> Span:
    """The first and last day of a fiscal year: 2017 → 2017-04-01, 2018-03-31."""
    return dt.date(year, 4, 1), dt.date(year + 1, 3, 31)


def month_span(year: int, month: int) -> Span:
    """The first and last day of a month; raises ValueError for a month that does not exist."""
    first = dt.date(year, month, 1)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none or a contract can't be of that year."""
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def bare_year(
    year: int, month: int, day: int, not_after: dt.date, within: dt.timedelta = PUBLICATION_LAG
) -> dt.date | None:
    """The day behind an era year printed without its era (``29.8.9``): the era that puts it at most ``within`` before
    ``not_after``, the day of publication. None where no era or more than one does.
    """
    days = {
        found
        for _, _, first in _eras()
        if year > 0
        and (found := day_of(first.year + year - 1, month, day))
        and not_after - within <= found <= not_after
    }
    return days.pop() if len(days) == 1 else None


def nearest_before(year: int, month: int, day: int, before: dt.date) -> dt.date | None:
    """The day behind a bare era year that lies nearest before (or on) ``before``: a tender's notice before its award."""
    days = [
        found
        for _, _, first in _eras()
        if year > 0 and (found := day_of(first.year + year - 1, month, day)) and found <= before
    ]
    return max(days, default=None)


def read_date(printed: str, *, published: dt.date | None = None, within: Span | None = None) -> DateReading:
    """A date as printed in a document.

    Understood: ``平成29年8月9日``, ``令和元年７月29日``, ``H29.8.9``, ``R1/5/7``, ``2017-08-09``, ``2017年8月9日``, an Excel serial
    (``42956``), and with context ``29.8.9`` (``published``, or the era that falls ``within`` a span) and ``8月9日`` (``within`` a
    span of at most a year, such as the fiscal year in the table's heading). Never guessed without it.
    """
    text = squeeze(fold(printed)).upper()
    if not text or text in {"-", "ー", "―"}:
        return DateReading(None)
    if re.fullmatch(r"[0-9]{5}(?:\.0+)?", text):
        serial = int(float(text))
        if _EXCEL_RANGE[0] <= serial <= _EXCEL_RANGE[1]:
            return DateReading(_EXCEL_EPOCH + dt.timedelta(days=serial))
    if match := _FULL.search(text):
        return _full_date(match, printed, published, within)
    if match := _TYPO_YEAR.search(text):
        reading = _full_date(match, printed, published, within)
        if reading.date:
            return DateReading(reading.date, f"date {printed.strip()!r} read as {reading.date}: 月 printed for 年")
        return reading
    if match := _NO_YEAR.search(text):
        return _date_without_year(match, printed, within)
    return DateReading(None, f"date {printed.strip()!r} was not understood")


def _full_date(match: re.Match[str], printed: str, published: dt.date | None, within: Span | None) -> DateReading:
    year = 1 if match["year"] == "元" else int(match["year"])
    month, day = int(match["month"]), int(match["day"])
    if match["era"]:
        calendar_year = era_year(match["era"], year)
        found = calendar_year and day_of(calendar_year, month, day)
    elif year >= 1000:
        found = day_of(year, month, day)
    else:
        found = _bare(year, month, day, published, within)
        if found is None:
            return DateReading(None, f"the era of date {printed.strip()!r} is not printed and could not be settled")
    if not found:
        return DateReading(None, f"date {printed.strip()!r} is not a day of the calendar that a contract can have")
    return DateReading(found)


def _bare(year: int, month: int, day: int, published: dt.date | None, within: Span | None) -> dt.date | None:
    if published:
        return bare_year(year, month, day, published)
    if within:
        first, last = within
        return bare_year(year, month, day, last, last - first)
    return None


def _date_without_year(match: re.Match[str], printed: str, within: Span | None) -> DateReading:
    month, day = int(match["month"]), int(match["day"])
    if within:
        first, last = within
        days = [found for year in range(first.year, last.year + 1) if (found := day_of(year, month, day))]
        days = [found for found in days if first <= found <= last]
        if len(days) == 1:
            return DateReading(days[0])
    return DateReading(None, f"the year of date {printed.strip()!r} is not printed and could not be settled")
