"""Titles of contracts as keys: characters to compare, and the years, ordinals and lots in them, kept apart.

平成28年度 and 平成29年度 differ in one character, yet make two contracts of one; so numbers are compared as numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tsukitome.dataclass import dataclass
from tsukitome.normalize.dates import era_year
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import fold, fold_variants, fold_with_offsets, key_of_folded
from tsukitome.pattern import pattern

# Each begins with a character, before anything is asked of what stands before it: so a search can skip to the next such.
_LETTER_OF_ERA = "|".join(rf"{letter}(?<![A-Za-z]{letter})(?=[0-9元])" for letter in "HRS")
_ERA = pattern(
    rf"(?P<era>昭和|平成|令和|{_LETTER_OF_ERA})\s?(?P<year>元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})(?P<what>年度|年|(?=\D|$))"
)
_YEAR = pattern(r"(?P<year>(?:1(?<![0-9]1)9|2(?<![0-9]2)0)[0-9]{2})(?:年度|年)")
# 30年度, without its era: the latest year that it can mean.
_FISCAL_YEAR = pattern(r"(?<![0-9])(?P<year>元|[0-9]{1,2})年度(?![目間])")
_LAST_OF_REIWA = 11  # 令和11年度 is 2029; 12年度 is of 平成
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_NUMERAL = (
    rf"[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}}|(?<![A-Za-z])(?:{'|'.join(sorted(_ROMAN, key=len, reverse=True))})"
)
_COUNTED = pattern(rf"第\s?(?P<number>{_NUMERAL})\s?(?P<unit>回|期|次|号|区分|地区|工区|四半期|グループ|ロット)")
# What is counted without 第 too. Kanji need it: 一期 may be a part of another word.
_UNIT = pattern(
    rf"(?<![0-9.])(?P<number>[0-9]{{1,2}}|(?<![A-Za-z])(?:{'|'.join(sorted(_ROMAN, key=len, reverse=True))}))\s?"
    r"(?P<unit>工区|四半期|ロット|期(?!間|限|日|末))"
)
_ORDINAL = pattern(r"(?<=第)[一二三四五六七八九十]{1,3}")
_LIST = pattern(r"[・、~/,](?<=[0-9].)(?=[0-9])(?!(?<=,)[0-9]{3}(?![0-9]))")
_PART = pattern(r"(?:その|\()(?P<number>[0-9]{1,2}|[一二三四五六七八九十])(?:\)|(?![0-9年月日回]))")

# What each of these begins with: most titles have none of it.
_MAY_BE_NUMBERED = pattern(r"[0-9第(]|その|昭和|平成|令和|元年度|[IVX](?=\s?(?:工区|四半期|ロット|期))|[HRS]元")

# Whatever is no kanji, and the kanji with which the numbers above are written.
_NO_STEM = pattern("(?:[^一-鿿]|[昭和平成令元年度第回期次号区分地工四半一二三四五六七八九十])+")

Numbers = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class TitleKey:
    """A title for comparing: ``text`` is its key without its numbers, ``numbers`` are (kind, value) pairs: ``("year", 2017)``,
    ``("回", 2)``, ``("part", 1)``.
    """

    text: str
    numbers: Numbers

    def differs(self, other: TitleKey) -> tuple[str, ...]:
        """The kinds of number that both titles have and in which they share no value."""
        kinds = {kind for kind, _ in self.numbers} & {kind for kind, _ in other.numbers}
        return tuple(sorted(kind for kind in kinds if not self.of(kind) & other.of(kind)))

    def of(self, kind: str) -> set[int]:
        """The values of one kind."""
        return {value for name, value in self.numbers if name == kind}


@lru_cache(maxsize=1 << 15)  # a title is asked for its key by every record and every question
def title_key(title: str) -> TitleKey:
    """The key of a title; white space, width, kana, case and punctuation do not count."""
    text = fold(title)
    if not _MAY_BE_NUMBERED.search(text):
        return TitleKey(text.translate(_COMPARED), frozenset())
    numbers: set[tuple[str, int]] = set()

    def take(kind: str, value: int | None, match: re.Match[str]) -> str:
        if value is None:
            return match.group()
        numbers.add((kind, value))
        return " "

    text = _ERA.sub(lambda match: take("year", _year_of_era(match["era"], match["year"]), match), text)
    if "年" in text:
        text = _YEAR.sub(lambda match: take("year", int(match["year"]), match), text)
        text = _FISCAL_YEAR.sub(lambda match: take("year", _latest_year(match["year"]), match), text)

    def counted(match: re.Match[str]) -> str:
        return take(match["unit"], _ROMAN.get(match["number"]) or _number(match["number"]), match)

    if "第" in text:
        text = _ORDINAL.sub(lambda match: str(_number(match.group())), _COUNTED.sub(counted, text))
    if "期" in text or "工区" in text or "ロット" in text:
        text = _UNIT.sub(counted, text)
    if "(" in text or "その" in text:
        text = _PART.sub(lambda match: take("part", _number(match["number"]), match), text)
    # 1・2号棟 is not 12号棟.
    return TitleKey("・".join([part.translate(_COMPARED) for part in _LIST.split(text)]), frozenset(numbers))


@lru_cache(maxsize=1 << 9)
def _year_of_era(era: str, printed: str) -> int | None:
    year = 1 if printed == "元" else _number(printed)
    return year and era_year(era, year)


def title_stem(title: str) -> str:
    """The kanji of a title that are no part of its numbers: a fraction of the work of :func:`title_key`, and equal for titles whose
    keys are equal.
    """
    return _NO_STEM.sub("", fold_variants(fold(title)))


def _latest_year(printed: str) -> int:
    year = 1 if printed == "元" else int(printed)
    return year + (2018 if year <= _LAST_OF_REIWA else 1988)


@lru_cache(maxsize=1 << 12)
def _number(printed: str) -> int | None:
    value = value_of(printed)
    return None if value is None else int(value)


def comparable(text: str) -> str:
    """The characters of a title that count: its key with hiragana as katakana and without prolonged sound marks."""
    return fold(text).translate(_COMPARED)


class _Compared(dict[int, str]):
    """What each character of a folded text counts as, "" for one that does not count; filled as characters come."""

    def __missing__(self, code: int) -> str:
        compared = self[code] = key_of_folded(chr(code)).translate(_SOUNDS)
        return compared


# Hiragana as katakana, and no prolonged sound mark.
_SOUNDS: dict[int, int | None] = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)} | {
    ord("ー"): None
}
_COMPARED = _Compared()


@lru_cache(maxsize=1 << 14)
def _comparable_character(character: str) -> str:
    return comparable(character)


def comparable_with_offsets(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """:func:`comparable` character by character, with the span [start, end) of ``text`` that each one stands for."""
    folded = fold_with_offsets(text)
    found = [(char, index) for index, one in enumerate(folded.text) for char in _comparable_character(one)]
    return "".join(char for char, _ in found), tuple((folded.starts[index], folded.ends[index]) for _, index in found)
