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
from tsukitome.matching.scoring import Scored
from tsukitome.matching.weights import PriorWeights
from tsukitome.wording import phrase

# What a contract shares with its sister of another year: the firm's place, the work, the buyer and the way it was bought.
_LASTING = ("ward", "title", "buyer", "method", "firm")


def likeness_of_absent(scored: Mapping[str, Scored], counts: Sequence[int], table: PriorWeights) -> float:
    """How much likelier the clues are of a contract that is not in the data than by chance. ``counts``: as for :func:`prior`.

    Public contracts come back every year. A contract that the data lacks often has a sister in it, and the clues that last
    fit that sister as well as they would fit its own record. So "none" is weighed by a mixture: nothing shared, the lasting
    clues shared with one of the records, and the value shared too. Few records are unlikely to hold a sister either.
    """
    alternatives = sum(counts)
    if not alternatives:
        return 1.0
    lasting = [math.fsum(scored[name].bits_of(i) for name in _LASTING if name in scored) for i in range(len(counts))]
    value = scored.get("value")
    shared = weighted_sum([2.0**bits for bits in lasting], counts) / alternatives
    with_value = (
        weighted_sum([2.0 ** (bits + value.bits_of(i)) for i, bits in enumerate(lasting)], counts) / alternatives
        if value
        else shared
    )
    sister = table.sister * alternatives / (alternatives + table.small_data)
    like = 1 - sister + sister * ((1 - table.sister_value) * shared + table.sister_value * with_value)
    return max(like, 1.0)  # that no record shares anything must not speak for the data


def posterior(
    bits: Sequence[float], in_data: float, absent: float = 1.0, counts: Sequence[int] | None = None
) -> tuple[list[float], float]:
    """The probability of each alternative by its bits, and that of none; they sum to one. Without alternatives, none is 1.

    ``absent`` is :func:`likeness_of_absent`; ``counts`` says how many alternatives have each of ``bits`` (one, if not given).
    """
    if not bits:
        return [], 1.0
    counts = counts or [1] * len(bits)
    top, alternatives = max(bits), sum(counts)
    none = (1 - in_data) * absent * 2.0**-top
    weights = [in_data / alternatives * 2.0 ** (value - top) for value in bits]
    total = weighted_sum(weights, counts) + none
    return [weight / total for weight in weights], none / total


def weighted_sum(values: Sequence[float], counts: Sequence[int]) -> float:
    """The sum of each value taken as often as its count says, rounded once: the same to the bit as summing them one by one."""
    return math.fsum(
        # A count is a sum of powers of two, and times a power of two a float stays exact.
        math.ldexp(value, place)
        for value, count in zip(values, counts, strict=True)
        for place in range(count.bit_length())
        if count >> place & 1
    )


def prior(
    asked: Mapping[str, Clue],
    scored: Mapping[str, Scored],
    coverage: Coverage,
    counts: Sequence[int],
    table: PriorWeights,
) -> Prior:
    """The prior that the data holds the contract, lowered for what the data is known not to cover, and how like a contract
    that it lacks would look, with the reasons.

    ``scored`` knows alternatives by number; ``counts`` says how many stand behind each number, since those at which all clues
    agree alike may be taken as one.
    """
    alternatives = sum(counts)
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
    if buyer and not any(buyer.fits(index) for index in range(len(counts))):
        in_data *= table.buyer_not_covered
        reasons.append(phrase("prior_buyer", quote=buyer.clue.quote, factor=table.buyer_not_covered))
    absent = likeness_of_absent(scored, counts, table)
    if absent > 1:
        reasons.append(phrase("prior_sister", factor=f"{absent:.3g}"))
    return Prior(in_data, absent, alternatives, tuple(reasons))
