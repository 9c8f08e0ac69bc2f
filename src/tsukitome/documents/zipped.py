"""Packed files: the members of a zip archive as files of their own, and gzip undone, within a limit of size.

A member is known as ``archive.zip/folder/member.csv``, and its hash is that of its own bytes: the same table from two
archives is one source. Whatever could write outside, grow without end, or hide is refused by name, and the rest is
read.
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
from dataclasses import dataclass, replace

from tsukitome.documents.file import LARGEST, File
from tsukitome.errors import UnreadableError

LIMIT = 1 << 30  # bytes that one packed file may inflate to, all its members together
WORKBOOK_LIMIT = 1 << 28  # the XML of about two million cells; the cells take many times as much
_GZIP = b"\x1f\x8b\x08"
_ZIP = b"PK"
_CHUNK = 1 << 20
_BLANK_KEPT = 16  # chunks of nothing before the first that holds something; more are no document
_WORKBOOK_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_OPEN_DOCUMENT = frozenset({"mimetype", "content.xml", "META-INF/manifest.xml"})  # OpenDocument 1.2, part 3
_UTF_8_NAME = 0x800  # general purpose bit 11 (APPNOTE 4.4.4): the name is UTF-8
_ENCRYPTED = 0x1
# Signatures and texts for people beside the data, and what a Mac adds: passed over, as they are in a folder.
_BESIDE = re.compile(r"\.(?:asc|sig|md|rst)$|(?:^|/)(?:\.(?!\.)|__MACOSX/)", re.I)
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
_NO_ZIP = "is no zip archive, or is damaged. Download it again."


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not read: its name in the archive, and why."""

    name: str
    reason: str


def is_zip(file: File) -> bool:
    """Whether a file is a zip archive and no workbook, which is one inside. A damaged one counts by its name."""
    if not file.data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            names = archive.namelist()
            return not (_WORKBOOK_PARTS.intersection(names) or _OPEN_DOCUMENT.issubset(names))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return file.suffix == ".zip"


def members(file: File) -> Iterator[File | Refused]:
    """The members of a zip archive in the order of their names, one inflated at a time.

    Raises UnreadableError for a file that is no zip archive, or whose members inflate to more than :data:`LIMIT` bytes
    together; a member that can't be read is yielded as :class:`Refused`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableError(file.shown, _NO_ZIP) from error
    with archive:
        infos = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for _, info in infos) > LIMIT:
            raise UnreadableError(file.shown, "inflates to more than 1 GiB. Unpack it, and give the files one by one.")
        seen: set[str] = set()
        for name, info in sorted(infos, key=lambda member: member[0]):
            if _BESIDE.search(name) and not _OUTSIDE.search(name):
                continue
            reason = _objection(name, info, seen)
            seen.add(name)
            yield Refused(name, reason) if reason else _inflated(file, archive, name, info)


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
    if info.file_size > LARGEST:
        return f"inflates to more than {LARGEST >> 20} MiB, which are not read at once. Give it in parts."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a symbolic link, which is not followed."
    return None


def _inflated(file: File, archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> File | Refused:
    try:
        with archive.open(info) as stream:  # never more than the size that was added up
            data, sha256 = _content(stream.read)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        return Refused(name, "is damaged, or packed in a way that can't be read. Download the archive again.")
    member = File(f"{file.shown}/{name}", data, sha256)
    if is_zip(member) or is_gzip(member):
        return Refused(name, "is an archive inside an archive. Unpack it, and give the files inside.")
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
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return  # the workbook reader says what is wrong with it
    if size > WORKBOOK_LIMIT:
        raise UnreadableError(file.shown, f"inflates to more than {WORKBOOK_LIMIT >> 20} MiB. Save its sheets as CSV.")


def is_gzip(file: File) -> bool:
    """Whether a file's first bytes are those of gzip."""
    return file.data.startswith(_GZIP)


def gunzipped(file: File) -> File:
    """A gzip file with its content inflated, under its own name and hash: they are what can be downloaded and compared.

    Raises UnreadableError where it is cut off or damaged, inflates to more than :data:`LARGEST` bytes, or holds an archive.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(file.data)) as stream:
            size = 0
            while size <= LARGEST and (part := stream.read(_CHUNK)):
                size += len(part)
        if size > LARGEST:  # known before anything is kept
            raise UnreadableError(
                file.shown, f"inflates to more than {LARGEST >> 20} MiB, which are not read at once. Give it in parts."
            )
        with gzip.GzipFile(fileobj=io.BytesIO(file.data)) as stream:
            data, _ = _content(stream.read)
    except EOFError as error:
        raise UnreadableError(file.shown, "is cut off before the end of its gzip data. Download it again.") from error
    except (OSError, zlib.error) as error:
        raise UnreadableError(file.shown, "is damaged gzip data. Download it again.") from error
    inflated = replace(file, data=data)
    if is_gzip(inflated) or is_zip(inflated):
        raise UnreadableError(file.shown, "is an archive inside gzip. Unpack it, and give the files inside.")
    return inflated
