"""A stretch of notices split into runs (one award each) and fields, at the circled numbers that are markers.

A circled number may also stand inside a value (a title with ①, winners listed as ① ②), and a notice may leave fields out,
so the split with the best sum of small pieces of evidence is taken: numbers rise within a notice, a notice begins with
the legend's first number, a date field begins with a date, and no notice lacks its title and winner.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from tsukitome.sources.gazette.inner_list import inner_markers
from tsukitome.sources.gazette.layout import Layout
from tsukitome.sources.gazette.legend import CIRCLED, MARKER, Field, Legend, begins_like
from tsukitome.sources.gazette.regular import NEEDED, Found, regular_notices

_SAME = re.compile(r"同(?:上|日|前|じ)|〃|上に同じ")
_VALUE_BEGINNING = 48  # characters looked at behind a marker

# Weights of the pieces of evidence; only their order matters much, and the tests hold it.
_LISTED, _UNLISTED = 1.0, 0.2
_BEGINS, _BEGINS_OTHERWISE = 1.5, -1.5
_NEW_RUN, _NEW_RUN_AT_LINE, _NEW_RUN_NOT_FIRST = -0.5, 0.5, -0.75
_LATE = 1e-6
_score = attrgetter("score")
_WITHOUT: dict[Field, float] = {"title": -3.0, "winner": -3.0, "price": -1.0, "award_date": -1.0}
assert frozenset(_WITHOUT) == NEEDED


class Piece(NamedTuple):
    """One field of a run: its value is flat[start:end] of the layout. ``listed`` is False where the legend omits it."""

    field: Field
    number: int
    marker: int
    start: int
    end: int
    listed: bool = True


class Run:
    """One notice's fields, in the order printed."""

    def __init__(self, pieces: Sequence[Piece], above: Run | None = None, layout: Layout | None = None) -> None:
        """``above`` is the notice above it, in whose fields stands what this one prints as 同上."""
        self.pieces = tuple(pieces)
        self.start, self.end = pieces[0].marker, pieces[-1].end
        self._by_field = {piece.field: piece for piece in reversed(pieces)}
        self.repeats = False  # whether it has fields of the notice above
        if (
            above is None
            or layout is None
            or all(layout.flat.find(mark, self.start, self.end) < 0 for mark in "同〃上")
        ):
            return
        for piece in pieces:
            if _SAME.fullmatch(layout.flat, piece.start, piece.end) and (same := above.piece(piece.field)):
                self._by_field[piece.field] = same
                self.repeats = True

    def piece(self, field: Field) -> Piece | None:
        """The first piece of a field."""
        return self._by_field.get(field)

    def has(self, field: Field) -> bool:
        """Whether something is printed for a field."""
        piece = self._by_field.get(field)
        return piece is not None and piece.end > piece.start

    def fitting(self, layout: Layout) -> int:
        """How many of its fields begin as such fields do: a measure of whether this is a notice at all."""
        return sum(bool(begins_like(piece.field, layout.flat[piece.start : piece.end])) for piece in self.pieces)

    def doubtful(self, layout: Layout, legend: Legend) -> Iterator[tuple[str, Field]]:
        """Circled numbers taken for text although what follows begins as their own field does, and where they stand."""
        if len(MARKER.findall(layout.flat, self.start, self.end)) == len(self.pieces):
            return
        for piece in self.pieces:
            for match in MARKER.finditer(layout.flat, piece.start, piece.end):
                own = legend.fields.get(CIRCLED.index(match.group()) + 1)
                value = layout.flat[match.end() : min(piece.end, match.end() + _VALUE_BEGINNING)]
                if own and own not in ("item", "price", "reserve") and begins_like(own, value):
                    yield match.group(), piece.field


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way to read the markers so far: the score, and each accepted marker as (position, field, begins a run, listed)."""

    score: float
    order: int
    told: frozenset[Field]
    chain: _Link | None = None


@dataclass(frozen=True, slots=True)
class _Link:
    marker: int
    field: Field
    begins: bool
    listed: bool
    before: _Link | None


class _Meant(NamedTuple):
    """What a marker means if it is one: its field, whether the legend lists it, its place in a notice, the evidence."""

    field: Field
    listed: bool
    order: int
    worth: float


def split_runs(layout: Layout, start: int, end: int, legend: Legend) -> tuple[Run, ...]:
    """The notices in flat[start:end], which begins with a circled number and holds no header."""
    regular = regular_notices(layout.flat, start, end, legend)
    if regular is not None:
        return _regular_runs(regular, layout, end)
    return weighed_runs(layout, start, end, legend)


def weighed_runs(layout: Layout, start: int, end: int, legend: Legend) -> tuple[Run, ...]:
    """:func:`split_runs` for any stretch: of all ways to read the markers the one with the best evidence."""
    every = [match.start() for match in MARKER.finditer(layout.flat, start, end)]
    inner = inner_markers(layout, every, end, legend)
    markers = [marker for marker in every if marker not in inner]
    readings: list[_Reading] = []
    for index, marker in enumerate(markers):
        # Of two equal readings the one that takes markers early is right: a circled number in a title follows the title's own.
        late = _LATE * index
        meant = _meant(layout, marker, end, legend)
        opening = _opening(layout, marker, meant, legend)
        ways: Iterable[_Reading]
        if index == 0:
            ways = [_begun(marker, meant or _Meant("other", False, -1, 0.0), opening, None)]
        elif meant is None:
            continue
        else:
            ways = _ways(marker, meant, opening, readings, late)
        readings = _undominated(ways)
    if not readings:
        return ()
    return _runs(_best(readings), layout, end)


def _undominated(ways: Iterable[_Reading]) -> list[_Reading]:
    """The readings that may still turn out best: no other has a better score, more told, and as many fields before it."""
    kept: list[_Reading] = []
    for way in sorted(ways, key=_score, reverse=True):
        order, told = way.order, way.told
        if not any(better.order <= order and better.told >= told for better in kept):
            kept.append(way)
    return kept


def _best(readings: Collection[_Reading]) -> _Reading:
    """The best reading, if its last notice ends here."""
    return max(readings, key=lambda reading: reading.score + _closing(reading.told))


def _ways(
    marker: int, meant: _Meant, opening: float, readings: Collection[_Reading], late: float
) -> Iterator[_Reading]:
    """The marker read as text, as the next field of the notice, or as the beginning of a new one (after the best end)."""
    told = NEEDED & {meant.field}
    best = _best(readings)
    for before in readings:
        yield before
        if before is best:
            yield _begun(marker, meant, opening, before)
        if meant.order > before.order:
            link = _Link(marker, meant.field, False, meant.listed, before.chain)
            yield _Reading(before.score + meant.worth - late, meant.order, before.told | told, link)


def _begun(marker: int, meant: _Meant, opening: float, before: _Reading | None) -> _Reading:
    score = meant.worth + opening
    chain = None
    if before is not None:
        score += before.score + _closing(before.told)
        chain = before.chain
    link = _Link(marker, meant.field, True, meant.listed, chain)
    return _Reading(score, meant.order, NEEDED.intersection([meant.field]), link)


def _opening(layout: Layout, marker: int, meant: _Meant | None, legend: Legend) -> float:
    """The evidence for a notice that begins at a marker: its number, and whether it stands at a line's beginning."""
    number = CIRCLED.index(layout.flat[marker]) + 1
    first = 0.0 if number == legend.first and meant is not None else _NEW_RUN_NOT_FIRST
    return _NEW_RUN + first + (_NEW_RUN_AT_LINE if marker in layout.breaks else 0.0)


