"""The loops over an index as ``kernel.c`` has them: without numpy.

Columns are read where they lie, mapped; what comes back is memory that is good until the next question, or small lists.
"""

from __future__ import annotations

import ctypes
import math
import sys
from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tsukitome.matching.answer import NEGLIGIBLE
from tsukitome.matching.index.base import Base
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.kernel import NUMBER, POINTER, address
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.index.limits import SUMMED, limit_from
from tsukitome.matching.index.near import NearTexts
from tsukitome.matching.index.tally import Counted
from tsukitome.matching.probability import POWERS
from tsukitome.matching.verdict import ENOUGH
from tsukitome.matching.weights import KINDS

_TAKEN_BITS = 10  # as in kernel.c
_PARTS = 2200  # of an exact sum: not even one for each binary digit of a float needs more
_POWERS = array("d", POWERS)
_BINS = 1 << 14  # of values below 2 by their first 16 bits


class _Struct(ctypes.Structure):
    """A structure of pointers and numbers. It keeps the memory alive to which it points."""

    def __init__(self, **values: Any) -> None:
        self.kept = values
        super().__init__(**{name: one if isinstance(one, int) else address(one) for name, one in values.items()})


def _fields(names: str) -> list[tuple[str, Any]]:
    """Fields by name; those with an asterisk are pointers."""
    return [(name.lstrip("*"), POINTER if name.startswith("*") else NUMBER) for name in names.split()]


class _Question(_Struct):
    _fields_ = _fields(
        "*row *total *total_rows *cells *cells_by_kind *place_first *place_rows *firm_first *award_begins *kin_of_kind"
        " rows alone awards places kinds of_kin firms *of_place *code_of_total *stretches *place_keys *by_kind *clear *set *lowest"
        " place_codes commonest n_stretches total_codes widest *marks *taken *hit *keys *place_of_key *place_of_cell *hit_at"
        " *others_at *counts *in_cell *mixed *held *alike hits n n_mixed usual"
    )


class _Titles(_Struct):
    _fields_ = _fields(
        "*text_first *text_rows *title_first *title_rows *title_numbers *buyer *class_of_numbers *alike *codes classes"
    )


class Compiled:
    """:class:`tsukitome.matching.index.loops.Loops` in C."""

    def __init__(self, loops: Any, index: Index) -> None:
        self._loops, self._index = loops, index

    def near_texts(
        self,
        asked: Sequence[tuple[memoryview, float]],
        joints: Sequence[tuple[memoryview, float]],
        least: float,
        wanted: bytearray | None,
        whole: float,
        extra: float,
    ) -> NearTexts:
        index, add = self._index, self._loops.add_weight
        size = int(index.facts["texts"])
        owed = index.scratch("owed", size, "d")
        common = index.scratch("common", size, "d") if joints else owed
        for texts, weight in asked:
            add(address(owed), address(texts), len(texts), weight)
        if joints:
            common[:] = owed
        for texts, weight in joints:
            add(address(common), address(texts), len(texts), weight)
        texts, likeness, without = (
            index.scratch("texts", size, "I"),
            index.scratch("likeness", size, "d"),
            index.scratch("of", size, "d"),
        )
        met = self._loops.near_texts(
            address(common), address(owed), size, least, address(wanted), whole, extra, address(index["text_weight"]),
            address(texts), address(likeness), address(without),
        )  # fmt: skip
        return NearTexts(texts[:met].tolist(), likeness[:met].tolist(), without[:met].tolist())

    def rows_of_texts(
        self,
        texts: Sequence[int],
        cells: bytearray,
        codes: bytearray,
        class_of_numbers: bytes,
        classes: int,
        buyers: Collection[int],
    ) -> tuple[memoryview, memoryview, list[tuple[int, int]]]:
        index, apart, alike = self._index, ctypes.c_int64(0), None
        if buyers:
            alike = bytearray(index.buyers)
            for buyer in buyers:
                alike[buyer] = 1
        titles = _Titles(
            **{name: index[name] for name in ("text_first", "text_rows", "title_first", "title_rows", "title_numbers", "buyer")},
            class_of_numbers=class_of_numbers, alike=alike, codes=codes, classes=classes,
        )  # fmt: skip
        rows, of_rows, pairs = (
            index.scratch(name, times * len(index), form)
            for name, times, form in (("rows of texts", 1, "I"), ("codes of texts", 1, "B"), ("apart", 2, "I"))
        )
        near = array("I", texts)
        met = self._loops.rows_of_texts(
            ctypes.byref(titles), address(near), address(cells), len(texts), address(rows), address(of_rows), address(pairs),
            ctypes.byref(apart),
        )  # fmt: skip
        found = pairs[: 2 * apart.value].tolist()
        return (
            rows[:met],
            of_rows[:met],
            list(zip(found[::2], found[1::2], strict=True)),
        )

    def rows_of(self, column: str, wanted: bytes) -> memoryview:
        values = self._index[column]
        found = memoryview(bytearray(4 * len(values))).cast("I")
        return found[: self._loops.choose(address(values), None, 0, len(values), address(wanted), address(found))]

    def rows(self, base: Base, layout: Layout) -> CompiledRows:
        return CompiledRows(self._loops, self._index, base, layout)


