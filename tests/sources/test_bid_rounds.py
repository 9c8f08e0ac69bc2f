"""Rounds of bids, each with a list of bidders of its own: one award with the bids of all rounds.

All firms and contracts are made up (架空).
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.sources.forms import BUILD, CLEAN, POWER, bids, day, delimited, only, page, read, ruled, workbook

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.sources.bid_rounds import round_of

A, B, C = CLEAN[0], BUILD[0], POWER[0]
LABELS = [["件名", "架空舗装工事"], ["開札日", "令和5年6月8日"], ["予定価格（税抜）", "9,000,000"]]
HEADER = ["業者名", "入札金額（税抜）", "備考"]
FIRST = [HEADER, [A, "9,800,000", ""], [B, "9,500,000", ""], [C, "9,900,000", ""]]
SECOND = [HEADER, [A, "9,200,000", ""], [B, "8,900,000", "落札"], [C, "辞退", ""]]
BIDS = {B: [8_900_000, 9_500_000], A: [9_800_000, 9_200_000], C: [9_900_000]}


def winners(award: Award) -> list[str]:
    return [one.name for one in award.suppliers if one.role == "awarded"]


def is_whole(award: Award) -> bool:
    return (award.title, winners(award), bids(award), award.tenderers) == ("架空舗装工事", [B], BIDS, 3)


@pytest.mark.parametrize(
    ("one", "two"),
    [("第1回", "第2回"), ("第１回入札", "第２回入札"), ("【1回目】", "【2回目】"), (None, "再入札"), ("初回入札", "再度入札"),
     (None, "（再度の入札）")],
)  # fmt: skip
@pytest.mark.parametrize("headed", [True, False])
def test_rounds_below_each_other(one: str | None, two: str, headed: bool) -> None:
    rows: list[list[Any]] = [*LABELS, *([[one]] if one else []), *FIRST, [], [two], *SECOND[0 if headed else 1 :]]
    assert is_whole(only(delimited(rows)))
    assert is_whole(only(workbook([row or [None] for row in rows])))


def test_the_day_of_the_last_round_is_that_of_the_award() -> None:
    rows = [*LABELS, *FIRST, [], ["再入札"], ["件名", "架空舗装工事"], ["開札日", "令和5年6月15日"], *SECOND]
    award = only(delimited(rows))
    assert (is_whole(award), day(award)) == (True, "2023-06-15")


def test_the_round_may_stand_in_the_title_of_its_list() -> None:
    rows = [*LABELS, *FIRST, [], ["件名", "架空舗装工事（再入札）"], ["開札日", "令和5年6月15日"], *SECOND]
    assert is_whole(only(delimited(rows)))


def test_three_rounds_and_who_went_home_before_the_last() -> None:
    third = [HEADER, [B, "8,500,000", "落札"]]
    second = [HEADER, [A, "9,200,000", "辞退（第3回）"], [B, "8,900,000", ""]]
    award = only(delimited([*LABELS, ["第1回"], *FIRST, ["第2回"], *second, ["第3回"], *third]))
    assert bids(award) == {B: [8_500_000, 9_500_000, 8_900_000], A: [9_800_000, 9_200_000], C: [9_900_000]}
    assert winners(award) == [B]


def test_rounds_in_tables_of_their_own() -> None:
    numbered = [
        [[*HEADER[:1], f"第{nth}回入札金額（税抜）", "備考"], *rows[1:]] for nth, rows in ((1, FIRST), (2, SECOND))
    ]
    pages = [
        page(LABELS, "<p>第1回入札</p>", FIRST, "<p>第2回入札</p>", SECOND),
        page([*LABELS, *FIRST], [["第2回"], *SECOND]),
        page([*LABELS, *numbered[0]], "<h3>第２回</h3>", [*LABELS[:2], *numbered[1]]),
    ]
    assert [is_whole(only(one)) for one in pages] == [True, True, True]
    assert is_whole(only(ruled([*LABELS, *FIRST], [["第2回"], *SECOND])))


def test_rounds_in_running_text() -> None:
    lines = ["件名　架空舗装工事", "開札日　令和5年6月8日", "第１回"]
    lines += [f"{name}　　{price}円　　{mark}" for name, price, mark in FIRST[1:]]
    lines += [
        "",
        "第２回",
        *(f"{name}　　{price}{'' if price == '辞退' else '円'}　　{mark}" for name, price, mark in SECOND[1:]),
    ]
    assert is_whole(only(File.of_bytes("kekka.txt", "\n".join(lines).encode())))


def test_another_contract_below_is_no_further_round() -> None:
    rows = [
        *LABELS,
        *SECOND,
        [],
        ["件名", "架空除草業務"],
        ["開札日", "令和5年6月9日"],
        *FIRST[:1],
        [A, "100,000", "落札"],
    ]
    assert [(award.title, winners(award)) for award in read(delimited(rows)).awards] == [
        ("架空舗装工事", [B]), ("架空除草業務", [A]),
    ]  # fmt: skip


def test_what_follows_a_winner_is_no_further_round_and_heads_no_bidder() -> None:
    rows = [*LABELS, *SECOND, [], ["第2回"], HEADER, [A, "100,000", "落札"]]
    reading = read(delimited(rows))
    assert [winners(award) for award in reading.awards] == [[B], [A]]
    assert [refusal.reason for refusal in reading.refusals] == ["a row that names no bidder."]
    assert all(one.name in (A, B, C) for award in reading.awards for one in award.suppliers)


def test_the_same_name_twice_in_a_round_is_not_put_together() -> None:
    rows = [*LABELS, HEADER, [A, "9,800,000", ""], [A, "9,500,000", ""], [], ["再入札"], *SECOND]
    reading = read(delimited(rows))
    assert {one.name for award in reading.awards for one in award.suppliers} == {A, B, C}
    assert reading.refusals


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("第1回", 1), ("第２回入札", 2), ("【第3回入札結果】", 3), ("2回目", 2), ("二回目入札", 2), ("再入札", 2), ("再度入札", 2),
        ("再々入札", 3),
        ("再度の入札", 2), ("再見積", 2), ("（再入札）", 2),
        ("再度", None), ("再度公告", None), ("第2回架空工事", None), ("架空第2回", None),
        ("株式会社第2回", None), ("第1回設計変更", None),
    ],
)  # fmt: skip
def test_which_lines_head_a_round(line: str, number: int | None) -> None:
    assert round_of(line) == number


@pytest.mark.parametrize("name", ["回数", "入札回数", "開札回数", "入札回"])
@pytest.mark.parametrize("number", ["{}", "第{}回", "{}回目"])
def test_rounds_told_by_a_column(name: str, number: str) -> None:
    header = ["件名", "開札日", name, *HEADER]
    rows = [
        ["架空舗装工事", "R5.6.8", number.format(nth), *row] for nth, of in ((1, FIRST), (2, SECOND)) for row in of[1:]
    ]
    award = only(delimited([header, *rows]))
    assert (winners(award), award.tenderers) == ([B], 3)
    assert {one: sorted(of) for one, of in bids(award).items()} == {one: sorted(of) for one, of in BIDS.items()}
    assert [one.name for one in award.suppliers] == [B, A, C]


def test_a_line_below_the_bidders_ends_the_tender() -> None:
    for line in ("不調", "予定価格超過により不調", "落札者なし"):
        second = [HEADER, [A, "9,200,000", "予定価格超過"], [B, "8,900,000", "予定価格超過"]]
        reading = read(delimited([*LABELS, ["第1回"], *FIRST, ["第2回"], *second, [line]]))
        assert [*reading.awards] == []
        assert [refusal.reason for refusal in reading.refusals] == ["a tender: nobody won it."]


def test_a_line_that_ends_a_tender_does_not_unmake_its_winner() -> None:
    award = read(delimited([*LABELS, *SECOND, ["中止"]])).awards[0]
    assert winners(award) == [B]
