"""Every alternative's levels, all clues together, as one small number; and how many alternatives have each.

The rows that no clue hits need no look: their levels follow from their group, and how many rows a group has is known. So
only the rows that are hit are gone through, and the tally is still that of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import grouped
from tsukitome.matching.index.hits import Hits, Levels
from tsukitome.matching.index.stretches import Stretches
from tsukitome.matching.narrowing import ORDER
from tsukitome.matching.weights import KINDS

Rows = NDArray[Any]
_KIN = 1 << len(KINDS)  # how many sets of kin there are


class Layout:
    """Where the code of each clue stands in a key."""

    def __init__(self, levels: Mapping[str, Levels]) -> None:
        self.levels = levels
        self.shift: dict[str, int] = {}
        self.width: dict[str, int] = {}
        place = 0
        for name, one in levels.items():
            self.shift[name], self.width[name] = place, one.silent.bit_length()
            place += self.width[name]
        self.bits = place
        # For each bit of a code, the places of the lowest bits of all codes that are wide enough to have it.
        self._lowest = [
            np.uint32(sum(1 << self.shift[name] for name, width in self.width.items() if width > bit))
            for bit in range(max(self.width.values()))
        ]

    def codes(self, name: str, keys: Rows) -> Rows:
        """The codes of one clue in keys."""
        return keys >> np.uint32(self.shift[name]) & np.uint32((1 << self.width[name]) - 1)

    def mask(self, name: str) -> np.uint32:
        """The bits of a key that belong to a clue."""
        return np.uint32(((1 << self.width[name]) - 1) << self.shift[name])

    def filled(self, marks: Rows, base: Rows) -> Rows:
        """The codes of ``marks``, and where a clue left none those of ``base``."""
        marked = marks & self._lowest[0]
        for bit, lowest in enumerate(self._lowest[1:], 1):
            marked |= marks >> np.uint32(bit) & lowest
        taken = marked.copy()
        for bit, lowest in enumerate(self._lowest[1:], 1):
            taken |= (marked & lowest) << np.uint32(bit)
        keys: Rows = base & ~taken | marks
        return keys


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

    def of(self, rows: Rows | slice) -> Rows:
        """The keys of some rows."""
        return self._keys(rows, self.codes(rows))

    def codes(self, rows: Rows | slice) -> Rows | int:
        """The codes of the only totals of rows; 0 for those without one, or with the usual one."""
        return 0 if self.totals is None else self.totals.codes(self.index["total_at"][rows])

    def _keys(self, rows: Rows | slice, codes: Rows | int) -> Rows:
        index = self.index
        found: Rows = self.by_place[index["place"][rows]] | self.by_kind[index["kind"][rows]]
        return found if self.totals is None else found & self.clear[codes] | self.mark[codes]

    @cached_property
    def places(self) -> tuple[Rows, Rows]:
        """The distinct codes of places, and for each place which of them it has."""
        codes, _, number = grouped(self.by_place)
        return codes, number

    def keys_and_cells(self, rows: Rows) -> tuple[Rows, Rows]:
        """The keys of rows, and their places in :attr:`cells`."""
        codes = self.codes(rows)
        of_place, kinds = self.places[1][self.index["place"][rows]], len(self.by_kind)
        cells = of_place * kinds + self.index["kind"][rows]
        if self.totals is not None:
            cells += codes * np.int64(len(self.places[0]) * kinds)
        return self._keys(rows, codes), cells

    @cached_property
    def cells(self) -> tuple[Rows, Rows]:
        """How many rows there are by code of total, code of place, and kind; and the key of each cell."""
        index, (codes, of_place) = self.index, self.places
        kinds = len(self.by_kind)
        size = len(codes) * kinds
        counts = np.zeros((len(self.mark), size), np.int64)
        counts[0] = _by_code(index, of_place, len(codes)).ravel()
        for begin, end, code in self._stretches:
            counts[code] += np.bincount(self._cells_of_totals(begin, end), minlength=size)
        counts[0] -= counts[1:].sum(axis=0)
        keys = (codes[:, None] | self.by_kind).ravel()
        return counts.ravel(), (keys & self.clear[:, None] | self.mark[:, None]).ravel()

    def rows_of(self, wanted: Rows) -> Rows:
        """The rows in the cells that are ``wanted``: a truth value by code of total, and by code of place and kind."""
        index, (codes, of_place) = self.index, self.places
        found = [
            index["total_rows"][begin:end][wanted[code][self._cells_of_totals(begin, end)]]
            for begin, end, code in self._stretches
            if wanted[code].any()
        ]
        if wanted[0].any():
            near = wanted[0].reshape(len(codes), -1).any(axis=1)
            rows = index.rows_by("place", np.flatnonzero(near[of_place]))
            rows = rows[wanted[0][of_place[index["place"][rows]] * len(self.by_kind) + index["kind"][rows]]]
            found.append(rows if self.totals is None else rows[self.totals.codes(index["total_at"][rows]) == 0])
        return np.concatenate(found)

    @property
    def _stretches(self) -> Sequence[tuple[int, int, int]]:
        return self.totals.found if self.totals else ()

    def _cells_of_totals(self, begin: int, end: int) -> Rows:
        """The code of place and kind of a stretch of the only totals."""
        index, of_place = self.index, self.places[1]
        found: Rows = of_place[index["total_place"][begin:end]] * len(self.by_kind) + index["total_kind"][begin:end]
        return found


@dataclass
class Tally:
    """The distinct keys, how many alternatives have each by their known kin (``counts``), and how many awards with one
    alternative (``alone``).

    ``hit`` are the rows that a clue hits, of those whose award has no other alternative; ``left`` is how many rows no clue hits, by
    the cells of the ``base``.
    """

    index: Index
    layout: Layout
    marks: Rows
    base: Base
    hit: Rows
    hit_keys: Rows
    others_keys: Rows
    left: Rows
    keys: Rows
    place: Rows
    counts: Rows
    alone: Rows

    def keys_of(self, rows: Rows | slice) -> Rows:
        """The keys of some rows."""
        return self.layout.filled(self.marks[rows], self.base.of(rows))

    def rows_of(self, wanted: Rows) -> Rows:
        """The rows whose keys are ``wanted``: a truth value for each of :attr:`keys`."""
        index, base = self.index, self.base
        found = [
            self.hit[wanted[self.place[self.hit_keys]]],
            index.alone + np.flatnonzero(wanted[self.place[self.others_keys]]),
        ]
        cells = (self.left > 0) & wanted[self.place[base.cells[1]]]
        if cells.any():
            more = base.rows_of(cells.reshape(len(base.mark), -1))
            found.append(more[(more < index.alone) & (self.marks[more] == 0)])
        return np.concatenate(found)

    def awards_at(self, name: str) -> dict[str, int]:
        """How many awards meet each level of a clue, however many alternatives each has; the silent are left out."""
        levels = self.layout.levels[name]
        mixed, begins = self._mixed
        met = np.bincount(self.layout.codes(name, self.keys), self.alone, minlength=levels.silent + 1).astype(np.int64)
        if len(mixed):
            # A bit for each level that an award meets, and how many awards meet the same levels.
            seen = np.bitwise_or.reduceat(np.uint32(1) << self.layout.codes(name, mixed), begins)
            by_levels = np.bincount(seen)
            for levels_met in np.flatnonzero(by_levels).tolist():
                for code in range(levels.silent + 1):
                    met[code] += by_levels[levels_met] * (levels_met >> code & 1)
        return {level: int(met[levels.code(level)]) for level in levels.names}

    @cached_property
    def _mixed(self) -> tuple[Rows, Rows]:
        """The keys of awards whose alternatives differ, and where each award begins. Awards whose alternatives are all alike are
        counted in ``alone`` as if they had but one.
        """
        keys, begins = self.others_keys, self.index.award_begins
        if not len(keys):
            return keys, begins
        first, counts = np.minimum.reduceat(keys, begins), np.diff(begins, append=len(keys))
        differ = first != np.maximum.reduceat(keys, begins)
        alike = self.place[first[~differ]]
        self.alone += np.bincount(alike, minlength=len(self.keys))
        return keys[np.repeat(differ, counts)], np.cumsum(counts[differ]) - counts[differ]

    def narrowed(self, fits: Mapping[str, Rows]) -> Iterator[tuple[str, int, int]]:
        """For each clue in the order of narrowing: awards that fit every clue so far, and those that only contradict none.

        ``fits`` says of each code of a clue whether it fits (2), is silent (1) or contradicts (0).
        """
        mixed, begins = self._mixed
        alone, others = np.full(len(self.keys), 2), np.full(len(mixed), 2)
        for name in (name for name in ORDER if name in fits):
            alone = np.minimum(alone, fits[name][self.layout.codes(name, self.keys)])
            others = np.minimum(others, fits[name][self.layout.codes(name, mixed)])
            best = np.maximum.reduceat(others, begins) if len(others) else others
            fit, silent = (int(self.alone[alone == state].sum() + (best == state).sum()) for state in (2, 1))
            yield name, fit, silent


@contextmanager
def tallied(index: Index, layout: Layout, hits: Mapping[str, Hits]) -> Iterator[Tally]:
    """The tally of a question. While it is open no other question can be asked of the index."""
    with index.marks_in_use:
        marks = index.marks
        try:
            yield _tally(index, layout, hits, marks)
        finally:
            for found in hits.values():
                for rows, _ in found.found:
                    marks[rows] = 0


def _tally(index: Index, layout: Layout, hits: Mapping[str, Hits], marks: Rows) -> Tally:
    base = Base.of_hits(index, layout, hits)
    for name, found in hits.items():
        shift, clear = np.uint32(layout.shift[name]), ~layout.mask(name)
        for rows, code in found.found:
            marks[rows] = marks[rows] & clear | np.uint32(code) << shift
    hit, others = np.flatnonzero(marks[: index.alone]), np.arange(index.alone, len(index))
    (hit_base, hit_cells), (others_base, others_cells) = base.keys_and_cells(hit), base.keys_and_cells(others)
    hit_keys, others_keys = layout.filled(marks[hit], hit_base), layout.filled(marks[index.alone :], others_base)
    left, left_keys = base.cells
    left = left - np.bincount(hit_cells, minlength=len(left)) - np.bincount(others_cells, minlength=len(left))
    met = np.flatnonzero(left)
    seen = np.zeros(1 << layout.bits, bool)
    for some in (hit_keys, others_keys, left_keys[met]):
        seen[some] = True
    keys = np.flatnonzero(seen)
    place = np.zeros(len(seen), np.int32)
    place[keys] = np.arange(len(keys), dtype=np.int32)
    kin = index["kind_kin"].astype(np.int64)
    size = len(keys) * _KIN
    alone = np.bincount(place[hit_keys] * _KIN + kin[index["kind"][hit]], minlength=size)
    np.add.at(alone, place[left_keys[met]] * _KIN + kin[met % len(kin)], left[met])  # the keys of cells may be equal
    counts = alone + np.bincount(place[others_keys] * _KIN + kin[index["kind"][index.alone :]], minlength=size)
    return Tally(
        index,
        layout,
        marks,
        base,
        hit,
        hit_keys,
        others_keys,
        left,
        keys.astype(np.uint32),
        place,
        counts.reshape(-1, _KIN),
        alone.reshape(-1, _KIN).sum(axis=1),
    )


def _by_code(index: Index, of_place: Rows, codes: int) -> Rows:
    """How many rows of each kind there are at the places of each code; those of the commonest code are what is left."""
    sums = np.zeros((codes, len(index["cells_by_kind"])), np.int64)
    if codes:
        commonest = int(np.bincount(of_place).argmax())
        for code in range(codes):
            if code != commonest:
                sums[code] = index.rows_by_place[of_place == code].sum(axis=0, dtype=np.int64)
        sums[commonest] = index["cells_by_kind"] - sums.sum(axis=0)
    return sums
