"""Municipalities and prefectures by JIS code: X 0402 with 5 digits, X 0401 with 2.

A ward is a code and never a substring: 東区 stands inside 台東区 and 江東区. The table holds what was valid at any time since
2006-04-01, with dates (``tables/README.md`` names its sources).
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache

from tsukitome.dataclass import dataclass
from tsukitome.later import Later

_TABLES = os.path.join(os.path.dirname(__file__), "tables")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A city, town, village, ward of a designated city, or special ward of Tokyo, as it was between two dates.

    ``city`` is the name of a 市町村 and is empty for the 23 special wards; ``ward`` is the 区; ``county`` the 郡 (or
    island) printed before a 町 or 村. ``reading`` is ``name`` in hiragana. ``valid_from`` and ``valid_to`` are
    inclusive; None is "before the table begins" or "still".
    """

    code: str
    prefecture: str
    county: str
    city: str
    ward: str
    reading: str
    valid_from: date | None
    valid_to: date | None

    @property
    def name(self) -> str:
        """Without prefecture and county: 豊島区, 大阪市北区, 岩美町."""
        return self.city + self.ward

    @property
    def full_name(self) -> str:
        """As an address begins: 東京都豊島区, 大阪府大阪市北区, 鳥取県岩美郡岩美町."""
        return self.prefecture + self.county + self.city + self.ward

    def valid(self, on: date | None) -> bool:
        """Whether this name was in force on a day; with None, whether it still is."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A prefecture: ``name`` 東京都, ``short`` 東京, and the readings of both in hiragana."""

    code: str
    name: str
    short: str
    reading: str
    short_reading: str


def table_rows(table: str) -> list[list[str]]:
    """The rows of one of the tables of places, without its header."""
    # Not normalize.text.table: importlib.resources and a dict a row would take longer than all the rest here.
    with open(os.path.join(_TABLES, table + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.reader(line for line in file if not line.startswith("#")))[1:]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def printed_municipalities() -> list[list[str]]:
    """Every row of the table as it is printed there: code, prefecture, county, city, ward, reading, the first and the last day."""
    return table_rows("municipalities")


@cache
def municipalities() -> Sequence[Municipality]:
    """Every row of the table, former ones included, by code and then by time. A question looks at a few of the 2,000."""
    rows = printed_municipalities()

    def made(place: int) -> Municipality:
        code, prefecture, county, city, ward, reading, since, until = rows[place]
        return Municipality(code, prefecture, county, city, ward, reading, _day(since), _day(until))

    return Later(len(rows), made)


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """The 47 prefectures, by code."""
    return tuple(Prefecture(*row) for row in table_rows("prefectures"))


@cache
def _places_by_code() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, row in enumerate(printed_municipalities()):
        found.setdefault(row[0], []).append(place)
    return found


@cache
def _rows_of(code: str) -> tuple[Municipality, ...]:
    """All rows of a code, in the order of time; () for one that the table has never held."""
    known = municipalities()
    return tuple(known[place] for place in _places_by_code().get(code, ()))


def municipality(code: str, on: date | None = None) -> Municipality:
    """The municipality of a 5-digit code: as it was on ``on``, else its latest row.

    Raises KeyError for a code that the table has never held.
    """
    rows = municipality_rows(code)
    return next((row for row in rows if on is not None and row.valid(on)), rows[-1])


def prefecture(code: str) -> Prefecture:
    """The prefecture of a 2-digit code; KeyError for any other."""
    for known in prefectures():
        if known.code == code:
            return known
    raise KeyError(code)


def is_known(code: str) -> bool:
    """Whether the table has ever held a 5-digit code."""
    return code in _places_by_code()


def municipality_rows(code: str) -> tuple[Municipality, ...]:
    """All rows of a 5-digit code, in the order of time; KeyError for a code that the table has never held."""
    if rows := _rows_of(code):
        return rows
    raise KeyError(code)


def wards_of(code: str, on: date | None = None) -> tuple[str, ...]:
    """The codes of a designated city's wards, of all times or those in force on ``on``; () for any other place."""
    city = municipality(code)
    wards = () if city.ward else _wards().get(_city(city), ())
    return tuple(dict.fromkeys(ward.code for ward in wards if on is None or ward.valid(on)))


@cache
def _wards() -> dict[tuple[str, str, str], list[Municipality]]:
    """The wards of each designated city, of all times."""
    found: dict[tuple[str, str, str], list[Municipality]] = {}
    for place in municipalities():
        if place.ward:
            found.setdefault(_city(place), []).append(place)
    return found


def _city(place: Municipality) -> tuple[str, str, str]:
    return place.prefecture, place.county, place.city


def same_city(a: str, b: str) -> bool:
    """Whether two codes are one municipality: equal, or wards of one designated city, or the city and its ward.

    A city before and after it became a designated one (岡山市 33201, 33100) is one as well. An unknown code is only
    itself.
    """
    if a == b:
        return True
    one, other = _rows_of(a), _rows_of(b)
    if not one or not other or not one[-1].city:
        return False
    return _city(one[-1]) == _city(other[-1])


def codes_in_prefecture(code: str, on: date | None = None) -> tuple[str, ...]:
    """All codes of a prefecture (two digits) in force on ``on``, else today's: cities, wards, towns, villages."""
    return tuple(dict.fromkeys(row.code for row in municipalities() if row.code.startswith(code) and row.valid(on)))


@lru_cache(maxsize=512)
def _covered(asked: str) -> frozenset[str]:
    rows = _rows_of(asked)
    if not rows or rows[-1].ward:
        return frozenset((asked,))
    return _codes_of_cities()[_city(rows[-1])] if rows[-1].city else frozenset((asked,))


@cache
def _codes_of_cities() -> dict[tuple[str, str, str], frozenset[str]]:
    """All codes of a city that :func:`same_city` holds for one, of all times."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for code in _places_by_code():
        if (last := _rows_of(code)[-1]).city:
            found[_city(last)].add(code)
    return {city: frozenset(codes) for city, codes in found.items()}


def covers(asked: Sequence[str], code: str) -> bool:
    """Whether a supplier's 5-digit code satisfies a clue's codes.

    A prefecture (two digits) covers all within it, a designated city (27100) its wards, anything else only itself.
    """
    return any(code.startswith(one) if len(one) == 2 else code in _covered(one) for one in asked)
