"""A file's bytes, its hash, and the name by which the user knows it."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import BinaryIO, TypeAlias

from tsukitome.dataclass import dataclass
from tsukitome.errors import UnreadableError

AT_ONCE = 1 << 28  # bytes of a file that are held in memory; what is larger is read row by row, or not at all
# Bytes of a file that is read row by row. The corporate register of the whole country has 1.2 GiB, its zip archive 0.3.
LARGEST = 4 << 30
LARGEST_SETTING = "TSUKITOME_LARGEST_GIB"
_PIECE = 1 << 20


def largest() -> int:
    """The bytes that a file may have: :data:`LARGEST`, or what the environment variable :data:`LARGEST_SETTING` says in GiB."""
    told = os.environ.get(LARGEST_SETTING, "")
    return int(told) << 30 if told.isascii() and told.isdecimal() and int(told[:9]) > 0 else LARGEST


def not_at_once() -> str:
    """Why a file of more bytes than :data:`AT_ONCE` is not read, where it is none that is read row by row."""
    return (
        f"is larger than {AT_ONCE >> 20} MiB, as only a table of one award or firm a row may be, in CSV or JSON Lines."
        " Give it in parts."
    )


def too_large() -> str:
    """Why a file of more bytes than :func:`largest` is not read."""
    return f"is larger than {largest() >> 30:,} GiB. Give it in parts, or set {LARGEST_SETTING} to a higher limit."


def spelled(path: Path) -> str:
    """A path as text that can be shown and kept: bytes of its name that are no UTF-8 are written out (``\\xff``)."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """What a stream holds, a piece at a time."""
    while piece := stream.read(_PIECE):
        yield piece


def hash_of(stream: BinaryIO) -> str:
    """The SHA-256 of what a stream holds."""
    digest = hashlib.sha256()
    for piece in pieces(stream):
        digest.update(piece)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class File:
    """A file as read once: ``shown`` is the path as the user gave it, with ``/``; ``sha256`` is of ``data``."""

    shown: str
    data: bytes = field(repr=False)
    sha256: str

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot: ``.xlsx``."""
        return Path(self.shown).suffix.lower()

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.data)

    def head(self, size: int) -> bytes:
        """The first ``size`` bytes."""
        return self.data[:size]

    def open(self) -> BinaryIO:
        """Its bytes from the first on."""
        return io.BytesIO(self.data)

    @property
    def unread(self) -> File:
        """The file without its bytes, to be named by those who read its rows."""
        return File(self.shown, b"", self.sha256)

    @classmethod
    def of_bytes(cls, shown: str, data: bytes) -> File:
        return cls(shown, data, hashlib.sha256(data).hexdigest())

    @classmethod
    def read(cls, path: Path, shown: str | None = None) -> File:
        """Reads a file; raises UnreadableError where the system refuses, and for more than :data:`AT_ONCE` bytes."""
        shown = shown if shown is not None else spelled(path)
        try:
            if path.stat().st_size > AT_ONCE:
                raise UnreadableError(shown, not_at_once())
            return cls.of_bytes(shown, path.read_bytes())
        except OSError as error:
            raise UnreadableError(shown, f"can't be opened ({error.strerror}).") from error

    def award_id(self, place: str) -> str:
        """The identity of the award printed at ``place`` (``p1-l12``, ``s2-r7``): it depends on bytes and place only."""
        return f"{self.sha256[:16]}:{place}"


@dataclass(frozen=True, slots=True)
class LongFile:
    """A file too large to be held in memory: whoever reads it opens it anew, and what is packed is inflated on the way.

    ``opened`` gives its bytes, ``hashed`` the hash of them; both raise UnreadableError.
    """

    shown: str
    size: int
    opened: Callable[[], BinaryIO] = field(repr=False)
    hashed: Callable[[], str] = field(repr=False)

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot."""
        return Path(self.shown).suffix.lower()

    @property
    def sha256(self) -> str:
        """The hash of its bytes, or of those that can be downloaded where it was inflated from gzip."""
        return self.hashed()

    def head(self, size: int) -> bytes:
        """The first ``size`` bytes."""
        with self.open() as stream:
            return stream.read(size)

    def open(self) -> BinaryIO:
        """Its bytes from the first on."""
        return self.opened()

    @property
    def unread(self) -> File:
        """A file of its name and hash without bytes, for those who read its rows."""
        return File(self.shown, b"", self.sha256)

    @classmethod
    def of_path(cls, path: Path, shown: str) -> LongFile:
        """A file on the disk; who opens it later is refused when it was written to meanwhile. Raises UnreadableError."""
        stamp: list[tuple[int, int, int]] = []

        def opened() -> BinaryIO:
            try:
                stream = path.open("rb")
            except OSError as error:
                raise UnreadableError(shown, f"can't be opened ({error.strerror}).") from error
            told = os.fstat(stream.fileno())
            now = told.st_ino, told.st_size, told.st_mtime_ns
            if stamp and now != stamp[0]:
                stream.close()
                raise UnreadableError(shown, "was written to while it was read. Read it again.")
            stamp[:] = [now]
            return stream

        @cache
        def hashed() -> str:
            with opened() as stream:
                return hash_of(stream)

        with opened() as stream:
            size = os.fstat(stream.fileno()).st_size
        return cls(shown, size, opened, hashed)


AnyFile: TypeAlias = File | LongFile


def read_or_long(path: Path, shown: str) -> AnyFile:
    """A file, held in memory where it is small enough. Raises UnreadableError where the system refuses, and for more than
    :func:`largest` bytes.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableError(shown, f"can't be opened ({error.strerror}).") from error
    if size > largest():
        raise UnreadableError(shown, too_large())
    return LongFile.of_path(path, shown) if size > AT_ONCE else File.read(path, shown)
