"""What an archive holds, told without going through its records: files, refusals, coverage."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable

from tsukitome.archive.coverage import BY_BUYER, CoverageRow, PublicationRow, coverage_of
from tsukitome.dataclass import dataclass
from tsukitome.findings import Coverage
from tsukitome.sources.reading import Refusal


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
    registrations: int
    published_from: str | None
    published_to: str | None


class Holdings:
    """Questions about the whole of an archive, each answered from sums that were kept when its files were read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def sources(self) -> list[StoredSource]:
        """Every file that was read, in the order of reading."""
        rows = self._connection.execute(
            "SELECT file, path, sha256, kind, size, read_at, records, refused, registrations, published_from, published_to"
            " FROM sources ORDER BY id"
        )
        return [StoredSource(*row) for row in rows]

    def refusals(self) -> list[Refusal]:
        """Everything that was refused, in the order of reading."""
        rows = self._connection.execute("SELECT file, place, reason, quote FROM refusals ORDER BY rowid")
        return [Refusal(file, reason, place, quote) for file, place, reason, quote in rows]

    def count_awards(self) -> int:
        """How many awards the records make."""
        (records,) = self._connection.execute("SELECT coalesce(sum(records), 0) FROM sources").fetchone()
        # Those that share an award with others are few and have an index; the table has a million rows.
        (more,) = self._connection.execute(
            "SELECT count(award) - count(DISTINCT award) FROM records WHERE award IS NOT NULL"
        ).fetchone()
        return int(records - more)

    def coverage_rows(self) -> list[CoverageRow]:
        """How many records there are by kind of source, buyer and month."""
        return self._coverage_rows("c.buyer")

    def _coverage_rows(self, buyer: str) -> list[CoverageRow]:
        rows = self._connection.execute(
            f"SELECT f.kind, {buyer}, c.month, sum(c.records), sum(c.unpublished), min(c.first), max(c.last)"
            " FROM coverage c JOIN sources f ON f.id = c.source_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [CoverageRow(*row) for row in rows]

    def coverage(self, refusals: Iterable[Refusal] = ()) -> Coverage:
        """What the records cover; ``refusals`` are gaps that the archive does not know of, beside its own."""
        (sources,) = self._connection.execute("SELECT count(*) FROM sources WHERE kind != 'register'").fetchone()
        months = self._connection.execute("SELECT DISTINCT month FROM decided")
        # Of kinds whose files are no buyer's own, buyers make no difference to it, and are many.
        kinds = ", ".join(f"'{kind}'" for kind in BY_BUYER)
        return coverage_of(
            self._coverage_rows(f"CASE WHEN f.kind IN ({kinds}) THEN c.buyer ELSE '' END"),
            awards=self.count_awards(),
            sources=sources,
            decided_months=frozenset(month for (month,) in months),
            refusals=[*refusals, *self.refusals()],
        )

    def publications(self) -> list[PublicationRow]:
        """How many records there are by kind of source, day of publication and day of award (or contract)."""
        rows = self._connection.execute(
            "SELECT f.kind, p.published, p.decided, sum(p.records)"
            " FROM publications p JOIN sources f ON f.id = p.source_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [
            PublicationRow(
                kind, dt.date.fromisoformat(published), dt.date.fromisoformat(decided) if decided else None, count
            )
            for kind, published, decided, count in rows
        ]

    def data_sha256(self) -> str:
        """The hash of all that is in the archive: of the files' hashes, whatever their order and paths."""
        hashes = [sha256 for (sha256,) in self._connection.execute("SELECT sha256 FROM sources ORDER BY sha256")]
        return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
