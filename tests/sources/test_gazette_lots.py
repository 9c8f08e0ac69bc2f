"""Lots and their prices: a lot's number is never a digit of the amount behind it, whatever the letter-spacing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources.test_gazette import TOP, names, notice, one, prices

from tsukitome.awards import Award
from tsukitome.sources.gazette.amount_runs import tell_apart
from tsukitome.sources.gazette.labels import lots_of

LABELLED = "№1、3：株式会社甲（東京都港区芝1-1） №2：株式会社乙（大阪市北区梅田1-2）"
BOTH = [("contract_price", 1_200_000), ("contract_price", 5_000_000)]


def amounts(award: Award) -> list[tuple[str, float]]:
    return [(role, yen) for role, yen, _ in prices(award)]


@pytest.mark.parametrize(
    "price",
    [
        "№1 1,200,000円 №2 5,000,000円",
        "№ 1 1,200,000円 № 2 5,000,000円",
        "№1 1,200,000 №2 5,000,000",
        "No.1 1,200,000円、No.2 5,000,000円",
        "1. 1,200,000円 2. 5,000,000円",
        "1 1,200,000円 2 5,000,000円",
        "ロット1 1,200,000円 ロット2 5,000,000円",
        "西棟1 1,200,000円 西棟2 5,000,000円",
        "(1) 1,200,000円 (2) 5,000,000円",
        "1) 1,200,000円 2) 5,000,000円",
        "①1,200,000円 ②5,000,000円",
        "№1 120万円 №2 500万円",
        "総額 №1 1,200,000円 №2 5,000,000円",
    ],
)
def test_price_behind_a_lots_number(price: str) -> None:
    assert prices(one(TOP + notice(price=price))) == [(role, yen, 0) for role, yen in BOTH]


def test_one_price_for_two_lots() -> None:
    assert prices(one(TOP + notice(price="№1、2 1,200,000円"))) == [("contract_price", 1_200_000, 0)]


@pytest.mark.parametrize(
    "price", ["№1 1,200,000円 №2 5,000,000円", "№1、3 1,200,000円 №2 5,000,000円", "№1：1,200,000円 №2：5,000,000円"]
)
def test_price_goes_to_the_winner_of_the_lot(price: str) -> None:
    award = one(TOP + notice(winner=LABELLED, price=price))
    assert names(award) == ["株式会社甲", "株式会社乙"]
    assert prices(award) == [("contract_price", 1_200_000, 0), ("contract_price", 5_000_000, 1)]
    assert award.warnings == ()


def test_price_of_a_lot_that_no_winner_has() -> None:
    award = one(TOP + notice(winner=LABELLED, price="№1 1,200,000円 №4 5,000,000円"))
    assert prices(award) == [("contract_price", 1_200_000, 0), ("contract_price", 5_000_000, None)]
    assert any("lot 4" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    "price",
    [
        "№ 1 1 1,200,000円",  # lot 1 and 11,200,000, or lot 11 and 1,200,000
        "1 1 , 2 0 0 , 0 0 0 円 2 5 , 0 0 0 , 0 0 0 円",  # two lots, or 11,200,000 and 25,000,000
        "3 1,200,000円 7 5,000,000円",
        "H29 1,200,000円",
        "2. 5000円",
        "1,200,000 5,000,000",
        "12,345,67円",
    ],
)
def test_price_that_cannot_be_told_is_left_out_and_said(price: str) -> None:
    award = one(TOP + notice(price=price))
    assert award.amounts == ()
    assert any("was left out" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("printed", "yen"),
    [
        ("1 4 .9 0 円( 他 複 数 単 価 契 約 )", 14.9),
        ("1 .72円（他複数単価契約）", 1.72),
        ("1 4 .90 円（単価）", 14.9),
        ("28. 61円（単価）", 28.61),
        ("2 4 2 , 1 4 3 , 5 6 0", 242_143_560),
        ("242,143,\n560", 242_143_560),
        ("869,34 6 ,000円", 869_346_000),
        ("182.547.000円", 182_547_000),
    ],
)
def test_letter_spaced_amount_closes_up(printed: str, yen: float) -> None:
    assert [amount for _, amount in amounts(one(TOP + notice(price=printed)))] == [yen]


def test_lone_white_space_in_an_amount_is_said() -> None:
    award = one(TOP + notice(price="1 2,345,678円"))
    assert amounts(award) == [("contract_price", 12_345_678)]
    assert any("'1 2,345,678' was taken for letter-spacing" in warning for warning in award.warnings)


def test_reserve_prices_of_lots() -> None:
    award = one(TOP + notice(price="非公表", rest="⑫ №1 1,300,000円 №2 5,500,000円"))
    assert amounts(award) == [("reserve_price", 1_300_000), ("reserve_price", 5_500_000)]


def test_award_day_behind_a_lots_number() -> None:
    assert str(one(TOP + notice(day="№2 29.8.9")).dates.award) == "2017-08-09"


@pytest.mark.parametrize("printed", ["非公表", "－", "省略", "別紙のとおり", "〓〓"])
def test_price_that_is_not_given_is_said(printed: str) -> None:
    award = one(TOP + notice(price=printed))
    assert award.amounts == ()
    assert any("price" in warning and printed.replace("－", "-") in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("label", "lots"), [("1,3~5,9", {1, 3, 4, 5, 9}), ("2", {2}), ("ロット1", {1}), ("A地区", set()), ("", set())]
)
def test_lots_of_a_label(label: str, lots: set[int]) -> None:
    assert lots_of(label) == lots


# --- random lots, prices and letter-spacing ------------------------------------------------------------------------------

LOTS = st.lists(st.integers(1, 130), min_size=1, max_size=3, unique=True)
YEN = st.integers(100_000, 99_999_999_999)
FORMS = ["№{} {}円", "No.{} {}円、", "№{}：{}円", "({}) {}円", "ロット{} {}円"]


@st.composite
def lots_and_prices(draw: st.DrawFn) -> tuple[list[int], list[int], str]:
    """Lots, their prices, and both as a field prints them: every space of the form stays, others come at random."""
    form = draw(st.sampled_from([*FORMS, "{}. {}円"]))
    lots = list(range(1, draw(st.integers(1, 4)) + 1)) if form == "{}. {}円" else draw(LOTS)
    yen = [draw(YEN) for _ in lots]
    text = " ".join(form.format(lot, f"{price:,}") for lot, price in zip(lots, yen, strict=True))
    if draw(st.booleans()):
        return lots, yen, " ".join(text)
    dense = draw(st.sampled_from([0, 1, 3]))
    cuts = [draw(st.integers(0, 9)) < dense for _ in text]
    return lots, yen, "".join(char + " " * cut for char, cut in zip(text, cuts, strict=True))


@settings(deadline=None)
@given(lots_and_prices())
def test_every_price_read_is_a_true_one_or_left_out_with_a_warning(case: tuple[list[int], list[int], str]) -> None:
    _, yen, printed = case
    award = one(TOP + notice(price=printed))
    found = [amount.yen for amount in award.amounts]
    assert set(found) <= set(yen), printed
    assert len(found) == len(yen) or award.warnings, printed


@settings(deadline=None)
@given(lots_and_prices())
def test_no_price_goes_to_the_wrong_winner(case: tuple[list[int], list[int], str]) -> None:
    lots, yen, printed = case
    winner = " ".join(f"№{lot}：株式会社見本{chr(0x30A2 + lot % 80)}{lot}商会（東京都港区芝1-1）" for lot in lots)
    award = one(TOP + notice(winner=winner, price=printed))
    assert len(names(award)) == len(lots)
    true = {(price, place) for place, price in enumerate(yen)}
    assert {(amount.yen, amount.supplier) for amount in award.amounts} <= true | {(price, None) for price in yen}, (
        printed
    )


@given(YEN)
def test_a_letter_spaced_amount_alone_is_read(yen: int) -> None:
    for printed in (f"{yen:,}円", " ".join(f"{yen:,}円"), f"{yen:,}円".replace(",", ",\n")):
        assert amounts(one(TOP + notice(price=printed))) == [("contract_price", yen)]


def test_lots_are_told_apart_with_a_colon() -> None:
    assert tell_apart("№1 1,200,000円 №2 5,000,000円").text == "No1:1,200,000円 No2:5,000,000円"
