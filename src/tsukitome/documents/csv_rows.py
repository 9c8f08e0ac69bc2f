"""CSV text row by row, each with the number that a spreadsheet shows and the words as printed: for files too big for a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from tsukitome.documents.table import LONGEST_CELL, too_long

# The csv module stops at 128 KiB a field; junk goes beyond that, and the rows below it have to be read all the same.
_LONGEST_FIELD = 1 << 26


class CsvRow(NamedTuple):
    """A row: its number (the first is 1; blank rows count), its cells, and how it is printed in the file.

    ``problem`` is set, and ``cells`` is empty, where the row can't be taken apart.
    """

    number: int
    cells: tuple[str, ...]
    printed: str
    problem: str | None = None


def csv_rows(text: str, separator: str = ",") -> Iterator[CsvRow]:
    """The rows of a CSV text, one at a time; a line break inside quotation marks starts no row."""
    return csv_rows_of(physical_lines(text.removeprefix("\ufeff")), separator)


def csv_rows_of(lines: Iterable[str], separator: str = ",", first: int = 1) -> Iterator[CsvRow]:
    """The rows of a text's lines, which have their ends; the first row has the number ``first``."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    reader = csv.reader(feed(), delimiter=separator)
    for number in count(first):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield CsvRow(number, (), "".join(taken).rstrip("\r\n"), str(error))
        else:
            printed = taken[0] if len(taken) == 1 else "".join(taken)
            longest = max(map(len, cells), default=0) if len(printed) > LONGEST_CELL else 0
            if longest > LONGEST_CELL:
                yield CsvRow(number, (), printed.rstrip("\r\n"), too_long(longest).rstrip("."))
            else:
                yield CsvRow(number, tuple(cells), printed.rstrip("\r\n"))
        taken.clear()


def physical_lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends (LF, CRLF, or CR where there is no LF), without a second copy of the text."""
    end_of_line = "\n" if "\n" in text else "\r"
    start = 0
    while (end := text.find(end_of_line, start)) >= 0:
        yield text[start : end + 1]
        start = end + 1
    if start < len(text):
        yield text[start:]
