"""The corporate register in memory: firms by number, by name and address together, and by reading.

A name alone names nobody here: firms of one name are many, and a tie resolves to nothing. Every entry of a firm's
history counts, so a firm is found by the name and address that it had when it was awarded a contract.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import jaconv

from tsukitome.normalize.address import address_key
from tsukitome.normalize.firm import core_key, read_firm
from tsukitome.normalize.place import municipality_of, same_city
from tsukitome.normalize.text import fold, key
from tsukitome.registrations import Registration

# How much of two addresses agrees, the closest first: down to the block, the town, or the municipality only.
Agreement = Literal["block", "town", "municipality"]
_LEVELS: tuple[Agreement, ...] = ("block", "town", "municipality")


@dataclass(frozen=True, slots=True)
class RegisterMatch:
    """A firm found by name and address: the entry in force, the one that agreed, and how far its address did."""

    registration: Registration
    agreed_with: Registration
    agreement: Agreement


class Register:
    """The register's entries, looked up. Nothing is found for what two firms share."""

    def __init__(self, registrations: Iterable[Registration]) -> None:
        histories: dict[str, list[Registration]] = defaultdict(list)
        for registration in dict.fromkeys(registrations):
            histories[registration.corporate_number].append(registration)
        self._histories = {number: tuple(sorted(entries, key=_order)) for number, entries in histories.items()}

    def __len__(self) -> int:
        """The number of firms."""
        return len(self._histories)

    def __repr__(self) -> str:
        return f"<Register of {len(self):,} firms>"

    def history(self, number: str) -> tuple[Registration, ...]:
        """All entries of a corporate number, the oldest first; () for an unknown one, and for one that was taken back."""
        entries = self._histories.get(number, ())
        return () if entries and entries[-1].is_deleted else entries

    def find_by_number(self, number: str, on: dt.date | None = None) -> Registration | None:
        """The entry of a number in force on a day (the first one, where the register begins later), else the last one."""
        entries = self.history(number)
        if not entries:
            return None
        if on is None:
            return entries[-1]
        before = [entry for entry in entries if entry.changed is None or entry.changed <= on]
        return before[-1] if before else entries[0]

    def find_by_name_and_address(self, name: str, address: str, on: dt.date | None = None) -> Registration | None:
        """The one firm of this name at this address; None where there is none or more than one."""
        match = self.match(name, address, on)
        return match.registration if match else None

    def match(self, name: str, address: str, on: dt.date | None = None) -> RegisterMatch | None:
        """:meth:`find_by_name_and_address` with how far the address agrees.

        The town has to agree, or the municipality where the address asked for goes no further; of several firms the closest
        address decides. Legal forms must not differ where both are given. Firms closed before ``on`` are left out.
        """
        place = municipality_of(address, on) or municipality_of(address)
        if place is None:
            return None
        form = read_firm(name).form
        entries = [
            entry
            for entry in self._by_name.get(core_key(name), ())
            if entry.municipality_code is not None
            and same_city(entry.municipality_code, place.code)
            and _one_form(form, read_firm(entry.name).form)
            and not self._closed_before(entry.corporate_number, on)
        ]
        asked = address_key(address, place.code)
        for level in _LEVELS[:2] if asked else _LEVELS[2:]:
            agreeing = [entry for entry in entries if _agree(level, asked, entry)]
            if agreeing:
                number = _only(agreeing)
                found = self.find_by_number(number, on) if number else None
                return RegisterMatch(found, agreeing[-1], level) if found else None
        return None

    def find_by_reading(self, reading: str) -> Registration | None:
        """The one firm whose name reads so (kana, without the legal form); None where there is none or more than one.

        A reading suggests a firm; it never proves one.
        """
        number = _only(self.with_reading(reading))
        return self.find_by_number(number) if number else None

    def with_reading(self, reading: str) -> tuple[Registration, ...]:
        """Every entry whose name reads so, in the order of numbers and time."""
        return tuple(self._by_reading.get(_reading_key(reading), ()))

    def with_name(self, name: str) -> tuple[Registration, ...]:
        """Every entry of this name, whatever its legal form, in the order of numbers and time."""
        return tuple(self._by_name.get(core_key(name), ()))

    @cached_property
    def _by_name(self) -> dict[str, list[Registration]]:
        return self._indexed(lambda entry: core_key(entry.name))

    @cached_property
    def _by_reading(self) -> dict[str, list[Registration]]:
        return self._indexed(lambda entry: _reading_key(entry.reading or ""))

    def _indexed(self, key_of: Callable[[Registration], str]) -> dict[str, list[Registration]]:
        index: dict[str, list[Registration]] = defaultdict(list)
        for number in sorted(self._histories):
            for entry in self.history(number):
                if found := key_of(entry):
                    index[found].append(entry)
        return dict(index)

    def _closed_before(self, number: str, on: dt.date | None) -> bool:
        last = self._histories[number][-1]
        return on is not None and last.closed is not None and last.closed < on


def _order(entry: Registration) -> tuple[bool, dt.date, dt.date, bool, str]:
    """Entries by the day from which they hold; a correction of the same day comes after what it corrects, a deletion last."""
    return entry.is_deleted, entry.changed or dt.date.min, entry.updated or dt.date.min, entry.latest, entry.process


def _only(entries: Iterable[Registration]) -> str | None:
    numbers = {entry.corporate_number for entry in entries}
    return numbers.pop() if len(numbers) == 1 else None


def _one_form(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _agree(level: Agreement, asked: tuple[str, str, str] | None, entry: Registration) -> bool:
    if level == "municipality":
        return True
    known = address_key(entry.address, entry.municipality_code) if entry.address else None
    if asked is None or known is None or asked[1] != known[1]:
        return False
    return level == "town" or _one_block(asked[2], known[2])


def _one_block(one: str, other: str) -> bool:
    """Whether two blocks are one: equal, or one goes on to the room (1-48-10, 1-48-10-501)."""
    shorter, longer = sorted((one.split("-"), other.split("-")), key=len)
    return one == other or (len(shorter) > 1 and longer[: len(shorter)] == shorter)


def _reading_key(reading: str) -> str:
    return key(jaconv.hira2kata(fold(reading)))
