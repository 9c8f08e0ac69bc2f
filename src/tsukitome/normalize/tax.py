"""The consumption tax: its rate by date, and what a text says of it."""

from __future__ import annotations

import datetime as dt
from functools import cache

from tsukitome.awards import Tax
from tsukitome.normalize.text import table
from tsukitome.pattern import pattern

_NOUN = r"消費税(?:及び地方消費税|等|額|相当額)*\s?(?:[0-9]{1,2}%)?"
_EXCLUDED = pattern(
    rf"別途\s?消費税|{_NOUN}は?\s?別途|税\s?抜|税\s?別|外税|{_NOUN}を?\s?(?:含まない|含まず|除く|除き|抜)"
)
_INCLUDED = pattern(rf"税\s?込|内税|{_NOUN}を?\s?(?:含む|含み|込)")


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


def tax_of(text: str) -> Tax | None:
    """Whether a text says that its amounts leave the consumption tax out or hold it; None where it says nothing."""
    if _EXCLUDED.search(text):
        return "excluded"
    return "included" if _INCLUDED.search(text) else None
