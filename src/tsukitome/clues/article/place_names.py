"""The names of places in a text: municipalities, prefectures, regions and quarters, the longest name at a place first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tsukitome.normalize.municipality import municipalities, prefectures
from tsukitome.normalize.place import beginnings, names, place_key
from tsukitome.normalize.text import table

Level = Literal["municipality", "prefecture", "region", "quarter", "stem"]
_LONGEST = 14
_KANJI = re.compile(r"[一-龥々]")
_GOES_ON = re.compile(r"[一-龥々ァ-ヴーA-Za-z0-9]")
_INSIDE = re.compile(r"内?[・、,(の\s]?")
# Words that look like the name of a city without 市, or of a quarter.
_NO_STEM = frozenset(
    {
        "中央",
        "大和",
        "平和",
        "富士",
        "日光",
        "本庄",
        "坂井",
        "三次",
        "大東",
        "三田",
        "日向",
        "日立",
        "豊田",
        "松本",
        "石巻",
        "下野",
    }
)
_NO_QUARTER = frozenset({"栄", "神田", "上野", "天神", "難波", "目白", "両国", "築地"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place's name at [start, end) of the folded text. ``prefecture`` and ``city`` are those said or implied by it alone."""

    start: int
    end: int
    words: str
    level: Level
    prefecture: str = ""
    city: str = ""


@cache
def _prefectures() -> dict[str, tuple[str, bool]]:
    """Full and short names → (full name, whether it is the full one)."""
    found = {one.short: (one.name, False) for one in prefectures()}
    return found | {one.name: (one.name, True) for one in prefectures()}


@cache
def _others() -> dict[str, Level]:
    """Regions, quarters, and cities without 市, by their words."""
    found: dict[str, Level] = {}
    for place in municipalities():
        stem = place.city.removesuffix("市")
        if not place.ward and place.city.endswith("市") and len(stem) > 1 and re.fullmatch("[一-龥々]+", stem):
            found[stem] = "stem"
    for stem in (*_NO_STEM, *(one.short for one in prefectures())):
        found.pop(stem, None)
    for row in table("neighbourhoods"):
        if row["name"] not in _NO_QUARTER:
            found[row["name"]] = "quarter"
            found[row["name"].removesuffix("駅") + "駅"] = "quarter"
    for row in table("regions"):
        found[row["name"]] = "region"
    for word in ("都内", "東京23区内", "23区内", "道内"):
        found[word] = "region"
    return found


@cache
def _beginnings() -> frozenset[str]:
    return beginnings() | {name[:2] for name in (*_prefectures(), *_others())}


def place_names(text: str) -> list[PlaceName]:
    """Every place named in a folded text, in order, none inside another."""
    found: list[PlaceName] = []
    position = 0
    while position < len(text) - 1:
        name = _at(text, position) if place_key(text[position : position + 2]) in _beginnings() else None
        if name is None:
            position += 1
        else:
            found.append(name)
            position = name.end
    return found


def _at(text: str, start: int) -> PlaceName | None:
    after_kanji = start > 0 and _KANJI.match(text, start - 1) is not None
    prefecture, end = _prefecture(text, start)
    if prefecture:
        between = _INSIDE.match(text, end)
        assert between is not None
        for begin in dict.fromkeys((between.end(), end)):
            inside = _municipality(text, begin, prefecture[0])
            if inside is not None:
                stop, city = inside
                name = PlaceName(start, stop, text[start:stop], "municipality", prefecture[0], city)
                if "(" in name.words and text[stop : stop + 1] == ")":  # 東京(豊島区)
                    return replace(name, end=stop + 1, words=name.words.replace("(", ""))
                return name
        if between.end() > end and (stem := _stem_end(text, between.end(), prefecture[0])):  # 東京・新宿
            return PlaceName(start, stem, text[start:stem], "stem", prefecture[0])
    town = _municipality(text, start, "")
    other = _other(text, start)
    if town and town[0] - start >= max(end - start, other[0] - start if other else 0):
        length = town[0] - start
        if not after_kanji or length > 3 or text[start - 1] in "都道府県市内区郡":
            return PlaceName(start, town[0], text[start : town[0]], "municipality", "", town[1])
        return None
    if after_kanji and text[start - 1] not in "、":
        return None
    if other and other[1] == "stem" and (ward := _ward_of(text, other[0], text[start : other[0]])):
        return PlaceName(start, ward[0], ward[1], "stem")
    if other and other[0] > end:
        return PlaceName(start, other[0], text[start : other[0]], other[1])
    if prefecture:
        return PlaceName(start, end, text[start:end], "prefecture", prefecture[0])
    return None


@cache
def _stems(prefecture: str) -> frozenset[str]:
    """The cities and wards of a prefecture without 市 and 区, and the quarters of the table."""
    stems = {place.ward or place.city for place in municipalities() if place.prefecture == prefecture}
    quarters = {row["name"].removesuffix("駅") for row in table("neighbourhoods")}
    return frozenset(stem[:-1] for stem in stems if stem[-1] in "市区" and len(stem) > 2) | quarters


def _stem_end(text: str, start: int, prefecture: str) -> int | None:
    """The end of a city or ward named without 市 or 区 behind its prefecture; nothing that goes on as a longer word."""
    for length in range(min(6, len(text) - start), 1, -1):
        if text[start : start + length] in _stems(prefecture) and not _GOES_ON.match(text, start + length):
            return start + length
    return None


@cache
def _wards_of(city: str) -> dict[str, str]:
    """The wards of a city named without 市, by their names without 区."""
    return {place.ward[:-1]: place.city + place.ward for place in municipalities() if place.ward and place.city == city}


def _ward_of(text: str, end: int, stem: str) -> tuple[int, str] | None:
    """横浜・港北: the end of a ward's name behind its city's, and the ward in full."""
    if text[end : end + 1] != "・":
        return None
    for length in range(min(6, len(text) - end - 1), 1, -1):
        full = _wards_of(stem + "市").get(text[end + 1 : end + 1 + length])
        if full and not _GOES_ON.match(text, end + 1 + length):
            return end + 1 + length, full
    return None


def _prefecture(text: str, start: int) -> tuple[tuple[str, bool] | None, int]:
    for length in (4, 3, 2):
        words = text[start : start + length]
        known = _prefectures().get(words)
        if known is not None:
            return known, start + len(words)
    return None, start


def _municipality(text: str, start: int, prefecture: str) -> tuple[int, str] | None:
    """The end of the longest municipality's name at a place, and its city (empty for a bare ward)."""
    if place_key(text[start : start + 2]) not in beginnings():
        return None
    for length in range(min(_LONGEST, len(text) - start), 1, -1):
        words = text[start : start + length]
        if words[-1] not in "区市町村" and words[-1] not in "ヶケが":
            continue
        known = names().get(place_key(words))
        if known and (not prefecture or any(place.prefecture == prefecture for place in known)):
            city = (
                known[0].city if place_key(words).startswith(place_key(known[0].county + known[0].city or " ")) else ""
            )
            return start + length, city
    return None


def _other(text: str, start: int) -> tuple[int, Level] | None:
    for length in range(min(7, len(text) - start), 1, -1):
        level = _others().get(text[start : start + length])
        if level is not None:
            return start + length, level
    return None
