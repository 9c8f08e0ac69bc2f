import datetime as dt
import random

import pytest

from tsukitome.clues.query import Clues
from tsukitome.evaluation.facts import Facts
from tsukitome.evaluation.noise import FACETS, statements, words
from tsukitome.evaluation.noise.month import said_times
from tsukitome.evaluation.noise.place import said_places
from tsukitome.evaluation.noise.table import noise_table
from tsukitome.evaluation.noise.title import said_titles
from tsukitome.evaluation.noise.value import said_values, value_words

SEED = Facts(
    firm="株式会社SAY企画",
    place="13116",
    days=(dt.date(2017, 8, 9),),
    notice=dt.date(2017, 6, 29),
    yen=182_547_000,
    tax=None,
    reserve=242_143_560,
    title="扶養親族等申告書・個人番号申出書データ入力及び画像化業務　一式",
    buyer="日本年金機構",
    method="open",
)
WARD_OF_OSAKA = Facts(
    firm="株式会社北組",
    place="27127",
    days=(dt.date(2019, 5, 7),),
    notice=None,
    yen=99_500_000,
    tax="excluded",
    reserve=None,
    title="淀川河川公園維持工事",
    buyer="近畿地方整備局",
    method=None,
)


@pytest.mark.parametrize("facts", [SEED, WARD_OF_OSAKA])
@pytest.mark.parametrize("facet", FACETS)
def test_what_may_be_said_is_a_distribution(facts: Facts, facet: str) -> None:
    shares = statements(facet, facts)
    assert not shares or sum(shares.values()) == pytest.approx(1)
    assert all(share > 0 for share in shares.values())


@pytest.mark.parametrize("name", ["place", "month", "value_figures", "value_direction", "title", "title_form", "buyer"])
def test_the_stated_shares_sum_to_one(name: str) -> None:
    assert sum(noise_table()[name].values()) == pytest.approx(1)


@pytest.mark.parametrize("facet", FACETS)
def test_whatever_is_said_can_be_read(facet: str) -> None:
    rng = random.Random(1)
    for said in statements(facet, SEED):
        text = words(facet, said, SEED, rng)
        assert Clues(**{facet: text}).asked[facet].quote == text


def test_the_words_of_the_seed_case_are_among_those_that_may_be_said() -> None:
    values = said_values(SEED.yen, None, SEED.reserve, SEED.days[0])
    assert values["約{}", 180_000_000] > 0.15
    assert ("{}余り", 180_000_000) in values
    assert ("{}近く", 200_000_000) in values  # 1億8254万7000円 is within a tenth of it
    assert ("約{}", 240_000_000) in values  # the reserve price, mistaken for it
    assert said_times(SEED.days, SEED.notice)["month", 2017, 8] > 0.8
    assert said_places("13116")["13"] == pytest.approx(0.09)


def test_the_city_of_a_ward_may_be_said_for_it() -> None:
    assert said_places("27127")["27100"] == pytest.approx(0.05)


def test_titles_are_trimmed_cut_and_paraphrased() -> None:
    said = said_titles("平成29年度国有林の境界調査に係る業務委託")
    assert said["平成29年度国有林の境界調査に係る業務委託"] >= 0.35
    assert "国有林の境界調査に係る" in said
    assert any("実態調査" in title for title in said)
    assert any("平成28年度" in title for title in said)


def test_white_space_between_numbers_keeps_them_apart() -> None:
    said = said_titles("庁舎　清掃業務　その１１　１式")
    assert said["庁舎清掃業務その11 1式"] >= 0.35
    assert not any("111" in title for title in said)


def test_a_value_is_written_as_news_writes_it() -> None:
    written = {value_words(("約{}", 180_000_000), random.Random(number)) for number in range(50)}
    assert written == {"約1億8000万円", "約１億８０００万円", "約1.8億円"}
