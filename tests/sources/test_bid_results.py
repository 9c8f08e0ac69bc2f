"""Tables of bids: each test pins one way in which real ones mislead a reader."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from tsukitome.awards import Award
from tsukitome.documents.delimited import delimited_table
from tsukitome.documents.file import File
from tsukitome.documents.table import Cell, Row, Table, table_of
from tsukitome.documents.tables import read_tables
from tsukitome.documents.workbook import read_workbook
from tsukitome.sources.bid_cells import mark_of, period_of
from tsukitome.sources.bid_results import looks_like_bid_results, read_bid_results
from tsukitome.sources.bid_ventures import members_of
from tsukitome.sources.contract_table import looks_like as looks_like_contract_table
from tsukitome.sources.reading import Reading

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("TSUKITOME_REAL_DATA", BESIDE))
WORKBOOKS = sorted((FOLDER / "mlit").glob("*/*.xls*"))
SOME = [path for path in WORKBOOKS if re.search("kinki.*20(?:1907|2010|2108)|kanto_consulting_2020", path.name)]

TITLE = "建設工事の入札結果データ（平成３０年度４月分）"
TOP = ["部局名", "工事名", "入札日", "契約日", "工種区分", "入札方式", "入札業者名", "本店住所", "予定価格\n（税抜き）",
       "調査基準価格\n（税抜き）", "入札結果", "", "", "", "見積金額\n（税抜き）", "備考"]  # fmt: skip
MIDDLE = [""] * 10 + ["１回目", "", "２回目", "", "", ""]
BOTTOM = [""] * 10 + ["金額", "評価値", "金額", "評価値", "", ""]
OFFICE = "近畿地方整備局　大戸川ダム工事事務所"
BASE: dict[str, Any] = {
    "office": OFFICE, "title": "見本川護岸工事", "opened": dt.date(2018, 4, 3), "contracted": dt.date(2018, 4, 20),
    "kind": "一般土木工事", "method": "一般競争入札（拡大型）", "bidder": "（株）見本組", "address": "京都府京都市中京区見本町６４",
    "reserve": 50000000, "floor": 45000000, "first": None, "score": None, "second": None, "score2": None,
    "estimate": None, "remark": None,
}  # fmt: skip


def row(**changed: Any) -> list[Any]:
    return list((BASE | changed).values())


def workbook(
    *rows: list[Any], above: tuple[str, ...] = (TITLE, ""), sheet: str = "工事", **more: list[list[Any]]
) -> File:
    """A workbook laid out as the bureaus': title, blank row, three header rows with their merged cells, then ``rows``."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for values in ([line] for line in above):
        page.append(values)
    top = len(above) + 1
    for values in (TOP, MIDDLE, BOTTOM, *rows):
        page.append(values)
    for column in (*range(1, 11), 15, 16):
        page.merge_cells(start_row=top, end_row=top + 2, start_column=column, end_column=column)
    page.merge_cells(start_row=top, end_row=top, start_column=11, end_column=14)
    for column in (11, 13):
        page.merge_cells(start_row=top + 1, end_row=top + 1, start_column=column, end_column=column + 1)
    for name, values_of in more.items():
        other = book.create_sheet(name)
        for values in values_of:
            other.append(values)
    stored = io.BytesIO()
    book.save(stored)
    return File.of_bytes("bids.xlsx", stored.getvalue())


def read(file: File) -> Reading:
    return read_bid_results(file, read_workbook(file).tables)


def only(*rows: list[Any], **more: Any) -> Award:
    reading = read(workbook(*rows, **more))
    assert len(reading.awards) == 1, reading
    return reading.awards[0]


def money(award: Award) -> list[tuple[str, float, int | None]]:
    return [(amount.role, amount.yen, amount.supplier) for amount in award.amounts]


def city(text: str) -> Reading:
    table = delimited_table(text) if isinstance(text, str) else text
    return read_bid_results(File.of_bytes("city.csv", text.encode()), [table])


def cells(*rows: list[Any]) -> Table:
    return table_of([[Cell.of(value) for value in values] for values in rows], sheet="Sheet1")


def test_those_who_bid_are_counted() -> None:
    won = row(bidder="乙建設（株）", first=46000000, remark="落札")
    assert only(won).tenderers == 1
    assert only(won, row(bidder="丙工業（株）", first="辞退")).tenderers == 1
    assert only(won, row(bidder="丙工業（株）", first=47000000, second="辞退")).tenderers == 2
    assert only(won, row(bidder="丙工業（株）", first="無効"), row(bidder="（株）甲組", first=48000000)).tenderers == 3


