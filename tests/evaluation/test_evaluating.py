import io
import math

import pytest
from builders import coverage
from evaluation.archives import prepared, synthetic_records

from tsukitome.evaluation.cases import STRATA, eligible, make_cases
from tsukitome.evaluation.columns import Columns
from tsukitome.evaluation.evaluating import Evaluation, evaluate
from tsukitome.evaluation.measures import log_loss, recall
from tsukitome.evaluation.references import Oracle
from tsukitome.evaluation.report import Report, to_dict
from tsukitome.matching.identify import identify
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import weights


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(prepared(), weights(), count=40, seed=1)


def test_a_seed_gives_the_same_figures(evaluation: Evaluation) -> None:
    assert to_dict(evaluate(prepared(), weights(), count=40, seed=1)) == to_dict(evaluation)


def test_the_prepared_archive_answers_as_identify_does() -> None:
    records = synthetic_records(60)
    archive = Prepared.of(records, coverage(records))
    for case in make_cases(eligible(archive.alternatives), 5, 3):
        found = identify(case.clues, records, coverage(records), top=0, version="", data_sha256="", command="")
        belief = archive.believe(archive.score(case.clues, weights()), list(case.clues.asked), weights())
        assert belief.none == pytest.approx(found.none_probability)
        assert belief.verdict == found.verdict
        best = max(belief.firms.values())
        assert best == pytest.approx(found.candidates[0].probability)


@pytest.mark.parametrize("stratum", STRATA)
def test_the_oracle_is_at_least_as_good(evaluation: Evaluation, stratum: str) -> None:
    losses = {
        who: sum(log_loss(answer) for answer in getattr(evaluation, who)[stratum] if answer.present)
        for who in ("matcher", "oracle")
    }
    assert losses["oracle"] <= losses["matcher"] + 1


def test_the_oracle_is_honest_on_what_its_own_noise_makes() -> None:
    archive = prepared()
    facts = eligible(archive.alternatives)
    cases = make_cases(facts, 400, 5)
    oracle = Oracle(archive, facts, cases)
    answers = [oracle.answer(case, ("ward", "month")) for case in cases]
    held = sum(answer.first or 0 for answer in answers)
    right = sum(answer.first_right for answer in answers)
    assert held == pytest.approx(right, abs=4 * math.sqrt(400) / 2)


def test_more_clues_recall_more(evaluation: Evaluation) -> None:
    def recalled(stratum: str) -> float:
        return sum(recall(answer, 1) for answer in evaluation.matcher[stratum])

    assert recalled("place+month") < recalled("place+month+value")
    assert recalled("place+month") < recalled("place+month+title")


def test_absent_cases_hold_no_right_answer(evaluation: Evaluation) -> None:
    absent = [number for number, case in enumerate(evaluation.cases) if not case.present]
    assert absent
    for answers in (*evaluation.matcher.values(), *evaluation.oracle.values(), *evaluation.reporter.values()):
        assert all(answers[number].better is None and answers[number].first_right == 0 for number in absent)


def test_leaving_a_clue_out_is_the_stratum_without_it(evaluation: Evaluation) -> None:
    number = next(number for number, case in enumerate(evaluation.cases) if case.present)
    case, columns = evaluation.cases[number], Columns.of(prepared())
    belief = columns.ask(case.clues, weights()).believe([name for name in case.clues.asked if name != "title"])
    assert evaluation.without["title"][number].first == pytest.approx(belief.firms.max())


def test_several_processes_answer_as_one_does(evaluation: Evaluation) -> None:
    done: list[int] = []
    by_two = evaluate(prepared(), weights(), count=40, seed=1, cores=2, watch=lambda answered, _: done.append(answered))
    assert to_dict(by_two) == to_dict(evaluation)
    assert done == sorted(done)
    assert done[-1] == 40


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_report_fits_a_hundred_columns(evaluation: Evaluation, language: str) -> None:
    from rich.console import Console

    console = Console(width=100, record=True, file=io.StringIO())
    console.print(Report(evaluation, language).render())  # type: ignore[arg-type]
    text = console.export_text()
    assert "place+month+value+title" in text
    assert "…" not in text
