"""How many took part in a tender, as columns and remarks print it."""

from __future__ import annotations

import pytest

from tsukitome.sources.headers import field_of, header_key
from tsukitome.sources.tenderers import lone_tenderer, read_tenderers, tenderers_in_remarks


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("応札・応募者数", "tenderers"),
        ("応札・応募者数\n（者）", "tenderers"),
        ("応札者数", "tenderers"),
        ("入札者数（者）", "tenderers"),
        ("入札参加者数", "tenderers"),
        ("入札参加業者数", "tenderers"),
        ("応募者数", "applicants"),
        ("入札参加者名", "bidder"),
        ("入札参加業者名及び入札参加者数", "bidder"),
        ("指名業者数", "ignored"),
        ("応札・応募者数が1者である理由", "ignored"),
    ],
)
def test_columns_of_numbers_are_told_from_columns_of_names(header: str, field: str) -> None:
    assert field_of(header_key(header)) == field


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1", 1), ("３", 3), ("2者", 2), ("一者", 1), ("4社", 4), ("1.0", 1), ("3,596", 3596), ("応札者1者", 1), ("1者応札", 1),
        ("", None), ("－", None), ("＿", None), ("0", None), ("非公表", None), ("随意契約", None),
    ],
)  # fmt: skip
def test_a_cell_of_the_column(cell: str, number: int | None) -> None:
    assert read_tenderers(cell) == (number, None)


@pytest.mark.parametrize("cell", ["①2", "2以上", "3(1)", "応募2者のうち有効1", "多数", "12345"])
def test_a_cell_that_says_more_is_not_guessed_at(cell: str) -> None:
    number, warning = read_tenderers(cell)
    assert number is None
    assert warning is not None
    assert cell in warning


@pytest.mark.parametrize(
    ("remarks", "number"),
    [
        ("一者応札", 1),
        ("１者応札", 1),
        ("一社入札", 1),
        ("応札者1者", 1),
        ("応札者数：１", 1),
        ("入札参加者数 3者", 3),
        ("総合評価、応札者数は2者", 2),
        ("一者応札であった。", 1),
        ("応募者3者、応札者1者", 1),
        ("応募者数：2", 2),
    ],
)
def test_remarks_that_state_the_number(remarks: str, number: int) -> None:
    assert tenderers_in_remarks(remarks) == number


@pytest.mark.parametrize(
    "remarks",
    [
        "",
        "単価契約",
        "前回一者応札",
        "前回の入札は、一者応札であった",
        "一者応札の改善に取り組む",
        "一者応札の理由：",
        "一者応札ではない",
        "一者応札を避けるため",
        "非一者応札",
        "応札者1者以上",
        "11者応札12",
        "①応札者1者②応札者1者",
        "応札者1者、応札者3者",
        "応札者なし",
    ],
)
def test_remarks_that_do_not(remarks: str) -> None:
    assert tenderers_in_remarks(remarks) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("有", 1),
        ("○", 1),
        ("一者応札", 1),
        ("１者", 1),
        ("該当あり", 1),
        ("無", None),
        ("－", None),
        ("", None),
        ("二者応札", None),
    ],
)
def test_a_column_that_says_whether_there_was_one_bid(cell: str, number: int | None) -> None:
    assert lone_tenderer(cell) == number


@pytest.mark.parametrize("header", ["一者応札の有無", "１者応札", "一者応札"])
def test_the_column_of_one_bid_is_known_by_its_header(header: str) -> None:
    assert field_of(header_key(header)) == "lone_tender"
    assert field_of(header_key(f"{header}となった理由")) != "lone_tender"
