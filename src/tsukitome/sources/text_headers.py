"""The headers of contract lists in running text: the words over each column, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tsukitome.documents.fixed_width import Heading, untabbed
from tsukitome.documents.lines import Line
from tsukitome.documents.spaced_text import is_rule, is_ruled, pieces_in, width_of
from tsukitome.documents.table import Row, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_fields import field_of as bid_field_of
from tsukitome.sources.bid_headers import layout_at as bid_layout_at
from tsukitome.sources.bid_titles import SOME_TITLE
from tsukitome.sources.headers import Layout, field_of, header_key, layout_at
from tsukitome.sources.supplier_address import has_form

_FEWEST = 3  # columns of a header
_MOST = 40  # and at most
_TALLEST = 3  # lines that a header may have
LONGEST = 400  # characters of a line
# What stands in a further line of a header, where that is no field of its own: 契約の相手方 over の名称.
_REST_OF_HEADER = re.compile(
    r"(?:の|及び|または|又は|並びに|・|商号|名称|氏名|住所|所在地?|金額|価格|年月日|月日|日|数量|期間|区分|法人番号|等|円|千円|税込み?|税抜き?|単位|[:：()（）])+"
)
_BARE = frozenset({"bare_title", "bare_method", "ignored"})  # fields of words that may be a part of longer ones


class Head(NamedTuple):
    """A header: its first line, how many it has, and the words over each column."""

    at: int
    height: int
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Line, list[str]], ...]
    layout: Layout


def heads_in(lines: Sequence[Line]) -> tuple[list[Head], int]:
    """The headers of contract lists from the top down, and the place of the line at which they end: of a header of bids, or behind
    the last line.
    """
    heads: list[Head] = []
    at = 0
    while at < len(lines):
        may_head = _may_head(lines[at].text)
        head = _head_at(lines, at) if may_head else None
        if head is None and may_head and _heads_bids(lines[at]):
            return heads, at
        heads += [head] if head else []
        at += head.height if head else 1
    return heads, at


def _heads_bids(line: Line) -> bool:
    """Whether a line is the header of a list of bids, of one contract or of many."""
    cells = tuple(cell_of_text(one.text) for one in _headings(line.text))
    return len(cells) > 1 and bid_layout_at([Row(line.number, cells)], 0, SOME_TITLE) is not None


def _head_at(lines: Sequence[Line], at: int) -> Head | None:
    headings: tuple[Heading, ...] = ()
    best: Head | None = None
    for height, line in enumerate(lines[at : at + _TALLEST], start=1):
        own = _headings(line.text)
        if not own or (height == 1 and len(own) < _FEWEST):
            break
        headings = _over_each_other(headings, own)
        if not headings or (height > 1 and not all(_goes_on(one, headings) for one in own)):
            break
        texts = [[_text_over(column, _headings(one.text)) for column in headings] for one in lines[at : at + height]]
        rows = [Row(one.number, tuple(map(cell_of_text, cells))) for one, cells in zip(lines[at:], texts, strict=False)]
        layout = layout_at(rows, 0)
        if layout is None or bid_layout_at(rows, 0) or 2 * len(layout.told) < len(headings):
            continue
        printed = tuple(zip(lines[at : at + height], texts, strict=True))
        best = Head(at, height, headings, printed, layout)
    return best


@lru_cache(maxsize=1 << 12)
def _headings(text: str) -> tuple[Heading, ...]:
    """The words of a line as those of a header; none for a line that can be none: with a figure, a firm, a bar."""
    if len(text) > LONGEST or is_ruled(text) or is_rule(text):
        return ()
    text = untabbed(text)
    if re.search("[0-9０-９]{3}", text) or has_form(text):
        return ()
    pieces = pieces_in(text)
    return tuple(part for piece in pieces for part in _apart(Heading(*piece))) if len(pieces) <= _MOST else ()


def _may_head(text: str) -> bool:
    """Whether a line may begin a header: two of its words at least are fields, or are letters of one that are set apart."""
    words = text.split() if len(text) <= LONGEST else []
    return sum(len(word) == 1 or _is_field(word) for word in words) > 1


@lru_cache(maxsize=1 << 14)
def _is_field(word: str) -> bool:
    return field_of(header_key(word)) is not None or bid_field_of(word) is not None


def _apart(heading: Heading) -> list[Heading]:
    """The words of a piece that a single space sets apart, where each is a field of its own."""
    words = heading.text.split()
    fields = [field_of(header_key(word)) for word in words]
    if (
        len(words) < 2
        or heading.text.isascii()
        or None in fields
        or len(set(fields)) < len(fields)
        or not _BARE.isdisjoint(fields)
    ):
        return [heading]
    parts: list[Heading] = []
    at = 0
    for word in words:
        at = heading.text.index(word, at)
        start = heading.start + width_of(heading.text[:at])
        parts.append(Heading(start, start + width_of(word), word))
        at += len(word)
    return parts


def _goes_on(one: Heading, headings: Sequence[Heading]) -> bool:
    """Whether words can stand in a further line of a header: they are what headers say, or make what stands above a field."""
    if _REST_OF_HEADER.fullmatch(squeeze(fold(one.text))) or field_of(header_key(one.text)):
        return True
    column = next(column for column in headings if column.start <= one.start and one.end <= column.end)
    above = column.text.rpartition("\n")[0]
    return not field_of(header_key(above)) and field_of(header_key(column.text)) is not None


def _over_each_other(headings: Sequence[Heading], below: Sequence[Heading]) -> tuple[Heading, ...]:
    """The columns of a header with a line more; () where that has words below those of two columns."""
    columns = [*headings]
    for one in below:
        over = [column for column in columns if column.start < one.end and one.start < column.end]
        if len(over) > 1:
            return ()
        start, end = one.start, one.end
        for column in over:
            columns.remove(column)
            start, end = min(start, column.start), max(end, column.end)
        columns.append(Heading(start, end, "\n".join([*(column.text for column in over), one.text])))
    return tuple(sorted(columns))


def _text_over(column: Heading, line: Sequence[Heading]) -> str:
    return " ".join(one.text for one in line if column.start <= one.start and one.end <= column.end)
