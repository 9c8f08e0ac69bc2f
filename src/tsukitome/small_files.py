"""Small files that a person names beside the data (an article, a case, a lock, own tables): none fills memory or is waited for."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from tsukitome.errors import UnreadableError

LARGEST = 1 << 23  # bytes: a newspaper page with all its menus has one or two million
STDIN = "-"


def read_small(path: Path, shown: str | None = None) -> bytes:
    """The bytes of a file, or of a pipe into which somebody writes (``<(curl …)`` of a shell).

    Raises UnreadableError, with ``shown`` as the file's name, where the system refuses, for a folder or a device, for a pipe into
    which nobody writes, and for more than :data:`LARGEST` bytes.
    """
    shown = path.as_posix() if shown is None else shown
    try:
        # A pipe without a writer would be waited for until somebody opens it.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb", buffering=0) as stream:
            kind = os.fstat(handle).st_mode
            if not (stat.S_ISREG(kind) or stat.S_ISFIFO(kind)):
                what = "is a folder." if stat.S_ISDIR(kind) else "is neither a file nor a folder."
                raise UnreadableError(shown, what)
            first = stream.read(LARGEST + 1)  # None from a pipe that is still empty, nothing from one without a writer
            if stat.S_ISFIFO(kind):
                if first == b"":
                    raise UnreadableError(shown, "is a pipe into which nobody writes.")
                os.set_blocking(handle, True)
            return _all_of(stream, first or b"", shown)
    except OSError as error:
        raise UnreadableError(shown, f"can't be opened ({error.strerror or error}).") from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableError(shown, "there is no such file or folder.") from error


def read_stdin(shown: str = "stdin") -> bytes:
    """All of standard input; raises UnreadableError for more than :data:`LARGEST` bytes."""
    return _all_of(sys.stdin.buffer, b"", shown)


def _all_of(stream: object, read: bytes, shown: str) -> bytes:
    """What a stream goes on to give behind what was read of it."""
    pieces, size = [read], len(read)
    while size <= LARGEST and (piece := stream.read(LARGEST + 1 - size)):  # type: ignore[attr-defined]
        pieces.append(piece)
        size += len(piece)
    if size > LARGEST:
        raise UnreadableError(shown, f"is larger than {LARGEST >> 20} MiB. Give the part that matters.")
    return b"".join(pieces)
