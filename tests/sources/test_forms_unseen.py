"""Forms (made, 架空) that gave a wrong supplier or price, or none, without a word when they were first tried."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from tests.sources.forms import (
    BUILD,
    CLEAN,
    HEADER,
    POWER,
    ROW,
    SOFT,
    Rows,
    day,
    delimited,
    firms,
    markup,
    money,
    only,
    page,
    read,
    ruled,
    workbook,
)

from tsukitome.documents.file import File
from tsukitome.sources.recognize import read_in_batches


def test_characters_that_nobody_sees_part_no_number() -> None:
    rows: Rows = [HEADER, [*ROW[:4], "12,\u200b100,\u200b000"]]
    assert money(only(page(rows))) == [("contract_price", 12100000, None)]


def test_what_a_page_hides_is_no_part_of_a_title() -> None:
    table = markup([HEADER, ROW]).replace(ROW[0], f'{ROW[0]}<span style="display: none">new</span>')
    assert only(page(table)).title == ROW[0]


@pytest.mark.parametrize(
    ("cell", "name", "address"),
    [
        ("千葉市美浜区中瀬2-6-1架空清掃株式会社", "架空清掃株式会社", "千葉市美浜区中瀬2-6-1"),
        ("横須賀市小川町11番地株式会社架空建設", "株式会社架空建設", "横須賀市小川町11番地"),
    ],
)
def test_an_address_that_runs_on_into_the_name(cell: str, name: str, address: str) -> None:
    rows: Rows = [
        ["契約名", "契約日", "相手方の住所及び氏名", "契約額"],
        ["架空床研磨", "H25.7.1", cell, "1,260,000円"],
    ]
    assert [one[:2] for one in firms(only(delimited(rows)))] == [(name, address)]


def test_a_city_alone_in_parentheses_is_an_address() -> None:
    rows: Rows = [
        ["件名", "契約日", "契約の相手方", "契約金額"],
        ["架空築造工事", "R5.4.3", f"{BUILD[0]}\n（横須賀市）", 418],
    ]
    assert firms(only(workbook(rows))) == [(BUILD[0], "横須賀市", "14201")]


def test_a_line_over_the_whole_width_is_no_award() -> None:
    header = ["契約の名称", "契約日", "契約の相手方", "契約金額"]
    rows: Rows = [
        header,
        ["１　工事", None, None, None],
        ["架空浚渫工事", "R1.5.20", "\n".join(BUILD[:2]), "16,200,000"],
    ]
    assert [firms(award) for award in read(workbook(rows, merged=["A2:D2"])).awards] == [[BUILD]]


@pytest.mark.parametrize("header", ["契約区分", "単価・総価の別", "契約種別"])
def test_a_column_says_which_prices_are_per_unit(header: str) -> None:
    rows: Rows = [[*HEADER, header], [*ROW[:4], 1980, "単価"], ["架空什器", *ROW[1:4], 2420000, "総価"]]
    assert [money(award) for award in read(workbook(rows)).awards] == [
        [("unit_price", 1980, None)], [("contract_price", 2420000, None)],
    ]  # fmt: skip


def test_notes_between_header_and_body() -> None:
    header = ["№", "契約件名\n※1", "契約日", "契約相手方\n(法人番号)", "所在地", "契約金額"]
    body = [1, *ROW[:2], SOFT[0], SOFT[1], 330000000]
    award = only(workbook([header, ["※1　件名は略称。"], ["※2　単価契約は予定総額。"], body]))
    assert (firms(award), money(award)) == ([SOFT], [("contract_price", 330000000, None)])


def test_a_header_whose_lower_half_is_the_address() -> None:
    head = "<tr><th rowspan=2>件名</th><th>契約の相手方</th><th rowspan=2>契約日</th><th rowspan=2>契約金額</th></tr>"
    body = f"<tr><td rowspan=2>架空工事</td><td>{POWER[0]}</td><td rowspan=2>R4.8.5</td><td rowspan=2>21,450,000円</td></tr>"
    table = f"<table>{head}<tr><th>住所</th></tr>{body}<tr><td>{POWER[1]}</td></tr></table>"
    award = only(page(table))
    assert (firms(award), day(award)) == ([POWER], "2022-08-05")


def test_sums_of_pages_are_no_awards() -> None:
    rows: Rows = [HEADER, ROW, ["頁計", "", "", "", 1500000], HEADER, ROW, ["ページ計", "", "", "", 1500000]]
    assert len(read(delimited(rows)).awards) == 2


def test_the_same_day_and_marks_in_a_run() -> None:
    rows: Rows = [HEADER, ROW, ["架空黒板", "同日", *ROW[2:]], ["架空暗幕", "々々々", "同社", "〃〃", 440000]]
    awards = read(workbook(rows)).awards
    assert [(day(award), firms(award)) for award in awards] == [("2022-02-01", [SOFT])] * 3


def test_the_day_of_the_bids_where_there_is_no_other() -> None:
    header = ["工事（業務）名", "入札月日", "落札業者", "所在", "落札額"]
    rows: Rows = [["令和５年度　入札結果一覧"], header, ["架空工事", "4月18日", *CLEAN[:2], "38,400,000"]]
    award = only(workbook(rows))
    assert (day(award), firms(award)) == ("2023-04-18", [CLEAN])


def test_an_address_column_below_a_joined_header_in_a_ruled_page() -> None:
    rows: Rows = [
        ["件名", "契約者", "", "契約日", "契約金額"],
        ["", "名称", "所在", "", ""],
        [ROW[0], *SOFT[:2], ROW[1], 1500000],
    ]
    assert firms(only(ruled(rows, widths=[150, 120, 150, 80, 80]))) == [SOFT]


def looking(rows: Rows, formats: dict[str, str], struck: tuple[str, ...] = ()) -> File:
    """A workbook with number formats and struck-out cells, by their places."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for place, code in formats.items():
        sheet[place].number_format = code
    for place in struck:
        sheet[place].font = Font(strike=True)
    stream = io.BytesIO()
    book.save(stream)
    return File.of_bytes("form.xlsx", stream.getvalue())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('#,##0"千円"', ("contract_price", 412500000)),
        ('#,##0,"千円"', ("contract_price", 412500)),  # the comma leaves out three digits of what is stored in yen
        ('"@"#,##0', ("unit_price", 412500)),
        ('#,##0"円/kg"', ("unit_price", 412500)),
        ('#,##0"円"', ("contract_price", 412500)),
    ],
)
def test_what_a_number_format_prints(code: str, expected: tuple[str, int]) -> None:
    assert money(only(looking([HEADER, [*ROW[:4], 412500]], {"E2": code}))) == [(*expected, None)]


