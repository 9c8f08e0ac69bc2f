"""Places as they are printed: the spelling that names are compared by, and the municipality of an address.

豊島 is a town of 東京都北区, and 東区 stands inside 台東区: so an address is read from its beginning, by the longest known name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from tsukitome.normalize.municipality import (
    Municipality,
    Prefecture,
    municipalities,
    prefectures,
    printed_municipalities,
    table_rows,
)
from tsukitome.pattern import pattern

_NOT_NAME = pattern(r"[\s\u200b\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_BEFORE = pattern(
    r"^[(\[「【:,、・]*(?:(?:住所|所在地|本社|本店)[:)\]】]?)?(?:〒?\d{3}[-‐‑–—―−─ー]?\d{4}|〒)?[(\[「【:,、・]*"
)

_BEFORE_DIGITS = pattern(r"(?:東京都|北海道|京都府|大阪府|\w{2,3}県)\D+(?=\d)")


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


class Names(Mapping[str, tuple[Municipality, ...]]):
    """Names, each with the municipalities that bear it: by their places among all, and made when a name is looked up."""

    def __init__(self, places: Mapping[str, Iterable[int]]) -> None:
        self._places = places
        self._made: dict[str, tuple[Municipality, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Municipality, ...]:
        made = self._made.get(name)
        if made is None:
            known = municipalities()
            made = self._made[name] = tuple(known[place] for place in self._places[name])
        return made

    def get(self, name: str, default: Any = None) -> Any:
        """As of any mapping, but for most texts, which are no name, quicker."""
        return self[name] if name in self._places else default

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@cache
def names() -> Names:
    """Every way to print a municipality without its prefecture (a key of :func:`place_key`) → all that bear that name.

    大阪市北区 and 北区 for a ward, 岩美郡岩美町 and 岩美町 for a town.
    """
    found: dict[str, list[int]] = {}
    _, _, counties, cities, wards, *_ = zip(*printed_municipalities(), strict=True)
    told = zip(*map(_folded, (counties, cities, wards)), strict=True)
    for place, (county, city, ward) in enumerate(told):
        found.setdefault(city + ward, []).append(place)
        if county:
            found.setdefault(county + city + ward, []).append(place)
        elif city and ward:
            found.setdefault(ward, []).append(place)
    return Names(found)


def _folded(column: Iterable[str]) -> list[str]:
    """Names of the table itself, which need no more folding than this, all in one go."""
    return "\n".join(column).translate(_variants()).split("\n")


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
    return _changes_of(municipalities())


def _changes_of(places: Iterable[Municipality]) -> tuple[date, ...]:
    days = {date.min}
    for place in places:
        if place.valid_from:
            days.add(place.valid_from)
        if place.valid_to:
            days.add(place.valid_to + timedelta(days=1))
    return tuple(sorted(days))


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
    several = set()
    known = names()
    for name in known:
        if len(places := known[name]) > 1:
            days = (None, *_changes_of(places))
            inside = {place.prefecture for place in places}
            for prefecture in (None, *(one for one in prefectures() if one.name in inside)):
                if len({_choose(places, prefecture, on) for on in days}) > 1:
                    several.add(name)
    return re.compile("|".join(sorted(several)))


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
