"""The award that one row of a contract table tells of."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from tsukitome.awards import Award, Dates, ProcurementMethod, Source
from tsukitome.documents.file import File
from tsukitome.documents.table import EMPTY, Cell
from tsukitome.normalize.dates import Span, day_of, read_date
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.award_rate import read_rate
from tsukitome.sources.contract_amounts import read_amounts
from tsukitome.sources.contract_context import method_of
from tsukitome.sources.contract_record import Record
from tsukitome.sources.contract_title import read_title
from tsukitome.sources.officer_cell import buyer_of, organization_in_bureau, organization_in_cell, organization_of
from tsukitome.sources.supplier_cell import Parties, read_suppliers
from tsukitome.sources.tenderers import lone_tenderer, read_tenderers, tenderers_in_remarks

# A day as the number that a spreadsheet keeps, written out as text: 44287. Those of 1982 to 2064 (ECMA-376, 18.17.4.1).
_SERIAL = re.compile("[345][0-9]{4}")
_HEADED_ERA = re.compile("(?P<era>令和|平成)(?:年|[.)/_]|$)|[(:](?P<letter>[RH])(?:[.)年]|$)")
_REMARKED_NUMBER = re.compile(
    r"(?:^|[\n、。;])\s*\(?法人番号\s*:?\s*T?(?P<number>[0-9](?:\s?[0-9]){12})\)?\s*(?:$|[\n、。;])"
)
_BARE_DAY = re.compile("[0-9]{1,2}日")
_BARE_ERA = re.compile("(?:元|[0-9]{1,2})[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?")
_FIRST_SERIAL = dt.date(1899, 12, 30)
# What a day may be labelled as within a cell that holds several, and which of them a field means, the likeliest first.
_LABELLED_DAY = re.compile(
    r"(?P<label>公告|公示|入札|開札|落札決定|落札|決定|当初契約|当初|変更契約|変更|契約締結|締結|契約|期限)(?:年月)?日?[\s:(]*"
    r"(?P<day>(?:令和|平成|[RH])?[0-9元]{1,4}[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?)"
)
_DAY_LABELS = {
    "contract_date": ("当初契約", "当初", "契約締結", "締結", "契約"),
    "award_date": ("落札決定", "落札", "決定", "開札", "入札"),
}
_TWO_DAYS = 14  # characters of a text with two labelled days, and more
NO_DAY = "no day of the contract is printed"
SAME_TITLE = "the title is left blank, and was taken from the row above"
SHARED_PRICE = "the price is printed once for several rows: it may be what they come to together"
NO_BUYER = "the buyer is not printed, or could not be told from the officer"


def award_of(file: File, record: Record) -> Award:
    """The row as an award; what could not be read is None, with a sentence in ``warnings``."""
    warnings: list[str] = [SAME_TITLE] if record.borrowed else []
    record = record.with_sums_apart()
    dates = _dates(record, warnings)
    on = dates.award or dates.contract
    parties = _parties(record, on)
    works = record.context.works or not record.text("title")
    title = read_title(record.title_cell, works=works, wrapped=record.table.page is not None)
    ventured = any(supplier.role != "awarded" for supplier in parties.suppliers)
    amounts = read_amounts(
        record.layout, record.cell, title, parties.labels, record.context.unit,
        0 if ventured else len(parties.suppliers), record.context.tax,
    )  # fmt: skip
    rate, rate_warning = read_rate(record.cell("rate"), record.layout.printed.get("rate", ""))
    method, details = _method(record)
    told = read_tenderers(record.text("tenderers"))
    if (price := record.cell("price")).covered and price.text.strip():
        warnings.append(SHARED_PRICE)
    warnings += (*parties.warnings, *amounts.warnings, *filter(None, (rate_warning, told.warning)))
    return Award(
        award_id=file.award_id(record.place),
        title=title,
        buyer=_buyer(record, warnings),
        suppliers=parties.suppliers,
        source=Source(
            file.shown, "contract_table", file.sha256, record.quote(), page=record.table.page,
            sheet=record.table.sheet, row=record.row.number,
        ),
        dates=dates,
        amounts=amounts.amounts,
        award_rate=rate,
        procurement_method=method,
        procurement_method_details=details,
        warnings=tuple(dict.fromkeys(warnings)) if warnings else (),
        tenderers=told.number or lone_tenderer(record.text("lone_tender")) or tenderers_in_remarks(record.text("remarks")),
    )  # fmt: skip


def _dates(record: Record, warnings: list[str]) -> Dates:
    read: dict[str, dt.date | None] = {}
    for name in ("award_date", "contract_date", "notice", "published"):
        cell = record.cell(name)
        if cell is EMPTY:
            read[name] = None
            continue
        read[name], warning = cell_date(
            cell, record.context.days, era_in(record.layout.printed.get(name, "")) or record.context.era,
            record.context.month, name,
        )  # fmt: skip
        if warning:
            warnings.append(warning)
    if not record.layout.dated:
        read |= {"award_date": record.context.award, "contract_date": record.context.contract}
    if not (read["award_date"] or read["contract_date"] or record.text("contract_date", "award_date")):
        warnings.append(NO_DAY)
    return Dates(
        award=read["award_date"], contract=read["contract_date"], notice=read["notice"],
        published=read["published"] or record.context.published,
    )  # fmt: skip


@lru_cache(maxsize=1 << 10)
def era_in(header: str) -> str:
    """The era that a header gives to the days below it, 契約日（令和　年　月　日）, or ""."""
    match = _HEADED_ERA.search(squeeze(fold(header)))
    return (match["era"] or match["letter"]) if match else ""


def cell_date(
    cell: Cell, within: Span | None, era: str = "", month: Span | None = None, field: str = ""
) -> tuple[dt.date | None, str | None]:
    """The day in a cell, and a warning; ``within`` holds the days that the contracts of the table can have, ``era`` is what its
    header says of a year without one, and ``month`` what heads its part of the table, for a bare 3日. Of several days with their
    own labels the one of the ``field`` is meant.
    """
    value = cell.value
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        known = day_of(value.year, value.month, value.day)
        return (known, None) if known else _text_date(value.isoformat(), None)
    if month and _BARE_DAY.fullmatch(squeeze(fold(cell.text))):
        return _text_date(f"{month[0].year}年{month[0].month}月{cell.text.strip()}", within)
    if era and _BARE_ERA.fullmatch(squeeze(fold(cell.text))):
        return _text_date(f"{era}{cell.text.strip()}", within)
    return _text_date(_day_for(cell.text, field), within)


def _day_for(text: str, field: str) -> str:
    """The part of a cell that is labelled as the field's day: 開札 R5.3.20 / 契約 R5.4.1; the whole text where none is."""
    if field not in _DAY_LABELS or len(text) < _TWO_DAYS:
        return text
    found = [(match["label"], match["day"]) for match in _LABELLED_DAY.finditer(fold(text))]
    if len(found) < 2:
        return text
    return next((day for label in _DAY_LABELS[field] for said, day in found if said == label), text)


