"""The firm's own name, once it or a part of it is known: by key, by reading, by what else it is called."""

from __future__ import annotations

from collections.abc import Mapping

from tsukitome.awards import Supplier
from tsukitome.clues.firm import FirmReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles
from tsukitome.normalize.firm import core_key, form_of, spelled_key
from tsukitome.normalize.firm_sound import other_names, roman_key, sound_key
from tsukitome.wording import Phrase, phrase

LEVELS = ("same", "part", "alias", "reading", "spelled", "alike", "other")
_LONG_ENOUGH = 5  # characters of a key from which one that is wrong, missing or too many is taken for a slip


class FirmComparer:
    """Holds a name against the supplier's, and against those of a joint venture's members.

    ``alias``: the register, or the table of other names, has the supplier's for the stated one. ``reading``: both sound alike, or
    the register reads the supplier's so. ``spelled``: they do once Latin letters are spelled. ``alike``: one character differs.
    """

    nested = True

    def __init__(self, reading: FirmReading, titles: Titles) -> None:
        del titles
        self.reading = reading
        # Without its legal form a name may be meant as a part of one.
        self.weights = "firm" if form_of(reading.name) else "firm_words"
        self.core = core_key(reading.name)
        self.sound, self.roman = sound_key(reading.name), roman_key(reading.name)
        self._spelled = spelled_key(reading.name)
        self._by_register = {core_key(one.name): one.why for one in reading.known_as}
        self.others = other_names(self.core) | self._by_register.keys()
        self._levels: dict[str, str] = {}

    def strength(self) -> float:
        return self.reading.weight

    @property
    def halves(self) -> tuple[str, ...]:
        """Pieces of which every name that is ``alike`` holds one; none where no name is."""
        middle = len(self.core) // 2
        return (self.core[:middle], self.core[middle:]) if len(self.core) >= _LONG_ENOUGH else ()

    def compare(self, alternative: Alternative) -> Comparison:
        suppliers = (alternative.supplier, *alternative.members)
        level, supplier = min(
            ((self._level(supplier.name), supplier) for supplier in suppliers), key=lambda item: LEVELS.index(item[0])
        )
        if supplier is not alternative.supplier:
            return Comparison(level, supplier.name, phrase("firm_member", member=supplier.name))
        return Comparison(level, supplier.name, self._note(level, supplier))

    def _note(self, level: str, supplier: Supplier) -> Phrase | None:
        if level in ("alias", "reading"):
            by_register = core_key(supplier.name) in self._by_register
            return phrase(f"firm_{level}_registered" if by_register else f"firm_{level}", firm=supplier.name)
        return phrase(f"firm_{level}") if level in ("part", "spelled", "alike") else None

    def _level(self, name: str) -> str:
        if name not in self._levels:
            self._levels[name] = self._level_of(name)
        return self._levels[name]

    def _level_of(self, name: str) -> str:
        from rapidfuzz.distance import Levenshtein

        found = core_key(name)
        if found == self.core:
            return "same"
        if self.core in found:
            return "part"
        if found in self.others:
            return "reading" if self._by_register.get(found) == "reading" else "alias"
        if spelled_key(name) == self._spelled:
            return "spelled"
        if self.sound == sound_key(name) or self.roman == roman_key(name):
            return "reading"
        return "alike" if self.halves and Levenshtein.distance(self.core, found, score_cutoff=1) == 1 else "other"

    def background(self) -> Mapping[str, float]:
        return {
            "same": 0.001,
            "part": 0.002,
            "alias": 0.0005,
            "reading": 0.0005,
            "spelled": 0.0005,
            "alike": 0.001,
            "other": 0.9945,
        }
