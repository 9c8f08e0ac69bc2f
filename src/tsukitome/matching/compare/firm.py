"""The firm's own name, once it or a part of it is known."""

from __future__ import annotations

from collections.abc import Mapping

from tsukitome.awards import Supplier
from tsukitome.clues.firm import FirmReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.normalize.firm import core_key, form_of, spelled_key
from tsukitome.wording import phrase

LEVELS = ("same", "part", "spelled", "other")


class FirmComparer:
    """Holds a name against the supplier's, and against those of a joint venture's members."""

    nested = True

    def __init__(self, reading: FirmReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        # Without its legal form a name may be meant as a part of one.
        self.weights = "firm" if form_of(reading.name) else "firm_words"
        self.core = core_key(reading.name)
        self.spelled = spelled_key(reading.name)

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        suppliers = (alternative.supplier, *alternative.members)
        level, supplier = min(
            ((self._level(supplier), supplier) for supplier in suppliers), key=lambda item: LEVELS.index(item[0])
        )
        if supplier is not alternative.supplier:
            return Comparison(level, supplier.name, phrase("firm_member", member=supplier.name))
        notes = {"spelled": phrase("firm_spelled"), "part": phrase("firm_part")}
        return Comparison(level, supplier.name, notes.get(level))

    def _level(self, supplier: Supplier) -> str:
        found = core_key(supplier.name)
        if found == self.core:
            return "same"
        if self.core in found:
            return "part"
        return "spelled" if self.spelled == spelled_key(supplier.name) else "other"

    def background(self) -> Mapping[str, float]:
        return {"same": 0.001, "part": 0.002, "spelled": 0.001, "other": 0.996}
