import random
from collections import Counter

import pytest
from evaluation.archives import prepared

from tsukitome.evaluation.cases import eligible, make_cases
from tsukitome.evaluation.columns import Columns
from tsukitome.evaluation.fitting import Met, fitted, kin_of_row, levels_met, likelihoods
from tsukitome.matching.kinship import facts_of, relation
from tsukitome.matching.weights import KINDS, weights


def test_known_weights_are_recovered() -> None:
    known = {"same": 0.8, "other": 0.2}
    of_kin = {"same": 0.6, "other": 0.4}
    rng = random.Random(5)
    met = Met()
    met.right["method"] = Counter(rng.choices(list(known), weights=list(known.values()), k=20_000))
    met.kin["lot"]["method"] = Counter(rng.choices(list(of_kin), weights=list(of_kin.values()), k=20_000))
    found = fitted(met, weights(), share=0).levels["method"]
    assert {name: level.m for name, level in found.items()} == pytest.approx(known, abs=0.01)
    assert {name: level.kin["lot"] for name, level in found.items()} == pytest.approx(of_kin, abs=0.01)


def test_what_no_case_meets_keeps_its_judged_share() -> None:
    met = Met()
    met.right["buyer"] = Counter(same=90)
    judged = weights().levels["buyer"]
    found = fitted(met, weights(), share=0, imagined=10).levels["buyer"]
    assert sum(level.m for level in found.values()) == pytest.approx(1)
    assert found["other"].m == pytest.approx(judged["other"].m / 10)
    assert {kind: found["other"].kin[kind] for kind in KINDS} == pytest.approx(judged["other"].kin)
    with_a_share = fitted(met, weights(), share=0.1, imagined=10).levels["buyer"]
    assert with_a_share["other"].m == pytest.approx(judged["other"].m * 19 / 109)


def test_levels_with_likelihoods_share_what_the_errors_leave() -> None:
    """Of the stated values 5% are wrong; of the others an exact price is said ten times as readily as one that is rounded to it."""
    rng = random.Random(7)
    met = Met()
    for _ in range(4_000):
        exact = rng.uniform(0.001, 0.02)
        shares = {"exact": exact, "rounded": 0.03, "far": 0.97 - exact}
        said = rng.choices(["exact", "rounded"], weights=[exact, 0.003])[0]
        right = "far" if rng.random() < 0.05 else said
        met.right["value"][right] += 1
        met.among["value"].append((right, shares))
    found = fitted(met, weights(), share=0).levels["value"]
    assert found["far"].m == pytest.approx(0.05, abs=0.01)
    assert found["far"].likely is None
    assert found["rounded"].likely == pytest.approx(0.1, rel=0.15)


def test_no_level_is_likelier_than_a_better_one() -> None:
    shares = {"within": 0.1, "adjacent": 0.2, "far": 0.7}
    met = [("within", shares)] * 60 + [("adjacent", shares)] * 5 + [("far", shares)] * 35
    found = likelihoods(met, {"within": 1.0, "adjacent": 0.1, "far": 0.01})
    assert found["adjacent"] == found["far"]
    assert found["far"] == pytest.approx(40 / 0.9 * 0.1 / 60, rel=0.2)


def test_the_noise_shows_in_the_levels_that_cases_meet() -> None:
    archive = prepared()
    cases = make_cases(eligible(archive.alternatives), 200, 2)
    met = levels_met(cases, archive, weights())
    month, ward = met.right["month"], met.right["ward"]
    assert month["within"] / month.total() == pytest.approx(0.88, abs=0.08)  # right
    assert met.right["month_wide"].keys() == {"within"}  # quarter, fiscal year
    assert ward["inside"] / ward.total() == pytest.approx(0.95, abs=0.06)  # right, or coarser


def test_kin_of_another_time_is_met_at_another_time() -> None:
    archive = prepared(600)
    met = levels_met(make_cases(eligible(archive.alternatives), 60, 3), archive, weights())
    month, ward = met.kin["work"]["month"], met.kin["work"]["ward"]
    assert month["far"] > 0.5 * month.total()
    assert ward["inside"] > 0.5 * ward.total()


def test_the_kin_of_a_row_are_those_that_are_related_to_it() -> None:
    archive = prepared(80)
    columns, facts = Columns.of(archive), facts_of(archive.alternatives, archive.firms)
    alternative = {row: number for number, row in enumerate(columns.rows.tolist())}
    for number, one in enumerate(facts):
        found = kin_of_row(columns, int(columns.rows[number]))
        kinds = {alternative[row]: kind for kind, rows in found.items() for row in rows.tolist()}
        assert kinds == {
            other: kind
            for other in range(len(facts))
            if other != number and (kind := relation(one, facts[other])) is not None
        }


def test_archives_are_fitted_together() -> None:
    archive = prepared()
    cases = make_cases(eligible(archive.alternatives), 20, 2)
    one, other, both = (
        levels_met(cases[:8], archive, weights()),
        levels_met(cases[8:], archive, weights()),
        levels_met(cases, archive, weights()),
    )
    one.add(other)
    assert one.right == both.right
    assert one.among == both.among
    assert fitted(one, weights()).levels["title"]["same"].m == fitted(both, weights()).levels["title"]["same"].m


def test_known_likelihoods_are_recovered_in_archives_of_all_kinds() -> None:
    known = {"within": 1.0, "adjacent": 0.1, "far": 0.001}
    rng = random.Random(6)
    met = []
    for _ in range(3_000):
        within, adjacent = rng.uniform(0.01, 0.1), rng.uniform(0.01, 0.4)
        shares = {"within": within, "adjacent": adjacent, "far": 1 - within - adjacent}
        meant = [shares[name] * likely for name, likely in known.items()]
        met.append((rng.choices(list(known), weights=meant)[0], shares))
    found = likelihoods(met, {"within": 1.0, "adjacent": 0.5, "far": 0.01})
    assert found["adjacent"] == pytest.approx(0.1, rel=0.15)
    assert found["far"] == pytest.approx(0.001, rel=0.3)
