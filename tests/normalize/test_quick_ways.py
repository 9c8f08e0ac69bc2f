"""Quick ways that were put before slow ones: each is held to the slow one, which is plain to see to be right."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tsukitome.normalize.money_labels import _label, _labels, _labels_in
from tsukitome.normalize.municipality import municipalities
from tsukitome.normalize.place import day_that_matters, first_day_alike, municipality_of
from tsukitome.normalize.text import _clusters, _fold_cluster, fold, fold_with_offsets, key
from tsukitome.normalize.title import comparable, title_key, title_stem
from tsukitome.sources.officer_cell import mask_officials, quotation

DASHES = "‐‑‒–—―−─━－˗⁃﹣﹘⸺"
texts = st.text(f"{DASHES}-ーｰﾞﾟｶﾊカパア亜ａＡa1１①⑳㉑㈱㍍ \u3000\n\ufe00\u0301\u3099円,，", max_size=30)


def slow_fold(text: str) -> str:
    text = re.sub("[\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", text)
    if re.search("[①-⑳㉑-㊿]", text):
        text = "".join(_fold_cluster(text[start:end]) for start, end in _clusters(text))
    else:
        text = unicodedata.normalize("NFKC", text)
    text = re.sub(f"[{DASHES}]", "-", text)
    text = re.sub("(?<=[0-9A-Za-z])[ーｰ](?=[0-9A-Za-z])", "-", text)
    return re.sub("(?<=[ァ-ヺ])-(?=[ァ-ヺ])", "ー", text)


@given(texts)
def test_fold(text: str) -> None:
    assert fold(text) == slow_fold(text)
    assert fold(text * 40) == slow_fold(text * 40)


@given(texts)
def test_fold_with_offsets(text: str) -> None:
    folded = fold_with_offsets(text)
    spans = [
        (start, end)
        for start, end in _clusters(text)
        for _ in re.sub("[\ufe00-\ufe0f]", "", _fold_cluster(text[start:end]))
    ]
    assert list(zip(folded.starts, folded.ends, strict=True)) == spans
    if not re.search("[\ufe00\u0301\u3099]", text):  # folded as a whole, marks join what stands before them
        assert folded.text == fold(text)


days = st.dates(dt.date(2004, 1, 1), dt.date(2027, 1, 1))
names = st.sampled_from([place.full_name for place in municipalities()] + [place.name for place in municipalities()])


@given(names, days)
def test_the_day_matters_for_few_places(name: str, day: dt.date) -> None:
    address = f"{name}本町1-2-3"
    place = municipality_of(address, day)
    assert municipality_of(address, first_day_alike(day)) == place
    assert municipality_of(address, day_that_matters(address, day)) == place


posts = st.text("局次長官理事担当者役責任参総裁学 \u3000山田太郎子（）。、|1", max_size=25)


@given(st.lists(posts.map(str.strip), max_size=4))
def test_cells_are_masked_alone(cells: list[str]) -> None:
    assert quotation(cells) == mask_officials(" | ".join(cells))


pieces = (
    "平成29年度 令和元年 H30 ３０年度 ２０１９年 ㍻ 和平 第2回 第二期 第Ⅲ四半期 第２區分 地区 グループ その3 (2) 1・2号棟"
    " 一期一会 十 ⼀ 清掃業務 澤 沢 ㈱ 株 ホットライン ほっとらいん ー"
)
titles = st.lists(st.sampled_from([" ", *pieces.split()]), max_size=5).map("".join)


@given(titles, titles)
def test_titles_of_one_key_have_one_stem(one: str, other: str) -> None:
    assert title_stem(one) == re.sub(
        "[^一-鿿]|[昭和平成令元年度第回期次号区分地工四半一二三四五六七八九十]", "", title_key(one).text
    )
    if title_key(one) == title_key(other):
        assert title_stem(one) == title_stem(other)


def test_a_stem_tells_titles_apart_by_their_kanji() -> None:
    assert (
        title_stem("平成30年度 ホットライン業務委託（その２）")
        == title_stem("平成29年度ホットライン業務委託")
        == "業務委託"
    )
    assert title_stem("警備業務委託") != title_stem("清掃業務委託")


@given(st.text("あぁゖゝアヴー-ｱﾞ髙澤＿_・Aßß１㈱ \u3000", max_size=12))
def test_what_counts_in_a_title(title: str) -> None:
    katakana = [chr(ord(one) + 0x60) if "ぁ" <= one <= "ゖ" or one in "ゝゞ" else one for one in key(title)]
    assert comparable(title) == "".join(katakana).replace("ー", "")


@given(st.lists(st.sampled_from([word for word, *_ in _labels()] + ["契約", " ", "\n", "：", "総", "額"]), max_size=4))
def test_labels_are_looked_for_by_their_words(words: list[str]) -> None:
    for text in ("".join(words), " ".join("".join(words))):
        slow = [_label(word, unless) for word, unless, *_ in _labels() if _label(word, unless).search(text)]
        assert [pattern for pattern, *_ in _labels_in(text) if pattern.search(text)] == slow
