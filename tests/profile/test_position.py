"""Where a figure stands among others: nothing of few, robust against one that is another thing, and cautious."""

import math
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from tsukitome.profile.position import position, rules

PRICES = st.lists(st.floats(1e3, 1e9), min_size=8, max_size=40)


def test_of_too_few_nothing_is_said_and_of_few_nothing_is_judged() -> None:
    assert position("rate", "series", 0.1, [0.9] * 4) is None
    some = position("rate", "series", 0.1, [0.9] * 5)
    assert some is not None
    assert (some.score, some.unusual) == (None, False)


def test_half_the_price_among_equal_ones_is_unusual_and_its_place_is_told() -> None:
    found = position("total", "series", 5_000_000, [10_000_000, 10_100_000, 9_900_000, 10_050_000, 9_950_000])
    assert found is not None
    assert found.unusual
    assert (found.ratio, found.lower, found.higher, found.count) == (0.5, 0, 5, 5)


def test_a_small_change_in_a_row_of_equal_prices_is_not() -> None:
    found = position("total", "series", 10_900_000, [10_000_000] * 9)
    assert found is not None
    assert not found.unusual


def test_one_stray_among_the_others_does_not_hide_or_make_an_outlier() -> None:
    others = [0.95, 0.96, 0.97, 0.98, 0.99, 0.94, 0.95, 0.001]
    low, usual = position("rate", "kind_and_buyer", 0.3, others), position("rate", "kind_and_buyer", 0.96, others)
    assert low is not None
    assert usual is not None
    assert (low.unusual, usual.unusual) == (True, False)


def test_what_many_others_are_too_is_not_unusual() -> None:
    others = [0.99, 0.98, 0.97, 0.99, 0.98, 0.97, 0.99, 0.98, 0.5, 0.45, 0.4]
    found = position("rate", "kind_and_buyer", 0.5, others)
    assert found is not None
    assert (found.score or 0) < -3.5
    assert not found.unusual


def test_totals_of_other_scopes_are_never_judged() -> None:
    found = position("total", "kind_and_buyer", 1, [10_000_000] * 50)
    assert found is not None
    assert (found.score, found.unusual, found.higher) == (None, False, 50)


@given(PRICES, st.floats(1e3, 1e9))
def test_the_score_is_the_one_of_the_books(others: list[float], value: float) -> None:
    """Iglewicz and Hoaglin's modified z score of the logs, with a floor on the spread."""
    found = position("unit_price", "series", value, others)
    assert found is not None
    logs = [math.log(other) for other in others]
    mad = median([abs(log - math.log(median(others))) for log in logs])
    spread = max(1.4826 * mad, rules()["unit_price"]["series"]["floor"])
    assert found.score is not None
    assert math.isclose(found.score, math.log(value / median(others)) / spread, rel_tol=1e-9, abs_tol=1e-9)
    assert found.lower + found.higher <= found.count == len(others)


@given(PRICES, st.floats(1e3, 1e9), st.floats(0.1, 10))
def test_the_unit_of_money_makes_no_difference(others: list[float], value: float, factor: float) -> None:
    one, scaled = (
        position("unit_price", "series", value, others),
        position("unit_price", "series", value * factor, [other * factor for other in others]),
    )
    assert one is not None
    assert scaled is not None
    assert math.isclose(one.score or 0, scaled.score or 0, rel_tol=1e-6, abs_tol=1e-6)
