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
from tsukitome.normalize.title import TitleKey, comparable, comparable_with_offsets, title_key
from tsukitome.normalize.title_wording import Wording, wording
from tsukitome.wording import Phrase, phrase

# Levels by similarity, 0 to 1, from above; "same" stands before them for equal keys.
BANDS = ((0.9, "whole"), (0.75, "most"), (0.55, "half"), (0.35, "some"), (0.0, "little"))
EXTRA = 0.02  # the weight of the record's bigrams that the clue does not have
_NUMBERED = "_numbered"  # behind the name of a table: that of clues with a year, an ordinal or a lot
WHOLE_FROM = 12  # characters of a key from which a clue is taken for a whole title
ALIKE_FROM = 0.55  # below this similarity the titles differ anyway, whatever their numbers


class TitleComparer:
    """Holds a title, or what is remembered of one, against the titles of the archive."""

    nested = True

    def __init__(self, reading: TitleReading, titles: Titles) -> None:
        self.reading = reading
        self.key = title_key(reading.text)
        self.weights = "title" if len(self.key.text) >= WHOLE_FROM else "title_words"
        if self.key.numbers:  # only such a clue can agree or contradict in its numbers
            self.weights += _NUMBERED
        self._titles = titles
        self._rarity: dict[str, float] = {}
        # Where the clue has a space its author may have left words out: a bigram across it counts if found, and is not
        # missed if not.
        self.words = [word for part in reading.text.split() if (word := title_key(part).text)] or [self.key.text]
        self.asked = {bigram for word in self.words for bigram in bigrams(word)}
        self.joints = bigrams(self.key.text) - self.asked
        self._wordings: dict[str, tuple[Wording, tuple[str, str] | None]] = {}
        self._similarities: dict[tuple[str, str | None], float] = {}

    def strength(self) -> float:
        return self.reading.weight

    def compare(self, alternative: Alternative) -> Comparison:
        found = alternative.award.title_key
        similarity = self.similarity(found.text, alternative.award.buyer)
        worded, pieces = self.wording(found.text) if similarity >= ALIKE_FROM else (None, None)
        level, title = self.level(found, similarity, worded), alternative.award.title
        if level == "other_number":
            kinds = self.key.differs(found)
            return Comparison(level, title, self._number_note(kinds, alternative) if kinds else _differ_note(pieces))
        if level in ("exact", "same"):
            return Comparison(level, title)
        if level == "varied":
            return Comparison(level, title, _differ_note(pieces))
        return Comparison(level, title, phrase("title_similarity", percent=math.floor(100 * self.share(alternative))))

    def level(self, found: TitleKey, similarity: float, worded: Wording | None) -> str:
        """The level of a title by its key and its :meth:`similarity`: by the stretch between two of :meth:`turning_points` in
        which that lies, the title's numbers, its :meth:`wording`, which counts from ALIKE_FROM, and whether its text is the clue's
        own.
        """
        alike = similarity >= ALIKE_FROM
        if alike and (worded == "opposed" or self.key.differs(found)):
            return "other_number"
        if found.text == self.key.text and self.key.numbers <= found.numbers:
            return "exact" if found.numbers & self.key.numbers else "same"
        if alike and worded == "held":
            return "held_numbered" if found.numbers & self.key.numbers else "held"
        if alike and worded in ("reworded", "varied"):
            return worded
        return next(name for bound, name in BANDS if similarity >= bound)

    def turning_points(self) -> list[float]:
        """The similarities at which a level may change."""
        return [ALIKE_FROM, *(bound for bound, _ in BANDS)]

    def wording(self, found: str) -> tuple[Wording, tuple[str, str] | None]:
        """How the clue stands in a title's key, and the pieces in which they differ."""
        if found not in self._wordings:
            self._wordings[found] = wording(self.key.text, self.words, found)
        return self._wordings[found]

    def similarity(self, found: str, buyer: str | None = None) -> float:
        """Tversky's index, 0 to 1, of the clue and a title's key.

        What the clue says of the buyer (年金 in 年金機構's award) and the title does not repeat is left out: it is not
        missing, and the buyer is a clue of its own.
        """
        if (found, buyer) not in self._similarities:
            common, missing, extra = self._overlap(found, buyer)
            whole = common + missing + EXTRA * extra
            self._similarities[found, buyer] = common / whole if whole else 0.0
        return self._similarities[found, buyer]

    def share(self, alternative: Alternative) -> float:
        """How much of what was said stands in an award's title, 0 to 1, whatever else stands there."""
        common, missing, _ = self._overlap(alternative.award.title_key.text, alternative.award.buyer)
        return common / (common + missing) if common else 0.0

    def _overlap(self, found: str, buyer: str | None) -> tuple[float, float, float]:
        """The weights of the bigrams that the clue and a title's key have in common, that only the clue has, and only the title."""
        other = bigrams(found)
        asked = (self.asked - (bigrams(comparable(buyer or "")) - other)) | (self.joints & other)
        return self._weight(asked & other), self._weight(asked - other), self._weight(other - asked)

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
            "held_numbered": 0.0005,
            "held": 0.0005,
            "reworded": 0.0005,
            "whole": 0.0005,
            "most": 0.002,
            "half": 0.004,
            "varied": 0.002,
            "some": 0.02,
            "little": 0.967,
            "other_number": 0.001,
        }


def _differ_note(pieces: tuple[str, str] | None) -> Phrase | None:
    return pieces and phrase("title_opposed", asked=pieces[0], found=pieces[1])


@lru_cache(maxsize=1 << 12)  # many awards have one title
def common_parts(asked: str, found: str) -> tuple[str, ...]:
    """The pieces of two or more characters that stand in both titles, in the words of ``found``: where they agree."""
    from rapidfuzz.distance import LCSseq

    other, spans = comparable_with_offsets(found)
    blocks = LCSseq.opcodes(comparable(asked), other)
    return tuple(
        found[spans[block.dest_start][0] : spans[block.dest_end - 1][1]]
        for block in blocks
        if block.tag == "equal" and block.dest_end - block.dest_start > 1
    )
