"""Where a figure stands among others: robust, since among contracts there is always one that is another thing altogether."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any, Literal

from tsukitome.packaged import packaged_toml

Measure = Literal["total", "unit_price", "rate", "bids"]
# By what awards count as comparable; for each measure the first that has enough of them is taken.
Likeness = Literal["series", "like_title", "kind_and_unit", "kind_and_buyer", "kind_and_size", "same_tender"]


@cache
def rules() -> dict[str, Any]:
    """The figures of ``comparing.toml``."""
    return packaged_toml("tsukitome.profile", "comparing.toml")


@dataclass(frozen=True, slots=True)
class Position:
    """A figure among ``count`` others: their median and extremes, how many are lower and higher, the ratio to the median.

    ``score`` is the log ratio over the robust spread of the others' logs, None where there are too few to judge; ``unusual``
    says that it exceeds the cutoff, the ratio its bounds, and that hardly any other lies as far out. It says nothing of why.
    """

    measure: Measure
    likeness: Likeness
    value: float
    count: int
    median: float
    lowest: float
    highest: float
    lower: int
    higher: int
    score: float | None
    unusual: bool

    @property
    def ratio(self) -> float:
        return self.value / self.median

    def to_dict(self) -> dict[str, Any]:
        return {
            "measure": self.measure,
            "likeness": self.likeness,
            "value": self.value,
            "compared": self.count,
            "median": self.median,
            "ratio": self.ratio,
            "lowest": self.lowest,
            "highest": self.highest,
            "lower": self.lower,
            "higher": self.higher,
            "score": self.score,
            "unusual": self.unusual,
        }


def position(measure: Measure, likeness: Likeness, value: float, others: Sequence[float]) -> Position | None:
    """Where ``value`` stands among ``others`` (all above 0); None where they are too few to say anything."""
    to_say, to_judge = _minimum(measure, likeness)
    if len(others) < to_say:
        return None
    rule, cutoff = rules()[measure][likeness], rules()["cutoff"]
    middle = median(others)
    score = None
    if "ratio" in rule and len(others) >= to_judge:
        centre = math.log(middle)
        spread = cutoff["consistency"] * median(abs(math.log(other) - centre) for other in others)
        score = math.log(value / middle) / max(spread, rule["floor"])
    lower, higher = sum(other < value for other in others), sum(other > value for other in others)
    as_far_out = len(others) - (higher if value < middle else lower)
    return Position(
        measure,
        likeness,
        value,
        len(others),
        middle,
        min(others),
        max(others),
        lower,
        higher,
        score,
        score is not None
        and abs(score) > cutoff["score"]
        and as_far_out <= max(1, cutoff["beyond"] * len(others))
        and not 1 / rule["ratio"] < value / middle < rule["ratio"],
    )


def _minimum(measure: Measure, likeness: Likeness) -> tuple[int, int]:
    """How many others are needed to say anything, and to judge."""
    minimum = rules()["minimum"]
    if likeness == "same_tender":
        return minimum["bids"], minimum["bids"]
    yearly = (measure, likeness) == ("total", "series")
    return minimum["to_say"], minimum["years_to_judge" if yearly else "to_judge"]
