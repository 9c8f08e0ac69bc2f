"""The consumption tax by date."""

from __future__ import annotations

import datetime as dt
from functools import cache

from tsukitome.normalize.text import table


@cache
def _rates() -> tuple[tuple[dt.date, float], ...]:
    return tuple((dt.date.fromisoformat(row["first"]), float(row["rate"])) for row in table("consumption_tax"))


def days_of_change() -> tuple[dt.date, ...]:
    """The days from which each rate was in force, in order."""
    return tuple(first for first, _ in _rates())


def consumption_tax(day: dt.date | None) -> float:
    """The general rate on a day as a fraction (0.08); today's where the day is not known, 0 before 1989-04-01."""
    rates = [rate for first, rate in _rates() if day is None or first <= day]
    return rates[-1] if rates else 0.0
