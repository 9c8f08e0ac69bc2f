"""CSV row by row, with the numbers of a spreadsheet and the words as printed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.documents.csv_rows import csv_rows, physical_lines
from tsukitome.documents.delimited import separator_of

CELLS = st.lists(st.lists(st.text(st.sampled_from('abあ,"\n\r\t '), max_size=6), min_size=1, max_size=4), max_size=5)


def test_rows_bear_a_spreadsheets_numbers_and_their_own_print() -> None:
    rows = list(csv_rows('\ufeffa,b\r\n\r\n"1\n2",3\r\n4,"5"'))
    assert [(row.number, row.cells, row.printed) for row in rows] == [
        (1, ("a", "b"), "a,b"),
        (2, (), ""),
        (3, ("1\n2", "3"), '"1\n2",3'),
        (4, ("4", "5"), '4,"5"'),
    ]


@given(CELLS)
def test_what_the_csv_module_writes_is_read_back(cells: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(cells)
    rows = list(csv_rows(stream.getvalue()))
    assert [list(row.cells) for row in rows] == cells
    assert [row.number for row in rows] == list(range(1, len(cells) + 1))


@given(st.text(st.sampled_from("a\r\n\u2028あ")))
def test_lines_are_the_whole_text(text: str) -> None:
    assert "".join(physical_lines(text)) == text


def test_old_line_ends_and_rows_that_can_not_be_taken_apart() -> None:
    assert [row.cells for row in csv_rows("a,b\rc,d")] == [("a", "b"), ("c", "d")]
    broken, whole = csv_rows("a\rb,c\nd,e\n")
    assert (broken.cells, broken.problem is None) == ((), False)
    assert (whole.number, whole.cells) == (2, ("d", "e"))


def test_a_field_of_a_million_characters_is_a_problem_of_its_row_only() -> None:
    first, second = csv_rows("a," + "x" * 1_000_000 + "\nb,c\n")
    assert (first.cells, "1,000,000 characters" in (first.problem or "")) == ((), True)
    assert second.cells == ("b", "c")


@pytest.mark.parametrize(("text", "separator"), [("a,b", ","), ("a\tb\tc", "\t"), ("a;b;c,d", ";"), ("", ",")])
def test_separators(text: str, separator: str) -> None:
    assert separator_of(text) == separator