def test_one_award_with_its_bidders() -> None:
    award = only(
        row(bidder="（株）甲組", first=48000000),
        row(bidder="乙建設（株）", first="46,000,000", score=21.5, remark="落札", address="兵庫県姫路市見本１－１"),
        row(bidder="丙工業（株）", first="辞退"),
    )
    assert [(s.name, s.role) for s in award.suppliers] == [
        ("乙建設株式会社", "awarded"), ("株式会社甲組", "bidder"), ("丙工業株式会社", "bidder"),
    ]  # fmt: skip
    assert money(award) == [("contract_price", 46000000, 0), ("bid", 48000000, 1), ("reserve_price", 50000000, None)]
    assert award.amounts[0].quote == "46,000,000"
    assert {amount.tax for amount in award.amounts} == {"excluded"}
    assert (award.suppliers[0].address, award.suppliers[0].municipality_code) == ("兵庫県姫路市見本1-1", "28201")
    assert award.buyer == "近畿地方整備局 大戸川ダム工事事務所"
    assert (award.dates.award, award.dates.contract) == (dt.date(2018, 4, 3), dt.date(2018, 4, 20))
    assert (award.procurement_method, award.procurement_method_details) == ("open", "一般競争入札（拡大型）")
    assert (award.source.kind, award.source.sheet, award.source.row) == ("bid_results", "工事", 7)
    assert award.source.quote.startswith("近畿地方整備局　大戸川ダム工事事務所 | 見本川護岸工事 | 2018-04-03")
    assert award.source.quote.endswith(
        "乙建設（株） | 兵庫県姫路市見本１－１ | 50000000 | 45000000 | 46,000,000 | 21.5 | 落札"
    )
    assert award.warnings == ()


@pytest.mark.parametrize(
    "above", [(), (TITLE,), ("別添４", "", TITLE, ""), ("", TITLE, "（注意事項）", "※見積金額について", "", "")]
)
def test_the_header_may_stand_on_any_row(above: tuple[str, ...]) -> None:
    award = only(row(first=46000000, remark="落札"), above=above)
    assert award.source.row == len(above) + 4


def test_the_last_round_is_the_price_and_each_round_before_it_a_bid() -> None:
    award = only(
        row(first=55000000, second=49000000, remark="落札"), row(bidder="甲（株）", first=56000000, second="辞退")
    )
    assert money(award) == [
        ("contract_price", 49000000, 0), ("bid", 55000000, 0), ("bid", 56000000, 1), ("reserve_price", 50000000, None),
    ]  # fmt: skip


def test_what_was_agreed_after_the_rounds_is_the_price() -> None:
    award = only(row(first=55000000, second=51000000, estimate=49900000, remark="決定"))
    assert money(award)[:3] == [("contract_price", 49900000, 0), ("bid", 55000000, 0), ("bid", 51000000, 0)]


def test_a_contract_without_rounds_has_its_price_in_the_estimate_column() -> None:
    award = only(
        row(method="　　随意契約", estimate=49000000, remark="決定"),
        row(bidder="甲（株）", estimate=50500000, method="　　随意契約"),
    )
    assert money(award)[:2] == [("contract_price", 49000000, 0), ("bid", 50500000, 1)]
    assert (award.procurement_method, award.procurement_method_details) == ("limited", "随意契約")


def test_an_estimate_of_zero_is_no_price() -> None:
    award = only(row(first=48000000, estimate=0, remark="落札"))
    assert money(award) == [("contract_price", 48000000, 0), ("reserve_price", 50000000, None)]
    assert award.warnings == ("amount 0 is no price and was left out",)


@pytest.mark.parametrize("word", ["不参加", " 不参加", "辞退", "無効", "失格", "-", "－", " ", "予定価格超過"])
def test_words_for_no_bid_are_no_amounts(word: str) -> None:
    award = only(row(first=46000000, remark="落札"), row(bidder="甲（株）", first=word, second=word))
    assert [amount.role for amount in award.amounts] == ["contract_price", "reserve_price"]
    assert award.warnings == ()


def test_a_price_of_a_contract_at_unit_prices_is_no_total() -> None:
    award = only(row(title="図面作成業務（単価契約）", reserve=55200, first=26700, remark="落札"))
    assert money(award) == [("unit_price", 26700, 0), ("reserve_price", 55200, None)]
    assert "単価契約" in award.warnings[0]
    assert only(row(title="街路樹剪定（単価契約）", first=26700000, remark="落札")).amounts[0].role == "contract_price"
    low = only(row(title="図面修正業務", reserve=51700, first=23000, remark="落札"))
    assert (low.amounts[0].role, low.warnings) == (
        "contract_price", ("the price 23000 is very low: it may be a price per unit",),
    )  # fmt: skip


def test_a_price_above_the_reserve_price_is_said() -> None:
    """kinki_consulting_202003, row 33: the reserve price lacks a zero."""
    award = only(row(reserve=1683000, estimate=16830000, remark="決定"))
    assert award.warnings == ("the price is above the reserve price 1683000: one of the two is misprinted",)


def test_a_score_in_the_column_of_amounts_is_no_price() -> None:
    """kinki_construction_202108, row 181: 0.5 stands where the amount of a round would."""
    award = only(row(first=29200000, second=0.5, remark="落札"))
    assert money(award)[0] == ("contract_price", 29200000, 0)
    assert award.warnings == ("amount 0.5 is no price and was left out",)


def test_an_amount_that_cannot_be_read_is_said() -> None:
    award = only(row(first=46000000, remark="落札"), row(bidder="甲（株）", first="別紙参照"))
    assert award.warnings == ("amount '別紙参照' was not understood",)