def test_days_and_rates_keep_their_formats() -> None:
    rows: Rows = [[*HEADER, "落札率"], ["架空業務", 45017, *SOFT[:2], 990000, 0.9]]
    award = only(looking(rows, {"B2": 'ggge"年"m"月"d"日"', "F2": '0.0"％"'}))
    assert (day(award), award.award_rate) == ("2023-04-01", 0.9)


def test_rows_that_are_struck_out_are_said() -> None:
    rows: Rows = [HEADER, ROW, ["架空取消業務", *ROW[1:]]]
    reading = read(looking(rows, {}, ("A3", "B3", "C3", "D3", "E3")))
    assert [award.title for award in reading.awards] == [ROW[0]]
    assert [refusal.place for refusal in reading.refusals] == ["sheet Sheet, row 3"]


def test_a_price_that_was_struck_out_and_written_anew() -> None:
    price = CellRichText(TextBlock(InlineFont(strike=True), "880,000"), "　770,000")
    assert money(only(looking([HEADER, [*ROW[:4], price]], {}))) == [("contract_price", 770000, None)]


def test_a_foreign_firm_over_its_address() -> None:
    cell = "Kakuu Publishing B.V.\nRadarweg 29, 1043 NX Amsterdam, The Netherlands"
    rows: Rows = [
        ["件名", "契約日", "契約の相手方の名称及び住所", "契約金額"],
        ["架空電子誌利用", "2022/1/4", cell, 15987654],
    ]
    assert firms(only(workbook(rows))) == [
        ("Kakuu Publishing B.V.", "Radarweg 29, 1043 NX Amsterdam, The Netherlands", None)
    ]


