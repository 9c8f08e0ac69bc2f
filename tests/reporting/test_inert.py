"""What documents print is shown as inert text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.reporting.inert import csv_cell, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("株式会社A", "株式会社A"),
        ("\x1b[31m赤", "\\x1b[31m赤"),
        ("一行\n二行", "一行 二行"),
        ("\u202e逆", "\\u202e逆"),
        ("a\x00b", "a\\x00b"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_control_codes_are_shown_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csv_cell(text).startswith("'")


def test_numbers_and_nothing_stay_themselves() -> None:
    assert (csv_cell(-1.5), csv_cell(None), csv_cell("")) == ("-1.5", "", "")


@given(st.text())
def test_nothing_shown_moves_the_cursor(text: str) -> None:
    assert not set(visible(text)) & {chr(code) for code in (*range(32), *range(127, 160))}
