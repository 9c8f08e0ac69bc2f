"""The verdict's rules, at their edges."""

import pytest

from tsukitome.matching.verdict import verdict
from tsukitome.matching.weights import weights

RULES = weights().verdict


@pytest.mark.parametrize(
    ("firms", "none", "expected"),
    [
        ([0.96, 0.02], 0.02, "identified"),
        ([0.90, 0.09], 0.01, "identified"),
        ([0.90, 0.04], 0.06, "shortlist"),
        ([0.899, 0.05], 0.01, "shortlist"),
        ([0.49, 0.01], 0.5, "not_found"),
        ([0.1] * 9, 0.1, "ambiguous"),
        ([0.18] * 5 + [0.01], 0.09, "shortlist"),
        ([], 1.0, "not_found"),
    ],
)
def test_verdicts(firms: list[float], none: float, expected: str) -> None:
    assert verdict(firms, none, {"ward", "month"}, RULES)[0] == expected


def test_what_is_not_identified_says_why_and_what_to_ask_for() -> None:
    sentence = verdict([0.5, 0.3], 0.2, {"ward", "month"}, RULES)[1].say("en")
    assert "only 50.0% of the 90.0%" in sentence
    assert "ask" in sentence
    assert "title" in sentence


def test_certainty_is_never_claimed_by_rounding() -> None:
    assert ">99.9%" in verdict([0.99999, 0.000001], 0.000009, {"ward"}, RULES)[1].say("en")


def test_of_ten_equal_firms_nine_hold_nine_tenths_however_their_sum_is_rounded() -> None:
    for none in (0.01, 0.0301, 0.12345):
        _, reason = verdict([(1 - none) / 10] * 10, none, ("ward",), RULES)
        assert dict(reason.facts)["count"] == 9
