"""Awards looked up in an archive by what makes their prices comparable, without reading all of its records."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence

from tsukitome.archive.firm_queries import keep_in
from tsukitome.normalize.text import squeeze

_AWARDS = (
    "SELECT r.award_id, coalesce(r.award, r.position) FROM records r"
    " WHERE r.source_id IN (SELECT id FROM sources WHERE kind <> 'review')"
)
_PRINTS = "EXISTS (SELECT 1 FROM amounts a WHERE a.record = r.position AND a.role = '{}'"


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
        of_buyer = f"{_AWARDS} AND r.buyer IN (SELECT * FROM temp.wanted_buyers)"
        found = dict(self._connection.execute(of_buyer).fetchall())
        printed: list[str] = []
        facts: list[float] = []
        if reserves:
            printed.append(_PRINTS.format("reserve_price") + " AND a.yen BETWEEN ? AND ?)")
            facts += reserves
        if units:
            printed.append(_PRINTS.format("unit_price") + ")")
        if words and printed:
            # Python looks at the titles: for SQLite each word would be a search of its own through every title.
            told = re.compile("|".join(map(re.escape, words))).search
            like = _AWARDS.replace(" FROM", ", r.title FROM", 1) + f" AND ({' OR '.join(printed)})"
            for award_id, award, title in self._connection.execute(like, facts):
                if told(squeeze(title)):
                    found[award_id] = award
        keep_in(self._connection, "wanted_awards", ((award,) for award in set(found.values())))
        return found | dict(
            self._connection.execute(f"{_AWARDS} AND r.award IN (SELECT * FROM temp.wanted_awards)").fetchall()
        )
