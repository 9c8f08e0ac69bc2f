"""Contract tables: each test pins one way in which real ones mislead a reader."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import Workbook

from tsukitome.awards import Award
from tsukitome.documents.delimited import delimited_table
from tsukitome.documents.file import File
from tsukitome.documents.html import read_html
from tsukitome.documents.table import Cell, Table, table_of
from tsukitome.documents.workbook import read_workbook
from tsukitome.sources.contract_table import looks_like, read_contract_tables
from tsukitome.sources.reading import Reading

TITLE = "日本年金機構会計規程第24条に基づく競争入札に係る情報の公表（物品役務等）"
HEADER = [
    "物品・役務等の名称及び数量",
    "契約責任者の氏名並びにその\n所属する部署の名称及び所在地",
    "契約締結日",
    "契約の相手方の商号\n又は名称及び住所",
    "一般競争入札・指名競争入札の別\n（総合評価の実施）",
    "予定価格\n（円）",
    "契約金額\n（円）",
    "落札率",
    "備考",
]
OFFICER = "日本年金機構\n理事長代理人　年金給付部　給付業務調整室長\n架空　太郎\n東京都杉並区高井戸西3-5-24"
SEED: dict[str, Any] = {
    "title": "扶養親族等申告書・個人番号申出書データ入力及び画像化業務　一式",
    "officer": OFFICER,
    "date": "平成29年8月9日",
    "supplier": "株式会社ＳＡＹ企画\n東京都豊島区東池袋１－４８－１０",
    "method": "一般競争入札",
    "reserve": 242143560,
    "price": "@14.90他\n複数単価契約",
    "rate": "75.39%",
    "remarks": "調達見込総額\n182,547,000円",
}


def row(**changed: Any) -> list[Any]:
    return list((SEED | changed).values())


def plain(**changed: Any) -> list[Any]:
    """A row with one total price and no remarks."""
    return row(**({"title": "清掃業務", "price": 1234567, "reserve": 2000000, "rate": 0.6173, "remarks": ""} | changed))


def table(*rows: list[Any], sheet: str | None = "Sheet1", page: int | None = None, heading: str = "") -> Table:
    return table_of([[Cell.of(value) for value in values] for values in rows], sheet=sheet, page=page, heading=heading)


def read(*tables: Table) -> Reading:
    return read_contract_tables(File.of_bytes("契約.xlsx", b"bytes"), tables)


def read_rows(*rows: list[Any], header: list[str] | None = None, title: str = TITLE) -> Reading:
    return read(table([title], [], header or HEADER, *rows))


def one(*rows: list[Any], header: list[str] | None = None, title: str = TITLE) -> Award:
    reading = read_rows(*rows, header=header, title=title)
    assert reading.refusals == ()
    assert len(reading.awards) == 1, [award.title for award in reading.awards]
    return reading.awards[0]


def amounts(award: Award) -> list[tuple[str, float]]:
    return [(amount.role, amount.yen) for amount in award.amounts]


def suppliers(award: Award) -> list[tuple[str, str | None, str | None]]:
    return [(supplier.name, supplier.address, supplier.municipality_code) for supplier in award.suppliers]


def test_the_row_of_the_seed() -> None:
    award = one(row())
    assert award.title == "扶養親族等申告書・個人番号申出書データ入力及び画像化業務 一式"
    assert award.buyer == "日本年金機構"
    assert suppliers(award) == [("株式会社SAY企画", "東京都豊島区東池袋1-48-10", "13116")]
    assert award.dates.contract == dt.date(2017, 8, 9)
    assert award.dates.award is None  # 契約締結日 is the contract's day
    assert amounts(award) == [("unit_price", 14.9), ("reserve_price", 242143560), ("estimated_total", 182547000)]
    assert award.award_rate == 0.7539
    assert (award.procurement_method, award.procurement_method_details) == ("open", "一般競争入札")
    assert award.warnings == ()
    assert (award.source.sheet, award.source.row, award.source.kind) == ("Sheet1", 4, "contract_table")


@pytest.mark.parametrize("header", ["応札・応募者数", "入札参加者数", "応札者数（者）"])
def test_the_number_of_tenderers(header: str) -> None:
    award = one([*plain(remarks="一者応札"), 3], header=[*HEADER, header])
    assert (award.tenderers, award.to_dict()["number_of_tenderers"], award.warnings) == (3, 3, ())
    assert Award.from_dict(award.to_dict()) == award


def test_bids_count_before_applications() -> None:
    assert one([*plain(), "5", "1"], header=[*HEADER, "応募者数", "応札者数"]).tenderers == 1
    assert one([*plain(), "5"], header=[*HEADER, "応募者数"]).tenderers == 5


def test_remarks_tell_it_where_no_column_does() -> None:
    assert one(plain(remarks="一者応札")).tenderers == 1
    assert one(plain(remarks="前回一者応札")).tenderers is None
    assert one([*plain(remarks="一者応札"), "－"], header=[*HEADER, "応札者数"]).tenderers == 1


def test_a_number_of_tenderers_that_is_none_is_said() -> None:
    award = one([*plain(), "多数"], header=[*HEADER, "応札者数"])
    assert (award.tenderers, award.warnings) == (None, ("the number of tenderers '多数' was not understood",))


def test_no_official_is_kept_anywhere() -> None:
    reading = read_rows(row(), plain(title=""), plain(remarks="支出負担行為担当官　総務課長　架空　花子　へ確認"))
    assert "架空" not in str([award.to_dict() for award in reading.awards])
    assert len(reading.refusals) == 1
    assert "架空" not in str(reading.refusals)
    assert reading.awards[0].source.quote.startswith("扶養親族等申告書")


def test_a_table_with_a_row_for_each_bidder_is_none() -> None:
    bids = ["部局名", "工事名", "入札日", "契約日", "入札業者名", "本店住所", "予定価格（税抜き）", "契約金額", "備考"]
    assert not looks_like([table(bids, ["a"] * 9)])
    assert looks_like([table([TITLE], HEADER, row())])


def test_header_anywhere_repeated_numbered_and_over_two_rows() -> None:
    top = ["件名", "契約締結日", "契約の相手方", "", "", "契約金額"]
    low = ["", "", "商号又は名称", "住所", "法人番号", ""]
    data = ["清掃", "2017/08/09", "㈱見本", "東京都豊島区池袋1-2-3", "4013301020174", "1,234,567円"]
    reading = read(
        table(["一覧"], ["平成29年度"], [], [], top, low, ["1", "2", "3", "4", "5", "6"], data, top, low, data)
    )
    assert reading.refusals == ()
    assert [award.source.row for award in reading.awards] == [8, 11]
    assert reading.awards[0].suppliers[0].corporate_number == "4013301020174"
    assert reading.awards[0].suppliers[0].address == "東京都豊島区池袋1-2-3"


def test_merged_headers_and_pairs_of_a_workbook() -> None:
    workbook = Workbook()
    sheet = workbook.active
    for line in ([TITLE], [], ["物品役務等の名称及び数量", "契約を締結した日", "契約の相手方の商号又は名称及び住所", "契約金額",
                               "公益法人の場合", None, "備考"],
                 [None, None, None, None, "公益法人の区分", "国所管、都道府県所管の区分", None],
                 ["清掃業務", dt.date(2017, 8, 9), "㈱甲\n東京都豊島区池袋1-1", 1000000, "-", "-", None],
                 [None, None, "㈱乙\n東京都北区豊島1-1", 2000000, "-", "-", None],
                 ["警備業務", dt.date(2017, 8, 10), "㈱丙\n大阪府大阪市北区天満1-1", 3000000, "-", "-", "長い"],
                 [None, None, None, None, None, None, "備考の続き"]):  # fmt: skip
        sheet.append(line)
    for area in (
        "A3:A4",
        "B3:B4",
        "C3:C4",
        "D3:D4",
        "E3:F3",
        "G3:G4",
        "A5:A6",
        "B5:B6",
        "A7:A8",
        "B7:B8",
        "C7:C8",
        "D7:D8",
    ):
        sheet.merge_cells(area)
    buffer = io.BytesIO()
    workbook.save(buffer)
    file = File.of_bytes("a.xlsx", buffer.getvalue())
    reading = read_contract_tables(file, read_workbook(file).tables)
    assert reading.refusals == ()
    # Two suppliers under one merged title are two contracts; a row that is all merged with the one above is none.
    assert [(award.source.row, award.title, suppliers(award)[0][2]) for award in reading.awards] == [
        (5, "清掃業務", "13116"),
        (6, "清掃業務", "13117"),
        (7, "警備業務", "27127"),
    ]
    assert all(award.dates.contract for award in reading.awards)


@pytest.mark.parametrize(
    ("cell", "name", "address", "code"),
    [
        ("㈱見本\n東京都豊島区池袋1-2-3", "株式会社見本", "東京都豊島区池袋1-2-3", "13116"),
        ("株式会社見本　東京都豊島区池袋１－２－３", "株式会社見本", "東京都豊島区池袋1-2-3", "13116"),
        (
            "（財）国際見本センター東京都台東区台東４－１８－７",
            "財団法人国際見本センター",
            "東京都台東区台東4-18-7",
            "13106",
        ),
        ("株式会社見本大阪市北区天満1-2-3", "株式会社見本", "大阪市北区天満1-2-3", "27127"),
        ("見本株式会社／東京都渋谷区本町1-1-1", "見本株式会社", "東京都渋谷区本町1-1-1", "13113"),
        ("（社）見本研究所\n（大阪府大阪市淀川区）", "社団法人見本研究所", "大阪府大阪市淀川区", "27123"),
        ("見本㈱\n〒171-0014 東京都豊島区池袋1-2-3", "見本株式会社", "東京都豊島区池袋1-2-3", "13116"),
        ("東京都豊島区池袋1-2-3\n株式会社見本", "株式会社見本", "東京都豊島区池袋1-2-3", "13116"),
        (
            "株式会社見本\n代表取締役　架空　太郎\n東京都豊島区池袋1-2-3",
            "株式会社見本",
            "東京都豊島区池袋1-2-3",
            "13116",
        ),
        (
            "公益財団法人見本会館\n館長　架空　太郎\n京都市左京区宝ヶ池",
            "公益財団法人見本会館",
            "京都市左京区宝ヶ池",
            "26103",
        ),
        ("株式会社見本\n池袋支店\n東京都豊島区池袋1-2-3", "株式会社見本池袋支店", "東京都豊島区池袋1-2-3", "13116"),
        ("社団法人見本協会東京都本部\n東京都北区豊島1-2", "社団法人見本協会東京都本部", "東京都北区豊島1-2", "13117"),
        ("株式会社見本（架空） 東京都\n豊島区池袋1-2-3", "株式会社見本(架空)", "東京都豊島区池袋1-2-3", "13116"),
        ("大阪市\n大阪市北区中之島1-3-20", "大阪市", "大阪市北区中之島1-3-20", "27127"),
        ("（特財）見本会\n東京中央区日本橋1-2", "財団法人見本会", "東京中央区日本橋1-2", "13102"),
        ("株式会社見本", "株式会社見本", None, None),
        ("株式会社見本\n東京都\n豊島区池袋\n1-2-3", "株式会社見本", "東京都豊島区池袋 1-2-3", "13116"),
        ("豊島区池袋1-2-3　㈱見本", "株式会社見本", "豊島区池袋1-2-3", "13116"),
        (
            "代表取締役　架空　花子\n株式会社見本\n東京都豊島区池袋1-2-3",
            "株式会社見本",
            "東京都豊島区池袋1-2-3",
            "13116",
        ),
        (
            "株式会社見本\n大阪市北区梅田1-1-1\n（本社：東京都豊島区池袋1-2-3）",
            "株式会社見本",
            "大阪市北区梅田1-1-1",
            "27127",
        ),
    ],
)
def test_name_and_address_in_one_cell(cell: str, name: str, address: str | None, code: str | None) -> None:
    award = one(plain(supplier=cell))
    assert suppliers(award) == [(name, address, code)]


def test_a_ward_that_many_cities_have_stays_open_and_says_so() -> None:
    award = one(plain(supplier="財団法人見本センター\n中央区新川1-24-8"))
    assert suppliers(award) == [("財団法人見本センター", "中央区新川1-24-8", None)]
    assert award.warnings == ("the municipality of address '中央区新川1-24-8' was not recognized",)


def test_several_suppliers_by_circled_numbers_with_their_prices() -> None:
    award = one(
        plain(
            supplier="①㈱甲\n②㈱乙\n①東京都豊島区池袋1-1\n②大阪府大阪市北区天満1-1\n",
            price=30000000,
            remarks="契約金額内訳\n①16,000,000円\n②14,000,000円",
        )
    )
    assert suppliers(award) == [
        ("株式会社甲", "東京都豊島区池袋1-1", "13116"),
        ("株式会社乙", "大阪府大阪市北区天満1-1", "27127"),
    ]
    assert [(amount.yen, amount.supplier) for amount in award.amounts if amount.role == "contract_price"] == [
        (30000000, None),
        (16000000, 0),
        (14000000, 1),
    ]


def test_several_suppliers_one_below_the_other_and_in_a_list() -> None:
    below = one(plain(supplier="（財）甲協会\n東京都豊島区池袋1-1 見本ビル2Ｆ\n\n（公財）乙会\n東京都板橋区加賀1-3-1"))
    assert [name for name, _, _ in suppliers(below)] == ["財団法人甲協会", "公益財団法人乙会"]
    listed = one(plain(supplier="㈱甲、㈱乙\n東京都豊島区池袋1-1、大阪府大阪市北区天満1-1"))
    assert [code for _, _, code in suppliers(listed)] == ["13116", "27127"]


def test_a_joint_venture_and_its_members_with_their_numbers() -> None:
    award = one(
        plain(
            supplier="共同企業体代表者　見本工営株式会社\n東京都千代田区麹町5-4\n（4013301020174）\n"
            "構成員　公益財団法人見本機構\n（1130005012365）"
        )
    )
    assert [(s.name, s.role, s.corporate_number) for s in award.suppliers] == [
        ("見本工営株式会社ほか共同企業体", "awarded", None),
        ("見本工営株式会社", "jv_member", "4013301020174"),
        ("公益財団法人見本機構", "jv_member", "1130005012365"),
    ]


@pytest.mark.parametrize("cell", [
    "(1)株式会社甲 東京都豊島区東池袋1-48-10\n(2)乙株式会社 大阪市北区梅田1-1-1",
    "１．株式会社甲\n東京都豊島区東池袋1-48-10\n２．乙株式会社\n大阪市北区梅田1-1-1",
    "Ａ社：株式会社甲 東京都豊島区東池袋1-48-10\nＢ社：乙株式会社 大阪市北区梅田1-1-1",
])  # fmt: skip
def test_several_suppliers_by_plain_numbers_with_their_prices(cell: str) -> None:
    award = one(plain(supplier=cell, price="(1)1,000,000円\n(2)2,000,000円"))
    assert suppliers(award) == [
        ("株式会社甲", "東京都豊島区東池袋1-48-10", "13116"), ("乙株式会社", "大阪市北区梅田1-1-1", "27127"),
    ]  # fmt: skip
    assert [(amount.yen, amount.supplier) for amount in award.amounts[:2]] == [(1000000, 0), (2000000, 1)]


def test_suppliers_that_are_only_counted_leave_a_warning() -> None:
    award = one(plain(supplier="設計共同体\n公益財団法人見本財団　他１者\n東京都中央区日本橋小伝馬町11-9"))
    assert [(s.name, s.role) for s in award.suppliers] == [
        ("公益財団法人見本財団ほか設計共同体", "awarded"),
        ("公益財団法人見本財団", "jv_member"),
    ]
    assert award.warnings == ("further suppliers are counted and not named: 他1者",)


def test_of_two_supplier_columns_the_one_at_the_time_of_the_award_wins() -> None:
    header = ["物品役務等の名称及び数量", "契約を締結した日", "契約の相手方の商号又は名称及び住所\n（平成26年11月時点）",
              "契約の相手方の商号又は名称及び住所\n（契約時）", "契約金額"]  # fmt: skip
    award = one(
        ["清掃", "2013-04-01", "公益財団法人新\n東京都港区芝1-1", "財団法人旧\n東京都北区豊島1-1", 1], header=header
    )
    assert [name for name, _, _ in suppliers(award)] == ["財団法人旧"]


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (4013301020174.0, "4013301020174"),
        (4013301020174, "4013301020174"),
        ("4013301020174 ", "4013301020174"),
        ("法人番号４０１３３０１０２０１７４", "4013301020174"),
        ("-", None),
        ("4013301020175", None),
    ],
)
def test_corporate_numbers(number: object, read: str | None) -> None:
    award = one([*plain(), number], header=[*HEADER, "法人番号"])
    assert award.suppliers[0].corporate_number == read
    assert any("check digit" in warning for warning in award.warnings) == (number == "4013301020175")


def test_corporate_numbers_of_several_suppliers_go_by_their_circled_number() -> None:
    cell = "①㈱甲\n東京都豊島区池袋1-1\n②㈱乙\n東京都北区豊島1-1"
    award = one([*plain(supplier=cell), "②4013301020174①1130005012365"], header=[*HEADER, "法人番号"])
    assert [supplier.corporate_number for supplier in award.suppliers] == ["1130005012365", "4013301020174"]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        (dt.date(2017, 8, 9), dt.date(2017, 8, 9)),
        (dt.datetime(2017, 8, 9), dt.date(2017, 8, 9)),
        (42956.0, dt.date(2017, 8, 9)),
        ("平成２９年８月９日", dt.date(2017, 8, 9)),
        ("H29.8.9", dt.date(2017, 8, 9)),
        ("29.8.9", dt.date(2017, 8, 9)),
        ("8月9日", dt.date(2017, 8, 9)),
        ("平成29月8月9日", dt.date(2017, 8, 9)),
        ("平成29年8月9日\n（変更契約を締結した日、初回は平成29年4月1日）", dt.date(2017, 8, 9)),
        ("－", None),
    ],
)
def test_days_in_all_forms_with_the_title_as_context(printed: object, day: dt.date | None) -> None:
    award = one(plain(date=printed), title="競争入札に係る情報の公表（平成29年度）")
    assert award.dates.contract == day


def test_a_day_without_its_year_is_not_guessed() -> None:
    award = one(plain(date="8月9日"))
    assert award.dates.contract is None
    assert "could not be settled" in " ".join(award.warnings)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"price": "@200ほか\n（支出実績：20,876,373）", "remarks": ""}, [("unit_price", 200), ("paid_total", 20876373)]),
        ({"price": 1995, "remarks": "単価契約\n支払総額\n3,855,339円"}, [("unit_price", 1995), ("paid_total", 3855339)]),
        ({"price": 8925, "remarks": "単価"}, [("unit_price", 8925)]),
        ({"price": 4913420, "remarks": "単価契約（支払実績4,489,757円）"},
         [("contract_price", 4913420), ("paid_total", 4489757)]),
        ({"price": 7335769, "remarks": "単価契約（契約金額は予定総額）"}, [("estimated_total", 7335769)]),
        ({"price": 13000402, "remarks": "単価契約（契約金額18,608,782円）"},
         [("contract_price", 13000402), ("contract_price", 18608782)]),
        ({"price": 32160, "title": "使用料（単価契約・予定総価3,650,000円）", "remarks": ""},
         [("unit_price", 32160), ("estimated_total", 3650000)]),
        ({"price": 14.9, "remarks": ""}, [("unit_price", 14.9)]),
        ({"price": 16761954.24, "remarks": ""}, [("contract_price", 16761954.24)]),
        ({"price": 8925, "remarks": "調達見込総額 182,547,000円"}, [("unit_price", 8925), ("estimated_total", 182547000)]),
        ({"price": "1 234 567", "remarks": ""}, [("contract_price", 1234567)]),
        ({"price": "12,345円×12ヶ月=148,140円", "remarks": ""}, [("unit_price", 12345), ("contract_price", 148140)]),
        ({"price": "1,234,567円（単価契約・予定総額）", "remarks": ""}, [("estimated_total", 1234567)]),
        ({"price": "単価契約（予定数量による総額 1,234,567円）", "remarks": ""}, [("estimated_total", 1234567)]),
        ({"price": 3000000, "remarks": "国庫債務負担行為　29年度 1,000,000円　30年度 2,000,000円"}, [("contract_price", 3000000)]),
        ({"price": "12,345,678\n（計画変更後：13,345,678）", "remarks": ""},
         [("contract_price", 12345678), ("contract_price", 13345678)]),
        ({"price": 1234567, "remarks": "法人番号4013301020174　契約期間 平成29年8月9日～平成30年3月31日　3者"},
         [("contract_price", 1234567)]),
    ],
)  # fmt: skip
def test_roles_of_prices(changed: dict[str, Any], expected: list[tuple[str, float]]) -> None:
    assert amounts(one(row(**{"reserve": "非公表", "rate": "-"} | changed))) == expected


def test_a_reserve_price_per_unit_is_no_price_that_was_paid() -> None:
    award = one(plain(price=8925, reserve=9143.4, remarks="単価契約"))
    assert amounts(award) == [("unit_price", 8925), ("reserve_price", 9143.4)]
    assert ("unit_price", 148) not in amounts(one(plain(price="@130円ほか", reserve="＠148円ほか", remarks="単価契約")))


@pytest.mark.parametrize(
    ("remarks", "tax"),
    [
        ("税抜", "excluded"),
        ("税抜き", "excluded"),
        ("金額は税抜", "excluded"),
        ("契約金額は消費税を含まない", "excluded"),
        ("税込み", "included"),
        ("＠1,650他(税別）", None),
        ("単価契約", None),
        ("", None),
    ],
)
def test_the_tax_that_the_remarks_state_is_that_of_the_price(remarks: str, tax: str | None) -> None:
    price = next(
        amount for amount in one(plain(price="182,547千円", remarks=remarks)).amounts if amount.yen == 182_547_000
    )
    assert price.tax == tax


def test_a_price_of_0_is_said() -> None:
    assert "the price is printed as 0" in one(plain(price=0)).warnings


def test_a_price_that_is_not_given_says_why() -> None:
    award = one(plain(price="非公表", reserve="－", rate="－"))
    assert award.amounts == ()
    assert award.warnings == ("no contract price is given: '非公表'",)


def test_thousands_and_tax_come_from_the_header_or_the_title() -> None:
    header = [*HEADER[:5], "予定価格（単位：千円）", "契約金額（税抜・千円）", *HEADER[7:]]
    award = one(plain(price=30889, reserve="41,654"), header=header)
    assert [(amount.yen, amount.quote, amount.tax) for amount in award.amounts] == [
        (30889000, "30889", "excluded"),
        (41654000, "41,654", None),
    ]
    assert amounts(one(plain(price=30889, reserve="41,654"), title="契約情報（単位：千円）"))[0] == (
        "contract_price",
        30889000,
    )


@pytest.mark.parametrize(
    ("rate", "fraction"),
    [(0.7539, 0.7539), (75.39, 0.7539), ("75.39%", 0.7539), ("７５．３９％", 0.7539), (1.0, 1.0), ("100%ほか", 1.0), ("-", None),
     ("非公表", None), ("41.1%\n41.2%", None), (0, None)],
)  # fmt: skip
def test_award_rates_are_fractions(rate: object, fraction: float | None) -> None:
    assert one(plain(rate=rate)).award_rate == fraction


def test_methods() -> None:
    assert one(plain(method="指名競争入札")).procurement_method == "selective"
    assert one(plain(method="公募型プロポーザル方式による随意契約")).procurement_method == "limited"
    grounds = [*HEADER[:4], "随意契約によることとした会計法令の根拠条文及び理由（企画競争又は公募）", *HEADER[5:]]
    award = one(plain(method="会計法第29条の3第4項\n競争を許さないため"), header=grounds)
    assert award.procurement_method == "limited"
    assert award.procurement_method_details == "会計法第29条の3第4項\n競争を許さないため"
    assert one(plain(method="-"), header=grounds).procurement_method == "limited"


MINISTRY = ["支出元府省", *HEADER]


@pytest.mark.parametrize(
    ("officer", "buyer"),
    [
        ("分任支出負担行為担当官\n沖縄総合事務局那覇港湾・空港整備事務所長　架空　太郎\n沖縄県那覇市港町2-6-11",
         "内閣府沖縄総合事務局那覇港湾・空港整備事務所"),
        ("支出負担行為担当官　内閣府大臣官房会計担当参事官架空　太郎　東京都千代田区永田町１－６－１", "内閣府"),
        ("架空　太郎\n沖縄総合事務局\n沖縄県那覇市おもろまち2-1-1", "内閣府沖縄総合事務局"),
        ("支出負担行為担当官　架空太郎", "内閣府"),
        ("", "内閣府"),
    ],
)  # fmt: skip
def test_the_buyer_is_the_ministry_with_its_bureau_and_never_a_person(officer: str, buyer: str) -> None:
    assert one(["内閣府", *plain(officer=officer)], header=MINISTRY).buyer == buyer


@pytest.mark.parametrize(
    ("officer", "buyer"),
    [
        (OFFICER, "日本年金機構"),
        ("支出負担行為担当官　厚生労働省大臣官房会計課長　架空　太郎　東京都千代田区霞が関1-2-2", "厚生労働省"),
        ("分任支出負担行為担当官北陸地方整備局長岡国道事務所長\n架空　毅\n長岡市中沢４－４３０－１",
         "北陸地方整備局長岡国道事務所"),
        ("独立行政法人　国際協力機構\n兵庫国際センター所長　架空太郎\n兵庫県神戸市中央区脇浜海岸通1-5-2",
         "独立行政法人国際協力機構兵庫国際センター"),
        ("契約担当役\n架空　太郎\n東京都港区芝公園二丁目11番１号", None),
    ],
)  # fmt: skip
def test_the_buyer_from_the_officers_cell(officer: str, buyer: str | None) -> None:
    award = one(plain(officer=officer), title="情報の公表")
    assert award.buyer == buyer
    assert (buyer is None) == any("buyer" in warning for warning in award.warnings)


def test_an_agencys_own_column_outweighs_its_ministry_and_its_officer() -> None:
    header = ["所管府省", "支出元独立行政法人の名称", "支出元独立行政法人の法人番号", *HEADER]
    award = one(["国土交通省", "水資源機構\n（6030005001745）", "6030005001745", *plain()], header=header)
    assert award.buyer == "水資源機構"
    assert award.suppliers[0].corporate_number is None


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("防護柵性能確認試験業務\nつくば市\n平成23年11月17日～平成24年03月23日\n業務", "防護柵性能確認試験業務"),
        (
            "平成２３年度　資材価格調査業務　中部地方整備局　H23.4.12～H24.3.30　土木関係",
            "平成２３年度 資材価格調査業務",
        ),
        ("単価作成業務、東京航空局、平成23年4月1日～平成24年3月30日、建設コンサルタント", "単価作成業務"),
        ("庁舎改修工事\nH23.4.12～H24.3.30\n建築", "庁舎改修工事"),
        ("庁舎改修工事　一式", "庁舎改修工事 一式"),
        ("架空橋補修工事（東京都豊島区、H29.9.1～H30.3.31、橋梁補修）", "架空橋補修工事"),
    ],
)
def test_the_title_of_works_is_the_name_without_place_and_period(cell: str, title: str) -> None:
    header = ["公共工事の名称、場所、期間及び種別", *HEADER[1:]]
    assert one(plain(title=cell), header=header).title == title


def test_notes_and_blank_rows_are_neither_awards_nor_refusals_and_sums_are_counted() -> None:
    reading = read_rows(
        plain(), [], ["合計", "", "", "", "", "", 1234567, "", ""], ["※公益法人の区分は…"], ["（注）税込", "", ""]
    )
    assert len(reading.awards) == 1
    assert [refusal.reason for refusal in reading.refusals] == ["1 row is a sum and holds no award of its own."]


def test_nothing_is_dropped_in_silence() -> None:
    reading = read_rows(
        plain(supplier="－", date="－"), plain(title=""), ["題名だけ", OFFICER, "", "", "", "", "", "", ""]
    )
    (award,) = reading.awards
    assert award.suppliers == ()
    assert award.warnings == ("no day of the contract is printed", "no supplier is printed")
    assert [(refusal.place, refusal.reason) for refusal in reading.refusals] == [
        ("sheet Sheet1, row 5", "a row without a title."),
        ("sheet Sheet1, row 6", "a row with a title, but without supplier, day or price."),
    ]
    assert all(refusal.quote and "架空" not in refusal.quote for refusal in reading.refusals)


def test_a_sheet_without_a_header_is_refused_beside_one_that_has_it() -> None:
    others = (
        table(["凡例"], ["公財", "公益財団法人"], ["公社", "公益社団法人 等"], sheet="凡例"),
        table(["架空物品", "株式会社見本", "H29.8.9", "1,000,000円"], sheet="続き"),
    )
    reading = read(table([TITLE], HEADER, plain()), *others)
    assert len(reading.awards) == 1
    assert [(refusal.place, refusal.reason, refusal.is_gap) for refusal in reading.refusals] == [
        ("sheet 凡例", "names no firm, and no day beside a sum: it holds no awards.", False),
        ("sheet 続き", "no header of a contract table was found.", True),
    ]


def test_pages_go_on_without_a_header_and_a_row_cut_by_the_page_is_one_row() -> None:
    cut_above = row(title="扶養親族等申告書・個人\n番号申出書", price="", reserve="", rate="", remarks="調達見込\n総額")
    cut_below = row(title="データ入力", officer="", date="", supplier="", method="", price="@14.90", reserve="", rate="",
                    remarks="182,547,000円")  # fmt: skip
    reading = read(
        table(HEADER, plain(), cut_above, sheet=None, page=1, heading=TITLE),
        table(cut_below, plain(title="警備業務"), sheet=None, page=2),
        table(HEADER, plain(title="植栽業務"), sheet=None, page=3),
    )
    assert reading.refusals == ()
    assert [(award.title, award.source.page, award.source.row) for award in reading.awards] == [
        ("清掃業務", 1, 2),
        ("扶養親族等申告書・個人番号申出書データ入力", 1, 3),
        ("警備業務", 2, 2),
        ("植栽業務", 3, 2),
    ]
    assert amounts(reading.awards[1]) == [("unit_price", 14.9), ("estimated_total", 182547000)]


def test_a_page_that_begins_with_a_whole_row_is_not_joined() -> None:
    reading = read(
        table(HEADER, plain(price="非公表"), sheet=None, page=1),
        table(HEADER, plain(title="警備業務"), sheet=None, page=2),
    )
    assert [award.title for award in reading.awards] == ["清掃業務", "警備業務"]


def test_a_record_of_two_rows_has_the_address_in_the_lower_one() -> None:
    lower = row(**(dict.fromkeys(SEED, "") | {"supplier": "東京都豊島区東池袋1-48-10"}))
    award = one(plain(supplier="株式会社見本"), lower)
    assert suppliers(award) == [("株式会社見本", "東京都豊島区東池袋1-48-10", "13116")]
    merged = [Cell.of(value) for value in plain(supplier="株式会社見本")]
    covered = [cell.cover() for cell in merged]
    covered[3] = Cell.of("東京都豊島区東池袋1-48-10")
    (award,) = read(table_of([[Cell.of(text) for text in HEADER], merged, covered])).awards
    assert suppliers(award) == [("株式会社見本", "東京都豊島区東池袋1-48-10", "13116")]
    assert amounts(award)[0] == ("contract_price", 1234567)


def test_a_page_breaks_lines_inside_words_and_numbers() -> None:
    cells = plain(officer="支出負担行為担当官　架空省大\n臣官房会計課長　架空　太郎")
    rows = [[*HEADER, "法人番号"], [*cells, "4013301020\n174"]]
    (award,) = read(table(*rows, page=1)).awards
    assert award.buyer == "架空省"
    assert award.suppliers[0].corporate_number == "4013301020174"


def test_ditto_marks_are_written_out_and_stay_in_the_quote() -> None:
    first, second = read_rows(plain(), plain(title="警備業務", supplier="〃", date="同上", officer="〃")).awards
    assert second.suppliers == first.suppliers
    assert (second.dates, second.buyer) == (first.dates, "日本年金機構")
    assert second.source.quote.startswith("警備業務 | 同上 | 〃 | ")


def test_identity_depends_on_bytes_and_place_only() -> None:
    ids = [award.award_id for award in read_rows(plain(), plain()).awards]
    assert ids == [award.award_id for award in read_rows(plain(), plain()).awards]
    assert len(set(ids)) == 2


def test_csv_and_html_give_the_same_award() -> None:
    text = '件名,契約日,契約の相手方,住所,契約金額\n清掃,平成29年8月9日,㈱見本,東京都豊島区池袋1-2-3,"1,234,567円"\n'
    (from_csv,) = read(delimited_table(text)).awards
    html = (
        "<html><body><table><tr><th rowspan=2>件名</th><th rowspan=2>契約日</th><th colspan=2>契約の相手方</th>"
        "<th rowspan=2>契約金額</th></tr><tr><th>名称</th><th>住所</th></tr><tr><td>清掃</td><td>平成29年8月9日</td>"
        "<td>㈱見本</td><td>東京都豊島区<br>池袋1-2-3</td><td>1,234,567円</td></tr></table></body></html>"
    )
    (from_html,) = read(*read_html(File.of_bytes("a.html", html.encode())).tables).awards
    for award in (from_csv, from_html):
        assert (award.title, award.dates.contract) == ("清掃", dt.date(2017, 8, 9))
        assert suppliers(award) == [("株式会社見本", "東京都豊島区池袋1-2-3", "13116")]
        assert [(amount.yen, amount.quote) for amount in award.amounts] == [(1234567, "1,234,567円")]
