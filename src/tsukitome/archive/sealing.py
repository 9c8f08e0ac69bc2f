"""Rows sealed for the way to the archive: a batch's tables as the image of a small SQLite database.

Whoever reads a batch, in whatever process, seals it; the one that writes copies the tables out of the image by INSERT … SELECT, and
no row becomes a Python object again. Where the SQLite at hand takes no images, the tables travel as lists of rows.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import field

from tsukitome.archive.columns import AMOUNT_COLUMNS, PARTY_COLUMNS, RECORD_COLUMNS, SUPPLIER_COLUMNS, Row
from tsukitome.archive.database import attach
from tsukitome.archive.registrations import COLUMNS as REGISTRATION_COLUMNS
from tsukitome.archive.rows import Covered, Rows
from tsukitome.dataclass import dataclass
from tsukitome.sources.reading import FileKind, Refusal

_COLUMNS: Mapping[str, Sequence[str]] = {
    "records": RECORD_COLUMNS,
    "suppliers": ("record", "position", "party"),
    "amounts": AMOUNT_COLUMNS,
    "registrations": REGISTRATION_COLUMNS,
    "parties": PARTY_COLUMNS,
}
_PARTIES = "CROSS JOIN batch.parties p ON p.rowid = t.party + 1"
_TAKES_IMAGES = hasattr(sqlite3.Connection, "deserialize")  # some builds of SQLite leave it out


@dataclass(frozen=True, slots=True)
class Sealed:
    """What :class:`~tsukitome.archive.rows.Rows` hold, ready for the archive: the tables, and how much is in them."""

    kind: FileKind | None
    records: int
    registrations: int
    refusals: list[Refusal]
    coverage: dict[tuple[str, str], Covered]
    decided: set[str]
    published: set[str]
    publications: Counter[tuple[str, str | None]]
    is_image: bool
    tables: bytes = field(repr=False)

    def opened(self) -> Rows:
        """The rows again, as lists."""
        with closing(sqlite3.connect(":memory:")) as connection:
            attach(connection)
            self._open_in(connection)
            records, suppliers, amounts, registrations, parties = (
                connection.execute(f"SELECT * FROM batch.{name}").fetchall() for name in _COLUMNS
            )
        return Rows(
            self.kind, records, suppliers, amounts, self.refusals, self.coverage, self.decided, self.published,
            self.publications, registrations, parties,
        )  # fmt: skip

    def copy(self, connection: sqlite3.Connection, source_id: int, last: int) -> None:
        """Adds the rows to the archive's tables, as those of a source, behind the record at position ``last``."""
        self._open_in(connection)
        record = f"record + {last + 1}"  # which record of the batch
        for name, columns, values, joined in (
            ("records", (*RECORD_COLUMNS, "source_id"), (*RECORD_COLUMNS, str(source_id)), ""),
            ("suppliers", SUPPLIER_COLUMNS, (record, *SUPPLIER_COLUMNS[1:]), _PARTIES),
            ("amounts", AMOUNT_COLUMNS, (record, *AMOUNT_COLUMNS[1:]), ""),
            ("registrations", (*REGISTRATION_COLUMNS, "source_id"), (*REGISTRATION_COLUMNS, str(source_id)), ""),
        ):
            connection.execute(
                f"INSERT INTO main.{name} ({', '.join(columns)})"
                f" SELECT {', '.join(values)} FROM batch.{name} t {joined} ORDER BY t.rowid"
            )

    def _open_in(self, connection: sqlite3.Connection) -> None:
        if self.is_image:
            connection.deserialize(self.tables, name="batch")
        else:
            for name in _COLUMNS:
                connection.execute(f"DROP TABLE IF EXISTS batch.{name}")
            _fill(connection, "batch", marshal.loads(self.tables))


def seal(rows: Rows) -> Sealed:
    """Seals rows; they are not to be changed any more."""
    tables = {name: getattr(rows, name) for name in _COLUMNS}
    if _TAKES_IMAGES:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.execute("BEGIN")
            _fill(connection, "main", tables)
            connection.execute("COMMIT")
            sealed = connection.serialize()
    else:
        sealed = marshal.dumps(tables)
    return Sealed(
        rows.kind, len(rows.records), len(rows.registrations), rows.refusals, rows.coverage, rows.decided, rows.published,
        rows.publications, _TAKES_IMAGES, sealed,
    )  # fmt: skip


def _fill(connection: sqlite3.Connection, schema: str, tables: Mapping[str, Sequence[Row]]) -> None:
    # All tables before the first row: so each begins on the same page in every image, which statements prepared for one go by.
    for name, columns in _COLUMNS.items():
        connection.execute(f"CREATE TABLE {schema}.{name} ({', '.join(columns)})")
    for name, columns in _COLUMNS.items():
        if tables[name]:
            insert = f"INSERT INTO {schema}.{name} VALUES ({', '.join('?' * len(columns))})"
            connection.executemany(insert, tables[name])
