"""What is settled when files were added: which records are one award, and which suppliers one firm."""

from __future__ import annotations

from sqlite3 import Connection

from tsukitome.archive.firms import group
from tsukitome.archive.merging import merge
from tsukitome.archive.stored_awards import numbered_awards
from tsukitome.awards import Supplier
from tsukitome.normalize.firm import core_key, spelled_key

_AT_ONCE = 500  # keys whose records are looked at together


def settle_awards(connection: Connection) -> None:
    """Marks the records of each award that more than one source prints with the position of the first of them."""
    connection.execute("UPDATE records SET award = NULL WHERE award IS NOT NULL")
    shared = [
        key
        for (key,) in connection.execute(
            "SELECT merge_key FROM records WHERE merge_key IS NOT NULL"
            " GROUP BY merge_key HAVING min(source_id) < max(source_id)"
        )
    ]
    for begin in range(0, len(shared), _AT_ONCE):
        keys = shared[begin : begin + _AT_ONCE]
        numbered = list(numbered_awards(connection, f"merge_key IN ({','.join('?' * len(keys))})", *keys))
        positions = {award.award_id: position for position, award in numbered}
        for found in merge(award for _, award in numbered):
            if len(found.records) > 1:
                own = [positions[award_id] for award_id in found.award_ids]
                connection.executemany(
                    "UPDATE records SET award = ? WHERE position = ?", [(min(own), at) for at in own]
                )


def settle_firms(connection: Connection) -> None:
    """Numbers the firms behind all suppliers anew."""
    columns = "name, address, municipality_code, corporate_number"
    rows = connection.execute(f"SELECT DISTINCT {columns} FROM suppliers_known ORDER BY {columns}").fetchall()
    firms = group([Supplier(*row) for row in rows])
    connection.execute("DELETE FROM firms")
    connection.executemany(
        "INSERT INTO firms VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(firm, *row, core_key(row[0]), spelled_key(row[0])) for firm, row in zip(firms, rows, strict=True)],
    )
