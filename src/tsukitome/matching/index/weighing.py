"""The bits and probabilities of many alternatives at once, by their keys: what :mod:`tsukitome.matching.scoring` and
:mod:`tsukitome.matching.probability` say of alternatives one by one, to the last digit.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property

from tsukitome.clues.query import Clue
from tsukitome.dataclass import dataclass
from tsukitome.findings import Prior
from tsukitome.matching.index.tally import Tally
from tsukitome.matching.probability import SumOfKin, posterior
from tsukitome.matching.scoring import WeighedClue, sum_of_bits
from tsukitome.matching.weights import KINDS, Kind, KinRates


@dataclass(frozen=True)
class WeighedKeys:
    """Weighed clues over alternatives that are counted by their keys, whose kin come by ``rates``."""

    weighed: Mapping[str, WeighedClue]
    tally: Tally
    rates: Mapping[Kind, KinRates]

    @cached_property
    def thousandths(self) -> Sequence[int]:
        """The bits at each key, in thousandths."""
        tables = {
            name: [0.0, *map(weighed.bits_of_level, self.tally.layout.levels[name].names), weighed.bits_of_level(None)]
            for name, weighed in self.weighed.items()
        }
        whole = {name: [round(bits * 1000) for bits in table] for name, table in tables.items()}
        if all(whole[name][code] / 1000 == bits for name, table in tables.items() for code, bits in enumerate(table)):
            return self.tally.rows.looked_up(whole)
        found = [map(table.__getitem__, self.tally.codes(name)) for name, table in tables.items()]  # of another scale
        return array("q", (round(sum_of_bits(row) * 1000) for row in zip(*found, strict=True)))

    @cached_property
    def bits(self) -> list[float]:
        """The bits at each key."""
        return [one / 1000 for one in self.thousandths]

    def posterior(self, in_data: Prior) -> tuple[list[float], float]:
        """What :func:`tsukitome.matching.probability.posterior` gives."""
        rows, thousandths, counts = self.tally.rows, self.thousandths, self.tally.counted.counts

        def weights(factor: float, top: float) -> tuple[Sequence[float], float]:
            found = rows.powers(thousandths, round(top * 1000), factor)
            return found, rows.exact_sum((found, counts, None))

        return posterior(self.bits, in_data.in_data, in_data.absent, counts, weights)

    def held(self, kind: Kind) -> Sequence[int]:
        """Of the alternatives with each key, how many have such kin in the data."""
        return self.tally.counted.held[KINDS.index(kind)]

    @cached_property
    def sum_of_kin(self) -> SumOfKin:
        """What :func:`tsukitome.matching.probability.sum_of_kin` gives."""
        rows, counts = self.tally.rows, self.tally.counted.counts

        def sum_of(kind: Kind, alone: float, together: float) -> tuple[float, int]:
            like, held = self._kin(kind), self.held(kind)
            values = (rows.powers(like, 0, rate) for rate in (alone, together))
            return rows.exact_sum((next(values), counts, held), (next(values), held, None)), sum(held)

        return sum_of

    def _kin(self, kind: Kind) -> Sequence[int]:
        """For each key how much likelier than by chance it would be of such kin, in thousandths of bits."""
        tables = {}
        for name, weighed in self.weighed.items():
            names = self.tally.layout.levels[name].names
            tables[name] = [0, *(round(weighed.kin_bits_of_level(kind, level) * 1000) for level in names), 0]
        return self.tally.rows.looked_up(tables)

    def of(self, name: str) -> AtKeys:
        """One clue at the keys."""
        return AtKeys(self.weighed[name], self.tally, name)


@dataclass(frozen=True)
class AtKeys:
    """A weighed clue over alternatives that are known by their codes only."""

    weighed: WeighedClue
    tally: Tally
    name: str

    @cached_property
    def levels(self) -> list[str | None]:
        """The clue's level at each key."""
        levels = self.tally.layout.levels[self.name]
        names = [None, *levels.names, None]  # no key has the first
        return list(map(names.__getitem__, self.tally.codes(self.name)))

    @property
    def clue(self) -> Clue:
        return self.weighed.clue

    def bits_of(self, index: int) -> float:
        return self.weighed.bits_of_level(self.levels[index])

    def kin_bits(self, kind: Kind) -> list[float]:
        return [self.weighed.kin_bits_of_level(kind, level) for level in self.levels]

    def fits(self, index: int) -> bool | None:
        return self.weighed.level_fits(self.levels[index])
