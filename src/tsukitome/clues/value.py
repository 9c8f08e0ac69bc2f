"""Stated values: ``約1億8000万円`` as an interval of yen, with a core, hard bounds, a role and a strength.

Intervals are half-open, [low, high), in yen; None means no bound. The widths stand in ``tables/value_bounds.toml``, the
words in ``tables/value_words.csv``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tsukitome.awards import AmountRole, Tax
from tsukitome.errors import ClueError
from tsukitome.normalize.numbers import NUMERAL, last_place, plain_number, value_of
from tsukitome.normalize.text import fold, squeeze, table

Yen = int | float
Bounds = tuple[Yen | None, Yen | None]

EXAMPLE = "--value 約1億8000万円"
_EXACT_BELOW = 10_000  # stated to 千円 or finer is exact; what ends in 万 or 億 is rounded
_SEN = Decimal("0.01")
_SCALES = {"百万": 10**6, "千": 10**3}
_SEVERAL = re.compile(r"(?P<tens>十)?数(?P<unit>[十百千]?(?:万|億|兆)|[十百千])円?")
_ORDER = re.compile(r"(?P<unit>[十百千]?(?:万|億|兆))円?単位")
_YEARS = re.compile(r"(?:の|で)?(?P<years>[0-9]+)(?:年|か年|カ年|ヵ年)(?:間)?(?:の)?(?:契約)?")
_SEN_TAIL = re.compile(r"(?P<sen>[0-9]{1,2})銭")
_FILLER = re.compile(
    r"^(?:円|[でのをと、,。・()（）:： ]|契約|支払|委託|受注|入力|落札|という|した|った|された|だった)*$"
)


@dataclass(frozen=True, slots=True)
class ValueReading:
    """A stated value: ``core`` and ``hard`` bounds in yen, half-open, and what the words say of it.

    ``weight`` (0 to 1) is the strength of the statement; ``per`` and ``years`` say that it is a price per year or month
    and for how long the contract runs.
    """

    core: Bounds
    hard: Bounds
    role: AmountRole | None = None
    tax: Tax | None = None
    weight: float = 1.0
    per: Literal["year", "month"] | None = None
    years: int | None = None

    def to_dict(self) -> dict[str, Any]:
        extra = {
            "tax": self.tax,
            "weight": self.weight if self.weight < 1 else None,
            "per": self.per,
            "years": self.years,
        }
        return {"core": list(self.core), "hard": list(self.hard), "role": self.role} | {
            name: value for name, value in extra.items() if value is not None
        }

    @property
    def totals(self) -> tuple[ValueReading, ...]:
        """The readings to hold against totals: the value itself, and a yearly one times the years of the contract."""
        if self.per == "year" and self.years:
            return (
                self,
                replace(self, core=_times(self.core, self.years), hard=_times(self.hard, self.years), per=None),
            )
        return (self,)


def _times(bounds: Bounds, factor: int) -> Bounds:
    low, high = bounds
    return (low and low * factor, high and high * factor)


@cache
def _bounds_table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("tsukitome.clues") / "tables" / "value_bounds.toml").read_text(encoding="utf-8"))


@cache
def _words() -> tuple[tuple[str, str, str, str], ...]:
    """(word, side, kind, gives), the longest words first so that 見込み総額 is not taken for 総額."""
    rows = table("value_words", "tsukitome.clues")
    found = [(row["word"], row["side"], row["kind"], row["gives"]) for row in rows]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def read_value(text: str) -> ValueReading:
    """The value that a phrase states; raises ClueError where a part of it is not understood.

    A value without 円 is taken as yen (``1.8億``, ``182547000``).
    """
    folded = squeeze(fold(text)).replace("¥", "")
    if match := _SEVERAL.search(folded):
        rule = "ten_and_several" if match["tens"] else "several"
        return _finish(text, _counted(rule, match["unit"]), folded[: match.start()], folded[match.end() :])
    if match := _ORDER.search(folded):
        return _finish(text, _counted("order_of", match["unit"]), folded[: match.start()], folded[match.end() :])
    before, parts, after = _split(text, folded)
    if len(parts) == 2:
        return _finish(text, _range(parts), before, after)
    return _finish(text, None, before, after, parts[0])


def _counted(rule: str, unit: str) -> ValueReading:
    row = _bounds_table()[rule]
    scale = value_of(f"1{unit}" if unit[-1] in "万億兆" and len(unit) == 1 else unit)
    if scale is None:  # 千万 counts as one thousand times 万
        scale = value_of(f"1{unit}")
    assert scale is not None
    core, hard = ((int(low * scale), int(high * scale)) for low, high in (row["core"], row["hard"]))
    return ValueReading(core, hard, weight=row.get("weight", 1.0))


def _split(text: str, folded: str) -> tuple[str, list[Decimal], str]:
    """What stands before the amount, the amount (or the two of a range), and what stands behind it."""
    amounts: list[tuple[Decimal, int, int]] = []
    for match in NUMERAL.finditer(folded):
        value = value_of(match.group())
        end = match.end()
        if value is None:
            raise ClueError("value", text, f"{match.group()!r} is no number.", EXAMPLE)
        if scale := re.match(r"百万(?=円)", folded[end:]):
            value, end = value * 10**6, end + scale.end()
        if folded[end : end + 1] == "円":
            end += 1
            if sen := _SEN_TAIL.match(folded, end):
                value, end = value + int(sen["sen"]) * _SEN, sen.end()
        amounts.append((value, match.start(), end))
    amounts = _without_counts(amounts, folded)
    if not amounts:
        raise ClueError("value", text, "there is no amount of money in it.", EXAMPLE)
    if len(amounts) == 2:
        (low, start, middle), (high, second, end) = amounts
        if not re.fullmatch(r"(?:~|-|から|\.\.|…)(?:約)?", folded[middle:second].replace("〜", "~").replace("～", "~")):
            raise ClueError("value", text, "it holds more than one amount.", EXAMPLE)
        if low < 10_000 <= high and folded[start:middle].isdigit():  # 1〜2億円: the unit is printed once
            low *= Decimal(10) ** (len(str(int(high))) - len(str(int(high)).rstrip("0")))
        if low > high:
            raise ClueError("value", text, "the range runs backwards.", "--value 1億8000万円〜2億円")
        return folded[:start], [low, high], folded[end:]
    if len(amounts) > 2:
        raise ClueError("value", text, "it holds more than one amount.", EXAMPLE)
    value, start, end = amounts[0]
    if value <= 0:
        raise ClueError("value", text, "a value is more than 0 yen.", EXAMPLE)
    return folded[:start], [value], folded[end:]


def _without_counts(amounts: list[tuple[Decimal, int, int]], folded: str) -> list[tuple[Decimal, int, int]]:
    """Without the numbers that count years or pieces (``3年契約``, ``1件14円``) where an amount of money is there too."""
    money = [amount for amount in amounts if folded[amount[2] - 1] == "円" or folded[amount[2] - 1] == "銭"]
    if not money:
        return amounts
    ranged = [
        amount
        for amount in amounts
        if re.match(r"(?:~|〜|～|-|から|\.\.)(?:約)?[0-9一二三四五六七八九]", folded[amount[2] :])
    ]
    return sorted({*money, *ranged}, key=lambda amount: amount[1])


def _finish(
    text: str, reading: ValueReading | None, before: str, after: str, value: Decimal | None = None
) -> ValueReading:
    """Adds what the words before and behind the amount say; whatever is left must be filler."""
    rule: str | None = None
    said: dict[str, Any] = {}
    for side, words in (("before", before), ("after", after)):
        left = words
        if side == "after" and (match := _YEARS.search(left)):
            said["years"] = match["years"]
            left = left.replace(match.group(), "", 1)
        for word, where, kind, gives in _words():
            if word in left and where in (side, "any"):
                left = left.replace(word, "", 1)
                if kind == "bounds":
                    rule = rule or gives
                elif kind != "plain":
                    said.setdefault(kind, gives)
        if not _FILLER.match(left):
            raise ClueError("value", text, f"{left!r} is not understood.", EXAMPLE)
    if reading is None:
        assert value is not None
        reading = _single(value, rule, unit_price=said.get("role") == "unit_price")
    return replace(
        reading,
        role=said.get("role"),
        tax=said.get("tax"),
        per=said.get("period"),
        years=int(said["years"]) if "years" in said and "period" in said else None,
    )


def _single(value: Decimal, rule: str | None, unit_price: bool) -> ValueReading:
    """One stated amount: by its word's rule; without one, exact or rounded by its last place."""
    if rule is None:
        if value != value.to_integral_value() or unit_price:
            exact = (plain_number(value), plain_number(value + _SEN))
            return ValueReading(exact, exact)
        if last_place(value) < _EXACT_BELOW:
            exact = (int(value), int(value) + 1)
            return ValueReading(exact, exact)
        rule = "rounded"
    row = _bounds_table()[rule]
    # Whole yen: "more than x" begins at x + 1, "up to x" ends before x + 1.
    shift = 1 if row.get("above") else 0
    end = 1 if row.get("inclusive") else 0
    bounds = {
        name: _bound(value, row[name]) for name in ("core_low", "core_high", "hard_low", "hard_high") if name in row
    }
    low = {name: (bounds[name] + shift if name in bounds else 0) for name in ("core_low", "hard_low")}
    high = {name: (bounds[name] + end if name in bounds else None) for name in ("core_high", "hard_high")}
    return ValueReading((low["core_low"], high["core_high"]), (low["hard_low"], high["hard_high"]))


def _bound(value: Decimal, offset: dict[str, Any]) -> Yen:
    steps = [Decimal(str(offset["x"])) * value] if "x" in offset else []
    if "u" in offset:
        steps.append(Decimal(str(offset["u"])) * last_place(value))
    step = (max if offset.get("widest") else min)(steps, key=abs)
    return plain_number(value + step)


def _range(parts: list[Decimal]) -> ValueReading:
    """A〜B: both ends belong to it; the hard bounds reach one unit of the finer end further."""
    low, high = parts
    unit = min(last_place(low), last_place(high))
    core = (plain_number(low), plain_number(high + 1))
    return ValueReading(core, (plain_number(max(low - unit, Decimal(0))), plain_number(high + 1 + unit)))
