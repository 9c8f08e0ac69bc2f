"""How well tables of bids are read: 94 workbooks of bid results of the 近畿 and 関東 地方整備局, 2018-2021.

Usage: python benchmarks/bid_results.py [FOLDER]; the folder holds ``mlit/*/*.xls*`` (see its README for where they come from), by
default that of the environment variable TSUKITOME_REAL_DATA. Prints counts and shares of the awards, beside them what a
plain scan of the rows counts without the reader, then every kind of warning and of refusal with its number.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

from python_calamine import CalamineWorkbook

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.documents.tables import read_tables
from tsukitome.sources.bid_results import read_bid_results


def facts(award: Award) -> list[str]:
    """What of an award was read, one word a fact."""
    won = [supplier for supplier in award.suppliers if supplier.role == "awarded"]
    prices = [amount for amount in award.amounts if amount.role in ("contract_price", "unit_price")]
    found = {
        "one winner": len(won) == 1,
        "price of the winner": any(award.suppliers[price.supplier or 0].role == "awarded" for price in prices),
        "price per unit": any(price.role == "unit_price" for price in prices),
        "price without tax": bool(prices) and all(price.tax == "excluded" for price in prices),
        "price within the reserve price": bool(prices) and prices[0].yen <= reserve(award),
        "reserve price": reserve(award) < float("inf"),
        "day of the bids": award.dates.award is not None,
        "day of the contract": award.dates.contract is not None,
        "address of the winner": any(supplier.address for supplier in won),
        "municipality of the winner": any(supplier.municipality_code for supplier in won),
        "several bidders": len(won) + sum(supplier.role == "bidder" for supplier in award.suppliers) > 1,
        "winning venture with members": any(supplier.role == "jv_member" for supplier in award.suppliers),
        "buyer": award.buyer is not None,
        "method": award.procurement_method is not None,
    }
    return [fact for fact, true in found.items() if true]


def reserve(award: Award) -> float:
    return next((float(amount.yen) for amount in award.amounts if amount.role == "reserve_price"), float("inf"))


def plain_scan(path: Path) -> Counter[str]:
    """The slow count: rows below 部局名 with a bidder, marks in 備考, sums of the winners' last amounts, rows with an address."""
    count: Counter[str] = Counter()
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        rows = [[str(value).strip() for value in row] for row in workbook.get_sheet_by_name(name).to_python()]
        top = next((at for at, row in enumerate(rows) if "部局名" in row and "備考" in row), None)
        if top is None or any(
            "例】" in text or (text == "別添４" and "例" in name) for row in rows[:top] for text in row
        ):
            continue
        header = rows[top]
        bidder, remark = header.index("入札業者名"), header.index("備考")
        amounts = [at for at, text in enumerate(rows[top + 2]) if text == "金額"] + [remark - 1]
        for row in rows[top + 3 :]:
            if not row[bidder]:
                continue
            count["bidders"] += 1
            count["addresses"] += "本店住所" in header and bool(row[header.index("本店住所")])
            if row[remark] in ("落札", "決定"):
                count["winners"] += 1
                given = [float(row[at].replace(",", "")) for at in amounts if re.fullmatch(r"[0-9,.]+", row[at])]
                count["yen"] += int([yen for yen in given if yen >= 1][-1])
    return count


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("TSUKITOME_REAL_DATA", "data"))
    found: Counter[str] = Counter()
    scanned: Counter[str] = Counter()
    read: Counter[str] = Counter()
    messages: Counter[str] = Counter()
    awards, seconds = 0, 0.0
    paths = sorted((folder / "mlit").glob("*/*.xls*"))
    for path in paths:
        started = time.perf_counter()
        file = File.read(path, path.name)
        reading = read_bid_results(file, read_tables(file).tables)
        seconds += time.perf_counter() - started
        scanned.update(plain_scan(path))
        awards += len(reading.awards)
        messages.update(f"refused: {refusal.reason}" for refusal in reading.refusals)
        for award in reading.awards:
            found.update(facts(award))
            messages.update(re.sub(r"'[^']*'|[0-9][0-9,.-]*|(?<=remark on ).*", "…", text) for text in award.warnings)
            parties = [supplier for supplier in award.suppliers if supplier.role != "jv_member"]
            read["bidders"] += len(parties)
            read["addresses"] += sum(supplier.address is not None for supplier in parties)
            read["winners"] += sum(supplier.role == "awarded" for supplier in parties)
            read["yen"] += sum(
                int(amount.yen) for amount in award.amounts if amount.role in ("contract_price", "unit_price")
            )
    print(f"{len(paths)} workbooks, {awards} awards in {seconds:.1f} s")
    for name, number in found.items():
        print(f"{name:32} {number:6} {number / max(awards, 1):8.2%}")
    print(f"\n{'':16}{'read':>20}{'plain scan':>20}")
    for name in scanned:
        print(f"{name:16}{read[name]:20,}{scanned[name]:20,}")
    print("\nwarnings and refusals")
    for message, number in messages.most_common():
        print(f"{number:6} {message}")


if __name__ == "__main__":
    main()
