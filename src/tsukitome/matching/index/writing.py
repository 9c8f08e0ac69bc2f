"""Writing the file of an index, array by array as they are made."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.index import file as index_file
from tsukitome.matching.index.file import FRONT, MAGIC, DamagedIndexError, date, read

HELD = ("place", "kind", "total_at", "firm")  # columns that are kept in memory until they are put side by side
_ALIGNED = 64
_ABANDONED = 86_400  # seconds in which nobody wrote to a file that was being built: who did is no more
_MAPPED = 1 << 16  # bytes from which an array that was written is read from the file

Array = NDArray[Any]


class Arrays(dict[str, Array]):
    """The arrays of an index by name, as they are made. None is changed after it was given."""

    def __setitem__(self, name: str, array: Array) -> None:
        super().__setitem__(name, np.ascontiguousarray(array))

    def __ior__(self, other: Any) -> Arrays:  # type: ignore[override,misc]
        for name, array in other.items():
            self[name] = array
        return self

    def let_go(self) -> None:
        """Keeps in memory no more than has to be there; all can be read as before."""


class WrittenArrays(Arrays):
    """Arrays that are written as they are made, and read from the file from then on, so that they need no memory. Once the file
    takes no more (a full disk), ``error`` says why, and those that follow stay in memory.
    """

    def __init__(self, path: Path) -> None:
        """Makes a file. Raises OSError."""
        super().__init__()
        self.path = path
        self.error: OSError | None = None
        self._stream = path.open("x+b")
        self._table: dict[str, tuple[str, int, int]] = {}
        self._mapped: list[mmap.mmap] = []
        self._end, self._sum = FRONT, 0

    def __setitem__(self, name: str, array: Array) -> None:
        super().__setitem__(name, array)
        if self.error is None and name not in HELD:
            begin = self._end + -self._end % _ALIGNED
            content = np.ascontiguousarray(array).data.cast("B")
            try:
                self._write(begin, content)
            except OSError as error:
                self.error = error
                return
            self._table[name] = (array.dtype.str, len(array), begin)
            self._sum, self._end = zlib.crc32(content, self._sum), begin + len(content)
            if len(content) >= _MAPPED:
                mapped = mmap.mmap(self._stream.fileno(), self._end, access=mmap.ACCESS_READ)
                self._mapped.append(mapped)
                super().__setitem__(name, np.frombuffer(mapped, array.dtype, len(array), begin))

    def let_go(self) -> None:
        if hasattr(mmap, "MADV_DONTNEED"):
            for mapped in self._mapped:
                mapped.madvise(mmap.MADV_DONTNEED)

    def _write(self, begin: int, content: bytes | memoryview) -> None:
        self._stream.seek(begin)
        self._stream.write(content)
        self._stream.flush()

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Writes what says what is in the file. Raises OSError, also that which was met before."""
        if self.error is not None:
            raise self.error
        said = {
            "format": index_file.FORMAT,
            "facts": facts,
            "arrays": self._table,
            "bytes": self._end,
            "sum": self._sum,
            "changed": int(time.time()) // 2 * 2,  # in seconds; some file systems keep even ones only
        }
        table = json.dumps(said, ensure_ascii=False).encode()
        self._write(self._end, table)
        where = self._end.to_bytes(8, "little") + len(table).to_bytes(8, "little")
        self._write(0, MAGIC + where + hashlib.sha256(table).digest()[:8])
        self.close()
        date(self.path, said)

    def close(self) -> None:
        """Ends the writing; what was written can still be read."""
        with suppress(OSError):
            self._stream.close()


class Writing:
    """An index that is being written, and kept where one of some places takes it."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = [place for place in places if not place.is_dir()]
        self.error: OSError | None = None
        self.arrays = Arrays()
        for place in self._places:
            _clear_up(place)
            try:
                self.arrays = WrittenArrays(_beside(place))
            except OSError as error:
                self.error = error
            else:
                self.error = None
                return

    def finish(self, facts: dict[str, Any]) -> tuple[dict[str, Any], Mapping[str, Any]]:
        """The facts of the index and its arrays: mapped from its place, where that takes it; else as they are, and :attr:`error`
        says why.
        """
        arrays = self.arrays
        if not isinstance(arrays, WrittenArrays):
            return facts, arrays
        try:
            arrays.finish(facts)
            for place in self._places:
                try:
                    _put(arrays.path, place)
                    found = read(place)
                except (OSError, DamagedIndexError) as error:
                    self.error = error if isinstance(error, OSError) else None
                else:
                    self.error = None
                    return found
        except OSError as error:
            self.error = error
        return facts, arrays

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, *_: object) -> None:
        if isinstance(self.arrays, WrittenArrays):
            self.arrays.close()
            with suppress(OSError):
                self.arrays.path.unlink(missing_ok=True)


def _beside(place: Path) -> Path:
    """A new name in the folder of a place."""
    return place.with_name(f".{place.name}.{os.getpid()}-{secrets.token_hex(4)}.building")


def _clear_up(place: Path) -> None:
    """Removes what was being built for a place by processes that were killed."""
    with suppress(OSError):
        for left in place.parent.glob(f".{escape(place.name)}.*.building"):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def _put(path: Path, place: Path) -> None:
    """Puts a whole file into its place, at once. Raises OSError."""
    if path.parent == place.parent:
        path.replace(place)
        return
    copy = _beside(place)
    try:
        shutil.copy2(path, copy)
        copy.replace(place)
    finally:
        copy.unlink(missing_ok=True)


def write(path: Path, facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Writes an index whole or not at all; ``facts`` is anything that JSON can hold. Raises OSError."""
    with Writing([path]) as file:
        for name, array in arrays.items():
            file.arrays[name] = array
        file.finish(dict(facts))
        if file.error:
            raise file.error
