"""Codes of places by few stretches, held to going through the stretches one by one."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.matching.index.stretches import Stretches


@given(st.integers(0, 1 << 20), st.lists(st.integers(0, 1 << 20), max_size=12), st.data())
def test_each_place_has_the_code_of_the_stretch_it_lies_in(size: int, edges: list[int], data: st.DataObject) -> None:
    edges = sorted({0, *(edge for edge in edges if edge < size), size})
    stretches = Stretches(size)
    for begin, end in itertools.pairwise(edges):
        if code := data.draw(st.integers(0, 6)):
            stretches.add(begin, end, code)
    near = [edge + by for edge in edges for by in (-1, 0, 1) if 0 <= edge + by <= size]
    places = near + data.draw(st.lists(st.integers(0, size), max_size=20))
    expected = [next((code for begin, end, code in stretches.found if begin <= one < end), 0) for one in places]
    assert stretches.codes(np.array(places, np.uint32)).tolist() == expected
