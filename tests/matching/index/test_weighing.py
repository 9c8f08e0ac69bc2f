"""Sums and probabilities of many keys at once are those of one after the other, to the last digit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.matching import probability
from tsukitome.matching.index import weighing

BITS = st.integers(-60_000, 60_000).map(lambda thousandths: thousandths / 1000)
COUNTS = st.integers(1, 1 << 24)


@given(st.lists(st.tuples(BITS, COUNTS), min_size=1, max_size=40), st.floats(0.01, 0.99), st.floats(1, 1000))
def test_probabilities_are_the_same(pairs: list[tuple[float, int]], in_data: float, absent: float) -> None:
    bits, counts = [bits for bits, _ in pairs], [count for _, count in pairs]
    each, none = weighing.posterior(np.array(bits), in_data, absent, np.array(counts))
    assert (each.tolist(), none) == probability.posterior(bits, in_data, absent, counts)


@given(st.lists(st.tuples(st.floats(1e-30, 1e30), COUNTS), max_size=40))
def test_sums_are_the_same(pairs: list[tuple[float, int]]) -> None:
    values, counts = [value for value, _ in pairs], [count for _, count in pairs]
    same = weighing.weighted_sum(np.array(values, float), np.array(counts, np.int64))
    assert same == probability.weighted_sum(values, counts)


@given(BITS)
def test_a_power_of_two_is_the_same(bits: float) -> None:
    assert float(weighing.power_of_two(np.array(round(bits * 1000)))) == probability.power_of_two(bits)
    assert abs(probability.power_of_two(bits) / 2**bits - 1) < 1e-14
