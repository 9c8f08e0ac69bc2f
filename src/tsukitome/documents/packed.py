"""What is packed, as zip or gzip: how it is known, how far it may inflate, and the stream of what it inflates to."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from tsukitome.documents.file import AT_ONCE, AnyFile

SANE_RATIO = 40  # times that a table of different firms or awards inflates; they are about 7, a bomb has up to 1,000
CHUNK = 1 << 20
HEAD = 1 << 17  # bytes by which a long table is known
BROKEN_ZIP = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError)
BROKEN_MEMBER = (*BROKEN_ZIP, zlib.error, EOFError, RuntimeError)
_GZIP = b"\x1f\x8b\x08"
_ZIP = b"PK"
_WORKBOOK_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_OPEN_DOCUMENT = frozenset({"mimetype", "content.xml", "META-INF/manifest.xml"})  # OpenDocument 1.2, part 3
_BLANK_KEPT = 16  # chunks of nothing before the first that holds something; more are no document

# Whether a file of this name and head is a table that is read row by row.
ByRows = Callable[[str, bytes], bool]


def is_zip(file: AnyFile) -> bool:
    """Whether a file is a zip archive and no workbook, which is one inside. A damaged one counts by its name."""
    if not file.head(2).startswith(_ZIP):
        return False
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            return not (_WORKBOOK_PARTS.intersection(names) or _OPEN_DOCUMENT.issubset(names))
    except BROKEN_ZIP:
        return file.suffix == ".zip"


def is_gzip(file: AnyFile) -> bool:
    """Whether a file's first bytes are those of gzip."""
    return file.head(3).startswith(_GZIP)


def never(name: str, head: bytes) -> bool:  # noqa: ARG001
    """Says of every file that it is no table read row by row (a :data:`ByRows`)."""
    return False


def too_far() -> str:
    """The reason for which what inflates beyond :data:`AT_ONCE` bytes is refused."""
    return f"inflates to more than {AT_ONCE >> 20} MiB, which are not read at once. Give it in parts."


class Inflating(io.RawIOBase):
    """What a packed stream inflates to; the streams behind it are closed with it."""

    def __init__(self, stream: BinaryIO, *behind: BinaryIO | zipfile.ZipFile) -> None:
        self._stream, self._behind = stream, behind

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        if not self.closed:
            for one in (self._stream, *self._behind):
                one.close()
        super().close()


def content(read: Callable[[int], bytes]) -> tuple[bytes, str]:
    """What a stream holds, and its hash; nothing for what is blank from end to end, however much of it there is."""
    digest = hashlib.sha256()
    content = io.BytesIO()
    blank: list[bytes] = []
    while chunk := read(CHUNK):
        digest.update(chunk)
        if not content.tell() and not chunk.strip(b"\0\t\n\r "):
            blank = [*blank[:_BLANK_KEPT], chunk]
            continue
        content.writelines(blank)
        blank = []
        content.write(chunk)
    return content.getvalue(), digest.hexdigest()