class CompiledRows:
    """:class:`tsukitome.matching.index.tally.Rows` in C."""

    def __init__(self, loops: Any, index: Index, base: Base, layout: Layout) -> None:
        self._loops, self._index, self._layout, self._totals = loops, index, layout, base.totals
        totals = index.scratch("code_of_total", len(index["total"]) // 2 + 1, "B")
        for begin, end, code in base.totals:
            totals[begin:end] = bytes([code]) * (end - begin)
        self._code_of_total = totals
        cells = len(base.mark) * len(base.by_place) * len(base.by_kind)
        others, bits = len(index) - index.alone, layout.bits
        most = min(1 << bits, index.alone + others + cells)
        columns = (
            "row",
            "total",
            "total_rows",
            "cells",
            "cells_by_kind",
            "place_first",
            "place_rows",
            "firm_first",
            "award_begins",
        )
        self._question = _Question(
            **{name: index[name] for name in columns}, kin_of_kind=index["kind_kin"], rows=len(index), alone=index.alone,
            awards=len(index["award_begins"]) - 1, places=len(base.of_place), kinds=len(base.by_kind), of_kin=len(KINDS),
            firms=len(index["firm_first"]) - 1, of_place=base.of_place, place_keys=base.by_place, by_kind=base.by_kind,
            place_codes=len(base.by_place), commonest=base.commonest, code_of_total=totals,
            stretches=array("q", [one for stretch in base.totals for one in stretch]), clear=base.clear, set=base.mark,
            n_stretches=len(base.totals), total_codes=len(base.mark), lowest=layout.lowest, widest=len(layout.lowest),
            marks=index.marks, taken=bytearray(8 << _TAKEN_BITS), hit=index.scratch("hit", index.alone + 1, "I"), hits=0,
            place_of_key=index.scratch(f"place {bits}", 1 << bits, "i"), keys=index.scratch("keys", most, "I"),
            counts=index.scratch("counts", most << len(KINDS), "i"),
            held=index.scratch("held", most * (1 + len(KINDS)), "q"), alike=index.scratch("alike", most, "q"), n=0,
            hit_at=index.scratch("hit_at", index.alone, "i"), others_at=index.scratch("others_at", others, "i"),
            in_cell=index.scratch("in_cell", cells, "i"), usual=-1,
            place_of_cell=index.scratch("place_of_cell", cells, "i"), mixed=index.scratch("mixed", others + 1, "i"), n_mixed=0,
        )  # fmt: skip
        self._at = ctypes.byref(self._question)

    def mark(self, hits: Mapping[str, Hits]) -> None:
        layout, mark = self._layout, self._loops.mark
        for name, of_clue in hits.items():
            shift, clear = layout.shift[name], 0xFFFFFFFF ^ layout.mask(name)
            for rows, code, only in of_clue.found:
                codes = None if isinstance(code, int) else address(code)
                mark(
                    self._at, address(rows), len(rows), codes, code if codes is None else 0, shift, clear, address(only),
                )  # fmt: skip

    def count(self) -> Counted:
        question, index = self._question, self._index
        self._loops.tally(self._at)
        self._n = n = question.n
        held = index.scratch("held", n * (1 + len(KINDS)), "q")
        return Counted(
            index.scratch("keys", n, "I"),
            held[:n],
            [held[kind * n : (kind + 1) * n] for kind in range(1, 1 + len(KINDS))],
            None if question.usual < 0 else question.usual,
        )

    def looked_up(self, tables: Mapping[str, Sequence[int]]) -> array[int]:
        sums = array("q", bytes(8 * self._n))
        for name, table in tables.items():
            of_code = array("q", table)
            self._loops.look_up(self._at, *self._layout.at(name), address(of_code), address(sums))
        return sums

    def awards_with(self, tables: Mapping[str, Sequence[int]], *, unset: bool = False) -> list[int]:
        bits, found = self.looked_up(tables), array("q", bytes(8 * 64))
        self._loops.awards_with(self._at, address(bits), unset, address(found))
        return found.tolist()

    def powers(self, thousandths: Sequence[int], least: int, factor: float) -> array[float]:
        found = array("d", bytes(8 * len(thousandths)))
        self._loops.raise_two(address(thousandths), len(found), least, factor, address(_POWERS), address(found))
        return found

    def exact_sum(self, *parts: tuple[Sequence[float], Sequence[int], Sequence[int] | None]) -> float:
        sums, met = array("d", bytes(8 * _PARTS)), 0
        for values, counts, less in parts:
            met = self._loops.add_exactly(
                address(values), address(counts), address(less), len(values), address(sums), met
            )
        return math.fsum(sums[:met])

    def places_of(self, rows: memoryview | None) -> memoryview:
        size = len(self._index) if rows is None else len(rows)
        places = memoryview(bytearray(4 * size or 4)).cast("i")[:size]
        self._loops.places_of(self._at, address(rows), size, address(places))
        return places

    def chosen(self, rows: memoryview, places: memoryview, wanted: bytes) -> memoryview:
        found = memoryview(array("I", bytes(4 * len(rows))))
        size = self._loops.choose(address(places), address(rows), 0, len(rows), address(wanted), address(found))
        return found[:size]

    def rows_with(self, wanted: bytes) -> memoryview:
        found = self._index.scratch("found", len(self._index) + 1, "I")
        return found[: self._loops.rows_with(self._at, address(wanted), address(found))]

    def sum_some(self, rows: memoryview, worth: Sequence[float]) -> tuple[list[int], list[float]]:
        index, of_key = self._index, array("d", worth)
        sums = index.scratch("sums", self._question.firms, "d")
        firms, each = array("I", bytes(4 * len(rows))), array("d", bytes(8 * len(rows)))
        met = self._loops.sum_some(
            self._at, address(of_key), address(rows), len(rows), address(sums), address(firms), address(each)
        )
        return firms[:met].tolist(), each[:met].tolist()

    def sum_all(self, worth: Sequence[float]) -> CompiledSums:
        of_key, sums = array("d", worth), array("d", bytes(8 * self._question.firms))
        usual = self._question.usual
        self._loops.sum_all(self._at, address(of_key), max(usual, -1), address(sums))
        return CompiledSums(self._loops, sums)

    def clear(self) -> None:
        ctypes.memset(address(self._index.marks) or 0, 0, self._index.marks.nbytes)
        for begin, end, _ in self._totals:
            self._code_of_total[begin:end] = bytes(end - begin)


class CompiledSums:
    """Sums by firm. They are looked through by their first bits (exponent and a little more), which fall as values do."""

    def __init__(self, loops: Any, sums: array[float]) -> None:
        self._loops, self._sums = loops, sums
        self._counts, self._held = array("q", bytes(8 * _BINS)), array("d", bytes(8 * _BINS))
        self._looked_through(0.0, float("inf"), self._counts, self._held)

    def reaching(self, count: int) -> list[int]:
        met, place = 0, _BINS
        while place and met < count:
            place -= 1
            met += self._counts[place]
        found = self._between(_value(place), float("inf"))
        limit = limit_from([0.0, *(self._sums[firm] for firm in found)], count) if met >= count else NEGLIGIBLE / 2
        return self._between(limit, float("inf"))

    def that_hold(self, share: float) -> int | None:
        wanted, held, met, place = share * ENOUGH, 0.0, 0, _BINS
        while place and held + self._held[place - 1] < wanted - SUMMED:
            place -= 1
            held, met = held + self._held[place], met + self._counts[place]
        if not place:
            return None
        for value in sorted(
            (self._sums[firm] for firm in self._between(_value(place - 1), _value(place))), reverse=True
        ):
            if abs(held - wanted) <= SUMMED:
                return None
            held, met = held + value, met + 1
            if held >= wanted:
                return met if held - wanted > SUMMED else None
        return None

    def _between(self, low: float, high: float) -> list[int]:
        """The firms whose sums lie in [low, high) and are not 0."""
        return self._looked_through(low, high).tolist()

    def _looked_through(self, low: float, high: float, *bins: array[Any]) -> memoryview:
        """The same in memory; and by their first bits how many of them, and their sum, if ``bins`` for these are given."""
        found, (counts, held) = memoryview(array("I", bytes(4 * len(self._sums) + 4))), bins or (None, None)
        met = self._loops.between(
            address(self._sums), len(self._sums), low, high, address(found), address(counts), address(held)
        )
        return found[:met]


def _value(place: int) -> float:
    """The least value whose first bits are a number."""
    return memoryview((place << 48).to_bytes(8, sys.byteorder)).cast("d")[0] if place < 0x7FF0 else float("inf")
