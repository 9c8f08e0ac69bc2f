"""Kinds of source that are read one entry at a time, so that a file of a million rows never stands in memory as awards.

Those whose entries are rows of delimited text have a :class:`RowReader`; of large ones several batches are read at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol, cast

from tsukitome.awards import Award, SourceKind
from tsukitome.documents.csv_rows import CsvRow, csv_rows
from tsukitome.documents.delimited_batches import DelimitedFile
from tsukitome.documents.file import File
from tsukitome.registrations import Registration
from tsukitome.sources.plain_award import PlainAward
from tsukitome.sources.reading import FileKind, Reading, Refusal

Item = Award | Registration | Refusal


RowItem = Item | PlainAward


class Above(NamedTuple):
    """What the rows above a batch tell of its rows: what lasts to the end of the file, as a header does, and what the next row may
    change. Both are compared by ``==`` and sent to other processes.
    """

    lasting: Any = None
    passing: Any = None


NOTHING_ABOVE = Above()


class RowReader(Protocol):
    """Reads rows one after the other, beginning with the file's first or with any other of which :attr:`above` is known."""

    @property
    def above(self) -> Above:
        """What the rows read so far tell of the next one."""

    @property
    def in_order(self) -> bool:
        """Whether the rows below can't be read before these."""

    @property
    def asked_above(self) -> bool:
        """Whether a row pointed to one above the first that was read here."""

    def items(self, rows: Iterable[CsvRow]) -> Iterator[RowItem]:
        """What the next rows give; raises UnreadableError for a file that can't be read at all."""

    def rest(self) -> Iterator[RowItem]:
        """What there is to say when all rows are read."""


class LoneRows:
    """What readers have in common whose rows each stand for themselves: none tells anything of another."""

    in_order = asked_above = False

    def __init__(self, file: File, above: Above = NOTHING_ABOVE) -> None:
        self.file, self.above = file, above

    def rest(self) -> Iterator[RowItem]:
        """Nothing is left to say when all rows are read."""
        return iter(())


# Gives a text's lines with their ends, from the first on, whenever it is asked.
Lines = Callable[[], Iterable[str]]


class StreamKind(NamedTuple):
    """A kind of source told from its text, whose ``items`` come one by one in the order of the file.

    Where they are rows of delimited text, ``rows`` makes their reader, from the file (its bytes are not needed) and what stands
    above; ``separator`` is the only one that its files have. Others may have ``of_lines``, which is ``items`` for a text too long
    to be held in memory; the file's bytes are not needed.
    """

    kind: FileKind
    looks_like: Callable[[str], bool]
    items: Callable[[File, str], Iterator[Item]]
    rows: Callable[[File, Above], RowReader] | None = None
    separator: str | None = None
    of_lines: Callable[[File, Lines], Iterator[Item]] | None = None


def items_of_rows(kind: FileKind, file: File, reader: RowReader, text: str, separator: str = ",") -> Iterator[Item]:
    """All that a reader of rows gives of a text, its awards in full."""
    return _in_full(kind, file, chain(reader.items(csv_rows(text, separator)), reader.rest()))


def items_of_file(kind: StreamKind, cut: DelimitedFile) -> Iterator[Item]:
    """All that a file of a kind gives, its text decoded line by line."""
    file = cut.file.unread
    if kind.of_lines is not None:
        return kind.of_lines(file, cut.lines)
    assert kind.rows is not None
    reader = kind.rows(file, NOTHING_ABOVE)
    return _in_full(kind.kind, file, chain(reader.items(cut.printed_from()), reader.rest()))


def _in_full(kind: FileKind, file: File, items: Iterable[RowItem]) -> Iterator[Item]:
    for item in items:
        yield item.award(file, cast(SourceKind, kind)) if isinstance(item, PlainAward) else item


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
