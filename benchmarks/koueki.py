"""How well contract tables are read: all 48 workbooks of contracts with public-interest corporations, FY2011-2020.

Usage: python benchmarks/koueki.py [FOLDER]; the folder holds ``koueki/*.xlsx`` (see its README for where they come from), by
default that of the environment variable TSUKITOME_REAL_DATA. Prints counts and shares of the award rows, and every
kind of warning with its number.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.documents.tables import read_tables
from tsukitome.sources.contract_table import read_contract_tables


def facts(award: Award) -> list[str]:
    """What of an award was read, one word a fact."""
    roles = {amount.role for amount in award.amounts}
    found = {
        "supplier": bool(award.suppliers),
        "address": any(supplier.address for supplier in award.suppliers),
        "municipality": any(supplier.municipality_code for supplier in award.suppliers),
        "corporate number": any(supplier.corporate_number for supplier in award.suppliers),
        "several suppliers": len(award.suppliers) > 1,
        "day": award.dates.contract is not None,
        "buyer": award.buyer is not None,
        "method": award.procurement_method is not None,
        "award rate": award.award_rate is not None,
        "contract price": "contract_price" in roles,
        "unit price": "unit_price" in roles,
        "estimated or paid total": bool(roles & {"estimated_total", "paid_total"}),
        "no price but a reason": not roles - {"reserve_price"} and any("price" in w for w in award.warnings),
        "neither price nor reason": not roles - {"reserve_price"} and not any("price" in w for w in award.warnings),
    }
    return [fact for fact, true in found.items() if true]


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("TSUKITOME_REAL_DATA", "data"))
    found: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    rows, files, started = 0, 0, time.perf_counter()
    for path in sorted((folder / "koueki").glob("*.xlsx")):
        file = File.read(path, path.name)
        reading = read_contract_tables(file, read_tables(file).tables)
        files += 1
        rows += len(reading.awards)
        found["refused"] += len(reading.refusals)
        for award in reading.awards:
            found.update(facts(award))
            warnings.update(re.sub(r"'[^']*'|[0-9][0-9,.-]*", "…", warning) for warning in award.warnings)
    print(f"{files} workbooks, {rows} awards in {time.perf_counter() - started:.1f} s")
    for name, number in found.items():
        print(f"{name:28} {number:6} {number / max(rows, 1):8.2%}")
    print("\nwarnings")
    for warning, number in warnings.most_common():
        print(f"{number:6} {warning}")


if __name__ == "__main__":
    main()
