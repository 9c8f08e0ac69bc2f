"""The columns of a table of bids by its header: rounds in their order, bidders one a row, side by side or in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tsukitome.documents.table import Cell, Row
from tsukitome.normalize.tax import tax_of
from tsukitome.normalize.text import fold, squeeze
from tsukitome.pattern import pattern
from tsukitome.sources.bid_columns import ASKED, BidLayout, Column, Group
from tsukitome.sources.bid_fields import BARE_ROUND, field_of
from tsukitome.sources.headers import header_key, unit_of
from tsukitome.sources.supplier_address import has_form

_ROUND = pattern(r"第?([0-9]+)回")
_AFTER = 100  # more than all rounds
_BARE_BID = frozenset({"金額", "価格", "金額(円)"})  # a bid, beside those who took part
_NUMBERED = pattern(r"([0-9]+)(?:者|社|位)?目?$")
_DAYS = frozenset({"bid_date", "award_date", "contract_date"})
_ITEMS = frozenset({"品名", "物品名", "品名等", "品名・規格", "品名及び規格"})  # of a title that stands above
_MONEY = ("price", "estimate", "bid", "reserve")
# What makes two rows bids for one contract: all of these that are printed are equal.
_SAME_CONTRACT = (
    "buyer", "section", "reference", "title", "lot", "item", "notice", "bid_date", "award_date", "contract_date", "reserve",
)  # fmt: skip


@dataclass(slots=True)
class _Read:
    """What the header cells say, one by one: the first column of each field, all columns with theirs, bids with their rounds."""

    columns: dict[str, Column]
    found: list[tuple[str, Column]]
    bids: list[tuple[int, Column]]
    officers: set[int]
    told: set[int]
    firms: list[Group]  # those that the header names, their bids below


def layout_of(block: Sequence[Row], given: Mapping[str, tuple[str, Cell]]) -> BidLayout:
    """The layout of the header that the rows of ``block`` make; ``given`` is what stands above the table: fields, each with its
    label and its cell.
    """
    # A sheet's header is asked for twice, once to tell what the file is, and files of one office share theirs.
    told = tuple((field, label, cell, type(cell.value)) for field, (label, cell) in given.items())
    return replace(_layout_of(tuple(row.cells for row in block), told), rows=tuple(row.number for row in block))


@lru_cache(maxsize=1 << 10)
def _layout_of(block: tuple[tuple[Cell, ...], ...], told: tuple[tuple[str, str, Cell, type], ...]) -> BidLayout:
    """The layout of a header of these cells below what was told above it; ``rows`` are still to be filled in."""
    given = {field: (label, cell) for field, label, cell, _ in told}
    headers = _headers(block)
    read = _read(headers)
    columns = read.columns
    ordered = _in_order(read, headers)
    results = tuple(column for field, column in read.found if field == "result")
    methods = tuple(column for field, column in read.found if field == "method")
    if "title" in given and "title" in columns and header_key(columns["title"].printed) in _ITEMS:
        columns["item"] = columns.pop("title")
    added = _given_columns(columns, given, len(headers))
    printed = len(headers)
    end = printed + len(added)
    groups = tuple(read.firms) if len(read.firms) > 1 and "bidder" not in columns else _groups(read.found)
    unpaired = False
    listed = columns.get("listed") if not groups and "bidder" not in columns else None
    if not groups and columns.keys() >= {"winner", "price"}:
        groups = _named(read.found)
        unpaired = bool(groups and read.bids)
    if listed is not None:
        ordered, results = _of_list(columns, listed, end)
        end += 3
    elif groups:
        ordered, results = _stacked(columns, groups, end)
        end += 2 + max(len(group.bids) for group in groups)
    elif sum(field == "bidder" and _number(column) is not None for field, column in read.found) > 1:
        ordered = ()  # bidders side by side, and no telling which bid is whose
        columns.pop("estimate", None)
    taxes = {columns[field].tax for field in _MONEY if field in columns} - {None}
    width = max((at + 1 for at, header in enumerate(headers) if header), default=0)
    return BidLayout(
        columns,
        ordered,
        results,
        tuple(columns[field].at for field in _SAME_CONTRACT if field in columns),
        (),
        taxes.pop() if len(taxes) == 1 else None,
        end if end > printed else width,
        printed,
        groups,
        added,
        frozenset(read.officers),
        frozenset(read.told | {column.at for column in ordered}),
        unpaired,
        listed,
        methods if len(methods) > 1 else (),
    )


def _column(at: int, header: str) -> Column:
    return Column(at, header, unit_of(header), tax_of(fold(header)))


def _read(headers: Sequence[str]) -> _Read:
    read = _Read({}, [], [], set(), set(), [])
    estimated = 0
    for at, header in enumerate(headers):
        field = field_of(header)
        column = _column(at, header)
        named = header.rsplit("\n", 1)[-1]
        if field == "listed" and named != header:  # 入札者及び入札金額 over 業者名 and 金額
            field = "bid" if header_key(named) in _BARE_BID else field_of(named)
        read.told.update([at] if field or has_form(named) else [])
        if field in (None, "bid", "bidder") and has_form(named):
            read.firms.append(Group(Cell(named, named), (column,), None))
            continue
        if field is None or field == "ignored":
            continue
        read.officers.update([at] if field == "officer" else [])
        if field == "bid":
            number = _ROUND.search(squeeze(fold(header)))
            read.bids.append((int(number[1]) if number else len(read.bids) + 1, column))
            estimated += _is_estimate(header)
        read.found.append((field, column))
        read.columns.setdefault(field, column)
    if 0 < estimated < len(read.bids):  # 見積 第1回 follows the last round of bids
        read.bids[:] = [(number + _AFTER * _is_estimate(column.printed), column) for number, column in read.bids]
    return read


def _is_estimate(header: str) -> bool:
    return "見積" in squeeze(header)


def _in_order(read: _Read, headers: Sequence[str]) -> tuple[Column, ...]:
    """The columns of bids by their rounds; where there are none, a bare 金額 beside those who took part."""
    ordered = tuple(column for _, column in sorted(read.bids, key=lambda bid: bid[0]))
    bidder = read.columns.get("bidder")
    if not ordered and "estimate" not in read.columns and bidder and ASKED.search(squeeze(bidder.printed)):
        bare = (at for at, header in enumerate(headers) if header_key(header) in _BARE_BID)
        ordered = tuple(_column(at, headers[at]) for at in bare)[:1]
    return ordered


def _given_columns(columns: dict[str, Column], given: Mapping[str, tuple[str, Cell]], end: int) -> tuple[Cell, ...]:
    """Adds, from ``end`` on, columns for what stands above the table (件名：…) and in none of its own; gives their cells."""
    added: list[Cell] = []
    apart = "title" not in columns and "title" in given
    dated = not _DAYS.isdisjoint(columns)
    for field, (label, cell) in given.items():
        if field not in columns and field != "buyer" and (apart or (field in _DAYS and not dated)):
            columns[field] = Column(end + len(added), label, unit_of(label), tax_of(fold(f"{label} {cell.text}")))
            added.append(cell)
    return tuple(added)


def _of_list(columns: dict[str, Column], listed: Column, end: int) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """Makes columns, from ``end`` on, for the name, bid and mark of each bidder that a cell lists; gives the bid's and mark's."""
    columns["bidder"] = Column(end, listed.printed, 1, None)
    columns["bid"] = replace(listed, at=end + 1)
    return (columns["bid"],), (Column(end + 2, "", 1, None),)


def _stacked(
    columns: dict[str, Column], groups: Sequence[Group], end: int
) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """Makes columns, from ``end`` on, for a bidder's name, bids and mark, as if each bidder had a row; gives the bids and marks."""
    rounds = max(len(group.bids) for group in groups)
    longest = next(group for group in groups if len(group.bids) == rounds)
    heads = [group.bidder.printed for group in groups if isinstance(group.bidder, Column)]
    columns["bidder"] = Column(end, heads[0] if heads else "", 1, None)
    ordered = tuple(replace(column, at=end + 1 + index) for index, column in enumerate(longest.bids))
    columns.pop("bid", None)
    columns |= {"bid": ordered[0]} if ordered else {}
    marks = [group.result for group in groups if group.result]
    return ordered, (replace(marks[0], at=end + 1 + rounds),) if marks else ()


