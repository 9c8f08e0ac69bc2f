"""The rows of one contract in a table of bids: one row a bidder, brought together by what they print of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tsukitome.documents.table import EMPTY, Cell, Row
from tsukitome.sources.bid_cells import is_blank, is_tick, mark_of, read_amount, says_void
from tsukitome.sources.bid_columns import BidLayout
from tsukitome.sources.bid_place import Place
from tsukitome.sources.bid_winners import Telling, winners_among
from tsukitome.sources.contract_record import SUSPECT, is_ditto
from tsukitome.sources.officer_cell import quotation, without_name

_RANKED_FIRST = re.compile(r"第?[1一]位?")
_MARKED_NAME = re.compile(r"\s*[【\[(（〔]\s*(?:落札者?|決定|落札決定)\s*[】\])）〕]\s*")
_COMPANY_FORM = re.compile(r"\(?(?:株式会社|有限会社|\([株有]\))\)?")
_OF_ALL_ITEMS = (
    "buyer",
    "section",
    "reference",
    "title",
    "notice",
    "bid_date",
    "award_date",
    "contract_date",
    "method",
)
Key = tuple[str, ...]


@dataclass
class Contract:
    """The rows of one contract, in their order. ``key`` is what they print of it. Rows may be added until one is asked for."""

    place: Place
    key: Key
    rows: list[Row] = field(default_factory=list)
    ended: bool = False  # whether a line below its bidders says that nobody won

    def cell(self, name: str, row: Row) -> Cell:
        """A field's cell in a row."""
        column = self.place.layout.columns.get(name)
        return EMPTY if column is None else row.cells[column.at]

    def shared(self, name: str) -> Cell:
        """A field that is the contract's: from the head row, else from the first row that prints it."""
        column = self.place.layout.columns.get(name)
        if column is None:
            return EMPTY
        at = column.at
        if _tells(cell := self.head.cells[at]):
            return cell
        return next((cell for row in self.rows if _tells(cell := row.cells[at])), EMPTY)

    @property
    def ticked_method(self) -> str | None:
        """The method by the header of the column that is ticked, of those that each stand for one (一般, 指名)."""
        return next(
            (column.printed.rsplit("\n", 1)[-1].strip() for column in self.place.layout.methods for row in self.rows
             if is_tick(row.cells[column.at].text)),
            None,
        )  # fmt: skip

    @property
    def winners(self) -> list[Row]:
        """The rows of those who won."""
        return self._told[0]

    @property
    def told_by(self) -> Telling:
        """What tells the winners; None where nothing does."""
        return self._told[1]

    @cached_property
    def _told(self) -> tuple[list[Row], Telling]:
        return winners_among(self.rows, self.place)

    @cached_property
    def head(self) -> Row:
        """The row that stands for the contract: the winner's, else the first."""
        return next(iter(self.winners), self.rows[0])

    @property
    def is_void(self) -> bool:
        """Whether the tender ended without a winner: a row says so (不調, 取りやめ), or all of several say why they bid nothing."""
        if self.winners or self.ended:
            return not self.winners
        if "winner" in self.place.layout.columns:
            return False
        layout = self.place.layout
        said = [
            [row.cells[column.at].text for column in (*layout.results, *layout.bids) if column.at < len(row.cells)]
            for row in self.rows
        ]
        if any(says_void(text) for texts in said for text in texts if text):
            return True
        bid = any(read_amount(row.cells[at], unit)[0] for row in self.rows for at, unit, _ in self.place.bids)
        return (
            not bid and len(self.rows) > 1 and all(any(mark_of(text) == "no_bid" for text in texts) for texts in said)
        )

    def quote(self) -> str:
        """The printed cells of the head row, officials left out, what a merged area repeats said once."""
        cells = self.head.cells
        parts = [cell.text.strip() for cell in self.place.layout.given]
        for at, told in self.place.quoted:
            _, text, covered = cells[at]
            if text and (stripped := text.strip()) and not (covered and at > 0 and cells[at - 1].text == text):
                parts.append(stripped if told else without_name(stripped))
        return quotation(parts)


def _tells(cell: Cell) -> bool:
    """Whether a cell says something of its own, and is neither blank nor a ditto mark."""
    text = cell.text
    return not is_blank(text) and not (text[0] in SUSPECT and is_ditto(text))


def key_of(row: Row, layout: BidLayout) -> Key:
    """What a row prints of its contract: office, title, days, reserve price; blank where it repeats the row above."""
    cells = row.cells
    return _key(tuple([cells[at].text for at in layout.keys]))


@lru_cache(maxsize=1 << 10)  # the rows of one contract mostly print the same, one below the other
def _key(printed: Key) -> Key:
    texts = ["".join(text.split()) for text in printed]
    return tuple(["" if is_ditto(text) else text for text in texts])


def tells_item(key: Key, layout: BidLayout) -> bool:
    """Whether a row names an item (品目) of its own."""
    item = layout.columns.get("item")
    return item is not None and key[layout.keys.index(item.at)] != ""


def of_next_item(row: Row, above: Contract) -> Row:
    """A row of a tender's next item, with what it leaves blank of the tender from the item above it."""
    columns = above.place.layout.columns
    shared = {columns[name].at for name in _OF_ALL_ITEMS if name in columns}
    first = above.rows[0].cells
    cells = (first[at] if at in shared and not _tells(cell) else cell for at, cell in enumerate(row.cells))
    return Row(row.number, tuple(cells))


def belongs(key: Key, contract: Contract) -> bool:
    """Whether a row below a contract's rows is of it: nothing that both print of it differs."""
    return key == contract.key or all(
        not own or not known or own == known for own, known in zip(key, contract.key, strict=True)
    )


def brought_together(contracts: Iterable[Contract]) -> Iterator[Contract]:
    """The contracts with rows that were sorted away from their winner's put back.

    Rows apart are of one contract where everything that is printed of it is equal, a day included, and at most one of
    the pieces has a winner; two winners are two contracts.
    """
    pieces = list(contracts)
    by_key: dict[tuple[int, Key], list[Contract]] = {}
    for piece in pieces:
        by_key.setdefault((id(piece.place.layout), piece.key), []).append(piece)
    for piece in pieces:
        alike = by_key[id(piece.place.layout), piece.key]
        if len(alike) == 1:
            yield piece
            continue
        won = [other for other in alike if other.winners]
        if piece.place.layout.is_a_row_each or len(won) > 1 or not _has_day(piece):
            yield piece
        elif piece is alike[0]:
            main = won[0] if won else piece
            yield Contract(main.place, main.key, [row for other in alike for row in other.rows])


def _has_day(contract: Contract) -> bool:
    days = ("award_date", "bid_date", "contract_date")
    return any(not is_blank(contract.shared(name).text) for name in days)
