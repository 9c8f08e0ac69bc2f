"""Times as news names them: the month, one month off, the notice's month, a quarter, or a fiscal year."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

from tsukitome.evaluation.noise.table import draw, mixture, noise_table
from tsukitome.normalize.dates import fiscal_year

SaidTime = tuple[str, int, int]  # kind (month, quarter, fiscal_year), year, month (0 for a year)


@cache
def said_times(days: tuple[dt.date, ...], notice: dt.date | None) -> dict[SaidTime, float]:
    """The times that may be said of a contract decided on one of ``days`` and put out to tender on ``notice``."""
    return mixture((1 / len(days), _said_of(day, notice)) for day in days)


def _said_of(day: dt.date, notice: dt.date | None) -> dict[SaidTime, float]:
    shares = noise_table()["month"]
    said = {
        "right": _month(day, 0),
        "before": _month(day, -1),
        "after": _month(day, 1),
        "notice": _month(notice or day, 0),
        "quarter": ("quarter", day.year, day.month),
        "fiscal_year": ("fiscal_year", fiscal_year(day), 0),
        "other_year": _month(day, -12),
    }
    return mixture((shares[kind], {time: 1.0}) for kind, time in said.items())


def _month(day: dt.date, offset: int) -> SaidTime:
    months = day.year * 12 + day.month - 1 + offset
    return "month", months // 12, months % 12 + 1


def time_words(said: SaidTime, rng: random.Random) -> str:
    """A time in words that name it without an article's date."""
    kind, year, month = said
    if kind == "fiscal_year":
        return rng.choice([f"{year}年度", f"{_era(year, 4)}年度"])
    if kind == "quarter":
        first, last = _month(dt.date(year, month, 1), -1), _month(dt.date(year, month, 1), 1)
        return f"{first[1]}-{first[2]:02}..{last[1]}-{last[2]:02}"
    style = draw(noise_table()["month_words"], rng)
    if style == "iso":
        return f"{year}-{month:02}"
    return f"{_era(year, month) if style == 'era' else year}年{month}月"


def _era(year: int, month: int) -> str:
    if (year, month) >= (2019, 5):
        return "令和元" if year == 2019 else f"令和{year - 2018}"
    return f"平成{year - 1988}"
