import random

import numpy as np
import pytest

from tsukitome.evaluation.answers import Answer, believed, listed
from tsukitome.evaluation.measures import (
    calibration_by_chance,
    calibration_error,
    log_loss,
    mean,
    recall,
    reciprocal_rank,
    reliability,
    share,
)


def test_ties_count_as_if_broken_by_lot() -> None:
    answer = believed(np.array([0.0, 0.4, 0.2, 0.2]), 0.2, 3, present=True)
    assert (answer.better, answer.tied) == (1, 2)
    assert [recall(answer, k) for k in (1, 2, 3)] == [0, 0.5, 1]
    assert reciprocal_rank(answer) == pytest.approx((1 / 2 + 1 / 3) / 2)


def test_an_absent_award_holds_no_right_answer() -> None:
    answer = believed(np.array([0.0, 0.7, 0.1]), 0.2, 1, present=False)
    assert (recall(answer, 10), reciprocal_rank(answer), answer.first_right) == (0, 0, 0)
    assert answer.right == 0.2
    assert answer.first_did_it == 1


def test_a_firm_that_is_not_listed_is_never_recalled() -> None:
    assert recall(listed({1: 90.0}, 2), 10) == 0
    assert recall(listed({}, None), 1) == 0


def test_a_firm_without_an_award_is_not_listed() -> None:
    answer = believed(np.array([0.0, 0.7]), 0.3, 0, present=True)
    assert (answer.better, answer.tied, recall(answer, 10)) == (None, None, 0)


def test_log_loss_is_in_nats() -> None:
    assert log_loss(believed(np.array([0.0, 0.5]), 0.5, 1, present=True)) == pytest.approx(0.6931, abs=1e-4)


def predictions(count: int, honest: float) -> list[Answer]:
    rng = random.Random(3)
    made = []
    for _ in range(count):
        probability = rng.random()
        made.append(Answer(True, first=probability, first_right=float(rng.random() < probability**honest)))
    return made


def test_honest_probabilities_have_hardly_any_calibration_error() -> None:
    answers = predictions(20_000, 1)
    assert calibration_error(answers) < 0.01
    assert all(row.right == pytest.approx(row.held, abs=0.03) for row in reliability(answers))


def test_boasting_shows_as_calibration_error() -> None:
    assert calibration_error(predictions(5_000, 2)) > 0.1


def test_a_few_honest_cases_show_an_error_by_chance() -> None:
    answers = predictions(100, 1)
    assert calibration_by_chance(answers) == pytest.approx(calibration_error(answers), abs=0.05)
    assert calibration_by_chance(answers) > 0.03


def test_wilson_interval() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 gives 0.2553 to 0.3662
    measure = share([1.0] * 81 + [0.0] * 182)
    assert (measure.low, measure.high) == (pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))
    assert share([0.0] * 10).high == pytest.approx(0.2775, abs=1e-4)


def test_a_mean_lies_in_its_interval() -> None:
    measure = mean([1.0, 2.0, 3.0, 10.0])
    assert measure.low <= measure.value == 4.0 <= measure.high
