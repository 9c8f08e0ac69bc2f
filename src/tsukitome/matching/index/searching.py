"""The main job by way of an index: the answer that scoring every record gives, without reading every record."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from tsukitome.archive.firms import describe
from tsukitome.archive.merging import MergedAward
from tsukitome.awards import Award, Supplier
from tsukitome.clues.query import Clue, Clues
from tsukitome.findings import Candidate, Coverage, Findings, Firm, NarrowingStep, Replay
from tsukitome.later import Later
from tsukitome.matching.alternatives import Alternative, members_of
from tsukitome.matching.answer import Shown, candidate, with_like_names
from tsukitome.matching.compare import comparer_among
from tsukitome.matching.compare.comparison import Comparer, Comparison
from tsukitome.matching.index.columns import Index, Rows
from tsukitome.matching.index.distinct import grouped
from tsukitome.matching.index.hits import hits
from tsukitome.matching.index.kin import CountedKin
from tsukitome.matching.index.layout import Layout, Levels
from tsukitome.matching.index.ranking import RankedFirm, Ranking
from tsukitome.matching.index.tally import Tally, tallied
from tsukitome.matching.index.titles import IndexedTitles
from tsukitome.matching.index.weighing import WeighedKeys, posterior
from tsukitome.matching.kinship import KinMet, rates_of
from tsukitome.matching.probability import prior
from tsukitome.matching.scoring import ScoredClue, WeighedClue, weigh
from tsukitome.matching.verdict import verdict
from tsukitome.matching.weights import KINDS, Kind, KinRates, Weights, weights

# Gives the records at some positions of the archive, in the order of the positions.
Fetch = Callable[[Sequence[int]], Sequence[Award]]


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
        weighed = {
            name: weigh(clue, asked[name], tally.awards_at(name), table, scale) for name, clue in clues.asked.items()
        }
        at_keys = WeighedKeys(weighed, tally.layout, tally.keys)
        scored = {name: at_keys.of(name) for name in weighed}
        counts, kin = tally.counts.sum(axis=1), CountedKin(_rates(index, table), tally.counts)
        in_data = prior(
            clues.asked, scored, coverage, counts.tolist(), kin, table.prior, at_keys.sum_of_kin(counts, kin)
        )
        bits = at_keys.bits
        probabilities, none = posterior(bits, in_data.in_data, in_data.absent, counts)
        ranking = Ranking(tally, probabilities, bits)
        listed = ranking.listed(top) if len(counts) else []
        decision, reason = verdict(ranking, none, clues.asked, table.verdict, ranking.that_hold)
        steps = _narrowing(tally, weighed, int(index.facts["awards"]))
        shown = _Showing(index, fetch, asked, weighed, tally, bits)
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


def _narrowing(tally: Tally, weighed: Mapping[str, WeighedClue], awards: int) -> tuple[NarrowingStep, ...]:
    fits = {}
    for name, clue in weighed.items():
        said = [clue.level_fits(level) for level in tally.layout.levels[name].names]
        fits[name] = np.array([0, *(2 if one else 0 for one in said), 1])
    steps = [NarrowingStep(name, weighed[name].clue.quote, fit, silent) for name, fit, silent in tally.narrowed(fits)]
    return (NarrowingStep(None, None, awards), *steps)


@dataclass
class _Showing:
    """Reads from the archive what is shown of the listed firms, and explains it."""

    index: Index
    fetch: Fetch
    asked: Mapping[str, Comparer]
    weighed: Mapping[str, WeighedClue]
    tally: Tally
    bits: Rows

    def candidates(self, listed: Sequence[RankedFirm]) -> list[Candidate]:
        """The candidates, in order."""
        shown = [firm.chances.shown() for firm in listed]
        rows = [firm.rows[: len(some)].tolist() for firm, some in zip(listed, shown, strict=True)]
        number = self.index["award"]
        award_of = self._awards({int(number[row]) for some in rows for row in some})
        return [
            candidate(rank, self._describe(firm), firm.chances, self._shown(firm, some, each, award_of))
            for rank, (firm, some, each) in enumerate(zip(listed, rows, shown, strict=True), 1)
        ]

    def _awards(self, numbers: Collection[int]) -> Callable[[int], tuple[MergedAward, tuple[Supplier, ...]]]:
        """The awards of these numbers, read back, with the members of joint ventures; each is made when it is looked at."""
        starts, positions = self.index["award_starts"], self.index["award_positions"]
        of_award = {number: positions[starts[number] : starts[number + 1]].tolist() for number in numbers}
        all_positions = sorted(position for some in of_award.values() for position in some)
        records, place = self.fetch(all_positions), {position: place for place, position in enumerate(all_positions)}

        @cache
        def made(number: int) -> tuple[MergedAward, tuple[Supplier, ...]]:
            award = MergedAward(tuple(records[place[position]] for position in of_award[number]))
            return award, members_of(award)

        return made

    def _describe(self, firm: RankedFirm) -> Firm:
        whos, times = _in_order_of_rows(self.index["who"][firm.rows])
        found = [self.index.who(who) for who in whos]
        return describe([supplier for supplier, _ in found], [name for _, printed in found for name in printed], times)

    def _shown(
        self,
        firm: RankedFirm,
        rows: Sequence[int],
        each: Sequence[float],
        award_of: Callable[[int], tuple[MergedAward, tuple[Supplier, ...]]],
    ) -> Sequence[Shown]:
        bits = self.bits[firm.keys[: len(rows)]].tolist()
        numbers, at = (self.index[name][rows].tolist() for name in ("award", "at"))

        def shown(place: int) -> Shown:
            award, members = award_of(numbers[place])
            alternative = Alternative(award, at[place], members)
            return Shown(alternative, bits[place], each[place], self.asked, partial(self._compared, alternative))

        return Later(len(rows), shown)

    def _compared(self, alternative: Alternative, name: str) -> tuple[WeighedClue, Comparison]:
        return self.weighed[name], self.asked[name].compare(alternative)


def _in_order_of_rows(whos: Rows) -> tuple[list[int], list[int]]:
    """The distinct suppliers in the order in which they are first met, and how often each is."""
    if len(whos) == 1:
        return whos.tolist(), [1]
    met, first, number = grouped(whos)
    order = np.argsort(first)
    return met[order].tolist(), np.bincount(number)[order].tolist()
