"""Places in Hepburn romaji: Toshima, Toshima-ku, Toshima Ward, Naka-ku, Nagoya."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from tsukitome.clues.place_names import neighbourhood
from tsukitome.clues.place_reading import PlaceReading, prefecture_reading, reading_of
from tsukitome.clues.place_readings import Kind, hepburn, places_of_romaji, romaji_key
from tsukitome.normalize.municipality import Prefecture, prefectures
from tsukitome.normalize.text import table

_ROMAJI_KINDS: dict[str, Kind | Literal["県"]] = {
    "ward": "区", "ku": "区", "city": "市", "shi": "市", "town": "町", "cho": "町", "machi": "町",
    "village": "村", "mura": "村", "son": "村",
    "prefecture": "県", "ken": "県", "fu": "県", "to": "県", "metropolis": "県",
}  # fmt: skip


def _romaji_prefecture(stem: str) -> Prefecture | None:
    sound = romaji_key(stem)
    return next((one for one in prefectures() if sound == romaji_key(hepburn(one.short_reading))), None)


def _romaji_parts(part: str) -> tuple[str, Kind | Literal["県"] | None]:
    """The stem and the kind of "Toshima-ku", "Toshima Ward", "Toshima"."""
    match = re.fullmatch(r"(.+?)[\s-]+([a-z]+)", part.strip().lower())
    if match and match[2] in _ROMAJI_KINDS:
        return match[1], _ROMAJI_KINDS[match[2]]
    return part.strip(), None


def read_romaji(text: str, on: date | None) -> PlaceReading | None:
    """Toshima, Toshima-ku, Toshima Ward, Tokyo; Naka-ku, Nagoya: what follows a comma narrows what stands before it."""
    first, *around = text.split(",")
    stem, kind = _romaji_parts(first)
    whole = _romaji_prefecture(stem) if kind in (None, "県") else None
    if whole is not None and not around:
        return prefecture_reading(whole, short=kind is None)
    if kind == "県":
        return None
    places = places_of_romaji(stem, kind)
    for part in around:
        outer, outer_kind = _romaji_parts(part)
        around_prefecture = _romaji_prefecture(outer)
        cities = {place.city for place in places_of_romaji(outer, "市")} if outer_kind in (None, "市") else set()
        places = [
            place
            for place in places
            if place.city in cities or (around_prefecture is not None and place.prefecture == around_prefecture.name)
        ]
    return reading_of(places, on) or (None if around else _romaji_neighbourhood(stem))


def _romaji_neighbourhood(name: str) -> PlaceReading | None:
    sound = romaji_key(name)
    for row in table("neighbourhoods"):
        if sound == romaji_key(hepburn(row["reading"])):
            return neighbourhood(row["reading"], None)
    return None
