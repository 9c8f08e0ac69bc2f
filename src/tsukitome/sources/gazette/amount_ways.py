"""Runs of digits that hold an amount, perhaps behind a lot's number, and every way to read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.gazette.labels import label_key
from tsukitome.sources.vocabulary import vocabulary

_LARGE = "[十百千万億兆]"
_GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"
_DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?![0-9])"  # 182.547.000
_PLAIN = rf"(?:{_DOTTED}|(?:{_GROUPED}|[1-9][0-9]*|0(?=\.))(?:\.[0-9]{{1,4}}(?![0-9]))?)"
_AMOUNT = re.compile(rf"{_PLAIN}(?:{_LARGE}+(?:{_PLAIN})?)*")
_RUN = rf"[0-9][0-9,.]*(?:{_LARGE}+[0-9,.]*)*"
_LIST_RUN = rf"[0-9][0-9,.、~〜・…-]*(?:{_LARGE}+[0-9,.]*)*"
_LOTS = re.compile(r"[0-9]{1,3}(?:[、,.~〜・…-]{1,2}[0-9]{1,3})*[.、]?")
_LOT_BEFORE = re.compile(r"第[0-9]{1,3}(?:[^0-9、。円]{1,6})$")  # 第1工区: its number stands before the word
_ONE_LOT = re.compile(r"[1-9][0-9]?\.?")
# What may stand behind an amount; a counter (1号, 3年, 100個) says that the run is none.
_BEHIND = re.compile(r"円|$|[()、。;/¥@\[\]〓①-⑳]|ほか|他|外|税|単価|総価|第|N[oO]|no|L[oO][tT]|ロット")
_PARENTHESIZED = re.compile(r"\([0-9]{1,3}\)")
_SHORTEST_PLAIN = 3  # digits of an amount without 円
_MONEY_WORD = re.compile(r"(?:[金額価計込抜別約円@¥(（\[、。;:)】]|^)$")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read a run: its first ``label`` characters are a lot's number (0: all is the amount).

    ``clean``: white space parts label and amount, and stands nowhere else between two digits.
    """

    label: int
    clean: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Digits flat[start:end] that hold an amount, perhaps behind a lot's number. ``head``: a word of lots stands before
    them; ``word``: another word does, without white space between.
    """

    start: int
    end: int
    head: bool
    word: bool
    text: str
    gaps: frozenset[int]
    ways: tuple[Way, ...] = field(default=())

    @property
    def letter_spaced(self) -> bool:
        """Whether white space stands between all digits that are neighbours."""
        pairs = [place for place in range(1, len(self.text)) if self.text[place - 1 : place + 1].isdigit()]
        return all(place in self.gaps for place in pairs)

    def label_of(self, way: Way) -> str:
        return label_key(self.text[: way.label])


@cache
def heads() -> re.Pattern[str]:
    """A word of ``tables/gazette_lot_words.csv`` at a text's end: what follows begins with a lot's number."""
    words = sorted((row["word"] for row in vocabulary("gazette_lot_words")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})\.?:?$")


def flatten(printed: str) -> tuple[str, frozenset[int]]:
    """A text folded and without white space, and the offsets before which white space stood."""
    flat, gaps = "", set()
    for piece in re.split(r"\s+", fold(printed).strip()):
        gaps.add(len(flat))
        flat += squeeze(piece)
    return flat, frozenset(gaps - {0})


def runs_in(flat: str, gaps: frozenset[int]) -> Iterator[Run]:
    """The runs of a flat text that hold amounts, left to right; a counted thing (1号, 3年) is none."""
    position = 0
    pattern, lists = re.compile(_RUN), re.compile(_LIST_RUN)
    while match := pattern.search(flat, position):
        head = heads().search(flat, 0, match.start()) is not None and not _LOT_BEFORE.search(flat, 0, match.start())
        if head:
            match = lists.match(flat, match.start()) or match
        start, end = match.span()
        end -= len(match.group()) - len(match.group().rstrip(",、.-~〜・…"))
        position = max(end, start + 1)
        yen = flat.startswith("円", end)
        short = not head and not yen and end - start < _SHORTEST_PLAIN
        if short or not _BEHIND.match(flat, end) or _PARENTHESIZED.fullmatch(flat, start - 1, end + 1):
            continue
        before = flat[:start]
        word = start not in gaps and not head and not _MONEY_WORD.search(before)
        inside = frozenset(gap - start for gap in gaps if start < gap < end)
        text = flat[start:end]
        ways = tuple(_ways(text, inside, head, yen))
        if not head and ways and not ways[0].label and re.search(r"[:@¥)]$", before):
            ways = ways[:1]  # the lot's number, if any, stands before that
        if ways or not head:
            yield Run(start, end, head, word, text, inside, ways)


def _ways(text: str, gaps: frozenset[int], head: bool, yen: bool) -> Iterator[Way]:
    between = {gap for gap in gaps if text[gap - 1 : gap + 1].isdigit()}
    whole = not head and _AMOUNT.fullmatch(text) is not None
    if whole:
        yield Way(0, not between)
    for place in range(1, len(text)):
        label, amount = text[:place], text[place:]
        if not (_LOTS if head else _ONE_LOT).fullmatch(label) or not _AMOUNT.fullmatch(amount):
            continue
        if not head and (whole or label[-1] != ".") and place not in gaps:
            continue  # a bare number is a label only by the white space behind it
        if head and not yen and len(amount) < _SHORTEST_PLAIN:
            continue  # №12, №1、3: no amount
        yield Way(place, place in gaps and not between - {place})
