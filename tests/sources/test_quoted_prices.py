"""What firms quoted (見積額) beside the contract's price: a list of contracts where each row is one, else a table of bids.

All firms and contracts are made up (架空).
"""

from __future__ import annotations

import pytest
from tests.sources.forms import BUILD, CLEAN, POWER, bids, delimited, firms, money, only, page, read, workbook

from tsukitome.awards import Award

A, B, C = CLEAN, BUILD, POWER
QUOTED = ["見積額", "見積金額", "見積金額（税込）", "見積価格"]


def winners(award: Award) -> list[str]:
    return [one.name for one in award.suppliers if one.role == "awarded"]


@pytest.mark.parametrize("quoted", QUOTED)
@pytest.mark.parametrize("firm", ["契約相手方", "業者名", "商号又は名称", "契約業者名", "会社名"])
def test_a_list_of_contracts_with_what_was_quoted(firm: str, quoted: str) -> None:
    header = ["件名", "契約日", firm, "所在地", quoted, "契約金額", "備考"]
    rows = [
        header,
        ["架空修繕", "R5.6.8", *A[:2], "550,000", "500,000", "緊急"],
        ["架空印刷", "R5.6.9", *B[:2], "80,000", "80,000", ""],
    ]
    for file in (delimited(rows), page(rows), workbook(rows)):
        reading = read(file)
        assert (reading.kind, reading.refusals) == ("contract_table", ())
        assert [(award.title, firms(award)) for award in reading.awards] == [("架空修繕", [A]), ("架空印刷", [B])]
        assert [money(award) for award in reading.awards] == [
            [("contract_price", 500_000, None)], [("contract_price", 80_000, None)],
        ]  # fmt: skip


def test_one_title_may_be_that_of_several_contracts() -> None:
    header = ["件名", "契約日", "業者名", "見積額", "契約金額"]
    rows = [
        header,
        ["架空消耗品", "R5.6.8", A[0], "55,000", "50,000"],
        ["架空消耗品", "R5.6.9", B[0], "80,000", "80,000"],
    ]
    assert [winners(award) for award in read(delimited(rows)).awards] == [[A[0]], [B[0]]]


@pytest.mark.parametrize(
    "prices", [("500,000", "", ""), ("500,000", "500,000", "500,000"), ("", "500,000", ""), ("", "", "")]
)
def test_several_firms_that_quoted_for_one_title_are_bidders(prices: tuple[str, str, str]) -> None:
    header = ["件名", "契約日", "業者名", "見積金額", "契約金額", "結果"]
    rows = [["架空修繕", "R5.6.8", name, quoted, price, ""] for name, quoted, price in zip(
        (A[0], B[0], C[0]), ("500,000", "510,000", "520,000"), prices, strict=True)]  # fmt: skip
    rows[0][5] = "決定"
    award = only(delimited([header, *rows]))
    assert (winners(award), bids(award)) == ([A[0]], {A[0]: [500_000], B[0]: [510_000], C[0]: [520_000]})


def test_several_firms_and_no_mark_are_bidders_without_a_winner() -> None:
    header = ["件名", "契約日", "業者名", "見積金額", "契約金額"]
    rows = [header, *(["架空修繕", "R5.6.8", name, "500,000", "500,000"] for name in (A[0], B[0]))]
    assert winners(only(delimited(rows))) == []


def test_one_firm_that_quoted_and_is_marked_is_a_bidder() -> None:
    header = ["件名", "契約日", "業者名", "見積金額", "契約金額", "結果"]
    award = only(delimited([header, ["架空修繕", "R5.6.8", A[0], "550,000", "500,000", "決定"]]))
    assert (award.source.kind, winners(award)) == ("bid_results", [A[0]])


def test_quotations_without_a_price_are_no_contracts() -> None:
    reading = read(delimited([["件名", "契約日", "契約相手方", "見積金額"], ["架空修繕", "R5.6.8", A[0], "550,000"]]))
    assert (reading.kind, [*reading.awards]) == (None, [])
