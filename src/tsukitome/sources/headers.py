"""Where the header of a contract table is, and which column is which field.

Headers vary without end (65 variants over 80 files of one form), so a column is known by the words its header holds
(``tables/contract_headers.csv``), never by its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tsukitome.awards import Tax
from tsukitome.documents.table import Row
from tsukitome.normalize.tax import tax_of
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.vocabulary import field_by_rules

DEPTH = 40  # rows from the top among which the first header is looked for
_TALLEST = 3  # rows that a header may have
_LONGEST = 90  # characters of a header cell; longer ones are data
_UNIT = re.compile(
    r"[(\[](?:単位[:：]?)?(?:円|者|社|人|%|税込|税抜|税込み|税抜き|消費税込み?|千円|百万円|万円|億円)[)\]]"
)
_THOUSANDS = re.compile(
    r"(?:[(\[【][^()\[\]【】0-9]*|単位[:は]?)(?P<unit>千円|百万円|(?<![百千十])万円|(?<![百千十])億円)"
)
_NOTE = re.compile(r"[※*＊注]")
_FIGURE = re.compile(r"[^0-9]{0,2}[0-9][0-9,./年月日元-]*[円%]?")
SUM = re.compile("[0-9,]+円")  # the most frequent text that no other row repeats, and which says nothing but a sum
_ASIDE = re.compile(r"\([^()]*\)|[.:*]+$")  # of an English header
# (JPY thousand), (in thousands of yen), (million yen)
_ENGLISH_UNIT = re.compile(
    r"(?P<unit>thousand|million)s?(?:of)?(?:japanese)?(?:yen|jpy)|(?:yen|jpy)[,(:]?(?:in)?(?P<behind>thousand|million)",
    re.IGNORECASE,
)
_UNITS = {
    "thousand": 1_000,
    "million": 1_000_000,
    "千円": 1_000,
    "万円": 10_000,
    "百万円": 1_000_000,
    "億円": 100_000_000,
}
_AT_ANOTHER_TIME = re.compile(r"[0-9]{1,4}年[0-9]{1,2}月.{0,3}(?:時点|現在)?")
_AT_AWARD = re.compile(r"契約時|支出時|契約締結時|落札時")
_NAMED = re.compile("商号|名称|氏名|社名|者名|法人名")
_BID, _AGREED = re.compile("落札|決定"), re.compile("契約|請負|委託")
_OVER = "supplier_over_address"  # 契約の相手方 over 所在地: a cell of both, or of a column's two header rows the address alone
_SUPPLIERS = frozenset({"supplier", "supplier_name", _OVER})
_NEEDED = frozenset({"title", "works_title", "bare_title", *_SUPPLIERS})
_TOLD = frozenset({"price", "changed_price", "original_price", "unit_price", "contract_date", "award_date", "bid_day"})
TITLES = frozenset({"title", "works_title", "bare_title"})
_DAYS = frozenset({"contract_date", "award_date"})
_OFFICERS = frozenset({"officer", "staff"})
_BARE_PRICE = frozenset({"金額", "価格"})  # the price, where nothing else is
# A field whose column a table lacks, and the columns that stand for it.
_STAND_INS = (
    ("price", ("original_price", "changed_price")),
    ("title", ("bare_title",)),
    ("officer", ("staff",)),
    ("tenderers", ("applicants",)),
    ("method", ("bare_method",)),
    ("award_date", ("bid_day",)),  # bids are opened, and the lowest wins, on one day
)
_NOT_TABLES = frozenset({"bidder", "foreign"})


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a contract table: ``columns[field]`` is a place in the row; ``rows`` are the header's row numbers.

    ``units[field]`` multiplies the plain numbers of a price column, ``taxes[field]`` is what its header says of tax.
    ``printed[field]`` is the header as printed.
    """

    columns: dict[str, int]
    rows: tuple[int, ...]
    units: dict[str, int]
    taxes: dict[str, Tax | None]
    printed: dict[str, str]
    officers: frozenset[int] = frozenset()  # every column that may name an official: none of them is ever quoted
    told: frozenset[int] = frozenset()  # every column whose header is understood

    def has(self, *fields: str) -> bool:
        return all(field in self.columns for field in fields)

    @property
    def dated(self) -> bool:
        """Whether a column gives the day of the award or the contract."""
        return not _DAYS.isdisjoint(self.columns)

    def of_changes(self) -> Layout:
        """The layout in a list of changes to contracts: the price after a change is the one that is in force."""
        if not self.has("price", "changed_price") or "original_price" in self.columns:
            return self
        columns, units, taxes, printed = dict(self.columns), dict(self.units), dict(self.taxes), dict(self.printed)
        for field, other in (("price", "original_price"), ("changed_price", "price")):
            _rename(field, other, columns, units, taxes, printed)
        return replace(self, columns=columns, units=units, taxes=taxes, printed=printed)

    @property
    def is_contract_table(self) -> bool:
        """A title, a supplier, and at least a price or a date make a contract table; a column of bidders unmakes it, and so does
        what firms asked for (見積金額) where no price and day of the contract stand beside it.
        """
        fields = self.columns.keys()
        quoted = "quoted" in fields and not fields >= {"price", "contract_date"}
        return _make_table(fields) and not _NOT_TABLES & fields and not quoted


