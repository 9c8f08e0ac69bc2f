"""What a clue finds in an index: the level of each group of rows that it does not hit, and the rows that it hits, by level.

Each comparer is asked once for each distinct part (a place, a stretch of days, a stretch of yen, a buyer) and never copied.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from tsukitome.awards import Supplier
from tsukitome.clues.query import Clue
from tsukitome.clues.value import Yen
from tsukitome.matching.compare.buyer import BuyerComparer
from tsukitome.matching.compare.comparison import Comparer
from tsukitome.matching.compare.firm import FirmComparer
from tsukitome.matching.compare.month import MonthComparer
from tsukitome.matching.compare.place import PlaceComparer
from tsukitome.matching.compare.title import TitleComparer
from tsukitome.matching.compare.value import ValueComparer
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.distinct import distinct
from tsukitome.matching.index.layout import Levels
from tsukitome.matching.index.stretches import Stretches
from tsukitome.matching.index.titles import NOTHING_SHARED, TitleSearch
from tsukitome.normalize.organization import BuyerKey

Rows = NDArray[Any]


@dataclass
class Hits:
    """``found`` are rows with their code or codes, the better ones last, since they win; a row may be found more than once. The
    code of all other rows follows from their only total (``totals``), else from their place (``by_place``) or from their kind
    (``by_kind``), and is 0 in the other of the two.
    """

    by_place: Rows
    by_kind: Rows
    found: list[tuple[Rows, int | Rows]] = field(default_factory=list)
    totals: Stretches | None = None


def _by_kind(
    index: Index, codes: Rows | int, found: Sequence[tuple[Rows, int | Rows]], totals: Stretches | None = None
) -> Hits:
    by_kind = np.zeros(len(index["kind_method"]), np.uint32)
    by_kind[:] = codes
    return Hits(np.zeros(len(index["places_starts"]) - 1, np.uint32), by_kind, list(found), totals)


def hits(clue: Clue, asked: Comparer, levels: Levels, index: Index) -> Hits:
    """Everything that a clue finds."""
    return _FINDERS[clue.name](asked, levels, index)


def _best_last(found: Mapping[int, Sequence[Rows]]) -> list[tuple[Rows, int]]:
    return [(rows, code) for code in sorted(found, reverse=True) for rows in found[code]]


def _ward(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, PlaceComparer)
    codes = np.zeros(len(index.places), np.uint32)
    for examples, numbers in index.places_alike(asked.looked_at):
        codes[numbers] = [levels.code(asked.level(parts.supplier_at(index.places[one]))) for one in examples]
    sets = index["places_starts"]
    best = np.minimum.reduceat(codes[index["places"]], sets[:-1]) if len(sets) > 1 else codes[:0]
    return Hits(best, np.zeros(len(index["kind_method"]), np.uint32))


def _method(asked: Comparer, levels: Levels, index: Index) -> Hits:
    codes = [levels.code(asked.compare(parts.with_method(method)).level) for method in range(len(parts.METHODS))]
    return _by_kind(index, np.array(codes, np.uint32)[index["kind_method"]], [])


def _month(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, MonthComparer)
    points = [day.toordinal() for day in asked.turning_points()]
    found: dict[int, list[Rows]] = defaultdict(list)
    usual = [
        _usual(asked, parts.with_day(kind, dt.date.max.toordinal()), levels) for kind in range(len(parts.DAY_KINDS))
    ]
    lists = index["day_lists"]
    for kind, code in enumerate(usual):
        part = slice(int(lists[kind]), int(lists[kind + 1]))
        days, rows = index["day_values"][part], index["day_rows"][part]
        for begin, end in _stretches(days, points):
            level = levels.code(asked.compare(parts.with_day(kind, int(days[begin]))).level)
            if level != code:
                found[level].append(rows[begin:end])
    nothing = levels.code(asked.compare(parts.without_anything()).level)
    return _by_kind(index, _best_of(index["kind_days"], usual, nothing), _best_last(found))


def _value(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, ValueComparer)
    worst, nothing = levels.silent - 1, levels.code(asked.compare(parts.without_anything()).level)
    usual = [worst if role in asked.roles else nothing for role in parts.ROLES]
    points: dict[dt.date | None, Rows] = {}
    found: dict[int, list[Rows]] = defaultdict(list)
    totals = Stretches(len(index["total_values"]))
    for name in ("yen", "total"):
        for kind, begin in index.amount_lists(name):
            if parts.role_of_kind(kind) not in asked.roles:
                continue
            values, day = (
                index[f"{name}_values"][begin : int(index[f"{name}_lists"][kind + 1])],
                parts.day_of_kind(kind),
            )
            if day not in points:
                points[day] = _blurred(asked.turning_points(day))
            for first, last in _near_stretches(values, points[day]):
                level = levels.code(asked.level(*parts.amount_of_kind(kind, float(values[first]))))
                if level == worst:
                    continue
                if name == "total":
                    totals.add(begin + first, begin + last, level)
                else:
                    found[level].append(index["yen_rows"][begin + first : begin + last])
    if asked.of_reserve:
        reserve = levels.code("reserve")
        for rows in _of_reserve(asked.of_reserve, asked.roles, index):
            code = totals.codes(index["total_at"][rows])
            found[reserve].append(rows[(code == 0) | (code > reserve)])
    return _by_kind(index, _best_of(index["kind_roles"], usual, nothing), _best_last(found), totals)


def _of_reserve(bounds: tuple[Yen, Yen], roles: Sequence[str], index: Index) -> Iterator[Rows]:
    """The rows with a reserve price in [low, high) that have an amount of one of the ``roles`` as well."""
    compared = sum(1 << number for number, role in enumerate(parts.ROLES) if role in roles)
    has = (index["kind_roles"] & np.uint32(compared)) > 0
    for kind, begin in index.amount_lists("yen"):
        if parts.role_of_kind(kind) == "reserve_price":
            values = index["yen_values"][begin : int(index["yen_lists"][kind + 1])]
            first, last = np.searchsorted(values, bounds)
            rows = index["yen_rows"][begin + first : begin + last]
            yield rows[has[index["kind"][rows]]]


def _buyer(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, BuyerComparer)
    heads, bureaus, cores = (index.strings(name) for name in ("buyer_head", "buyer_bureau", "buyer_core"))
    near = {number for head in asked.heads for number in heads.holding(head, "whole").tolist()}
    near.update(cores.holding(asked.name, "end").tolist())
    near.update(asked.alike(index.buyer_cores))
    found: dict[int, list[int]] = defaultdict(list)
    worst = levels.silent - 1
    for number in sorted(near):
        level = levels.code(asked.level(BuyerKey(heads[number], bureaus[number]), cores[number]))
        if level != worst:
            found[level].append(number)
    nothing = levels.code(asked.compare(parts.without_anything()).level)
    rows = {level: [index.rows_by("buyer", numbers)] for level, numbers in found.items()}
    return _by_kind(index, np.where(index["kind_buyer"] > 0, worst, nothing), _best_last(rows))


def _title(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, TitleComparer)
    usual = levels.code(asked.level(NOTHING_SHARED, 0.0, None))
    rows, codes = TitleSearch(index, asked, levels.code).rows()
    return _by_kind(index, usual, [(rows, codes)])


def _firm(asked: Comparer, levels: Levels, index: Index) -> Hits:
    assert isinstance(asked, FirmComparer)
    names = index.strings("name")
    core, sound, roman = (index.strings(name) for name in ("core", "sound", "roman"))
    alike = distinct(
        np.concatenate(
            [
                *(core.holding(part) for part in (asked.core, *asked.halves)),
                *(core.holding(other, "whole") for other in asked.others),
                sound.holding(asked.sound, "whole"),
                roman.holding(asked.roman, "whole"),
            ]
        )
    )
    worst = levels.silent - 1
    codes = np.full(len(names), worst, np.uint32)
    for number in alike.tolist():
        codes[number] = levels.code(asked.compare(parts.with_supplier(Supplier(names[number]))).level)
    found: dict[int, list[Rows]] = {}
    for code in sorted(set(codes[alike].tolist()) - {worst}):
        whos = np.flatnonzero(codes[index["who_name"]] == code)
        members = index["member_rows"][codes[index["who_name"][index["member_who"]]] == code]
        chosen = np.zeros(len(index["who_name"]), bool)
        chosen[whos] = True
        found[code] = [distinct(np.append(np.flatnonzero(chosen[index["who"]]), members))]
    return _by_kind(index, worst, _best_last(found))


_FINDERS: Mapping[str, Callable[[Comparer, Levels, Index], Hits]] = {
    "ward": _ward,
    "month": _month,
    "title": _title,
    "value": _value,
    "buyer": _buyer,
    "method": _method,
    "firm": _firm,
}


def _usual(asked: Comparer, stand_in: Any, levels: Levels) -> int:
    return levels.code(asked.compare(stand_in).level)


def _best_of(masks: Rows, codes: Sequence[int], nothing: int) -> Rows:
    """The best code of the parts that each group has; ``masks`` holds a bit for each part, ``nothing`` is for none."""
    best = np.full(len(masks), nothing, np.uint32)
    for bit, code in enumerate(codes):
        best = np.where(masks >> np.uint32(bit) & np.uint32(1), np.minimum(best, np.uint32(code)), best)
    return cast(Rows, best.astype(np.uint32))


def _stretches(values: Rows, points: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches [begin, end) of values in order between points; none of them empty."""
    places = [0, *np.searchsorted(values, np.array(sorted(set(points)), values.dtype)).tolist(), len(values)]
    for begin, end in pairwise(places):
        if begin < end:
            yield begin, end


def _blurred(points: Sequence[float]) -> Rows:
    """Points as narrow stretches, since rounding blurs them: where each begins, and where it ends."""
    return np.array(sorted({bound for point in points for bound in (point * (1 - 1e-9), point * (1 + 1e-9))}))


def _near_stretches(values: Rows, bounds: Rows) -> Iterator[tuple[int, int]]:
    """:func:`_stretches` between points that are :func:`_blurred`: a value near one is a stretch of its own."""
    places = [0, *np.searchsorted(values, bounds).tolist(), len(values)]
    for number, (begin, end) in enumerate(pairwise(places)):
        if begin == end:
            continue
        if 0 < number < len(bounds) and bounds[number] - bounds[number - 1] < 1e-8 * bounds[number]:
            part = values[begin:end]
            yield from ((begin + one, begin + other) for one, other in _stretches(part, distinct(part).tolist()))
        else:
            yield begin, end
