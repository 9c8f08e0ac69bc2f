"""The evaluation: cases made from an archive, answered by the matcher and by the references, and measured."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tsukitome.archive.garbage import collected_rarely
from tsukitome.archive.processes import Hands
from tsukitome.cores import usable_cores
from tsukitome.evaluation.answers import Answer, believed
from tsukitome.evaluation.cases import STRATA, Case, eligible, make_cases
from tsukitome.evaluation.columns import Columns, Question
from tsukitome.evaluation.noise import FACETS
from tsukitome.evaluation.references import Oracle, Reporter, asked_of
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import Weights

Watch = Callable[[int, int], None]
_WORTH_A_PROCESS = (
    500_000  # cases times alternatives from which a second process is begun sooner than the first would be done
)


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


@dataclass(frozen=True)
class _Part:
    """Some of the cases, with all that answering them takes: another process can do it."""

    columns: Columns
    oracle: Oracle
    reporter: Reporter
    table: Weights
    cases: Sequence[Case]
    firms: Sequence[int]  # the number of each case's firm


@dataclass(frozen=True)
class _Answered:
    """Everything that is answered to one case: see :class:`Evaluation`."""

    matcher: Sequence[Answer]
    oracle: Sequence[Answer]
    reporter: Sequence[Answer]
    without: Sequence[Answer]


def evaluate(
    prepared: Prepared, table: Weights, *, count: int, seed: int, watch: Watch | None = None, cores: int | None = None
) -> Evaluation:
    """Makes ``count`` cases from an archive and answers them; ``watch`` is told how many are done.

    ``cores`` is how many processes answer: as many as this process may use, if not given, and one where there is little to do.
    Raises NoCasesError where no case can be made.
    """
    facts = eligible(prepared.alternatives)
    cases = make_cases(facts, count, seed)
    little = count * len(prepared.alternatives) < _WORTH_A_PROCESS
    cores = cores or (1 if little else usable_cores())
    whole = _Part(
        Columns.of(prepared),
        Oracle(prepared, facts, cases),
        Reporter(prepared),
        table,
        cases,
        [prepared.firms[case.target] for case in cases],
    )
    answered: list[_Answered] = []
    with collected_rarely(), Hands(cores) as hands:
        size = math.ceil(count / (1 if cores == 1 and not watch else 4 * cores))
        parts = [
            replace(whole, cases=cases[begin : begin + size], firms=whole.firms[begin : begin + size])
            for begin in range(0, count, size)
        ]
        for outcome in [hands.begin(_answer, part) for part in parts]:
            answered += outcome()
            if watch:
                watch(len(answered), count)

    def column(who: str, names: Iterable[str]) -> dict[str, list[Answer]]:
        return {name: [getattr(of, who)[number] for of in answered] for number, name in enumerate(names)}

    return Evaluation(
        cases,
        seed,
        table.name,
        prepared.coverage.records,
        len(prepared.alternatives),
        matcher=column("matcher", STRATA),
        oracle=column("oracle", STRATA),
        reporter=column("reporter", STRATA),
        without=column("without", FACETS),
    )


def _answer(part: _Part) -> list[_Answered]:
    """The answers to the cases of a part, in their order."""
    found = []
    for case, firm in zip(part.cases, part.firms, strict=True):
        question = part.columns.ask(case.clues, part.table, case.out)
        asked = case.clues.asked
        found.append(
            _Answered(
                [_believed(question, asked_of(asked, facets), case, firm) for facets in STRATA.values()],
                [part.oracle.answer(case, facets) for facets in STRATA.values()],
                part.reporter.answers(case, STRATA.values()),
                [_believed(question, [name for name in asked if name != facet], case, firm) for facet in FACETS],
            )
        )
    return found


def _believed(question: Question, names: Sequence[str], case: Case, firm: int) -> Answer:
    """What the matcher answers to a case of which the clues ``names`` are given."""
    belief = question.believe(names)
    return believed(belief.firms, belief.none, firm, present=case.present, verdict=belief.verdict)
