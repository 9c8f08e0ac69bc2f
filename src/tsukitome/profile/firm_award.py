"""One award of a firm, with what concerns this firm in it: its total, its unit prices, the others who bid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from tsukitome.archive.merging import MergedAward
from tsukitome.awards import Amount, AmountRole, ProcurementMethod, Source, SupplierRole
from tsukitome.language import Language
from tsukitome.normalize.dates import fiscal_year
from tsukitome.profile.work import kinds_of
from tsukitome.sources.review import fiscal_year_of
from tsukitome.translation import translate

# A payment of a project review is known by fiscal year only and is what was paid, not what was agreed.
Basis = Literal["award", "payment"]
RateBasis = Literal["printed", "computed"]
_TOTALS: tuple[AmountRole, ...] = ("contract_price", "estimated_total", "paid_total")


@dataclass(frozen=True)
class FirmAward:
    """An award as it concerns one firm, the one at ``index`` of its suppliers; ``number`` is its place in the profile, from 1."""

    number: int
    award: MergedAward
    index: int

    @property
    def title(self) -> str:
        return self.award.title

    @property
    def role(self) -> SupplierRole:
        return self.award.suppliers[self.index].role

    @property
    def basis(self) -> Basis:
        return "payment" if all(record.source.kind == "review" for record in self.award.records) else "award"

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(record.source for record in self.award.records)

    @cached_property
    def kinds_of_work(self) -> tuple[str, ...]:
        return kinds_of(self.title)

    @cached_property
    def day(self) -> dt.date | None:
        """The day of the award, else that of the contract; never that of a notice or of publication."""
        dates = self.award.dates
        return next((dates[kind][0] for kind in ("award", "contract") if dates.get(kind)), None)

    @cached_property
    def fiscal_year(self) -> int | None:
        """The fiscal year (April to March) of :attr:`day`; for a payment the one that its review states."""
        if self.day:
            return fiscal_year(self.day)
        return next((year for record in self.award.records if (year := fiscal_year_of(record)) is not None), None)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts that are this firm's, and those of the award as a whole."""
        return self.award.amounts_of(self.index)

    @cached_property
    def total(self) -> Amount | None:
        """What this firm is to be paid, or was: a contract price, else an estimated total, else what was paid.

        None where only unit prices are printed, where one sum is printed for several winners, and for a bidder that lost.
        """
        if self.role != "awarded":
            return None
        winners = sum(supplier.role == "awarded" for supplier in self.award.suppliers)
        own = [amount for amount in self.amounts if amount.supplier is not None or winners == 1]
        return next((amount for role in _TOTALS for amount in own if amount.role == role), None)

    @property
    def unit_prices(self) -> tuple[Amount, ...]:
        return tuple(amount for amount in self.amounts if amount.role == "unit_price")

    @property
    def reserve_price(self) -> Amount | None:
        return next((amount for amount in self.amounts if amount.role == "reserve_price"), None)

    @cached_property
    def rate(self) -> tuple[float, RateBasis] | None:
        """The award rate (price over reserve price, a fraction) as printed, else computed where both are totals of one winner."""
        printed = next((r.award_rate for r in self.award.records if r.award_rate is not None), None)
        if printed is not None:
            return printed, "printed"
        total, reserve = self.total, self.reserve_price
        if total is None or reserve is None or total.role == "paid_total" or total.tax != reserve.tax:
            return None
        share = total.yen / reserve.yen if reserve.yen else 0
        # Above the reserve price nothing is awarded: the two are not of one thing (a part, a year, a unit).
        return (share, "computed") if 0 < share <= 1 else None

    @property
    def method(self) -> ProcurementMethod | None:
        return next((r.procurement_method for r in self.award.records if r.procurement_method), None)

    @property
    def method_details(self) -> str | None:
        return next((r.procurement_method_details for r in self.award.records if r.procurement_method_details), None)

    @cached_property
    def bidders(self) -> int | None:
        """How many took part in the tender, as printed or listed; None where no record tells, or records disagree."""
        told = self.award.tenderers
        return told[0] if len(told) == 1 else None

    @property
    def warnings(self) -> tuple[str, ...]:
        found = [warning for record in self.award.records for warning in record.warnings]
        if len(told := self.award.tenderers) > 1:
            found.append(f"the records print different numbers of tenderers: {', '.join(map(str, told))}")
        return tuple(dict.fromkeys(found))

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        rate = self.rate
        return {
            "number": self.number,
            "award_ids": list(self.award.award_ids),
            "basis": self.basis,
            "role": self.role,
            "title": self.title,
            "buyer": self.award.buyer,
            "date": self.day and self.day.isoformat(),
            "fiscal_year": self.fiscal_year,
            "kinds_of_work": list(self.kinds_of_work),
            "procurement_method": self.method,
            "procurement_method_details": self.method_details,
            "total": self.total and self.total.to_dict(),
            "unit_prices": [amount.to_dict() for amount in self.unit_prices],
            "reserve_price": self.reserve_price and self.reserve_price.to_dict(),
            "award_rate": rate and rate[0],
            "award_rate_basis": rate and rate[1],
            "bidders": self.bidders,
            "warnings": [translate(warning, language) for warning in self.warnings],
            "sources": [source.to_dict() for source in self.sources],
        }
