"""Municipalities by JIS X 0402 code, and the municipality of a printed address.

A ward is a code and never a substring: 東区 stands inside 台東区 and 江東区, and 豊島 is a town of 東京都北区. So an
address is read from its beginning, by the longest known name. Codes have 5 digits, prefectures 2 (JIS X 0401). The
table holds what was valid at any time since 2006-04-01, with dates (``tables/README.md`` names its sources).
"""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

_TABLES = os.path.join(os.path.dirname(__file__), "tables")
_NOT_NAME = re.compile(r"[\s\u200b\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_BEFORE = re.compile(
    r"^[(\[「【:,、・]*(?:(?:住所|所在地|本社|本店)[:)\]】]?)?(?:〒?\d{3}[-‐‑–—―−─ー]?\d{4}|〒)?[(\[「【:,、・]*"
)

_BEFORE_DIGITS = re.compile(r"(?:東京都|北海道|京都府|大阪府|\w{2,3}県)\D+(?=\d)")


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
def municipalities() -> tuple[Municipality, ...]:
    """Every row of the table, former ones included, by code and then by time."""
    return tuple(
        Municipality(code, prefecture, county, city, ward, reading, _day(since), _day(until))
        for code, prefecture, county, city, ward, reading, since, until in table_rows("municipalities")
    )


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """The 47 prefectures, by code."""
    return tuple(Prefecture(*row) for row in table_rows("prefectures"))


@cache
def _variants() -> dict[int, str]:
    return {ord(variant): standard for variant, standard, *_ in table_rows("place_variants")}


@cache
def _any_variant() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _variants()))}]")


