"""国税庁 法人番号: the corporate register's files, one entry a row, 30 columns without a header (28 before 2018).

Full files by prefecture and daily changes share one layout; both are offered in CP932 and in UTF-8, told by trying. The columns and
their codes are those of the site's リソース定義書. It holds no awards: it says who bears a number or a name, and where.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

from tsukitome.documents.csv_rows import CsvRow, csv_rows
from tsukitome.documents.file import File
from tsukitome.normalize.corporate_number import is_valid
from tsukitome.normalize.text import close_up, fold
from tsukitome.registrations import Registration
from tsukitome.sources.open_data import LONGEST_QUOTE
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.streaming import Item, LoneRows, RowItem, items_of_rows, reading_of
from tsukitome.sources.vocabulary import vocabulary

WIDTHS = (30, 28)
_ROWS_LOOKED_AT = 5
_NUMBER, _PROCESS, _UPDATED, _CHANGED, _NAME = 1, 2, 4, 5, 6
_KIND, _PREFECTURE, _CITY, _STREET = 8, 9, 10, 11
_PREFECTURE_CODE, _CITY_CODE, _OUTSIDE = 13, 14, 16
_CLOSED, _CAUSE, _SUCCESSOR, _LATEST, _READING = 18, 19, 20, 23, 28
_SHAPE = (
    (_NUMBER, re.compile(r"[0-9]{13}")),
    (_PROCESS, re.compile(r"[0-9]{2}")),
    (_UPDATED, re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    (_KIND, re.compile(r"[0-9]{3}")),
    (_LATEST, re.compile(r"[01]?")),
)
_DELETED = "99"  # such rows may hold the number alone
_EARLIEST = dt.date(1850, 1, 1)


def looks_like_registry(text: str) -> bool:
    """Whether a text is a file of the corporate register: one of its first rows has the columns' shape."""
    return any(_has_shape(row) for row in islice(csv_rows(text[:20_000]), _ROWS_LOOKED_AT))


def read_registry(file: File, text: str) -> Reading:
    """The entries of a register's file whose decoded content is ``text``.

    A row of another shape, with a number whose check digit is wrong, or without a name is refused. A date that is none is left
    out, with a refusal that says so, and the rest of its row is read.
    """
    return reading_of("register", registry_items(file, text))


def registry_items(file: File, text: str) -> Iterator[Item]:
    """What :func:`read_registry` reads, one entry at a time, however big the file."""
    return items_of_rows("register", file, RegistryReader(file), text)


class RegistryReader(LoneRows):
    """Reads the rows of a register's file, each of which stands for itself."""

    def items(self, rows: Iterable[CsvRow]) -> Iterator[RowItem]:
        shown = self.file.shown
        for row in rows:
            if not row.problem and not any(map(str.strip, row.cells)):
                continue
            if reason := _objection(row):
                yield Refusal(shown, reason, f"row {row.number}", row.printed[:LONGEST_QUOTE])
                continue
            for column, what in ((_CHANGED, "change"), (_CLOSED, "closing"), (_UPDATED, "entry")):
                printed = row.cells[column].strip()
                if printed and _day(printed) is None:
                    reason = (
                        f"its day of {what} {printed[:40]!r} is none of the calendar; the rest of the row was read."
                    )
                    yield Refusal(shown, reason, f"row {row.number}")
            yield _registration(shown, row)


def _has_shape(row: CsvRow) -> bool:
    if len(row.cells) not in WIDTHS:
        return False
    if row.cells[_PROCESS].strip() == _DELETED and not row.cells[_KIND].strip():
        return is_valid(row.cells[_NUMBER].strip())
    return all(pattern.fullmatch(row.cells[column].strip()) for column, pattern in _SHAPE)


def _objection(row: CsvRow) -> str | None:
    if row.problem:
        return f"can't be taken apart ({row.problem})."
    if len(row.cells) not in WIDTHS:
        return f"has {len(row.cells)} columns where the register's files have 30 or 28."
    number = row.cells[_NUMBER].strip()
    if not is_valid(number):
        return f"corporate number {number[:40]!r} does not have 13 digits with the right check digit."
    named = row.cells[_NAME].strip() or row.cells[_PROCESS].strip() == _DELETED
    return None if named else "names no firm (column 7)."


def _registration(file: str, row: CsvRow) -> Registration:
    cells = row.cells
    code = cells[_PREFECTURE_CODE].strip() + cells[_CITY_CODE].strip()
    street = cells[_PREFECTURE] + cells[_CITY] + cells[_STREET]
    address = close_up(fold(street if street.strip() else cells[_OUTSIDE]))
    cause = cells[_CAUSE].strip()
    reading = cells[_READING].strip() if len(cells) > _READING else ""
    return Registration(
        corporate_number=cells[_NUMBER].strip(),
        name=close_up(fold(cells[_NAME])),
        reading=fold(reading) or None,
        address=address or None,
        municipality_code=code if len(code) == 5 and code.isdecimal() else None,
        changed=_day(cells[_CHANGED].strip()),
        closed=_day(cells[_CLOSED].strip()),
        close_cause=_causes().get(cause, cause) or None,
        successor=cells[_SUCCESSOR].strip() or None,
        process=cells[_PROCESS].strip(),
        latest=cells[_LATEST].strip() != "0",
        updated=_day(cells[_UPDATED].strip()),
        file=file,
        row=row.number,
    )


@lru_cache(1 << 15)
def _day(printed: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(printed)
    except ValueError:
        return None
    return day if _EARLIEST <= day <= dt.date(2099, 12, 31) else None


@cache
def _causes() -> dict[str, str]:
    return {row["code"]: row["meaning"] for row in vocabulary("register_codes") if row["list"] == "close_cause"}
