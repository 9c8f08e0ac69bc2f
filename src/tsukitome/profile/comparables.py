"""Awards set beside comparable ones: the same contract in other years, the same kind of work for the same buyer or of the
same size, the other bids of the same tender.

A difference in price has many plain reasons (another scope, term or place, a correction, a slip of the keyboard); what is
found here is worth a look at the sources, and nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from tsukitome.awards import Amount
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.organization import buyer_key
from tsukitome.normalize.tax import consumption_tax
from tsukitome.normalize.title import TitleKey, title_key
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.position import Likeness, Measure, Position, position, rules
from tsukitome.profile.unit import unit_of


@dataclass(frozen=True, slots=True)
class Compared:
    """An award that another was compared with, and its figure."""

    award: FirmAward
    value: float

    def to_dict(self) -> dict[str, Any]:
        source = self.award.sources[0]
        return {
            "value": self.value,
            "title": self.award.title,
            "buyer": self.award.award.buyer,
            "supplier": self.award.award.suppliers[self.award.index].name,
            "date": self.award.day and self.award.day.isoformat(),
            "award_id": self.award.award.award_ids[0],
            "source": source.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """An award's figure beside those of ``position.count`` comparable ones, and three of them: lowest, middle, highest."""

    position: Position
    examples: tuple[Compared, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.position.to_dict(),
            "examples": [example.to_dict() for example in self.examples],
        }


