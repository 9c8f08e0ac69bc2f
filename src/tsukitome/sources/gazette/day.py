"""Fields ⑤ and ⑧ (folded): days printed without their era (29.8.9), settled by the day of publication and by each other."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from tsukitome.normalize.dates import DateReading, nearest_before, read_date
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import squeeze

_DAY = re.compile(r"(?:(?:平成|令和|昭和|[HRS])?(?:元|[0-9]{1,4}))(?:年|[./・-])[0-9]{1,2}(?:月|[./・-])[0-9]{1,2}日?")
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九十]+(?=[年月日])")
_KANJI_DAY = re.compile("(?:[元〇零一二三四五六七八九十]{1,4}[・.]){2}[〇零一二三四五六七八九十]{1,3}")  # 二九・八・九
_KANJI_DIGITS = re.compile("[〇零一二三四五六七八九十]+")
_BARE = re.compile(r"(元|[0-9]{1,2})[^0-9]([0-9]{1,2})[^0-9]([0-9]{1,2})日?")
_LOT = re.compile(r"(?:N[oO]|no|ロット)\.?\s*[0-9]{1,3}(?:\s*[、,~〜・]\s*[0-9]{1,3})*(?:\s*[:、]|\s)\s*(?=\S)")
_GLUED = re.compile(r"(?:N[oO]|no|ロット)\.?$")
_LONGEST_TENDER = dt.timedelta(days=3 * 366)  # between a tender's notice and its award; a longer one is a misprint


def read_award_day(printed: str, published: dt.date | None) -> DateReading:
    """The day in field ⑤: the era that puts a bare ``29.8.9`` 0 to 120 days before publication, else none and a warning."""
    return _award_day(_key(printed), published)


def _key(printed: str) -> str:
    """What decides how a day is read: white space only where a lot's number stands before it."""
    return printed if _LOT.search(printed) else squeeze(printed)


@lru_cache(maxsize=1 << 12)
def _award_day(printed: str, published: dt.date | None) -> DateReading:
    days = _days(printed)
    if not days:
        return DateReading(None, f"date {_shown(printed)!r} was not understood")
    reading = read_date(days[0], published=published)
    if reading.date is None:
        return DateReading(None, reading.warning or f"date {_shown(printed)!r} was not understood")
    if len(days) > 1:
        return DateReading(reading.date, f"the first of several dates was taken: {_shown(printed)!r}")
    if published and reading.date > published:
        return DateReading(reading.date, f"date {reading.date} lies after the day of publication, {published}")
    return reading


def read_notice_day(printed: str, before: dt.date | None) -> DateReading:
    """The day in field ⑧: of a bare date, the one nearest before the award (or publication); a dash is no date."""
    return _notice_day(_key(printed), before)


@lru_cache(maxsize=1 << 12)
def _notice_day(printed: str, before: dt.date | None) -> DateReading:
    days = _days(printed)
    if not days:
        dash = not re.search(r"[0-9]", printed)
        return DateReading(None, None if dash else f"notice date {_shown(printed)!r} was not understood")
    bare = _BARE.fullmatch(days[0])
    if not bare:
        return read_date(days[0])
    if before is None:
        return DateReading(None, f"the era of notice date {days[0]!r} is not printed and could not be settled")
    year = 1 if bare[1] == "元" else int(bare[1])
    found = nearest_before(year, int(bare[2]), int(bare[3]), before)
    if found is None or before - found > _LONGEST_TENDER:
        return DateReading(None, f"notice date {days[0]!r} fits no day in the three years before {before}")
    return DateReading(found)


def _days(printed: str) -> list[str]:
    # №1 29.8.9: a lot's number would be glued to the year, so it goes first.
    text = squeeze(_LOT.sub("、", printed))
    if any(mark in text for mark in "年月"):
        text = _KANJI_NUMBER.sub(lambda match: str(value_of(match.group()) or match.group()), text)
    text = _KANJI_DAY.sub(lambda day: _KANJI_DIGITS.sub(lambda number: str(value_of(number[0])), day[0]), text)
    return [
        match.group().replace("・", ".") for match in _DAY.finditer(text) if not _GLUED.search(text, 0, match.start())
    ]


def _shown(printed: str) -> str:
    return squeeze(printed)[:40]
