"""Forms of bid results as prefectures and cities publish them: each test pins one form that was not understood at first.

All firms and contracts are made up (架空).
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.sources.forms import BUILD, CLEAN, POWER, bids, day, delimited, money, only, page, read, ruled, workbook

from tsukitome.awards import Award

A, B, C = CLEAN[0], BUILD[0], POWER[0]


def winners(award: Award) -> list[str]:
    return [one.name for one in award.suppliers if one.role == "awarded"]


def picture(mark: str) -> str:
    rows = [
        ("件名", "開札日", "業者名", "金額（円）", ""),
        ("架空健診業務", "R5.3.3", A, "6,000,000", ""),
        ("架空健診業務", "R5.3.3", B, "5,800,000", mark),
    ]
    return "<table>" + "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)


@pytest.mark.parametrize("alternative", ["落札", "落札者", "決定"])
def test_a_mark_that_is_a_picture_is_read_by_its_alternative_text(alternative: str) -> None:
    award = only(page(picture(f'<img src="m.gif" alt="{alternative}">')))
    assert winners(award) == [B]
    assert bids(award) == {B: [5_800_000], A: [6_000_000]}


@pytest.mark.parametrize("mark", ['<img src="m.gif">', '<img src="m.gif" alt="">', "", "資格なし"])
def test_firms_below_one_title_are_bidders_though_no_mark_can_be_read(mark: str) -> None:
    award = only(page(picture(mark)))
    assert winners(award) == []
    assert bids(award) == {A: [6_000_000], B: [5_800_000]}
    assert "no bidder is marked as the winner" in award.warnings


def test_a_list_of_contracts_stays_one_though_a_title_comes_twice() -> None:
    rows = [["件名", "契約日", "業者名", "金額（円）"]]
    rows += [["架空消耗品購入", "R5.3.3", name, price] for name, price in ((A, "600,000"), (B, "580,000"))]
    awards = read(delimited(rows)).awards
    assert [winners(award) for award in awards] == [[A], [B]]


def test_a_remark_that_names_the_winner_marks_nobody() -> None:
    rows = [["件名", "開札日", "入札者", "入札金額", "備考"], ["架空調査", "R5.3.3", A, "600,000", f"落札者は{B}"]]
    award = only(delimited([*rows, ["架空調査", "R5.3.3", B, "580,000", ""]]))
    assert winners(award) == []
    assert any(B in warning for warning in award.warnings)


def test_ticks_below_the_ways_of_procurement_tell_which_it_is() -> None:
    header = ["工事名", "入札方式", None, None, "入札日", "入札者", "入札金額", "落　札"]
    below = [None, "一般", "指名", "随契", None, None, None, None]
    rows = [
        ["架空側溝工事", None, "○", None, "令和5年7月5日", A, 5400000, "○"],
        [None, None, None, None, None, B, 5600000, None],
    ]
    award = only(workbook([header, below, *rows], merged=["B1:D1"]))
    assert (winners(award), award.procurement_method, award.procurement_method_details) == ([A], "selective", "指名")


def test_bidders_beside_each_other_with_their_points_contract_by_contract() -> None:
    def block(title: str, day: str, won: int) -> list[list[Any]]:
        marks = [None, None]
        marks[won] = "落札者"  # type: ignore[call-overload]
        return [
            ["工事名", title],
            ["開札日", day],
            ["入札参加者", A, B],
            ["技術評価点", 112.5, 120.0],
            ["入札価格（円）", 15000000, 15800000],
            ["評価値", 74.5, 75.9],
            ["結果", *marks],
            [],
        ]

    sheet = [*block("架空橋補強工事", "令和2年12月8日", 1), *block("架空橋塗装工事", "令和2年12月9日", 0)]
    reading = read(workbook(sheet))
    assert not reading.refusals
    assert [(award.title, day(award), winners(award)) for award in reading.awards] == [
        ("架空橋補強工事", "2020-12-08", [B]),
        ("架空橋塗装工事", "2020-12-09", [A]),
    ]


def test_estimates_below_a_spaced_header_follow_the_rounds_of_bids() -> None:
    header = ["業者名", "入　札", None, "見　積", None, "摘要"]
    below = [None, "第1回", "第2回", "第1回", "第2回", None]
    sheet = [["件名", "架空部品購入"], ["執行日", "平成31年2月19日"], header, below]
    sheet += [[A, 9800000, 9500000, 9000000, 8900000, "決定"], [B, 9900000, "棄権", None, None, None]]
    award = only(workbook(sheet, merged=["B3:C3", "D3:E3"]))
    assert ("contract_price", 8_900_000, 0) in money(award)
    assert len(bids(award)[A]) == 4


def test_each_ruled_table_of_a_page_has_its_own_title() -> None:
    def table(title: str, day: str, *rows: list[str]) -> list[list[str]]:
        return [["工事名", title, "入札日", day], ["業者名", "入札額（円）", "", "結果"], *rows]

    reading = read(
        ruled(
            table("架空給排水工事", "令和元年7月16日", [A, "29,900,000", "", ""], [B, "28,800,000", "", "落札"]),
            table("架空空調工事", "令和元年7月17日", [C, "11,000,000", "", "落札"], [A, "無効", "", ""]),
        )
    )
    assert [(award.title, winners(award)) for award in reading.awards] == [
        ("架空給排水工事", [B]),
        ("架空空調工事", [C]),
    ]


def test_a_bid_that_reaches_over_two_columns_is_one() -> None:
    header = ["件名", "開札日", "入札者", "入札金額（円）", None, "結果"]
    rows = [["架空調査", "R5.3.3", A, 600000, None, "落札"], ["架空調査", "R5.3.3", B, 580000, None, "失格"]]
    award = only(workbook([header, *rows], merged=["D1:E1", "D2:E2", "D3:E3"]))
    assert bids(award) == {A: [600000], B: [580000]}


def test_a_proposal_that_is_chosen_by_its_points_alone() -> None:
    header = ["業務名", "特定通知日", "参加者", "評価点", "特定", "契約金額（税込）"]
    rows = [["架空検討業務", "R4.5.30", A, 78.5, "○", 33000000], ["架空検討業務", "R4.5.30", B, 71.0, None, None]]
    award = only(workbook([header, *rows]))
    assert (winners(award), day(award), money(award)) == ([A], "2022-05-30", [("contract_price", 33_000_000, 0)])


def test_a_mark_before_the_sum_that_was_quoted() -> None:
    header = ["件名", "見積合せ日", "見積業者", "見積金額"]
    rows = [["架空車検", "令和5年4月20日", A, "決定　128,000円"], ["〃", "〃", B, "135,000円"]]
    award = only(workbook([header, *rows]))
    assert (winners(award), day(award), bids(award)) == ([A], "2023-04-20", {A: [128000], B: [135000]})
