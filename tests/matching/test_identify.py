"""The whole way from clues and records to findings."""

from __future__ import annotations

import math
from typing import Any

import pytest
from builders import award, coverage, supplier, total
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.awards import Award
from tsukitome.clues.query import Clues
from tsukitome.findings import Findings
from tsukitome.matching.identify import identify
from tsukitome.matching.weights import KINDS, weights

WARDS = ["東京都豊島区東池袋1-{}", "東京都北区王子2-{}", "大阪府大阪市北区梅田3-{}", "愛知県名古屋市中区栄4-{}"]
TITLES = ["データ入力業務一式", "庁舎清掃業務", "封筒の印刷", "システム運用保守業務", "申告書の点検業務"]


def ask(records: list[Award], top: int = 10, **clues: Any) -> Findings:
    return identify(Clues(**clues), records, coverage(records), top=top, version="0", data_sha256="0" * 64, command="")


def archive(count: int = 60) -> list[Award]:
    """Awards over two years, places and titles in turn, each of a firm of its own."""
    return [
        award(
            TITLES[n % len(TITLES)],
            supplier(f"株式会社第{n}商会", WARDS[n % len(WARDS)].format(n)),
            awarded=f"{2016 + n % 2}-{n % 12 + 1:02}-15",
            amounts=(total(1_000_000 * (n + 1)),),
            file="archive",
            line=n,
        )
        for n in range(count)
    ]


SEED = award(amounts=(total(182_547_000, "estimated_total"),), file="seed")


def test_the_right_award_stands_out_with_every_clue() -> None:
    found = ask([*archive(), SEED], ward="豊島区", month="2017-08", title=SEED.title, value="約1億8000万円")
    assert found.verdict == "identified"
    assert found.best
    assert found.best.firm.name == "株式会社SAY企画"
    assert [piece.outcome for piece in found.best.evidence if piece.asked] == ["agree"] * 4


def test_one_wrong_clue_does_not_lose_it_and_is_named() -> None:
    found = ask([*archive(), SEED], ward="東京都北区", month="2017-08", title=SEED.title, value="約1億8000万円")
    assert found.best
    assert found.best.firm.name == "株式会社SAY企画"
    (ward,) = [piece for piece in found.best.evidence if piece.clue == "ward"]
    assert (ward.outcome, ward.bits < 0) == ("contradict", True)
    assert ward.note
    assert "豊島区" in ward.note.say("en")


def test_what_fits_nothing_is_not_found() -> None:
    found = ask([*archive(), SEED], ward="那覇市", month="2017-03", title="潜水艦の建造", value="900億円")
    assert found.verdict == "not_found"
    assert found.none_probability > 0.9


def test_a_single_record_that_fits_every_clue_is_identified_and_one_that_fits_only_the_place_is_not() -> None:
    clues = {"ward": "豊島区", "month": "2017-08", "title": SEED.title, "value": "約1億8000万円"}
    assert ask([SEED], **clues).verdict == "identified"
    assert ask([SEED], ward="豊島区").verdict != "identified"


def test_a_bidder_is_never_a_candidate() -> None:
    record = award("業務", supplier(), supplier("株式会社敗者", "東京都豊島区東池袋9-9-9", role="bidder"))
    assert [candidate.firm.name for candidate in ask([record], ward="豊島区").candidates] == ["株式会社SAY企画"]


def test_a_firms_probability_is_the_sum_over_its_awards() -> None:
    records = [*archive(), SEED, award("清掃業務", file="other", awarded="2017-08-20")]
    found = ask(records, top=0, ward="豊島区", month="2017-08")
    firm = next(candidate for candidate in found.candidates if candidate.firm.name == "株式会社SAY企画")
    assert len(firm.awards) == 2
    assert math.isclose(firm.probability, sum(finding.probability for finding in firm.awards))


def test_the_narrowing_counts_awards_and_keeps_the_silent_apart() -> None:
    silent = award("業務", supplier("株式会社無住所", None), awarded="2017-08-01", file="silent")
    found = ask([SEED, silent, *archive(4)], month="2017-08", ward="豊島区", title=SEED.title)
    steps = [(step.step, step.records, step.silent) for step in found.narrowing]
    assert steps == [
        ("all records", 6, 0),
        ("month 2017-08", 2, 0),
        ("ward 豊島区", 1, 1),
        (f"title {SEED.title}", 1, 0),
    ]


def test_a_time_and_a_buyer_that_the_data_does_not_cover_lower_the_prior_and_say_so() -> None:
    table = weights().prior
    prior = ask([SEED], month="2019-08", buyer="防衛省").replay.prior
    small = 1 / (1 + table.small_data)
    assert math.isclose(prior.in_data, table.in_data * small * table.month_not_covered * table.buyer_not_covered)
    assert len(prior.reasons) == 4


