"""The contract's title: how much of what was said of it the record's title holds, rare words counting more.

The measure is Tversky's index over character bigrams weighted by their rarity in the archive, with little weight on what
the record says beyond the clue, since reporters shorten. Years, ordinals and lots are compared as numbers.
Source: A. Tversky, "Features of similarity", Psychological Review 84 (1977).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tsukitome.clues.title import TitleReading
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.titles import Titles, bigrams, rarity
from tsukitome.normalize.title import TitleKey, comparable, comparable_with_offsets, opposed, opposing, title_key
from tsukitome.wording import Phrase, phrase

# Levels by similarity, 0 to 1, from above; "same" stands before them for equal keys.
BANDS = ((0.9, "whole"), (0.75, "most"), (0.55, "half"), (0.35, "some"), (0.0, "little"))
EXTRA = 0.02  # the weight of the record's bigrams that the clue does not have
WHOLE_FROM = 12  # characters of a key from which a clue is taken for a whole title
ALIKE_FROM = 0.55  # below this similarity the titles differ anyway, whatever their numbers


class TitleComparer:
    """Holds a title, or what is remembered of one, against the titles of the archive."""

    nested = True

    def __init__(self, reading: TitleReading, titles: Titles) -> None:
        self.reading = reading
        self.key = title_key(reading.text)
        self.weights = "title" if len(self.key.text) >= WHOLE_FROM else "title_words"
        self._titles = titles
        self._rarity: dict[str, float] = {}
        # Where the clue has a space its author may have left words out: a bigram across it counts if found, and is not
        # missed if not.
        self.asked = {bigram for word in reading.text.split() for bigram in bigrams(title_key(word).text)}
        self.asked = self.asked or bigrams(self.key.text)
        self.joints = bigrams(self.key.text) - self.asked
        self._opposing = opposing(self.key.text)
        self._opposites: dict[str, tuple[str, str] | None] = {}
        self._similarities: dict[tuple[str, str | None], float] = {}

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        found = alternative.award.title_key
        similarity = self.similarity(found.text, alternative.award.buyer)
        against = self.opposed(found.text) if similarity >= ALIKE_FROM else None
        level, title = self.level(found, similarity, opposed=against is not None), alternative.award.title
        if level == "other_number":
            kinds = self.key.differs(found)
            return Comparison(level, title, self._number_note(kinds, alternative) if kinds else _opposed_note(against))
        if level in ("exact", "same"):
            return Comparison(level, title)
        return Comparison(level, title, phrase("title_similarity", percent=math.floor(similarity * 100)))

    def level(self, found: TitleKey, similarity: float, *, opposed: bool) -> str:
        """The level of a title by its key and its :meth:`similarity`: by the stretch between two of :meth:`turning_points` in
        which that lies, the title's numbers, whether it is :meth:`opposed`, and whether its text is the clue's own.
        """
        if similarity >= ALIKE_FROM and (opposed or self.key.differs(found)):
            return "other_number"
        if found.text == self.key.text and self.key.numbers <= found.numbers:
            return "exact" if found.numbers & self.key.numbers else "same"
        level = next(name for bound, name in BANDS if similarity >= bound)
        return "whole_numbered" if level == "whole" and found.numbers & self.key.numbers else level

    def turning_points(self) -> list[float]:
        """The similarities at which a level may change."""
        return [ALIKE_FROM, *(bound for bound, _ in BANDS)]

    def opposed(self, found: str) -> tuple[str, str] | None:
        """Where the clue and a title's key, otherwise alike, name two works; None where they don't."""
        if found not in self._opposites:
            may_be = self._opposing and self._opposing.search(found.upper())
            self._opposites[found] = opposed(self.key.text, found) if may_be else None
        return self._opposites[found]

    @property
    def can_be_opposed(self) -> bool:
        """Whether any title may be :meth:`opposed` to the clue: most clues have nothing that another could stand against."""
        return self._opposing is not None

    def similarity(self, found: str, buyer: str | None = None) -> float:
        """Tversky's index, 0 to 1, of the clue and a title's key.

        What the clue says of the buyer (年金 in 年金機構's award) and the title does not repeat is left out: it is not
        missing, and the buyer is a clue of its own.
        """
        if (found, buyer) not in self._similarities:
            other = bigrams(found)
            asked = (self.asked - (bigrams(comparable(buyer or "")) - other)) | (self.joints & other)
            common = self._weight(asked & other)
            missing = self._weight(asked - other)
            extra = self._weight(other - asked)
            whole = common + missing + EXTRA * extra
            self._similarities[found, buyer] = common / whole if whole else 0.0
        return self._similarities[found, buyer]

    def _weight(self, found: Iterable[str]) -> float:
        return math.fsum(map(self.rarity, found))

    def rarity(self, bigram: str) -> float:
        """How much a bigram tells, in bits: the fewer titles hold it, the more."""
        if bigram not in self._rarity:
            self._rarity[bigram] = rarity(self._titles.holding(bigram), self._titles.count)
        return self._rarity[bigram]

    def _number_note(self, kinds: tuple[str, ...], alternative: Alternative) -> Phrase:
        kind = kinds[0]
        asked = sorted(self.key.of(kind))
        found = sorted(alternative.award.title_key.of(kind))
        return phrase(
            "title_other_number",
            kind=phrase(f"number_{kind}") if kind in ("year", "part") else kind,
            asked=asked,
            found=found,
        )

    def background(self) -> Mapping[str, float]:
        return {
            "exact": 0.001,
            "same": 0.001,
            "whole_numbered": 0.001,
            "whole": 0.001,
            "most": 0.002,
            "half": 0.006,
            "some": 0.02,
            "little": 0.969,
            "other_number": 0.001,
        }


def _opposed_note(parts: tuple[str, str] | None) -> Phrase | None:
    return parts and phrase("title_opposed", asked=parts[0], found=parts[1])


def common_parts(asked: str, found: str) -> list[str]:
    """The pieces of two or more characters that stand in both titles, in the words of ``found``: where they agree."""
    return list(_common_parts(asked, found))


@lru_cache(maxsize=1 << 10)  # one title stands on many of the awards that are shown
def _common_parts(asked: str, found: str) -> tuple[str, ...]:
    from rapidfuzz.distance import LCSseq

    other, spans = comparable_with_offsets(found)
    blocks = LCSseq.opcodes(comparable(asked), other)
    return tuple(
        found[spans[block.dest_start][0] : spans[block.dest_end - 1][1]]
        for block in blocks
        if block.tag == "equal" and block.dest_end - block.dest_start > 1
    )
