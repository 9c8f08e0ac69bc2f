"""The main job by way of an index: the answer that scoring every record gives, without reading every record."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tsukitome.archive.firms import describe
from tsukitome.archive.merging import MergedAward
from tsukitome.awards import Award
from tsukitome.clues.query import Clue, Clues
from tsukitome.findings import Candidate, Coverage, Findings, NarrowingStep, Replay
from tsukitome.matching.alternatives import Alternative, alternatives_of
from tsukitome.matching.answer import Shown, candidate, how_many_shown, with_like_names
from tsukitome.matching.compare import comparer_among
from tsukitome.matching.compare.comparison import Comparer
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.hits import Levels, hits
from tsukitome.matching.index.kin import CountedKin
from tsukitome.matching.index.ranking import RankedFirm, Ranking
from tsukitome.matching.index.tally import Layout, Tally, tallied
from tsukitome.matching.index.titles import IndexedTitles
from tsukitome.matching.kinship import KinMet, rates_of
from tsukitome.matching.probability import posterior, prior
from tsukitome.matching.scoring import ScoredClue, WeighedClue, sum_of_bits, weigh
from tsukitome.matching.verdict import verdict
from tsukitome.matching.weights import KINDS, Kind, KinRates, Weights, weights

# Gives the records at some positions of the archive, in the order of the positions.
Fetch = Callable[[Sequence[int]], list[Award]]


@dataclass(frozen=True)
class _AtKeys:
    """A weighed clue over alternatives that are known by their keys only."""

    weighed: WeighedClue
    levels: Sequence[str | None]

    @property
    def clue(self) -> Clue:
        return self.weighed.clue

    def bits_of(self, index: int) -> float:
        return self.weighed.bits_of_level(self.levels[index])

    def bits(self) -> list[float]:
        """The bits at each key."""
        weighed = {level: self.weighed.bits_of_level(level) for level in set(self.levels)}
        return [weighed[level] for level in self.levels]

    def kin_bits(self, kind: Kind) -> list[float]:
        weighed = {level: self.weighed.kin_bits_of_level(kind, level) for level in set(self.levels)}
        return [weighed[level] for level in self.levels]

    def fits(self, index: int) -> bool | None:
        return self.weighed.level_fits(self.levels[index])


def search(
    clues: Clues,
    index: Index,
    fetch: Fetch,
    coverage: Coverage,
    *,
    top: int = 10,
    scale: float = 1.0,
    version: str,
    data_sha256: str,
    command: str,
) -> Findings:
    """What :func:`tsukitome.matching.identify.identify` answers about the records of which ``index`` is made.

    ``fetch`` reads those of them that are shown.
    """
    table = weights()
    asked = _comparers(clues.asked, index)
    with _tallied(clues.asked, asked, index, table) as tally:
        scored = {
            name: _AtKeys(weigh(clue, asked[name], tally.awards_at(name), table, scale), _levels(tally, name))
            for name, clue in clues.asked.items()
        }
        counts = tally.counts.sum(axis=1).tolist()
        bits = [sum_of_bits(row) for row in zip(*(clue.bits() for clue in scored.values()), strict=True)]
        kin = CountedKin(_rates(index, table), tally.counts)
        in_data = prior(clues.asked, scored, coverage, counts, kin, table.prior)
        probabilities, none = posterior(bits, in_data.in_data, in_data.absent, counts)
        ranking = Ranking(tally, probabilities, bits)
        listed = ranking.listed(top) if counts else []
        decision, reason = verdict(ranking, none, clues.asked, table.verdict)
        steps = _narrowing(tally, scored, int(index.facts["awards"]))
        shown = _Showing(index, fetch, asked, {name: clue.weighed for name, clue in scored.items()}, tally, bits)
        candidates = shown.candidates(listed)
    return Findings(
        clues=tuple(clue.to_dict() for clue in clues.asked.values()),
        verdict=decision,
        verdict_reason=reason,
        none_probability=none,
        rest_probability=max(1 - none - math.fsum(firm.probability for firm in listed), 0.0),
        candidates=with_like_names(candidates),
        narrowing=steps,
        coverage=coverage,
        replay=Replay(version, data_sha256, table.name, command, in_data),
    )


def compared(asked: Mapping[str, Clue], index: Index, alternatives: Sequence[Alternative]) -> dict[str, ScoredClue]:
    """What :func:`tsukitome.matching.identify.compared` says of some alternatives of the records of which ``index`` is made."""
    if not asked:  # a tally is of one clue at least
        return {}
    table, comparers = weights(), _comparers(asked, index)
    with _tallied(asked, comparers, index, table) as tally:
        weighed = {name: weigh(clue, comparers[name], tally.awards_at(name), table) for name, clue in asked.items()}
    return {
        name: ScoredClue(weighed[name], [comparer.compare(one) for one in alternatives])
        for name, comparer in comparers.items()
    }


def _comparers(asked: Mapping[str, Clue], index: Index) -> dict[str, Comparer]:
    titles = IndexedTitles(index)
    return {name: comparer_among(clue, titles) for name, clue in asked.items()}


def _tallied(
    asked: Mapping[str, Clue], comparers: Mapping[str, Comparer], index: Index, table: Weights
) -> AbstractContextManager[Tally]:
    """How many rows meet which levels of the clues."""
    levels = {name: Levels(table.names(comparer.weights)) for name, comparer in comparers.items()}
    found = {name: hits(clue, comparers[name], levels[name], index) for name, clue in asked.items()}
    return tallied(index, Layout(levels), found)


def _rates(index: Index, table: Weights) -> dict[Kind, KinRates]:
    met = {kind: KinMet(*found) for kind, found in zip(KINDS, index.facts["kin"], strict=True)}
    return rates_of(met, table.prior.kin, table.pseudo_count)


def _levels(tally: Tally, name: str) -> list[str | None]:
    """The level of a clue at each of the tally's keys."""
    levels = tally.layout.levels[name]
    return [levels.name(code) for code in tally.layout.codes(name, tally.keys).tolist()]


