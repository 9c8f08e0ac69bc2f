"""The clues of one question, read together."""

import datetime as dt
from dataclasses import replace

import pytest

from tsukitome.clues.query import Clues
from tsukitome.errors import ClueError, NoClueError


def test_every_clue_keeps_its_words_and_its_reading() -> None:
    clues = Clues(ward="豊島区", month="2017-08", value="約1億8000万円", buyer="年金機構", method="一般競争入札")
    read = {clue.name: clue.reading.to_dict() for clue in clues.asked.values()}
    assert read["ward"]["municipality_codes"] == ["13116"]
    assert read["month"] == {"from": "2017-08-01", "to": "2017-08-31"}
    assert read["value"]["core"] == [175_000_000, 185_000_000]
    assert read["buyer"] == {"name": "日本年金機構"}
    assert read["method"] == {"procurement_method": "open"}
    assert clues.asked["buyer"].quote == "年金機構"


def test_no_clue_at_all_is_wrong_use() -> None:
    with pytest.raises(NoClueError, match="no clue was given"):
        Clues()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ward", "存在しない区"),
        ("month", "2017-13"),
        ("value", "abc"),
        ("title", "一"),
        ("buyer", "・"),
        ("method", "くじ引き"),
        ("firm", " "),
    ],
)
def test_what_is_not_understood_is_said_at_once_with_an_example(name: str, text: str) -> None:
    with pytest.raises(ClueError, match="was not understood") as raised:
        Clues(**{name: text})
    assert raised.value.name == name
    assert raised.value.example


def test_without_an_article_wards_are_those_of_the_clues_month() -> None:
    then = Clues(ward="浜松市中区", month="2017-08").asked["ward"].reading.to_dict()
    assert then["municipality_codes"] == ["22131"]


def test_a_bare_ward_means_every_ward_of_that_name_at_the_time() -> None:
    codes = Clues(ward="北区", article_date=dt.date(2018, 3, 19)).asked["ward"].reading.to_dict()["municipality_codes"]
    assert len(codes) == 12
    assert "22135" in codes  # 浜松市北区, until 2023


def test_a_clue_is_changed_by_replacing_it() -> None:
    clues = replace(Clues(ward="豊島区"), ward="北区", month="2017-08")
    assert clues.asked["month"].quote == "2017-08"


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("一般競争入札", "open"),
        ("指名競争入札", "selective"),
        ("公募型指名競争", "selective"),
        ("随意契約(企画競争)", "limited"),
        ("公募型プロポーザルで選定", "limited"),
        ("随契", "limited"),
    ],
)
def test_procurement_methods(text: str, method: str) -> None:
    assert Clues(method=text).asked["method"].reading.to_dict() == {"procurement_method": method}


def test_a_title_may_be_quoted() -> None:
    assert Clues(title="「データ入力業務　一式」").asked["title"].reading.to_dict()["text"] == "データ入力業務 一式"


def test_a_clue_may_count_for_less() -> None:
    clues = Clues(month="~0.5 2017-08", title="~0.3 申告書 入力")
    assert clues.asked["month"].reading.to_dict() == {"from": "2017-08-01", "to": "2017-08-31", "weight": 0.5}
    assert clues.asked["title"].reading.to_dict() == {"text": "申告書 入力", "quoted": False, "weight": 0.3}
    assert (clues.asked["month"].quote, clues.asked["month"].given) == ("2017-08", "~0.5 2017-08")
    with pytest.raises(ClueError):
        Clues(month="~0.0 2017-08")


def test_of_several_places_any_will_do() -> None:
    assert Clues(ward="豊島区 / 新宿区").asked["ward"].reading.to_dict()["municipality_codes"] == ["13104", "13116"]
    with pytest.raises(ClueError):
        Clues(ward="豊島区 / 埼玉県")


def test_a_clue_left_out_leaves_the_others_as_they_were_read() -> None:
    asked = Clues(ward="浜松市北区", month="2017-08")  # a ward until 2023
    left = asked.without("month")
    assert (left.month, left.asked) == (None, {"ward": asked.asked["ward"]})
    assert left.asked != Clues(ward="浜松市北区").asked
    assert list(asked.asked) == ["month", "ward"]
