"""Bits: what each level of a comparison weighs in this archive, and each alternative's evidence.

For a level met with probability m when the record is the contract in the news, and u when it is any other record, the
match weight is log2(m / u) bits. Source: I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage" (1969).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from tsukitome.clues.query import Clue
from tsukitome.dataclass import dataclass
from tsukitome.findings import Evidence, Weighing
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.compare import comparer
from tsukitome.matching.compare.comparison import Comparer, Comparison
from tsukitome.matching.grounds import through
from tsukitome.matching.weights import KINDS, Kind, Level, Weights, on_ground

_Shares = dict[str, float]


class Scored(Protocol):
    """A clue held against alternatives, which are known by their numbers only."""

    @property
    def clue(self) -> Clue:
        """The clue."""

    def bits_of(self, index: int) -> float:
        """The bits for alternative ``index``, rounded as they are shown; 0 where its record is silent."""

    def kin_bits(self, kind: Kind) -> Sequence[float]:
        """The bits for each alternative as mere kin of the contract in the news; 0 where its record is silent."""

    def fits(self, index: int) -> bool | None:
        """Whether alternative ``index`` agrees or is near; None where its record is silent."""


@dataclass(frozen=True, slots=True)
class WeighedLevel:
    """What a level of a clue weighs in this archive.

    ``bits`` weigh a record as the contract in the news, ``kin`` as mere kin of it. They follow from ``m`` and ``u``, how often
    the level is met by the contract in the news and by any other record; ``met`` is how many awards meet it, whatever that
    stands on.
    """

    outcome: str
    bits: float
    kin: Mapping[Kind, float]
    m: float
    u: float
    met: int


@dataclass(frozen=True)
class WeighedClue:
    """What each level of a clue weighs in this archive, and what it says. A level is None where the record is silent.

    ``known`` is how many awards are not silent.
    """

    clue: Clue
    levels: Mapping[str, WeighedLevel]
    known: int
    strength: float

    def bits_of_level(self, level: str | None) -> float:
        """The bits of a level, rounded as they are shown."""
        return 0.0 if level is None else self.levels[level].bits

    def kin_bits_of_level(self, kind: Kind, level: str | None) -> float:
        """The same for a record that is mere kin."""
        return 0.0 if level is None else self.levels[level].kin[kind]

    def level_fits(self, level: str | None) -> bool | None:
        """Whether a level agrees or is near."""
        return None if level is None else self.levels[level].outcome != "contradict"

    def evidence(self, comparison: Comparison) -> Evidence:
        """The evidence that this clue gives for or against the alternative it was compared with."""
        level = comparison.level
        outcome = "record_silent" if level is None else self.levels[level].outcome
        return Evidence(
            self.clue.name,
            outcome,  # type: ignore[arg-type]
            self.bits_of_level(level),
            self.clue.quote,
            comparison.found,
            comparison.note,
            None if level is None else self._weighing(level),
        )

    def _weighing(self, level: str) -> Weighing:
        weighed = self.levels[level]
        return Weighing(level, weighed.m, weighed.u, weighed.met, self.known, self.strength)


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

    def kin_bits(self, kind: Kind) -> list[float]:
        return [self.weighed.kin_bits_of_level(kind, comparison.level) for comparison in self.comparisons]

    def fits(self, index: int) -> bool | None:
        return self.weighed.level_fits(self.comparisons[index].level)


def score(clue: Clue, alternatives: list[Alternative], table: Weights, scale: float = 1.0) -> ScoredClue:
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
    return ScoredClue(weigh(clue, asked, met, table, scale), comparisons)


def weigh(clue: Clue, asked: Comparer, met: Mapping[str, int], table: Weights, scale: float = 1.0) -> WeighedClue:
    """The bits of each level of a clue; ``met`` is how many awards of the archive meet each.

    ``scale`` is what the bits are multiplied by, to see how much an answer hangs on them; those of mere kin stay as they are.
    """
    levels, grounds = table.levels[asked.weights], table.grounds.get(asked.weights, {})
    at_large = asked.background()
    whole = sum(at_large.values())
    background = {name: at_large[name] / whole for name in levels}
    # What a fact stands on tells nothing of how rare it is.
    pooled = {name: sum(met.get(on_ground(name, ground), 0) for ground in ("", *grounds)) for name in levels}
    by_likelihood = all(level.likely is not None for level in levels.values())
    m, u = (_by_likelihood if by_likelihood else _by_level)(levels, pooled, background, table, nested=asked.nested)
    kin = {kind: {name: level.kin[kind] for name, level in levels.items()} for kind in KINDS}
    weighed = _weighed("", levels, m, u, kin, pooled, asked.strength(), scale)
    for ground, shares in grounds.items():
        of_kin = {kind: through(shares, kin[kind], u) for kind in KINDS}
        weighed |= _weighed(ground, levels, through(shares, m, u), u, of_kin, pooled, asked.strength(), scale)
    return WeighedClue(clue, weighed, sum(pooled.values()), asked.strength())


def _weighed(
    ground: str,
    levels: Mapping[str, Level],
    m: _Shares,
    u: _Shares,
    kin: Mapping[Kind, _Shares],
    met: Mapping[str, int],
    strength: float,
    scale: float,
) -> dict[str, WeighedLevel]:
    """The levels of what stands on one ground."""
    found = {}
    ceiling = math.inf
    for name, level in levels.items():
        weight = math.log2(m[name] / u[name]) * strength
        if level.outcome == "agree":
            weight = max(weight, 0.0)
        if level.outcome == "contradict":
            weight = min(weight, 0.0)
        # The table lists levels from the best down. A chance scarcity in the archive (nothing in this city, say) must not make
        # a worse agreement worth more.
        bits = ceiling = min(ceiling, round(weight, 3))
        of_kin = {kind: round(bits + math.log2(kin[kind][name] / m[name]) * strength, 3) for kind in KINDS}
        found[on_ground(name, ground)] = WeighedLevel(level.outcome, bits * scale, of_kin, m[name], u[name], met[name])
    return found


def _by_level(
    levels: Mapping[str, Level], met: Mapping[str, int], background: _Shares, table: Weights, *, nested: bool
) -> tuple[_Shares, _Shares]:
    """m by the table, and u counted in the archive among the other awards, drawn towards the background.

    A ``nested`` level is as rare as agreeing at least so well. Of the others none is rarer than the archive can tell: nested
    ones are names and titles, which no two records share by chance.
    """
    others = max(sum(met.values()) - 1, 0)
    u = {}
    reached, expected = 0.0, 0.0
    for name, level in levels.items():
        reached, expected = reached + met.get(name, 0), expected + background[name]
        graded = nested and level.outcome != "contradict"
        count, share = (reached, expected) if graded else (float(met.get(name, 0)), background[name])
        # "Any other record": the one that is weighed is not among them.
        imagined = table.pseudo_count * share
        if not nested:  # as many as are to be expected at large, if that is less than the least
            imagined = max(imagined, min(table.least, others * share))
        u[name] = (max(count - 1, 0.0) + imagined) / (others + table.pseudo_count)
    # Levels that have likelihoods share what the others leave of m, by how much of the archive is at each: where many prices are
    # round, a round one that is said as it is tells less.
    meant = {name: level.likely * u[name] for name, level in levels.items() if level.likely is not None}
    rest, total = 1 - math.fsum(level.m for level in levels.values()), math.fsum(meant.values())
    return {name: meant[name] * rest / total if name in meant else level.m for name, level in levels.items()}, u


def _by_likelihood(
    levels: Mapping[str, Level], met: Mapping[str, int], background: _Shares, table: Weights, *, nested: bool
) -> tuple[_Shares, _Shares]:
    """u counted in the archive, and the m of this very clue: likely · u, scaled to sum to one.

    Where half of the records are of the month before, a clue that is one month off is of that month more often.
    """
    del nested
    whole = sum(met.values()) + table.pseudo_count
    u = {name: (met.get(name, 0) + table.pseudo_count * background[name]) / whole for name in levels}
    meant = {name: (level.likely or 0.0) * u[name] for name, level in levels.items()}
    total = math.fsum(meant.values())
    return {name: value / total for name, value in meant.items()}, u


def sum_of_bits(bits: Sequence[float]) -> float:
    """Bits rounded to three places, summed and freed of the sum's own rounding noise."""
    return round(math.fsum(bits), 3)
