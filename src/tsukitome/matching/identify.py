"""The main job: clues and awards in, findings out. Every alternative is scored in full."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from tsukitome.archive.firms import describe, group
from tsukitome.archive.merging import merge
from tsukitome.awards import Award
from tsukitome.clues.query import Clue, Clues
from tsukitome.findings import Coverage, Findings, Replay
from tsukitome.matching.alternatives import Alternative, alternatives_of
from tsukitome.matching.answer import NEGLIGIBLE, Chances, Shown, candidate, with_like_names
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.kinship import facts_of, kinship
from tsukitome.matching.narrowing import narrowing
from tsukitome.matching.probability import posterior, prior
from tsukitome.matching.scoring import ScoredClue, WeighedClue, score, sum_of_bits
from tsukitome.matching.verdict import verdict
from tsukitome.matching.weights import weights


def identify(
    clues: Clues,
    records: Sequence[Award],
    coverage: Coverage,
    *,
    top: int = 10,
    scale: float = 1.0,
    version: str,
    data_sha256: str,
    command: str,
) -> Findings:
    """Ranks the firms behind ``records`` by how well they fit ``clues``; ``coverage`` is that of the records.

    ``top`` is how many firms are listed, 0 for all; ``scale`` is what every clue's bits are multiplied by. Ties are broken by
    name, then by award_id.
    """
    table = weights()
    awards = merge(records)
    alternatives = alternatives_of(awards)
    scored = {name: score(clue, alternatives, table, scale) for name, clue in clues.asked.items()}
    bits = [sum_of_bits([clue.bits_of(index) for clue in scored.values()]) for index in range(len(alternatives))]
    firms = group([alternative.supplier for alternative in alternatives])
    kin = kinship(facts_of(alternatives, firms), table.prior.kin, table.pseudo_count)
    in_data = prior(clues.asked, scored, coverage, [1] * len(alternatives), kin, table.prior)
    probabilities, none = posterior(bits, in_data.in_data, in_data.absent)
    ranked = _ranked_firms(alternatives, firms, bits, probabilities)
    kept = [firm for firm in ranked if firm.probability >= NEGLIGIBLE]
    listed = kept if top == 0 else kept[:top]
    candidates = [
        candidate(rank, firm.firm, firm.chances, _shown(firm, alternatives, bits, scored))
        for rank, firm in enumerate(listed, 1)
    ]
    decision, reason = verdict([firm.probability for firm in ranked], none, clues.asked, table.verdict)
    return Findings(
        clues=tuple(clue.to_dict() for clue in clues.asked.values()),
        verdict=decision,
        verdict_reason=reason,
        none_probability=none,
        rest_probability=max(1 - none - math.fsum(firm.probability for firm in listed), 0.0),
        candidates=with_like_names(candidates),
        narrowing=tuple(narrowing(alternatives, scored, len(awards))),
        coverage=coverage,
        replay=Replay(version, data_sha256, table.name, command, in_data),
    )


def compared(
    asked: Mapping[str, Clue], records: Sequence[Award], alternatives: Sequence[Alternative]
) -> dict[str, ScoredClue]:
    """Each clue held against some of the ``alternatives`` behind ``records``, and weighed as all of these have it."""
    every = alternatives_of(merge(records))
    place = {(one.award.award_ids, one.index): number for number, one in enumerate(every)}
    wanted = [place[one.award.award_ids, one.index] for one in alternatives]
    scored = {name: score(clue, every, weights()) for name, clue in asked.items()}
    return {
        name: ScoredClue(clue.weighed, [clue.comparisons[number] for number in wanted]) for name, clue in scored.items()
    }


class _RankedFirm:
    """A firm's alternatives, the likeliest first, and the sum of their probabilities."""

    def __init__(
        self, indexes: list[int], alternatives: list[Alternative], bits: list[float], each: list[float]
    ) -> None:
        self.indexes = sorted(indexes, key=lambda index: (-bits[index], alternatives[index].award.award_ids))
        self.chances = Chances.of(each[index] for index in self.indexes)
        self.probability = self.chances.total
        found = [alternatives[index] for index in self.indexes]
        printed = [name for one in found for name in one.award.names_printed(one.index)]
        self.firm = describe([one.supplier for one in found], printed)
        self.order = (-round(self.probability, 12), self.firm.name, alternatives[self.indexes[0]].award.award_ids)


def _ranked_firms(
    alternatives: list[Alternative], firms: list[int], bits: list[float], each: list[float]
) -> list[_RankedFirm]:
    by_firm: dict[int, list[int]] = defaultdict(list)
    for index, firm in enumerate(firms):
        by_firm[firm].append(index)
    return sorted(
        (_RankedFirm(found, alternatives, bits, each) for found in by_firm.values()), key=lambda firm: firm.order
    )


def _shown(
    ranked: _RankedFirm,
    alternatives: list[Alternative],
    bits: list[float],
    scored: dict[str, ScoredClue],
) -> list[Shown]:
    return [
        Shown(
            alternatives[index],
            bits[index],
            each,
            scored,
            partial(_compared, scored, index),
        )
        for index, each in zip(ranked.indexes, ranked.chances.shown(), strict=False)
    ]


def _compared(scored: Mapping[str, ScoredClue], index: int, name: str) -> tuple[WeighedClue, Comparison]:
    return scored[name].weighed, scored[name].comparisons[index]
