"""Columns and rows of contract tables that a reader takes for something else, or loses."""

from __future__ import annotations

import pytest

from tsukitome.awards import Award
from tsukitome.documents.delimited import delimited_table
from tsukitome.documents.file import File
from tsukitome.sources.contract_table import read_contract_tables
from tsukitome.sources.headers import field_of, header_key, unit_of
from tsukitome.sources.reading import Reading

SUPPLIER = "株式会社甲社 東京都豊島区東池袋1-48-10"
NO_BUYER = "the buyer is not printed, or could not be told from the officer"
CELL = "contract_price"
BASE = "件名,契約締結日,契約の相手方の商号又は名称及び住所,契約金額"
ROW = f"清掃業務,平成29年8月9日,{SUPPLIER},1000000"


def read(*lines: str) -> Reading:
    text = "\n".join(lines) + "\n"
    return read_contract_tables(File.of_bytes("a.csv", text.encode()), [delimited_table(text)])


def one(*lines: str) -> Award:
    reading = read(*lines)
    assert reading.refusals == ()
    (award,) = reading.awards
    return award


def amounts(award: Award) -> list[tuple[str, float, str | None]]:
    return [(amount.role, amount.yen, amount.tax) for amount in award.amounts]


OFFICERS = (
    "担当 主任 主査 契約担当 担当（内線） 担当・電話 担当者 担当者名 所管課長氏名 担当課・担当者 問合せ先 決裁者 監督員 責任者 "
    "執行者 立会人 連絡先 担当職員 氏名"
)


@pytest.mark.parametrize("header", OFFICERS.split())
def test_officials_are_never_quoted(header: str) -> None:
    reading = read(f"{BASE},{header},契約担当官", f"{ROW},架空太郎,関東財務局長 架空 次郎", ",,,5,架空太郎,架空次郎")
    assert reading.awards[0].buyer == "関東財務局"
    quotes = [reading.awards[0].source.quote, *(refusal.quote for refusal in reading.refusals)]
    assert len(quotes) == 2
    assert not any("架空" in (quote or "") for quote in quotes)
    assert "架空" not in str(read(f"{BASE},{header}", f"{ROW},架空太郎"))


def test_a_name_in_a_column_that_is_not_understood_is_masked() -> None:
    reading = read(f"{BASE},扱", f"{ROW},架空　太郎", ",,,5,架空 太郎", f"{ROW},架空市 第二庁舎")
    assert "架空　太郎" not in repr(reading)
    assert "架空 太郎" not in repr(reading)
    assert reading.awards[1].source.quote.endswith("架空市 第二庁舎")


@pytest.mark.parametrize("line", ["担当者,架空 太郎,,", "契約担当者：架空太郎,,,", "問合せ先,,架空 太郎,"])
def test_a_line_about_officials_is_no_award(line: str) -> None:
    reading = read(BASE, ROW, line)
    assert (len(reading.awards), len(reading.refusals)) == (1, 1)
    assert "架空" not in repr(reading)


def test_a_bureau_of_a_prefecture_heads_the_table() -> None:
    assert read("見本県土木部　契約一覧", BASE, ROW).awards[0].buyer == "見本県土木部"
    assert read("見本工区　契約一覧", BASE, ROW).awards[0].buyer is None


def test_a_mayor_is_masked_wherever_the_name_stands() -> None:
    reading = read(f"{BASE},発注者", f"{ROW},見本市長　架空　太郎")
    assert reading.awards[0].source.quote.endswith("見本市長（氏名略）")


def test_columns_that_only_look_like_an_officials() -> None:
    assert field_of(header_key("担当部署")) == "bureau"
    assert field_of(header_key("契約の相手方")) == "supplier_name"
    assert field_of(header_key("契約の相手方の氏名")) == "supplier_name"
    assert field_of(header_key("契約責任者の氏名")) == "officer"


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("契約金額（単位：万円）", 10_000),
        ("単位：万円", 10_000),
        ("契約金額（億円）", 10**8),
        ("（百万円）", 10**6),
        ("（単位：千円）", 1000),
    ],
)
def test_units(printed: str, unit: int) -> None:
    assert unit_of(printed) == unit


def test_ten_thousands_of_yen() -> None:
    assert amounts(one(BASE + "（単位：万円）", ROW.replace("1000000", "120")))[0][1] == 1_200_000
    assert amounts(one("契約一覧 単位：万円,,,", BASE, ROW.replace("1000000", "120")))[0][1] == 1_200_000


