"""The corporate register's entries in the archive: millions of rows, of which only those asked for are read.

Names and readings are indexed by a hash of their keys, which is a third of their size; whoever asks compares the keys themselves.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tsukitome.archive.register import name_key, reading_key
from tsukitome.registrations import Registration

COLUMNS = (
    "row", "corporate_number", "name", "reading", "address", "municipality_code", "changed", "closed", "close_cause",
    "successor", "process", "latest", "updated", "name_hash", "reading_hash",
)  # fmt: skip

Row = tuple[Any, ...]


def registration_row(entry: Registration) -> Row:
    """An entry as a row of :data:`COLUMNS`; the file is known by its source."""
    days = (day and day.isoformat() for day in (entry.changed, entry.closed, entry.updated))
    changed, closed, updated = days
    return (
        entry.row, int(entry.corporate_number), entry.name, entry.reading, entry.address, entry.municipality_code, changed,
        closed, entry.close_cause, entry.successor, entry.process, entry.latest, updated, _hash(name_key(entry.name)),
        _hash(reading_key(entry.reading)) if entry.reading else None,
    )  # fmt: skip


def registration_of(row: Row, file: str) -> Registration:
    """The inverse of :func:`registration_row`."""
    number, name, reading, address, code, changed, closed, cause, successor, process, latest, updated = row[1:13]
    return Registration(
        f"{number:013}", name, reading, address, code, _day(changed), _day(closed), cause, successor, process, bool(latest),
        _day(updated), file, row[0],
    )  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _hash(text: str) -> int:
    """63 bits, the same on every machine."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


class StoredEntries:
    """The register's entries in an archive; see :class:`~tsukitome.archive.register.Entries`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of_number(self, number: str) -> Sequence[Registration]:
        if not (number.isascii() and number.isdigit() and len(number) == 13):
            return ()
        return tuple(self._entries("WHERE g.corporate_number = ?", (int(number),)))

    def of_source(self, sha256: str) -> Iterator[Registration]:
        """Every entry of a file, in its order."""
        return self._entries("WHERE f.sha256 = ? ORDER BY g.row", (sha256,))

    def numbers_named(self, key: str) -> Iterable[str]:
        return self._numbers("name_hash", key)

    def numbers_read(self, key: str) -> Iterable[str]:
        return self._numbers("reading_hash", key)

    def __len__(self) -> int:
        (found,) = self._connection.execute("SELECT count(DISTINCT corporate_number) FROM registrations").fetchone()
        return int(found)

    def __bool__(self) -> bool:
        """Whether there is any, without counting them."""
        return self._connection.execute("SELECT 1 FROM registrations LIMIT 1").fetchone() is not None

    def _entries(self, where: str, facts: tuple[object, ...]) -> Iterator[Registration]:
        wanted = ", ".join(f"g.{name}" for name in COLUMNS)
        query = f"SELECT {wanted}, f.file FROM registrations g JOIN sources f ON f.id = g.source_id {where}"
        for *row, file in self._connection.execute(query, facts):
            yield registration_of(tuple(row), file)

    def _numbers(self, column: str, key: str) -> Iterable[str]:
        query = f"SELECT DISTINCT corporate_number FROM registrations WHERE {column} = ?"
        return [f"{number:013}" for (number,) in self._connection.execute(query, (_hash(key),))]
