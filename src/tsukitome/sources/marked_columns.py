"""Columns of which one is marked in each row (一般 | 指名 | 随契 with a ○), read as the one column of methods that they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from tsukitome.documents.table import EMPTY, Row, Table, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.contract_context import method_of
from tsukitome.sources.headers import field_of, header_key

_DEPTH = 20  # rows from the top among which the header is looked for
_LONGEST = 12  # characters of such a header
_MARKS = frozenset("○◯〇●◎✓✔☑レ") | {"有"}
_HEADER = "契約方法"


def with_marks_named(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, with the method that a mark stands under in the first of such columns, and nothing in the others."""
    for table in tables:
        for at, row in enumerate(table.rows[:_DEPTH]):
            columns = _methods(row)
            if columns and _are_marked(table.rows[at + 1 :], columns):
                table = replace(table, rows=tuple(_named(table.rows, at, columns)))
                break
        yield table


def _methods(row: Row) -> dict[int, str]:
    """The columns side by side that a row heads with two or more different methods, and these as printed."""
    found = {at: cell.text.strip() for at, cell in enumerate(row.cells) if cell.text and _is_method(cell.text)}
    if len(set(found.values())) < 2 or max(found) - min(found) != len(found) - 1:
        return {}
    return found


@lru_cache(maxsize=1 << 12)
def _is_method(text: str) -> bool:
    key = squeeze(fold(text))
    return len(key) <= _LONGEST and method_of(key, negotiated=False) is not None and _may_be_method(text)


def _may_be_method(text: str) -> bool:
    return field_of(header_key(text)) in (None, "method", "bare_method")


def _are_marked(rows: Sequence[Row], columns: dict[int, str]) -> bool:
    """Whether these columns hold nothing below but marks, one in a row at most, and any at all."""
    marks = [[squeeze(row.cells[at].text) for at in columns if row.cells[at].text.strip()] for row in rows]
    return any(marks) and all(len(own) <= 1 and _MARKS.issuperset(own) for own in marks)


def _named(rows: Sequence[Row], head: int, columns: dict[int, str]) -> Iterator[Row]:
    first = min(columns)
    above = rows[head - 1].cells[first].text if head else ""
    for nth, row in enumerate(rows):
        cells = list(row.cells)
        if nth == head:
            name = "" if above and field_of(header_key(above)) in ("method", "bare_method") else _HEADER
        else:
            name = next((method for at, method in columns.items() if cells[at].text.strip()), "")
        if nth >= head:
            cells[first : first + len(columns)] = [cell_of_text(name) if name else EMPTY, *[EMPTY] * (len(columns) - 1)]
        yield Row(row.number, tuple(cells))
