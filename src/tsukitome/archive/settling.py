"""What is settled when files were added: which records are one award, and which suppliers one firm."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from tsukitome.archive.firms import group
from tsukitome.archive.merging import DAYS_APART, merge
from tsukitome.archive.stored_awards import numbered_awards
from tsukitome.awards import Supplier
from tsukitome.normalize.firm import core_key, spelled_key

_AT_ONCE = 500  # keys whose records are looked at together
# Of some merge keys those of which two sources print records near enough in time to be one award. Where any two are, two neighbours
# in the order of their days are.
_NEAR = """
    SELECT DISTINCT merge_key FROM (
        SELECT merge_key, source_id != lag(source_id) OVER by_day AS other, day - lag(day) OVER by_day AS apart
        FROM (SELECT merge_key, source_id, julianday(coalesce(award_date, contract_date)) AS day FROM records
            WHERE merge_key IN ({}))
        WINDOW by_day AS (PARTITION BY merge_key ORDER BY day)
    ) WHERE other AND apart <= :apart
"""
_PRINTING = (
    "name, address, municipality_code, corporate_number"  # how a source prints a supplier, with what the register adds
)
_Printing = tuple[str, str | None, str | None, str | None]


def settle_awards(connection: Connection, since: int = 0) -> None:
    """Marks the records of each award that more than one source prints with the position of the first of them.

    Only awards of records behind the position ``since`` are looked at, where all others were settled before.
    """
    of_new = "AND merge_key IN (SELECT merge_key FROM records WHERE position > :since)" if since else ""
    query = _NEAR.format(
        "SELECT merge_key FROM records WHERE merge_key IS NOT NULL"
        f" {of_new} GROUP BY merge_key HAVING min(source_id) < max(source_id)"
    )
    shared = [key for (key,) in connection.execute(query, {"since": since, "apart": DAYS_APART.days})]
    if not since:
        connection.execute("UPDATE records SET award = NULL WHERE award IS NOT NULL")
    for begin in range(0, len(shared), _AT_ONCE):
        keys = shared[begin : begin + _AT_ONCE]
        with_keys = f"merge_key IN ({','.join('?' * len(keys))})"
        connection.execute(f"UPDATE records SET award = NULL WHERE award IS NOT NULL AND {with_keys}", keys)
        numbered = list(numbered_awards(connection, with_keys, *keys))
        positions = {award.award_id: position for position, award in numbered}
        for found in merge(award for _, award in numbered):
            if len(found.records) > 1:
                own = [positions[award_id] for award_id in found.award_ids]
                connection.executemany(
                    "UPDATE records SET award = ? WHERE position = ?", [(min(own), at) for at in own]
                )


def settle_firms(connection: Connection, since: int = 0) -> None:
    """Numbers the firms behind all suppliers anew; only those that suppliers behind the position ``since`` can change, where all
    others were settled before.
    """
    if since:
        new = connection.execute(
            f"SELECT {_PRINTING} FROM suppliers_known WHERE record > ? EXCEPT SELECT {_PRINTING} FROM firms", (since,)
        )
        rows = _related(connection, new.fetchall())
    else:
        connection.execute("DELETE FROM firms")
        rows = connection.execute(f"SELECT DISTINCT {_PRINTING} FROM suppliers_known").fetchall()
    rows.sort(key=printing_order)
    (first,) = connection.execute("SELECT coalesce(max(firm) + 1, 0) FROM firms").fetchone()
    firms = group([Supplier(*row) for row in rows])
    connection.executemany(
        "INSERT INTO firms VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(first + firm, *row, core_key(row[0]), spelled_key(row[0])) for firm, row in zip(firms, rows, strict=True)],
    )


def _related(connection: Connection, new: list[_Printing]) -> list[_Printing]:
    """New printings, with all known ones that share a name or a number with one of them, or with one that does. Nothing outside can
    change with them, so these are taken out of the table, to be settled together.
    """
    found = set(new)
    left = list(new)
    asked: set[tuple[str, str]] = set()
    while left:
        keys = {("key", core_key(name)) for name, *_ in left} | {("corporate_number", row[3]) for row in left if row[3]}
        left = []
        for column, key in sorted(keys - asked):
            query = f"SELECT {_PRINTING} FROM firms WHERE {column} = ?"
            left += (row for row in connection.execute(query, (key,)) if row not in found)
            found.update(left)
        asked |= keys
    for column in ("key", "corporate_number"):
        values = [(key,) for name, key in asked if name == column]
        connection.executemany(f"DELETE FROM firms WHERE {column} = ?", values)
    return list(found)


def printing_order(printing: Sequence[str | None]) -> tuple[tuple[bool, str], ...]:
    """Printings as SQLite would order them: by their columns, one that is missing first."""
    return tuple((value is not None, value or "") for value in printing)
