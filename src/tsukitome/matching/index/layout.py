"""Where the code of each clue's level stands in a key: all levels of a row as one number."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from tsukitome.dataclass import dataclass


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
    """Where the code of each clue stands in a key of 32 bits."""

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
        self.lowest = array(
            "I",
            [
                sum(1 << self.shift[name] for name, width in self.width.items() if width > bit)
                for bit in range(max(self.width.values()))
            ],
        )

    def at(self, name: str) -> tuple[int, int]:
        """Where the code of one clue begins in a key, and the bits that it has there."""
        return self.shift[name], (1 << self.width[name]) - 1

    def code(self, name: str, key: int) -> int:
        """The code of one clue in a key."""
        return key >> self.shift[name] & (1 << self.width[name]) - 1

    def mask(self, name: str) -> int:
        """The bits of a key that belong to a clue."""
        return (1 << self.width[name]) - 1 << self.shift[name]