def test_the_price_outweighs_original_and_changed_prices() -> None:
    header = "件名,契約締結日,契約の相手方の商号又は名称及び住所,当初契約額,変更後契約額,契約金額"
    start = ROW.removesuffix("1000000")
    award = one(header, start + "1000,3000000,2000000")
    assert amounts(award) == [("contract_price", 2_000_000, None)]
    assert "the original price '1000' is left out" in award.warnings
    assert "the price after a change, '3000000', is left out" in award.warnings
    award = one(header, start + "1000000,3000000,")
    assert amounts(award) == [("contract_price", 3_000_000, None)]
    assert amounts(one(header, start + "1000000,,")) == [("contract_price", 1_000_000, None)]
    assert one(header, start + "2000000,2000000,2000000").warnings == (NO_BUYER,)


@pytest.mark.parametrize(
    ("headers", "tax"),
    [
        ("契約金額（税抜）,契約金額（税込）", "included"),
        ("落札金額（税抜）,請負金額", None),
        ("落札金額,契約金額", None),
    ],
)
def test_of_two_prices_the_one_with_tax_is_what_is_paid_and_the_other_is_said(headers: str, tax: str | None) -> None:
    award = one(BASE.removesuffix("契約金額") + headers, ROW + ",1100000")
    assert amounts(award) == [("contract_price", 1_100_000, tax)]
    assert "of two prices side by side, '1000000' is left out" in award.warnings
    swapped = ",".join(reversed(headers.split(",")))
    start = ROW.removesuffix("1000000")
    assert amounts(one(BASE.removesuffix("契約金額") + swapped, start + "1100000,1000000")) == amounts(award)


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("変更契約一覧", "契約金額,変更後契約金額"),
        ("契約一覧", "変更前契約金額,変更後契約金額"),
        ("契約一覧", "変更前の請負代金額,変更後の請負代金額"),
        ("契約一覧", "当初契約額,変更後契約額,変更理由"),
    ],
)
def test_a_list_of_changes_gives_the_price_in_force_and_says_the_one_before(title: str, headers: str) -> None:
    header = BASE.removesuffix("契約金額") + headers
    award = one(f"{title},,,", header, ROW + ",1200000")
    assert amounts(award) == [("contract_price", 1_200_000, None)]
    assert "the original price '1000000' is left out" in award.warnings
    assert amounts(one(f"{title},,,", header, ROW + ",")) == [("contract_price", 1_000_000, None)]


@pytest.mark.parametrize(
    "other", ["うち当局分担額", "当庁負担額", "前年度契約金額", "再委託金額", "令和7年度支払予定額", "増減額"]
)
def test_a_share_and_another_contracts_price_are_not_the_price(other: str) -> None:
    start = BASE.removesuffix("契約金額")
    assert amounts(one(f"{start}{other},契約の総額", ROW + ",3000000")) == [("contract_price", 3_000_000, None)]
    assert all(role != "contract_price" for role, _, _ in amounts(one(start + other, ROW)))


def test_the_original_price_in_the_price_s_own_cell_is_said() -> None:
    award = one(BASE, ROW.removesuffix("1000000") + "12100000円（当初契約額11000000円）")
    assert amounts(award) == [("contract_price", 12_100_000, None)]
    assert "the original price '当初契約額11000000円' is left out" in award.warnings


@pytest.mark.parametrize(
    ("changes", "price"), [("23100000,24200000", 24_200_000), ("23100000,", 23_100_000), (",", 22_000_000)]
)
def test_of_several_changes_the_last_is_in_force(changes: str, price: int) -> None:
    header = BASE.removesuffix("契約金額") + "当初請負額,第1回変更請負額,第2回変更請負額,変更理由"
    award = one(header, ROW.removesuffix("1000000") + f"22000000,{changes},延長")
    assert amounts(award) == [("contract_price", price, None)]
    assert any("22000000" in warning for warning in award.warnings) == (price != 22_000_000)


def test_what_a_list_of_prices_comes_to_is_no_supplier_s_own() -> None:
    suppliers = '"①架空ソフト株式会社\n②株式会社架空建設"'
    row = ROW.split(",")
    row[2], row[3] = suppliers, '"①33,000,000円\n②22,000,000円\n計55,000,000円"'
    found = one(BASE, ",".join(row)).amounts
    assert {(amount.yen, amount.supplier) for amount in found} == {(33_000_000, 0), (22_000_000, 1), (55_000_000, None)}


@pytest.mark.parametrize(("flag", "role"), [("有", "unit_price"), ("○", "unit_price"), ("無", CELL), ("", CELL)])
def test_a_column_may_say_which_contracts_are_at_unit_prices(flag: str, role: str) -> None:
    award = one(BASE + ",単価契約の有無", ROW.removesuffix("1000000") + f"3300,{flag}")
    assert amounts(award) == [(role, 3300, None)]


def test_what_a_price_in_a_foreign_currency_comes_to_in_yen() -> None:
    start = ROW.removesuffix("1000000")
    assert amounts(one(BASE + ",円換算額", start + '"EUR 50,000.00",7900000')) == [(CELL, 7_900_000, None)]
    assert amounts(one(BASE + ",円換算額", start + "3300000円,3300000")) == [(CELL, 3_300_000, None)]


