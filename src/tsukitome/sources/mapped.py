"""Any table by a column map: a file ``NAME.map.toml`` beside it says which column is what (``docs/mapped.md``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tsukitome.awards import Amount, Award, Dates, Source, Supplier
from tsukitome.documents.file import File
from tsukitome.documents.table import Row, Table
from tsukitome.documents.tables import read_tables
from tsukitome.errors import UnreadableError
from tsukitome.normalize.dates import read_date
from tsukitome.normalize.money import read_money_with_warnings
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.award_rate import read_rate
from tsukitome.sources.column_map import Column, ColumnMap, Price
from tsukitome.sources.contract_context import method_of
from tsukitome.sources.contract_title import is_note, is_total
from tsukitome.sources.money_cells import text_amounts
from tsukitome.sources.officer_cell import mask_officials
from tsukitome.sources.open_data import (
    HEADER_AGAIN,
    LONGEST_QUOTE,
    Notes,
    filled,
    one_line,
    read_yen,
    shortened,
    suppliers_of,
)
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.streaming import reading_of
from tsukitome.sources.supplier_cell import read_suppliers
from tsukitome.sources.supplier_lists import CIRCLED

_SEVERAL = 2


def read_mapped(file: File, column_map: ColumnMap) -> Reading:
    """The awards of a file's tables as its column map says; raises UnreadableError where no table has the mapped columns."""
    if column_map.encoding:
        file = _in_encoding(file, column_map)
    tables = read_tables(file)
    unreadable = tuple(Refusal(file.shown, reason, place) for place, reason in tables.unreadable)
    reading = reading_of("mapped", _items(file, tables.tables, column_map))
    return Reading("mapped", reading.awards, (*unreadable, *reading.refusals))


def _in_encoding(file: File, column_map: ColumnMap) -> File:
    """The file in UTF-8, under its own name and hash."""
    assert column_map.encoding is not None
    try:
        text = file.data.decode(column_map.encoding)
    except UnicodeDecodeError as error:
        reason = (
            f"is not in the encoding {column_map.encoding!r} that {column_map.shown} gives. Correct or drop the key."
        )
        raise UnreadableError(file.shown, reason) from error
    return File(file.shown, text.encode("utf-8-sig", "replace"), file.sha256)


def _items(file: File, tables: Sequence[Table], column_map: ColumnMap) -> Iterator[Award | Refusal]:
    found = False
    for index, table in enumerate(tables, start=1):
        if column_map.sheet is not None and table.sheet != column_map.sheet:
            continue
        header = next((row for row in table.rows if row.number == column_map.header_row), None)
        if header is None:
            if not all(row.is_blank for row in table.rows):
                yield Refusal(
                    file.shown,
                    f"ends above row {column_map.header_row}, in which {column_map.shown} has the header.",
                    _place(table, table.rows[0].number),
                )
            continue
        columns = _columns(header, column_map)
        if isinstance(columns, str):
            yield Refusal(file.shown, columns, _place(table, header.number))
            continue
        found = True
        for row in table.rows:
            if row.number <= column_map.header_row or row.is_blank:
                continue
            if row.overlong:
                yield Refusal(file.shown, row.overlong, _place(table, row.number))
            elif row.texts == header.texts:
                yield Refusal(file.shown, HEADER_AGAIN, _place(table, row.number))
            else:
                yield _read_row(_Row(file, table, index, row, columns, column_map))
    if not found:
        wanted = f"sheet {column_map.sheet!r}, " if column_map.sheet is not None else ""
        reason = (
            f"no table has the columns of {column_map.shown} in {wanted}row {column_map.header_row}. Correct the map."
        )
        yield Refusal(file.shown, reason)


def _columns(header: Row, column_map: ColumnMap) -> dict[str, int] | str:
    """Header → column for every mapped header, or the sentence that names the first one missing."""
    known: dict[str, int] = {}
    for at, cell in enumerate(header.cells):
        known.setdefault(squeeze(fold(cell.text)), at)
    columns: dict[str, int] = {}
    for key, printed in column_map.headers():
        if isinstance(printed, int):
            if printed > len(header.cells):
                return f"has no column {printed}, which {column_map.shown} gives for {key}. Correct the map."
            columns[key] = printed - 1
        elif (name := squeeze(fold(printed))) in known:
            columns[key] = known[name]
        else:
            return f"has no column {printed!r}, which {column_map.shown} gives for {key}. Correct the map."
    return columns


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with all that is needed to read it."""

    file: File
    table: Table
    index: int
    row: Row
    columns: dict[str, int]
    column_map: ColumnMap

    def text(self, key: str) -> str:
        """The cell of a mapped field, else the map's constant for it."""
        column: Column | None = self.columns.get(key)
        printed = filled(self.row.cells[column].text) if isinstance(column, int) else ""
        return printed or self.column_map.constants.get(key, "")

    def quote(self) -> str:
        """The cells as printed, without the columns to be left out, officials' names masked."""
        left_out = {self.columns[key] for key in self.columns if key.startswith("leave_out")}
        cells = (cell.text.strip() for at, cell in enumerate(self.row.cells) if at not in left_out and not cell.covered)
        return mask_officials(" | ".join(filter(None, cells)))