@lru_cache(maxsize=1 << 14)
def place_key(text: str) -> str:
    """The spelling that place names are compared by: NFKC, no white space, variants (ヶ ケ が, 條 条 …) made one."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if _any_variant().search(text):
            text = text.translate(_variants())
    return _NOT_NAME.sub("", text)


@cache
def _by_code() -> dict[str, tuple[Municipality, ...]]:
    found: dict[str, list[Municipality]] = {}
    for place in municipalities():
        found.setdefault(place.code, []).append(place)
    return {code: tuple(places) for code, places in found.items()}


@cache
def names() -> dict[str, tuple[Municipality, ...]]:
    """Every way to print a municipality without its prefecture (a key of :func:`place_key`) → all that bear that name.

    大阪市北区 and 北区 for a ward, 岩美郡岩美町 and 岩美町 for a town.
    """
    found: dict[str, list[Municipality]] = {}
    variants = _variants()  # the table's own names need no more folding than this
    for place in municipalities():
        name = place.name.translate(variants)
        found.setdefault(name, []).append(place)
        if place.county:
            found.setdefault(place.county.translate(variants) + name, []).append(place)
        elif place.city and place.ward:
            found.setdefault(place.ward.translate(variants), []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def known_codes(words: str) -> tuple[str, ...]:
    """The codes of the municipalities of a name, with or without its prefecture, or of a code; none for an unknown one.

    Today's; of a name that is no longer used, all that bore it.
    """
    if re.fullmatch(r"[0-9]{5}", words):
        return (words,) if any(place.code == words for place in municipalities()) else ()
    inside = next((one.name for one in prefectures() if words.startswith(one.name)), "")
    bearing = names().get(place_key(words.removeprefix(inside)), ())
    fitting = [place for place in bearing if inside in ("", place.prefecture)]
    today = [place for place in fitting if place.valid(None)] or fitting
    return tuple(sorted({place.code for place in today}))


@cache
def beginnings() -> frozenset[str]:
    """The first two characters of all :func:`names`: what begins otherwise needs no search for the longest name."""
    return frozenset(name[:2] for name in names())


@cache
def _longest() -> int:
    return max(map(len, names()))


@cache
def _prefecture_names() -> dict[str, Prefecture]:
    return {place_key(prefecture.name): prefecture for prefecture in prefectures()}


def split_prefecture(key: str) -> tuple[Prefecture | None, str]:
    """The prefecture whose full name begins a :func:`place_key`, and what follows it."""
    for length in (3, 4):  # 神奈川県, 和歌山県 and 鹿児島県 have four characters, all others three.
        prefecture = _prefecture_names().get(key[:length])
        if prefecture is not None:
            return prefecture, key[length:]
    return None, key


def latest_of_each(places: Iterable[Municipality]) -> list[Municipality]:
    """One row for each full name: a city that got a new code keeps its place, and the later row stands for it."""
    kept: dict[str, Municipality] = {}
    for place in places:
        known = kept.get(place.full_name)
        if known is None or (place.valid_to or date.max) > (known.valid_to or date.max):
            kept[place.full_name] = place
    return list(kept.values())


def _choose(places: Iterable[Municipality], prefecture: Prefecture | None, on: date | None) -> Municipality | None:
    """The one place meant, or None if several could be."""
    inside = [place for place in places if prefecture is None or place.prefecture == prefecture.name]
    if len(inside) == 1:
        return inside[0]
    if on is not None:
        inside = [place for place in inside if place.valid(on)] or inside
    left = latest_of_each(inside)
    return left[0] if len(left) == 1 else None


@cache
def _days_of_change() -> tuple[date, ...]:
    """The days on which a name came into force or was in force no more."""
    days = {place.valid_from for place in municipalities() if place.valid_from}
    days |= {place.valid_to + timedelta(days=1) for place in municipalities() if place.valid_to}
    return (date.min, *sorted(days))


@lru_cache(maxsize=1 << 12)
def first_day_alike(on: date | None) -> date | None:
    """The first of the days without a break on which the same names were in force as on ``on``.

    Whatever depends on a day only by the names in force on it is the same for both: it can be kept under this day for all
    of them. None is None.
    """
    return None if on is None else _days_of_change()[bisect_right(_days_of_change(), on) - 1]


@cache
def _names_of_several_times() -> re.Pattern[str]:
    """The names that mean one place on some days and another, or none that is sure, on others: 北区, 新潟市, 那珂川町."""
    several = []
    for name, places in names().items():
        inside = {prefecture for prefecture in prefectures() for place in places if place.prefecture == prefecture.name}
        for prefecture in (None, *inside):
            if len(places) > 1 and len({_choose(places, prefecture, on) for on in (None, *_days_of_change())}) > 1:
                several.append(name)
    return re.compile("|".join(sorted(set(several))))


def day_that_matters(text: str, on: date | None) -> date | None:
    """What is to be known of the day ``on`` for reading the places in a text: :func:`first_day_alike`, mostly nothing at all."""
    return first_day_alike(on) if on is not None and _holds_such_name(text) else None


@lru_cache(maxsize=1 << 16)
def _holds_such_name(text: str) -> bool:
    return _names_of_several_times().search(place_key(text)) is not None


def _address_key(address: str) -> str:
    return _BEFORE.sub("", place_key(address), count=1)


def municipality_of(address: str, on: date | None = None) -> Municipality | None:
    """The municipality of a printed address, or None where it is unknown or could be several.

    Prefecture and county may be missing, a postal code may lead, letters may be spaced. Names in force on ``on`` are
    preferred; a former or later name still counts where nothing else fits, since printed addresses lag. Where only a
    designated city is recognizable, the city itself (大阪市 27100).
    """
    # No name has a digit in it: the addresses of one town are looked up once.
    head = _BEFORE_DIGITS.match(address)
    return _municipality_of(head.group() if head else address, first_day_alike(on))


@lru_cache(maxsize=1 << 14)
def _municipality_of(address: str, on: date | None) -> Municipality | None:
    prefecture, rest = split_prefecture(_address_key(address))
    if rest[:2] not in beginnings():
        return None
    known = names()
    for length in range(min(len(rest), _longest()), 1, -1):
        places = known.get(rest[:length])
        if places is not None:
            found = _choose(places, prefecture, on)
            if found is not None:
                return found
            if any(prefecture is None or place.prefecture == prefecture.name for place in places):
                return None  # several could be meant: a shorter name would be a wrong one
    return None


def prefecture_of(address: str) -> str | None:
    """The two-digit code of an address's prefecture, printed (東京都内…) or implied by a name that only one has."""
    prefecture, _ = split_prefecture(_address_key(address))
    if prefecture is not None:
        return prefecture.code
    place = municipality_of(address)
    return None if place is None else place.code[:2]


