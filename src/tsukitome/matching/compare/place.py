"""The supplier's place. A ward is a code, never a substring, and the buyer's place is never looked at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from tsukitome.awards import Supplier
from tsukitome.clues.place import PlaceReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.matching.weights import on_ground
from tsukitome.normalize.borders import neighbours_of, one_today, renamed, today
from tsukitome.normalize.municipality import covers, municipality
from tsukitome.normalize.place import prefecture_of
from tsukitome.wording import Phrase, phrase

# What an address stands on: the award prints it, the corporate register has it, or has it by a move after the award's day only.
Ground = Literal["", "registered", "moved"]
GROUNDS: tuple[Ground, ...] = ("", "registered", "moved")
_DISTANCES = ("inside", "namesake", "same_city", "neighbour", "same_prefecture", "elsewhere")
# From the nearest to the farthest; an alternative with several places (a joint venture) counts by its nearest.
LEVELS = tuple(on_ground(distance, ground) for distance in _DISTANCES for ground in GROUNDS)
# Shares of suppliers in public awards at large, used only where the archive is small: about a third in Tokyo.
_SPECIAL_WARDS = "131"  # what the codes of Tokyo's 23 begin with
_TOKYO, _TOKYO_SHARE, _PREFECTURE_SHARE, _TOKYO_WARD_SHARE, _MUNICIPALITY_SHARE = "13", 0.35, 0.02, 0.015, 0.002


class PlaceComparer:
    """Holds a place clue against the supplier's municipality; a member of a joint venture satisfies it too.

    An address that comes from the corporate register has levels of its own, which weigh less: it may not be that of the award.
    """

    nested = False

    def __init__(self, reading: PlaceReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        self.weights = "ward" if any(len(code) == 5 for code in reading.codes) else "ward_wide"
        # 中央区 by itself is Tokyo's, as a rule: of a ward of another city the city is said too.
        self.special = {code for code in reading.codes if reading.ambiguous and code.startswith(_SPECIAL_WARDS)}
        self.prefectures = {code[:2] for code in reading.codes}
        self.municipalities = [code for code in reading.codes if len(code) == 5]
        self._codes = (*reading.codes, *(former for code in self.municipalities for former in renamed(code)))
        self._around = {
            code: neighbours_of(code) for code in self.municipalities if not self.special or code in self.special
        }

    @property
    def looked_at(self) -> set[str]:
        """The prefectures and municipalities outside of which every place is at one level."""
        return self.prefectures.union(*self._around.values())

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        best: tuple[int, Supplier] | None = None
        for supplier in (alternative.supplier, *alternative.members):
            level = self.level(supplier)
            if level is not None and (best is None or LEVELS.index(level) < best[0]):
                best = (LEVELS.index(level), supplier)
        if best is None:
            return Comparison(None, alternative.supplier.address, _why_silent(alternative.supplier))
        level, supplier = LEVELS[best[0]], best[1]
        return Comparison(level, supplier.address, self._note(level, supplier, alternative))

    def level(self, supplier: Supplier) -> str | None:
        """The level of one firm's place; None where it is not known."""
        distance = self._distance(supplier)
        return distance and on_ground(distance, ground(supplier))

    def _distance(self, supplier: Supplier) -> str | None:
        code = supplier.municipality_code
        if code is None:
            # 東京都 alone is enough to agree with, or to contradict, a prefecture.
            prefecture = prefecture_of(supplier.address) if supplier.address else None
            if prefecture is None:
                return None
            if prefecture not in self.prefectures:
                return "elsewhere"
            return "inside" if prefecture in self.reading.codes else None
        if covers(self._codes, code):
            return "namesake" if self.special and code not in self.special else "inside"
        if any(one_today(asked, code) for asked in self.municipalities):
            return "same_city"
        if any(code in around for around in self._around.values()):
            return "neighbour"
        return "same_prefecture" if code[:2] in self.prefectures else "elsewhere"

    def _note(self, level: str, supplier: Supplier, alternative: Alternative) -> Phrase | None:
        """Where the address is from, unless the award prints it, and what else there is to say of the place."""
        said, origin = self._about(level, supplier, alternative), _origin(supplier)
        return phrase("place_also", first=origin, second=said) if origin and said else origin or said

    def _about(self, level: str, supplier: Supplier, alternative: Alternative) -> Phrase | None:
        if supplier is not alternative.supplier:
            return phrase("place_of_member", member=supplier.name)
        if not level.startswith(("inside", "namesake")) and supplier.municipality_code:
            return self._where(level, supplier.municipality_code)
        if supplier.branch:
            return phrase("place_of_branch", branch=supplier.branch)
        if self.reading.ambiguous and supplier.municipality_code:
            return phrase(
                "place_one_of", place=municipality(supplier.municipality_code).full_name, count=len(self.reading.codes)
            )
        return None

    def _where(self, level: str, code: str) -> Phrase:
        """Where a place is that is not the one asked for."""
        place = municipality(code)
        if level.startswith("neighbour"):
            asked = next(municipality(one) for one, around in self._around.items() if code in around)
            return phrase("place_borders", place=place.full_name, asked=asked.name)
        if level.startswith("same_city") and place.valid_to is not None:
            now = municipality(next(one for one in today(code) if any(one_today(one, a) for a in self.municipalities)))
            if now.code not in (code, *renamed(code)):
                return phrase("place_merged", place=place.full_name, now=now.name)
        return phrase("place_is", place=place.full_name)

    def background(self) -> Mapping[str, float]:
        inside = min(math.fsum(map(_share, self.reading.codes)), 0.9)
        prefecture = max(min(math.fsum(map(_share, self.prefectures)), 0.95) - inside, 0.02)
        around = {one for codes in self._around.values() for one in codes if municipality(one).valid(None)}
        # An island has no neighbour, but no level may be impossible.
        neighbour = min(max(math.fsum(map(_share, around)), _MUNICIPALITY_SHARE), prefecture / 2)
        return {
            "inside": inside,
            "namesake": 0.01,
            "same_city": 0.01,
            "neighbour": neighbour,
            "same_prefecture": prefecture - neighbour,
            "elsewhere": max(1 - inside - prefecture, 0.05),
        }


def _share(code: str) -> float:
    """The share of suppliers at large in a prefecture (two digits) or municipality."""
    if len(code) == 2:
        return _TOKYO_SHARE if code == _TOKYO else _PREFECTURE_SHARE
    return _TOKYO_WARD_SHARE if code.startswith(_SPECIAL_WARDS) else _MUNICIPALITY_SHARE


def ground(supplier: Supplier) -> Ground:
    """What a supplier's address stands on."""
    if supplier.register is None or supplier.address_source != "register":
        return ""
    return "moved" if supplier.register.moved else "registered"


def _origin(supplier: Supplier) -> Phrase | None:
    """That an address comes from the register, and of which day; None for one that the award prints."""
    mark = supplier.register
    if mark is None or supplier.address_source != "register":
        return None
    if mark.moved:
        return phrase("place_moved_since", since=mark.since)
    day = mark.date or mark.since
    return phrase("place_registered", date=day) if day else phrase("place_registered_undated")


def _why_silent(supplier: Supplier) -> Phrase:
    if supplier.address is None:
        return phrase("place_no_address")
    return phrase("place_unresolved")
