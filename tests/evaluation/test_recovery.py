"""Known weights are recovered end to end: from news that is blurred by them, read as words, compared and fitted."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from evaluation.archives import PLACES, prepared

from tsukitome.clues.query import Clues
from tsukitome.evaluation.cases import Case
from tsukitome.evaluation.columns import Columns
from tsukitome.evaluation.fitting import fitted, levels_met
from tsukitome.matching.prepared import Prepared
from tsukitome.matching.weights import Weights, weights

# How news blurs this archive: the supplier's place is another of the five, each as likely, the total is three times what it is,
# and the method is another one, with these probabilities.
WRONG_PLACE, WRONG_TOTAL, WRONG_METHOD = 0.2, 0.1, 0.3
NAMES = [place[:-3] if place.endswith(("東池袋", "霞が関")) else place for place in PLACES]


def cases_of(archive: Prepared, count: int, seed: int) -> list[Case]:
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        target = rng.randrange(len(archive.alternatives))
        one = archive.alternatives[target]
        own = next(name for name in NAMES if (one.supplier.address or "").startswith(name))
        place = rng.choice([name for name in NAMES if name != own]) if rng.random() < WRONG_PLACE else own
        yen = int(one.amounts[0].yen) * (3 if rng.random() < WRONG_TOTAL else 1)
        method = "指名競争入札" if rng.random() < WRONG_METHOD else "一般競争入札"
        words = {"ward": place, "value": f"{yen:,}円", "method": method}
        made.append(Case(target, True, {}, words, Clues(**words)))
    return made


@pytest.fixture(scope="module")
def archive() -> Prepared:
    return prepared(500, seed=11)


@pytest.fixture(scope="module")
def recovered(archive: Prepared) -> Weights:
    return fitted(levels_met(cases_of(archive, 600, 1), archive, weights()), weights(), share=0, imagined=1)


def test_the_weights_that_blurred_the_news_are_recovered(recovered: Weights) -> None:
    found = recovered.levels
    # Of five places, each of the four wrong ones is named as often.
    assert found["ward"]["elsewhere"].likely == pytest.approx(WRONG_PLACE / 4 / (1 - WRONG_PLACE), rel=0.3)
    assert found["value_exact"]["exact"].m == pytest.approx(1 - WRONG_TOTAL, abs=0.04)
    assert found["method"]["other"].m == pytest.approx(WRONG_METHOD, abs=0.06)


def test_with_them_the_probabilities_are_those_of_the_true_process(archive: Prepared, recovered: Weights) -> None:
    """By place alone the true posterior of a contract in the data is known: it is that of the recovered table."""
    columns = Columns.of(archive)
    firms = np.array(archive.firms)
    addresses = [one.supplier.address or "" for one in archive.alternatives]
    for name in NAMES:
        belief = columns.ask(Clues(ward=name), recovered).believe(["ward"])
        says = np.array([1 - WRONG_PLACE if address.startswith(name) else WRONG_PLACE / 4 for address in addresses])
        true = np.bincount(firms, says / says.sum(), minlength=len(belief.firms))
        ours = belief.firms / (1 - belief.none)
        assert math.isclose(belief.none + belief.firms.sum(), 1, abs_tol=1e-9)
        assert float(np.abs(ours - true).sum()) / 2 < 0.05
