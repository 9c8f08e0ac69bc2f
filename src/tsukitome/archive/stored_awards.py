"""Awards read back from the archive, one after the other: three tables in the order of the records, side by side."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection

from tsukitome.archive.additions import ADDED_COLUMNS, with_additions
from tsukitome.archive.columns import AMOUNT_COLUMNS, RECORD_COLUMNS, SUPPLIER_COLUMNS, Row
from tsukitome.awards import Amount, Award, Dates, FromRegister, Source, Supplier, SupplierRole
from tsukitome.later import Later

_RECORDS = ", ".join(RECORD_COLUMNS)
_TABLES = (("suppliers", SUPPLIER_COLUMNS), ("amounts", AMOUNT_COLUMNS), ("registered", ADDED_COLUMNS))
_AT_ONCE = 500  # records that are asked for together
_MAPPED = 1 << 40  # bytes of a file: pages are read where they lie in memory, in half the time that copying them takes


def stored_awards(connection: Connection, chosen: str = "", *facts: object, printed: bool = False) -> Iterator[Award]:
    """Every record, in the order of reading; only the ``chosen`` ones (a condition on records, with its ``facts``).

    Suppliers have what the corporate register adds to them, unless they are wanted as they are ``printed``.
    """
    return (award for _, award in numbered_awards(connection, chosen, *facts, printed=printed))


def numbered_awards(
    connection: Connection, chosen: str = "", *facts: object, printed: bool = False
) -> Iterator[tuple[int, Award]]:
    """:func:`stored_awards` with their positions."""
    where = f"WHERE {chosen}" if chosen else ""
    rows = connection.execute(f"SELECT position, source_id, {_RECORDS} FROM records {where} ORDER BY position", facts)
    sources = _sources(connection)
    suppliers = _Parts(connection, "suppliers", SUPPLIER_COLUMNS, where, facts)
    amounts = _Parts(connection, "amounts", AMOUNT_COLUMNS, where, facts)
    added = None if printed else _Parts(connection, "registered", ADDED_COLUMNS, where, facts)
    for position, source, *row in rows:
        award = award_of(tuple(row), sources[source], suppliers.of(position), amounts.of(position))
        if added and (more := added.of(position)):
            award = with_additions(award, more)
        yield position, award


def awards_at(connection: Connection, positions: Sequence[int]) -> Sequence[Award]:
    """The records at some positions, in order: their rows are read now, each is made of them when it is looked at."""
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    records: list[tuple[object, ...]] = []
    parts: dict[str, dict[int, list[Row]]] = {table: defaultdict(list) for table, _ in _TABLES}
    for begin in range(0, len(positions), _AT_ONCE):
        some = ", ".join(map(str, positions[begin : begin + _AT_ONCE]))
        records += connection.execute(
            f"SELECT position, source_id, {_RECORDS} FROM records WHERE position IN ({some}) ORDER BY position"
        )
        for table, columns in _TABLES:
            rows = f"SELECT {', '.join(columns)} FROM {table} WHERE record IN ({some}) ORDER BY record, position"
            for row in connection.execute(rows):
                parts[table][row[0]].append(row)
    sources = _sources(connection)

    def made(place: int) -> Award:
        position, source, *row = records[place]
        suppliers, amounts, more = (parts[table].get(position, []) for table, _ in _TABLES)  # type: ignore[call-overload]
        award = award_of(tuple(row), sources[source], suppliers, amounts)
        return with_additions(award, more) if more else award

    return Later(len(records), made)


def _sources(connection: Connection) -> dict[object, Row]:
    return {row[0]: row[1:] for row in connection.execute("SELECT id, file, kind, sha256, url, retrieved FROM sources")}


class _Parts:
    """The rows of a table that belong to records, taken in the order of the records."""

    def __init__(
        self, connection: Connection, table: str, columns: tuple[str, ...], where: str, facts: tuple[object, ...]
    ) -> None:
        only = f"WHERE record IN (SELECT position FROM records {where})" if where else ""
        found = connection.execute(f"SELECT {', '.join(columns)} FROM {table} {only} ORDER BY record, position", facts)
        self._groups = groupby(found, itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, record: int) -> list[Row]:
        """The rows of a record; it must not be one before that which was last asked for."""
        if self._next is None or self._next[0] != record:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def award_of(row: Row, source: Row, suppliers: Iterable[Row], amounts: Iterable[Row]) -> Award:
    """The inverse of :func:`tsukitome.archive.rows.rows_of`: the award of a record's row (RECORD_COLUMNS), its source (file, kind,
    sha256, url, retrieved), and the rows of its suppliers and amounts, in the order of their columns and positions.
    """
    days = (day and dt.date.fromisoformat(day) for day in row[3:7])
    file, kind, sha256, url, retrieved = source
    page, sheet, number, line, quote = row[10:15]
    return Award(
        award_id=row[0],
        title=row[1],
        buyer=row[2],
        suppliers=tuple(_supplier(*supplier) for supplier in suppliers),
        source=Source(file, kind, sha256, quote, page, sheet, number, line, url, retrieved),
        dates=Dates(*days),
        amounts=tuple(Amount(role, yen, quote, tax, supplier) for _, _, role, yen, tax, supplier, quote in amounts),
        award_rate=row[7],
        procurement_method=row[8],
        procurement_method_details=row[9],
        warnings=tuple(json.loads(row[15])) if row[15] != "[]" else (),
        tenderers=row[17],
    )


def _supplier(
    _record: int,
    _position: int,
    name: str,
    printed: str | None,
    address: str | None,
    municipality_code: str | None,
    corporate_number: str | None,
    branch: str | None,
    role: SupplierRole,
    address_source: str | None,
) -> Supplier:
    mark = FromRegister(("address",)) if address_source == "register" else None
    return Supplier(name, address, municipality_code, corporate_number, branch, role, printed, mark)
