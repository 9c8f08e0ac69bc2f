"""The distinct titles of an archive, counted: how many there are, and in how many each pair of characters stands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol

from tsukitome.matching.alternatives import Alternative


class Titles(Protocol):
    """What is to be known of all titles to tell how rare a bigram is."""

    @property
    def count(self) -> int:
        """How many distinct titles (without their numbers) there are."""

    def holding(self, bigram: str) -> int:
        """In how many of them a bigram stands."""


class TitlesOf:
    """The titles of alternatives, counted when they are first asked for."""

    def __init__(self, alternatives: Iterable[Alternative]) -> None:
        self._alternatives = alternatives

    @cached_property
    def _distinct(self) -> set[str]:
        return {alternative.award.title_key.text for alternative in self._alternatives}

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter(bigram for title in self._distinct for bigram in bigrams(title))

    @property
    def count(self) -> int:
        return len(self._distinct)

    def holding(self, bigram: str) -> int:
        return self._frequency[bigram]


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring characters of a key; a key of one character is its own."""
    return {text[index : index + 2] for index in range(len(text) - 1)} or ({text} if text else set())


def rarity(holding: int, titles: int) -> float:
    """How much a bigram tells that stands in ``holding`` of ``titles`` distinct titles, in bits."""
    return math.log2((titles + 1) / (holding + 0.5))
