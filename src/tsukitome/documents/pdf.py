"""PDF pages as tables: those that are ruled, cell by cell."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tsukitome.documents.file import File
from tsukitome.documents.pdf_bombs import TABLES_A_MIB, TOO_LONG, Patience, refuse_bombs
from tsukitome.documents.table import EMPTY, Cell, Table, Tables, table_of
from tsukitome.errors import UnreadableError

_NO_TEXT = (
    "holds no text that a program can read (a scanned picture). Read it by eye, or run a text recognition over it."
)
_TOO_MUCH = "holds more than a page can print: its tables are missing."
# What a page may hold: its text is held with 2 KB a character, and its content read with 200 KB a second. Dense tables have 5,000
# characters and some 100 KB.
_MOST_CHARACTERS, _LARGEST_CONTENT = 50_000, 1 << 21
# Characters nearer than this (in points) belong together; cells of 6-9 point type are letter-spaced by up to half of it.
_X_TOLERANCE = 3
# A number that the cell's edge broke inside a group of three digits (182,54 / 7,000).
_BROKEN_NUMBER = re.compile(r"(,[0-9]{0,2})\n(?=[0-9])")


def read_pdf_tables(file: File) -> Tables:
    """The ruled tables of a PDF, page by page; ``unreadable`` names each page that holds no text.

    Rows count on their page's table, from 1. A table that goes on over pages is one table a page: the reader of awards
    joins them. Raises UnreadableError for a file that is no PDF, damaged, locked by a password, or a bomb.
    """
    with _opened(file) as document:
        return _tables(file, document, len(document.pages))


def open_pages(file: File) -> Iterator[Any]:
    """The pages of a PDF that hold text and can be taken apart in time, as the library gives them. Raises UnreadableError as
    :func:`read_pdf_tables` does.
    """
    with _opened(file) as document:
        patience = Patience(file, TABLES_A_MIB)
        for page in document.pages:
            if not patience.is_over and _objection(file, page) is None and page.chars:
                yield page
            page.close()


@contextmanager
def _opened(file: File) -> Iterator[Any]:
    import pdfplumber

    refuse_bombs(file)

    # It tells the user of every oddity of a file that it can read.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(file.data)) as document:
            yield document
    except UnreadableError:
        raise
    except Exception as error:  # pdfminer raises errors of many kinds on damaged files, its own and Python's
        locked = "password" in type(error).__name__.lower() or "password" in repr(error).lower()
        reason = "is locked by a password. Save a copy without one." if locked else "is no PDF, or is damaged."
        raise UnreadableError(file.shown, reason) from error


def _tables(file: File, document: Any, pages: int) -> Tables:
    patience = Patience(file, TABLES_A_MIB)
    tables: list[Table] = []
    unreadable: list[tuple[str, str]] = []
    for number in range(1, pages + 1):
        page = document.pages[number - 1]
        if reason := TOO_LONG if patience.is_over else _objection(file, page):
            unreadable.append((f"page {number}", reason))
        elif not page.chars and not (page.images or page.rects or page.curves or page.lines):
            pass  # a blank page
        elif not page.chars:
            unreadable.append((f"page {number}", _NO_TEXT))
        else:
            tables.extend(_page_tables(page, number))
        page.close()  # frees the page's parsed objects; a table of a year has hundreds of pages
    return Tables(tuple(tables), tuple(unreadable))


def _objection(file: File, page: Any) -> str | None:
    """Why a page's content is not taken apart, if it is not: the library holds all of it."""
    from pdfminer.pdftypes import stream_value

    content = sum(len(stream_value(part).get_data()) for part in page.page_obj.contents)
    if content > _LARGEST_CONTENT or (
        content > _MOST_CHARACTERS and _characters(file, page.page_number) > _MOST_CHARACTERS
    ):
        return _TOO_MUCH
    return None


def _characters(file: File, number: int) -> int:
    """How many characters a page prints."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(file.data)
    try:
        text = document[number - 1].get_textpage()
        count: int = text.count_chars()
        return count
    except pypdfium2.PdfiumError:
        return 0
    finally:
        document.close()


def _page_tables(page: Any, number: int) -> list[Table]:
    found = page.find_tables()
    tables, top = [], 0.0
    for nth, table in enumerate(found, start=1):
        heading = _text_between(page, top, table.bbox[1])
        texts = table.extract(x_tolerance=_X_TOLERANCE)
        sheet = f"table {nth}" if len(found) > 1 else None
        tables.append(table_of(_rows(texts, table.rows), sheet=sheet, page=number, heading=heading))
        top = table.bbox[3]
    return tables


def _text_between(page: Any, top: float, bottom: float) -> str:
    top, bottom = max(top, page.bbox[1]), min(bottom, page.bbox[3])
    if bottom - top < 1:
        return ""
    return page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text(x_tolerance=_X_TOLERANCE) or ""


def _rows(texts: list[list[str | None]], rows: list[Any]) -> list[list[Cell]]:
    """Rows of cells. A place without a cell of its own shows the one that covers it: from above, else from the left."""
    filled: list[list[Cell]] = []
    bottoms: dict[int, float] = {}  # column → where the last cell that began in it ends
    for line, row in zip(texts, rows, strict=True):
        shown: list[Cell] = []
        top = row.bbox[1]
        for column, (text, box) in enumerate(zip(line, row.cells, strict=True)):
            if box is not None:
                bottoms[column] = box[3]
                shown.append(_cell(text or ""))
            elif filled and bottoms.get(column, 0.0) > top + 1:
                shown.append(filled[-1][column].cover())
            else:
                shown.append(shown[-1].cover() if shown else EMPTY)
        filled.append(shown)
    return filled


def _cell(text: str) -> Cell:
    text = _BROKEN_NUMBER.sub(r"\1", text)
    return Cell(text, text) if text else EMPTY
