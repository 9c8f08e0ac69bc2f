"""One file of columns that is mapped into memory: a header that says what is in it, then the arrays, one after the other.

Processes that map the same file share its pages. A file that was cut off, changed in its header, or written by another
version of the format is refused, never half read.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"TSUKIIDX"
FORMAT = 2
_LENGTHS = 16  # bytes behind the magic: the header's length, and the first eight bytes of its hash
_ALIGNED = 64

Arrays = Mapping[str, NDArray[Any]]


class DamagedIndexError(Exception):
    """The file is no index, or not a whole one, or one of another format. It is rebuilt, and nobody is told."""


def write(path: Path, facts: Mapping[str, Any], arrays: Arrays) -> None:
    """Writes an index whole or not at all; ``facts`` is anything that JSON can hold. Raises OSError."""
    table: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        offset += -offset % _ALIGNED
        table[name] = (array.dtype.str, len(array), offset)
        offset += array.nbytes
    header = json.dumps(
        {"format": FORMAT, "facts": facts, "arrays": table, "bytes": offset}, ensure_ascii=False, sort_keys=True
    ).encode()
    building = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.building")
    try:
        with building.open("xb") as stream:
            stream.write(MAGIC + len(header).to_bytes(8, "little") + hashlib.sha256(header).digest()[:8] + header)
            begin = _body(len(header))
            for name, array in arrays.items():
                stream.seek(begin + table[name][2])
                stream.write(np.ascontiguousarray(array).data.cast("B"))
            stream.truncate(begin + offset)
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)


def read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The facts of an index and its arrays, mapped and not to be written to.

    Raises DamagedIndexError, and FileNotFoundError where there is none.
    """
    with path.open("rb") as stream:
        first = stream.read(len(MAGIC) + _LENGTHS)
        if len(first) < len(MAGIC) + _LENGTHS or not first.startswith(MAGIC):
            raise DamagedIndexError(path)
        length = int.from_bytes(first[8:16], "little")
        size = os.fstat(stream.fileno()).st_size
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
    return said["facts"], arrays


def _body(header: int) -> int:
    """Where the arrays begin behind a header of so many bytes."""
    end = len(MAGIC) + _LENGTHS + header
    return end + -end % _ALIGNED
