"""One file of columns that is mapped into memory: a mark, the arrays one after the other, then what says what is in it.

Processes that map the same file share its pages. A file that was cut off, changed, or written by another version of the format is
refused, never half read. Whether the columns are still as written is told by the time of change, which is set to one that the
file names; they are summed only where it is another (a copy, a backup, an editor): that takes longer than a question.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import sys
import zlib
from array import array as empty
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

MAGIC = b"TSUKIIDX"
FORMAT = 8
# Bytes: behind the magic where the table begins, its length, and the first eight bytes of its hash.
FRONT = len(MAGIC) + 24
# What numpy calls the columns' types, and what memoryview does.
_FORMATS = {"u1": "B", "u2": "H", "u4": "I", "u8": "Q", "i4": "i", "i8": "q", "f4": "f", "f8": "d"}
_ORDER = {"little": "<", "big": ">"}[sys.byteorder]

Columns = dict[str, memoryview]


class DamagedIndexError(Exception):
    """The file is no index, or not a whole one, or one of another format. It is rebuilt, and nobody is told."""


def is_whole(path: Path) -> bool:
    """Whether the columns of an index are as they were written, to the last byte: they are summed."""
    try:
        said, columns, _ = _read(path)
    except (OSError, DamagedIndexError):
        return False
    return bool(_sum(columns.values()) == said["sum"])


def read(path: Path) -> tuple[dict[str, Any], Columns]:
    """The facts of an index and its columns, mapped and not to be written to; a question loads no numpy for them.

    Raises DamagedIndexError, and FileNotFoundError where there is none.
    """
    said, columns, changed = _read(path)
    if changed != said["changed"] * 10**9:
        if _sum(columns.values()) != said["sum"]:
            raise DamagedIndexError(path)
        date(path, said)
    return said["facts"], columns


def _read(path: Path) -> tuple[dict[str, Any], Columns, int]:
    """What a file says of itself, its columns in the order of writing, and when it was changed, in nanoseconds."""
    with path.open("rb") as stream:
        front = stream.read(FRONT)
        status = os.fstat(stream.fileno())
        if len(front) < FRONT or not front.startswith(MAGIC):
            raise DamagedIndexError(path)
        end, length = (int.from_bytes(front[begin : begin + 8], "little") for begin in (8, 16))
        if end + length != status.st_size:
            raise DamagedIndexError(path)
        stream.seek(end)
        table = stream.read(length)
        if hashlib.sha256(table).digest()[:8] != front[24:]:
            raise DamagedIndexError(path)
        said = json.loads(table)
        if said["format"] != FORMAT or said["bytes"] != end:
            raise DamagedIndexError(path)
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    columns = Columns()
    for name, (kind, count, begin) in said["arrays"].items():
        if kind[0] not in f"|{_ORDER}":
            raise DamagedIndexError(path)
        form = _FORMATS[kind[1:]]
        part = memoryview(mapped)[begin : begin + count * int(kind[2:])]
        columns[name] = part.cast(form) if count else memoryview(empty(form))  # type: ignore[call-overload]
    return said, columns, status.st_mtime_ns


def _sum(columns: Iterable[memoryview]) -> int:
    found = 0
    for column in columns:
        found = zlib.crc32(column, found)
    return found


def date(path: Path, said: Mapping[str, Any]) -> None:
    """Sets the time of a file's change to the one that it names."""
    with suppress(OSError):  # somebody else's file, or a place that keeps no times: it is summed the next time, too
        os.utime(path, (said["changed"], said["changed"]))
