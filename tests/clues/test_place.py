"""What people write for a place, and the codes that it asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.clues.place import PlaceReading, read_place
from tsukitome.clues.place_readings import hepburn, romaji_key
from tsukitome.errors import ClueError
from tsukitome.normalize.municipality import covers, municipalities, prefectures
from tsukitome.normalize.place import names, place_key
from tsukitome.normalize.text import table

ARTICLE = date(2018, 3, 19)
WARDS_OF_TOKYO = tuple(f"131{number:02}" for number in range(1, 24))
NORTH_2018 = (
    "01102",
    "11102",
    "13117",
    "15101",
    "22135",
    "23103",
    "26101",
    "27127",
    "27146",
    "28109",
    "33101",
    "43105",
)


@pytest.mark.parametrize(
    ("phrase", "codes", "level"),
    [
        ("東京・豊島区にある情報処理会社", ("13116",), "municipality"),
        ("都内の会社", ("13",), "prefecture"),
        ("東京23区内の業者", WARDS_OF_TOKYO, "municipality"),
        ("大阪の会社", ("27",), "prefecture"),
        ("北区の会社", NORTH_2018, "municipality"),
        ("池袋の会社", ("13116",), "municipality"),
        ("豊島区に本社を置く", ("13116",), "municipality"),
    ],
)
def test_phrases_of_an_article_of_march_2018(phrase: str, codes: tuple[str, ...], level: str):
    reading = read_place(phrase, ARTICLE)
    assert (reading.codes, reading.level) == (codes, level)


@pytest.mark.parametrize(
    "text",
    [
        *("豊島区", "東京都豊島区", "東京・豊島区", "東京 豊島区", "東京　豊島区", "東 京 都 豊 島 区", " 豊島区。"),
        *("13116", "131164", "１３１１６", "としまく", "としま区", "トシマク", "ﾄｼﾏｸ", "とうきょうととしまく"),
        *("Toshima", "TOSHIMA", "Toshima Ward", "Toshima-ku", "Toshima-ku, Tokyo"),
        *("豊島区内", "豊島区の会社", "豊島区内の業者", "豊島区東池袋1-48-10", "豊島"),
    ],
)
def test_the_ward_of_the_seed_case_in_every_spelling(text: str):
    reading = read_place(text)
    assert reading.codes == ("13116",)
    assert reading.names == ("東京都豊島区",)
    assert not reading.ambiguous


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("名古屋市中区", ("23106",)),
        ("名古屋・中区", ("23106",)),
        ("Naka-ku, Nagoya", ("23106",)),
        ("広島・中区", ("34101",)),
        ("大阪市", ("27100",)),
        ("Osaka City", ("27100",)),
        ("名古屋", ("23100",)),
        ("横浜市中区池袋", ("14104",)),
        ("東京都北区豊島", ("13117",)),
        ("島根・松江市", ("32201",)),
        ("茅が崎市の業者", ("14207",)),
        ("たつの市", ("28229",)),
        ("たつの市の会社", ("28229",)),
        ("いの町にある建設会社", ("39386",)),
        ("西東京", ("13229",)),
        ("岩美町", ("31302",)),
        ("鳥取県岩美郡岩美町", ("31302",)),
        ("府中市", ("13206", "34208")),
        ("大阪・北区", ("27127", "27146")),
        ("23区", WARDS_OF_TOKYO),
        ("Shimbashi", ("13103",)),
        ("Chūō Ward, Tokyo", ("13102",)),
    ],
)
def test_municipalities(text: str, codes: tuple[str, ...]):
    reading = read_place(text)
    assert (reading.codes, reading.level) == (codes, "municipality")
    assert reading.ambiguous is (len(codes) == 2)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("東京都", ("13",)),
        ("東京", ("13",)),
        ("とうきょう", ("13",)),
        ("Tokyo", ("13",)),
        ("東京都内", ("13",)),
        ("都内", ("13",)),
        ("大阪府内の業者", ("27",)),
        ("13", ("13",)),
        ("130001", ("13",)),
        ("北海道", ("01",)),
        ("首都圏", ("11", "12", "13", "14")),
        ("首都圏の業者", ("11", "12", "13", "14")),
        ("関西", ("25", "26", "27", "28", "29", "30")),
        ("近畿地方", ("25", "26", "27", "28", "29", "30")),
    ],
)
def test_prefectures_and_regions(text: str, codes: tuple[str, ...]):
    reading = read_place(text)
    assert (reading.codes, reading.level) == (codes, "prefecture")


def test_a_short_name_that_a_city_bears_too_is_ambiguous():
    assert read_place("大阪").ambiguous
    assert not read_place("大阪府").ambiguous
    assert not read_place("東京").ambiguous


def test_a_bare_ward_means_all_that_bore_the_name_on_the_day():
    assert len(read_place("北区").codes) == 11
    assert read_place("北区", date(2023, 12, 31)).codes == NORTH_2018
    assert "22138" not in read_place("中央区", ARTICLE).codes
    assert "22138" in read_place("中央区", date(2024, 1, 1)).codes
    for ward, number in {
        "南区": 12,
        "中央区": 11,
        "西区": 11,
        "東区": 8,
        "緑区": 5,
        "中区": 5,
        "港区": 3,
        "旭区": 2,
    }.items():
        reading = read_place(ward)
        assert len(reading.codes) == number
        assert reading.ambiguous


def test_a_name_of_another_time_still_counts():
    assert read_place("浜松市中区", date(2025, 1, 1)).codes == ("22131",)
    assert read_place("篠山市", date(2025, 1, 1)).names == ("兵庫県篠山市",)


@pytest.mark.parametrize(
    ("text", "weight"),
    [("豊島区", 1.0), ("池袋", 0.7), ("東京・池袋", 0.7), ("池袋駅", 0.7), ("関西", 0.8), ("名古屋", 0.8)],
)
def test_loose_words_weigh_less(text: str, weight: float):
    assert read_place(text).weight == weight


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("東京の豊島区", ("13116",)),
        ("東京の豊島区の会社", ("13116",)),
        ("東京都内の豊島区", ("13116",)),
        ("東京都内にある豊島区の会社", ("13116",)),
        ("東京23区の豊島区", ("13116",)),
        ("とうきょうのとしまく", ("13116",)),
        ("豊島区の池袋", ("13116",)),
        ("豊島区の東京本社", ("13116",)),
        ("大阪の中央区", ("27128",)),
        ("大阪市の中央区の会社", ("27128",)),
        ("横浜の中区", ("14104",)),
        ("名古屋の中区", ("23106",)),
        ("関西の中央区", ("27128", "28110")),
        ("首都圏の東京", ("13",)),
        ("横浜市中区の池袋", ("14104",)),
    ],
)
def test_what_stands_behind_a_place_narrows_it(text: str, codes: tuple[str, ...]):
    reading = read_place(text, ARTICLE)
    assert reading.codes == codes
    assert reading.weight == 1


@pytest.mark.parametrize("noun", ["会社", "業者", "企業", "大手情報処理会社", "町工場", "都市開発会社", "市場調査会社"])
def test_a_noun_behind_a_place_says_nothing_of_places(noun: str):
    assert read_place(f"豊島区の{noun}") == read_place(f"豊島区にある{noun}") == read_place("豊島区")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("大阪の豊島区", "大阪 and 東京都豊島区 contradict each other."),
        ("豊島区に本社を置く港区の会社", "豊島区 and 東京都港区 contradict each other."),
        ("大阪府豊島区", "大阪府 and 東京都豊島区 contradict each other."),
        ("東京都 中央市", "東京都 and 山梨県中央市 contradict each other."),
        ("東京の大阪", "東京 and 大阪府 contradict each other."),
        ("東京の豊嶋区", "'豊嶋区' behind '東京' is no place that is known."),
        ("北海道にある本部町", "北海道 and 沖縄県国頭郡本部町 contradict each other."),
        ("東京の会社と大阪の会社", "it names a second place, in '大阪の会社', beside '東京'."),
        ("東京の千代田区と港区", "it names a second place, in '港区', beside '東京'."),
    ],
)
def test_half_of_a_clue_is_never_dropped(text: str, reason: str):
    with pytest.raises(ClueError) as caught:
        read_place(text, ARTICLE)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "code"),
    [("沖縄県にある本部町", "47308"), ("秋田県にあるにかほ市", "05214"), ("沖縄県に本部を置く本部町の会社", "47308")],
)
def test_a_name_that_begins_like_words_about_a_seat(text: str, code: str):
    assert read_place(text).codes == (code,)


@settings(deadline=None)
@given(
    st.sampled_from(prefectures()),
    st.sampled_from([row for row in municipalities() if row.valid_to is None]),
    st.sampled_from(["の{}", "の{}の会社", "にある{}"]),
)
def test_a_municipality_behind_a_prefecture_is_that_one_or_contradicts(prefecture, row, form: str):
    text = prefecture.name + form.format(row.name)
    if prefecture.name == row.prefecture:
        codes = read_place(text).codes
        assert row.code in codes
        assert all(code.startswith(prefecture.code) for code in codes)
    elif all(other.prefecture != prefecture.name for other in names()[place_key(row.name)]):
        with pytest.raises(ClueError, match="contradict"):
            read_place(text)


@pytest.mark.parametrize(
    ("text", "on", "note"),
    [
        ("浜松市中央区", date(2017, 5, 1), "浜松市中央区 has existed since 2024-01-01"),
        ("22138", date(2017, 5, 1), "浜松市中央区 has existed since 2024-01-01"),
        ("浜松市中区", date(2025, 1, 1), "浜松市中区 existed until 2023-12-31"),
        ("浜松市中区", None, "浜松市中区 existed until 2023-12-31"),
    ],
)
def test_a_name_not_in_force_on_the_day_is_said(text: str, on: date | None, note: str):
    reading = read_place(text, on)
    assert (reading.note, reading.to_dict()["note"]) == (note, note)


def test_a_name_in_force_needs_no_note():
    assert "note" not in read_place("浜松市中区", date(2017, 5, 1)).to_dict()


@pytest.mark.parametrize(
    ("text", "example"), [("無い区", "--ward 豊島区"), ("県内", "--ward 大阪府"), ("1311", "--ward 13116")]
)
def test_the_example_names_the_option(text: str, example: str):
    with pytest.raises(ClueError, match=f"Example: {example}"):
        read_place(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("豊嶋区", "did you mean 豊島区?"),
        ("豊島区役所", "did you mean 豊島区?"),
        ("千代田区と港区", "did you mean 千代田区?"),
        ("131165", "the check digit of 131165 should be 4."),
        ("99", "99 is no prefecture's code"),
        ("13999", "13999 is no municipality's code"),
        ("1311", "not a code of five or six digits"),
        ("県内の会社", "県内 does not say which one is meant."),
        ("全国", "no place of that name is known."),
        ("港", "did you mean 港区?"),
        ("", "it is empty."),
        ("Gotham", "no place of that name is known."),
        ("20日", "no place of that name is known"),
    ],
)
def test_what_is_not_understood_says_why(text: str, reason: str):
    with pytest.raises(ClueError) as caught:
        read_place(text)
    assert caught.value.name == "ward"
    assert reason in caught.value.reason


@settings(deadline=None)
@given(st.sampled_from([row for row in municipalities() if row.valid_to is None]))
def test_every_municipality_is_read_by_its_full_name_code_and_readings(row):
    exact = PlaceReading((row.code,), "municipality", 1.0, False, (row.full_name,))
    assert read_place(row.full_name) == read_place(row.full_name + "の会社") == read_place(row.code) == exact
    assert row.code in read_place(row.name).codes
    assert row.code in read_place(row.reading).codes


@settings(deadline=None)
@given(st.text(max_size=12) | st.text(alphabet="東京都大阪北区豊島市内の会社にある・ 13としま", max_size=10))
def test_any_text_gives_a_reading_in_range_or_a_clue_error(text: str):
    try:
        reading = read_place(text)
    except ClueError:
        return
    assert reading.codes == tuple(sorted(set(reading.codes)))
    assert len(reading.codes) == len(reading.names)
    assert 0 < reading.weight <= 1
    assert all(covers(reading.codes, code) for code in reading.codes if len(code) == 5)


def test_the_codes_of_regions_and_neighbourhoods_exist():
    codes = {row.code for row in municipalities()} | {one.code for one in prefectures()}
    for name in ("regions", "neighbourhoods"):
        for row in table(name):
            assert set(row["codes"].split()) <= codes
            assert 0 < float(row["weight"]) <= 1


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("とうきょう", "Tōkyō"),
        ("しんばし", "Shimbashi"),
        ("さっぽろ", "Sapporo"),
        ("ちゅうおう", "Chuo"),
        ("じゃ", "ja"),
        ("ひゃく", "hyaku"),
        ("いっちょう", "Itcho"),
        ("つ", "tsu"),
    ],
)
def test_hepburn(kana: str, romaji: str):
    assert romaji_key(hepburn(kana)) == romaji_key(romaji)
