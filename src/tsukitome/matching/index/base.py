"""The keys of rows as far as no clue hits them, and how many rows there are of each: they follow from what rows have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.dataclass import dataclass
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import grouped
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.index.stretches import Stretches

Rows = NDArray[Any]


@dataclass(frozen=True)
class Base:
    """The keys of rows as far as no clue hits them: by place and by kind, and by their only total."""

    index: Index
    by_place: Rows
    by_kind: Rows
    totals: Stretches | None
    # By code of a total: the bits of a key that it leaves, and those that it sets.
    clear: Rows
    mark: Rows

    @classmethod
    def of_hits(cls, index: Index, layout: Layout, hits: Mapping[str, Hits]) -> Base:
        by_place = np.zeros(len(index["places_starts"]) - 1, np.uint32)
        by_kind = np.zeros(len(index["kind_method"]), np.uint32)
        totals, clear, mark = None, np.array([0xFFFFFFFF], np.uint32), np.zeros(1, np.uint32)
        for name, found in hits.items():
            shift = np.uint32(layout.shift[name])
            by_place |= found.by_place << shift
            by_kind |= found.by_kind << shift
            if found.totals is not None and found.totals.found:
                totals = found.totals
                mark = np.arange(1 << layout.width[name], dtype=np.uint32) << shift
                clear = np.where(mark, ~layout.mask(name), clear)
        return cls(index, by_place, by_kind, totals, clear, mark)

    def of(self, rows: Rows) -> Rows:
        """The keys of some rows."""
        return self._keys(rows, self._codes(rows))

    def _codes(self, rows: Rows) -> Rows | int:
        """The codes of the only totals of rows; 0 for those without one, or with the usual one."""
        return 0 if self.totals is None else self.totals.codes(self.index["total_at"][rows])

    def _keys(self, rows: Rows, codes: Rows | int) -> Rows:
        index = self.index
        found: Rows = self.by_place[index["place"][rows]] | self.by_kind[index["kind"][rows]]
        return found if self.totals is None else found & self.clear[codes] | self.mark[codes]

    @cached_property
    def places(self) -> tuple[Rows, Rows]:
        """The distinct codes of places, and for each place which of them it has."""
        codes, _, number = grouped(self.by_place)
        return codes, number

    def keys_and_cells(self, rows: Rows) -> tuple[Rows, Rows]:
        """The keys of rows, and their places in :meth:`cells`."""
        codes = self._codes(rows)
        of_place, kinds = self.places[1][self.index["place"][rows]], len(self.by_kind)
        cells = of_place * kinds + self.index["kind"][rows]
        if self.totals is not None:
            cells += codes * np.int64(len(self.places[0]) * kinds)
        return self._keys(rows, codes), cells

    def cells(self) -> Rows:
        """How many rows there are by code of total, code of place, and kind."""
        size = len(self.places[0]) * len(self.by_kind)
        counts = np.zeros((len(self.mark), size), np.int64)
        for begin, end, code in self.stretches:
            counts[code] += np.bincount(self._cells_of_totals(begin, end), minlength=size)
        counts[0] = self.cells_by_place - counts[1:].sum(axis=0)
        return counts.ravel()

    @cached_property
    def cells_by_place(self) -> Rows:
        """How many rows there are by code of place, and kind. Those of the commonest code are what is left."""
        index, (codes, of_place) = self.index, self.places
        sums = np.zeros((len(codes), len(self.by_kind)), np.int64)
        if len(codes):
            commonest = int(np.bincount(of_place).argmax())
            for code in range(len(codes)):
                if code != commonest:
                    sums[code] = index.rows_by_place[np.flatnonzero(of_place == code)].sum(axis=0, dtype=np.int64)
            sums[commonest] = index["cells_by_kind"] - sums.sum(axis=0)
        return sums.ravel()

    @cached_property
    def cell_keys(self) -> Rows:
        """The key of each of the :meth:`cells`."""
        keys = (self.places[0][:, None] | self.by_kind).ravel()
        found: Rows = (keys & self.clear[:, None] | self.mark[:, None]).ravel()
        return found

    def rows_of_totals(self, wanted: Rows) -> Rows:
        """The rows with an only total in a stretch, in the :meth:`cells` that are ``wanted``."""
        index, by_code = self.index, wanted.reshape(len(self.mark), -1)
        found = [
            index["total_rows"][begin:end][by_code[code][self._cells_of_totals(begin, end)]]
            for begin, end, code in self.stretches
            if by_code[code].any()
        ]
        rows: Rows = np.concatenate(found) if found else np.empty(0, np.uint32)
        return rows

    def rows_without_total(self, wanted: Rows) -> Rows:
        """The other rows, in the :meth:`cells` that are ``wanted``."""
        index, (codes, of_place) = self.index, self.places
        cells = wanted.reshape(len(self.mark), -1)[0]
        near = cells.reshape(len(codes), -1).any(axis=1)
        rows: Rows = index.rows_by("place", np.flatnonzero(near[of_place]))
        rows = rows[cells[of_place[index["place"][rows]] * len(self.by_kind) + index["kind"][rows]]]
        if self.totals is not None:
            rows = rows[self.totals.codes(index["total_at"][rows]) == 0]
        return rows

    @property
    def stretches(self) -> Sequence[tuple[int, int, int]]:
        return self.totals.found if self.totals else ()

    def _cells_of_totals(self, begin: int, end: int) -> Rows:
        """The code of place and kind of a stretch of the only totals."""
        index, of_place = self.index, self.places[1]
        found: Rows = of_place[index["total_place"][begin:end]] * len(self.by_kind) + index["total_kind"][begin:end]
        return found
