"""The corporate register looked up: firms by number, by name and address together, and by reading.

A name alone names nobody here: firms of one name are many, and a tie resolves to nothing. Every entry of a firm's
history counts, so a firm is found by the name and address that it had when it was awarded a contract.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, Protocol

from tsukitome.dataclass import dataclass
from tsukitome.normalize.address import address_key
from tsukitome.normalize.firm import core_key, form_of, read_firm
from tsukitome.normalize.municipality import same_city
from tsukitome.normalize.place import municipality_of
from tsukitome.normalize.text import fold, key
from tsukitome.pattern import pattern
from tsukitome.registrations import Registration

# How much of two addresses agrees, the closest first: down to the block, the town, or the municipality only.
Agreement = Literal["block", "town", "municipality"]
_LEVELS: tuple[Agreement, ...] = ("block", "town", "municipality")
# The register's readings have no legal form; people add one.
_FORM_READ = pattern("^(?:カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ)ガイシャ(?=.)")


@dataclass(frozen=True, slots=True)
class RegisterMatch:
    """A firm found by name and address: the entry in force, and how far the address agreed."""

    registration: Registration
    agreement: Agreement


class Entries(Protocol):
    """The register's entries, wherever they are kept. What is asked for with keys may hold more than what has the key."""

    def of_number(self, number: str) -> Sequence[Registration]:
        """Every entry of a corporate number."""

    def numbers_named(self, key: str) -> Iterable[str]:
        """The corporate numbers of which an entry's name has this :func:`name_key`."""

    def numbers_read(self, key: str) -> Iterable[str]:
        """The corporate numbers of which an entry's reading has this :func:`reading_key`."""

    def __len__(self) -> int:
        """The number of firms."""


class EntriesInMemory:
    """Entries kept in memory, for a few files that are in no archive."""

    def __init__(self, registrations: Iterable[Registration]) -> None:
        self._entries: dict[str, list[Registration]] = defaultdict(list)
        self._named: dict[str, set[str]] = defaultdict(set)
        self._read: dict[str, set[str]] = defaultdict(set)
        for entry in registrations:
            self._entries[entry.corporate_number].append(entry)
            self._named[name_key(entry.name)].add(entry.corporate_number)
            self._read[reading_key(entry.reading or "")].add(entry.corporate_number)

    def of_number(self, number: str) -> Sequence[Registration]:
        return self._entries.get(number, ())

    def numbers_named(self, key: str) -> Iterable[str]:
        return self._named.get(key, ())

    def numbers_read(self, key: str) -> Iterable[str]:
        return self._read.get(key, ())

    def __len__(self) -> int:
        return len(self._entries)


