"""Measures of answers, each with an interval.

Ranks with ties are counted as if ties were broken by lot, in expectation. Log loss is in nats (I. J. Good, "Rational
Decisions", 1952). The expected calibration error is that of the first firm's probability over ten bins of equal width (M. P.
Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015). It is above 0 by chance alone, so
the value that honest probabilities would show on as many cases stands beside it. Intervals of shares are Wilson's (1927), of
means the percentile bootstrap's (B. Efron, 1979), both 95%.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tsukitome.evaluation.answers import Answer

BINS = 10
_Z = 1.959964
_RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with its 95% interval, over ``cases`` cases."""

    value: float
    low: float
    high: float
    cases: int


@dataclass(frozen=True, slots=True)
class Bin:
    """A bin of the reliability table: how many cases, how probable the first firm was held, and how often it was right."""

    low: float
    high: float
    cases: int
    held: float
    right: float


def recall(answer: Answer, k: int) -> float:
    """The chance that the right firm stands among the first ``k``."""
    if answer.better is None or answer.tied is None:
        return 0.0
    return min(max((k - answer.better) / answer.tied, 0.0), 1.0)


def reciprocal_rank(answer: Answer) -> float:
    """The expected reciprocal of the right firm's rank; 0 where it is not listed."""
    if answer.better is None or answer.tied is None:
        return 0.0
    ranks = range(answer.better + 1, answer.better + answer.tied + 1)
    return math.fsum(1 / rank for rank in ranks) / answer.tied


def log_loss(answer: Answer) -> float:
    """The surprise at the right answer, in nats."""
    assert answer.right is not None
    return -math.log(answer.right)


def share(hits: Sequence[float]) -> Measure:
    """A share of cases, with Wilson's interval."""
    count = len(hits)
    if not count:
        return Measure(math.nan, 0.0, 1.0, 0)
    rate = math.fsum(hits) / count
    centre = rate + _Z**2 / (2 * count)
    reach = _Z * math.sqrt(rate * (1 - rate) / count + _Z**2 / (4 * count**2))
    whole = 1 + _Z**2 / count
    return Measure(rate, max((centre - reach) / whole, 0.0), min((centre + reach) / whole, 1.0), count)


def mean(values: Sequence[float], seed: int = 0) -> Measure:
    """A mean, with the bootstrap's percentile interval."""
    count = len(values)
    if not count:
        return Measure(math.nan, math.nan, math.nan, 0)
    rng = random.Random(seed)
    means = sorted(math.fsum(rng.choices(values, k=count)) / count for _ in range(_RESAMPLES))
    low, high = means[round(0.025 * _RESAMPLES)], means[round(0.975 * _RESAMPLES) - 1]
    return Measure(math.fsum(values) / count, low, high, count)


def reliability(answers: Sequence[Answer]) -> list[Bin]:
    """The reliability table of the first firm's probability; bins without a case are left out."""
    bins: list[list[Answer]] = [[] for _ in range(BINS)]
    for answer in answers:
        assert answer.first is not None
        bins[min(int(answer.first * BINS), BINS - 1)].append(answer)
    return [
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(found),
            math.fsum(answer.first or 0.0 for answer in found) / len(found),
            math.fsum(answer.first_right for answer in found) / len(found),
        )
        for number, found in enumerate(bins)
        if found
    ]


def calibration_error(answers: Sequence[Answer]) -> float:
    """The expected calibration error of the first firm's probability."""
    table = reliability(answers)
    return math.fsum(row.cases * abs(row.held - row.right) for row in table) / len(answers) if answers else math.nan


def calibration_measure(answers: Sequence[Answer], seed: int = 0) -> Measure:
    """The calibration error with the bootstrap's interval."""
    rng = random.Random(seed)
    return _resampled(answers, calibration_error, rng)


def calibration_by_chance(answers: Sequence[Answer], seed: int = 0) -> float:
    """The calibration error that these probabilities would show on average if they were honest, over as many cases."""
    rng = random.Random(seed)
    sums = []
    for _ in range(_RESAMPLES // 4):
        drawn = [
            Answer(True, first=answer.first, first_right=float(rng.random() < (answer.first or 0.0)))
            for answer in answers
        ]
        sums.append(calibration_error(drawn))
    return math.fsum(sums) / len(sums)


def _resampled(answers: Sequence[Answer], measure: Callable[[Sequence[Answer]], float], rng: random.Random) -> Measure:
    count = len(answers)
    if not count:
        return Measure(math.nan, math.nan, math.nan, 0)
    found = sorted(measure(rng.choices(answers, k=count)) for _ in range(_RESAMPLES))
    return Measure(measure(answers), found[round(0.025 * _RESAMPLES)], found[round(0.975 * _RESAMPLES) - 1], count)
