"""Award records as rows for the archive's tables: pure, so that any process can make them and one can write them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tsukitome.archive.merging import merge_key
from tsukitome.archive.registrations import registration_row
from tsukitome.awards import Amount, Award, Dates, FromRegister, Source, Supplier, SupplierRole
from tsukitome.normalize.organization import buyer_key
from tsukitome.sources.reading import FileKind, Reading, Refusal

RECORD_COLUMNS = (
    "award_id", "title", "buyer", "award_date", "contract_date", "notice_date", "published_date", "award_rate",
    "procurement_method", "procurement_method_details", "page", "sheet", "row", "line", "quote", "warnings", "merge_key",
)  # fmt: skip
SUPPLIER_COLUMNS = (
    "record", "position", "name", "printed", "address", "municipality_code", "corporate_number", "branch", "role",
    "address_source",
)  # fmt: skip
AMOUNT_COLUMNS = ("record", "position", "role", "yen", "tax", "supplier", "quote")

Row = tuple[Any, ...]


@dataclass
class Covered:
    """How many records of one buyer and month a source has: how many print no publication date, the first and last day."""

    records: int = 0
    unpublished: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, day: str | None, published: bool) -> None:
        """Counts one record; ``day`` is ISO 8601."""
        self.records += 1
        self.unpublished += not published
        if day is not None:
            self.first = day if self.first is None or day < self.first else self.first
            self.last = day if self.last is None or day > self.last else self.last


@dataclass
class Rows:
    """The rows that a reading, or a batch of one, gives to each table, without what is not known yet: the source's id, and the
    positions of the records. ``record`` of suppliers and amounts counts the records of these rows, from 0.

    ``coverage`` is by (buyer's key, month); ``decided`` are the months of award or contract; months are ``YYYY-MM``.
    ``published`` are the days of publication (ISO 8601).
    """

    kind: FileKind | None
    records: list[Row] = field(default_factory=list)
    suppliers: list[Row] = field(default_factory=list)
    amounts: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    coverage: dict[tuple[str, str], Covered] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    registrations: list[Row] = field(default_factory=list)


def rows_of(reading: Reading) -> Rows:
    """All rows of a reading."""
    rows = Rows(reading.kind, refusals=list(reading.refusals))
    rows.registrations += map(registration_row, reading.registrations)
    rows.published |= {entry.updated.isoformat() for entry in reading.registrations if entry.updated}
    for award in reading.awards:
        _add(rows, award)
    return rows


def _add(rows: Rows, award: Award) -> None:
    source, dates, record = award.source, award.dates, len(rows.records)
    days = [day.isoformat() if day else None for day in (dates.award, dates.contract, dates.notice, dates.published)]
    rows.records.append(
        (
            award.award_id, award.title, award.buyer, *days, award.award_rate, award.procurement_method,
            award.procurement_method_details, source.page, source.sheet, source.row, source.line, source.quote,
            json.dumps(award.warnings, ensure_ascii=False) if award.warnings else "[]", merge_key(award),
        )
    )  # fmt: skip
    rows.suppliers += [
        (
            record, n, s.name, s.printed, s.address, s.municipality_code, s.corporate_number, s.branch, s.role,
            s.address_source if s.register else None,
        )
        for n, s in enumerate(award.suppliers)
    ]  # fmt: skip
    rows.amounts += [(record, n, a.role, a.yen, a.tax, a.supplier, a.quote) for n, a in enumerate(award.amounts)]
    decided = days[0] or days[1]
    day = days[3] or decided
    buyer = buyer_key(award.buyer).head if award.buyer else ""
    rows.coverage.setdefault((buyer, day[:7] if day else ""), Covered()).add(day, published=days[3] is not None)
    if decided:
        rows.decided.add(decided[:7])
    if days[3]:
        rows.published.add(days[3])


def award_of(row: Row, source: Row, suppliers: Iterable[Row], amounts: Iterable[Row]) -> Award:
    """The inverse: the award of a record's row (RECORD_COLUMNS), its source (file, kind, sha256, url, retrieved), and the
    rows of its suppliers and amounts, in the order of their columns and positions.
    """
    days = (day and dt.date.fromisoformat(day) for day in row[3:7])
    file, kind, sha256, url, retrieved = source
    page, sheet, number, line, quote = row[10:15]
    return Award(
        award_id=row[0],
        title=row[1],
        buyer=row[2],
        suppliers=tuple(_supplier(*supplier) for supplier in suppliers),
        source=Source(file, kind, sha256, quote, page, sheet, number, line, url, retrieved),
        dates=Dates(*days),
        amounts=tuple(Amount(role, yen, quote, tax, supplier) for _, _, role, yen, tax, supplier, quote in amounts),
        award_rate=row[7],
        procurement_method=row[8],
        procurement_method_details=row[9],
        warnings=tuple(json.loads(row[15])) if row[15] != "[]" else (),
    )


def _supplier(
    _record: int,
    _position: int,
    name: str,
    printed: str | None,
    address: str | None,
    municipality_code: str | None,
    corporate_number: str | None,
    branch: str | None,
    role: SupplierRole,
    address_source: str | None,
) -> Supplier:
    mark = FromRegister(("address",)) if address_source == "register" else None
    return Supplier(name, address, municipality_code, corporate_number, branch, role, printed, mark)
