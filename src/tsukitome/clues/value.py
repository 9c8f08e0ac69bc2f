"""Stated values: ``約1億8000万円`` as an interval of yen, with a core, hard bounds, a role and a strength.

Intervals are half-open, [low, high), in yen; None means no bound. The widths stand in ``tables/value_bounds.toml``, the
words in ``tables/value_words.csv``.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from tsukitome.awards import AmountRole, Tax
from tsukitome.clues.value_amounts import EXAMPLE, SEN, Stated, stated_amounts, value_words
from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError
from tsukitome.normalize.numbers import last_place, plain_number, plain_numerals, value_of
from tsukitome.normalize.own_tables import own_factors
from tsukitome.normalize.text import fold, squeeze
from tsukitome.packaged import packaged_toml
from tsukitome.pattern import pattern

Yen = int | float
Bounds = tuple[Yen | None, Yen | None]

_EXACT_BELOW = 10_000  # stated to 千円 or finer is exact; what ends in 万 or 億 is rounded
_LARGE = "万億兆"
# 1億数千万: what is counted exactly stands before 数.
_SEVERAL = pattern(
    rf"(?P<base>[0-9〇一二三四五六七八九十百千{_LARGE}.,]*?)(?P<tens>十)?数(?P<unit>[十百千]?[{_LARGE}]|[十百千])円?"
)
# Bounds that are fixed by a word: nothing outside them is meant.
_FIRM_LOW, _FIRM_HIGH = frozenset({"at_least", "over"}), frozenset({"at_most", "below"})
_ORDER = pattern(r"(?P<unit>[十百千]?(?:万|億|兆))円?単位")
_YEARS = pattern(r"(?:の|で)?(?P<years>[0-9]+)(?:年|か年|カ年|ヵ年)(?:間)?(?:の)?(?:契約)?")
# 3年間で計4億5000万円: a total over a stated time, no price per year.
_TERM_BEFORE = pattern(r"(?:[0-9]+(?:年|か年|カ年|ヵ年|か月|カ月|ヵ月)|半年)(?:間|分)?(?:で|の)?")
_FILLER = pattern(r"^(?:円|[でのをと、,。・()（）:： ]|契約|支払|委託|受注|入力|落札|という|した|った|された|だった)*$")


@dataclass(frozen=True, slots=True)
class ValueReading:
    """A stated value: ``core`` and ``hard`` bounds in yen, half-open, and what the words say of it.

    ``weight`` (0 to 1) is the strength of the statement; ``per`` and ``years`` say that it is a price per year or month
    and for how long the contract runs. ``bare`` says that it is a round figure without a word such as 約 beside it: that is
    the exact one more often. It changes no bound, and what differs in it alone is the same reading.
    """

    core: Bounds
    hard: Bounds
    role: AmountRole | None = None
    tax: Tax | None = None
    weight: float = 1.0
    per: Literal["year", "month"] | None = None
    years: int | None = None
    bare: bool = field(default=False, compare=False, repr=False)

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
    told = packaged_toml("tsukitome.clues", "tables", "value_bounds.toml")
    for rule, bounds in own_factors().items():
        told[rule] = told.get(rule, {}) | bounds
    return told


# 1億8千 and 1億8000, said for 1億8千万 and 1億8000万: the unit behind 億 left out.
_KANJI_DIGITS = "〇零一二三四五六七八九"
_CUT_SHORT = pattern(
    rf"[億兆](?:(?:[0-9]+|[{_KANJI_DIGITS}])?[千百十]|[0-9]{{1,4}}|[0-9],[0-9]{{3}}|[{_KANJI_DIGITS}]{{1,4}})"
    rf"(?![0-9,.{_KANJI_DIGITS}十百千万億円])"
)


def read_value(text: str) -> ValueReading:
    """The value that a phrase states; raises ClueError where a part of it is not understood.

    A value without 円 is taken as yen (``1.8億``, ``182547000``).
    """
    folded = _adverb().sub("を", squeeze(plain_numerals(fold(text))).replace("¥", ""))
    if _CUT_SHORT.search(folded):
        # Literally 100,008,000; whoever says it means 1億8千万. Neither is guessed.
        raise ClueError("value", text, "the figure behind 億 or 兆 needs its 万, 億 or 円.", EXAMPLE)
    # Neither pattern fits without its character, and compiling one takes longer than all the rest of a plain value.
    if "数" in folded and (match := _SEVERAL.search(folded)):
        reading = _several(text, match["base"], match["tens"] is not None, match["unit"])
        return _finish(text, reading, folded[: match.start()], folded[match.end() :])
    if "位" in folded and (match := _ORDER.search(folded)):
        return _finish(text, _counted("order_of", match["unit"]), folded[: match.start()], folded[match.end() :])
    return _finish(text, None, *_around(folded, stated := stated_amounts(text, folded)), stated)


@cache
def _adverb() -> re.Pattern[str]:
    """3億円を少し超える says what 3億円を超える says."""
    words = "|".join(word for word, _, kind, _ in value_words() if kind == "adverb")
    return re.compile(rf"を(?:{words})(?=超|上回|下回|割|切)")


def _around(folded: str, stated: Stated) -> tuple[str, str]:
    return folded[: stated.start], folded[stated.end :]


def _several(text: str, base: str, tens: bool, unit: str) -> ValueReading:
    """数千万, 十数億, 1億数千万, 百数十万: several of a unit, on top of what is counted exactly."""
    reading = _counted("ten_and_several" if tens else "several", unit)
    if not base:
        return reading
    # 百数十万 counts its hundred in 万 too; 1億数千万 says its own unit.
    large = unit[-1] if unit[-1] in _LARGE and base[-1] not in _LARGE else ""
    exact = value_of(base + large)
    step = value_of(f"1{unit}" if len(unit) == 1 else unit)
    if exact is None or step is None or exact % (10 * step) or exact <= 0:
        raise ClueError("value", text, f"{base!r} before 数{unit} is no number that goes with it.", EXAMPLE)
    core, hard = (
        tuple(None if bound is None else bound + int(exact) for bound in bounds)
        for bounds in (reading.core, reading.hard)
    )
    return replace(reading, core=(core[0], core[1]), hard=(hard[0], hard[1]))


def _counted(rule: str, unit: str) -> ValueReading:
    row = _bounds_table()[rule]
    scale = value_of(f"1{unit}" if unit[-1] in "万億兆" and len(unit) == 1 else unit)
    if scale is None:  # 千万 counts as one thousand times 万
        scale = value_of(f"1{unit}")
    assert scale is not None
    core, hard = ((int(low * scale), int(high * scale)) for low, high in (row["core"], row["hard"]))
    return ValueReading(core, hard, weight=row.get("weight", 1.0))


def _finish(
    text: str, reading: ValueReading | None, before: str, after: str, stated: Stated | None = None
) -> ValueReading:
    """Adds what the words before and behind the amount say; whatever is left must be filler."""
    rule: str | None = None
    said: dict[str, Any] = {}
    for side, words in (("before", before), ("after", after)):
        left = words
        if side == "after" and (match := _YEARS.search(left)):
            said["years"] = match["years"]
            left = left.replace(match.group(), "", 1)
        if side == "before":
            left = _TERM_BEFORE.sub("", left)
        for word, where, kind, gives in value_words():
            if word in left and where in (side, "any"):
                left = left.replace(word, "", 1)
                if kind == "bounds":
                    rule = gives if rule in (None, "around") else rule  # 約2億円弱 is 2億円弱
                elif kind not in ("plain", "adverb"):
                    said.setdefault(kind, gives)
        if not _FILLER.match(left):
            raise ClueError("value", text, f"{left!r} is not understood.", EXAMPLE)
    if reading is None:
        assert stated is not None
        if stated.high is None:
            reading = _single(stated.value, rule, unit_price=said.get("role") == "unit_price")
        else:
            reading = _range(stated.value, stated.low_rule, stated.high, rule)
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
            exact = (plain_number(value), plain_number(value + SEN))
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
    core, hard = (low["core_low"], high["core_high"]), (low["hard_low"], high["hard_high"])
    return ValueReading(core, hard, bare=rule == "rounded")


def _bound(value: Decimal, offset: dict[str, Any]) -> Yen:
    steps = [Decimal(str(offset["x"])) * value] if "x" in offset else []
    if "u" in offset:
        steps.append(Decimal(str(offset["u"])) * last_place(value))
    step = (max if offset.get("widest") else min)(steps, key=abs)
    return plain_number(value + step)


def _range(low: Decimal, low_rule: str | None, high: Decimal, high_rule: str | None) -> ValueReading:
    """A〜B: both ends belong to it; the hard bounds reach one unit of the finer end further.

    A word at an end moves it (2億円弱から …) or fixes it (1億円以上2億円未満).
    """
    unit = min(last_place(low), last_place(high))
    core_low, core_high = plain_number(low), plain_number(high + (high_rule != "below"))
    hard_low, hard_high = plain_number(max(low - unit, Decimal(0))), plain_number(high + 1 + unit)
    if low_rule:
        reading = _single(low, low_rule, unit_price=False)
        core_low = reading.core[0] or 0
        hard_low = core_low if low_rule in _FIRM_LOW else min(hard_low, reading.hard[0] or 0)
    return ValueReading((core_low, core_high), (hard_low, core_high if high_rule in _FIRM_HIGH else hard_high))
