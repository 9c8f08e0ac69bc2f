"""Packed files: the members of a zip archive as files of their own, and gzip undone, within limits of size.

A member is known as ``archive.zip/folder/member.csv``, and its hash is that of its own bytes: the same table from two
archives is one source. Whatever could write outside, grow without end, or hide is refused by name, and the rest is
read.

What is packed inflates to :data:`LIMIT` bytes at most. Only long tables that are read row by row, as the corporate register of the
whole country is, may go beyond it: those whose head shows them to be one, and that inflate no further than such tables do
(:data:`SANE_RATIO`). They are inflated while they are read, and never held in memory.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, BinaryIO, cast

from tsukitome.documents.file import AT_ONCE, AnyFile, File, LongFile, hash_of, largest, pieces, too_large
from tsukitome.documents.table import MOST_CELLS
from tsukitome.errors import UnreadableError

LIMIT = 1 << 30  # bytes that one packed file may inflate to, all its members together, but for tables read row by row
SANE_RATIO = 40  # times that a table of different firms or awards inflates; they are about 7, a bomb has up to 1,000
WORKBOOK_LIMIT = 1 << 28  # the XML of about two million cells; the cells take many times as much
# What a sheet of more cells than that must have: a column beyond ZZ, or a row of five digits (702 × 9,999 cells are fewer).
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[A-Z]{0,2}[0-9]{5})')
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["'](?:[^<>]*[^<>/])?>(?!<(?:\w+:)?v\s*/>|</)"""
)
_GZIP = b"\x1f\x8b\x08"
_ZIP = b"PK"
_CHUNK = 1 << 20
_HEAD = 1 << 17  # bytes by which a long table is known
_BLANK_KEPT = 16  # chunks of nothing before the first that holds something; more are no document
_WORKBOOK_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_OPEN_DOCUMENT = frozenset({"mimetype", "content.xml", "META-INF/manifest.xml"})  # OpenDocument 1.2, part 3
_UTF_8_NAME = 0x800  # general purpose bit 11 (APPNOTE 4.4.4): the name is UTF-8
_ENCRYPTED = 0x1
# Signatures and texts for people beside the data, and what a Mac adds: passed over, as they are in a folder.
_BESIDE = re.compile(r"\.(?:asc|sig|md|rst)$|(?:^|/)(?:\.(?!\.)|__MACOSX/)", re.I)
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
_NO_ZIP = "is no zip archive, or is damaged. Download it again."
_DAMAGED_MEMBER = "is damaged, or packed in a way that can't be read. Download the archive again."
_IN_ARCHIVE = "is an archive inside an archive. Unpack it, and give the files inside."
_BROKEN_ZIP = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError)
_BROKEN_MEMBER = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)

