"""What a clue finds in an index: the level of each group of rows that it does not hit, and the rows that it hits, by level.

Each comparer is asked once for each distinct part (a place, a stretch of days, a stretch of yen, a buyer) and never copied.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tsukitome.awards import Supplier, Tax
from tsukitome.clues.query import Clue
from tsukitome.clues.value import Yen
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.buyer import BuyerComparer
from tsukitome.matching.compare.comparison import Comparer
from tsukitome.matching.compare.firm import FirmComparer
from tsukitome.matching.compare.month import MonthComparer
from tsukitome.matching.compare.place import PlaceComparer
from tsukitome.matching.compare.title import TitleComparer
from tsukitome.matching.compare.value import ValueComparer
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.layout import Levels
from tsukitome.matching.index.loops import loops_of
from tsukitome.matching.index.titles import NOTHING_SHARED, TitleSearch
from tsukitome.normalize.organization import BuyerKey


class Found(NamedTuple):
    """Rows with their code, or a code each. Where ``only`` is given, those count whose kind has a 1 in it and whose only total, if
    any, has no better code.
    """

    rows: memoryview
    codes: int | memoryview
    only: bytes | None = None


@dataclass
class Hits:
    """``found`` are rows with their codes, the better ones last, since they win; a row may be found more than once. The code of all
    other rows follows from their only total (``totals``: stretches of the list of these with their codes), else from their place
    (``by_place``) or from their kind without its kin (``by_bare``), and is 0 in the other of the two.
    """

    by_place: bytes | None = None
    by_bare: bytes | None = None
    found: Sequence[Found] = ()
    totals: Sequence[tuple[int, int, int]] = field(default=())


def hits(clue: Clue, asked: Comparer, levels: Levels, index: Index) -> Hits:
    """Everything that a clue finds."""
    return _FINDERS[clue.name](asked, levels, index)


def _best_last(found: Mapping[int, Iterable[memoryview]]) -> list[Found]:
    return [Found(rows, code) for code in sorted(found, reverse=True) for rows in found[code]]


def _everywhere(index: Index, code: int) -> bytes:
    return bytes([code]) * len(index["bare_method"])


def _ward(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, PlaceComparer)
    places, lengths = index.places, index.place_lengths

    def code(number: int) -> int:
        return levels.code(asked.level(parts.supplier_at(places[number])))

    near = {number for name in asked.looked_at for number in index.places_by_code.get(name, ())}
    usual = bytearray(256)
    for length, alike in index.places_by_length.items():
        if (example := next((one for one in alike if one not in near), None)) is not None:
            usual[length] = code(example)
    codes = bytearray(lengths.translate(usual))
    for number in near:
        codes[number] = code(number)
    of_sets = bytes(map(codes.__getitem__, index["places"]))
    starts = index["places_starts"]
    if len(of_sets) == len(starts) - 1:  # one place each
        return Hits(by_place=of_sets)
    return Hits(by_place=bytes(min(of_sets[begin:end]) for begin, end in pairwise(starts)))


def _method(asked: Comparer, levels: Levels, index: Index) -> Hits:
    codes = bytes(levels.code(asked.compare(parts.with_method(one)).level) for one in range(len(parts.METHODS)))
    return Hits(by_bare=bytes(index["bare_method"]).translate(codes.ljust(256)))


def _month(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, MonthComparer)
    points = sorted({day.toordinal() for day in asked.turning_points()})
    found: dict[int, list[memoryview]] = defaultdict(list)
    usual = [
        _code(asked, parts.with_day(kind, dt.date.max.toordinal()), levels) for kind in range(len(parts.DAY_KINDS))
    ]
    days, rows, lists = index["day_values"], index["day_rows"], index["day_lists"]
    for kind, code in enumerate(usual):
        for begin, end in _stretches(days, lists[kind], lists[kind + 1], points):
            level = _code(asked, parts.with_day(kind, days[begin]), levels)
            if level != code:
                found[level].append(rows[begin:end])
    nothing = _code(asked, parts.without_anything(), levels)
    return Hits(by_bare=_best_of(index["bare_days"], usual, nothing), found=_best_last(found))


def _value(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, ValueComparer)
    worst, nothing = levels.silent - 1, _code(asked, parts.without_anything(), levels)
    usual = [worst if role in asked.roles else nothing for role in parts.ROLES]
    points: dict[dt.date | None, list[float]] = {}
    levels_met: dict[tuple[Tax | None, dt.date | None, int], int] = {}
    found: dict[int, list[memoryview]] = defaultdict(list)
    totals: list[tuple[int, int, int]] = []
    for name in ("yen", "total"):
        for kind, begin, end in index.amount_lists(name):
            if parts.role_of_kind(kind) not in asked.roles:
                continue
            day = parts.day_of_kind(kind)
            if day not in points:
                points[day] = _blurred(asked.turning_points(day))
            values = index[f"{name}_values"]
            for first, last, number in _near_stretches(values, begin, end, points[day]):
                alike = parts.tax_of_kind(kind), day, number
                if not number or alike not in levels_met:
                    levels_met[alike] = levels.code(asked.level(*parts.amount_of_kind(kind, values[first])))
                level = levels_met[alike]
                if level == worst:
                    continue
                if name == "total":
                    totals.append((first, last, level))
                else:
                    found[level].append(index["yen_rows"][first:last])
    marked = _best_last(found)
    if asked.of_reserve:
        marked += _of_reserve(asked.of_reserve, asked.roles, levels.code("reserve"), index)
        marked.sort(key=lambda one: one.codes, reverse=True)  # type: ignore[arg-type, return-value]
    return Hits(by_bare=_best_of(index["bare_roles"], usual, nothing), found=marked, totals=totals)


def _of_reserve(bounds: tuple[Yen, Yen], roles: Sequence[str], code: int, index: Index) -> Iterator[Found]:
    """The rows with a reserve price in [low, high) that have an amount of one of the ``roles`` as well."""
    compared = sum(1 << number for number, role in enumerate(parts.ROLES) if role in roles)
    has = bytes(index["bare_roles"]).translate(bytes(bool(mask & compared) for mask in range(256)))
    only = bytes(map(has.__getitem__, index["kind_bare"]))
    for kind, begin, end in index.amount_lists("yen"):
        if parts.role_of_kind(kind) == "reserve_price":
            first, last = (bisect_left(index["yen_values"], bound, begin, end) for bound in bounds)
            yield Found(index["yen_rows"][first:last], code, only)


def _buyer(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, BuyerComparer)
    heads, bureaus, cores = (index.strings(name) for name in ("buyer_head", "buyer_bureau", "buyer_core"))
    near = {number for head in asked.heads for number in heads.holding(head, "whole")}
    near.update(cores.holding(asked.name, "end"))
    near.update(asked.alike(index.buyer_cores))
    found: dict[int, list[memoryview]] = defaultdict(list)
    worst = levels.silent - 1
    for number in sorted(near):
        level = levels.code(asked.level(BuyerKey(heads[number], bureaus[number]), cores[number]))
        if level != worst:
            found[level].append(index.rows_by("buyer", number))
    codes = bytes([_code(asked, parts.without_anything(), levels), worst]).ljust(256)
    return Hits(by_bare=bytes(index["bare_buyer"]).translate(codes), found=_best_last(found))


def _title(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, TitleComparer)
    usual = levels.code(asked.level(NOTHING_SHARED, 0.0, None))
    found = [Found(rows, codes) for rows, codes in TitleSearch(index, asked, levels.code).rows()]
    return Hits(by_bare=_everywhere(index, usual), found=found)


def _firm(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, FirmComparer)
    names = index.strings("name")
    core, sound, roman = (index.strings(name) for name in ("core", "sound", "roman"))
    alike = {*sound.holding(asked.sound, "whole"), *roman.holding(asked.roman, "whole")}
    alike.update(number for part in (asked.core, *asked.halves) for number in core.holding(part))
    alike.update(number for other in asked.others for number in core.holding(other, "whole"))
    worst = levels.silent - 1
    of_names: dict[int, set[int]] = defaultdict(set)
    for number in alike:
        code = _code(asked, parts.with_supplier(Supplier(names[number])), levels)
        if code != worst:
            of_names[code].add(number)
    found: dict[int, list[memoryview]] = {}
    for code, numbers in of_names.items():
        whos = bytes(name in numbers for name in index["who_name"])
        members = (row for row, who in zip(index["member_rows"], index["member_who"], strict=True) if whos[who])
        found[code] = [loops_of(index).rows_of("who", whos), *_rows(members)]
    return Hits(by_bare=_everywhere(index, worst), found=_best_last(found))


_FINDERS: Mapping[str, Callable[[Comparer, Levels, Index], Hits]] = {
    "ward": _ward,
    "month": _month,
    "title": _title,
    "value": _value,
    "buyer": _buyer,
    "method": _method,
    "firm": _firm,
}


def _rows(rows: Iterable[int]) -> list[memoryview]:
    made = array("I", rows)
    return [memoryview(made)] if made else []


def _code(asked: Comparer, stand_in: Alternative, levels: Levels) -> int:
    return levels.code(asked.compare(stand_in).level)


def _best_of(masks: memoryview, codes: Sequence[int], nothing: int) -> bytes:
    """The best code of the parts that each group has; ``masks`` holds a bit for each part, ``nothing`` is for none."""
    best = [
        min((code for bit, code in enumerate(codes) if mask >> bit & 1), default=nothing)
        for mask in range(1 << len(codes))
    ]
    return bytes(masks).translate(bytes(min(code, nothing) for code in best).ljust(256))


def _stretches(values: memoryview, begin: int, end: int, points: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches [first, last) between points of the values from ``begin`` to ``end``, which are in order; none is empty."""
    first = begin
    for point in points:
        last = bisect_left(values, point, first, end)
        if first < last:
            yield first, last
        first = last
    if first < end:
        yield first, end


def _blurred(points: Sequence[float]) -> list[float]:
    """Points as narrow stretches, since rounding blurs them: where each begins, and where it ends."""
    return sorted({bound for point in points for bound in (point * (1 - 1e-9), point * (1 + 1e-9))})


def _near_stretches(
    values: memoryview, begin: int, end: int, bounds: Sequence[float]
) -> Iterator[tuple[int, int, int]]:
    """:func:`_stretches` between points that are :func:`_blurred`, with their numbers from 1; a value near a point is a stretch of
    its own, whose number is 0.
    """
    first, before = begin, -1.0
    for number, bound in enumerate(bounds, 1):
        last = bisect_left(values, bound, first, end)
        near = bound - before < 1e-8 * bound
        while near and first < last:
            of_value = bisect_right(values, values[first], first, last)
            yield first, of_value, 0
            first = of_value
        if first < last:
            yield first, last, number
        first, before = last, bound
    if first < end:
        yield first, end, len(bounds) + 1