def _narrowing(tally: Tally, scored: Mapping[str, _AtKeys], awards: int) -> tuple[NarrowingStep, ...]:
    fits = {}
    for name, clue in scored.items():
        levels = tally.layout.levels[name]
        said = [clue.weighed.level_fits(level) for level in levels.names]
        fits[name] = np.array([0, *(2 if one else 0 for one in said), 1])
    steps = [NarrowingStep(name, scored[name].clue.quote, fit, silent) for name, fit, silent in tally.narrowed(fits)]
    return (NarrowingStep(None, None, awards), *steps)


@dataclass
class _Showing:
    """Reads from the archive what is shown of the listed firms, and explains it."""

    index: Index
    fetch: Fetch
    asked: Mapping[str, Comparer]
    weighed: Mapping[str, WeighedClue]
    tally: Tally
    bits: Sequence[float]

    def candidates(self, listed: Sequence[RankedFirm]) -> list[Candidate]:
        """The candidates, in order."""
        shown = [how_many_shown(firm.each) for firm in listed]
        awards = self._awards([self.index["award"][firm.rows[:one]] for firm, one in zip(listed, shown, strict=True)])
        return [
            candidate(rank, self._describe(firm), firm.each, self._shown(firm, one, awards))
            for rank, (firm, one) in enumerate(zip(listed, shown, strict=True), 1)
        ]

    def _awards(self, numbers: Sequence[Any]) -> dict[int, MergedAward]:
        """The awards of these numbers, read back."""
        starts, positions = self.index["award_starts"], self.index["award_positions"]
        wanted = sorted({number for some in numbers for number in some.tolist()})
        of_award = {number: positions[starts[number] : starts[number + 1]].tolist() for number in wanted}
        all_positions = sorted(position for some in of_award.values() for position in some)
        records = dict(zip(all_positions, self.fetch(all_positions), strict=True))
        return {number: MergedAward(tuple(records[position] for position in some)) for number, some in of_award.items()}

    def _describe(self, firm: RankedFirm) -> Any:
        found = [self.index.who(who) for who in self.index["who"][firm.rows].tolist()]
        return describe([supplier for supplier, _ in found], [name for _, printed in found for name in printed])

    def _shown(self, firm: RankedFirm, shown: int, awards: Mapping[int, MergedAward]) -> list[Shown]:
        found = []
        for row, key, each in zip(firm.rows[:shown].tolist(), firm.keys[:shown].tolist(), firm.each, strict=False):
            award, at = awards[int(self.index["award"][row])], int(self.index["at"][row])
            alternative = next(one for one in alternatives_of([award]) if one.index == at)
            compared = {name: (self.weighed[name], asked.compare(alternative)) for name, asked in self.asked.items()}
            found.append(Shown(alternative, self._bits_at[key], each, compared))
        return found

    @cached_property
    def _bits_at(self) -> dict[int, float]:
        return dict(zip(self.tally.keys.tolist(), self.bits, strict=True))
