"""A bidder of a table of bids by the cells of its row: name, address, number, the members of a venture."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from tsukitome.awards import Supplier, SupplierRole
from tsukitome.documents.table import CellValue
from tsukitome.normalize.corporate_number import read_corporate_number
from tsukitome.normalize.firm import read_firm
from tsukitome.normalize.place import day_that_matters
from tsukitome.normalize.text import fold
from tsukitome.sources.bid_cells import is_blank
from tsukitome.sources.bid_ventures import members_named
from tsukitome.sources.bid_winners import bare_name
from tsukitome.sources.supplier_address import clean_address, place_of

firm_of = lru_cache(maxsize=8192)(read_firm)


class Bidder(NamedTuple):
    """A bidder, as printed without a mark; what could not be read; whether its name may be that of a venture; the members that
    its cell names behind that.
    """

    supplier: Supplier
    printed: str
    warnings: tuple[str, ...]
    ventured: bool
    members: tuple[str, ...]


def bidder_of(name: str, address: str, number: CellValue, role: SupplierRole, on: dt.date | None) -> Bidder:
    """The bidder of a row's cells; its name is without the sign of a legend."""
    key = name, address, number, role
    bidder = _known.get(key)
    if bidder is None:
        bidder = _bidder(bare_name(name), address, day_that_matters(address, on) if address else None, number, role)
        if not address or day_that_matters(address, dt.date.max) is None:  # it is the same on any day
            if len(_known) >= _KEPT:
                _known.clear()
            _known[key] = bidder
    return bidder


_KEPT = 1 << 16
_known: dict[tuple[str, str, CellValue, SupplierRole], Bidder] = {}


@lru_cache(maxsize=1 << 14)  # the same firms bid again and again
def _bidder(printed: str, address: str, on: dt.date | None, number: CellValue, role: SupplierRole) -> Bidder:
    warnings: list[str] = []
    printed, members = members_named(printed)
    firm = firm_of(printed)
    shown, code = _read_address(address, on) if address else (None, None)
    if shown and code is None:
        warnings.append(f"the municipality of address {shown!r} was not recognized")
    checked, warning = read_corporate_number(number)
    warnings += [warning] if warning else []
    supplier = Supplier(firm.name, shown, code, checked, firm.branch, role, printed)
    return Bidder(supplier, printed, tuple(warnings), "・" in printed or "･" in printed or bool(members), members)


@lru_cache(maxsize=16384)
def _read_address(printed: str, on: dt.date | None) -> tuple[str | None, str | None]:
    if is_blank(printed):
        return None, None
    address = clean_address(fold(printed))
    place = place_of(address, on)
    return address, place.code if place else None
