"""Marking the rows that a question hits, and counting all rows by key: with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.index.base import Base
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.weights import KINDS

Rows = NDArray[Any]
KINS = 1 << len(KINDS)  # how many sets of kin there are


@dataclass(frozen=True)
class Counted:
    """All rows of an index, counted by key.

    ``hit`` are the rows that a clue hits, of those whose award has no other alternative, with their keys; ``others_keys`` are
    the keys of all rows whose award has; ``left`` is how many rows are neither, by the cells of the base. ``keys`` are the
    distinct keys, ``place`` gives for a key its place among them; ``counts`` is how many rows have each, by known kin, and
    ``alike`` how many awards, where all rows of the award have that key. The keys of all other awards stand in ``mixed``, each
    award's from one of ``mixed_begins``.
    """

    hit: Rows
    hit_keys: Rows
    others_keys: Rows
    left: Rows
    keys: Rows
    place: Rows
    counts: Rows
    alike: Rows
    mixed: Rows
    mixed_begins: Rows


@dataclass(frozen=True)
class Plain:
    """What :class:`tsukitome.matching.index.kernel.Compiled` does, column by column."""

    base: Base
    layout: Layout
    marks: Rows

    def mark(self, hits: Mapping[str, Hits]) -> Rows:
        """Marks the rows that clues hit with their codes; those of them whose award has no other alternative."""
        marks = self.marks
        for name, found in hits.items():
            shift, clear = np.uint32(self.layout.shift[name]), ~self.layout.mask(name)
            for rows, code in found.found:
                marks[rows] = marks[rows] & clear | np.uint32(code) << shift
        return np.flatnonzero(marks[: self.base.index.alone])

    def keys_of(self, rows: Rows) -> Rows:
        """The keys of some rows."""
        return self.layout.filled(self.marks[rows], self.base.of(rows))

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
        place = np.zeros(len(seen), np.int32)
        place[keys] = np.arange(len(keys), dtype=np.int32)
        kin = index["kind_kin"].astype(np.int64)
        size = len(keys) * KINS
        counts = np.bincount(place[hit_keys] * KINS + kin[index["kind"][hit]], minlength=size)
        # The keys of cells may be equal.
        np.add.at(counts, place[base.cell_keys[met]] * KINS + kin[met % len(kin)], left[met])
        alike = counts.reshape(-1, KINS).sum(axis=1)
        counts += np.bincount(place[others_keys] * KINS + kin[index["kind"][index.alone :]], minlength=size)
        mixed, begins = others_keys, index.award_begins[:-1]
        if len(others_keys):
            first, sizes = np.minimum.reduceat(others_keys, begins), np.diff(index.award_begins)
            differ = first != np.maximum.reduceat(others_keys, begins)
            alike += np.bincount(place[first[~differ]], minlength=len(keys))
            mixed, begins = others_keys[np.repeat(differ, sizes)], np.cumsum(sizes[differ]) - sizes[differ]
        return Counted(
            hit,
            hit_keys,
            others_keys,
            left,
            keys.astype(np.uint32),
            place,
            counts.reshape(-1, KINS),
            alike,
            mixed,
            begins,
        )
