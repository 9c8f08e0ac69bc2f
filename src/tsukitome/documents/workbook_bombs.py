"""Workbooks that would take more memory than there is: refused before the library that reads them makes room for them."""

from __future__ import annotations

import re
import zipfile

from tsukitome.documents.file import File
from tsukitome.documents.packed import BROKEN_MEMBER, BROKEN_ZIP
from tsukitome.documents.table import MOST_CELLS
from tsukitome.errors import UnreadableError

LIMIT = 1 << 28  # bytes of XML: about two million cells; the cells take many times as much
# What a sheet of more cells than that must have: a column beyond ZZ, or a row of five digits (702 × 9,999 cells are fewer).
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[A-Z]{0,2}[0-9]{5})')
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["'](?:[^<>]*[^<>/])?>(?!<(?:\w+:)?v\s*/>|</)"""
)


def refuse_bomb(file: File) -> None:
    """Raises UnreadableError for a workbook that inflates beyond what a spreadsheet program would open."""
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except BROKEN_ZIP:
        return  # the workbook reader says what is wrong with it
    if size > LIMIT:
        raise UnreadableError(file.shown, f"inflates to more than {LIMIT >> 20} MiB. Save its sheets as CSV.")


def refuse_far_cells(file: File) -> None:
    """Raises UnreadableError for a workbook (xlsx) with a sheet whose filled cells lie in more than :data:`MOST_CELLS`, from A1 to
    the last column and row. The reader makes room for all of it: a kilobyte can ask for hundreds of gigabytes.
    """
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    _refuse_area(file, archive.read(info))
    except BROKEN_MEMBER:
        return  # the workbook reader says what is wrong with it


def _refuse_area(file: File, sheet: bytes) -> None:
    if _FAR.search(sheet) is None and not (b"'" in sheet and b" r='" in sheet):
        return
    filled = _FILLED.findall(sheet)  # rows and cells that only have a look are no part of what is read
    rows = max((int(row) for _, row in filled), default=0)
    columns = max((_column_number(name) for name in {name for name, _ in filled}), default=0)
    if rows * columns > MOST_CELLS:
        raise UnreadableError(
            file.shown,
            f"has a sheet of {rows:,} rows and {columns:,} columns, nearly all of them empty. Save what is filled as CSV.",
        )


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = 26 * number + letter - 64
    return number
