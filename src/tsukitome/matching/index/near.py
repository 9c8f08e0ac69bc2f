"""The titles that come near a clue, as the loops find them."""

from __future__ import annotations

from collections.abc import Sequence

from tsukitome.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class NearTexts:
    """Texts by number, how like the clue each is, and what that is a share of ``without`` regard for the buyer."""

    texts: Sequence[int]
    likeness: Sequence[float]
    without: Sequence[float]
