"""Dates as Japanese documents print them, and the arithmetic of eras and fiscal years.

Everything is a ``datetime.date``; a span is (first day, last day), both included.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from tsukitome.dataclass import dataclass
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import fold, squeeze, table
from tsukitome.pattern import pattern

Span = tuple[dt.date, dt.date]

_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_RANGE = (36526, 62500)  # 2000-01-01 to 2071-02-10: a bare number outside is no contract date
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2060, 12, 31)
# A notice is due within 72 days of the award under the WTO agreement (Article XVI:2); late ones are seen up to about 120.
PUBLICATION_LAG = dt.timedelta(days=120)


@cache
def era_words() -> tuple[str, str]:
    """The names of the eras and their letters, each as an alternation of a regular expression."""
    rows = table("eras")
    return "|".join(re.escape(row["era"]) for row in rows), "|".join(re.escape(row["letter"]) for row in rows)


_ERA_WORD = rf"{era_words()[0]}|(?:{era_words()[1]}|[明大昭平令])(?=[.0-9元])"
_FULL = pattern(
    rf"(?:(?P<era>{_ERA_WORD})\.?)?(?<![0-9])(?P<year>元|[0-9]{{1,4}})(?:年|[./・-])(?P<month>[0-9]{{1,2}})(?:月|[./・-])"
    r"(?P<day>[0-9]{1,2})(?![0-9])日?"
)
# 20170809, H290809: what databases export.
_COMPACT = pattern(
    r"(?:(?P<western>(?:19|20)[0-9]{2})|(?P<era>[MTSHR])(?P<year>[0-9]{2}))(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:\.0+)?"
)
# 8/9/2017, 9-Aug-17: how a spreadsheet program set to English writes a date into a CSV file; August 9, 2017 of English pages.
_YEAR_LAST = pattern(r"(?P<first>[0-9]{1,2})[/.-](?P<second>[0-9]{1,2})[/.-](?P<year>(?:19|20)[0-9]{2})")
_ENGLISH = pattern(r"(?P<day>[0-9]{1,2})[-/]?(?P<name>[A-Z]{3})[A-Z]*[-/,]?(?P<year>(?:19|20)?[0-9]{2})?")
_MONTH_FIRST = pattern(r"(?P<name>[A-Z]{3})[A-Z]*\.?(?P<day>[0-9]{1,2})(?:ST|ND|RD|TH)?,?(?P<year>(?:19|20)[0-9]{2})")
_ENGLISH_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_KANJI_NUMBER = pattern("[〇零一二三四五六七八九十]+(?=[年月日])")
_TYPO_YEAR = pattern(
    rf"(?P<era>{_ERA_WORD})(?P<year>元|[0-9]{{1,2}})月(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})日?"
)
_NO_YEAR = pattern(r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日?")
_SHORT = pattern(r"(?P<month>[0-9]{1,2})(?P<mark>[./])(?P<day>[0-9]{1,2})(?:\(.\)|[~〜-].*)?")  # 8/9, 8/9(水), 4/1~3/31
_TIME = pattern(r"(?<=[0-9日])[\sT]+[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?\s*$")


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
    """The calendar year of an era's year (``平成``, 29 → 2017); None for an unknown era or year 0.

    An era is told by its kanji, the first of them, or its letter.

    平成31年 and later years are accepted past the end of the era: documents print them (平成31年度 = 令和元年度).
    """
    for name, letter, first in _eras():
        if era in (name, letter, name[0]):
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

    Understood: ``平成29年8月9日``, ``平成二十九年八月九日``, ``令和元年７月29日``, ``H29.8.9``, ``R1/5/7``, ``2017-08-09``,
    ``20170809``, ``9-Aug-17``, an Excel serial (``42956``), and with context ``29.8.9`` (``published``, or the era that falls
    ``within`` a span) and ``8月9日`` or ``8/9`` (``within`` a span, such as the fiscal year in the table's heading). Never
    guessed without it.
    """
    folded = fold(printed)
    text = squeeze(_TIME.sub("", folded) if ":" in folded else folded).upper()
    if not text or text in {"-", "ー", "―"}:
        return DateReading(None)
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text):
        serial = int(float(text))
        if _EXCEL_RANGE[0] <= serial <= _EXCEL_RANGE[1]:
            return DateReading(_EXCEL_EPOCH + dt.timedelta(days=serial))
    if match := _COMPACT.fullmatch(text):
        return _compact_date(match, printed)
    if "年" in text or "月" in text:
        text = _KANJI_NUMBER.sub(_in_digits, text)
    if match := _FULL.search(text):
        return _full_date(match, printed, published, within)
    if match := _TYPO_YEAR.search(text):
        reading = _full_date(match, printed, published, within)
        if reading.date:
            return DateReading(reading.date, f"date {printed.strip()!r} read as {reading.date}: 月 printed for 年")
        return reading
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(match, printed, within)
    if (match := _MONTH_FIRST.fullmatch(text) or _ENGLISH.fullmatch(text)) and match["name"] in _ENGLISH_MONTHS:
        return _english_date(match, printed, within)
    if match := _NO_YEAR.search(text):
        return _date_without_year(int(match["month"]), int(match["day"]), printed, within)
    if match := _SHORT.fullmatch(text):
        return _short_date(match, printed, within)
    return DateReading(None, f"date {printed.strip()!r} was not understood")


