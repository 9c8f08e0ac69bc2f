"""Stated times: calendar months, eras, fiscal years, and words that need the article's date."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.clues.month import read_month
from tsukitome.errors import ClueError

ARTICLE = dt.date(2018, 3, 19)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017-08", "2017-08-01", "2017-08-31"),
        ("2017/8", "2017-08-01", "2017-08-31"),
        ("2017年8月", "2017-08-01", "2017-08-31"),
        ("平成29年8月", "2017-08-01", "2017-08-31"),
        ("平成２９年８月９日", "2017-08-09", "2017-08-09"),
        ("H29.8", "2017-08-01", "2017-08-31"),
        ("H29.8.9", "2017-08-09", "2017-08-09"),
        ("2017-08-09", "2017-08-09", "2017-08-09"),
        ("2017-07..2017-09", "2017-07-01", "2017-09-30"),
        ("2017年7〜9月", "2017-07-01", "2017-09-30"),
        ("2017年4-6月期", "2017-04-01", "2017-06-30"),
        ("2017年度", "2017-04-01", "2018-03-31"),
        ("FY2017", "2017-04-01", "2018-03-31"),
        ("平成31年度", "2019-04-01", "2020-03-31"),
        ("令和元年5月", "2019-05-01", "2019-05-31"),
        ("2017年", "2017-01-01", "2017-12-31"),
        ("2017年8月上旬", "2017-08-01", "2017-08-10"),
        ("平成二十九年八月", "2017-08-01", "2017-08-31"),
        ("平成二十九年八月九日", "2017-08-09", "2017-08-09"),
        ("二〇一七年八月", "2017-08-01", "2017-08-31"),
        ("平成二十九年七〜九月", "2017-07-01", "2017-09-30"),
        ("201708", "2017-08-01", "2017-08-31"),
        ("20170809", "2017-08-09", "2017-08-09"),
        ("20170801..20170831", "2017-08-01", "2017-08-31"),
        ("2017年度上半期", "2017-04-01", "2017-09-30"),
        ("2017年度下半期", "2017-10-01", "2018-03-31"),
        ("2017年度第1四半期", "2017-04-01", "2017-06-30"),
        ("平成29年度第四四半期", "2018-01-01", "2018-03-31"),
        ("FY2017下半期", "2017-10-01", "2018-03-31"),
        ("2017年前半", "2017-01-01", "2017-06-30"),
        ("2017年後半", "2017-07-01", "2017-12-31"),
        ("2017年8月前半", "2017-08-01", "2017-08-15"),
        ("2016年2月下旬", "2016-02-21", "2016-02-29"),
    ],
)
def test_times_that_need_no_article(text: str, first: str, last: str) -> None:
    reading = read_month(text)
    assert (reading.first.isoformat(), reading.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("去年8月", "2017-08-01", "2017-08-31"),
        ("昨夏", "2017-06-01", "2017-08-31"),
        ("昨年4〜6月期", "2017-04-01", "2017-06-30"),
        ("昨年8月に委託", "2017-08-01", "2017-08-31"),
        ("8月に契約した", "2017-08-01", "2017-08-31"),
        ("3月", "2018-03-01", "2018-03-31"),
        ("先月下旬", "2018-02-21", "2018-02-28"),
        ("今月上旬", "2018-03-01", "2018-03-10"),
        ("昨年度", "2016-04-01", "2017-03-31"),
        ("今年度", "2017-04-01", "2018-03-31"),
        ("去年の夏から秋にかけて", "2017-06-01", "2017-11-30"),
        ("昨年末", "2017-12-11", "2017-12-31"),
        ("去年8月から今年1月", "2017-08-01", "2018-01-31"),
        ("一昨年4月", "2016-04-01", "2016-04-30"),
        ("今年度上半期", "2017-04-01", "2017-09-30"),
        ("一昨年八月", "2016-08-01", "2016-08-31"),
        ("昨年度末", "2017-03-01", "2017-03-31"),
    ],
)
def test_relative_times_are_settled_by_the_article_and_asked_for_without_one(text: str, first: str, last: str) -> None:
    reading = read_month(text, ARTICLE)
    assert (reading.first.isoformat(), reading.last.isoformat()) == (first, last)
    with pytest.raises(ClueError, match="--article-date"):
        read_month(text)


def test_a_season_is_fuzzy() -> None:
    assert read_month("2017年夏").fuzzy_days == 31
    assert read_month("2017-08").fuzzy_days == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2017-13", "2017-13"),
        ("201713", "2017-13"),
        ("20170230", "2017-02-30"),
        ("2017年第1四半期", "2017年度第1四半期"),
        ("平成29年13月", "no month 13"),
        ("2017-02-30", "2017-02-30"),
        ("2017-09..2017-07", "backwards"),
        ("29年8月", "era"),
        ("abc", "no month"),
        ("", "neither"),
        ("1850-01", "between 1990 and 2060"),
        ("2017-08x", "08X"),
    ],
)
def test_wrong_times_are_explained(text: str, why: str) -> None:
    with pytest.raises(ClueError, match=r"month .* was not understood") as raised:
        read_month(text)
    assert why in raised.value.reason
    assert raised.value.example == "--month 2017-08"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2059, 12, 31)))
def test_every_day_is_read_back_in_each_of_its_forms(day: dt.date) -> None:
    forms = [day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}"]
    if day >= dt.date(2019, 5, 1):
        forms.append(f"令和{day.year - 2018}年{day.month}月{day.day}日")
    for form in forms:
        assert read_month(form).span == (day, day)
