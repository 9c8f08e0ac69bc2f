"""What news could say of an alternative: the facts of its record that the noise blurs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tsukitome.awards import ProcurementMethod, Tax
from tsukitome.matching.alternatives import Alternative

_TOTALS = ("contract_price", "estimated_total", "paid_total")


@dataclass(frozen=True, slots=True)
class Facts:
    """``firm`` is the supplier's name, ``place`` its municipality's code; ``days`` are those of award and contract, ``yen`` is the
    total.
    """

    firm: str
    place: str
    days: tuple[dt.date, ...]
    notice: dt.date | None
    yen: int
    tax: Tax | None
    reserve: int | None
    title: str
    buyer: str
    method: ProcurementMethod | None

    @property
    def deal(self) -> tuple[Any, ...]:
        """What the rows of a contract that is printed twice have in common, and equal lots that a firm is awarded on one day."""
        return self.firm, self.place, self.buyer, self.days, self.yen


def facts_of(alternative: Alternative) -> Facts | None:
    """The facts of an alternative; None where its record lacks a place, a day, a total, a buyer or a title to speak of."""
    award, place = alternative.award, alternative.supplier.municipality_code
    dates = award.dates
    days = tuple(days[0] for kind in ("award", "contract") if (days := dates.get(kind)))
    amounts = alternative.amounts
    total = next(
        (amount for role in _TOTALS for amount in amounts if amount.role == role and amount.yen >= 10_000), None
    )
    if place is None or not days or total is None or not award.buyer or len(award.title_key.text) < 4:
        return None
    reserve = next(
        (int(amount.yen) for amount in amounts if amount.role == "reserve_price" and amount.yen >= 10_000), None
    )
    return Facts(
        firm=alternative.supplier.name,
        place=place,
        days=days,
        notice=next(iter(dates.get("notice", ())), None),
        yen=int(total.yen),
        tax=total.tax,
        reserve=reserve,
        title=award.title,
        buyer=award.buyer,
        method=next((record.procurement_method for record in award.records if record.procurement_method), None),
    )
