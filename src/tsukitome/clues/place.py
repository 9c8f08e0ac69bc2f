"""A place as a person writes it, read into codes: 豊島区, 東京・豊島区, 都内, 23区, 首都圏, 13116, Toshima Ward.

What could mean several places is kept as all of them and said to be ambiguous: the data decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from tsukitome.clues.place_readings import (
    Heard,
    Kind,
    cities_first,
    hepburn,
    hiragana,
    places_of_kana,
    places_of_romaji,
    romaji_key,
)
from tsukitome.errors import ClueError
from tsukitome.normalize.place import (
    Municipality,
    Prefecture,
    five_digits,
    latest_of_each,
    municipalities,
    municipality,
    municipality_of,
    names,
    place_key,
    prefecture,
    prefectures,
    split_prefecture,
)
from tsukitome.normalize.text import fold_variants, table

EXAMPLE = "豊島区"
# Weight of a city or ward named without its ending (名古屋): it may be meant loosely.
STEM_WEIGHT = 0.8
_SEPARATORS = "・,、/·:"
# What may follow a place in a news phrase. 内 alone belongs to it (豊島区内); の and に need something behind them.
_TAIL = re.compile(
    r"内?(?:[にを](?:ある|所在|立地|本社|本店|本部|拠点|事務所|支店|営業所).*|の.+|(?:所在|本社|本店)(?:の.+)?|在住.*)?"
)
# A public body's name begins like an address; its place is not the supplier's.
_PUBLIC_BODY = "役所|役場|庁|議会|警察|消防|税務|保健|教育|[立長民都道府県市区]$"
_ROMAJI_KINDS: dict[str, Kind | Literal["県"]] = {
    "ward": "区", "ku": "区", "city": "市", "shi": "市", "town": "町", "cho": "町", "machi": "町",
    "village": "村", "mura": "村", "son": "村",
    "prefecture": "県", "ken": "県", "fu": "県", "to": "県", "metropolis": "県",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What a place clue asks for.

    ``codes`` are 5-digit municipality codes or, at ``level`` prefecture, 2-digit ones, in order; a supplier in any of
    them satisfies the clue (:func:`tsukitome.normalize.place.covers`). ``weight``, 0 to 1, is how surely the words mean
    these codes. ``ambiguous``: the words could mean several places. ``names`` are the full names, in the same order.
    """

    codes: tuple[str, ...]
    level: Literal["municipality", "prefecture"]
    weight: float
    ambiguous: bool
    names: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON; ``weight`` and ``ambiguous`` only where they say something."""
        extra: dict[str, Any] = {"weight": self.weight} if self.weight < 1 else {}
        if self.ambiguous:
            extra["ambiguous"] = True
        return {"municipality_codes": list(self.codes), "level": self.level, "names": list(self.names)} | extra


def read_place(text: str, on: date | None = None) -> PlaceReading:
    """The reading of a place clue: a name, a code, a reading in kana or romaji, or a phrase such as 豊島区にある会社.

    Names are those valid on ``on`` (an article's date or the clue's month), else today's; a name that was valid only
    at another time still counts where no other fits. Raises :class:`tsukitome.errors.ClueError`.
    """
    folded = unicodedata.normalize("NFKC", text).strip(" 。、,.")
    if re.fullmatch(r"[A-Za-zĀ-ž0-9 ,.'’-]*[A-Za-z][A-Za-zĀ-ž0-9 ,.'’-]*", folded):
        reading = _read_romaji(folded, on)
        if reading is None:
            raise _refusal(text)
        return reading
    tight = re.sub(r"\s+", "", folded)
    if re.fullmatch(r"[0-9]+", tight):
        return _read_code(tight, text, on)
    for phrase in _without_tail(tight):
        reading = _read_name(phrase, on)
        if reading is not None:
            return reading
    raise _refusal(text)


def _without_tail(phrase: str) -> Iterator[str]:
    """The phrase whole, then shorter and shorter as what follows a place is cut off: たつの市 must not become たつ."""
    yield phrase
    for end in range(min(len(phrase) - 1, 40), 1, -1):
        if _TAIL.fullmatch(phrase, end):
            yield phrase[:end]


def _read_name(phrase: str, on: date | None) -> PlaceReading | None:
    key = place_key(phrase)
    known = _region(key) or _whole_prefecture(key)
    if known is not None:
        return known
    places = names().get(key)
    if places:
        return _municipalities(places, on)
    if re.fullmatch(r"[ぁ-ゖァ-ヺー・]+", phrase):
        return _read_kana(phrase, on)
    inside, rest = _inside(key)
    if inside is not None:
        places = tuple(place for place in names().get(rest, ()) if place.prefecture == inside.name)
        if places:
            return _municipalities(places, on)
    return (
        _in_city(key, on)
        or _neighbourhood(rest, inside)
        or _municipalities(_by_stem().get(rest, ()), on, STEM_WEIGHT, inside)
        or _address(phrase, on)
    )


def _read_code(digits: str, text: str, on: date | None) -> PlaceReading:
    if len(digits) == 2 or (len(digits) in (5, 6) and digits[2:5] == "000"):
        try:
            return _prefecture_reading(prefecture(digits[:2]))
        except KeyError:
            raise ClueError("ward", text, f"{digits[:2]} is no prefecture's code (01 to 47).", EXAMPLE) from None
    try:
        code = five_digits(digits)
        place = municipality(code, on)
    except ValueError as problem:
        raise ClueError("ward", text, f"{problem}.", "13116") from None
    except KeyError:
        raise ClueError("ward", text, f"{digits} is no municipality's code since 2006.", "13116") from None
    return PlaceReading((code,), "municipality", 1.0, False, (place.full_name,))


def _municipalities(
    places: Iterable[Municipality], on: date | None, weight: float = 1.0, inside: Prefecture | None = None
) -> PlaceReading | None:
    """Those in force on the day, else those of other times; None for no places at all."""
    wanted = [place for place in places if inside is None or place.prefecture == inside.name]
    left = latest_of_each([place for place in wanted if place.valid(on)] or wanted)
    if not left:
        return None
    left.sort(key=lambda place: place.code)
    return PlaceReading(
        tuple(place.code for place in left),
        "municipality",
        weight,
        len(left) > 1,
        tuple(place.full_name for place in left),
    )


def _prefecture_reading(one: Prefecture, short: bool = False) -> PlaceReading:
    # 大阪 may mean 大阪市 as well as 大阪府; 東京 is no city.
    city = any(place.prefecture == one.name for place in names().get(place_key(one.short) + "市", ()))
    return PlaceReading((one.code,), "prefecture", 1.0, short and city, (one.name,))


def _whole_prefecture(key: str) -> PlaceReading | None:
    for one in prefectures():
        if key in (place_key(one.name), place_key(one.short)):
            return _prefecture_reading(one, short=key != place_key(one.name))
    return None


@cache
def _regions() -> dict[str, PlaceReading]:
    """Regions by key, read from ``tables/regions.csv``."""
    found: dict[str, PlaceReading] = {}
    for row in table("regions"):
        codes = tuple(row["codes"].split())
        if len(codes[0]) == 2:
            shown = tuple(prefecture(code).name for code in codes)
            reading = PlaceReading(codes, "prefecture", float(row["weight"]), False, shown)
        else:
            shown = tuple(municipality(code).full_name for code in codes)
            reading = PlaceReading(codes, "municipality", float(row["weight"]), False, shown)
        found[place_key(row["name"])] = reading
    return found


def _region(key: str) -> PlaceReading | None:
    return _regions().get(key) or _regions().get(key.removesuffix("地方"))


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
    return _municipalities(names().get(city.removesuffix("市") + "市" + ward, ()), on)


def _neighbourhood(key: str, inside: Prefecture | None) -> PlaceReading | None:
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
    # Without a number it is an address only if nothing in it speaks of a body or of a second place.
    if not re.search(r"[0-9]", rest) and re.search(rf"{_PUBLIC_BODY}|[{_SEPARATORS}とや]", rest):
        return None
    return _municipalities([place], on)


def _read_kana(phrase: str, on: date | None) -> PlaceReading | None:
    """としまく, トシマク, とうきょうととしまく, とうきょう, いけぶくろ."""
    reading = hiragana(phrase).replace("・", "")
    for one in prefectures():
        if reading in (one.reading, one.short_reading):
            return _prefecture_reading(one, short=reading != one.reading)
    found = _municipalities(places_of_kana(reading), on)
    if found is not None:
        return found
    for one in prefectures():
        for begin in (one.reading, one.short_reading):
            if reading.startswith(begin):
                found = _municipalities(places_of_kana(reading[len(begin) :]), on, 1.0, one)
                if found is not None:
                    return found
    return _neighbourhood(reading, None)


def _romaji_prefecture(stem: str) -> Prefecture | None:
    sound = romaji_key(stem)
    return next((one for one in prefectures() if sound == romaji_key(hepburn(one.short_reading))), None)


def _romaji_parts(part: str) -> tuple[str, Kind | Literal["県"] | None]:
    """The stem and the kind of "Toshima-ku", "Toshima Ward", "Toshima"."""
    match = re.fullmatch(r"(.+?)[\s-]+([a-z]+)", part.strip().lower())
    if match and match[2] in _ROMAJI_KINDS:
        return match[1], _ROMAJI_KINDS[match[2]]
    return part.strip(), None


def _read_romaji(text: str, on: date | None) -> PlaceReading | None:
    """Toshima, Toshima-ku, Toshima Ward, Tokyo; Naka-ku, Nagoya: what follows a comma narrows what stands before it."""
    first, *around = text.split(",")
    stem, kind = _romaji_parts(first)
    whole = _romaji_prefecture(stem) if kind in (None, "県") else None
    if whole is not None and not around:
        return _prefecture_reading(whole, short=kind is None)
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
    return _municipalities(places, on) or (None if around else _romaji_neighbourhood(stem))


def _romaji_neighbourhood(name: str) -> PlaceReading | None:
    sound = romaji_key(name)
    for row in table("neighbourhoods"):
        if sound == romaji_key(hepburn(row["reading"])):
            return _neighbourhood(row["reading"], None)
    return None


def _refusal(text: str) -> ClueError:
    """The error for a text that names no place, with the known names that look like it."""
    phrase = place_key(text)
    if not phrase:
        return ClueError("ward", text, "it is empty.", EXAMPLE)
    if re.match(r"[県府市区町村]内", phrase):
        return ClueError("ward", text, f"{phrase[:2]} does not say which one is meant.", "大阪府")
    near = _near(phrase[:20])
    hint = f"; did you mean {' or '.join(near)}?" if near else "."
    return ClueError("ward", text, f"no place of that name is known{hint}", EXAMPLE)


def _near(phrase: str) -> list[str]:
    """At most three known names that look like the phrase, the nearest first."""
    from rapidfuzz import fuzz, process  # only here: most clues are understood

    shown = {one.name for one in prefectures()}
    for place in municipalities():
        shown.update((place.name, place.ward or place.name))
    keys = {name: fold_variants(place_key(name)) for name in sorted(shown)}
    found = process.extract(fold_variants(phrase), keys, scorer=fuzz.ratio, score_cutoff=60, limit=3)
    if found and found[0][1] == 100:
        return [str(found[0][2])]
    return [str(name) for _, _, name in found]
