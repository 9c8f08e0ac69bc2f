"""Codes of places in a long list: few stretches, each with one code, asked for many places at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_MIXED = 255  # a bucket in which a stretch begins or ends
_BUCKETS = 16  # bits of the number of a bucket

Rows = NDArray[Any]


class Stretches:
    """Stretches [begin, end) of the places 0 to ``size``, none over another, each with a code from 1 to 254; the code elsewhere,
    and at ``size``, is 0.
    """

    def __init__(self, size: int) -> None:
        self.found: list[tuple[int, int, int]] = []
        self._shift = max(size.bit_length() - _BUCKETS, 0)
        self._buckets = np.zeros((size >> self._shift) + 1, np.uint8)
        self._edges: set[int] = set()

    def add(self, begin: int, end: int, code: int) -> None:
        """Adds a stretch, which may not be empty."""
        self.found.append((begin, end, code))
        shift = self._shift
        self._buckets[begin >> shift : (end - 1 >> shift) + 1] = code
        self._edges.update(edge >> shift for edge in (begin, end) if edge & ((1 << shift) - 1))
        self._buckets[list(self._edges)] = _MIXED

    @property
    def buckets(self) -> tuple[Rows, int]:
        """The codes of buckets of places, 255 for one in which a stretch begins or ends; and how many bits of a place its bucket
        leaves out.
        """
        return self._buckets, self._shift

    def codes(self, places: Rows) -> Rows:
        """The code of each place."""
        codes: Rows = self._buckets[places >> np.uint32(self._shift)]
        mixed = np.flatnonzero(codes == _MIXED)
        if len(mixed):
            found = sorted(self.found)
            begins = np.array([begin for begin, _, _ in found])
            place = places[mixed].astype(np.int64)
            number = np.searchsorted(begins, place, side="right") - 1
            end, code = np.array([one[1:] for one in found]).T
            codes[mixed] = np.where((number >= 0) & (place < end[number]), code[number], 0)
        return codes
