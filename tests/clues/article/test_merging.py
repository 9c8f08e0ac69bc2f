"""Several articles on one matter: what agrees becomes one clue, what does not stays and weighs less."""

from __future__ import annotations

import datetime as dt

import pytest

from tsukitome.clues.article import MergedClues, merge_clues, merged_to_clues, read_article
from tsukitome.clues.article.agreement import contradicts, joint
from tsukitome.clues.article.merging import DISPUTED
from tsukitome.clues.month import read_month
from tsukitome.clues.place import read_place
from tsukitome.clues.value import read_value

DAY = dt.date(2018, 3, 19)
FIRST = "日本年金機構は去年8月、東京・豊島区の会社と見込み総額約1億8000万円で契約した。"
SECOND = "年金機構は昨年8月9日、都内の会社に委託した。契約額は1億8254万7000円だった。"
OTHER = "年金機構は去年7月、東京・北区の会社と契約した。"


def merged(*texts: str) -> MergedClues:
    return merge_clues([read_article(text, DAY) for text in texts], [f"{n}.txt" for n in range(1, len(texts) + 1)])


def of(name: str, clues: MergedClues) -> list[dict]:
    return [clue.to_dict() for clue in clues if clue.name == name]


def test_agreeing_months_become_the_finer_with_both_sources() -> None:
    (month,) = of("month", merged(FIRST, SECOND))
    assert month["reading"] == {"from": "2017-08-09", "to": "2017-08-09"}
    assert [(one["article"], one["quote"]) for one in month["sources"]] == [
        ("1.txt", "去年8月"),
        ("2.txt", "昨年8月9日"),
    ]
    assert month["strength"] == 1
    assert "disputed_by" not in month


def test_a_ward_is_finer_than_its_prefecture() -> None:
    (ward,) = of("ward", merged(FIRST, SECOND))
    assert ward["reading"]["municipality_codes"] == ["13116"]
    assert len(ward["sources"]) == 2


def test_months_that_disagree_stay_side_by_side_and_weigh_less() -> None:
    months = of("month", merged(FIRST, OTHER))
    assert [(one["reading"]["from"], one["strength"]) for one in months] == [
        ("2017-07-01", DISPUTED),
        ("2017-08-01", DISPUTED),
    ]
    assert [one["disputed_by"][0]["quote"] for one in months] == ["去年8月", "去年7月"]


def test_what_more_articles_say_is_asked_and_counts_for_half_where_one_disputes_it() -> None:
    asked = merged_to_clues(merged(OTHER, FIRST, SECOND)).asked["month"]
    assert asked.reading.to_dict() == {"from": "2017-08-09", "to": "2017-08-09", "weight": DISPUTED}


def test_of_disputed_places_any_will_do() -> None:
    asked = merged_to_clues(merged(FIRST, OTHER)).asked["ward"]
    assert asked.reading.to_dict()["municipality_codes"] == ["13116", "13117"]
    assert asked.reading.to_dict()["weight"] == DISPUTED
    assert asked.quote == "東京・豊島区 / 東京・北区"


def test_a_unit_price_disputes_no_total() -> None:
    values = of("value", merged(FIRST, "機構は1件14円90銭の単価で会社と契約した。"))
    assert all("disputed_by" not in one for one in values)


def test_an_article_that_says_both_disputes_neither() -> None:
    both = "機構は去年7月に別の会社を除外し、去年8月に都内の会社と契約した。入札は去年7月に行われた。"
    assert not any(clue.disputed for clue in merged(FIRST, both) if clue.name == "month")


def test_one_article_and_none() -> None:
    alone = merged(FIRST)
    assert [clue.to_dict()["quote"] for clue in alone] == [clue.quote for clue in read_article(FIRST, DAY)]
    assert len(merge_clues([])) == 0
    with pytest.raises(ValueError, match="2 articles and 1 names"):
        merge_clues([read_article(FIRST, DAY)] * 2, ["a"])


@pytest.mark.parametrize(
    ("one", "other", "core"),
    [
        ("約1億8000万円", "1億8254万7000円", (182_547_000, 182_547_001)),
        ("約2億円", "1億8000万円台", (180_000_000, 190_000_000)),
        ("1億円余り", "2億円弱", None),
        ("予定価格2億円", "契約額2億円", None),
    ],
)
def test_values_intersect_and_are_never_averaged(one: str, other: str, core: tuple | None) -> None:
    found = joint(read_value(one), read_value(other))
    assert (found.core if found else None) == core


def test_who_contradicts_whom() -> None:
    assert contradicts(read_value("1億円余り"), read_value("2億円弱"))
    assert not contradicts(read_value("予定価格2億円"), read_value("契約額1億円"))
    assert contradicts(read_month("2017-08"), read_month("2017-07"))
    assert not contradicts(read_month("2017年度"), read_month("2017-07"))
    assert contradicts(read_place("豊島区"), read_place("新宿区"))
    assert not contradicts(read_place("東京都"), read_place("新宿区"))
