"""An archive as columns answers as scoring every record does, whether a case's award is in the data or taken out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import award, coverage, supplier, total
from evaluation.archives import synthetic_records

from tsukitome.awards import Award
from tsukitome.clues.query import Clues
from tsukitome.evaluation.cases import Case, eligible, make_cases
from tsukitome.evaluation.columns import Columns
from tsukitome.evaluation.noise import FACETS
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import weights

# Awards of two firms, a joint venture, a title that only one record has, one work let twice: what columns could get wrong.
ODD = [
    award(
        "歩道橋の補修",
        supplier("株式会社A", "東京都北区王子1-1"),
        supplier("株式会社B", "東京都北区王子2-2"),
        file="odd",
        line=1,
    ),
    award(
        "飛行場灯火の更新",
        supplier("A・B共同企業体", None),
        supplier("株式会社A", "東京都北区王子1-1", role="jv_member"),
        awarded="2017-03-01",
        amounts=(total(12_000_000, tax="excluded"), total(13_000_000, "reserve_price")),
        file="odd",
        line=2,
    ),
    award("歩道橋の補修その2", supplier("株式会社A", "東京都北区王子1-1"), awarded="2017-04-01", file="odd", line=3),
    award("無題", supplier("株式会社無住所", None), buyer=None, awarded=None, file="odd", line=4),
    award("研修（東北）", supplier("株式会社C", "東京都北区王子3-3"), amounts=(total(486),), file="odd", line=5),
    award("研修（近畿）", supplier("株式会社C", "東京都北区王子3-3"), amounts=(total(486),), file="odd", line=6),
]


def archive(records: list[Award]) -> Prepared:
    return Prepared.of(records, coverage(records))


def assert_the_same(prepared: Prepared, cases: list[Case]) -> None:
    columns = Columns.of(prepared)
    for case in cases:
        quick = columns.ask(case.clues, weights(), case.out)
        asked = prepared.without(*case.out)
        slow = asked.score(case.clues, weights())
        for left_out in (None, *FACETS):
            names = [name for name in case.clues.asked if name != left_out]
            belief, expected = quick.believe(names), asked.believe(slow, names, weights())
            assert belief.none == pytest.approx(expected.none, abs=1e-12)
            assert belief.verdict == expected.verdict
            assert {firm: share for firm, share in enumerate(belief.firms.tolist()) if share} == pytest.approx(
                expected.firms, abs=1e-12
            )


def test_cases_of_a_made_archive() -> None:
    prepared = archive(synthetic_records(120) + ODD)
    assert_the_same(prepared, make_cases(eligible(prepared.alternatives), 30, 4))


@pytest.mark.parametrize("present", [True, False])
@pytest.mark.parametrize("target", range(len(ODD) + 1))
def test_odd_awards(target: int, present: bool) -> None:
    prepared = archive(synthetic_records(20) + ODD)
    clues = Clues(ward="北区", month="2017-03", title="歩道橋 補修 その2", value="約1200万円", buyer="厚労省", firm="A")
    odd = [
        index for index, one in enumerate(prepared.alternatives) if one.award.title in {record.title for record in ODD}
    ]
    assert_the_same(prepared, [Case(odd[target], present, {}, {}, clues)])


def test_what_one_firm_was_awarded_on_one_day_at_one_price_is_taken_out_together() -> None:
    records = [replace(record, amounts=(total(486_000_000),)) for record in ODD if record.title.startswith("研修")]
    prepared = archive(synthetic_records(20) + records)
    facts = eligible(prepared.alternatives)
    cases = [case for case in make_cases(facts, 300, 1) if facts[case.target].title.startswith("研修")]
    assert {len(case.out) for case in cases} == {0, 2}
    assert_the_same(prepared, cases)


def test_without_a_clue_nothing_is_found() -> None:
    prepared = archive(synthetic_records(20))
    belief = Columns.of(prepared).ask(Clues(ward="豊島区"), weights()).believe([])
    assert (belief.none, belief.firms.max(), belief.verdict) == (1, 0, "not_found")
