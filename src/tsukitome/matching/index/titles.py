"""Which rows a title clue comes near, and at which level, from an inverted index of bigrams.

A title can reach the lowest band only by holding a certain share of the weight of what was asked, so one pass over the postings
of the clue's bigrams leaves few titles. How like each of them is follows from what it shares; it is left to the comparer itself
where rounding might decide, and so is how the clue stands in those that are like enough for that to count.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from tsukitome.matching.compare.title import ALIKE_FROM, BANDS, EXTRA, TitleComparer
from tsukitome.matching.compare.titles import bigrams
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.loops import loops_of
from tsukitome.matching.index.near import NearTexts
from tsukitome.normalize.title import TitleKey
from tsukitome.normalize.title_wording import WORDINGS

NEAR = 1e-6  # of a bound: the comparer itself decides
_LIGHT = 0.25  # of the weight asked: buyers whose names hold more of it are looked at one by one
NOTHING_SHARED = TitleKey("\0", frozenset())  # a title that no clue comes near


class IndexedTitles:
    """The titles of an index, counted: what :class:`~tsukitome.matching.compare.titles.Titles` asks for."""

    def __init__(self, index: Index) -> None:
        self._postings = index.postings("bigram")
        self.count = int(index.facts["texts"])

    def holding(self, bigram: str) -> int:
        return self._postings.count(bigram)


class TitleSearch:
    """Finds the rows whose titles reach a band, and their levels as codes; ``code`` gives the code of a level."""

    def __init__(self, index: Index, asked: TitleComparer, code: Callable[[str], int]) -> None:
        self.index, self.asked, self._code = index, asked, code
        self.lowest = min(bound for bound, _ in BANDS if bound > 0)
        self.whole = sum(map(asked.rarity, sorted(asked.asked)))
        self._bounds = sorted(set(asked.turning_points()))
        self._classes, self._examples = index.numbers_beside(asked.key.numbers)
        self._strings: dict[int, str] = {}
        self._table: dict[tuple[int, int], int] = {}

    def rows(self) -> Iterator[tuple[memoryview, memoryview]]:
        """The rows that share enough with the clue, each once, and their codes; all others are at the level of nothing shared."""
        loops, buyers = loops_of(self.index), self._buyers()
        saved = {buyer: sum(map(self.asked.rarity, terms)) for buyer, terms in buyers.items()}
        heavy = [buyer for buyer, weight in saved.items() if weight > _LIGHT * self.whole]
        slack = max((weight for weight in saved.values() if weight <= _LIGHT * self.whole), default=0.0)
        found = loops.near_texts(
            self._weights(self.asked.asked), self._weights(self.asked.joints),
            self.lowest * (self.whole - slack) * (1 - NEAR) if self.whole else math.inf, self._wanted(heavy), self.whole, EXTRA,
        )  # fmt: skip
        cells = self._cells(found)
        classes = len(self._examples)
        codes = bytearray((max(cells, default=0) + 1) * classes)
        for cell in set(cells):
            for numbers in range(classes):
                codes[cell * classes + numbers] = self._code_of(cell, numbers)
        rows, of_rows, apart = loops.rows_of_texts(found.texts, cells, codes, self._classes, classes, buyers)
        yield rows, of_rows
        yield self._of_buyers(apart, found.texts, found.likeness, found.without, buyers)

    def _weights(self, terms: set[str]) -> list[tuple[memoryview, float]]:
        postings = self.index.postings("bigram")
        return [(postings.of(term), self.asked.rarity(term)) for term in sorted(terms)]

    def _buyers(self) -> Mapping[int, Sequence[str]]:
        """The buyers whose names hold bigrams of the clue, and which: these need not stand in a title of theirs."""
        postings, found = self.index.postings("buyer_bigram"), defaultdict[int, list[str]](list)
        for term in sorted(self.asked.asked):
            for buyer in postings.of(term):
                found[buyer].append(term)
        return found

    def _wanted(self, heavy: Sequence[int]) -> bytearray | None:
        """The texts that are looked at with whatever they share with the clue (1): those of buyers whose names hold much of it; or
        with nothing (2): the clue's own where it has no bigrams to be found by, since it is nothing but numbers.
        """
        key = self.asked.key.text
        if not heavy and bigrams(key):
            return None
        wanted = bytearray(int(self.index.facts["texts"]) + 1)
        for number in () if bigrams(key) else self.index.strings("text").holding(key, "whole"):
            wanted[number] = 2
        title, text = self.index["title"], self.index["title_text"]
        for buyer in heavy:
            for row in self.index.rows_by("buyer", buyer):
                wanted[text[title[row]]] = 1
        return wanted

    def _cells(self, found: NearTexts) -> bytearray:
        """The cell of each text: see :meth:`_cell`."""
        bounds, step = self._bounds, 2 * (len(WORDINGS) + 1)
        alike = bisect_right(bounds, ALIKE_FROM) if self.asked.key.text else 0
        # Those that are near a bound, or alike, are looked at.
        ends = [bound - NEAR for bound in bounds[:alike]] + [math.inf]
        cells = bytearray(bisect_right(bounds, one - NEAR) * step for one in found.likeness)
        for place, one in enumerate(found.likeness):
            stretch = cells[place] // step
            if stretch >= alike or one >= ends[stretch]:
                cells[place] = self._cell(found.texts[place], one)
        return cells

    def _cell(self, text: int, likeness: float, buyer: int | None = None) -> int:
        """All that tells the level of a text but the numbers beside it: the stretch between two bounds in which its likeness lies,
        whether it is the clue's own, and how the clue stands in it.
        """
        bounds = self._bounds
        stretch = bisect_right(bounds, likeness + NEAR)
        if stretch and likeness - bounds[stretch - 1] < NEAR and likeness > 0:
            name = None if buyer is None else self.index.strings("buyer")[buyer]
            likeness = self.asked.similarity(self._string(text), name)
            stretch = bisect_right(bounds, likeness)
        if likeness < ALIKE_FROM and self.asked.key.text:
            return stretch * 2 * (len(WORDINGS) + 1)
        string = self._string(text)
        worded = WORDINGS.index(self.asked.wording(string)[0]) + 1 if likeness >= ALIKE_FROM else 0
        return (stretch * 2 + (string == self.asked.key.text)) * (len(WORDINGS) + 1) + worded

    def _code_of(self, cell: int, numbers: int) -> int:
        """The code of a cell beside a class of numbers, 0 for one below every band."""
        if (cell, numbers) not in self._table:
            rest, worded = divmod(cell, len(WORDINGS) + 1)
            stretch, same = divmod(rest, 2)
            likeness, code = [0.0, *self._bounds][stretch], 0
            if same or likeness >= self.lowest:
                key = TitleKey(self.asked.key.text if same else NOTHING_SHARED.text, self._examples[numbers])
                code = self._code(self.asked.level(key, likeness, WORDINGS[worded - 1] if worded else None))
            self._table[cell, numbers] = code
        return self._table[cell, numbers]

    def _of_buyers(
        self,
        apart: Sequence[tuple[int, int]],
        texts: Sequence[int],
        likeness: Sequence[float],
        without: Sequence[float],
        buyers: Mapping[int, Sequence[str]],
    ) -> tuple[memoryview, memoryview]:
        """The rows of buyers whose names hold bigrams of the clue: what these hold and the title lacks is not missed. ``apart`` has
        the place of each row's text, and the row; ``without`` is what the likeness of a text is a share of.
        """
        rows, codes, cells = array("I"), array("B"), dict[tuple[int, int], int]()
        buyer_of, title_of, numbers_of = (self.index[name] for name in ("buyer", "title", "title_numbers"))
        for place, row in apart:
            buyer = buyer_of[row]
            if (place, buyer) not in cells:
                text = self._string(texts[place])
                excused = sum(self.asked.rarity(term) for term in buyers[buyer] if not _holds(text, term))
                whole = without[place] - excused
                more_like = likeness[place] * without[place] / whole if whole > 0 else 0.0
                cells[place, buyer] = self._cell(texts[place], more_like, buyer)
            if code := self._code_of(cells[place, buyer], self._classes[numbers_of[title_of[row]]]):
                rows.append(row)
                codes.append(code)
        return memoryview(rows), memoryview(codes)

    def _string(self, text: int) -> str:
        if text not in self._strings:
            self._strings[text] = self.index.strings("text")[text]
        return self._strings[text]


def _holds(text: str, bigram: str) -> bool:
    """Whether a bigram is one of a text's; a text of one character is its own."""
    return bigram in text if len(bigram) > 1 else bigram == text
