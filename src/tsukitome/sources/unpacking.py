"""What a file holds: itself, its content inflated, or the members of an archive, each a source of its own."""

from __future__ import annotations

from collections.abc import Iterator

from tsukitome.documents.file import AnyFile, LongFile, not_at_once
from tsukitome.documents.gzipped import gunzipped
from tsukitome.documents.packed import is_gzip, is_zip
from tsukitome.documents.workbook_bombs import refuse_bomb
from tsukitome.documents.zipped import Refused, members
from tsukitome.errors import UnreadableError
from tsukitome.sources.kinds import HEAD, is_by_rows
from tsukitome.sources.reading import Refusal


def unpacked(file: AnyFile) -> Iterator[AnyFile | Refusal]:
    """The files that are to be read for a given one, one at a time.

    A member of a zip archive is shown as ``archive.zip/member.csv`` and has the hash of its own bytes; a gzip file keeps its name
    and hash. A LongFile is given only where it can be read row by row. What can't be unpacked is a refusal. Raises nothing.
    """
    try:
        if is_gzip(file):
            yield gunzipped(file, is_by_rows)
        elif is_zip(file):
            yield from _members(file)
        elif isinstance(file, LongFile):
            if not is_by_rows(file.shown, file.head(HEAD)):
                raise UnreadableError(file.shown, not_at_once())
            yield file
        else:
            if file.data.startswith(b"PK"):
                refuse_bomb(file)
            yield file
    except UnreadableError as error:
        yield Refusal(error.file, error.reason, error.place)


def _members(file: AnyFile) -> Iterator[AnyFile | Refusal]:
    held = False
    for member in members(file, is_by_rows):
        held = True
        if isinstance(member, Refused):
            yield Refusal(f"{file.shown}/{member.name}", member.reason)
        else:
            yield member
    if not held:
        yield Refusal(file.shown, "is a zip archive that holds no file to read.")
