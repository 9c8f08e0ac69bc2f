"""Which municipalities border on each other, and what became of those that are no more.

The borders are those of one day (``tables/municipality_neighbours.csv`` names it and its source). What is not on that map stands
there by its area: a designated city by its wards, a municipality of earlier days by what it became, one of later days by what it
was made of. A sea is a border without neighbours, be there a bridge or not.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cache

from tsukitome.normalize.municipality import (
    is_known,
    municipalities,
    municipality,
    municipality_rows,
    same_city,
    table_rows,
    wards_of,
)


@cache
def _map() -> dict[str, str]:
    """Each code on the map with its neighbours of higher codes."""
    return dict(table_rows("municipality_neighbours"))


def _beside(code: str) -> set[str]:
    """The neighbours of a code on the map: of few of them anyone asks in one run."""
    return {*_map()[code].split(), *(other for other, higher in _map().items() if code in higher)}


@cache
def _successors() -> dict[str, tuple[str, ...]]:
    return {code: tuple(others.split()) for code, others in table_rows("municipality_successors")}


@cache
def _made_of() -> dict[str, tuple[str, ...]]:
    """The former codes whose area, or most of it, went to each code."""
    found: dict[str, list[str]] = defaultdict(list)
    for former, successors in _successors().items():
        found[successors[0]].append(former)
    return {code: tuple(formers) for code, formers in found.items()}


@cache
def _area(code: str) -> frozenset[str]:
    """The codes on the map that make up a code's area, or that its area is a part of."""
    if code in _map():
        return frozenset((code,))
    parts = _successors().get(code) or wards_of(code) or _made_of()[code]
    return frozenset(one for part in parts for one in _area(part))


@cache
def _by_area() -> dict[str, frozenset[str]]:
    """For codes on the map those of all times that are not on it and have them in their area."""
    found: dict[str, set[str]] = defaultdict(set)
    for code in {place.code for place in municipalities()}.difference(_map()):
        for part in _area(code):
            found[part].add(code)
    return {part: frozenset(codes) for part, codes in found.items()}


@cache
def neighbours_of(code: str) -> frozenset[str]:
    """The 5-digit codes, of whatever time, of the municipalities and wards that share a border with one.

    A ward's are the other wards and the municipalities around it; a designated city's are those around it and their wards.
    Empty for an island, and for a code that is not known.
    """
    if not is_known(code):
        return frozenset()
    area = _area(code)
    around = {other for part in area for other in _beside(part)} - area
    return frozenset(one for part in around for one in (part, *_by_area().get(part, ())) if not _area(one) & area)


def today(code: str) -> frozenset[str]:
    """The codes in force that a code's area belongs to today: mostly itself; what it was merged into or renamed to."""
    successors = _successors().get(code)
    return frozenset(one for each in successors for one in today(each)) if successors else frozenset((code,))


def one_today(a: str, b: str) -> bool:
    """Whether two codes belong to one municipality today: 高崎市 and the 榛名町 that it took in."""
    return any(same_city(one, other) for one in today(a) for other in today(b))


@cache
def renamed(code: str) -> frozenset[str]:
    """The other codes of the very same area: 富谷町 and the 富谷市 that it became, a town that moved to another subprefecture."""
    known = {one for one, (successor, *more) in _successors().items() if not more and _is_only(one, successor)}
    later = _successors()[code] if code in known else ()
    return frozenset((*later, *(one for one in _made_of().get(code, ()) if one in known)))


def _is_only(former: str, successor: str) -> bool:
    """Whether a code began with another one's end, and of nothing but its area."""
    last, first = municipality(former).valid_to, municipality_rows(successor)[0].valid_from
    return _made_of()[successor] == (former,) and last is not None and first == last + timedelta(days=1)
