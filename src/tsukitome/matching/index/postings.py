"""Which texts hold a pair of characters: for each bigram, the numbers of its texts, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SHIFT = np.uint64(21)  # a character is a number below 2**21
_LINE_FEED = 10

Numbers = NDArray[Any]


class Postings:
    """Bigrams with their texts, read from a mapped file."""

    def __init__(self, grams: Numbers, starts: Numbers, texts: Numbers) -> None:
        """``grams`` are :func:`gram` numbers in order; ``texts`` of the n-th stand from ``starts[n]`` to ``starts[n + 1]``."""
        self._grams, self._starts, self._texts = grams, starts, texts
        self._known: dict[str, tuple[int, int]] = {}

    def of(self, bigram: str) -> Numbers:
        """The numbers of the texts that hold a bigram, in order."""
        begin, end = self._span(bigram)
        return self._texts[begin:end]

    def count(self, bigram: str) -> int:
        """How many texts hold a bigram."""
        begin, end = self._span(bigram)
        return end - begin

    def _span(self, bigram: str) -> tuple[int, int]:
        if bigram not in self._known:
            wanted = gram(bigram)
            place = int(self._grams.searchsorted(wanted))
            there = place < len(self._grams) and self._grams[place] == wanted
            self._known[bigram] = (int(self._starts[place]), int(self._starts[place + 1])) if there else (0, 0)
        return self._known[bigram]


def gram(bigram: str) -> np.uint64:
    """A bigram as a number; a text of one character is its own bigram."""
    first, second = ord(bigram[0]), ord(bigram[1]) if len(bigram) > 1 else 0
    return np.uint64(first << 21 | second)


def postings_of(texts: Sequence[str], name: str) -> dict[str, Numbers]:
    """The arrays that :class:`Postings` needs, under ``name``; bigrams are those of ``compare.titles.bigrams``."""
    characters = np.frombuffer("\n".join((*texts, "")).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.flatnonzero(characters == _LINE_FEED)
    lengths = np.diff(ends, prepend=-1) - 1
    text = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths + 1)
    first = characters.astype(np.uint64)
    second = np.append(first[1:], np.uint64(_LINE_FEED))
    pairs = (characters != _LINE_FEED) & (second != _LINE_FEED)
    single = np.zeros(len(characters), bool)
    single[ends[lengths == 1] - 1] = True
    second[single] = 0
    kept = pairs | single
    found = first[kept] << _SHIFT | second[kept]
    del first, second, characters
    grams = np.unique(found)
    both = np.searchsorted(grams, found).astype(np.uint64) << np.uint64(32) | text[kept]
    del found, text
    both = np.unique(both)
    starts = np.searchsorted(both, np.arange(len(grams) + 1, dtype=np.uint64) << np.uint64(32))
    return {
        f"{name}_grams": grams,
        f"{name}_starts": starts.astype(np.int64),
        f"{name}_texts": (both & np.uint64(0xFFFFFFFF)).astype(np.uint32),
    }