def _meant(layout: Layout, marker: int, end: int, legend: Legend) -> _Meant | None:
    number = CIRCLED.index(layout.flat[marker]) + 1
    listed = number in legend.fields
    field = legend.fields[number] if listed else legend.unlisted(number)
    if field is None:
        return None
    fits = begins_like(field, layout.flat[marker + 1 : min(end, marker + 1 + _VALUE_BEGINNING)])
    if not listed and not fits:
        return None
    worth = _LISTED if listed else _UNLISTED
    if fits is not None:
        worth += _BEGINS if fits else _BEGINS_OTHERWISE
    return _Meant(field, listed, legend.order_of(number), worth)


@cache
def _closing(told: frozenset[Field]) -> float:
    return sum(loss for field, loss in _WITHOUT.items() if field not in told)


def _runs(reading: _Reading, layout: Layout, end: int) -> tuple[Run, ...]:
    links: list[_Link] = []
    link = reading.chain
    while link is not None:
        links.append(link)
        link = link.before
    links.reverse()
    runs: list[list[Piece]] = []
    for link, behind in zip(links, [*(later.marker for later in links[1:]), end], strict=True):
        if link.begins:
            runs.append([])
        number = CIRCLED.index(layout.flat[link.marker]) + 1
        runs[-1].append(Piece(link.field, number, link.marker, link.marker + 1, behind, link.listed))
    return tuple(Run((*pieces[:-1], ended(pieces[-1], layout))) for pieces in runs)


def _regular_runs(notices: Sequence[Sequence[Found]], layout: Layout, end: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    behind = end
    for notice in reversed(notices):
        pieces: list[Piece] = []
        for number, field, marker in reversed(notice):
            pieces.append(Piece(field, number, marker, marker + 1, behind))
            behind = marker
        pieces[0] = ended(pieces[0], layout)
        runs.append(Run(pieces[::-1]))
    return tuple(reversed(runs))


def ended(last: Piece, layout: Layout) -> Piece:
    """A notice's last field, ended by an empty line: what follows it is another text."""
    paragraph = layout.paragraph_in(last.start, last.end)
    return last if paragraph is None else last._replace(end=paragraph)
