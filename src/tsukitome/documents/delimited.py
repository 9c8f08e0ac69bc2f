"""CSV and TSV files as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from tsukitome.documents.file import File
from tsukitome.documents.lines import decode
from tsukitome.documents.table import Table, Tables, cell_of_text, table_of
from tsukitome.errors import UnreadableError

# The csv module stops at 128 KiB, which a reason for a negotiated contract can't reach but junk does.
LONGEST_FIELD = 1 << 24
MOST_ROWS = 1 << 20  # of a table that is held as a whole; that many a worksheet can have
END = "\0end"  # a row that no file holds: it comes out whole if the rows before it were


def read_delimited(file: File) -> Tables:
    """The one table of a CSV or TSV file; rows count records, as a spreadsheet shows them (a quoted line break is none).

    Encodings are those of :func:`~tsukitome.documents.lines.decode`. Raises UnreadableError for what is no text or has a
    quotation mark that is never closed.
    """
    return Tables((delimited_table(decode(file), file.shown),))


def delimited_table(text: str, shown: str = "text") -> Table:
    """A CSV or TSV text as a table; ``shown`` names the file in an error."""
    separator = separator_of(text)
    limit = csv.field_size_limit(LONGEST_FIELD)
    records: list[list[str]] = []
    blank: list[list[str]] = []  # rows that are kept only if something stands below them
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(records) + len(blank) < MOST_ROWS:
                blank.append(record)
            elif any(record):
                raise UnreadableError(
                    shown, f"has more than {MOST_ROWS:,} rows, more than a sheet can. Give it in parts."
                )
            if any(record):
                records += blank
                blank.clear()
    except csv.Error as error:
        raise UnreadableError(shown, f"is no table of comma-separated values ({error}).") from error
    finally:
        csv.field_size_limit(limit)
    return table_of([list(map(cell_of_text, record)) for record in records])


class TornRow(list[str]):
    """The last row of a text that ends inside quotation marks: what its last cell holds is cut, or swallowed the rows below."""


def records_of(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    """The records of a text's lines, the last one as a TornRow where the text ends inside quotation marks; raises csv.Error."""
    records = csv.reader(chain(lines, (END,)), delimiter=separator)
    while True:
        some: list[list[str]] = []
        limit = csv.field_size_limit(LONGEST_FIELD)
        try:
            some.extend(islice(records, 1000))  # what is read before an error is kept
        except csv.Error:
            yield from some
            raise
        finally:
            csv.field_size_limit(limit)
        if not some:
            return
        last = some.pop()
        yield from some
        if last and last[-1].endswith(END):
            if last != [END]:
                yield TornRow([*last[:-1], last[-1].removesuffix(END)])
            return
        yield last


def separator_of(text: str) -> str:
    """The one of comma, tab and semicolon that is most frequent in the beginning of the text; a comma if none occurs."""
    beginning = text[:20_000]
    return max(",\t;", key=beginning.count)
