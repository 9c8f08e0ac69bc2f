"""PDF pages as lines of text, column by column: for documents set as running text, such as the gazette."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from tsukitome.documents.file import File
from tsukitome.documents.lines import Line
from tsukitome.errors import UnreadableError

_FEWEST_IN_COLUMN = 0.15  # share of a page's pieces that a column must hold, unless another page has the same columns
_NO_SPACE = 0.15  # times the height of a line: less is no white space
_BESIDE = 0.5  # points between a gutter and the column on its right
_FEWEST_ROWS = 20  # in fewer, white space between words stands in one place by chance
_GUTTER = 4.0  # points of white that part two columns
_CROSSING = 0.03  # share of rows that may cross a gutter: headings do
_SAME_GUTTER = 6.0  # points by which the gutter of another page may differ
_WIDE_LINE = 0.6  # share of the page's width from which a line may run over several columns,
_FEW_WIDE = 0.05  # and share of the lines which do so as headings and running heads
_ONE_BEGINNING, _INDENT = 0.8, 3.0  # share of the lines that begin at one place, within so many times their height
_WIDER = 1.4  # times the usual width: likewise
_NARROWEST = 0.08  # share of the text's width that a column has
_FEWEST_BELOW, _MOSTLY = (
    3,
    0.7,
)  # words below each other that begin a column, and their share of its lines and of all lines
_APART = 1.6  # times the usual step from line to line: white space that parts a running head from the text
_MARGIN_ROWS = 2  # lines above or below the text that may be running heads and page numbers
# Page numbers; fonts of the gazette have digits as private-use characters.
_PAGE_NUMBER = re.compile(r"[-‐‑–—―−─－()（）/\s0-9０-９\ue000-\uf8ff頁ページ]{1,12}")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text on one line: its box in points (origin below left) and its text; a word of a line that was taken apart?"""

    left: float
    bottom: float
    right: float
    top: float
    text: str
    is_word: bool = False

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
    try:
        pages = _read_pages(document)
    finally:
        document.close()
    lines = tuple(
        Line(text, number, place, True, margin)
        for number, page in enumerate(pages, start=1)
        for place, (text, margin) in enumerate(page, start=1)
    )
    return PdfLines(lines, tuple(number for number, page in enumerate(pages, start=1) if not page))


def _read_pages(document: Any) -> list[list[tuple[str, bool]]]:
    """Each page's lines, and whether each stands in a margin."""
    known: list[float] = []
    pages, gutters = [], []
    for at in range(len(document)):
        lines, found = _read_page(document, at, known)
        pages.append(lines)
        gutters.append(found)
        known += [x for x in found if not _is_near(x, known)]
    for at, found in enumerate(gutters):
        if pages[at] and len(found) < len(known):  # columns that only the pages behind it showed
            pages[at], _ = _read_page(document, at, known)
    return pages


def _read_page(document: Any, at: int, known: Sequence[float]) -> tuple[list[tuple[str, bool]], list[float]]:
    import pypdfium2

    try:
        pieces = _pieces(document[at], known)
        lines, found = _page_lines(pieces, known)
        if any(not piece.is_word and _is_over(piece, x) for piece in pieces for x in found if x not in known):
            pieces = _pieces(document[at], [*known, *found])  # headings, or two columns' lines in one
            lines, found = _page_lines(pieces, known)
        return lines, found
    except pypdfium2.PdfiumError:
        return [], []


def _is_near(x: float, others: Iterable[float]) -> bool:
    return any(abs(x - other) < _SAME_GUTTER for other in others)


def _pieces(page: Any, known: Sequence[float] = ()) -> list[_Piece]:
    """The page's texts, in the order of the file: the library's own lines, or the words of those that may run over columns.

    Where a file holds its columns row by row, a line of the library runs over all of them, and only words stay inside one.
    ``known`` are the gutters of other pages.
    """
    text_page = page.get_textpage()
    try:
        boxes = _Boxes(text_page)
        begun: list[tuple[_Piece, int]] = []
        start = 0
        for text in boxes.text.splitlines(keepends=True):
            if shown := text.strip():
                begin = start + text.index(shown[0])
                begun.append((boxes.piece(shown, begin), begin))
            start += len(text)
        may_be_several = _may_be_several([line for line, _ in begun], float(page.get_width()), known)
        pieces: list[_Piece] = []
        for line, begin in begun:
            if not may_be_several(line):
                pieces.append(line)
                continue
            words = [
                boxes.piece(word.group(), begin + word.start(), is_word=True) for word in _WORD.finditer(line.text)
            ]
            is_heading = any(word.left < x < word.right for word in words for x in known)
            pieces += [line] if is_heading else words
        return pieces
    finally:
        text_page.close()
        page.close()


def _may_be_several(lines: Sequence[_Piece], page_width: float, known: Sequence[float]) -> Callable[[_Piece], bool]:
    """Tells which lines may run over several columns: all where many are as wide as the page or nearly all begin at its left,
    else those that are over a known gutter or wider than the others.
    """
    wide = _WIDE_LINE * page_width

    def is_over(line: _Piece) -> bool:
        return line.right - line.left > wide or any(line.left < x < line.right for x in known)

    leftmost = min((line.left + _INDENT * line.height for line in lines), default=0.0)
    one_beginning = sum(line.left <= leftmost for line in lines) >= _ONE_BEGINNING * len(lines)
    if one_beginning or sum(map(is_over, lines)) > _FEW_WIDE * len(lines) + 2 * _MARGIN_ROWS:
        return lambda line: True  # noqa: ARG005
    usual = median([line.right - line.left for line in lines]) if lines else 0.0
    wider = max(_WIDER * usual, wide / 2)
    return lambda line: is_over(line) or line.right - line.left > wider


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

    def piece(self, text: str, begin: int, *, is_word: bool = False) -> _Piece:
        """A text that begins at a character of the page; it stands on one line."""
        get, page, at, box = self._get, self._page, self._at, self._box
        get(page, begin, at)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if len(text) > 1:
            get(page, begin + len(text) - 1, at)
            left, right = min(left, box.left), max(right, box.right)
        return _Piece(left, bottom, right, top, text, is_word)


def _page_lines(pieces: Sequence[_Piece], known: Sequence[float]) -> tuple[list[tuple[str, bool]], list[float]]:
    """A page's lines, and whether each stands in a margin: what stands above the text or crosses columns first, then each column
    from its top, then what stands below. And the page's gutters.

    ``known`` are the gutters of other pages.
    """
    rows = _rows(pieces)
    above, below = _margins(rows)
    gutters = _gutters(rows[above : len(rows) - below], known)
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
    texts = [_joined(row) for row in ordered]
    return [(text, at < above or at >= len(texts) - below) for at, text in enumerate(texts)], gutters


def _joined(row: Sequence[_Piece]) -> str:
    """The text of pieces beside each other; the library parts some where no white space is printed."""
    if len(row) == 1:
        return row[0].text
    text = row[0].text
    for before, piece in pairwise(row):
        text += piece.text if piece.left - before.right < _NO_SPACE * piece.height else " " + piece.text
    return text


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


def _gutters(rows: Sequence[Sequence[_Piece]], known: Sequence[float]) -> list[float]:
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


def _begins_at_top(rows: Sequence[Sequence[_Piece]], x: float) -> bool:
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
