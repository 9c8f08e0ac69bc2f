"""Municipalities by code: the table, its changes, and what a code covers."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from tsukitome.normalize.municipality import (
    Municipality,
    codes_in_prefecture,
    covers,
    municipalities,
    municipality,
    same_city,
    wards_of,
)

# The table


def test_today_there_are_1741_municipalities_and_171_wards_of_20_designated_cities():
    today = [row for row in municipalities() if row.valid(None)]
    designated = [row for row in today if not row.ward and wards_of(row.code, date(2026, 1, 1))]
    wards = [row for row in today if row.ward and row.city]
    assert (len(today) - len(wards), len(designated), len(wards)) == (1741, 20, 171)
    assert len([row for row in today if row.ward and not row.city]) == 23


def test_a_code_is_never_two_places_at_one_time():
    by_code: dict[str, list[Municipality]] = {}
    for row in municipalities():
        by_code.setdefault(row.code, []).append(row)
    for rows in by_code.values():
        for earlier, later in itertools.pairwise(rows):
            assert earlier.valid_to is not None
            assert (
                later.valid_from is None or earlier.valid_to < later.valid_from or earlier.full_name == later.full_name
            )


def test_the_table_is_read_once():
    assert municipalities() is municipalities()


@pytest.mark.parametrize(
    ("name", "code", "first", "last"),
    [
        ("静岡県浜松市中区", "22131", "2007-04-01", "2023-12-31"),
        ("静岡県浜松市北区", "22135", "2007-04-01", "2023-12-31"),
        ("静岡県浜松市中央区", "22138", "2024-01-01", ""),
        ("宮城県黒川郡富谷町", "04423", "", "2016-10-09"),
        ("宮城県富谷市", "04216", "2016-10-10", ""),
        ("福岡県那珂川市", "40231", "2018-10-01", ""),
        ("兵庫県篠山市", "28221", "", "2019-04-30"),
        ("兵庫県丹波篠山市", "28221", "2019-05-01", ""),
        ("熊本県熊本市東区", "43102", "2012-04-01", ""),
        ("神奈川県相模原市緑区", "14151", "2010-04-01", ""),
        ("岡山県岡山市", "33201", "", "2009-03-31"),
        ("新潟県新潟市秋葉区", "15105", "2007-04-01", ""),
        ("大阪府堺市", "27140", "2006-04-01", ""),
        ("岩手県滝沢市", "03216", "2014-01-01", ""),
        ("愛知県長久手市", "23238", "2012-01-04", ""),
        ("千葉県大網白里市", "12239", "2013-01-01", ""),
        ("埼玉県白岡市", "11246", "2012-10-01", ""),
        ("石川県野々市市", "17212", "2011-11-11", ""),
        ("埼玉県鳩ケ谷市", "11226", "", "2011-10-10"),
        ("福岡県糸島市", "40230", "2010-01-01", ""),
        ("東京都豊島区", "13116", "", ""),
    ],
)
def test_changes(name: str, code: str, first: str, last: str):
    row = next(row for row in municipalities() if row.full_name == name and row.code == code)
    assert (row.valid_from, row.valid_to) == tuple(date.fromisoformat(day) if day else None for day in (first, last))


# Codes


def test_wards_of_a_designated_city_by_time():
    assert len(wards_of("27100")) == 24
    assert wards_of("22130", date(2023, 12, 31)) == tuple(f"2213{digit}" for digit in range(1, 8))
    assert wards_of("22130", date(2024, 1, 1)) == ("22138", "22139", "22140")
    assert wards_of("13116") == wards_of("31302") == ()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("27127", "27100", True),
        ("27127", "27128", True),
        ("27127", "27146", False),
        ("13116", "13116", True),
        ("13116", "13117", False),
        ("33201", "33101", True),
        ("99999", "13116", False),
    ],
)
def test_same_city(a: str, b: str, same: bool):
    assert same_city(a, b) is same_city(b, a) is same


@pytest.mark.parametrize(
    ("asked", "code", "covered"),
    [
        (["13116"], "13116", True),
        (["13116"], "13117", False),
        (["13"], "13116", True),
        (["11", "12", "13", "14"], "14104", True),
        (["27"], "28110", False),
        (["27100"], "27127", True),
        (["27100"], "27146", False),
        (["27127"], "27100", False),
        (["27127", "27146"], "27146", True),
        ([], "13116", False),
        (["22202"], "22131", True),
    ],
)
def test_covers(asked: list[str], code: str, covered: bool):
    assert covers(asked, code) is covered


def test_codes_in_a_prefecture_by_time():
    assert "22138" in codes_in_prefecture("22")
    assert "22131" not in codes_in_prefecture("22")
    assert "22131" in codes_in_prefecture("22", date(2018, 3, 19))
    assert len(codes_in_prefecture("13")) == 62


def test_a_code_with_two_names_gives_the_one_of_the_day():
    assert municipality("28221").name == "丹波篠山市"
    assert municipality("28221", date(2019, 4, 30)).name == "篠山市"
    with pytest.raises(KeyError):
        municipality("99999")
