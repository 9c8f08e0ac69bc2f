"""Forms (made, 架空) that gave a wrong supplier or price, or none, without a word when they were first tried."""

from __future__ import annotations

import pytest
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
