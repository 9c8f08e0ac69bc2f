"""Columns that hold the parts of one thing (年 | 月 | 日, 都道府県 | 市区町村 | 番地), read as the one column that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.headers import field_of, header_key

_DEPTH = 20  # rows from the top among which the header is looked for
_DAY = ("年", "月", "日")
_DATE = "".join(_DAY)  # heads such columns where nothing above them does
_PREFECTURE = ("都道府県", "都道府県名")
_ADDRESS = (
    re.compile("都道府県名?"),
    re.compile("市区?町?村名?|市区郡町村"),
    re.compile("(?:町名|町域|丁目|大字|番地|字|それ以[下降]|以降|住所|[・、及び等])+"),
)
_OF_SUPPLIER = re.compile("相手|業者|受注|落札|住所|所在")


def with_parts_joined(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, the parts of a day or an address in the first of their columns."""
    for table in tables:
        for at, row in enumerate(table.rows[:_DEPTH]):
            if (found := _parts(row)) is not None:
                table = replace(table, rows=tuple(_joined(table.rows, at, *found)))
        yield table


def _parts(row: Row) -> tuple[int, bool] | None:
    """The first of three columns that a header parts a day (True) or an address (False) into."""
    if not any(_may_begin(text) for _, text, _ in row.cells if text):
        return None
    texts = [text and squeeze(fold(text)) for _, text, _ in row.cells]
    for column in range(len(texts) - 2):
        three = texts[column : column + 3]
        if tuple(three) == _DAY:
            return column, True
        if three[0].endswith(_PREFECTURE) and all(
            pattern.fullmatch(_OF_SUPPLIER.sub("", text) or text) for pattern, text in zip(_ADDRESS, three, strict=True)
        ):
            return column, False
    return None


@lru_cache(maxsize=1 << 12)
def _may_begin(text: str) -> bool:
    """Whether a cell's text can be the first of such headers."""
    key = squeeze(fold(text))
    return key == _DAY[0] or key.endswith(_PREFECTURE)


def _joined(rows: Sequence[Row], at: int, column: int, is_day: bool) -> Iterator[Row]:
    for nth, row in enumerate(rows):
        parts = [cell.text.strip() for cell in row.cells[column : column + 3]]
        if nth < at or not all(parts):
            yield row
        else:
            if nth == at:
                above = rows[at - 1].cells[column].text if at else ""
                text = "住所" if not is_day else "" if field_of(header_key(above)) else _DATE
            else:
                text = (
                    "".join(f"{part}{unit}" for part, unit in zip(parts, _DAY, strict=True))
                    if is_day
                    else "".join(parts)
                )
            yield Row(
                row.number,
                (*row.cells[:column], _cell(row.cells[column], text), EMPTY, EMPTY, *row.cells[column + 3 :]),
            )


def _cell(first: Cell, text: str) -> Cell:
    return cell_of_text(text) if text else first
