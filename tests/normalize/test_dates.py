"""Dates with and without their era."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.dates import (
    PUBLICATION_LAG,
    bare_year,
    era_year,
    fiscal_year,
    fiscal_year_span,
    month_span,
    nearest_before,
    read_date,
)

days = st.dates(dt.date(1990, 1, 1), dt.date(2059, 12, 31))
ERAS = (
    ("平成", "H", dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    ("令和", "R", dt.date(2019, 5, 1), dt.date(2059, 12, 31)),
)
LAG = PUBLICATION_LAG.days


def era_of(day: dt.date) -> tuple[str, str, int]:
    """The slow and obvious way: the era whose days hold this one."""
    ((name, letter, first, _),) = [era for era in ERAS if era[2] <= day <= era[3]]
    return name, letter, day.year - first.year + 1


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("平成29年8月9日", dt.date(2017, 8, 9)),
        ("平成２９年８月９日", dt.date(2017, 8, 9)),
        ("令和元年７月29日", dt.date(2019, 7, 29)),
        ("H29.8.9", dt.date(2017, 8, 9)),
        ("R1/5/7", dt.date(2019, 5, 7)),
        ("R8.5.21", dt.date(2026, 5, 21)),
        ("2017-08-09", dt.date(2017, 8, 9)),
        ("2017年8月9日", dt.date(2017, 8, 9)),
        ("42956", dt.date(2017, 8, 9)),
        ("平成31年6月1日", dt.date(2019, 6, 1)),
        ("平 成 29 年 8 月 9 日", dt.date(2017, 8, 9)),
        ("平成三十年五月一日", dt.date(2018, 5, 1)),
        ("二〇一七年八月九日", dt.date(2017, 8, 9)),
        ("令1.5.7", dt.date(2019, 5, 7)),
        ("H.29.8.9", dt.date(2017, 8, 9)),
        ("H290809", dt.date(2017, 8, 9)),
        ("20190507", dt.date(2019, 5, 7)),
        ("20190507.0", dt.date(2019, 5, 7)),
        ("42956.5", dt.date(2017, 8, 9)),
        ("9-Aug-17", dt.date(2017, 8, 9)),
        ("2017/8/9 9:30", dt.date(2017, 8, 9)),
        ("4/25/2017", dt.date(2017, 4, 25)),
    ],
)
def test_date_that_needs_no_context(printed: str, day: dt.date) -> None:
    assert read_date(printed).date == day


@given(days)
def test_era_round_trip(day: dt.date) -> None:
    name, letter, year = era_of(day)
    assert era_year(name, year) == era_year(letter, year) == day.year
    assert read_date(f"{name}{year}年{day.month}月{day.day}日").date == day
    assert read_date(f"{letter}{year}.{day.month}.{day.day}").date == day
    if year == 1:
        assert read_date(f"{name}元年{day.month}月{day.day}日").date == day


@given(days)
def test_iso_round_trip(day: dt.date) -> None:
    assert read_date(day.isoformat()).date == day


@given(days.filter(lambda day: day >= dt.date(1990, 6, 1)), st.integers(0, LAG))
def test_bare_year_is_settled_by_publication(day: dt.date, lag: int) -> None:
    _, _, year = era_of(day)
    published = day + dt.timedelta(days=lag)
    assert bare_year(year, day.month, day.day, published) == day
    assert read_date(f"{year}.{day.month}.{day.day}", published=published).date == day


@given(days, st.integers(LAG + 1, 3000))
def test_bare_year_too_long_before_publication_stays_open(day: dt.date, lag: int) -> None:
    _, _, year = era_of(day)
    found = bare_year(year, day.month, day.day, day + dt.timedelta(days=lag))
    assert found != day


@given(days, st.integers(0, 900))
def test_notice_is_nearest_before(day: dt.date, lag: int) -> None:
    _, _, year = era_of(day)
    found = nearest_before(year, day.month, day.day, day + dt.timedelta(days=lag))
    assert found is not None
    assert day <= found <= day + dt.timedelta(days=lag)


def test_bare_date_is_never_guessed_without_context() -> None:
    reading = read_date("29.8.9")
    assert reading.date is None
    assert reading.warning


def test_day_without_a_year_takes_it_from_the_span() -> None:
    assert read_date("4月1日", within=fiscal_year_span(2017)).date == dt.date(2017, 4, 1)
    assert read_date("3月1日", within=fiscal_year_span(2017)).date == dt.date(2018, 3, 1)
    assert read_date("4月1日").date is None
    for printed, day in (
        ("4/1", (4, 1)),
        ("８．９", (8, 9)),
        ("12/31(日)", (12, 31)),
        ("17/8/9", (8, 9)),
        ("9-Aug", (8, 9)),
    ):
        assert read_date(printed, within=fiscal_year_span(2017)).date == dt.date(2017, *day), printed
        assert read_date(printed).date is None


@pytest.mark.parametrize("printed", ["4.1", "8/9/2017", "別紙1-2のとおり", "13/31"])
def test_what_may_be_two_days_or_none_stays_open(printed: str) -> None:
    reading = read_date(printed, within=fiscal_year_span(2017))
    assert reading.date is None
    assert reading.warning


def test_misprint_is_repaired_and_said() -> None:
    reading = read_date("平成28月4月1日")
    assert reading.date == dt.date(2016, 4, 1)
    assert reading.warning


@pytest.mark.parametrize("printed", ["", "-", "－", "―"])
def test_blank(printed: str) -> None:
    reading = read_date(printed)
    assert (reading.date, reading.warning) == (None, None)


@pytest.mark.parametrize(
    "printed", ["平成29年2月30日", "平成29年13月1日", "2091-01-01", "別紙のとおり", "99999", "平成0年1月1日"]
)
def test_what_is_no_day_is_said(printed: str) -> None:
    reading = read_date(printed)
    assert reading.date is None
    assert reading.warning


@given(st.text())
def test_any_text_gives_an_answer(text: str) -> None:
    reading = read_date(text, published=dt.date(2017, 10, 2))
    assert reading.date is None or dt.date(1990, 1, 1) <= reading.date <= dt.date(2071, 2, 10)


@given(days)
def test_spans_hold_their_days(day: dt.date) -> None:
    first, last = month_span(day.year, day.month)
    assert first <= day <= last
    assert (last + dt.timedelta(days=1)).day == 1
    first, last = fiscal_year_span(fiscal_year(day))
    assert first <= day <= last
    assert (last - first).days in (364, 365)
