"""The inner loops of a question with numpy: column by column, where the compiled ones go row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tsukitome.dataclass import dataclass
from tsukitome.matching.answer import NEGLIGIBLE
from tsukitome.matching.index.base import Base
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import distinct, grouped
from tsukitome.matching.index.hits import Hits
from tsukitome.matching.index.layout import Layout
from tsukitome.matching.index.limits import SUMMED, limit_from
from tsukitome.matching.index.near import NearTexts
from tsukitome.matching.index.tally import Counted
from tsukitome.matching.probability import POWERS, weighted_sum
from tsukitome.matching.verdict import ENOUGH
from tsukitome.matching.weights import KINDS

Numbers = NDArray[Any]
_KINS = 1 << len(KINDS)  # how many sets of kin there are


@dataclass(frozen=True)
class Plain:
    """:class:`tsukitome.matching.index.loops.Loops` with numpy."""

    index: Index

    def near_texts(
        self,
        asked: Sequence[tuple[memoryview, float]],
        joints: Sequence[tuple[memoryview, float]],
        least: float,
        wanted: bytearray | None,
        whole: float,
        extra: float,
    ) -> NearTexts:
        owed = np.zeros(int(self.index.facts["texts"]))
        for holding, weight in asked:
            owed[_array(holding)] += weight
        common = owed.copy()
        for holding, weight in joints:
            common[_array(holding)] += weight
        near = common >= least
        if wanted is not None:
            chosen = _array(memoryview(wanted))[: len(common)]
            near |= (chosen > 1) | ((chosen > 0) & (common > 0))
        texts = np.flatnonzero(near)
        common, owed = common[texts], owed[texts]
        without = common + (whole - owed)
        without += extra * np.maximum(_array(self.index["text_weight"])[texts].astype(float) - common, 0)
        likeness = np.divide(common, without, out=np.zeros(len(common)), where=without > 0)
        return NearTexts(texts.tolist(), likeness.tolist(), without.tolist())

    def rows_of_texts(
        self,
        texts: Sequence[int],
        cells: bytearray,
        codes: bytearray,
        class_of_numbers: bytes,
        classes: int,
        buyers: Collection[int],
    ) -> tuple[memoryview, memoryview, list[tuple[int, int]]]:
        index = self.index
        titles, text = _parts(index, "text", np.array(texts, np.int64))
        numbers = _bytes(class_of_numbers)[_array(index["title_numbers"])[titles]]
        of_title = _bytes(codes)[_bytes(cells)[text] * np.int64(classes) + numbers]
        rows, title = _parts(index, "title", titles)
        of_rows = of_title[title]
        is_apart = np.zeros(index.buyers + 1, bool)  # the last one stands for the rows without a buyer
        is_apart[list(buyers)] = True
        apart = is_apart[_array(index["buyer"])[rows]]
        kept = ~apart & (of_rows > 0)
        pairs = zip(text[title[apart]].tolist(), rows[apart].tolist(), strict=True)
        return rows[kept].data, of_rows[kept].data, list(pairs)

    def rows_of(self, column: str, wanted: bytes) -> memoryview:
        found = np.flatnonzero(_bytes(wanted)[_array(self.index[column])])
        return found.astype(np.uint32).data

    def rows(self, base: Base, layout: Layout) -> PlainRows:
        return PlainRows(self.index, base, layout)


class _Looked(NamedTuple):
    """Of some rows the codes of their places, their kinds, the codes of their only totals, and their marks."""

    place: Numbers
    kind: Numbers
    code: Numbers
    marks: Numbers


class PlainRows:
    """The rows of an index while they are counted: :class:`tsukitome.matching.index.tally.Rows`."""

    def __init__(self, index: Index, base: Base, layout: Layout) -> None:
        self._index, self._base, self._layout = index, base, layout
        self._marks, self._alone = _array(index.marks), index.alone
        self._row = row = _array(index["row"]).reshape(-1, 4)
        self._place, self._kind, self._total, self._firm = row[:, 0], row[:, 1], row[:, 2], row[:, 3]
        self._of_place, self._by_kind = _bytes(base.of_place), np.array(base.by_kind)
        self._by_place, self._clear, self._set = np.array(base.by_place), np.array(base.clear), np.array(base.mark)
        self._code_of_total = np.zeros(len(index["total_rows"]) + 1, np.uint8)
        for begin, end, code in base.totals:
            self._code_of_total[begin:end] = code
        self._kinds, self._cells = len(self._by_kind), len(self._by_place) * len(self._by_kind)

    def mark(self, hits: Mapping[str, Hits]) -> None:
        for name, of_clue in hits.items():
            shift, clear = np.uint32(self._layout.shift[name]), np.uint32(0xFFFFFFFF ^ self._layout.mask(name))
            for found in of_clue.found:
                rows = _array(found.rows)
                code = np.uint32(found.codes) if isinstance(found.codes, int) else _array(found.codes).astype(np.uint32)
                if found.only is not None:
                    better = self._code_of_total[self._total[rows]]
                    rows = rows[(_bytes(found.only)[self._kind[rows]] > 0) & ((better == 0) | (better > code))]
                self._marks[rows] = self._marks[rows] & clear | code << shift
        self._hit = np.flatnonzero(self._marks[: self._alone])

    def clear(self) -> None:
        self._marks[:] = 0

    def _looked_at(self, rows: Any) -> _Looked:
        """Some rows, or a stretch of them, side by side."""
        row, marks = self._row[rows], self._marks[rows]
        place, kind = self._of_place[row[:, 0]].astype(np.intp), row[:, 1].astype(np.intp)
        return _Looked(place, kind, self._code_of_total[row[:, 2]].astype(np.intp), marks)

    def _keys(self, some: _Looked) -> Numbers:
        """The keys of some rows."""
        base = self._by_place[some.place] | self._by_kind[some.kind]
        base = base & self._clear[some.code] | self._set[some.code]
        keys: Numbers = base & ~self._taken(some.marks) | some.marks
        return keys

    def _taken(self, marks: Numbers) -> Numbers:
        """The bits that belong to the clues that have marked a row."""
        lowest = self._layout.lowest
        marked = marks & np.uint32(lowest[0])
        for bit, one in enumerate(lowest[1:], 1):
            marked |= marks >> np.uint32(bit) & np.uint32(one)
        taken = marked.copy()
        for bit, one in enumerate(lowest[1:], 1):
            taken |= (marked & np.uint32(one)) << np.uint32(bit)
        found: Numbers = taken
        return found

    def _cells_of(self, some: _Looked) -> Numbers:
        """The cells in which rows are counted where no clue hits them: by code of total, code of place, and kind."""
        found: Numbers = some.code * self._cells + some.place * self._kinds + some.kind
        return found

    def _all_cells(self) -> Numbers:
        """How many rows there are in each cell."""
        index, counts = self._index, np.zeros((len(self._set), self._cells), np.int64)
        of_total = _array(index["total"]).reshape(-1, 2)
        for begin, end, code in self._base.totals:
            cells = self._of_place[of_total[begin:end, 0]] * np.int64(self._kinds) + of_total[begin:end, 1]
            counts[code] += np.bincount(cells, minlength=self._cells)
        by_place = np.zeros((len(self._by_place), self._kinds), np.int64)
        rows_by_place = _array(index["cells"]).reshape(-1, self._kinds or 1)
        for code in range(len(by_place)):
            if code != self._base.commonest:
                by_place[code] = rows_by_place[np.flatnonzero(self._of_place == code)].sum(axis=0, dtype=np.int64)
        by_place[self._base.commonest] = _array(index["cells_by_kind"]) - by_place.sum(axis=0)
        counts[0] = by_place.ravel() - counts[1:].sum(axis=0)
        return counts.ravel()

    def count(self) -> Counted:
        index, alone = self._index, self._alone
        hit, others = self._looked_at(self._hit), self._looked_at(slice(alone, None))
        hit_keys, others_keys, left = self._keys(hit), self._keys(others), self._all_cells()
        left -= np.bincount(self._cells_of(hit), minlength=len(left))
        left -= np.bincount(self._cells_of(others), minlength=len(left))
        cell_keys = (self._by_place[:, None] | self._by_kind).ravel()
        cell_keys = (cell_keys & self._clear[:, None] | self._set[:, None]).ravel()
        met = np.flatnonzero(left)
        seen = np.zeros(1 << self._layout.bits, bool)
        for some in (hit_keys, others_keys, cell_keys[met]):
            seen[some] = True
        keys = np.flatnonzero(seen)
        self._counted_keys = keys.astype(np.uint32)
        self._places = place = np.zeros(len(seen), np.int32)
        place[keys] = np.arange(len(keys), dtype=np.int32)
        kin, size = _array(index["kind_kin"]).astype(np.int64), len(keys) * _KINS
        self._hit_at, self._others_at = place[hit_keys], place[others_keys]
        self._cell_at = np.where(left, place[cell_keys], -1)
        counts = np.bincount(self._hit_at * _KINS + kin[hit.kind], minlength=size)
        np.add.at(
            counts, place[cell_keys[met]] * _KINS + kin[met % len(kin)], left[met]
        )  # the keys of cells may be equal
        alike = counts.reshape(-1, _KINS).sum(axis=1)
        counts += np.bincount(self._others_at * _KINS + kin[others.kind], minlength=size)
        by_kin = counts.reshape(-1, _KINS)
        self._find_alike(alike)
        usual = distinct(place[cell_keys[met]]).tolist()
        self._usual = usual[0] if len(usual) == 1 else None
        having = [np.arange(_KINS) >> place & 1 == 1 for place in range(len(KINDS))]
        return Counted(
            keys.tolist(), by_kin.sum(axis=1).tolist(), [by_kin[:, one].sum(axis=1).tolist() for one in having],
            self._usual,
        )  # fmt: skip

    def _find_alike(self, alone: Numbers) -> None:
        """Tells the awards whose rows all have one key from the others; ``alone`` is how many awards of one row have each."""
        begins = _array(self._index["award_begins"]).astype(np.int64)
        self._alike, self._mixed, self._begins = alone, self._others_at[:0], begins[:0]
        if len(self._others_at):
            first = np.minimum.reduceat(self._others_at, begins[:-1])
            differ = first != np.maximum.reduceat(self._others_at, begins[:-1])
            self._alike = alone + np.bincount(first[~differ], minlength=len(alone))
            sizes = np.diff(begins)
            self._mixed = self._others_at[np.repeat(differ, sizes)]
            self._begins = np.cumsum(sizes[differ]) - sizes[differ]

    def looked_up(self, tables: Mapping[str, Sequence[int]]) -> Any:
        sums = np.zeros(len(self._counted_keys), np.int64)
        for name, table in tables.items():
            shift, mask = self._layout.at(name)
            codes = self._counted_keys >> np.uint32(shift) & np.uint32(mask)
            sums += np.array(table, np.int64)[codes]
        return sums

    def awards_with(self, tables: Mapping[str, Sequence[int]], *, unset: bool = False) -> list[int]:
        bits = self.looked_up(tables)
        if unset:
            low, high = bits & 0xFFFFFFFF, bits >> 32 & 0xFFFFFFFF
            bits = ((low & -low) - 1) & 0xFFFFFFFF | ((high & -high) - 1) << 32
        of_mixed = np.bitwise_or.reduceat(bits[self._mixed], self._begins) if len(self._mixed) else bits[:0]
        every = int(np.bitwise_or.reduce(bits)) if len(bits) else 0
        found = [0] * 64
        for bit in (bit for bit in range(64) if every >> bit & 1):
            one = np.int64(1) << np.int64(bit)
            found[bit] = int(self._alike[bits & one != 0].sum()) + int(np.count_nonzero(of_mixed & one))
        return found

    def powers(self, thousandths: Sequence[int], least: int, factor: float) -> list[float]:
        power, part = np.divmod(np.array(thousandths, np.int64) - least, 1000)
        found: list[float] = (factor * np.ldexp(np.array(POWERS)[part], power)).tolist()
        return found

    def exact_sum(self, *parts: tuple[Sequence[float], Sequence[int], Sequence[int] | None]) -> float:
        values = [value for some, _, _ in parts for value in some]
        counts = [np.array(some) - (np.array(less) if less else 0) for _, some, less in parts]
        return weighted_sum(values, np.concatenate(counts).tolist())

    def places_of(self, rows: memoryview | None) -> memoryview:
        found = self._places[self._keys(self._looked_at(slice(None) if rows is None else _array(rows)))]
        return found.data

    def chosen(self, rows: memoryview, places: memoryview, wanted: bytes) -> memoryview:
        found: memoryview = _array(rows)[_bytes(wanted)[_array(places)] > 0].data
        return found

    def rows_with(self, wanted: bytes) -> memoryview:
        chosen = _bytes(wanted) > 0
        found = [self._hit[chosen[self._hit_at]], self._alone + np.flatnonzero(chosen[self._others_at])]
        cells = (self._cell_at >= 0) & chosen[self._cell_at]
        by_code = cells.reshape(len(self._set), -1)
        for begin, end, code in self._base.totals:
            if by_code[code].any():
                found.append(self._unhit(_array(self._index["total_rows"])[begin:end], cells))
        if by_code[0].any():
            near = by_code[0].reshape(-1, self._kinds).any(axis=1)
            rows, _ = _parts(self._index, "place", np.flatnonzero(near[self._of_place]))
            found.append(self._unhit(rows[self._code_of_total[self._total[rows]] == 0], cells))
        return np.concatenate(found).astype(np.uint32).data

    def _unhit(self, rows: Numbers, cells: Numbers) -> Numbers:
        """Those of some rows that are counted by cell, in the ``cells`` wanted."""
        rows = rows[(rows < self._alone) & (self._marks[rows] == 0)]
        return rows[cells[self._cells_of(self._looked_at(rows))]]

    def sum_some(self, rows: memoryview, worth: Sequence[float]) -> tuple[list[int], list[float]]:
        firms, _, number = grouped(self._firm[_array(rows)])
        sums = np.bincount(number, np.array(worth)[_array(self.places_of(rows))], minlength=len(firms))
        return firms.tolist(), sums.tolist()

    def sum_all(self, worth: Sequence[float]) -> PlainSums:
        firms, of_key, usual = len(self._index["firm_first"]) - 1, np.array(worth), self._usual
        if usual is None:
            return PlainSums(np.bincount(self._firm, of_key[_array(self.places_of(None))], minlength=firms))
        sums = np.diff(_array(self._index["firm_first"]).astype(np.int64)) * of_key[usual]
        for rows, places in ((self._hit, self._hit_at), (slice(self._alone, None), self._others_at)):
            sums += np.bincount(self._firm[rows], of_key[places] - of_key[usual], minlength=firms)
        return PlainSums(sums)


@dataclass(frozen=True)
class PlainSums:
    """Sums by firm."""

    sums: Numbers

    def reaching(self, count: int) -> list[int]:
        limit = NEGLIGIBLE / 2
        if len(self.sums) > count:
            first = np.partition(self.sums, len(self.sums) - count)[len(self.sums) - count :]
            limit = limit_from([*first.tolist(), 0.0], count)
        found: list[int] = np.flatnonzero(self.sums >= limit).tolist()
        return found

    def that_hold(self, share: float) -> int | None:
        held, wanted = np.cumsum(-np.sort(-self.sums)), share * ENOUGH
        place = int(np.searchsorted(held, wanted))
        if place < len(held) and np.abs(held[max(place - 1, 0) : place + 1] - wanted).min() > SUMMED:
            return place + 1
        return None


def _array(memory: memoryview) -> Numbers:
    """The same memory for numpy."""
    return np.asarray(memory)


def _bytes(values: bytes | bytearray) -> Numbers:
    return np.frombuffer(values, np.uint8)


def _parts(index: Index, name: str, values: Numbers) -> tuple[Numbers, Numbers]:
    """The rows with any of the values in a column, by value, and for each the place of its value."""
    first = _array(index[f"{name}_first"]).astype(np.int64)
    begins, counts = first[values], first[values + 1] - first[values]
    ends = np.cumsum(counts)
    places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begins - (ends - counts), counts)
    return _array(index[f"{name}_rows"])[places], np.repeat(np.arange(len(values)), counts)
