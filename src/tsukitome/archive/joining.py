"""What the corporate register adds to a supplier: by its number, or by its name and address together.

Added is only what the award does not print, marked as the register's. What stays without has a reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tsukitome.archive.additions import once
from tsukitome.awards import FromRegister, RegisterField, Supplier
from tsukitome.dataclass import dataclass
from tsukitome.normalize.firm import is_joint_venture
from tsukitome.normalize.text import fold, key
from tsukitome.registrations import Registration

if TYPE_CHECKING:
    from tsukitome.archive.register import Register

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
    """What became of looking a supplier up. ``firms`` is how many the register has at a tie, ``entry`` the one that was found,
    ``seated`` and ``named`` since when the firm has its address and its name, ``moved`` and ``renamed`` whether the entry tells of
    a move or of another name after the award's day. ``last`` is the last entry of a firm that the register had closed
    before that day: its number may be mistyped, or that of the firm before a merger.
    """

    outcome: JoinOutcome
    entry: Registration | None = None
    firms: int = 0
    seated: dt.date | None = None
    named: dt.date | None = None
    moved: bool = False
    renamed: bool = False
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
        has_name, has_address = "name" in fields, "address" in fields
        since = self.seated if has_address else self.named
        mark = FromRegister(
            once(known, fields), entry.updated, since, self.moved and has_address,
            self.named if has_name else None, self.renamed and has_name,
        )  # fmt: skip
        return replace(added, register=mark)


def lacks_address(supplier: Supplier) -> bool:
    """Whether a supplier has no address, or a registered one of an unknown day (gBizINFO's, of today), to which the register's own
    of the award's day is preferred.
    """
    mark = supplier.register
    undated = supplier.address_source == "register" and mark is not None and mark.date is None and mark.since is None
    return supplier.address is None or undated


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
        return _found("number", entry, on, register, last)
    if supplier.address is None:
        return Join("no_number_or_address")
    if is_joint_venture(supplier.name):
        return Join("no_such_firm")
    found = [m for m in register.matches(supplier.name, supplier.address, on) if m.agreement == "block"]
    if len(found) > 1:
        return Join("tie", firms=len(found))
    return _found("name_and_address", found[0].registration, on, register) if found else Join("no_such_firm")


def _found(
    outcome: JoinOutcome,
    entry: Registration | None,
    on: dt.date | None,
    register: Register,
    last: Registration | None = None,
) -> Join:
    """The join to an entry, with the days that it has for the name and the address."""
    if entry is None:
        return Join(outcome, last=last)
    seated, named = register.since(entry, "address"), register.since(entry, "name")
    moved, renamed = entry.is_move_after(on), entry.is_renaming_after(on)
    return Join(outcome, entry, seated=seated, named=named, moved=moved, renamed=renamed, last=last)


def _bore(supplier: Supplier, history: tuple[Registration, ...]) -> bool:
    """Whether a firm bore the printed name, which may have a branch behind it: where the branch begins is a guess."""
    from tsukitome.archive.register import name_key  # whoever looks a supplier up has it

    asked, whole = name_key(supplier.name), key(fold(supplier.name)) if supplier.branch else ""
    return any(known == asked or (known and known in whole) for known in map(name_key, (e.name for e in history)))
