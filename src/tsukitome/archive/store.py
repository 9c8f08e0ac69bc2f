"""The SQLite file that holds what has been read."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from tsukitome.awards import Amount, Award, Dates, Source, Supplier
from tsukitome.errors import ArchiveError
from tsukitome.sources.reading import Reading, Refusal

SCHEMA_VERSION = "1"
_MAGIC = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A file that was read: as the user named it, by its resolved path, with its hash and what it gave."""

    file: str
    path: str
    sha256: str
    kind: str | None
    size: int
    read_at: str
    awards: int
    refusals: int


def is_archive(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


class Store:
    """An archive opened for reading and writing. Each file is added whole, in one transaction, or not at all."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the archive at ``path``; raises ArchiveError where the file is no archive of this version."""
        self.path = path
        try:
            self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._prepare()
        except sqlite3.Error as error:
            raise ArchiveError(f"{path}: can't be opened as an archive ({error}).") from error

    def _prepare(self) -> None:
        tables = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            with self.transaction():
                for statement in _statements((files("tsukitome.archive") / "schema.sql").read_text(encoding="utf-8")):
                    self._connection.execute(statement)
                self._connection.execute("INSERT INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
            return
        version = None
        if "meta" in tables:
            version = self._connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        if not version or version[0] != SCHEMA_VERSION:
            raise ArchiveError(
                f"{self.path}: this SQLite file is not an archive of this version of tsukitome; import the sources anew."
            )

    def close(self) -> None:
        """Closes the file; the store can't be used after that."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together or not at all."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise ArchiveError(f"{self.path}: another program is writing to this archive; try again later.") from error
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    # Writing

    def add(self, reading: Reading, *, file: str, path: str, sha256: str, size: int) -> None:
        """Adds all that one file gave. What the same resolved path gave before is replaced."""
        self._connection.execute("DELETE FROM sources WHERE path = ?", (path,))
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        source_id = self._connection.execute(
            "INSERT INTO sources (sha256, file, path, kind, size, read_at) VALUES (?, ?, ?, ?, ?, ?)",
            (sha256, file, path, reading.kind, size, now),
        ).lastrowid
        for award in reading.awards:
            self._add_award(award, source_id)
        self._connection.executemany(
            "INSERT INTO refusals VALUES (?, ?, ?, ?, ?)",
            [(source_id, refusal.file, refusal.place, refusal.reason, refusal.quote) for refusal in reading.refusals],
        )

    def _add_award(self, award: Award, source_id: int | None) -> None:
        source = award.source
        days = [day and day.isoformat() for _, day in award.dates]
        self._connection.execute(
            "INSERT INTO awards (award_id, source_id, title, buyer, award_date, contract_date, notice_date, published_date,"
            " award_rate, procurement_method, procurement_method_details, page, sheet, row, line, quote, warnings)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                award.award_id, source_id, award.title, award.buyer, *days, award.award_rate, award.procurement_method,
                award.procurement_method_details, source.page, source.sheet, source.row, source.line, source.quote,
                json.dumps(award.warnings, ensure_ascii=False),
            ),
        )  # fmt: skip
        self._connection.executemany(
            "INSERT INTO suppliers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    award.award_id,
                    position,
                    s.name,
                    s.printed,
                    s.address,
                    s.municipality_code,
                    s.corporate_number,
                    s.branch,
                    s.role,
                )
                for position, s in enumerate(award.suppliers)
            ],
        )
        self._connection.executemany(
            "INSERT INTO amounts VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (award.award_id, position, a.role, a.yen, a.tax, a.supplier, a.quote)
                for position, a in enumerate(award.amounts)
            ],
        )

    def remember(self, name: str, value: str) -> None:
        """Keeps a fact about the archive itself."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Reading

    def hash_at(self, path: str) -> str | None:
        """The hash under which a resolved path was read before."""
        found = self._connection.execute("SELECT sha256 FROM sources WHERE path = ?", (path,)).fetchone()
        return found and str(found[0])

    def path_of(self, sha256: str) -> str | None:
        """The resolved path whose bytes have this hash."""
        found = self._connection.execute("SELECT path FROM sources WHERE sha256 = ?", (sha256,)).fetchone()
        return found and str(found[0])

    def sources(self) -> list[StoredSource]:
        """Every file that was read, in the order of reading."""
        rows = self._connection.execute(
            "SELECT file, path, sha256, kind, size, read_at,"
            " (SELECT count(*) FROM awards WHERE source_id = sources.id),"
            " (SELECT count(*) FROM refusals WHERE source_id = sources.id) FROM sources ORDER BY id"
        )
        return [StoredSource(*row) for row in rows]

    def refusals(self) -> list[Refusal]:
        """Everything that was refused, in the order of reading."""
        rows = self._connection.execute("SELECT file, place, reason, quote FROM refusals ORDER BY rowid")
        return [Refusal(file, reason, place, quote) for file, place, reason, quote in rows]

    def data_sha256(self) -> str:
        """The hash of all that is in the archive: of the files' hashes, whatever their order and paths."""
        hashes = [sha256 for (sha256,) in self._connection.execute("SELECT sha256 FROM sources ORDER BY sha256")]
        return hashlib.sha256("\n".join(hashes).encode()).hexdigest()

    def awards(self) -> list[Award]:
        """Every record, in the order of reading."""
        suppliers: dict[str, list[Supplier]] = defaultdict(list)
        for row in self._connection.execute(
            "SELECT award_id, name, address, municipality_code, corporate_number, branch, role, printed"
            " FROM suppliers ORDER BY award_id, position"
        ):
            suppliers[row[0]].append(Supplier(*row[1:]))
        amounts: dict[str, list[Amount]] = defaultdict(list)
        for row in self._connection.execute(
            "SELECT award_id, role, yen, quote, tax, supplier FROM amounts ORDER BY award_id, position"
        ):
            amounts[row[0]].append(Amount(*row[1:]))
        rows = self._connection.execute(
            "SELECT award_id, title, buyer, award_date, contract_date, notice_date, published_date, award_rate,"
            " procurement_method, procurement_method_details, warnings, file, kind, sha256, quote, page, sheet, row, line,"
            " url, retrieved FROM awards JOIN sources ON sources.id = source_id ORDER BY position"
        )
        return [_award(row, suppliers, amounts) for row in rows]


def _award(row: tuple[Any, ...], suppliers: dict[str, list[Supplier]], amounts: dict[str, list[Amount]]) -> Award:
    award_id, title, buyer = row[:3]
    return Award(
        award_id=award_id,
        title=title,
        buyer=buyer,
        suppliers=tuple(suppliers[award_id]),
        source=Source(*row[11:]),
        dates=Dates(*(day and dt.date.fromisoformat(day) for day in row[3:7])),
        amounts=tuple(amounts[award_id]),
        award_rate=row[7],
        procurement_method=row[8],
        procurement_method_details=row[9],
        warnings=tuple(json.loads(row[10])),
    )


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: executescript would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
