"""Columns whose cells print several things (契約金額／予定価格, 契約日 over 契約金額, 公告日 over 開札日 over 契約日), parted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.normalize.text import squeeze
from tsukitome.sources.headers import field_of, header_key

_DEPTH = 20  # rows from the top among which the header is looked for
_LONGEST = 60  # characters of such a header
_FEWEST = 2  # columns that a header names, and more
_FIGURES = frozenset(
    {"price", "unit_price", "reserve", "rate", "contract_date", "award_date", "number", "estimated", "paid"}
)
_DAYS = frozenset({"award_date", "contract_date", "bid_day", "notice", "published", "ignored"})
_MOST_DAYS = 4  # in one column
_DAY_HEADER = re.compile(r".{1,12}日(?:付|時)?")
_BEHIND = frozenset({"reserve", "rate"})  # what may stand in parentheses behind a price
_SLASH = re.compile(r"\s*[/／]\s*")
_OPENED = re.compile(r"(?P<first>[^()（）]+?)\s*[(（](?P<second>[^()（）]+)[)）]")
_WRAPPED = re.compile(r"[(（\[［](?P<inside>[^()（）]+)[)）\]］]")
_NOTHING = re.compile(r"[-‐‑–—―−─－ー*＊]+|非公表|省略|公表しない")


def with_columns_parted(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, the second and further things of such a column in columns of their own behind all others."""
    for table in tables:
        for at, row in enumerate(table.rows[:_DEPTH]):
            if columns := {
                column: len(found)
                for column, cell in enumerate(row.cells)
                if cell.text and not cell.covered and (found := _heads(cell.text))
            }:
                if _is_header(row):
                    table = replace(table, rows=tuple(_parted(table.rows, at, columns)))
                break
        yield table


def _is_header(row: Row) -> bool:
    return sum(field_of(header_key(text)) is not None for text in row.texts) > _FEWEST


@lru_cache(maxsize=1 << 12)
def _heads(text: str) -> tuple[str, ...] | None:
    """The headers in a cell that heads such a column; None for any other cell."""
    if (
        len(text) > _LONGEST
        or _is_figure(text)
        or not ("\n" in text or "/" in text or "／" in text or text.endswith((")", "）")))
    ):
        return None
    for first, second, opened in _pairs(text):
        fields = [field_of(header_key(part)) for part in (first, second)]
        if (
            fields[0] != fields[1]
            and all(field in _FIGURES for field in fields)
            and (not opened or fields[1] in _BEHIND)
        ):
            return first, second
    return _days_in(text)


def _days_in(text: str) -> tuple[str, ...] | None:
    """The headers of several days, a line each, one of them of the contract or the award: 公告日 / 開札日 / 契約日."""
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    if not 1 < len(lines) <= _MOST_DAYS or not all(_DAY_HEADER.fullmatch(squeeze(line)) for line in lines):
        return None
    fields = [field_of(header_key(line)) for line in lines]
    told = {"award_date", "contract_date"} & set(fields)
    return tuple(lines) if told and _DAYS.issuperset(filter(None, fields)) and len(set(fields)) > 1 else None


def _pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """The ways to see two parts in a text: two lines (a unit goes with the line above it), a slash, parentheses behind."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        if lines and re.match(r"[(（\[][^()（）]*円", line) and not re.search("価格|金額", line):
            lines[-1] += line
        else:
            lines.append(line)
    if len(lines) == 2:
        yield lines[0], _bare(lines[1]), False
    elif len(lines) == 1:
        parts = _SLASH.split(lines[0])
        if len(parts) == 2:
            yield parts[0], parts[1], False
        if opened := _OPENED.fullmatch(lines[0]):
            yield opened["first"], opened["second"], True


def _bare(text: str) -> str:
    text = text.lstrip("/／").strip()
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped["inside"].strip() if wrapped else text


def _parted(rows: Sequence[Row], at: int, columns: Mapping[int, int]) -> Iterator[Row]:
    for nth, row in enumerate(rows):
        cells, behind = list(row.cells), []
        for column, count in columns.items():
            cells[column], *more = _things(cells[column], count, head=nth == at) if nth >= at else (cells[column],)
            behind += [*more, *[EMPTY] * (count - 1 - len(more))]
        yield Row(row.number, (*cells, *behind))


def _things(cell: Cell, count: int, *, head: bool) -> tuple[Cell, ...]:
    """The things in a cell of a column of so many; a cell that holds one keeps it."""
    text = cell.text
    if head and (found := _heads(text)):
        return tuple(map(cell_of_text, found))
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    if count == len(lines) > 2 and all(_is_figure(line) or _NOTHING.fullmatch(line) for line in lines):
        return tuple(Cell(line, line, cell.covered) for line in lines)
    for first, second, _ in _pairs(text) if isinstance(cell.value, str) else ():
        if _is_figure(first) and (_is_figure(second) or _NOTHING.fullmatch(second)):
            return Cell(first, first, cell.covered), Cell(second, second, cell.covered)
    return (cell,)


def _is_figure(text: str) -> bool:
    return re.search("[0-9０-９]", text) is not None
