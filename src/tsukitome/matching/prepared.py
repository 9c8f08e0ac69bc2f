"""An archive made ready once and asked many times: its awards merged, its alternatives and firms found.

The answer to a question is the one that :func:`tsukitome.matching.identify.identify` gives, without its prose.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tsukitome.archive.firms import group
from tsukitome.archive.merging import merge
from tsukitome.awards import Award
from tsukitome.clues.query import Clues
from tsukitome.findings import Coverage, Verdict
from tsukitome.matching.alternatives import Alternative, alternatives_of
from tsukitome.matching.kinship import Kinship, facts_of, kinship
from tsukitome.matching.probability import posterior, prior
from tsukitome.matching.scoring import ScoredClue, score
from tsukitome.matching.verdict import verdict
from tsukitome.matching.weights import Weights


@dataclass(frozen=True)
class Belief:
    """Probabilities that sum to one: of each firm, by its number in :attr:`Prepared.firms`, and of none."""

    firms: Mapping[int, float]
    none: float
    verdict: Verdict


@dataclass(frozen=True)
class Prepared:
    """Alternatives, the number of the firm of each, and what they cover."""

    alternatives: list[Alternative]
    firms: list[int]
    coverage: Coverage
    _kin: dict[str, Kinship] = field(default_factory=dict, repr=False, compare=False)  # by the name of the weights

    @classmethod
    def of(cls, records: Iterable[Award], coverage: Coverage) -> Prepared:
        """Merges records into awards and finds their alternatives and firms."""
        alternatives = alternatives_of(merge(records))
        return cls(alternatives, group([alternative.supplier for alternative in alternatives]), coverage)

    def without(self, *out: int) -> Prepared:
        """The same, as if the awards of the alternatives ``out`` had never been read. The coverage is left as it is."""
        gone = {self.alternatives[index].award.award_ids for index in out}
        kept = [number for number, one in enumerate(self.alternatives) if one.award.award_ids not in gone]
        return Prepared(
            [self.alternatives[number] for number in kept], [self.firms[number] for number in kept], self.coverage
        )

    def score(self, clues: Clues, table: Weights) -> dict[str, ScoredClue]:
        """Every clue held against every alternative."""
        return {name: score(clue, self.alternatives, table) for name, clue in clues.asked.items()}

    def kin(self, table: Weights) -> Kinship:
        """Which alternatives have kin in the data, and how often there is any."""
        known: Kinship | None = self._kin.get(table.name)
        if known is None:
            known = kinship(facts_of(self.alternatives, self.firms), table.prior.kin, table.pseudo_count)
            self._kin[table.name] = known
        return known

    def believe(self, scored: Mapping[str, ScoredClue], names: Collection[str], table: Weights) -> Belief:
        """What the clues ``names`` of those scored make probable."""
        used = {name: scored[name] for name in names}
        columns = [[clue.bits_of(index) for index in range(len(self.alternatives))] for clue in used.values()]
        bits = [round(math.fsum(row), 3) for row in zip(*columns, strict=True)]
        asked = {name: clue.clue for name, clue in used.items()}
        found = prior(asked, used, self.coverage, [1] * len(self.alternatives), self.kin(table), table.prior)
        each, none = posterior(bits, found.in_data, found.absent)
        firms: dict[int, float] = defaultdict(float)
        for firm, probability in zip(self.firms, each, strict=True):
            firms[firm] += probability
        ranked = sorted(firms.values(), reverse=True)
        return Belief(firms, none, verdict(ranked, none, asked, table.verdict)[0])
