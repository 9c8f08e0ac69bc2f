"""Sheets of bids as they are printed for one contract, in the shape of a table of bids: a row a bidder.

The contract's labels may stand in a table of their own above that of the bidders, and the bidders beside each other, with a row
for each round (業者名 | A | B, 第1回 | 5,000,000 | 5,200,000).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tsukitome.documents.table import Cell, Row, Table
from tsukitome.sources.bid_fields import field_of
from tsukitome.sources.bid_headers import layout_at
from tsukitome.sources.bid_labels import Label, joined, labels_of

_DEPTH = 40  # rows in which the bidders' begin
_BELOW_NAMES = frozenset({"bid", "result", "rank", "estimate"})


def as_bid_tables(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, those that tell of one contract's bids brought into the common shape."""
    labelled: list[Table] = []
    for table in map(_upright, tables):
        labels = _labels(labelled) if _shares_page(table) else {}
        if "title" in labels and _needs_title(table, labels):
            lines = [f"{label.printed}：{' '.join(label.cell.text.split())}" for label in labels.values()]
            above = [one.heading for one in labelled]
            yield replace(table, heading="\n".join(filter(None, (*above, table.heading, *lines))))
            labelled = []
        elif _shares_page(table) and len(table.rows) <= _DEPTH and any(labels_of(row) for row in table.rows):
            if "title" in _labels([table]):
                yield from labelled
                labelled = []
            labelled.append(table)
        else:
            yield from labelled
            yield table
            labelled = []
    yield from labelled


def _shares_page(table: Table) -> bool:
    """Whether a table may stand on a page with others; a worksheet stands alone."""
    return table.page is not None or (table.sheet or "").startswith("table ")


def heading_labels(table: Table) -> dict[str, Label]:
    """What the lines above a table tell of its contract."""
    return _labels_of_rows([Row(0, (Cell(line, line),)) for line in table.heading.splitlines()])


def _labels(tables: Sequence[Table]) -> dict[str, Label]:
    return _labels_of_rows([row for table in tables for row in table.rows])


def _labels_of_rows(rows: Iterable[Row]) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for row in rows:
        labels = joined(labels, labels_of(row))
    return labels


def _needs_title(table: Table, labels: dict[str, Label]) -> bool:
    """Whether a table lists bids of a contract that nothing but the labels names."""
    for at in range(min(len(table.rows), _DEPTH)):
        if layout_at(table.rows, at):
            return False
        if layout_at(table.rows, at, labels):
            return True
    return False


def _upright(table: Table) -> Table:
    """A table whose bidders stand beside each other, set upright where they do; any other as it is."""
    for at, row in enumerate(table.rows[:_DEPTH]):
        if _names_bidders(row) and at + 1 < len(table.rows):
            below = [*_rounds(table.rows[at + 1 :])]
            if below:
                return replace(table, rows=_turned(table.rows, at, below))
    return table


def _names_bidders(row: Row) -> bool:
    first, *others = [cell.text for cell in row.cells if cell.text.strip() and not cell.covered] or [""]
    return len(others) > 1 and field_of(first) == "bidder" and not any(map(field_of, others))


def _rounds(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        first = next((cell.text for cell in row.cells if cell.text.strip() and not cell.covered), "")
        if field_of(first) not in _BELOW_NAMES:
            return
        yield row


def _turned(rows: Sequence[Row], at: int, below: Sequence[Row]) -> tuple[Row, ...]:
    block = (rows[at], *below)
    first = next(column for column, cell in enumerate(rows[at].cells) if cell.text.strip())
    width, number = len(rows[at].cells), rows[at].number
    empty = [Cell(None, "")] * (width - len(block))
    upright = [
        (*(row.cells[column] for row in block), *empty)[: max(width, len(block))] for column in range(first, width)
    ]
    bidders = [Row(number, cells) for cells in upright[1:] if cells[0].text.strip()]
    wide = max(width, len(block))
    kept = [Row(row.number, (*row.cells, *[Cell(None, "")] * (wide - width))) for row in rows]
    return (*kept[:at], Row(number - 1, upright[0]), *bidders, *kept[at + len(block) :])
