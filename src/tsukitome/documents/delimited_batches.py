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
from typing import BinaryIO, overload

from tsukitome.documents.csv_rows import CsvRow, csv_rows_of, physical_lines
from tsukitome.documents.delimited import END, LONGEST_FIELD, records_of, separator_of
from tsukitome.documents.file import AnyFile
from tsukitome.documents.lines import encoding_of
from tsukitome.documents.table import EMPTY, LONGEST_CELL, Row, cell_of_text

AHEAD = 3  # rows below a batch that come with it: a header that begins on its last row may have that many more
_ALL_BUT_MARKS = bytes(set(range(256)) - set(b'\n"'))
_ROW_BYTES = 320  # about what a row of a contract table has in UTF-8
_LONGEST_ROW = 1 << 26  # bytes: more hang together only by a quotation mark that is never closed
_LONGEST_LINE = 1 << 24  # characters
_PIECE = 1 << 22


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

    file: AnyFile
    encoding: str
    separator: str

    @classmethod
    def of(cls, file: AnyFile) -> DelimitedFile | None:
        """None for a file whose bytes can't be cut: in UTF-16, with other line ends than LF and CRLF, or no text."""
        returns = _LoneReturns()
        encoding = encoding_of(file, returns.watch)
        if encoding is None or encoding == "utf-16" or returns.number:
            return None
        return cls(file, encoding, separator_of(file.head(80_000).decode(encoding, "ignore")))

    def batches(self, rows: int) -> Iterator[Batch]:
        """The file's rows, about ``rows`` at a time."""
        start, first = 0, 1
        with self.file.open() as stream:
            window = _Window(stream)
            while border := window.row_end(0, rows * _ROW_BYTES):
                behind = border
                for _ in range(AHEAD):
                    behind = window.row_end(behind, behind)
                data, ahead = window.data[:border], window.data[border:behind]
                rows_in = _count_rows(data)
                yield Batch(start, first, rows_in, data, ahead, self._encoding_at(start), self.separator)
                start, first = start + border, first + rows_in
                window.data = window.data[border:]

    def rows_from(self, start: int) -> Iterator[list[str]]:
        """The texts of the rows from a byte on where a row begins, the last one a TornRow if it is; raises csv.Error."""
        with self._text_from(start, "") as text:
            yield from records_of(text, self.separator)

    def printed_from(self, batch: Batch | None = None) -> Iterator[CsvRow]:
        """The rows from a batch on (all of them without one), one by one, whatever its end is."""
        lines = self._lines_from(batch.start if batch else 0)
        yield from csv_rows_of(lines, self.separator, batch.first if batch else 1)

    def lines(self) -> Iterator[str]:
        """The file's lines with their ends; of one too long for anything, its beginning."""
        yield from self._lines_from(0)

    def _lines_from(self, start: int) -> Iterator[str]:
        with self._text_from(start, "\n") as text:
            while line := text.readline(_LONGEST_LINE):
                rest = line
                while len(rest) == _LONGEST_LINE and not rest.endswith("\n"):
                    rest = text.readline(_LONGEST_LINE)
                yield line

    def _text_from(self, start: int, newline: str) -> io.TextIOWrapper:
        stream = self.file.open()
        stream.seek(start)
        return io.TextIOWrapper(stream, self._encoding_at(start), newline=newline)

    def _encoding_at(self, start: int) -> str:
        return self.encoding if start == 0 else self.encoding.removesuffix("-sig")


class _LoneReturns:
    """Counts the carriage returns of a text, piece by piece, behind which no line feed stands; one at the very end is none."""

    number = 0

    def watch(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        self.number = 0
        open_end = False  # the piece before ends with a carriage return
        for piece in pieces:
            self.number += piece.count(b"\r") - piece.count(b"\r\n")
            self.number += open_end and not piece.startswith(b"\n")
            open_end = piece.endswith(b"\r")
            self.number -= open_end
            yield piece


class _Window:
    """What of a stream is held in memory, from the beginning of a row on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._ended = stream, False
        self.data = b""

    def row_end(self, start: int, least: int) -> int:
        """Where the row ends in which the byte before ``least`` stands, or the next one; ``start`` is where a row begins.

        The end of the file ends its last row, and a row that is longer than any can be ends where the window does.
        """
        while True:
            if not self._ended and len(self.data) <= least:
                self._read_on(least - len(self.data))
            end = _row_end(self.data, start, min(least, len(self.data)))
            if end is not None:
                return end
            if self._ended or len(self.data) - start > _LONGEST_ROW:
                return len(self.data)
            self._read_on(len(self.data))

    def _read_on(self, size: int) -> None:
        more = self._stream.read(max(size, _PIECE))
        self._ended = not more
        self.data += more


def _count_rows(data: bytes) -> int:
    """The line breaks outside quotation marks, and one for a last line without."""
    marks = data.translate(None, _ALL_BUT_MARKS)
    return sum(map(len, marks.split(b'"')[::2])) + (not data.endswith(b"\n"))


def _row_end(data: bytes, start: int, least: int) -> int | None:
    """Where the row ends in which the byte before ``least`` stands, or the next one; None where it goes on behind the data."""
    quoted = data.count(b'"', start, least) % 2 == 1
    at = least
    while True:
        if quoted:
            at = data.find(b'"', at) + 1
            if at == 0:
                return None
            quoted = False
        end = data.find(b"\n", at)
        if end < 0:
            return None
        mark = data.find(b'"', at, end)
        if mark < 0:
            return end + 1
        at, quoted = mark + 1, True
