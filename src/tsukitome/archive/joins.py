"""The corporate register joined to all suppliers of an archive, and how far that went.

It is settled after every import, anew where the register or a file was replaced: so the register may come before the awards or
after them, and a file that is replaced takes back what it gave.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from tsukitome.archive.additions import ADDED_COLUMNS
from tsukitome.archive.joining import Join, is_nameless, join, lacks_address
from tsukitome.archive.merging import merge_key
from tsukitome.archive.register import Register
from tsukitome.archive.registrations import StoredEntries
from tsukitome.archive.stored_awards import numbered_awards
from tsukitome.awards import FromRegister, Supplier
from tsukitome.registrations import Registration

_CHUNK = 5_000
_AT_ONCE = 500  # records whose key is made anew together
# Why a winner stays without a place although the register has its firm.
NO_PLACE, NOT_UNDERSTOOD = "no_place", "address_not_understood"


@dataclass(slots=True)
class Missing:
    """Winners that print no name, or no municipality: how many, how many have the register's, why the others have none."""

    winners: int = 0
    found: int = 0
    without: dict[str, int] = field(default_factory=dict)

    def count(self, found: bool, reason: str) -> None:
        """Counts one winner; ``reason`` is a :data:`~tsukitome.archive.joining.JoinOutcome` or one of this module's."""
        self.winners += 1
        self.found += found
        if not found:
            self.without[reason] = self.without.get(reason, 0) + 1


@dataclass(slots=True)
class Joins:
    """What joining the register gave: for winners without a printed name, without a printed municipality, and how many numbers
    were found by name and address; ``ties`` are suppliers for whom the register has several firms.
    """

    names: Missing = field(default_factory=Missing)
    wards: Missing = field(default_factory=Missing)
    numbers_found: int = 0
    ties: int = 0

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Joins:
        """The inverse of :meth:`to_json`."""
        kept = json.loads(text)
        names, wards = (Missing(**kept[part]) for part in ("names", "wards"))
        return cls(names, wards, kept["numbers_found"], kept["ties"])

    def count(self, supplier: Supplier, found: Join, joined: Supplier) -> None:
        """Counts one supplier, as printed and with what was added to it."""
        self.numbers_found += found.outcome == "name_and_address"
        self.ties += found.outcome == "tie"
        if supplier.role != "awarded":
            return
        if is_nameless(supplier):
            self.names.count(not is_nameless(joined), found.outcome)
        if supplier.municipality_code is None:
            reason: str = found.outcome
            if supplier.address is not None:
                reason = NOT_UNDERSTOOD
            elif found.entry is not None:
                reason = NO_PLACE
            self.wards.count(joined.municipality_code is not None, reason)


def settle_register(connection: sqlite3.Connection, since: int = 0, before: Joins | None = None) -> Joins | None:
    """Fills the table ``registered`` anew, and the merge keys of records in which a supplier's name is another one by that: they
    may be one with other records from now on. Returns how far it went; None without a register.

    Only the records behind the position ``since`` are joined, where all others were joined to this same register ``before``.
    """
    named = "SELECT record, position, name FROM registered WHERE name IS NOT NULL AND record > ?"
    known = set(connection.execute(named, (since,)))
    connection.execute("DELETE FROM registered WHERE record > ?", (since,))
    joins = _join_all(connection, since, before or Joins()) if StoredEntries(connection) else None
    renamed = sorted({record for record, *_ in known ^ set(connection.execute(named, (since,)))})
    for start in range(0, len(renamed), _AT_ONCE):
        chosen = renamed[start : start + _AT_ONCE]
        found = numbered_awards(connection, f"position IN ({','.join('?' * len(chosen))})", *chosen)
        keys = [(merge_key(award), position) for position, award in found]
        connection.executemany("UPDATE records SET merge_key = ? WHERE position = ?", keys)
    return joins


def _join_all(connection: sqlite3.Connection, since: int, joins: Joins) -> Joins:
    register = Register(entries=StoredEntries(connection))
    insert = f"INSERT INTO registered ({', '.join(ADDED_COLUMNS)}) VALUES ({', '.join('?' * len(ADDED_COLUMNS))})"
    rows: list[tuple[object, ...]] = []
    for record, position, supplier, on in _suppliers(connection, since):
        found = join(supplier, on, register)
        joined = found.add_to(supplier)
        joins.count(supplier, found, joined)
        if joined is not supplier or found.firms or found.last:
            closed = (str(found.last.closed), found.last.successor) if found.last else (None, None)
            rows.append((record, position, *_added(supplier, joined, found.entry), found.firms or None, *closed))
        if len(rows) >= _CHUNK:
            connection.executemany(insert, rows)
            rows.clear()
    connection.executemany(insert, rows)
    return joins


def _suppliers(connection: sqlite3.Connection, since: int) -> Iterator[tuple[int, int, Supplier, dt.date | None]]:
    """Every supplier of records behind the position ``since``, as printed, with the day of its award."""
    query = (
        "SELECT s.record, s.position, coalesce(r.award_date, r.contract_date), s.name, s.address, s.municipality_code,"
        " s.corporate_number, s.role, s.address_source FROM suppliers s JOIN records r ON r.position = s.record"
        " WHERE s.record > ?"
    )
    for record, position, day, name, address, code, number, role, source in connection.execute(query, (since,)):
        mark = FromRegister(("address",)) if source == "register" else None
        on = dt.date.fromisoformat(day) if day else None
        yield record, position, Supplier(name, address, code, number, role=role, register=mark), on


def _added(supplier: Supplier, joined: Supplier, entry: Registration | None) -> tuple[object, ...]:
    """What the register adds, as the columns of ``registered``; None where it adds nothing."""
    mark = joined.register if joined is not supplier else None
    address = entry is not None and entry.address is not None and lacks_address(supplier)
    return (
        joined.name if joined.name != supplier.name else None,
        *((joined.address, joined.municipality_code) if address else (None, None)),
        joined.corporate_number if supplier.corporate_number is None else None,
        mark and mark.date and mark.date.isoformat(),
        mark and mark.since and mark.since.isoformat(),
        mark and mark.moved,
        mark and mark.name_since and mark.name_since.isoformat(),
        mark and mark.renamed,
    )
