"""What a place clue asks for: codes, and how surely they are meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from tsukitome.dataclass import dataclass
from tsukitome.normalize.municipality import Municipality, Prefecture, municipality, prefecture
from tsukitome.normalize.place import latest_of_each, names, place_key


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What a place clue asks for.

    ``codes`` are 5-digit municipality codes or, at ``level`` prefecture, 2-digit ones, in order; a supplier in any of
    them satisfies the clue (:func:`tsukitome.normalize.municipality.covers`). ``weight``, 0 to 1, is how surely the words mean
    these codes. ``ambiguous``: the words could mean several places. ``names`` are the full names, in the same order.
    ``note`` is a sentence about a name that was not in force on the day asked for, which records may still print.
    """

    codes: tuple[str, ...]
    level: Literal["municipality", "prefecture"]
    weight: float
    ambiguous: bool
    names: tuple[str, ...]
    note: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON; ``weight``, ``ambiguous`` and ``note`` only where they say something."""
        extra: dict[str, Any] = {"weight": self.weight} if self.weight < 1 else {}
        if self.ambiguous:
            extra["ambiguous"] = True
        if self.note:
            extra["note"] = self.note
        return {"municipality_codes": list(self.codes), "level": self.level, "names": list(self.names)} | extra


def reading_of(
    places: Iterable[Municipality], on: date | None, weight: float = 1.0, inside: Prefecture | None = None
) -> PlaceReading | None:
    """Those in force on the day, else those of other times; None for no places at all."""
    wanted = [place for place in places if inside is None or place.prefecture == inside.name]
    known = [place for place in wanted if place.valid(on)]
    left = latest_of_each(known or wanted)
    if not left:
        return None
    left.sort(key=lambda place: place.code)
    return PlaceReading(
        tuple(place.code for place in left),
        "municipality",
        weight,
        len(left) > 1,
        tuple(place.full_name for place in left),
        None if known else "; ".join(lifetime(place, on) for place in left),
    )


def any_of(codes: Iterable[str], weight: float = 1.0) -> PlaceReading:
    """The reading that means any of several codes, all of municipalities or all of prefectures."""
    ordered = tuple(sorted(codes))
    if len(ordered[0]) == 2:
        return PlaceReading(ordered, "prefecture", weight, False, tuple(prefecture(code).name for code in ordered))
    shown = tuple(municipality(code).full_name for code in ordered)
    return PlaceReading(ordered, "municipality", weight, len(ordered) > 1, shown)


def lifetime(place: Municipality, on: date | None) -> str:
    """When a name that is not in force on a day (None: today) was: 浜松市中央区 has existed since 2024-01-01."""
    if on is not None and place.valid_from and on < place.valid_from:
        return f"{place.name} has existed since {place.valid_from}"
    return f"{place.name} existed until {place.valid_to}"


def prefecture_reading(one: Prefecture, short: bool = False) -> PlaceReading:
    """The reading of a prefecture; its ``short`` name (大阪) is ambiguous where a city bears it too."""
    # 大阪 may mean 大阪市 as well as 大阪府; 東京 is no city.
    city = any(place.prefecture == one.name for place in names().get(place_key(one.short) + "市", ()))
    return PlaceReading((one.code,), "prefecture", 1.0, short and city, (one.name,))
