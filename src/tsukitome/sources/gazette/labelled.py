"""Notices whose items print what they are: ``①落札に係る物品等の名称及び数量 … ③落札者を決定した日 …``. They need no legend."""

from __future__ import annotations

from itertools import zip_longest

from tsukitome.sources.gazette.layout import Layout
from tsukitome.sources.gazette.legend import CIRCLED, MARKER, Legend
from tsukitome.sources.gazette.numbering import label_of
from tsukitome.sources.gazette.run import Piece, Run, ended

_FEWEST = 4  # items with a label and a value that make a notice


def labelled_runs(layout: Layout, start: int, end: int) -> tuple[tuple[Run, Legend], ...]:
    """The notices in flat[start:end], each with what its own labels say its numbers mean; none where items have no labels."""
    notices: list[list[Piece]] = []
    for match in MARKER.finditer(layout.flat, start, end):
        label = label_of(layout.flat, match.end(), end)
        if label is None:
            continue  # a number inside a value
        field, begin = label
        number = CIRCLED.index(match.group()) + 1
        if not notices or number <= notices[-1][-1].number:
            notices.append([])
        notices[-1].append(Piece(field, number, match.start(), begin + (layout.flat[begin : begin + 1] == ":"), end))
    closed = [
        _closed(notice, following[0].marker if following else end, layout)
        for notice, following in zip_longest(notices, notices[1:])
    ]
    if not all(map(_is_notice, closed)):
        return ()
    return tuple((Run(notice), Legend({piece.number: piece.field for piece in notice})) for notice in closed)


def _is_notice(pieces: list[Piece]) -> bool:
    """Whether labels have values behind them, as those of a legend do not, and are those of an award."""
    valued = {piece.field for piece in pieces if piece.end > piece.start}
    return len(valued) >= _FEWEST and {"title", "winner"} <= valued


def _closed(notice: list[Piece], until: int, layout: Layout) -> list[Piece]:
    """A notice whose items end where the next one begins."""
    ends = [*(piece.marker for piece in notice[1:]), until]
    pieces = [piece._replace(end=stop) for piece, stop in zip(notice, ends, strict=True)]
    return [*pieces[:-1], ended(pieces[-1], layout)]
