"""The report as a workbook for a spreadsheet: nothing in it is a formula, and nothing is a link."""

from __future__ import annotations

import datetime as dt
import io
import re

from tsukitome.language import Language
from tsukitome.reporting.inert import visible
from tsukitome.reporting.report.dossier import Dossier
from tsukitome.reporting.report.sheets import Sheet, Value, sheets

_MADE = dt.datetime(2000, 1, 1)  # a workbook states when it was made; the same case has to give the same bytes
_WIDEST, _LONGEST = 60, 32_000  # characters of a column, and of a cell (Excel holds 32,767)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def workbook(dossier: Dossier, language: Language) -> bytes:
    """The bytes of an xlsx file."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": "tsukitome", "created": _MADE})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets(dossier, language):
        page = book.add_worksheet(_NOT_IN_NAMES.sub(" ", sheet.name)[:31])
        for column, name in enumerate(sheet.columns):
            page.write_string(0, column, name, head)
            page.set_column(column, column, _width(sheet, column))
        for row, values in enumerate(sheet.rows, start=1):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    page.write_string(row, column, visible(value)[:_LONGEST], body)
                elif value is not None:
                    page.write_number(row, column, value, body)
        page.freeze_panes(1, 0)
        page.set_paper(9)  # A4
        page.set_landscape()
        page.fit_to_pages(1, 0)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return stream.getvalue()


def _width(sheet: Sheet, column: int) -> int:
    cells: list[Value] = [sheet.columns[column], *(row[column] for row in sheet.rows)]
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=8)
    return min(max(int(longest * 1.4) + 2, 8), _WIDEST)
