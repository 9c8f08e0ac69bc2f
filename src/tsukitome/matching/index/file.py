"""One file of columns that is mapped into memory: a header that says what is in it, then the arrays, one after the other.

Processes that map the same file share its pages. A file that was cut off, changed, or written by another version of the format is
refused, never half read. Whether the columns are still as written is told by the time of change, which is set to one that the
header names; they are summed only where it is another (a copy, a backup, an editor): that takes longer than a question.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import secrets
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"TSUKIIDX"
FORMAT = 5
_LENGTHS = 16  # bytes behind the magic: the header's length, and the first eight bytes of its hash
_ALIGNED = 64

Arrays = Mapping[str, NDArray[Any]]


class DamagedIndexError(Exception):
    """The file is no index, or not a whole one, or one of another format. It is rebuilt, and nobody is told."""


def write(path: Path, facts: Mapping[str, Any], arrays: Arrays) -> None:
    """Writes an index whole or not at all; ``facts`` is anything that JSON can hold. Raises OSError."""
    arrays = dict(sorted(arrays.items()))  # as the header names them, in which order they are summed
    table: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        offset += -offset % _ALIGNED
        table[name] = (array.dtype.str, len(array), offset)
        offset += array.nbytes
    said = {
        "format": FORMAT,
        "facts": facts,
        "arrays": table,
        "bytes": offset,
        "sum": _sum(arrays.values()),
        "changed": int(time.time()) // 2 * 2,  # in seconds; some file systems keep even ones only
    }
    header = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    building = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.building")
    try:
        with building.open("xb") as stream:
            stream.write(MAGIC + len(header).to_bytes(8, "little") + hashlib.sha256(header).digest()[:8] + header)
            begin = _body(len(header))
            for name, array in arrays.items():
                stream.seek(begin + table[name][2])
                stream.write(np.ascontiguousarray(array).data.cast("B"))
            stream.truncate(begin + offset)
        _date(building, said)
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Whether the columns of an index are as they were written, to the last byte: they are summed."""
    try:
        said, arrays, _ = _read(path)
    except (OSError, DamagedIndexError):
        return False
    return bool(_sum(arrays.values()) == said["sum"])


def read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The facts of an index and its arrays, mapped and not to be written to.

    Raises DamagedIndexError, and FileNotFoundError where there is none.
    """
    said, arrays, changed = _read(path)
    if changed != said["changed"] * 10**9:
        if _sum(arrays.values()) != said["sum"]:
            raise DamagedIndexError(path)
        _date(path, said)
    return said["facts"], arrays


def _read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]], int]:
    """The header of an index, its arrays, and when the file was changed, in nanoseconds."""
    with path.open("rb") as stream:
        first = stream.read(len(MAGIC) + _LENGTHS)
        if len(first) < len(MAGIC) + _LENGTHS or not first.startswith(MAGIC):
            raise DamagedIndexError(path)
        length = int.from_bytes(first[8:16], "little")
        status = os.fstat(stream.fileno())
        size = status.st_size
        header = stream.read(length) if length < size else b""
        if hashlib.sha256(header).digest()[:8] != first[16:24]:
            raise DamagedIndexError(path)
        said = json.loads(header)
        if said["format"] != FORMAT or size != _body(length) + said["bytes"]:
            raise DamagedIndexError(path)
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    begin = _body(length)
    arrays = {
        name: np.frombuffer(mapped, dtype=np.dtype(kind), count=count, offset=begin + offset)
        for name, (kind, count, offset) in said["arrays"].items()
    }
    return said, arrays, status.st_mtime_ns


def _sum(arrays: Iterable[NDArray[Any]]) -> int:
    found = 0
    for array in arrays:
        found = zlib.crc32(np.ascontiguousarray(array).data.cast("B"), found)
    return found


def _date(path: Path, said: Mapping[str, Any]) -> None:
    with suppress(OSError):  # somebody else's file, or a place that keeps no times: it is summed the next time, too
        os.utime(path, (said["changed"], said["changed"]))


def _body(header: int) -> int:
    """Where the arrays begin behind a header of so many bytes."""
    end = len(MAGIC) + _LENGTHS + header
    return end + -end % _ALIGNED
