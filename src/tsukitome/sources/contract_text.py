"""Contract lists in running text of fixed width: the columns stand below the words of a header, apart by white space.

The columns are cut where white runs down through all rows between two words of the header. A list whose columns can't be told is
refused at its header, a row that reaches over them at its line: no name is ever put together from two columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from tsukitome.documents.lines import Line
from tsukitome.documents.spaced_text import is_ruled, spaced_table
from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.sources.bid_headers import layout_at as bid_layout_at
from tsukitome.sources.headers import first_layout
from tsukitome.sources.text_headers import heads_in
from tsukitome.sources.text_rows import Block

OF_BIDS = "lists bids, below a list of contracts: give the two in files of their own."


class TextTables(NamedTuple):
    """The tables of a text, with the lines that gave none: (line, reason) for each."""

    tables: tuple[Table, ...]
    unreadable: tuple[tuple[Line, str], ...]


def contract_tables_in(lines: Sequence[Line]) -> TextTables | None:
    """The contract lists that a text holds in columns of fixed width, or ruled with bars; None for a text without any.

    A table for each page where lines are counted on their page, else one of all of them.
    """
    heads, bound = heads_in(lines)
    if not heads:
        table = spaced_table(lines) if bound == len(lines) and any(is_ruled(line.text) for line in lines) else None
        return TextTables((table,), ()) if table and _is_ruled_list(table) else None
    ends = [*(head.at for head in heads[1:]), bound]
    rows = [(line, [line.text.strip()]) for line in lines[: heads[0].at] if line.text.strip()]
    above = len(rows)
    unreadable: list[tuple[Line, str]] = []
    for head, end in zip(heads, ends, strict=True):
        block = Block(head, lines[head.at + head.height : end])
        rows += block.rows()
        unreadable += block.unreadable
    unreadable += [(line, OF_BIDS) for line in lines[bound : bound + 1]]
    width = 1 + max(len(cells) for _, cells in rows[above:])
    put = [(line, _wide(cells, width, last=nth < above or len(cells) == 1)) for nth, (line, cells) in enumerate(rows)]
    pages = groupby(put, key=lambda row: row[0].page if row[0].on_page else None)
    tables = [Table(tuple(Row(line.number, cells) for line, cells in group), page=page) for page, group in pages]
    return TextTables(tuple(tables), tuple(unreadable))


def _is_ruled_list(table: Table) -> bool:
    if any(bid_layout_at(table.rows, at) for at in range(len(table.rows))):
        return False
    return first_layout(table.rows) is not None


def _wide(texts: Sequence[str], width: int, *, last: bool) -> tuple[Cell, ...]:
    """The cells of a row; a line of running text stands behind all columns."""
    cells = tuple(map(cell_of_text, texts))
    empty = (EMPTY,) * (width - len(cells))
    return (*empty, *cells) if last else (*cells, *empty)
