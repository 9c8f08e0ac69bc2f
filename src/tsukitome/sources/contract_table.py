"""Contract tables of ministries, agencies and cities (公共調達の適正化, 財計第2017号, 2006-08-25), one award a row.

Four forms: competitive or negotiated × works or goods and services, from any format that has cells. A row is an award if
it has a title and anything of a supplier, a day or a price; every other row is a header, a note, a sum, or is refused
with its reason. Personal names of officials are read past and kept nowhere.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from tsukitome.awards import Source
from tsukitome.documents.delimited import TornRow, records_of, separator_of
from tsukitome.documents.delimited_batches import AHEAD, TextRows
from tsukitome.documents.file import File
from tsukitome.documents.lines import decode
from tsukitome.documents.table import EMPTY, Cell, Row, Table
from tsukitome.sources.contract_award import award_of
from tsukitome.sources.contract_context import Context, told_below
from tsukitome.sources.contract_lines import (
    heads_a_table,
    holds_sum,
    is_aside,
    is_column_numbers,
    is_one_area,
    is_rest_of_title,
    is_sum,
    is_surely_award,
    nobody_won,
    notes_below,
    says_heading_again,
)
from tsukitome.sources.contract_quick import QuickReader
from tsukitome.sources.contract_record import TOLD, Record, joined, own_texts
from tsukitome.sources.headers import Layout, first_layout, layout_at
from tsukitome.sources.officer_cell import labels_official
from tsukitome.sources.plain_award import Awards, PlainAward, spot
from tsukitome.sources.reading import Reading, Refusal, sums_reason
from tsukitome.sources.without_awards import why_no_awards

_DELIMITED = (".csv", ".tsv")
_FEWEST, _MOST_CELLS = 16, 1 << 16  # rows, and cells, that are looked at together


def looks_like(tables: Sequence[Table]) -> bool:
    """Whether any of a file's tables has the header of a contract table (never one with a row for each bidder)."""
    return any(first_layout(table.rows) is not None for table in tables)


def read_contract_tables(file: File, tables: Sequence[Table]) -> Reading:
    """Every award in a file's tables, with a refusal for each row and table that gave none.

    A table without a header of its own goes on from the one before where it is as wide (a PDF's next page).
    """
    reader = TableReader(file)
    for index, table in enumerate(tables, start=1):
        reader.read(table, index)
    reader.refuse_cut_row()
    return Reading("contract_table", reader.awards(), tuple(reader.refusals))


def ends_in_quotation(file: File) -> bool:
    """Whether a delimited file ends inside quotation marks."""
    if file.suffix not in _DELIMITED or b'"' not in file.data:
        return False
    text = decode(file)
    try:
        last = deque(records_of(io.StringIO(text, newline=""), separator_of(text)), maxlen=1)
    except csv.Error:
        return False
    return bool(last) and isinstance(last[0], TornRow)


