"""Parts of an answer as plain text, character for character what rich writes where there is no terminal.

Loading rich and drawing with it took a fifth of a cold question. What is here does for ordinary text, whose characters fill one
cell or two; other text (what joins or changes characters, pictures), and what would have to be cut, is left to rich.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from math import ceil

from tsukitome.pattern import pattern
from tsukitome.reporting.parts import Column, Columns, Heading, Line, Part

# Characters that are one cell wide, and two: as rich.cells has them in each of its versions of Unicode.
NARROW = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2160, 0x2188), (0x2190, 0x21FF),
    (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x25FC), (0x2713, 0x2717), (0xFF61, 0xFF9F),
)  # fmt: skip
WIDE = (
    (0x3000, 0x3029), (0x3030, 0x303E), (0x3041, 0x3096), (0x309B, 0x30FF), (0x3220, 0x3247), (0x3250, 0x33FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6),
)  # fmt: skip
_WORD = pattern(r"\s*\S+\s*")


class UnusualError(Exception):
    """Something that only rich can draw."""


class _Cells(dict[str, int]):
    """How wide each character is, those that were asked for once."""

    def __missing__(self, char: str) -> int:
        code = ord(char)
        for width, ranges in ((1, NARROW), (2, WIDE)):
            if any(first <= code <= last for first, last in ranges):
                self[char] = width
                return width
        raise UnusualError


_CELLS = _Cells()


def in_plain(parts: Iterable[Part], width: int) -> str | None:
    """The lines of ``parts`` in so many cells, each with a line feed; None where rich has to draw them."""
    try:
        return "".join(f"{text}\n" for part in parts for text in _lines(part, width))
    except UnusualError:
        return None


def _lines(part: Part, width: int) -> Iterator[str]:
    match part:
        case Line():
            yield from _broken(part.text, width, folds=True)
        case Heading():
            title = part.line.text
            if not title or _cells(title) > width - 2:
                raise UnusualError
            yield f"{title} ".ljust(width - _cells(title) + len(title), "─")
        case Columns():
            yield from _table(part, width)


def _cells(text: str) -> int:
    return len(text) if text.isascii() and text.isprintable() else sum(map(_CELLS.__getitem__, text))


def _broken(text: str, width: int, folds: bool) -> list[str]:
    """A text in lines: between words, and inside one that is too wide for a line, where that ``folds``."""
    if _cells(text) <= width:
        return [text]
    lines, line, used = [], "", 0
    for word in _WORD.findall(text) or [text]:
        needed = _cells(word.rstrip())
        if needed <= width - used:
            line, used = line + word, used + _cells(word)
            continue
        lines += [line] if line else []
        if needed > width:
            if not folds:
                raise UnusualError
            *whole, word = _chopped(word, width)
            lines += whole
        line, used = word, _cells(word)
    return [_fitted(one, width, folds) for one in [*lines, line]]


def _chopped(word: str, width: int) -> list[str]:
    """A word in pieces of at most ``width`` cells."""
    pieces, begin, used = [], 0, 0
    for place, char in enumerate(word):
        if used + _CELLS[char] > width:
            pieces.append(word[begin:place])
            begin, used = place, 0
        used += _CELLS[char]
    return [*pieces, word[begin:]]


def _fitted(line: str, width: int, folds: bool) -> str:
    """A line without the spaces at its end that are one too many; of a wide one that is half outside, a space is left."""
    over = min(len(line) - width, len(line) - len(line.rstrip()))
    line = line[:-over] if over > 0 else line
    if _cells(line) <= width:
        return line
    if not folds:
        raise UnusualError
    while _cells(line) > width:
        line = line[:-1]
    return line + " " * (width - _cells(line))


def _table(part: Columns, width: int) -> Iterator[str]:
    header = part.header
    rows = [header, *part.rows] if header else part.rows
    paddings = _paddings(len(part.columns), grid=header is None)
    widths = _widths(part.columns, rows, [left + right for left, right in paddings], width)
    for row in rows:
        cells = []
        for cell, column, (left, right), whole in zip(row, part.columns, paddings, widths, strict=True):
            room = whole - left - right
            if room < 2:
                raise UnusualError
            lines = [_aligned(one, room, column.right) for one in _broken(cell.text, room, column.folds)]
            cells.append([" " * left + one + " " * right for one in lines])
        if row is header:  # stands at the bottom of its row
            high = max(map(len, cells))
            cells = [[" " * whole] * (high - len(cell)) + cell for cell, whole in zip(cells, widths, strict=True)]
        for texts in zip_longest(*cells):
            yield "".join(" " * whole if text is None else text for text, whole in zip(texts, widths, strict=True))


def _aligned(line: str, width: int, right: bool) -> str:
    line = line.rstrip() if right else line
    spaces = " " * (width - _cells(line))
    return spaces + line if right else line + spaces


def _paddings(number: int, grid: bool) -> list[tuple[int, int]]:
    """The spaces to the left and right of each column: none at the edges."""
    last = number - 1
    return [(0 if grid or place == 0 else 1, 0 if place == last else 1) for place in range(number)]


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[Line]], paddings: Sequence[int], width: int
) -> list[int]:
    """The cells of each column, its padding among them."""
    widths = []
    for place, (column, padding) in enumerate(zip(columns, paddings, strict=True)):
        if column.share:
            widths.append(0)
        elif column.width:
            widths.append(column.width + padding)
        else:
            widths.append(min(max(_cells(row[place].text) for row in rows) + padding, width) or 1)
    shares = sum(column.share or 0 for column in columns)
    room = width - sum(widths)
    for place, column in enumerate(columns):
        if column.share:
            widths[place] = max(1 + paddings[place], ceil(column.share * room / shares))
            room, shares = room - widths[place], shares - column.share
    return _narrowed(widths, [not column.width for column in columns], width)


def _narrowed(widths: list[int], shrinks: Sequence[bool], room: int) -> list[int]:
    """``widths`` made to fit: the widest that may shrink do so alike, down to the next, until there is room."""
    while (over := sum(widths) - room) > 0:
        able = [width for width, may in zip(widths, shrinks, strict=True) if may]
        widest = max(able, default=0)
        most = min(over, widest - max((width for width in able if width < widest), default=0))
        if not most:
            raise UnusualError
        left = able.count(widest)
        for place, may in enumerate(shrinks):
            if may and widths[place] == widest:
                less = min(most, round(over / left))
                widths[place], over, left = widest - less, over - less, left - 1
    return widths
