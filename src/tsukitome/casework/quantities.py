"""Numbers of people or items, as titles and claims print them: 約500万人分, 予定数量45,300件, 1,120万件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tsukitome.clues.value import Bounds, read_value
from tsukitome.errors import ClueError
from tsukitome.normalize.numbers import find_numerals
from tsukitome.normalize.text import fold, squeeze, table

_ABOUT = re.compile(r"(?:約|およそ|凡そ|最大|少なくとも|延べ|のべ)$")
_AFTER = re.compile(r"(?:余り|あまり|余|以上|以下|超|弱|強)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts; ``bounds`` are what the words around it mean, half-open."""

    text: str
    number: Decimal
    unit: str
    bounds: Bounds

    def holds(self, number: Decimal) -> bool:
        """Whether another number lies in the bounds."""
        low, high = self.bounds
        return (low is None or low <= number) and (high is None or number < high)


def stated_quantity(text: str) -> Quantity | None:
    """The first quantity of a claim; None where it states none."""
    return next(quantities_in(text), None)


def quantities_in(text: str) -> Iterator[Quantity]:
    """The quantities that a text prints, in its order; amounts of money, dates and lots have other units and are none."""
    folded = squeeze(fold(text))
    units = sorted(_units(), key=len, reverse=True)
    for numeral in find_numerals(folded):
        behind = folded[numeral.end :]
        after = _AFTER.match(behind)
        rest = behind[after.end() :] if after else behind
        unit = next((unit for unit in units if rest.startswith(unit)), None)
        if unit is None:
            continue
        before = _ABOUT.search(folded[: numeral.start])
        words = (before.group() if before else "") + numeral.text + (after.group() if after else "")
        yield Quantity(numeral.text + unit, numeral.value, unit.removesuffix("分"), _bounds(words, numeral.value))


def _units() -> list[str]:
    return [row["unit"] for row in table("quantity_units", "tsukitome.clues.article")]


def _bounds(words: str, number: Decimal) -> Bounds:
    for prefix in ("延べ", "のべ"):
        words = words.removeprefix(prefix)
    try:
        return read_value(words).core
    except ClueError:
        return (float(number), float(number) + 1)
