"""The value. A stated total is held against totals, a unit price against unit prices; a reserve price is never the value.

What can't be compared is neither a match nor a contradiction.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from tsukitome.awards import Amount
from tsukitome.clues.value import Bounds, ValueReading, Yen
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.normalize.numbers import last_place
from tsukitome.normalize.tax import consumption_tax
from tsukitome.wording import Phrase, phrase

_BARE = "_bare"  # behind the name of a table: that of round figures without a word such as 約
# From the best down; an alternative with several totals counts by its best.
LEVELS = ("exact", "close", "rounded", "stretched", "core", "hard", "reserve", "loose", "double", "far")
_TOTALS = ("contract_price", "estimated_total", "paid_total")
_LOOSE = 1.4  # times the core's bounds: 約1億円 may be 1.4億円 rounded to one figure
_FINER = 0.1  # of what rounding leaves out at most: rounded to one figure more it would be said the same
_DOUBLE = 2.0  # times the core's bounds: a wrong figure is seldom farther off
# Contract prices at large are spread like a log-normal: a median of 8 million yen, a factor of 6 for one standard deviation.
_MEDIAN, _SPREAD = math.log(8_000_000), math.log(6)

# How the amounts at large that lie in or about the core are spread over its levels, as shares of the core; round prices are common.
_INSIDE: Mapping[str, Mapping[str, float]] = {
    "value_exact": {"exact": 0.97, "close": 0.01, "rounded": 0.01, "stretched": 0.5, "core": 0.01},
    "value_fine": {"exact": 0.3, "close": 0.1, "rounded": 0.5, "stretched": 0.1, "core": 0.1},
    "value": {"exact": 0.05, "close": 0.1, "rounded": 0.5, "stretched": 0.1, "core": 0.35},
    "value_round": {"exact": 0.05, "close": 0.2, "rounded": 0.6, "stretched": 0.5, "core": 0.15},
    "value_wide": {"core": 1.0},
}


class ValueComparer:
    """Holds a stated value against the amounts of an alternative that have the right role."""

    nested = False

    def __init__(self, reading: ValueReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        self.weights = _precision(reading)
        self.roles: tuple[str, ...] = (reading.role,) if reading.role in ("unit_price", "reserve_price") else _TOTALS

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        amounts = alternative.amounts
        comparable = [amount for amount in amounts if amount.role in self.roles]
        if not comparable:
            return Comparison(None, show(amounts), self._why_silent(amounts))
        day = day_of_price(alternative)
        ranked = [(self._level(amount, day), amount) for amount in comparable]
        (level, note), amount = min(
            ranked,
            key=lambda item: (LEVELS.index(item[0][0]), _TOTALS.index(item[1].role) if item[1].role in _TOTALS else 0),
        )
        if LEVELS.index(level) > LEVELS.index("reserve") and (reserve := self._reserve(amounts)):
            level, note = "reserve", phrase("value_reserve", reserve=show([reserve]))
        return Comparison(level, show([amount]), note)

    def level(self, amount: Amount, day: dt.date | None) -> str:
        """The level of an amount of a role that may be compared; ``day`` is that of its tax."""
        return self._level(amount, day)[0]

    def _level(self, amount: Amount, day: dt.date | None) -> tuple[str, Phrase | None]:
        """The best level of an amount, as printed or with the consumption tax put on or taken off.

        Tax printed as left out may be put on at full weight; where the record does not say, the taxed figure is only near.
        """
        readings = self.reading.totals
        rate = consumption_tax(day)
        taxed, untaxed = amount.yen * (1 + rate), amount.yen / (1 + rate)
        graded: list[tuple[str, Phrase | None]] = []
        for reading in readings:
            times = None if reading is self.reading else phrase("value_years", years=self.reading.years)
            graded.append((_grade(reading, amount.yen), times))
        if amount.tax == "excluded":
            graded += [(_grade(reading, taxed), _with_tax(rate, taxed)) for reading in readings]
        level, note = min(graded, key=lambda item: LEVELS.index(item[0]))
        if level != "far":
            return level, phrase("value_stretched") if level == "stretched" and note is None else note
        for reading in readings:
            if _holds(reading.hard, amount.yen):
                return "hard", phrase("value_outside_core")
            if amount.tax != "included" and _holds(reading.core, taxed):
                return "hard", _with_tax(rate, taxed)
            if amount.tax != "excluded" and _holds(reading.core, untaxed):
                return "hard", phrase("value_without_tax", rate=round(rate * 100), yen=round(untaxed))
        for level, reach in (("loose", _LOOSE), ("double", _DOUBLE)):
            if any(_holds(_widened(reading.core, reach), yen) for reading in readings for yen in (amount.yen, taxed)):
                return level, self._why_far(amount)
        return "far", self._why_far(amount)

    def turning_points(self, day: dt.date | None) -> list[float]:
        """Every yen from which the level of an amount of that day may be another one, whatever its tax."""
        times = 1 + consumption_tax(day)
        bounds = [bound for reading in self.reading.totals for bound in _bounds(reading)]
        return [yen for bound in bounds for yen in (bound / times, bound, bound * times)]

    def _reserve(self, amounts: Iterable[Amount]) -> Amount | None:
        """The reserve price that the stated value fits, where news may have taken it for the value."""
        bounds = self.of_reserve
        return next(
            (one for one in amounts if bounds and one.role == "reserve_price" and _holds(bounds, one.yen)), None
        )

    @property
    def of_reserve(self) -> tuple[Yen, Yen] | None:
        """The yen, [low, high), of a reserve price that fits: it is never the value, but news may take it for that. None where a
        reserve price does not count: for another role, and for a span.
        """
        low, high = self.reading.core
        if self.reading.role or self.weights == "value_wide" or low is None or high is None:
            return None
        return low, high

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
        readings = self.reading.totals
        core = sum(_share(reading.core) for reading in readings)
        hard = max(sum(_share(reading.hard) for reading in readings) - core, 0.002) + 0.02
        loose = max(sum(_share(_widened(reading.core, _LOOSE)) for reading in readings) - core - hard, 0.01)
        double = max(sum(_share(_widened(reading.core, _DOUBLE)) for reading in readings) - core - hard - loose, 0.01)
        return {level: part * core for level, part in _INSIDE[self.weights.removesuffix(_BARE)].items()} | {
            "hard": hard,
            "reserve": core / 2,
            "loose": loose,
            "double": double,
            "far": max(1 - 2 * core - hard - loose - double, 0.05),
        }


def _with_tax(rate: float, taxed: float) -> Phrase:
    return phrase("value_with_tax", rate=round(rate * 100), yen=round(taxed))


def _precision(reading: ValueReading) -> str:
    """The table of weights by how finely a value is stated: to the yen, to three figures or more, to two, to one, or a wide span;
    and whether a word such as 約 says that it is not exact, or none does.

    What is rounded to one figure may be nearly half of it away; that lots have like prices says little of the third figure.
    """
    (low, high), stated = reading.core, _stated(reading)
    if low is None or high is None or stated is None:
        return "value_wide"
    if high - low <= 1:
        return "value_exact"
    name = {1: "value_round", 2: "value"}.get(len(str(round(stated)).strip("0")), "value_fine")
    return f"{name}{_BARE}" if reading.bare else name


@lru_cache(maxsize=1 << 6)  # asked for with every amount that is compared
def _stated(reading: ValueReading) -> Yen | None:
    """The stated amount itself: the hard bounds reach twice as far from it as the core's. None for a wide or open span."""
    (low, high), (hard_low, _) = reading.core, reading.hard
    if low is None or high is None or hard_low is None or high > _LOOSE * low:
        return None
    stated = 2 * low - hard_low
    # を超える begins one yen above what is stated.
    return stated - 1 if stated == low and high - low > 1 and _place(stated) == 1 else stated


