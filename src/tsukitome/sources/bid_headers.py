"""Where the header of a table of bids is, and which column is which field: 2 or 3 stacked rows, begun on any row.

A column is known by the words of its header rows together (入札結果, 第1回, 金額), after ``tables/bid_headers.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tsukitome.awards import Tax
from tsukitome.documents.table import Row
from tsukitome.normalize.money import tax_of
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.headers import header_key, unit_of
from tsukitome.sources.vocabulary import vocabulary

_TALLEST = 4  # rows that a header may have
_LONGEST = 60  # characters of a header cell; longer ones are data
_ROUND = re.compile(r"第?([0-9]+)回")
_FIGURE = re.compile(r"[^0-9]{0,2}[0-9][0-9,./年月日元-]*[円%]?")
_MONEY = ("price", "estimate", "bid", "reserve")
# What makes two rows bids for one contract: all of these that are printed are equal.
_SAME_CONTRACT = (
    "buyer", "section", "reference", "title", "notice", "bid_date", "award_date", "contract_date", "reserve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of bids: its place in the row, its header as printed, and what that says of money."""

    at: int
    printed: str
    unit: int
    tax: Tax | None


@dataclass(frozen=True, slots=True)
class BidLayout:
    """The columns of a table of bids; ``rows`` are the header's row numbers.

    ``bids`` are the columns of the rounds in their order; ``results`` those in which a winner can be marked. ``keys`` are the
    places of the columns that tell one contract from the next. ``tax`` is what the money columns say where they agree.
    """

    columns: dict[str, Column]
    bids: tuple[Column, ...]
    results: tuple[Column, ...]
    keys: tuple[int, ...]
    rows: tuple[int, ...]
    tax: Tax | None
    width: int

    @property
    def is_bid_table(self) -> bool:
        """A title, a bidder and an amount that a bidder has make a table of bids."""
        told = self.bids or "estimate" in self.columns
        return bool("title" in self.columns and "bidder" in self.columns and told)


@cache
def _rules() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    return tuple(
        (row["field"], tuple(row["all"].split()), tuple(row["any"].split()), tuple(row["none"].split()))
        for row in vocabulary("bid_headers")
    )


@cache
def field_of(header: str) -> str | None:
    """The field of a printed header (its rows joined), or None."""
    key = header_key(header)
    if not key or len(key) > _LONGEST:
        return None
    for field, every, some, none in _rules():
        if (
            all(word in key for word in every)
            and (not some or any(word in key for word in some))
            and not any(word in key for word in none)
        ):
            return field
    return None


def layout_at(rows: Sequence[Row], at: int) -> BidLayout | None:
    """The layout whose header begins with ``rows[at]``; None where none does."""
    texts = {text for text in rows[at].texts if text.strip()}
    if len(texts) < 3 or not _is_words(rows[at]) or not {"title", "bidder"} <= {field_of(text) for text in texts}:
        return None
    best: BidLayout | None = None
    for height in range(1, min(_TALLEST, len(rows) - at) + 1):
        block = rows[at : at + height]
        if not _is_words(block[-1]):
            break
        layout = _layout(block)
        if layout.is_bid_table and (best is None or _told(layout) > _told(best)):
            best = layout
    return best


def _is_words(row: Row) -> bool:
    """Whether a row can be of a header: words only, no number and no date."""
    return all(
        isinstance(cell.value, str | None) and not _FIGURE.fullmatch(squeeze(fold(cell.text))) for cell in row.cells
    )


def _told(layout: BidLayout) -> int:
    return len(layout.columns) + len(layout.bids)


def _layout(block: Sequence[Row]) -> BidLayout:
    columns: dict[str, Column] = {}
    bids: list[tuple[int, Column]] = []
    results: list[Column] = []
    headers = _headers(block)
    for at, header in enumerate(headers):
        field = field_of(header)
        if field is None or field == "ignored":
            continue
        column = Column(at, header, unit_of(header), tax_of(fold(header)))
        if field == "bid":
            number = _ROUND.search(squeeze(fold(header)))
            bids.append((int(number[1]) if number else len(bids) + 1, column))
        elif field == "result":
            results.append(column)
        columns.setdefault(field, column)
    taxes = {columns[field].tax for field in _MONEY if field in columns} - {None}
    return BidLayout(
        columns,
        tuple(column for _, column in sorted(bids, key=lambda bid: bid[0])),
        tuple(results),
        tuple(columns[field].at for field in _SAME_CONTRACT if field in columns),
        tuple(row.number for row in block),
        taxes.pop() if len(taxes) == 1 else None,
        max((at + 1 for at, header in enumerate(headers) if header), default=0),
    )


def _headers(block: Sequence[Row]) -> list[str]:
    """The header of each column over its rows. A group's name (入札結果) may stand over its first column only."""
    headers: list[list[str]] = [[] for _ in block[0].cells]
    for depth, row in enumerate(block):
        left = ""
        for at, cell in enumerate(row.cells):
            text = cell.text.strip()
            grouped = depth == 0 or (at > 0 and headers[at][:1] == headers[at - 1][:1])
            if not text and grouped and any(lower.cells[at].text.strip() for lower in block[depth + 1 :]):
                text = left
            left = text or left
            if text and text not in headers[at]:
                headers[at].append(text)
    return ["\n".join(parts) for parts in headers]
