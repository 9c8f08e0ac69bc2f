"""What an article gives, clue by clue, in small texts that say why."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from clues.article.gold import GOLD

from tsukitome import Archive
from tsukitome.clues.article import read_article, to_clues
from tsukitome.errors import NoClueError

DAY = dt.date(2018, 3, 19)


def readings(text: str, name: str, day: dt.date | None = DAY) -> list[dict[str, Any]]:
    return [clue.reading.to_dict() for clue in read_article(text, day) if clue.name == name]


def seed() -> dict[str, Any]:
    return json.loads((GOLD / "beside_the_rules" / "articles" / "seed.json").read_text(encoding="utf-8"))


def test_the_seed_article_identifies_its_firm() -> None:
    gold = seed()
    found = Archive.open().identify(to_clues(read_article(gold["text"], DAY)))
    assert found.best is not None
    assert (found.best.firm.name, found.verdict) == ("株式会社SAY企画", "identified")


def test_options_given_beside_an_article_win() -> None:
    clues = to_clues(read_article(seed()["text"], DAY), ward="新宿区", title=None)
    assert clues.ward == "新宿区"
    assert clues.asked["title"].reading.to_dict()["quoted"]


def test_a_text_without_clues_makes_no_question() -> None:
    with pytest.raises(NoClueError):
        to_clues(read_article("きょうは晴れでした。", DAY))


def test_a_relative_time_without_the_articles_date_is_asked_for() -> None:
    read = read_article("機構は去年8月に都内の会社と契約した。", None)
    assert [clue.name for clue in read] == ["ward"]
    assert [question.quote for question in read.questions] == ["去年8月"]


def test_a_later_time_goes_by_the_one_before() -> None:
    text = "市は2016年6月に入札を公告し、8月に契約した。翌年3月に別の業務も発注した。"
    assert [reading["from"] for reading in readings(text, "month")] == ["2016-08-01", "2017-03-01"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("横浜市が発注し、中区の会社が受注した。", ["14104"]),
        ("大阪市教育委員会は北区の印刷会社と契約した。", ["27127"]),
        ("川崎市は市内の業者に委託した。", ["14130"]),
    ],
)
def test_a_bare_ward_takes_the_city_named_beside_it(text: str, codes: list[str]) -> None:
    found = readings(text, "ward")
    assert found[0]["municipality_codes"] == codes


def test_a_bare_ward_beside_no_city_stays_all_of_that_name() -> None:
    (found,) = readings("北区の会社が受注した。", "ward")
    assert len(found["municipality_codes"]) == 12
    assert found["ambiguous"]


@pytest.mark.parametrize(
    "text",
    [
        "業務は大阪市の会社に再委託されていた。入札は3月に行われた。",
        "日本年金機構（東京都杉並区）が発注した。",
        "豊島区の小学校の清掃業務を委託した。",
        "入札には川崎市の会社も参加したが、落札できなかった。",
    ],
)
def test_other_towns_are_no_clue(text: str) -> None:
    assert readings(text, "ward") == []


def test_attribution_is_kept() -> None:
    read = read_article("厚生労働省によりますと、機構は去年8月に一般競争入札で契約したということです。", DAY)
    assert {clue.attribution for clue in read} == {"厚生労働省"}


def test_a_description_knows_the_words_of_titles() -> None:
    (reading,) = readings("機構がマイナンバーの入力業務を委託した。", "title")
    assert reading == {"text": "マイナンバーの入力業務", "quoted": False, "also": "個人番号の入力業務"}


def test_a_reserve_price_and_a_rate_imply_a_total() -> None:
    found = readings("予定価格は242,143,560円、落札率は75.39%で落札された。", "value")
    implied = next(reading for reading in found if reading["role"] == "contract_price")
    assert implied["core"][0] <= 182_547_000 < implied["core"][1]


def two() -> str:
    return json.loads((GOLD / "beside_the_rules" / "articles" / "two_contracts.json").read_text(encoding="utf-8"))[
        "text"
    ]


def test_two_contracts_are_told_apart() -> None:
    read = read_article(two(), dt.date(2021, 9, 14))
    assert read.contracts == (0, 1)
    assert {clue.reading.to_dict()["municipality_codes"][0] for clue in read.of_contract(1) if clue.name == "ward"} == {
        "11201"
    }


def test_about_picks_one_contract() -> None:
    read = read_article(two(), dt.date(2021, 9, 14), about="本庁舎の清掃")
    assert {clue.contract for clue in read if clue.name in ("ward", "value")} == {1}
    assert any(clue.name == "buyer" for clue in read)


def test_wrapped_lines_do_not_cut_a_clue() -> None:
    text = (
        "市は去年八月に東京・豊島区にある情報処理の会社\nと契約した。"
        "機構の調べでは、業務は一般競\n争入札で落札されていたことが分かったとしてい\nる。"
    )
    assert [clue.quote for clue in read_article(text, DAY) if clue.name == "method"] == ["一般競\n争入札"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("市は2016年12月から翌年3月にかけて業者と契約した。", ("2016-12-01", "2017-03-31")),
        ("同社とは2016年12月から17年3月まで、随意契約で計5回の契約を結んだ。", ("2016-12-01", "2017-03-31")),
        ("庁は2014～16年度に機器を発注した。", ("2014-04-01", "2017-03-31")),
    ],
)
def test_a_range_goes_by_its_own_begin(text: str, span: tuple[str, str]) -> None:
    assert [(reading["from"], reading["to"]) for reading in readings(text, "month")] == [span]


def test_a_raised_dot_between_digits_is_a_decimal_point() -> None:
    read = read_article("市は１・８億円で契約した。", DAY)
    assert [clue.quote for clue in read if clue.name == "value"] == ["１・８億円"]
    assert to_clues(read).asked["value"].reading.to_dict()["core"] == [175_000_000, 190_000_000]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("市は約2億円弱で契約した。", (180_000_000, 200_000_000)),  # the word behind says more than 約
        ("市は3億円を大きく下回る額で契約した。", (0, 300_000_000)),
        ("市は会社から機器を購入した。1台あたり660円で、総額は7億9200万円だった。", (660, 660.01)),
    ],
)
def test_bounds_and_prices_as_news_says_them(text: str, core: tuple[float, float]) -> None:
    assert tuple(readings(text, "value")[0]["core"]) == core


def test_a_rate_in_kanji_implies_a_total_too() -> None:
    found = readings("落札率は九九・八％、予定価格は一億円だった。機構が昨年八月に契約した。", "value")
    assert [one["role"] for one in found] == ["contract_price", "reserve_price"]


def test_an_amount_that_only_a_headline_tells_is_a_weak_clue() -> None:
    read = read_article("コンサルに2750万円\n\n県は昨年6月に京都市の会社へ調査業務を委託した。", DAY)
    assert [(clue.quote, clue.strength) for clue in read if clue.name == "value"] == [("2750万円", 0.5)]


@pytest.mark.parametrize(
    "text",
    [
        "県は会社に業務を委託した。再委託費は計44億円に上る。",
        "県は会社に業務を委託した。来年度予算案には委託費として212億円を計上した。",
        "県は会社に業務を委託した。会社は未実施分の委託料約480万円を減額された。",
    ],
)
def test_other_amounts_are_no_clue(text: str) -> None:
    assert readings(text, "value") == []


@pytest.mark.parametrize(
    "text",
    [
        "市は清掃業務など3件を計9000万円で業者に委託した。",
        "市は清掃業務を業者に委託した。契約件数は3件で総額は9000万円だった。",
        "市は同社と3件の業務委託契約を結び、総額は9000万円に上る。",
        "市は複数件の工事を同社に発注し、合計9000万円を支払った。",
    ],
)
def test_a_sum_of_several_contracts_is_hardly_a_clue_to_the_price_of_one(text: str) -> None:
    strengths = [clue.strength for clue in read_article(text, DAY) if clue.name == "value"]
    assert strengths == [0.2]


@pytest.mark.parametrize(
    "text",
    [
        "市は清掃業務を総額9000万円で業者に委託した。",
        "市が昨年度に結んだ契約は3件で、このうち清掃業務は9000万円だった。",
        "市は苦情3件を受けたが、清掃業務の委託費の総額は9000万円だった。",
    ],
)
def test_a_total_of_one_contract_is_its_price(text: str) -> None:
    strengths = [clue.strength for clue in read_article(text, DAY) if clue.name == "value"]
    assert strengths == [1.0]


def test_the_year_of_a_contracts_price_is_its_year() -> None:
    (month,) = readings("同省の2015年度の契約額は約2億円だった。同省は都内の会社に入力業務を委託した。", "month")
    assert (month["from"], month["to"]) == ("2015-04-01", "2016-03-31")
    assert readings("同省の2015年度の予算額は約2億円だった。同省は都内の会社に入力業務を委託した。", "month") == []


def test_a_short_year_with_a_season_is_a_time() -> None:
    (month,) = readings("市は17年春に清掃業務を業者に委託した。", "month")
    assert (month["from"], month["to"]) == ("2017-03-01", "2017-05-31")


def test_money_is_no_part_of_what_the_work_is_called() -> None:
    assert readings("市は事業費約10億円の工事を地元の建設会社に発注した。", "title") == []
