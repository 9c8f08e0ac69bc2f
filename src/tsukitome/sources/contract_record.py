"""A row of a contract table with the header that it stands under, and what its cells say by field."""

from __future__ import annotations

from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from tsukitome.documents.table import EMPTY, Cell, Row, Table
from tsukitome.normalize.text import squeeze
from tsukitome.sources.contract_context import Context
from tsukitome.sources.headers import Layout
from tsukitome.sources.officer_cell import quotation, without_name

_BLANK = frozenset({"", "-", "－", "‐", "―", "ー", "—", "–", "−"})
_DITTOS = frozenset({*'〃″”“"〝〟仝々同', "''", '""', "””", "““", "同上", "(同上)", "（同上）", "同上。"})
_ZERO_WIDTH = frozenset("\u200b\u2060\ufeff")
# What a ditto mark, or white space before it, begins with.
SUSPECT = (
    frozenset(ditto[0] for ditto in _DITTOS) | _ZERO_WIDTH | frozenset(filter(str.isspace, map(chr, range(0x3001))))
)
TOLD = (
    "supplier",
    "supplier_name",
    "price",
    "second_price",
    "changed_price",
    "unit_price",
    "contract_date",
    "award_date",
)


class Record(NamedTuple):
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
            column = self.layout.columns.get(name)
            if column is not None and (text := said(self.row.cells[column].text)):
                return text
        return ""

    @property
    def title_cell(self) -> str:
        return self.text("title", "works_title")

    @property
    def tells(self) -> bool:
        """Whether the row says anything that an award says, beside its title."""
        return bool(self.text(*TOLD))

    def own(self, *names: str) -> str:
        """The text of the first of these fields that the row fills itself, no merged area repeated."""
        for name in names:
            cell = self.cell(name)
            if not cell.covered and (text := said(cell.text)):
                return text
        return ""

    @property
    def is_whole(self) -> bool:
        """Whether title, supplier, and a day or price stand in cells of their own."""
        told = self.own("price", "second_price", "changed_price", "unit_price", "contract_date", "award_date")
        return bool(told and self.own("title", "works_title") and self.own("supplier", "supplier_name"))

    @property
    def is_merged(self) -> bool:
        """Whether a merged area reaches over cells of the row."""
        return any(cell.covered and cell.text.strip() for cell in self.row.cells)

    @property
    def has_dittos(self) -> bool:
        suspects = [cell.text for cell in self.row.cells if cell.text[:1] in SUSPECT]
        return any(map(is_ditto, suspects)) if suspects else False

    def without_dittos(self, above: Record | None) -> Record:
        """The record with 〃 and 同上 written out from the record above it in the same table."""
        if above is None or above.layout is not self.layout:
            return self
        dittos = [is_ditto(cell.text) for cell in self.row.cells]
        if not any(dittos):
            return self
        # In a file read in batches, the rows above may be narrower or wider; what one lacks is empty.
        pairs = zip_longest(self.row.cells, above.row.cells, dittos, fillvalue=EMPTY)
        cells = tuple(upper if ditto is True else cell for cell, upper, ditto in pairs)
        return self._replace(row=Row(self.row.number, cells), printed=self.row)

    def quote(self) -> str:
        """The printed cells, the officer's left out, what a merged area repeats said once, officials' names masked."""
        officers, told = self.layout.officers, self.layout.told
        parts: list[str] = []
        left = None
        for column, (_, text, covered) in enumerate((self.printed or self.row).cells):
            if text and column not in officers and not (covered and text == left) and (stripped := text.strip()):
                parts.append(stripped if column in told else without_name(stripped))
            left = text
        return quotation(parts)


def said(text: str) -> str:
    """A cell's text without white space around it; "" for a dash, which stands for nothing."""
    text = text.strip()
    if len(text) > 1 and text[0] not in _ZERO_WIDTH and text[-1] not in _ZERO_WIDTH:
        return text  # two characters at least are no white space: no dash
    return "" if squeeze(text) in _BLANK else text


@lru_cache(maxsize=1 << 13)
def is_ditto(text: str) -> bool:
    """Whether a cell repeats the one above it: 〃, 同上, a quotation mark alone."""
    return squeeze(text) in _DITTOS


def own_texts(row: Row) -> list[str]:
    """The row's texts, those that a merged area repeats left out."""
    return [stripped for _, text, covered in row.cells if text and not covered and (stripped := text.strip())]


def joined(above: Record, below: Record) -> Record:
    """A row cut in two, by the end of a page or by its author, put together: each cell is its upper and its lower half."""
    cells = []
    for upper, lower in zip(above.row.cells, below.row.cells, strict=True):
        text = "\n".join(filter(None, (upper.text.strip(), lower.text.strip())))
        cells.append(upper if lower.covered or not lower.text.strip() else Cell(text, text))
    return above._replace(row=Row(above.row.number, tuple(cells)))
