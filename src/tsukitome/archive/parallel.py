"""Reading many files, and the batches of large ones, on all cores.

What one file gives comes as the :class:`~tsukitome.archive.sealing.Sealed` rows of its batches, ready for the archive's tables::

    for found, file, batches in read_all(wanted):
        with store.transaction():
            store.add(batches, file=found.shown, path=..., sha256=file.sha256, size=len(file.data))

``wanted`` yields (found, file, column maps beside it). It is drawn a few files ahead of what has been handed out: whoever leaves
out what the archive holds already has to leave out what was drawn before in the same run as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TypeVar

from tsukitome.archive.batches import RowBatches, TableBatches, read_batches
from tsukitome.archive.processes import Hands
from tsukitome.archive.rows import rows_of
from tsukitome.archive.sealing import Sealed, seal
from tsukitome.cores import usable_cores
from tsukitome.documents.file import File
from tsukitome.sources.column_map import ColumnMap
from tsukitome.sources.recognize import large_rows, large_table, make_ready, read_in_batches

Item = TypeVar("Item")

_LITTLE = 3_000_000  # bytes below which starting processes takes longer than reading here
_AHEAD = 48_000_000  # bytes of files under way at most, beside the one handed out
_BATCH = 5_000  # rows


def read_all(
    files: Iterable[tuple[Item, File, Sequence[ColumnMap]]], *, cores: int | None = None
) -> Iterator[tuple[Item, File, Iterator[Sealed]]]:
    """Every file with what it gives, in the order given. The item is whatever the caller knows the file by.

    A file's batches are taken before the next file is asked for; the first batch (there is always one) tells its kind.
    ``cores`` is how many processes read (default: as many as this process may use); one, or little to read, or a system that
    starts no processes, means reading here. Memory is bounded by the batches and files under way. Closing the iterator,
    and any exception in the caller, KeyboardInterrupt included, ends the processes.
    """
    cores = cores or usable_cores()
    left = iter(files)
    drawn: list[tuple[Item, File, Sequence[ColumnMap]]] = []
    while sum(len(file.data) for _, file, _ in drawn) <= _LITTLE and (job := next(left, None)) is not None:
        drawn.append(job)
    little = sum(len(file.data) for _, file, _ in drawn) <= _LITTLE
    drawn += islice(left, 1)
    # A lone file that has no batches is read here, by a reader that may share out the pages of a large one.
    here = little or (len(drawn) == 1 and not _has_batches(drawn[0][1], drawn[0][2]))
    if not here and cores > 1:
        make_ready()
    with Hands(1 if here else cores) as hands:
        yield from _in_order(chain(drawn, left), hands)


def _has_batches(file: File, maps: Sequence[ColumnMap]) -> bool:
    return large_rows(file, maps) is not None or large_table(file, maps) is not None


def _in_order(
    files: Iterator[tuple[Item, File, Sequence[ColumnMap]]], hands: Hands
) -> Iterator[tuple[Item, File, Iterator[Sealed]]]:
    """Starts files ahead, as many as hands have work for, and gives them in order."""
    begun: deque[tuple[Item, File, Iterator[Sealed]]] = deque()
    while True:
        while len(begun) < 3 * hands.number and sum(len(file.data) for _, file, _ in begun) < _AHEAD:
            if (job := next(files, None)) is None:
                break
            item, file, maps = job
            begun.append((item, file, _begin(file, maps, hands)))
        if not begun:
            return
        yield begun.popleft()


def _begin(file: File, maps: Sequence[ColumnMap], hands: Hands) -> Iterator[Sealed]:
    """Hands a file out to be read, and gives what is to be waited for."""
    unread = replace(file, data=b"")
    if rows := large_rows(file, maps):
        cut, kind = rows
        return read_batches(cut, RowBatches(unread, kind), hands, _BATCH)
    if table := large_table(file, maps):
        return read_batches(table, TableBatches(unread), hands, _BATCH)
    if len(file.data) >= _AHEAD:  # what it gives would be too much to be sent at once
        return _here(file, maps)
    result = hands.begin(_whole, file, maps)
    return (rows for result in (result,) for rows in result())


def _here(file: File, maps: Sequence[ColumnMap]) -> Iterator[Sealed]:
    return (seal(rows_of(reading)) for reading in read_in_batches(file, _BATCH, maps))


def _whole(file: File, maps: Sequence[ColumnMap]) -> list[Sealed]:
    return list(_here(file, maps))
