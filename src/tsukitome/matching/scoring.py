"""Bits: what each level of a comparison weighs in this archive, and each alternative's evidence.

For a level met with probability m when the record is the contract in the news, and u when it is any other record, the
match weight is log2(m / u) bits. Source: I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage" (1969).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tsukitome.clues.query import Clue
from tsukitome.findings import Evidence
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare import comparer
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.weights import Weights


@dataclass(frozen=True)
class ScoredClue:
    """One clue held against every alternative: ``comparisons`` in their order, and the bits of each level."""

    clue: Clue
    comparisons: Sequence[Comparison]
    bits: Mapping[str, float]
    outcomes: Mapping[str, str]

    def evidence(self, index: int) -> Evidence:
        """The evidence that this clue gives for or against alternative ``index``."""
        comparison = self.comparisons[index]
        if comparison.level is None:
            return Evidence(self.clue.name, "record_silent", 0.0, self.clue.quote, comparison.found, comparison.note)
        outcome = self.outcomes[comparison.level]
        return Evidence(
            self.clue.name,
            outcome,  # type: ignore[arg-type]
            self.bits[comparison.level],
            self.clue.quote,
            comparison.found,
            comparison.note,
        )

    def bits_of(self, index: int) -> float:
        """The bits for alternative ``index``, rounded as they are shown; 0 where its record is silent."""
        level = self.comparisons[index].level
        return 0.0 if level is None else self.bits[level]

    def fits(self, index: int) -> bool | None:
        """Whether alternative ``index`` agrees or is near; None where its record is silent."""
        level = self.comparisons[index].level
        return None if level is None else self.outcomes[level] != "contradict"


def score(clue: Clue, alternatives: list[Alternative], table: Weights) -> ScoredClue:
    """Holds a clue against every alternative, and weighs each level by how often this archive meets it."""
    asked = comparer(clue, alternatives)
    comparisons = [asked.compare(alternative) for alternative in alternatives]
    levels = table.levels[asked.weights]
    # Awards are counted, not firms: the other winners of an award are no "other record".
    met = Counter(
        level
        for level, _ in {
            (comparison.level, alternative.award.award_ids)
            for comparison, alternative in zip(comparisons, alternatives, strict=True)
            if comparison.level is not None
        }
    )
    background = asked.background()
    whole = sum(background.values())
    others = max(met.total() - 1, 0)
    bits = {}
    reached, expected = 0.0, 0.0  # how many records, and which share at large, agree at least this well
    for name, level in levels.items():
        reached, expected = reached + met[name], expected + background[name] / whole
        if not asked.nested or level.outcome == "contradict":
            count, share = float(met[name]), background[name] / whole
        else:
            count, share = reached, expected
        # "Any other record": the one that is weighed is not among them.
        u = (max(count - 1, 0.0) + table.pseudo_count * share) / (others + table.pseudo_count)
        weight = math.log2(level.m / u) * asked.strength()
        if level.outcome == "agree":
            weight = max(weight, 0.0)
        if level.outcome == "contradict":
            weight = min(weight, 0.0)
        bits[name] = round(weight, 3)
    return ScoredClue(clue, comparisons, _ordered(bits), {name: level.outcome for name, level in levels.items()})


def _ordered(bits: dict[str, float]) -> dict[str, float]:
    """No level weighs more than one that agrees better: the table lists them from the best down.

    A chance scarcity in the archive (nothing in this city, say) must not make a worse agreement worth more.
    """
    ceiling = math.inf
    ordered = {}
    for name, weight in bits.items():
        ceiling = min(ceiling, weight)
        ordered[name] = ceiling
    return ordered
