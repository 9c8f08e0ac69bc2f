"""The procurement method: open, selective or limited."""

from __future__ import annotations

from collections.abc import Mapping

from tsukitome.clues.method import MethodReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.wording import phrase

_AT_LARGE = {"open": 0.5, "selective": 0.05, "limited": 0.45}


class MethodComparer:
    """Holds a method against the one that the record prints."""

    weights = "method"
    nested = False

    def __init__(self, reading: MethodReading, titles: Titles) -> None:
        del titles
        self.reading = reading

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        records = alternative.award.records
        found = next((record for record in records if record.procurement_method), None)
        if found is None:
            details = next((r.procurement_method_details for r in records if r.procurement_method_details), None)
            return Comparison(None, details, phrase("method_not_said"))
        level = "same" if found.procurement_method == self.reading.method else "other"
        return Comparison(level, found.procurement_method_details or found.procurement_method)

    def background(self) -> Mapping[str, float]:
        same = _AT_LARGE[self.reading.method]
        return {"same": same, "other": 1 - same}
