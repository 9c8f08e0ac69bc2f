"""What an answer in a terminal is made of: lines, headings and columns of text, each piece with its style.

Two modules draw them: :mod:`~tsukitome.reporting.in_colour` by rich, :mod:`~tsukitome.reporting.in_plain` writes the same
characters without it.
"""

from __future__ import annotations

from tsukitome.dataclass import dataclass

Piece = tuple[str, str]  # a text and its style, as rich names styles; "" is the usual one


@dataclass(frozen=True, slots=True)
class Line:
    """A text that is broken where it is too wide; without pieces an empty line."""

    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is drawn out to the whole width."""

    line: Line


@dataclass(frozen=True, slots=True)
class Column:
    """A column: of ``width`` cells, or with a ``share`` of what the others leave, else as wide as what it holds.

    A word that is too wide is broken where ``folds``, else cut.
    """

    header: str = ""
    style: str = ""
    right: bool = False
    width: int | None = None
    share: int | None = None
    folds: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of one line a column, two spaces between them; the whole width where a column has a share.

    Without a ``header_style`` there is no header, and one space between columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    header_style: str | None = None

    @property
    def header(self) -> tuple[Line, ...] | None:
        if self.header_style is None:
            return None
        return tuple(line((column.header, self.header_style)) for column in self.columns)


Part = Line | Heading | Columns


def line(*pieces: str | Piece, style: str = "") -> Line:
    """A line of pieces; ``style`` is that of those which come without one."""
    return Line(tuple((piece, style) if isinstance(piece, str) else piece for piece in pieces))
