"""Items counted otherwise than with circled numbers: ``[1]71 [2]観測装置``, ``(1)``, ``1``, and items that print their own label.

Such numbers are taken for circled ones where a text says that it counts so: behind ［掲載順序］ stands 1 in that form, or the
item's label (``3 落札者を決定した日``) stands behind the number.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from tsukitome.normalize.text import fold_seen_with_offsets
from tsukitome.sources.gazette.legend import CIRCLED, item_labels

# What all labels of tables/gazette_item_labels.csv begin with: a quick look before the labels are tried.
_MAY_BE_LABEL = re.compile(
    r"[0-9\])][.、)]?\s*(?:落札|随意|契約|調達|購入|入札|公告|公示|件名|案件|物品|品目|特例|予定|受注|一般|特定|地方)"
)
FILLER = "\0"  # stands for the rest of a number that is printed with more than one character
_N = r"(?P<number>1?[0-9]|20)"
_OPENING, _CLOSING = r"[\[(〔【〈《<{「]", r"[\])〕】〉》>}」]"
# Numbers in one character each that NFKC leaves alone, and what counts as 1, 2, 3 … in other ways.
_DINGBATS = "❶-❿⓫-⓴➀-➉➊-➓⓵-⓾"
_SERIES = (
    "アイウエオカキクケコサシスセソタチツテト",
    "イロハニホヘトチリヌルヲワカヨタレソツネ",
    "abcdefghijklmnopqrst",
)
_HEADING = r"掲載順序[\]】〕)」]?:?"
# How a legend may count, and how the numbers then stand in the notices: with white space before a bare one.
_STYLES = (
    (re.compile(rf"{_HEADING}\[1\]"), re.compile(rf"\[\s*{_N}\s*\]")),
    (re.compile(rf"{_HEADING}\(1\)"), re.compile(rf"\(\s*{_N}\s*\)")),
    (re.compile(rf"{_HEADING}{_OPENING}1{_CLOSING}"), re.compile(rf"{_OPENING}\s*{_N}\s*{_CLOSING}")),
    (re.compile(rf"{_HEADING}1[):]"), re.compile(rf"(?:(?<=\s)|^){_N}[):]")),
    (re.compile(rf"{_HEADING}1[.、]?\D"), re.compile(rf"(?:(?<=\s)|^){_N}(?:[.、]|(?=\s))")),
    (re.compile(rf"{_HEADING}[{_DINGBATS}]"), re.compile(rf"(?P<dingbat>[{_DINGBATS}])")),
    *(
        (re.compile(rf"{_HEADING}{series[0]}"), re.compile(rf"(?:(?<=\s)|^)(?P<series>[{series}])(?:[.、:)]|(?=\s))"))
        for series in _SERIES
    ),
)  # fmt: skip


class Counted(NamedTuple):
    """A line whose numbers are circled: folded, and as printed with each number as one circled one and fillers."""

    folded: str
    skeleton: str


@cache
def _numbered_label() -> re.Pattern[str]:
    labels = "|".join(f"(?:{pattern.pattern})" for _, pattern in item_labels())
    return re.compile(
        rf"(?<![0-9.,(\[])(?:\[{_N}\]|\((?P<inside>1?[0-9]|20)\)|(?P<bare>1?[0-9]|20)[.、)]?)\s*(?={labels})"
    )


def style_of(flat: str) -> re.Pattern[str] | None:
    """How a text without circled numbers in its legend counts; None for a text that uses those, or says nothing."""
    return next((numbers for legend, numbers in _STYLES if legend.search(flat)), None)


def lines_with_labels(folded: Sequence[str], whole: str) -> list[int]:
    """The lines that may hold an item counted otherwise than with a circled number, and its label; ``whole`` is all lines."""
    return lines_with(_MAY_BE_LABEL, folded, whole)


def lines_with(pattern: re.Pattern[str], lines: Sequence[str], whole: str) -> list[int]:
    """The numbers of the lines in which a pattern's matches begin, in order; ``whole`` is all lines."""
    found = [match.start() for match in pattern.finditer(whole)]
    if not found:
        return []
    ends = list(accumulate([len(line) + 1 for line in lines]))
    return list(dict.fromkeys([bisect_right(ends, place) for place in found]))


def with_circled_numbers(text: str, style: re.Pattern[str] | None) -> Counted | None:
    """A line with its numbers as circled ones; None where it has no such numbers."""
    folded = fold_seen_with_offsets(text)
    found = sorted(_numbers(folded.text, style))
    if not found:
        return None
    shown, skeleton, known, printed = "", "", 0, 0
    for start, end, number in found:
        if start < known:
            continue
        begin, stop = folded.starts[start], folded.ends[end - 1]
        shown += folded.text[known:start] + CIRCLED[number - 1]
        skeleton += text[printed:begin] + CIRCLED[number - 1] + FILLER * (stop - begin - 1)
        known, printed = end, stop
    return Counted(shown + folded.text[known:], skeleton + text[printed:])


def _numbers(folded: str, style: re.Pattern[str] | None) -> Iterator[tuple[int, int, int]]:
    for pattern in filter(None, (_numbered_label(), style)):
        for match in pattern.finditer(folded):
            if number := _number_of(match):
                yield match.start(), len(match.group().rstrip()) + match.start(), number


def _number_of(match: re.Match[str]) -> int:
    named = {name: text for name, text in match.groupdict().items() if text}
    if dingbat := named.get("dingbat"):
        return int(unicodedata.numeric(dingbat))
    if letter := named.get("series"):
        series = next(series for series in _SERIES if match.re.pattern.count(series))
        return series.index(letter) + 1
    return int(next(iter(named.values())))