@pytest.mark.parametrize("changed", [{"reserve": 60000000}, {"opened": dt.date(2018, 4, 4)}, {"contracted": dt.date(2018, 4, 21)},
                                     {"office": "近畿地方整備局　見本事務所"}])  # fmt: skip
def test_contracts_of_one_name_stay_apart(changed: dict[str, Any]) -> None:
    reading = read(workbook(row(first=46000000, remark="落札"), row(first=47000000, remark="落札", **changed)))
    assert [award.source.row for award in reading.awards] == [6, 7]


def test_rows_sorted_away_from_their_winner_come_back() -> None:
    """kinki_consulting_201907: the losers of many contracts stand at the top of the sheet."""
    reading = read(
        workbook(
            row(bidder="甲（株）", first="無効"),
            row(title="別の工事", bidder="乙（株）", first=40000000, remark="落札"),
            row(bidder="丙（株）", first=46000000, remark="落札"),
        )
    )
    first, second = reading.awards
    assert [supplier.name for supplier in first.suppliers] == ["丙株式会社", "甲株式会社"]
    assert (first.source.row, second.title) == (8, "別の工事")


def test_two_winners_apart_are_two_contracts() -> None:
    reading = read(
        workbook(
            row(bidder="甲（株）", first=46000000, remark="落札"),
            row(title="別の工事", bidder="乙（株）", first=40000000, remark="落札"),
            row(bidder="丙（株）", first=46000000, remark="落札"),
        )
    )
    assert [len(award.suppliers) for award in reading.awards] == [1, 1, 1]


def test_no_mark_leaves_bidders_only() -> None:
    award = only(row(first=47000000), row(bidder="甲（株）", first=48000000))
    assert {supplier.role for supplier in award.suppliers} == {"bidder"}
    assert [amount.role for amount in award.amounts] == ["bid", "bid", "reserve_price"]
    assert award.warnings == ("no bidder is marked as the winner",)
    assert award.source.row == 6


def test_several_winners_side_by_side_are_kept_and_said() -> None:
    award = only(row(first=46000000, remark="落札"), row(bidder="甲（株）", first=46000000, remark="落札"))
    assert [supplier.role for supplier in award.suppliers] == ["awarded", "awarded"]
    assert money(award)[:2] == [("contract_price", 46000000, 0), ("contract_price", 46000000, 1)]
    assert award.warnings == ("2 bidders are marked as winners",)


def test_marks() -> None:
    assert [mark_of(text) for text in ("落札", "決定", "落札（くじ）", "落 札", "随契決定")] == ["won"] * 5
    assert [mark_of(text) for text in ("落札候補者", "落札者なし", "未決定", "不落札")] == ["not_won"] * 4
    assert [mark_of(text) for text in ("辞退", "特重無効", "失格")] == ["no_bid"] * 3
    assert [mark_of(text) for text in ("", "-", "低入札調査")] == [None] * 3
    assert (mark_of("○", "落札"), mark_of("○", "備考")) == ("won", None)


def test_remarks_that_are_no_mark_are_kept_as_warnings() -> None:
    award = only(
        row(first=46000000, remark="落札"),
        [*row(bidder="甲（株）", first="辞退"), "データなし？"],
        row(remark="再公告"),
    )
    assert award.warnings == ("remark on 甲（株） (row 7): 'データなし？'", "remark on （株）見本組 (row 8): '再公告'")


def test_a_row_without_a_bidder_is_refused_with_its_place() -> None:
    reading = read(workbook(row(first=46000000, remark="落札"), ["", "", "", "協和道路（株）"]))
    assert [(r.place, r.reason, r.quote) for r in reading.refusals] == [
        ("sheet 工事, row 7", "a row that names no bidder.", "協和道路（株）")
    ]


def test_sheets_that_are_no_table_are_refused_unless_they_are_empty() -> None:
    reading = read(
        workbook(
            row(first=46000000, remark="落札"),
            項目の条件=[["項目", "記載要領"], ["部局名", "…と記載すること"]],
            空=[],
            修正=[["修正等履歴一覧"]],
        )
    )
    assert len(reading.awards) == 1
    assert [refusal.place for refusal in reading.refusals] == ["sheet 項目の条件", "sheet 修正"]


@pytest.mark.parametrize(
    ("sheet", "above"),
    [("公表用フォーマット（記入例）", (TITLE,)), ("工事", ("【記入例】", TITLE)), ("別添４　記載例", ())],
)
def test_an_example_of_the_form_is_no_award(sheet: str, above: tuple[str, ...]) -> None:
    reading = read(workbook(row(first=17890000, remark="落札", bidder="豊○建設（株）"), sheet=sheet, above=above))
    assert reading.awards == ()
    assert "example" in reading.refusals[0].reason


def test_a_venture_stands_with_its_members_if_it_won() -> None:
    award = only(
        row(bidder="大林・飛島特定建設工事共同企業体", first=46000000, remark="落札"),
        row(bidder="甲・乙野特定建設工事共同企業体", first=47000000),
    )
    assert [(s.name, s.role) for s in award.suppliers] == [
        ("大林・飛島特定建設工事共同企業体", "awarded"), ("大林", "jv_member"), ("飛島", "jv_member"),
        ("甲・乙野特定建設工事共同企業体", "bidder"),
    ]  # fmt: skip
    assert money(award)[1] == ("bid", 47000000, 3)


