"""Any file that can hold tables, told apart by its first bytes rather than by its name."""

from __future__ import annotations

import re

from tsukitome.documents.delimited import read_delimited
from tsukitome.documents.file import File
from tsukitome.documents.html import read_html
from tsukitome.documents.pdf import read_pdf_tables
from tsukitome.documents.table import Tables
from tsukitome.documents.workbook import read_workbook
from tsukitome.errors import UnreadableError

_HTML = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|meta|\?xml|!--)", re.I)


def read_tables(file: File) -> Tables:
    """The tables of a workbook, CSV, TSV, HTML page or PDF.

    The bytes decide: sites offer HTML pages and CSV files under the name ``.xls``. Raises UnreadableError.
    """
    if file.data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_workbook(file)
    if file.data[:1024].lstrip().startswith(b"%PDF-"):
        return read_pdf_tables(file)
    if _HTML.match(file.data[:1024]):
        return read_html(file)
    try:
        return read_delimited(file)
    except UnreadableError:
        if file.suffix in {".xlsx", ".xlsm", ".xlsb"}:
            return read_workbook(file)  # raises: no workbook has other first bytes
        raise
