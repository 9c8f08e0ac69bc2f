"""What the readers of open data share: headers, plain values and suppliers.

A column of open data holds one plain value, which makes these simpler than the cells of printed tables. The same values come again
and again in such files, so each is normalized once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

from tsukitome.awards import SourceKind, Supplier
from tsukitome.documents.csv_rows import CsvRow
from tsukitome.documents.file import File
from tsukitome.normalize.corporate_number import read_corporate_number
from tsukitome.normalize.dates import DateReading, read_date
from tsukitome.normalize.firm import read_firm
from tsukitome.normalize.numbers import CEILING, plain_number
from tsukitome.normalize.place import municipality_of
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.reading import Refusal
from tsukitome.sources.vocabulary import vocabulary

ABOVE_HEADER = "stands above the header and was not read."
HEADER_AGAIN = "repeats the header and holds no award of its own."
LONGEST_QUOTE = 400  # characters of a refused row that are shown
_BLANK = frozenset({"", "null", "none", "n/a", "-", "－", "―", "ー"})
_PLAIN = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?(?:e[-+]?[0-9]{1,3})?", re.I)
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[-+][0-9]{2}:?[0-9]{2})", re.I)
_JAPAN = dt.timezone(dt.timedelta(hours=9))
_CACHED = 1 << 17


@dataclass(slots=True)
class Notes:
    """The sentences about what could not be read, collected while a record is read."""

    warnings: list[str] = field(default_factory=list)

    def note(self, warning: str | None) -> None:
        if warning:
            self.warnings.append(warning)


@cache
def _headers(kind: str) -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    rows = [row for row in vocabulary("open_data_headers") if row["kind"] == kind]
    needed = frozenset(row["field"] for row in rows if row["needed"] == "yes")
    marks = frozenset(row["header"] for row in rows if row["needed"] == "mark")
    return {row["header"]: row["field"] for row in rows}, needed, marks


def columns_of(kind: SourceKind, header: Sequence[str]) -> dict[str, int] | None:
    """Field → column for a header row of this kind of open data, in whatever order; None where a field that every layout has is
    missing, or where none of the headers stands in it that no other kind has.
    """
    known, needed, marks = _headers(kind)
    columns: dict[str, int] = {}
    printed = [squeeze(fold(cell)).casefold() for cell in header]
    for at, name in enumerate(printed):
        if name in known:
            columns.setdefault(known[name], at)
    return columns if needed <= columns.keys() and (not marks or marks.intersection(printed)) else None


def filled(text: str) -> str:
    """A value without white space around it; "" for what stands for a missing one (``Null``, ``-``)."""
    text = text.strip()
    return "" if len(text) < 5 and text.casefold() in _BLANK else text


@lru_cache(_CACHED)
def one_line(text: str) -> str:
    """A text with its width folded, on one line."""
    return " ".join(fold(text).split())


@lru_cache(_CACHED)
def read_yen(printed: str, unit: int = 1, ceiling: int = CEILING) -> tuple[int | float | None, str | None]:
    """The amount of a cell that holds one plain number, times ``unit`` yen, and the reason where it is refused.

    Refused are what is no finite number (NaN, Infinity), what is negative, and what is above ``ceiling`` yen. An empty cell gives
    (None, None), and 0 is 0: what it stands for depends on the source.
    """
    text = squeeze(fold(printed)).removesuffix("円").lstrip("¥\\")
    if not filled(text):
        return None, None
    if len(text) > 40 or not _PLAIN.fullmatch(text):
        return None, f"amount {shortened(printed)!r} is no number, so it was left out"
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None, f"amount {shortened(printed)!r} is no number, so it was left out"
    if value < 0:
        return None, f"amount {shortened(printed)!r} is negative, so it was left out"
    if value and (value.adjusted() > 20 or value * unit > ceiling):
        return None, f"amount {shortened(printed)!r} is above {ceiling:,} yen, more than any award, so it was left out"
    if value and value.adjusted() < -6:
        return None, f"amount {shortened(printed)!r} is less than any price, so it was left out"
    return plain_number(value * unit), None


@lru_cache(_CACHED)
def read_day(printed: str) -> DateReading:
    """The day of a date or of a point in time; a time with its offset is brought to Japan's."""
    text = printed.strip()
    if _TIMESTAMP.fullmatch(text):
        try:
            text = dt.datetime.fromisoformat(text.upper()).astimezone(_JAPAN).date().isoformat()
        except (ValueError, OverflowError):
            return DateReading(
                None, f"date {shortened(printed)!r} is not a day of the calendar that a contract can have"
            )
    reading = read_date(text.partition("T")[0])
    if reading.warning:
        return DateReading(
            reading.date, reading.warning.replace(repr(text.partition("T")[0]), repr(shortened(printed)))
        )
    return reading


def in_utc(printed: str) -> str | None:
    """A point in time with its offset, as one that can be compared with others; None for anything else."""
    text = printed.strip()
    if not _TIMESTAMP.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(text.upper()).astimezone(dt.UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def suppliers_of(
    name: str, number: str, found: Notes, *, address: str = "", on: dt.date | None = None
) -> tuple[Supplier, ...]:
    """The firm of a name, a number or both; behind a joint venture's own name its members. None is said in ``found``."""
    suppliers, warnings = _parties(name, number, address, on)
    found.warnings += warnings
    return suppliers


@lru_cache(_CACHED)
def _parties(name: str, number: str, address: str, on: dt.date | None) -> tuple[tuple[Supplier, ...], tuple[str, ...]]:
    corporate_number, warning = _number(shortened(number))
    warnings = (warning,) if warning else ()
    name, address = filled(name), filled(address)
    code = _municipality(address, on) if address else None
    if squeeze(name):
        firm = _firm(name)
        whole = Supplier(firm.name, one_line(address) or None, code, corporate_number, firm.branch, printed=name)
        members = (Supplier(_firm(member).name, role="jv_member", printed=member) for member in firm.members)
        return (whole, *members), warnings
    if corporate_number is None:
        return (), (*warnings, "the row names no supplier")
    return (Supplier(f"法人番号 {corporate_number}", one_line(address) or None, code, corporate_number),), warnings


def refused_row(file: File, row: CsvRow, reason: str) -> Refusal:
    """The refusal of a row, with the row as printed."""
    return Refusal(file.shown, reason, f"row {row.number}", row.printed[:LONGEST_QUOTE])


def wrong_width(row: CsvRow, width: int) -> str:
    """Why a row is refused that can't be taken apart, or has other columns than its header or layout."""
    if row.problem:
        return f"can't be taken apart ({row.problem})."
    lines = row.printed.count("\n") + 1
    open_mark = f" It runs over {lines} lines: a quotation mark may never be closed." if lines > 20 else ""
    return f"has {len(row.cells)} columns where the file has {width}.{open_mark}"


def shortened(text: str, longest: int = 80) -> str:
    """A text for a sentence: on one line, cut where it is longer than anybody reads."""
    text = " ".join(text[: longest * 4].split())
    return text if len(text) <= longest else text[:longest] + "…"


_firm = lru_cache(_CACHED)(read_firm)
_number = lru_cache(_CACHED)(read_corporate_number)


@lru_cache(_CACHED)
def _municipality(address: str, on: dt.date | None) -> str | None:
    place = municipality_of(address, on)
    return place.code if place else None
