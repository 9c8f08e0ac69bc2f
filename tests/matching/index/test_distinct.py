"""Distinct values, held to numpy's own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.matching.index.distinct import distinct, grouped


@given(st.lists(st.integers(0, 9), max_size=30))
def test_they_are_those_of_numpy(values: list[int]) -> None:
    array = np.array(values, np.int64)
    assert distinct(array).tolist() == np.unique(array).tolist()
    expected = np.unique(array, return_index=True, return_inverse=True)
    assert [found.tolist() for found in grouped(array)] == [found.tolist() for found in expected]
