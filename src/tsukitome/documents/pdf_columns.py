"""A page's pieces of text as lines in the order of reading, column by column."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from tsukitome.documents.pdf_pieces import MARGIN_ROWS, Piece

_FEWEST_IN_COLUMN = 0.15  # share of a page's pieces that a column must hold, unless another page has the same columns
_NO_SPACE = 0.15  # times the height of a line: less is no white space
_BESIDE = 0.5  # points between a gutter and the column on its right
_FEWEST_ROWS = 20  # in fewer, white space between words stands in one place by chance
_GUTTER = 4.0  # points of white that part two columns
_CROSSING = 0.03  # share of rows that may cross a gutter: headings do
_SAME_GUTTER = 6.0  # points by which the gutter of another page may differ
_NARROWEST = 0.08  # share of the text's width that a column has
_FEWEST_BELOW, _MOSTLY = (
    3,
    0.7,
)  # words below each other that begin a column, and their share of its lines and of all lines
_APART = 1.6  # times the usual step from line to line: white space that parts a running head from the text
# Page numbers; fonts of the gazette have digits as private-use characters.
_PAGE_NUMBER = re.compile(r"[-‐‑–—―−─－()（）/\s0-9０-９\ue000-\uf8ff頁ページ]{1,12}")
_LEFT, _RIGHT, _MIDDLE = map(attrgetter, ("left", "right", "middle"))


def page_lines(pieces: Sequence[Piece], known: Sequence[float]) -> tuple[list[tuple[str, bool]], list[float]]:
    """A page's lines, and whether each stands in a margin: what stands above the text or crosses columns first, then each column
    from its top, then what stands below. And the page's gutters.

    ``known`` are the gutters of other pages.
    """
    rows = _rows(pieces)
    above, below = _margins(rows)
    gutters = _gutters(rows[above : len(rows) - below], known)
    across = list(rows[:above])
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows[above : len(rows) - below]:
        over = [piece for piece in row if any(piece.is_over(x) for x in gutters)]
        if over:
            across.append(over)
        for piece in row:
            if piece in over:
                continue
            columns[bisect_right(gutters, piece.left)].append(piece)
    ordered = [*across, *(row for column in columns for row in _rows(column)), *rows[len(rows) - below :]]
    texts = [_joined(row) for row in ordered]
    return [(text, at < above or at >= len(texts) - below) for at, text in enumerate(texts)], gutters


def _joined(row: Sequence[Piece]) -> str:
    """The text of pieces beside each other; the library parts some where no white space is printed."""
    if len(row) == 1:
        return row[0].text
    text = row[0].text
    for before, piece in pairwise(row):
        text += piece.text if piece.left - before.right < _NO_SPACE * piece.height else " " + piece.text
    return text


def is_near(x: float, others: Iterable[float]) -> bool:
    """Whether a gutter is one of the others."""
    return any(abs(x - other) < _SAME_GUTTER for other in others)


def _margins(rows: Sequence[Sequence[Piece]]) -> tuple[int, int]:
    """How many rows at the top and at the bottom stand apart from the text: running heads and page numbers."""
    if len(rows) < 2 * MARGIN_ROWS + 2:
        return 0, 0
    steps = [one[0].middle - other[0].middle for one, other in pairwise(rows)]
    usual = median(steps)
    apart = [step > _APART * usual for step in steps]
    above = next((at for at in range(MARGIN_ROWS, 0, -1) if apart[at - 1]), 0)
    below = next((at for at in range(MARGIN_ROWS, 0, -1) if apart[-at] and all(map(_is_number, rows[-at:]))), 0)
    return above, below


def _is_number(row: Sequence[Piece]) -> bool:
    return _PAGE_NUMBER.fullmatch("".join(piece.text for piece in row)) is not None


def _gutters(rows: Sequence[Sequence[Piece]], known: Sequence[float]) -> list[float]:
    """Where columns begin behind a white band, left to right; a sparse column is one where another page has it, where the
    columns before it lead to expect it, or where its lines begin below each other from the page's top on.
    """
    pieces = [piece for row in rows for piece in row]
    lefts, rights = sorted([piece.left for piece in pieces]), sorted([piece.right for piece in pieces])
    enough, most = _FEWEST_IN_COLUMN * len(pieces), _CROSSING * len(rows) + 1
    fewest_rows = _FEWEST_ROWS if any(piece.is_word for piece in pieces) else 1
    found: list[float] = []
    done = 0  # pieces that begin before the last gutter
    for edge in dict.fromkeys(rights):
        nearest = bisect_right(lefts, edge)
        if nearest == len(lefts) or lefts[nearest] - edge < _GUTTER:
            continue
        x = lefts[nearest] - _BESIDE  # not half way: a few lines may run on into the white
        begun = bisect_left(lefts, x)
        crossing = begun - bisect_left(rights, x)
        width = x - (found[-1] if found else lefts[0])
        if crossing > most or width < _NARROWEST * (rights[-1] - lefts[0]):
            continue
        expected = [*known, 2 * found[-1] - (found[-2] if len(found) > 1 else lefts[0] - _BESIDE)] if found else known
        elsewhere = any(edge - _SAME_GUTTER < other < lefts[nearest] + _SAME_GUTTER for other in expected)
        full = min(begun - done, len(lefts) - begun) >= enough and len(rows) >= fewest_rows
        if elsewhere or full or (crossing == 0 and _begins_at_top(rows, x)):
            found.append(x)
            done = begun
    return found


def _begins_at_top(rows: Sequence[Sequence[Piece]], x: float) -> bool:
    """Whether what stands behind ``x`` begins with the page's first lines and goes on below each other, as a last column does.

    Of words three must, since white space between words stands in one place by chance.
    """
    behind = [next((piece for piece in row if piece.left > x), None) for row in rows]
    places = [at for at, piece in enumerate(behind) if piece is not None]
    column = [piece for piece in behind if piece is not None]
    if not column or places[0] > 1:
        return False
    if not any(piece.is_word for piece in column):
        return True
    begin = min(piece.left for piece in column)
    below = sum(piece.left - begin < 1 for piece in column)
    return below >= _FEWEST_BELOW and min(below / len(column), len(places) / (places[-1] + 1)) >= _MOSTLY


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces on one height, from left to right; heights from the top."""
    rows: list[list[Piece]] = []
    row: list[Piece] = []
    lowest = 0.0  # the middle that a piece of the row may have
    for piece in sorted(pieces, key=_MIDDLE, reverse=True):
        if row and piece.middle > lowest:
            row.append(piece)
        else:
            lowest = piece.middle - 0.5 * piece.height
            row = [piece]
            rows.append(row)
    for row in rows:
        if len(row) > 1:
            row.sort(key=_LEFT)
    return rows