def municipality(code: str, on: date | None = None) -> Municipality:
    """The municipality of a 5-digit code: as it was on ``on``, else its latest row.

    Raises KeyError for a code that the table has never held.
    """
    rows = _by_code()[code]
    return next((row for row in rows if on is not None and row.valid(on)), rows[-1])


def prefecture(code: str) -> Prefecture:
    """The prefecture of a 2-digit code; KeyError for any other."""
    for known in prefectures():
        if known.code == code:
            return known
    raise KeyError(code)


def municipality_rows(code: str) -> tuple[Municipality, ...]:
    """All rows of a 5-digit code, in the order of time; KeyError for a code that the table has never held."""
    return _by_code()[code]


def wards_of(code: str, on: date | None = None) -> tuple[str, ...]:
    """The codes of a designated city's wards, of all times or those in force on ``on``; () for any other place."""
    city = municipality(code)
    if city.ward:
        return ()
    wards = (place for place in municipalities() if place.ward and _city(place) == _city(city))
    return tuple(dict.fromkeys(ward.code for ward in wards if on is None or ward.valid(on)))


def _city(place: Municipality) -> tuple[str, str, str]:
    return place.prefecture, place.county, place.city


def same_city(a: str, b: str) -> bool:
    """Whether two codes are one municipality: equal, or wards of one designated city, or the city and its ward.

    A city before and after it became a designated one (岡山市 33201, 33100) is one as well. An unknown code is only
    itself.
    """
    if a == b:
        return True
    one, other = _by_code().get(a), _by_code().get(b)
    if one is None or other is None or not one[-1].city:
        return False
    return _city(one[-1]) == _city(other[-1])


def codes_in_prefecture(code: str, on: date | None = None) -> tuple[str, ...]:
    """All codes of a prefecture (two digits) in force on ``on``, else today's: cities, wards, towns, villages."""
    return tuple(dict.fromkeys(row.code for row in municipalities() if row.code.startswith(code) and row.valid(on)))


@lru_cache(maxsize=512)
def _covered(asked: str) -> frozenset[str]:
    rows = _by_code().get(asked)
    if rows is None or rows[-1].ward:
        return frozenset((asked,))
    return frozenset(code for code in _by_code() if same_city(asked, code))


def covers(asked: Sequence[str], code: str) -> bool:
    """Whether a supplier's 5-digit code satisfies a clue's codes.

    A prefecture (two digits) covers all within it, a designated city (27100) its wards, anything else only itself.
    """
    return any(code.startswith(one) if len(one) == 2 else code in _covered(one) for one in asked)


def check_digit(code: str) -> str:
    """The sixth digit of a 全国地方公共団体コード (総務省): weights 6 to 2, then 11 − sum mod 11, its last digit.

    Raises ValueError for anything but five digits.
    """
    if not re.fullmatch(r"[0-9]{5}", code):
        raise ValueError(f"{code!r} is not a code of five digits")
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def five_digits(code: str) -> str:
    """A 5-digit code from one of 5 digits or of 6 with its check digit (131164 → 13116).

    Raises ValueError for any other length and for a wrong check digit.
    """
    if re.fullmatch(r"[0-9]{5}", code):
        return code
    if not re.fullmatch(r"[0-9]{6}", code):
        raise ValueError(f"{code!r} is not a code of five or six digits")
    if check_digit(code[:5]) != code[5]:
        raise ValueError(f"the check digit of {code} should be {check_digit(code[:5])}")
    return code[:5]
