"""調達ポータル 落札実績オープンデータ: UTF-8 with BOM, CRLF, all quoted, no header, 8 columns."""

from __future__ import annotations

import csv
import io
from random import Random

from .model import Award
from .spelling import supplier_name, wide

METHODS = {"一般": "8002010", "指名": "8003010", "随意": "8004020"}
BY_MERIT = "8002040"  # 総合評価
EMPTY_PRICE, EMPTY_NAME = 0.12, 31  # share of rows without a price (unit prices always); the row that has no name
ZERO_PRICE_ROW = 57


def portal_csv(awards: list[Award], rng: Random) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row, award in enumerate(awards, start=1):
        writer.writerow(_row(row, award, rng))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _row(row: int, award: Award, rng: Random) -> list[str]:
    firm = award.firms[0]
    price = "" if award.price is None else f"{award.price}.00"
    alone = len(award.files) == 1 and not award.trap
    if alone and rng.random() < EMPTY_PRICE:
        price = ""
    if row == ZERO_PRICE_ROW:
        price = "0.00"
    name = supplier_name(award)
    if firm.portal_name:
        name = name.replace(firm.name, firm.portal_name)
    return [
        f"{rng.randrange(10**5, 10**7):019}",
        award.title + (" " if rng.random() < 0.05 else ""),
        award.awarded.isoformat(),
        price,
        award.buyer.portal,
        BY_MERIT if award.decided == "総合評価" else METHODS[award.method],
        "" if row == EMPTY_NAME else wide(name),
        firm.number,
    ]
