"""An SQLite file as the archive uses it: opened, known by its first bytes, and told when somebody else is writing to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tsukitome.errors import ArchiveError

_MAGIC = b"SQLite format 3\x00"
_WAIT = 30.0  # seconds that one import waits for another's file to be written
_LARGE = 1 << 26  # bytes of a file from which indexes are made behind its rows
_CACHE = 64 << 10  # KiB of pages kept: less would be written and read again all through the import of a large file


def is_archive(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    try:
        if not path.is_file():  # a named pipe would be waited for
            return False
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def is_whole(path: Path) -> bool:
    """Whether a file is an SQLite database of the length that its header states (a copy that was cut off is not)."""
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
        size = path.stat().st_size
    except OSError:
        return False
    if len(header) < 100 or not header.startswith(_MAGIC):
        return False
    page = int.from_bytes(header[16:18], "big")
    return size == (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")


class Connection(sqlite3.Connection):
    """A connection whose statements raise ArchiveError where another process holds the file for too long."""

    shown = ""

    def execute(self, *args: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*args)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise ArchiveError(
                    f"{self.shown}: another import is writing to it or somebody is reading it; try again when that is done."
                ) from error
            raise


def connect(path: Path) -> Connection:
    """Opens an SQLite file, or makes it; each statement is its own transaction until one is begun."""
    of_one_thread = sqlite3.threadsafety < 3  # else SQLite itself sees to it that threads don't disturb each other
    connection = sqlite3.connect(
        path, timeout=_WAIT, isolation_level=None, check_same_thread=of_one_thread, factory=Connection
    )
    connection.shown = str(path)
    # Whoever removes a source removes what hangs on it; checking each row for its record would take longer than writing it.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    return connection


def attach(connection: sqlite3.Connection) -> None:
    """Gives a connection the place in which sealed rows are opened."""
    connection.execute("ATTACH ':memory:' AS batch")


@contextmanager
def indexed_behind(connection: sqlite3.Connection, size: int) -> Iterator[None]:
    """Makes the indexes of a large file's rows when they are all there: by sorting, which is quicker than row by row.

    ``size`` is the file's in bytes. For one that is small beside the archive, its indexes are better kept.
    """
    indexes: list[tuple[str, str]] = []
    if size > max(_LARGE, _bytes_of(connection)):
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('records', 'registrations')"
        ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        connection.execute(statement)


def _bytes_of(connection: sqlite3.Connection) -> int:
    (pages,), (page,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    return int(pages * page)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: executescript would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