@lru_cache(maxsize=1 << 13)
def _text_date(text: str, within: Span | None) -> tuple[dt.date | None, str | None]:
    if _SERIAL.fullmatch(text):
        return _FIRST_SERIAL + dt.timedelta(days=int(text)), None
    reading = read_date(text, within=within)
    return reading.date, reading.warning


def _parties(record: Record, on: dt.date | None) -> Parties:
    names = record.text("supplier", "supplier_name", "later_supplier")
    addresses = record.cell("address").text if "address" in record.layout.columns else None
    if "supplier" not in record.layout.columns and addresses is None and "supplier_name" not in record.layout.columns:
        addresses = ""
    wrapped = record.table.page is not None
    numbers = record.cell("number").text or ("" if "法人番号" in names else remarked_number(record.text("remarks")))
    return as_printed(read_suppliers(names, addresses, numbers, on, wrapped=wrapped))


def remarked_number(remarks: str) -> str:
    """The corporate number that remarks print by itself, 法人番号：…; "" where they print none, or whose it is beside it."""
    match = _REMARKED_NUMBER.search(fold(remarks)) if "法人番号" in remarks else None
    return match["number"] if match else ""


def as_printed(parties: Parties) -> Parties:
    """The suppliers of a row, with a warning where none or no address is printed."""
    if not parties.suppliers:
        return replace(parties, warnings=(*parties.warnings, "no supplier is printed"))
    if not any(supplier.address for supplier in parties.suppliers):
        return replace(parties, warnings=(*parties.warnings, "no address of the supplier was found"))
    return parties


def _method(record: Record) -> tuple[ProcurementMethod | None, str | None]:
    columns = record.layout.columns
    return named_method(
        record.text("negotiated"), record.text("method"), "negotiated" in columns, "method" in columns,
        record.context.method,
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)
def named_method(
    grounds: str, way: str, has_grounds: bool, has_way: bool, of_table: ProcurementMethod | None
) -> tuple[ProcurementMethod | None, str | None]:
    """The method, and the cell that names it as printed: ``way``, or the legal ``grounds``, which only 随意契約 has.

    ``has_grounds`` and ``has_way`` say which columns the table has, ``of_table`` what its title says.
    """
    printed = way or grounds
    method = method_of(printed, negotiated=has_grounds and not way) if printed else None
    if method is None and has_grounds and not has_way:
        method = "limited"
    return method or of_table, printed or None


@lru_cache(maxsize=1 << 13)
def named_buyer(ministry: str, agency: str, officer: str, bureau: str, heading: str | None) -> str | None:
    """The buyer by the cells that tell of it, and the table's heading."""
    return buyer_of(
        ministry=organization_in_cell(ministry),
        agency=organization_in_cell(agency),
        officer=bureau if ministry and not organization_of(officer) else officer,
        heading=heading or organization_in_bureau(bureau),
    )


def _buyer(record: Record, warnings: list[str]) -> str | None:
    text = record.text
    officer = text("officer")
    buyer = named_buyer(text("ministry"), text("agency"), officer, text("bureau"), record.context.buyer)
    if record.table.page is not None and "\n" in officer:
        # The page's line breaks may stand inside words: 架空省大臣 / 官房会計課長, 架空 / 労働局総務部長
        closed = named_buyer(text("ministry"), text("agency"), officer.replace("\n", ""), text("bureau"), None)
        buyer = closed if buyer is None or (closed and closed.endswith(buyer)) else buyer
    if buyer is None:
        warnings.append(NO_BUYER)
    return buyer
