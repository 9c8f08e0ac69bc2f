"""Distinct values, held to numpy's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.matching.index.distinct import distinct, grouped, numbered


@given(st.lists(st.integers(0, 9), max_size=30))
def test_they_are_those_of_numpy(values: list[int]) -> None:
    array = np.array(values, np.int64)
    assert distinct(array).tolist() == np.unique(array).tolist()
    expected = np.unique(array, return_index=True, return_inverse=True)
    assert [found.tolist() for found in grouped(array)] == [found.tolist() for found in expected]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1 << 32)), max_size=30))
def test_rows_of_several_columns_are_numbered_as_a_dictionary_would(rows: list[tuple[int, int]]) -> None:
    numbers: dict[tuple[int, int], int] = {}
    expected = [numbers.setdefault(row, len(numbers)) for row in rows]
    found, first = numbered(*(np.array([row[column] for row in rows], np.int64) for column in (0, 1)))
    assert found.tolist() == expected
    assert [rows[place] for place in first.tolist()] == list(numbers)