@pytest.mark.parametrize(("name", "title", "members", "cut"), [
    ("Ｈ３０霞ヶ浦水環境対策検討業務河川財団・日水コン設計共同体", "Ｈ３０霞ヶ浦水環境対策検討業務", ("河川財団", "日水コン"),
     False),
    ("Ｈ３０下館管内維持管理検討業務河川財団・エコー・建設技術研究所設計共同", "Ｈ３０下館管内維持管理検討業務",
     ("河川財団", "エコー", "建設技術研究所"), True),
    ("Ｈ３０八斗島上流域洪水予測システム改良検討業務建設技術研究所・河川情報", "Ｈ３０八斗島上流域洪水予測システム改良検討業務",
     ("建設技術研究所",), True),
    ("Ｈ３０・３１八ッ場ダム環境モニタリング調査検討業務水源地環境センター・", "Ｈ３０・３１八ッ場ダム環境モニタリング調査検討業務",
     ("水源地環境センター",), True),
    ("横浜湘南道路藤沢立坑工事大成・五洋特定建設工事共同企業体", "Ｒ１横浜湘南道路藤沢立坑その２工事", ("大成", "五洋"), False),
    ("岐建・田中シビルテック地域維持型建設共同企業体", "冠山峠道路維持工事", ("岐建", "田中シビルテック"), False),
    ("美才治・清水（共）", "護岸工事", ("美才治", "清水"), False),
    ("（株）アイ・ディー・エー", "護岸工事", (), False),
    ("三井共同建設コンサルタント（株）", "護岸工事", (), False),
])  # fmt: skip
def test_members_of_ventures(name: str, title: str, members: tuple[str, ...], cut: bool) -> None:
    found, warning = members_of(name, title)
    assert (found, warning is not None) == (members, cut)


@pytest.mark.parametrize(("printed", "method"), [
    ("一般競争入札（ＷＴＯ対象） ", "open"), ("一般競争入札（政府調達協定対象を除く）", "open"),
    ("通常指名競争入札", "selective"),
    ("公募型指名競争入札", "selective"), ("簡易公募型競争入札", "selective"), ("随意契約", "limited"),
    ("簡易公募型プロポーザル方式", "limited"),
])  # fmt: skip
def test_methods(printed: str, method: str) -> None:
    assert only(row(method=printed, first=46000000, remark="落札")).procurement_method == method


def test_days_without_a_year_take_it_from_the_title() -> None:
    award = only(row(opened="3月28日", contracted="4月5日", first=46000000, remark="落札"))
    assert (award.dates.award, award.dates.contract) == (dt.date(2018, 3, 28), dt.date(2018, 4, 5))


def test_periods_of_titles() -> None:
    assert period_of(["建設工事の入札結果データ（平成30年度分）"]) == (dt.date(2018, 4, 1), dt.date(2019, 3, 31))
    assert period_of(["（令和３年６月分）"]) == (dt.date(2020, 7, 1), dt.date(2021, 6, 30))
    assert period_of(["（平成３１年度３月分）"]) is None  # printed by one bureau for March of 2019
    assert period_of(["建設工事の入札結果データ（平成○年度○月分）"]) is None


CITY = """豊島区　入札結果一覧（平成29年度）,,,,,,,
担当課,件名,開札日,契約方法,業者名,第1回,,結果
,,,,,入札金額（円）,,
道路課,池袋通り清掃委託,平成29年8月9日,指名競争入札,株式会社甲,"1,200,000",,
,,,,乙清掃株式会社,"1,100,000",,落札
,,,,丙株式会社,辞退,,
公園課,樹木せん定委託,8月10日,指名競争入札,株式会社甲,"2,000,000",,○
※金額は税抜きです。
"""


def test_a_city_prints_the_contract_once_and_no_merged_cells() -> None:
    reading = city(CITY)
    first, second = reading.awards
    assert (first.buyer, first.title, first.source.row) == ("豊島区 道路課", "池袋通り清掃委託", 5)
    assert [(s.name, s.role) for s in first.suppliers] == [
        ("乙清掃株式会社", "awarded"), ("株式会社甲", "bidder"), ("丙株式会社", "bidder"),
    ]  # fmt: skip
    assert money(first) == [("contract_price", 1100000, 0), ("bid", 1200000, 1)]
    assert first.amounts[0].tax is None
    assert (first.dates.award, first.procurement_method) == (dt.date(2017, 8, 9), "selective")
    assert second.dates.award == dt.date(2017, 8, 10)
    assert second.warnings == ("no bidder is marked as the winner", "remark on 株式会社甲 (row 7): '○'")
    assert reading.refusals == ()


