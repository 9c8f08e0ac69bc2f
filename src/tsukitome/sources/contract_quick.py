"""A quick way through the plain rows of a long contract table, which are nearly all of them.

A row is plain if it stands for itself: it has a title and a supplier, no ditto mark, and can't be a header, a note or a line of
numbers. Every other row is left to :func:`~tsukitome.sources.contract_award.award_of`, and a plain one gives what that gives;
the tests hold one to the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from tsukitome.awards import Amount, Award, Dates, ProcurementMethod, Source, Supplier
from tsukitome.documents.file import File
from tsukitome.documents.table import cell_of_text
from tsukitome.normalize.place import day_that_matters
from tsukitome.sources.contract_amounts import COLUMNS, read_amounts
from tsukitome.sources.contract_award import NO_BUYER, NO_DAY, as_printed, named_buyer, named_method
from tsukitome.sources.contract_cells import (
    KEPT,
    NO_DATE,
    NO_REMARKS,
    NOTHING,
    UNSURE,
    Cell,
    Columns,
    Day,
    Rate,
    Remarks,
    Sum,
    Title,
)
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_title import is_note
from tsukitome.sources.headers import Layout, may_head
from tsukitome.sources.officer_cell import labels_official
from tsukitome.sources.supplier_cell import Parties, read_suppliers
from tsukitome.sources.tenderers import NOT_PRINTED, Tenderers

_RARE_PRICES = ("second_price", "changed_price", "original_price")
_DAYS = ("award_date", "contract_date", "notice", "published")
_ORGANIZATIONS = ("ministry", "agency", "officer", "bureau")
_PRICE_ROLES = ("contract_price", "unit_price")
_TOTAL_ROLES = ("estimated_total", "paid_total")
_NO_RATE = Rate(None, None, of_units=False)


class PlainAward(NamedTuple):
    """The award of a plain row, as light as a million of them have to be; :meth:`award` is the same in full.

    ``days`` are those of award, contract, notice and publication in ISO 8601; ``amounts`` come each with the index of its
    supplier.
    """

    row: int
    title: str
    buyer: str | None
    suppliers: tuple[Supplier, ...]
    days: Sequence[str | None]
    amounts: Sequence[tuple[Sum, int | None]]
    rate: float | None
    method: ProcurementMethod | None
    method_details: str | None
    quote: str
    warnings: tuple[str, ...]
    tenderers: int | None

    def award(self, file: File) -> Award:
        days = [dt.date.fromisoformat(day) if day else None for day in self.days]
        return Award(
            file.award_id(f"s1-r{self.row}"), self.title, self.buyer, self.suppliers,
            Source(file.shown, "contract_table", file.sha256, self.quote, row=self.row), Dates(*days),
            tuple(Amount(*amount, supplier) for amount, supplier in self.amounts), self.rate, self.method,
            self.method_details, self.warnings, self.tenderers,
        )  # fmt: skip


class QuickReader:
    """Reads plain rows of texts below one header. What it has read it knows again."""

    def __init__(self, layout: Layout, context: Context) -> None:
        self.layout, self.context = layout, context
        self._columns = Columns(layout, context)
        self._published = context.published.isoformat() if context.published else None
        at = self._at = layout.columns
        # -1 is where a row's cells have one of nothing.
        self._title, self._rate, self._remarks = [at.get(name, -1) for name in ("title", "rate", "remarks")]
        self._tenderers = at.get("tenderers", -1)
        self._grounds, self._way = at.get("negotiated", -1), at.get("method", -1)
        self._names = [at[name] for name in ("supplier", "supplier_name") if name in at]
        self._days = [at.get(name, -1) for name in _DAYS]
        self._organizations = [at.get(name, -1) for name in _ORGANIZATIONS]
        self._rare_prices = [at[name] for name in _RARE_PRICES if name in at]
        self._prices = [at[name] for name, _ in COLUMNS if name in at and name not in _RARE_PRICES]
        self._totals = "単価" not in layout.printed.get("price", "")  # else each number may be a price per unit
        self._parties: dict[tuple[str, str | None, str], Parties] = {}
        self._next: tuple[Sequence[str], list[Cell]] = ((), [])

    def award(self, row: int, texts: Sequence[str], below: Sequence[str] | None) -> PlainAward | None:
        """The award of a plain row of this number; None for any other. ``below`` are the texts of the row under it."""
        cells = self._next[1] if self._next[0] is texts else self._columns.read(texts)
        title: Title | None = cells[self._title].fact
        quoted = [cell.quoted for cell in cells]
        if title is None or not title.sure or None in quoted:
            return None
        named = next((cells[at] for at in self._names if cells[at].said), NOTHING)
        names = named.said
        if not names or named.fact or (below is not None and self._may_go_on(below)) or self._may_be_none(cells):
            return None
        warnings: list[str] = []
        days, on = self._dates(cells, warnings)
        parties = self._suppliers(names, texts, on)
        warnings += parties.warnings
        rate: Rate = cells[self._rate].fact or _NO_RATE
        amounts = self._plain_amounts(cells, title, rate, parties) or self._amounts(texts, title, parties, warnings)
        method, details = named_method(
            cells[self._grounds].said, cells[self._way].said, self._grounds >= 0, self._way >= 0, self.context.method
        )
        ministry, agency, officer, bureau = [cells[at].said for at in self._organizations]
        buyer = named_buyer(ministry, agency, officer, bureau, self.context.buyer)
        told: Tenderers = cells[self._tenderers].fact or NOT_PRINTED
        remarks: Remarks = cells[self._remarks].fact or NO_REMARKS
        warnings += filter(None, (rate.warning, told.warning))
        warnings += [] if buyer else [NO_BUYER]
        return PlainAward(
            row, title.shown, buyer, parties.suppliers, days, amounts, rate.rate, method, details,
            " | ".join(filter(None, quoted)), tuple(dict.fromkeys(warnings)) if warnings else (),
            told.number or remarks.tenderers,
        )  # fmt: skip

    def _may_go_on(self, below: Sequence[str]) -> bool:
        """Whether the row below can be a further row of a header: short words only."""
        cells = self._columns.read(below)
        self._next = below, cells  # it will be asked for next
        for cell in reversed(cells):  # from the end, where rows of data have their numbers
            if cell.is_data:
                return False
        return any(cell.text for cell in cells)

    def _may_be_none(self, cells: list[Cell]) -> bool:
        """Whether the row may be a note or, behind its first text, a header."""
        title = cells[self._title]
        first = cells[0] if cells[0].text else next(cell for cell in cells if cell.text)
        return first is not title and (is_note(first.text) or labels_official(first.text) or may_head(title.text))

    def _dates(self, cells: list[Cell], warnings: list[str]) -> tuple[tuple[str | None, ...], dt.date | None]:
        """The days in ISO 8601, and the one for which places are looked up."""
        days: list[Day] = [cells[at].fact or NO_DATE for at in self._days]
        warnings += [day.warning for day in days if day.warning]
        award, contract, notice, published = days
        on = award.date or contract.date
        if on is None and not any(cells[at].said for at in self._days[:2]):
            warnings.append(NO_DAY)
        return (award.iso, contract.iso, notice.iso, published.iso or self._published), on

    def _suppliers(self, names: str, texts: Sequence[str], on: dt.date | None) -> Parties:
        address = self._text(texts, "address") if "address" in self._at else None
        key = names, address, self._text(texts, "number")
        parties = self._parties.get(key)
        if parties is None:
            parties = as_printed(read_suppliers(*key, on))
            if day_that_matters(names + (address or ""), dt.date.max) is None:  # they are the same on any day
                if len(self._parties) >= KEPT:
                    self._parties.clear()
                self._parties[key] = parties
        return parties

    def _text(self, texts: Sequence[str], name: str) -> str:
        at = self._at.get(name)
        return texts[at] if at is not None and at < len(texts) else ""

    def _plain_amounts(
        self, cells: list[Cell], title: Title, rate: Rate, parties: Parties
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
        self, texts: Sequence[str], title: Title, parties: Parties, warnings: list[str]
    ) -> list[tuple[Sum, int | None]]:
        """The amounts of any row."""
        ventured = any(supplier.role != "awarded" for supplier in parties.suppliers)
        read = read_amounts(
            self.layout, lambda name: cell_of_text(self._text(texts, name)), title.shown, parties.labels,
            self.context.unit, 0 if ventured else len(parties.suppliers),
        )  # fmt: skip
        warnings += read.warnings
        return [(Sum(amount.role, amount.yen, amount.quote, amount.tax), amount.supplier) for amount in read.amounts]
