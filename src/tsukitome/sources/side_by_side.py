"""Tables that stand beside each other on the same rows of a sheet: two lots, two halves of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tsukitome.documents.table import Row, Table
from tsukitome.normalize.text import squeeze
from tsukitome.sources import bid_fields, headers

_DEPTH = 40  # rows from the top among which the header is looked for
_NARROWEST = 3  # columns of a table


def taken_apart(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables, each of which whose header says the same words over again taken apart where they begin again, and each that holds
    two contract tables with a blank column between them taken apart there.

    What stands above that header is the heading of all parts, or of the part over whose columns it stands where others have lines
    of their own on that row. Cells keep their row numbers.
    """
    return tuple(part for table in tables for part in _parts(table))


def _parts(table: Table) -> Iterator[Table]:
    at, starts = next(
        ((at, starts) for at, row in enumerate(table.rows[:_DEPTH]) if (starts := _beginnings(row))), (0, ())
    )
    if not starts:
        yield table
        return
    for start, end in zip(starts, (*starts[1:], None), strict=True):
        rows = tuple(Row(row.number, row.cells[start:end]) for row in table.rows[at:])
        yield replace(
            table, rows=rows, heading="\n".join(filter(None, (table.heading, *_above(table.rows[:at], start, end))))
        )


def _above(rows: Sequence[Row], start: int, end: int | None) -> Iterator[str]:
    """The lines above a part's header."""
    for row in rows:
        said = [(at, text.strip()) for at, (_, text, covered) in enumerate(row.cells) if text.strip() and not covered]
        own = [text for at, text in said if at >= start and (end is None or at < end)]
        yield from own if len(said) > 1 and own else [text for _, text in said]


def _beginnings(row: Row) -> tuple[int, ...]:
    """The columns in which a header's words begin again; () for a row that says nothing twice over."""
    if any(value is not None and not isinstance(value, str) for value, _, _ in row.cells):
        return ()  # a row of data: headers hold words only
    filled = [at for at, (_, text, covered) in enumerate(row.cells) if text.strip() and not covered]
    number = len(filled)
    if number < 2 * _NARROWEST:
        return ()
    words = [squeeze(row.cells[at].text) for at in filled]
    if words.count(words[0]) < 2:
        return _parted_by_blank(row, filled)
    for width in range(_NARROWEST, number // 2 + 1):
        if number % width == 0 and words == words[:width] * (number // width) and len(set(words[:width])) == width:
            # The rounds of a table of bids say 金額 評価値 over again; no table has its title twice.
            return (0, *(filled[at] for at in range(width, number, width))) if _names_contract(words[:width]) else ()
    return _parted_by_blank(row, filled)


def _parted_by_blank(row: Row, filled: Sequence[int]) -> tuple[int, ...]:
    """The beginnings of two headers of contract tables on one row, where a column without one stands between them."""
    for left, right in pairwise(filled):
        if right - left > 1 and not any(cell.covered for cell in row.cells[left:right]):
            sides = [headers.layout_at([Row(row.number, cells)], 0) for cells in (row.cells[:right], row.cells[right:])]
            if all(sides):
                return 0, right
    return ()


def _names_contract(words: Sequence[str]) -> bool:
    titles = {"title", "works_title"}
    return any(
        bid_fields.field_of(word) in titles or headers.field_of(headers.header_key(word)) in titles for word in words
    )