def _place(stated: Yen) -> float:
    """The place of the last figure that is stated."""
    return float(last_place(Decimal(round(stated))))


@lru_cache(maxsize=1 << 6)
def _steps(stated: Yen) -> tuple[float, float]:
    """How far apart the amounts are that are stated to as many figures, above and below: 900万円 stands before 1000万円."""
    place = _place(stated)
    return place, place / 10 if stated == place else place


def _bounds(reading: ValueReading) -> list[float]:
    """Every yen at which one of the tests of an amount may turn."""
    stated = _stated(reading)
    bounds = [*reading.core, *reading.hard, *_widened(reading.core, _LOOSE), *_widened(reading.core, _DOUBLE)]
    if stated is not None:
        above, below = _steps(stated)
        bounds += [stated - 1, stated + 1]
        for part in (1, 1 / 2, 1 / 10, 1 / 20):
            bounds += [stated - part * below, stated + part * above]
    return [bound for bound in bounds if bound]


def _grade(reading: ValueReading, yen: float) -> str:
    """The level of an amount that, rounded, is what is stated, or lies inside the core; else ``far``."""
    (low, high), stated = reading.core, _stated(reading)
    inside = _holds(reading.core, yen)
    if stated is None or low is None or high is None:
        return "core" if inside else "far"
    if inside and (high - low <= 1 or abs(yen - stated) < 1):
        return "exact"
    above, below = _steps(stated)
    # As a share of what is left out at most in rounding to so many figures: to the nearest, down (余り), up (近く).
    left_out = (yen - stated) / (above if yen > stated else below)
    half_up = False
    if low < stated < high or high - low <= 1:
        left_out = 2 * abs(left_out)
        half_up = left_out == 1 and yen < stated
    elif high <= stated:
        left_out = -left_out
    if not (0 <= left_out < 1 or half_up):
        return "core" if inside else "far"
    if not inside:
        return "stretched"
    return "close" if left_out <= _FINER else "rounded"


def _widened(bounds: Bounds, times: float) -> Bounds:
    low, high = bounds
    return (low and low / times, high and high * times)


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


def day_of_price(alternative: Alternative) -> dt.date | None:
    """The day whose consumption tax an amount would have."""
    dates = alternative.award.dates
    days = dates.get("award") or dates.get("contract") or dates.get("notice")
    return days[0] if days else None
