"""The verdict and its reason, by the rules in ``weights.toml``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from tsukitome.findings import Verdict
from tsukitome.matching.weights import VerdictRules
from tsukitome.normalize.percent import percent
from tsukitome.wording import Phrase, phrase

ENOUGH = 1 - 1e-9  # of ten equal firms nine hold 90%, whichever way their sum is rounded
# What to ask for next, the most telling first: a title tells more than a value, a value more than a buyer.
_TELLING = ("title", "value", "buyer", "month", "ward")


def verdict(
    firms: Sequence[float],
    none: float,
    asked: Collection[str],
    rules: VerdictRules,
    that_hold: Callable[[float], int] | None = None,
) -> tuple[Verdict, Phrase]:
    """The verdict over the firms' probabilities (the largest first) and that of none, and the sentence that says why.

    ``that_hold``, if given, is asked how many firms hold a share instead of all ``firms``: see :func:`firms_that_hold`.
    """
    if none >= rules.not_found_none or not firms:
        return "not_found", phrase("verdict_not_found", none=percent(none), limit=percent(rules.not_found_none))
    first, second = firms[0], firms[1] if len(firms) > 1 else 0.0
    if first >= rules.identified_first and first >= rules.identified_ratio * second and none <= rules.identified_none:
        return "identified", phrase(
            "verdict_identified", first=percent(first), second=percent(second), none=percent(none)
        )
    missing = _missing(first, second, none, rules)
    ask = next((clue for clue in _TELLING if clue not in asked), None)
    advice = phrase("verdict_ask", clue=phrase(f"clue_{ask}")) if ask else phrase("verdict_ask_nothing")
    share = rules.shortlist_share * (1 - none)
    needed = that_hold(share) if that_hold else firms_that_hold(firms, share)
    if needed <= rules.shortlist_firms:
        name = "verdict_shortlist_one" if needed == 1 else "verdict_shortlist"
        return "shortlist", phrase(
            name, count=needed, share=percent(rules.shortlist_share), missing=missing, advice=advice
        )
    return "ambiguous", phrase("verdict_ambiguous", count=needed, missing=missing, advice=advice)


def _missing(first: float, second: float, none: float, rules: VerdictRules) -> Phrase:
    """Which part of the rule for `identified` fails first."""
    if first < rules.identified_first:
        return phrase("missing_first", first=percent(first), limit=percent(rules.identified_first))
    if first < rules.identified_ratio * second:
        return phrase("missing_ratio", ratio=round(first / second, 1), limit=rules.identified_ratio)
    return phrase("missing_none", none=percent(none), limit=percent(rules.identified_none))


def firms_that_hold(firms: Iterable[float], share: float) -> int:
    """How many of the firms, the likeliest first, hold a share together."""
    held = 0.0
    for count, probability in enumerate(firms, 1):
        held += probability
        if held >= share * ENOUGH:
            return count
    return count
