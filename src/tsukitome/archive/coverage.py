"""What the records cover: the span of their publication, and the months and pages that are missing.

Absence is not evidence: a gazette holds only contracts of the size that the WTO agreement names, and buyers keep their
tables up for about a year. A month counts as missing only in a series that has records in most other months.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tsukitome.awards import Award
from tsukitome.findings import Coverage
from tsukitome.normalize.dates import Span
from tsukitome.normalize.organization import buyer_key
from tsukitome.sources.reading import Refusal
from tsukitome.wording import Phrase, phrase

Month = tuple[int, int]

# Kinds whose files each belong to one buyer; the others publish many buyers' awards together.
_BY_BUYER = ("contract_table", "bid_results")
_SERIES_FROM = 4  # months that a series must have before a month can be missing in it
_SERIES_SHARE = 0.5  # and the share of its span that they must make


def coverage_of(records: Sequence[Award], awards: int, refusals: Iterable[Refusal] = ()) -> Coverage:
    """The coverage of records (``awards`` is how many awards they make), with what was refused among its gaps."""
    days = [day for record in records if (day := _day(record))]
    unpublished = sum(record.dates.published is None for record in records)
    gaps = tuple(_gaps(records, refusals))
    sources = len({record.source.sha256 for record in records})
    first, last = (min(days), max(days)) if days else (None, None)
    statement = phrase(
        "coverage_statement" if days else "coverage_nothing",
        records=len(records),
        awards=awards,
        sources=sources,
        first=first,
        last=last,
        unpublished=phrase("coverage_unpublished", count=unpublished) if unpublished else "",
        gaps=phrase("coverage_gaps", count=len(gaps)) if gaps else "",
    )
    decided = frozenset((day.year, day.month) for record in records if (day := _decided(record)))
    return Coverage(len(records), awards, sources, first, last, gaps, statement, decided)


def _decided(record: Award) -> dt.date | None:
    return record.dates.award or record.dates.contract


def _day(record: Award) -> dt.date | None:
    """The day that counts for coverage: of publication, else of the award."""
    return record.dates.published or _decided(record)


def _gaps(records: Sequence[Award], refusals: Iterable[Refusal]) -> Iterator[Phrase]:
    series: dict[tuple[str, str], Counter[Month]] = defaultdict(Counter)
    for record in records:
        buyer = buyer_key(record.buyer).head if record.buyer and record.source.kind in _BY_BUYER else ""
        if day := _day(record):
            series[record.source.kind, buyer][day.year, day.month] += 1
    for (kind, buyer), months in sorted(series.items()):
        missing = _missing(months)
        if missing:
            shown = [f"{year}-{month:02}" for year, month in missing]
            yield phrase("gap_months", series=f"{kind} {buyer}".rstrip(), months=shown)
    rows: Counter[str] = Counter()
    for refusal in refusals:
        if refusal.quote is None:
            yield phrase("gap_unread", what=str(refusal))
        else:
            rows[refusal.file] += 1
    for file, count in sorted(rows.items()):
        yield phrase("gap_rows", file=file, count=count)


def _missing(months: Counter[Month]) -> list[Month]:
    """The months between the first and the last of a series that have no record, if the series is a series at all."""
    span = list(months_between(min(months), max(months)))
    if len(months) < _SERIES_FROM or len(months) < _SERIES_SHARE * len(span):
        return []
    return [month for month in span if month not in months]


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """The months from ``first`` to ``last``, both included."""
    year, month = first
    while (year, month) <= last:
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def months_of(span: Span) -> set[Month]:
    """The months that a span of days touches."""
    first, last = span
    return set(months_between((first.year, first.month), (last.year, last.month)))
