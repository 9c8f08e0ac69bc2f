"""What the texts of a contract table's columns say, each worked out once for all the rows that print it.

In a long table firms, offices, titles and days come again and again; only its sums hardly ever do, and they are quick to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tsukitome.awards import AmountRole, Tax
from tsukitome.normalize.dates import Span
from tsukitome.normalize.text import squeeze
from tsukitome.sources.contract_amounts import (
    COLUMNS,
    plain_sum,
    read_text_rate,
    says_nothing,
    says_unit_contract,
    tells_of_amounts,
    title_estimates,
)
from tsukitome.sources.contract_award import text_date
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_record import SUSPECT, is_ditto, said
from tsukitome.sources.contract_title import is_note, is_total, read_title
from tsukitome.sources.headers import Layout, may_go_on, may_head
from tsukitome.sources.officer_cell import labels_official, quotation, without_name
from tsukitome.sources.tenderers import Tenderers, read_tenderers, tenderers_in_remarks

KEPT = 1 << 17  # texts of a column that are remembered: those of a million rows, and a bound for any file
_SUPPLIERS = frozenset({"supplier", "supplier_name"})
_DAYS = frozenset({"award_date", "contract_date", "notice", "published"})


class Cell(NamedTuple):
    """A text in its column. ``said`` is "" for a dash, ``quoted`` is the part that it has in the quotation, None where its row
    can't be a plain one (a title is not looked at for headers here); ``is_data`` means that it stands in no header's further row.

    ``fact`` is what the column is read for: a Title, a Rate, a Day, Tenderers, Remarks, whether a supplier's name is
    that of a sum, or a Sum (None where nothing is printed, UNSURE where more is).
    """

    text: str
    said: str
    quoted: str | None
    is_data: bool
    fact: Any


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


class Sum(NamedTuple):
    """The beginning of an :class:`~tsukitome.awards.Amount`."""

    role: AmountRole
    yen: int | float
    quote: str
    tax: Tax | None


class Remarks(NamedTuple):
    """Whether remarks tell of amounts, and how many they say took part in the tender."""

    of_amounts: bool
    tenderers: int | None


class Rate(NamedTuple):
    """The award rate, a warning, and whether the cell says 単価契約."""

    rate: float | None
    warning: str | None
    of_units: bool


UNSURE = "unsure"
NOTHING = Cell("", "", "", is_data=False, fact=None)
NO_DATE = Day(None, None, None)
NO_REMARKS = Remarks(False, None)


class Columns:
    """The columns below one header: those that it names, and any further ones."""

    def __init__(self, layout: Layout, context: Context) -> None:
        self.layout, self.context = layout, context
        self.fields = {column: name for name, column in layout.columns.items()}
        self._columns: list[_Column] = []
        self._widen(max(self.fields, default=-1) + 1)

    def read(self, texts: Sequence[str]) -> list[Cell]:
        """The cells of a row, at least as many as the header has columns; behind them, at -1, one of nothing."""
        missing = len(self._columns) - len(texts)
        if missing > 0:
            texts = [*texts, *("",) * missing]
        elif missing < 0:
            self._widen(len(texts))
        cells = [column[text] for column, text in zip(self._columns, texts, strict=True)]
        cells.append(NOTHING)
        return cells

    def _widen(self, width: int) -> None:
        roles: dict[str, AmountRole] = dict(COLUMNS)
        for at in range(len(self._columns), width):
            field = self.fields.get(at, "")
            quoted = None if at in self.layout.officers else _as_told if at in self.layout.told else without_name
            if field in roles:
                own = self.layout.units[field]
                unit = own if own > 1 else self.context.unit
                self._columns.append(_Money(quoted, _sum_of, roles[field], unit, self.layout.taxes[field]))
            elif field == "title":
                self._columns.append(_Column(quoted, _title_of, self.context.works))
            elif field == "rate":
                self._columns.append(_Column(quoted, _rate_of, self.layout.printed[field]))
            elif field == "remarks":
                self._columns.append(_Column(quoted, _remarks_of))
            elif field == "tenderers":
                self._columns.append(_Column(quoted, _tenderers_of))
            elif field in _DAYS:
                self._columns.append(_Column(quoted, _day_of, self.context.days))
            elif field in _SUPPLIERS:
                self._columns.append(_Column(quoted, is_total))
            else:
                self._columns.append(_Column(quoted, _nothing_of))


class _Column(dict[str, Cell]):
    """The texts of a column so far, each with its cell. ``quoted`` gives what a quotation has of one, None for an officer's."""

    def __init__(self, quoted: Callable[[str], str] | None, fact: Callable[..., Any], *more: Any) -> None:
        super().__init__()
        self.quoted, self.fact, self.more = quoted, fact, more

    def __missing__(self, printed: str) -> Cell:
        text = printed.strip()
        quoted: str | None = quotation([self.quoted(text)]) if text and self.quoted else ""
        if (printed[:1] in SUSPECT and is_ditto(printed)) or (self.fact is not _title_of and may_head(printed)):
            quoted = None
        is_data = bool(text) and not may_go_on(printed)
        cell = Cell(text, said(printed), quoted, is_data, self.fact(printed, *self.more))
        if len(self) >= KEPT:
            self.clear()
        self[printed] = cell
        return cell


class _Money(_Column):
    """A column of sums: one that holds nothing else is read anew in every row, since it is another one in each."""

    def __missing__(self, printed: str) -> Cell:
        text = printed.strip()
        role, unit, tax = self.more
        yen = plain_sum(text, unit)
        if yen is None:
            return super().__missing__(printed)
        return Cell(text, text, text if self.quoted else "", True, Sum(role, yen, text, tax))


def _sum_of(printed: str, role: AmountRole, unit: int, _tax: Tax | None) -> str | None:
    return None if not printed.strip() or says_nothing(printed, role, unit) else UNSURE


def _title_of(printed: str, works: bool) -> Title:
    text = printed.strip()
    shown = read_title(text, works=works, wrapped=False)
    sure = len(squeeze(text).strip("()（）")) > 2 and not is_note(text) and not labels_official(text)
    return Title(shown, sure, not says_unit_contract(shown) and not title_estimates(shown))


def _rate_of(printed: str, header: str) -> Rate:
    return Rate(*read_text_rate(printed, header), says_unit_contract(printed))


def _remarks_of(printed: str) -> Remarks:
    return Remarks(tells_of_amounts(printed), tenderers_in_remarks(said(printed))) if printed else NO_REMARKS


def _tenderers_of(printed: str) -> Tenderers:
    return read_tenderers(said(printed))


def _day_of(printed: str, within: Span | None) -> Day:
    if not printed:
        return NO_DATE
    day, warning = text_date(printed, within)
    return Day(day, day.isoformat() if day else None, warning)


def _as_told(text: str) -> str:
    return text


def _nothing_of(_printed: str) -> None:
    return None
