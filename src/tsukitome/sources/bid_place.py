"""Where a contract is printed in a table of bids, and what the columns there mean for all its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tsukitome.awards import Tax
from tsukitome.documents.table import Cell, Row, Table
from tsukitome.normalize.dates import Span
from tsukitome.sources.bid_cells import is_blank, mark_of
from tsukitome.sources.bid_columns import BidLayout, Column
from tsukitome.sources.contract_context import Context

_KEPT = 1 << 12  # texts of a column that are remembered


@dataclass(frozen=True)
class Place:
    """Where a contract is printed, and what is printed above it."""

    table: Table
    index: int
    layout: BidLayout
    context: Context
    period: Span | None
    sign: str | None = None  # what marks a winner, by the table's legend

    @cached_property
    def bids(self) -> list[tuple[int, int, Tax | None]]:
        """The columns of the bids in their order, the price agreed after them last: place, unit and tax of each."""
        return [self.money(column) for column in self._bid_columns]

    @property
    def _bid_columns(self) -> list[Column]:
        estimate = self.layout.columns.get("estimate")
        return [*self.layout.bids, *([estimate] if estimate else [])]

    def money(self, column: Column) -> tuple[int, int, Tax | None]:
        """A column's place, what its plain numbers are counted in, and its tax."""
        return (
            column.at,
            column.unit if column.unit > 1 else self.context.unit,
            column.tax or self.layout.tax or self.context.tax,
        )

    @cached_property
    def marks(self) -> list[tuple[int, bool, _Told]]:
        """The columns that may mark the winner, whether a text has to stand there as such, and which texts mark one."""
        layout = self.layout
        results = [(column.at, False, _told_under(_marks_winner, column.printed)) for column in layout.results]
        results += [(column.at, True, _told_under(_marks_winner, "")) for column in self._bid_columns]
        if self.sign is None:
            return results
        unknown = [at for at in range(layout.printed) if at not in layout.told or at in [one[0] for one in results]]
        return results + [(at, False, _told_under(_is_sign, self.sign)) for at in unknown]

    def name_in(self, cell: str) -> str:
        """A bidder's printed name without the sign of the table's legend."""
        return cell if self.sign is None else cell.strip().removeprefix(self.sign).removesuffix(self.sign)

    def signs_name(self, cell: str) -> bool:
        """Whether a bidder's cell begins or ends with the sign of the table's legend."""
        return self.sign is not None and self.sign in (cell.strip()[:1], cell.strip()[-1:])

    @cached_property
    def remarks(self) -> list[tuple[int, _Told]]:
        """The columns in which a bidder may be marked, and which texts there are no marks and say something all the same."""
        return [(column.at, _told_under(_remarks, column.printed)) for column in self.layout.results]

    @cached_property
    def bidder(self) -> tuple[int, int, int]:
        """The places of a bidder's name, address and corporate number, -1 for what has no column."""
        found = [self.layout.columns.get(name) for name in ("bidder", "address", "number")]
        name, address, number = [-1 if column is None else column.at for column in found]
        return name, address, number

    @cached_property
    def quoted(self) -> list[tuple[int, bool]]:
        """The columns that are quoted, and whether the header of each is understood."""
        layout = self.layout
        return [(at, at in layout.told) for at in range(layout.printed) if at not in layout.officers]

    @cached_property
    def _header_words(self) -> list[tuple[int, frozenset[str]]]:
        """The words of the header by which it is known again: the title's, the bidder's; a firm's name over its own bids."""
        layout = self.layout
        bidder: Column | Cell = layout.wide[0].bidder if layout.wide else layout.columns["bidder"]
        bidder = layout.listed or bidder
        known = (layout.columns["title"], bidder if isinstance(bidder, Column) else layout.wide[0].bids[0])
        return [(column.at, frozenset(column.printed.split("\n"))) for column in known if column.at < layout.printed]

    def repeats_header(self, row: Row) -> bool:
        """Whether a row of the body begins the header again: its title's and bidder's cells say what the header's do."""
        return all(row.cells[at].text.strip() in words for at, words in self._header_words)


class _Told(dict[str, bool]):
    """What a column tells by the texts below its header: the same few stand in all rows."""

    def __init__(self, tells: Callable[[str, str], bool], header: str) -> None:
        super().__init__()
        self.tells, self.header = tells, header

    def __missing__(self, text: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        told = self[text] = bool(text) and self.tells(text, self.header)
        return told


_told_under = lru_cache(maxsize=1 << 8)(_Told)


def _marks_winner(text: str, header: str) -> bool:
    return mark_of(text, header) == "won"


def _is_sign(text: str, sign: str) -> bool:
    return text.strip() == sign


def _remarks(text: str, header: str) -> bool:
    return not is_blank(text) and not mark_of(text, header)
