"""How many took part in a tender (OCDS ``tender.numberOfTenderers``), as a table's column or its remarks print it.

The column is 応札・応募者数 in the form of the publications on public-interest corporations (行政改革実行本部決定 2012-06-01), and
応札者数, 入札者数 or 入札参加者数 in others. Remarks are believed only where they say nothing else by it: 一者応札 of an earlier
tender, or the reasons of one, give no number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tsukitome.normalize.text import fold, squeeze

_KANJI = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}
_NUMBER = "[0-9]{1,3}|[一二三四五六七八九十]"
_WORD = "(?:者|社|業者|名|人)"
_PLAIN = re.compile(rf"([0-9]{{1,4}}|[0-9],[0-9]{{3}}|[一二三四五六七八九十])(?:\.0)?{_WORD}?")
_SAYS_NONE = re.compile(r"[-‐―—–−ー_/*]*|非公表|非公開|不明|該当なし|なし|無し|対象外|随意契約|随契")
_ENDS = r"(?=$|[、。,;)】」](?![0-9])|のため|となっ|であ|だっ)"
_BEGINS = r"(?:^|(?<=[、。,;(【「※]))"
_COUNTED = re.compile(
    rf"{_BEGINS}(応札|応募|入札)(?:・応募)?(?:参加)?(?:業?者|社)?(?:数[はが]?[:=]?({_NUMBER}){_WORD}?|[はが]?[:=]?({_NUMBER}){_WORD}){_ENDS}"
)
_ALONE = re.compile(rf"{_BEGINS}({_NUMBER})(?:者|社)(?:による)?(応札|入札|応募){_ENDS}")
_ELSEWHEN = re.compile(r"前回|前年|前々|過去|昨年|従前|従来|以前|これまで|次回|次年|今後|当初|別途|[①-⑳]")
_LONE = frozenset(
    {
        "有", "有り", "あり", "○", "◯", "〇", "◎", "●", "✓", "レ", "該当", "該当有", "該当あり", "はい",
        "1", "1者", "1社", "一者", "一社",
    }
)  # fmt: skip
_SHOWN = 40  # characters of a cell in a warning


class Tenderers(NamedTuple):
    """How many took part, None where it is not printed, and a warning where it was not understood."""

    number: int | None
    warning: str | None


NOT_PRINTED = Tenderers(None, None)


@lru_cache(maxsize=1 << 12)
def read_tenderers(printed: str) -> Tenderers:
    """A cell of the column: 3, 3者, 一者. A dash, 0 and 非公表 stand for a number that is not told; no award comes of no bids."""
    if not printed:
        return NOT_PRINTED
    text = squeeze(fold(printed))
    if match := _PLAIN.fullmatch(text) if not _ELSEWHEN.search(printed) else None:
        return Tenderers(_number(match[1]), None)
    if _SAYS_NONE.fullmatch(text):
        return NOT_PRINTED
    told = tenderers_in_remarks(printed)
    return Tenderers(told, None if told else f"the number of tenderers {printed.strip()[:_SHOWN]!r} was not understood")


@lru_cache(maxsize=1 << 8)
def lone_tenderer(printed: str) -> int | None:
    """1 where a cell of the column 一者応札の有無 says that there was one bid; None for 無, a dash and whatever else it says."""
    text = squeeze(fold(printed)).strip("()「」【】")
    return 1 if text in _LONE or (_ALONE.fullmatch(text) and _number(text[:1]) == 1) else None


@lru_cache(maxsize=1 << 12)
def tenderers_in_remarks(printed: str) -> int | None:
    """The number that remarks state (一者応札, 応札者1者, 応札者数:1); None where they state several, or speak of another tender.

    Those who applied (応募) are not those who bid (応札, 入札): where both are counted, the bids are.
    """
    if not any(word in printed for word in ("応札", "入札", "応募")):
        return None
    text = squeeze(fold(printed))
    if _ELSEWHEN.search(text) or _ELSEWHEN.search(printed):
        return None
    found = [(match[1], match[2] or match[3]) for match in _COUNTED.finditer(text)]
    found += [(match[2], match[1]) for match in _ALONE.finditer(text)]
    numbers = {_number(number) for kind, number in found if kind != "応募"} or {_number(number) for _, number in found}
    return numbers.pop() if len(numbers) == 1 else None


def _number(text: str) -> int | None:
    return _KANJI.get(text) or int(text.replace(",", "")) or None
