"""Tables as cells that remember where they stood: one shape for workbooks, CSV, HTML and PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field
from typing import Any, NamedTuple

from tsukitome.dataclass import dataclass

CellValue = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


class Cell(NamedTuple):
    """One cell: its value as the format stores it, and the text that a person reads.

    ``covered`` marks a cell inside a merged area whose value stands in that area's first cell; it repeats that value.
    """

    value: CellValue
    text: str
    covered: bool = False

    @classmethod
    def of(cls, value: CellValue) -> Cell:
        """The cell of a stored value. A whole float prints without its ``.0`` (4013301020174.0), a date in ISO form."""
        return cls(value, _text(value))

    def cover(self) -> Cell:
        """This cell as it shows in the rest of its merged area."""
        return Cell(self.value, self.text, covered=True)


EMPTY = Cell(None, "")


def cell_of_text(text: str, new: Callable[..., Any] = tuple.__new__) -> Cell:
    """The cell of a text; quicker than ``Cell(text, text)``, which counts where there are millions."""
    return new(Cell, (text, text, False)) if text else EMPTY


# Characters that a cell of a spreadsheet can hold; more are junk, and reading them takes for ever.
LONGEST_CELL = 32_767
MOST_CELLS = 10_000_000  # of a file, the empty ones between the others and those that joined cells cover counted: 1 GiB


def too_many_cells() -> str:
    """Why a table is not read that brings its file to more than :data:`MOST_CELLS`."""
    return f"brings the file to more than {MOST_CELLS:,} cells, empty and joined ones counted. Save the table as CSV."


def too_long(characters: int) -> str:
    """Why a row with such a cell is not read."""
    return f"a cell of {characters:,} characters, more than a spreadsheet can hold: the row was not read."


class Row(NamedTuple):
    """A row and the number that a person sees beside it (the first row is 1)."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple([cell.text for cell in self.cells])

    @property
    def overlong(self) -> str | None:
        """Why the row is not to be read, where one of its cells holds more than a spreadsheet's can."""
        longest = max([len(text) for _, text, _ in self.cells], default=0)
        return too_long(longest) if longest > LONGEST_CELL else None

    @property
    def is_blank(self) -> bool:
        return all(not cell.text.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document. Blank rows at its end are left out; all rows have the same number of cells.

    ``sheet`` names the worksheet (or, in a page with several tables, ``table 2``); ``page`` counts from 1, for PDF.
    ``heading`` is the text printed above the table and outside it. ``longest`` is the length of its longest cell, None where
    nobody has measured it.
    """

    rows: tuple[Row, ...]
    sheet: str | None = None
    page: int | None = None
    heading: str = ""
    longest: int | None = None

    @property
    def overlong(self) -> dict[int, str]:
        """Why rows are not to be read, by their numbers (:attr:`Row.overlong`)."""
        if self.longest is not None and self.longest <= LONGEST_CELL:
            return {}
        return {row.number: reason for row in self.rows if (reason := row.overlong)}

    @property
    def place(self) -> str:
        """The table's place for a person: ``sheet 様式2-3``, ``page 4`` or nothing."""
        parts = (("sheet", self.sheet), ("page", self.page))
        return ", ".join(f"{word} {value}" for word, value in parts if value is not None)


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a file, and the parts that gave none: (place, reason) for each, such as a page without text."""

    tables: tuple[Table, ...]
    unreadable: tuple[tuple[str, str], ...] = field(default=())


def table_of(
    rows: list[list[Cell]], *, first: int = 1, sheet: str | None = None, page: int | None = None, heading: str = ""
) -> Table:
    """A table of rows numbered from ``first``: trailing blank rows cut off, short rows filled up with empty cells."""
    used = len(rows)
    while used and not any(cell.text.strip() for cell in rows[used - 1]):
        used -= 1
    rows = rows[:used]
    width = max(map(len, rows), default=0)
    numbered = [
        Row(number, tuple(row) if len(row) == width else (*row, *(EMPTY,) * (width - len(row))))
        for number, row in enumerate(rows, start=first)
    ]
    return Table(tuple(numbered), sheet, page, heading)


def _text(value: CellValue) -> str:
    if isinstance(value, float):
        # Spreadsheets show 15 digits; the rest is the arithmetic of binary fractions (21852600.000000004).
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ") if value.time() != dt.time() else value.date().isoformat()
    return value if isinstance(value, str) else str(value)
