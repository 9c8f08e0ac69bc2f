"""A quick way through the plain rows of contract tables, which are nearly all of them.

A row is plain if it stands for itself: it has a title and a supplier, no ditto mark, nothing of a merged area, and can't be a
header (in a workbook it has a number or a day that is no text), a note or a line of numbers. Every other row is left to
:func:`~tsukitome.sources.contract_award.award_of`, and a plain one gives what that gives; the tests hold one to the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tsukitome.documents.table import Cell
from tsukitome.normalize.place import day_that_matters
from tsukitome.sources.contract_amounts import COLUMNS, read_amounts
from tsukitome.sources.contract_award import NO_BUYER, NO_DAY, as_printed, named_buyer, named_method
from tsukitome.sources.contract_cells import (
    KEPT,
    NO_DATE,
    NO_REMARKS,
    NOTHING,
    UNSURE,
    Columns,
    Day,
    Rate,
    Remarks,
    Title,
    Told,
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
        self._next: tuple[Sequence[Cell | str], list[Told]] = ((), [])

    def award(
        self, row: int, printed: Sequence[Cell | str], below: Sequence[Cell | str] | None, index: int, sheet: str | None
    ) -> PlainAward | None:
        """The award of a plain row of this number; None for any other. ``below`` is the row under it."""
        cells = self._next[1] if self._next[0] is printed else self._columns.read(printed)
        titled = next((cells[at] for at in self._titles if cells[at].said), NOTHING)
        title: Title | None = titled.fact
        quoted = [cell.quoted for cell in cells]
        if title is None or not title.sure or None in quoted:
            return None
        typed = isinstance(printed[0], Cell)
        if typed and not any([cell.is_data for cell in cells]):  # noqa: C419  # a generator takes twice as long
            return None  # a row of words may be a header
        named = next((cells[at] for at in self._names if cells[at].said), NOTHING)
        names = named.said
        if not names or named.fact or (below is not None and self._may_go_on(below)):
            return None
        first = cells[0] if cells[0].text else next(cell for cell in cells if cell.text)
        if first is not titled and (
            is_note(first.text) or labels_official(first.text) or (not typed and may_head(titled.text))
        ):
            return None
        warnings: list[str] = []
        days, on = self._dates(cells, warnings)
        address = cells[self._address].cell.text if self._address >= 0 else None
        remarks: Remarks = cells[self._remarks].fact or NO_REMARKS
        number = cells[self._number].cell.text or ("" if "法人番号" in names else remarks.number)
        parties = _parties_of(names, address, number, on)
        warnings += parties.warnings
        rate: Rate = cells[self._rate].fact or _NO_RATE
        amounts = self._plain_amounts(cells, title, rate, parties) or self._amounts(cells, title, parties, warnings)
        method, details = named_method(
            cells[self._grounds].said, cells[self._way].said, self._grounds >= 0, self._way >= 0, self.context.method
        )
        ministry, agency, officer, bureau = [cells[at].said for at in self._organizations]
        buyer = named_buyer(ministry, agency, officer, bureau, self.context.buyer)
        told: Tenderers = cells[self._tenderers].fact or NOT_PRINTED
        lone: int | None = cells[self._lone].fact
        warnings += filter(None, (rate.warning, told.warning))
        warnings += [] if buyer else [NO_BUYER]
        return PlainAward(
            index, None, sheet, row, title.shown, buyer, parties.suppliers, days, amounts, rate.rate, method, details,
            " | ".join(filter(None, quoted)), tuple(dict.fromkeys(warnings)) if warnings else (),
            told.number or lone or remarks.tenderers,
        )  # fmt: skip

    def _may_go_on(self, below: Sequence[Cell | str]) -> bool:
        """Whether the row below can be a further row of a header, short words only, or of the record."""
        cells = self._columns.read(below)
        self._next = below, cells  # it will be asked for next
        if not any(cells[at].said for at in self._titles) and any(cell.text for cell in cells):
            return True  # it may go on with this row's record
        for cell in reversed(cells):  # from the end, where rows of data have their numbers
            if cell.is_data:
                return False
        return any(cell.text for cell in cells)

    def _dates(self, cells: list[Told], warnings: list[str]) -> tuple[tuple[str | None, ...], dt.date | None]:
        """The days in ISO 8601, and the one for which places are looked up."""
        days: list[Day] = [cells[at].fact or NO_DATE for at in self._days]
        warnings += [day.warning for day in days if day.warning]
        award, contract, notice, published = days
        on = award.date or contract.date
        if on is None and not any(cells[at].said for at in self._days[:2]):
            warnings.append(NO_DAY)
        return (award.iso, contract.iso, notice.iso, published.iso or self._published), on

    def _plain_amounts(
        self, cells: list[Told], title: Title, rate: Rate, parties: Parties
    ) -> list[tuple[Sum, int | None]]:
        """The amounts of a row whose cells hold one number or nothing, one of them a price, and whose remarks say nothing of it."""
        if (
            not (title.plain and self._totals)
            or rate.of_units
            or (cells[self._remarks].fact or NO_REMARKS).of_amounts
            or len(parties.suppliers) != 1
        ):
            return []
        if self._rare_prices and any(cells[at].text for at in self._rare_prices):
            return []
        found = [fact for at in self._prices if (fact := cells[at].fact) is not None]
        # Without a price there is a warning; a total beside the price may make that a price per unit.
        if UNSURE in found or not any(amount.role in _PRICE_ROLES for amount in found):
            return []
        if any(amount.role in _TOTAL_ROLES for amount in found):
            return []
        return [(amount, None) for amount in found]

    def _amounts(
        self, cells: list[Told], title: Title, parties: Parties, warnings: list[str]
    ) -> list[tuple[Sum, int | None]]:
        """The amounts of any row."""
        ventured = any(supplier.role != "awarded" for supplier in parties.suppliers)
        read = read_amounts(
            self.layout, lambda name: cells[self._at.get(name, -1)].cell, title.shown, parties.labels,
            self.context.unit, 0 if ventured else len(parties.suppliers), self.context.tax,
        )  # fmt: skip
        warnings += read.warnings
        return [(Sum(amount.role, amount.yen, amount.quote, amount.tax), amount.supplier) for amount in read.amounts]


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
