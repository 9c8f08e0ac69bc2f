"""Text whose columns are set apart by white space or ruled with box characters, as tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from tsukitome.documents.lines import Line
from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text

_TAB = 8
_LONGEST, _MOST_COLUMNS = 400, 40  # characters of a line that is parted, and columns in which pieces are looked for
_RULED = re.compile(r"[│┃┆┇┊┋║|｜]")
_RULE = re.compile(r"[\s\u2500-\u257f+＋|｜*＊=＝_＿‐‑–—―−－ー~〜.・-]{4,}")
# What parts two columns: two spaces, or wider. A single wide space parts the letters of a word (件　名) and a name from its sum.
_GAP = re.compile(r"[ \xa0]{2,}|[\s\u3000]*(?:\u3000\s*\u3000|\u3000 | \u3000|\t)[\s\u3000]*")
_NUMBERING = re.compile(r"[(（]?[0-9０-９]{1,3}[)）.．、]?[ \u3000](?=\S)|[①-⑳][ \u3000]?(?=\S)")
_LETTERS = re.compile(r"[一-鿿](?:[\u3000 ]?[一-鿿]){0,3}")
_LETTER = re.compile(r"[一-鿿](?:[:：].*)?$")
_WIDEST_LETTERS = 8  # half-width characters between two letters of one word
_FARTHEST = 8.0  # half-width characters that a piece may stand from the column that it is of
_SUM = re.compile(r"[0-9０-９][0-9０-９,，]{3,}")


class Piece(NamedTuple):
    """A piece of a line between two gaps; ``start`` and ``end`` count half-width characters."""

    start: int
    end: int
    text: str


def spaced_table(lines: Sequence[Line]) -> Table:
    """The lines as one table: a row each, the pieces of neighbouring lines that stand below each other in one column.

    A line in which a piece's column can't be told is a single cell. Rules are left out; lines between two rules of a ruled
    table of which one alone has a sum are one row.
    """
    rows: list[Row] = []
    for ruled, run in _runs(lines):
        rows += _ruled_rows(run) if ruled else _spaced_rows(run)
    width = max((len(row.cells) for row in rows), default=0)
    page = lines[0].page if lines and lines[0].on_page else None
    return Table(tuple(Row(row.number, (*row.cells, *(EMPTY,) * (width - len(row.cells)))) for row in rows), page=page)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Neighbouring lines of one table: ruled ones (with the rules between), and others up to a line without columns."""
    run: list[Line] = []
    ruled = summed = False
    for line in lines:
        if is_ruled(line.text) or (ruled and is_rule(line.text)):
            if run and not ruled:
                yield False, run
                run = []
            ruled = True
            run.append(line)
            continue
        if ruled:
            yield True, run
            run, ruled, summed = [], False, False
        if not line.text.strip() or is_rule(line.text):
            continue
        columns = len(pieces_in(line.text)) > 1
        said = _SUM.search(line.text) is not None
        if run and (not columns or (summed and not any(map(str.isdigit, line.text)) and len(pieces_in(line.text)) > 2)):
            yield False, run
            run, summed = [], False
        if not columns:
            yield False, [line]
            continue
        run.append(line)
        summed = summed or said
    if run:
        yield ruled, run


def is_rule(text: str) -> bool:
    """Whether a line is nothing but a rule."""
    return _RULE.fullmatch(text) is not None


def is_ruled(text: str) -> bool:
    """Whether a line is one of a table ruled with bars."""
    return len(_RULED.findall(text)) > 1


