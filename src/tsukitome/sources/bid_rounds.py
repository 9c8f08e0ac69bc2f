"""Rounds of bids with a list of bidders for each (第1回, 第2回, 再入札), as one list with a column for the bids of each round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_cells import mark_of
from tsukitome.sources.bid_columns import BidLayout
from tsukitome.sources.bid_fields import field_of
from tsukitome.sources.bid_headers import layout_at
from tsukitome.sources.bid_labels import labels_of
from tsukitome.sources.bid_titles import SOME_TITLE
from tsukitome.sources.bid_winners import bare_name, name_key
from tsukitome.sources.contract_record import own_texts

_MOST_ROWS = 1000  # of a table in which rounds are looked for: longer ones list contract after contract
_LONGEST = 24  # characters of a line that heads a round
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_ROUND = re.compile(
    r"[【〔\[<＜(●○■□◆◇・]*(?:(?:入札|開札|見積)?第?(?P<number>[0-9一二三四五])回目?|(?P<again>再々?|再再)度?)の?"
    r"(?P<bid>入札|開札|見積(?:り|合わ?せ)?)?(?:執行)?(?:結果|状況|経過|調書|表|書)*[】〕\]>＞):]*"
)
_OF_ROUND = re.compile(r"第?[0-9一二三四五]回目?の?|初[回度]の?|再々?度?の?")
_AGAIN = re.compile(r"[(（【\[](?:再々?度?(?:の)?入札|第?[2-5２-５]回目?(?:入札)?)[)）】\]]")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")


@lru_cache(maxsize=1 << 12)
def round_of(text: str) -> int | None:
    """The number of the round that a line heads: 2 of 第2回, 再入札 or 【第２回入札結果】; None for any other text."""
    if len(text) > _LONGEST or not ("回" in text or "再" in text):
        return None
    match = _ROUND.fullmatch(squeeze(fold(text)))
    if match is None or not (match["number"] or match["bid"]):
        return None
    if number := match["number"]:
        return int(number) if number.isdecimal() else _NUMBERS[number]
    return 1 + len(match["again"])


def rounds_joined(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, those with a list of bidders for each round with one list; a table that holds but a further round, and stands
    behind the one with the rounds before on its page, is a part of that.
    """
    before: Table | None = None
    for table in tables:
        if before is not None and (joined := _with_round(before, table)) is not None:
            before = joined
            continue
        if before is not None:
            yield _joined(before)
        before = table
    if before is not None:
        yield _joined(before)


def _with_round(before: Table, table: Table) -> Table | None:
    """A table with the rows of the next one below its own, where that goes on with a further round; else None."""
    if not _shares_page(table) or max(len(before.rows), len(table.rows)) > _MOST_ROWS or not before.rows:
        return None
    head = next((line for line in reversed(table.heading.splitlines()) if line.strip()), "")
    first = next((row for row in table.rows if not row.is_blank), None)
    if first is None or not (_number(head) > 1 or _begins(first) > 1):
        return None
    width = max(len(before.rows[0].cells), len(table.rows[0].cells))
    above = [Row(before.rows[-1].number, (cell_of_text(head),))] if _number(head) > 1 else []
    rows = [
        Row(row.number, (*row.cells, *(EMPTY,) * (width - len(row.cells))))
        for row in (*before.rows, *above, *table.rows)
    ]
    whole = replace(before, rows=tuple(rows))
    return whole if len(_joined(whole).rows) < len(rows) else None


def _shares_page(table: Table) -> bool:
    return table.page is not None or (table.sheet or "").startswith("table ")


def _number(text: str) -> int:
    return round_of(text.strip()) or 0


def _begins(row: Row) -> int:
    """The number of the round that a row heads; 0 for any other row."""
    texts = own_texts(row)
    return _number(texts[0]) if len(texts) == 1 else 0


class _List(NamedTuple):
    """The bidders of one round: the number of the round, the header, and the rows; ``end`` is the row behind them."""

    number: int
    layout: BidLayout
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    end: int


def _joined(table: Table) -> Table:
    rows = table.rows
    if len(rows) > _MOST_ROWS or not any(_begins(row) > 1 or _says_again(row) for row in rows):
        return table
    at = 0
    while at < len(rows):
        layout = layout_at(rows, at, SOME_TITLE)
        if layout is None or not _is_plain(layout):
            at += 1
            continue
        header = rows[at : at + len(layout.rows)]
        first = _List(1, layout, header, *_bidders(rows, at + len(header), layout))
        lists, told = [first], []
        while not _is_won(lists[-1]) and (further := _further(rows, lists[-1], _title(rows[:at]))):
            labels, one = further
            lists.append(one)
            told += labels
        if len(lists) > 1 and (merged := _merged(lists)):
            rows = (*rows[:at], *told, *merged, *rows[lists[-1].end :])
            width = max(len(row.cells) for row in rows)
            rows = tuple(Row(row.number, (*row.cells, *(EMPTY,) * (width - len(row.cells)))) for row in rows)
            at += len(told) + len(merged)
        else:
            at = max(first.end, at + 1)
    return replace(table, rows=rows)


def _says_again(row: Row) -> bool:
    return any("再" in text or "回" in text for text in own_texts(row)[:2]) and "title" in labels_of(row)


