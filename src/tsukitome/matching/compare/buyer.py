"""The buyer: the same organization, a part of it, or another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsukitome.clues.buyer import BuyerReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.organization import BuyerKey, buyer_key, heads_of_time, relation_by_time
from tsukitome.wording import phrase

_ALIKE = 80  # rapidfuzz ratio, 0 to 100, from which two names are alike


class BuyerComparer:
    """Holds a buyer's name against the record's; a ministry agrees with its bureaus, a bureau is near its ministry, and so
    are two bureaus of one. What was renamed or merged is known by that too.
    """

    weights = "buyer"
    nested = False

    def __init__(self, reading: BuyerReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        self.key = buyer_key(reading.name)
        self.name = core_key(reading.name)
        self.heads = heads_of_time(self.key)
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
        relation, since = relation_by_time(buyer_key(buyer), self.key)
        if since and relation == level:
            return Comparison(level, buyer, phrase(f"buyer_{level}_since", since=since))
        return Comparison(
            level, buyer, phrase(f"buyer_{level}") if level in ("part", "whole", "alike", "sibling") else None
        )

    def level(self, key: BuyerKey, found: str) -> str:
        """The level of a buyer by its keys: that of :func:`buyer_key` and that of :func:`core_key`."""
        from rapidfuzz import fuzz

        relation = key.relation(self.key)
        if relation == "other":
            relation, _ = relation_by_time(key, self.key)
        if relation != "other":
            return relation
        if found.endswith(self.name):
            return "part"
        if key.head == self.key.head:
            return "sibling"
        return "alike" if fuzz.ratio(found, self.name) >= _ALIKE else "other"

    def alike(self, names: Sequence[str]) -> list[int]:
        """The places of the names (as :func:`core_key` gives them) that are alike."""
        from rapidfuzz import fuzz, process

        found = process.extract(self.name, names, scorer=fuzz.ratio, processor=None, score_cutoff=_ALIKE, limit=None)
        return [place for _, _, place in found]

    def background(self) -> Mapping[str, float]:
        return {"same": 0.01, "part": 0.01, "whole": 0.01, "alike": 0.005, "sibling": 0.05, "other": 0.915}