def test_the_representative_of_a_venture_told_by_its_address_alone() -> None:
    cell = f"{BUILD[0]}・{POWER[0]}JV\n（代表）{BUILD[1]}"
    rows: Rows = [
        ["工事名", "契約日", "契約の相手方の名称及び住所", "契約金額"],
        ["架空高架橋工事", "R4.4.28", cell, 526900000],
    ]
    award = only(workbook(rows))
    assert [(one.name, one.role) for one in award.suppliers] == [
        (f"{BUILD[0]}・{POWER[0]}JV", "awarded"), (BUILD[0], "jv_member"), (POWER[0], "jv_member"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "representative",
    ["代表取締役　仮名　花子", "代表取締役社長 仮名花子", "東北支店長 仮名 花子", "代表理事　理事長　仮名　花子"],
)
def test_names_of_representatives_are_in_no_quotation(representative: str) -> None:
    cell = f"{SOFT[0]}\n{representative}\n{SOFT[1]}"
    rows: Rows = [["件名", "契約日", "契約の相手方の名称及び住所", "契約金額"], ["架空業務", "R5.4.1", cell, 990000]]
    award = only(workbook(rows))
    assert firms(award)[0][1] == SOFT[1]
    assert "花子" not in str(award.to_dict())
    assert "氏名略" in award.source.quote


def test_what_heads_a_list_of_sums_in_remarks() -> None:
    header = ["件名", "契約日", "契約の相手方の名称及び住所", "契約金額", "備考"]
    cell = "\n".join(["①" + SOFT[0], SOFT[1], "②" + POWER[0], POWER[1]])
    prices = "①@1,870円/時間\n②@1,920円/時間"
    row = ["架空派遣（単価契約）", "R5.4.3", cell, prices, "単価契約\n支出見込総額①18,700,000円②9,600,000円"]
    assert money(only(workbook([header, row])))[2:] == [
        ("estimated_total", 18700000, 0),
        ("estimated_total", 9600000, 1),
    ]


@pytest.mark.parametrize("shape", ["two rows a record", "two things a cell", "side by side"])
def test_a_large_file_of_an_unusual_shape_gives_what_a_small_one_does(shape: str) -> None:
    title = "架空業務（架空地区における設備の更新及び保守を含む。期間は別に定める仕様書による）"
    head: Rows = [["件名", "契約日", "契約相手方", "契約金額"], ["（契約方法）", "", "（住所）", ""]]
    rows: Rows = [[title, "R4.4.1", SOFT[0], "990,000"], ["一般競争入札", "", SOFT[1], ""]]
    if shape == "two things a cell":
        head = [["件名", "契約締結日\n契約金額", "契約相手方及び住所"]]
        rows = [[title, "R4.4.1\n990,000円", f"{SOFT[0]}\n{SOFT[1]}"]]
    elif shape == "side by side":
        head = [["件名", "契約日", "業者", "金額", "", "件名", "契約日", "業者", "金額"]]
        rows = [[title, "R4.4.1", SOFT[0], 990000, "", title, "R4.4.1", SOFT[0], 880000]]
    small, large = [delimited([*head, *(rows * times)], encoding="utf-8") for times in (3, 9000)]
    assert large.size > 1 << 20
    told = [(firms(award), money(award)) for award in read(small).awards]
    awards = [award for reading in read_in_batches(large) for award in reading.awards]
    assert (len(awards), {str((firms(one), money(one))) for one in awards}) == (
        3000 * len(told),
        {str(one) for one in told},
    )
