"""A gzip file with its content inflated, within limits of size."""

from __future__ import annotations

import gzip
import io
import zlib
from functools import partial
from itertools import chain
from typing import BinaryIO, cast

from tsukitome.documents.file import AT_ONCE, AnyFile, File, LongFile, largest, pieces, too_large
from tsukitome.documents.packed import (
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


def gunzipped(file: AnyFile, by_rows: ByRows = never) -> AnyFile:
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
                inflated = File(file.shown, content(stream.read)[0], file.sha256)
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
        head = stream.read(HEAD)
        limit = AT_ONCE
        if by_rows(file.shown, head):
            limit = max(limit, min(largest(), SANE_RATIO * file.size))
        size = 0
        for piece in chain((head,), pieces(stream)):
            size += len(piece)
            if size > limit:
                raise UnreadableError(file.shown, too_large() if limit == largest() else too_far())
    return size


def _gunzipping(file: AnyFile) -> BinaryIO:
    stream = file.open()
    return io.BufferedReader(Inflating(cast(BinaryIO, gzip.GzipFile(fileobj=stream)), stream), CHUNK)
