"""The calendar of a report: which months the records cover, a row for each year of each series of records."""

from __future__ import annotations

from typing import Any

from tsukitome.archive.coverage import Series, months_between, series_of
from tsukitome.findings import Findings
from tsukitome.reporting.inert import visible
from tsukitome.reporting.report.view import View

_SERIES = 24  # the largest series, those of the buyer that is asked first


def calendar(view: View) -> dict[str, Any]:
    """``rows`` of months, each with its records, and how many series there are ``more``."""
    subject = view.dossier.check.subject
    buyer = subject.buyer if subject and subject.buyer else ""

    def rank(series: Series) -> tuple[bool, int, str, str]:
        other = bool(series.buyer) and series.buyer not in buyer
        return other, -sum(series.months.values()), series.kind, series.buyer

    found = sorted(series_of(view.dossier.coverage_rows), key=rank)
    asked = _asked_months(view.dossier.found)
    rows = [
        {
            "name": visible(f"{view.say(f'kind_{series.kind}')} {series.buyer}".rstrip()),
            "year": year,
            "months": _months(series, year, asked),
        }
        for series in found[:_SERIES]
        for year in range(int(min(series.months)[:4]), int(max(series.months)[:4]) + 1)
    ]
    return {"rows": rows, "more": max(len(found) - _SERIES, 0)}


def _months(series: Series, year: int, asked: set[str]) -> list[dict[str, Any]]:
    first, last, missing = min(series.months), max(series.months), set(series.missing)
    return [
        {
            "records": series.months.get(month, 0),
            "missing": month in missing,
            "outside": not first <= month <= last,
            "asked": month in asked,
        }
        for month in months_between(f"{year}-01", f"{year}-12")
    ]


def _asked_months(found: Findings) -> set[str]:
    for clue in found.clues:
        if clue["name"] == "month":
            return set(months_between(clue["reading"]["from"][:7], clue["reading"]["to"][:7]))
    return set()
