"""Bids in running text: bidders line by line under a header of spaced words, or numbered and each with its sum.

``1 株式会社見本　1,000,000円　落札``. What comes out is a table in the shape of others, below the lines of labels (件名：…).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tsukitome.documents.lines import Line
from tsukitome.documents.spaced_text import spaced_table
from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.normalize.tax import tax_of
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources import headers
from tsukitome.sources.bid_fields import field_of
from tsukitome.sources.bid_headers import layout_at
from tsukitome.sources.bid_labels import labels_of
from tsukitome.sources.bid_names import is_bare_form, names_too_much
from tsukitome.sources.bid_titles import SOME_TITLE
from tsukitome.sources.contract_record import own_texts
from tsukitome.sources.contract_title import is_total
from tsukitome.sources.priced_names import PricedName, priced_names
from tsukitome.sources.supplier_address import has_form

_LONGEST = 120  # characters of a line that tells of a bidder
_HEADER = ("業者名", "入札金額", "結果")


def bid_tables(lines: Sequence[Line]) -> Iterator[Table]:
    """The lines as a table, one a page where they are counted on their page, with a header above bidders that have none."""
    pages = dict.fromkeys(line.page if line.on_page else 1 for line in lines)
    for page in pages:
        yield _with_listed_bidders(spaced_table([line for line in lines if not line.on_page or line.page == page]))


def _with_listed_bidders(table: Table) -> Table:
    """The table with a header above each run of lines that are a bidder and its sum; itself where it has a header of its own."""
    if any(layout_at(table.rows, at, SOME_TITLE) for at in range(len(table.rows))):
        return table
    width = max(len(_HEADER), max((len(row.cells) for row in table.rows), default=0))
    rows: list[Row] = []
    run: list[tuple[Row, tuple[PricedName, ...]]] = []
    for row in table.rows:
        listed = _listed_in(row)
        if listed and all(_is_name(one.name, row) for one in listed):
            run.append((row, listed))
            continue
        rows += _headed(run, rows, width)
        run = []
        # A line of which no telling is what in it is the name stands where no bidder does, and is refused there.
        rows.append(_beside(row, width) if listed else _wide(row.number, row.cells, width))
    rows += _headed(run, rows, width)
    return replace(
        table, rows=tuple(Row(row.number, (*row.cells, *(EMPTY,) * (width + 1 - len(row.cells)))) for row in rows)
    )


def _listed_in(row: Row) -> tuple[PricedName, ...]:
    """The bidders that a line tells of with their sums; () for a line of anything else."""
    text = "\u3000".join(own_texts(row))
    if len(text) > _LONGEST or labels_of(row) or is_total(text):
        return ()
    listed = priced_names(text)
    return () if any(_is_label(one.name) for one in listed) else listed


def _is_name(name: str, row: Row) -> bool:
    """Whether what stands before a sum is a name: no day, sum or further firm in it, and nothing set apart but its legal form."""
    if names_too_much(name):
        return False
    parts = [squeeze(fold(text)) for text in own_texts(row)]
    within = [part for part in parts if part in squeeze(name) and not (is_bare_form(part) or part.isascii())]
    return len(within) < 2


def _beside(row: Row, width: int) -> Row:
    return Row(row.number, (*(EMPTY,) * width, cell_of_text("\u3000".join(own_texts(row)))))


def _is_label(name: str) -> bool:
    return field_of(name) is not None or any(word in name for word in ("価格", "金額", "総額", "：", ":"))


def _headed(run: Sequence[tuple[Row, tuple[PricedName, ...]]], above: Sequence[Row], width: int) -> list[Row]:
    """A run of bidders as rows below a header; as they are where none of them is surely a firm."""
    if not any(has_form(one.name) for _, listed in run for one in listed) or _heads_contracts(above):
        return [_wide(row.number, row.cells, width) for row, _ in run]
    said = fold(" ".join(own_texts(above[-1]))) if above else ""
    note = {"included": "（税込）", "excluded": "（税抜）", None: ""}[tax_of(said)]
    header = _wide(
        run[0][0].number - 1,
        tuple(cell_of_text(f"{word}{note}" if word == "入札金額" else word) for word in _HEADER),
        width,
    )
    rows = [_wide(row.number, tuple(map(cell_of_text, one)), width) for row, listed in run for one in listed]
    return [header, *rows]


def _heads_contracts(above: Sequence[Row]) -> bool:
    """Whether the row above a run of names and sums says that they are contracts': 契約相手方, 契約金額."""
    fields = {headers.field_of(headers.header_key(text)) for text in own_texts(above[-1])} if above else set()
    return bool(fields & {"supplier", "supplier_name"}) and bool(fields & {"price", "contract_date"})


def _wide(number: int, cells: tuple[Cell, ...], width: int) -> Row:
    return Row(number, (*cells, *(EMPTY,) * (width - len(cells))))
