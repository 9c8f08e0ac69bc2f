"""What kind of source a file is, told by its contents first and its name second, and its awards.

To add a kind of source, add an entry to ``text_kinds`` or ``table_kinds``: a test on the contents, and a reader.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from tsukitome.documents.file import File
from tsukitome.documents.lines import Line, decode, lines_of
from tsukitome.documents.table import Table
from tsukitome.errors import UnreadableError
from tsukitome.sources.reading import Reading, Refusal

NOT_RECOGNIZED = (
    "is not recognized as a source of awards. Expected are award notices of the gazette (txt, html, pdf), contract tables "
    "(csv, xlsx, xls, html, pdf) or files of 調達ポータル (csv)."
)
_TEXTS_FOR_PEOPLE = frozenset({".md", ".rst"})
_TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"  # xlsx and other zip files; xls
_WORKBOOK_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})


class TextKind(NamedTuple):
    """A kind of source that is told from a document's text. A row of numbers (``by_rows``) is no running text."""

    looks_like: Callable[[str], bool]
    read: Callable[[File, str, Sequence[Line]], Reading]
    by_rows: bool = False


class TableKind(NamedTuple):
    """A kind of source that is told from a document's tables."""

    looks_like: Callable[[Sequence[Table]], bool]
    read: Callable[[File, Sequence[Table]], Reading]


def text_kinds() -> tuple[TextKind, ...]:
    """The kinds read from text, in the order in which they are tried."""
    from tsukitome.sources.gazette import looks_like_gazette, read_gazette
    from tsukitome.sources.portal import looks_like_portal, read_portal

    return (
        TextKind(looks_like_portal, lambda file, text, _: read_portal(file, text), by_rows=True),
        TextKind(looks_like_gazette, lambda file, _, lines: read_gazette(file, lines)),
    )


def table_kinds() -> tuple[TableKind, ...]:
    """The kinds read from tables, in the order in which they are tried."""
    from tsukitome.sources.bid_results import looks_like_bid_results, read_bid_results
    from tsukitome.sources.contract_table import looks_like, read_contract_tables

    return (TableKind(looks_like_bid_results, read_bid_results), TableKind(looks_like, read_contract_tables))


def read_file(file: File) -> Reading:
    """All awards of a file, whatever its kind, and a refusal for each part that gave none.

    A file that is not recognized, damaged or empty gives a Reading with kind None and a refusal that says why.
    """
    try:
        return _read(file)
    except UnreadableError as error:
        return Reading(None, (), (Refusal(file.shown, error.reason, error.place),))


def _read(file: File) -> Reading:
    data = file.data
    if not data.strip(b"\0\t\n\r\f \xef\xbb\xbf"):
        raise UnreadableError(file.shown, "is empty.")
    if file.suffix in _TEXTS_FOR_PEOPLE:
        raise UnreadableError(file.shown, "is a text for people, not a source of awards.")
    if data.startswith(_ZIP) and _is_archive(data):
        raise UnreadableError(file.shown, "is a zip archive. Unpack it, and give the files inside.")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _read_pdf(file)
    if data.startswith((_ZIP, _COMPOUND)):
        return _read_tables(file)
    if data[:256].lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"<"):
        return _read_html(file)
    return _read_text(file)


def _is_archive(data: bytes) -> bool:
    """Whether a zip file is no workbook. A damaged one is left to the workbook reader, which says what is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not _WORKBOOK_PARTS.intersection(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _read_text(file: File) -> Reading:
    """A text file. A name that says it is a table is believed before the text is searched for notices."""
    text = decode(file)
    lines = lines_of(text)
    by_rows = tuple(kind for kind in text_kinds() if kind.by_rows)
    running = tuple(kind for kind in text_kinds() if not kind.by_rows)
    if reading := _of_kinds(by_rows, file, text, lines):
        return reading
    if file.suffix not in _TABLE_SUFFIXES and (reading := _of_kinds(running, file, text, lines)):
        return reading
    reading = _read_tables(file)
    return reading if reading.kind else _of_kinds(running, file, text, lines) or reading


def _of_kinds(kinds: Sequence[TextKind], file: File, text: str, lines: Sequence[Line]) -> Reading | None:
    return next((kind.read(file, text, lines) for kind in kinds if kind.looks_like(text)), None)


def _read_html(file: File) -> Reading:
    """A page by its tables, else by its text."""
    from tsukitome.documents.html_lines import read_html_lines

    try:
        reading = _read_tables(file)
    except UnreadableError:
        reading = Reading(None, (), (Refusal(file.shown, NOT_RECOGNIZED),))
    if reading.kind:
        return reading
    lines = read_html_lines(file)
    text = "\n".join(line.text for line in lines)
    return _of_kinds(tuple(kind for kind in text_kinds() if not kind.by_rows), file, text, lines) or reading


def _read_pdf(file: File) -> Reading:
    """A PDF of running text by its lines, any other by its ruled tables; pages without text are refused by number."""
    from tsukitome.documents.pdf_lines import read_pdf_lines

    document = read_pdf_lines(file)
    running = tuple(kind for kind in text_kinds() if not kind.by_rows)
    reading = _of_kinds(running, file, document.text, document.lines)
    if reading is None:
        return _read_tables(file)
    reason = "holds no text that a program can read (a picture): its notices are missing."
    pictures = tuple(Refusal(file.shown, reason, f"page {page}") for page in document.empty_pages)
    return replace(reading, refusals=(*pictures, *reading.refusals))


def _read_tables(file: File) -> Reading:
    from tsukitome.documents.tables import read_tables

    tables = read_tables(file)
    unreadable = tuple(Refusal(file.shown, reason, place) for place, reason in tables.unreadable)
    for kind in table_kinds():
        if kind.looks_like(tables.tables):
            reading = kind.read(file, tables.tables)
            return replace(reading, refusals=(*unreadable, *reading.refusals))
    return Reading(None, (), (*unreadable, Refusal(file.shown, NOT_RECOGNIZED)))
