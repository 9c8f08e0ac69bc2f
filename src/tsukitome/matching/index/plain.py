"""Marking the rows that a question hits, and counting all rows by key: with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.dataclass import dataclass
from tsukitome.matching.index.base import Base
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.weights import KINDS

Rows = NDArray[Any]
KINS = 1 << len(KINDS)  # how many sets of kin there are


@dataclass(frozen=True)
class Counted:
    """All rows of an index, counted by key.

    ``keys`` are the distinct keys, each known by its place among them. ``hit`` are the rows that a clue hits, of those whose
    award has no other alternative, and ``hit_at`` the places of their keys; ``others_at`` are those of all rows whose award has;
    ``cell_at`` are those of the rows that are neither, by the cells of the base, -1 where there are none. ``counts`` is how many
    rows have each key, by known kin, and ``alike`` how many awards, where all rows of the award have that key. The keys of all
    other awards stand in ``mixed``, each award's from one of ``mixed_begins``, and ``mixed_times`` is how many awards have these
    keys.
    """

    hit: Rows
    hit_at: Rows
    others_at: Rows
    cell_at: Rows
    keys: Rows
    counts: Rows
    alike: Rows
    mixed: Rows
    mixed_begins: Rows
    mixed_times: Rows


@dataclass
class Plain:
    """What :class:`tsukitome.matching.index.kernel.Compiled` does, column by column."""

    base: Base
    layout: Layout
    marks: Rows

    def __post_init__(self) -> None:
        self._place = np.empty(0, np.int32)

    def mark(self, hits: Mapping[str, Hits]) -> Rows:
        """Marks the rows that clues hit with their codes; those of them whose award has no other alternative."""
        marks = self.marks
        for name, found in hits.items():
            shift, clear = np.uint32(self.layout.shift[name]), ~self.layout.mask(name)
            for rows, code in found.found:
                marks[rows] = marks[rows] & clear | np.uint32(code) << shift
        return np.flatnonzero(marks[: self.base.index.alone])

    def places_of(self, rows: Rows) -> Rows:
        """The places of the keys of some rows, once all have been counted."""
        found: Rows = self._place[self.layout.filled(self.marks[rows], self.base.of(rows))]
        return found

    def rows_at(self, counted: Counted, wanted: Rows) -> Rows:
        """The rows that were counted one by one and whose keys' places are ``wanted``."""
        alone = self.base.index.alone
        return np.append(counted.hit[wanted[counted.hit_at]], alone + np.flatnonzero(wanted[counted.others_at]))

    def rows_of_totals(self, counted: Counted, wanted: Rows) -> Rows:
        """The same of those rows that were counted by their only total."""
        rows = self.base.rows_of_totals((counted.cell_at >= 0) & wanted[counted.cell_at])
        found: Rows = rows[(rows < self.base.index.alone) & (self.marks[rows] == 0)]
        return found

    def clear(self, hit: Rows) -> None:
        """Takes the marks off the rows that :meth:`mark` gave."""
        self.marks[hit] = 0

    def count(self, hit: Rows) -> Counted:
        """Counts all rows; ``hit`` is what :meth:`mark` gave."""
        index, base = self.base.index, self.base
        others = np.arange(index.alone, len(index))
        (hit_base, hit_cells), (others_base, others_cells) = base.keys_and_cells(hit), base.keys_and_cells(others)
        hit_keys = self.layout.filled(self.marks[hit], hit_base)
        others_keys = self.layout.filled(self.marks[index.alone :], others_base)
        left = base.cells()
        left -= np.bincount(hit_cells, minlength=len(left))
        left -= np.bincount(others_cells, minlength=len(left))
        met = np.flatnonzero(left)
        seen = np.zeros(1 << self.layout.bits, bool)
        for some in (hit_keys, others_keys, base.cell_keys[met]):
            seen[some] = True
        keys = np.flatnonzero(seen)
        self._place = place = np.zeros(len(seen), np.int32)
        place[keys] = np.arange(len(keys), dtype=np.int32)
        kin = index["kind_kin"].astype(np.int64)
        size = len(keys) * KINS
        hit_at, others_at = place[hit_keys], place[others_keys]
        cell_at = np.where(left, place[base.cell_keys], -1)
        counts = np.bincount(hit_at * KINS + kin[index["kind"][hit]], minlength=size)
        # The keys of cells may be equal.
        np.add.at(counts, place[base.cell_keys[met]] * KINS + kin[met % len(kin)], left[met])
        alike = counts.reshape(-1, KINS).sum(axis=1)
        counts += np.bincount(others_at * KINS + kin[index["kind"][index.alone :]], minlength=size)
        mixed, begins = others_at, index.award_begins[:-1]
        if len(mixed):
            first, sizes = np.minimum.reduceat(mixed, begins), np.diff(index.award_begins)
            differ = first != np.maximum.reduceat(mixed, begins)
            alike += np.bincount(first[~differ], minlength=len(keys))
            mixed, begins = mixed[np.repeat(differ, sizes)], np.cumsum(sizes[differ]) - sizes[differ]
        times = np.ones(len(begins), np.int64)
        counts = counts.reshape(-1, KINS)
        return Counted(hit, hit_at, others_at, cell_at, keys.astype(np.uint32), counts, alike, mixed, begins, times)
