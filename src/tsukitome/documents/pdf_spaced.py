"""PDF pages without rules as lines of text in which white space stands where the page has it: columns stay below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import Any

from tsukitome.documents.file import File
from tsukitome.documents.lines import Line
from tsukitome.documents.pdf import open_pages
from tsukitome.documents.spaced_text import width_of

_X_TOLERANCE = 3  # points from one character of a word to the next
_SAME_LINE = 0.5  # of a character's height


def read_pdf_spaced(file: File) -> tuple[Line, ...]:
    """The lines of a PDF's pages, numbered on their page, a space for each half character of the page's usual type.

    Pages without text, or with more than one can print, give none. Raises UnreadableError for a file that is no PDF, damaged,
    locked by a password, or a bomb.
    """
    return tuple(line for page in open_pages(file) for line in _lines(page))


def _lines(page: Any) -> Iterator[Line]:
    words = page.extract_words(x_tolerance=_X_TOLERANCE)
    if not words:
        return
    unit = median(character["size"] for character in page.chars) / 2
    for number, line in enumerate(_by_line(words), start=1):
        yield Line(_spaced(line, unit), page.page_number, number, on_page=True)


def _by_line(words: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The words of each line from left to right: those whose middles are nearly as high."""
    tops: dict[int, int] = {}
    line, low = -1, float("-inf")
    for word in sorted(words, key=lambda word: word["top"] + word["bottom"]):
        middle, height = (word["top"] + word["bottom"]) / 2, word["bottom"] - word["top"]
        if middle - low > _SAME_LINE * height:
            line, low = line + 1, middle
        tops[id(word)] = line
    ordered = sorted(words, key=lambda word: (tops[id(word)], word["x0"]))
    for _, group in groupby(ordered, key=lambda word: tops[id(word)]):
        yield [*group]


def _spaced(words: Sequence[dict[str, Any]], unit: float) -> str:
    text, end = "", 0.0
    for word in words:
        left = round(word["x0"] / unit) - width_of(text)
        least = (2 if word["x0"] - end > 2 * unit else 1) if text else 0
        text += " " * max(left, least) + word["text"]
        end = word["x1"]
    return text