def _is_plain(layout: BidLayout) -> bool:
    """Whether a header is of one contract's bidders, a row each, with one bid each."""
    estimate = "estimate" in layout.columns
    apart = layout.columns["title"].at >= layout.printed and not layout.wide and layout.listed is None
    return apart and len(layout.bids) + estimate == 1


def _bidders(rows: Sequence[Row], at: int, layout: BidLayout) -> tuple[tuple[Row, ...], int]:
    """The rows of bidders from here on, and the place of the row behind them."""
    found: list[Row] = []
    bidder = layout.columns["bidder"].at
    for end in range(at, len(rows)):
        row = rows[end]
        if row.is_blank:
            continue
        if (
            len(own_texts(row)) < 2
            or not row.cells[bidder].text.strip()
            or labels_of(row)
            or layout_at(rows, end, SOME_TITLE)
        ):
            return tuple(found), end
        found.append(row)
    return tuple(found), len(rows)


def _title(above: Sequence[Row]) -> str:
    """The last title that a label above gives; "" for none."""
    found = (labels["title"].cell.text for row in reversed(above) if "title" in (labels := labels_of(row)))
    return squeeze(fold(next(found, "")))


def _is_won(one: _List) -> bool:
    """Whether a round has its winner: no further round follows."""
    results = one.layout.results
    return any(mark_of(row.cells[column.at].text, column.printed) == "won" for row in one.rows for column in results)


def _further(rows: Sequence[Row], last: _List, title: str) -> tuple[list[Row], _List] | None:
    """The next round's list, and the labels above it, where it is one of the same contract; else None."""
    number = 0
    labels: list[Row] = []
    for at in range(last.end, len(rows)):
        row = rows[at]
        if row.is_blank:
            continue
        if begun := _begins(row):
            number = number or begun
            continue
        told = labels_of(row)
        if "title" in told:
            own = told["title"].cell.text
            if _AGAIN.search(own):
                number = number or last.number + 1
            if title and squeeze(fold(_AGAIN.sub("", own))) != title:
                return None
        if number <= last.number:
            return None
        if told:
            labels += [] if "title" in told else [row]
            continue
        layout = layout_at(rows, at, SOME_TITLE)
        if layout is None:
            below, end = _bidders(rows, at, last.layout)
            return (labels, last._replace(number=number, rows=below, end=end)) if below else None
        header = tuple(rows[at : at + len(layout.rows)])
        if _words(header) != _words(last.header):
            return None
        below, end = _bidders(rows, at + len(header), layout)
        return labels, _List(number, layout, header, below, end)
    return None


def _words(header: Sequence[Row]) -> list[list[str]]:
    return [[_OF_ROUND.sub("", squeeze(fold(text))) for text in row.texts] for row in header]


def _merged(lists: Sequence[_List]) -> list[Row]:
    """One header and a row a bidder, with each round's bids and marks behind those before; [] where a name comes twice in one."""
    first = lists[0]
    columns = first.layout.columns
    bidder = columns["bidder"].at
    bid = columns["estimate"].at if "estimate" in columns else first.layout.bids[0].at
    own = [bid, *(column.at for column in first.layout.results)]
    rows: dict[str, dict[int, Row]] = {}
    for nth, one in enumerate(lists):
        for row in one.rows:
            seen = rows.setdefault(name_key(bare_name(row.cells[bidder].text)), {})
            if nth in seen:
                return []
            seen[nth] = row
    header = _numbered(first, bid)
    for one in lists[1:]:
        more = _numbered(one, bid)
        header = [
            Row(row.number, (*row.cells, *(below.cells[at] for at in own)))
            for row, below in zip(header, more, strict=True)
        ]
    return [*header, *(_bidder(by_round, len(lists), own) for by_round in rows.values())]


def _bidder(by_round: Mapping[int, Row], rounds: int, own: Sequence[int]) -> Row:
    """A bidder's row: its bids and marks of each round, and all else as its last round has it."""
    row, latest = by_round[min(by_round)], by_round[max(by_round)].cells
    cells = [
        (cell if 0 in by_round else EMPTY) if at in own else (latest[at] if latest[at].text.strip() else cell)
        for at, cell in enumerate(row.cells)
    ]
    for nth in range(1, rounds):
        cells += [by_round[nth].cells[at] if nth in by_round else EMPTY for at in own]
    return Row(row.number, tuple(cells))


def _numbered(one: _List, bid: int) -> list[Row]:
    """A header with the round's number in the lowest words over its bids."""
    lowest = max(at for at, row in enumerate(one.header) if row.cells[bid].text.strip())
    rows = list(one.header)
    cells = list(rows[lowest].cells)
    cells[bid] = _of_round(cells[bid].text, one.number)
    rows[lowest] = Row(rows[lowest].number, tuple(cells))
    return rows


def _of_round(printed: str, number: int) -> Cell:
    """The words over bids as those of a round; what they say of tax and unit stays."""
    bare = _OF_ROUND.sub("", fold(printed))
    named = f"第{number}回{bare.strip()}"
    if field_of(named) == "bid":
        return cell_of_text(named)
    return cell_of_text(f"第{number}回入札金額{''.join(_ASIDE.findall(bare))}")
