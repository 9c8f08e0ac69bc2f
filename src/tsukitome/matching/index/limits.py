"""What a firm must be worth to be among the first."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest

from tsukitome.matching.answer import NEGLIGIBLE

ROUNDED = 12  # places to which probabilities are rounded before they are compared; ties are broken by name
SUMMED = 1e-11  # more than a sum of probabilities may be rounded by
_AS_EQUAL = 2 * 10.0**-ROUNDED


def limit_from(sums: Sequence[float], count: int) -> float:
    """What a firm must reach, as far as ``sums`` are known, to be among the first ``count`` of them and not negligible."""
    if len(sums) <= count:
        return NEGLIGIBLE / 2
    least = nlargest(count, sums)[-1] if count < 100 else sorted(sums)[-count]
    return max(least * (1 - 1e-9) - _AS_EQUAL, NEGLIGIBLE / 2)
