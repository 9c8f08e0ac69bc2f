"""The time of the award. A month may mean the award, the contract or, in part, the tender's notice; never publication.

News that names a month may have the year wrong (去年 of an article taken for another year's), so the same days of the
year before or after contradict less than any other time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import chain

from tsukitome.clues.month import MonthReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.wording import Phrase, phrase

NEAR_DAYS = 31
_LONGEST_MONTH = 31  # days; a longer time is a quarter, a season or a year
_YEARS_AT_LARGE = 5 * 365  # an archive at large is taken to span five years


class MonthComparer:
    """Holds a span of days against an award's days, each of which is an interval of one day."""

    nested = False

    def __init__(self, reading: MonthReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        # [first, behind) as ordinals: the stated days, and the same days of the year before and of the year after.
        first, behind = reading.first.toordinal(), reading.last.toordinal() + 1
        self.weights = "month_wide" if behind - first > _LONGEST_MONTH else "month"
        self._years_off = [tuple(_years_later(day, by) for day in (first, behind)) for by in (-1, 1)]

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        dates = alternative.award.dates
        decided = [(kind, day) for kind in ("award", "contract") for day in dates.get(kind, ())]
        noticed = [("notice", day) for day in dates.get("notice", ())]
        if not decided and not noticed:
            return Comparison(None, None, phrase("month_no_date"))
        inside = [(kind, day) for kind, day in decided if self._days_outside(day) == 0]
        if inside:
            return Comparison("within", _show(inside[0]))
        nearest = min(decided, key=lambda item: self._days_outside(item[1]), default=None)
        if nearest and self._days_outside(nearest[1]) <= NEAR_DAYS:
            days = self._days_outside(nearest[1])
            return Comparison("adjacent", _show(nearest), phrase("month_adjacent", days=days))
        if noticed and self._days_outside(noticed[0][1]) == 0:
            return Comparison("notice_only", _show(noticed[0]), phrase("month_notice_only", day=noticed[0][1]))
        if nearest is None:
            return Comparison(None, _show(noticed[0]), phrase("month_no_date"))
        off = next((item for item in decided if self._a_year_off(item[1])), None)
        if off:
            return Comparison("other_year", _show(off), phrase("month_other_year", day=off[1]))
        return Comparison("far", _show(nearest), phrase("month_far", days=self._days_outside(nearest[1])))

    def turning_points(self) -> list[dt.date]:
        """The days from which a day's level may be another one."""
        first, behind = self.reading.first.toordinal(), self.reading.last.toordinal() + 1
        days = [first - NEAR_DAYS, first, behind, behind + NEAR_DAYS, *chain.from_iterable(self._years_off)]
        return [dt.date.fromordinal(min(max(day, 1), dt.date.max.toordinal())) for day in days]

    def _a_year_off(self, day: dt.date) -> bool:
        return any(first <= day.toordinal() < behind for first, behind in self._years_off)

    def _days_outside(self, day: dt.date) -> int:
        if day < self.reading.first:
            return (self.reading.first - day).days
        return max((day - self.reading.last).days, 0)

    def background(self) -> Mapping[str, float]:
        days = (self.reading.last - self.reading.first).days + 1
        within = min(days / _YEARS_AT_LARGE, 0.9)
        adjacent = min(2 * NEAR_DAYS / _YEARS_AT_LARGE, 0.9)
        return {
            "within": within,
            "adjacent": adjacent,
            "notice_only": within,
            "other_year": 2 * within,
            "far": max(1 - 4 * within - adjacent, 0.05),
        }


def _years_later(ordinal: int, years: int) -> int:
    """The same day of another year, as an ordinal; 29 February is 1 March where there is none."""
    day = dt.date.fromordinal(min(ordinal, dt.date.max.toordinal()))
    if not dt.MINYEAR <= day.year + years <= dt.MAXYEAR:
        return ordinal
    try:
        return day.replace(year=day.year + years).toordinal()
    except ValueError:
        return dt.date(day.year + years, 3, 1).toordinal()


def _show(item: tuple[str, dt.date]) -> Phrase:
    kind, day = item
    return phrase(f"date_{kind}", day=day)
