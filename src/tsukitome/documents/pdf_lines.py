"""PDF pages as lines of text, column by column: for documents set as running text, such as the gazette.

A page is read by itself, at first; one that lacks columns which others show is read again with all that are known. So pages may be
read in any order, and on several processors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tsukitome.cores import in_parts
from tsukitome.documents.file import File
from tsukitome.documents.lines import Line
from tsukitome.documents.pdf_bombs import LINES_A_MIB, TOO_LONG, Patience, refuse_bombs
from tsukitome.documents.pdf_columns import is_near, page_lines
from tsukitome.documents.pdf_pieces import page_pieces
from tsukitome.documents.pdf_repair import Repaired, is_cut_off, repaired
from tsukitome.errors import UnreadableError

_FEWEST_PAGES = 20  # for a process of their own: a page takes about 5 ms
NO_TEXT = "holds no text that a program can read (a picture): its notices are missing."
_NO_NAMES = "has fonts that do not say which characters they print (no ToUnicode map): its notices are missing."
_INCOMPLETE = "is not all there: the file is cut off or damaged. Its notices are missing."
_CUT_OFF = "is cut off or damaged: its whole pages were read, and whatever stood on others is missing."
_DAMAGED = "is damaged and could not be read: its notices are missing."


@dataclass(frozen=True, slots=True)
class PdfLines:
    """A PDF's lines in reading order; ``unread`` are the numbers of the pages that give none, each with the reason."""

    lines: tuple[Line, ...]
    unread: tuple[tuple[int, str], ...]
    damage: str | None = None  # what is said of the file, where only a part of it is there

    @property
    def is_too_long(self) -> bool:
        """Whether pages were left out because those before took too long; reading them as tables takes longer still."""
        return any(reason == TOO_LONG for _, reason in self.unread)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class _PageLines(NamedTuple):
    """A page's lines and whether each stands in a margin, the page's gutters, and why it has no lines."""

    lines: list[tuple[str, bool]]
    gutters: list[float]
    reason: str = NO_TEXT


def read_pdf_lines(file: File, *, cores: int | None = None) -> PdfLines:
    """The lines of a PDF, numbered on each page; columns are read one after the other.

    ``cores`` is how many processes read the pages of a long one (default: see :func:`~tsukitome.cores.in_parts`). Raises
    UnreadableError for a file that is no PDF, damaged, locked by a password, or a bomb.
    """
    refuse_bombs(file)
    part = repaired(file.data) if is_cut_off(file.data) else None
    try:
        document = _opened(file, part)
    except UnreadableError:
        if part is not None or (part := repaired(file.data)) is None:
            raise
        document = _opened(file, part)
    try:
        pages = _read_pages(file, document, cores)
    finally:
        document.close()
    if part is not None:
        whole = iter(pages)
        lacking = _PageLines([], [], _INCOMPLETE)
        pages = [lacking if at in part.missing else next(whole, lacking) for at in range(1, part.pages + 1)]
    lines = tuple(
        Line(text, number, place, True, margin)
        for number, page in enumerate(pages, start=1)
        for place, (text, margin) in enumerate(page.lines, start=1)
    )
    unread = tuple((number, page.reason) for number, page in enumerate(pages, start=1) if not page.lines)
    return PdfLines(lines, unread, _CUT_OFF if part else None)


def _opened(file: File, part: Repaired | None) -> Any:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        return pypdfium2.PdfDocument(part.data if part else file.data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "is locked by a password. Save a copy without one." if locked else "is no PDF, or is damaged."
        raise UnreadableError(file.shown, reason) from error


def _read_pages(file: File, document: Any, cores: int | None) -> list[_PageLines]:
    def read(numbers: Sequence[int]) -> list[_PageLines]:
        patience = Patience(file, LINES_A_MIB)
        left_out = _PageLines([], [], TOO_LONG)
        return [left_out if patience.is_over else _read_page(document, number, known) for number in numbers]

    known: list[float] = []
    pages = in_parts(read, range(len(document)), fewest=_FEWEST_PAGES, cores=cores)
    for page in pages:
        known += [x for x in page.gutters if not is_near(x, known)]
    lacking = [at for at, page in enumerate(pages) if page.lines and len(page.gutters) < len(known)]
    for at, page in zip(lacking, in_parts(read, lacking, fewest=_FEWEST_PAGES, cores=cores), strict=True):
        pages[at] = page
    return pages


def _read_page(document: Any, at: int, known: Iterable[float]) -> _PageLines:
    import pypdfium2

    known = list(known)
    try:
        found = page_pieces(document[at], known)
        lines, gutters = page_lines(found.pieces, known)
        if any(not piece.is_word and piece.is_over(x) for piece in found.pieces for x in gutters if x not in known):
            # Headings, or two columns' lines in one.
            found = page_pieces(document[at], [*known, *gutters])
            lines, gutters = page_lines(found.pieces, known)
        return _PageLines(lines, gutters, _NO_NAMES if found.is_unnamed else NO_TEXT)
    except pypdfium2.PdfiumError:
        return _PageLines([], [], _DAMAGED)
