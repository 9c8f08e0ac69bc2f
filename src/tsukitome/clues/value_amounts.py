"""The amounts of money that a phrase states, and the words of ``tables/value_words.csv`` that stand around them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError
from tsukitome.normalize.numbers import NUMERAL, value_of
from tsukitome.normalize.text import table
from tsukitome.pattern import pattern

EXAMPLE = "--value 約1億8000万円"
SEN = Decimal("0.01")
_SEN_TAIL = pattern(r"(?P<sen>[0-9]{1,2})銭")
_LINK = r"~|〜|～|-|から|より|ないし|\.\.|…"
_OPEN_ENDED = frozenset({"at_least", "over"})  # 1億円以上2億円未満 needs no から


@dataclass(frozen=True, slots=True)
class Stated:
    """What a folded phrase states at [start, end): a value, or a range up to ``high``. ``low_rule`` is that of a word
    behind the lower end (2億円弱から3億円).
    """

    value: Decimal
    start: int
    end: int
    high: Decimal | None = None
    low_rule: str | None = None


@cache
def value_words() -> tuple[tuple[str, str, str, str], ...]:
    """(word, side, kind, gives), the longest words first so that 見込み総額 is not taken for 総額."""
    rows = table("value_words", "tsukitome.clues")
    found = [(row["word"], row["side"], row["kind"], row["gives"]) for row in rows]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def stated_amounts(text: str, folded: str) -> Stated:
    """The amount, or the two of a range; raises ClueError where there is none, or more than one without a range's words."""
    amounts = _without_counts(_amounts(text, folded), folded)
    if not amounts:
        raise ClueError("value", text, "there is no amount of money in it.", EXAMPLE)
    if len(amounts) > 2:
        raise ClueError("value", text, "it holds more than one amount.", EXAMPLE)
    value, start, end = amounts[0]
    if len(amounts) == 1:
        if value <= 0:
            raise ClueError("value", text, "a value is more than 0 yen.", EXAMPLE)
        return Stated(value, start, end)
    high, second, last = amounts[1]
    match = _between().fullmatch(folded, end, second)
    rule = _bounds_words().get(match["word"] or "") if match else None
    if match is None or not (match["link"] or rule in _OPEN_ENDED):
        raise ClueError("value", text, "it holds more than one amount.", EXAMPLE)
    if value < 10_000 <= high and folded[start:end].isdigit():  # 1〜2億円: the unit is printed once
        value *= Decimal(10) ** (len(str(int(high))) - len(str(int(high)).rstrip("0")))
    if value > high:
        raise ClueError("value", text, "the range runs backwards.", "--value 1億8000万円〜2億円")
    return Stated(value, start, last, high, rule)


@cache
def _bounds_words() -> dict[str, str]:
    return {word: gives for word, side, kind, gives in value_words() if kind == "bounds" and side == "after"}


@cache
def _before_words() -> str:
    return "|".join(re.escape(word) for word, side, kind, _ in value_words() if kind == "bounds" and side == "before")


@cache
def _between() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _bounds_words()))
    return re.compile(rf"(?P<word>{words})?(?P<link>{_LINK})?(?:{_before_words()})?")


@cache
def _range_begins() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _bounds_words()))
    return re.compile(rf"(?:{words})?(?:{_LINK})(?:{_before_words()})?[0-9一二三四五六七八九]")


def _amounts(text: str, folded: str) -> list[tuple[Decimal, int, int]]:
    amounts: list[tuple[Decimal, int, int]] = []
    for match in NUMERAL.finditer(folded):
        value = value_of(match.group())
        end = match.end()
        if value is None:
            raise ClueError("value", text, f"{match.group()!r} is no number.", EXAMPLE)
        if scale := re.match(r"百万(?=円)", folded[end:]):
            value, end = value * 10**6, end + scale.end()
        if folded[end : end + 1] == "円":
            end += 1
            if sen := _SEN_TAIL.match(folded, end):
                value, end = value + int(sen["sen"]) * SEN, sen.end()
        amounts.append((value, match.start(), end))
    return amounts


def _without_counts(amounts: list[tuple[Decimal, int, int]], folded: str) -> list[tuple[Decimal, int, int]]:
    """Without the numbers that count years or pieces (``3年契約``, ``1件14円``) where an amount of money is there too."""
    money = [amount for amount in amounts if folded[amount[2] - 1] == "円" or folded[amount[2] - 1] == "銭"]
    if not money:
        return amounts
    ranged = [amount for amount in amounts if _range_begins().match(folded, amount[2])]
    return sorted({*money, *ranged}, key=lambda amount: amount[1])
