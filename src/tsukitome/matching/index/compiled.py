"""Marking the rows that a question hits, and counting all rows by key: by the compiled loops."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.index.base import Base
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.kernel import NUMBER, POINTER, library
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.index.plain import KINS, Counted

Rows = NDArray[Any]


_SLOTS = 1 << 14  # of the table of sets of keys; as many again would be no quicker


class _Struct(ctypes.Structure):
    """A structure of pointers and numbers. It keeps the arrays alive to which it points."""

    def __init__(self, **values: Rows | int) -> None:
        self.kept = values
        super().__init__(**{name: one if isinstance(one, int) else one.ctypes.data for name, one in values.items()})


class _Question(_Struct):
    _fields_ = (
        ("place", POINTER), ("kind", POINTER), ("total_at", POINTER), ("total_place", POINTER),
        ("total_kind", POINTER), ("kin_of_kind", POINTER), ("award_begins", POINTER), ("awards", NUMBER),
        ("alone", NUMBER), ("kinds", NUMBER), ("kins", NUMBER), ("by_place", POINTER), ("by_kind", POINTER),
        ("of_place", POINTER), ("place_keys", POINTER), ("place_codes", NUMBER), ("buckets", POINTER),
        ("shift", NUMBER), ("stretches", POINTER), ("n_stretches", NUMBER), ("clear", POINTER), ("set", POINTER),
        ("total_codes", NUMBER), ("lowest", POINTER), ("widest", NUMBER), ("marks", POINTER),
    )  # fmt: skip


class _Tally(_Struct):
    _fields_ = (("places", POINTER), ("keys", POINTER), ("counts", POINTER), ("alike", POINTER), ("n", NUMBER))


class _Mixed(_Struct):
    _fields_ = (
        ("keys", POINTER), ("begins", POINTER), ("times", POINTER), ("table", POINTER), ("slots", NUMBER), ("sets", NUMBER),
        ("n", NUMBER),
    )  # fmt: skip


def compiled(base: Base, layout: Layout, marks: Rows) -> Compiled | None:
    """The compiled loops for a question; None where there are none."""
    loops = library()
    if loops is None or base.index["kind"].dtype != np.uint16:
        return None
    return Compiled(loops, base, layout, marks)


class Compiled:
    """What :class:`tsukitome.matching.index.plain.Plain` does, row by row."""

    def __init__(self, loops: Any, base: Base, layout: Layout, marks: Rows) -> None:
        index, (codes, of_place) = base.index, base.places
        self._loops, self._base, self._layout = loops, base, layout
        stretches = np.array(sorted(base.stretches), np.int64).reshape(-1, 3)
        buckets, shift = base.totals.buckets if base.totals else (np.zeros(1, np.uint8), 0)
        self._question = _Question(
            **_columns(index), kins=KINS, kinds=len(base.by_kind), by_place=_as(base.by_place, np.uint32),
            by_kind=_as(base.by_kind, np.uint32), of_place=_as(of_place, np.uint32), place_keys=_as(codes, np.uint32),
            place_codes=len(codes), buckets=buckets, shift=shift, stretches=stretches, n_stretches=len(stretches),
            clear=_as(base.clear, np.uint32), set=_as(base.mark, np.uint32), total_codes=len(base.mark),
            lowest=layout.lowest, widest=len(layout.lowest), marks=marks,
        )  # fmt: skip
        self._at = ctypes.byref(self._question)

    def mark(self, hits: Mapping[str, Hits]) -> Rows:
        """See :meth:`tsukitome.matching.index.plain.Plain.mark`; the rows are in the order in which they were first hit."""
        index = self._base.index
        hit, met = index.scratch("hit", index.alone, np.uint32), 0
        for name, found in hits.items():
            shift, clear = self._layout.shift[name], int(~self._layout.mask(name))
            for rows, code in found.found:
                rows = _as(rows, np.uint32)
                codes = None if isinstance(code, int) else _as(code, np.uint32)
                met = self._loops.mark(
                    self._at, rows.ctypes.data, None if codes is None else codes.ctypes.data, len(rows),
                    code if codes is None else 0, shift, clear, hit.ctypes.data, met,
                )  # fmt: skip
        return hit[:met]

    def places_of(self, rows: Rows) -> Rows:
        """See :meth:`tsukitome.matching.index.plain.Plain.places_of`."""
        rows = _as(rows, np.uint32)
        places = np.empty(len(rows), np.int32)
        self._loops.places_of(self._at, ctypes.byref(self._tally), rows.ctypes.data, len(rows), places.ctypes.data)
        return places

    def rows_at(self, counted: Counted, wanted: Rows) -> Rows:
        """See :meth:`tsukitome.matching.index.plain.Plain.rows_at`."""
        index, wanted = self._base.index, _as(wanted, np.uint8)
        found = np.empty(len(counted.hit) + len(counted.others_at) + 1, np.uint32)
        met = self._loops.choose(
            counted.hit_at.ctypes.data,
            counted.hit.ctypes.data,
            0,
            len(counted.hit),
            wanted.ctypes.data,
            found.ctypes.data,
        )
        more = self._loops.choose(
            counted.others_at.ctypes.data, None, index.alone, len(counted.others_at), wanted.ctypes.data,
            found[met:].ctypes.data,
        )  # fmt: skip
        return found[: met + more]

    def rows_of_totals(self, counted: Counted, wanted: Rows) -> Rows:
        """See :meth:`tsukitome.matching.index.plain.Plain.rows_of_totals`."""
        stretches, wanted = self._base.stretches, _as(wanted, np.uint8)
        found = np.empty(sum(end - begin for begin, end, _ in stretches) + 1, np.uint32)
        rows = _as(self._base.index["total_rows"], np.uint32)
        met = self._loops.choose_totals(
            self._at, counted.cell_at.ctypes.data, wanted.ctypes.data, rows.ctypes.data, found.ctypes.data
        )
        return found[:met]

    def clear(self, hit: Rows) -> None:
        """See :meth:`tsukitome.matching.index.plain.Plain.clear`."""
        self._loops.clear_marks(self._at, hit.ctypes.data, len(hit))

    def count(self, hit: Rows) -> Counted:
        """See :meth:`tsukitome.matching.index.plain.Plain.count`. What it gives is good until the marks are given back."""
        base, index = self._base, self._base.index
        size = len(base.cells_by_place)
        left = np.zeros(len(base.mark) * size, np.int64)
        self._loops.count_totals(self._at, left.ctypes.data)
        by_total = left.reshape(len(base.mark), size)
        by_total[0] = base.cells_by_place - by_total[1:].sum(axis=0)
        others, bits = len(index) - index.alone, self._layout.bits
        most = min(1 << bits, len(hit) + others + len(left))
        keys, alike = index.scratch("keys", most, np.uint32), index.scratch("alike", most, np.int64)
        counts = index.scratch("counts", most * KINS, np.int64).reshape(-1, KINS)
        self._tally = _Tally(
            places=index.scratch(f"place {bits}", 1 << bits, np.int32), keys=keys, counts=counts, alike=alike, n=0
        )
        hit_at, others_at = index.scratch("hit_at", len(hit), np.int32), index.scratch("others_at", others, np.int32)
        mixed, begins = index.scratch("mixed", others, np.int32), index.scratch("begins", others + 1, np.int64)
        times = index.scratch("times", others, np.int64)
        sets = _Mixed(
            keys=mixed, begins=begins, times=times, table=np.zeros(_SLOTS, np.int32), slots=_SLOTS, sets=0, n=0
        )
        met = self._loops.tally(
            self._at, ctypes.byref(self._tally), ctypes.byref(sets), hit.ctypes.data, len(hit), hit_at.ctypes.data,
            others_at.ctypes.data, left.ctypes.data,
        )  # fmt: skip
        return Counted(
            hit, hit_at, others_at, left, keys[:met], counts[:met], alike[:met], mixed[: sets.n],
            begins[: sets.sets], times[: sets.sets],
        )  # fmt: skip


def _columns(index: Index) -> dict[str, Rows | int]:
    """The columns of an index that the loops read."""
    return {
        "place": _as(index["place"], np.uint32), "kind": index["kind"], "total_at": _as(index["total_at"], np.uint32),
        "total_place": _as(index["total_place"], np.uint32), "total_kind": index["total_kind"],
        "kin_of_kind": _as(index["kind_kin"], np.uint8), "award_begins": _as(index.award_begins, np.int64),
        "awards": len(index.award_begins) - 1, "alone": index.alone,
    }  # fmt: skip


def _as(values: Rows, kind: Any) -> Rows:
    return np.ascontiguousarray(values, kind)
