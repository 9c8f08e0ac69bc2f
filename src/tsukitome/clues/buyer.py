"""Stated buyers: 年金機構 is 日本年金機構, 厚労省東京労働局 is 厚生労働省東京労働局, 大阪府庁 is 大阪府; any other name stands for
itself.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError
from tsukitome.normalize.text import close_up, fold, key, table
from tsukitome.pattern import pattern


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


# 東京都庁, 豊島区役所: the house stands for what it houses.
_HOUSE = pattern(r"(?<=[都道府県])庁$|(?<=[市区町村])(?:役所|役場)$")


@cache
def _state_bodies() -> tuple[tuple[str, str], ...]:
    """The short names of ministries and their bureaus, which more may follow, and the formal ones; the longest first."""
    rows = [*table("buyer_short_names", "tsukitome.clues.article"), *table("buyer_names", "tsukitome.clues")]
    bodies = {
        fold(row["short"]): row["formal"]
        for row in rows
        if _STATE.search(row["formal"]) and _GOES_ON.search(row["short"])
    }
    return tuple(sorted(bodies.items(), key=lambda body: (-len(body[0]), body)))


_STATE = pattern("[省庁局]$")
_GOES_ON = pattern("[省庁整]$")


def _formal(name: str) -> str:
    """A name with the short names that it begins with written out: 国交省近畿地整大阪国道事務所."""
    for short, formal in _state_bodies():
        if name.startswith(short):
            rest = _formal(name.removeprefix(short)) if short != name else ""
            return rest if rest.startswith(formal) else formal + rest
    return name


def read_buyer(text: str) -> BuyerReading:
    """The buyer that a clue names; raises ClueError where nothing is named."""
    name = close_up(fold(text))
    if not key(name):
        raise ClueError("buyer", text, "it holds no name.", "--buyer 日本年金機構")
    name = _HOUSE.sub("", name)
    return BuyerReading(_formal_names().get(key(name)) or _formal(name))
