"""Firms looked up in an archive by their keys, without reading all of its records."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from tsukitome.awards import Supplier, SupplierRole
from tsukitome.dataclass import dataclass

_COLUMNS = "name, address, municipality_code, corporate_number"


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One printing of a supplier (name, address, number) and the firm that it was settled to be; ``key`` is its name's."""

    firm: int
    supplier: Supplier
    key: str


@dataclass(frozen=True, slots=True)
class Appearance:
    """A record in which a firm stands: the award that the record tells of, the supplier's position, name as printed, role."""

    award: int
    award_id: str
    position: int
    printed: str
    role: SupplierRole


class FirmQueries:
    """Questions about firms; what is asked for is indexed, so that each takes milliseconds, and :meth:`appearances` one scan."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def with_number(self, number: str) -> list[FirmRow]:
        """All printings of the firm with a corporate number, those without the number at the same address included."""
        return self._whole("corporate_number = ?", number)

    def with_key(self, key: str) -> list[FirmRow]:
        """All printings of every firm of which one has this name key."""
        return self._whole("key = ?", key)

    def with_spelling(self, spelled: str) -> list[FirmRow]:
        """All printings of every firm whose name, its Latin letters spelled in kana, is this."""
        return self._whole("spelled = ?", spelled)

    def with_part(self, part: str, limit: int) -> list[FirmRow]:
        """Printings whose name key holds ``part``, of at most ``limit`` keys, the shortest keys first."""
        return self._whole(
            "key IN (SELECT DISTINCT key FROM firms WHERE instr(key, ?) > 0 ORDER BY length(key), key LIMIT ?)",
            part,
            limit,
        )

    def spellings(self) -> list[str]:
        """Every name key there is, its Latin letters spelled in kana."""
        return [
            spelled for (spelled,) in self._connection.execute("SELECT DISTINCT spelled FROM firms ORDER BY spelled")
        ]

    def _whole(self, condition: str, *facts: object) -> list[FirmRow]:
        """The printings that meet a condition, with all others of the same firms."""
        rows = self._connection.execute(
            f"SELECT firm, key, {_COLUMNS} FROM firms WHERE firm IN (SELECT firm FROM firms WHERE {condition})"
            f" ORDER BY {_COLUMNS}",
            facts,
        )
        # Firms by their first printings: their numbers tell of the order in which files were imported.
        firms: dict[int, list[FirmRow]] = defaultdict(list)
        for firm, key, *columns in rows:
            firms[firm].append(FirmRow(firm, Supplier(*columns), key))
        return [row for printings in firms.values() for row in printings]

    def appearances(self, printings: Iterable[FirmRow]) -> dict[int, list[Appearance]]:
        """By firm, the records in which its printings stand, in the order of reading."""
        wanted = [
            (row.firm, one.name, one.address, one.municipality_code, one.corporate_number)
            for row in printings
            for one in [row.supplier]
        ]
        if not wanted:
            return {}
        keep_in(self._connection, "wanted_firms", wanted)
        # The names go first: few of a million suppliers pass, and only those are compared in full.
        rows = self._connection.execute(
            "SELECT w.c0, coalesce(r.award, r.position), r.award_id, s.position, coalesce(s.printed, s.name), s.role"
            " FROM suppliers_known s JOIN temp.wanted_firms w ON w.c1 = s.name AND w.c2 IS s.address"
            " AND w.c3 IS s.municipality_code AND w.c4 IS s.corporate_number"
            " JOIN records r ON r.position = s.record"
            " WHERE s.name IN (SELECT c1 FROM temp.wanted_firms) ORDER BY r.position, s.position"
        )
        found: dict[int, list[Appearance]] = defaultdict(list)
        for firm, *columns in rows:
            found[firm].append(Appearance(*columns))
        return dict(found)

    def records_of(self, awards: Iterable[int]) -> dict[str, int]:
        """The ids of all records of the given awards, each with its award."""
        keep_in(self._connection, "wanted_positions", ((award,) for award in awards))
        rows = self._connection.execute(
            "SELECT award_id, coalesce(award, position) FROM records"
            " WHERE position IN (SELECT * FROM temp.wanted_positions) OR award IN (SELECT * FROM temp.wanted_positions)"
        )
        return dict(rows.fetchall())


def keep_in(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Keeps rows in a temporary table (columns ``c0``, ``c1`` …) for a query to join; what it held before is dropped."""
    kept = list(rows)
    width = len(kept[0]) if kept else 1
    connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    connection.execute(f"CREATE TEMP TABLE {table} ({', '.join(f'c{n}' for n in range(width))})")
    connection.executemany(f"INSERT INTO temp.{table} VALUES ({', '.join('?' * width)})", kept)
