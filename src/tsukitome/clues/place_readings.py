"""Places by the sound of their names: kana (としまく) and Hepburn romaji (Toshima-ku), from the table's readings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal

from tsukitome.normalize.municipality import Municipality, municipalities

Kind = Literal["区", "市", "町", "村"]
Heard = tuple[Kind, Municipality]
_KINDS: tuple[Kind, ...] = ("区", "市", "町", "村")
_ENDINGS: dict[Kind, tuple[str, ...]] = {"区": ("く",), "市": ("し",), "町": ("ちょう", "まち"), "村": ("むら", "そん")}

# Modified Hepburn, a row a vowel order; long vowels are folded afterwards, since romaji prints them in many ways.
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
_KANA = {kana: row + vowel for row, order in _ROWS.items() for kana, vowel in zip(order, "aiueo", strict=True)}
_KANA |= {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n"}
_KANA |= {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu"}
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}


def hiragana(text: str) -> str:
    """Katakana as hiragana, half width included; everything else NFKC."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in folded)


def hepburn(kana: str) -> str:
    """A hiragana reading in Hepburn romaji, spelled out: とうきょう → toukyou."""
    spelled = ""
    double = False
    for char in kana:
        if char == "っ":
            double = True
            continue
        if char in _SMALL:
            # きょ: ki → kyo, but しょ: shi → sho
            spelled = spelled[:-1]
            spelled += ("" if spelled.endswith(("sh", "ch", "j")) else "y") + _SMALL[char]
            continue
        sound = _KANA.get(char, "")
        spelled += ("t" if sound.startswith("ch") else sound[:1]) * double + sound
        double = False
    return spelled


def romaji_key(text: str) -> str:
    """Romaji with its spellings made one: no macrons, long vowels short (ou, oo, uu), m before b and p as n."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if "a" <= char <= "z")
    plain = re.sub(r"m(?=[bp])", "n", plain)
    return re.sub(r"o[ou]+", "o", re.sub(r"uu+", "u", plain))


@cache
def _cities() -> dict[tuple[str, str], str]:
    return {(place.prefecture, place.city): place.reading for place in municipalities() if not place.ward}


def own_reading(place: Municipality) -> str:
    """The reading of the last part of a name: きたく for 大阪市北区."""
    if place.ward and place.city:
        return place.reading.removeprefix(_cities().get((place.prefecture, place.city), ""))
    return place.reading


def _heard() -> Iterable[tuple[str, str, Kind, Municipality]]:
    """(stem, ending, kind, place) of every row."""
    for place in municipalities():
        kind = next(kind for kind in _KINDS if place.name.endswith(kind))
        reading = own_reading(place)
        ending = next((ending for ending in _ENDINGS[kind] if reading.endswith(ending)), "")
        yield reading.removesuffix(ending), ending, kind, place


@cache
def _by_kana() -> dict[str, list[Heard]]:
    found: dict[str, list[Heard]] = {}
    for stem, ending, kind, place in _heard():
        for reading in {stem + ending, place.reading, stem, stem + kind}:
            found.setdefault(reading, []).append((kind, place))
    return found


@cache
def _by_romaji() -> dict[str, list[Heard]]:
    found: dict[str, list[Heard]] = {}
    for stem, _, kind, place in _heard():
        found.setdefault(romaji_key(hepburn(stem)), []).append((kind, place))
    return found


def cities_first(heard: Iterable[Heard]) -> list[Municipality]:
    """Of places that share a name without its ending, the cities and wards; others only where there are none."""
    pairs = list(heard)
    return [place for kind, place in pairs if kind in ("区", "市")] or [place for _, place in pairs]


def places_of_kana(text: str) -> list[Municipality]:
    """The places that a kana text names, with or without its ending (としまく, としま区, としま); [] if none."""
    reading = hiragana(text)
    heard = _by_kana().get(reading, [])
    spoken = [place for _, place in heard if reading in (place.reading, own_reading(place))]
    return spoken or cities_first(heard)


def places_of_romaji(stem: str, kind: Kind | None) -> list[Municipality]:
    """The places whose name without its ending sounds like ``stem``; ``kind`` keeps only wards, or cities …"""
    heard = _by_romaji().get(romaji_key(stem), [])
    return cities_first(heard) if kind is None else [place for one, place in heard if one == kind]
