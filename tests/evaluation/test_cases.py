import pytest
from builders import award
from evaluation.archives import prepared

from tsukitome.evaluation.cases import NoCasesError, eligible, make_cases
from tsukitome.evaluation.noise.table import noise_table
from tsukitome.matching.prepared import Prepared


def test_a_seed_makes_the_same_cases() -> None:
    facts = eligible(prepared().alternatives)
    assert make_cases(facts, 20, 1) == make_cases(facts, 20, 1)
    assert make_cases(facts, 20, 1) != make_cases(facts, 20, 2)


def test_more_cases_begin_with_other_shares_of_the_same_draws() -> None:
    facts = eligible(prepared().alternatives)
    few, many = make_cases(facts, 10, 1), make_cases(facts, 20, 1)
    assert [case.target for case in many[:10]] == [case.target for case in few]


def test_the_stated_share_of_cases_is_absent() -> None:
    cases = make_cases(eligible(prepared().alternatives), 50, 1)
    assert sum(not case.present for case in cases) == round(50 * noise_table()["absent"])


def test_an_award_that_is_taken_out_is_no_alternative_any_more() -> None:
    archive = prepared()
    left = archive.without(3)
    assert len(left.alternatives) == len(left.firms) == len(archive.alternatives) - 1
    assert archive.alternatives[3].award not in [one.award for one in left.alternatives]


def test_a_record_without_place_or_total_makes_no_case() -> None:
    records = [award()]  # it prints no total
    assert eligible(Prepared.of(records, prepared(5).coverage).alternatives) == {}
    with pytest.raises(NoCasesError, match="no case can be made"):
        make_cases({}, 5, 1)
