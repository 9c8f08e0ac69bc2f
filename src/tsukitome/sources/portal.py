"""調達ポータル 落札実績オープンデータ (p-portal.go.jp): one award a row, eight columns, no header.

The columns are 調達案件番号 (19 digits), 調達案件名称, 落札決定日 (YYYY-MM-DD), 落札価格 ("31389000.00", may be empty), 府省コード,
入札方式コード, 商号又は名称 (may be empty), 法人番号. The files are UTF-8 with BOM, CRLF and quotes around every value; what
was saved again from a spreadsheet (CP932, shorter numbers, a header on top) is read as well. There is no day of publication.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import cast

from tsukitome.awards import Amount, Award, Dates, ProcurementMethod, Source, Supplier
from tsukitome.documents.file import File
from tsukitome.normalize.corporate_number import read_corporate_number
from tsukitome.normalize.dates import read_date
from tsukitome.normalize.firm import read_firm
from tsukitome.normalize.numbers import plain_number
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.vocabulary import vocabulary

COLUMNS = 8
_ROWS_LOOKED_AT = 5
_NUMBER = re.compile(r"[0-9]{1,19}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}|")
_MINISTRY = re.compile(r"[A-Z][0-9A-Z]")
_METHOD = re.compile(r"80[0-9]{5}")
_PRICE = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_UNIT_CONTRACT = re.compile(r"単価")
_UNIT_CEILING = 100_000  # yen: 落札実績 begins at 少額随契's limits, far above a price per piece


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]
    printed: str


@dataclass(slots=True)
class _Findings:
    """What a row gives besides its plain values: a sentence for each thing that could not be read."""

    warnings: list[str] = field(default_factory=list)

    def note(self, warning: str | None) -> None:
        if warning:
            self.warnings.append(warning)


def looks_like_portal(text: str) -> bool:
    """Whether a text is one of the portal's files: among its first rows (one may be a header) one has the columns' shape."""
    return any(_has_shape(row.cells) for row in _rows(text[:20_000], at_most=_ROWS_LOOKED_AT))


def read_portal(file: File, text: str) -> Reading:
    """The awards of a portal file whose decoded content is ``text``. A row without the eight columns is refused."""
    awards: list[Award] = []
    refusals: list[Refusal] = []
    for row in _rows(text):
        if not any(cell.strip() for cell in row.cells) or _is_header(row):
            continue
        if len(row.cells) != COLUMNS:
            reason = f"has {len(row.cells)} columns where the portal's files have {COLUMNS}."
            refusals.append(Refusal(file.shown, reason, f"row {row.number}", row.printed[:400]))
        elif not row.cells[1].strip():
            refusals.append(
                Refusal(file.shown, "names no contract (column 2).", f"row {row.number}", row.printed[:400])
            )
        else:
            awards.append(_award(file, row))
    return Reading("portal", tuple(awards), tuple(refusals))


def _rows(text: str, at_most: int | None = None) -> Iterator[_Row]:
    """The rows with the numbers that a spreadsheet shows (blank lines count), and each as it is printed in the file."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    reader = csv.reader(io.StringIO("".join(lines), newline=""))
    before = 0
    for number, cells in enumerate(reader, start=1):
        if at_most is not None and number > at_most:
            return
        yield _Row(number, tuple(cells), "".join(lines[before : reader.line_num]).rstrip("\r\n"))
        before = reader.line_num


def _has_shape(cells: tuple[str, ...]) -> bool:
    if len(cells) != COLUMNS:
        return False
    patterns = ((0, _NUMBER), (2, _DAY), (4, _MINISTRY), (5, _METHOD))
    return all(pattern.fullmatch(cells[column].strip()) for column, pattern in patterns)


def _is_header(row: _Row) -> bool:
    return row.number == 1 and not re.search("[0-9]", "".join(row.cells)) and "案件" in "".join(row.cells)


def _award(file: File, row: _Row) -> Award:
    _, title, day, price, ministry, method, name, number = (cell.strip() for cell in row.cells)
    found = _Findings()
    date = read_date(day)
    found.note(date.warning or (None if date.date else "the row has no award date"))
    buyer = _ministries().get(ministry)
    found.note(None if buyer else f"ministry code {ministry!r} is not in the portal's list")
    how, details = _method(method)
    found.note(None if how else f"procurement method code {method!r} is not in the portal's list")
    suppliers = _suppliers(name, number, found)
    title = " ".join(fold(title).split())
    return Award(
        award_id=file.award_id(f"r{row.number}"),
        title=title,
        buyer=buyer,
        suppliers=suppliers,
        source=Source(file.shown, "portal", file.sha256, row.printed, row=row.number),
        dates=Dates(award=date.date),
        amounts=_amounts(price, title, 0 if suppliers else None, found),
        procurement_method=how,
        procurement_method_details=details,
        warnings=tuple(found.warnings),
    )


def _suppliers(name: str, number: str, found: _Findings) -> tuple[Supplier, ...]:
    corporate_number, warning = read_corporate_number(number)
    found.note(warning)
    if squeeze(name):
        firm = read_firm(name)
        return (Supplier(firm.name, corporate_number=corporate_number, branch=firm.branch, printed=name),)
    if corporate_number:
        return (Supplier(f"法人番号 {corporate_number}", corporate_number=corporate_number),)
    found.note("the row names no supplier")
    return ()


def _amounts(price: str, title: str, supplier: int | None, found: _Findings) -> tuple[Amount, ...]:
    """The price as a total; none where it is empty, or 0, by which the portal means that there is no total.

    The portal does not mark unit prices. A fraction of a yen is never a total (昭和25年法律第61号), nor is a small sum under a
    title that says 単価.
    """
    if not price:
        return ()
    printed = squeeze(fold(price)).replace(",", "")
    if not _PRICE.fullmatch(printed):
        found.note(f"price {price!r} was not understood")
        return ()
    value = Decimal(printed)
    if value == 0:
        found.note(f"price {price!r} stands for no total")
        return ()
    yen = plain_number(value)
    if value != value.to_integral_value() or (_UNIT_CONTRACT.search(title) and value < _UNIT_CEILING):
        found.note(f"price {price!r} was read as a unit price, which the portal does not mark")
        return (Amount("unit_price", yen, price, None, supplier),)
    return (Amount("contract_price", yen, price, None, supplier),)


@cache
def _ministries() -> dict[str, str]:
    return {row["code"]: row["name"] for row in vocabulary("portal_ministries")}


@cache
def _methods() -> tuple[tuple[str, ProcurementMethod, str], ...]:
    rows = sorted(vocabulary("portal_methods"), key=lambda row: -len(row["code"].rstrip("*")))
    return tuple((row["code"], cast(ProcurementMethod, row["method"]), row["details"]) for row in rows)


def _method(code: str) -> tuple[ProcurementMethod | None, str | None]:
    for known, method, details in _methods():
        if code == known or (known.endswith("*") and code.startswith(known[:-1])):
            return method, details
    return None, code or None
