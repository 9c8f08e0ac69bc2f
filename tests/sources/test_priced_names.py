"""Firms that one cell lists with their sums."""

from __future__ import annotations

import pytest
from tests.sources.forms import BUILD, SOFT, money, only, workbook

from tsukitome.sources.priced_names import priced_firms, priced_names


@pytest.mark.parametrize(
    "text",
    [
        "株式会社甲　8,500,000円\n乙株式会社　8,000,000円　落札",
        "株式会社甲：8,500,000円／乙株式会社：8,000,000円（落札）",
        "①株式会社甲 8,500,000円\n②乙株式会社 8,000,000円 落札",
        "A:株式会社甲:8,500,000円\nB:乙株式会社:8,000,000円 落札",
        "1. 株式会社甲\n8,500,000円\n2. 乙株式会社\n8,000,000円 落札",
        "株式会社甲（8,500,000円）、乙株式会社（8,000,000円）落札",
    ],
)
def test_names_with_their_sums(text: str) -> None:
    assert priced_names(text) == (("株式会社甲", "8,500,000円", ""), ("乙株式会社", "8,000,000円", "落札"))


@pytest.mark.parametrize("text", ["株式会社甲ほか", "株式会社甲\n乙株式会社", "", "東京都豊島区東池袋1-48-10"])
def test_no_list(text: str) -> None:
    assert priced_firms(text) == ()


@pytest.mark.parametrize(
    "cell",
    [
        f"A:{SOFT[0]}:1,100,000円\nB:{BUILD[0]}:2,200,000円",
        f"{SOFT[0]}：1,100,000円／{BUILD[0]}：2,200,000円",
        f"{SOFT[0]} 1,100,000円\n{BUILD[0]} 2,200,000円",
    ],
)
def test_prices_in_the_suppliers_cell_are_each_firms_own(cell: str) -> None:
    rows = [["件名", "契約日", "契約の相手方", "契約金額"], ["架空物品購入", "2022-04-01", cell, 3300000]]
    award = only(workbook(rows))
    assert [one.name for one in award.suppliers] == [SOFT[0], BUILD[0]]
    assert money(award) == [
        ("contract_price", 3300000, None), ("contract_price", 1100000, 0), ("contract_price", 2200000, 1),
    ]  # fmt: skip
    assert cell.replace("\n", "") in award.source.quote.replace("\n", "")
