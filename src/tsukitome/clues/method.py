"""Stated procurement methods: 一般競争入札 is open, 指名競争入札 selective, 随意契約 (企画競争, プロポーザル …) limited."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from tsukitome.awards import ProcurementMethod
from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError
from tsukitome.normalize.text import fold, squeeze, table


@dataclass(frozen=True, slots=True)
class MethodReading:
    """A procurement method in the words of OCDS; ``weight``: how surely, 0 to 1."""

    method: ProcurementMethod
    weight: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        return {"procurement_method": self.method} | ({"weight": self.weight} if self.weight < 1 else {})


@cache
def _words() -> tuple[tuple[str, ProcurementMethod], ...]:
    rows = table("method_words", "tsukitome.clues")
    found = [(row["word"], cast(ProcurementMethod, row["method"])) for row in rows]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def method_of(text: str) -> ProcurementMethod | None:
    """The method that a printed or stated text names, or None.

    随意契約 wins over whatever stands beside it (``随意契約(公募)``), since competition words explain how it came about.
    """
    folded = squeeze(fold(text)).casefold()
    if "随意契約" in folded or "随契" in folded:
        return "limited"
    return next((method for word, method in _words() if word in folded), None)


def read_method(text: str) -> MethodReading:
    """The method that a clue states; raises ClueError where it names none."""
    method = method_of(text)
    if method is None:
        raise ClueError(
            "method",
            text,
            "it names no procurement method (一般競争入札, 指名競争入札, 随意契約).",
            "--method 一般競争入札",
        )
    return MethodReading(method)