# Whether a file of this name and head is a table that is read row by row.
ByRows = Callable[[str, bytes], bool]


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not read: its name in the archive, and why."""

    name: str
    reason: str


def is_zip(file: AnyFile) -> bool:
    """Whether a file is a zip archive and no workbook, which is one inside. A damaged one counts by its name."""
    if not file.head(2).startswith(_ZIP):
        return False
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            return not (_WORKBOOK_PARTS.intersection(names) or _OPEN_DOCUMENT.issubset(names))
    except _BROKEN_ZIP:
        return file.suffix == ".zip"


def _never(name: str, head: bytes) -> bool:  # noqa: ARG001
    return False


def members(file: AnyFile, by_rows: ByRows = _never) -> Iterator[AnyFile | Refused]:
    """The members of a zip archive in the order of their names, one inflated at a time.

    A member of more than :data:`AT_ONCE` bytes is a LongFile, or refused unless it is ``by_rows``. Raises UnreadableError for what
    is no zip archive, or whose members inflate to more than :data:`LIMIT` bytes together, long tables aside; a member that
    can't be read is yielded as :class:`Refused`.
    """
    try:
        archive = zipfile.ZipFile(file.open())
    except _BROKEN_ZIP as error:
        raise UnreadableError(file.shown, _NO_ZIP) from error
    with archive:
        infos = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for _, info in infos) > LIMIT:
            short = [info for name, info in infos if not _is_long_table(archive, name, info, by_rows)]
            if sum(info.file_size for info in short) > LIMIT:
                raise UnreadableError(
                    file.shown, "inflates to more than 1 GiB. Unpack it, and give the files one by one."
                )
        seen: set[str] = set()
        for name, info in sorted(infos, key=lambda member: member[0]):
            if _BESIDE.search(name) and not _OUTSIDE.search(name):
                continue
            reason = _objection(name, info, seen)
            seen.add(name)
            if reason:
                yield Refused(name, reason)
            elif info.file_size <= AT_ONCE:
                yield _inflated(file, archive, name, info)
            elif _is_long_table(archive, name, info, by_rows):
                yield _long_member(file, name, info)
            else:
                yield Refused(name, _too_far())


def _too_far() -> str:
    return f"inflates to more than {AT_ONCE >> 20} MiB, which are not read at once. Give it in parts."


def _is_long_table(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, by_rows: ByRows) -> bool:
    """Whether a member is a table that is read row by row, and inflates no further than one does."""
    if not AT_ONCE < info.file_size <= min(largest(), SANE_RATIO * info.compress_size):
        return False
    try:
        with archive.open(info) as stream:
            return by_rows(name, stream.read(_HEAD))
    except _BROKEN_MEMBER:
        return False


def _long_member(file: AnyFile, name: str, info: zipfile.ZipInfo) -> LongFile | Refused:
    """A member that is inflated anew by everybody who reads it; it is inflated once here, to see that it can be."""
    opened = partial(_inflating_member, file, info)
    try:
        with opened() as stream:
            sha256 = hash_of(stream)
    except _BROKEN_MEMBER:
        return Refused(name, _DAMAGED_MEMBER)
    return LongFile(f"{file.shown}/{name}", info.file_size, opened, lambda: sha256)


class _Inflating(io.RawIOBase):
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


def _inflating_member(file: AnyFile, info: zipfile.ZipInfo) -> BinaryIO:
    stream = file.open()
    archive = zipfile.ZipFile(stream)
    return io.BufferedReader(_Inflating(cast(BinaryIO, archive.open(info)), archive, stream), _CHUNK)


def _gunzipping(file: AnyFile) -> BinaryIO:
    stream = file.open()
    return io.BufferedReader(_Inflating(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), stream), _CHUNK)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name, with ``/`` between its parts; Windows in Japan writes CP932 where the format says CP437."""
    name = info.filename
    if not info.flag_bits & _UTF_8_NAME and not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp932")
    return name.replace("\\", "/")


def _objection(name: str, info: zipfile.ZipInfo, seen: set[str]) -> str | None:
    """Why a member is not even opened."""
    if _OUTSIDE.search(name):
        return "its name leads outside the archive, so it is not read. Unpack the archive with care, if you trust it."
    if name in seen:
        return "the archive holds this name twice; only the first is read."
    if info.flag_bits & _ENCRYPTED:
        return "is locked by a password. Unpack it, and give the file inside."
    if info.file_size > largest():
        return too_large()
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a symbolic link, which is not followed."
    return None


