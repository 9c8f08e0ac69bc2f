"""The rows below the header of a contract list in running text, cut at the white that runs down between its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from tsukitome.documents.fixed_width import Gutter, Ink, cut, gutters, ink_of, stands_in, untabbed
from tsukitome.documents.lines import Line
from tsukitome.documents.spaced_text import is_rule, width_of
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_names import is_amount, is_day, tells_amount, tells_day
from tsukitome.sources.contract_title import is_note, is_part, is_total
from tsukitome.sources.supplier_address import has_form, starts_address
from tsukitome.sources.text_cells import (
    DAYS,
    NAMES,
    PRICES,
    TITLES,
    are_apart,
    begins_row,
    columns_of,
    extents,
    goes_on_name,
    is_below,
    is_row,
    runs_together,
)
from tsukitome.sources.text_headers import LONGEST, Head

# Lines that surely head a part of the list, and those that may: 業務 alone is the end of a title as well.
_HEADS = re.compile(
    r"[■□◆◇○●◎▼▲・【〔<《]|[(（\[]?[0-9０-９一二三四五六七八九十①-⑳]{1,3}[.．、)）\] 　]"
    r"|.*(?:競争入札|随意契約|競争契約|月分|四半期|半期|の部)$"
)
_MAY_HEAD = re.compile(
    r"(?:建設|土木|建築|公共|工事|業務|委託|物品|役務|購入|設計|測量|調査|コンサルタント|印刷|製造|賃貸借|リース|修繕|請負|調達|契約|関係|関連|等|及び|の|・)+"
)
REACHES_OVER = (
    "a row that reaches over the columns of its header: which of its words are of which column can't be told."
)
NO_FIRST_LINE = "a list whose rows take several lines, and which of them begins a row can't be told."
MAY_GO_ON = "a line of which it can't be told whether it goes on with the row above."
MAY_GO_ON_BELOW = "a row that may go on in the line below, which could not be read."
TELLS_NOTHING = "a row without a day or a sum."
HOLDS_MORE = "a row in which a cell holds what is of another column: they can't be told apart."


class _Entry(NamedTuple):
    """A row, or a line of running text (one cell); ``last`` is the last line that it takes."""

    line: Line
    cells: list[str]
    last: Line
    extents: tuple[tuple[int, int] | None, ...] = ()


def _is_next(above: Line, line: Line) -> bool:
    return above.number == line.number - 1 and above.page == line.page


@dataclass
class Block:
    """A header and the lines below it."""

    head: Head
    lines: Sequence[Line]
    unreadable: list[tuple[Line, str]] = field(default_factory=list)

    def rows(self) -> list[tuple[Line, list[str]]]:
        """The header and the rows below it, each a cell a column, lines of running text as a single cell."""
        texts = {id(line): untabbed(line.text.rstrip()) for line in self.lines if len(line.text) <= LONGEST}
        self.unreadable += [(line, REACHES_OVER) for line in self.lines if id(line) not in texts]
        inks = {key: ink_of(text) for key, text in texts.items()}
        told = [line for line in self.lines if id(line) in texts and is_row(texts[id(line)])]
        places = self._places([(texts[id(line)], inks[id(line)]) for line in told])
        if places is None:
            return [*self.head.rows]
        entries: list[_Entry] = []
        beside = False  # whether the line above is blank or a rule
        page = self.lines[0].page if self.lines else None
        refused = 0  # the number of the last line that was refused
        for line in self.lines:
            if id(line) not in texts:
                continue
            text, ink = texts[id(line)], inks[id(line)]
            beside, page = beside or line.page != page, line.page
            if not ink or is_rule(text):
                beside = True
                continue
            entry = self._entry(line, text, ink, places, apart=beside)
            above = entries[-1] if entries and not beside and _is_next(entries[-1].last, line) else None
            follows_refused = not beside and refused == line.number - 1
            beside = False
            if entry is None:
                refused = line.number
                if above and not begins_row(text):
                    self._take_back(entries)
                continue
            goes_on = self._goes_on(entry, above) if above and len(entry.cells) > 1 else False
            if above and goes_on:
                entries[-1] = above._replace(cells=self._joined(above.cells, entry.cells), last=line)
            elif goes_on is None or (follows_refused and len(entry.cells) > 1 and not self._tells(entry.cells)):
                self.unreadable.append((line, MAY_GO_ON))
                refused = line.number
                if above and goes_on is None:
                    self._take_back(entries)
            else:
                entries.append(entry)
        if late := self._late_beginning(entries):
            self.unreadable.append((late, NO_FIRST_LINE))
            return [*self.head.rows]
        return [*self.head.rows, *((entry.line, cells) for entry in entries if (cells := self._sound(entry)))]

    def _take_back(self, entries: list[_Entry]) -> None:
        """Refuses the last row: what follows it may be the rest of it."""
        self.unreadable.append((entries.pop().line, MAY_GO_ON_BELOW))

    def _places(self, rows: Sequence[tuple[str, Ink]]) -> list[int] | None:
        """Where the lines are cut; None, and said, where it can't be told."""
        places: list[int] = []
        inks = [ink for _, ink in rows]
        for nth, (left, right) in enumerate(pairwise(self.head.headings)):
            found = gutters(left, right, inks)
            crossed = found[0].crossed if found else len(rows)
            chosen = None if crossed and 2 * crossed >= len(rows) else self._chosen(nth, found, rows, places)
            if chosen is None:
                before, behind = (" ".join(one.text.split()) for one in (left, right))
                reason = (
                    "the columns of this list can't be told apart: no white runs down through its rows between"
                    f" {before!r} and {behind!r}."
                )
                self.unreadable.append((self.head.rows[0][0], reason))
                return None
            places.append(chosen)
        return places

    def _chosen(
        self, nth: int, found: Sequence[Gutter], rows: Sequence[tuple[str, Ink]], places: Sequence[int]
    ) -> int | None:
        """Of several white strips between two columns, the one that parts them: beside it stand days and amounts as they are, or
        the column to its right begins at its header in most rows.
        """
        if len(found) == 1:
            return found[0].end
        before = places[-1] if places else 0
        scores = [self._fits(nth, before, one.end, [text for text, _ in rows]) for one in found]
        best = [one for one, score in zip(found, scores, strict=True) if score == max(scores)]
        if len(best) == 1:
            return best[0].end
        start = self.head.headings[nth + 1].start
        begun = sum(any(one == start for one, _ in ink) for _, ink in rows)
        widest = max(one.end - one.start for one in found)
        last = found[-1]
        return last.end if last.end == start and last.end - last.start == widest and 2 * begun > len(rows) else None

    def _fits(self, nth: int, before: int, place: int, texts: Sequence[str]) -> int:
        """In how many rows the columns beside a cut hold the days and amounts that they should."""
        fits = 0
        for column, at in ((nth, (before, place)), (nth + 1, (place,))):
            for names, whole, begins in ((DAYS, is_day, tells_day), (PRICES, is_amount, tells_amount)):
                if column not in columns_of(self.head.layout, names):
                    continue
                for text in texts:
                    part = cut(text, at)[1]
                    fits += whole(part) if column == nth else begins(part.split("  ")[0].split("\u3000")[0])
        return fits

    def _entry(self, line: Line, text: str, ink: Ink, places: Sequence[int], *, apart: bool) -> _Entry | None:
        """A line as a row of cells, or as running text; None, and said, where it reaches over columns and may be a row."""
        if is_note(text.strip()) or is_total(text.split()[0]):
            return _Entry(line, [text.strip()], line)
        if not any(stands_in(ink, place - 1) and stands_in(ink, place) for place in places):
            cells = cut(text, places)
            if are_apart(cells, ink, places, self.head):
                return _Entry(line, cells, line, tuple(extents(ink, places)))
            self.unreadable.append((line, HOLDS_MORE))
            return None
        if is_row(text) or has_form(text) or not (apart or _HEADS.match(text.strip())):
            self.unreadable.append((line, REACHES_OVER))
            return None
        return _Entry(line, [text.strip()], line)

    def _tells(self, cells: Sequence[str]) -> bool:
        """Whether cells have a day or an amount, as every row has in its first line."""
        days, prices = columns_of(self.head.layout, DAYS), columns_of(self.head.layout, PRICES)
        return any(tells_day(cells[at]) for at in days) or any(tells_amount(cells[at]) for at in prices)

    def _goes_on(self, entry: _Entry, above: _Entry) -> bool | None:
        """Whether a line is a further one of the row above it; None where that can't be told."""
        if len(above.cells) == 1 or not self._tells(above.cells):
            return False
        filled = [at for at, cell in enumerate(entry.cells) if cell]
        first = entry.cells[filled[0]]
        typed = [
            (entry.cells[at], above.cells[at])
            for at in columns_of(self.head.layout, (*DAYS, *PRICES))
            if entry.cells[at]
        ]
        if any(begins_row(below) and upper[-1:] not in ("年", "月") for below, upper in typed):
            return False
        if not all(above.cells[at] for at in filled):
            return None
        if not all(goes_on_name(entry.cells[at], above.cells[at]) for at in columns_of(self.head.layout, NAMES)):
            return None
        if not all(upper[-1] in "年月" or below[0] in "(（" for below, upper in typed):
            return None
        if not all(is_below(*pair) for pair in zip(entry.extents, above.extents, strict=True)):
            return None
        if len(filled) > 1 or self._is_full(filled[0], above.cells[filled[0]]):
            return True
        if filled[0] not in columns_of(self.head.layout, TITLES):
            return True
        return None if _MAY_HEAD.fullmatch(squeeze(fold(first))) else _HEADS.match(first) is None

    def _is_full(self, column: int, text: str) -> bool:
        """Whether a cell reaches as far as its column does, so that its text is cut there and not by its author."""
        headings = self.head.headings
        if column + 1 >= len(headings):
            return False
        last = text.rsplit("\n", 1)[-1]
        return width_of(last) >= headings[column + 1].start - headings[column].start - 4

    def _joined(self, above: Sequence[str], below: Sequence[str]) -> list[str]:
        return [self._in_one(at, *pair) for at, pair in enumerate(zip(above, below, strict=True))]

    def _in_one(self, column: int, above: str, below: str) -> str:
        if not (above and below):
            return above or below
        named = column in columns_of(self.head.layout, NAMES)
        if named and starts_address(fold(below)):
            return f"{above}\n{below}"
        whole = self._is_full(column, above) or (named and not has_form(above))
        return f"{above}{below}" if whole else f"{above}\n{below}"

    def _late_beginning(self, entries: Sequence[_Entry]) -> Line | None:
        """The line of a row that stands above its day and price, as it does where rows are set by their middle or foot."""
        for one, below in pairwise(entries):
            if len(one.cells) == 1 or len(below.cells) == 1 or one.last.number + 1 != below.line.number:
                continue
            filled = [cell for cell in one.cells if cell]
            if self._tells(one.cells) or not self._tells(below.cells) or is_total(filled[0]):
                continue
            if not (len(filled) == 1 and (_HEADS.match(filled[0]) or is_part(filled[0]))):
                return one.line
        return None

    def _sound(self, entry: _Entry) -> list[str] | None:
        """The cells of a row none of which can hold a part of another column; None, and said, where one may."""
        cells = entry.cells
        if len(cells) == 1:
            return cells
        filled = [at for at, cell in enumerate(cells) if cell]
        reason = HOLDS_MORE if runs_together(cells, self.head.layout) else None
        if not self._tells(cells) and not is_total(cells[filled[0]]):
            if len(filled) == 1 and not has_form(cells[filled[0]]):
                return cells if filled[0] in columns_of(self.head.layout, TITLES) else [cells[filled[0]]]
            reason = TELLS_NOTHING
        self.unreadable += [(entry.line, reason)] if reason else []
        return None if reason else cells
