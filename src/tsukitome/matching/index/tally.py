"""Every alternative's levels, all clues together, as one small number; and how many alternatives have each.

The rows that no clue hits need no look: their levels follow from their group, and how many rows a group has is known. So
only the rows that are hit are gone through, and the tally is still that of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Protocol

from tsukitome.dataclass import dataclass
from tsukitome.matching.index.base import Base
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.index.loops import loops_of
from tsukitome.matching.narrowing import ORDER

BITS = 63  # of a signed number, each for something that is counted


@dataclass(frozen=True)
class Counted:
    """All rows of an index, counted by key.

    ``keys`` are the distinct keys, each known by its place among them. ``counts`` is how many rows have each, ``held`` how many of
    these have kin of each kind in the data. ``usual`` is the place of the key that all rows have which no clue hits, if they have
    but one.
    """

    keys: Sequence[int]
    counts: Sequence[int]
    held: Sequence[Sequence[int]]
    usual: int | None


class FirmSums(Protocol):
    """For each firm what all its rows are worth, but for rounding."""

    def reaching(self, count: int) -> list[int]:
        """The firms that may be among the first ``count``, and are not negligible."""

    def that_hold(self, share: float) -> int | None:
        """How many of the firms, the likeliest first, hold a share together; None where rounding may decide."""


class Rows(Protocol):
    """The rows of an index while they are counted: see :mod:`tsukitome.matching.index.plain`, and
    :mod:`tsukitome.matching.index.compiled`, which does the same.
    """

    def mark(self, hits: Mapping[str, Hits]) -> None:
        """Marks the rows that clues hit with their codes."""

    def count(self) -> Counted:
        """Counts all rows."""

    def looked_up(self, tables: Mapping[str, Sequence[int]]) -> Sequence[int]:
        """For each key the sum of what the tables of clues say of its codes."""

    def awards_with(self, tables: Mapping[str, Sequence[int]], *, unset: bool = False) -> list[int]:
        """For each of 63 bits how many awards have a row with it, of those that the tables give to its key. Or, of each half by
        itself, how many have one whose key has neither the bit nor one below it: where the ``unset`` are wanted.
        """

    def powers(self, thousandths: Sequence[int], least: int, factor: float) -> Sequence[float]:
        """A factor times two to the power of some thousandths less the ``least``."""

    def exact_sum(self, *parts: tuple[Sequence[float], Sequence[int], Sequence[int] | None]) -> float:
        """What :func:`tsukitome.matching.probability.weighted_sum` gives of values and counts, less some other counts, all parts
        together. No value is below 0.
        """

    def places_of(self, rows: memoryview | None) -> memoryview:
        """The places of the keys of some rows, or of all, once they have been counted."""

    def chosen(self, rows: memoryview, places: memoryview, wanted: bytes) -> memoryview:
        """Those of some rows the places of whose keys are wanted: 1 or 0 for each key."""

    def rows_with(self, wanted: bytes) -> memoryview:
        """The rows whose keys are wanted: 1 or 0 for each key."""

    def sum_some(self, rows: memoryview, worth: Sequence[float]) -> tuple[list[int], list[float]]:
        """The firms of some rows, and what these are worth; ``worth`` is that of a row with each key."""

    def sum_all(self, worth: Sequence[float]) -> FirmSums:
        """The same of all rows."""

    def clear(self) -> None:
        """Takes the marks off."""


@dataclass(frozen=True)
class Tally:
    """All rows of an index counted by key, and asked by it."""

    layout: Layout
    counted: Counted
    rows: Rows

    @property
    def keys(self) -> Sequence[int]:
        return self.counted.keys

    def awards_at(self, name: str) -> dict[str, int]:
        """How many awards meet each level of a clue, however many alternatives each has; the silent are left out."""
        return self._awards_at[name]

    @cached_property
    def _awards_at(self) -> dict[str, dict[str, int]]:
        """As many clues at once as there are bits for: one for each level."""
        found, levels = dict[str, dict[str, int]](), self.layout.levels
        left = list(levels)
        while left:
            tables, begins = dict[str, list[int]](), dict[str, int]()
            end = 0
            while left and end + levels[left[0]].silent <= BITS:
                name = left.pop(0)
                begins[name], tables[name] = end, [0, *(1 << end + code for code in range(levels[name].silent))]
                end += levels[name].silent
            met = self.rows.awards_with(tables)
            for name, begin in begins.items():
                found[name] = dict(zip(levels[name].names, met[begin:], strict=False))
        return found

    def narrowed(self, fits: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, int, int]]:
        """For each clue in the order of narrowing: awards that fit every clue so far, and those that only contradict none.

        ``fits`` says of each code of a clue whether it fits (2), is silent (1) or contradicts (0).
        """
        names = [name for name in ORDER if name in fits]
        tables = {
            name: [(fit < 1) << step | (fit < 2) << 32 + step for fit in fits[name]] for step, name in enumerate(names)
        }
        met = self.rows.awards_with(tables, unset=True)
        for step, name in enumerate(names):
            yield name, met[32 + step], met[step] - met[32 + step]

    def codes(self, name: str) -> list[int]:
        """The code of one clue in each key."""
        if name not in self._codes:
            shift, mask = self.layout.at(name)
            self._codes[name] = [key >> shift & mask for key in self.keys]
        return self._codes[name]

    @cached_property
    def _codes(self) -> dict[str, list[int]]:
        return {}


@contextmanager
def tallied(index: Index, layout: Layout, hits: Mapping[str, Hits]) -> Iterator[Tally]:
    """The tally of a question, by whoever has the index in use."""
    rows = loops_of(index).rows(Base.of_hits(index, layout, hits), layout)
    try:
        rows.mark(hits)
        yield Tally(layout, rows.count(), rows)
    finally:
        rows.clear()
