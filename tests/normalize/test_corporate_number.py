"""法人番号: thirteen digits, the first of which checks the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.corporate_number import check_digit, is_valid, read_corporate_number

SEED_FIRM = "4013301020174"  # 株式会社ＳＡＹ企画 in the register of the National Tax Agency
twelve_digits = st.text("0123456789", min_size=12, max_size=12)


def slow_check_digit(others: str) -> int:
    """The formula as the ministerial order prints it: P1 is the last digit, Q is 1 for odd n and 2 for even."""
    total = 0
    for n in range(1, 13):
        p = int(others[12 - n])
        q = 1 if n % 2 == 1 else 2
        total += p * q
    return 9 - total % 9


@pytest.mark.parametrize("number", [SEED_FIRM, "7000012050002", "1180301018771", "6000012070001"])
def test_numbers_of_the_register_are_valid(number: str) -> None:
    assert is_valid(number)


@pytest.mark.parametrize(
    "value",
    [
        SEED_FIRM,
        int(SEED_FIRM),
        float(SEED_FIRM),
        "４０１３３０１０２０１７４",
        " 4013301020174 ",
        "4-0133-0102-0174",
        "4013301020174.0",
        "4.013301020174E+12",
        "T4013301020174",
    ],
)
def test_spellings_of_one_number(value: object) -> None:
    assert read_corporate_number(value) == (SEED_FIRM, None)


@pytest.mark.parametrize("value", [None, "", " ", "-", "－", "なし", "該当なし", float("nan")])
def test_blank(value: object) -> None:
    assert read_corporate_number(value) == (None, None)


@pytest.mark.parametrize("value", ["4013301020175", "401330102017", "40133010201744", "株式会社", 12, float("inf")])
def test_what_is_no_number_is_said(value: object) -> None:
    number, warning = read_corporate_number(value)
    assert number is None
    assert warning


@given(twelve_digits)
def test_check_digit_as_the_order_prints_it(others: str) -> None:
    digit = check_digit(others)
    assert digit == slow_check_digit(others)
    assert 1 <= digit <= 9
    assert read_corporate_number(f"{digit}{others}") == (f"{digit}{others}", None)


@given(twelve_digits, st.integers(0, 12), st.integers(1, 8))
def test_one_mistyped_digit_is_nearly_always_found(others: str, place: int, more: int) -> None:
    number = f"{check_digit(others)}{others}"
    typed = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    if {typed[place], number[place]} != {"0", "9"}:  # the rule itself can't tell 0 from 9
        assert not is_valid(typed)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none()))
def test_any_cell_gives_an_answer(value: object) -> None:
    number, _ = read_corporate_number(value)
    assert number is None or is_valid(number)
