"""What the cells of a contract table's columns say, each worked out once for all the rows and files that print it.

Firms, offices, titles and days come again and again; only sums hardly ever do, and they are quick to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
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
from tsukitome.sources.unit_contracts import says_unit_contract, title_estimates

KEPT = 1 << 17  # cells of a column that are remembered: those of a million rows, and a bound for any file
_KINDS = 64  # kinds of column that are remembered from one file to the next
_DAYS = frozenset({"award_date", "contract_date", "notice", "published"})


class Told(NamedTuple):
    """A cell in its column. ``text`` is without white space around it, ``said`` is "" for a dash, ``quoted`` is the part that it
    has in the quotation, None where its row can't be a plain one (a title is not looked at for headers here); ``is_data`` means
    that it stands in no header's further row.

    ``fact`` is what the column is read for: a Title, a Rate, a Day, Tenderers, a number of them, Remarks, whether a supplier's
    name is none, or a Sum (None where nothing is printed, UNSURE where more is).
    """

    cell: Cell
    text: str
    said: str
    quoted: str | None
    is_data: bool
    fact: Any


class Line(NamedTuple):
    """The cells of a row, by what they say: :class:`Told` on its side. Behind the last cell is one that says nothing, at -1."""

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    said: tuple[str, ...]
    quoted: tuple[str | None, ...]
    data: tuple[bool, ...]
    facts: tuple[Any, ...]


class Title(NamedTuple):
    """A title as shown; whether it is that of an award for sure; whether it tells of nothing that its sums could mean."""

    shown: str
    sure: bool
    plain: bool


class Day(NamedTuple):
    """A day, the same in ISO 8601, and a warning."""

    date: dt.date | None
    iso: str | None
    warning: str | None


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
NOTHING = Told(EMPTY, "", "", "", is_data=False, fact=None)
_OVERLONG = Told(EMPTY, "", "", None, is_data=True, fact=None)  # its row is refused
NO_DATE = Day(None, None, None)
NO_REMARKS = Remarks(False, None)


class Columns:
    """The columns below one header: those that it names, and any further ones. Rows hold cells, or nothing but texts."""

    def __init__(self, layout: Layout, context: Context) -> None:
        self.layout, self.context = layout, context
        self.fields = {column: name for name, column in layout.columns.items()}
        self._columns: list[_Column] = []
        self._widen(max(self.fields, default=-1) + 1)

    def read(self, row: Sequence[Cell | str]) -> Line:
        """What the cells of a row say, of as many at least as the header has columns."""
        missing = len(self._columns) - len(row)
        if missing > 0:
            row = [*row, *("",) * missing]
        elif missing < 0:
            self._widen(len(row))
        cells = [column[cell] for column, cell in zip(self._columns, row, strict=True)]
        cells.append(NOTHING)
        return Line._make(zip(*cells, strict=True))

    def _widen(self, width: int) -> None:
        self._columns += [self._column(at) for at in range(len(self._columns), width)]

    def _column(self, at: int) -> _Column:
        field = self.fields.get(at, "")
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
                _Column, quoted, _day_of, self.context.days, era_in(layout.printed[field]), self.context.month
            )
        return _column_of(_Column, quoted, _FACTS.get(field, _nothing_of))


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
        quoted: str | None = mask_officials(self.quoted(text)) if text and self.quoted else ""
        if barred or (cell.text[:1] in SUSPECT and is_ditto(cell.text)):
            quoted = None
        told = _told((cell, text, said(text), quoted, is_data, self.fact(cell, *self.more)))
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
        return _told((cell, text, text, text if self.quoted else "", True, _sum((role, yen, text, tax))))


# Quicker than the types themselves, which counts where there are millions.
_told: Callable[[tuple[Cell, str, str, str | None, bool, Any]], Told] = partial(tuple.__new__, Told)
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


def _day_of(cell: Cell, within: Span | None, era: str, month: Span | None) -> Day:
    if not cell.text:
        return NO_DATE
    day, warning = cell_date(cell, within, era, month)
    return Day(day, day.isoformat() if day else None, warning)


def _is_not_plain(cell: Cell) -> bool:
    """Whether a supplier's cell names none, or several with their sums."""
    text = said(cell.text)
    return is_total(text) or says_nobody(text) or bool(priced_firms(text))


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
}
