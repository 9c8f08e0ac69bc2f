"""The argument of the seed's people, step by step: all awards, then those that each further clue leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsukitome.findings import NarrowingStep
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.scoring import ScoredClue

# The order in which a person would narrow: whose contract, when, where, how, and only then what and for how much.
ORDER = ("buyer", "month", "ward", "method", "title", "value", "firm")


def narrowing(
    alternatives: Sequence[Alternative], scored: Mapping[str, ScoredClue], awards: int
) -> list[NarrowingStep]:
    """How many awards are left when each clue in turn has to agree or be near.

    An award is left while one of its suppliers fits every clue so far; it is silent where none fits all but one
    contradicts nothing. Awards without a supplier count in the first step only.
    """
    steps = [NarrowingStep(None, None, awards)]
    fitting: dict[int, bool] = dict.fromkeys(range(len(alternatives)), True)  # False: not contradicted, but silent
    for name in ORDER:
        if name not in scored:
            continue
        left = {}
        for index, sure in fitting.items():
            fits = scored[name].fits(index)
            if fits is not False:
                left[index] = sure and fits is True
        fitting = left
        fit = {alternatives[index].award.award_ids for index, sure in fitting.items() if sure}
        silent = {alternatives[index].award.award_ids for index in fitting} - fit
        steps.append(NarrowingStep(name, scored[name].clue.quote, len(fit), len(silent)))
    return steps
