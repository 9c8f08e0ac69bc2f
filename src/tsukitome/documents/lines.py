"""A text document as lines that remember their page and number."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from tsukitome.documents.file import AnyFile, File, pieces
from tsukitome.errors import UnreadableError

# In this order: detectors take short CP932 texts for other encodings.
CUT_OFF = "\ufffd"  # stands for a character whose bytes the file's end cuts off
ENCODINGS = ("utf-8-sig", "cp932", "euc_jp")
# EUC-JP read as CP932 is a row of half-width kana and private-use characters; no document is printed so.
_MISREAD = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_FEW = 5  # control characters: a small table may have an ANSI code in a cell
# "- 12 -" alone on a line, the page mark of text copies; dashes are required, since a bare number may be a value's end.
_PAGE_MARK = re.compile(
    r"\s*(?:[-‐‑–—―−─－]\s*[0-9０-９]{1,4}\s*[-‐‑–—―−─－]|={2,}\s*(?:[Pp]age|ページ|頁)\s*[0-9]+\s*={2,})\s*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. ``page`` and ``number`` count from 1.

    ``number`` is the line's number in the whole file, or on its page where ``on_page`` is set (a PDF has no others). ``margin`` is
    set where it stands apart above or below its page's text, as running heads and page numbers do.
    """

    text: str
    page: int
    number: int
    on_page: bool = False
    margin: bool = False

    @property
    def place(self) -> str:
        """The place as an award's identity spells it: ``l12``, or ``p3-l12`` for a line counted on its page."""
        return f"p{self.page}-l{self.number}" if self.on_page else f"l{self.number}"


def decode(file: File) -> str:
    """The text of a file's bytes, in the first of :data:`ENCODINGS` that fits (UTF-16 only with its byte order mark).

    A character that the file's end cuts off is :data:`CUT_OFF`.

    Raises UnreadableError for bytes that are no text.
    """
    if file.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    if (text := _decoded(file.data, encodings)) is not None:
        return text
    for encoding in encodings:
        try:
            file.data.decode(encoding)
        except UnicodeDecodeError as error:
            whole = file.data[: error.start] if _is_cut(error, file.data) else b""
            if whole and (text := _decoded(whole, (encoding,))) is not None:
                return text + CUT_OFF
    raise UnreadableError(file.shown, "is no text in UTF-8, Shift_JIS (CP932) or EUC-JP. Save it as UTF-8.")


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str | None:
    doubtful: str | None = None
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp932" and 3 * len(_MISREAD.findall(text)) > len(text) - text.count(" "):
            doubtful = text  # kept for a text of half-width kana, which no EUC-JP is
            continue
        if _is_binary(len(_CONTROL.findall(text)), len(text)):
            break
        return text
    return doubtful if doubtful is not None and not _CONTROL.search(doubtful) else None


def _is_binary(control: int, length: int) -> bool:
    """Whether so many control characters make bytes no text: more than one in a hundred, and more than a few junk cells hold."""
    return control > max(length // 100, min(_FEW, length // 5))


def _is_cut(error: UnicodeDecodeError, data: bytes) -> bool:
    """Whether only the last character of a long enough text is not there as a whole."""
    at_end = len(data) - error.start < 4 and error.start > 64
    return at_end and error.reason in ("unexpected end of data", "incomplete multibyte sequence")


def encoding_of(file: AnyFile, watch: Callable[[Iterator[bytes]], Iterator[bytes]] = iter) -> str | None:
    """The encoding in which :func:`decode` reads a file, found piece by piece; None where that refuses or doubts it.

    ``watch`` is given the pieces of each try, the last of which is that with the encoding found.
    """
    head = file.head(3)
    candidates: tuple[str, ...] = ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS
    for encoding in candidates:
        length = spaces = misread = control = 0
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            if len(head) < 3:
                head.decode(encoding)  # the piecewise decoder waits for the rest of a byte order mark
            with file.open() as stream:
                for piece in chain(watch(pieces(stream)), (b"",)):  # at the end a character that is cut off is told
                    text = decoder.decode(piece, final=not piece)
                    length += len(text)
                    if len(piece.translate(None, _CONTROL_BYTES)) < len(piece):
                        control += len(_CONTROL.findall(text))
                    if encoding == "cp932":
                        spaces, misread = spaces + text.count(" "), misread + len(_MISREAD.findall(text))
        except UnicodeDecodeError:
            continue
        if encoding == "cp932" and 3 * misread > length - spaces:
            return None  # EUC-JP, or a text of half-width kana: decode() settles it
        return None if _is_binary(control, length) else encoding
    return None


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text. A form feed starts a page, and so does a page mark (``- 12 -``), which is left out.

    Pages are counted, not read off the marks: the first page is 1 whatever is printed on it.
    """
    return tuple(_numbered(text))


def _numbered(text: str) -> Iterator[Line]:
    # marked: a page mark has just begun this page, so that a form feed beside it begins no other.
    page, printed_on_page, marked = 1, False, text.startswith("\f")
    for number, raw in enumerate(re.split(r"\r\n|[\n\r\x0b\x85\u2028\u2029]", text), start=1):
        # A form feed stands before the page's first line, usually on that line.
        before, *pages = raw.split("\f")
        if before or not pages:
            if _PAGE_MARK.fullmatch(before):
                page, marked, printed_on_page = page + printed_on_page, True, False
            else:
                printed_on_page = printed_on_page or bool(before.strip())
                marked = marked and not printed_on_page
                yield Line(before, page, number)
        for piece in pages:
            page, marked, printed_on_page = page + (not marked), False, bool(piece.strip())
            if not _PAGE_MARK.fullmatch(piece):
                yield Line(piece, page, number)
            else:
                printed_on_page = False
