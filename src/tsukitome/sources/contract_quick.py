"""A quick way through the plain rows of contract tables, which are nearly all of them.

A row is plain if it stands for itself: it has a title and a supplier, no ditto mark, nothing of a merged area, and can't be a
header (in a workbook it has a number or a day that is no text), a note or a line of numbers. Every other row is left to
:func:`~tsukitome.sources.contract_award.award_of`, and a plain one gives what that gives; the tests hold one to the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from tsukitome.documents.table import Cell
from tsukitome.normalize.place import day_that_matters
from tsukitome.sources.contract_amounts import COLUMNS, read_amounts
from tsukitome.sources.contract_award import NO_BUYER, NO_DAY, as_printed, named_buyer, named_method
from tsukitome.sources.contract_cells import (
    KEPT,
    NO_DATE,
    NO_REMARKS,
    UNSURE,
    Columns,
    Day,
    Line,
    Rate,
    Remarks,
    Title,
)
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_title import is_note
from tsukitome.sources.headers import Layout, may_head
from tsukitome.sources.officer_cell import labels_official
from tsukitome.sources.plain_award import PlainAward, Sum
from tsukitome.sources.supplier_cell import Parties, read_suppliers
from tsukitome.sources.tenderers import NOT_PRINTED, Tenderers

_RARE_PRICES = ("second_price", "changed_price", "original_price")
_DAYS = ("award_date", "contract_date", "notice", "published")
_ORGANIZATIONS = ("ministry", "agency", "officer", "bureau")
_PRICE_ROLES = ("contract_price", "unit_price")
_TOTAL_ROLES = ("estimated_total", "paid_total")
_NO_RATE = Rate(None, None, of_units=False)


class QuickReader:
    """Reads plain rows below one header, of cells or of nothing but texts. What has been read is known again."""

    def __init__(self, layout: Layout, context: Context) -> None:
        self.layout, self.context = layout, context
        self._columns = Columns(layout, context)
        self._published = context.published.isoformat() if context.published else None
        at = self._at = layout.columns
        # -1 is where a row's cells have one of nothing.
        self._rate, self._remarks, self._tenderers = [at.get(name, -1) for name in ("rate", "remarks", "tenderers")]
        self._titles = [at[name] for name in ("title", "works_title") if name in at]
        self._lone = at.get("lone_tender", -1)
        self._grounds, self._way = at.get("negotiated", -1), at.get("method", -1)
        self._names = [at[name] for name in ("supplier", "supplier_name") if name in at]
        self._days = [at.get(name, -1) for name in _DAYS]
        self._organizations = [at.get(name, -1) for name in _ORGANIZATIONS]
        self._rare_prices = [at[name] for name in _RARE_PRICES if name in at]
        self._prices = [at[name] for name, _ in COLUMNS if name in at and name not in _RARE_PRICES]
        self._totals = "単価" not in layout.printed.get("price", "")  # else each number may be a price per unit
        self._address, self._number = at.get("address", -1), at.get("number", -1)
        self._next: tuple[Sequence[Cell | str], Line | None] = ((), None)

    def award(
        self, row: int, printed: Sequence[Cell | str], below: Sequence[Cell | str] | None, index: int, sheet: str | None
    ) -> PlainAward | None:
        """The award of a plain row of this number; None for any other. ``below`` is the row under it."""
        line = self._next[1] if self._next[0] is printed and self._next[1] else self._columns.read(printed)
        cells, texts, said, quoted, data, facts = line
        titled = next((at for at in self._titles if said[at]), -1)
        title: Title | None = facts[titled]
        if title is None or not title.sure or None in quoted:
            return None
        typed = isinstance(printed[0], Cell)
        if typed and True not in data:
            return None  # a row of words may be a header
        named = next((at for at in self._names if said[at]), -1)
        names = said[named]
        if not names or facts[named] or (below is not None and self._may_go_on(below)):
            return None
        first = texts[0] or next(filter(None, texts))
        if first != texts[titled] and (_is_aside[first] or (not typed and may_head(texts[titled]))):
            return None
        warnings: list[str] = []
        days, on = self._dates(line, warnings)
        address = cells[self._address].text if self._address >= 0 else None
        remarks: Remarks = facts[self._remarks] or NO_REMARKS
        number = cells[self._number].text or ("" if "法人番号" in names else remarks.number)
        parties = _parties_of(names, address, number, on)
        if parties.warnings:
            warnings += parties.warnings
        rate: Rate = facts[self._rate] or _NO_RATE
        amounts = self._plain_amounts(line, title, rate, parties) or self._amounts(line, title, parties, warnings)
        method, details = named_method(
            said[self._grounds], said[self._way], self._grounds >= 0, self._way >= 0, self.context.method
        )
        ministry, agency, officer, bureau = [said[at] for at in self._organizations]
        buyer = named_buyer(ministry, agency, officer, bureau, self.context.buyer)
        told: Tenderers = facts[self._tenderers] or NOT_PRINTED
        lone: int | None = facts[self._lone]
        warnings += [warning for warning in (rate.warning, told.warning) if warning]
        warnings += [] if buyer else [NO_BUYER]
        return _plain_award((
            index, None, sheet, row, title.shown, buyer, parties.suppliers, days, amounts, rate.rate, method, details,
            " | ".join(filter(None, quoted)), tuple(dict.fromkeys(warnings)) if warnings else (),
            told.number or lone or remarks.tenderers,
        ))  # fmt: skip

    def _may_go_on(self, below: Sequence[Cell | str]) -> bool:
        """Whether the row below can be a further row of a header, short words only, or of the record."""
        line = self._columns.read(below)
        self._next = below, line  # it will be asked for next
        if not any(map(line.said.__getitem__, self._titles)) and any(line.texts):
            return True  # it may go on with this row's record
        return True not in line.data and any(line.texts)

    def _dates(self, line: Line, warnings: list[str]) -> tuple[tuple[str | None, ...], dt.date | None]:
        """The days in ISO 8601, and the one for which places are looked up."""
        days: list[Day] = [line.facts[at] or NO_DATE for at in self._days]
        award, contract, notice, published = days
        if award.warning or contract.warning or notice.warning or published.warning:
            warnings += [day.warning for day in days if day.warning]
        on = award.date or contract.date
        if on is None and not any(map(line.said.__getitem__, self._days[:2])):
            warnings.append(NO_DAY)
        return (award.iso, contract.iso, notice.iso, published.iso or self._published), on

    def _plain_amounts(self, line: Line, title: Title, rate: Rate, parties: Parties) -> list[tuple[Sum, int | None]]:
        """The amounts of a row whose cells hold one number or nothing, one of them a price, and whose remarks say nothing of it."""
        facts = line.facts
        if (
            not (title.plain and self._totals)
            or rate.of_units
            or (facts[self._remarks] or NO_REMARKS).of_amounts
            or len(parties.suppliers) != 1
        ):
            return []
        if self._rare_prices and any(map(line.texts.__getitem__, self._rare_prices)):
            return []
        found: list[tuple[Sum, int | None]] = []
        priced = False
        for at in self._prices:
            amount = facts[at]
            if amount is None:
                continue
            # A total beside the price may make that a price per unit.
            if amount == UNSURE or amount.role in _TOTAL_ROLES:
                return []
            priced = priced or amount.role in _PRICE_ROLES
            found.append((amount, None))
        return found if priced else []  # without a price there is a warning

    def _amounts(self, line: Line, title: Title, parties: Parties, warnings: list[str]) -> list[tuple[Sum, int | None]]:
        """The amounts of any row."""
        ventured = any(supplier.role != "awarded" for supplier in parties.suppliers)
        read = read_amounts(
            self.layout, lambda name: line.cells[self._at.get(name, -1)], title.shown, parties.labels,
            self.context.unit, 0 if ventured else len(parties.suppliers), self.context.tax,
        )  # fmt: skip
        warnings += read.warnings
        return [(Sum(amount.role, amount.yen, amount.quote, amount.tax), amount.supplier) for amount in read.amounts]


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
