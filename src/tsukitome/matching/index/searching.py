"""The main job by way of an index: the answer that scoring every record gives, without reading every record."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial

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
from tsukitome.matching.index.columns import SEVERAL, Index
from tsukitome.matching.index.hits import hits
from tsukitome.matching.index.layout import Layout, Levels
from tsukitome.matching.index.ranking import RankedFirm, Ranking
from tsukitome.matching.index.tally import Tally, tallied
from tsukitome.matching.index.titles import IndexedTitles
from tsukitome.matching.index.weighing import WeighedKeys
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
        at_keys, counts = WeighedKeys(weighed, tally, _rates(index, table)), tally.counted.counts
        scored = {name: at_keys.of(name) for name in weighed}
        in_data = prior(clues.asked, scored, coverage, counts, at_keys, table.prior, at_keys.sum_of_kin)
        probabilities, none = at_keys.posterior(in_data)
        ranking = Ranking(index, tally, probabilities, at_keys.bits)
        listed = ranking.listed(top) if counts else []
        decision, reason = verdict(ranking, none, clues.asked, table.verdict, ranking.that_hold)
        steps = _narrowing(tally, weighed, int(index.facts["awards"]))
        candidates = _Showing(index, fetch, asked, weighed, ranking).candidates(listed)
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


@contextmanager
def _tallied(
    asked: Mapping[str, Clue], comparers: Mapping[str, Comparer], index: Index, table: Weights
) -> Iterator[Tally]:
    """How many rows meet which levels of the clues. While it is open no other question can be asked of the index."""
    levels = {name: Levels(table.names(comparer.weights)) for name, comparer in comparers.items()}
    with index.in_use:
        found = {name: hits(clue, comparers[name], levels[name], index) for name, clue in asked.items()}
        with tallied(index, Layout(levels), found) as tally:
            yield tally


def _rates(index: Index, table: Weights) -> dict[Kind, KinRates]:
    met = {kind: KinMet(*found) for kind, found in zip(KINDS, index.facts["kin"], strict=True)}
    return rates_of(met, table.prior.kin, table.pseudo_count)


def _narrowing(tally: Tally, weighed: Mapping[str, WeighedClue], awards: int) -> tuple[NarrowingStep, ...]:
    fits = {}
    for name, clue in weighed.items():
        said = [clue.level_fits(level) for level in tally.layout.levels[name].names]
        fits[name] = [0, *(2 if one else 0 for one in said), 1]
    steps = [NarrowingStep(name, weighed[name].clue.quote, fit, silent) for name, fit, silent in tally.narrowed(fits)]
    return (NarrowingStep(None, None, awards), *steps)


@dataclass
class _Showing:
    """Reads from the archive what is shown of the listed firms, and explains it."""

    index: Index
    fetch: Fetch
    asked: Mapping[str, Comparer]
    weighed: Mapping[str, WeighedClue]
    ranking: Ranking

    def candidates(self, listed: Sequence[RankedFirm]) -> list[Candidate]:
        """The candidates, in order."""
        number = self.index["award"]
        award_of = self._awards({number[row] for firm in listed for row in firm.rows})
        return [
            candidate(rank, self._describe(firm), firm.chances, self._shown(firm, award_of))
            for rank, firm in enumerate(listed, 1)
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
        times = self._whos(firm)
        found = [self.index.who(who) for who in times]
        return describe(
            [supplier for supplier, _ in found], [name for _, printed in found for name in printed], [*times.values()]
        )

    def _whos(self, firm: RankedFirm) -> dict[int, int]:
        """The suppliers of a firm, in the order in which its rows, the likeliest first, bear them; and how many rows bear each."""
        if (only := self.index["firm_who"][firm.number]) != SEVERAL:
            return {only: self.index.firm_size(firm.number)}
        return Counter(map(self.index["who"].__getitem__, self.ranking.rows_of(firm.number)))

    def _shown(
        self,
        firm: RankedFirm,
        award_of: Callable[[int], tuple[MergedAward, tuple[Supplier, ...]]],
    ) -> Sequence[Shown]:
        number, at, each = self.index["award"], self.index["at"], firm.chances.shown()

        def shown(place: int) -> Shown:
            row = firm.rows[place]
            award, members = award_of(number[row])
            alternative = Alternative(award, at[row], members)
            return Shown(alternative, firm.bits[place], each[place], self.asked, partial(self._compared, alternative))

        return Later(len(firm.rows), shown)

    def _compared(self, alternative: Alternative, name: str) -> tuple[WeighedClue, Comparison]:
        return self.weighed[name], self.asked[name].compare(alternative)
