"""What titles, notes and headers of made forms say of all their rows; each pins one thing that was read wrongly once."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from tests.sources.forms import (
    BUILD,
    CLEAN,
    HEADER,
    POWER,
    ROW,
    SOFT,
    bids,
    day,
    delimited,
    firms,
    money,
    only,
    page,
    read,
    workbook,
)

from tsukitome.documents.file import File
from tsukitome.documents.table import Cell, table_of
from tsukitome.sources.bid_results import read_bid_results


@pytest.mark.parametrize(
    ("above", "below", "tax"),
    [
        (["令和3年度 契約一覧（金額は税抜）"], [], "excluded"),
        (["（単位：円、税抜）"], [], "excluded"),
        (["※契約金額は、消費税及び地方消費税を含む。"], [], "included"),
        (["令和3年度 契約一覧"], ["※ 契約金額は税抜きで表示しています。"], "excluded"),
        (["契約金額は税抜き、予定価格は税込みである。"], [], None),
        (["1,500,000円（税抜）以上の契約金額を公表する。"], [], None),
    ],
)
def test_the_tax_of_all_amounts(above: list[str], below: list[str], tax: str | None) -> None:
    rows: list[list[Any]] = [above, HEADER, ROW, below]
    assert [amount.tax for amount in only(workbook(rows)).amounts] == [tax]
    assert [amount.tax for amount in only(page(rows)).amounts] == [tax]


@pytest.mark.parametrize("unit", ["（千円）", "[千円]", "【単位：千円】", "\n単位：千円"])
def test_thousands_in_the_header(unit: str) -> None:
    award = only(delimited([[*HEADER[:4], f"契約金額{unit}"], ROW]))
    assert money(award) == [("contract_price", 1500000000, None)]


def test_days_by_the_calendar_year_of_the_title() -> None:
    assert day(only(workbook([["契約一覧（令和3年）"], HEADER, ["架空点検", "5月6日", *SOFT[:2], 1]]))) == "2021-05-06"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([], ["※日付は令和の年月日。"]),
        (["契約日の表記は令和による"], []),
        ([], ["※金額は税込み。日付は令和の年月日。"]),
    ],
)
def test_days_without_an_era_by_what_a_note_says_of_all(above: list[str], below: list[str]) -> None:
    rows: list[list[Any]] = [above, HEADER, ["架空点検", "6.5.20", *SOFT[:2], 1000000], below]
    assert day(only(workbook(rows))) == "2024-05-20"
    assert day(only(delimited(rows))) == "2024-05-20"


@pytest.mark.parametrize(
    ("above", "dates"),
    [
        (["入札日　令和５年６月９日"], ("2023-06-09", None)),
        (["入札日", "令和5年6月9日"], ("2023-06-09", None)),
        (["入札結果一覧　令和５年６月９日執行"], ("2023-06-09", None)),
        (["契約締結日：R5.6.9"], (None, "2023-06-09")),
        (["契約日　令和5年6月9日～令和6年3月31日"], (None, None)),
    ],
)
def test_the_day_that_stands_above_a_table_is_that_of_its_rows(
    above: list[str], dates: tuple[str | None, str | None]
) -> None:
    headers = ["件名", "落札者", "所在地", "落札金額"]
    found = only(workbook([above, headers, ["架空点検", *SOFT[:2], 1000000]])).dates
    assert tuple(one and one.isoformat() for one in (found.award, found.contract)) == dates
    dated = only(workbook([above, HEADER, ROW])).dates
    assert (dated.award, str(dated.contract)) == (None, "2022-02-01")


@pytest.mark.parametrize(
    ("heading", "buyer"),
    [
        ("令和５年度　委託契約の状況　架空区", "架空区"),
        ("物品購入の結果一覧　架空市立病院", "架空市立病院"),
        ("架空市　契約一覧", "架空市"),
    ],
)
def test_the_buyer_behind_the_title_of_a_list(heading: str, buyer: str) -> None:
    assert only(workbook([[heading], HEADER, ROW])).buyer == buyer


def test_the_office_of_a_ministry_follows_it() -> None:
    rows = [["公表機関", "部局名", *HEADER], ["架空省", "架空地方環境事務所", *ROW]]
    assert only(workbook(rows)).buyer == "架空省架空地方環境事務所"


def test_the_sum_of_a_section_is_no_award() -> None:
    assert len(read(workbook([HEADER, ROW, ["課計　1件", None, None, None, 1500000]])).awards) == 1


def test_several_days_in_one_cell_are_each_what_its_header_says() -> None:
    header = ["件名", "公告日\n開札日\n契約日", *HEADER[2:]]
    rows = [header, ["架空点検", "R5.6.1\nR5.6.28\nR5.7.5", *ROW[2:]], ["架空清掃", "R5.8.1\n－\nR5.9.5", *ROW[2:]]]
    first, second = read(workbook(rows)).awards
    assert (str(first.dates.award), str(first.dates.contract)) == ("2023-06-28", "2023-07-05")
    assert (second.dates.award, str(second.dates.contract)) == (None, "2023-09-05")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("開札日 R5.3.20 契約日 R5.4.1", "2023-04-01"),
        ("公告R5.2.1、契約R5.4.1", "2023-04-01"),
        ("変更契約：令和5年9月1日\n当初契約：令和5年4月1日", "2023-04-01"),
        ("令和5年4月1日（令和5年4月1日～令和6年3月31日）", "2023-04-01"),
    ],
)
def test_of_several_days_with_labels_the_columns_own_is_meant(printed: str, expected: str) -> None:
    assert day(only(workbook([HEADER, ["架空点検", printed, *ROW[2:]]]))) == expected


def test_a_day_in_three_columns_that_nothing_else_heads() -> None:
    rows: list[list[Any]] = [["件名", "年", "月", "日", *HEADER[2:]], ["架空点検", "令和4", "8", "5", *ROW[2:]]]
    assert day(only(workbook([["令和4年度　契約一覧"], *rows]))) == "2022-08-05"


def test_bare_days_are_of_the_month_in_the_title() -> None:
    rows = [["令和５年１１月分　委託契約一覧表"], HEADER, ["架空点検", "15日", *ROW[2:]]]
    assert day(only(workbook(rows))) == "2023-11-15"
    assert day(only(workbook([["令和５年１０月～１１月　契約一覧"], *rows[1:]]))) == "None"


def test_purchases_with_their_day_and_sum() -> None:
    rows: list[list[Any]] = [
        ["品名", "数量", "単価", "金額", "購入日", "購入先", "購入先住所"],
        ["架空顕微鏡", 2, 550000, 1100000, "令和6年6月3日", *SOFT[:2]],
        ["値引き", None, None, -10000, None, None, None],
    ]
    (award,) = read(workbook(rows)).awards
    assert (day(award), money(award)) == (
        "2024-06-03", [("contract_price", 1100000, None), ("unit_price", 550000, None)],
    )  # fmt: skip


def test_units_in_a_row_of_their_own_below_the_header() -> None:
    rows: list[list[Any]] = [
        [*HEADER, "予定価格", "落札率"],
        [None, None, None, None, "千円", "千円", "％"],
        [*ROW[:4], 44000, 46200, 95.2],
    ]
    award = only(workbook(rows))
    assert money(award) == [("contract_price", 44000000, None), ("reserve_price", 46200000, None)]
    assert award.award_rate == 0.952


def test_months_in_rows_of_their_own_for_bare_days_below() -> None:
    header = ["契約日", "件名", "契約の相手方", "所在地", "契約金額"]
    rows: list[list[Any]] = [
        ["令和５年度　契約一覧"],
        header,
        ["４月"],
        ["10日", "架空水路改修", *ROW[2:]],
        ["１月"],
        ["15日", "架空橋補修工事", *ROW[2:]],
    ]
    for merged in ([], ["A3:E3", "A5:E5"]):
        awards = read(workbook(rows, merged=merged)).awards
        assert [day(award) for award in awards] == ["2023-04-10", "2024-01-15"]


@pytest.mark.parametrize("upper", [["契約方法", None, None], [None, None, None]])
def test_a_mark_under_a_method_names_it(upper: list[str | None]) -> None:
    rows = [
        [*HEADER, *upper],
        [None] * 5 + ["一般競争", "指名競争", "随意契約"],
        [*ROW, "○", None, None],
        [*ROW[:4], 1200000, None, None, "〇"],
        [*ROW[:4], 1300000, None, None, None],
    ]
    awards = read(workbook(rows, merged=["F1:H1"] if upper[0] else [])).awards
    assert [award.procurement_method for award in awards] == ["open", "limited", None]
    assert [award.procurement_method_details for award in awards] == ["一般競争", "随意契約", None]


def test_a_day_as_the_number_of_a_spreadsheet() -> None:
    assert day(only(delimited([HEADER, ["架空点検", "44287", *SOFT[:2], 1000000]]))) == "2021-04-01"


def test_the_price_at_the_award_comes_before_a_changed_one() -> None:
    award = only(workbook([[*HEADER[:4], "当初契約額(千円)", "最終契約額(千円)"], [*ROW[:4], 5500, 6050]]))
    assert money(award) == [("contract_price", 5500000, None)]
    assert any("after a change" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("price", "remarks", "told"),
    [
        ("A4 1枚 1.5円\nA3 1枚 2.0円", "複数単価契約", [("unit_price", 1.5), ("unit_price", 2)]),
        ("27.5円/kWhほか\n（予定総額）55,000,000円", "", [("unit_price", 27.5), ("estimated_total", 55000000)]),
        ("1,234,567円\n（予定総額）", "", [("estimated_total", 1234567)]),
    ],
)
def test_prices_per_unit(price: str, remarks: str, told: list[tuple[str, float]]) -> None:
    award = only(workbook([[*HEADER, "備考"], [*ROW[:4], price, remarks]]))
    assert [(amount.role, amount.yen) for amount in award.amounts] == told


def test_a_tender_that_nobody_won_is_no_award() -> None:
    rows = [["開札日", "工事名", "落札業者", "落札金額"], ["R5.6.8", "架空橋耐震補強工事", "不調（応札者なし）", ""]]
    reading = read(delimited([*rows, ["R5.6.9", "架空小学校改修工事", BUILD[0], "45,000,000"]]))
    assert [award.title for award in reading.awards] == ["架空小学校改修工事"]
    assert [(refusal.place, refusal.is_gap) for refusal in reading.refusals] == [("row 2", False)]


def test_a_price_printed_once_for_several_rows() -> None:
    rows = [
        HEADER,
        ["架空設備保守（東館）", "R5.4.1", *POWER[:2], 8000000],
        ["架空設備保守（西館）", None, None, None, None],
    ]
    first, second = read(workbook(rows, merged=("B2:B3", "C2:C3", "D2:D3", "E2:E3"))).awards
    assert [any("once for several rows" in warning for warning in award.warnings) for award in (first, second)] == [
        False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("（名称）架空ソフト株式会社\n（住所）東京都豊島区東池袋1-48-10", SOFT),
        ("【名称】架空ソフト株式会社【所在地】東京都豊島区東池袋1-48-10", SOFT),
        (
            "〒170-0013\n東京都豊島区東池袋1-48-10\n架空ソフト株式会社\n代表取締役社長　架空 太郎\nTEL 03-0000-0000",
            SOFT,
        ),
    ],
)
def test_labels_and_telephones_in_the_suppliers_cell(name: str, firm: tuple[str, str, str]) -> None:
    award = only(
        workbook([["件名", "契約日", "契約相手方（住所・商号）", "契約金額"], ["架空業務", "R5.4.3", name, 1100000]])
    )
    assert firms(award) == [firm]


def test_a_venture_with_its_representative_on_one_line() -> None:
    name = f"架空・電設JV 代表者 {BUILD[0]} {BUILD[1]}"
    award = only(workbook([["件名", "契約日", "契約相手方", "契約金額"], ["架空工事", "R5.4.3", name, 1100000]]))
    assert [(one.name, one.role, one.municipality_code) for one in award.suppliers] == [
        ("架空・電設JV", "awarded", None), (BUILD[0], "jv_member", BUILD[2]),
    ]  # fmt: skip


def test_headers_that_say_how_the_winner_was_found_name_no_winner() -> None:
    rows = [["契約件名", "落札者決定方法", "契約種別", "契約締結日", "相手先", "相手先住所", "契約金額"]]
    award = only(delimited([*rows, ["架空運用委託", "一般競争入札", "委託", "2022-04-01", *CLEAN[:2], 12100000]]))
    assert (firms(award), award.procurement_method) == ([CLEAN], "open")


def test_a_sheet_that_says_nothing_was_bought() -> None:
    reading = read(workbook([HEADER, ROW], [["公共工事"], ["該当なし"]]))
    assert [(str(refusal), refusal.is_gap) for refusal in reading.refusals] == [
        ("form.xlsx, sheet Sheet1: says 該当なし: it holds no awards.", False)
    ]


def test_a_contract_goes_on_behind_a_header_repeated_on_the_next_page() -> None:
    header = ["工事名", "開札日", "入札参加者", "入札金額", "結果"]
    first, second = (
        ["架空修繕工事", "令和4年9月1日", firm[0], "1,000,000", mark] for firm, mark in ((CLEAN, "落札"), (BUILD, ""))
    )
    pages = [
        table_of([[Cell.of(text) for text in row] for row in (header, body)], page=page)
        for page, body in ((1, first), (2, second))
    ]
    (award,) = read_bid_results(File.of_bytes("form.pdf", b""), pages).awards
    assert bids(award) == {CLEAN[0]: [1000000], BUILD[0]: [1000000]}


def open_document(rows: list[list[Any]]) -> File:
    def cell(value: Any) -> str:
        kind = 'float" office:value="' + str(value) if isinstance(value, int) else "string"
        return f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
            f'<table:table table:name="物品">{body}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    return File.of_bytes("form.ods", stream.getvalue())


def test_an_open_document() -> None:
    award = only(open_document([HEADER, ROW]))
    assert (award.source.sheet, firms(award), money(award)) == ("物品", [SOFT], [("contract_price", 1500000, None)])
