"""Where the header of a table of bids is, and which column is which field: 2 or 3 stacked rows, begun on any row.

A column is known by the words of its header rows together (入札結果, 第1回, 金額), after ``tables/bid_headers.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tsukitome.awards import Tax
from tsukitome.documents.table import Cell, Row
from tsukitome.normalize.money import tax_of
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.headers import header_key, unit_of, whole
from tsukitome.sources.supplier_address import has_form
from tsukitome.sources.vocabulary import header_rules

_TALLEST = 4  # rows that a header may have
_LONGEST = 60  # characters of a header cell; longer ones are data
_ROUND = re.compile(r"第?([0-9]+)回")
_FIGURE = re.compile(r"[^0-9]{0,2}[0-9][0-9,./年月日元-]*[円%]?")
# A round of bids in the lowest row of a header: 第1回, 1回目, 第1回入札, 第1回入札額. Whatever stands above it, it is one.
_BARE_ROUND = re.compile(r"第?(?:[0-9]+|[一二三四五])回目?の?(?:入札|開札)?(?:金額|価格|額)?")
_SIDE_BY_SIDE = re.compile(
    r"(?:第?(?:[0-9]+|[一二三四五])回目?の?(?:入札|開札)(?:金額|価格|額)?|(?:見積|入札|応札)?(?:金額|価格|額)|見積)[0-9]+"
)  # 第1回入札2, 金額2, 見積金額2
_ASKED = re.compile("入札|応札|参加|見積|指名")  # who took part, and not who won: 業者名 may be either
_PROPOSED = re.compile("提案|応募|参加")  # whose proposals are ranked, and bear no price
_BARE_BID = frozenset({"金額", "価格", "金額(円)"})  # a bid, beside those who took part
_NUMBERED = re.compile(r"([0-9]+)(?:者|社|位)?目?$")
DAYS = frozenset({"bid_date", "award_date", "contract_date"})
_MONEY = ("price", "estimate", "bid", "reserve")
_NUMBERED_BIDDER = re.compile(r"(?:業者|会社|企業|社|者)[0-9A-Z①-⑳]")  # 業者1, beside 金額1
# What makes two rows bids for one contract: all of these that are printed are equal.
_SAME_CONTRACT = (
    "buyer", "section", "reference", "title", "lot", "notice", "bid_date", "award_date", "contract_date", "reserve",
)  # fmt: skip


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
    lines above the table. Both have columns behind the ``printed`` cells of a row, which ``bid_contract.rows_of`` fills.
    ``officers`` are all columns that may name an official: none of them is ever quoted. ``told`` are those whose header is
    understood. ``unpaired`` says that there are bids of which no telling is whose they are. ``listed`` is the column whose cells
    list all bidders with their bids.
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

    @property
    def is_a_row_each(self) -> bool:
        """Whether a row is a contract, and not one of its bidders."""
        return bool(self.wide) or self.listed is not None

    @property
    def is_bid_table(self) -> bool:
        """A title, a bidder and an amount that a bidder has make a table of bids, and so does a winner with its price."""
        told = self.bids or "estimate" in self.columns
        if not told and "bidder" in self.columns and _PROPOSED.search(self.columns["bidder"].printed):
            told = bool(self.results) or "rank" in self.columns
        if not told and self.columns.keys() >= {"winner", "price", "bidder"}:
            told = bool(self.wide) or _ASKED.search(self.columns["bidder"].printed) is not None
        return bool("title" in self.columns and "bidder" in self.columns and told)


@cache
def field_of(header: str) -> str | None:
    """The field of a printed header (its rows joined), or None."""
    key = header_key(header)
    if _NUMBERED_BIDDER.fullmatch(key):
        return "bidder"
    if ("回" in key and _is_bare_round(header)) or _SIDE_BY_SIDE.fullmatch(key):
        return "bid"
    if not key or len(key) > _LONGEST:
        return None
    key = whole(key)
    for field, every, some, none in header_rules("bid_headers"):
        if (
            all(word in key for word in every)
            and (not some or any(word in key for word in some))
            and not any(word in key for word in none)
        ):
            return field
    return None


def _is_bare_round(header: str) -> bool:
    return _BARE_ROUND.fullmatch(header_key(header.rsplit("\n", 1)[-1])) is not None


def layout_at(rows: Sequence[Row], at: int, given: Mapping[str, tuple[str, Cell]] | None = None) -> BidLayout | None:
    """The layout whose header begins with ``rows[at]``; None where none does.

    ``given`` are fields that stand in lines above: where they give the title, the header need not.
    """
    if any(value is not None and not isinstance(value, str) for value, _, _ in rows[at].cells):
        return None  # a row of data: headers hold words only
    texts = {text for text in rows[at].texts if text.strip()}
    given = given or {}
    least = 2 if "title" in given else 3
    if len(texts) < least or not _is_words(rows[at]):
        return None
    fields = {field_of(text) for text in texts}
    named = fields & {"bidder", "listed"} or _firms_in(rows[at : at + 2])
    if "title" not in fields | given.keys() or not (named or ("title" in fields and _names_below(rows[at : at + 2]))):
        return None
    best: BidLayout | None = None
    for height in range(1, min(_TALLEST, len(rows) - at) + 1):
        block = rows[at : at + height]
        if not _is_words(block[-1]):
            break
        layout = _layout(block, given)
        if layout.is_bid_table and (best is None or _told(layout) > _told(best) or _is_lower_half(block, best)):
            best = layout
    return best


def _names_below(block: Sequence[Row]) -> bool:
    """Whether a header's second row holds a column of bidders."""
    return len(block) > 1 and _is_words(block[1]) and any(field_of(text) == "bidder" for text in set(block[1].texts))


