"""行政事業レビュー: the payees of the state's projects, one payment a row, known by fiscal year only.

Two layouts: the payees of FY2014 to 2022 flattened from judgit.net (公開年度, 会計年度, 府省, 事業名, 支出先, 法人番号,
業務概要, 支出額（百万円）), and 5-1 支出先_支出情報 of the RSシステム (rssystem.go.jp), in yen, where a row is a block,
a payee or a contract of it. A payment is ``paid_total``, never a contract's price, and no day is invented for it: the
year stands in ``warnings``. Good for a firm's profile, never for a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from tsukitome.awards import Award, ProcurementMethod, Supplier
from tsukitome.documents.csv_rows import CsvRow, csv_rows
from tsukitome.documents.delimited import separator_of
from tsukitome.documents.file import File
from tsukitome.documents.table import Cell
from tsukitome.errors import UnreadableError
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.award_rate import read_rate
from tsukitome.sources.contract_context import method_of
from tsukitome.sources.open_data import (
    ABOVE_HEADER,
    HEADER_AGAIN,
    Notes,
    columns_of,
    filled,
    one_line,
    read_yen,
    refused_row,
    shortened,
    suppliers_of,
    wrong_width,
)
from tsukitome.sources.plain_award import PlainAward, Sum
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.review_levels import Level, Levels
from tsukitome.sources.streaming import NOTHING_ABOVE, Above, Item, RowItem, items_of_rows, reading_of

_ROWS_LOOKED_AT = 3
_NO_DAYS = (None, None, None, None)
_MILLION = 1_000_000
# Yen: funds between accounts are payees too (118.8兆円 of them), and all of the state's accounts spend 500兆円 a year.
_CEILING = 10**15
_DITTOS = frozenset({"〃", "″", "々", "同上", "(同上)", "同"})
# A sum over payees that are not named, and no firm's name.
_NOBODY = re.compile(
    r"その他(?:の?支出先|[0-9,]*(?:者|社|団体|件|名|法人|機関))?|個人[A-Za-z0-9]?|職員|なし|該当なし|非公表|不明"
)
_YEAR = re.compile(r"20[0-5][0-9]")
_STATED_YEAR = re.compile(r"only the fiscal year is known: FY(?P<year>[0-9]{4})")


class _Payment(NamedTuple):
    """A row's fields as printed; ``""`` for those that its layout does not have."""

    row: CsvRow
    spent_year: str
    sheet_year: str
    ministry: str
    project: str
    payee: str
    number: str
    address: str
    work: str
    millions: str
    yen: str
    payee_total: str
    block: str
    block_total: str
    project_number: str
    method: str
    rate: str


def looks_like_review(text: str) -> bool:
    """Whether a text is a table of project reviews' payees, by its header."""
    beginning = text[:20_000]
    rows = csv_rows(beginning, separator_of(beginning))
    return any(_columns(row.cells) for row, _ in zip(rows, range(_ROWS_LOOKED_AT), strict=False))


def read_review(file: File, text: str) -> Reading:
    """The payments of a file of project reviews whose decoded content is ``text``."""
    return reading_of("review", review_items(file, text))


def review_items(file: File, text: str) -> Iterator[Item]:
    """What :func:`read_review` reads, one payment at a time, and at the end a refusal that counts the rows that are sums."""
    return items_of_rows("review", file, ReviewReader(file), text, separator_of(text))