def test_columns_of_their_own_for_winner_price_and_day() -> None:
    table = cells(
        [
            "案件番号",
            "件名",
            "入札者",
            "入札金額（税抜）",
            "落札者",
            "契約金額（税込）",
            "入札日",
            "落札決定日",
            "契約締結日",
            "予定価格（税抜）",
            "落札率",
        ],
        ["1", "備品", "甲株式会社", 100, "（株）乙", 99, "H29.8.1", "H29.8.9", "H29.8.10", 110, "81.8%"],
        ["1", "備品", "株式会社乙", 90, "（株）乙", 99, "H29.8.1", "H29.8.9", "H29.8.10", 110, "81.8%"],
        ["2", "備品", "甲株式会社", 80, "（株）丁", 88, "H29.8.1", "H29.8.9", "H29.8.10", 110, ""],
    )
    first, second = read_bid_results(File.of_bytes("a.csv", b"a"), [table]).awards
    assert [(amount.role, amount.yen, amount.tax, amount.supplier) for amount in first.amounts] == [
        ("contract_price", 99, "included", 0), ("bid", 90, "excluded", 0), ("bid", 100, "excluded", 1),
        ("reserve_price", 110, "excluded", None),
    ]  # fmt: skip
    assert first.suppliers[0].name == "株式会社乙"
    assert (first.dates.award, first.dates.contract) == (dt.date(2017, 8, 9), dt.date(2017, 8, 10))
    assert first.award_rate == 0.818
    assert (second.suppliers[0].name, second.suppliers[0].role) == ("株式会社丁", "awarded")
    assert "the winner '（株）丁' is not among the bidders" in second.warnings


@pytest.mark.parametrize("header", ["担当", "主任", "担当者", "担当官", "執行者", "立会人", "氏名", "担当（内線）"])
def test_officers_columns_are_quoted_nowhere(header: str) -> None:
    reading = city(lines(
        f"件名,業者名,入札金額,結果,{header},執行者", "備品,甲株式会社,100000,落札,架空 太郎,架空 次郎",
        "備品,,,,架空 太郎,架空 次郎",
        "合計,,100000,,架空 太郎,架空 次郎",
    ))  # fmt: skip
    assert (len(reading.awards), len(reading.refusals)) == (1, 2)
    assert "架空" not in repr(reading)


@pytest.mark.parametrize(
    "line",
    [
        "入札執行者,財政課長 架空 太郎,,立会人",
        "立会人：架空　太郎,,,",
        "担当者,架空 太郎,,",
        "（入札執行者）,架空太郎,,",
    ],
)
def test_a_line_about_officials_below_the_bids_names_no_bidder(line: str) -> None:
    one = "件名,護岸工事,,\n開札日,2018-04-03,,\nNo.,業者名,入札額,摘要\n1,甲株式会社,100000,落札\n"
    for text in (one, "件名,業者名,入札額,摘要\n護岸工事,甲株式会社,100000,落札\n"):
        reading = city(text + line + "\n")
        (award,) = reading.awards
        assert told(award) == [("甲株式会社", "awarded")]
        assert "架空" not in repr(reading)
        assert len(reading.refusals) == 1


def test_lots_of_one_title_are_contracts_of_their_own() -> None:
    reading = city(lines("件名,ロット,業者名,入札額,結果", "賃貸借,1,乙株式会社,10,落札", "賃貸借,1,丙株式会社,11,",
                         "賃貸借,2,丙株式会社,20,落札", "賃貸借,2,乙株式会社,21,"))  # fmt: skip
    assert [told(award) for award in reading.awards] == [
        [("乙株式会社", "awarded"), ("丙株式会社", "bidder")], [("丙株式会社", "awarded"), ("乙株式会社", "bidder")],
    ]  # fmt: skip


def test_a_name_in_a_column_that_is_not_understood_is_masked() -> None:
    reading = city(
        lines(
            "件名,業者名,入札金額,結果,扱,",
            "備品,甲株式会社,100000,落札,架空 太郎,架空　花子",
            "備品,,,,架空 太郎,架空　花子",
        )
    )
    assert (len(reading.awards), len(reading.refusals)) == (1, 1)
    assert "架空" not in repr(reading)


def test_officials_are_kept_nowhere() -> None:
    table = cells(
        ["契約担当官", "件名", "業者名", "入札金額", "備考"],
        ["支出負担行為担当官 見本地方整備局長 架空 太郎", "備品", "甲株式会社", 100, "落札"],
        ["支出負担行為担当官 見本地方整備局長 架空 太郎", "備品", "", "", ""],
    )
    reading = read_bid_results(File.of_bytes("a.csv", b"a"), [table])
    assert reading.awards[0].buyer == "見本地方整備局"
    assert "架空" not in repr(reading)


def test_ids_depend_on_bytes_and_place() -> None:
    file = workbook(row(first=46000000, remark="落札"))
    assert read(file).awards[0].award_id == f"{file.sha256[:16]}:s1-r6"


