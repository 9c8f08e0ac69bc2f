"""The evaluation: cases made from an archive, answered by the matcher and by the references, and measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tsukitome.evaluation.answers import Answer, believed
from tsukitome.evaluation.cases import STRATA, Case, eligible, make_cases
from tsukitome.evaluation.noise import FACETS
from tsukitome.evaluation.references import Oracle, Reporter, asked_of
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.scoring import ScoredClue
from tsukitome.matching.weights import Weights

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Evaluation:
    """The answers to every case, in the order of the cases.

    ``matcher``, ``oracle`` and ``reporter`` are by stratum; ``without`` are the matcher's answers to the stratum of all
    clues with one of them left out, by its name.
    """

    cases: Sequence[Case]
    seed: int
    weights: str
    records: int
    alternatives: int
    matcher: Mapping[str, Sequence[Answer]]
    oracle: Mapping[str, Sequence[Answer]]
    reporter: Mapping[str, Sequence[Answer]]
    without: Mapping[str, Sequence[Answer]]

    @property
    def unread(self) -> list[str]:
        """The clues that were not understood, in the words they were given in."""
        return [f"{name} {case.words[name]}" for case in self.cases for name in case.unread]


class Matcher:
    """The matcher, each clue of a case weighed once and the strata made of them."""

    def __init__(self, prepared: Prepared, table: Weights) -> None:
        self.prepared, self.table = prepared, table

    def scored(self, case: Case) -> tuple[Prepared, dict[str, ScoredClue]]:
        """The archive that a case asks (without its award where that is absent) and every clue held against it."""
        asked = self.prepared if case.present else self.prepared.without(case.target)
        return asked, asked.score(case.clues, self.table)

    def answer(self, case: Case, asked: Prepared, scored: Mapping[str, ScoredClue], names: Sequence[str]) -> Answer:
        """The answer to a case of which the clues ``names`` are given."""
        belief = asked.believe(scored, names, self.table)
        firm = self.prepared.firms[case.target]
        return believed(belief.firms, belief.none, firm, present=case.present, verdict=belief.verdict)


def evaluate(prepared: Prepared, table: Weights, *, count: int, seed: int, watch: Watch | None = None) -> Evaluation:
    """Makes ``count`` cases from an archive and answers them; ``watch`` is told, before each, how many are done.

    Raises NoCasesError where no case can be made.
    """
    facts = eligible(prepared.alternatives)
    cases = make_cases(facts, count, seed)
    matcher, oracle, reporter = Matcher(prepared, table), Oracle(prepared, facts), Reporter(prepared)
    answers: dict[str, dict[str, list[Answer]]] = {
        who: {stratum: [] for stratum in STRATA} for who in ("matcher", "oracle", "reporter")
    }
    without: dict[str, list[Answer]] = {facet: [] for facet in FACETS}
    for number, case in enumerate(cases):
        if watch:
            watch(number, count)
        asked, scored = matcher.scored(case)
        for stratum, facets in STRATA.items():
            names = asked_of(case.clues, facets)
            answers["matcher"][stratum].append(matcher.answer(case, asked, scored, names))
            answers["oracle"][stratum].append(oracle.answer(case, facets))
            answers["reporter"][stratum].append(reporter.answer(case, facets))
        for facet, found in without.items():
            names = [name for name in case.clues.asked if name != facet]
            found.append(matcher.answer(case, asked, scored, names))
    return Evaluation(
        cases, seed, table.name, prepared.coverage.records, len(prepared.alternatives), **answers, without=without
    )
