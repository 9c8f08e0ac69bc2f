"""A quick way through the plain rows of contract tables, which are nearly all of them: by columns, many rows at a time.

A row is plain if it stands for itself: it has a title and a supplier, no ditto mark, nothing of a merged area, and can't be a
header (in a workbook it has a number or a day that is no text), a note or a line of numbers. Each fact of its award follows from
one or a few of its cells, and these come again and again: so each is worked out for what is printed in a column, or in some columns
together, and the awards of all rows are put together of what the columns give. Every other row is left to
:func:`~tsukitome.sources.contract_award.award_of`, and a plain one gives what that gives; the tests hold one to the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from tsukitome.awards import ProcurementMethod
from tsukitome.documents.table import EMPTY, Cell
from tsukitome.normalize.place import day_that_matters
from tsukitome.sources.contract_amounts import COLUMNS, read_amounts
from tsukitome.sources.contract_award import NO_BUYER, NO_DAY, as_printed, named_buyer, named_method
from tsukitome.sources.contract_cells import (
    BARRED,
    DATA,
    KEPT,
    NO_DATE,
    NO_REMARKS,
    TEXT,
    UNSURE,
    Columns,
    Day,
    Rate,
    Remarks,
    Stretch,
    Title,
)
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_title import is_note
from tsukitome.sources.headers import Layout, may_head
from tsukitome.sources.officer_cell import labels_official
from tsukitome.sources.plain_award import PlainAward, Sum
from tsukitome.sources.supplier_cell import Parties, read_suppliers
from tsukitome.sources.tenderers import NOT_PRINTED, Tenderers

_TITLES, _NAMES = ("title", "works_title"), ("supplier", "supplier_name")
_RARE_PRICES = ("second_price", "changed_price", "earlier_change", "original_price")
_DAYS = ("award_date", "contract_date", "notice", "published")
_ORGANIZATIONS = ("ministry", "agency", "officer", "bureau")
_PRICE_ROLES = ("contract_price", "unit_price")
_TOTAL_ROLES = ("estimated_total", "paid_total")
_NO_RATE = Rate(None, None, of_units=False)
_Amounts = tuple[Sequence[tuple[Sum, int | None]], tuple[str, ...]]  # with warnings


class _Days(NamedTuple):
    """The days of a row in ISO 8601, the one for which places are looked up, and warnings."""

    iso: tuple[str | None, ...]
    on: dt.date | None
    warnings: tuple[str, ...]


class _Known(dict[tuple[Any, ...], Any]):
    """What some cells of a row give together, for those that were printed so far."""

    def __init__(self, work: Callable[..., Any]) -> None:
        super().__init__()
        self.work = work

    def __missing__(self, printed: tuple[Any, ...]) -> Any:
        if len(self) >= KEPT:
            self.clear()
        found = self[printed] = self.work(*printed)
        return found


class QuickReader:
    """Reads plain rows below one header, of cells or of nothing but texts. What has been read is known again."""

    def __init__(self, layout: Layout, context: Context) -> None:
        self.layout, self.context = layout, context
        self._columns = Columns(layout, context)
        self._published = context.published.isoformat() if context.published else None
        at = layout.columns
        self._prices = [name for name, _ in COLUMNS if name in at and name not in _RARE_PRICES]
        self._rare_prices = [name for name in _RARE_PRICES if name in at]
        self._totals = "単価" not in layout.printed.get("price", "")  # else each number may be a price per unit
        self._ways = [name for name in ("method", "bare_method", "unit_flag") if name in at]
        self._has_address = "address" in at
        self._days = _Known(self._days_of)
        self._methods = _Known(self._method_of)
        self._buyers = _Known(partial(named_buyer, heading=context.buyer))

    def awards(
        self,
        rows: Sequence[Sequence[Cell | str]],
        numbers: Sequence[int],
        index: int,
        sheet: str | None,
        blank: Cell | str,
    ) -> list[PlainAward | None]:
        """The awards of rows with these numbers; None for each row that is not plain. Behind them in ``rows`` may stand the row
        below; ``blank`` is a cell in which nothing stands.
        """
        stretch = self._columns.read(rows, blank)
        plain = self._plain(stretch, is_typed=blank is EMPTY)[: len(numbers)]
        awards: list[PlainAward | None] = [None] * len(plain)
        places = [at for at, is_plain in enumerate(plain) if is_plain]
        for at, told in zip(places, self._told(stretch.only(plain)) if places else (), strict=True):
            awards[at] = _plain_award((index, None, sheet, numbers[at], *told))
        return awards

    def _plain(self, stretch: Stretch, *, is_typed: bool) -> list[bool]:
        """Which of the rows are plain."""
        title, supplier, marks = stretch.first(*_TITLES), stretch.first(*_NAMES), stretch.marks()
        # A row below can be a further row of a header (short words only) or of the record.
        may_go_on = [
            bool(mark & TEXT) and not (said and mark & DATA)
            for said, mark in zip(title.said[1:], marks[1:], strict=True)
        ]
        return [
            not (mark & BARRED or goes_on)
            and bool(said and fact and fact.sure and firm and not is_none)
            and (not is_typed or mark & DATA != 0)  # a row of words may be a header
            and (top == text or not (_is_aside[top] or (not is_typed and may_head(text))))
            for mark, goes_on, said, text, fact, firm, is_none, top in zip(
                marks, [*may_go_on, False], title.said, title.texts, title.facts, supplier.said, supplier.facts,
                stretch.tops(), strict=True,
            )
        ]  # fmt: skip

    def _told(self, stretch: Stretch) -> Iterable[tuple[Any, ...]]:
        """What plain rows tell: the fields of a PlainAward behind its row."""
        titles: Sequence[Title] = stretch.first(*_TITLES).facts
        remarks: Sequence[Remarks] = stretch.facts("remarks", NO_REMARKS)
        rates: Sequence[Rate] = stretch.facts("rate", _NO_RATE)
        told: Sequence[Tenderers] = stretch.facts("tenderers", NOT_PRINTED)
        lone: Sequence[int | None] = stretch.facts("lone_tender", None)
        days: list[_Days] = [
            *map(self._days.__getitem__, zip(*[stretch.facts(name, NO_DATE) for name in _DAYS], strict=True))
        ]
        parties = self._parties(stretch, remarks, days)
        amounts = self._amounts(stretch, titles, rates, remarks, parties)
        buyers = [*map(self._buyers.__getitem__, stretch.said(*_ORGANIZATIONS))]
        methods = [*map(self._methods.__getitem__, stretch.said("negotiated", "method"))]
        warnings = [
            _warnings(day, firms, more, rate.warning, number.warning, buyer)
            for day, firms, (_, more), rate, number, buyer in zip(
                days, parties, amounts, rates, told, buyers, strict=True
            )
        ]
        tenderers = [
            number.number or alone or remark.tenderers
            for number, alone, remark in zip(told, lone, remarks, strict=True)
        ]
        return zip(
            [one.shown for one in titles], buyers, [firms.suppliers for firms in parties], [day.iso for day in days],
            [found for found, _ in amounts], [rate.rate for rate in rates], [method for method, _ in methods],
            [details for _, details in methods], stretch.quotes(), warnings, tenderers, strict=True,
        )  # fmt: skip

    def _days_of(self, award: Day, contract: Day, notice: Day, published: Day) -> _Days:
        warnings = [day.warning for day in (award, contract, notice, published) if day.warning]
        if not self.layout.dated:
            award, contract = _day(self.context.award), _day(self.context.contract)
        on = award.date or contract.date
        if on is None and not (award.is_printed or contract.is_printed):
            warnings.append(NO_DAY)
        return _Days((award.iso, contract.iso, notice.iso, published.iso or self._published), on, tuple(warnings))

    def _method_of(self, grounds: str, way: str) -> tuple[ProcurementMethod | None, str | None]:
        columns = self.layout.columns
        return named_method(grounds, way, "negotiated" in columns, "method" in columns, self.context.method)

    def _parties(self, stretch: Stretch, remarks: Sequence[Remarks], days: Sequence[_Days]) -> list[Parties]:
        names = stretch.first(*_NAMES).said
        addresses: Iterable[str | None] = [None] * len(names)
        if self._has_address:
            addresses = [cell.text for cell in stretch.column("address").cells]
        numbers = [
            cell.text or ("" if "法人番号" in name else remark.number)
            for cell, name, remark in zip(stretch.column("number").cells, names, remarks, strict=True)
        ]
        printed = zip(names, addresses, numbers, strict=True)
        return [_known.get(one) or _parties_of(*one, day.on) for one, day in zip(printed, days, strict=True)]

    def _amounts(
        self, stretch: Stretch, titles: Sequence[Title], rates: Sequence[Rate], remarks: Sequence[Remarks],
        parties: Sequence[Parties],
    ) -> list[_Amounts]:  # fmt: skip
        """The amounts of each row: quickly where its cells hold one number or nothing, and nothing else speaks of amounts."""
        quickly = [
            self._totals and title.plain and not (rate.of_units or remark.of_amounts) and len(firms.suppliers) == 1
            for title, rate, remark, firms in zip(titles, rates, remarks, parties, strict=True)
        ]
        for name in self._rare_prices:
            texts = stretch.column(name).texts
            quickly = [quick and not text for quick, text in zip(quickly, texts, strict=True)]
        for name in self._ways:
            of_units = stretch.facts(name, None)
            quickly = [quick and not unit for quick, unit in zip(quickly, of_units, strict=True)]
        sums = zip(quickly, *[stretch.column(name).facts for name in self._prices], strict=True)
        return [
            (quick and _plain_amounts(found)) or self._any_amounts(stretch, at, titles[at], parties[at])
            for at, (quick, *found) in enumerate(sums)
        ]

    def _any_amounts(self, stretch: Stretch, at: int, title: Title, parties: Parties) -> _Amounts:
        ventured = any(supplier.role != "awarded" for supplier in parties.suppliers)
        read = read_amounts(
            self.layout, lambda name: stretch.column(name).cells[at], title.shown, parties.labels,
            self.context.unit, 0 if ventured else len(parties.suppliers), self.context.tax,
        )  # fmt: skip
        return (
            [(Sum(amount.role, amount.yen, amount.quote, amount.tax), amount.supplier) for amount in read.amounts],
            read.warnings,
        )


def _day(found: dt.date | None) -> Day:
    return Day(found, found.isoformat(), None, is_printed=True) if found else NO_DATE


def _plain_amounts(sums: Iterable[Any]) -> _Amounts | None:
    """The amounts of cells of which each holds one sum or nothing; None without a price, for which there is a warning, and where
    there is a total beside it, which may make it a price per unit.
    """
    found = []
    priced = False
    for amount in sums:
        if amount is None:
            continue
        if amount == UNSURE or amount.role in _TOTAL_ROLES:
            return None
        priced = priced or amount.role in _PRICE_ROLES
        found.append((amount, None))
    return (found, ()) if priced else None


def _warnings(
    days: _Days, parties: Parties, amounts: tuple[str, ...], rate: str | None, tenderers: str | None, buyer: str | None
) -> tuple[str, ...]:
    if buyer and not (days.warnings or parties.warnings or amounts or rate or tenderers):
        return ()
    told = (*days.warnings, *parties.warnings, *amounts, rate, tenderers, None if buyer else NO_BUYER)
    return tuple(dict.fromkeys(filter(None, told)))


_plain_award = partial(tuple.__new__, PlainAward)  # quicker than the type itself


class _IsAside(dict[str, bool]):
    """Whether a row that begins with this text may be none of an award: a note, a line about officials."""

    def __missing__(self, text: str) -> bool:
        if len(self) >= KEPT:
            self.clear()
        aside = self[text] = is_note(text) or labels_official(text)
        return aside


_is_aside = _IsAside()
_known: dict[tuple[str, str | None, str], Parties] = {}


def _parties_of(names: str, address: str | None, number: str, on: dt.date | None) -> Parties:
    key = names, address, number
    parties = _known.get(key)
    if parties is None:
        parties = as_printed(read_suppliers(*key, on))
        if day_that_matters(names + (address or ""), dt.date.max) is None:  # they are the same on any day
            if len(_known) >= KEPT:
                _known.clear()
            _known[key] = parties
    return parties
