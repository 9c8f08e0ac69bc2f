"""An index opened: its columns and postings by name, and what of an alternative can be told from them alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.awards import Supplier
from tsukitome.matching.index.postings import Postings
from tsukitome.matching.index.strings import Strings
from tsukitome.normalize.title import TitleKey

Rows = NDArray[Any]


@dataclass
class Index:
    """Every alternative of an archive as a row of numbers; see :mod:`tsukitome.matching.index.building` for their order."""

    facts: Mapping[str, Any]
    arrays: Mapping[str, Rows]
    # A question marks the rows it hits in this column and clears them again: one question at a time.
    marks_in_use: Lock = field(default_factory=Lock)

    def __getitem__(self, name: str) -> Rows:
        return self.arrays[name]

    def __reduce__(self) -> tuple[type[Index], tuple[Any, ...]]:
        return Index, (self.facts, self.arrays)  # its lock stays in its process

    def __len__(self) -> int:
        """The number of rows: of alternatives."""
        return int(self.facts["rows"])

    @property
    def alone(self) -> int:
        """How many rows, the first ones, are the only alternative of their award."""
        return int(self.facts["alone"])

    @cached_property
    def marks(self) -> Rows:
        return np.zeros(len(self), np.uint32)

    @cached_property
    def award_begins(self) -> Rows:
        """Where the awards with several alternatives begin, counted from the first of their rows."""
        award = self["award"][self.alone :]
        return np.flatnonzero(np.diff(award, prepend=award[:1] + 1)) if len(award) else np.empty(0, np.intp)

    @cached_property
    def largest_firm(self) -> int:
        return int(np.diff(self["firm_first"]).max(initial=0))

    @cached_property
    def alone_by_place(self) -> Rows:
        """How many rows that are alone there are of each place, in the columns by kind."""
        return self["alone"].reshape(-1, len(self["kind_method"]) or 1)

    @cached_property
    def places(self) -> list[str]:
        return list(self.strings("place"))

    @cached_property
    def place_lengths(self) -> Rows:
        return np.array([len(name) for name in self.places], np.uint8)

    @cached_property
    def buyer_cores(self) -> list[str]:
        return list(self.strings("buyer_core"))

    def strings(self, name: str) -> Strings:
        """The strings kept under a name."""
        if name not in self._strings:
            self._strings[name] = Strings(self[f"{name}_starts"], self[f"{name}_text"])
        return self._strings[name]

    def postings(self, name: str) -> Postings:
        """The bigrams kept under a name."""
        return Postings(self[f"{name}_grams"], self[f"{name}_starts"], self[f"{name}_texts"])

    def rows_by(self, name: str, values: Sequence[int] | Rows) -> Rows:
        """The rows with any of the values in a column, by value."""
        first, rows = self[f"{name}_first"], self[f"{name}_rows"]
        if len(values) == 1:
            return rows[int(first[values[0]]) : int(first[values[0] + 1])]
        return rows[self.places_by(name, values)]

    def places_by(self, name: str, values: Sequence[int] | Rows) -> Rows:
        """Where in the list of rows by value those with any of the values stand."""
        first = self[f"{name}_first"]
        begins = first[values]
        counts = first[np.asarray(values, np.int64) + 1] - begins
        ends = np.cumsum(counts)
        places: Rows = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begins - (ends - counts), counts)
        return places

    def title_key(self, title: int) -> TitleKey:
        """The key of a title by its number."""
        return TitleKey(
            self.strings("text")[int(self["title_text"][title])], self.numbers(int(self["title_numbers"][title]))
        )

    def numbers(self, number: int) -> frozenset[tuple[str, int]]:
        """The years, ordinals and lots of titles, by their number."""
        if number not in self._numbers:
            self._numbers[number] = frozenset(map(tuple, json.loads(self.strings("numbers")[number])))
        return self._numbers[number]

    def who(self, number: int) -> tuple[Supplier, tuple[str, ...]]:
        """A supplier as its records show it, and how they print it."""
        if number not in self._whos:
            name, address, code, corporate_number, printed = json.loads(self.strings("who")[number])
            self._whos[number] = Supplier(name, address, code, corporate_number), tuple(printed)
        return self._whos[number]

    @cached_property
    def _strings(self) -> dict[str, Strings]:
        return {}

    @cached_property
    def _numbers(self) -> dict[int, frozenset[tuple[str, int]]]:
        return {}

    @cached_property
    def _whos(self) -> dict[int, tuple[Supplier, tuple[str, ...]]]:
        return {}
