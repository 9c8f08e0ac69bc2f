"""Numerals of digits, commas and kanji."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.numbers import find_numerals, last_place, plain_number, value_of
from tsukitome.normalize.text import fold

KANJI = "〇一二三四五六七八九"
LARGE = ((10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, ""))
numbers = st.integers(1, 10**16 - 1)


def in_kanji(number: int) -> str:
    """The slow and obvious writer: 182547000 → 一億八千二百五十四万七千."""
    written = ""
    for unit, name in LARGE:
        section, number = divmod(number, unit)
        if section:
            written += under_ten_thousand(section, one_before_thousand=bool(name)) + name
    return written


def under_ten_thousand(number: int, *, one_before_thousand: bool) -> str:
    written = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, number = divmod(number, unit)
        if digit:
            keeps_one = digit > 1 or (unit == 1000 and one_before_thousand)
            written += (KANJI[digit] if keeps_one else "") + name
    return written + (KANJI[number] if number else "")


def mixed(number: int) -> str:
    """As newspapers write it: 1億8254万7000."""
    written = ""
    for unit, name in LARGE:
        section, number = divmod(number, unit)
        if section:
            written += f"{section}{name}"
    return written


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("182,547,000", "182547000"),
        ("14.90", "14.90"),
        ("1億8254万7000", "182547000"),
        ("一億八千二百五十四万七千", "182547000"),
        ("１億８０００万", "180000000"),
        ("1.8億", "180000000"),
        ("十", "10"),
        ("千", "1000"),
        ("二〇一七", "2017"),
        ("3千万", "30000000"),
        ("5百", "500"),
        ("10億1", "1000000001"),
        ("0", "0"),
    ],
)
def test_value(numeral: str, value: str) -> None:
    assert value_of(numeral) == Decimal(value)


@pytest.mark.parametrize("numeral", ["億", "万億", "1万2億", "百千", "十百", "1万万", "二2"])
def test_what_only_looks_like_a_numeral(numeral: str) -> None:
    assert value_of(numeral) is None


@given(numbers)
def test_kanji_round_trip(number: int) -> None:
    assert value_of(in_kanji(number)) == number


@given(numbers)
def test_mixed_round_trip(number: int) -> None:
    assert value_of(mixed(number)) == number


@given(numbers)
def test_commas_round_trip(number: int) -> None:
    assert value_of(f"{number:,}") == number


@given(st.integers(1, 10**9), st.text("契約金額約円はの。", min_size=1), st.text("円で契約した。", min_size=1))
def test_a_numeral_is_found_where_it_stands(number: int, before: str, behind: str) -> None:
    (found,) = find_numerals(before + mixed(number) + behind)
    assert found.value == number
    assert (before + mixed(number) + behind)[found.start : found.end] == found.text == mixed(number)


@given(st.text())
def test_every_found_numeral_has_its_own_span(text: str) -> None:
    folded = fold(text)
    end = 0
    for found in find_numerals(folded):
        assert found.start >= end
        assert folded[found.start : found.end] == found.text
        assert value_of(found.text) == found.value
        end = found.end


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("180000000", "10000000"),
        ("182547000", "1000"),
        ("14.90", "0.1"),
        ("14.95", "0.01"),
        ("5", "1"),
        ("0", "1"),
        ("100", "100"),
    ],
)
def test_last_place(value: str, place: str) -> None:
    assert last_place(Decimal(value)) == Decimal(place)


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("1e15"), places=2))
def test_last_place_divides_and_ten_times_it_does_not(value: Decimal) -> None:
    place = last_place(value)
    assert value % place == 0
    assert value % (place * 10) != 0


def test_plain_number() -> None:
    assert plain_number(Decimal("31389000.00")) == 31389000
    assert isinstance(plain_number(Decimal("31389000.00")), int)
    assert plain_number(Decimal("14.90")) == 14.9
