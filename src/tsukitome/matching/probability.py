"""From bits to probabilities: over all alternatives and "none of these, or not in the data".

P(pair) ∝ c / N · 2^bits and P(none) ∝ 1 − c, where c is the prior that the data holds the contract and N the number of
alternatives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from tsukitome.archive.coverage import months_of
from tsukitome.clues.month import MonthReading
from tsukitome.clues.query import Clue
from tsukitome.findings import Coverage, Prior
from tsukitome.matching.scoring import ScoredClue
from tsukitome.matching.weights import PriorWeights
from tsukitome.wording import phrase


def posterior(bits: Sequence[float], in_data: float) -> tuple[list[float], float]:
    """The probability of each alternative by its bits, and that of none; they sum to one. Without alternatives, none is 1."""
    if not bits:
        return [], 1.0
    top = max(bits)
    none = (1 - in_data) * 2.0**-top
    weights = [in_data / len(bits) * 2.0 ** (value - top) for value in bits]
    total = math.fsum(weights) + none
    return [weight / total for weight in weights], none / total


def prior(
    asked: Mapping[str, Clue],
    scored: Mapping[str, ScoredClue],
    coverage: Coverage,
    alternatives: int,
    table: PriorWeights,
) -> Prior:
    """The prior that the data holds the contract, lowered for what the data is known not to cover, with the reasons."""
    share = alternatives / (alternatives + table.small_data)
    in_data, reasons = table.in_data * share, [phrase("prior_base", share=table.in_data)]
    if share < 0.9:
        reasons.append(phrase("prior_small", factor=round(share, 3), count=alternatives))
    month = asked.get("month")
    if (
        month
        and isinstance(month.reading, MonthReading)
        and not months_of(month.reading.span) & coverage.decided_months
    ):
        in_data *= table.month_not_covered
        reasons.append(phrase("prior_month", quote=month.quote, factor=table.month_not_covered))
    buyer = scored.get("buyer")
    if buyer and not any(buyer.fits(index) for index in range(alternatives)):
        in_data *= table.buyer_not_covered
        reasons.append(phrase("prior_buyer", quote=buyer.clue.quote, factor=table.buyer_not_covered))
    return Prior(in_data, alternatives, tuple(reasons))
