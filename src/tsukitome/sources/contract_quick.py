"""A quick way through the plain rows of a long contract table, which are nearly all of them.

A row is plain if it stands for itself: it has a title and a supplier, no ditto mark, and can't be a header, a note or a line of
numbers. Every other row is left to :func:`~tsukitome.sources.contract_award.award_of`, and a plain one gives what that gives;
the tests hold one to the other.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from tsukitome.awards import Amount, Award, Dates, ProcurementMethod, Source
from tsukitome.documents.file import File
from tsukitome.documents.table import EMPTY, Row
from tsukitome.normalize.text import squeeze
from tsukitome.sources.contract_amounts import (
    COLUMNS,
    plain_amount,
    read_amounts,
    read_text_rate,
    says_nothing,
    says_unit_contract,
    title_estimates,
)
from tsukitome.sources.contract_award import NO_BUYER, NO_DAY, as_printed, named_buyer, named_method, text_date
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_record import SUSPECT, is_ditto, said
from tsukitome.sources.contract_title import is_note, read_title
from tsukitome.sources.headers import Layout, heads_no_table
from tsukitome.sources.officer_cell import labels_official, quotation, without_name
from tsukitome.sources.supplier_cell import Parties, read_suppliers

_RARE_PRICES = ("second_price", "changed_price", "original_price")
_BUYER = ("ministry", "agency", "officer", "bureau")


class _Title(NamedTuple):
    """A title as shown; whether it is that of an award for sure; whether it tells of nothing that its sums could mean."""

    shown: str
    sure: bool
    plain: bool


@lru_cache(maxsize=1 << 15)
def _title(printed: str, works: bool) -> _Title:
    shown = read_title(printed, works=works, wrapped=False)
    sure = len(squeeze(printed).strip("()（）")) > 2 and not is_note(printed) and not labels_official(printed)
    return _Title(shown, sure, not says_unit_contract(shown) and not title_estimates(shown))


class QuickReader:
    """Reads plain rows of texts below one header."""

    def __init__(self, file: File, layout: Layout, context: Context) -> None:
        self.file, self.layout, self.context = file, layout, context
        at = layout.columns
        self._title = at.get("title")
        self._names = [at[name] for name in ("supplier", "supplier_name") if name in at]
        self._days = [at.get(name) for name in ("award_date", "contract_date", "notice", "published")]
        self._money = [
            (at[field], role, layout.units[field] if layout.units[field] > 1 else context.unit, layout.taxes[field])
            for field, role in COLUMNS
            if field in at
        ]
        self._total = "単価" not in layout.printed.get("price", "")  # else each number may be a price per unit
        self._rate_header = layout.printed.get("rate", "")

    def award(self, row: Row, below: Row | None) -> Award | None:
        """The award of a plain row; None for any other. ``below`` is the row under it."""
        texts = [cell[1] for cell in row.cells]
        if self._title is None or any(is_ditto(text) for text in texts if text[:1] in SUSPECT):
            return None
        title = _title(texts[self._title].strip(), self.context.works)
        names = next(filter(None, [said(texts[at]) for at in self._names]), "")
        first = next(filter(None, map(str.strip, texts)), "")
        if not (title.sure and names) or is_note(first) or not heads_no_table(texts, below):
            return None
        warnings: list[str] = []
        dates = self._dates(texts, warnings)
        address = self.layout.columns.get("address")
        parties = as_printed(
            read_suppliers(
                names,
                None if address is None else texts[address],
                self._raw(texts, "number"),
                dates.award or dates.contract,
            )
        )
        warnings += parties.warnings
        amounts = self._amounts(row, texts, title, parties, warnings)
        rate, warning = read_text_rate(self._raw(texts, "rate"), self._rate_header)
        method, details = self._method(texts)
        buyer = self._buyer(texts)
        warnings += [warning] if warning else []
        warnings += [] if buyer else [NO_BUYER]
        source = Source(self.file.shown, "contract_table", self.file.sha256, self._quote(texts), row=row.number)
        return Award(
            f"{self.file.sha256[:16]}:s1-r{row.number}", title.shown, buyer, parties.suppliers, source, dates, amounts,
            rate, method, details, tuple(dict.fromkeys(warnings)) if warnings else (),
        )  # fmt: skip

    def _raw(self, texts: list[str], name: str) -> str:
        at = self.layout.columns.get(name)
        return "" if at is None else texts[at]

    def _text(self, texts: list[str], name: str) -> str:
        at = self.layout.columns.get(name)
        return "" if at is None else said(texts[at])

    def _dates(self, texts: list[str], warnings: list[str]) -> Dates:
        days: list[dt.date | None] = []
        for at in self._days:
            day, warning = text_date(texts[at], self.context.days) if at is not None and texts[at] else (None, None)
            days.append(day)
            warnings += [warning] if warning else []
        award, contract, notice, published = days
        if not (award or contract or self._text(texts, "contract_date") or self._text(texts, "award_date")):
            warnings.append(NO_DAY)
        return Dates(award, contract, notice, published or self.context.published)

    def _method(self, texts: list[str]) -> tuple[ProcurementMethod | None, str | None]:
        grounds, way = self._text(texts, "negotiated"), self._text(texts, "method")
        columns = self.layout.columns
        return named_method(grounds, way, "negotiated" in columns, "method" in columns, self.context.method)

    def _buyer(self, texts: list[str]) -> str | None:
        ministry, agency, officer, bureau = [self._text(texts, name) for name in _BUYER]
        return named_buyer(ministry, agency, officer, bureau, self.context.buyer)

    def _amounts(
        self, row: Row, texts: list[str], title: _Title, parties: Parties, warnings: list[str]
    ) -> tuple[Amount, ...]:
        """The amounts: at once where the cells hold one number or nothing, one of them a price, and the remarks nothing."""
        found: list[Amount] = []
        plain = title.plain and self._total and not self._raw(texts, "remarks").strip() and len(parties.suppliers) == 1
        plain = plain and not any(self._raw(texts, name).strip() for name in _RARE_PRICES)
        for at, role, unit, tax in self._money if plain and not says_unit_contract(self._raw(texts, "rate")) else ():
            text = texts[at].strip()
            if text and (amount := plain_amount(text, role, unit, tax)):
                found.append(amount)
            elif text and not says_nothing(texts[at], role, unit):
                break
        else:
            roles = {amount.role for amount in found}
            # A total beside the price may make that a price per unit.
            totals = roles & {"estimated_total", "paid_total"}
            if len(roles) == len(found) and roles - {"reserve_price"} and not totals:
                return tuple(found)
        cells, columns = row.cells, self.layout.columns
        ventured = any(supplier.role != "awarded" for supplier in parties.suppliers)
        read = read_amounts(
            self.layout, lambda name: cells[columns[name]] if name in columns else EMPTY, title.shown, parties.labels,
            self.context.unit, 0 if ventured else len(parties.suppliers),
        )  # fmt: skip
        warnings += read.warnings
        return read.amounts

    def _quote(self, texts: list[str]) -> str:
        officers, told = self.layout.officers, self.layout.told
        parts = [
            text.strip() if at in told else without_name(text.strip())
            for at, text in enumerate(texts)
            if text and at not in officers
        ]
        return quotation([part for part in parts if part])
