"""How the words of one title stand in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.title import TitleKey, title_key
from tsukitome.normalize.title_wording import wording


def of(asked: str, found: str) -> str:
    words = [title_key(word).text for word in asked.split()]
    return wording(title_key(asked).text, words, title_key(found).text)[0]


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        ("国有林の境界調査", "平成29年度国有林の境界調査に係る業務委託", "held"),
        ("境界調査 国有林", "国有林の境界調査", "held"),  # a space: something may be left out, or stand elsewhere
        ("国有林境界調査業務", "国有林の境界調査に係る業務", "held"),  # what stands between is left out
        ("システム用サーバの調達", "システム用サーバの購入一式", "reworded"),
        ("庁舎の清掃についての業務", "庁舎の清掃に関する委託業務", "reworded"),
        ("中小企業相談支援事業（北見コーナー）", "中小企業相談支援事業（室蘭コーナー）", "varied"),
        ("船戸上流維持作業", "船戸下流維持作業", "opposed"),
        ("P12橋脚の補修", "D8橋脚の補修", "opposed"),
        ("庁舎清掃業務（新館）", "庁舎清掃業務", "left_out"),
        ("庁舎 宇宙船", "庁舎清掃業務", "left_out"),  # single words are in no one's place
    ],
)
def test_wordings(asked: str, found: str, expected: str) -> None:
    assert of(asked, found) == expected


def test_what_differs_is_told() -> None:
    assert wording("青森国道ノ点検", ["青森国道ノ点検"], "山形国道ノ点検")[1] == ("青森", "山形")


PIECES = st.text("国点検業務式の及び京阪", max_size=12)


@given(PIECES.filter(bool), PIECES)
def test_a_title_holds_each_of_its_pieces(piece: str, rest: str) -> None:
    assert wording(piece, [piece], rest + piece)[0] == wording(piece, [piece], piece + rest)[0] == "held"


APART = [
    ("最上川上流河道掘削工事", "最上川中上流河道掘削工事"),
    ("利根川上流維持工事", "利根川下流維持工事"),
    ("利根川中流部護岸工事", "利根川下流部護岸工事"),
    ("庁舎外壁改修工事その1", "庁舎外壁改修工事その2"),
    ("庁舎外壁改修工事（その１）", "庁舎外壁改修工事（その２）"),
    ("国道17号電線共同溝工事第1工区", "国道17号電線共同溝工事第2工区"),
    ("国道17号電線共同溝工事1工区", "国道17号電線共同溝工事2工区"),
    ("東地区下水道管渠築造工事", "西地区下水道管渠築造工事"),
    ("北東地区下水道管渠築造工事", "東地区下水道管渠築造工事"),
    ("南東地区下水道管渠築造工事", "南西地区下水道管渠築造工事"),
    ("宿舎A棟改修工事", "宿舎B棟改修工事"),
    ("平成30年度統計調査業務", "令和元年度統計調査業務"),
    ("30年度統計調査業務", "平成29年度統計調査業務"),
    ("2年度統計調査業務", "令和3年度統計調査業務"),
    ("R2年度統計調査業務", "令和3年度統計調査業務"),
    ("1号橋補修工事", "2号橋補修工事"),
    ("1号橋補修工事", "11号橋補修工事"),
    ("国道1号舗装修繕工事", "国道171号舗装修繕工事"),
    ("第一庁舎空調設備更新工事", "第二庁舎空調設備更新工事"),
    ("庁舎電気設備改修工事", "庁舎機械設備改修工事"),
    ("合同庁舎警備業務", "合同庁舎清掃業務"),
    ("道路維持工事（管内一円）", "河川維持工事（管内一円）"),
    ("上水道管路更新工事", "下水道管路更新工事"),
    ("パソコン購入一式", "パソコン賃貸借一式"),
    ("職員研修（初級）実施業務", "職員研修（中級）実施業務"),
    ("調査業務（Ⅰ期）", "調査業務（Ⅱ期）"),
    ("調査業務（前期）", "調査業務（後期）"),
    ("庁舎清掃業務（4月分）", "庁舎清掃業務（5月分）"),
    ("庁舎清掃業務（1月分）", "庁舎清掃業務（11月分）"),
    ("常用発電機点検業務", "非常用発電機点検業務"),
    ("新庁舎什器購入", "旧庁舎什器購入"),
    ("樋門左岸補修工事", "樋門右岸補修工事"),
    ("トンネル上り線補修工事", "トンネル下り線補修工事"),
    ("本館照明設備更新", "別館照明設備更新"),
    ("海上自衛隊隊舎改修", "陸上自衛隊隊舎改修"),
    ("国内出張手配業務", "国外出張手配業務"),
    ("橋梁点検業務その3", "橋梁点検業務その13"),
    ("サーバ賃貸借（ロット1）", "サーバ賃貸借（ロット2）"),
    ("サーバ賃貸借（2号機）", "サーバ賃貸借（3号機）"),
    ("灯油の購入（単価契約）", "軽油の購入（単価契約）"),
    ("国道の除雪作業", "県道の除雪作業"),
    ("第2回労働者調査", "第3回労働者調査"),
    ("窓口業務（日勤）委託", "窓口業務（夜勤）委託"),
]
ONE = [
    ("庁舎外壁改修工事その一", "庁舎外壁改修工事その1"),
    ("国道17号電線共同溝工事第1工区", "国道17号電線共同溝工事1工区"),
    ("国道17号電線共同溝工事第一工区", "国道17号電線共同溝工事第1工区"),
    ("宿舎Ａ棟改修工事", "宿舎A棟改修工事"),
    ("平成31年度統計調査業務", "令和元年度統計調査業務"),
    ("2018年度統計調査業務", "平成30年度統計調査業務"),
    ("30年度統計調査業務", "平成30年度統計調査業務"),
    ("R元年度統計調査業務", "令和元年度統計調査業務"),
    ("国道1号舗装修繕工事", "一般国道1号舗装修繕工事"),
    ("第1庁舎空調設備更新工事", "第一庁舎空調設備更新工事"),
    ("パソコンの調達", "パソコンの購入"),
    ("調査業務（Ⅱ期）", "調査業務（第2期）"),
    ("申告書データ入力業務", "申告書の入力業務"),
    ("庁舎の清掃", "庁舎清掃業務委託"),
    ("西地区下水道管渠築造工事", "東・西地区下水道管渠築造工事"),
    ("2号棟屋根改修工事", "1・2号棟屋根改修工事"),
    ("平成30・31年度調査業務", "平成31年度調査業務"),
]


def tells_apart(asked: str, found: str) -> bool:
    return bool(title_key(asked).differs(title_key(found))) or of(asked, found) == "opposed"


@pytest.mark.parametrize(("asked", "found"), APART)
def test_works_that_differ_in_a_year_a_lot_or_a_word_that_excludes_the_other(asked: str, found: str) -> None:
    assert tells_apart(asked, found)
    assert tells_apart(found, asked)


@pytest.mark.parametrize(("asked", "found"), ONE)
def test_one_work_in_two_spellings(asked: str, found: str) -> None:
    assert not tells_apart(asked, found)
    assert not tells_apart(found, asked)


@pytest.mark.parametrize(
    ("asked", "found", "pieces"),
    [
        ("最上川上流の掘削", "最上川中上流の掘削", ("上流", "中上流")),
        ("上流の掘削", "中上流の掘削", ("上流", "中上流")),
        ("国道1号の舗装", "国道171号の舗装", ("1", "171")),
        ("発電機の点検（常用）", "発電機の点検（非常用）", ("常用", "非常用")),
        ("合同庁舎の警備業務", "合同庁舎の清掃業務", ("警備", "清掃")),
    ],
)
def test_the_whole_words_that_exclude_each_other_are_told(asked: str, found: str, pieces: tuple[str, str]) -> None:
    one, other = title_key(asked).text, title_key(found).text
    assert wording(one, [one], other) == ("opposed", pieces)


@pytest.mark.parametrize(
    ("title", "text", "numbers"),
    [
        ("30年度統計調査", "統計調査", {("year", 2018)}),
        ("2年度統計調査", "統計調査", {("year", 2020)}),
        ("令和2～4年度統計調査", "統計調査", {("year", 2020), ("year", 2022)}),
        ("R元年度統計調査", "統計調査", {("year", 2019)}),
        ("Ⅲ期工事", "工事", {("期", 3)}),
        ("第三庁舎の清掃", "第3庁舎ノ清掃", set()),
        ("1・2号棟屋根改修", "1・2号棟屋根改修", set()),
        ("3期間の平均", "3期間ノ平均", set()),
    ],
)
def test_numbers_of_titles(title: str, text: str, numbers: set[tuple[str, int]]) -> None:
    assert title_key(title) == TitleKey(text, frozenset(numbers))
