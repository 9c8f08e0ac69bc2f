"""The award that one row of a contract table tells of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

from tsukitome.awards import Award, Dates, ProcurementMethod, Source
from tsukitome.documents.file import File
from tsukitome.documents.table import EMPTY, Cell
from tsukitome.normalize.dates import DateReading, Span, read_date
from tsukitome.sources.contract_amounts import read_amounts, read_rate
from tsukitome.sources.contract_context import method_of
from tsukitome.sources.contract_record import Record
from tsukitome.sources.contract_title import read_title
from tsukitome.sources.officer_cell import buyer_of, organization_in_cell
from tsukitome.sources.supplier_cell import Parties, read_suppliers


def award_of(file: File, record: Record) -> Award:
    """The row as an award; what could not be read is None, with a sentence in ``warnings``."""
    warnings: list[str] = []
    dates = _dates(record, warnings)
    on = dates.award or dates.contract
    parties = _parties(record, on)
    works = record.context.works or not record.text("title")
    title = read_title(record.title_cell, works=works, wrapped=record.table.page is not None)
    amounts = read_amounts(record.layout, record.cell, title, parties.labels, record.context.unit)
    rate, rate_warning = read_rate(record.cell("rate"), record.layout.printed.get("rate", ""))
    method, details = _method(record)
    warnings += (*parties.warnings, *amounts.warnings, *([rate_warning] if rate_warning else []))
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
    )  # fmt: skip


def _dates(record: Record, warnings: list[str]) -> Dates:
    read: dict[str, dt.date | None] = {}
    for name in ("award_date", "contract_date", "notice", "published"):
        cell = record.cell(name)
        if cell is EMPTY:
            read[name] = None
            continue
        reading = _date(cell, record.context.span)
        read[name] = reading.date
        if reading.warning:
            warnings.append(reading.warning)
    if not record.text("contract_date", "award_date"):
        warnings.append("no day of the contract is printed")
    return Dates(
        award=read["award_date"], contract=read["contract_date"], notice=read["notice"],
        published=read["published"] or record.context.published,
    )  # fmt: skip


def _date(cell: Cell, within: Span | None) -> DateReading:
    value = cell.value
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return _text_date(value.isoformat(), None)
    return _text_date(cell.text, within)


@lru_cache(maxsize=1 << 13)
def _text_date(text: str, within: Span | None) -> DateReading:
    return read_date(text, within=within)


def _parties(record: Record, on: dt.date | None) -> Parties:
    names = record.text("supplier", "supplier_name", "later_supplier")
    addresses = record.cell("address").text if "address" in record.layout.columns else None
    if "supplier" not in record.layout.columns and addresses is None and "supplier_name" not in record.layout.columns:
        addresses = ""
    parties = read_suppliers(names, addresses, record.cell("number").text, on, wrapped=record.table.page is not None)
    if not parties.suppliers:
        return replace(parties, warnings=(*parties.warnings, "no supplier is printed"))
    if not any(supplier.address for supplier in parties.suppliers):
        return replace(parties, warnings=(*parties.warnings, "no address of the supplier was found"))
    return parties


def _method(record: Record) -> tuple[ProcurementMethod | None, str | None]:
    """The method, and the cell that names it as printed."""
    grounds, way = record.text("negotiated"), record.text("method")
    printed = way or grounds
    method = method_of(printed, negotiated="negotiated" in record.layout.columns and not way) if printed else None
    if method is None and "negotiated" in record.layout.columns and "method" not in record.layout.columns:
        method = "limited"
    return method or record.context.method, printed or None


def _buyer(record: Record, warnings: list[str]) -> str | None:
    buyer = buyer_of(
        ministry=organization_in_cell(record.text("ministry")),
        agency=organization_in_cell(record.text("agency")),
        officer=record.text("officer"),
        heading=record.context.buyer or organization_in_cell(record.text("bureau")),
    )
    if buyer is None:
        warnings.append("the buyer is not printed, or could not be told from the officer")
    return buyer
