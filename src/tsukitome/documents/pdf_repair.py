"""What can still be had of a PDF that is cut off or lost its table of objects: the pages whose objects are all there.

The objects of a PDF begin with ``12 0 obj`` and end with ``endobj`` wherever they stand (ISO 32000-1, 7.3.10), or lie in compressed
object streams (7.5.7). They are found, and a new tree of pages, catalog and table of objects written behind the old bytes. A page
with an object missing, its font or a part of its text, is left out: it would be read as something else than it printed.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

_BOUNDS = re.compile(rb"(?<![0-9])([0-9]{1,8})\s+[0-9]{1,5}\s+obj\b|\bendobj\b")  # where an object begins, or one ends
_STREAM = re.compile(rb"stream\r?\n")
_REFERENCE = re.compile(rb"(?<![0-9])([0-9]{1,8})\s+[0-9]{1,5}\s+R\b")
# What a page names besides what is needed to read its text.
_NOT_ITS_TEXT = re.compile(
    rb"/(?:Parent|Annots|B|Dest|A|StructParents|Metadata|Thumb|PieceInfo|Next|Prev)\s*(?:[0-9]+\s+[0-9]+\s+R|\[[^\[\]]*\])"
)
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PAGES = re.compile(rb"/Type\s*/Pages(?![A-Za-z])")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_KIDS = re.compile(rb"/Kids\s*\[([^\[\]]*)\]")
_NUMBER = re.compile(rb"/(N|First)\s+([0-9]+)")
_LARGEST = 1 << 26  # bytes that the object streams may inflate to together; a page's dictionary has a few hundred


class Repaired(NamedTuple):
    """A whole PDF made of what is there; of ``pages`` pages that are known of, ``missing`` are the numbers of those not in it."""

    data: bytes
    pages: int
    missing: tuple[int, ...]


def is_cut_off(data: bytes) -> bool:
    """Whether a PDF's end is not there."""
    return b"%%EOF" not in data[-2048:]


def repaired(data: bytes) -> Repaired | None:
    """The PDF again with its whole pages; None where there is none, or where its text is locked."""
    if b"/Encrypt" in data:
        return None
    places, packed = _objects(data)
    heads = {number: _head(data, start, end) for number, (start, end) in places.items()} | packed
    pages, torn = _in_order(heads), _torn(heads)
    whole = [page for page in pages if page in heads and page not in torn]
    if not whole:
        return None
    return Repaired(
        _written(data, places, packed, whole),
        len(pages),
        tuple(at for at, page in enumerate(pages, 1) if page not in heads or page in torn),
    )


def _objects(data: bytes) -> tuple[dict[int, tuple[int, int]], dict[int, bytes]]:
    """Where each whole object begins and ends, by its number, and the objects in object streams. The last of a number counts."""
    places: dict[int, tuple[int, int]] = {}
    packed: dict[int, bytes] = {}
    left = _LARGEST
    begin: re.Match[bytes] | None = None
    for bound in _BOUNDS.finditer(data):
        if bound[1] is not None:
            begin = begin or bound  # what looks like another one inside an object stands in its stream
            continue
        if begin is None:
            continue
        number, start, opened = int(begin[1]), begin.start(), begin.end()
        places[number] = start, bound.end()
        packed.pop(number, None)
        if _OBJECT_STREAM.search(head := _head(data, start, bound.end())):
            for inner, body in _unpacked(head, data[opened : bound.start()], left):
                left -= len(body)
                places.pop(inner, None)
                packed[inner] = body
        begin = None
    return places, packed


def _head(data: bytes, start: int, end: int) -> bytes:
    """An object without its stream."""
    stream = _STREAM.search(data, start, end)
    return data[start : stream.start() if stream else end]


def _unpacked(head: bytes, data: bytes, largest: int) -> Iterator[tuple[int, bytes]]:
    numbers = {name: int(value) for name, value in _NUMBER.findall(head)}
    stream = _STREAM.search(data)
    if stream is None or len(numbers) < 2 or largest <= 0:
        return
    content = data[stream.end() :]
    if b"/FlateDecode" in head:
        try:
            content = zlib.decompressobj().decompress(content, largest)
        except zlib.error:
            return
    table = [int(word) for word in content[: numbers[b"First"]].split() if word.isdigit() and len(word) < 10]
    known = list(zip(table[::2], table[1::2], strict=False))[: numbers[b"N"]]
    for (number, offset), behind in zip(known, [*(offset for _, offset in known[1:]), len(content)], strict=True):
        yield number, content[numbers[b"First"] + offset : numbers[b"First"] + behind]


def _in_order(heads: dict[int, bytes]) -> list[int]:
    """The numbers of all pages: as the tree of pages has them, then those that it does not reach, as they stand in the file."""
    kids = {
        number: [int(kid) for kid in _REFERENCE.findall(found[1])]
        for number, head in heads.items()
        if _PAGES.search(head) and (found := _KIDS.search(head))
    }
    inner = {kid for some in kids.values() for kid in some}
    ordered: dict[int, None] = {}
    waiting = [number for number in reversed(kids) if number not in inner]
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        if number in kids:
            waiting += reversed(kids[number])
        else:
            ordered[number] = None
    ordered.update(dict.fromkeys(number for number, head in heads.items() if _PAGE.search(head)))
    return list(ordered)


def _torn(heads: dict[int, bytes]) -> set[int]:
    """The objects whose text needs an object that is not there, itself or by way of others."""
    needed_by: dict[int, list[int]] = defaultdict(list)
    for number, head in heads.items():
        for reference in _REFERENCE.findall(_NOT_ITS_TEXT.sub(b"", head)):
            needed_by[int(reference)].append(number)
    torn: set[int] = set()
    waiting = [user for number, users in needed_by.items() if number not in heads for user in users]
    while waiting:
        number = waiting.pop()
        if number not in torn:
            torn.add(number)
            waiting += needed_by.get(number, ())
    return torn


def _written(data: bytes, places: dict[int, tuple[int, int]], packed: dict[int, bytes], pages: list[int]) -> bytes:
    """The old bytes, and behind them the unpacked objects, a tree of the pages, a catalog and the table of all objects."""
    tree, catalog = max([*places, *packed]) + 1, max([*places, *packed]) + 2
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    new = {
        **packed,
        tree: b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(pages), kids),
        catalog: b"<< /Type /Catalog /Pages %d 0 R >>" % tree,
    }
    written = [data, b"\n"]
    length = len(data) + 1
    offsets = {number: start for number, (start, _) in places.items()}
    for number, body in new.items():
        offsets[number] = length
        written.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(written[-1])
    table = [b"xref\n0 1\n0000000000 65535 f \n"]
    table += (b"%d 1\n%010d 00000 n \n" % (number, offset) for number, offset in sorted(offsets.items()))
    end = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (catalog + 1, catalog, length)
    return b"".join([*written, *table, end])
