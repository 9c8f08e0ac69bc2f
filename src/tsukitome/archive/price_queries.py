"""Awards looked up in an archive by what makes their prices comparable, without reading all of its records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tsukitome.archive.firm_queries import keep_in

_AWARDS = (
    "SELECT r.award_id, coalesce(r.award, r.position) FROM records r JOIN sources f ON f.id = r.source_id"
    " WHERE f.kind <> 'review'"
)
_PRINTS = "EXISTS (SELECT 1 FROM amounts a WHERE a.record = r.position AND a.role = '{}'"
# A title without the white space that may stand inside of words.
_TITLE = "replace(replace(replace(r.title, ' ', ''), char(12288), ''), char(10), '')"


class PriceQueries:
    """Questions about prices; each gives the ids of records with the award that each tells of. Reviews hold no price."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, int]:
        """All records that may print a price."""
        return dict(self._connection.execute(_AWARDS).fetchall())

    def buyers(self) -> list[str]:
        """Every buyer as printed."""
        return [
            buyer for (buyer,) in self._connection.execute("SELECT DISTINCT buyer FROM records WHERE buyer IS NOT NULL")
        ]

    def comparable(
        self, *, buyers: Iterable[str], words: Sequence[str], reserves: tuple[float, float] | None, units: bool
    ) -> dict[str, int]:
        """Records of the buyers, and those whose title holds one of the words and that print a reserve price within ``reserves``
        (yen, both included), or a unit price where ``units`` are asked for. Of an award that is found all records are given.
        """
        keep_in(self._connection, "wanted_buyers", ((buyer,) for buyer in buyers))
        facts: list[object] = list(words)
        printed = ["0"]
        if reserves:
            printed.append(_PRINTS.format("reserve_price") + " AND a.yen BETWEEN ? AND ?)")
            facts += reserves
        if units:
            printed.append(_PRINTS.format("unit_price") + ")")
        titled = " OR ".join([f"instr({_TITLE}, ?) > 0"] * len(words)) or "0"
        like = f"(({titled}) AND ({' OR '.join(printed)}))"
        of_buyer = "r.buyer IN (SELECT * FROM temp.wanted_buyers)"
        found = dict(self._connection.execute(f"{_AWARDS} AND ({of_buyer} OR {like})", facts).fetchall())
        keep_in(self._connection, "wanted_awards", ((award,) for award in set(found.values())))
        return found | dict(
            self._connection.execute(f"{_AWARDS} AND r.award IN (SELECT * FROM temp.wanted_awards)").fetchall()
        )
