"""Lines of fixed width, cut where white runs down between the words of a header.

Places count half-width characters: a letter of full width takes two of them, as it does where such a text is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from tsukitome.documents.spaced_text import width_of

_TAB = 8
_INK = re.compile(r"\S+")

Ink = tuple[tuple[int, int], ...]  # from where to where a line is printed, in order


class Heading(NamedTuple):
    """The words of a header over one column; ``start`` and ``end`` count half-width characters."""

    start: int
    end: int
    text: str


class Gutter(NamedTuple):
    """White that runs down between two columns; ``crossed`` says in how many lines something stands in it."""

    start: int
    end: int
    crossed: int


def untabbed(text: str) -> str:
    """A line with white space for its tabs, up to the next place that eight divides."""
    first, *others = text.split("\t")
    for part in others:
        first += " " * (_TAB - width_of(first) % _TAB) + part
    return first


def ink_of(text: str) -> Ink:
    """Where a line without tabs is printed: every run of characters that are no white space."""
    found: list[tuple[int, int]] = []
    end = width = 0
    for run in _INK.finditer(text):
        width += width_of(text[end : run.start()])
        start, width, end = width, width + width_of(run.group()), run.end()
        found.append((start, width))
    return tuple(found)


def stands_in(ink: Ink, place: int) -> bool:
    """Whether something is printed at a place, or reaches over it."""
    return any(start <= place < end for start, end in ink)


def gutters(left: Heading, right: Heading, inks: Sequence[Ink]) -> list[Gutter]:
    """The white between two neighbours of a header that the fewest lines cross, from left to right; [] where they touch."""
    first, end = left.end, right.start
    crossed = [0] * max(end - first, 0)
    for ink in inks:
        for start, stop in ink:
            for at in range(max(start, first), min(stop, end)):
                crossed[at - first] += 1
    least = min(crossed, default=0)
    found: list[Gutter] = []
    for count, places in groupby(range(first, end), key=lambda at: crossed[at - first]):
        if count == least:
            run = [*places]
            found.append(Gutter(run[0], run[-1] + 1, least))
    return found


def cut(text: str, places: Sequence[int]) -> list[str]:
    """The parts of a line between these places, without the white space around them: one more than there are places."""
    at = [0]
    for character in text:
        at.append(at[-1] + width_of(character))
    bounds = [
        0,
        *(next((nth for nth, width in enumerate(at) if width >= place), len(text)) for place in places),
        len(text),
    ]
    return [text[start:end].strip() for start, end in pairwise(bounds)]