def test_an_address_headed_by_the_supplier_s_country() -> None:
    (supplier,) = one(
        "件名,契約日,契約相手方,契約相手方の国・住所,契約金額", "清掃,2023/9/1,架空㈱,大阪市北区梅田1-2-3,1"
    ).suppliers
    assert (supplier.name, supplier.address) == ("架空株式会社", "大阪市北区梅田1-2-3")


def test_a_monthly_fee_is_a_unit_price() -> None:
    header = BASE.removesuffix("契約金額") + "月額リース料（税込）,契約金額（税込）"
    assert amounts(one(header, ROW.removesuffix("1000000") + "55000,3300000")) == [
        ("contract_price", 3_300_000, "included"), ("unit_price", 55_000, "included"),
    ]  # fmt: skip


def test_an_estimate_in_the_column_of_the_reserve_is_the_reserve_price() -> None:
    assert amounts(one(BASE + ",予定価格", ROW + ",予定総額1980000円"))[1] == ("reserve_price", 1_980_000, None)


def test_a_title_with_a_star_is_an_award() -> None:
    assert one(BASE, "※" + ROW).title == "※清掃業務"
    assert read(BASE, "※清掃業務は変更,,,").awards == ()


@pytest.mark.parametrize(
    "line", ["窓の清掃,,,", f",,{SUPPLIER},", ",,,1000", "窓の清掃,,,,架空太郎", ",,株式会社乙,,架空太郎"]
)
def test_a_row_with_one_cell_is_refused(line: str) -> None:
    reading = read(BASE + ",担当者", ROW + ",", line)
    assert len(reading.awards) == len(reading.refusals) == 1
    assert "架空" not in (reading.refusals[0].quote or "")


@pytest.mark.parametrize(
    "line", ["随意契約,,,", "平成29年8月分,,,", "【物品】,,,", "以下余白,,,", ",,,（単位：円）", "総務課,,,"]
)
def test_a_line_between_parts_is_no_refusal(line: str) -> None:
    assert read(BASE, ROW, line, ROW).refusals == ()


@pytest.mark.parametrize("line", [
    "小計,,,3000000", "物品 合計,,,3000000", "平成29年度合計（2件）,,,3000000", "計,,,3000000", ",,合計,3000000"
])  # fmt: skip
def test_a_sum_is_no_award(line: str) -> None:
    reading = read(BASE, ROW, line)
    assert (len(reading.awards), len(reading.refusals)) == (1, 1)
    assert "hold" in reading.refusals[0].reason


def test_a_title_that_ends_like_a_sum_is_an_award() -> None:
    reading = read(BASE, f"会計システム決算累計,平成29年8月9日,{SUPPLIER},1000000")
    assert [award.title for award in reading.awards] == ["会計システム決算累計"]


@pytest.mark.parametrize("ditto", ["〃", "同上", '""""', "”", "同　上", "々", "仝"])
def test_ditto_marks_mean_the_value_above(ditto: str) -> None:
    reading = read(BASE, ROW, f"警備業務,{ditto},{ditto},2000000")
    first, second = reading.awards
    assert (second.dates, second.suppliers) == (first.dates, first.suppliers)
    assert second.amounts[0].yen == 2000000


def test_a_part_of_the_table_says_the_method_of_its_rows() -> None:
    reading = read(BASE, "一般競争入札（物品役務等）,,,", ROW, "随意契約（物品役務等）,,,", ROW)
    assert [award.procurement_method for award in reading.awards] == ["open", "limited"]
    assert reading.refusals == ()


@pytest.mark.parametrize(("heading", "printed", "day"), [
    ("平成29年1月～12月,,,", "8月9日", "2017-08-09"), ("平成29年1月～12月,,,", "2/1", "2017-02-01"),
    ("平成28年度・平成29年度,,,", "8月9日", None), ("平成28年度・平成29年度,,,", "29.8.9", "2017-08-09"),
    ("（平成29年10月2日公表）,,,", "8月9日", "2017-08-09"), ("（平成29年10月2日公表）,,,", "4月9日", None),
    ("令和８年５月分,,,", "8.5.21", "2026-05-21"),
])  # fmt: skip
def test_only_what_the_heading_says_settles_a_day(heading: str, printed: str, day: str | None) -> None:
    (award,) = read(heading, BASE, f"清掃業務,{printed},{SUPPLIER},1000000").awards
    assert (str(award.dates.contract) if award.dates.contract else None) == day
    assert bool(award.warnings[:-1]) == (day is None)  # the last one: the buyer is not printed


