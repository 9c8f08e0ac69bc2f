"""The firms that can be listed, without a look at the others: exact order, exact sums.

A firm is worth at most what its rows are worth. Rows are taken from the likeliest down until no firm without a taken row can
still reach the list; of the firms that may, every row is summed.
"""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import overload

from tsukitome.dataclass import dataclass
from tsukitome.matching.answer import NEGLIGIBLE, Chances
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.limits import ROUNDED, limit_from
from tsukitome.matching.index.tally import FirmSums, Tally
from tsukitome.matching.verdict import firms_that_hold

_ROWS_EACH = 2  # rows that a firm of the first ones is taken to have at a good probability
_LARGEST = 4  # times as many firms as are listed: of the largest so many all rows are summed, if need be
_FIRST_FIRMS = 10
_FEW = 8  # a part of so many of all rows is few
_FEW_KEYS = 32  # keys up to which each is looked for by itself; no more than 256, which one byte tells apart


@dataclass(frozen=True)
class RankedFirm:
    """A firm by its number: the chances of all its rows, and those ``rows`` that are shown, the likeliest first, with the bits of
    each.
    """

    number: int
    rows: Sequence[int]
    bits: Sequence[float]
    chances: Chances

    @property
    def probability(self) -> float:
        return self.chances.total


class Ranking(Sequence[float]):
    """The probabilities of all firms, the largest first; more of them are found when they are asked for.

    Those of negligible firms are not found out, but said to be half of what is negligible.
    """

    def __init__(self, index: Index, tally: Tally, probabilities: Sequence[float], bits: Sequence[float]) -> None:
        """``probabilities`` and ``bits`` are those of an alternative with each of the tally's keys."""
        self._index, self._tally = index, tally
        self._probabilities, self._bits = probabilities, bits
        order = sorted(range(len(bits)), key=probabilities.__getitem__, reverse=True)
        self._falling = [-probabilities[key] for key in order]  # from the likeliest key down
        self._reached = list(accumulate(tally.counted.counts[key] for key in order))
        self._known: list[RankedFirm] = []
        self._asked = 0

    def __len__(self) -> int:
        return len(self._index["firm_first"]) - 1

    @overload
    def __getitem__(self, place: int) -> float: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[float]: ...
    def __getitem__(self, place: int | slice) -> float | Sequence[float]:
        if isinstance(place, slice):
            return [self[number] for number in range(len(self))[place]]
        known = self.first(place + 1)
        return known[place].probability if place < len(known) else NEGLIGIBLE / 2

    def __iter__(self) -> Iterator[float]:
        place = 0
        while place < len(self):
            known = self.first(min(max(10, place * 10), len(self)))
            if place >= len(known):
                return
            for firm in known[place:]:
                yield firm.probability
            place = len(known)

    def first(self, count: int) -> list[RankedFirm]:
        """The first firms in order, ``count`` of them or fewer: the negligible may be left out."""
        count = min(count, len(self))
        if count > self._asked:
            self._known, self._asked = self._rank(count), count
        return self._known[:count]

    def listed(self, top: int) -> list[RankedFirm]:
        """The firms to be listed: the first ``top`` (0: all) that are not negligible."""
        count = top or 64
        while True:
            found = self.first(count)
            kept = [firm for firm in found if firm.probability >= NEGLIGIBLE]
            if top or len(kept) < len(found) or len(found) < count or len(found) == len(self):
                return kept[:top] if top else kept
            count *= 8

    def _rank(self, count: int) -> list[RankedFirm]:
        firms = list(map(self._firm, self._candidates(count)))
        limit = limit_from([firm.probability for firm in firms], count)
        return sorted((firm for firm in firms if firm.probability >= limit), key=self._order)[:count]

    def that_hold(self, share: float) -> int:
        """What :func:`tsukitome.matching.verdict.firms_that_hold` says."""
        first = [firm.probability for firm in self.first(_FIRST_FIRMS)]
        if math.fsum(first) < share and (held := self._sums.that_hold(share)):
            return held
        return firms_that_hold(self, share)

    def _candidates(self, count: int) -> list[int]:
        """The firms that may be among the first ``count``."""
        if self._tally.counted.usual is None:
            place = self._steps_to_look_at(count)
            firms = self._by_rows_from(-self._falling[place], count) if place >= 0 else None
            if firms is not None:
                return firms
        return self._sums.reaching(count)

    def _steps_to_look_at(self, count: int) -> int:
        """How far down to look for rows, as a place among the keys from the likeliest down: so far that what is unseen of a firm
        can't bring it among the first; below 0 where rows are not few there. A guess: any would give the same answer.
        """
        reached = self._reached
        good = -self._falling[min(bisect_left(reached, _ROWS_EACH * count), len(reached) - 1)]
        unseen = max(good, NEGLIGIBLE) / 4 / max(self._index.largest_firm, 1)
        place = max(bisect_right(self._falling, -unseen) - 1, 0)
        return min(place, bisect_right(reached, len(self._index) // _FEW) - 1)

    def _by_rows_from(self, least: float, count: int) -> list[int] | None:
        """The same by those rows alone that are worth ``least`` or more; None where the others may be worth too much."""
        index, tally, size = self._index, self._tally, self._index.firm_size
        wanted = bytes(probability >= least for probability in self._probabilities)
        firms, sums = tally.rows.sum_some(tally.rows.rows_with(wanted), self._probabilities)
        below = bisect_right(self._falling, -least)
        unseen = -self._falling[below] if below < len(self._falling) else 0.0
        limit, order = limit_from(sums, count), index["firms_by_size"]
        if unseen * index.largest_firm >= limit:
            # A firm of many unlikely rows may be likelier: some of them are summed in full.
            largest = order[: _LARGEST * count].tolist()
            apart = set(largest)
            known = [self._sum(firm) for firm in largest]
            limit = limit_from(known + [sum for firm, sum in zip(firms, sums, strict=True) if firm not in apart], count)
        large = order[: index.firms_of(limit / unseen * (1 - 1e-9)) if unseen else 0].tolist()
        if sum(map(size, large)) > len(index) // _FEW:
            return None
        may = limit - index.largest_firm * unseen * (1 + 1e-9)
        reaching = (
            firm for firm, sum in zip(firms, sums, strict=True) if sum >= may and sum + size(firm) * unseen >= limit
        )
        return sorted({*reaching, *large})

    def _sum(self, firm: int) -> float:
        """What all rows of a firm are worth, but for rounding."""
        return self._tally.rows.sum_some(self._index.rows_by("firm", firm), self._probabilities)[1][0]

    @cached_property
    def _sums(self) -> FirmSums:
        return self._tally.rows.sum_all(self._probabilities)

    def _firm(self, number: int) -> RankedFirm:
        rows, bits, worth = self._index.rows_by("firm", number), self._bits, self._probabilities
        keys = self._tally.rows.places_of(rows)
        if len(rows) == 1:
            key = keys[0]
            return RankedFirm(number, rows.tolist(), [bits[key]], Chances([worth[key]], [1]))
        times = _times(keys, len(bits))
        runs: dict[float, int] = {}
        met = sorted(times, key=bits.__getitem__, reverse=True)
        for key in met:
            runs[worth[key]] = runs.get(worth[key], 0) + times[key]
        chances = Chances(list(runs), list(runs.values()))
        count, reached = len(chances.shown()), accumulate(times[key] for key in met)
        least = next(bits[key] for key, so_many in zip(met, reached, strict=True) if so_many >= count)
        if least > bits[met[-1]]:  # keys of equal bits stay together: the awards break their tie
            rows = self._tally.rows.chosen(rows, keys, bytes(bool(one >= least) for one in bits))
            keys = self._tally.rows.places_of(rows)
        order = self._in_order(zip(keys, rows, strict=True))[:count]
        return RankedFirm(number, [row for *_, row in order], [-bits for bits, *_ in order], chances)

    def rows_of(self, firm: int) -> list[int]:
        """All rows of a firm, the likeliest first."""
        rows = self._index.rows_by("firm", firm)
        return [row for *_, row in self._in_order(zip(self._tally.rows.places_of(rows), rows, strict=True))]

    def _in_order(self, rows: Iterable[tuple[int, int]]) -> list[tuple[float, int, int, int]]:
        """Rows with the places of their keys in order: by bits, then as their awards are numbered; the row comes last."""
        award, at, bits = self._index["award"], self._index["at"], self._bits
        return sorted((-bits[key], award[row], at[row], row) for key, row in rows)

    def _order(self, firm: RankedFirm) -> tuple[float, int, int, int]:
        index = self._index
        return (
            -round(firm.probability, ROUNDED),
            index["firm_name"][firm.number],
            index["award"][firm.rows[0]],
            firm.number,
        )


def _times(keys: memoryview, below: int) -> Mapping[int, int]:
    """How often each of some keys, which are ``below`` a number, stands there."""
    if below > _FEW_KEYS:
        return Counter(keys.tolist())
    low = keys.tobytes()[0 if sys.byteorder == "little" else keys.itemsize - 1 :: keys.itemsize]
    return {key: often for key in range(below) if (often := low.count(key))}
