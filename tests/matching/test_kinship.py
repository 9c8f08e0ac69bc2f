"""Which awards are kin, and how often a contract that the data lacks is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import award, supplier
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.archive.firms import group
from tsukitome.archive.merging import merge
from tsukitome.awards import Award
from tsukitome.matching.alternatives import alternatives_of
from tsukitome.matching.kinship import Facts, Kinship, facts_of, kinship, relation
from tsukitome.matching.weights import KINDS, Kind, KinRates
from tsukitome.normalize.organization import BuyerKey

NOTHING_EXPECTED = {kind: KinRates(0.0, 0.0) for kind in KINDS}


def kin_of(records: list[Award]) -> list[set[Kind]]:
    """The kinds of kin that each record has, in the order given."""
    alternatives = alternatives_of(merge(records))
    found = kinship(facts_of(alternatives, group([one.supplier for one in alternatives])), NOTHING_EXPECTED, 1)
    kinds = {one.award.award_ids[0]: names(found, index) for index, one in enumerate(alternatives)}
    return [kinds[record.award_id] for record in records]


def names(found: Kinship, index: int) -> set[Kind]:
    return {kind for place, kind in enumerate(KINDS) if found.known[index] >> place & 1}


def test_the_kinds_of_kin() -> None:
    records = [
        award("清掃業務", awarded="2017-08-09", line=1),
        award("清掃業務（その２）", awarded="2017-09-20", line=2),
        award("清掃業務", awarded="2016-08-09", line=3),
        award("清掃業務", supplier("株式会社他", "大阪府大阪市北区梅田1-1"), awarded="2017-08-09", line=4),
        award("警備業務", awarded="2013-01-09", line=5),
        award("印刷", awarded="2017-07-01", line=6),
        award("警備業務", supplier("株式会社別", "大阪府堺市堺区1-1"), buyer="防衛省", line=7),
        award("就労支援相談業務（東北）", supplier("株式会社北", "岩手県盛岡市1-1"), awarded="2020-04-01", line=8),
        award("就労支援相談業務（近畿）", supplier("株式会社北", "岩手県盛岡市1-1"), awarded="2020-04-01", line=9),
    ]
    assert kin_of(records) == [
        {"lot", "year", "peer", "work", "batch"},
        {"lot", "year", "peer", "work", "batch"},
        {"year", "peer", "work"},
        {"peer", "office"},
        {"work"},
        {"batch", "work", "office"},
        set(),
        {"series"},
        {"series"},
    ]


def test_winners_of_one_award_are_not_kin() -> None:
    both = award("印刷", supplier("株式会社A", "東京都北区王子1-1"), supplier("株式会社B", "東京都北区王子2-2"))
    assert kin_of([both]) == [set()]


ROWS = st.lists(
    st.builds(
        Facts,
        firm=st.integers(0, 2),
        title=st.sampled_from(["a", "b", "相談業務東北版", "相談業務東北", "相談業務東海"]),
        buyer=st.just(""),
        office=st.sampled_from([None, BuyerKey("x", ""), BuyerKey("x", "a"), BuyerKey("y", "a")]),
        day=st.sampled_from([None, 0, 50, 100, 150, 400]),
        award=st.integers(0, 40),
    ).map(lambda one: replace(one, buyer=one.office.head if one.office else "")),
    max_size=12,
    unique_by=lambda one: one.award,
)


@given(ROWS)
def test_counting_is_comparing_each_with_each(rows: list[Facts]) -> None:
    found = kinship(rows, NOTHING_EXPECTED, 1)
    pairs = [[relation(one, other) for other in rows if other is not one] for one in rows]
    assert [names(found, index) for index in range(len(rows))] == [set(kinds) - {None} for kinds in pairs]
    for place, kind in enumerate(KINDS):
        alone = sum(kinds.count(kind) == 1 and not set(kinds) & set(KINDS[:place]) for kinds in pairs)
        without = sum(kind not in kinds for kinds in pairs)
        assert found.rates[kind].alone == pytest.approx(alone / (without + 1))


def test_the_archive_tells_how_often_contracts_come_back() -> None:
    """Of a hundred works, half were let in two years: taken out, each of these would leave its twin behind."""
    rows = [Facts(number, str(number), "", None, 0, number) for number in range(100)]
    rows += [Facts(number, str(number), "", None, 400, 100 + number) for number in range(50)]
    rates = kinship(rows, NOTHING_EXPECTED, 1e-9).rates
    # A twin is missing of 100 of the 150 awards; 50 stand alone now.
    assert rates["year"].alone == pytest.approx(100 / 50)
    assert rates["lot"].alone == 0


def test_a_small_archive_is_drawn_to_what_is_expected() -> None:
    expected = {kind: KinRates(0.2, 0.6) for kind in KINDS}
    rates = kinship([Facts(0, "a", "", None, 0, 0)], expected, 20).rates
    assert rates["year"].alone == pytest.approx(0.2, abs=0.01)
    assert rates["year"].together == pytest.approx(0.6)