def test_contract_tables_are_no_tables_of_bids() -> None:
    table = cells(
        ["件名", "契約の相手方", "契約締結日", "契約金額", "応札者数", "備考"], ["備品", "甲", "H29.8.1", 1, 2, ""]
    )
    assert not looks_like_bid_results([table])
    assert not looks_like_bid_results([cells(["件名", "業者名", "金額", "契約日"], ["備品", "甲", 1, "H29.8.1"])])
    bids = read_workbook(workbook(row(first=1, remark="落札"))).tables
    assert looks_like_bid_results(bids)
    assert not looks_like_contract_table(bids)


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def told(award: Award) -> list[tuple[str, str]]:
    return [(supplier.name, supplier.role) for supplier in award.suppliers]


WON = [("乙株式会社", "awarded"), ("甲株式会社", "bidder")]


@pytest.mark.parametrize("header", ["第1回入札", "第１回", "１回目", "1回目入札", "第1回入札額"])
def test_a_bare_round_beside_a_bidder_is_a_bid(header: str) -> None:
    text = lines(
        f"件名,入札参加者,{header},結果,開札日",
        "護岸,甲株式会社,120,,2018-04-03",
        "護岸,乙株式会社,110,落札,2018-04-03",
    )
    (award,) = city(text).awards
    assert looks_like_bid_results([delimited_table(text)])
    assert (told(award), money(award)) == (WON, [("contract_price", 110, 0), ("bid", 120, 1)])


def test_bare_rounds_may_stand_below_the_bidders_header() -> None:
    table = cells(
        ["件名", "入札参加者", None, None, "結果", "開札日"],
        ["", "業者名", "第1回入札", "第2回入札", "", ""],
        ["護岸", "甲株式会社", 120, "辞退", "", "2018-04-03"],
        ["護岸", "乙株式会社", 110, 100, "落札", "2018-04-03"],
    )
    covered = Table(
        (
            Row(1, (*table.rows[0].cells[:2], *[table.rows[0].cells[1].cover()] * 2, *table.rows[0].cells[4:])),
            *table.rows[1:],
        )
    )
    for each in (table, covered):
        (award,) = read_bid_results(File.of_bytes("a.csv", b"a"), [each]).awards
        assert (told(award), money(award)) == (WON, [("contract_price", 100, 0), ("bid", 110, 0), ("bid", 120, 1)])


def test_a_score_below_a_round_is_no_bid() -> None:
    text = lines(
        "件名,業者名,第1回,,結果", ",,入札金額,評価値,", "護岸,甲株式会社,120,99,", "護岸,乙株式会社,110,98,落札"
    )
    (award,) = city(text).awards
    assert money(award) == [("contract_price", 110, 0), ("bid", 120, 1)]


@pytest.mark.parametrize(("header", "mark", "other"), [
    ("落札", "○", ""), ("落札", "落札", "-"), ("落札者", "◎", ""), ("落札者", "落札", ""), ("落札者", "○", "×"),
    ("落札の有無", "○", ""), ("落札の有無", "有", "無"),
])  # fmt: skip
def test_a_column_of_marks(header: str, mark: str, other: str) -> None:
    text = lines(f"件名,入札参加者,入札金額,{header}", f"護岸,甲株式会社,120,{other}", f"護岸,乙株式会社,110,{mark}")
    (award,) = city(text).awards
    assert (told(award), money(award)) == (WON, [("contract_price", 110, 0), ("bid", 120, 1)])
    assert set(award.warnings) == {"the buyer is not printed", "no day of the award or the contract could be read"} | (
        {"the price 110 is very low: it may be a price per unit"}
    )


@pytest.mark.parametrize("nobody", ["落札者なし", "不調", "×", "-"])
def test_a_column_of_winners_without_one_names_no_supplier(nobody: str) -> None:
    (award,) = city(lines("件名,入札参加者,入札金額,落札者", f"護岸,甲株式会社,120,{nobody}")).awards
    assert told(award) == [("甲株式会社", "bidder")]
    assert "no bidder is marked as the winner" in award.warnings


WIDE = [("株式会社乙", "awarded"), ("丙株式会社", "bidder")]


@pytest.mark.parametrize("header", [
    "入札者1,入札額1,入札者2,入札額2", "入札者１,入札額１,入札者２,入札額２", "業者名①,入札金額①,業者名②,入札金額②",
    "入札者,入札額,入札者,入札額",
])  # fmt: skip
def test_bidders_side_by_side_have_their_own_bids(header: str) -> None:
    text = lines(
        f"工事名,落札者,落札金額,{header},開札日",
        "護岸,（株）乙,10000000,丙株式会社,11900000,株式会社乙,10000000,2018-04-03",
        "道路,甲株式会社,20000000,甲株式会社,20000000,,,2018-04-03",
        "道路,甲株式会社,21000000,丙株式会社,22000000,,,2018-04-03",
    )
    reading = city(text)
    first, second, third = reading.awards
    assert told(first) == WIDE
    assert money(first) == [("contract_price", 10000000, 0), ("bid", 11900000, 1)]
    assert (
        first.source.quote == "護岸 | （株）乙 | 10000000 | 丙株式会社 | 11900000 | 株式会社乙 | 10000000 | 2018-04-03"
    )
    assert (told(second), money(second)) == ([("甲株式会社", "awarded")], [("contract_price", 20000000, 0)])
    assert told(third) == [("甲株式会社", "awarded"), ("丙株式会社", "bidder")]
    assert money(third) == [("contract_price", 21000000, 0), ("bid", 22000000, 1)]
    assert reading.refusals == ()


