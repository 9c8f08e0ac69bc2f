"""The pieces of text on a PDF's page, upright: where each stands and what it says, in the order of the file."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, Literal, NamedTuple

MARGIN_ROWS = 2  # lines above or below the text that may be running heads and page numbers
_WIDE_LINE = 0.6  # share of the page's width from which a line may run over several columns,
_FEW_WIDE = 0.05  # and share of the lines which do so as headings and running heads
_ONE_BEGINNING, _INDENT = 0.8, 3.0  # share of the lines that begin at one place, within so many times their height
_WIDER = 1.4  # times the usual width: likewise
_MOSTLY = 0.5  # share of a page's characters that no font names, from which the page is not read
# A line as str.splitlines() parts them, without the white space around it.
_SHOWN_LINE = re.compile(r"\S(?:[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S)?")
_WORD = re.compile(r"\S+")
_NOT_JAPANESE = re.compile("[\x00-\u2fff]")
_RUBY = 0.7  # times the height of the line below: smaller type over it says how it is read
_BESIDE = 2.0  # times that height
_READING = re.compile(r"[\s\u3041-\u30ff\uff65-\uff9f・（）()]+")

Direction = Literal["right", "left", "up", "down"]
Box = tuple[float, float, float, float]  # left, bottom, right, top in points, from the page's lower left corner


class Piece(NamedTuple):
    """A run of text on one line, in points of a page turned so that its text runs to the right: its edges, the middle of its
    height (it rises upwards), its height, and its text; a word of a line that was taken apart?
    """

    left: float
    right: float
    middle: float
    height: float
    text: str
    is_word: bool = False

    def is_over(self, x: float) -> bool:
        """Whether it stands over a gutter, and does not just reach into it."""
        return self.left < x - self.height and self.right > x + self.height


class PagePieces(NamedTuple):
    """A page's pieces. ``is_unnamed`` is whether its fonts do not say which characters most of its text is."""

    pieces: list[Piece]
    is_unnamed: bool = False


def page_pieces(page: Any, known: Sequence[float] = ()) -> PagePieces:
    """The page's texts, in the order of the file: the library's own lines, or the words of those that may run over columns.

    Where a file holds its columns row by row, a line of the library runs over all of them, and only words stay inside one.
    ``known`` are the gutters of other pages. A character that its font does not name is ``(cid:N)``; readings in small type
    over a line (ruby) are left out.
    """
    text_page = page.get_textpage()
    try:
        chars = _Chars(text_page)
        found = [(match.start(), match.group()) for match in _SHOWN_LINE.finditer(chars.text)]
        chars.turn_by([(begin, begin + len(text) - 1) for begin, text in found])
        unnamed = chars.unnamed()
        if len(unnamed) > _MOSTLY * sum(len(text) for _, text in found):
            return PagePieces([], is_unnamed=True)
        lines = [chars.piece(text, begin) for begin, text in found]
        may_be_several = _may_be_several(lines, chars.width_of(page), known)
        pieces: list[Piece] = []
        for line, (begin, text) in zip(lines, found, strict=True):
            if not may_be_several(line):
                pieces.append(line)
                continue
            words = [chars.piece(word.group(), begin + word.start(), is_word=True) for word in _WORD.finditer(text)]
            is_heading = any(word.left < x < word.right for word in words for x in known)
            pieces += [line] if is_heading else words
        return PagePieces(_without_ruby(pieces))
    finally:
        text_page.close()
        page.close()


def _may_be_several(lines: Sequence[Piece], page_width: float, known: Sequence[float]) -> Callable[[Piece], bool]:
    """Tells which lines may run over several columns: all where many are as wide as the page or nearly all begin at its left,
    else those that are over a known gutter or wider than the others.
    """
    wide = _WIDE_LINE * page_width

    def is_over(line: Piece) -> bool:
        return line.right - line.left > wide or any(line.left < x < line.right for x in known)

    leftmost = min((line.left + _INDENT * line.height for line in lines), default=0.0)
    one_beginning = sum(line.left <= leftmost for line in lines) >= _ONE_BEGINNING * len(lines)
    if one_beginning or sum(map(is_over, lines)) > _FEW_WIDE * len(lines) + 2 * MARGIN_ROWS:
        return lambda line: True  # noqa: ARG005
    usual = median([line.right - line.left for line in lines]) if lines else 0.0
    wider = max(_WIDER * usual, wide / 2)
    return lambda line: is_over(line) or line.right - line.left > wider


