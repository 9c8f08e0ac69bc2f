"""What the cells of a contract table's columns say, each worked out once for all the rows and files that print it.

Firms, offices, titles and days come again and again; only sums hardly ever do, and they are quick to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import compress, zip_longest
from operator import or_
from typing import Any, NamedTuple

from tsukitome.awards import AmountRole, Tax
from tsukitome.documents.table import EMPTY, LONGEST_CELL, Cell, cell_of_text
from tsukitome.normalize.dates import Span
from tsukitome.normalize.text import squeeze
from tsukitome.sources.award_rate import read_rate
from tsukitome.sources.contract_amounts import COLUMNS, tells_of_amounts
from tsukitome.sources.contract_award import cell_date, era_in, remarked_number
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_record import SUSPECT, is_ditto, said
from tsukitome.sources.contract_title import is_note, is_total, read_title, says_nobody
from tsukitome.sources.headers import Layout, may_go_on, may_head
from tsukitome.sources.money_cells import number_amount, plain_sum, says_nothing
from tsukitome.sources.officer_cell import labels_official, mask_officials, without_name
from tsukitome.sources.plain_award import Sum
from tsukitome.sources.priced_names import priced_firms
from tsukitome.sources.tenderers import Tenderers, lone_tenderer, read_tenderers, tenderers_in_remarks
from tsukitome.sources.unit_contracts import flags_unit_contract, says_unit_contract, title_estimates

KEPT = 1 << 17  # cells of a column that are remembered: those of a million rows, and a bound for any file
_KINDS = 64  # kinds of column that are remembered from one file to the next
_DAYS = frozenset({"award_date", "contract_date", "notice", "published"})


class Told(NamedTuple):
    """A cell in its column. ``text`` is without white space around it, ``said`` is "" for a dash, ``quoted`` is the part that it
    has in the quotation; ``marks`` are TEXT, DATA and BARRED, added up.

    ``fact`` is what the column is read for: a Title, a Rate, a Day, Tenderers, a number of them, Remarks, whether a supplier's
    name is none, whether a method is 単価契約, or a Sum (None where nothing is printed, UNSURE where more is).
    """

    cell: Cell
    text: str
    said: str
    quoted: str
    marks: int
    fact: Any


# It has a text; it stands in no header's further row; its row can't be a plain one (a title is not looked at for headers here).
TEXT, DATA, BARRED = 1, 2, 4


class Column(NamedTuple):
    """What the cells of a column say, row by row: :class:`Told` on its side."""

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    said: tuple[str, ...]
    quoted: tuple[str, ...]
    marks: tuple[int, ...]
    facts: tuple[Any, ...]


class Title(NamedTuple):
    """A title as shown; whether it is that of an award for sure; whether it tells of nothing that its sums could mean."""

    shown: str
    sure: bool
    plain: bool


class Day(NamedTuple):
    """A day, the same in ISO 8601, a warning, and whether anything is printed."""

    date: dt.date | None
    iso: str | None
    warning: str | None
    is_printed: bool


class Remarks(NamedTuple):
    """Whether remarks tell of amounts, how many they say took part in the tender, and the supplier's number in them."""

    of_amounts: bool
    tenderers: int | None
    number: str = ""


class Rate(NamedTuple):
    """The award rate, a warning, and whether the cell says 単価契約."""

    rate: float | None
    warning: str | None
    of_units: bool


UNSURE = "unsure"
_NOTHING = Told(EMPTY, "", "", "", 0, None)
_OVERLONG = Told(EMPTY, "", "", "", DATA | BARRED, None)  # its row is refused
NO_DATE = Day(None, None, None, is_printed=False)
NO_REMARKS = Remarks(False, None)


