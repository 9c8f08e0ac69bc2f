"""The SQLite file that holds what has been read."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tsukitome.archive.coverage import CoverageRow, coverage_of
from tsukitome.archive.firm_queries import FirmQueries, keep_in
from tsukitome.archive.firms import group
from tsukitome.archive.merging import MergedAward, merge
from tsukitome.archive.price_queries import PriceQueries
from tsukitome.archive.rows import AMOUNT_COLUMNS, RECORD_COLUMNS, SUPPLIER_COLUMNS, Covered, Row, Rows, award_of
from tsukitome.awards import Award, Supplier
from tsukitome.documents.origin import Origin
from tsukitome.errors import ArchiveError
from tsukitome.findings import Coverage
from tsukitome.normalize.firm import core_key, spelled_key
from tsukitome.sources.reading import Refusal

SCHEMA_VERSION = "6"
_MAGIC = b"SQLite format 3\x00"
_WAIT = 30.0  # seconds that one import waits for another's file to be written


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A file that was read: as the user named it, by its resolved path, with its hash and what it gave."""

    file: str
    path: str
    sha256: str
    kind: str | None
    size: int
    read_at: str
    records: int
    refused: int
    published_from: str | None
    published_to: str | None


def is_archive(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    try:
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


class Store:
    """An archive opened for reading and writing. Each file is added whole, in one transaction, or not at all."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the archive at ``path``; raises ArchiveError where the file is no archive of this version."""
        self.path = path
        try:
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._prepare()
        except sqlite3.Error as error:
            raise ArchiveError(f"{path}: can't be opened as an archive ({error}).") from error

    def _prepare(self) -> None:
        if not self._tables():
            with self.transaction():
                if not self._tables():  # another import may have made them while this one waited
                    for statement in _statements(
                        (files("tsukitome.archive") / "schema.sql").read_text(encoding="utf-8")
                    ):
                        self._connection.execute(statement)
                    self.remember("schema", SCHEMA_VERSION)
        version = self.recall("schema") if "meta" in self._tables() else None
        if version != SCHEMA_VERSION:
            raise ArchiveError(
                f"{self.path}: this SQLite file is not an archive of this version of tsukitome; import the sources anew."
            )

    def _tables(self) -> set[str]:
        return {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def close(self) -> None:
        """Closes the file; the store can't be used after that."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together or not at all."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise ArchiveError(f"{self.path}: can't be written now ({error}); is another import running?") from error
        try:
            yield
        except sqlite3.OperationalError as error:
            self._connection.execute("ROLLBACK")
            raise ArchiveError(f"{self.path}: can't be written ({error}).") from error
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    # Writing

    def add(
        self,
        batches: Iterable[Rows],
        *,
        file: str,
        path: str,
        sha256: str,
        size: int,
        origin: Origin | None = None,
        map_sha256: str | None = None,
    ) -> tuple[str | None, int]:
        """Adds all that one file gave; what the same resolved path gave before is replaced. Call it in a transaction.

        Returns the file's kind (None where it was not recognized) and how many records it gave.
        """
        self.remove(path)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        source_id = self._connection.execute(
            "INSERT INTO sources (sha256, file, path, size, read_at, url, retrieved, map_sha256, records, refused)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
            (sha256, file, path, size, now, origin and origin.url, origin and origin.retrieved, map_sha256),
        ).lastrowid
        kind: str | None = None
        coverage: dict[tuple[str, str], Covered] = {}
        decided: set[str] = set()
        records = refused = 0
        for rows in batches:
            kind = kind or rows.kind
            records += len(rows.records)
            refused += len(rows.refusals)
            self._add_rows(source_id, rows)
            _sum_up(coverage, rows.coverage)
            decided |= rows.decided
        self._add_coverage(source_id, coverage, decided)
        published = self._connection.execute(
            "SELECT min(published_date), max(published_date) FROM records WHERE source_id = ?", (source_id,)
        ).fetchone()
        self._connection.execute(
            "UPDATE sources SET kind = ?, records = ?, refused = ?, published_from = ?, published_to = ? WHERE id = ?",
            (kind, records, refused, *published, source_id),
        )
        self.remember("settled", "no")
        return kind, records

    def remove(self, path: str) -> None:
        """Takes out all that a resolved path gave. Call it in a transaction."""
        self._connection.execute("DELETE FROM sources WHERE path = ?", (path,))
        self.remember("settled", "no")

    def _add_rows(self, source_id: int | None, rows: Rows) -> None:
        insert = self._connection.executemany
        insert(_insert("records", (*RECORD_COLUMNS, "source_id")), [(*row, source_id) for row in rows.records])
        insert(_insert("suppliers", SUPPLIER_COLUMNS), rows.suppliers)
        insert(_insert("amounts", AMOUNT_COLUMNS), rows.amounts)
        insert(
            "INSERT INTO refusals VALUES (?, ?, ?, ?, ?)",
            [(source_id, refusal.file, refusal.place, refusal.reason, refusal.quote) for refusal in rows.refusals],
        )

    def _add_coverage(self, source_id: int | None, coverage: dict[tuple[str, str], Covered], decided: set[str]) -> None:
        self._connection.executemany(
            "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (source_id, buyer, month, found.records, found.unpublished, found.first, found.last)
                for (buyer, month), found in sorted(coverage.items())
            ],
        )
        self._connection.executemany(
            "INSERT INTO decided VALUES (?, ?)", [(source_id, month) for month in sorted(decided)]
        )

    def settle(self) -> None:
        """Settles which records are one award and which suppliers one firm, after files were added or replaced.

        It is done once at the end of an import, and again by whoever opens an archive whose import was cut off.
        """
        if self.recall("settled") != "no":
            return
        with self.transaction():
            self._connection.execute("UPDATE records SET award = NULL WHERE award IS NOT NULL")
            for found in self._shared_awards():
                positions = dict(
                    self._connection.execute(
                        f"SELECT award_id, position FROM records WHERE award_id IN ({','.join('?' * len(found.records))})",
                        found.award_ids,
                    )
                )
                first = min(positions.values())
                self._connection.executemany(
                    "UPDATE records SET award = ? WHERE position = ?",
                    [(first, position) for position in positions.values()],
                )
            self._settle_firms()
            self.remember("settled", "yes")

    def _shared_awards(self) -> Iterator[MergedAward]:
        """The awards that more than one source prints."""
        keys = self._connection.execute(
            "SELECT merge_key FROM records WHERE merge_key IS NOT NULL"
            " GROUP BY merge_key HAVING min(source_id) < max(source_id)"
        ).fetchall()
        for (key,) in keys:
            yield from (found for found in merge(self.awards(merge_key=key)) if len(found.records) > 1)

    def _settle_firms(self) -> None:
        columns = "name, address, municipality_code, corporate_number"
        rows = self._connection.execute(f"SELECT DISTINCT {columns} FROM suppliers ORDER BY {columns}").fetchall()
        firms = group([Supplier(*row) for row in rows])
        self._connection.execute("DELETE FROM firms")
        self._connection.executemany(
            "INSERT INTO firms VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(firm, *row, core_key(row[0]), spelled_key(row[0])) for firm, row in zip(firms, rows, strict=True)],
        )

    def keep_refusals(self, refusals: Iterable[Refusal]) -> None:
        """Keeps what was refused and belongs to no source: a map that can't be read, a foreign database. Once each."""
        insert = (
            "INSERT INTO refusals SELECT NULL, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM refusals WHERE file = ? AND reason = ?)"
        )
        with self.transaction():
            self._connection.executemany(
                insert,
                [(one.file, one.place, one.reason, one.quote, one.file, one.reason) for one in refusals],
            )

    def remember(self, name: str, value: str) -> None:
        """Keeps a fact about the archive itself."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Reading

    def recall(self, name: str) -> str | None:
        """A fact that was kept with :meth:`remember`."""
        found = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found and str(found[0])

    def hash_at(self, path: str) -> str | None:
        """The hash under which a resolved path was read before."""
        found = self._connection.execute("SELECT sha256 FROM sources WHERE path = ?", (path,)).fetchone()
        return found and str(found[0])

    def map_at(self, path: str) -> str | None:
        """The hash of the column maps with which a resolved path was read."""
        found = self._connection.execute("SELECT map_sha256 FROM sources WHERE path = ?", (path,)).fetchone()
        return str(found[0]) if found and found[0] else None

    def paths_in(self, holder: str) -> list[str]:
        """The paths of a zip archive's members, and its own."""
        paths = self._connection.execute(
            "SELECT path FROM sources WHERE path >= ? AND path < ?", (holder, f"{holder}0")
        )
        return [path for (path,) in paths if path == holder or path.startswith(f"{holder}/")]

    def path_of(self, sha256: str) -> str | None:
        """The resolved path whose bytes have this hash."""
        found = self._connection.execute("SELECT path FROM sources WHERE sha256 = ?", (sha256,)).fetchone()
        return found and str(found[0])

    def sources(self) -> list[StoredSource]:
        """Every file that was read, in the order of reading."""
        rows = self._connection.execute(
            "SELECT file, path, sha256, kind, size, read_at, records, refused, published_from, published_to"
            " FROM sources ORDER BY id"
        )
        return [StoredSource(*row) for row in rows]

    def refusals(self) -> list[Refusal]:
        """Everything that was refused, in the order of reading."""
        rows = self._connection.execute("SELECT file, place, reason, quote FROM refusals ORDER BY rowid")
        return [Refusal(file, reason, place, quote) for file, place, reason, quote in rows]

    def count_awards(self) -> int:
        """How many awards the records make."""
        (found,) = self._connection.execute(
            "SELECT count(*) - count(award) + count(DISTINCT award) FROM records"
        ).fetchone()
        return int(found)

    def coverage_rows(self) -> list[CoverageRow]:
        """How many records there are by kind of source, buyer and month."""
        rows = self._connection.execute(
            "SELECT f.kind, c.buyer, c.month, sum(c.records), sum(c.unpublished), min(c.first), max(c.last)"
            " FROM coverage c JOIN sources f ON f.id = c.source_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [CoverageRow(*row) for row in rows]

    def coverage(self, refusals: Iterable[Refusal] = ()) -> Coverage:
        """What the records cover; ``refusals`` are gaps that the archive does not know of, beside its own."""
        (sources,) = self._connection.execute("SELECT count(*) FROM sources WHERE kind IS NOT NULL").fetchone()
        months = self._connection.execute("SELECT DISTINCT month FROM decided")
        return coverage_of(
            self.coverage_rows(),
            awards=self.count_awards(),
            sources=sources,
            decided_months=frozenset(month for (month,) in months),
            refusals=[*refusals, *self.refusals()],
        )

    def data_sha256(self) -> str:
        """The hash of all that is in the archive: of the files' hashes, whatever their order and paths."""
        hashes = [sha256 for (sha256,) in self._connection.execute("SELECT sha256 FROM sources ORDER BY sha256")]
        return hashlib.sha256("\n".join(hashes).encode()).hexdigest()

    @property
    def firms(self) -> FirmQueries:
        """The firms, looked up by name or number without reading all records."""
        return FirmQueries(self._connection)

    @property
    def prices(self) -> PriceQueries:
        """Awards, looked up by what makes their prices comparable."""
        return PriceQueries(self._connection)

    def awards(
        self, *, merge_key: int | None = None, sha256: str | None = None, award_ids: Iterable[str] | None = None
    ) -> list[Award]:
        """Every record, in the order of reading; only those with a merge key, of one source, or with one of the ids, where
        that is given.
        """
        where = ""
        facts: tuple[object, ...] = ()
        if merge_key is not None:
            where, facts = "WHERE r.merge_key = ?", (merge_key,)
        elif sha256 is not None:
            where, facts = "WHERE f.sha256 = ?", (sha256,)
        elif award_ids is not None:
            keep_in(self._connection, "wanted_awards", ((award_id,) for award_id in award_ids))
            where = "WHERE r.award_id IN (SELECT * FROM temp.wanted_awards)"
        joined = (
            "FROM {0} JOIN records r ON r.award_id = t.award_id JOIN sources f ON f.id = r.source_id"
            if where
            else "FROM {0}"
        )
        suppliers = self._by_award("suppliers", SUPPLIER_COLUMNS, joined, where, facts)
        amounts = self._by_award("amounts", AMOUNT_COLUMNS, joined, where, facts)
        columns = ", ".join(f"r.{name}" for name in RECORD_COLUMNS)
        rows = self._connection.execute(
            f"SELECT f.file, f.kind, f.sha256, f.url, f.retrieved, {columns}"
            f" FROM records r JOIN sources f ON f.id = r.source_id {where} ORDER BY r.position",
            facts,
        )
        return [award_of(row[5:], row[:5], suppliers[row[5]], amounts[row[5]]) for row in rows]

    def _by_award(
        self, table: str, columns: tuple[str, ...], joined: str, where: str, facts: tuple[object, ...]
    ) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        wanted = ", ".join(f"t.{name}" for name in columns)
        query = f"SELECT {wanted} {joined.format(table + ' t')} {where} ORDER BY t.award_id, t.position"
        for row in self._connection.execute(query, facts):
            found[row[0]].append(row)
        return found


def _sum_up(whole: dict[tuple[str, str], Covered], part: dict[tuple[str, str], Covered]) -> None:
    for key, found in part.items():
        total = whole.setdefault(key, Covered())
        total.records += found.records
        total.unpublished += found.unpublished
        total.first = min(filter(None, (total.first, found.first)), default=None)
        total.last = max(filter(None, (total.last, found.last)), default=None)


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: executescript would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
