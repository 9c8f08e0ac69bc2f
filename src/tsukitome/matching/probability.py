"""From bits to probabilities: over all alternatives and "none of these, or not in the data".

P(pair) ∝ c / N · 2^bits and P(none) ∝ (1 − c) · a, where c is the prior that the data holds the contract, N the number of
alternatives, and a how much likelier the clues are of a contract that the data lacks than by chance, since the data may
hold kin of it: a lot let on the same day, last year's contract, the same work let to another firm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from tsukitome.archive.coverage import months_of
from tsukitome.clues.month import MonthReading
from tsukitome.clues.query import Clue
from tsukitome.findings import Coverage, Prior
from tsukitome.matching.kinship import Kin
from tsukitome.matching.scoring import Scored, sum_of_bits
from tsukitome.matching.weights import KINDS, Kind, PriorWeights
from tsukitome.wording import phrase

_HALF = 2.0**27 + 1
POWERS = tuple(2.0 ** (part / 1000) for part in range(1000))
# For a kind of kin, and the rates at which a contract is such kin alone and together: the sum over all alternatives of the rate
# times the likelihood, and how many of them have such kin in the data.
SumOfKin = Callable[[Kind, float, float], tuple[float, int]]
# For a factor and the most bits: of each alternative the factor times two to the power of its bits less these; and their sum.
ManyWeights = Callable[[float, float], tuple[Sequence[float], float]]
UNRELATED = 0.05  # at least so many of the contracts that the data lacks are taken to have no kin in it
_APART = 3  # kin meets so many clues as if each stood for itself


def likeness_of_absent(
    alternatives: int, kin: Kin, sum_of: SumOfKin, table: PriorWeights, clues: int
) -> tuple[float, dict[str, float]]:
    """How much likelier the clues are of a contract that is not in the data than by chance, and which part of that each kind of
    kin makes.

    "None" is weighed by a mixture: nothing is shared with any record, or the contract is kin of one of them, by rates that the
    archive shows. Few records are unlikely to hold kin either. Kin that agrees in some clues agrees in the others more often than
    kin at large does: a lot of the same price is one of the same month and method. So each of the ``clues`` beyond three makes
    kin likelier by the table's ``dependence``.
    """
    if not alternatives:
        return 1.0, {}
    share = alternatives / (alternatives + table.small_data)
    together_more = table.dependence ** max(clues - _APART, 0)
    parts: dict[str, float] = {}
    related = 0.0
    for kind in KINDS:
        alone, together = share * kin.rates[kind].alone, share * kin.rates[kind].together
        likely, held = sum_of(kind, alone, together)
        parts[kind] = likely / alternatives * together_more
        related += weighted_sum([alone, together], [alternatives - held, held]) / alternatives
    like_new = max(1 - related, UNRELATED)
    # That no record is like it hardly speaks for the data.
    return max(like_new + math.fsum(parts.values()), table.least_absent), parts


def sum_of_kin(scored: Mapping[str, Scored], counts: Sequence[int], kin: Kin) -> SumOfKin:
    """The sums over alternatives one by one; ``counts`` and ``kin``: as for :func:`prior`."""

    def sum_of(kind: Kind, alone: float, together: float) -> tuple[float, int]:
        like = [
            power_of_two(sum_of_bits(bits))
            for bits in zip(*(clue.kin_bits(kind) for clue in scored.values()), strict=True)
        ]
        held = kin.held(kind)
        each = [count - some for count, some in zip(counts, held, strict=True)] + [*held]
        return weighted_sum([alone * value for value in like] + [together * value for value in like], each), sum(held)

    return sum_of


def power_of_two(bits: float) -> float:
    """2 to the power of ``bits``, which are most often whole thousandths: these from a table, so that many at once give the same
    digits as one by one.
    """
    thousandths = round(bits * 1000)
    if abs(bits * 1000 - thousandths) > 1e-6:
        return float(2.0**bits)
    return math.ldexp(POWERS[thousandths % 1000], thousandths // 1000)


def posterior(
    bits: Sequence[float],
    in_data: float,
    absent: float = 1.0,
    counts: Sequence[int] | None = None,
    many: ManyWeights | None = None,
) -> tuple[list[float], float]:
    """The probability of each alternative by its bits, and that of none; they sum to one. Without alternatives, none is 1.

    ``absent`` is what :func:`likeness_of_absent` gives first; ``counts`` says how many alternatives have each of ``bits`` (one, if
    not given). ``many``, if given, weighs them all at once.
    """
    if not bits:
        return [], 1.0
    counts = counts or [1] * len(bits)
    top, alternatives = max(bits), sum(counts)
    none = (1 - in_data) * absent * power_of_two(-top)
    factor = in_data / alternatives
    if many:
        weights, whole = many(factor, top)
    else:
        weights = [factor * power_of_two(value - top) for value in bits]
        whole = weighted_sum(weights, counts)
    total = whole + none
    return [weight / total for weight in weights], none / total


def weighted_sum(values: Sequence[float], counts: Sequence[int]) -> float:
    """The sum of each value taken as often as its count says, rounded once: the same to the bit as summing them one by one.

    Counts must be below 2**26. Source of the splitting: T. J. Dekker, "A floating-point technique for extending the available
    precision" (1971).
    """
    parts = []
    for value, count in zip(values, counts, strict=True):
        if count == 1:
            parts.append(value)
        elif count:  # half of a float's digits times a count is exact
            scaled = value * _HALF
            high = scaled - (scaled - value)
            parts += (high * count, (value - high) * count)
    return math.fsum(parts)


def prior(
    asked: Mapping[str, Clue],
    scored: Mapping[str, Scored],
    coverage: Coverage,
    counts: Sequence[int],
    kin: Kin,
    table: PriorWeights,
    sum_of: SumOfKin | None = None,
) -> Prior:
    """The prior that the data holds the contract, lowered for what the data is known not to cover, and how like a contract
    that it lacks would look, with the reasons.

    ``scored`` knows alternatives by number; ``counts`` says how many stand behind each number, since those at which all clues
    agree alike, and whose kin is ``known`` alike, may be taken as one. ``sum_of``, if given, sums them up in their stead.
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
    sums = sum_of or sum_of_kin(scored, counts, kin)
    absent, parts = likeness_of_absent(alternatives, kin, sums, table, len(scored))
    if absent < 0.9:
        reasons.append(phrase("prior_unlike", factor=f"{absent:.3g}"))
    if absent > 1:
        reasons.append(phrase("prior_kin", factor=f"{absent:.3g}"))
    return Prior(in_data, absent, alternatives, tuple(reasons), parts)
