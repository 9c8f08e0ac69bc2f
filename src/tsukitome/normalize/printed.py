"""Where a fact stands in a printed text: width and white space don't count, but a number is never found inside another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from tsukitome.normalize.text import fold, fold_with_offsets, squeeze, table

_EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet's serial numbers


def span_of(words: str, text: str) -> tuple[int, int] | None:
    """The code point offsets [start, end) of ``words`` in ``text``; None where it does not hold them.

    >>> span_of("株式会社", "株 式 会 社SAY企画")
    (0, 7)
    """
    wanted = squeeze(fold(words))
    joined, starts, ends = _joined(text)
    start = joined.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        if not _inside_a_number(joined, start, end):
            return starts[start], ends[end - 1]
        start = joined.find(wanted, start + 1)
    return None


@lru_cache(1 << 10)  # a record is asked for every spelling of every fact, in turns with the others of its award
def _joined(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """A text folded and without white space, and where each of its characters begins and ends in the text."""
    folded = fold_with_offsets(text)
    kept = [index for index, char in enumerate(folded.text) if not char.isspace()]
    joined = "".join(folded.text[index] for index in kept)
    return joined, tuple(folded.starts[index] for index in kept), tuple(folded.ends[index] for index in kept)


def _inside_a_number(text: str, start: int, end: int) -> bool:
    """Whether the span cuts a number: 47,000 is not printed in 182,547,000, nor 2017-8-1 in 2017-8-10."""
    before, behind = text[max(start - 2, 0) : start], text[end : end + 2]
    first, last = text[start], text[end - 1]
    return (_digit(first) and (_digit(before[-1:]) or (before[-1:] in ",." and _digit(before[:-1])))) or (
        _digit(last) and (_digit(behind[:1]) or (behind[:1] in ",." and _digit(behind[1:])))
    )


def _digit(char: str) -> bool:
    return len(char) == 1 and char in "0123456789"  # ⑤ is a digit to Python, and the mark of a field to a gazette


def spellings_of_day(day: dt.date) -> Iterator[str]:
    """How documents print a day, the fullest first: 平成29年8月9日, H29.8.9, 2017-08-09, 29.8.9, a spreadsheet's 42956."""
    year, month, of_month = day.year, day.month, day.day
    eras = [
        (row["era"], row["letter"], int(row["first"][:4])) for row in table("eras") if row["first"] <= day.isoformat()
    ]
    spans = [(f"{month}", f"{of_month}"), (f"{month:02}", f"{of_month:02}")]
    for months, days in dict.fromkeys(spans):
        for era, letter, first in reversed(eras):
            for count in dict.fromkeys([f"{year - first + 1}", "元" if year == first else f"{year - first + 1:02}"]):
                yield f"{era}{count}年{months}月{days}日"
                yield from (f"{letter}{count}{mark}{months}{mark}{days}" for mark in "./-")
        yield f"{year}年{months}月{days}日"
        yield from (f"{year}{mark}{months}{mark}{days}" for mark in "-/.")
    for months, days in dict.fromkeys(spans):
        for _, _, first in reversed(eras):
            yield from (f"{year - first + 1}{mark}{months}{mark}{days}" for mark in "./")
    yield f"{year}{month:02}{of_month:02}"
    yield str((day - _EPOCH).days)
