"""What the batches of one file come to: how much it gave, and what it covers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field

from tsukitome.archive.rows import Covered
from tsukitome.archive.sealing import Sealed


@dataclass(slots=True)
class Total:
    """The sum of a file's batches."""

    kind: str | None = None
    records: int = 0
    refused: int = 0
    registrations: int = 0
    coverage: dict[tuple[str, str], Covered] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    publications: Counter[tuple[str, str | None]] = field(default_factory=Counter)

    def add(self, batch: Sealed) -> None:
        """Adds one more batch."""
        self.kind = self.kind or batch.kind
        self.records += batch.records
        self.refused += len(batch.refusals)
        self.registrations += batch.registrations
        for key, found in batch.coverage.items():
            total = self.coverage.setdefault(key, Covered())
            total.records += found.records
            total.unpublished += found.unpublished
            total.first = min(filter(None, (total.first, found.first)), default=None)
            total.last = max(filter(None, (total.last, found.last)), default=None)
        self.decided |= batch.decided
        self.published |= batch.published
        self.publications += batch.publications

    def keep(self, connection: sqlite3.Connection, source_id: int) -> None:
        """Writes it down as that of a source."""
        connection.executemany(
            "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (source_id, buyer, month, found.records, found.unpublished, found.first, found.last)
                for (buyer, month), found in sorted(self.coverage.items())
            ],
        )
        connection.executemany(
            "INSERT INTO decided VALUES (?, ?)", [(source_id, month) for month in sorted(self.decided)]
        )
        connection.executemany(
            "INSERT INTO publications VALUES (?, ?, ?, ?)",
            [(source_id, *days, number) for days, number in self.publications.items()],
        )
        days = min(self.published, default=None), max(self.published, default=None)
        connection.execute(
            "UPDATE sources SET kind = ?, records = ?, refused = ?, registrations = ?, published_from = ?, published_to = ?"
            " WHERE id = ?",
            (self.kind, self.records, self.refused, self.registrations, *days, source_id),
        )
