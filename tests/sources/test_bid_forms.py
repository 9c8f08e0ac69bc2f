"""Forms of bid results as prefectures and cities publish them: each test pins one form that was not understood at first.

All firms and contracts are made up (架空).
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.sources.forms import BUILD, CLEAN, POWER, bids, day, delimited, money, only, page, read, ruled, workbook

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.sources.bid_titles import title_in

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


@pytest.mark.parametrize("sum_header", ["金額（円・税抜）", "価格（税抜）", "金額"])
def test_the_state_of_each_bidder_marks_the_winner(sum_header: str) -> None:
    rows = [
        ["案件名", "開札日時", "業者名", sum_header, "状態"],
        ["架空更新工事", "R6.4.25 10:00", A, "7,100,000", "非落札"],
    ]
    rows += [
        ["架空更新工事", "R6.4.25 10:00", B, "6,900,000", "落札"],
        ["架空更新工事", "R6.4.25 10:00", C, "", "辞退"],
    ]
    award = only(delimited(rows))
    assert (winners(award), bids(award)) == ([B], {B: [6_900_000], A: [7_100_000], C: []})


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


def text(printed: str, encoding: str = "cp932") -> File:
    return File.of_bytes("kekka.txt", printed.encode(encoding))


def test_a_text_ruled_with_box_characters() -> None:
    award = only(
        text(
            f"""　　　入　札　結　果　表
工事名　　　架空ほ場整備工事
入札年月日　令和４年１１月２２日
予定価格　　３５，２００，０００円（税抜き）
┌────────────┬───────┬───────┬──────┐
│　　業　者　名　　　　　│　第１回入札　│　第２回入札　│　備　考　　│
├────────────┼───────┼───────┼──────┤
│{A}　　　　　│　36,800,000　│　35,000,000　│　落　札　　│
├────────────┼───────┼───────┼──────┤
│{B}　　　　　│　　辞　退　　│　　　　　　　│　　　　　　│
└────────────┴───────┴───────┴──────┘
（注）入札金額は税抜きである。"""
        )
    )
    assert (award.title, day(award), winners(award)) == ("架空ほ場整備工事", "2022-11-22", [A])
    assert bids(award) == {A: [35_000_000, 36_800_000], B: []}


def test_columns_of_a_fixed_width_contract_by_contract() -> None:
    reading = read(
        text(
            f"""件　　　名：架空舗装工事
入　札　日：令和5年6月8日
  業者名                      入札金額        結果
  --------------------------------------------------
  {A}            11,500,000      落札
  {B}            11,900,000

件　　　名：架空除草業務
入　札　日：令和5年6月9日
  業者名                      入札金額        結果
  --------------------------------------------------
  {B}             3,200,000
  {C}         2,980,000      落札
  {A}            辞退
""",
            "utf-8",
        )
    )
    assert not reading.refusals
    assert [(award.title, day(award), winners(award)) for award in reading.awards] == [
        ("架空舗装工事", "2023-06-08", [A]),
        ("架空除草業務", "2023-06-09", [C]),
    ]
    assert bids(reading.awards[1]) == {C: [2_980_000], B: [3_200_000], A: []}


@pytest.mark.parametrize("number", ["{} ", "({})　", "{}．", "（{}）"])
def test_numbered_lines_of_bidders(number: str) -> None:
    lines = [f"{A}　8,700,000円", f"{B}　8,450,000円　落札", f"{C}　辞退"]
    numbered = [number.format(nth) + line for nth, line in enumerate(lines, 1)]
    head = [
        "入札経過調書",
        "",
        "１　件名　架空設備更新",
        "２　開札日　令和6年2月15日",
        "３　入札者及び入札金額（税抜）",
    ]
    award = only(text("\n".join([*head, *numbered, "４　予定価格（税抜）　9,000,000円", "以上（金額は税抜き）"])))
    assert (award.title, day(award), winners(award)) == ("架空設備更新", "2024-02-15", [B])
    assert bids(award) == {B: [8_450_000], A: [8_700_000], C: []}


def test_a_pdf_without_rules() -> None:
    from tests.sources.forms import FONT

    if not FONT.is_file():
        pytest.skip("the font of the made pages is missing")
    import io

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("IPA", str(FONT)))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont("IPA", 10)
    rows = [("件名", "架空点検業務"), ("入札日", "令和4年3月29日"), ("業者名", "入札金額", "摘要")]
    rows += [(A, "1,850,000", "落札"), (B, "1,990,000"), (C, "辞退")]
    for nth, row in enumerate(rows):
        for x, printed in zip((50, 250, 350), row, strict=False):
            canvas.drawString(x, 800 - 18 * nth, printed)
    canvas.save()
    award = only(File.of_bytes("form.pdf", stream.getvalue()))
    assert (award.title, winners(award)) == ("架空点検業務", [A])
    assert bids(award) == {A: [1_850_000], B: [1_990_000], C: []}


BIDDERS = [["業者名", "第1回", "第2回", "備考"], [A, "20,000,000", "18,000,000", "落札"], [B, "21,000,000", "辞退", ""]]


def test_the_title_is_the_heading_of_its_bidders() -> None:
    heading = "<h1>令和4年10月の入札結果</h1><h3>第101号　架空解体工事</h3><p>開札日：令和4年3月3日</p>"
    award = only(page(heading, BIDDERS))
    assert (award.title, day(award), winners(award)) == ("架空解体工事", "2022-03-03", [A])


def test_titles_above_each_list_and_between_the_bidders_of_one_header() -> None:
    blocks = [["（1）架空薬品注入設備工事"], ["入札日", "R4.6.6"], *BIDDERS, [], ["（2）架空管路耐震化工事"]]
    blocks += [["入札日", "R4.6.7"], *BIDDERS]
    groups = [["入札結果"], BIDDERS[0], ["件名：架空火葬炉修繕　入札日：R5.5.30"], *BIDDERS[1:]]
    groups += [["件名：架空処理場点検　入札日：R5.5.31"], *BIDDERS[1:]]
    told = [[(one.title, day(one), winners(one)) for one in read(workbook(rows)).awards] for rows in (blocks, groups)]
    assert told == [
        [("架空薬品注入設備工事", "2022-06-06", [A]), ("架空管路耐震化工事", "2022-06-07", [A])],
        [("架空火葬炉修繕", "2023-05-30", [A]), ("架空処理場点検", "2023-05-31", [A])],
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("第12号　架空橋補修工事", "架空橋補修工事"), ("（３）架空庁舎清掃業務委託", "架空庁舎清掃業務委託"),
        ("架空庁舎改修工事の入札結果について", "架空庁舎改修工事"),
        ("建設工事入札結果", None), ("令和4年度 工事（4月分）", None), ("架空市工事管理課", None), ("第１回入札", None),
        (f"{A}　清掃業務", None), ("金額は税抜き。工事分", None),
    ],
)  # fmt: skip
def test_which_lines_are_titles(line: str, title: str | None) -> None:
    assert title_in(line) == title
