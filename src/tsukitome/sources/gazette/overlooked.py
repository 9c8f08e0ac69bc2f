"""Text that was not read although it looks like a notice of an award: under a heading that was not understood, say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tsukitome.sources.gazette.company_form import has_form
from tsukitome.sources.gazette.legend import CIRCLED, MARKER, begins_like, usual_legend

_FEWEST = 3  # numbered items
_NEAR = 100  # characters
_AWARD = re.compile(
    r"落札者?(?!者?の決定|者?を決定|者?とする|方式|価格の)|契約の?相手方(?!の決定|を決定)|受注者|契約者"
)
_SUM = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+円")
_AMOUNT = re.compile(r"[0-9],[0-9]{3}(?![0-9])|[0-9]円")


def overlooked(flat: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches outside the spans ``read`` in which numbered items name a firm and a price, in order."""
    begin = 0
    for start, end in [*sorted(read), (len(flat), len(flat))]:
        if start > begin and _AMOUNT.search(flat, begin, start):
            numbered = list(_numbered(flat, begin, start))
            yield from numbered or _told(flat, begin, start)
        begin = max(begin, end)


def _told(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Words of an award that stand near a firm and a sum of money, in text that counts no items."""
    behind = start
    for match in _AWARD.finditer(flat, start, end):
        first, last = max(behind, match.start() - _NEAR), min(end, match.end() + _NEAR)
        if match.start() >= behind and _SUM.search(flat, first, last) and has_form(flat[first:last]):
            yield first, last
            behind = last


def _numbered(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Items whose numbers rise, and that are those of an award."""
    items: list[tuple[int, int]] = []
    markers = [match.start() for match in MARKER.finditer(flat, start, end)]
    for item in pairwise([*markers, end]):
        if items and flat[item[0]] <= flat[items[-1][0]]:
            if _are_of_an_award(flat, items):
                yield items[0][0], item[0]
            items = []
        items.append(item)
    if _are_of_an_award(flat, items):
        yield items[0][0], end


def _are_of_an_award(flat: str, items: Sequence[tuple[int, int]]) -> bool:
    """Whether one item names a firm and another an amount, or those with the usual numbers of winner and price are such."""
    if len(items) < _FEWEST:
        return False
    values = {CIRCLED.index(flat[start]) + 1: flat[start + 1 : end] for start, end in items}
    priced = {number for number, value in values.items() if _AMOUNT.search(value)}
    if not priced:
        return False
    firms = {number for number, value in values.items() if has_form(value)}
    if firms and priced - {min(firms)}:
        return True
    legend = usual_legend()
    fitting = [
        field for number, value in values.items() if (field := legend.fields.get(number)) and begins_like(field, value)
    ]
    return bool(values.get(legend.number_of("winner") or 0)) and "price" in fitting and len(fitting) >= _FEWEST
