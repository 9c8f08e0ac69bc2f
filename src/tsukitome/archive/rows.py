"""Award records as rows for the archive's tables: pure, so that any process can make them and one can write them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tsukitome.archive.columns import Row
from tsukitome.archive.merging import merge_key_of, suppliers_key
from tsukitome.archive.registrations import registration_row
from tsukitome.awards import Award, Supplier
from tsukitome.documents.file import File
from tsukitome.normalize.organization import buyer_key
from tsukitome.registrations import Registration
from tsukitome.sources.plain_award import Awards, PlainAward, spot
from tsukitome.sources.reading import FileKind, Reading, Refusal

if TYPE_CHECKING:
    from tsukitome.sources.streaming import RowItem

# What a record's rows are made of: id, title, buyer, suppliers, days (ISO 8601, as in Dates), amounts with the index of their
# supplier, place (page, sheet, row, line), rate, method and its details, quote, warnings, tenderers.
_Facts = tuple[Any, ...]


@dataclass
class Covered:
    """How many records of one buyer and month a source has: how many print no publication date, the first and last day."""

    records: int = 0
    unpublished: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, day: str | None, published: bool, records: int = 1) -> None:
        """Counts records of a day (ISO 8601)."""
        self.records += records
        self.unpublished += 0 if published else records
        if day is not None:
            self.first = day if self.first is None or day < self.first else self.first
            self.last = day if self.last is None or day > self.last else self.last


@dataclass
class Rows:
    """The rows that a reading, or a batch of one, gives to each table, without what is not known yet: the source's id, and the
    positions of the records. ``record`` of suppliers and amounts counts the records of these rows, from 0.

    The same firms come again and again: ``parties`` are the suppliers as they are printed (PARTY_COLUMNS), and ``suppliers`` tell
    by its number there, from 0, which one is at a position of a record.

    ``coverage`` is by (buyer's key, month); ``decided`` are the months of award or contract; months are ``YYYY-MM``.
    ``published`` are the days of publication (ISO 8601); ``publications`` counts the records by them and the day of award (or
    contract).
    """

    kind: FileKind | None
    records: list[Row] = field(default_factory=list)
    suppliers: list[Row] = field(default_factory=list)
    amounts: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    coverage: dict[tuple[str, str], Covered] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    publications: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    registrations: list[Row] = field(default_factory=list)
    parties: list[Row] = field(default_factory=list)


def rows_of(reading: Reading) -> Rows:
    """All rows of a reading. Of what was read as a plain award, the award itself is never made."""
    rows = Rows(reading.kind, refusals=list(reading.refusals))
    for registration in reading.registrations:
        _add_registration(rows, registration)
    awards = reading.awards
    prefix = awards.file.award_id("") if isinstance(awards, Awards) else ""
    entries = awards.entries if isinstance(awards, Awards) else awards
    _add(rows, [_facts(entry) if isinstance(entry, Award) else _plain_facts(entry, prefix) for entry in entries])
    return rows


def rows_of_items(file: File, kind: FileKind, items: Iterable[RowItem]) -> Rows:
    """All rows of what the rows of a file give, one by one."""
    rows = Rows(kind)
    prefix = file.award_id("")
    found: list[_Facts] = []
    for item in items:
        if isinstance(item, PlainAward):
            found.append(_plain_facts(item, prefix))
        elif isinstance(item, Award):
            found.append(_facts(item))
        elif isinstance(item, Registration):
            _add_registration(rows, item)
        else:
            rows.refusals.append(item)
    _add(rows, found)
    return rows


def _plain_facts(award: PlainAward, prefix: str) -> _Facts:
    table, page, sheet, row, title, buyer, suppliers, days, amounts, *more = award
    return (prefix + spot(table, page, row), title, buyer, suppliers, days, amounts, (page, sheet, row, None), *more)


def _add_registration(rows: Rows, entry: Registration) -> None:
    rows.registrations.append(registration_row(entry))
    if entry.updated:
        rows.published.add(entry.updated.isoformat())


def _facts(award: Award) -> _Facts:
    source, dates = award.source, award.dates
    return (
        award.award_id, award.title, award.buyer, award.suppliers,
        [day and day.isoformat() for day in (dates.award, dates.contract, dates.notice, dates.published)],
        [((a.role, a.yen, a.quote, a.tax), a.supplier) for a in award.amounts],
        (source.page, source.sheet, source.row, source.line), award.award_rate, award.procurement_method,
        award.procurement_method_details, source.quote, award.warnings, award.tenderers,
    )  # fmt: skip


def _add(rows: Rows, found: Sequence[_Facts]) -> None:
    """Adds the rows of records, column by column: what comes again and again in one is looked up and not made again."""
    if not found:
        return
    ids, titles, buyers, suppliers, days, amounts, places, *middle, quotes, warnings, tenderers = zip(
        *found, strict=True
    )
    decided = [award or contract for award, contract, _, _ in days]
    published = [day for *_, day in days]
    keys = [*map(_key_of, suppliers)]
    heads = [buyer_key(buyer).head if buyer else "" for buyer in buyers]
    together = [
        merge_key_of(head, title, key) if head and day and key is not None else None
        for head, title, day, key in zip(heads, titles, decided, keys, strict=True)
    ]
    said = [json.dumps(one, ensure_ascii=False) if one else "[]" for one in warnings]
    rows.records += [
        (award_id, title, buyer, *dates, rate, method, details, *place, quote, told, key, number)
        for award_id, title, buyer, dates, rate, method, details, place, quote, told, key, number in zip(
            ids, titles, buyers, days, *middle, places, quotes, said, together, tenderers, strict=True
        )
    ]
    _add_suppliers(rows, suppliers)
    rows.amounts += [
        (record, position, role, yen, tax, supplier, printed)
        for record, some in enumerate(amounts)
        for position, ((role, yen, printed, tax), supplier) in enumerate(some)
    ]
    for (head, day, of_list), records in Counter(zip(heads, decided, published, strict=True)).items():
        covering = of_list or day
        covered = rows.coverage.setdefault((head, covering[:7] if covering else ""), Covered())
        covered.add(covering, of_list is not None, records)
    rows.decided |= {day[:7] for day in {*decided} if day}
    rows.published |= {day for day in published if day}
    rows.publications.update((of_list, day) for of_list, day in zip(published, decided, strict=True) if of_list)


def _add_suppliers(rows: Rows, suppliers: Sequence[tuple[Supplier, ...]]) -> None:
    """Adds the suppliers of records. A reader that knows a firm gives the very same object, which is one party."""
    parties: dict[int, int] = {}
    for record, some in enumerate(suppliers):
        for position, one in enumerate(some):
            party = parties.get(id(one))
            if party is None:
                party = parties[id(one)] = len(rows.parties)
                rows.parties.append(
                    (
                        one.name, one.printed, one.address, one.municipality_code, one.corporate_number, one.branch,
                        one.role, one.address_source if one.register else None,
                    )
                )  # fmt: skip
            rows.suppliers.append((record, position, party))


def _key_of(suppliers: tuple[Supplier, ...]) -> int | None:
    """Their :func:`suppliers_key`. The same come again and again, and a reader that knows them gives the very same object."""
    known = _known.get(id(suppliers))
    if known is None or known[0] is not suppliers:
        if len(_known) >= _KEPT:
            _known.clear()
        known = _known[id(suppliers)] = (suppliers, suppliers_key(suppliers))
    return known[1]


_KEPT = 1 << 17
_known: dict[int, tuple[tuple[Supplier, ...], int | None]] = {}
