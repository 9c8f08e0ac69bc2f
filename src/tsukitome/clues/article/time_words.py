"""A time's words as the clue reader knows them: newspapers' short forms written out, 同年 and 翌月 by the time before."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from tsukitome.clues.article.events import PACKAGE
from tsukitome.clues.article.time_patterns import NUMBER, PART
from tsukitome.clues.month import EXAMPLE, MonthReading, read_month
from tsukitome.errors import ClueError
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import table

_LATER_IN_RANGE = re.compile(r"(?P<begin>.+?)(?:から|[~〜-])(?P<later>(?:翌|同)(?:年|月).*)$")


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    return tuple((row["spelling"], row["known"]) for row in table("time_spellings", PACKAGE))


@cache
def _parenthesis() -> re.Pattern[str]:
    return re.compile(r"\([^)]*\)")


def plain_words(
    words: str, article_date: dt.date | None, near: MonthReading | None, before: MonthReading | None
) -> str:
    """The words as the clue reader knows them: no second year in parentheses, 同年 and 翌月 by the time named before."""
    words = _parenthesis().sub("", words).removesuffix("付け").removesuffix("付").removesuffix("にかけて")
    words = _counted_back(words, article_date)
    words = _MONTHS.sub(r"\1月から\2月", words)
    words = _PARTS.sub(r"\g<month>\g<first>から\g<month>\g<second>", words)
    for spelling, known in _spellings():
        words = words.replace(spelling, known)
    if range_of_two := _LATER_IN_RANGE.match(words):  # 2017年10月から翌年3月: by the range's own begin
        begin = read_month(plain_words(range_of_two["begin"], article_date, near, before), article_date)
        before, words = begin, range_of_two["later"]
        return f"{begin.first.year}年{begin.first.month}月から{plain_words(words, article_date, None, before)}"
    if before is not None:
        first = before.first
        following = first + dt.timedelta(days=32 - first.day)
        words = words.replace("同年度", f"{first.year if first.month > 3 else first.year - 1}年度")
        words = words.replace("同年", f"{first.year}年").replace("翌年", f"{first.year + 1}年", 1)
        words = words.replace("同月", f"{first.year}年{first.month}月")
        words = words.replace("翌月", f"{following.year}年{following.month}月")
        words = re.sub(r"同日", f"{first.year}年{first.month}月{first.day}日", words)
        words = re.sub(rf"^同(?={NUMBER}日)", f"{first.year}年{first.month}月", words)
    words = re.sub(
        r"(?:^|(?<=から)|(?<=[~〜-]))([0-9]{1,2})年(度|[0-9]|の?[春夏秋冬])",
        lambda match: _short_year(match, article_date),
        words,
    )
    words = re.sub(r"^([^0-9]*)([0-9]+)[〜~、・-]([0-9]{1,4})(年度?)$", _span, words)
    if near is not None and (match := re.match(r"([0-9]{1,2})月", words)):
        month = int(match[1])
        year = near.first.year + (month < near.first.month)
        if article_date is None or (year, month) <= (article_date.year, article_date.month):
            words = f"{year}年{words}"
    return words


_BACK = re.compile(rf"(?:(?P<number>{NUMBER})(?P<unit>年|[かカヵケ]月)|半年)前の?")
_MONTHS = re.compile(rf"({NUMBER})[〜~・、-]({NUMBER})月")  # 5〜6月: the unit is printed once
# 7月中旬から下旬: the month is printed once.
_PARTS = re.compile(rf"^(?P<month>.*{NUMBER}月の?)(?P<first>{PART})(?:から|[〜~-])(?P<second>{PART})$")
_HALF_A_YEAR = 6  # months
_WINTER_ENDS = 2  # February


def _counted_back(words: str, article_date: dt.date | None) -> str:
    """4年前の9月 and 2カ月前 by the article's day; 昨冬 is the last winter that is over by then."""
    if match := _BACK.match(words):
        if article_date is None:
            what = match.group()
            reason = f"{what!r} needs the article's date; give --article-date YYYY-MM-DD or a calendar month."
            raise ClueError("month", words, reason, EXAMPLE)
        number = int(value_of(match["number"]) or 0) if match["number"] else _HALF_A_YEAR
        if match["unit"] == "年":
            return f"{article_date.year - number}年{words[match.end() :]}"
        months = article_date.year * 12 + article_date.month - 1 - number
        return f"{months // 12}年{months % 12 + 1}月{words[match.end() :]}"
    if words == "昨冬" and article_date is not None and article_date.month <= _WINTER_ENDS:
        return f"{article_date.year - 2}年冬"
    return words


def _span(match: re.Match[str]) -> str:
    """2014〜16年度 with both years written out."""
    era, begin, end, unit = match.groups()
    return f"{era}{begin}{unit}~{era}{begin[: len(begin) - len(end)]}{end}{unit}"


def _short_year(match: re.Match[str], article_date: dt.date | None) -> str:
    """17年8月 in a newspaper is 2017, 29年8月 may be 平成29年: the latest that has begun by the article's day."""
    number, rest = int(match[1]), match[2]
    if article_date is None:
        return match.group()
    years = [year for year in (2000 + number, 1988 + number, 2018 + number) if year <= article_date.year]
    return f"{max(years)}年{rest}" if years else match.group()
