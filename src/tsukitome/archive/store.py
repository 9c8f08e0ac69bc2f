"""The SQLite file that holds what has been read."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tsukitome.archive.database import attach, connect, indexed_behind, statements
from tsukitome.archive.holdings import Holdings
from tsukitome.archive.stored_awards import awards_at, stored_awards
from tsukitome.awards import Award
from tsukitome.errors import ArchiveError
from tsukitome.packaged import packaged
from tsukitome.sources.reading import Refusal

# What an archive that is only asked never needs is loaded where it is used: a question begins with a new process.
if TYPE_CHECKING:
    from tsukitome.archive.firm_queries import FirmQueries
    from tsukitome.archive.joins import Joins
    from tsukitome.archive.price_queries import PriceQueries
    from tsukitome.archive.register import Register
    from tsukitome.archive.rows import Rows
    from tsukitome.archive.sealing import Sealed
    from tsukitome.archive.stretches import Snapshot
    from tsukitome.documents.origin import Origin
    from tsukitome.registrations import Registration

_SETTLED = "yes"  # else the position down to which all is settled
SCHEMA_VERSION = "17"


class Store(Holdings):
    """An archive opened for reading and writing. Each file is added whole, in one transaction, or not at all."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the archive at ``path``; raises ArchiveError where the file is no archive of this version."""
        self.path = path
        if not path.parent.is_dir():
            raise ArchiveError(f"{path}: there is no folder for it.")
        try:
            super().__init__(connect(path))
            attach(self._connection)
            self._prepare()
        except sqlite3.Error as error:
            raise ArchiveError(f"{path}: can't be opened as an archive ({error}).") from error

    def _prepare(self) -> None:
        if not self._tables():
            with self.transaction():
                if not self._tables():  # another import may have made them while this one waited
                    for statement in statements(packaged("tsukitome.archive", "schema.sql")):
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
        """All that is written inside is kept together or not at all. Where anything was, the generation goes up by one."""
        connection = self._connection
        with self._told():
            connection.execute("BEGIN IMMEDIATE")
            before = connection.total_changes
            try:
                yield
                if connection.in_transaction and connection.total_changes != before:
                    self.remember("generation", str(self.generation() + 1))
                if connection.in_transaction:
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of a transaction: where it ends with an exception, what was written inside is not kept, and the rest may be."""
        connection = self._connection
        with self._told():
            connection.execute("SAVEPOINT part")
            try:
                yield
            except BaseException:
                if connection.in_transaction:  # SQLite itself gives up all of it where the disk is full
                    connection.execute("ROLLBACK TO part")
                    connection.execute("RELEASE part")
                raise
            connection.execute("RELEASE part")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise ArchiveError(f"{self.path}: can't be written ({error}).") from error

    # Writing

    def add(
        self,
        batches: Iterable[Rows | Sealed],
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
        from tsukitome.archive.sealing import Sealed, seal
        from tsukitome.archive.total import Total

        self.remove(path)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        source_id = self._connection.execute(
            "INSERT INTO sources (sha256, file, path, size, read_at, url, retrieved, map_sha256, records, refused)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
            (sha256, file, path, size, now, origin and origin.url, origin and origin.retrieved, map_sha256),
        ).lastrowid
        assert source_id is not None
        last = self._last_position()
        total = Total()
        with indexed_behind(self._connection, size):
            for rows in batches:
                batch = rows if isinstance(rows, Sealed) else seal(rows)
                self._add_batch(source_id, batch)
                total.add(batch)
        total.keep(self._connection, source_id)
        self._unsettle(0 if total.registrations else last)
        return total.kind, total.records

    def remove(self, path: str) -> None:
        """Takes out all that a resolved path gave. Call it in a transaction."""
        found = self._connection.execute("SELECT id FROM sources WHERE path = ?", (path,)).fetchone()
        if found is None:
            return
        of_source = (
            "SELECT {}(position) FROM records WHERE source_id = :id"  # they stand together, and what hangs on them
        )
        span = f"BETWEEN ({of_source.format('min')}) AND ({of_source.format('max')})"
        for table in ("suppliers", "amounts", "registered"):
            self._connection.execute(f"DELETE FROM {table} WHERE record {span}", {"id": found[0]})
        for table in ("records", "registrations", "refusals", "coverage", "decided", "publications"):
            self._connection.execute(f"DELETE FROM {table} WHERE source_id = ?", found)
        self._connection.execute("DELETE FROM sources WHERE id = ?", found)
        self._unsettle(0)

    def _add_batch(self, source_id: int, batch: Sealed) -> None:
        batch.copy(self._connection, source_id, self._last_position())
        self._connection.executemany(
            "INSERT INTO refusals VALUES (?, ?, ?, ?, ?)",
            [(source_id, refusal.file, refusal.place, refusal.reason, refusal.quote) for refusal in batch.refusals],
        )

    def _last_position(self) -> int:
        (last,) = self._connection.execute("SELECT coalesce(max(position), 0) FROM records").fetchone()
        return int(last)

    def settle(self) -> None:
        """Settles which records are one award and which suppliers one firm, after files were added or replaced.

        It is done once at the end of an import, and again by whoever opens an archive whose import was cut off. Where files were
        only added, and none of the corporate register, what was settled before stays.
        """
        settled = self.recall("settled")
        if settled in (None, _SETTLED):
            return
        from tsukitome.archive.joins import settle_register
        from tsukitome.archive.settling import settle_awards, settle_firms

        since = int(settled or 0)
        with self.transaction():
            before = self.register_joins() if since else None
            joins = settle_register(self._connection, since, before)
            self.remember("register_joins", joins.to_json() if joins else "")
            settle_awards(self._connection, since)
            settle_firms(self._connection, since)
            self.remember("settled", _SETTLED)

    def _unsettle(self, since: int) -> None:
        """Notes that only records down to the position ``since`` are settled, if they are."""
        settled = self.recall("settled") or _SETTLED
        self.remember("settled", str(since if settled == _SETTLED else min(since, int(settled))))

    def keep_refusals(self, refusals: Sequence[Refusal], files: Collection[str]) -> None:
        """Keeps what was refused and belongs to no source (a map that can't be read, a member that is locked), once each, and
        forgets what was of ``files`` before and is so no more: a file may have been mended, a zip archive packed anew.
        """
        wanted = {(one.file, one.place, one.reason, one.quote) for one in refusals}
        kept = {
            tuple(row): rowid
            for rowid, *row in self._connection.execute(
                "SELECT rowid, file, place, reason, quote FROM refusals WHERE source_id IS NULL"
            )
        }
        stale = [(rowid,) for row, rowid in kept.items() if row not in wanted and _is_of(row[0], files)]
        new = [row for row in dict.fromkeys((o.file, o.place, o.reason, o.quote) for o in refusals) if row not in kept]
        if stale or new:
            with self.transaction():
                self._connection.executemany("DELETE FROM refusals WHERE rowid = ?", stale)
                self._connection.executemany("INSERT INTO refusals VALUES (NULL, ?, ?, ?, ?)", new)

    def remember(self, name: str, value: str) -> None:
        """Keeps a fact about the archive itself."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Reading

    def recall(self, name: str) -> str | None:
        """A fact that was kept with :meth:`remember`."""
        found = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return found and str(found[0])

    def generation(self) -> int:
        """How many times the archive was written to: whatever is kept beside it and was made from another one is out of date."""
        return int(self.recall("generation") or 0)

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

    def refused_files(self) -> dict[str, list[Refusal]]:
        """Why files gave nothing at all, by the hashes of their bytes."""
        found: dict[str, list[Refusal]] = defaultdict(list)
        for sha256, *told in self._connection.execute(
            "SELECT s.sha256, r.file, r.reason, r.place, r.quote FROM sources s JOIN refusals r ON r.source_id = s.id"
            " WHERE s.kind IS NULL ORDER BY r.rowid"
        ):
            found[sha256].append(Refusal(*told))
        return found

    @property
    def firms(self) -> FirmQueries:
        """The firms, looked up by name or number without reading all records."""
        from tsukitome.archive.firm_queries import FirmQueries

        return FirmQueries(self._connection)

    @property
    def prices(self) -> PriceQueries:
        """Awards, looked up by what makes their prices comparable."""
        from tsukitome.archive.price_queries import PriceQueries

        return PriceQueries(self._connection)

    def register(self) -> Register:
        """The corporate register, as far as its files were read."""
        from tsukitome.archive.register import Register
        from tsukitome.archive.registrations import StoredEntries

        return Register(entries=StoredEntries(self._connection))

    def awards_at(self, positions: Sequence[int]) -> Sequence[Award]:
        """The records at some positions, in the order of the positions. Their rows are read at once, each record is made of them
        when it is looked at.
        """
        return awards_at(self._connection, positions)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The archive as of one moment; nobody can write to it until that is over."""
        from tsukitome.archive.stretches import Snapshot

        self._connection.execute("BEGIN")
        try:
            yield Snapshot(self._connection)
        finally:
            self._connection.execute("COMMIT")

    def registrations(self, sha256: str) -> Iterator[Registration]:
        """The register's entries of one source."""
        from tsukitome.archive.registrations import StoredEntries

        return StoredEntries(self._connection).of_source(sha256)

    def register_joins(self) -> Joins | None:
        """How far the register could be joined to the suppliers; None without a register."""
        from tsukitome.archive.joins import Joins

        kept = self.recall("register_joins")
        return Joins.from_json(kept) if kept else None

    def awards(self, *, award_ids: Iterable[str] | None = None) -> list[Award]:
        """Every record, in the order of reading, with what the register adds; only those with one of the ids, where they are
        given.
        """
        return list(self.each_award(award_ids=award_ids))

    def awards_printed(self, sha256: str) -> list[Award]:
        """Every record of one source as it is printed there, without what the register adds."""
        chosen = "source_id = (SELECT id FROM sources WHERE sha256 = ?)"
        return list(stored_awards(self._connection, chosen, sha256, printed=True))

    def each_award(self, *, award_ids: Iterable[str] | None = None) -> Iterator[Award]:
        """:meth:`awards` one by one, none of them kept. The archive can't be written to by others until the last one is taken."""
        if award_ids is not None:
            from tsukitome.archive.firm_queries import keep_in

            keep_in(self._connection, "wanted_awards", ((award_id,) for award_id in award_ids))
            return stored_awards(self._connection, "award_id IN (SELECT * FROM temp.wanted_awards)")
        return stored_awards(self._connection)


def _is_of(refused: str, files: Collection[str]) -> bool:
    """Whether what was refused is one of the files, or a member of one."""
    names = refused.split("/")
    return any("/".join(names[:count]) in files for count in range(len(names), 0, -1))
