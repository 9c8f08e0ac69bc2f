"""Stated times: ``2017-08``, ``平成29年8月``, ``去年8月`` … as a span of days, both ends included.

Relative words are resolved by the article's date and never guessed without one.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

from tsukitome.clues.month_parts import PartOf, parts_of
from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError
from tsukitome.normalize.dates import (
    EARLIEST,
    LATEST,
    Span,
    era_words,
    era_year,
    fiscal_year,
    fiscal_year_span,
    month_span,
)
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import fold, squeeze, table
from tsukitome.pattern import pattern

EXAMPLE = "--month 2017-08"
_RANGE = pattern(r"\.\.\.?|〜|~|から|より")
_ISO = pattern(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?$")
_YEAR_PARTS = (
    r"(?:(?P<era>ERAS)(?P<era_year>元|[0-9]{1,2})|(?P<year>[0-9]{4}))(?:(?P<fiscal>年度)|年|(?=$)|[./-](?=[0-9]))"
    r"|FY-?(?P<fy>[0-9]{4})(?:年度?)?"
)
_COMPACT = pattern(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})?$")
_QUARTER = pattern("第?[1-4]・?四半期")
_KANJI_NUMBER = pattern("[〇零一二三四五六七八九十]+(?=年|月|日|~|から|・?四半期)")
_MONTH = pattern(r"(?P<month>[0-9]{1,2})(?:月|[./-](?=[0-9])|$)")
_DAY = pattern(r"(?P<day>[0-9]{1,2})日?(?=$|[^0-9])")
_SEASON = pattern("^([昨今])(?=[春夏秋冬])")  # 昨夏 is 昨年夏
_MONTHS = pattern("(?<![0-9-])([0-9]{1,2})-(?=[0-9]{1,2}月)")  # 4-6月期
_TAIL = pattern(r"(?:に(?:かけて)?|の|期|まで|ごろ|頃|中|、|契約|委託|落札|した|された|発注|締結)*$")


@dataclass(frozen=True, slots=True)
class MonthReading:
    """The days that a stated time means: ``first`` to ``last``, both included; up to ``fuzzy_days`` outside counts in part.

    ``weight``, 0 to 1, is how surely it is meant: less where another article contradicts it.
    """

    first: dt.date
    last: dt.date
    fuzzy_days: int = 0
    weight: float = 1.0

    @property
    def span(self) -> Span:
        return self.first, self.last

    def to_dict(self) -> dict[str, Any]:
        reading: dict[str, Any] = {"from": self.first.isoformat(), "to": self.last.isoformat()}
        reading |= {"fuzzy_days": self.fuzzy_days} if self.fuzzy_days else {}
        return reading | ({"weight": self.weight} if self.weight < 1 else {})


class _NotUnderstoodError(Exception):
    """Why a phrase is no time; turned into a ClueError with the whole text."""


def read_month(text: str, article_date: dt.date | None = None) -> MonthReading:
    """The span that a phrase names; raises ClueError where it names none, or only by an article's date that is missing."""
    folded = _in_digits(squeeze(fold(text)).replace("〜", "~").upper())
    folded = _MONTHS.sub(r"\1~", _SEASON.sub(r"\1年", folded))
    try:
        parts = [part for part in _RANGE.split(folded) if part]
        if len(parts) == 1:
            return _within_range(_read_one(parts[0], article_date, None), text)
        if len(parts) != 2:
            raise _NotUnderstoodError("it is neither one time nor a range of two")
        begin = _read_one(parts[0], article_date, None)
        end = _read_one(parts[1], article_date, begin.first)
        if end.last < begin.first:
            raise _NotUnderstoodError("the range runs backwards")
        return _within_range(MonthReading(begin.first, end.last, max(begin.fuzzy_days, end.fuzzy_days)), text)
    except _NotUnderstoodError as reason:
        raise ClueError("month", text, f"{reason}.", EXAMPLE) from None


def _in_digits(text: str) -> str:
    """Kanji numerals that count years, months, days or quarters as digits: 平成二十九年八月 → 平成29年8月."""
    return _KANJI_NUMBER.sub(lambda match: str(value_of(match.group()) or match.group()), text)


def _within_range(reading: MonthReading, text: str) -> MonthReading:
    if not (reading.first >= EARLIEST and reading.last <= LATEST):
        raise ClueError("month", text, f"contracts between {EARLIEST.year} and {LATEST.year} can be searched.", EXAMPLE)
    return reading


