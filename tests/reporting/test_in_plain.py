"""Plain text is what rich writes where there is no terminal, character for character."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tsukitome.reporting.in_colour import in_colour
from tsukitome.reporting.in_plain import NARROW, WIDE, in_plain
from tsukitome.reporting.parts import Column, Columns, Heading, Line, Part, line

TEXTS = st.text(st.sampled_from("abc 12,.-  株式会社豊島区東京都ー　、✓≈→…「」ｱ"), max_size=70)
LINES = st.lists(st.tuples(TEXTS, st.sampled_from(["", "bold", "dim"])), max_size=3).map(lambda pieces: line(*pieces))
COLUMNS = st.builds(
    Column,
    header=st.sampled_from(["", "#", "firm", "見出し"]),
    right=st.booleans(),
    width=st.none() | st.integers(6, 13),
    folds=st.booleans(),
) | st.builds(Column, header=st.sampled_from(["address", "住所"]), share=st.integers(1, 6), folds=st.just(True))


@st.composite
def tables(draw: st.DrawFn) -> Columns:
    columns = draw(st.lists(COLUMNS, min_size=1, max_size=6).map(tuple))
    rows = draw(st.lists(st.tuples(*[LINES] * len(columns)), min_size=1, max_size=4).map(tuple))
    return Columns(columns, rows, draw(st.none() | st.just("bold")))


def by_rich(parts: list[Part], width: int) -> str:
    console = Console(width=width, file=io.StringIO(), highlight=False, emoji=False)
    console.print(in_colour(parts))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@given(st.lists(LINES | LINES.map(Heading) | tables(), min_size=1, max_size=4), st.integers(60, 120))
def test_plain_text_is_what_rich_writes(parts: list[Part], width: int) -> None:
    plain = in_plain(parts, width)
    assert plain is None or plain == by_rich(parts, width)


@given(LINES, st.integers(20, 120))
def test_lines_of_ordinary_text_need_no_rich(one: Line, width: int) -> None:
    assert in_plain([one], width) == by_rich([one], width)


def test_columns_share_the_width_and_break_what_is_too_long() -> None:
    columns = (
        Column("#", right=True, width=3),
        Column("firm", share=1, folds=True),
        Column("住所", share=1, folds=True),
    )
    table = Columns(columns, ((line("1"), line("株式会社見本清掃"), line("東京都 豊島区")),), "bold")
    assert in_plain([table], 30) == (
        "  #  firm         住所        \n"
        "  1  株式会社見   東京都      \n"
        "     本清掃       豊島区      \n"
    )  # fmt: skip


@pytest.mark.parametrize("text", ["か\u3099", "\u200d", "👩‍💻", "葛\U000e0100城市", "\x1b[31m", "a\nb"])
def test_text_that_is_not_ordinary_is_left_to_rich(text: str) -> None:
    assert in_plain([line(text)], 100) is None


def test_the_widths_of_ordinary_characters_are_those_of_rich() -> None:
    for width, ranges in ((1, NARROW), (2, WIDE)):
        for char in (chr(code) for first, last in ranges for code in range(first, last + 1)):
            if unicodedata.category(char) != "Cn":
                assert cell_len(char) == width, hex(ord(char))