def _number(column: Column) -> int | None:
    """The number of a bidder in a wide table's header: 2 of 入札者2, or of 入札者2 over 業者名."""
    for part in reversed(column.printed.split("\n")):
        key = header_key(part)
        if (match := _NUMBERED.search(key)) and not BARE_ROUND.fullmatch(key):
            return int(match[1])
    return None


def _groups(found: Sequence[tuple[str, Column]]) -> tuple[Group, ...]:
    """The bidders of a wide table: by their numbers, else by their order; nothing where there is but one, or a doubt."""
    bidders = [column for field, column in found if field == "bidder"]
    bids = [column for field, column in found if field == "bid"]
    if len(bidders) < 2 or len(bids) < 2:
        return ()
    results = [column for field, column in found if field == "result"]
    numbers = [_number(column) for column in bidders]
    if None not in numbers and len(set(numbers)) == len(numbers) and {_number(bid) for bid in bids} <= set(numbers):
        groups = tuple(
            Group(
                bidder,
                tuple(bid for bid in bids if _number(bid) == number),
                next((mark for mark in results if _number(mark) == number), None),
            )
            for bidder, number in zip(bidders, numbers, strict=True)
        )
    else:
        ends = [*(column.at for column in bidders[1:]), max(bid.at for bid in bids) + 1]
        marked = len(results) == len(bidders)
        last = max((mark.at for mark in results), default=0) + 1
        behind = [*ends[:-1], max(ends[-1], last)]
        groups = tuple(
            Group(
                bidder,
                tuple(bid for bid in bids if bidder.at < bid.at < end),
                next((mark for mark in results if marked and bidder.at < mark.at < far), None),
            )
            for bidder, end, far in zip(bidders, ends, behind, strict=True)
        )
        if bids[0].at < bidders[0].at:
            return ()
    return groups if all(group.bids for group in groups) else ()


def _named(found: Sequence[tuple[str, Column]]) -> tuple[Group, ...]:
    """The bidders of a wide table that prints their names only, each in a column with a number."""
    bidders = [column for field, column in found if field == "bidder"]
    numbers = [_number(column) for column in bidders]
    if len(bidders) < 2 or None in numbers or len(set(numbers)) < len(numbers):
        return ()
    return tuple(Group(column, (), None) for column in bidders)


def _headers(block: Sequence[tuple[Cell, ...]]) -> list[str]:
    """The header of each column over its rows. A group's name (入札結果) may stand over its first column only."""
    headers: list[list[str]] = [[] for _ in block[0]]
    for depth, cells in enumerate(block):
        left = ""
        for at, cell in enumerate(cells):
            text = cell.text.strip()
            grouped = depth == 0 or (at > 0 and headers[at][:1] == headers[at - 1][:1])
            if not text and grouped and any(lower[at].text.strip() for lower in block[depth + 1 :]):
                text = left
            left = text or left
            if text and text not in headers[at]:
                headers[at].append(text)
    return ["\n".join(parts) for parts in headers]