def _without_ruby(pieces: list[Piece]) -> list[Piece]:
    """Pieces without kana in small type right above a larger one: they repeat how it is read."""
    if not pieces:
        return pieces
    largest = max(piece.height for piece in pieces)
    small = {piece for piece in pieces if piece.height < _RUBY * largest and _READING.fullmatch(piece.text)}
    ruby = {piece for piece in small if any(_reads(piece, below) for below in pieces)}
    return [piece for piece in pieces if piece not in ruby] if ruby else pieces


def _reads(small: Piece, below: Piece) -> bool:
    reach = (small.height + below.height) / 2
    return (
        small.height < _RUBY * below.height
        and 0 < small.middle - below.middle < 1.5 * reach
        and small.left < below.right + _BESIDE * below.height  # white space between words may be below it
        and small.right > below.left - _BESIDE * below.height
    )


class _Chars:
    """The characters of a page and their boxes, which are as high as the font for every character."""

    def __init__(self, text_page: Any) -> None:
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        self._pdfium, self._page = pdfium, text_page.raw
        self._box = pdfium.FS_RECTF()
        self._at = ctypes.byref(self._box)
        self._direction: Direction = "right"
        self._codes: dict[int, int] = {}
        count = text_page.count_chars()
        self.text: str = text_page.get_text_range() if count else ""
        if len(self.text) != count:
            # Characters beyond the basic plane, or left out: one by one, so that places are right.
            codes = (pdfium.FPDFText_GetUnicode(text_page.raw, at) for at in range(count))
            self.text = "".join(
                chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " " for code in codes
            )

    def unnamed(self) -> dict[int, int]:
        """The places of characters that their font does not name (it has no ToUnicode), and their codes in the font."""
        is_unnamed = self._pdfium.FPDFText_HasUnicodeMapError
        page, text = self._page, self.text
        # A font's own codes begin at zero: one look at each character below the Japanese ones tells of them.
        if any(is_unnamed(page, text.index(char)) == 1 for char in set(_NOT_JAPANESE.findall(text))):
            code_of = self._pdfium.FPDFText_GetUnicode
            self._codes = {at: code_of(page, at) for at in range(len(text)) if is_unnamed(page, at) == 1}
        return self._codes

    def turn_by(self, spans: Sequence[tuple[int, int]]) -> None:
        """Takes the page for turned as the text between most of these first and last characters runs."""
        directions: Counter[Direction] = Counter()
        for first, last in spans[:: max(len(spans) // 16, 1)]:
            (left, bottom, *_), (other_left, other_bottom, *_) = self._box_of(first), self._box_of(last)
            across, up = other_left - left, other_bottom - bottom
            if abs(across) > abs(up):
                directions["right" if across > 0 else "left"] += 1
            elif up:
                directions["up" if up > 0 else "down"] += 1
        if directions:
            self._direction = directions.most_common(1)[0][0]

    def width_of(self, page: Any) -> float:
        """The page's width where its text runs to the right."""
        sizes: tuple[float, float] = page.get_size()
        turned = page.get_rotation() in (90, 270)
        return sizes[turned ^ (self._direction in ("up", "down"))]

    def piece(self, text: str, begin: int, *, is_word: bool = False) -> Piece:
        """A text that begins at a character of the page; it stands on one line."""
        left, bottom, right, top = self._upright(self._box_of(begin))
        if len(text) > 1:
            other_left, _, other_right, _ = self._upright(self._box_of(begin + len(text) - 1))
            left, right = min(left, other_left), max(right, other_right)
        if self._codes:
            text = "".join(
                f"(cid:{self._codes[at]})" if at in self._codes else char for at, char in enumerate(text, start=begin)
            )
        return Piece(left, right, (bottom + top) / 2, top - bottom, text, is_word)

    def _box_of(self, place: int) -> Box:
        box = self._box
        self._pdfium.FPDFText_GetLooseCharBox(self._page, place, self._at)
        return box.left, box.bottom, box.right, box.top

    def _upright(self, box: Box) -> Box:
        """A box on the page turned so that text runs to the right."""
        left, bottom, right, top = box
        match self._direction:
            case "right":
                return box
            case "left":
                return -right, -top, -left, -bottom
            case "up":
                return bottom, -right, top, -left
            case "down":
                return -top, left, -bottom, right
