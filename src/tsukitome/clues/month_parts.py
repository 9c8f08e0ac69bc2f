"""Parts of a month, of a calendar year and of a fiscal year: 上旬, 夏, 上半期, 第1四半期 (``tables/month_parts.csv``)."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal, cast

from tsukitome.dataclass import dataclass
from tsukitome.normalize.dates import Span, month_span
from tsukitome.normalize.text import table

PartOf = Literal["month", "year", "fiscal_year"]
_FISCAL_YEAR_BEGINS = 4  # April


@dataclass(frozen=True, slots=True)
class Part:
    """A word for a part of ``of``, and how many days outside it still count in part."""

    word: str
    of: PartOf
    first: str
    last: str
    fuzzy_days: int

    def days(self, year: int, month: int | None = None) -> Span:
        """The first and the last day of the part of a year (calendar or fiscal, as ``of`` says), or of a month in it."""
        if month is not None:
            end = dt.date(year, month, int(self.last)) if self.last else month_span(year, month)[1]
            return dt.date(year, month, int(self.first)), end
        first_month, first_day = map(int, self.first.split("-"))
        last_month, last_day = map(int, self.last.split("-"))
        if self.of == "fiscal_year":
            begin = year + (first_month < _FISCAL_YEAR_BEGINS)
            stop = year + (last_month < _FISCAL_YEAR_BEGINS)
        else:
            begin, stop = year, year + (self.last < self.first)
        whole = month_span(stop, last_month)[1]
        february = (last_month, last_day) == (2, 28)
        return dt.date(begin, first_month, first_day), whole if february else dt.date(stop, last_month, last_day)


@cache
def parts_of(unit: PartOf) -> tuple[Part, ...]:
    """The parts of a month, a year or a fiscal year, the longest words first."""
    rows = (row for row in table("month_parts", "tsukitome.clues") if row["of"] == unit)
    found = (
        Part(row["word"], cast(PartOf, row["of"]), row["first"], row["last"], int(row["fuzzy_days"])) for row in rows
    )
    return tuple(sorted(found, key=lambda part: -len(part.word)))
