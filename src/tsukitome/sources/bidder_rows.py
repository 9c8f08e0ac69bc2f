"""A printed row of a table of bids as one row a bidder, however many it names, beside each other or in one cell."""

from __future__ import annotations

from tsukitome.documents.table import EMPTY, Cell, Row, cell_of_text
from tsukitome.sources.bid_cells import is_blank
from tsukitome.sources.bid_columns import BidLayout, Column
from tsukitome.sources.bid_names import is_no_name
from tsukitome.sources.bid_rounds import round_of
from tsukitome.sources.contract_record import own_texts
from tsukitome.sources.priced_names import priced_names
from tsukitome.sources.supplier_address import has_form


def rows_of(row: Row, layout: BidLayout) -> list[Row]:
    """A printed row as one row a bidder, with what stands above the table behind its cells."""
    if layout.listed is not None:
        return _by_list(row, layout, layout.listed)
    if not layout.wide:
        rows = _by_line(row, layout)
        return [Row(one.number, (*one.cells, *layout.given)) for one in rows] if layout.given else rows
    cells = (*row.cells, *layout.given)
    rounds = len(layout.bids)
    rows = []
    for group in layout.wide:
        bids = [row.cells[column.at] for column in group.bids]
        mark = row.cells[group.result.at] if group.result else EMPTY
        headed = isinstance(group.bidder, Cell)  # the firm of a column without a bid did not take part
        bidder = group.bidder if isinstance(group.bidder, Cell) else row.cells[group.bidder.at]
        if not is_blank(bidder.text) and not (headed and all(is_blank(bid.text) for bid in bids)):
            rows.append(Row(row.number, (*cells, bidder, *bids, *(EMPTY,) * (rounds - len(bids)), mark)))
    return rows


def _by_list(row: Row, layout: BidLayout, listed: Column) -> list[Row]:
    """A row whose one cell lists the bidders with their bids, as one row for each; [] where it can't be told apart."""
    cells = (*row.cells[: layout.printed], *layout.given)
    return [
        Row(row.number, (*cells, cell_of_text(one.name), cell_of_text(one.sum), cell_of_text(one.mark)))
        for one in priced_names(row.cells[listed.at].text)
    ]


def _by_line(row: Row, layout: BidLayout) -> list[Row]:
    """A row that names its bidders line by line in one cell, as one row for each; the row itself where it names one."""
    column = layout.columns["bidder"].at
    if "\n" not in (printed := row.cells[column].text):
        return [row]
    names = [line.strip() for line in printed.split("\n")]
    if len(names) < 2 or not all(map(has_form, names)):
        return [row]
    own = {column, *(bid.at for bid in layout.bids), *(result.at for result in layout.results)}
    own |= {layout.columns[name].at for name in ("address", "number", "rank", "estimate") if name in layout.columns}
    lines = {at: row.cells[at].text.split("\n") for at in own}
    if any(len(lines[at]) != len(names) and row.cells[at].text.strip() for at in (bid.at for bid in layout.bids)):
        return []  # no telling whose bid is whose
    return [
        Row(
            row.number,
            tuple(
                Cell(text, text)
                if at in lines and (text := _line(lines[at], n, len(names)))
                else EMPTY
                if at in lines
                else cell
                for at, cell in enumerate(row.cells)
            ),
        )
        for n in range(len(names))
    ]


def _line(lines: list[str], n: int, number: int) -> str:
    return lines[n].strip() if len(lines) == number else ""


def tells_bidder(row: Row, layout: BidLayout) -> bool:
    """Whether a row names a bidder; what heads a further round (第2回), and the labels of sums, are no names."""
    name = row.cells[layout.columns["bidder"].at].text
    return not is_blank(name) and round_of(name.strip()) is None and not is_no_name(name)


def unlabelled(row: Row, layout: BidLayout) -> list[str]:
    """What stands beside the table, in columns that have no header."""
    beside = row.cells[layout.width :]
    return [text for text in own_texts(Row(row.number, beside)) if not is_blank(text)] if beside else []
