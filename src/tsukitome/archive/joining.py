"""What the corporate register adds to a supplier: by its number, or by its name and address together.

Added is only what the award does not print, marked as the register's. What stays without has a reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from tsukitome.awards import TODAYS_ADDRESS, Award, FromRegister, RegisterField, Supplier
from tsukitome.dataclass import dataclass
from tsukitome.normalize.firm import is_joint_venture
from tsukitome.normalize.text import fold, key
from tsukitome.registrations import Registration

if TYPE_CHECKING:
    from tsukitome.archive.register import Register

# The table of what the register adds: the record's position, the supplier's, the facts, the entry's days, the firms of a tie.
ADDED_COLUMNS = (
    "record", "position", "name", "address", "municipality_code", "corporate_number", "updated", "changed", "moved", "ties",
    "closed", "successor",
)  # fmt: skip

JoinOutcome = Literal[
    "number",  # the register has the supplier's number
    "name_and_address",  # it has one firm of this name at this address
    "unknown_number",  # it does not have the number
    "taken_back",  # the number was deleted from it
    "other_name",  # it has the number, under names that are not the one printed
    "tie",  # it has several firms of this name at this address
    "no_such_firm",  # it has none
    "no_number_or_address",  # there is only a name, and a name names nobody
]


@dataclass(frozen=True, slots=True)
class Join:
    """What became of looking a supplier up. ``firms`` is how many the register has at a tie, ``entry`` the one that was found, and
    ``moved`` whether that tells of a move after the award's day. ``last`` is the last entry of a firm that the register had closed
    before that day: its number may be mistyped, or that of the firm before a merger.
    """

    outcome: JoinOutcome
    entry: Registration | None = None
    firms: int = 0
    moved: bool = False
    last: Registration | None = None

    def add_to(self, supplier: Supplier) -> Supplier:
        """The supplier with what it does not print, and the mark that says so; the same one where nothing is added."""
        entry = self.entry
        if entry is None:
            return supplier
        known: tuple[RegisterField, ...] = supplier.register.fields if supplier.register else ()
        fields: list[RegisterField] = []
        added = supplier
        if is_nameless(supplier):
            added, fields = replace(added, name=entry.name), [*fields, "name"]
        if lacks_address(supplier) and entry.address is not None:
            added = replace(added, address=entry.address, municipality_code=entry.municipality_code)
            fields.append("address")
        if supplier.corporate_number is None:
            added, fields = replace(added, corporate_number=entry.corporate_number), [*fields, "corporate_number"]
        if not fields:
            return supplier
        moved = self.moved and "address" in fields
        return replace(added, register=FromRegister(_once(known, fields), entry.updated, entry.changed, moved))


def lacks_address(supplier: Supplier) -> bool:
    """Whether a supplier has no address, or a registered one of an unknown day (gBizINFO's, of today), to which the register's own
    of the award's day is preferred.
    """
    mark = supplier.register
    undated = supplier.address_source == "register" and mark is not None and mark.date is None and mark.since is None
    return supplier.address is None or undated


def _once(known: tuple[RegisterField, ...], more: Iterable[RegisterField]) -> tuple[RegisterField, ...]:
    return tuple(dict.fromkeys((*known, *more)))


def is_nameless(supplier: Supplier) -> bool:
    """Whether a supplier has a number in the place of its name."""
    return supplier.corporate_number is not None and supplier.name == f"法人番号 {supplier.corporate_number}"


def join(supplier: Supplier, on: dt.date | None, register: Register) -> Join:
    """Looks a supplier up; ``on`` is the day of the award, where it is known.

    A number whose firm never bore the printed name proves nothing: it may be mistyped, or that of a joint venture's first member.
    An address has to agree down to the block. A tie resolves to nothing.
    """
    number = supplier.corporate_number
    if number is not None:
        history = register.history(number)
        if not history:
            return Join("taken_back" if register.is_taken_back(number) else "unknown_number")
        if not is_nameless(supplier) and not _bore(supplier, history):
            return Join("other_name")
        entry = register.find_by_number(number, on)
        last = history[-1] if on and history[-1].closed and history[-1].closed < on else None
        return Join("number", entry, moved=entry is not None and entry.is_move_after(on), last=last)
    if supplier.address is None:
        return Join("no_number_or_address")
    if is_joint_venture(supplier.name):
        return Join("no_such_firm")
    found = [m for m in register.matches(supplier.name, supplier.address, on) if m.agreement == "block"]
    if len(found) > 1:
        return Join("tie", firms=len(found))
    return Join("name_and_address", found[0].registration) if found else Join("no_such_firm")


def _bore(supplier: Supplier, history: tuple[Registration, ...]) -> bool:
    """Whether a firm bore the printed name, which may have a branch behind it: where the branch begins is a guess."""
    from tsukitome.archive.register import name_key  # whoever looks a supplier up has it

    asked, whole = name_key(supplier.name), key(fold(supplier.name)) if supplier.branch else ""
    return any(known == asked or (known and known in whole) for known in map(name_key, (e.name for e in history)))


def with_additions(award: Award, added: Iterable[tuple[Any, ...]]) -> Award:
    """An award with what the register adds to its suppliers (rows of :data:`ADDED_COLUMNS`), and a warning for each tie."""
    suppliers, warnings = list(award.suppliers), list(award.warnings)
    for _, at, name, address, code, number, updated, changed, moved, ties, closed, successor in added:
        supplier = suppliers[at]
        if ties:
            warnings.append(
                f"the corporate register has {ties} firms named {supplier.name} at this address, so none was taken"
            )
            continue
        if closed:
            who = number or supplier.corporate_number
            warnings.append(
                f"the corporate register closed {who} on {closed}, before this award; taken over by {successor}"
                if successor
                else f"the corporate register closed {who} on {closed}, before this award"
            )
        facts = {"name": name, "address": address, "corporate_number": number}
        fields: tuple[RegisterField, ...] = supplier.register.fields if supplier.register else ()
        new: tuple[RegisterField, ...] = tuple(
            f for f in ("name", "address", "corporate_number") if facts[f] is not None
        )
        if not new:
            continue
        if supplier.address is not None and address is not None and TODAYS_ADDRESS in warnings:
            warnings.remove(TODAYS_ADDRESS)
        date, since = (day and dt.date.fromisoformat(day) for day in (updated, changed))
        given = {f: facts[f] for f in new} | ({"municipality_code": code} if address is not None else {})
        suppliers[at] = replace(supplier, **given, register=FromRegister(_once(fields, new), date, since, bool(moved)))
    return replace(award, suppliers=tuple(suppliers), warnings=tuple(warnings))
