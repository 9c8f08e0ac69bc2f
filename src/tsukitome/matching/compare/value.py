"""The value. A stated total is held against totals, a unit price against unit prices; a reserve price is never the value.

What can't be compared is neither a match nor a contradiction.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence

from tsukitome.awards import Amount
from tsukitome.clues.value import Bounds, ValueReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.normalize.tax import consumption_tax
from tsukitome.wording import Phrase, phrase

_TOTALS = ("contract_price", "estimated_total", "paid_total")
# Contract prices at large are spread like a log-normal: a median of 8 million yen, a factor of 6 for one standard deviation.
_MEDIAN, _SPREAD = math.log(8_000_000), math.log(6)


class ValueComparer:
    """Holds a stated value against the amounts of an alternative that have the right role."""

    weights = "value"
    nested = False

    def __init__(self, reading: ValueReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        self.roles: tuple[str, ...] = (reading.role,) if reading.role in ("unit_price", "reserve_price") else _TOTALS

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        amounts = alternative.amounts
        comparable = [amount for amount in amounts if amount.role in self.roles]
        if not comparable:
            return Comparison(None, show(amounts), self._why_silent(amounts))
        day = _day(alternative)
        ranked = [(self._level(amount, day), amount) for amount in comparable]
        order = ("core", "hard", "far")
        (level, note), amount = min(
            ranked,
            key=lambda item: (order.index(item[0][0]), _TOTALS.index(item[1].role) if item[1].role in _TOTALS else 0),
        )
        return Comparison(level, show([amount]), note)

    def _level(self, amount: Amount, day: dt.date | None) -> tuple[str, Phrase | None]:
        """The best level of an amount, as printed or with the consumption tax put on or taken off.

        Tax printed as left out may be put on at full weight; where the record does not say, the taxed figure is only near.
        """
        for reading in self.reading.totals:
            if _holds(reading.core, amount.yen):
                times = None if reading is self.reading else phrase("value_years", years=self.reading.years)
                return "core", times
        rate = consumption_tax(day)
        taxed = amount.yen * (1 + rate)
        untaxed = amount.yen / (1 + rate)
        for reading in self.reading.totals:
            if amount.tax == "excluded" and _holds(reading.core, taxed):
                return "core", phrase("value_with_tax", rate=round(rate * 100), yen=round(taxed))
        for reading in self.reading.totals:
            if _holds(reading.hard, amount.yen):
                return "hard", phrase("value_outside_core")
            if amount.tax != "included" and _holds(reading.core, taxed):
                return "hard", phrase("value_with_tax", rate=round(rate * 100), yen=round(taxed))
            if amount.tax != "excluded" and _holds(reading.core, untaxed):
                return "hard", phrase("value_without_tax", rate=round(rate * 100), yen=round(untaxed))
        return "far", self._why_far(amount)

    def _why_far(self, amount: Amount) -> Phrase:
        low, high = self.reading.core
        if not amount.yen:
            return phrase("value_zero")
        if low and amount.yen < low:
            return phrase("value_lower", factor=_factor(low / amount.yen))
        return phrase("value_higher", factor=_factor(amount.yen / (high or amount.yen)))

    def _why_silent(self, amounts: Iterable[Amount]) -> Phrase:
        roles = {amount.role for amount in amounts}
        if not roles:
            return phrase("value_no_amount")
        if "unit_price" in roles and self.roles == _TOTALS:
            return phrase("value_unit_price_only")
        return phrase("value_other_role_only")

    def background(self) -> Mapping[str, float]:
        core = sum(_share(reading.core) for reading in self.reading.totals)
        hard = max(sum(_share(reading.hard) for reading in self.reading.totals) - core, 0.002) + 0.02
        return {"core": core, "hard": hard, "far": max(1 - core - hard, 0.05)}


def _holds(bounds: Bounds, yen: float) -> bool:
    low, high = bounds
    return (low is None or low <= yen) and (high is None or yen < high)


def _share(bounds: Bounds) -> float:
    """The share of contract prices at large inside [low, high)."""

    def below(yen: float | None, unbounded: float) -> float:
        if yen is None:
            return unbounded
        return 0.5 * (1 + math.erf((math.log(yen) - _MEDIAN) / _SPREAD / math.sqrt(2))) if yen > 0 else 0.0

    low, high = bounds
    return max(below(high, 1.0) - below(low, 0.0), 1e-4)


def _factor(times: float) -> str:
    """How many times, in figures a person reads: 1.4, 12, 1,300."""
    return f"{times:.1f}" if times < 10 else f"{round(times, 1 - len(str(int(times)))):,.0f}"


def show(amounts: Sequence[Amount]) -> str | None:
    """The amounts as printed, each with the name of its role where it is a bare number."""
    return " / ".join(amount.shown for amount in amounts) or None


def _day(alternative: Alternative) -> dt.date | None:
    dates = alternative.award.dates
    days = dates.get("award") or dates.get("contract") or dates.get("notice")
    return days[0] if days else None