def _make_table(fields: Set[str]) -> bool:
    titled = not TITLES.isdisjoint(fields)
    return titled and not _SUPPLIERS.isdisjoint(fields) and not _TOLD.isdisjoint(fields)


def whole(key: str) -> str:
    """A key in the brackets that rules use: ``「担当」`` is a header that says just that, ``「担当`` one that begins so."""
    return f"「{key}」"


def header_key(text: str) -> str:
    """A header as the rules compare it: ``予定価格\\n（円）`` → ``予定価格``, ``Award Date`` → ``awarddate``."""
    key = squeeze(fold(text))
    return _ASIDE.sub("", key).lower() if key.isascii() else _UNIT.sub("", key)


@lru_cache(maxsize=1 << 14)
def field_of(key: str) -> str | None:
    """The field of a :func:`header_key`, or None."""
    if not key or len(key) > _LONGEST:
        return None
    return field_by_rules("contract_headers", whole(key))


@lru_cache(maxsize=1 << 14)
def _printed_field(text: str) -> str | None:
    field = field_of(header_key(text))
    if field == "address" and "\n" in text:
        upper, _, lower = text.rpartition("\n")
        if field_of(header_key(upper)) == "supplier_name" and field_of(header_key(lower)) == "address":
            return _OVER
    return field


def first_layout(rows: Sequence[Row]) -> Layout | None:
    """The first header, if one stands within the first rows and makes a contract table."""
    for at in range(min(len(rows), DEPTH)):
        layout = layout_at(rows, at)
        if layout is not None:
            return layout
    return None


def layout_at(rows: Sequence[Row], at: int) -> Layout | None:
    """The layout whose header begins with ``rows[at]``; None where none does."""
    if any(value is not None and not isinstance(value, str) for value, _, _ in rows[at].cells):
        return None  # a row of data: headers hold words only
    goes_on = at + 1 < len(rows) and _goes_on(rows[at + 1])
    fields = _fields(rows[at], alone=not goes_on)
    if len(fields) < 2 or not (goes_on or _make_table(fields)):
        return None
    best: Layout | None = None
    for height in range(1, _TALLEST + 1):
        block = rows[at : at + height]
        if len(block) < height or (height > 1 and not _goes_on(block[-1])):
            break
        layout = _layout(block)
        if layout.is_contract_table and (best is None or _wider(layout, best, block[-1])):
            best = layout
    return best


def _fields(row: Row, *, alone: bool) -> set[str]:
    """The fields of a row that may be a header's first: words only, at least two of them. Fewer than two for any other row.

    ``alone`` says that it would be the header's only row.
    """
    texts: list[str] = []
    for _, text, _ in row.cells:
        if text and not text.isascii():
            texts.append(text)
    texts = texts or [text for _, text, _ in row.cells if text[:1].isalpha()]  # an English header
    if not texts:
        return set()
    # The first text is looked at last: in a row of data it is the title, which is another one in nearly every row, and one
    # field alone makes no header.
    found = {field for text in texts[1:] if (field := _printed_field(text))}
    if not found or (alone and found.isdisjoint(_NEEDED)):
        return set()  # of title and supplier, the first text can be but one
    if field := _printed_field(texts[0]):
        found.add(field)
    return found


@lru_cache(maxsize=1 << 14)
def may_head(text: str) -> bool:
    """Whether a text can be the title's or the supplier's in a header, one of which has to stand behind a header's first text."""
    if (text.isascii() and not text[:1].isalpha()) or (text[-1] == "円" and SUM.fullmatch(text)):
        return False
    return _printed_field(text) in _NEEDED


def may_go_on(text: str) -> bool:
    """Whether a text can stand in a further row of a header: short words, no number, no date."""
    return len(text) <= _LONGEST and not _is_figure(text)


def _goes_on(row: Row) -> bool:
    """Whether a row can be a further row of a header: short words only, no number, no date."""
    said = 0
    for value, text, covered in reversed(row.cells):  # from the end, where rows of data have their numbers
        if covered or not text.strip():
            continue
        if not isinstance(value, str) or not may_go_on(text):
            return False
        said, first = said + 1, text
    return said > 1 or (said == 1 and _NOTE.match(first.lstrip()) is None)


@lru_cache(maxsize=1 << 14)
def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(squeeze(fold(text))) is not None


