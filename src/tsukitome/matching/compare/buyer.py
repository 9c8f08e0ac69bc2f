"""The buyer: the same organization, a part of it, or another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsukitome.clues.buyer import BuyerReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.organization import BuyerKey, buyer_key
from tsukitome.wording import phrase

_ALIKE = 80  # rapidfuzz ratio, 0 to 100, from which two names are alike


class BuyerComparer:
    """Holds a buyer's name against the record's; a ministry agrees with its bureaus, a bureau is near its ministry."""

    weights = "buyer"
    nested = False

    def __init__(self, reading: BuyerReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        self.key = buyer_key(reading.name)
        self.name = core_key(reading.name)
        self._levels: dict[str, str] = {}

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        buyer = alternative.award.buyer
        if buyer is None:
            return Comparison(None, None, phrase("buyer_not_said"))
        if buyer not in self._levels:
            self._levels[buyer] = self.level(buyer_key(buyer), core_key(buyer))
        level = self._levels[buyer]
        notes = {"part": phrase("buyer_part"), "whole": phrase("buyer_whole"), "alike": phrase("buyer_alike")}
        return Comparison(level, buyer, notes.get(level))

    def level(self, key: BuyerKey, found: str) -> str:
        """The level of a buyer by its keys: that of :func:`buyer_key` and that of :func:`core_key`."""
        from rapidfuzz import fuzz

        relation = key.relation(self.key)
        if relation != "other":
            return relation
        if found.endswith(self.name):
            return "part"
        return "alike" if fuzz.ratio(found, self.name) >= _ALIKE else "other"

    def alike(self, names: Sequence[str]) -> list[int]:
        """The places of the names (as :func:`core_key` gives them) that are alike."""
        from rapidfuzz import fuzz, process

        found = process.extract(self.name, names, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE, limit=None)
        return [place for _, _, place in found]

    def background(self) -> Mapping[str, float]:
        return {"same": 0.01, "part": 0.01, "whole": 0.01, "alike": 0.005, "other": 0.965}
