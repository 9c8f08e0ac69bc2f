"""Places as printed: addresses against a slow reference, and real ones of the corporate register."""

from __future__ import annotations

import csv
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.normalize.municipality import (
    Municipality,
    municipalities,
)
from tsukitome.normalize.place import municipality_of, place_key, prefecture_of

REAL = Path(os.environ.get("TSUKITOME_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
REGISTER = REAL / "nta" / "selected_changes.csv"


def code_of(address: str, on: date | None = None) -> str | None:
    found = municipality_of(address, on)
    return None if found is None else found.code


# Names


def test_a_name_is_never_two_codes_at_one_time_and_folding_variants_makes_no_two_places_one():
    for on in (date(2006, 4, 1), date(2009, 12, 31), date(2012, 4, 1), date(2018, 3, 19), date(2024, 1, 1)):
        names = Counter(place_key(row.full_name) for row in municipalities() if row.valid(on))
        assert names.most_common(1)[0][1] == 1
    folded = {place_key(row.full_name) for row in municipalities()}
    assert len(folded) == len({row.full_name for row in municipalities()})


# Addresses


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("東京都豊島区東池袋1-48-10", "13116"),
        ("豊島区東池袋1-48-10", "13116"),
        ("東京都豊島区東池袋１丁目４８番１０号", "13116"),
        ("〒170-0013 東京都豊島区東池袋1-48-10", "13116"),
        ("〒１７０－００１３　東 京 都 豊 島 区 東池袋", "13116"),
        ("東京都江東区豊洲3-3-3", "13108"),
        ("東京都台東区東上野4-5-6", "13106"),
        ("東京都北区豊島1-2", "13117"),
        ("横浜市中区池袋1", "14104"),
        ("神奈川県横浜市港北区新横浜2", "14109"),
        ("北九州市小倉北区城内1-1", "40106"),
        ("大阪府大阪市北区梅田1", "27127"),
        ("大阪市", "27100"),
        ("大阪府大阪市", "27100"),
        ("大阪市梅田1-1", "27100"),
        ("東京都府中市宮西町2-24", "13206"),
        ("広島県府中市府川町315", "34208"),
        ("広島県安芸郡府中町大通三丁目5-1", "34302"),
        ("広島県府中町大通三丁目5-1", "34302"),
        ("鳥取県岩美郡岩美町浦富675-1", "31302"),
        ("岩美町浦富675-1", "31302"),
        ("鎌ヶ谷市新鎌ヶ谷2", "12224"),
        ("鎌が谷市", "12224"),
        ("茨城県竜ヶ崎市", "08208"),
        ("宮城県塩釜市旭町1-1", "04203"),
        ("大阪府四条畷市中野本町1-1", "27229"),
        ("茨城県鹿嶋市平井1187", "08222"),
        ("佐賀県鹿島市大字納富分", "41207"),
        ("三重県四日市市諏訪町1-5", "24202"),
        ("東村山市本町1-2-3", "13213"),
        ("沖縄県国頭郡東村平良804", "47303"),
        ("東京都三宅村阿古497", "13381"),
        ("東京都八丈島八丈町大賀郷2551-2", "13401"),
        ("福岡県糟屋郡須恵町大字須恵771", "40344"),
        ("(東京都千代田区霞が関1-1)", "13101"),
        ("府中市宮西町2-24", None),
        ("北区豊島1-2", None),
        ("大阪府北区梅田1", None),
        ("大阪府豊島区1-1", None),
        ("東京都", None),
        ("東京都内", None),
        ("株式会社SAY企画", None),
        ("", None),
    ],
)
def test_municipality_of_an_address(address: str, code: str | None):
    assert code_of(address) == code


def test_the_day_decides_between_codes_of_one_name_and_an_old_name_still_resolves():
    before, after = date(2023, 12, 31), date(2024, 1, 1)
    assert code_of("静岡県浜松市天竜区二俣町", before) == "22137"
    assert code_of("静岡県浜松市天竜区二俣町", after) == code_of("静岡県浜松市天竜区二俣町") == "22140"
    assert code_of("浜松市中区元城町103-2", after) == "22131"
    assert code_of("相模原市", date(2010, 3, 31)) == "14209"
    assert code_of("相模原市") == "14150"


