"""調達ポータル 落札実績オープンデータ (p-portal.go.jp): one award a row, eight columns, no header.

The columns are 調達案件番号 (19 digits), 調達案件名称, 落札決定日 (YYYY-MM-DD), 落札価格 ("31389000.00", may be empty), 府省コード,
入札方式コード, 商号又は名称 (may be empty), 法人番号. The files are UTF-8 with BOM, CRLF and quotes around every value; what
was saved again from a spreadsheet (CP932, shorter numbers, a header on top) is read as well. There is no day of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice
from typing import cast

from tsukitome.awards import ProcurementMethod
from tsukitome.documents.csv_rows import CsvRow, csv_rows
from tsukitome.documents.file import File
from tsukitome.normalize.numbers import CEILING, plain_number
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.open_data import (
    HEADER_AGAIN,
    Notes,
    one_line,
    read_day,
    refused_row,
    shortened,
    suppliers_of,
    wrong_width,
)
from tsukitome.sources.plain_award import PlainAward, Sum
from tsukitome.sources.reading import Reading
from tsukitome.sources.streaming import Item, LoneRows, RowItem, items_of_rows, reading_of
from tsukitome.sources.vocabulary import vocabulary

COLUMNS = 8
_ROWS_LOOKED_AT = 5
_NUMBER = re.compile(r"[0-9]{1,19}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}|")
_MINISTRY = re.compile(r"[A-Z][0-9A-Z]")
_METHOD = re.compile(r"80[0-9]{5}")
_WHOLE_YEN = re.compile(r"([0-9]{1,15})(?:\.00)?", re.A)
_PRICE = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_UNIT_CONTRACT = "単価"
_UNIT_CEILING = 100_000  # yen: 落札実績 begins at 少額随契's limits, far above a price per piece


def looks_like_portal(text: str) -> bool:
    """Whether a text is one of the portal's files: among its first rows (one may be a header) one has the columns' shape."""
    return any(_has_shape(row.cells) for row in islice(csv_rows(text[:20_000]), _ROWS_LOOKED_AT))


def read_portal(file: File, text: str) -> Reading:
    """The awards of a portal file whose decoded content is ``text``. A row without the eight columns is refused."""
    return reading_of("portal", portal_items(file, text))


def portal_items(file: File, text: str) -> Iterator[Item]:
    """What :func:`read_portal` reads, one row at a time."""
    return items_of_rows("portal", file, PortalReader(file), text)


class PortalReader(LoneRows):
    """Reads the rows of a portal file, each of which stands for itself."""

    def items(self, rows: Iterable[CsvRow]) -> Iterator[RowItem]:
        for row in rows:
            if row.problem or len(row.cells) != COLUMNS:
                if row.printed.strip():
                    yield refused_row(self.file, row, wrong_width(row, COLUMNS))
            elif not row.cells[0][:1].isdigit() and _is_header(row):
                if row.number > 1:
                    yield refused_row(self.file, row, HEADER_AGAIN)
            elif row.cells[1].strip():
                yield _award(row)
            elif any(cell.strip() for cell in row.cells):
                yield refused_row(self.file, row, "names no contract (column 2).")


def _has_shape(cells: tuple[str, ...]) -> bool:
    if len(cells) != COLUMNS:
        return False
    patterns = ((0, _NUMBER), (2, _DAY), (4, _MINISTRY), (5, _METHOD))
    return all(pattern.fullmatch(cells[column].strip()) for column, pattern in patterns)


def _is_header(row: CsvRow) -> bool:
    return not re.search("[0-9]", "".join(row.cells)) and "案件" in "".join(row.cells)


def _award(row: CsvRow) -> PlainAward:
    _, title, day, price, ministry, method, name, number = map(str.strip, row.cells)
    found = Notes()
    date, undated = _day(day)
    found.note(undated)
    buyer = _ministries().get(ministry)
    found.note(None if buyer else f"ministry code {shortened(ministry)!r} is not in the portal's list")
    how, details = _method(method)
    found.note(None if how else f"procurement method code {shortened(method)!r} is not in the portal's list")
    suppliers = suppliers_of(name, number, found)
    title = one_line(title)
    amount = _amount(price, title, found)
    return PlainAward(
        0, None, None, row.number, title, buyer, suppliers, (date, None, None, None),
        [(amount, 0 if suppliers else None)] if amount else [], None, how, details, row.printed, tuple(found.warnings),
        None,
    )  # fmt: skip


@lru_cache(1 << 14)
def _day(printed: str) -> tuple[str | None, str | None]:
    """A day in ISO 8601, and what is to be said of it."""
    day = read_day(printed)
    missing = None if day.date else "the row has no award date"
    return day.date.isoformat() if day.date else None, day.warning or missing


def _amount(price: str, title: str, found: Notes) -> Sum | None:
    """The price as a total; none where it is empty, or 0, by which the portal means that there is no total.

    The portal does not mark unit prices. A fraction of a yen is never a total (昭和25年法律第61号), nor is a small sum under a
    title that says 単価.
    """
    if not price:
        return None
    value: int | Decimal
    if whole := _WHOLE_YEN.fullmatch(price):  # as nearly all are; the rest is for what was saved again
        value = int(whole[1])
    else:
        printed = squeeze(fold(price)).replace(",", "")
        if not _PRICE.fullmatch(printed):
            found.note(f"price {shortened(price)!r} was not understood")
            return None
        value = Decimal(printed)
    if value == 0:
        found.note(f"price {price!r} stands for no total")
        return None
    if value > CEILING:
        found.note(f"price {price!r} is above {CEILING:,} yen, more than any award, so it was left out")
        return None
    yen = value if isinstance(value, int) else plain_number(value)
    if isinstance(yen, float) or (value < _UNIT_CEILING and _UNIT_CONTRACT in title):
        found.note(f"price {price!r} was read as a unit price, which the portal does not mark")
        return Sum("unit_price", yen, price, None)
    return Sum("contract_price", yen, price, None)


@cache
def _ministries() -> dict[str, str]:
    return {row["code"]: row["name"] for row in vocabulary("portal_ministries")}


@cache
def _methods() -> tuple[tuple[str, ProcurementMethod, str], ...]:
    rows = sorted(vocabulary("portal_methods"), key=lambda row: -len(row["code"].rstrip("*")))
    return tuple((row["code"], cast(ProcurementMethod, row["method"]), row["details"]) for row in rows)


@lru_cache(256)
def _method(code: str) -> tuple[ProcurementMethod | None, str | None]:
    for known, method, details in _methods():
        if code == known or (known.endswith("*") and code.startswith(known[:-1])):
            return method, details
    return None, shortened(code) or None
