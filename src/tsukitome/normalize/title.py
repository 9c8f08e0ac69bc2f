"""Titles of contracts as keys: characters to compare, and the years, ordinals and lots in them, kept apart.

平成28年度 and 平成29年度 differ in one character, yet make two contracts of one; so numbers are compared as numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

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
    return compared.translate(_COMPARABLE)


# Hiragana as katakana, and no prolonged sound mark.
_COMPARABLE: dict[int, int | None] = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)} | {
    ord("ー"): None
}


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
_PIECE = 2  # characters from which what agrees, or differs, is a piece of a title and no accident
_PIECES = 4  # at most so many pieces hold a title that leaves out what stands between them

# How the words of one title stand in another: all of them there; there in other words; not all there; others in their place; or,
# the rest being alike, the opposite in their place.
Wording = Literal["held", "reworded", "left_out", "varied", "opposed"]
WORDINGS: tuple[Wording, ...] = get_args(Wording)


def wording(asked: str, words: Sequence[str], found: str) -> tuple[Wording, tuple[str, str] | None]:
    """How what was said of a title stands in another, both as keys; and the pieces of the two that differ where all else agrees.

    ``words`` are the pieces of ``asked`` between which something may have been left out.
    """
    if all(word in found for word in words):
        return "held", None
    holds, differing = _aligned(asked, found)
    if holds:
        return "held", None
    for one, other in differing:
        if _are_opposed(one, other):
            return "opposed", (one, other)
    said, printed = _usual(asked), _usual(found)
    if all(_usual(word) in printed for word in words):
        return "reworded", None
    holds, differing = _aligned(said, printed)
    if holds:
        return "reworded", None
    varied = [pieces for pieces in differing if max(map(len, pieces)) >= _PIECE] if len(words) == 1 else []
    return ("varied", varied[0]) if varied else ("left_out", None)


def _aligned(asked: str, found: str) -> tuple[bool, list[tuple[str, str]]]:
    """Whether all of a key stands in another in a few pieces, in order; and the pieces in whose place each has another, with
    enough that agrees beside them.
    """
    from rapidfuzz.distance import Levenshtein

    pieces, agreeing, around, one, other = [], [], 0, "", ""
    blocks = Levenshtein.opcodes(asked, found)
    for number, block in enumerate(blocks):
        agreed = block.src_end - block.src_start if block.tag == "equal" else 0
        if agreed:
            agreeing.append(agreed)
        else:
            one += asked[block.src_start : block.src_end]
            other += found[block.dest_start : block.dest_end]
        if agreed or number == len(blocks) - 1:
            if one and other and max(around, agreed) >= _AROUND:
                pieces.append((one, other))
            around, one, other = agreed, "", ""
    holds = sum(agreeing) == len(asked) and 0 < len(agreeing) <= _PIECES and min(agreeing) >= min(_PIECE, len(asked))
    return holds, pieces


def _are_opposed(one: str, other: str) -> bool:
    return other in _opposites().get(one, "") or bool(_MARK.fullmatch(one.upper()) and _MARK.fullmatch(other.upper()))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all words that have a usual one in their place, and these by the key of the word."""
    usual: dict[str, str] = {}
    for row in table("title_synonyms"):
        first, *others = row["row"].split()
        stands = "" if first == "〇" else comparable(first)
        usual |= {comparable(word): stands for word in others}
    longest = sorted(usual, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))), usual


@lru_cache(maxsize=1 << 14)
def _usual(text: str) -> str:
    """A title's key with the usual word in the place of each that has one."""
    pattern, usual = _synonyms()
    return pattern.sub(lambda match: usual[match.group()], text)
