"""From bits to probabilities."""

import math

from hypothesis import given
from hypothesis import strategies as st

from tsukitome.matching.kinship import Kinship
from tsukitome.matching.probability import likeness_of_absent, posterior, power_of_two, weighted_sum
from tsukitome.matching.weights import KINDS, Kind, KinRates, weights


@given(st.lists(st.floats(-60, 60), min_size=1, max_size=50), st.floats(0.01, 0.99))
def test_they_sum_to_one_and_follow_the_stated_rule(bits: list[float], in_data: float) -> None:
    each, none = posterior(bits, in_data)
    assert math.isclose(math.fsum(each) + none, 1, abs_tol=1e-12)
    weights = [in_data / len(bits) * 2**value for value in bits]
    total = sum(weights) + 1 - in_data
    assert all(math.isclose(p, w / total, rel_tol=1e-9) for p, w in zip(each, weights, strict=True))


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=20), st.floats(1, 1000))
def test_a_sister_in_the_data_speaks_for_none_of_these(bits: list[float], absent: float) -> None:
    with_sister, without = posterior(bits, 0.5, absent)[1], posterior(bits, 0.5)[1]
    assert with_sister > without or math.isclose(with_sister, without)


def test_without_data_it_is_none_of_these() -> None:
    assert posterior([], 0.5) == ([], 1.0)


def test_evidence_beyond_a_floats_range_does_not_break_it() -> None:
    each, none = posterior([5000.0, 0.0, -5000.0], 0.5)
    assert each[0] == 1.0
    assert none == 0.0


@given(st.lists(st.tuples(st.floats(1e-30, 1), st.integers(0, 5000)), max_size=8))
def test_a_value_with_a_count_adds_up_as_if_it_stood_there_so_often(pairs: list[tuple[float, int]]) -> None:
    values, counts = [value for value, _ in pairs], [count for _, count in pairs]
    assert weighted_sum(values, counts) == math.fsum(value for value, count in pairs for _ in range(count))


@given(st.lists(st.sampled_from([-3.5, 0.0, 2.25, 7.125]), min_size=1, max_size=40))
def test_alternatives_of_equal_bits_may_be_taken_as_one(bits: list[float]) -> None:
    each, none = posterior(bits, 0.6, 3.0)
    distinct = sorted(set(bits))
    together, same = posterior(distinct, 0.6, 3.0, [bits.count(one) for one in distinct])
    assert same == none
    assert [together[distinct.index(one)] for one in bits] == each


def likeness(like: float, clues: int) -> float:
    """Of 10,000 alternatives, each as like the contract in the news as mere kin; kin is of half of the contracts."""
    kin = Kinship([0] * 10_000, {kind: KinRates(0.5 if kind == "lot" else 0.0, 0.0) for kind in KINDS})

    def sum_of(kind: Kind, alone: float, together: float) -> tuple[float, int]:
        del kind, together
        return alone * like * 10_000, 0

    return likeness_of_absent(10_000, kin, sum_of, weights().prior, clues)[0]


def test_clues_that_agree_with_kin_agree_together() -> None:
    more = weights().prior.dependence
    assert math.isclose(likeness(100, 2), likeness(100, 3))
    assert math.isclose(likeness(100, 6) - likeness(0, 6), more**3 * (likeness(100, 3) - likeness(0, 3)), rel_tol=1e-6)


def test_that_nothing_is_like_it_hardly_speaks_for_the_data() -> None:
    assert likeness(0, 3) >= weights().prior.least_absent


@given(st.integers(-60_000, 60_000))
def test_powers_of_two_come_from_a_table_and_are_as_good_as_those_that_are_computed(thousandths: int) -> None:
    assert abs(power_of_two(thousandths / 1000) / 2 ** (thousandths / 1000) - 1) < 1e-14
