"""Stated titles of contracts: as printed in 「」, or remembered in part."""

from __future__ import annotations

from typing import Any

from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError
from tsukitome.normalize.text import fold, key


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title or a part of one. ``quoted`` says whether the news gives it as the contract's own words.
    ``weight``: how surely it is meant, 0 to 1.
    """

    text: str
    quoted: bool = True
    weight: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "quoted": self.quoted} | ({"weight": self.weight} if self.weight < 1 else {})


def read_title(text: str) -> TitleReading:
    """The title that a clue states; raises ClueError where it holds fewer than two characters to compare."""
    stripped = text.strip().removeprefix("「").removesuffix("」").strip()
    if len(key(stripped)) < 2:
        raise ClueError(
            "title", text, "a title needs at least two characters to compare.", "--title 'データ入力及び画像化業務'"
        )
    return TitleReading(" ".join(fold(stripped).split()))