def slow_municipality_of(address: str) -> set[str]:
    """The obvious reference: full names of the places with the longest printed form that begins the address."""
    key = place_key(address)
    forms = [
        (form, row)
        for row in municipalities()
        for head in (row.prefecture, "")
        for form in (head + row.county + row.name, head + row.name, head + (row.ward or row.name))
    ]
    fitting = [(len(form), row) for form, row in forms if key.startswith(place_key(form))]
    longest = max((length for length, _ in fitting), default=0)
    return {row.full_name for length, row in fitting if length == longest}


@pytest.mark.parametrize("drop", ["nothing", "prefecture", "county"])
def test_every_row_printed_resolves_to_itself_or_is_ambiguous(drop: str):
    by_key: dict[str, set[str]] = {}
    for row in municipalities():
        for name in {row.county + row.name, row.name, row.ward or row.name}:
            by_key.setdefault(name, set()).add(row.full_name)
            by_key.setdefault(row.prefecture + name, set()).add(row.full_name)
    for row in municipalities():
        on = row.valid_to or row.valid_from or date(2018, 3, 19)
        printed = {"nothing": row.full_name, "prefecture": row.county + row.name, "county": row.prefecture + row.name}[
            drop
        ]
        found = municipality_of(printed + "1-2-3", on)
        if len(by_key[printed]) == 1:
            assert found == row, printed
        else:
            assert found is None or found == row or found.valid(on), printed


rows = st.sampled_from([row for row in municipalities() if row.valid_to is None])
streets = st.sampled_from(["", "1-2-3", "豊島1-2", "北区", "東区1-1", "中央1丁目", "本町", "市", "大字東村", "池袋"])


@settings(deadline=None)
@given(rows, st.sampled_from(["full", "no prefecture", "no county", "ward"]), streets)
def test_the_longest_name_wins_as_in_the_slow_reference(row: Municipality, form: str, street: str):
    printed = {
        "full": row.full_name,
        "no prefecture": row.county + row.name,
        "no county": row.prefecture + row.name,
        "ward": row.ward or row.name,
    }[form]
    expected = slow_municipality_of(printed + street)
    found = municipality_of(printed + street)
    assert (None if found is None else {found.full_name}) == (expected if len(expected) == 1 else None)


@settings(deadline=None)
@given(rows, st.sampled_from([" ", "　", "\n", "\u200b"]))
def test_letter_spacing_and_a_postal_code_change_nothing(row: Municipality, space: str):
    assert municipality_of("〒100-0001" + space + space.join(row.full_name)) == municipality_of(row.full_name)


@settings(deadline=None)
@given(st.text(alphabet="東京都大阪府市北区中央豊島町村郡県港江台ヶ1-２ 〒", max_size=14))
def test_any_text_is_read_or_none_and_a_result_agrees_with_its_prefecture(text: str):
    found = municipality_of(text)
    if found is not None:
        assert place_key(found.ward or found.city) in place_key(text)
        assert prefecture_of(text) == found.code[:2]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("東京都", "13"),
        ("東京都内の会社", "13"),
        ("豊島区東池袋1", "13"),
        ("北区", None),
        ("京都市北区", "26"),
        ("神奈川県", "14"),
    ],
)
def test_prefecture_of_an_address(address: str, code: str | None):
    assert prefecture_of(address) == code


# Real addresses


@pytest.mark.skipif(not REGISTER.exists(), reason="the real data is not here")
def test_addresses_of_the_corporate_register_resolve_to_their_own_code():
    with REGISTER.open(encoding="utf-8-sig", newline="") as file:
        entries = [row for row in csv.reader(file) if row[13]][::5]
    whole = part = known = 0
    for row in entries:
        code, on = row[13] + row[14], date.fromisoformat(row[4])
        whole += code_of(row[9] + row[10] + row[11], on) == code
        found = code_of(row[10] + row[11], on)
        known += found is not None
        part += found == code
    assert whole / len(entries) >= 0.999
    # Without its prefecture 港区, 中央区, 北区, 府中市 or 伊達市 is nobody's; all others must be right.
    assert part / known >= 0.999
    assert known / len(entries) >= 0.9
