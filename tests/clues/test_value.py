"""Stated values: every phrase of the language, and what is not understood."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.clues.value import read_value
from tsukitome.errors import ClueError

OKU, MAN = 10**8, 10**4


@pytest.mark.parametrize(
    ("text", "core", "hard"),
    [
        ("約1億8000万円", (175_000_000, 185_000_000), (170_000_000, 190_000_000)),
        ("およそ1.8億円の契約", (175_000_000, 185_000_000), (170_000_000, 190_000_000)),
        ("１億８０００万円前後", (175_000_000, 185_000_000), (170_000_000, 190_000_000)),
        ("1億8000万円", (175_000_000, 190_000_000), (170_000_000, 200_000_000)),
        ("180百万円", (175_000_000, 190_000_000), (170_000_000, 200_000_000)),
        ("1億8254万7000円で契約", (182_547_000, 182_547_001), (182_547_000, 182_547_001)),
        ("182,547千円", (182_547_000, 182_547_001), (182_547_000, 182_547_001)),
        ("182547000", (182_547_000, 182_547_001), (182_547_000, 182_547_001)),
        ("1億円余りで委託", (OKU, 110_000_000), (OKU, 120_000_000)),
        ("一億八千万円強", (180_000_000, 190_000_000), (180_000_000, 200_000_000)),
        ("壱億八千萬圓", (175_000_000, 190_000_000), (170_000_000, 200_000_000)),
        ("2億円近くを支払った", (180_000_000, 2 * OKU), (160_000_000, 2 * OKU)),
        ("3億円超", (3 * OKU + 1, 390_000_000), (3 * OKU + 1, 4 * OKU)),
        ("3000万円台", (30_000_000, 40_000_000), (30_000_000, 40_000_000)),
        ("2億円以上", (2 * OKU, None), (2 * OKU, None)),
        ("2億円以下", (0, 2 * OKU + 1), (0, 2 * OKU + 1)),
        ("2億円未満", (0, 2 * OKU), (0, 2 * OKU)),
        ("数千万円", (30_000_000, 70_000_000), (20_000_000, OKU)),
        ("数億円", (3 * OKU, 7 * OKU), (2 * OKU, 10 * OKU)),
        ("十数億円", (12 * OKU, 18 * OKU), (11 * OKU, 20 * OKU)),
        ("億単位の契約", (OKU, 10 * OKU), (OKU, 100 * OKU)),
        ("1億8000万円から2億円", (180_000_000, 2 * OKU + 1), (170_000_000, 210_000_001)),
        ("2億円規模", (180_000_000, 220_000_000), (160_000_000, 240_000_000)),
        ("約2億", (180_000_000, 220_000_000), (160_000_000, 240_000_000)),
        ("2億円ほど", (180_000_000, 220_000_000), (160_000_000, 240_000_000)),
        ("180百万", (175_000_000, 190_000_000), (170_000_000, 200_000_000)),
        ("最大2億円", (0, 2 * OKU + 1), (0, 2 * OKU + 1)),
        ("少なくとも2億円", (2 * OKU, None), (2 * OKU, None)),
        ("2億円を下回る", (0, 2 * OKU), (0, 2 * OKU)),
        ("2億円を割る", (0, 2 * OKU), (0, 2 * OKU)),
        ("2億円足らず", (180_000_000, 2 * OKU), (160_000_000, 2 * OKU)),
        ("2億4千万円余", (240_000_000, 250_000_000), (240_000_000, 260_000_000)),
        ("1.8億円超", (180_000_001, 234_000_000), (180_000_001, 234_000_000)),
        ("2億円を超す", (2 * OKU + 1, 260_000_000), (2 * OKU + 1, 3 * OKU)),
        ("1億数千万円", (130_000_000, 170_000_000), (120_000_000, 200_000_000)),
        ("2億数百万円", (203_000_000, 207_000_000), (202_000_000, 210_000_000)),
        ("百数十万円", (1_300_000, 1_700_000), (1_200_000, 2_000_000)),
        ("2億円弱から3億円", (180_000_000, 3 * OKU + 1), (100_000_000, 4 * OKU + 1)),
        ("1億円以上2億円未満", (OKU, 2 * OKU), (OKU, 2 * OKU)),
        ("1億円超から2億円以下", (OKU + 1, 2 * OKU + 1), (OKU + 1, 2 * OKU + 1)),
        ("1〜2億円", (OKU, 2 * OKU + 1), (0, 3 * OKU + 1)),
    ],
)
def test_the_interval_that_a_phrase_means(text: str, core: tuple[int, int], hard: tuple[int, int]) -> None:
    reading = read_value(text)
    assert (reading.core, reading.hard) == (core, hard)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("見込み総額約1億8000万円で契約した", "estimated_total"),
        ("予定価格2億4214万円", "reserve_price"),
        ("契約額1億円", "contract_price"),
        ("総額1億円", None),
        ("約1億8000万円", None),
    ],
)
def test_the_role_that_the_words_give(text: str, role: str | None) -> None:
    assert read_value(text).role == role


def test_a_price_per_unit_is_no_total() -> None:
    reading = read_value("1件14円90銭で入力")
    assert (reading.role, reading.core) == ("unit_price", (14.9, 14.91))


def test_a_yearly_price_of_a_contract_over_years_is_held_against_its_total_too() -> None:
    reading = read_value("年間約6000万円の3年契約")
    assert (reading.per, reading.years) == ("year", 3)
    assert [value.core for value in reading.totals] == [(55_000_000, 65_000_000), (165_000_000, 195_000_000)]


def test_an_order_of_magnitude_is_a_weak_clue() -> None:
    assert read_value("億単位").weight == 0.3


@pytest.mark.parametrize(
    "text",
    [
        "1億8千",
        "約2億5千",
        "1億8000",
        "約1億8,000",
        "1億8000〜9000万円",
        "一億八",
        "3兆2000余り",
        "abc",
        "",
        "約",
        "0円",
        "-5万円",
        "約1億8000万ドル",
        "2億円から1億円",
        "1億円と2億円",
        "万億円",
        "1万数億円",
        "1億円未満2億円",
    ],
)
def test_what_is_not_understood_is_said_with_an_example(text: str) -> None:
    with pytest.raises(ClueError, match=r"value .* was not understood: .* Example: --value") as raised:
        read_value(text)
    assert raised.value.name == "value"


@given(st.integers(1, 9999), st.sampled_from([MAN, 10 * MAN, 100 * MAN, OKU]))
def test_a_rounded_value_lies_in_its_own_core_and_the_core_in_the_hard_bounds(count: int, unit: int) -> None:
    yen = count * unit
    for text in (f"約{yen}円", f"{yen}円", f"約{Decimal(yen) / OKU}億円"):
        (low, high), (hard_low, hard_high) = read_value(text).core, read_value(text).hard
        assert low is not None
        assert high is not None
        assert hard_low is not None
        assert hard_high is not None
        assert hard_low <= low <= yen < high <= hard_high