def _read_one(text: str, article_date: dt.date | None, after: dt.date | None) -> MonthReading:
    """One time. ``after`` is the begin of a range: a bare month behind it is the first such month from there on."""
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _calendar(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)
    year, month, fiscal, rest = _year_and_month(text, article_date)
    if fiscal:
        assert year is not None
        return _part_of_year(rest, year, "fiscal_year") or _finish(rest, MonthReading(*fiscal_year_span(year)))
    if month is None and year is not None and (reading := _part_of_year(rest, year)):
        return reading
    if match := _QUARTER.match(rest):
        raise _NotUnderstoodError(f"{match.group()} is one of a fiscal year (2017年度第1四半期), else say the months")
    if month is None and (match := _MONTH.match(rest)):
        month, rest = int(match["month"]), rest[match.end() :]
        if not 1 <= month <= 12:
            raise _NotUnderstoodError(f"there is no month {month}")
        if year is None:
            year = _year_of_bare_month(month, article_date, after)
    if year is None:
        if reading := _bare_season(rest, article_date, after):
            return reading
        raise _NotUnderstoodError("there is no month in it")
    if month is None:
        return _finish(rest, MonthReading(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if reading := _part_of_month(rest, year, month):
        return reading
    if match := _DAY.match(rest):
        return _finish(rest[match.end() :], _calendar(year, month, int(match["day"])))
    return _finish(rest, _calendar(year, month, None))


@cache
def _year() -> re.Pattern[str]:
    return re.compile(_YEAR_PARTS.replace("ERAS", "|".join(era_words())))


def _calendar(year: int, month: int, day: int | None) -> MonthReading:
    try:
        if day is None:
            return MonthReading(*month_span(year, month))
        return MonthReading(dt.date(year, month, day), dt.date(year, month, day))
    except ValueError:
        what = f"{year}-{month:02}" if day is None else f"{year}-{month:02}-{day:02}"
        raise _NotUnderstoodError(f"the calendar has no {what}") from None


def _finish(rest: str, reading: MonthReading) -> MonthReading:
    if not _TAIL.match(rest):
        raise _NotUnderstoodError(f"{rest!r} is not understood")
    return reading


def _year_and_month(text: str, article_date: dt.date | None) -> tuple[int | None, int | None, bool, str]:
    """(year, month, whether the year is a fiscal one, what is left); None for what the beginning does not say."""
    for word, unit, offset in _relative_words():
        if text.startswith(word):
            if article_date is None:
                raise _NotUnderstoodError(
                    f"{word!r} needs the article's date; give --article-date YYYY-MM-DD or a calendar month"
                )
            rest = text.removeprefix(word)
            if unit == "month":
                months = article_date.year * 12 + article_date.month - 1 + offset
                return months // 12, months % 12 + 1, False, rest.removeprefix("の")
            base = fiscal_year(article_date) if unit == "fiscal_year" else article_date.year
            return base + offset, None, unit == "fiscal_year", rest.removeprefix("の")
    if match := _year().match(text):
        if match["era"]:
            year = era_year(match["era"], 1 if match["era_year"] == "元" else int(match["era_year"]))
            if year is None:
                raise _NotUnderstoodError(f"{match.group()!r} is no year")
        else:
            year = int(match["year"] or match["fy"])
        return year, None, bool(match["fiscal"] or match["fy"]), text[match.end() :].removeprefix("の")
    if re.match(r"[0-9]{1,2}年(?!間)", text):
        raise _NotUnderstoodError("the year's era is not said (平成29年8月, H29.8)")
    return None, None, False, text


def _year_of_bare_month(month: int, article_date: dt.date | None, after: dt.date | None) -> int:
    """A month without a year: from the begin of a range on, else the last such month that has begun by the article's day."""
    if after is not None:
        return after.year if month >= after.month else after.year + 1
    if article_date is None:
        raise _NotUnderstoodError("its year is not said; give --article-date YYYY-MM-DD or a calendar month")
    return article_date.year if month <= article_date.month else article_date.year - 1


def _part_of_year(rest: str, year: int, unit: PartOf = "year") -> MonthReading | None:
    for part in parts_of(unit):
        if rest.startswith(part.word):
            return _finish(rest.removeprefix(part.word), MonthReading(*part.days(year), part.fuzzy_days))
    return None


def _bare_season(rest: str, article_date: dt.date | None, after: dt.date | None) -> MonthReading | None:
    """A season without a year: behind a range's begin the first to end after it, else the last to begin by the article."""
    base = after or article_date
    if base is None:
        return None
    years = (base.year, base.year + 1) if after else (base.year, base.year - 1)
    for year in years:
        reading = _part_of_year(rest, year)
        if reading and (reading.last >= base if after else reading.first <= base):
            return reading
    return None


def _part_of_month(rest: str, year: int, month: int) -> MonthReading | None:
    rest = rest.removeprefix("の")
    for part in parts_of("month"):
        if rest.startswith(part.word):
            return _finish(rest.removeprefix(part.word), MonthReading(*part.days(year, month), part.fuzzy_days))
    return None


@cache
def _relative_words() -> tuple[tuple[str, str, int], ...]:
    rows = [(row["word"], row["unit"], int(row["offset"])) for row in table("relative_words", "tsukitome.clues")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))
