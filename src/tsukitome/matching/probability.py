"""From bits to probabilities: over all alternatives and "none of these, or not in the data".

P(pair) ∝ c / N · 2^bits and P(none) ∝ (1 − c) · a, where c is the prior that the data holds the contract, N the number of
alternatives, and a how much likelier the clues are of a contract that the data lacks than by chance, since the data may
hold its sister of another year.
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

# What a contract shares with its sister of another year: the firm's place, the work, the buyer and the way it was bought.
_LASTING = ("ward", "title", "buyer", "method", "firm")


def likeness_of_absent(scored: Mapping[str, ScoredClue], alternatives: int, table: PriorWeights) -> float:
    """How much likelier the clues are of a contract that is not in the data than by chance.

    Public contracts come back every year. A contract that the data lacks often has a sister in it, and the clues that last
    fit that sister as well as they would fit its own record. So "none" is weighed by a mixture: nothing shared, the lasting
    clues shared with one of the records, and the value shared too. Few records are unlikely to hold a sister either.
    """
    if not alternatives:
        return 1.0
    lasting = [math.fsum(scored[name].bits_of(i) for name in _LASTING if name in scored) for i in range(alternatives)]
    value = scored.get("value")
    shared = math.fsum(2.0**bits for bits in lasting) / alternatives
    with_value = (
        math.fsum(2.0 ** (bits + value.bits_of(i)) for i, bits in enumerate(lasting)) / alternatives
        if value
        else shared
    )
    sister = table.sister * alternatives / (alternatives + table.small_data)
    like = 1 - sister + sister * ((1 - table.sister_value) * shared + table.sister_value * with_value)
    return max(like, 1.0)  # that no record shares anything must not speak for the data


def posterior(bits: Sequence[float], in_data: float, absent: float = 1.0) -> tuple[list[float], float]:
    """The probability of each alternative by its bits, and that of none; they sum to one. Without alternatives, none is 1.

    ``absent`` is :func:`likeness_of_absent`.
    """
    if not bits:
        return [], 1.0
    top = max(bits)
    none = (1 - in_data) * absent * 2.0**-top
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
    """The prior that the data holds the contract, lowered for what the data is known not to cover, and how like a contract
    that it lacks would look, with the reasons.
    """
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
    absent = likeness_of_absent(scored, alternatives, table)
    if absent > 1:
        reasons.append(phrase("prior_sister", factor=f"{absent:.3g}"))
    return Prior(in_data, absent, alternatives, tuple(reasons))
