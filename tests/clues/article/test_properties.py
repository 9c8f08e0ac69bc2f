"""What holds for any text: offsets slice to the quotation, one value has one reading, nothing raises."""

from __future__ import annotations

import datetime as dt

import pytest
from clues.article.gold import articles
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.clues.article import read_article
from tsukitome.clues.article.article_clues import ArticleClues
from tsukitome.reporting.article import fragment, pieces

DAY = dt.date(2018, 3, 19)
SCRAPS = [
    "去年8月", "平成29年8月9日", "に契約した。", "東京・豊島区", "北区", "の会社", "約1億8000万円", "数億円",
    "で落札", "「", "」", "業務委託", "一般競争入札", "500万人分", "日本年金機構が", "市は", "、", "。",
    "\n", "\u3000", "(", ")", "㈱", "①", "ﾃﾞｰﾀ", "\u304c\u3099",
    "\u9ad9\U000e0100", "\ud800", "1月", "31日", "2月30日", "99年99月", "同日", "翌月",
    "落札率98%", "予定価格", "3社が入札", "１．８億円", "〜", "から", "0円", "億単位", "兆円", "-",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=6)), max_size=30).map("".join)
DAYS = st.one_of(st.none(), st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)))


@settings(deadline=None)
@given(TEXTS, DAYS)
def test_any_text_is_read_and_offsets_slice_to_the_quotation(text: str, day: dt.date | None) -> None:
    read = read_article(text, day)
    assert all(text[clue.start : clue.end] == clue.quote != "" for clue in read)
    assert [clue.start for clue in read] == sorted(clue.start for clue in read)
    assert all(text[question.start : question.end] == question.quote for question in read.questions)
    assert "".join(piece for piece, _ in pieces(read)) == text


@pytest.mark.parametrize(
    "scrap", ["「", "『「", "(", "億", "月", "9", "大阪府", "1億円", "去年8月", "㍻", "\U0001f600", "\x00", "𠮷"]
)
def test_a_text_of_one_scrap_over_and_over_is_read(scrap: str) -> None:
    read = read_article(scrap * 2_000, DAY)
    assert all(read.text[clue.start : clue.end] == clue.quote for clue in read)


@settings(deadline=None)
@given(st.sampled_from(articles()), st.data())
def test_a_broken_article_is_read_too(gold: dict, data: st.DataObject) -> None:
    text = gold["text"]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    read = read_article(text[:start] + text[end:], DAY)
    assert isinstance(read, ArticleClues)
    assert fragment(read).startswith("<div")


def _kanji(number: int) -> str:
    digits, small = "〇一二三四五六七八九", ["", "十", "百", "千"]
    words = ""
    for place, large in ((8, "億"), (4, "万"), (0, "")):
        part = number // 10**place % 10**4
        if part:
            for power in (3, 2, 1, 0):
                digit = part // 10**power % 10
                if digit:
                    words += ("" if digit == 1 and power and (power < 3 or not large) else digits[digit]) + small[power]
            words += large
    return words


def _man(number: int) -> str:
    """In 万, with a decimal fraction of 億 where there is 億: 1.8254億, 8254.7万."""
    unit, word = (10**8, "億") if number >= 10**8 else (10**4, "万")
    whole, part = divmod(number, unit)
    decimals = str(part).zfill(len(str(unit)) - 1).rstrip("0")
    return f"{whole}{'.' if decimals else ''}{decimals}{word}"


def _thousands(number: int) -> str:
    """With 千 and 百 as newspapers mix them: 1億8千万, 7千5百万."""
    if number % 10**6 or not number % 10**8:
        return _mixed(number)
    oku, rest = divmod(number, 10**8)
    sen, hyaku = divmod(rest // 10**6, 10)
    words = (f"{sen}千" if sen else "") + (f"{hyaku}百" if hyaku else "")
    return (f"{oku}億" if oku else "") + words + "万"


def _mixed(number: int) -> str:
    oku, man, rest = number // 10**8, number // 10**4 % 10**4, number % 10**4
    return (f"{oku}億" if oku else "") + (f"{man}万" if man else "") + (str(rest) if rest else "")


ROUND = st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 9999), st.integers(4, 7))


@settings(deadline=None)
@given(st.one_of(st.integers(10**4, 10**11 - 1), ROUND), st.sampled_from(["", "約", "およそ"]))
def test_a_value_in_any_written_form_reads_the_same(yen: int, about: str) -> None:
    forms = [
        f"{yen}",
        f"{yen:,}",
        f"{yen:,}".translate(str.maketrans("0123456789,", "０１２３４５６７８９，")),
        _kanji(yen),
        _mixed(yen),
        _mixed(yen).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        _man(yen),
        _man(yen).replace(".", "・"),
        _thousands(yen),
        *([f"{yen // 1000:,}千"] if yen % 1000 == 0 else []),
        *([f"{yen // 10**6:,}百万"] if yen % 10**6 == 0 else []),
    ]
    found = set()
    for form in forms:
        (clue,) = [
            clue for clue in read_article(f"機構は{about}{form}円で会社と契約した。", DAY) if clue.name == "value"
        ]
        assert clue.quote == f"{about}{form}円"
        found.add(str(clue.reading))
    assert len(found) == 1
