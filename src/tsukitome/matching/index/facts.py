"""What comparers look at in an alternative, in parts that many alternatives share, and stand-ins that show one part each.

The level of an alternative is the best of its parts' levels: of the places of a firm and of a joint venture's members, of
its days, of its amounts. So each distinct part is compared once, and the level of millions follows.
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import product
from typing import Literal

from tsukitome.archive.merging import MergedAward
from tsukitome.awards import Amount, AmountRole, Award, Dates, FromRegister, ProcurementMethod, Source, Supplier, Tax
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare.place import ground
from tsukitome.matching.compare.value import day_of_price
from tsukitome.matching.weights import on_ground
from tsukitome.normalize.municipality import prefecture
from tsukitome.normalize.place import prefecture_of
from tsukitome.normalize.tax import days_of_change

DayKind = Literal["award", "contract", "notice"]
DAY_KINDS: tuple[DayKind, ...] = ("award", "contract", "notice")
ROLES: tuple[AmountRole, ...] = ("contract_price", "estimated_total", "paid_total", "unit_price", "reserve_price")
TOTALS = ROLES[:3]  # what a stated value is held against, unless it is said to be something else
TAXES: tuple[Tax | None, ...] = (None, "included", "excluded")
METHODS: tuple[ProcurementMethod | None, ...] = (None, "open", "selective", "limited")
NOWHERE = ""
_KINDS: dict[tuple[str, str | None], int] = {pair: number for number, pair in enumerate(product(ROLES, TAXES))}


def supplier_of(said: str) -> tuple[Supplier, tuple[str, ...]]:
    """A supplier, and how it is printed; see :class:`~tsukitome.archive.stretches.Stretch`."""
    name, printed, stands_on, address, code, number = json.loads(said)
    mark = FromRegister(("address",), moved=stands_on == "moved") if stands_on else None
    one = Supplier(name, address, code, number, register=mark)
    return one, tuple(printed) if isinstance(printed, list) else (printed or name,)


def place_of(supplier: Supplier) -> str:
    """A supplier's place as far as comparing goes: its municipality's code, else its prefecture's, and behind it what its address
    stands on (nothing where the award prints it); '' where it has no place.
    """
    code = supplier.municipality_code or (supplier.address and prefecture_of(supplier.address))
    return on_ground(code, ground(supplier)) if code else NOWHERE


def places_of(alternative: Alternative) -> tuple[str, ...]:
    """The distinct places of an alternative and its members, in order; ('',) where none is known."""
    found = sorted({place_of(supplier) for supplier in (alternative.supplier, *alternative.members)} - {NOWHERE})
    return tuple(found) or (NOWHERE,)


def days_of(alternative: Alternative) -> list[tuple[int, int]]:
    """The days that count as (number in DAY_KINDS, ordinal): all of award and contract, the first of the notices."""
    dates = alternative.award.dates
    found = [(kind, day.toordinal()) for kind, name in enumerate(DAY_KINDS[:2]) for day in dates.get(name, ())]
    return found + [(2, day.toordinal()) for day in dates.get("notice", ())[:1]]


def day_of(days: list[tuple[int, int]]) -> int:
    """The day of an alternative as far as kin goes: the first of award, else of contract, else of notice; 0 for none."""
    return min(days, default=(0, 0))[1]


def method_of(alternative: Alternative) -> int:
    """The number of the procurement method in METHODS."""
    found = (record.procurement_method for record in alternative.award.records if record.procurement_method)
    return METHODS.index(next(found, None))


def amounts_of(alternative: Alternative) -> list[tuple[int, float]]:
    """The amounts that may be compared, as (kind, yen): the kind is one number for an amount's role, its tax, and the rates that
    were in force.
    """
    time, times = _time(day_of_price(alternative)), _times()
    return [
        (_KINDS[amount.role, amount.tax] * times + time, float(amount.yen))
        for amount in alternative.amounts
        if (amount.role, amount.tax) in _KINDS
    ]


def amount_kinds() -> int:
    """How many kinds of amount there are."""
    return len(ROLES) * len(TAXES) * _times()


def role_of_kind(kind: int) -> AmountRole:
    """The role of a kind of amount."""
    return ROLES[kind // _times() // len(TAXES)]


def tax_of_kind(kind: int) -> Tax | None:
    """What a kind of amount says of its tax."""
    return TAXES[kind // _times() % len(TAXES)]


def day_of_kind(kind: int) -> dt.date | None:
    """A day on which the rates of a kind of amount were in force; None is today."""
    time = kind % _times()
    if time == _times() - 1:
        return None
    return days_of_change()[time] - dt.timedelta(days=1)


@cache
def _times() -> int:
    return len(days_of_change()) + 1


@lru_cache(maxsize=1 << 14)
def _time(day: dt.date | None) -> int:
    return len(days_of_change()) if day is None else bisect_right(days_of_change(), day)


_SOURCE = Source("", "mapped", "", "")


def _standing(award: Award, *members: Supplier) -> Alternative:
    return Alternative(MergedAward((award,)), 0, members)


@lru_cache(maxsize=1 << 14)
def supplier_at(place: str) -> Supplier:
    """A firm of a place, as :func:`place_of` gives it."""
    code, _, stands_on = place.partition("_")
    known = len(code) == 5
    address = prefecture(code).name if code and not known else None
    mark = FromRegister(("address",), moved=stands_on == "moved") if stands_on else None
    return Supplier("", address or code or None, code if known else None, register=mark)


def with_supplier(supplier: Supplier) -> Alternative:
    """A stand-in of a firm."""
    return _standing(Award("", "", None, (supplier,), _SOURCE))


def with_day(kind: int, ordinal: int) -> Alternative:
    """A stand-in of one day."""
    days = {DAY_KINDS[kind]: dt.date.fromordinal(ordinal)}
    return _standing(Award("", "", None, (Supplier(""),), _SOURCE, Dates(**days)))


def with_method(method: int) -> Alternative:
    """A stand-in of a procurement method."""
    return _standing(Award("", "", None, (Supplier(""),), _SOURCE, procurement_method=METHODS[method]))


def amount_of_kind(kind: int, yen: float) -> tuple[Amount, dt.date | None]:
    """An amount of a kind, and a day whose rates it has."""
    return Amount(role_of_kind(kind), yen, "", tax_of_kind(kind)), day_of_kind(kind)


@cache
def without_anything() -> Alternative:
    """A stand-in of a record that says nothing."""
    return _standing(Award("", "", None, (Supplier(""),), _SOURCE))
