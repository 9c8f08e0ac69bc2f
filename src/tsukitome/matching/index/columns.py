"""An index opened: its columns and postings by name, and what of an alternative can be told from them alone."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from mmap import mmap
from struct import calcsize
from threading import RLock
from typing import Any, Literal

from tsukitome.awards import Supplier
from tsukitome.matching.index.facts import supplier_of
from tsukitome.matching.index.postings import Postings
from tsukitome.matching.index.strings import Strings

Numbers = frozenset[tuple[str, int]]
SEVERAL = -1  # the suppliers of a firm that is printed in more ways than one


@dataclass
class Index:
    """Every alternative of an archive as a row of numbers; see :mod:`tsukitome.matching.index.building` for their order.

    ``columns`` are memory: mapped from a file, or arrays just built.
    """

    facts: Mapping[str, Any]
    columns: Mapping[str, Any]
    # A question writes to memory that is kept for the next one: one question at a time.
    in_use: AbstractContextManager[Any] = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.columns = {name: memoryview(column) for name, column in self.columns.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        memory = {name: (column.format, column.tobytes()) for name, column in self.columns.items()}
        return _from_bytes, (self.facts, memory)  # the lock stays in its process

    def __getitem__(self, name: str) -> memoryview:
        column: memoryview = self.columns[name]
        return column

    def __len__(self) -> int:
        """The number of rows: of alternatives."""
        return int(self.facts["rows"])

    @property
    def alone(self) -> int:
        """How many rows, the first ones, are the only alternative of their award."""
        return int(self.facts["alone"])

    @cached_property
    def marks(self) -> memoryview:
        return self.scratch("marks", len(self), "I")

    def scratch(self, name: str, size: int, form: str) -> memoryview:
        """Room for so many numbers, 0 at first, for whoever has the index in use; kept from question to question as it was left."""
        known = self._scratch.get(name)
        if known is None or len(known) < size:
            # Pages that nobody touches are never there.
            known = self._scratch[name] = memoryview(mmap(-1, (size or 1) * calcsize(form))).cast(form)  # type: ignore[call-overload]
        return known[:size]

    def firm_size(self, firm: int) -> int:
        """How many rows a firm has."""
        first = self["firm_first"]
        return int(first[firm + 1] - first[firm])

    @cached_property
    def largest_firm(self) -> int:
        """How many rows the firm with the most has; ``firms_by_size`` has it first."""
        return self.firm_size(self["firms_by_size"][0]) if len(self["firms_by_size"]) else 0

    def firms_of(self, size: float) -> int:
        """How many firms have at least so many rows."""
        order = self["firms_by_size"]
        return bisect_left(range(len(order)), True, key=lambda place: self.firm_size(order[place]) < size)

    @cached_property
    def places(self) -> list[str]:
        return list(self.strings("place"))

    @cached_property
    def place_lengths(self) -> bytes:
        """How long the name of each place is: one that is far is like another that is as long, and so stands on the same."""
        return bytes(map(len, self.places))

    @cached_property
    def places_by_length(self) -> Mapping[int, Sequence[int]]:
        """The places by how long their names are."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, length in enumerate(self.place_lengths):
            found[length].append(number)
        return found

    @cached_property
    def places_by_code(self) -> Mapping[str, Sequence[int]]:
        """The places in each prefecture and in each municipality."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.places):
            for code in {name[:2], name[:5]}:
                found[code].append(number)
        return found

    def amount_lists(self, name: Literal["yen", "total"]) -> list[tuple[int, int, int]]:
        """The kinds of amount of which there are any in the lists of this name, and where in them each begins and ends."""
        if name not in self._amount_lists:
            begins = self[f"{name}_lists"].tolist()
            self._amount_lists[name] = [
                (kind, begin, end) for kind, (begin, end) in enumerate(pairwise(begins)) if begin < end
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

    def rows_by(self, name: str, value: int) -> memoryview:
        """The rows with a value in a column."""
        first = self[f"{name}_first"]
        return self[f"{name}_rows"][first[value] : first[value + 1]]

    def numbers_beside(self, asked: Numbers) -> tuple[bytes, list[Numbers]]:
        """The numbers of titles (years, ordinals, lots) by classes that are alike beside those asked for: whether they share any
        or all, and whether they differ in a kind. The class of each set of numbers, and for each class an example.
        """
        if not asked:
            return bytes(len(self.strings("numbers"))), [asked]
        of_each, near = self._numbers_of(frozenset(kind for kind, _ in asked))
        number: dict[tuple[bool, bool, bool], int] = {}
        examples: list[Numbers] = []
        classes = []
        for found in near:
            shared = found & asked
            alike = bool(shared), shared == asked, {kind for kind, _ in found} > {kind for kind, _ in shared}
            if alike not in number:
                number[alike] = len(number)
                examples.append(found)
            classes.append(number[alike])
        return bytes(map(classes.__getitem__, of_each)), examples or [asked]

    def _numbers_of(self, kinds: frozenset[str]) -> tuple[list[int], list[Numbers]]:
        """The distinct sets of numbers of these kinds alone, and for each set of numbers which of them it is."""
        if kinds not in self._of_kinds:
            number: dict[Numbers, int] = {}
            of_each = [
                number.setdefault(frozenset(one for one in found if one[0] in kinds), len(number))
                for found in self._numbers
            ]
            self._of_kinds[kinds] = of_each, list(number)
        return self._of_kinds[kinds]

    @cached_property
    def _numbers(self) -> list[Numbers]:
        """The sets of years, ordinals and lots of titles."""
        return [frozenset(map(tuple, found)) for found in json.loads(f"[{','.join(self.strings('numbers'))}]")]

    @cached_property
    def _of_kinds(self) -> dict[frozenset[str], tuple[list[int], list[Numbers]]]:
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
    def _amount_lists(self) -> dict[str, list[tuple[int, int, int]]]:
        return {}

    @cached_property
    def _strings(self) -> dict[str, Strings]:
        return {}

    @cached_property
    def _scratch(self) -> dict[str, memoryview]:
        return {}

    @cached_property
    def _postings(self) -> dict[str, Postings]:
        return {}

    @cached_property
    def _whos(self) -> dict[int, tuple[Supplier, tuple[str, ...]]]:
        return {}


def _from_bytes(facts: Mapping[str, Any], columns: Mapping[str, tuple[str, bytes]]) -> Index:
    return Index(facts, {name: memoryview(array(form, memory)) for name, (form, memory) in columns.items()})
