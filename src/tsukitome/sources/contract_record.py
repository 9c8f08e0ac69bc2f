"""A row of a contract table with the header that it stands under, and what its cells say by field."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_title import is_note, is_total
from tsukitome.sources.headers import Layout
from tsukitome.sources.officer_cell import quotation, without_name
from tsukitome.sources.priced_names import priced_firms
from tsukitome.sources.supplier_address import has_form, starts_address

_BLANK = frozenset({"", "-", "－", "‐", "―", "ー", "—", "–", "−"})
_DITTOS = frozenset(
    {*'〃″”“"〝〟仝々同', "''", '""', "””", "““", "同上", "(同上)", "（同上）", "同上。", "同日", "同社", "同者"}
)
_DITTO_RUN = re.compile("〃{2,6}|々{2,6}|仝{2,6}")
_ZERO_WIDTH = frozenset("\u200b\u2060\ufeff")
# What a ditto mark, or white space before it, begins with.
SUSPECT = (
    frozenset(ditto[0] for ditto in _DITTOS) | _ZERO_WIDTH | frozenset(filter(str.isspace, map(chr, range(0x3001))))
)
_NUMBER = re.compile(r"[(\[]?(?:法人番号:?)?T?[0-9]{13}[)\]]?")
_OF_SEVERAL_LINES = ("address", "number", "officer", "remarks", "negotiated", "method")
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# What several rows of one contract may share by leaving it blank below the first.
SHARED = (
    "title", "works_title", "award_date", "contract_date", "officer", "bureau", "ministry", "agency", "method", "negotiated",
)  # fmt: skip
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
    printed: Row | None = None  # the row as it stands, where anything in it was written out
    borrowed: bool = False  # whether its title is that of the row above

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
    def leaves_title_blank(self) -> bool:
        """Whether the row names a firm and its price, and leaves blank for what and when: the row above says it, if any does."""
        named = self.own("supplier", "supplier_name")
        told = named and self.own("price", "unit_price") and has_form(named)
        return bool(told and not self.title_cell and not self.text("contract_date", "award_date"))

    def goes_on_from(self, above: Record) -> bool:
        """Whether the row goes on with the award in the row above: an address or a number below the supplier's name, or further
        lines of cells that are filled above; never a title, a price or a day.
        """
        texts = own_texts(self.row)
        if not texts or self.own("title", "works_title", *TOLD[2:]) or is_note(texts[0]) or is_total(texts[0]):
            return False
        if supplier := self.own("supplier", "supplier_name"):
            folded = fold(supplier)
            below_name = bool(above.own("supplier", "supplier_name")) and not above.row.is_blank
            return below_name and (starts_address(folded) or _NUMBER.fullmatch(squeeze(folded)) is not None)
        columns = self.layout.columns
        lines = {columns[name] for name in _OF_SEVERAL_LINES if name in columns}
        filled = [at for at, cell in enumerate(self.row.cells) if cell.text.strip() and not cell.covered]
        return all(at in lines and above.row.cells[at : at + 1] and above.row.cells[at].text.strip() for at in filled)

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
        if above is None or above.layout.columns != self.layout.columns:
            return self
        dittos = [is_ditto(cell.text) for cell in self.row.cells]
        if not any(dittos):
            return self
        # In a file read in batches, the rows above may be narrower or wider; what one lacks is empty.
        pairs = zip_longest(self.row.cells, above.row.cells, dittos, fillvalue=EMPTY)
        cells = tuple(upper if ditto is True else cell for cell, upper, ditto in pairs)
        return self._replace(row=Row(self.row.number, cells), printed=self.row)

    def of_same_title(self, above: Record) -> Record:
        """The record with what it leaves blank of its contract, as the rows of one contract do, from the record above it."""
        shared = {above.layout.columns[name] for name in SHARED if name in above.layout.columns}
        cells = tuple(
            above.row.cells[at] if at in shared and at < len(above.row.cells) and not cell.text.strip() else cell
            for at, cell in enumerate(self.row.cells)
        )
        return self._replace(row=Row(self.row.number, cells), printed=self.row, borrowed=True)

    def with_sums_apart(self) -> Record:
        """The record with the firms and their sums, which its supplier's cell lists together, in the cells of either."""
        name = next((name for name in ("supplier", "supplier_name") if self.text(name)), None)
        price = self.layout.columns.get("price")
        found = priced_firms(self.text(name)) if name else ()
        if name is None or price is None or not 0 < len(found) <= len(CIRCLES):
            return self
        firms = "\n".join(f"{mark}{one.name}" for mark, one in zip(CIRCLES, found, strict=False))
        sums = "\n".join(f"{mark}{one.sum}" for mark, one in zip(CIRCLES, found, strict=False))
        cells = list(self.row.cells)
        cells[self.layout.columns[name]] = cell_of_text(firms)
        cells[price] = cell_of_text("\n".join(filter(None, (said(cells[price].text), sums))))
        return self._replace(row=Row(self.row.number, tuple(cells)), printed=self.printed or self.row)

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
    squeezed = squeeze(text)
    return squeezed in _DITTOS or _DITTO_RUN.fullmatch(squeezed) is not None


def own_texts(row: Row) -> list[str]:
    """The row's texts, those that a merged area repeats left out."""
    return [stripped for _, text, covered in row.cells if text and not covered and (stripped := text.strip())]


def joined(above: Record, below: Record) -> Record:
    """A row cut in two, by the end of a page or by its author, put together: each cell is its upper and its lower half."""
    row = _joined(above.row, below.row)
    return above._replace(row=row, printed=above.printed and _joined(above.printed, below.row))


def _joined(above: Row, below: Row) -> Row:
    cells = []
    for upper, lower in zip_longest(above.cells, below.cells, fillvalue=EMPTY):
        text = "\n".join(filter(None, (upper.text.strip(), lower.text.strip())))
        cells.append(upper if lower.covered or not lower.text.strip() else Cell(text, text))
    return Row(above.number, tuple(cells))
