"""Where the code of each clue's level stands in a key: all levels of a row as one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]


@dataclass
class Levels:
    """The levels of a clue's table as codes: 1 is the best, ``silent`` the last; 0 says that a row is not hit."""

    names: tuple[str, ...]

    @property
    def silent(self) -> int:
        return len(self.names) + 1

    def code(self, level: str | None) -> int:
        return self.silent if level is None else self.names.index(level) + 1

    def name(self, code: int) -> str | None:
        return None if code == self.silent else self.names[code - 1]


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
        self.lowest = np.array(
            [
                sum(1 << self.shift[name] for name, width in self.width.items() if width > bit)
                for bit in range(max(self.width.values()))
            ],
            np.uint32,
        )

    def codes(self, name: str, keys: Rows) -> Rows:
        """The codes of one clue in keys."""
        return keys >> np.uint32(self.shift[name]) & np.uint32((1 << self.width[name]) - 1)

    def mask(self, name: str) -> np.uint32:
        """The bits of a key that belong to a clue."""
        return np.uint32(((1 << self.width[name]) - 1) << self.shift[name])

    def filled(self, marks: Rows, base: Rows) -> Rows:
        """The codes of ``marks``, and where a clue left none those of ``base``."""
        marked = marks & self.lowest[0]
        for bit, lowest in enumerate(self.lowest[1:], 1):
            marked |= marks >> np.uint32(bit) & lowest
        taken = marked.copy()
        for bit, lowest in enumerate(self.lowest[1:], 1):
            taken |= (marked & lowest) << np.uint32(bit)
        keys: Rows = base & ~taken | marks
        return keys
