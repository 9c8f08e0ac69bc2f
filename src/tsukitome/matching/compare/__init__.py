"""One comparer a clue. Each holds its reading against one alternative and says at which level they agree.

A comparer is made once a question. ``compare`` gives a :class:`~tsukitome.matching.compare.comparison.Comparison`: the
level, what was found, and a note; what a level weighs is no business of a comparer but of ``weights.toml`` and the
archive's own frequencies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tsukitome.clues.query import Clue
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.buyer import BuyerComparer
from tsukitome.matching.compare.comparison import Comparer
from tsukitome.matching.compare.firm import FirmComparer
from tsukitome.matching.compare.method import MethodComparer
from tsukitome.matching.compare.month import MonthComparer
from tsukitome.matching.compare.place import PlaceComparer
from tsukitome.matching.compare.title import TitleComparer
from tsukitome.matching.compare.titles import Titles, TitlesOf
from tsukitome.matching.compare.value import ValueComparer

COMPARERS: Mapping[str, Any] = {
    "ward": PlaceComparer,
    "month": MonthComparer,
    "title": TitleComparer,
    "value": ValueComparer,
    "buyer": BuyerComparer,
    "method": MethodComparer,
    "firm": FirmComparer,
}


def comparer(clue: Clue, alternatives: Sequence[Alternative]) -> Comparer:
    """The comparer of a clue; ``alternatives`` tell it how rare what it looks for is."""
    return comparer_among(clue, TitlesOf(alternatives))


def comparer_among(clue: Clue, titles: Titles) -> Comparer:
    """The same, where the titles of all alternatives have been counted already."""
    made: Comparer = COMPARERS[clue.name](clue.reading, titles)
    return made
