"""Plain values of open data."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.sources.open_data import CEILING, Notes, filled, read_day, read_yen, shortened, suppliers_of


@pytest.mark.parametrize(
    ("printed", "unit", "yen"),
    [
        ("182547000", 1, 182_547_000), ("31389000.00", 1, 31_389_000), ("182,547,000円", 1, 182_547_000),
        ("１，０００", 1, 1_000), ("14.90", 1, 14.9), ("1.82547e8", 1, 182_547_000), ("28.0", 1_000_000, 28_000_000),
        ("0", 1, 0), (str(CEILING), 1, CEILING),
    ],
)  # fmt: skip
def test_plain_amounts(printed: str, unit: int, yen: float) -> None:
    assert read_yen(printed, unit) == (yen, None)
    assert isinstance(read_yen(printed, unit)[0], type(yen))


@pytest.mark.parametrize("printed", ["", "Null", "-", "  ", "NULL"])
def test_missing_amounts(printed: str) -> None:
    assert read_yen(printed) == (None, None)


@pytest.mark.parametrize(
    "printed", ["NaN", "inf", "-1", "1e30", "1e-30", "1,00", "0x10", "1_000", "壱", str(CEILING + 1), "9" * 9999]
)
def test_refused_amounts(printed: str) -> None:
    yen, reason = read_yen(printed)
    assert yen is None
    assert reason is not None
    assert "left out" in reason
    assert len(reason) < 200


@given(st.text(st.sampled_from("0123456789.,e+-NaInf円 ")))
def test_no_amount_is_beyond_the_ceiling_or_no_number(printed: str) -> None:
    yen, _ = read_yen(printed, 1_000_000)
    assert yen is None or 0 <= yen <= CEILING


@pytest.mark.parametrize(
    "printed", ["2017-08-09", "2017-08-09T00:00:00+09:00", "2017-08-08T15:00:00Z", "2017/8/9", "平成29年8月9日"]
)
def test_days(printed: str) -> None:
    assert read_day(printed).date == dt.date(2017, 8, 9)


@pytest.mark.parametrize(
    "printed", ["0000-01-01T00:00:00Z", "2910-10-07T00:00:00+09:00", "9999-12-31T23:59:59-12:00", "2017-02-30"]
)
def test_days_that_are_none_are_said_as_printed(printed: str) -> None:
    reading = read_day(printed)
    assert reading.date is None
    assert printed in (reading.warning or "")


def test_suppliers_by_name_by_number_or_none() -> None:
    found = Notes()
    assert suppliers_of("㈱見本", "", found)[0].name == "株式会社見本"
    assert suppliers_of("Null", "4013301020174", found)[0].name == "法人番号 4013301020174"
    assert found.warnings == []
    assert suppliers_of("", "x" * 1_000_000, found) == ()
    assert [len(warning) < 200 for warning in found.warnings] == [True, True]


def test_values_and_sentences() -> None:
    assert [filled(text) for text in (" a ", "Null", "－", "Nullarbor")] == ["a", "", "", "Nullarbor"]
    assert shortened("a\n b" + "c" * 200, 10) == "a bccccccc…"
