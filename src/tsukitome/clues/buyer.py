"""Stated buyers: 年金機構 is 日本年金機構, 厚労省 is 厚生労働省; any other name stands for itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tsukitome.errors import ClueError
from tsukitome.normalize.text import close_up, fold, key, table


@dataclass(frozen=True, slots=True)
class BuyerReading:
    """A buyer by its formal name, as far as the table of short names knows it; ``weight``: how surely, 0 to 1."""

    name: str
    weight: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name} | ({"weight": self.weight} if self.weight < 1 else {})


@cache
def _formal_names() -> dict[str, str]:
    rows = [*table("buyer_short_names", "tsukitome.clues.article"), *table("buyer_names", "tsukitome.clues")]
    return {key(row["short"]): row["formal"] for row in rows}


def read_buyer(text: str) -> BuyerReading:
    """The buyer that a clue names; raises ClueError where nothing is named."""
    name = close_up(fold(text))
    if not key(name):
        raise ClueError("buyer", text, "it holds no name.", "--buyer 日本年金機構")
    return BuyerReading(_formal_names().get(key(name), name))