def _place(table: Table, row: int) -> str:
    return Source("", "mapped", "", "", page=table.page, sheet=table.sheet, row=row).place


def _read_row(row: _Row) -> Award | Refusal:
    found = Notes()
    title = one_line(row.text("title"))
    first = next((text for text in row.row.texts if text.strip()), "")
    if not title or is_total(title) or is_total(first) or is_note(first):
        reason = "is a sum or a note." if title or is_total(first) or is_note(first) else "names no contract."
        return Refusal(row.file.shown, reason, _place(row.table, row.row.number), row.quote()[:LONGEST_QUOTE])
    dates = Dates(*(_day(row, f"{name}_date", found) for name in ("award", "contract", "notice", "published")))
    if dates == Dates():
        found.note("the row has no date")
    suppliers, labels = _suppliers(row, dates.award or dates.contract, found)
    amounts = tuple(
        amount
        for price in row.column_map.prices
        for amount in _amounts(row, price, labels, 0 if suppliers and not labels else None, found)
    )
    rate, warning = (
        read_rate(row.row.cells[row.columns["award_rate"]], "") if "award_rate" in row.columns else (None, None)
    )
    found.note(warning)
    method = row.text("method")
    return Award(
        award_id=row.file.award_id(f"t{row.index}-r{row.row.number}"),
        title=title,
        buyer=one_line(row.text("buyer")) or None,
        suppliers=suppliers,
        source=Source(
            row.file.shown, "mapped", row.file.sha256, row.quote(),
            page=row.table.page, sheet=row.table.sheet, row=row.row.number,
        ),
        dates=dates,
        amounts=amounts,
        award_rate=rate,
        procurement_method=method_of(method, negotiated=False) if method else None,
        procurement_method_details=one_line(method) or None,
        warnings=tuple(dict.fromkeys(found.warnings)),
    )  # fmt: skip


def _day(row: _Row, key: str, found: Notes) -> dt.date | None:
    reading = read_date(row.text(key))
    found.note(reading.warning and f"{key}: {shortened(reading.warning, 200)}")
    return reading.date


def _suppliers(row: _Row, on: dt.date | None, found: Notes) -> tuple[tuple[Supplier, ...], tuple[str | None, ...]]:
    """The suppliers of a row, and the circled numbers that they bear where the cell lists several: ①…②…"""
    name, address, number = row.text("supplier"), row.text("address"), row.text("corporate_number")
    if len(CIRCLED.findall(name)) < _SEVERAL:
        return suppliers_of(name, number, found, address=address, on=on), ()
    parties = read_suppliers(name, address if "address" in row.columns else None, number, on)
    found.warnings += parties.warnings
    return parties.suppliers, parties.labels


def _amounts(
    row: _Row, price: Price, labels: Sequence[str | None], supplier: int | None, found: Notes
) -> tuple[Amount, ...]:
    """The amounts of a price's cell: one plain number, or what the words beside its numbers make of them.

    ``labels`` are the circled numbers of the suppliers, by which such a cell may print an amount for each of them.
    """
    printed = filled(row.row.cells[row.columns[price.key]].text)
    if not printed:
        return ()
    if any(label and label in printed for label in labels):
        return tuple(text_amounts(printed, price.role, price.unit, price.tax, labels, found.warnings))
    whole = None if price.role == "reserve_price" else supplier
    yen, refused = read_yen(printed, price.unit)
    if yen:
        return (Amount(price.role, yen, printed, price.tax, whole),)
    if yen == 0:
        found.note(f"amount {printed!r} stands for no price")
        return ()
    money = read_money_with_warnings(printed[:2_000], price.role, price.unit)
    if not money.mentions or _is_refused_number(refused):
        found.note(refused)
        return ()
    for warning in money.warnings:
        found.note(warning)
    return tuple(
        Amount(mention.role, mention.yen, mention.quote, mention.tax or price.tax, whole) for mention in money.mentions
    )


def _is_refused_number(reason: str | None) -> bool:
    """Whether a cell is a number that is refused, rather than words with numbers."""
    return reason is not None and "is no number" not in reason
