"""Records that are printed over two rows, under a header of two rows, put side by side: one row a record.

The upper row of the header names some columns and the lower one others (契約相手方名称 over 契約相手方住所), and so do the two rows
of each record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tsukitome.documents.table import EMPTY, Cell, Row, Table
from tsukitome.sources.contract_record import own_texts
from tsukitome.sources.contract_title import is_note, is_total
from tsukitome.sources.headers import TITLES, field_of, header_key

_DIGIT = re.compile("[0-9０-９]")
_DEPTH = 40  # rows from the top among which the header is looked for
_COLUMNS = 2  # columns at least that both rows of such a header name


def put_together(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, each record of two rows in one."""
    for table in tables:
        at = _header_at(table.rows)
        yield table if at is None else replace(table, rows=tuple(_joined(table.rows, at)))


def _fields(row: Row) -> dict[int, str]:
    """The fields that the cells of a row name, by column; none for a cell that only repeats a merged one."""
    return {
        at: field
        for at, (value, text, covered) in enumerate(row.cells)
        if isinstance(value, str) and not covered and text.strip() and (field := field_of(header_key(text)))
    }


def _header_at(rows: Sequence[Row]) -> int | None:
    """The place of the first row of such a header; None where the first header is another one."""
    for at, row in enumerate(rows[:_DEPTH]):
        upper = _fields(row)
        if len(upper) < _COLUMNS + 1 or TITLES.isdisjoint(upper.values()):
            continue
        if at + 2 >= len(rows):
            return None
        lower = _fields(rows[at + 1]) if not any(_DIGIT.search(text) for text in own_texts(rows[at + 1])) else {}
        both = [column for column in upper.keys() & lower.keys() if upper[column] != lower[column]]
        return at if len(both) >= _COLUMNS and set(lower.values()).isdisjoint(TITLES) else None
    return None


def _joined(rows: Sequence[Row], at: int) -> Iterator[Row]:
    """The rows with the header's two, and those of each record, side by side; a line that stands alone stays one."""
    width = len(rows[at].cells)
    empty = (EMPTY,) * width
    for row in rows[:at]:
        yield Row(row.number, (*row.cells, *empty))
    upper: Row | None = None
    for row in rows[at:]:
        texts = own_texts(row)
        if upper is not None and texts:
            yield Row(upper.number, (*upper.cells, *_without_repeated(row)))
            upper = None
        elif len(texts) < _COLUMNS or is_total(texts[0]) or is_note(texts[0]):
            yield Row(row.number, (*row.cells, *empty))
        else:
            upper = row
    if upper is not None:
        yield Row(upper.number, (*upper.cells, *empty))


def _without_repeated(row: Row) -> Iterator[Cell]:
    """The cells of a lower row: those that repeat the one above, of a merged area, are said once."""
    return (EMPTY if cell.covered else cell for cell in row.cells)
