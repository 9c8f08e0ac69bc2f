"""Column maps: what a ``NAME.map.toml`` file says of the tables beside it."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, cast, get_args

from tsukitome.awards import ROLE_NAMES, AmountRole, Tax
from tsukitome.documents.file import File
from tsukitome.errors import UnreadableError

SUFFIX = ".map.toml"
Column = str | int  # a header as printed, or a column's number counted from 1
FIELDS = (
    "title", "buyer", "supplier", "address", "corporate_number", "award_date", "contract_date", "notice_date",
    "published_date", "method", "award_rate",
)  # fmt: skip
# What a whole file may share; a date or a price of all rows alike would be an invention.
CONSTANTS = ("buyer", "supplier", "address", "corporate_number", "method")
_KEYS = ("files", "header_row", "sheet", "encoding", "columns", "constants", "prices", "leave_out")
_PRICE_KEYS = ("column", "role", "unit", "tax")


@dataclass(frozen=True, slots=True)
class Price:
    """A column of amounts: their role, how many yen one of its units is, and whether tax is in them."""

    key: str
    column: Column
    role: AmountRole = "contract_price"
    unit: int = 1
    tax: Tax | None = None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column of a table is what. ``shown`` is the map file's own name, ``files`` are patterns of file names."""

    shown: str
    files: tuple[str, ...]
    columns: Mapping[str, Column]
    header_row: int = 1
    sheet: str | None = None
    encoding: str | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    prices: tuple[Price, ...] = ()
    leave_out: tuple[Column, ...] = ()

    def covers(self, shown: str) -> bool:
        """Whether the map is for a file, by the last part of its name; never for a map."""
        name = shown.rsplit("/", 1)[-1]
        return not is_map(name) and any(fnmatchcase(name, pattern) for pattern in self.files)

    def headers(self) -> Iterator[tuple[str, Column]]:
        """Every column that the map names, with the key that names it."""
        yield from self.columns.items()
        yield from ((price.key, price.column) for price in self.prices)
        yield from ((f"leave_out {number}", column) for number, column in enumerate(self.leave_out, start=1))


def is_map(name: str) -> bool:
    """Whether a file is a column map, by its name."""
    return name.lower().endswith(SUFFIX)


def read_map(file: File) -> ColumnMap:
    """The column map of a file. Raises UnreadableError that names the key and what to do."""
    try:
        told = tomllib.loads(file.data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(file.shown, "is not in UTF-8. Save it so.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableError(file.shown, f"is no TOML ({error}).") from error
    return _Checked(file.shown, told).column_map()


@dataclass(frozen=True, slots=True)
class _Checked:
    """A map's keys, checked one by one; the first that is wrong is named."""

    shown: str
    told: dict[str, Any]

    def column_map(self) -> ColumnMap:
        self._known("", self.told, _KEYS)
        columns = self._table("columns", FIELDS)
        for key, column in columns.items():
            self._column(f"columns.{key}", column)
        if "title" not in columns:
            self._fail("columns.title", "is missing. Name the column that holds what was bought.")
        constants = self._table("constants", CONSTANTS)
        for key, value in constants.items():
            if not isinstance(value, str):
                self._fail(f"constants.{key}", "is no text. Write it in quotation marks.")
        if not {"supplier", "corporate_number"} & (columns.keys() | constants.keys()):
            self._fail("columns.supplier", "is missing. Name the column of the supplier, or of its corporate_number.")
        leave_out = self._list("leave_out")
        for column in leave_out:
            self._column("leave_out", column)
        return ColumnMap(
            self.shown, self._files(), columns, self._header_row(), self._text("sheet"), self._encoding(), constants,
            self._prices(), tuple(leave_out),
        )  # fmt: skip

    def _fail(self, key: str, what: str) -> None:
        raise UnreadableError(self.shown, what, f"key {key}")

    def _known(self, key: str, table: dict[str, Any], keys: tuple[str, ...]) -> None:
        for name in table:
            if name not in keys:
                self._fail(f"{key}{name}", f"is not one that a map has. Known are {', '.join(keys)}.")

    def _table(self, key: str, keys: tuple[str, ...]) -> dict[str, Any]:
        table = self.told.get(key, {})
        if not isinstance(table, dict):
            self._fail(key, f"is no table. Write [{key}] on a line and its keys below.")
        self._known(f"{key}.", table, keys)
        return cast(dict[str, Any], table)

    def _list(self, key: str) -> list[Any]:
        value = self.told.get(key, [])
        if not isinstance(value, list):
            self._fail(key, "is no list. Write it in square brackets.")
        return cast(list[Any], value)

    def _column(self, key: str, column: Any) -> None:
        text = isinstance(column, str) and column.strip()
        number = isinstance(column, int) and not isinstance(column, bool) and column >= 1
        if not text and not number:
            self._fail(key, 'is no column. Give its header as printed ("契約金額"), or its number counted from 1.')

    def _files(self) -> tuple[str, ...]:
        files = self.told.get("files", [])
        files = [files] if isinstance(files, str) else files
        if not isinstance(files, list) or not files or not all(isinstance(name, str) and name for name in files):
            self._fail("files", 'names no files. Give patterns of their names: files = ["contracts-*.csv"].')
        if any("/" in name or "\\" in name for name in files):
            self._fail("files", "holds a folder. A map is for files beside it: give their names only.")
        return tuple(files)

    def _header_row(self) -> int:
        row = self.told.get("header_row", 1)
        if isinstance(row, bool) or not isinstance(row, int) or row < 1:
            self._fail(
                "header_row", "is no row. Give the number that a spreadsheet shows beside the header: 1, 2 or more."
            )
        return cast(int, row)

    def _text(self, key: str) -> str | None:
        value = self.told.get(key)
        if value is not None and not isinstance(value, str):
            self._fail(key, "is no text. Write it in quotation marks.")
        return cast("str | None", value)

    def _encoding(self) -> str | None:
        encoding = self._text("encoding")
        if encoding is not None:
            try:
                "".encode(codecs.lookup(encoding).name)
            except LookupError:
                self._fail("encoding", f"{encoding!r} is not known. Try utf-8, cp932 or euc_jp, or drop the key.")
        return encoding

    def _prices(self) -> tuple[Price, ...]:
        prices: list[Price] = []
        for number, told in enumerate(self._list("prices"), start=1):
            key = f"prices[{number}]"
            if not isinstance(told, dict):
                self._fail(key, "is no table. Write [[prices]] on a line and its keys below.")
            self._known(f"{key}.", told, _PRICE_KEYS)
            self._column(f"{key}.column", told.get("column"))
            role, unit, tax = told.get("role", "contract_price"), told.get("unit", 1), told.get("tax")
            if role not in ROLE_NAMES:
                self._fail(f"{key}.role", f"{role!r} is none. Known are {', '.join(ROLE_NAMES)}.")
            if isinstance(unit, bool) or unit not in (1, 1_000, 10_000, 1_000_000, 100_000_000):
                self._fail(
                    f"{key}.unit", "is no unit. Give the yen in one: 1, 1000 (千円), 10000, 1000000 or 100000000."
                )
            if tax is not None and tax not in get_args(Tax):
                self._fail(f"{key}.tax", f"{tax!r} is neither included nor excluded.")
            prices.append(Price(key, told["column"], role, unit, tax))
        return tuple(prices)
