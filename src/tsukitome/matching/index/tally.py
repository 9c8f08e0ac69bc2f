"""Every alternative's levels, all clues together, as one small number; and how many alternatives have each.

The rows that no clue hits need no look: their levels follow from their group, and how many rows a group has is known. So
only the rows that are hit are gone through, and the tally is still that of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.dataclass import dataclass
from tsukitome.matching.index.base import Base
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.compiled import Compiled, compiled
from tsukitome.matching.index.distinct import grouped
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.index.plain import Counted, Plain
from tsukitome.matching.narrowing import ORDER

Rows = NDArray[Any]
Loops = Plain | Compiled


@dataclass(frozen=True)
class Tally(Counted):
    """All rows of an index counted by key, and asked by it."""

    layout: Layout
    base: Base
    _loops: Loops

    def places_of(self, rows: Rows) -> Rows:
        """The places of the keys of some rows."""
        return self._loops.places_of(rows)

    def rows_of(self, wanted: Rows) -> Rows:
        """The rows whose keys are ``wanted``: a truth value for each of :attr:`keys`."""
        index, base = self.base.index, self.base
        found = [self._loops.rows_at(self, wanted)]
        cells = (self.cell_at >= 0) & wanted[self.cell_at]
        if cells.any():
            without = len(cells) // len(base.mark)
            if cells[without:].any():
                found.append(self._loops.rows_of_totals(self, wanted))
            if cells[:without].any():
                rows = base.rows_without_total(cells)
                found.append(rows[(rows < index.alone) & (index.marks[rows] == 0)])
        return np.concatenate(found)

    def awards_at(self, name: str) -> dict[str, int]:
        """How many awards meet each level of a clue, however many alternatives each has; the silent are left out."""
        levels = self.layout.levels[name]
        codes = self.layout.codes(name, self.keys)
        met = np.bincount(codes, self.alike, minlength=levels.silent + 1).astype(np.int64)
        if len(self.mixed):
            # A bit for each level that an award meets, and how many awards meet the same levels.
            seen = np.bitwise_or.reduceat((np.int64(1) << codes.astype(np.int64))[self.mixed], self.mixed_begins)
            for levels_met, awards in zip(*_counted(seen, self.mixed_times), strict=True):
                for code in range(levels.silent + 1):
                    met[code] += awards * (levels_met >> code & 1)
        return {level: int(met[levels.code(level)]) for level in levels.names}

    def narrowed(self, fits: Mapping[str, Rows]) -> Iterator[tuple[str, int, int]]:
        """For each clue in the order of narrowing: awards that fit every clue so far, and those that only contradict none.

        ``fits`` says of each code of a clue whether it fits (2), is silent (1) or contradicts (0).
        """
        state = np.full(len(self.keys), 2)
        for name in (name for name in ORDER if name in fits):
            state = np.minimum(state, fits[name][self.layout.codes(name, self.keys)])
            best = np.maximum.reduceat(state[self.mixed], self.mixed_begins) if len(self.mixed) else self.mixed
            fit, silent = (int(self.alike[state == one].sum() + self.mixed_times[best == one].sum()) for one in (2, 1))
            yield name, fit, silent


def _counted(values: Rows, times: Rows) -> tuple[list[int], list[int]]:
    """The distinct values, and how often each stands there, each standing for so many."""
    distinct, _, number = grouped(values)
    return distinct.tolist(), np.bincount(number, times).astype(np.int64).tolist()


@contextmanager
def tallied(index: Index, layout: Layout, hits: Mapping[str, Hits]) -> Iterator[Tally]:
    """The tally of a question. While it is open no other question can be asked of the index."""
    with index.marks_in_use:
        base = Base.of_hits(index, layout, hits)
        loops = compiled(base, layout, index.marks) or Plain(base, layout, index.marks)
        try:
            hit = loops.mark(hits)
        except BaseException:
            index.marks[:] = 0
            raise
        try:
            yield Tally(**vars(loops.count(hit)), layout=layout, base=base, _loops=loops)
        finally:
            loops.clear(hit)
            index.marks[index.alone :] = 0
