"""An index opened: its columns and postings by name, and what of an alternative can be told from them alone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tsukitome.awards import Supplier
from tsukitome.matching.index.facts import supplier_of
from tsukitome.matching.index.postings import Postings
from tsukitome.matching.index.strings import Strings

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

    def scratch(self, name: str, size: int, kind: Any) -> Rows:
        """Room for numbers, of any value at first, for whoever has the marks in use; kept from question to question."""
        if name not in self._scratch or len(self._scratch[name]) < size:
            self._scratch[name] = np.empty(size, kind)
        return self._scratch[name][:size]

    @cached_property
    def award_begins(self) -> Rows:
        """Where the awards with several alternatives begin, counted from the first of their rows; and their end."""
        award = self["award"][self.alone :]
        begins = np.flatnonzero(np.diff(award, prepend=award[:1] + 1)) if len(award) else np.empty(0, np.int64)
        return np.append(begins, len(award)).astype(np.int64)

    @cached_property
    def firms_by_size(self) -> tuple[Rows, Rows]:
        """The firms with the most rows first, and how many rows each has."""
        order = np.argsort(-self.firm_sizes, kind="stable")
        return order, self.firm_sizes[order]

    @cached_property
    def firm_sizes(self) -> Rows:
        """How many rows each firm has."""
        return np.diff(self["firm_first"])

    @property
    def largest_firm(self) -> int:
        """How many rows the firm with the most has."""
        return int(self.firms_by_size[1][:1].sum())

    @cached_property
    def rows_by_place(self) -> Rows:
        """How many rows there are of each place, in the columns by kind."""
        return self["cells"].reshape(-1, len(self["kind_method"]) or 1)

    @cached_property
    def places(self) -> list[str]:
        return list(self.strings("place"))

    def places_alike(self, near: Set[str]) -> Iterator[tuple[Sequence[int], Rows]]:
        """All places, in groups, each with the places that may stand for it: those in prefectures and municipalities that are
        ``near`` stand for themselves; outside of them one place is like another that stands on the same, where both are equally
        long.
        """
        far = np.ones(len(self.places), bool)
        for code in near & self._places_by_code.keys():
            known = self._places_by_code[code]
            far[known] = False
            yield known.tolist(), known
        for of_length in self._places_by_length:
            alike = of_length[far[of_length]]
            if len(alike):
                yield alike[:1].tolist(), alike

    @cached_property
    def _places_by_code(self) -> dict[str, Rows]:
        """The places in each prefecture and in each municipality."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.places):
            for code in {name[:2], name[:5]}:
                found[code].append(number)
        return {code: np.array(numbers) for code, numbers in found.items()}

    @cached_property
    def _places_by_length(self) -> list[Rows]:
        lengths = np.array([len(name) for name in self.places], np.uint8)
        return [np.flatnonzero(lengths == length) for length in set(lengths.tolist())]

    def amount_lists(self, name: Literal["yen", "total"]) -> list[tuple[int, int]]:
        """The kinds of amount of which there are any in the lists of this name, and where in them each begins."""
        if name not in self._amount_lists:
            begins = self[f"{name}_lists"].tolist()
            self._amount_lists[name] = [
                (kind, begin) for kind, (begin, end) in enumerate(pairwise(begins)) if begin < end
            ]
        return self._amount_lists[name]

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
        if name not in self._postings:
            self._postings[name] = Postings(self[f"{name}_grams"], self[f"{name}_starts"], self[f"{name}_texts"])
        return self._postings[name]

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

    def numbers_beside(self, asked: frozenset[tuple[str, int]]) -> tuple[Rows, list[frozenset[tuple[str, int]]]]:
        """The numbers of titles (years, ordinals, lots) by classes that are alike beside those asked for: where they have the
        same ones of the same kinds. The class of each set of numbers, and for each class an example.
        """
        kinds = frozenset(kind for kind, _ in asked)
        if kinds not in self._classes:
            number: dict[frozenset[tuple[str, int]], int] = {}
            of_each = [
                number.setdefault(frozenset(one for one in found if one[0] in kinds), len(number))
                for found in (self._numbers if kinds else [frozenset()] * len(self.strings("numbers")))
            ]
            self._classes[kinds] = np.array(of_each, np.int64), list(number) or [frozenset()]
        return self._classes[kinds]

    @cached_property
    def _numbers(self) -> list[frozenset[tuple[str, int]]]:
        """The sets of years, ordinals and lots of titles."""
        return [frozenset(map(tuple, found)) for found in json.loads(f"[{','.join(self.strings('numbers'))}]")]

    @cached_property
    def _classes(self) -> dict[frozenset[str], tuple[Rows, list[frozenset[tuple[str, int]]]]]:
        return {}

    @property
    def buyers(self) -> int:
        """How many buyers there are."""
        return len(self["buyer_first"]) - 1

    def who(self, number: int) -> tuple[Supplier, tuple[str, ...]]:
        """A supplier as its records show it, and how they print it."""
        if number not in self._whos:
            self._whos[number] = supplier_of(self.strings("who")[number])
        return self._whos[number]

    @cached_property
    def _amount_lists(self) -> dict[str, list[tuple[int, int]]]:
        return {}

    @cached_property
    def _strings(self) -> dict[str, Strings]:
        return {}

    @cached_property
    def _scratch(self) -> dict[str, Rows]:
        return {}

    @cached_property
    def _postings(self) -> dict[str, Postings]:
        return {}

    @cached_property
    def _whos(self) -> dict[int, tuple[Supplier, tuple[str, ...]]]:
        return {}