_Tender = tuple[str, TitleKey, dt.date, float]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of an award, and what decides whether another one may be compared with it."""

    award: FirmAward
    value: float
    award_id: str
    contract: Hashable
    title: str
    day: int | None
    reserve: float | None


class Comparables:
    """Awards indexed by what makes them comparable; payments and losers are left out."""

    def __init__(self, awards: Iterable[FirmAward]) -> None:
        known = [one for one in awards if one.basis == "award" and one.role == "awarded"]
        self._shares = _shares_of_one_tender(known)
        self._index: dict[Hashable, list[_Figure]] = defaultdict(list)
        for one in known:
            for measure, figure in self._figures(one):
                for key in {key for _, key in _keys(one, measure)}:
                    self._index[measure, key].append(figure)

    def of(self, one: FirmAward) -> tuple[Comparison, ...]:
        """What an award's figures come to beside those of comparable awards; nothing for a figure that has too few."""
        found = [self._one(one, measure, figure) for measure, figure in self._figures(one)]
        return tuple(comparison for comparison in (*found, _bids(one)) if comparison)

    def _figures(self, one: FirmAward) -> Iterator[tuple[Measure, _Figure]]:
        title = title_key(one.title)
        day = one.day.toordinal() if one.day else None
        contract = (day, title, core_key(one.award.suppliers[one.index].name)) if day else one.award.award_ids
        reserve = one.reserve_price.yen if one.reserve_price else None
        for measure, value in figures(one):
            if measure != "rate" or _tender(one) not in self._shares:
                yield measure, _Figure(one, value, one.award.award_ids[0], contract, title.text, day, reserve)

    def _one(self, one: FirmAward, measure: Measure, figure: _Figure) -> Comparison | None:
        for likeness, key in _keys(one, measure):
            others = [other for other in self._index.get((measure, key), ()) if _comparable(likeness, figure, other)]
            if (measure, likeness) == ("total", "series") and not _yearly([figure, *others]):
                continue
            found = position(measure, likeness, figure.value, [other.value for other in others])
            if found:
                ranked = sorted(others, key=lambda other: (other.value, other.award_id))
                places = sorted({0, len(ranked) // 2, len(ranked) - 1})
                return Comparison(found, tuple(Compared(ranked[place].award, ranked[place].value) for place in places))
        return None


def _yearly(series: Iterable[_Figure]) -> bool:
    """Whether a series is one contract year by year; several in one year are lots, or offices of one name, of other sizes."""
    years = [figure.award.fiscal_year for figure in series]
    return None not in years and len(set(years)) == len(years)


def _tender(one: FirmAward) -> _Tender | None:
    """What rows of one tender share: buyer, title, day and reserve price; None where one of them is missing."""
    if not (one.award.buyer and one.day and one.reserve_price):
        return None
    return buyer_key(one.award.buyer).head, title_key(one.title), one.day, one.reserve_price.yen


def _shares_of_one_tender(awards: Iterable[FirmAward]) -> set[_Tender]:
    """Tenders whose sum is printed in parts, a row each contractor: the rate of a part says nothing.

    They are told by one reserve price over several rows whose prices together do not exceed it.
    """
    parts: dict[_Tender, dict[tuple[str, ...], float]] = defaultdict(dict)
    for one in awards:
        tender = _tender(one)
        if tender is not None and one.total:
            parts[tender][*one.award.award_ids, str(one.index)] = one.total.yen
    return {tender for tender, prices in parts.items() if len(prices) > 1 and sum(prices.values()) <= tender[-1]}


def figures(one: FirmAward) -> Iterator[tuple[Measure, float]]:
    """What can be compared of an award: its total with tax, its first unit price, its award rate."""
    if one.basis != "award" or one.role != "awarded":
        return
    if one.total and one.total.yen > 0:
        yield "total", _with_tax(one, one.total)
    if one.unit_prices and one.unit_prices[0].yen > 0:
        yield "unit_price", _with_tax(one, one.unit_prices[0])
    if one.rate and 0 < one.rate[0] <= 1.5:
        yield "rate", one.rate[0]


def _with_tax(one: FirmAward, amount: Amount) -> float:
    """Yen with the consumption tax of the day, where the amount is printed as being without it."""
    return amount.yen * (1 + consumption_tax(one.day)) if amount.tax == "excluded" else amount.yen


def _keys(one: FirmAward, measure: Measure) -> Iterator[tuple[Likeness, Hashable]]:
    """By which keys an award is comparable in a measure, the closest first."""
    buyer = buyer_key(one.award.buyer) if one.award.buyer else None
    kinds, title = one.kinds_of_work, title_key(one.title).text
    match measure:
        case "total":
            if buyer:
                yield "series", (buyer, title)
            if buyer and kinds:
                yield "like_title", (buyer.head, kinds)
                yield "kind_and_buyer", (buyer.head, kinds)
        case "unit_price":
            unit = unit_of(one.unit_prices[0].quote)
            if buyer:
                yield "series", (buyer, title, unit)
            if kinds and unit:  # a price per nobody knows what can only stand beside the same contract's
                yield "kind_and_unit", (kinds, unit)
        case "rate":  # negotiated contracts have rates near 1 by their nature: only those of one method are compared
            if buyer:
                yield "series", (buyer.head, title, one.method)
            if buyer and kinds:
                yield "kind_and_buyer", (buyer.head, kinds, one.method)
            if kinds and one.reserve_price:
                yield "kind_and_size", (kinds, one.method, "size")


def _comparable(likeness: Likeness, one: _Figure, other: _Figure) -> bool:
    """Whether figures of one key are comparable: of two contracts, of like times, and where that is it of like titles or sizes."""
    if other.contract == one.contract or other.award.award is one.award.award:
        return False
    within = rules()["within"]
    if one.day and other.day and abs(one.day - other.day) > within["years"] * 365.25:
        return False
    if likeness == "like_title":
        return one.title == other.title or fuzz.ratio(one.title, other.title, score_cutoff=within["title"]) > 0
    if likeness == "kind_and_size":
        return bool(
            one.reserve and other.reserve and 1 / within["size"] <= other.reserve / one.reserve <= within["size"]
        )
    return True


def _bids(one: FirmAward) -> Comparison | None:
    """The price beside the other bids of the same tender, where a table lists them."""
    if one.role != "awarded" or one.total is None or one.total.yen <= 0:
        return None
    for record in one.award.records:
        others = [
            amount.yen
            for amount in record.amounts
            if amount.role == "bid" and amount.supplier is not None
            and record.suppliers[amount.supplier].role == "bidder" and amount.yen > 0
        ]  # fmt: skip
        found = position("bids", "same_tender", one.total.yen, others)
        if found:
            return Comparison(found)
    return None
