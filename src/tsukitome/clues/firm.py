"""A stated firm, once its name or a part of it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tsukitome.errors import ClueError
from tsukitome.normalize.firm import read_firm
from tsukitome.normalize.text import key


@dataclass(frozen=True, slots=True)
class FirmReading:
    """A firm's name, or a part of one, with its legal form written out."""

    name: str
    weight: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name} | ({"weight": self.weight} if self.weight < 1 else {})


def read_firm_clue(text: str) -> FirmReading:
    """The firm that a clue names; raises ClueError where nothing is named."""
    if not key(text):
        raise ClueError("firm", text, "it holds no name.", "--firm 株式会社SAY企画")
    return FirmReading(read_firm(text).name)