def test_sums_are_counted_once_a_table() -> None:
    reading = read(BASE, ROW, "小計,,,1000000", ROW, "小計,,,1000000", "合計,,,2000000")
    assert [refusal.reason for refusal in reading.refusals] == ["3 rows are sums and hold no award of their own."]


def test_a_row_cut_inside_quotation_marks_is_refused() -> None:
    text = f'{BASE}\n{ROW}\n清掃,平成29年8月9日,{SUPPLIER},"1,00'
    reading = read_contract_tables(File.of_bytes("a.csv", text.encode()), [delimited_table(text)])
    assert len(reading.awards) == 1
    assert "never closed" in reading.refusals[0].reason
    assert len(read(BASE, ROW.replace("清掃業務", '12"管の清掃')).awards) == 1


def test_a_section_alone_is_no_buyer() -> None:
    assert one(BASE + ",担当部署", ROW + ",総務課").buyer is None
    assert one("豊島区 契約一覧,,,,", BASE + ",担当部署", ROW + ",総務課").buyer == "豊島区"


def test_prices_line_by_line_belong_to_the_suppliers_in_order() -> None:
    header = "件名,契約締結日,契約の相手方,住所,契約金額"
    addresses = "東京都豊島区東池袋1-48-10\n東京都北区王子1-2-3"
    award = one(header, f'清掃業務,平成29年8月9日,"㈱甲\n㈱乙","{addresses}","1,000,000\n2,000,000"')
    assert [supplier.name for supplier in award.suppliers] == ["株式会社甲", "株式会社乙"]
    assert [(amount.yen, amount.supplier) for amount in award.amounts] == [(1_000_000, 0), (2_000_000, 1)]
    order = "2 prices for 2 suppliers: they were taken in the order in which they are printed"
    assert award.warnings == (order, NO_BUYER)


@pytest.mark.parametrize(
    "cell",
    [
        "〒170-0013 東京都豊島区東池袋1-48-10 株式会社甲社 代表取締役社長 架空 太郎",
        "東京都豊島区東池袋1-48-10 株式会社甲社",
        "名称:株式会社甲社 住所:東京都豊島区東池袋1-48-10",
        "名称：株式会社甲社　所在地：東京都豊島区東池袋1-48-10",
        "住所：東京都豊島区東池袋1-48-10　名称：株式会社甲社",
        '"商号：株式会社甲社\n住所：東京都豊島区東池袋1-48-10"',
    ],
)
def test_names_and_addresses_in_one_cell(cell: str) -> None:
    (supplier,) = one(BASE, f"清掃業務,平成29年8月9日,{cell},1000000").suppliers
    assert (supplier.name, supplier.address) == ("株式会社甲社", "東京都豊島区東池袋1-48-10")


VARIANTS = {
    "title": "役務名 購入等の名称 契約事項 物品・役務名 契約の内容 案件 業務等の名称 契約件名及び数量",
    "supplier_name": "会社名 相手先 取引先 受託業者 請負人 購入先 納入業者 発注先 業者 商号 契約相手 企業名",
    "supplier": "会社名及び住所 契約の相手方の称号又は名称及び住所 契約業者の名称・所在地",
    "contract_date": "締結年月日 契約の日 契約月日 年月日 契約を締結した年月日",
    "price": "契約価額 契約代金 請負額 決定額 契約総金額 受注金額 税込金額 契約金額【税込】",
    "method": "調達方式 入札・随契の別 落札者決定方法",
    "bare_method": "契約区分 契約種類 契約種別",
    "negotiated": "随契理由 適用法令 根拠法令 随契の根拠",
    "bureau": "部局 部署 課所名 主管課",
}


@pytest.mark.parametrize(("field", "headers"), VARIANTS.items())
def test_header_variants(field: str, headers: str) -> None:
    assert {header: field_of(header_key(header)) for header in headers.split()} == dict.fromkeys(headers.split(), field)


def test_a_price_column_that_may_hold_unit_prices_is_no_column_of_totals() -> None:
    header = BASE.replace("契約金額", "契約金額（単価契約は単価）")
    small, large = read(header, ROW.replace("1000000", "1500"), ROW).awards
    assert amounts(small) == [("unit_price", 1500, None)]
    assert amounts(large) == [("contract_price", 1000000, None)]
    assert any("unit prices" in warning for warning in large.warnings)


@pytest.mark.parametrize(
    "title", ["平成29年度　見本省", "見 本 省　随 意 契 約　平成29年度", "（様式1）見本省　契約一覧"]
)
def test_the_heading_names_the_buyer(title: str) -> None:
    assert read(title, BASE, ROW).awards[0].buyer == "見本省"


def test_a_bare_sum_is_the_price() -> None:
    assert amounts(one(BASE.removesuffix("契約金額") + "金額", ROW)) == [("contract_price", 1_000_000, None)]
