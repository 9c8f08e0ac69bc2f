"""What every comparer gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tsukitome.dataclass import dataclass
from tsukitome.matching.alternatives import Alternative
from tsukitome.wording import Phrase


@dataclass(frozen=True, slots=True)
class Comparison:
    """One clue held against one alternative.

    ``level`` names a row of ``weights.toml`` under the clue, or is None where the record is silent. ``found`` is what
    the record prints; ``note`` explains.
    """

    level: str | None
    found: str | Phrase | None
    note: Phrase | None = None


class Comparer(Protocol):
    """A clue's reading, ready to be held against alternatives. ``weights`` names its table in ``weights.toml``.

    ``nested`` comparers grade one likeness from the best level down: there a level is as rare as agreeing at least so well,
    and no chance scarcity of a middling likeness makes it worth more than a better one.
    """

    weights: str
    nested: bool

    def compare(self, alternative: Alternative) -> Comparison:
        """The level at which the clue and the alternative agree."""

    def background(self) -> Mapping[str, float]:
        """How often each level would be met in public awards at large, for archives too small to tell."""

    def strength(self) -> float:
        """How surely the words mean their reading, 0 to 1; bits are multiplied by it."""
