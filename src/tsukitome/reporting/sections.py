"""A section: a heading, lines of text and a table, which terminal, page and notebook draw each in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label, its alignment, and its share of the width (0: as wide as its longest cell)."""

    label: str
    share: int = 0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines of text, a table, or both. ``anchor`` is its name in a page; ``brief`` is how many rows
    are enough where room is short (0: all of them are needed).
    """

    anchor: str
    heading: str
    lines: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    brief: int = 0