def _in_digits(match: re.Match[str]) -> str:
    """A number in kanji as digits: 三十 → 30, 二〇一七 → 2017."""
    value = value_of(match.group())
    return match.group() if value is None else str(value)


def _on(found: dt.date | None, printed: str) -> DateReading:
    if found is None:
        return DateReading(None, f"date {printed.strip()!r} is not a day of the calendar that a contract can have")
    return DateReading(found)


def _compact_date(match: re.Match[str], printed: str) -> DateReading:
    year = int(match["western"]) if match["western"] else era_year(match["era"], int(match["year"]))
    return _on(day_of(year, int(match["month"]), int(match["day"])) if year else None, printed)


def _year_last(match: re.Match[str], printed: str, within: Span | None) -> DateReading:
    """8/9/2017 is the ninth of August for one country and the eighth of September for another: what alone can be meant counts."""
    year, first, second = int(match["year"]), int(match["first"]), int(match["second"])
    days = {day for day in (day_of(year, first, second), day_of(year, second, first)) if day}
    if within and len(days) > 1:
        days = {day for day in days if within[0] <= day <= within[1]}
    if len(days) > 1:
        return DateReading(None, f"date {printed.strip()!r} may be either of two days and could not be settled")
    return _on(days.pop() if days else None, printed)


def _english_date(match: re.Match[str], printed: str, within: Span | None) -> DateReading:
    month, day = _ENGLISH_MONTHS.index(match["name"]) + 1, int(match["day"])
    if match["year"] is None:
        return _date_without_year(month, day, printed, within)
    year = int(match["year"])
    return _on(day_of(year if year > 99 else 2000 + year, month, day), printed)


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
    return _on(found or None, printed)


def _bare(year: int, month: int, day: int, published: dt.date | None, within: Span | None) -> dt.date | None:
    if published:
        return bare_year(year, month, day, published)
    if within:
        first, last = within
        western = day_of(2000 + year, month, day) if year < 100 else None  # 17/8/9
        if western and first <= western <= last:
            return western if bare_year(year, month, day, last, last - first) is None else None
        return bare_year(year, month, day, last, last - first)
    return None


def _short_date(match: re.Match[str], printed: str, within: Span | None) -> DateReading:
    if match["mark"] == "." and match["day"] in ("1", "2", "3") and printed.isascii():
        # A spreadsheet takes 4.10 for a number and prints 4.1.
        return DateReading(None, f"date {printed.strip()!r} may be either of two days and could not be settled")
    return _date_without_year(int(match["month"]), int(match["day"]), printed, within)


def _date_without_year(month: int, day: int, printed: str, within: Span | None) -> DateReading:
    if within:
        first, last = within
        days = [found for year in range(first.year, last.year + 1) if (found := day_of(year, month, day))]
        days = [found for found in days if first <= found <= last]
        if len(days) == 1:
            return DateReading(days[0])
    return DateReading(None, f"the year of date {printed.strip()!r} is not printed and could not be settled")
