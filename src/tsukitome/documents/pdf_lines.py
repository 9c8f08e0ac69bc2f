"""PDF pages as lines of text, column by column: for documents set as running text, such as the gazette."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from tsukitome.documents.file import File
from tsukitome.documents.lines import Line
from tsukitome.errors import UnreadableError

_FEWEST_IN_COLUMN = 0.15  # share of a page's pieces that a column must hold, unless another page has the same columns
_BESIDE = 0.5  # points between a gutter and the column on its right
_FEWEST_ROWS = 20  # in fewer, white space between words stands in one place by chance
_GUTTER = 4.0  # points of white that part two columns
_CROSSING = 0.03  # share of rows that may cross a gutter: headings do
_SAME_GUTTER = 6.0  # points by which the gutter of another page may differ
_WIDE_LINE = 0.6  # share of the page's width from which a line may run over several columns,
_FEW_WIDE = 0.05  # and share of the lines which do so as headings and running heads
_APART = 1.6  # times the usual step from line to line: white space that parts a running head from the text
_MARGIN_ROWS = 2  # lines above or below the text that may be running heads and page numbers
# Page numbers; fonts of the gazette have digits as private-use characters.
_PAGE_NUMBER = re.compile(r"[-‐‑–—―−─－()（）/\s0-9０-９\ue000-\uf8ff頁ページ]{1,12}")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text on one line: its box in points (origin below left) and its text."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class PdfLines:
    """A PDF's lines in reading order, and the numbers of its pages that hold no text."""

    lines: tuple[Line, ...]
    empty_pages: tuple[int, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def read_pdf_lines(file: File) -> PdfLines:
    """The lines of a PDF, numbered on each page; columns are read one after the other.

    Raises UnreadableError for a file that is no PDF, damaged, or locked by a password.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "is locked by a password. Save a copy without one." if locked else "is no PDF, or is damaged."
        raise UnreadableError(file.shown, reason) from error
    lines: list[Line] = []
    empty: list[int] = []
    known: list[float] = []
    try:
        for number in range(1, len(document) + 1):
            try:
                pieces, words = _pieces(document[number - 1], known)
            except pypdfium2.PdfiumError:
                pieces, words = [], False
            texts = _page_lines(pieces, known, words=words)
            if not texts:
                empty.append(number)
            lines += [Line(text, number, place, True, margin) for place, (text, margin) in enumerate(texts, start=1)]
    finally:
        document.close()
    return PdfLines(tuple(lines), tuple(empty))


def _pieces(page: Any, known: Sequence[float] = ()) -> tuple[list[_Piece], bool]:
    """The page's texts, in the order of the file: the library's own lines, or their words.

    Where a file holds its columns row by row, a line of the library runs over all of them, and only words stay inside one.
    ``known`` are the gutters of the pages before. With the texts comes whether they are words.
    """
    text_page = page.get_textpage()
    try:
        boxes = _Boxes(text_page)
        lines: list[_Piece] = []
        starts: list[int] = []
        start = 0
        for line in boxes.text.splitlines(keepends=True):
            if text := line.strip():
                starts.append(start + line.index(text[0]))
                lines.append(boxes.piece(text, starts[-1]))
            start += len(line)
        wide = _WIDE_LINE * float(page.get_width())
        over = sum(line.right - line.left > wide or any(line.left < x < line.right for x in known) for line in lines)
        if over <= _FEW_WIDE * len(lines) + 2 * _MARGIN_ROWS:
            return lines, False
        every = [
            boxes.piece(word.group(), start + word.start())
            for line, start in zip(lines, starts, strict=True)
            for word in _WORD.finditer(line.text)
        ]
        return every, True
    finally:
        text_page.close()
        page.close()


class _Boxes:
    """The characters of a page and their boxes, which are as high as the font for every character."""

    def __init__(self, text_page: Any) -> None:
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        self._page, self._get = text_page.raw, pdfium.FPDFText_GetLooseCharBox
        self._box = pdfium.FS_RECTF()
        self._at = ctypes.byref(self._box)
        count = text_page.count_chars()
        self.text: str = text_page.get_text_range() if count else ""
        if (
            len(self.text) != count
        ):  # characters beyond the basic plane, or left out: one by one, so that places are right
            codes = (pdfium.FPDFText_GetUnicode(text_page.raw, at) for at in range(count))
            self.text = "".join(
                chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " " for code in codes
            )

    def piece(self, text: str, begin: int) -> _Piece:
        """A text that begins at a character of the page; it stands on one line."""
        get, page, at, box = self._get, self._page, self._at, self._box
        get(page, begin, at)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if len(text) > 1:
            get(page, begin + len(text) - 1, at)
            left, right = min(left, box.left), max(right, box.right)
        return _Piece(left, bottom, right, top, text)


def _page_lines(pieces: Sequence[_Piece], known: list[float], *, words: bool) -> list[tuple[str, bool]]:
    """A page's lines, and whether each stands in a margin: what stands above the text or crosses columns first, then each column
    from its top, then what stands below.

    ``known`` are the gutters of the pages before; this page's are added.
    """
    rows = _rows(pieces)
    above, below = _margins(rows)
    text = [piece for row in rows[above : len(rows) - below] for piece in row]
    gutters = _gutters(text, len(rows) - above - below, known, words=words)
    known += [x for x in gutters if not any(abs(x - other) < _SAME_GUTTER for other in known)]
    across = list(rows[:above])
    columns: list[list[_Piece]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows[above : len(rows) - below]:
        over = [piece for piece in row if any(_is_over(piece, x) for x in gutters)]
        if over:
            across.append(over)
        for piece in row:
            if piece in over:
                continue
            columns[bisect_right(gutters, piece.left)].append(piece)
    ordered = [*across, *(row for column in columns for row in _rows(column)), *rows[len(rows) - below :]]
    texts = [" ".join(piece.text for piece in row) for row in ordered]
    return [(text, at < above or at >= len(texts) - below) for at, text in enumerate(texts)]


def _is_over(piece: _Piece, x: float) -> bool:
    """Whether a text stands over a gutter, and does not just reach into it."""
    return piece.left < x - piece.height and piece.right > x + piece.height


def _margins(rows: Sequence[Sequence[_Piece]]) -> tuple[int, int]:
    """How many rows at the top and at the bottom stand apart from the text: running heads and page numbers."""
    if len(rows) < 2 * _MARGIN_ROWS + 2:
        return 0, 0
    steps = [one[0].middle - other[0].middle for one, other in pairwise(rows)]
    usual = median(steps)
    apart = [step > _APART * usual for step in steps]
    above = next((at for at in range(_MARGIN_ROWS, 0, -1) if apart[at - 1]), 0)
    below = next((at for at in range(_MARGIN_ROWS, 0, -1) if apart[-at] and all(map(_is_number, rows[-at:]))), 0)
    return above, below


def _is_number(row: Sequence[_Piece]) -> bool:
    return _PAGE_NUMBER.fullmatch("".join(piece.text for piece in row)) is not None


def _gutters(pieces: Sequence[_Piece], rows: int, known: Sequence[float], *, words: bool) -> list[float]:
    """Where columns begin behind a white band, left to right; a sparse column is one where another page has it."""
    lefts, rights = sorted(piece.left for piece in pieces), sorted(piece.right for piece in pieces)
    enough, most = _FEWEST_IN_COLUMN * len(pieces), _CROSSING * rows + 1
    highest = max((piece.top for piece in pieces), default=0.0)
    fewest_rows = _FEWEST_ROWS if words else 1
    found: list[float] = []
    done = 0  # pieces that begin before the last gutter
    for edge in dict.fromkeys(rights):
        nearest = bisect_right(lefts, edge)
        if nearest == len(lefts) or lefts[nearest] - edge < _GUTTER:
            continue
        x = lefts[nearest] - _BESIDE  # not half way: a few lines may run on into the white
        begun = bisect_left(lefts, x)
        crossing = begun - bisect_left(rights, x)
        if crossing > most:
            continue
        elsewhere = any(edge - _SAME_GUTTER < other < lefts[nearest] + _SAME_GUTTER for other in known)
        # The last column of a notice's only page may hold a few lines, which then begin at its top.
        begins = not words and crossing == 0 and max(p.top for p in pieces if p.left > x) > highest - _GUTTER
        fewest = 1 if elsewhere or begins else enough
        if begun - done >= fewest and len(lefts) - begun >= fewest and (elsewhere or rows >= fewest_rows):
            found.append(x)
            done = begun
    return found


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces on one height, from left to right; heights from the top."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.middle):
        if rows and rows[-1][0].middle - piece.middle < 0.5 * rows[-1][0].height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows
