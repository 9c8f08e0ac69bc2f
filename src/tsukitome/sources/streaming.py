"""Kinds of source that are read one entry at a time, so that a file of a million rows never stands in memory as awards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.registrations import Registration
from tsukitome.sources.reading import FileKind, Reading, Refusal

Item = Award | Registration | Refusal


class StreamKind(NamedTuple):
    """A kind of source told from its text, whose ``items`` come one by one in the order of the file."""

    kind: FileKind
    looks_like: Callable[[str], bool]
    items: Callable[[File, str], Iterator[Item]]


def reading_of(kind: FileKind, items: Iterable[Item]) -> Reading:
    """All that a reader yields, as one reading."""
    awards: list[Award] = []
    refusals: list[Refusal] = []
    registrations: list[Registration] = []
    for item in items:
        if isinstance(item, Award):
            awards.append(item)
        elif isinstance(item, Registration):
            registrations.append(item)
        else:
            refusals.append(item)
    return Reading(kind, tuple(awards), tuple(refusals), tuple(registrations))


def in_batches(kind: FileKind, items: Iterable[Item], size: int) -> Iterator[Reading]:
    """The same in readings of at most ``size`` items; there is always a first one, and it tells the kind."""
    left = iter(items)
    batch = list(islice(left, size))
    yield reading_of(kind, batch)
    while batch := list(islice(left, size)):
        yield reading_of(kind, batch)
