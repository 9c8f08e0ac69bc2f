"""A made-up file of 調達ポータル 落札実績オープンデータ of any length: eight columns, all quoted, no header; the same for one seed.

Firms and titles are those of :mod:`made_contracts` and follow Zipf's law as there. All names are invented.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

from made_contracts import Zipf, made_firms, made_titles

from tsukitome.sources.vocabulary import vocabulary

_METHODS = ("8002010", "8002040", "8003010", "8004020", "8004030", "8001010")


def rows(number: int, seed: int = 20170809) -> Iterator[list[str]]:
    """The rows, without a header as in life."""
    chance = random.Random(seed)
    firms, titles = made_firms(chance), made_titles(chance)
    ministries = [row["code"] for row in vocabulary("portal_ministries")]
    first = dt.date(2016, 4, 1)
    drawn = [Zipf(values, chance) for values in (firms, titles)]
    for begin in range(0, number, 10_000):
        amount = min(10_000, number - begin)
        for at, (firm, title) in enumerate(zip(*(each.many(amount) for each in drawn), strict=True), start=begin):
            day = first + dt.timedelta(days=chance.randrange(1461))
            yen = "" if chance.random() < 0.02 else f"{round(10 ** chance.uniform(5.8, 8.6))}.00"
            ministry, method = chance.choice(ministries), chance.choice(_METHODS)
            name = firm.split("\n")[0].split()[0]
            yield [f"{at:019}", title, day.isoformat(), yen, ministry, method, name, "4013301020174"]


def write(path: Path, number: int) -> None:
    """Writes a file of ``number`` rows, in UTF-8 with its byte order mark and CRLF, every value in quotation marks."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows(number))
