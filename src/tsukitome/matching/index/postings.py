"""Which texts hold a pair of characters: for each bigram, the numbers of its texts, in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHIFT = 21  # a character is a number below 2**21
_LINE_FEED = 10


class Postings:
    """Bigrams with their texts, read from a mapped file."""

    def __init__(self, grams: memoryview, starts: memoryview, texts: memoryview) -> None:
        """``grams`` are :func:`gram` numbers in order; ``texts`` of the n-th stand from ``starts[n]`` to ``starts[n + 1]``."""
        self._grams, self._starts, self._texts = grams, starts, texts
        self._known: dict[str, tuple[int, int]] = {}

    def of(self, bigram: str) -> memoryview:
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
            place = bisect_left(self._grams, wanted)
            there = place < len(self._grams) and self._grams[place] == wanted
            self._known[bigram] = (self._starts[place], self._starts[place + 1]) if there else (0, 0)
        return self._known[bigram]


def gram(bigram: str) -> int:
    """A bigram as a number; a text of one character is its own bigram."""
    first, second = ord(bigram[0]), ord(bigram[1]) if len(bigram) > 1 else 0
    return first << _SHIFT | second


def postings_of(texts: Sequence[str], name: str) -> dict[str, NDArray[Any]]:
    """The arrays that :class:`Postings` needs, under ``name``; bigrams are those of ``compare.titles.bigrams``."""
    import numpy as np  # what is only asked needs none of it

    from tsukitome.matching.index.distinct import distinct

    characters = np.frombuffer("\n".join((*texts, "")).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.flatnonzero(characters == _LINE_FEED)
    lengths = np.diff(ends, prepend=-1) - 1
    met = np.append(np.uint32(0), distinct(np.append(characters, np.uint32(_LINE_FEED))))
    place = np.zeros(int(met[-1]) + 1, np.uint32)  # few are met: as numbers among them, two fit into 32 bits with ease
    place[met] = np.arange(len(met), dtype=np.uint32)
    first = place[characters]
    second = np.append(first[1:], place[_LINE_FEED])
    pairs = (characters != _LINE_FEED) & (np.append(characters[1:], _LINE_FEED) != _LINE_FEED)
    single = ends[lengths == 1] - 1  # of one character, which is its own bigram
    second[single] = 0
    pairs[single] = True
    text = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths + 1)[pairs]
    both = (first[pairs] * np.uint64(len(met)) + second[pairs]) << np.uint64(32) | text
    del characters, first, second, pairs, text
    both = distinct(both)
    pair = (both >> np.uint64(32)).astype(np.int64)
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    one, other = np.divmod(pair[begins], len(met))
    return {
        f"{name}_grams": met[one].astype(np.uint64) << np.uint64(_SHIFT) | met[other],
        f"{name}_starts": np.append(begins, len(both)),
        f"{name}_texts": (both & np.uint64(0xFFFFFFFF)).astype(np.uint32),
    }