class Columns:
    """The columns below one header: those that it names, and any further ones. Rows hold cells, or nothing but texts."""

    def __init__(self, layout: Layout, context: Context) -> None:
        self.layout, self.context = layout, context
        self._fields = {column: name for name, column in layout.columns.items()}
        self._columns: list[_Column] = []

    def read(self, rows: Sequence[Sequence[Cell | str]], blank: Cell | str) -> Stretch:
        """What the cells of some rows say; those that short rows lack are ``blank``."""
        printed = [*zip_longest(*rows, fillvalue=blank)]
        self._columns += [self._column(at) for at in range(len(self._columns), len(printed))]
        nothing = Column._make((one,) * len(rows) for one in _NOTHING)
        # Columns of blanks are frequent at a sheet's right side.
        columns = [
            nothing
            if cells.count(blank) == len(cells)
            else Column._make(zip(*map(known.__getitem__, cells), strict=True))
            for known, cells in zip(self._columns, printed, strict=False)
        ]
        return Stretch(columns, nothing, self.layout.columns)

    def _column(self, at: int) -> _Column:
        field = self._fields.get(at, "")
        layout, roles = self.layout, dict(COLUMNS)
        quoted = None if at in layout.officers else _as_told if at in layout.told else without_name
        if field in roles:
            own = layout.units[field]
            unit = own if own > 1 else self.context.unit
            return _column_of(_Money, quoted, _sum_of, roles[field], unit, layout.taxes[field] or self.context.tax)
        if field in ("title", "works_title"):
            return _column_of(_Column, quoted, _title_of, field == "works_title" or self.context.works)
        if field == "rate":
            return _column_of(_Column, quoted, _rate_of, layout.printed[field])
        if field in _DAYS:
            return _column_of(
                _Column,
                quoted,
                _day_of,
                self.context.days,
                era_in(layout.printed[field]) or self.context.era,
                self.context.month,
                field,
            )
        return _column_of(_Column, quoted, _FACTS.get(field, _nothing_of))


class Stretch:
    """Some rows below each other, by what the cells of their columns say."""

    def __init__(self, columns: list[Column], nothing: Column, places: Mapping[str, int]) -> None:
        self.columns, self._nothing, self._at = columns, nothing, places

    def column(self, name: str) -> Column:
        """The column of a field; one that says nothing where there is none."""
        at = self._at.get(name, len(self.columns))
        return self.columns[at] if at < len(self.columns) else self._nothing

    def facts(self, name: str, missing: Any) -> tuple[Any, ...]:
        """The facts of a field's column, or as many times what stands for one that is missing."""
        column = self.column(name)
        return (missing,) * len(column.facts) if column is self._nothing else column.facts

    def first(self, *names: str) -> Column:
        """Of each row the first of these fields that says anything."""
        found = self.column(names[0])
        for name in names[1:]:
            other = self.column(name)
            if found is self._nothing:
                found = other
            elif other is not self._nothing:
                sides = zip(zip(*found, strict=True), zip(*other, strict=True), strict=True)
                found = Column._make(zip(*[one if one[2] else another for one, another in sides], strict=True))
        return found

    def marks(self) -> list[int]:
        """Of each row the marks that any of its cells has."""
        marks: Iterable[int] = self._nothing.marks
        for column in self.columns:
            marks = map(or_, marks, column.marks)
        return list(marks)

    def tops(self) -> Sequence[str]:
        """Of each row its first text."""
        tops: Sequence[str] = self._nothing.texts
        for column in self.columns:
            if "" not in tops:
                break
            tops = [top or text for top, text in zip(tops, column.texts, strict=True)]
        return tops

    def said(self, *names: str) -> Iterator[tuple[str, ...]]:
        """Of each row what it says in these fields."""
        return zip(*[self.column(name).said for name in names], strict=True)

    def quotes(self) -> list[str]:
        """Of each row its quotation."""
        rows = zip(*[column.quoted for column in self.columns], strict=True)
        return [" | ".join(filter(None, parts)) for parts in rows]

    def only(self, chosen: Sequence[bool]) -> Stretch:
        """The rows that are chosen."""
        if all(chosen) and len(chosen) == len(self._nothing.cells):
            return self
        parts: dict[int, Column] = {}
        for column in (self._nothing, *self.columns):
            if id(column) not in parts:
                parts[id(column)] = Column._make(tuple(compress(part, chosen)) for part in column)
        return Stretch([parts[id(column)] for column in self.columns], parts[id(self._nothing)], self._at)


