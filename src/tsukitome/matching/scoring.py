"""Bits: what each level of a comparison weighs in this archive, and each alternative's evidence.

For a level met with probability m when the record is the contract in the news, and u when it is any other record, the
match weight is log2(m / u) bits. Source: I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage" (1969).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tsukitome.clues.query import Clue
from tsukitome.findings import Evidence
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare import comparer
from tsukitome.matching.compare.comparison import Comparer, Comparison
from tsukitome.matching.weights import Weights


class Scored(Protocol):
    """A clue held against alternatives, which are known by their numbers only."""

    @property
    def clue(self) -> Clue:
        """The clue."""

    def bits_of(self, index: int) -> float:
        """The bits for alternative ``index``, rounded as they are shown; 0 where its record is silent."""

    def fits(self, index: int) -> bool | None:
        """Whether alternative ``index`` agrees or is near; None where its record is silent."""


@dataclass(frozen=True)
class WeighedClue:
    """What each level of a clue weighs in this archive, and what it says. A level is None where the record is silent."""

    clue: Clue
    bits: Mapping[str, float]
    outcomes: Mapping[str, str]

    def bits_of_level(self, level: str | None) -> float:
        """The bits of a level, rounded as they are shown."""
        return 0.0 if level is None else self.bits[level]

    def level_fits(self, level: str | None) -> bool | None:
        """Whether a level agrees or is near."""
        return None if level is None else self.outcomes[level] != "contradict"

    def evidence(self, comparison: Comparison) -> Evidence:
        """The evidence that this clue gives for or against the alternative it was compared with."""
        level = comparison.level
        outcome = "record_silent" if level is None else self.outcomes[level]
        return Evidence(
            self.clue.name,
            outcome,  # type: ignore[arg-type]
            self.bits_of_level(level),
            self.clue.quote,
            comparison.found,
            comparison.note,
        )


@dataclass(frozen=True)
class ScoredClue:
    """One clue held against every alternative: ``comparisons`` in their order, and what each level weighs."""

    weighed: WeighedClue
    comparisons: Sequence[Comparison]

    @property
    def clue(self) -> Clue:
        return self.weighed.clue

    def bits_of(self, index: int) -> float:
        return self.weighed.bits_of_level(self.comparisons[index].level)

    def fits(self, index: int) -> bool | None:
        return self.weighed.level_fits(self.comparisons[index].level)


def score(clue: Clue, alternatives: list[Alternative], table: Weights) -> ScoredClue:
    """Holds a clue against every alternative, and weighs each level by how often this archive meets it."""
    asked = comparer(clue, alternatives)
    comparisons = [asked.compare(alternative) for alternative in alternatives]
    # Awards are counted, not firms: the other winners of an award are no "other record".
    met = Counter(
        level
        for level, _ in {
            (comparison.level, alternative.award.award_ids)
            for comparison, alternative in zip(comparisons, alternatives, strict=True)
            if comparison.level is not None
        }
    )
    return ScoredClue(weigh(clue, asked, met, table), comparisons)


def weigh(clue: Clue, asked: Comparer, met: Mapping[str, int], table: Weights) -> WeighedClue:
    """The bits of each level of a clue; ``met`` is how many awards of the archive meet each."""
    levels = table.levels[asked.weights]
    background = asked.background()
    whole = sum(background.values())
    others = max(sum(met.values()) - 1, 0)
    bits = {}
    reached, expected = 0.0, 0.0  # how many records, and which share at large, agree at least this well
    for name, level in levels.items():
        reached, expected = reached + met.get(name, 0), expected + background[name] / whole
        if not asked.nested or level.outcome == "contradict":
            count, share = float(met.get(name, 0)), background[name] / whole
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
    return WeighedClue(clue, _ordered(bits), {name: level.outcome for name, level in levels.items()})


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