def _wider(layout: Layout, best: Layout, last: Row) -> bool:
    """Whether taking one row more into the header gave more fields, or the row is visibly its lower half."""
    if len(layout.columns) > len(best.columns):
        return True
    title = layout.columns.get("title", layout.columns.get("works_title", 0))
    cell = last.cells[title]
    if cell.covered and cell.text.strip():
        return len(layout.columns) == len(best.columns)  # the title's header reaches down into the row
    return layout.columns == best.columns and (cell.covered or not cell.text.strip())


def _layout(block: Sequence[Row]) -> Layout:
    columns: dict[str, int] = {}
    units: dict[str, int] = {}
    taxes: dict[str, Tax | None] = {}
    printed: dict[str, str] = {}
    officers: set[int] = set()
    told: set[int] = set()
    bare: list[tuple[int, str]] = []
    for column in range(len(block[0].cells)):
        text = _joined(block, column)
        field = _printed_field(text) if text else None
        told.update([column] if field else [])
        if field is None and text and header_key(text) in _BARE_PRICE:
            bare.append((column, text))
            told.add(column)
        if field is None or field == "ignored":
            continue
        if field in _OFFICERS:
            officers.add(column)
        if field == "price" and field in columns and "second_price" not in columns:
            if _supersedes(text, printed[field]):
                _rename(field, "second_price", columns, printed, units, taxes)
            elif _supersedes(printed[field], text):
                field = "second_price"
        if field == "changed_price" and field in columns:
            _rename(field, "earlier_change", columns, printed, units, taxes)  # 第1回変更, beside 第2回変更
        if field in columns and not _better(text, printed[field]):
            continue
        columns[field], printed[field] = column, text
        units[field], taxes[field] = unit_of(text), tax_of(fold(text))
    if bare and "price" not in columns and not _DAYS.isdisjoint(columns) and _make_table(columns.keys()):
        columns["price"], printed["price"] = bare[0]
        units["price"], taxes["price"] = unit_of(bare[0][1]), tax_of(fold(bare[0][1]))
    if _OVER in columns:
        field = "supplier" if _SUPPLIERS.isdisjoint(columns.keys() - {_OVER}) else "address"
        columns.setdefault(field, columns.pop(_OVER))
        printed.setdefault(field, printed.pop(_OVER))
        units.setdefault(field, units.pop(_OVER))
        taxes.setdefault(field, taxes.pop(_OVER))
    if (
        {"supplier", "supplier_name"} <= columns.keys()
        and "address" not in columns
        and not _NAMED.search(printed["supplier"])
    ):
        _rename("supplier", "address", columns, printed, units, taxes)  # 契約相手方の国・住所, beside 契約相手方
    if not _DAYS.isdisjoint(columns):
        columns.pop("bid_day", None)
    for field, others in _STAND_INS:
        other = next((name for name in others if name in columns), None)
        if field not in columns and other:
            _rename(other, field, columns, printed, units, taxes)
    layout = Layout(
        columns, tuple(row.number for row in block), units, taxes, printed, frozenset(officers), frozenset(told)
    )
    return layout.of_changes() if "change" in columns or "変更前" in printed.get("price", "") else layout


def _joined(block: Sequence[Row], column: int) -> str:
    """The header of a column over its rows; a cell that only covers the one above is said once."""
    if len(block) == 1:
        return block[0].cells[column].text.strip()
    parts: list[str] = []
    for row in block:
        text = row.cells[column].text.strip()
        if text and text not in parts:
            parts.append(text)
    return "\n".join(parts)


def _better(text: str, known: str) -> bool:
    """Of two columns of one field the one at the time of the award wins (契約時 over 平成26年11月時点), else the first."""
    later = _AT_ANOTHER_TIME.search(squeeze(fold(known))) is not None and not _AT_AWARD.search(known)
    sooner = _AT_ANOTHER_TIME.search(squeeze(fold(text))) is None or _AT_AWARD.search(text) is not None
    return later and sooner


def _rename(field: str, other: str, *known: dict[str, Any]) -> None:
    for one in known:
        one[other] = one.pop(field)


def _supersedes(text: str, known: str) -> bool:
    """Whether one of two columns of prices is what is paid: with tax beside without, what was agreed on beside what was bid."""
    taxed, other = tax_of(fold(text)), tax_of(fold(known))
    if taxed != other and "included" in (taxed, other):
        return taxed == "included"
    if taxed != other and "excluded" in (taxed, other):
        return other == "excluded"
    return _AGREED.search(squeeze(text)) is not None and _BID.search(squeeze(known)) is not None


def unit_of(text: str) -> int:
    """What a header or title says that plain numbers are counted in: 1000 for （単位：千円）, else 1."""
    folded = squeeze(fold(text))
    if match := _THOUSANDS.search(folded):
        return _UNITS[match["unit"]]
    if (line := squeeze(fold(text.rpartition("\n")[2]))) in _UNITS and "\n" in text:
        return _UNITS[line]  # in a row of its own below the header
    english = _ENGLISH_UNIT.search(folded)
    return _UNITS[(english["unit"] or english["behind"]).lower()] if english else 1