class _Column(dict[Cell | str, Told]):
    """The cells of a column so far. ``quoted`` gives what a quotation has of a text, None for an officer's."""

    def __init__(self, quoted: Callable[[str], str] | None, fact: Callable[..., Any], *more: Any) -> None:
        super().__init__()
        self.quoted, self.fact, self.more = quoted, fact, more

    def __missing__(self, printed: Cell | str) -> Told:
        if isinstance(printed, str):
            cell = cell_of_text(printed)
            barred = self.fact is not _title_of and may_head(printed)
            is_data = bool(printed.strip()) and not may_go_on(printed)
        else:
            cell = printed
            barred = cell.covered and bool(cell.text.strip())
            is_data = not (cell.covered or cell.value is None or isinstance(cell.value, str))
        if len(cell.text) > LONGEST_CELL:
            return _OVERLONG
        text = cell.text.strip()
        quoted = mask_officials(self.quoted(text)) if text and self.quoted else ""
        barred = barred or (cell.text[:1] in SUSPECT and is_ditto(cell.text))
        marks = (TEXT if text else 0) | (DATA if is_data else 0) | (BARRED if barred else 0)
        told = _told((cell, text, said(text), quoted, marks, self.fact(cell, *self.more)))
        if len(self) >= KEPT:
            self.clear()
        self[printed] = told
        return told


class _Money(_Column):
    """A column of sums: one that holds nothing else is read anew in every row, since it is another one in each."""

    def __missing__(self, printed: Cell | str) -> Told:
        role, unit, tax = self.more
        cell = cell_of_text(printed) if isinstance(printed, str) else printed
        text = cell.text.strip()
        if len(text) > LONGEST_CELL:
            return super().__missing__(printed)
        yen = plain_sum(text, unit) if isinstance(cell.value, str) else number_amount(cell.value, unit)
        if not yen or not isinstance(yen, int) or cell.covered:  # a price with sen may be one per unit
            return super().__missing__(printed)
        return _told((cell, text, text, text if self.quoted else "", TEXT | DATA, _sum((role, yen, text, tax))))


# Quicker than the types themselves, which counts where there are millions.
_told: Callable[[tuple[Cell, str, str, str, int, Any]], Told] = partial(tuple.__new__, Told)
_sum: Callable[[tuple[AmountRole, int, str, Tax | None]], Sum] = partial(tuple.__new__, Sum)


@lru_cache(maxsize=_KINDS)
def _column_of(kind: type[_Column], *more: Any) -> _Column:
    """The column of its kind: the same for every table that has it, so that what one file prints is known in the next."""
    return kind(*more)


def _sum_of(cell: Cell, role: AmountRole, unit: int, _tax: Tax | None) -> str | None:
    if isinstance(cell.value, str):
        return None if not cell.text.strip() or says_nothing(cell.text, role, unit) else UNSURE
    return None if not cell.text else UNSURE


def _title_of(cell: Cell, works: bool) -> Title:
    text = cell.text.strip()
    shown = read_title(text, works=True, wrapped=False) if works else " ".join(text.split())
    sure = len(squeeze(text).strip("()（）")) > 2 and not is_note(text) and not labels_official(text)
    return Title(shown, sure, not says_unit_contract(shown) and not title_estimates(shown))


def _rate_of(cell: Cell, header: str) -> Rate:
    return Rate(*read_rate(cell, header), says_unit_contract(cell.text))


def _remarks_of(cell: Cell) -> Remarks:
    if not cell.text:
        return NO_REMARKS
    return Remarks(tells_of_amounts(cell.text), tenderers_in_remarks(said(cell.text)), remarked_number(cell.text))


def _tenderers_of(cell: Cell) -> Tenderers:
    return read_tenderers(said(cell.text))


def _lone_tenderer_of(cell: Cell) -> int | None:
    return lone_tenderer(said(cell.text))


def _day_of(cell: Cell, within: Span | None, era: str, month: Span | None, field: str) -> Day:
    if not cell.text:
        return NO_DATE
    day, warning = cell_date(cell, within, era, month, field)
    return Day(day, day.isoformat() if day else None, warning, bool(said(cell.text)))


def _is_not_plain(cell: Cell) -> bool:
    """Whether a supplier's cell names none, or several with their sums."""
    text = said(cell.text)
    return is_total(text) or says_nobody(text) or bool(priced_firms(text))


def _is_of_units(cell: Cell) -> bool:
    return says_unit_contract(cell.text)


def _is_flagged(cell: Cell) -> bool:
    return flags_unit_contract(cell.text)


def _as_told(text: str) -> str:
    return text


def _nothing_of(_cell: Cell) -> None:
    return None


_FACTS: dict[str, Callable[[Cell], Any]] = {
    "remarks": _remarks_of,
    "tenderers": _tenderers_of,
    "lone_tender": _lone_tenderer_of,
    "supplier": _is_not_plain,
    "supplier_name": _is_not_plain,
    "method": _is_of_units,
    "bare_method": _is_of_units,
    "unit_flag": _is_flagged,
}
