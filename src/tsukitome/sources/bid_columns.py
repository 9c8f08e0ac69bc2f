"""What the columns of a table of bids are: those of the contract, of each bidder, of the rounds."""

from __future__ import annotations

from dataclasses import dataclass

from tsukitome.awards import Tax
from tsukitome.documents.table import Cell
from tsukitome.normalize.text import squeeze
from tsukitome.pattern import pattern

ASKED = pattern("入札|応札|参加|見積|指名")  # who took part, and not who won: 業者名 may be either
_PROPOSED = pattern("提案|応募|参加")  # whose proposals are ranked, and bear no price


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of bids: its place in the row, its header as printed, and what that says of money."""

    at: int
    printed: str
    unit: int
    tax: Tax | None


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one bidder in a wide table: its name, its bids, and its mark.

    ``bidder`` is a column of names, or the cell of the header that names the firm whose bids stand below it.
    """

    bidder: Column | Cell
    bids: tuple[Column, ...]
    result: Column | None


@dataclass(frozen=True, slots=True)
class BidLayout:
    """The columns of a table of bids; ``rows`` are the header's row numbers.

    ``bids`` are the columns of the rounds in their order; ``results`` those in which a winner can be marked. ``keys`` are the
    places of the columns that tell one contract from the next. ``tax`` is what the money columns say where they agree.
    A table may be ``wide``: one row a contract, its bidders side by side. ``given`` are cells of the contract that stand in
    lines above the table. Both have columns behind the ``printed`` cells of a row, which ``bidder_rows.rows_of`` fills.
    ``officers`` are all columns that may name an official: none of them is ever quoted. ``told`` are those whose header is
    understood. ``unpaired`` says that there are bids of which no telling is whose they are. ``listed`` is the column whose cells
    list all bidders with their bids. ``methods`` are the columns that each stand for one way of procurement and are ticked.
    """

    columns: dict[str, Column]
    bids: tuple[Column, ...]
    results: tuple[Column, ...]
    keys: tuple[int, ...]
    rows: tuple[int, ...]
    tax: Tax | None
    width: int
    printed: int
    wide: tuple[Group, ...] = ()
    given: tuple[Cell, ...] = ()
    officers: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    unpaired: bool = False
    listed: Column | None = None
    methods: tuple[Column, ...] = ()

    @property
    def is_a_row_each(self) -> bool:
        """Whether a row is a contract, and not some or one of its bidders."""
        return self.columns["title"].at < self.printed and (bool(self.wide) or self.listed is not None)

    @property
    def is_bid_table(self) -> bool:
        """A title, a bidder and an amount that a bidder has make a table of bids, and so does a winner with its price."""
        told = self.bids or "estimate" in self.columns
        if not told and "bidder" in self.columns and _PROPOSED.search(squeeze(self.columns["bidder"].printed)):
            told = bool(self.results) or "rank" in self.columns
        if not told and self.columns.keys() >= {"winner", "price", "bidder"}:
            told = bool(self.wide) or ASKED.search(squeeze(self.columns["bidder"].printed)) is not None
        return bool("title" in self.columns and "bidder" in self.columns and told)
