"""Notices whose items print what they are: ``①落札に係る物品等の名称及び数量 … ③落札者を決定した日 …``. They need no legend, and no
numbers where each label begins a line (``件名：…``).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from tsukitome.sources.gazette.layout import Layout
from tsukitome.sources.gazette.legend import CIRCLED, MARKER, Field, Legend, label_of
from tsukitome.sources.gazette.run import Piece, Run, ended

_FEWEST = 4  # items with a label and a value that make a notice


def labelled_runs(layout: Layout, start: int, end: int) -> tuple[tuple[Run, Legend], ...]:
    """The notices in flat[start:end], each with what its own labels say its numbers mean; none where items have no labels.

    Labels count that stand behind a number, or, where there is none, each at the beginning of a line.
    """
    for items in (_numbered_items(layout, start, end), _lines_with_labels(layout, start, end)):
        notices: list[list[Piece]] = []
        for item in items:
            if not notices or item.number <= notices[-1][-1].number or item.field in _fields(notices[-1]):
                notices.append([])
            notices[-1].append(item)
        closed = [
            _closed(notice, following[0].marker if following else end, layout)
            for notice, following in zip_longest(notices, notices[1:])
        ]
        if closed and all(map(_is_notice, closed)):
            return tuple((Run(notice), Legend({piece.number: piece.field for piece in notice})) for notice in closed)
    return ()


def _fields(notice: list[Piece]) -> set[Field]:
    return {piece.field for piece in notice if piece.field != "other"}


def _numbered_items(layout: Layout, start: int, end: int) -> Iterator[Piece]:
    for match in MARKER.finditer(layout.flat, start, end):
        if (label := label_of(layout.flat, match.end(), end)) is not None:  # else a number inside a value
            yield _item(layout, label, CIRCLED.index(match.group()) + 1, match.start(), end)


def _lines_with_labels(layout: Layout, start: int, end: int) -> Iterator[Piece]:
    for number, begin in enumerate(layout.breaks_in(start, end), start=1):
        label = label_of(layout.flat, begin, end)
        if label and (layout.flat.startswith(":", label[1]) or layout.is_gap(label[1])):
            yield _item(layout, label, number, begin, end)


def _item(layout: Layout, label: tuple[Field, int], number: int, marker: int, end: int) -> Piece:
    field, begin = label
    return Piece(field, number, marker, begin + layout.flat.startswith(":", begin), end)


def _is_notice(pieces: list[Piece]) -> bool:
    """Whether labels have values behind them, as those of a legend do not, and are those of an award."""
    valued = {piece.field for piece in pieces if piece.end > piece.start}
    return len(valued) >= _FEWEST and {"title", "winner"} <= valued


def _closed(notice: list[Piece], until: int, layout: Layout) -> list[Piece]:
    """A notice whose items end where the next one begins."""
    ends = [*(piece.marker for piece in notice[1:]), until]
    pieces = [piece._replace(end=stop) for piece, stop in zip(notice, ends, strict=True)]
    return [*pieces[:-1], ended(pieces[-1], layout)]
