"""Weights fitted to made cases: how often each level is met when the record IS the contract in the news, or how likely each
level makes the clue.

With the level of the right record known, the maximum-likelihood m of a level is its share of the cases (I. P. Fellegi and
A. B. Sunter, "A Theory for Record Linkage", 1969). It is drawn towards a table's own figures by some imagined cases, so that
a level that no case meets keeps a share. The likelihoods of a clue (``likely``) are those that make the right records likeliest
among all (D. McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior", 1974).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tsukitome.evaluation.cases import Case
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare import comparer
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import Level, Weights

Shares = Mapping[str, Mapping[str, Level]]


def levels_met(cases: Iterable[Case], prepared: Prepared) -> dict[str, Counter[str]]:
    """How many present cases meet each level, by the clue's table of levels; a silent record is not counted."""
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        if not case.present:
            continue
        right: Alternative = prepared.alternatives[case.target]
        for clue in case.clues.asked.values():
            asked = comparer(clue, prepared.alternatives)
            level = asked.compare(right).level
            if level is not None and asked.strength() == 1:
                met[asked.weights][level] += 1
    return met


def fitted(met: Mapping[str, Mapping[str, int]], table: Weights, imagined: float = 10.0) -> Weights:
    """``table`` with the m of each level fitted to what was met, drawn towards its own figures by ``imagined`` cases."""
    levels = dict(table.levels)
    for clue, counts in met.items():
        whole = sum(counts.values()) + imagined
        own = sum(level.m for level in levels[clue].values())
        if not own:  # a table of likelihoods
            continue
        levels[clue] = {
            name: replace(level, m=(counts.get(name, 0) + imagined * level.m / own) / whole)
            for name, level in levels[clue].items()
        }
    return replace(table, levels=levels)


def likelihoods(
    met: Sequence[tuple[str, Mapping[str, float]]], start: Mapping[str, float], imagined: float = 4.0
) -> dict[str, float]:
    """How likely each level makes a clue, the first of ``start`` being 1.

    ``met`` holds for each case the level of the right record and the share of the archive at each level. Found by gradient
    steps on the logarithms, drawn towards ``start`` by ``imagined`` cases a level.
    """
    names = list(start)
    log = {name: math.log(start[name] / start[names[0]]) for name in names}
    towards = dict(log)
    right = Counter(level for level, _ in met)
    for _ in range(500):
        expected = dict.fromkeys(names, 0.0)
        for _, shares in met:
            weights = {name: shares.get(name, 0.0) * math.exp(log[name]) for name in names}
            whole = math.fsum(weights.values())
            for name, weight in weights.items():
                expected[name] += weight / whole
        for name in names[1:]:
            slope = right[name] - expected[name] - imagined / 4 * (log[name] - towards[name])
            log[name] += 0.5 * slope / (expected[name] + imagined)
    return {name: math.exp(value) for name, value in log.items()}
