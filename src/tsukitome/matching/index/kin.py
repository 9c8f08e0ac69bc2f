"""Kin among the rows of an index: what :mod:`tsukitome.matching.kinship` says of alternatives, for all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.dataclass import dataclass
from tsukitome.matching.index.distinct import begins, order_by
from tsukitome.matching.kinship import LOT_DAYS

Rows = NDArray[Any]
_AT_ONCE = 1 << 20  # rows whose neighbours are counted together
_GROUP = 1 << 23  # more than the days of any calendar, and twice LOT_DAYS


def kin_of(
    firm: Rows, title: Rows, stem: Rows, buyer: Rows, office: Rows, day: Rows, award: Rows
) -> tuple[Rows, list[tuple[int, ...]]]:
    """For each row a bit for each kind of kin that it has, and for each kind the facts of a ``KinMet``.

    All are numbers from 0, but that an office below 0 and a day of 0 are unknown. The rows of an award have one title, buyer and
    office; an office is one of its buyer's, and titles that are equal have one stem.
    """
    known: Rows = np.zeros(len(firm), np.uint8)
    met: list[tuple[int, ...]] = []
    for place, of in enumerate(_counts(firm, title, stem, buyer, office, day, award)):
        closest = of[known == 0]
        met.append((int((closest == 1).sum()), int((closest > 1).sum()), int((of > 0).sum()), len(firm)))
        known |= (of > 0).astype(np.uint8) << np.uint8(place)
    return known, met


def _counts(firm: Rows, title: Rows, stem: Rows, buyer: Rows, office: Rows, day: Rows, award: Rows) -> Iterator[Rows]:
    """How many other awards are kin of each row, kind by kind."""
    once = _first_of(award, firm)  # a firm counts once an award
    near = _Near(day, once)
    own = _sizes(once, firm, title)
    repeated = np.flatnonzero(own > 1)  # only a group of several awards holds any that are near
    lots = near.of(repeated, firm, title)
    yield lots
    yield own - 1 - lots
    own_work = own.copy()
    own_work[repeated] = _sizes(once[repeated], *(of[repeated] for of in (buyer, title, firm)))
    yield _sizes(_first_of(award), buyer, title) - own_work
    customer = _sizes(once, buyer, firm)
    served = np.flatnonzero(customer > 1)
    batch, work = near.of(served, buyer, firm), near.of(repeated, buyer, firm, title)
    series = near.of(served, buyer, firm, stem)
    yield series - work
    yield batch - series
    yield customer - own_work - (batch - work)
    del own, own_work, customer, lots, batch, work, series
    shared = np.flatnonzero(_sizes(once, buyer, title) > 1)
    # Those of another work and another firm: all, without those of the firm, and those of the work, but not twice without both.
    place = office + 1
    found = near.of(np.flatnonzero(office >= 0), place)
    found -= near.of(served, place, firm)
    found -= near.of(shared, place, title)
    found += near.of(repeated, place, firm, title)
    found[office < 0] = 0
    yield found


@dataclass(frozen=True)
class _Near:
    """Counts what is of about one day. ``once`` are the rows that count."""

    day: Rows
    once: Rows

    def of(self, rows: Rows, *columns: Rows) -> Rows:
        """For each of the ``rows``, which hold whole groups (rows that are alike in the columns), how many others of its group that
        count are of about its day; 0 for all other rows.
        """
        day, columns = self.day[rows], tuple(column[rows] for column in columns)
        order = order_by(*columns, day)
        day, rows = day[order], rows[order]
        moment = np.cumsum(
            begins(*(column[order] for column in columns)), dtype=np.int64
        )  # the number of its group, first
        del order, columns
        moment *= _GROUP
        moment += day
        dated = moment[self.once[rows] & (day > 0)]
        counts = np.zeros(len(self.day), np.int32)
        for begin in range(0, len(rows), _AT_ONCE):
            some = slice(begin, begin + _AT_ONCE)
            last = np.searchsorted(dated, moment[some] + LOT_DAYS, "right")
            found = last - np.searchsorted(dated, moment[some] - LOT_DAYS, "left") - 1
            counts[rows[some]] = np.where(day[some] > 0, found, 0)
        return counts


def _first_of(*columns: Rows) -> Rows:
    """Which rows are the first of those that are alike in the columns."""
    order = order_by(*columns)
    first = np.zeros(len(order), bool)
    first[order[begins(*(column[order] for column in columns))]] = True
    return first


def _sizes(counted: Rows, *columns: Rows) -> Rows:
    """For each row how many of those that are alike in the columns are ``counted``."""
    order = order_by(*columns)
    group = np.cumsum(begins(*(column[order] for column in columns))) - 1
    found = np.empty(len(order), np.int32)
    found[order] = np.bincount(group[counted[order]], minlength=1)[group] if len(order) else 0
    return found
