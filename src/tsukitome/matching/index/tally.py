"""Every alternative's levels, all clues together, as one small number; and how many alternatives have each.

The rows that no clue hits need no look: their levels follow from their group, and how many rows a group has is known. So
only the rows that are hit are gone through, and the tally is still that of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import distinct
from tsukitome.matching.index.hits import Hits, Levels
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


@dataclass
class Tally:
    """The distinct keys, how many alternatives have each by their known kin (``counts``), and how many awards with one
    alternative (``alone``).
    """

    index: Index
    layout: Layout
    marks: Rows
    by_place: Rows
    by_kind: Rows
    hit: Rows
    hit_keys: Rows
    others_keys: Rows
    keys: Rows
    counts: Rows
    alone: Rows

    def keys_of(self, rows: Rows | slice) -> Rows:
        """The keys of some rows."""
        return self.layout.filled(self.marks[rows], _base(self.index, rows, self.by_place, self.by_kind))

    def rows_of(self, wanted: Rows) -> Rows:
        """The rows whose keys are marked in ``wanted``, a table by key."""
        index = self.index
        found = [self.hit[wanted[self.hit_keys]], index.alone + np.flatnonzero(wanted[self.others_keys])]
        for code in distinct(self.by_place).tolist():
            kinds = wanted[self.by_kind | np.uint32(code)]
            if kinds.any():
                rows = index.rows_by("place", np.flatnonzero(self.by_place == code))
                rows = rows[kinds[index["kind"][rows]]]
                found.append(rows[(self.marks[rows] == 0) & (rows < index.alone)])
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
        alike = np.searchsorted(self.keys, first[~differ])
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
    by_place = np.zeros(len(index["places_starts"]) - 1, np.uint32)
    by_kind = np.zeros(len(index["kind_method"]), np.uint32)
    for name, found in hits.items():
        shift = np.uint32(layout.shift[name])
        by_place |= found.by_place << shift
        by_kind |= found.by_kind << shift
        clear = ~layout.mask(name)
        for number, (rows, code) in enumerate(found.found):
            mark = np.uint32(code) << shift
            marks[rows] = (marks[rows] & clear | mark) if number else (marks[rows] | mark)
    hit, others = _hit_rows(index, hits, marks), slice(index.alone, None)
    base = _base(index, hit, by_place, by_kind)
    hit_keys = layout.filled(marks[hit], base)
    others_keys = layout.filled(marks[others], _base(index, others, by_place, by_kind))
    codes = distinct(by_place)
    usual = [by_kind | np.uint32(code) for code in codes.tolist()]
    seen = np.zeros(1 << layout.bits, bool)
    for some in (hit_keys, others_keys, *usual):
        seen[some] = True
    keys = np.flatnonzero(seen)
    place = np.zeros(len(seen), np.int32)
    place[keys] = np.arange(len(keys), dtype=np.int32)
    kin = index["kind_kin"].astype(np.int64)
    known = kin[index["kind"][hit]]
    size = len(keys) * _KIN
    alone = np.bincount(place[hit_keys] * _KIN + known, minlength=size)
    alone -= np.bincount(place[base] * _KIN + known, minlength=size)
    for some, rows in zip(usual, _by_code(index, by_place, codes), strict=True):
        # The keys of different kinds may be equal.
        np.add.at(alone, place[some] * _KIN + kin, rows)
    counts = alone + np.bincount(place[others_keys] * _KIN + kin[index["kind"][others]], minlength=size)
    met = counts.reshape(-1, _KIN).any(axis=1)
    return Tally(
        index,
        layout,
        marks,
        by_place,
        by_kind,
        hit,
        hit_keys,
        others_keys,
        keys[met].astype(np.uint32),
        counts.reshape(-1, _KIN)[met],
        alone.reshape(-1, _KIN).sum(axis=1)[met],
    )


def _by_code(index: Index, by_place: Rows, codes: Rows) -> list[Rows]:
    """How many rows of each kind are alone at the places of each code; those of the commonest code are what is left."""
    commonest = int(np.bincount(np.searchsorted(codes, by_place)).argmax()) if len(by_place) else 0
    table, left = index.alone_by_place, index["alone_by_kind"].copy()
    sums = [left] * len(codes)
    for at, code in enumerate(codes.tolist()):
        if at != commonest:
            sums[at] = table[by_place == code].sum(axis=0, dtype=np.int64)
            left -= sums[at]
    return sums


def _base(index: Index, rows: Rows | slice, by_place: Rows, by_kind: Rows) -> Rows:
    """The keys of rows as far as no clue hits them."""
    found: Rows = by_place[index["place"][rows]] | by_kind[index["kind"][rows]]
    return found


def _hit_rows(index: Index, hits: Mapping[str, Hits], marks: Rows) -> Rows:
    """Each row that was hit once, of those whose award has no other alternative."""
    lists = [rows for found in hits.values() for rows, _ in found.found]
    if sum(map(len, lists)) > len(index) // 8:
        return np.flatnonzero(marks[: index.alone])
    rows = distinct(np.concatenate(lists)) if lists else np.empty(0, np.int64)
    return rows[rows < index.alone].astype(np.int64)


def by_key(layout: Layout, keys: Rows, values: Rows, dtype: Any) -> Rows:
    """A table that gives the value of each key; 0 for a key that no alternative has."""
    table = np.zeros(1 << layout.bits, dtype)
    table[keys] = values
    return table
