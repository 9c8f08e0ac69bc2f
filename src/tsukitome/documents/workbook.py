"""Workbooks (xlsx, xlsm, xlsb, xls, ods) as tables, by python-calamine: fast, and one reader for old and new files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tsukitome.documents.file import File
from tsukitome.documents.table import MOST_CELLS, Cell, Table, Tables, cell_of_text, table_of, too_many_cells
from tsukitome.documents.workbook_bombs import refuse_far_cells
from tsukitome.documents.xlsx_looks import shown_otherwise
from tsukitome.errors import UnreadableError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB: old xls files, and new ones behind a password
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 2.3.4.1: the stream of an encrypted xlsx

_STRUCK_OUT = "is struck out: its author took it back, and it was not read."


def read_workbook(file: File) -> Tables:
    """Every sheet of a workbook, hidden ones included, with the sheet's own row numbers.

    Formulas give their cached values. Text that is struck out is no part of what is read, and a row of nothing else is
    unreadable; a number whose format prints a unit (千円, @) is the text that it shows. In a merged area every cell gives the
    area's value (:attr:`Cell.covered`). A sheet is unreadable that with those before has more than :data:`MOST_CELLS` cells, what
    its merged areas cover counted once more.
    Raises UnreadableError for a file that is no workbook, cut off, locked by a password, or without a readable sheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if file.data.startswith(_COMPOUND_FILE) and _ENCRYPTED_PACKAGE in file.data:
        raise UnreadableError(file.shown, "is locked by a password. Save a copy without one.")
    refuse_far_cells(file)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        names = workbook.sheet_names
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(file.shown, _reason(error)) from error
    tables, unreadable = [], []
    room = MOST_CELLS
    otherwise = shown_otherwise(file)
    for name in names:
        try:
            sheet = workbook.get_sheet_by_name(name)
            size = _size(sheet)
            if size > room:
                unreadable.append((f"sheet {name}", too_many_cells()))
                continue
            room -= size
            shown = otherwise.get(name, {})
            table = _table(sheet, shown)
            unreadable += [(f"sheet {name}, row {row}", _STRUCK_OUT) for row in _emptied(table, shown)]
            tables.append(table)
        except (CalamineError, OSError, ValueError) as error:
            unreadable.append((f"sheet {name}", _reason(error)))
    if unreadable and not any(table.rows for table in tables):
        raise UnreadableError(file.shown, unreadable[0][1], unreadable[0][0])
    return Tables(tuple(tables), tuple(unreadable))


def _reason(error: Exception) -> str:
    if "password" in str(error).lower():
        return "is locked by a password. Save a copy without one."
    return "is no Excel workbook, or is damaged. Download it again, or save a copy from a spreadsheet program."


class _Cells(dict[Any, Cell]):
    """The cells of a sheet by their values, each made once: most stand in many rows. Equal numbers print the same, be they whole
    ones or not; but True is equal to 1 and does not, nor False as 0 does, so none of these is kept.
    """

    def __missing__(self, value: Any) -> Cell:
        if isinstance(value, str):
            cell = cell_of_text(value)
        else:
            cell = Cell.of(value)
            if value in _EQUAL_TO_BOOLS:
                return cell
        self[value] = cell
        return cell


_EQUAL_TO_BOOLS = (0, 1)


def _size(sheet: CalamineSheet) -> int:
    """The cells of a sheet from A1 to its last, and those that its merged areas cover among them, as often as they do."""
    rows, columns = (last + 1 for last in sheet.end) if sheet.end else (0, 0)
    covered = (
        max(min(bottom + 1, rows) - top, 0) * max(min(right + 1, columns) - left, 0)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return rows * columns + sum(covered)


def _table(sheet: CalamineSheet, shown: Mapping[tuple[int, int], str]) -> Table:
    cells = _Cells()
    rows = [[*map(cells.__getitem__, row)] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), text in shown.items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column].text:
            rows[row][column] = cell_of_text(text)
    _fill_merged(rows, sheet)
    longest = max((len(text) for text in cells if isinstance(text, str)), default=0)
    return replace(table_of(rows, sheet=sheet.name), longest=longest)


def _emptied(table: Table, shown: Mapping[tuple[int, int], str]) -> list[int]:
    """The numbers of the rows in which all that stands is struck out."""
    struck = {row + 1 for (row, _), text in shown.items() if not text}
    left = {row.number for row in table.rows if not row.is_blank} if struck else set()
    return sorted(struck - left)


def _fill_merged(rows: list[list[Cell]], sheet: CalamineSheet) -> None:
    """Gives every cell of a merged area the value of its first cell; areas may reach beyond the rows in use."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(rows) or left >= len(rows[top]) or not rows[top][left].text:
            continue
        covered = rows[top][left].cover()
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                if not row[column].text:
                    row[column] = covered
