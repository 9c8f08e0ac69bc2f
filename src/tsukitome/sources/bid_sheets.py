"""Sheets of bids as they are printed for one contract, in the shape of a table of bids: a row a bidder.

The contract's labels may stand in a table of their own above that of the bidders, and the bidders beside each other, with a row
for each round (業者名 | A | B, 第1回 | 5,000,000 | 5,200,000).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tsukitome.documents.table import Cell, Row, Table, cell_of_text
from tsukitome.sources.bid_fields import field_of
from tsukitome.sources.bid_headers import layout_at
from tsukitome.sources.bid_labels import Label, heading_labels, joined, labels_in, labels_of
from tsukitome.sources.bid_rounds import rounds_joined
from tsukitome.sources.bid_titles import SOME_TITLE, title_above, with_titles_labelled

_DEPTH = 40  # rows in which the bidders' begin
_FARTHEST = 1000  # rows in which contracts with their bidders side by side may stand one below the other
_BIDS = frozenset({"bid", "estimate"})
_BELOW_NAMES = frozenset({"bid", "result", "rank", "estimate", "ignored"})


def as_bid_tables(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, those that tell of one contract's bids brought into the common shape."""
    labelled: list[Table] = []
    for table in map(with_titles_labelled, rounds_joined(map(_upright, tables))):
        labels = _labels(labelled) if _shares_page(table) else {}
        if "title" not in labels and (title := _title_of(table, labelled)):
            labels = {**labels, "title": Label("件名", cell_of_text(title))}
        if "title" in labels and _needs_title(table, labels):
            lines = [f"{label.printed}：{' '.join(label.cell.text.split())}" for label in labels.values()]
            above = [one.heading for one in labelled]
            yield replace(table, heading="\n".join(filter(None, (*above, table.heading, *lines))))
            labelled = []
        elif _is_of_labels(table):
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


def _title_of(table: Table, labelled: Sequence[Table]) -> str | None:
    """The title above a list of bidders or above its labels, where nothing labels it."""
    if not (table.heading or labelled) or not _needs_title(table, {**_labels(labelled), **SOME_TITLE}):
        return None
    return title_above(line for one in (*labelled, table) for line in one.heading.splitlines())


def _labels(tables: Sequence[Table]) -> dict[str, Label]:
    return labels_in(row for table in tables for row in table.rows)


def _is_of_labels(table: Table) -> bool:
    """Whether a table tells of a contract by labels, and its bidders may stand in the next table of the page."""
    if not _shares_page(table) or len(table.rows) > _DEPTH:
        return False
    return any(labels_of(row) for row in table.rows) and not _lists_bids(table)


def _needs_title(table: Table, labels: dict[str, Label]) -> bool:
    """Whether a table lists bids of a contract that nothing but the labels names."""
    own = heading_labels(table)
    for at in range(min(len(table.rows), _DEPTH)):
        if layout_at(table.rows, at, own):
            return False
        if layout_at(table.rows, at, labels):
            return True
        own = joined(own, labels_of(table.rows[at]))
    return False


def _lists_bids(table: Table) -> bool:
    """Whether a table of labels goes on with the list of its own bidders."""
    labels: dict[str, Label] = {}
    for at, row in enumerate(table.rows[:_DEPTH]):
        if "title" in labels and layout_at(table.rows, at, labels):
            return True
        labels = joined(labels, labels_of(row))
    return False


def _upright(table: Table) -> Table:
    """A table whose bidders stand beside each other, set upright wherever they do; any other as it is."""
    at = 0
    while at < min(len(table.rows), _FARTHEST):
        below = [*_rounds(table.rows[at + 1 :])] if _names_bidders(table.rows[at]) else []
        if any(field_of(_first(row)) in _BIDS for row in below):
            table = replace(table, rows=_turned(table.rows, at, below))
            at += len(below)
        at += 1
    return table


def _first(row: Row) -> str:
    return next((cell.text for cell in row.cells if cell.text.strip() and not cell.covered), "")


def _names_bidders(row: Row) -> bool:
    if field_of(_first(row)) != "bidder":
        return False
    others = [cell.text for cell in row.cells if cell.text.strip() and not cell.covered][1:]
    return len(others) > 1 and not any(map(field_of, others))


def _rounds(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of bids, marks and points below the bidders' names."""
    for row in rows:
        if field_of(_first(row)) not in _BELOW_NAMES:
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