@pytest.mark.parametrize("header", [
    "工事名,開札日,入札者1,入札額1,結果1,入札者2,入札額2,結果2", "工事名,開札日,業者名1,金額1,結果1,業者名2,金額2,結果2",
])  # fmt: skip
def test_bidders_side_by_side_have_their_own_marks(header: str) -> None:
    text = lines(header, "護岸,2018-04-03,丙株式会社,11900000,,株式会社乙,10000000,落札")
    (award,) = city(text).awards
    assert (told(award), money(award)) == (WIDE, [("contract_price", 10000000, 0), ("bid", 11900000, 1)])


@pytest.mark.parametrize("header", [
    "工事名,落札者,入札者1,第1回入札1,第2回入札1,入札者2,第1回入札2,第2回入札2",
    "工事名,落札者,入札者1,,,入札者2,,\n,,業者名,第1回,第2回,業者名,第1回,第2回",
])  # fmt: skip
def test_bidders_side_by_side_have_their_own_rounds(header: str) -> None:
    text = lines(header, "護岸,株式会社乙,丙株式会社,11900000,辞退,株式会社乙,11000000,9900000")
    (award,) = city(text).awards
    assert told(award) == WIDE
    assert money(award) == [("contract_price", 9900000, 0), ("bid", 11000000, 0), ("bid", 11900000, 1)]


def test_names_side_by_side_before_their_bids_are_told_by_number() -> None:
    text = lines(
        "工事名,落札者,落札金額,入札者1,入札者2,入札額1,入札額2",
        "護岸,（株）乙,10000000,丙株式会社,株式会社乙,11900000,10000000",
    )
    (award,) = city(text).awards
    assert (told(award), money(award)) == (WIDE, [("contract_price", 10000000, 0), ("bid", 11900000, 1)])


def test_bidders_side_by_side_whose_bids_are_not_told_apart_give_the_winners_price_only() -> None:
    text = lines(
        "工事名,落札者,落札金額,入札者1,入札者2,入札額", "護岸,（株）乙,10000000,丙株式会社,株式会社乙,11900000"
    )
    (award,) = city(text).awards
    assert (told(award), money(award)) == (WIDE, [("contract_price", 10000000, 0)])
    assert "bids that can't be told apart by bidder were left out" in award.warnings


ONE = lines(
    "見本市　入札結果", "発注機関：架空市土木部", "工事名,護岸工事", "開札日,平成30年4月3日", "予定価格（税抜）,5000000", "",
    "入札参加者,第1回入札,第2回入札,結果", "甲株式会社,4900000,辞退,", "乙株式会社,4800000,4700000,落札", "※くじ", "",
    "工事名：道路工事", "開札日：平成30年4月4日", "入札参加者,第1回入札,第2回入札,結果", "丙株式会社,3000000,,落札",
    "落札金額,3000000",
)  # fmt: skip


def test_a_sheet_of_one_contract_a_block() -> None:
    assert looks_like_bid_results([delimited_table(ONE)])
    reading = city(ONE.replace("見本市　入札結果\n", ""))
    first, second = reading.awards
    assert (first.title, first.buyer, first.dates.award) == ("護岸工事", "架空市土木部", dt.date(2018, 4, 3))
    assert told(first) == WON
    assert money(first) == [
        ("contract_price", 4700000, 0), ("bid", 4800000, 0), ("bid", 4900000, 1), ("reserve_price", 5000000, None),
    ]  # fmt: skip
    assert first.source.quote == "護岸工事 | 平成30年4月3日 | 5000000 | 乙株式会社 | 4800000 | 4700000 | 落札"
    assert (second.title, second.buyer, second.dates.award) == ("道路工事", "架空市土木部", dt.date(2018, 4, 4))
    assert (told(second), money(second)) == ([("丙株式会社", "awarded")], [("contract_price", 3000000, 0)])
    assert reading.refusals == ()  # 落札金額 below the bidders is read with the labels above them


@pytest.mark.parametrize(("line", "buyer"), [
    ("発注機関：架空市土木部", "架空市土木部"), ("発注者,架空市", "架空市"),
    ("架空市　入札結果\n発注者：土木部", "架空市 土木部"), ("工事場所,架空市見本町", None), ("工事場所：架空市", None),
    ("発注者：架空市　土木部　道路課", "架空市 土木部 道路課"),
    ("発注者：架空市土木部 田村 太郎", "架空市土木部"), ("発注者：架空市長　架空　太郎", "架空市"), ("発注者：架空　太郎", None),
])  # fmt: skip
def test_a_line_above_the_table_names_the_buyer(line: str, buyer: str | None) -> None:
    (award,) = city(lines(line, "件名,入札参加者,入札金額,結果", "護岸,甲株式会社,120,落札")).awards
    assert award.buyer == buyer
    assert "太郎" not in repr(award)


