"""What the records cover: the span of their publication, and the months and pages that are missing.

Absence is not evidence: a gazette holds only contracts of the size that the WTO agreement names, and buyers keep their
tables up for about a year. A month counts as missing only in a series that has records in most other months.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tsukitome.dataclass import dataclass
from tsukitome.findings import Coverage
from tsukitome.normalize.dates import Span
from tsukitome.sources.reading import Refusal
from tsukitome.wording import Phrase, Sentence, phrase

# Kinds whose files each belong to one buyer; the others publish many buyers' awards together.
BY_BUYER = ("contract_table", "bid_results")
_SERIES_FROM = 4  # months that a series must have before a month can be missing in it
_SERIES_SHARE = 0.5  # and the share of its span that they must make


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many records one kind of source has of one buyer (by key) in one month (``YYYY-MM`` of publication, else of the
    award; '' where no date is printed), how many of them print no publication date, and the first and last day (ISO 8601).
    """

    kind: str
    buyer: str
    month: str
    records: int
    unpublished: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """How many records of one kind of source were published on one day and decided on another; None where none is printed."""

    kind: str
    published: dt.date
    decided: dt.date | None
    records: int


@dataclass(frozen=True, slots=True)
class Series:
    """The records of one kind of source, and of one buyer where its files belong to one, by month (``YYYY-MM``)."""

    kind: str
    buyer: str
    months: Mapping[str, int]

    @property
    def gap(self) -> Phrase:
        """The sentence that names the missing months."""
        buyer = f" {self.buyer}" if self.buyer else ""
        return phrase("gap_months", kind=phrase(f"kind_{self.kind}"), buyer=buyer, months=self.missing)

    @property
    def without(self) -> list[str]:
        """The months between the first and the last that have no record."""
        return [month for month in months_between(min(self.months), max(self.months)) if month not in self.months]

    @property
    def missing(self) -> list[str]:
        """The months :attr:`without` records, if this is a series at all: else it says nothing that there are none."""
        without, held = self.without, len(self.months)
        return without if held >= _SERIES_FROM and held >= _SERIES_SHARE * (held + len(without)) else []


def series_of(rows: Iterable[CoverageRow]) -> list[Series]:
    """The series that rows make, in the order of kind and buyer; records without any date belong to none."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.month:
            found[row.kind, row.buyer if row.kind in BY_BUYER else ""][row.month] += row.records
    return [Series(kind, buyer, months) for (kind, buyer), months in sorted(found.items())]


def coverage_of(
    rows: Sequence[CoverageRow],
    *,
    awards: int,
    sources: int,
    decided_months: frozenset[str],
    refusals: Iterable[Refusal] = (),
) -> Coverage:
    """The coverage of all that was read; ``awards`` is how many awards the records make. Refusals are gaps too,
    but for those by which no award is missing.
    """
    records = sum(row.records for row in rows)
    unpublished = sum(row.unpublished for row in rows if row.month)
    undated = sum(row.records for row in rows if not row.month)
    first = min((row.first for row in rows if row.first), default=None)
    last = max((row.last for row in rows if row.last), default=None)
    gaps = (
        *(series.gap for series in series_of(rows) if series.missing),
        *_refused(refusals),
    )
    statement = phrase(
        "coverage_statement" if first else "coverage_nothing",
        records=records,
        awards=awards,
        sources=sources,
        span=phrase(
            "coverage_decided" if unpublished == records - undated else "coverage_published", first=first, last=last
        ),
        unpublished=phrase("coverage_unpublished", count=unpublished) if 0 < unpublished < records - undated else "",
        undated=phrase("coverage_undated", count=undated) if undated else "",
        gaps=phrase("coverage_gaps", count=len(gaps)) if gaps else "",
    )
    return Coverage(
        records=records,
        awards=awards,
        sources=sources,
        published_from=dt.date.fromisoformat(first) if first else None,
        published_to=dt.date.fromisoformat(last) if last else None,
        gaps=gaps,
        statement=statement,
        decided_months=decided_months,
    )


def _refused(refusals: Iterable[Refusal]) -> Iterator[Phrase]:
    """Files and pages that could not be read, one by one; rows, by file. What holds no award is no gap."""
    rows: Counter[str] = Counter()
    for refusal in refusals:
        if not refusal.is_gap:
            continue
        if refusal.quote is None:
            yield phrase("gap_unread", what=Sentence(refusal))
        else:
            rows[refusal.file] += 1
    for file, count in sorted(rows.items()):
        yield phrase("gap_rows", file=file, count=count)


def months_between(first: str, last: str) -> Iterator[str]:
    """The months (``YYYY-MM``) from ``first`` to ``last``, both included."""
    year, month = map(int, first.split("-"))
    while (found := f"{year}-{month:02}") <= last:
        yield found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def months_of(span: Span) -> set[str]:
    """The months that a span of days touches."""
    first, last = span
    return set(months_between(first.isoformat()[:7], last.isoformat()[:7]))
