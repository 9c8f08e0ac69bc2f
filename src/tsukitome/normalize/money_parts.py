"""Sums that are parts of another sum beside them, and so no prices: ``9,240,000（内訳：本庁7,040,000、支部2,200,000）``.

Words tell of parts (``part`` in ``tables/money_labels.csv``: 内訳, うち), or addition does: sums in the parenthesis behind one that
they come to, and sums before a 計 that is what they come to. Works on folded text only (:func:`tsukitome.normalize.text.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from tsukitome.normalize.text import fold_with_offsets, table

_TOTAL_BEFORE = re.compile(r"(?:[計=]|総額|全体)[\s:は(金¥\\]*$")
_BREAKDOWN = "内訳"  # goes on to the end of the cell; any other word of parts to the end of its line


@cache
def _words() -> re.Pattern[str]:
    rows = [row for row in table("money_labels") if row["role"] == "part"]
    rows.sort(key=lambda row: -len(row["word"]))
    return re.compile("|".join(r"\s*".join(map(re.escape, row["word"])) + row["unless"] for row in rows))


def part_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where a text tells of parts of a sum: each span to the end of its parenthesis, of its line, or of the text."""
    for match in _words().finditer(text):
        start = match.start() + match.group().startswith("(")
        word = match.group().lstrip("(")
        end = _closing(text, start)
        if end is None:
            line = text.find("\n", match.end())
            end = len(text) if line < 0 or word.startswith(_BREAKDOWN) else line
        yield start, end


def _closing(text: str, at: int) -> int | None:
    """The end of the parenthesis that a place stands in, None if it stands in none."""
    if text.count("(", 0, at) <= text.count(")", 0, at):
        return None
    depth = 1
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return len(text)


def parts_by_addition(text: str, spans: Sequence[tuple[int, int]], values: Sequence[Decimal]) -> tuple[int, set[int]]:
    """Which of the sums of a text, [start, end) by ``spans``, is what the others come to, and those others; none: (-1, {}).

    The total stands before a parenthesis with all the others, or behind them and a word like 計.
    """
    if len(values) < 3:
        return -1, set()
    rest = set(range(len(values)))
    if values[0] == sum(values[1:]) and (opening := re.match(r"\s*円?\s*\(", text[spans[0][1] :])):
        end = _closing(text, spans[0][1] + opening.end())
        if end is not None and spans[-1][1] <= end:
            return 0, rest - {0}
    last = len(values) - 1
    if values[last] == sum(values[:last]) and _TOTAL_BEFORE.search(text[spans[last - 1][1] : spans[last][0]]):
        return last, rest - {last}
    return -1, set()


def without_parts(printed: str) -> str:
    """A text without what it tells of parts of a sum, white space in their place."""
    if not re.search("[訳内うち]", printed):
        return printed
    folded = fold_with_offsets(printed)
    kept = printed
    for start, end in part_spans(folded.text):
        if start < end:
            first, last = folded.span(start, end)
            kept = kept[:first] + " " * (last - first) + kept[last:]
    return kept
