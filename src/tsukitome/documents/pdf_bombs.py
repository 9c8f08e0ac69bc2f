"""What a PDF may unfold to: how far its streams inflate, how much one page may hold, and how long its pages may take.

Streams are inflated here only to be counted, a piece at a time, before a library that holds them whole sees them. What is packed
inflates at most 1,032 times (zlib's technical details), so small streams need no look.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress

from tsukitome.documents.file import File
from tsukitome.errors import UnreadableError

# Bytes that a stream may inflate to: a page's text has less than 1 MiB, a font 20 MiB. A picture of A4 at 600 dpi has 100 MiB.
_LARGEST, _LARGEST_PICTURE = 1 << 26, 1 << 28
_TOGETHER = 1 << 31  # bytes that all streams which had to be looked at may inflate to
_RATIO = 1032  # times that a stream inflates at most
_FILTERS = 4  # that a stream may have one on the other
_PIECE = 1 << 20
_HEAD = 1 << 11  # bytes before a stream in which its dictionary stands
_STREAM = re.compile(rb"(?<!end)stream[ \t]*[\r\n]+")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_LENGTH = re.compile(rb"/Length\s+([0-9]{1,10})(?!\s+[0-9]+\s+R)\b")
SECONDS = 15.0  # of a processor for the pages of a file, and more for each MiB of it: a page has some 4 KiB,
LINES_A_MIB, TABLES_A_MIB = 20.0, 100.0  # and takes 5 ms as lines, 0.1 to 0.3 s as tables


def refuse_bombs(file: File) -> None:
    """Raises UnreadableError for a PDF with a stream, or streams together, that inflate to more than any document needs."""
    data, together = file.data, 0
    if len(data) * _RATIO**_FILTERS <= _LARGEST:
        return
    for found in _STREAM.finditer(data):
        start = found.end()
        depth = _depth(data, start)
        head = data[max(found.start() - _HEAD, 0) : found.start()]
        head = head[head.rfind(b"obj") + 1 :]
        largest = _LARGEST_PICTURE if _PICTURE.search(head) else _LARGEST
        if not depth or _packed(head, data, start) * _RATIO**depth <= largest:
            continue
        for level in range(1, depth + 1):
            size = 0
            for piece in _inflated(data, start, level):
                size += len(piece)
                if size > largest:
                    raise UnreadableError(file.shown, _too_large(largest))
            together += size
            if together > _TOGETHER:
                raise UnreadableError(file.shown, _too_large_together())


def _too_large(largest: int) -> str:
    return f"has a part that inflates to more than {largest >> 20:,} MiB, more than a page can need: it was not read."


def _too_large_together() -> str:
    return f"has parts that inflate to more than {_TOGETHER >> 20:,} MiB together. Give its pages in parts."


def _packed(head: bytes, data: bytes, start: int) -> int:
    """The most bytes that a stream can have in the file. What looks like its end may stand inside of it."""
    told = _LENGTH.search(head)
    if told is None:
        return len(data) - start
    end = data.find(b"endstream", start)
    return min(max(int(told[1]), end - start), len(data) - start)


def _depth(data: bytes, start: int) -> int:
    """How many times what begins here is deflated."""
    for depth in range(_FILTERS):
        if not _is_zlib(next(_inflated(data, start, depth, 256), b"")):
            return depth
    return _FILTERS


def _is_zlib(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 0x8F == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _inflated(data: bytes, start: int, levels: int, size: int = _PIECE) -> Iterator[bytes]:
    """What begins here, inflated so many times, in pieces of at most ``size`` bytes."""
    pieces: Iterator[bytes] = (data[at : at + size] for at in range(start, len(data), size))
    for _ in range(levels):
        pieces = _inflating(pieces, size)
    return pieces


def _inflating(packed: Iterator[bytes], size: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    with suppress(zlib.error):
        for piece in packed:
            while piece and not inflater.eof:
                if out := inflater.decompress(piece, size):
                    yield out
                piece = inflater.unconsumed_tail
            if inflater.eof:
                return


TOO_LONG = "was not read: the pages before it took far longer than their size explains. Give it in a file of its own."
FILE_TOO_LONG = "takes far longer to read than its size explains. Give its pages in parts."


class Patience:
    """How long the pages of a PDF may take: processor seconds of this thread, so that a busy machine reads the same pages."""

    def __init__(self, file: File, seconds_a_mib: float) -> None:
        self._allowed = SECONDS + seconds_a_mib * file.size / (1 << 20)
        self._begin = time.thread_time()

    @property
    def is_over(self) -> bool:
        return time.thread_time() - self._begin > self._allowed
