"""Reading many files, and the batches of large ones, on all cores.

What one file gives comes as the :class:`~tsukitome.archive.sealing.Sealed` rows of its batches, ready for the archive's tables::

    for found, file, batches in read_all(wanted):
        with gathering.file(file.size):
            store.add(batches, file=found.shown, path=..., sha256=file.sha256, size=file.size)

``wanted`` yields (found, file, column maps beside it); a file is no archive. It is drawn a few files ahead of what has been handed
out: whoever leaves out what the archive holds already has to leave out what was drawn before in the same run as well.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

from tsukitome.archive.batches import RowBatches, TableBatches, read_batches
from tsukitome.archive.processes import Hands
from tsukitome.archive.rows import rows_of
from tsukitome.archive.sealing import Sealed, seal
from tsukitome.cores import usable_cores
from tsukitome.documents.file import AnyFile, File, LongFile
from tsukitome.errors import UnreadableError
from tsukitome.sources.column_map import ColumnMap
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.recognize import large_stream, large_table, make_ready, unpacked_in_batches

Item = TypeVar("Item")

_LITTLE = 3_000_000  # bytes below which starting processes takes longer than reading here
_AHEAD = 48_000_000  # bytes of files under way at most, beside the one handed out
_BATCH = 5_000  # rows
_FILES_AHEAD = 8  # files under way at most for each process: small ones differ in size, and none of them is to wait


def read_all(
    files: Iterable[tuple[Item, AnyFile, Sequence[ColumnMap]]], *, cores: int | None = None
) -> Iterator[tuple[Item, AnyFile, Iterator[Sealed]]]:
    """Every file with what it gives, in the order given. The item is whatever the caller knows the file by.

    A file's batches are taken before the next file is asked for; the first batch (there is always one) tells its kind.
    ``cores`` is how many processes read (default: as many as this process may use); one, or little to read, or a system that
    starts no processes, means reading here. Memory is bounded by the batches and files under way. Closing the iterator,
    and any exception in the caller, KeyboardInterrupt included, ends the processes.
    """
    cores = cores or usable_cores()
    left = iter(files)
    drawn: list[tuple[Item, AnyFile, Sequence[ColumnMap]]] = []
    while sum(file.size for _, file, _ in drawn) <= _LITTLE and (job := next(left, None)) is not None:
        drawn.append(job)
    little = sum(file.size for _, file, _ in drawn) <= _LITTLE
    drawn += islice(left, 1)
    # A lone file that has no batches is read here, by a reader that may share out the pages of a large one.
    here = little or (len(drawn) == 1 and not _has_batches(drawn[0][1], drawn[0][2]))
    if not here and cores > 1:
        make_ready()
    with Hands(1 if here else cores) as hands:
        yield from _in_order(chain(drawn, left), hands)


def _has_batches(file: AnyFile, maps: Sequence[ColumnMap]) -> bool:
    if isinstance(file, LongFile):
        return True
    stream = large_stream(file, maps)
    return bool(stream and stream[1].rows) or large_table(file, maps) is not None


def _in_order(
    files: Iterator[tuple[Item, AnyFile, Sequence[ColumnMap]]], hands: Hands
) -> Iterator[tuple[Item, AnyFile, Iterator[Sealed]]]:
    """Starts files ahead, as many as hands have work for, and gives them in order."""
    begun: deque[tuple[Item, AnyFile, Iterator[Sealed]]] = deque()
    while True:
        while len(begun) < _FILES_AHEAD * hands.number and sum(file.size for _, file, _ in begun) < _AHEAD:
            if (job := next(files, None)) is None:
                break
            item, file, maps = job
            begun.append((item, file, _begin(file, maps, hands)))
        if not begun:
            return
        yield begun.popleft()


def _begin(file: AnyFile, maps: Sequence[ColumnMap], hands: Hands) -> Iterator[Sealed]:
    """Hands a file out to be read, and gives what is to be waited for."""
    if isinstance(file, LongFile):
        return _to_its_end(file, _in_parts(file, maps, hands) or _here(file, maps))
    if parts := _in_parts(file, maps, hands):
        return parts
    if file.size >= _AHEAD:  # what it gives would be too much to be sent at once
        return _here(file, maps)
    result = hands.begin(_whole, file, maps)
    return (rows for result in (result,) for rows in result())


def _in_parts(file: AnyFile, maps: Sequence[ColumnMap], hands: Hands) -> Iterator[Sealed] | None:
    """A large file in batches that are read at the same time; None for any other."""
    if stream := large_stream(file, maps):
        cut, kind = stream
        return read_batches(cut, RowBatches(file.unread, kind), hands, _BATCH) if kind.rows else None
    if table := large_table(file, maps):
        return read_batches(table, TableBatches(file.unread), hands, _BATCH)
    return None


def _to_its_end(file: LongFile, batches: Iterator[Sealed]) -> Iterator[Sealed]:
    """The batches of a file that is read from the disk meanwhile, with a refusal where it could not be read on."""
    try:
        yield from batches
    except UnreadableError as error:
        yield seal(rows_of(Reading(None, (), (Refusal(error.file, error.reason, error.place),))))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        reason = f"could not be read to its end ({error}). Read it again."
        yield seal(rows_of(Reading(None, (), (Refusal(file.shown, reason),))))


def _here(file: AnyFile, maps: Sequence[ColumnMap]) -> Iterator[Sealed]:
    return (seal(rows_of(reading)) for reading in unpacked_in_batches(file, _BATCH, maps))


def _whole(file: File, maps: Sequence[ColumnMap]) -> list[Sealed]:
    return list(_here(file, maps))
