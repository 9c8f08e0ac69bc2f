"""One name of a place, without words around it: 豊島区, 東京・豊島区, 都内, 23区, 池袋, としまく, 豊島区東池袋1丁目."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from tsukitome.clues.place_reading import PlaceReading, prefecture_reading, reading_of
from tsukitome.clues.place_readings import Heard, Kind, cities_first, hiragana, places_of_kana
from tsukitome.normalize.municipality import (
    Municipality,
    Prefecture,
    municipalities,
    municipality,
    prefecture,
    prefectures,
)
from tsukitome.normalize.place import municipality_of, names, place_key, split_prefecture
from tsukitome.normalize.text import table

# Weight of a city or ward named without its ending (名古屋): it may be meant loosely.
STEM_WEIGHT = 0.8
_SEPARATORS = "・,、/·:"
# A public body's name begins like an address; its place is not the supplier's.
_PUBLIC_BODY = "役所|役場|庁|議会|警察|消防|税務|保健|教育|[立長民都道府県市区]$"


def read_name(phrase: str, on: date | None) -> PlaceReading | None:
    """The reading of a name, None if it is none. Names are those valid on ``on``, else those of other times."""
    key = place_key(phrase)
    known = _region(key) or _whole_prefecture(key)
    if known is not None:
        return known
    places = names().get(key)
    if places:
        return reading_of(places, on)
    if re.fullmatch(r"[ぁ-ゖァ-ヺー・]+[区市町村]?", phrase):
        return _read_kana(phrase, on) or neighbourhood(key, None)
    inside, rest = _inside(key)
    if inside is not None:
        places = tuple(place for place in names().get(rest, ()) if place.prefecture == inside.name)
        if places:
            return reading_of(places, on)
    return (
        _in_city(key, on)
        or neighbourhood(rest, inside)
        or reading_of(_by_stem().get(rest, ()), on, STEM_WEIGHT, inside)
        or _address(phrase, on)
    )


def _whole_prefecture(key: str) -> PlaceReading | None:
    for one in prefectures():
        if key in (place_key(one.name), place_key(one.short)):
            return prefecture_reading(one, short=key != place_key(one.name))
    return None


@cache
def _regions() -> dict[str, dict[str, str]]:
    """The rows of ``tables/regions.csv`` by key."""
    return {place_key(row["name"]): row for row in table("regions")}


def _region(key: str) -> PlaceReading | None:
    row = _regions().get(key) or _regions().get(key.removesuffix("地方"))
    if row is None:
        return None
    codes, weight = tuple(row["codes"].split()), float(row["weight"])
    if len(codes[0]) == 2:
        return PlaceReading(codes, "prefecture", weight, False, tuple(prefecture(code).name for code in codes))
    return PlaceReading(codes, "municipality", weight, False, tuple(municipality(code).full_name for code in codes))


def _inside(key: str) -> tuple[Prefecture | None, str]:
    """The prefecture that a name begins with, full or short (東京・豊島区), and the name behind it."""
    full, rest = split_prefecture(key)
    if full is not None:
        return full, rest.lstrip(_SEPARATORS)
    for one in prefectures():
        if key.startswith(place_key(one.short)):
            return one, key[len(one.short) :].lstrip(_SEPARATORS)
    return None, key


@cache
def _by_stem() -> dict[str, tuple[Municipality, ...]]:
    """Names of two characters and more without 市 区 町 村; cities and wards win over towns and villages."""
    heard: dict[str, list[Heard]] = {}
    for place in municipalities():
        name = place_key(place.ward or place.name)
        if len(name) > 2:
            kind: Kind = next(kind for kind in ("区", "市", "町", "村") if name.endswith(kind))
            heard.setdefault(name[:-1], []).append((kind, place))
    return {stem: tuple(cities_first(pairs)) for stem, pairs in heard.items()}


def _in_city(key: str, on: date | None) -> PlaceReading | None:
    """名古屋・中区: a designated city without 市, and its ward."""
    city, separator, ward = key.partition("・")
    if not separator:
        return None
    return reading_of(names().get(city.removesuffix("市") + "市" + ward, ()), on)


def neighbourhood(key: str, inside: Prefecture | None) -> PlaceReading | None:
    """A quarter or station of ``tables/neighbourhoods.csv``, with or without 駅; never surer than its weight there."""
    for row in table("neighbourhoods"):
        if key in (place_key(row["name"]), place_key(row["name"].removesuffix("駅")) + "駅", row["reading"]):
            codes = tuple(row["codes"].split())
            shown = tuple(municipality(code).full_name for code in codes)
            if inside is None or shown[0].startswith(inside.name):
                return PlaceReading(codes, "municipality", float(row["weight"]), len(codes) > 1, shown)
    return None


def _address(phrase: str, on: date | None) -> PlaceReading | None:
    """豊島区東池袋1丁目: an address that goes on behind the municipality, but not a public body's name (豊島区役所)."""
    place = municipality_of(phrase, on)
    if place is None:
        return None
    _, _, rest = place_key(phrase).partition(place_key(place.ward or place.city))
    if re.match("[のノにニをヲ内]", rest):
        return None  # 大阪市の中央区: what follows is not its address but a word of its own
    # Without a number it is an address only if nothing in it speaks of a body or of a second place.
    if not re.search(r"[0-9]", rest) and re.search(rf"{_PUBLIC_BODY}|[{_SEPARATORS}とや]", rest):
        return None
    return reading_of([place], on)


def _read_kana(phrase: str, on: date | None) -> PlaceReading | None:
    """としまく, トシマク, としま区, とうきょうととしまく, とうきょう, いけぶくろ."""
    reading = hiragana(phrase).replace("・", "")
    for one in prefectures():
        if reading in (one.reading, one.short_reading):
            return prefecture_reading(one, short=reading != one.reading)
    found = reading_of(places_of_kana(reading), on)
    if found is not None:
        return found
    for one in prefectures():
        for begin in (one.reading, one.short_reading):
            if reading.startswith(begin):
                found = reading_of(places_of_kana(reading[len(begin) :]), on, 1.0, one)
                if found is not None:
                    return found
    return neighbourhood(reading, None)
