import random
from collections import Counter
from dataclasses import replace

import pytest
from evaluation.archives import prepared

from tsukitome.evaluation.cases import eligible, make_cases
from tsukitome.evaluation.fitting import fitted, levels_met, likelihoods
from tsukitome.matching.weights import weights


def test_known_weights_are_recovered() -> None:
    known = {"same": 0.8, "other": 0.2}
    rng = random.Random(5)
    met = {"method": Counter(rng.choices(list(known), weights=list(known.values()), k=20_000))}
    found = fitted(met, weights()).levels["method"]
    assert {name: level.m for name, level in found.items()} == pytest.approx(known, abs=0.01)


def test_what_no_case_meets_keeps_a_share() -> None:
    found = fitted({"buyer": {"same": 90}}, weights(), imagined=10).levels["buyer"]
    assert sum(level.m for level in found.values()) == pytest.approx(1)
    assert found["other"].m == pytest.approx(weights().levels["buyer"]["other"].m / 10)


def test_the_noise_shows_in_the_levels_that_present_cases_meet() -> None:
    archive = prepared()
    cases = make_cases(eligible(archive.alternatives), 200, 2)
    met = levels_met(cases, archive)
    month, ward = met["month"], met["ward"]
    assert month["within"] / month.total() == pytest.approx(0.88, abs=0.08)  # right, quarter, fiscal year
    assert ward["inside"] / ward.total() == pytest.approx(0.95, abs=0.06)  # right, or coarser
    assert levels_met([replace(case, present=False) for case in cases], archive) == {}


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
