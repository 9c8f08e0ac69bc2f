"""Which municipalities border on each other, of whatever time."""

from __future__ import annotations

import pytest

from tsukitome.normalize.borders import neighbours_of, one_today, renamed, today
from tsukitome.normalize.municipality import municipalities, municipality

ALL = sorted({place.code for place in municipalities()})
TOSHIMA, SAITAMA_WAKO, NERIMA = "13116", "11229", "13120"


def names(codes: frozenset[str]) -> set[str]:
    """Those in force today, by their names."""
    return {municipality(code).name for code in codes if municipality(code).valid(None)}


@pytest.mark.parametrize(
    ("code", "around"),
    [
        (TOSHIMA, {"新宿区", "文京区", "中野区", "北区", "板橋区", "練馬区"}),
        ("13101", {"中央区", "港区", "新宿区", "文京区", "台東区"}),
        ("27127", {"大阪市都島区", "大阪市福島区", "大阪市西区", "大阪市東淀川区", "大阪市淀川区", "大阪市中央区"}),
        ("14130", {"大田区", "世田谷区", "調布市", "狛江市", "稲城市", "町田市", "多摩市", "横浜市", "横浜市鶴見区", "横浜市港北区",
                   "横浜市都筑区", "横浜市青葉区"}),  # 川崎市: what lies around the city, and no ward of its own
        ("22138", {"浜松市浜名区", "磐田市", "湖西市"}),  # of 2024, made of wards that the map of 2021 has
        ("01558", {"北見市", "紋別市", "佐呂間町", "遠軽町"}),  # 上湧別町, merged in 2009: as 湧別町
        ("42210", set()),  # 壱岐市 is an island
        ("99999", set()),
    ],
)  # fmt: skip
def test_neighbours(code: str, around: set[str]) -> None:
    assert names(neighbours_of(code)) == around


def test_prefectures_are_no_bounds() -> None:
    assert SAITAMA_WAKO in neighbours_of(NERIMA)


def test_neighbours_are_so_on_both_sides_and_nobody_is_its_own() -> None:
    for code in ALL:
        assert all(code in neighbours_of(other) for other in neighbours_of(code)), code
        assert code not in neighbours_of(code)


def test_every_municipality_has_neighbours_but_islands() -> None:
    alone = {municipality(code).prefecture for code in ALL if not neighbours_of(code)}
    assert alone == {
        "北海道",
        "東京都",
        "新潟県",
        "島根県",
        "広島県",
        "山口県",
        "愛媛県",
        "長崎県",
        "大分県",
        "鹿児島県",
        "沖縄県",
    }


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("10321", {"高崎市"}),
        ("14421", {"相模原市"}),
        ("22135", {"浜松市浜名区", "浜松市中央区"}),
        (TOSHIMA, {"豊島区"}),
    ],
)
def test_what_became_of_a_municipality(former: str, now: set[str]) -> None:
    assert names(today(former)) == now


def test_whatever_is_no_more_became_something_that_still_is() -> None:
    for code in ALL:
        assert all(municipality(one).valid(None) for one in today(code)), code


def test_one_today() -> None:
    assert one_today("10202", "10321")  # 高崎市, 榛名町
    assert one_today("10321", "10363")  # 榛名町, 吉井町: both are 高崎市's
    assert not one_today("10202", "10201")


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("04216", {"04423"}),
        ("04423", {"04216"}),
        ("22140", {"22137"}),
        ("10202", set()),
        ("07214", set()),
        (TOSHIMA, set()),
    ],
)
def test_the_same_area_under_another_code(code: str, others: set[str]) -> None:
    assert renamed(code) == others
