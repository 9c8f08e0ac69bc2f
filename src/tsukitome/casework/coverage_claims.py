"""What may be said of the coverage: how long publication takes, and whether a hit may be called the only one.

"The only hit" is stated only where the data has no known gap, its months are covered, and no record is silent on a clue:
absence is not evidence.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from tsukitome.archive.coverage import PublicationRow, months_of
from tsukitome.checks import CoverageCheck, Lag
from tsukitome.clues.month import MonthReading
from tsukitome.clues.query import Clues
from tsukitome.findings import Findings
from tsukitome.wording import Phrase, phrase

# A notice of an award is due within 72 days: WTO, Revised Agreement on Government Procurement, Article XVI:2.
NOTICE_DUE = dt.timedelta(days=72)
_LONGEST_LAG = 400  # days; what is further apart is a slip of the pen, not a lag


def check_coverage(clues: Clues, found: Findings, publications: Sequence[PublicationRow]) -> CoverageCheck:
    """What was searched, the lags by kind of source, and the statement on the only hit with the reasons against it."""
    reasons = tuple(_against_only_hit(clues, found, publications))
    last = found.narrowing[-1]
    statement = (
        phrase("only_hit_stated", records=found.coverage.records, awards=found.coverage.awards)
        if not reasons
        else phrase("only_hit_refused" if last.records == 1 else "only_hit_is_none")
    )
    return CoverageCheck(
        searched=found.coverage.statement,
        gaps=found.coverage.gaps,
        lags=tuple(lags(publications)),
        only_hit=not reasons,
        statement=statement,
        reasons=reasons,
    )


def lags(publications: Iterable[PublicationRow]) -> Iterator[Lag]:
    """Days from the award (or contract) to its publication, by kind of source; kinds that print no publication have none."""
    days: dict[str, list[int]] = defaultdict(list)
    for row in publications:
        if row.decided and 0 <= (row.published - row.decided).days <= _LONGEST_LAG:
            days[row.kind] += [(row.published - row.decided).days] * row.records
    for kind, found in sorted(days.items()):
        yield Lag(kind, len(found), min(found), round(median(found)), max(found))


def _against_only_hit(clues: Clues, found: Findings, publications: Sequence[PublicationRow]) -> Iterator[Phrase]:
    """Every reason why a hit may not be called the only one."""
    last, coverage = found.narrowing[-1], found.coverage
    if last.records == 0:
        yield phrase("only_hit_none_fits")
    if last.records > 1:
        yield phrase("only_hit_several", count=last.records)
    if last.silent:
        yield phrase("only_hit_silent", count=last.silent)
    if coverage.gaps:
        yield phrase("only_hit_gaps", count=len(coverage.gaps), first=coverage.gaps[0])
    month = clues.asked.get("month")
    if month is None or not isinstance(month.reading, MonthReading):
        yield phrase("only_hit_no_month")
        return
    missing = sorted(months_of(month.reading.span) - coverage.decided_months)
    if missing:
        yield phrase("only_hit_month_missing", months=missing)
    until = month.reading.last + NOTICE_DUE
    published = max((row.published for row in publications), default=None)
    if published and published < until:
        yield phrase("only_hit_too_early", last=published, until=until)
