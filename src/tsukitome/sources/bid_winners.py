"""Who of a contract's bidders won: by a mark, by name, by rank, by a price of its own, by lots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tsukitome.documents.table import EMPTY, Cell, Row
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_cells import is_blank, is_tick, mark_for_winner, mark_of, read_amount, says_lots
from tsukitome.sources.bid_place import Place

Telling = Literal["mark", "name", "rank", "price", "lots", None]

_RANKED_FIRST = re.compile(r"第?[1一]位?")
_MARKED_NAME = re.compile(r"\s*[【\[(（〔]\s*(?:落札者?|決定|落札決定)\s*[】\])）〕]\s*")
_COMPANY_FORM = re.compile(r"\(?(?:株式会社|有限会社|\([株有]\))\)?")
SIGNS = frozenset("○◎●◯★☆◆◇■□※＊*")
_TAXES = (1, 1.05, 1.08, 1.1)  # what the price may have and the bids may not


def winners_among(rows: Sequence[Row], place: Place) -> tuple[list[Row], Telling]:
    """The rows marked 落札 or 決定, or whose bidder a column of the table names as the winner; else the one row that comes first
    in rank, that alone bears the price, or that alone of equal bids has くじ. What tells them, too.
    """
    columns = place.layout.columns
    if marked := _marked(rows, place):
        return _most_marked(marked, place) if len(marked) > 1 else marked, "mark"
    if "winner" in columns:
        named = _named(rows, place)
        return named, "name" if named else None
    found: tuple[tuple[Telling, list[Row]], ...] = (
        ("rank", _first_in_rank(rows, place) if "rank" in columns else []),
        ("price", _priced(rows, place) if "price" in columns and len(rows) > 1 else []),
        ("lots", _drawn(rows, place) if len(rows) > 1 else []),
    )
    return next(((told, how) for how, told in found if told), ([], None))


def _cell(name: str, row: Row, place: Place) -> Cell:
    column = place.layout.columns.get(name)
    return EMPTY if column is None else row.cells[column.at]


def _marked(rows: Sequence[Row], place: Place) -> list[Row]:
    marks, bidder, sign = place.marks, place.layout.columns["bidder"].at, place.sign
    marked = []
    for row in rows:
        cells = row.cells
        for at, worded, won in marks:
            value, text, _ = cells[at]
            if won[text] if not worded else isinstance(value, str) and won[value]:
                marked.append(row)
                break
        else:
            if has_mark(cells[bidder].text) or (sign and place.signs_name(cells[bidder].text)):
                marked.append(row)
    return marked


def _most_marked(rows: list[Row], place: Place) -> list[Row]:
    """Of several rows with a sign in one column those with ◎, where others have a lesser one."""
    for column in place.layout.results:
        texts = [row.cells[column.at].text.strip() for row in rows]
        if "◎" in texts and all(map(is_tick, texts)):
            return [row for row, text in zip(rows, texts, strict=True) if text == "◎"]
    return rows


def _named(rows: Sequence[Row], place: Place) -> list[Row]:
    """The rows whose bidder the column of winners marks or names."""
    marked = [row for row in rows if mark_for_winner(_cell("winner", row, place).text) == "won"]
    if marked and not place.layout.wide:
        return marked
    names = {name_key(_cell("winner", row, place).text) for row in rows} - {""}
    return [row for row in rows if name_key(_cell("bidder", row, place).text) in names]


def _first_in_rank(rows: Sequence[Row], place: Place) -> list[Row]:
    """The one row that the column 順位 puts first, where nothing says that its bid does not count."""
    first = [
        row
        for row in rows
        if _RANKED_FIRST.fullmatch(squeeze(fold(_cell("rank", row, place).text))) and not _is_marked(row, place)
    ]
    return first if len(first) == 1 else []


def _is_marked(row: Row, place: Place) -> bool:
    """Whether a cell says anything of a bidder: that it lost, or why its bid does not count."""
    return any(mark_of(row.cells[column.at].text, column.printed) for column in place.layout.results)


def _priced(rows: Sequence[Row], place: Place) -> list[Row]:
    """The one row that bears the contract's price, where that is its own: its last bid, with or without tax.

    A price on the contract's first row may be told of all rows below it, and so may one that stands on several.
    """
    at, unit, _ = place.money(place.layout.columns["price"])
    priced = [(row, yen) for row in rows if (yen := read_amount(row.cells[at], unit)[0])]
    if len(priced) != 1 or place.layout.is_a_row_each or at >= place.layout.printed:
        return []
    (row, yen) = priced[0]
    own = _last_bid(row, place)
    equal = [other for other in rows if _is_price_of(yen, _last_bid(other, place))]
    if _is_marked(row, place) or (equal != [row] if own else row is rows[0] or bool(equal)):
        return []
    return [row]


def _is_price_of(yen: float, bid: float | None) -> bool:
    return bid is not None and any(abs(bid * tax - yen) < 1 for tax in _TAXES)


def _last_bid(row: Row, place: Place) -> float | None:
    bids = [yen for at, unit, _ in place.bids if (yen := read_amount(row.cells[at], unit)[0])]
    return bids[-1] if bids else None


def _drawn(rows: Sequence[Row], place: Place) -> list[Row]:
    """The one row with くじ among those that bid the same least sum."""
    drawn = [row for row in rows if any(says_lots(row.cells[column.at].text) for column in place.layout.results)]
    if len(drawn) != 1:
        return []
    bids = [bid for row in rows if not _is_marked(row, place) and (bid := _last_bid(row, place))]
    own = _last_bid(drawn[0], place)
    return drawn if own and own == min(bids, default=None) and bids.count(own) > 1 else []


def has_mark(name: str) -> bool:
    """Whether a bidder's printed name holds the mark of the winner."""
    return ("落札" in name or "決定" in name) and _MARKED_NAME.search(name) is not None


def bare_name(text: str) -> str:
    """A bidder's printed name without the mark of the winner in it, or a sign before it: (株)架空【落札】, ○(株)架空."""
    name = (_MARKED_NAME.sub(" ", text) if has_mark(text) else text).strip()
    return name[1:].strip() if sign_before(name) else name


def sign_before(name: str) -> str:
    """The sign that stands before a bidder's name, where no legend tells what it means; "" for none. ○○建設 has none."""
    name = name.lstrip()
    return name[0] if name[:1] in SIGNS and name[1:].strip()[:1] not in SIGNS | {""} else ""


def name_key(text: str) -> str:
    return "" if is_blank(text) else _COMPANY_FORM.sub("", squeeze(fold(text)))
