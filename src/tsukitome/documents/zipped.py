"""The members of a zip archive as files of their own, within limits of size.

A member is known as ``archive.zip/folder/member.csv``, and its hash is that of its own bytes: the same table from two
archives is one source. Whatever could write outside, grow without end, or hide is refused by name, and the rest is
read.

An archive inflates to :data:`LIMIT` bytes at most. Only long tables that are read row by row, as the corporate register of the
whole country is, may go beyond it: those whose head shows them to be one, and that inflate no further than such tables do
(:data:`SANE_RATIO`). They are inflated while they are read, and never held in memory.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from tsukitome.documents.file import AT_ONCE, AnyFile, File, LongFile, hash_of, largest, too_large
from tsukitome.documents.packed import (
    BROKEN_MEMBER,
    BROKEN_ZIP,
    CHUNK,
    HEAD,
    SANE_RATIO,
    ByRows,
    Inflating,
    content,
    is_gzip,
    is_zip,
    never,
    too_far,
)
from tsukitome.errors import UnreadableError

LIMIT = 1 << 30  # bytes that the members may inflate to together, but for tables read row by row
_UTF_8_NAME = 0x800  # general purpose bit 11 (APPNOTE 4.4.4): the name is UTF-8
_ENCRYPTED = 0x1
# Signatures and texts for people beside the data, and what a Mac adds: passed over, as they are in a folder.
_BESIDE = re.compile(r"\.(?:asc|sig|md|rst)$|(?:^|/)(?:\.(?!\.)|__MACOSX/)", re.I)
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
_NO_ZIP = "is no zip archive, or is damaged. Download it again."
_DAMAGED_MEMBER = "is damaged, or packed in a way that can't be read. Download the archive again."
_IN_ARCHIVE = "is an archive inside an archive. Unpack it, and give the files inside."


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not read: its name in the archive, and why."""

    name: str
    reason: str


def members(file: AnyFile, by_rows: ByRows = never) -> Iterator[AnyFile | Refused]:
    """The members of a zip archive in the order of their names, one inflated at a time.

    A member of more than :data:`AT_ONCE` bytes is a LongFile, or refused unless it is ``by_rows``. Raises UnreadableError for what
    is no zip archive, or whose members inflate to more than :data:`LIMIT` bytes together, long tables aside; a member that
    can't be read is yielded as :class:`Refused`.
    """
    try:
        archive = zipfile.ZipFile(file.open())
    except BROKEN_ZIP as error:
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
                yield Refused(name, too_far())


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
            data, sha256 = content(stream.read)
    except BROKEN_MEMBER:
        return Refused(name, _DAMAGED_MEMBER)
    member = File(f"{file.shown}/{name}", data, sha256)
    if is_zip(member) or is_gzip(member):
        return Refused(name, _IN_ARCHIVE)
    return member


def _is_long_table(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, by_rows: ByRows) -> bool:
    """Whether a member is a table that is read row by row, and inflates no further than one does."""
    if not AT_ONCE < info.file_size <= min(largest(), SANE_RATIO * info.compress_size):
        return False
    try:
        with archive.open(info) as stream:
            return by_rows(name, stream.read(HEAD))
    except BROKEN_MEMBER:
        return False


def _long_member(file: AnyFile, name: str, info: zipfile.ZipInfo) -> LongFile | Refused:
    """A member that is inflated anew by everybody who reads it; it is inflated once here, to see that it can be."""
    opened = partial(_inflating_member, file, info)
    try:
        with opened() as stream:
            sha256 = hash_of(stream)
    except BROKEN_MEMBER:
        return Refused(name, _DAMAGED_MEMBER)
    return LongFile(f"{file.shown}/{name}", info.file_size, opened, lambda: sha256)


def _inflating_member(file: AnyFile, info: zipfile.ZipInfo) -> BinaryIO:
    stream = file.open()
    archive = zipfile.ZipFile(stream)
    return io.BufferedReader(Inflating(cast(BinaryIO, archive.open(info)), archive, stream), CHUNK)