@dataclass(slots=True)
class TableReader:
    """Reads tables one after the other; a layout lasts until the next header.

    ``records`` are the rows of awards, plain ones as the awards that they are. ``plainly`` may be switched off, and nothing is
    different but the time that it takes: the plain reader is held to the other one.
    """

    file: File
    records: list[Record | PlainAward] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    layout: Layout | None = None
    width: int = 0
    context: Context = field(default_factory=Context)
    first_on_page: bool = False
    above: Record | None = None  # the row of the last award before a batch of a larger table
    header_until: int = 0
    sums: int = 0  # rows of sums so far in this table
    asked_above: bool = False  # whether a ditto mark pointed to the row above the first award of these rows
    plainly: bool = True
    quick: QuickReader | None = None
    last: tuple[Sequence[Row], int, Table, int, Layout, Context] | None = (
        None  # of the last record, if it is a plain one
    )

    def awards(self) -> Awards:
        """The awards so far."""
        entries = [record if isinstance(record, PlainAward) else award_of(self.file, record) for record in self.records]
        return Awards(self.file, "contract_table", entries)

    def read(self, table: Table, index: int) -> None:
        width = len(table.rows[0].cells) if table.rows else 0
        goes_on = self.layout is not None and table.page is not None and width == self.width
        if not goes_on:
            self.layout = None
            if table.page is None and not (table.sheet or "").startswith("table "):
                self.context = Context()  # a sheet has a title of its own; pages and a page's tables share one
        for line in filter(None, (table.sheet, *table.heading.splitlines())):
            self.context = self.context.told([line]).in_part([line])
        self.context = told_below(self.context, notes_below(table.rows))
        self.width, self.first_on_page = width, goes_on
        self.header_until = -1  # a sheet of labels has its header above row 1
        self.read_rows(table.rows, len(table.rows), table, index)
        self.refuse_sums(table.place or f"table {index}")
        if self.layout is None and table.rows:
            reason = why_no_awards(table) or "no header of a contract table was found."
            self.refusals.append(Refusal(self.file.shown, reason, table.place or f"table {index}"))

    def read_rows(self, rows: Sequence[Row], count: int, table: Table, index: int) -> None:
        """Reads the first ``count`` rows; a header that begins in them may end in the rows behind."""
        printed: Sequence[Sequence[Cell | str]]
        numbers: Sequence[int]
        blank: Cell | str
        if isinstance(rows, TextRows):
            printed, numbers, blank, width = rows.texts, range(rows.first, rows.first + len(rows)), "", rows.width
        else:
            printed, numbers, blank = [row.cells for row in rows], [row.number for row in rows], EMPTY
            width = max(map(len, printed), default=0)
        at, ahead = 0, _FEWEST
        while at < count:
            if self.layout is None or not self.plainly or table.page is not None:
                self._read_row(rows, at, table, index)
                at += 1
                continue
            quick = self._quick_reader(self.layout)
            end = min(at + ahead, count)
            for award in quick.awards(printed[at : end + 1], numbers[at:end], index, table.sheet, blank):
                if award is not None and award.row > self.header_until:
                    self.records.append(award)
                    self.last = rows, at, table, index, quick.layout, quick.context
                else:
                    self._read_row(rows, at, table, index)
                at += 1
                if self.layout is not quick.layout or self.context is not quick.context:
                    break
            # What the columns say has to be asked anew behind a header, or a line that tells of the rows below it.
            ahead = max(min(2 * ahead, _MOST_CELLS // max(width, 1)), 1) if at == end else _FEWEST

    def _quick_reader(self, layout: Layout) -> QuickReader:
        if self.quick is None or self.quick.layout is not layout or self.quick.context is not self.context:
            self.quick = QuickReader(layout, self.context)
        return self.quick

    def _read_row(self, rows: Sequence[Row], at: int, table: Table, index: int) -> None:
        row = rows[at]
        if row.number <= self.header_until or row.is_blank:
            return
        if reason := row.overlong:
            self.refusals.append(Refusal(self.file.shown, reason, f"row {row.number}"))
            return
        layout = None if self.layout and holds_sum(row, self.layout) else layout_at(rows, at)
        if layout is not None:
            self.layout = layout.of_changes() if self.context.changes else layout
            self.header_until = layout.rows[-1]
        elif self.layout is None:
            self.context = self.context.headed_by(own_texts(row), row.number)
        else:
            self._body_row(rows, at, table, index)

    def last_record(self) -> Record | None:
        """The row of the last award, in these rows or above them."""
        if not self.records:
            return self.above
        if isinstance(last := self.records[-1], Record):
            return last
        assert self.last is not None
        rows, at, table, index, layout, context = self.last
        return Record(rows[at], table, spot(index, table.page, rows[at].number), layout, context)

    def _body_row(self, rows: Sequence[Row], at: int, table: Table, index: int) -> None:
        assert self.layout is not None
        row = rows[at]
        record = Record(row, table, spot(index, table.page, row.number), self.layout, self.context)
        if record.has_dittos:
            self.asked_above = self.asked_above or not self.records
            record = record.without_dittos(self.last_record())
        if record.leaves_title_blank and table.page is None:
            self.asked_above = self.asked_above or not self.records
            above = self.last_record()
            if (
                above is not None
                and above.layout is record.layout
                and row.number - 1 in (above.row.number, self.header_until)
            ):
                record = record.of_same_title(above)
        if table.page is None and is_surely_award(record):
            self._keep(record, rows, at)
            return
        texts = own_texts(row)
        if not texts or is_column_numbers(texts):
            return
        above = self.last_record() if self.records else None
        if above and self._continues(record, above):
            self.records[-1] = joined(above, record)
        elif is_sum(record, texts):
            self.sums += len(texts) > 1
        elif labels_official(texts[0]) and not record.is_whole:
            self._refuse(record, "a line about officials, whose names are not kept.", quoted=False)
        elif is_aside(record, texts):
            if not record.tells or is_one_area(record, texts[0]):
                self.context = self.context.told(texts).in_part(texts)
        elif says_heading_again(texts, self.context.headings):
            return
        elif not record.title_cell:
            self._refuse(record, "a row without a title.")
        elif not record.tells and len(texts) == 1 and heads_a_table(rows, at):
            self.context = self.context.told(texts)
        elif not record.tells:
            self._refuse(record, "a row with a title, but without supplier, day or price.")
        elif self._repeats_above(record):
            return
        elif nobody_won(record):
            self._refuse(record, "a tender: nobody won it.")
        else:
            self._keep(record, rows, at)
        self.first_on_page = False

    def _keep(self, record: Record, rows: Sequence[Row], at: int) -> None:
        """Keeps a record, with the rows below that go on with it."""
        for below in rows[at + 1 : at + 1 + AHEAD] if record.table.page is None else ():
            more = Record(below, record.table, record.place, record.layout, record.context)
            if not (more.goes_on_from(record) or is_rest_of_title(more, record)):
                break
            record = joined(record, more)
            self.header_until = below.number
        self.records.append(record)

    def refuse_sums(self, place: str) -> None:
        """Says how many rows of sums there were since this was last called."""
        if self.sums:
            self.refusals.append(Refusal(self.file.shown, sums_reason(self.sums), place))
        self.sums = 0

    def refuse_cut_row(self) -> None:
        """Refuses the last award of a delimited file that ends inside quotation marks: what its last cell holds is cut."""
        workbook = self.file.data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))  # under the name of a delimited file
        if not self.records or workbook or not ends_in_quotation(self.file):
            return
        last = self.last_record()
        if last and last.row.number == max(row.number for row in last.table.rows):
            self.records.pop()
            self.refuse_cut(last)

    def refuse_cut(self, record: Record) -> None:
        """Refuses a row whose last cell is cut, or has swallowed the rows below; that cell is not quoted."""
        cells = list(record.row.cells)
        cut = max((at for at, cell in enumerate(cells) if cell.text), default=0)
        cells[cut:] = [EMPTY] * (len(cells) - cut)
        whole = record._replace(row=Row(record.row.number, tuple(cells)))
        self._refuse(whole, "a row whose quotation mark is never closed: the file may be cut here.")

    def _refuse(self, record: Record, reason: str, *, quoted: bool = True) -> None:
        place = Source("", "contract_table", "", "", page=record.table.page, sheet=record.table.sheet,
                       row=record.row.number).place  # fmt: skip
        self.refusals.append(Refusal(self.file.shown, reason, place, record.quote() if quoted else None))

    def _repeats_above(self, record: Record) -> bool:
        """Whether the row only lengthens the award above: all that tells of it is merged with the row before."""
        for name in ("title", "works_title", *TOLD):
            cell = record.cell(name)
            if not cell.covered and cell.text.strip():
                return False
        return bool(self.records)

    def _continues(self, record: Record, above: Record) -> bool:
        """Whether the first row of a page is the rest of the last row of the page before, cut by the page's end.

        Each half then lacks what stands on one line in a whole row: one of them has no day, and no field of one line has
        a value in both.
        """
        if not (self.first_on_page and record.table.page):
            return False
        single = [
            name
            for name in ("contract_date", "award_date", "price", "reserve", "rate")
            if name in record.layout.columns
        ]
        both = [name for name in single if above.text(name) and record.text(name)]
        missing = [name for name in single[:1] if not (above.text(name) and record.text(name))]
        return bool(missing) and not both and above.table.page == record.table.page - 1
