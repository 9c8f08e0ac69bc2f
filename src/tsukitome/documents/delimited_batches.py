"""Large CSV and TSV files in batches of whole rows, without the file's text ever standing in memory as a whole.

Borders are found in the bytes: a line break is a row's end where an even number of quotation marks stands before it. Whoever
takes a batch apart checks that it is so (:class:`CutError`), since a stray mark inside an unquoted cell counts for nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import overload

from tsukitome.documents.csv_rows import CsvRow, csv_rows_of, physical_lines
from tsukitome.documents.delimited import END, LONGEST_FIELD, records_of, separator_of
from tsukitome.documents.file import File
from tsukitome.documents.lines import encoding_of
from tsukitome.documents.table import EMPTY, LONGEST_CELL, Row, cell_of_text

AHEAD = 3  # rows below a batch that come with it: a header that begins on its last row may have that many more
_ALL_BUT_MARKS = bytes(set(range(256)) - set(b'\n"'))
_ROW_BYTES = 320  # about what a row of a contract table has in UTF-8


class CutError(Exception):
    """A batch that ends inside a row, by a quotation mark that is none."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a file as bytes: ``count`` from row number ``first`` on, and in ``ahead`` up to AHEAD rows that follow them.

    ``start`` is where its bytes begin in the file. It can be sent to another process.
    """

    start: int
    first: int
    count: int
    data: bytes = field(repr=False)
    ahead: bytes = field(repr=False)
    encoding: str
    separator: str

    def rows(self) -> list[list[str]]:
        """The texts of the rows, those that follow included; raises CutError."""
        records = _records(self.data.decode(self.encoding), self.separator)
        if len(records) != self.count:
            raise CutError
        return records + _records(self.ahead.decode(self.encoding), self.separator)

    def printed(self) -> list[CsvRow]:
        """The rows without those that follow, each as :func:`~tsukitome.documents.csv_rows.csv_rows` gives it; raises CutError."""
        text = self.data.decode(self.encoding)
        lines = text.removesuffix("\n").split("\n")
        if len(lines) == self.count and max(map(len, lines)) <= LONGEST_CELL:
            records = _records_of_lines(lines, self.separator)
            if len(records) == len(lines):
                rows = (map(tuple, records), (line.rstrip("\r") for line in lines))
                return list(map(CsvRow, count(self.first), *rows))
        if len(_records(text, self.separator)) != self.count:
            raise CutError
        return list(csv_rows_of(physical_lines(text), self.separator, self.first))


class TextRows(Sequence[Row]):
    """Rows of texts, numbered from ``first`` on and each as wide as the widest, or as ``width``; made when they are asked for."""

    def __init__(self, texts: Sequence[Sequence[str]], first: int, width: int = 0) -> None:
        self.texts, self.first = texts, first
        self.width = max(width, max(map(len, texts), default=0))

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        texts = self.texts[at]
        return Row(self.first + at, (*map(cell_of_text, texts), *(EMPTY,) * (self.width - len(texts))))


def _records(text: str, separator: str) -> list[list[str]]:
    return _records_of_lines(
        io.StringIO(text if text.endswith("\n") or not text else text + "\n", newline=""), separator
    )


def _records_of_lines(lines: Iterable[str], separator: str) -> list[list[str]]:
    limit = csv.field_size_limit(LONGEST_FIELD)
    try:
        records = list(csv.reader(chain(lines, (END,)), delimiter=separator))
    except csv.Error as error:
        raise CutError from error
    finally:
        csv.field_size_limit(limit)
    if records.pop() != [END]:
        raise CutError
    return records


@dataclass(frozen=True, slots=True)
class DelimitedFile:
    """A delimited file that can be read in batches."""

    file: File
    encoding: str
    separator: str

    @classmethod
    def of(cls, file: File) -> DelimitedFile | None:
        """None for a file whose bytes can't be cut: in UTF-16, with other line ends than LF and CRLF, or no text."""
        data = file.data
        encoding = encoding_of(data)
        if encoding is None or encoding == "utf-16" or data.count(b"\r") - data.endswith(b"\r") != data.count(b"\r\n"):
            return None
        return cls(file, encoding, separator_of(data[:80_000].decode(encoding, "ignore")))

    def batches(self, rows: int) -> Iterator[Batch]:
        """The file's rows, about ``rows`` at a time."""
        data, start, first = self.file.data, 0, 1
        while start < len(data):
            border = _row_end(data, start, min(start + rows * _ROW_BYTES, len(data)))
            behind = border
            for _ in range(AHEAD):
                behind = _row_end(data, behind, behind)
            rows_in = _count_rows(data[start:border])
            encoding = self.encoding if start == 0 else self.encoding.removesuffix("-sig")
            yield Batch(start, first, rows_in, data[start:border], data[border:behind], encoding, self.separator)
            start, first = border, first + rows_in

    def rows_from(self, start: int) -> Iterator[list[str]]:
        """The texts of the rows from a byte on where a row begins, the last one a TornRow if it is; raises csv.Error."""
        stream = io.BytesIO(self.file.data)
        stream.seek(start)
        encoding = self.encoding if start == 0 else self.encoding.removesuffix("-sig")
        return records_of(io.TextIOWrapper(stream, encoding, newline=""), self.separator)

    def printed_from(self, batch: Batch) -> Iterator[CsvRow]:
        """The rows from a batch on, one by one, whatever its end is."""
        stream = io.BytesIO(self.file.data)
        stream.seek(batch.start)
        return csv_rows_of(io.TextIOWrapper(stream, batch.encoding, newline="\n"), self.separator, batch.first)


def _count_rows(data: bytes) -> int:
    """The line breaks outside quotation marks, and one for a last line without."""
    marks = data.translate(None, _ALL_BUT_MARKS)
    return sum(map(len, marks.split(b'"')[::2])) + (not data.endswith(b"\n"))


def _row_end(data: bytes, start: int, least: int) -> int:
    """Where the row ends in which the byte before ``least`` stands, or the next one; ``start`` is where a row begins."""
    quoted = data.count(b'"', start, least) % 2 == 1
    at = least
    while True:
        if quoted:
            at = data.find(b'"', at) + 1
            if at == 0:
                return len(data)
            quoted = False
        end = data.find(b"\n", at)
        if end < 0:
            return len(data)
        mark = data.find(b'"', at, end)
        if mark < 0:
            return end + 1
        at, quoted = mark + 1, True
