"""The firms that can be listed, without a look at the others: exact order, exact sums.

A firm is worth at most what its rows are worth. Rows are taken from the likeliest down until no firm without a taken row can
still reach the list; of the firms that may, every row is summed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from tsukitome.dataclass import dataclass
from tsukitome.matching.answer import NEGLIGIBLE, Chances
from tsukitome.matching.index.distinct import distinct, grouped
from tsukitome.matching.index.tally import Tally
from tsukitome.matching.verdict import ENOUGH, firms_that_hold

Rows = NDArray[Any]
_ROUNDED = 12  # places to which probabilities are rounded before they are compared; ties are broken by name
_AS_EQUAL = 2 * 10.0**-_ROUNDED
_ROWS_EACH = 2  # rows that a firm of the first ones is taken to have at a good probability
_LARGEST = 4  # times as many firms as are listed: of the largest so many all rows are summed, if need be
_FIRST_FIRMS = 10
_SUMMED = 1e-11  # more than a sum of probabilities may be rounded by
_FEW = 8  # a part of so many of all rows is few


@dataclass(frozen=True)
class RankedFirm:
    """A firm by its number: its rows, the likeliest first, the places of their keys, and their probabilities."""

    number: int
    rows: Rows
    keys: Rows
    chances: Chances

    @property
    def probability(self) -> float:
        return self.chances.total


class Ranking(Sequence[float]):
    """The probabilities of all firms, the largest first; more of them are found when they are asked for.

    Those of negligible firms are not found out, but said to be half of what is negligible.
    """

    def __init__(self, tally: Tally, probabilities: Rows, bits: Rows) -> None:
        """``probabilities`` and ``bits`` are those of an alternative with each of the tally's keys."""
        self._tally, self._index = tally, tally.base.index
        self._probabilities, self._bits = probabilities, bits
        order = np.argsort(-probabilities, kind="stable")
        self._steps = probabilities[order]
        self._reached = np.cumsum(tally.counts.sum(axis=1)[order])
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
        firms = self._candidates(count)
        if not len(firms):
            return []
        sums, rows, keys, each, ends = self._sums(firms)
        found = []
        for place in np.flatnonzero(sums >= _limit(sums, count)).tolist():
            part = slice(int(ends[place - 1]) if place else 0, int(ends[place]))
            found.append(self._firm(int(firms[place]), rows[part], keys[part], each[part]))
        return sorted(found, key=self._order)[:count]

    def that_hold(self, share: float) -> int:
        """What :func:`tsukitome.matching.verdict.firms_that_hold` says."""
        first = [firm.probability for firm in self.first(_FIRST_FIRMS)]
        if math.fsum(first) < share:
            held, wanted = np.cumsum(-np.sort(-self._of_all_firms)), share * ENOUGH
            place = int(np.searchsorted(held, wanted))
            if place < len(held) and np.abs(held[max(place - 1, 0) : place + 1] - wanted).min() > _SUMMED:
                return place + 1
        return firms_that_hold(self, share)

    def _candidates(self, count: int) -> Rows:
        """The firms that may be among the first ``count``."""
        if self._alike is not None:
            return self._of_all(count)
        place = self._steps_to_look_at(count)
        firms = self._by_rows_from(float(self._steps[place]), count) if place >= 0 else None
        return self._of_all(count) if firms is None else firms

    def _steps_to_look_at(self, count: int) -> int:
        """How far down to look for rows, as a place among the steps of their probabilities: so far that what is unseen of a
        firm can't bring it among the first; below 0 where rows are not few there. A guess: any would give the same answer.
        """
        reached = self._reached
        good = float(self._steps[min(int(np.searchsorted(reached, _ROWS_EACH * count)), len(reached) - 1)])
        unseen = max(good, NEGLIGIBLE) / 4 / max(self._index.largest_firm, 1)
        place = max(int(np.searchsorted(-self._steps, -unseen, side="right")) - 1, 0)
        few = int(np.searchsorted(reached, len(self._index) // _FEW, side="right")) - 1
        return min(place, few)

    def _by_rows_from(self, least: float, count: int) -> Rows | None:
        """The same by those rows alone that are worth ``least`` or more; None where the others may be worth too much."""
        index = self._index
        rows = self._tally.rows_of(self._probabilities >= least)
        firms, _, number = grouped(index["firm"][rows])
        sums = np.bincount(number, self._probabilities[self._tally.places_of(rows)])
        below = self._steps[np.searchsorted(-self._steps, -least, side="right") :]
        unseen = float(below[0]) if len(below) else 0.0
        order, sizes = index.firms_by_size
        limit = _limit(sums, count)
        if (
            unseen * index.largest_firm >= limit
        ):  # a firm of many unlikely rows may be likelier: sum some of them in full
            largest = order[: _LARGEST * count]
            apart = np.ones(len(self), bool)
            apart[largest] = False
            limit = _limit(np.concatenate((sums[apart[firms]], self._sums(largest)[0])), count)
        large = order[: int(np.searchsorted(-sizes * unseen, -limit, side="right"))] if unseen else order[:0]
        if int(sizes[: len(large)].sum()) > len(index) // _FEW:
            return None
        reaching = firms[sums + index.firm_sizes[firms] * unseen >= limit]
        found: Rows = distinct(np.concatenate((reaching, large)).astype(np.int64))
        return found

    def _sums(self, firms: Rows) -> tuple[Rows, Rows, Rows, Rows, Rows]:
        """The sum of the probabilities of all rows of each firm; and the rows, the places of their keys, their probabilities, and
        where those of each firm end.
        """
        rows = self._index.rows_by("firm", firms)
        keys = self._tally.places_of(rows)
        each = self._probabilities[keys]
        ends = np.cumsum(self._index.firm_sizes[firms])
        return np.add.reduceat(each, np.append(0, ends[:-1])), rows, keys, each, ends

    def _of_all(self, count: int) -> Rows:
        """The same by summing every firm."""
        return np.flatnonzero(self._of_all_firms >= _limit(self._of_all_firms, count))

    @cached_property
    def _alike(self) -> int | None:
        """The place of the key that all rows have which no clue hits, if they have but one."""
        places = distinct(self._tally.cell_at)[-2:].tolist()
        return int(places[-1]) if places and (len(places) == 1 or places[0] < 0 <= places[-1]) else None

    @cached_property
    def _of_all_firms(self) -> Rows:
        """The sum of the probabilities of all rows of each firm, but for rounding."""
        index, tally, firms = self._index, self._tally, self._index["firm"]
        if self._alike is None:
            places = tally.places_of(np.arange(len(index), dtype=np.uint32))
            return np.bincount(firms, self._probabilities[places], minlength=len(self))
        usual = self._probabilities[self._alike]
        unlike = np.flatnonzero(tally.others_at != self._alike)
        rows = np.concatenate((tally.hit, index.alone + unlike))
        more = self._probabilities[np.concatenate((tally.hit_at, tally.others_at[unlike]))] - usual
        sums: Rows = index.firm_sizes * usual + np.bincount(firms[rows], more, minlength=len(self))
        return sums

    def _firm(self, number: int, rows: Rows, keys: Rows, each: Rows) -> RankedFirm:
        index = self._index
        if len(rows) == 1:
            return RankedFirm(number, rows, keys, Chances(each.tolist(), [1]))
        order = np.lexsort((index["at"][rows], index["award"][rows], -self._bits[keys]))
        each = each[order]
        ends = np.append(np.flatnonzero(each[1:] != each[:-1]) + 1, len(each))
        chances = Chances(each[ends - 1].tolist(), np.diff(ends, prepend=0).tolist())
        return RankedFirm(number, rows[order], keys[order], chances)

    def _order(self, firm: RankedFirm) -> tuple[float, int, int, int]:
        index = self._index
        name, award = int(index["firm_name"][firm.number]), int(index["award"][firm.rows[0]])
        return -round(firm.probability, _ROUNDED), name, award, firm.number


def _limit(sums: Rows, count: int) -> float:
    """What a firm must reach, as far as ``sums`` are known, to be among the first ``count`` of them and not negligible."""
    if len(sums) <= count:
        return NEGLIGIBLE / 2
    least = np.partition(sums, len(sums) - count)[len(sums) - count]
    return max(float(least) * (1 - 1e-9) - _AS_EQUAL, NEGLIGIBLE / 2)