def test_without_records_nothing_is_found() -> None:
    found = ask([], ward="豊島区")
    assert (found.verdict, found.none_probability, found.candidates) == ("not_found", 1.0, ())


def test_firms_with_like_names_are_shown_as_possibly_the_same() -> None:
    other = award("清掃業務", supplier("株式会社エスエーワイ企画", "東京都豊島区要町3-3"), file="other")
    first, second = ask([SEED, other], ward="豊島区").candidates
    assert first.possibly_same
    assert second.firm.name in first.possibly_same[0] or first.firm.name in second.possibly_same[0]


def test_the_answer_does_not_depend_on_the_order_of_reading() -> None:
    records = [*archive(), SEED]
    one = ask(records, ward="豊島区", month="2017-08").to_dict()
    assert one == ask(records[::-1], ward="豊島区", month="2017-08").to_dict()


def test_less_rare_means_fewer_bits() -> None:
    few = ask([SEED, *archive(40)], ward="豊島区")
    many = ask([SEED, *(award("業務", file="many", line=n) for n in range(40))], ward="豊島区")
    assert few.best
    assert many.best
    assert few.best.evidence[0].bits > many.best.evidence[0].bits


CLUES = st.fixed_dictionaries(
    {},
    optional={
        "ward": st.sampled_from(["豊島区", "東京都", "大阪市北区", "那覇市", "北区"]),
        "month": st.sampled_from(["2017-08", "2016-01", "2017年度", "2030-01"]),
        "title": st.sampled_from([*TITLES, "申告書 入力", "平成29年度清掃", "宇宙船"]),
        "value": st.sampled_from(["約1億8000万円", "数千万円", "1億円以上", "12,000,000円", "1件15円"]),
        "buyer": st.sampled_from(["日本年金機構", "厚労省"]),
        "method": st.sampled_from(["一般競争入札", "随意契約"]),
        "firm": st.sampled_from(["SAY企画", "商会"]),
    },
).filter(bool)


@settings(deadline=None)
@given(CLUES, st.integers(0, 30), st.integers(0, 12))
def test_the_promises_of_every_answer(clues: dict[str, str], count: int, top: int) -> None:
    found = ask([*archive(count), SEED], top=top, **clues)
    total_probability = (
        found.none_probability + found.rest_probability + math.fsum(c.probability for c in found.candidates)
    )
    assert math.isclose(total_probability, 1, abs_tol=1e-6)
    if top == 0:
        assert found.rest_probability < 1e-6
    assert [c.rank for c in found.candidates] == list(range(1, len(found.candidates) + 1))
    assert [c.probability for c in found.candidates] == sorted((c.probability for c in found.candidates), reverse=True)
    for candidate in found.candidates:
        for finding in candidate.awards:
            assert math.isclose(finding.bits, sum(piece.bits for piece in finding.evidence), abs_tol=1e-9)
            for piece in finding.evidence:
                if "silent" in piece.outcome:
                    assert piece.bits == 0
                elif piece.outcome == "agree":
                    assert piece.bits >= 0
                elif piece.outcome == "contradict":
                    assert piece.bits <= 0
    counts = [step.records for step in found.narrowing]
    assert counts == sorted(counts, reverse=True)


def test_the_weights_table_is_a_set_of_distributions() -> None:
    for clue, levels in weights().levels.items():
        likely = [level.likely for level in levels.values() if level.likely is not None]
        shares = sum(level.m for level in levels.values())
        assert all((level.m == 0) == (level.likely is not None) for level in levels.values()), "either m or likely"
        assert likely[:1] in ([], [1])
        assert likely == sorted(likely, reverse=True)
        if likely:
            assert shares < 1, f"{clue}: the levels with likelihoods share the rest"
        else:
            assert math.isclose(shares, 1, abs_tol=1e-9), clue
        for kind in KINDS:
            assert math.isclose(sum(level.kin[kind] for level in levels.values()), 1, abs_tol=1e-9), (clue, kind)
        assert list({level.outcome: None for level in levels.values()}) in (
            ["agree", "near", "contradict"],
            ["agree", "contradict"],
        ), f"{clue}: levels are listed from the best down"


@pytest.mark.parametrize("top", [1, 3])
def test_top_cuts_the_list_and_the_rest_is_said(top: int) -> None:
    found = ask([*archive(), SEED], top=top, ward="豊島区")
    assert len(found.candidates) == top
    assert found.rest_probability > 0


def test_a_contract_of_another_year_with_one_firm_makes_none_of_these_likelier() -> None:
    """The data holds last year's contract of the same firm and work; this year's is not in it."""
    sister = award(awarded="2016-08-09", file="sister")
    clues = {"ward": "豊島区", "month": "2017-08", "title": SEED.title}
    found = ask([*archive(), sister], **clues)
    assert found.replay.prior.absent > 1.3
    assert found.verdict != "identified"
    assert any("another year" in reason.say("en") for reason in found.replay.prior.reasons)