class ReviewReader:
    """Reads the rows of a file of project reviews. It remembers the header, the work above, for 同上, and what is a sum of rows
    below: where there are such sums, the rows are read in order.
    """

    def __init__(self, file: File, above: Above = NOTHING_ABOVE) -> None:
        self.file = file
        self._header: tuple[str, ...] | None = above.lasting
        self._work: tuple[str, str] | None  # the project and the work last named
        self._levels: Levels[_Payment]
        self._work, self._levels = above.passing or (None, Levels())
        self._asked = False

    @property
    def above(self) -> Above:
        """The header; the project and work last named; and the rows that may turn out to be sums."""
        return Above(self._header, (self._work, self._levels))

    @property
    def asked_above(self) -> bool:
        return self._asked or self._work is None  # where no row named a work, the one above is still the last

    @property
    def in_order(self) -> bool:
        return self._header is not None and "millions" not in (_columns(self._header) or ())

    def items(self, rows: Iterable[CsvRow]) -> Iterator[RowItem]:
        left = iter(rows)
        if self._header is None:
            yield from self._down_to_header(left)
        if self._header is None:
            return
        columns, width = _columns(self._header) or {}, len(self._header)
        fields = itemgetter(*(columns.get(name, width) for name in _Payment._fields[1:]))
        in_millions = "millions" in columns
        for row in left:
            if row.problem or len(row.cells) != width:
                if row.printed.strip():
                    yield refused_row(self.file, row, wrong_width(row, width))
                continue
            if not any(map(str.strip, row.cells)):
                continue
            if row.cells == self._header:
                yield refused_row(self.file, row, HEADER_AGAIN)
                continue
            payment = _Payment(row, *map(str.strip, fields((*row.cells, ""))))
            if in_millions:
                yield self._award(payment, payment.millions, _MILLION)
            else:
                yield from self._leveled(payment)

    def _down_to_header(self, rows: Iterator[CsvRow]) -> Iterator[Refusal]:
        for row in rows:
            if _columns(row.cells):
                self._header = row.cells
                return
            if row.number >= _ROWS_LOOKED_AT:
                raise UnreadableError(self.file.shown, "has no header of project reviews' payees in its first rows.")
            if row.printed.strip():
                yield refused_row(self.file, row, ABOVE_HEADER)

    def rest(self) -> Iterator[RowItem]:
        for payment in self._levels.rest():
            yield self._award(payment, payment.payee_total, 1)
        if self._levels.sums:
            reason = (
                "are sums over a block, or over a payee whose contracts are listed, and hold no award of their own."
            )
            yield Refusal(self.file.shown, f"{self._levels.count:,} rows {reason}", f"rows {self._levels.named}")

    def _leveled(self, payment: _Payment) -> Iterator[RowItem]:
        """The awards of a row of the RSシステム, where sums over a block, a payee's total, and its contracts stand in one table."""
        payee = (payment.project_number, payment.block, payment.payee)
        if not payment.payee and not (payment.yen or payment.work):
            level: Level = "block"
        elif payment.payee_total and not payment.yen:
            level = "payee"
        else:
            level = "contract"
        above = self._levels.payee_above(payee) if not payment.payee else None
        if above is not None:  # a contract's row may leave out the payee that the row above names
            payment = payment._replace(payee=above.payee, number=above.number, address=above.address)
            payee = (payment.project_number, payment.block, payment.payee)
        for total in self._levels.step(level, payee, payment, payment.row.number, bool(payment.yen)):
            yield self._award(total, total.payee_total, 1)
        if level == "contract":
            yield self._award(payment, payment.yen, 1)

    def _award(self, payment: _Payment, printed: str, unit: int) -> PlainAward | Refusal:
        row = payment.row
        if not payment.payee and not payment.number:
            return refused_row(self.file, row, "names no payee.")
        found = Notes()
        found.note(_year(payment.spent_year, payment.sheet_year))
        title = self._title(payment, found)
        suppliers = _suppliers(payment, found)
        amount, refused = _amount(printed, unit)
        found.note(refused)
        rate = None
        if payment.rate and filled(payment.rate):
            rate, warning = read_rate(Cell.of(payment.rate), "落札率")
            found.note(warning)
        return PlainAward(
            0, None, None, row.number, title, one_line(payment.ministry) or None, suppliers, _NO_DAYS,
            [(amount, 0 if suppliers else None)] if amount else [], rate,
            _method(payment.method) if payment.method else None,
            filled(payment.method) or None if payment.method else None, row.printed, tuple(found.warnings), None,
        )  # fmt: skip

    def _title(self, payment: _Payment, found: Notes) -> str:
        """What the payment was for; the project's name where the row does not say, and the row above where it prints 同上."""
        work, project = one_line(payment.work), one_line(payment.project)
        if len(work) < 5 and squeeze(work) in _DITTOS:
            self._asked = self._asked or self._work is None
            above_project, above_work = self._work or ("", "")
            source = "the row above" if above_project == project and above_work else "the project's name"
            found.note(f"the work is printed as {work!r}, so the title is from {source}")
            return above_work if above_project == project and above_work else project
        work = filled(work)
        self._work = (project, work)
        if not work:
            found.note("the row does not say what the payment was for, so the title is the project's name")
        return work or project


def _columns(header: tuple[str, ...]) -> dict[str, int] | None:
    columns = columns_of("review", header)
    return columns if columns and ("millions" in columns or "yen" in columns) else None


@lru_cache(256)
def _year(spent: str, sheet: str) -> str:
    """The sentence that stands in place of a date. A sheet of the RSシステム tells of the year before its own."""
    spent, sheet = squeeze(fold(spent)).removesuffix("年度"), squeeze(fold(sheet)).removesuffix("年度")
    if _YEAR.fullmatch(spent):
        return f"only the fiscal year is known: FY{spent}"
    if _YEAR.fullmatch(sheet):
        return f"only the fiscal year is known: FY{int(sheet) - 1} (the sheet is of FY{sheet} and tells of the year before)"
    return f"not even the fiscal year is known: {shortened(spent or sheet)!r} was not understood"


def _suppliers(payment: _Payment, found: Notes) -> tuple[Supplier, ...]:
    if _nobody(payment.payee):
        found.note(f"the payee is printed as {payment.payee!r}, which names no firm")
        return ()
    return suppliers_of(payment.payee, payment.number, found, address=payment.address)


@lru_cache(1 << 17)
def _nobody(payee: str) -> bool:
    return _NOBODY.fullmatch(squeeze(fold(payee))) is not None


@lru_cache(1 << 10)
def _method(printed: str) -> ProcurementMethod | None:
    return method_of(printed, negotiated=False) if filled(printed) else None


@lru_cache(1 << 16)
def _amount(printed: str, unit: int) -> tuple[Sum | None, str | None]:
    """The payment, or the reason why there is none."""
    yen, refused = read_yen(printed, unit, _CEILING)
    if yen is None:
        return None, refused
    if yen == 0:
        return None, f"amount {printed!r} is less than a row can show, so it was left out"
    return Sum("paid_total", round(yen) if unit > 1 else yen, printed, None), None


def fiscal_year_of(award: Award) -> int | None:
    """The fiscal year that a review's record states in place of a date; None for other records, and where it states none."""
    for warning in award.warnings:
        if match := _STATED_YEAR.match(warning):
            return int(match["year"])
    return None
