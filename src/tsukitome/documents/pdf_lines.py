"""PDF pages as lines of text, column by column: for documents set as running text, such as the gazette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tsukitome.documents.file import File
from tsukitome.documents.lines import Line
from tsukitome.errors import UnreadableError

_FEWEST_IN_COLUMN = 0.15  # share of a page's pieces that a column must hold
_GUTTER = 4.0  # points of white that part two columns
_CROSSING = 0.03  # share of pieces that may cross a gutter: running heads and headings do


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
    try:
        for number in range(1, len(document) + 1):
            try:
                texts = _page_lines(document[number - 1])
            except pypdfium2.PdfiumError:
                texts = []
            if not texts:
                empty.append(number)
            lines += (Line(text, number, place, on_page=True) for place, text in enumerate(texts, start=1))
    finally:
        document.close()
    return PdfLines(tuple(lines), tuple(empty))


def _page_lines(page: Any) -> list[str]:
    """The page's lines: what crosses columns at the top first, then each column from its top."""
    text_page = page.get_textpage()
    try:
        pieces = []
        for index in range(text_page.count_rects()):
            left, bottom, right, top = text_page.get_rect(index)
            if text := text_page.get_text_bounded(left, bottom, right, top).strip("\r\n"):
                pieces.append(_Piece(left, bottom, right, top, text))
    finally:
        text_page.close()
        page.close()
    gutters = _gutters(pieces)
    across = [piece for piece in pieces if any(piece.left < x < piece.right for x in gutters)]
    lines = _lines(across)
    bounds = [float("-inf"), *gutters, float("inf")]
    for left, right in pairwise(bounds):
        lines += _lines([piece for piece in pieces if piece not in across and left <= piece.left < right])
    return lines


def _gutters(pieces: Sequence[_Piece]) -> list[float]:
    """The middles of the white bands that part columns, left to right."""
    found: list[float] = []
    edges = sorted({piece.right for piece in pieces})
    for edge in edges:
        nearest = min((piece.left for piece in pieces if piece.left > edge), default=None)
        if nearest is None or nearest - edge < _GUTTER:
            continue
        x = (edge + nearest) / 2
        crossing = sum(piece.left < x < piece.right for piece in pieces)
        last = found[-1] if found else float("-inf")
        between = sum(last < piece.left < x for piece in pieces)
        behind = sum(piece.left > x for piece in pieces)
        enough = _FEWEST_IN_COLUMN * len(pieces)
        if crossing <= _CROSSING * len(pieces) + 1 and between >= enough and behind >= enough:
            found.append(x)
    return found


def _lines(pieces: Sequence[_Piece]) -> list[str]:
    """Pieces on one height joined from left to right, heights from the top."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.middle):
        if rows and abs(rows[-1][0].middle - piece.middle) < 0.5 * (rows[-1][0].top - rows[-1][0].bottom):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [" ".join(piece.text for piece in sorted(row, key=lambda one: one.left)) for row in rows]
