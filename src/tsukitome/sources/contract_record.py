"""A row of a contract table with the header that it stands under, and what its cells say by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tsukitome.documents.table import EMPTY, Cell, Row, Table
from tsukitome.normalize.text import squeeze
from tsukitome.sources.contract_context import Context
from tsukitome.sources.headers import Layout
from tsukitome.sources.officer_cell import mask_officials

_BLANK = frozenset({"", "-", "－", "‐", "―", "ー", "—", "–", "−"})
_DITTOS = frozenset({"〃", "″", "々", "同上", "同　上", "(同上)", "（同上）"})
TOLD = ("supplier", "supplier_name", "price", "unit_price", "contract_date", "award_date")


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the body with all that is needed to read it."""

    row: Row
    table: Table
    place: str
    layout: Layout
    context: Context
    printed: Row | None = None  # the row as it stands, where ditto marks in it were written out

    def cell(self, name: str) -> Cell:
        column = self.layout.columns.get(name)
        return EMPTY if column is None else self.row.cells[column]

    def text(self, *names: str) -> str:
        """The text of the first of these fields that the table has and the row fills; a dash counts as blank."""
        for name in names:
            text = self.cell(name).text.strip()
            if squeeze(text) not in _BLANK:
                return text
        return ""

    @property
    def title_cell(self) -> str:
        return self.text("title", "works_title")

    @property
    def tells(self) -> bool:
        """Whether the row says anything that an award says, beside its title."""
        return any(self.text(name) for name in TOLD)

    def without_dittos(self, above: Record | None) -> Record:
        """The record with 〃 and 同上 written out from the record above it in the same table."""
        if above is None or above.layout is not self.layout:
            return self
        dittos = [squeeze(cell.text) in _DITTOS for cell in self.row.cells]
        if not any(dittos):
            return self
        pairs = zip(self.row.cells, above.row.cells, dittos, strict=True)
        cells = tuple(upper if ditto else cell for cell, upper, ditto in pairs)
        return replace(self, row=Row(self.row.number, cells), printed=self.row)

    def quote(self) -> str:
        """The printed cells, the officer's left out, what a merged area repeats said once, officials' names masked."""
        officer = self.layout.columns.get("officer")
        parts: list[str] = []
        cells = (self.printed or self.row).cells
        for column, cell in enumerate(cells):
            text = cell.text.strip()
            beside = cell.covered and column > 0 and cells[column - 1].text == cell.text
            if text and column != officer and not beside:
                parts.append(text)
        return mask_officials(" | ".join(parts))


def own_texts(row: Row) -> Iterator[str]:
    """The row's texts, those that a merged area repeats left out."""
    return (cell.text.strip() for cell in row.cells if cell.text.strip() and not cell.covered)


def joined(above: Record, below: Record) -> Record:
    """A row cut by the end of a page, put together: each cell is its upper and its lower half."""
    cells = []
    for upper, lower in zip(above.row.cells, below.row.cells, strict=True):
        text = "\n".join(filter(None, (upper.text.strip(), lower.text.strip())))
        cells.append(upper if not lower.text.strip() else Cell(text, text))
    return replace(above, row=Row(above.row.number, tuple(cells)))
