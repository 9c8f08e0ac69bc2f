"""What an address of the register weighs, held against drawing contracts one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.clues.query import Clues
from tsukitome.matching.compare import comparer
from tsukitome.matching.compare.place import LEVELS as LEVELS_OF_PLACES
from tsukitome.matching.grounds import through
from tsukitome.matching.scoring import weigh
from tsukitome.matching.weights import weights

LEVELS = ("inside", "same_city", "same_prefecture", "elsewhere")
shares = st.lists(st.floats(0.001, 1), min_size=4, max_size=4).map(
    lambda raw: dict(zip(LEVELS, (one / sum(raw) for one in raw), strict=True))
)


@given(shares, shares, shares)
def test_both_are_means_of_what_the_printed_levels_weigh(
    t: dict[str, float], m: dict[str, float], u: dict[str, float]
) -> None:
    found = through(t, m, u)
    ratio = {level: m[level] / u[level] for level in LEVELS}
    for level in LEVELS:
        least, most = min(ratio.values()), max(ratio.values())
        assert least * (1 - 1e-9) <= found[level] / u[level] <= most * (1 + 1e-9)


def test_shares_follow_from_places_exchanged_both_ways() -> None:
    """Of 1,000 firms in the ward 80 are registered elsewhere, so 80 registered in the ward are elsewhere; news is never wrong."""
    u = {"inside": 0.1, "elsewhere": 0.9}
    found = through({"inside": 0.92, "elsewhere": 0.08}, {"inside": 1.0, "elsewhere": 0.0}, u)
    assert found == pytest.approx({"inside": 0.92, "elsewhere": 0.08})


@given(
    st.dictionaries(st.sampled_from(LEVELS_OF_PLACES), st.integers(0, 1000)),
    st.sampled_from(["豊島区", "東京都", "大阪市北区"]),
)
def test_what_stands_on_the_register_agrees_less_and_contradicts_less_in_any_archive(
    met: dict[str, int], ward: str
) -> None:
    clue = Clues(ward=ward).asked["ward"]
    bits = {name: level.bits for name, level in weigh(clue, comparer(clue, []), met, weights()).levels.items()}
    for ground in ("registered", "moved"):
        assert bits[f"inside_{ground}"] <= bits["inside"]
        assert bits.get(f"same_prefecture_{ground}", 0.0) >= bits.get("same_prefecture", 0.0)
        assert bits[f"elsewhere_{ground}"] >= bits["elsewhere"]


def test_the_tables_shares_sum_to_one_and_are_of_its_levels() -> None:
    table = weights()
    for clue, grounds in table.grounds.items():
        for ground in grounds.values():
            assert tuple(ground) == tuple(table.levels[clue])
            assert sum(ground.values()) == pytest.approx(1)
