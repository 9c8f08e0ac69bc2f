"""Folding: what makes two printings of one text equal, and where each character came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.text import (
    _fold_clusters,
    _nfkc,
    close_up,
    fold,
    fold_variants,
    fold_with_offsets,
    key,
    squeeze,
    squeeze_lines,
)

japanese = st.text("aＡ1１ー－-‐〜ｶﾞｱカガ゛㈱①⑤㍻ 　\n（(髙﨑業務一式。、\ufe00\u3099Å", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＳＡＹ企画", "SAY企画"),
        ("㈱見本", "(株)見本"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("１－４８－１０", "1-48-10"),
        ("1ー48ー10", "1-48-10"),
        ("サ－ビス", "サービス"),
        ("データ‐ベース", "データーベース"),
        ("⑤ 29.8.9", "⑤ 29.8.9"),
        ("①②", "①②"),
        ("㍻29年", "平成29年"),
        ("1.8億円～2億円", "1.8億円~2億円"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("髙﨑", "髙﨑"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.one_of(st.text(), japanese))
def test_fold_with_offsets_folds_the_same(text: str) -> None:
    assert fold_with_offsets(text).text == fold(text)


@pytest.mark.parametrize("text", ["①\ufe00ﾞ", "カ\ufe00ﾞ①", "葛\U000e0100ﾞ⑤"])
def test_a_variation_selector_stands_between_no_mark_and_its_base(text: str) -> None:
    assert fold_with_offsets(text).text == fold(text) == fold(text.replace("\ufe00", "").replace("\U000e0100", ""))


@given(st.one_of(st.text(), japanese))
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(st.text(min_size=1), japanese))
def test_offsets_point_into_the_original(text: str) -> None:
    folded = fold_with_offsets(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
    if folded.text:
        assert folded.quote(0, len(folded.text)) in text


@pytest.mark.parametrize(
    ("printed", "closed"),
    [
        ("扶 養 親 族 等  申告書", "扶養親族等申告書"),
        ("S A Y 企 画", "SAY企画"),
        ("データ\n入力", "データ入力"),
        ("Windows Server 2016", "Windows Server 2016"),
        ("業務　一式", "業務一式"),
        ("", ""),
    ],
)
def test_close_up(printed: str, closed: str) -> None:
    assert close_up(printed) == closed


@given(japanese)
def test_close_up_only_takes_white_space(text: str) -> None:
    assert squeeze(close_up(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("データ入力 一式", "ﾃﾞｰﾀ入力一式"),
        ("髙﨑（株）", "高崎(株)"),
        ("「扶養親族等申告書・個人番号申出書」", "扶養親族等申告書個人番号申出書"),
        ("SAY企画", "ｓａｙ企画"),
    ],
)
def test_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_saitama_is_no_variant() -> None:
    assert key("埼玉") != key("﨑玉")
    assert fold_variants("髙澤") == "高沢"


@given(st.text())
def test_key_holds_nothing_that_does_not_count(text: str) -> None:
    assert not any(char.isspace() or char in "()「」・、-" for char in key(text))


@given(st.text(alphabet="ABC１２３ａｂ－ー㈱①⑳㌀ﾊﾟﾞガが〒　 東京都豊島区\u3099\u0301…—─○●㎡№\ufe00", max_size=12))
def test_narrowing_alone_is_nfkc(text: str) -> None:
    assert _nfkc(text) == unicodedata.normalize("NFKC", text)


@given(st.one_of(st.text(), st.text(alphabet="①②か゛ﾊﾟ㈱㌀ＡーA-a1\u3099\u0301\ufe00　 ", max_size=12)))
def test_folding_run_by_run_is_folding_cluster_by_cluster(text: str) -> None:
    assert fold_with_offsets(text) == _fold_clusters(text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n \u3000\u200b\u2060\ufeff\x85\x1c\u2028甲"))))
def test_lines_are_squeezed_as_each_alone(text: str) -> None:
    assert squeeze_lines(text).split("\n") == [squeeze(line) for line in text.split("\n")]


def test_all_white_space_is_squeezed() -> None:
    every = "".join(map(chr, range(0x110000)))
    assert squeeze_lines(every.replace("\n", "")) == squeeze(every)
