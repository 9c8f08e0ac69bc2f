"""The check digit of a municipality's code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.normalize.municipality_code import check_digit, five_digits


@pytest.mark.parametrize(
    ("code", "six"), [("13116", "131164"), ("01100", "011002"), ("27100", "271004"), ("47201", "472018")]
)
def test_check_digits_as_published(code: str, six: str):
    assert code + check_digit(code) == six
    assert five_digits(six) == five_digits(code) == code


@settings(deadline=None)
@given(st.integers(0, 99999).map("{:05}".format), st.integers(0, 9))
def test_only_the_right_check_digit_passes(code: str, digit: int):
    if str(digit) == check_digit(code):
        assert five_digits(f"{code}{digit}") == code
    else:
        with pytest.raises(ValueError, match="check digit"):
            five_digits(f"{code}{digit}")


@pytest.mark.parametrize("code", ["1311", "1311645", "一三一一六", "", "1311６"])
def test_other_lengths_and_characters_are_no_codes(code: str):
    with pytest.raises(ValueError, match="digits"):
        five_digits(code)