def rows_of(path: Path) -> dict[int, tuple[str, str, float, str]]:
    """The slow count: by its row, the bidder, title, last amount and contract day of each row marked as the winner's."""
    found = {}
    for name in (workbook := CalamineWorkbook.from_path(path)).sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        top = next((at for at, values in enumerate(rows) if values[0] == "部局名" and "備考" in values), None)
        if top is None or "例" in name:
            continue
        header = rows[top]
        bidder, remark = header.index("入札業者名"), header.index("備考")
        amounts = [at for at, text in enumerate(rows[top + 2]) if text == "金額"] + [remark - 1]
        for number, values in enumerate(rows[top + 3 :], start=top + 4):
            if str(values[remark]).strip() in ("落札", "決定"):
                given = [str(values[at]).replace(",", "").strip() for at in amounts]
                numbers = [float(text) for text in given if re.fullmatch("[0-9.]+", text) and float(text) >= 1]
                found[number] = (str(values[bidder]), " ".join(str(values[1]).split()), numbers[-1], str(values[3]))
    return found


@pytest.mark.skipif(not SOME, reason="real data not here (TSUKITOME_REAL_DATA)")
@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_as_a_slow_count_says(path: Path) -> None:
    file = File.read(path, path.name)
    reading = read_bid_results(file, read_tables(file).tables)
    read_rows = {}
    for award in reading.awards:
        won = [at for at, supplier in enumerate(award.suppliers) if supplier.role == "awarded"]
        prices = [amount for amount in award.amounts if amount.role in ("contract_price", "unit_price")]
        if won:
            assert [price.supplier for price in prices] == won
            printed = award.suppliers[won[0]].printed
            read_rows[award.source.row] = (printed, award.title, float(prices[0].yen), str(award.dates.contract))
    assert read_rows == rows_of(path)
    assert len(reading.awards) - len(read_rows) <= 1


def test_sums_and_dittos() -> None:
    reading = city(lines(
        "件名,開札日,業者名,入札金額,結果", "護岸,2018-04-03,乙株式会社,100000,落札", '〃,〃,丙株式会社,110000,',
        '"""","""",甲株式会社,辞退,', "計,,1件,100000,", "合計,,,100000,",
    ))  # fmt: skip
    (award,) = reading.awards
    assert told(award) == [("乙株式会社", "awarded"), ("丙株式会社", "bidder"), ("甲株式会社", "bidder")]
    assert [refusal.reason for refusal in reading.refusals] == ["2 rows are sums and hold no award of their own."]


@pytest.mark.parametrize(("header", "won", "lost"), [
    ("件名,業者名,入札額,順位", "1", "2"), ("件名,業者名,入札額,順位", "第１位", "２位"),
    ("件名,入札業者名,金額,備考", "落札者", ""),
    ("件名,入札参加者,入札額,摘要", "決定", "失格"),
])  # fmt: skip
def test_the_winner_in_any_column(header: str, won: str, lost: str) -> None:
    reading = city(lines(header, f"護岸,丙株式会社,11900000,{lost}", f"護岸,株式会社乙,10000000,{won}"))
    (award,) = reading.awards
    assert (told(award), money(award)) == (WIDE, [("contract_price", 10000000, 0), ("bid", 11900000, 1)])


def test_rank_1_of_a_bid_that_does_not_count_is_no_winner() -> None:
    (award,) = city(
        lines("件名,業者名,入札額,順位,備考", "護岸,丙株式会社,119,1,予定価格超過", "護岸,株式会社乙,120,2,")
    ).awards
    assert {role for _, role in told(award)} == {"bidder"}


def test_a_mark_in_the_bidders_cell_and_a_day_in_the_heading() -> None:
    text = lines(
        "見本町　入札結果　令和5年6月8日執行",
        "工事名,入札者名,入札金額",
        "護岸,丙株式会社,11900000",
        ",株式会社乙【落札】,10000000",
    )
    (award,) = city(text).awards
    assert (told(award), award.dates.award) == (WIDE, dt.date(2023, 6, 8))


def test_bidders_named_by_the_header() -> None:
    text = lines(
        "件名,落札者,丙株式会社,株式会社乙,甲株式会社", "護岸,㈱乙,11900000,10000000,", "道路,甲㈱,,辞退,500000"
    )
    first, second = city(text).awards
    assert (told(first), money(first)) == (WIDE, [("contract_price", 10000000, 0), ("bid", 11900000, 1)])
    assert told(second) == [("甲株式会社", "awarded"), ("株式会社乙", "bidder")]


def test_bidders_line_by_line_in_one_cell() -> None:
    header = "件名,落札者,落札金額,入札参加者,入札額"
    text = lines(header, '護岸,㈱乙,10000000,"丙株式会社\n株式会社乙","11,900,000\n10,000,000"')
    (award,) = city(text).awards
    assert (told(award), money(award)) == (WIDE, [("contract_price", 10000000, 0), ("bid", 11900000, 1)])
    reading = city(lines(header, '護岸,㈱乙,10000000,"丙株式会社\n株式会社乙","11,900,000"'))
    assert [refusal.reason for refusal in reading.refusals] == ["a row whose bids can't be told apart by bidder."]
