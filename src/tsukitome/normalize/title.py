"""Titles of contracts as keys: characters to compare, and the years, ordinals and lots in them, kept apart.

平成28年度 and 平成29年度 differ in one character, yet make two contracts of one; so numbers are compared as numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import jaconv

from tsukitome.normalize.dates import era_year
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import fold, fold_with_offsets, key, key_of_folded, table

# Each begins with a character, before anything is asked of what stands before it: so a search can skip to the next such.
_LETTER_OF_ERA = "|".join(rf"{letter}(?<![A-Za-z]{letter})(?=[0-9])" for letter in "HRS")
_ERA = re.compile(
    rf"(?P<era>昭和|平成|令和|{_LETTER_OF_ERA})\s?(?P<year>元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})(?P<what>年度|年|(?=\D|$))"
)
_YEAR = re.compile(r"(?P<year>(?:1(?<![0-9]1)9|2(?<![0-9]2)0)[0-9]{2})(?:年度|年)")
_COUNTED = re.compile(
    r"第\s?(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s?(?P<unit>回|期|次|号|区分|地区|工区|四半期|グループ|ロット)"
)
_PART = re.compile(r"(?:その|\()(?P<number>[0-9]{1,2}|[一二三四五六七八九十])(?:\)|(?![0-9年月日回]))")

# What each of these begins with: most titles have none of it.
_MAY_BE_NUMBERED = re.compile(r"[0-9第(]|その|昭和|平成|令和")

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
        return TitleKey(comparable(text), frozenset())
    numbers: set[tuple[str, int]] = set()

    def take(kind: str, value: int | None, match: re.Match[str]) -> str:
        if value is None:
            return match.group()
        numbers.add((kind, value))
        return " "

    def era(match: re.Match[str]) -> str:
        year = 1 if match["year"] == "元" else _number(match["year"])
        return take("year", year and era_year(match["era"], year), match)

    text = _ERA.sub(era, text)
    if "年" in text:
        text = _YEAR.sub(lambda match: take("year", int(match["year"]), match), text)
    if "第" in text:
        text = _COUNTED.sub(lambda match: take(match["unit"], _number(match["number"]), match), text)
    if "(" in text or "その" in text:
        text = _PART.sub(lambda match: take("part", _number(match["number"]), match), text)
    return TitleKey(_comparable(key_of_folded(text)), frozenset(numbers))


@lru_cache(maxsize=1 << 12)
def _number(printed: str) -> int | None:
    value = value_of(printed)
    return None if value is None else int(value)


def comparable(text: str) -> str:
    """The characters of a title that count: its key with hiragana as katakana and without prolonged sound marks."""
    return _comparable(key(text))


def _comparable(compared: str) -> str:
    return jaconv.hira2kata(compared).replace("ー", "")


@lru_cache(maxsize=1 << 14)
def _comparable_character(character: str) -> str:
    return comparable(character)


def comparable_with_offsets(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """:func:`comparable` character by character, with the span [start, end) of ``text`` that each one stands for."""
    folded = fold_with_offsets(text)
    found = [(char, index) for index, one in enumerate(folded.text) for char in _comparable_character(one)]
    return "".join(char for char, _ in found), tuple((folded.starts[index], folded.ends[index]) for _, index in found)


@cache
def _opposites() -> dict[str, str]:
    """Each character that tells like works apart, with its row."""
    return {char: row["row"] for row in table("opposites") for char in row["row"]}


_MARK = re.compile(r"[0-9A-Z]{1,4}")
_AROUND = 2  # characters that must agree before or behind a difference for it to be one of the same place


def opposing(asked: str) -> re.Pattern[str] | None:
    """What a key, in capitals, must hold somewhere to be :func:`opposed` to ``asked``; None where no key is."""
    chars = {char for one in asked for char in _opposites().get(one, "")}
    among = "".join(map(re.escape, sorted(chars))) + ("0-9A-Z" if _MARK.search(asked.upper()) else "")
    return re.compile(f"[{among}]") if among else None


def opposed(asked: str, found: str) -> tuple[str, str] | None:
    """Where two keys of titles, otherwise alike, name two works: 上 against 下, P12 against D8; None where they don't.

    What one of them leaves out opposes nothing.
    """
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.opcodes(asked, found)
    for number, block in enumerate(blocks):
        if block.tag != "replace":
            continue
        beside = [blocks[other] for other in (number - 1, number + 1) if 0 <= other < len(blocks)]
        if not any(one.tag == "equal" and one.src_end - one.src_start >= _AROUND for one in beside):
            continue
        one, other = asked[block.src_start : block.src_end], found[block.dest_start : block.dest_end]
        if other in _opposites().get(one, "") or (_MARK.fullmatch(one.upper()) and _MARK.fullmatch(other.upper())):
            return one, other
    return None
