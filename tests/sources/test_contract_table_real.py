"""Contract tables as published: 48 workbooks of FY2011-2020, every second of them here, all in benchmarks/koueki.py."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.documents.tables import read_tables
from tsukitome.sources.contract_table import looks_like, read_contract_tables

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("TSUKITOME_REAL_DATA", BESIDE))
WORKBOOKS = sorted((FOLDER / "koueki").glob("*.xlsx"))
BIDS = sorted((FOLDER / "mlit").glob("*/*.xls*"))

pytestmark = pytest.mark.skipif(not WORKBOOKS, reason="real data not here (TSUKITOME_REAL_DATA)")


@pytest.fixture(scope="module")
def awards() -> dict[str, tuple[Award, ...]]:
    found = {}
    for path in WORKBOOKS[::2]:
        file = File.read(path, path.name)
        reading = read_contract_tables(file, read_tables(file).tables)
        assert not any("total" in refusal.reason for refusal in reading.refusals)
        found[path.name] = reading.awards
    return found


def rows_with_title_and_supplier(path: Path) -> int:
    """The slow count: rows below the header with a text in the title's and in the supplier's column."""
    workbook, number = CalamineWorkbook.from_path(path), 0
    for name in workbook.sheet_names:
        rows = [[str(value).strip() for value in row] for row in workbook.get_sheet_by_name(name).to_python()]
        header = next(
            (at for at, row in enumerate(rows) if any("予定価格" in text and len(text) < 12 for text in row)), None
        )
        if header is None:
            continue
        titles = [at for at, text in enumerate(rows[header]) if text.startswith(("物品", "公共工事"))]
        suppliers = [at for at, text in enumerate(rows[header]) if "相手方" in text and "商号" in text]
        for row in rows[header + 1 :]:
            number += bool(row[titles[0]] and row[suppliers[0]] and "合計" not in row[titles[0]])
    return number


def test_as_many_awards_as_rows(awards: dict[str, tuple[Award, ...]]) -> None:
    counted = sum(rows_with_title_and_supplier(FOLDER / "koueki" / name) for name in awards)
    assert sum(map(len, awards.values())) == pytest.approx(counted, rel=0.005)
    assert counted > 5000


def test_what_is_printed_is_read(awards: dict[str, tuple[Award, ...]]) -> None:
    every = [award for found in awards.values() for award in found]

    def share(read: list[bool]) -> float:
        return sum(read) / len(read)

    assert share([award.dates.contract is not None for award in every]) >= 0.99
    assert share([bool(award.suppliers) for award in every]) >= 0.999
    assert share([any(s.municipality_code for s in award.suppliers) for award in every]) >= 0.97
    assert share([award.buyer is not None for award in every]) == 1
    assert share([award.procurement_method is not None for award in every]) == 1
    priced = [
        any(a.role != "reserve_price" for a in award.amounts) or any("price" in w for w in award.warnings)
        for award in every
    ]
    assert share(priced) == 1


def test_names_hold_no_address_and_addresses_no_name(awards: dict[str, tuple[Award, ...]]) -> None:
    suppliers = [s for found in awards.values() for award in found for s in award.suppliers if s.role == "awarded"]
    odd = [s for s in suppliers if any(word in s.name for word in ("都千代田区", "都港区", "丁目", "法人番号", "\n"))]
    odd += [
        s for s in suppliers if s.address and any(word in s.address for word in ("法人番号", "公益社団", "株式会社"))
    ]
    assert len(odd) <= 0.002 * len(suppliers)


def test_tables_of_bids_are_no_contract_tables() -> None:
    for path in BIDS[::12]:
        assert not looks_like(read_tables(File.read(path)).tables), path.name