def pieces_in(text: str) -> list[Piece]:
    """The pieces of a line between white gaps, letters that are set apart (件　　名) in one; one for a line too long to part."""
    text = text.expandtabs(_TAB).rstrip()
    if len(text) > _LONGEST:
        return [Piece(0, width_of(text), text)]
    pieces: list[Piece] = []
    at = len(text) - len(text.lstrip())
    start, last = width_of(text[:at]), at
    while at < len(text):
        gap = _GAP.search(text, at)
        end = gap.start() if gap else len(text)
        start += width_of(text[last:at])
        last = at
        piece = Piece(start, start + width_of(text[at:end]), text[at:end])
        if pieces and _goes_on(pieces[-1], piece):
            piece = Piece(pieces[-1].start, piece.end, pieces.pop().text + piece.text)
        pieces.append(piece)
        at = gap.end() if gap else end
    return pieces


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Whether a piece is the next letter of a word that is set apart by letters: 件　　　名, 落　　札."""
    letters = _LETTERS.fullmatch(before.text) and _LETTER.match(piece.text)
    return bool(letters) and piece.start - before.end <= _WIDEST_LETTERS


def width_of(text: str) -> int:
    """How many half-width characters a text takes up where all characters have one of two widths."""
    return len(text) if text.isascii() else sum([_widths[character] for character in text])


class _Widths(dict[str, int]):
    """How many half-width characters a character takes up."""

    def __missing__(self, character: str) -> int:
        width = self[character] = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        return width


_widths = _Widths()


def _numbered_apart(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a line with the number that counts it set apart: 1 架空建設株式会社."""
    first = pieces[0]
    match = _NUMBERING.match(first.text)
    if match is None or len(pieces) < 2:
        return pieces
    number, name = match.group().strip(), first.text[match.end() :]
    cut = first.end - width_of(name)
    return [Piece(first.start, first.start + width_of(number), number), Piece(cut, first.end, name), *pieces[1:]]


def _spaced_rows(run: Sequence[Line]) -> Iterator[Row]:
    parted = [_numbered_apart(pieces_in(line.text)) for line in run]
    columns = max(parted, key=len)
    for line, pieces in zip(run, parted, strict=True):
        places = _places(pieces, columns) if len(columns) > 2 else range(len(pieces))
        if places is None:
            yield Row(line.number, (cell_of_text(line.text.strip()),))
            continue
        cells = [EMPTY] * len(columns)
        for at, piece in zip(places, pieces, strict=True):
            cells[at] = cell_of_text(piece.text)
        yield Row(line.number, tuple(cells))


def _places(pieces: Sequence[Piece], columns: Sequence[Piece]) -> Sequence[int] | None:
    """The column of each piece, in their order and so that they stand as near as can be; None where one stands far off."""
    if len(pieces) == len(columns):
        return range(len(columns))
    if len(pieces) > len(columns) or len(columns) > _MOST_COLUMNS:
        return None
    # least[k] is the least distance of the first pieces, the last of which stands in column k, with their columns
    least: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for nth, piece in enumerate(pieces):
        best: list[tuple[float, tuple[int, ...]]] = []
        for at in range(nth, len(columns) - (len(pieces) - nth - 1)):
            far = _distance(piece, columns[at])
            before = min((one for one in least if not one[1] or one[1][-1] < at), default=None)
            if far <= _FARTHEST and before is not None:
                best.append((before[0] + far, (*before[1], at)))
        if not best:
            return None
        least = best
    return min(least)[1]


def _distance(piece: Piece, column: Piece) -> float:
    """How far a piece stands from a column; below 0 where one stands over the other."""
    over = min(piece.end, column.end) - max(piece.start, column.start)
    if over <= 0:
        return float(-over)
    return -over / min(piece.end - piece.start, column.end - column.start)


def _ruled_rows(run: Sequence[Line]) -> Iterator[Row]:
    groups = [list(lines) for rule, lines in groupby(run, key=lambda line: is_rule(line.text)) if not rule]
    for group in groups:
        parted = [_ruled_cells(line.text) for line in group]
        summed = [any(_SUM.search(text) for text in cells) for cells in parted]
        if sum(summed) == 1 and len({len(cells) for cells in parted}) == 1:
            cells = ["\n".join(filter(None, texts)) for texts in zip(*parted, strict=True)]
            yield Row(group[summed.index(True)].number, _cells(cells))
        else:
            yield from (Row(line.number, _cells(cells)) for line, cells in zip(group, parted, strict=True))


def _ruled_cells(text: str) -> list[str]:
    cells = [cell.strip() for cell in _RULED.split(text.strip())]
    return cells[1 if not cells[0] else 0 : -1 if not cells[-1] else None]


def _cells(texts: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(map(cell_of_text, texts))