def _inflated(file: AnyFile, archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> File | Refused:
    try:
        with archive.open(info) as stream:  # never more than the size that was added up
            data, sha256 = _content(stream.read)
    except _BROKEN_MEMBER:
        return Refused(name, _DAMAGED_MEMBER)
    member = File(f"{file.shown}/{name}", data, sha256)
    if is_zip(member) or is_gzip(member):
        return Refused(name, _IN_ARCHIVE)
    return member


def _content(read: Callable[[int], bytes]) -> tuple[bytes, str]:
    """What a stream holds, and its hash; nothing for what is blank from end to end, however much of it there is."""
    digest = hashlib.sha256()
    content = io.BytesIO()
    blank: list[bytes] = []
    while chunk := read(_CHUNK):
        digest.update(chunk)
        if not content.tell() and not chunk.strip(b"\0\t\n\r "):
            blank = [*blank[:_BLANK_KEPT], chunk]
            continue
        content.writelines(blank)
        blank = []
        content.write(chunk)
    return content.getvalue(), digest.hexdigest()


def refuse_bomb(file: File) -> None:
    """Raises UnreadableError for a workbook that inflates beyond what a spreadsheet program would open."""
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except _BROKEN_ZIP:
        return  # the workbook reader says what is wrong with it
    if size > WORKBOOK_LIMIT:
        raise UnreadableError(file.shown, f"inflates to more than {WORKBOOK_LIMIT >> 20} MiB. Save its sheets as CSV.")


def refuse_far_cells(file: File) -> None:
    """Raises UnreadableError for a workbook (xlsx) with a sheet whose filled cells lie in more than :data:`MOST_CELLS`, from A1 to
    the last column and row. The reader makes room for all of it: a kilobyte can ask for hundreds of gigabytes.
    """
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    _refuse_area(file, archive.read(info))
    except _BROKEN_MEMBER:
        return  # the workbook reader says what is wrong with it


def _refuse_area(file: File, sheet: bytes) -> None:
    if _FAR.search(sheet) is None and not (b"'" in sheet and b" r='" in sheet):
        return
    filled = _FILLED.findall(sheet)  # rows and cells that only have a look are no part of what is read
    rows = max((int(row) for _, row in filled), default=0)
    columns = max((_column_number(name) for name in {name for name, _ in filled}), default=0)
    if rows * columns > MOST_CELLS:
        raise UnreadableError(
            file.shown,
            f"has a sheet of {rows:,} rows and {columns:,} columns, nearly all of them empty. Save what is filled as CSV.",
        )


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = 26 * number + letter - 64
    return number


def is_gzip(file: AnyFile) -> bool:
    """Whether a file's first bytes are those of gzip."""
    return file.head(3).startswith(_GZIP)


def gunzipped(file: AnyFile, by_rows: ByRows = _never) -> AnyFile:
    """A gzip file with its content inflated, under its own name and hash: they are what can be downloaded and compared.

    What inflates to more than :data:`AT_ONCE` bytes is a LongFile. Raises UnreadableError where it is cut off or damaged, inflates
    that far and is not ``by_rows``, or holds an archive.
    """
    try:
        size = _inflated_size(file, by_rows)
        inflated: AnyFile
        if size > AT_ONCE:
            inflated = LongFile(file.shown, size, partial(_gunzipping, file), lambda: file.sha256)
        else:
            with _gunzipping(file) as stream:
                inflated = File(file.shown, _content(stream.read)[0], file.sha256)
    except EOFError as error:
        raise UnreadableError(file.shown, "is cut off before the end of its gzip data. Download it again.") from error
    except (OSError, zlib.error) as error:
        raise UnreadableError(file.shown, "is damaged gzip data. Download it again.") from error
    if is_gzip(inflated) or is_zip(inflated):
        raise UnreadableError(file.shown, "is an archive inside gzip. Unpack it, and give the files inside.")
    return inflated


def _inflated_size(file: AnyFile, by_rows: ByRows) -> int:
    """How far a gzip file inflates; raises UnreadableError as soon as that is too far, so that nothing is kept of a bomb."""
    with _gunzipping(file) as stream:
        head = stream.read(_HEAD)
        limit = AT_ONCE
        if by_rows(file.shown, head):
            limit = max(limit, min(largest(), SANE_RATIO * file.size))
        size = 0
        for piece in chain((head,), pieces(stream)):
            size += len(piece)
            if size > limit:
                raise UnreadableError(file.shown, too_large() if limit == largest() else _too_far())
    return size