def _firms_in(block: Sequence[Row]) -> bool:
    """Whether a header names several firms, each over the column of its bids."""
    return any(
        sum(has_form(text) for text in set(row.texts) if len(text) <= _LONGEST) > 1 and _is_words(row) for row in block
    )


def _is_words(row: Row) -> bool:
    """Whether a row can be of a header: words only, no number and no date."""
    return all(
        isinstance(cell.value, str | None)
        and (not _FIGURE.fullmatch(squeeze(fold(cell.text))) or field_of(cell.text) is not None)
        for cell in row.cells
    )


def _is_lower_half(block: Sequence[Row], best: BidLayout) -> bool:
    """Whether a header's last row only parts columns of the row above (評価点 > 標準点, 加算点)."""
    row, columns = block[-1], best.columns
    known = [columns[name].at for name in ("title", "bidder") if columns[name].at < len(row.cells)]
    blank = all(row.cells[at].covered or not row.cells[at].text.strip() for at in known)
    return bool(known) and blank and len(block) == len(best.rows) + 1 and not row.is_blank


def _told(layout: BidLayout) -> float:
    """How much a header says. A bare 第1回 says least: below it there may stand what its column holds."""
    bare = sum(_is_bare_round(column.printed) for column in layout.bids)
    fields = layout.columns.keys() - ({"bid"} if bare == len(layout.bids) else set())
    return len(fields) + len(layout.bids) - bare + (0.5 if bare else 0)


@dataclass(slots=True)
class _Read:
    """What the header cells say, one by one: the first column of each field, all columns with theirs, bids with their rounds."""

    columns: dict[str, Column]
    found: list[tuple[str, Column]]
    bids: list[tuple[int, Column]]
    officers: set[int]
    told: set[int]
    firms: list[Group]  # those that the header names, their bids below


def _layout(block: Sequence[Row], given: Mapping[str, tuple[str, Cell]]) -> BidLayout:
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
    )


def _column(at: int, header: str) -> Column:
    return Column(at, header, unit_of(header), tax_of(fold(header)))


def _read(headers: Sequence[str]) -> _Read:
    read = _Read({}, [], [], set(), set(), [])
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
        read.found.append((field, column))
        read.columns.setdefault(field, column)
    return read


def _in_order(read: _Read, headers: Sequence[str]) -> tuple[Column, ...]:
    """The columns of bids by their rounds; where there are none, a bare 金額 beside those who took part."""
    ordered = tuple(column for _, column in sorted(read.bids, key=lambda bid: bid[0]))
    bidder = read.columns.get("bidder")
    if not ordered and "estimate" not in read.columns and bidder and _ASKED.search(bidder.printed):
        bare = (at for at, header in enumerate(headers) if header_key(header) in _BARE_BID)
        ordered = tuple(_column(at, headers[at]) for at in bare)[:1]
    return ordered


def _given_columns(columns: dict[str, Column], given: Mapping[str, tuple[str, Cell]], end: int) -> tuple[Cell, ...]:
    """Adds, from ``end`` on, columns for what stands above the table (件名：…) and in none of its own; gives their cells."""
    added: list[Cell] = []
    apart = "title" not in columns and "title" in given
    dated = not DAYS.isdisjoint(columns)
    for field, (label, cell) in given.items():
        if field not in columns and field != "buyer" and (apart or (field in DAYS and not dated)):
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
        if (match := _NUMBERED.search(key)) and not _BARE_ROUND.fullmatch(key):
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
        groups = tuple(
            Group(bidder, tuple(bid for bid in bids if bidder.at < bid.at < end), None)
            for bidder, end in zip(bidders, ends, strict=True)
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
