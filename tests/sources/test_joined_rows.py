"""Records over two rows, rows that go on with the award above, and columns that hold the parts of one thing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.forms import BUILD, CLEAN, POWER, SOFT, day, delimited, firms, money, only, page, read, workbook

from tsukitome.documents.delimited_batches import TextRows
from tsukitome.documents.file import File
from tsukitome.documents.table import Table
from tsukitome.sources.contract_batches import State, follows, read_part
from tsukitome.sources.contract_table import TableReader

HEADER = ["件名", "契約日", "契約の相手方の名称\n及び住所", "契約金額", "契約方法"]
BELOW = [
    HEADER,
    ["架空庭園管理業務", "令和4年4月1日", CLEAN[0], 2400000, "随意契約"],
    [None, None, CLEAN[1], None, None],
    ["架空樹木剪定業務", "令和4年5月2日", SOFT[0], 1800000, "随意契約"],
    [None, None, SOFT[1], None, None],
    [None, None, "法人番号4010001012345", None, None],
]


@pytest.mark.parametrize("write", [workbook, delimited, page])
def test_an_address_and_a_number_below_the_name(write: Callable[..., File]) -> None:
    reading = read(write(BELOW))
    assert [(award.title, firms(award), money(award)) for award in reading.awards] == [
        ("架空庭園管理業務", [CLEAN], [("contract_price", 2400000, None)]),
        ("架空樹木剪定業務", [SOFT], [("contract_price", 1800000, None)]),
    ]
    assert reading.awards[1].suppliers[0].corporate_number == "4010001012345"
    assert [award.source.row for award in reading.awards] == [2, 4]
    assert reading.refusals == ()


STACKED = [
    ["No.", "件名", "契約相手方名称", "契約年月日", "契約金額"],
    [None, "履行場所", "契約相手方住所", "契約方法", "落札率"],
    [1, "架空庭園管理業務", CLEAN[0], "令和4年4月1日", 2400000],
    [None, "架空公園", CLEAN[1], "一般競争入札", 0.8],
    [2, "架空樹木剪定業務", SOFT[0], "令和4年5月2日", 1800000],
    [None, "架空公園", SOFT[1], "指名競争入札", 0.9],
    ["合計", None, None, None, 4200000],
]


@pytest.mark.parametrize("write", [workbook, delimited])
def test_a_header_of_two_rows_over_records_of_two_rows(write: Callable[..., File]) -> None:
    reading = read(write(STACKED))
    told = [
        (award.title, firms(award), day(award), award.award_rate, award.procurement_method) for award in reading.awards
    ]
    assert told == [
        ("架空庭園管理業務", [CLEAN], "2022-04-01", 0.8, "open"),
        ("架空樹木剪定業務", [SOFT], "2022-05-02", 0.9, "selective"),
    ]
    assert all(not refusal.is_gap for refusal in reading.refusals)


def test_further_suppliers_of_one_title_left_blank() -> None:
    reading = read(
        delimited(
            [
                ["件名", "契約日", "契約業者", "住所", "契約金額"],
                ["架空印刷単価", "R5.4.3", *SOFT[:2], 1100000],
                ["", "", *BUILD[:2], 1200000],
                ["", "", *POWER[:2], 1300000],
            ]
        )
    )
    assert [(award.title, day(award), firms(award), award.amounts[0].yen) for award in reading.awards] == [
        ("架空印刷単価", "2023-04-03", [SOFT], 1100000),
        ("架空印刷単価", "2023-04-03", [BUILD], 1200000),
        ("架空印刷単価", "2023-04-03", [POWER], 1300000),
    ]
    assert [any("row above" in warning for warning in award.warnings) for award in reading.awards] == [
        False,
        True,
        True,
    ]


def test_a_price_without_anyone_is_refused() -> None:
    reading = read(delimited([HEADER, ["架空業務", "R5.4.3", SOFT[0], 1100000, ""], ["", "R5.4.4", "", 1200000, ""]]))
    assert (len(reading.awards), [refusal.reason for refusal in reading.refusals]) == (1, ["a row without a title."])


def test_parts_of_a_day_and_of_an_address() -> None:
    award = only(
        workbook(
            [
                ["令和3年度 契約一覧"],
                ["件名", "契約年月日", None, None, "契約の相手方", "都道府県", "市区町村", "町名番地", "契約金額"],
                [None, "年", "月", "日", None, None, None, None, None],
                ["架空運搬業務", 3, 4, 1, CLEAN[0], "千葉県", "千葉市美浜区", "中瀬2-6-1", 1234567],
            ],
            merged=("A2:A3", "B2:D2", "E2:E3", "I2:I3"),
        )
    )
    assert (day(award), firms(award)) == ("2021-04-01", [CLEAN])


LINES = (
    ["架空庭園管理業務委託", "令和4年4月1日", CLEAN[0], "2400000", "随意契約"],
    ["", "", CLEAN[1], "", ""],
    ["", "", SOFT[0], "1300000", ""],
    ["", "", "", "", "企画競争"],
    ["合計", "", "", "4200000", ""],
    ["", "", "", "", ""],
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12), st.integers(1, 12))
def test_rows_that_go_on_are_the_same_in_batches_and_without_the_quick_way(body: list[list[str]], cut: int) -> None:
    rows = [[cell.replace("\n", "") for cell in HEADER], *body]
    file = File.of_bytes("a.csv", b"")
    whole = read_part(file, 1, rows, len(rows), State())
    slow = TableReader(file, plainly=False)
    slow.read_rows(TextRows(rows, 1, len(HEADER)), len(rows), Table(()), 1)
    assert list(slow.awards()) == list(whole.reading.awards)
    assert tuple(slow.refusals) == whole.reading.refusals
    first = read_part(file, 1, rows, min(cut, len(rows)), State())
    rest = rows[cut:]
    assumed = State(first.state.layout, first.state.context, 1)
    second = read_part(file, cut + 1, rest, len(rest), assumed)
    if not follows(assumed, first.state, cut + 1, asked_above=second.asked_above):
        second = read_part(file, cut + 1, rest, len(rest), first.state)
    assert [*first.reading.awards, *second.reading.awards] == list(whole.reading.awards)
    assert (*first.reading.refusals, *second.reading.refusals) == whole.reading.refusals


def test_a_quotation_of_csv_needs_no_line_break() -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([HEADER, ["架空業務", "R5.4.3", f"{SOFT[0]}\n{SOFT[1]}", "1,100,000", "随意契約"]])
    assert firms(only(File.of_bytes("a.csv", stream.getvalue().encode("cp932")))) == [SOFT]