class Register:
    """The register's entries, looked up. Nothing is found for what two firms share."""

    def __init__(self, registrations: Iterable[Registration] = (), *, entries: Entries | None = None) -> None:
        """A register of ``registrations`` in memory, or of ``entries`` that are kept elsewhere."""
        self._entries: Entries = EntriesInMemory(registrations) if entries is None else entries
        self._kept = lru_cache(1 << 16)(self._history)
        self._named = lru_cache(1 << 16)(self._entries.numbers_named)

    def __len__(self) -> int:
        """The number of firms."""
        return len(self._entries)

    def __bool__(self) -> bool:
        """Whether it holds any firm, without counting them."""
        return bool(self._entries)

    def __repr__(self) -> str:
        return f"<Register of {len(self):,} firms>"

    def find(
        self, *, number: str | None = None, name: str | None = None, reading: str | None = None
    ) -> tuple[Registration, ...]:
        """The last entry of every firm that has all that is given, in the order of their numbers; () where there is none.

        ``number`` is a corporate number; ``name`` a whole name, now or formerly, with or without its legal form; ``reading`` kana
        without the legal form. Numbers that were taken back are left out. Raises ValueError where nothing is given.
        """
        found: list[set[str]] = []
        if number is not None:
            found.append({number})
        if name is not None:
            form = form_of(read_firm(name).name)
            found.append({entry.corporate_number for entry in self.with_name(name) if _one_form(form, entry)})
        if reading is not None:
            found.append({entry.corporate_number for entry in self.with_reading(reading)})
        if not found:
            raise ValueError("give a number, a name or a reading")
        histories = (self.history(one) for one in sorted(set.intersection(*found)))
        return tuple(history[-1] for history in histories if history)

    def history(self, number: str) -> tuple[Registration, ...]:
        """All entries of a corporate number, the oldest first; () for an unknown one, and for one that was taken back."""
        entries = self._kept(number)
        return () if entries and entries[-1].is_deleted else entries

    def is_taken_back(self, number: str) -> bool:
        """Whether a number was given by mistake and deleted from the register."""
        entries = self._kept(number)
        return bool(entries) and entries[-1].is_deleted

    def _history(self, number: str) -> tuple[Registration, ...]:
        return tuple(sorted(dict.fromkeys(self._entries.of_number(number)), key=_order))

    def find_by_number(self, number: str, on: dt.date | None = None) -> Registration | None:
        """The entry of a number in force on a day (the first one, where the register begins later), else the last one."""
        entries = self.history(number)
        if not entries:
            return None
        if on is None:
            return entries[-1]
        before = [entry for entry in entries if entry.changed is None or entry.changed <= on]
        return before[-1] if before else entries[0]

    def since(self, entry: Registration, fact: Literal["name", "address"]) -> dt.date | None:
        """The day from which the entries of a firm, down to this one, have gone on saying the same of its name or its address: an
        entry of a move repeats the name, and one of another name the address.
        """
        history = self.history(entry.corporate_number)
        since = entry.changed
        for before in reversed(history[: history.index(entry)]):
            if getattr(before, fact) != getattr(entry, fact):
                break
            since = before.changed or since
        return since

    def find_by_name_and_address(self, name: str, address: str, on: dt.date | None = None) -> Registration | None:
        """The one firm of this name at this address; None where there is none or more than one."""
        match = self.match(name, address, on)
        return match.registration if match else None

    def match(self, name: str, address: str, on: dt.date | None = None) -> RegisterMatch | None:
        """:meth:`find_by_name_and_address` with how far the address agrees."""
        found = self.matches(name, address, on)
        return found[0] if len(found) == 1 else None

    def matches(self, name: str, address: str, on: dt.date | None = None) -> tuple[RegisterMatch, ...]:
        """The firms of this name at this address, in the order of their numbers; more than one is a tie.

        The town has to agree, or the municipality where the address asked for goes no further; of several firms the closest
        address decides. Legal forms must not differ where both are given. Firms closed before ``on`` are left out.
        """
        place = municipality_of(address, on) or municipality_of(address)
        if place is None:
            return ()
        form = form_of(read_firm(name).name)
        entries = [
            entry
            for entry in self.with_name(name)
            if entry.municipality_code is not None
            and same_city(entry.municipality_code, place.code)
            and _one_form(form, entry)
            and not self._closed_before(entry.corporate_number, on)
        ]
        asked = address_key(address, place.code)
        for level in _LEVELS[:2] if asked else _LEVELS[2:]:
            if agreeing := dict.fromkeys(e.corporate_number for e in entries if _agree(level, asked, e)):
                found = (self.find_by_number(number, on) for number in agreeing)
                return tuple(RegisterMatch(entry, level) for entry in found if entry)
        return ()

    def find_by_reading(self, reading: str) -> Registration | None:
        """The one firm whose name reads so (kana, without the legal form); None where there is none or more than one.

        A reading suggests a firm; it never proves one.
        """
        found = self.find(reading=reading)
        return found[0] if len(found) == 1 else None

    def with_reading(self, reading: str) -> tuple[Registration, ...]:
        """Every entry whose name reads so, in the order of numbers and time."""
        asked = reading_key(reading)
        numbers = self._entries.numbers_read(asked) if asked else ()
        return tuple(e for one in sorted(numbers) for e in self.history(one) if reading_key(e.reading or "") == asked)

    def with_name(self, name: str) -> tuple[Registration, ...]:
        """Every entry of this name, whatever its legal form, in the order of numbers and time."""
        asked = name_key(name)
        numbers = self._named(asked) if asked else ()
        return tuple(entry for one in sorted(numbers) for entry in self.history(one) if name_key(entry.name) == asked)

    def _closed_before(self, number: str, on: dt.date | None) -> bool:
        last = self._kept(number)[-1]
        return on is not None and last.closed is not None and last.closed < on


def _order(entry: Registration) -> tuple[bool, dt.date, dt.date, bool, str]:
    """Entries by the day from which they hold; a correction of the same day comes after what it corrects, a deletion last."""
    return entry.is_deleted, entry.changed or dt.date.min, entry.updated or dt.date.min, entry.latest, entry.process


def _one_form(form: tuple[str, bool] | None, entry: Registration) -> bool:
    """Whether the legal form asked for, where one is given, is the entry's and stands on the same side of the name."""
    known = form_of(entry.name)
    return form is None or known is None or form == known


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


def name_key(name: str) -> str:
    """The key under which a firm's name is looked up: without its legal form and branch."""
    return core_key(name)


def reading_key(reading: str) -> str:
    """The key under which a reading is looked up: in katakana, without spaces and marks, and without a legal form before it."""
    import jaconv  # most readers of an archive never ask for a reading

    return _FORM_READ.sub("", key(jaconv.hira2kata(fold(reading))))
