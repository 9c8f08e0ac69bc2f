"""Where the record prints a fact: the quotation, and in it the words that count, for every piece of evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tsukitome.awards import Award
from tsukitome.casework.subject import Checked, where_printed
from tsukitome.checks import Printed
from tsukitome.findings import Evidence
from tsukitome.normalize.printed import spellings_of_day


def printed_fact(evidence: Evidence, checked: Checked) -> Printed | None:
    """The record that prints what was found; None where nothing was."""
    if evidence.found is None or not checked.records:
        return None
    words = list(_words(evidence, checked))
    return where_printed(words, checked.records) or Printed(_holder(evidence.clue, checked).source)


def _words(evidence: Evidence, checked: Checked) -> Iterator[str]:
    """How the records may print what was found, the fullest first."""
    found = evidence.found if isinstance(evidence.found, str) else ""
    match evidence.clue:
        case "value":
            for _, amount in checked.amounts():
                if amount.shown in found:
                    yield from (amount.quote, f"{amount.yen:,}", f"{amount.yen}")
        case "month":
            yield from (spelling for day in _days(evidence, checked) for spelling in spellings_of_day(day))
        case "title":
            yield from (record.title for record in checked.records)
        case "ward":
            yield from (supplier.address or "" for _, supplier in checked.suppliers())
        case "firm":
            for _, supplier in checked.suppliers():
                yield from (supplier.printed or "", supplier.name)
        case "method":
            yield from (record.procurement_method_details or "" for record in checked.records)
    yield found


def _days(evidence: Evidence, checked: Checked) -> list[dt.date]:
    """The day that was found, as the evidence tells it."""
    told = (
        {value for _, value in evidence.found.facts}
        if evidence.found and not isinstance(evidence.found, str)
        else set()
    )
    return [
        day for record in checked.records for _, day in record.dates if day and (day in told or day.isoformat() in told)
    ]


def _holder(clue: str, checked: Checked) -> Award:
    """A record that has the fact, where no quotation holds its words (a buyer stands in the heading)."""

    def has(record: Award) -> bool:
        if clue == "buyer":
            return record.buyer is not None
        if clue == "method":
            return record.procurement_method is not None
        return clue != "value" or bool(record.amounts)

    return next((record for record in checked.records if has(record)), checked.records[0])
