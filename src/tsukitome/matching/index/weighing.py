"""The bits and probabilities of many keys at once: what :mod:`tsukitome.matching.scoring` and
:mod:`tsukitome.matching.probability` say of alternatives one by one, to the last digit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.clues.query import Clue
from tsukitome.dataclass import dataclass
from tsukitome.matching.index.kin import CountedKin
from tsukitome.matching.index.layout import Layout, Levels
from tsukitome.matching.probability import POWERS, SumOfKin
from tsukitome.matching.scoring import WeighedClue, sum_of_bits
from tsukitome.matching.weights import KINDS, Kind

Rows = NDArray[Any]
_HALF = 2.0**27 + 1
_POWERS = np.array(POWERS)


@dataclass(frozen=True)
class WeighedKeys:
    """Weighed clues over alternatives that are known by their keys only."""

    weighed: Mapping[str, WeighedClue]
    layout: Layout
    keys: Rows

    @cached_property
    def bits(self) -> Rows:
        """The bits at each key."""
        tables = {name: self._by_code(name, weighed.bits_of_level) for name, weighed in self.weighed.items()}
        found = [table[self.layout.codes(name, self.keys)] for name, table in tables.items()]
        if all((_thousandths(table) / 1000 == table).all() for table in tables.values()):
            sums: Rows = _thousandths(found).sum(axis=0) / 1000
            return sums
        return np.array([sum_of_bits(row) for row in zip(*(one.tolist() for one in found), strict=True)])

    def _by_code(self, name: str, bits_of_level: Callable[[str | None], float]) -> Rows:
        """Bits by the code of a level."""
        names = self.layout.levels[name].names
        return np.array([0.0, *map(bits_of_level, names), bits_of_level(None)])

    def sum_of_kin(self, counts: Rows, kin: CountedKin) -> SumOfKin:
        """What :func:`tsukitome.matching.probability.sum_of_kin` gives; ``counts`` says how many alternatives have each key."""

        def sum_of(kind: Kind, alone: float, together: float) -> tuple[float, int]:
            like, held = self._likelihoods[KINDS.index(kind)], kin.held_at(kind)
            each = np.concatenate((counts - held, held))
            return weighted_sum(np.concatenate((alone * like, together * like)), each), int(held.sum())

        return sum_of

    @cached_property
    def _likelihoods(self) -> Rows:
        """For each kind of kin how much likelier than by chance it would be at each key."""
        sums = np.zeros((len(self.keys), len(KINDS)), np.int64)
        for name, weighed in self.weighed.items():
            of_level = weighed.kin_bits_of_level
            table = np.stack([self._by_code(name, partial(of_level, kind)) for kind in KINDS], axis=1)
            sums += _thousandths(table)[self.layout.codes(name, self.keys)]
        return power_of_two(sums.T)

    def of(self, name: str) -> AtKeys:
        """One clue at the keys."""
        return AtKeys(self.weighed[name], self.layout.levels[name], self.layout.codes(name, self.keys))


@dataclass(frozen=True)
class AtKeys:
    """A weighed clue over alternatives that are known by their codes only."""

    weighed: WeighedClue
    levels: Levels
    codes: Rows

    @property
    def clue(self) -> Clue:
        return self.weighed.clue

    def bits_of(self, index: int) -> float:
        return self.weighed.bits_of_level(self.levels.name(int(self.codes[index])))

    def kin_bits(self, kind: Kind) -> list[float]:
        return [self.weighed.kin_bits_of_level(kind, self.levels.name(code)) for code in self.codes.tolist()]

    def fits(self, index: int) -> bool | None:
        return self.weighed.level_fits(self.levels.name(int(self.codes[index])))


def posterior(bits: Rows, in_data: float, absent: float, counts: Rows) -> tuple[Rows, float]:
    """What :func:`tsukitome.matching.probability.posterior` gives."""
    if not len(bits):
        return bits, 1.0
    alternatives = int(counts.sum())
    thousandths = _thousandths(bits)
    none = (1 - in_data) * absent * float(power_of_two(-thousandths.max()))
    weights = in_data / alternatives * power_of_two(thousandths - thousandths.max())
    total = weighted_sum(weights, counts) + none
    return weights / total, none / total


def weighted_sum(values: Rows, counts: Rows) -> float:
    """What :func:`tsukitome.matching.probability.weighted_sum` gives."""
    met = np.flatnonzero(counts)
    values, counts = values[met], counts[met]
    scaled = values * _HALF
    high = scaled - (scaled - values)
    return math.fsum(np.concatenate((high * counts, (values - high) * counts)).tolist())


def power_of_two(thousandths: Rows) -> Rows:
    """What :func:`tsukitome.matching.probability.power_of_two` gives."""
    whole, part = np.divmod(thousandths, 1000)
    found: Rows = np.ldexp(_POWERS[part], whole)
    return found


def _thousandths(bits: Any) -> Rows:
    found: Rows = np.rint(np.multiply(bits, 1000)).astype(np.int64)
    return found
