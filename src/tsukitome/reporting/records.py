"""Award records one a line, as CSV or JSON. Each is printed when it is taken, so there may be any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from tsukitome.awards import Award
from tsukitome.reporting.frame import csv_lines
from tsukitome.reporting.inert import json_text

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "award_id", "title", "buyer", "supplier", "address", "municipality_code", "corporate_number", "role", "award_date",
    "contract_date", "notice_date", "published_date", "amounts", "award_rate", "procurement_method",
    "procurement_method_details", "warnings", "file", "kind", "page", "sheet", "row", "line", "quote",
    "number_of_tenderers",
)  # fmt: skip


def records_csv(records: Iterable[Award]) -> Iterator[str]:
    """A header, then one line a record; several suppliers or amounts stand in one cell, separated by `` / ``."""
    return csv_lines(COLUMNS, map(_row, records))


def records_jsonl(records: Iterable[Award]) -> Iterator[str]:
    """One JSON object a line."""
    return (json_text(record.to_dict()) + "\n" for record in records)


def records_frame(records: Iterable[Award]) -> pd.DataFrame:
    """The same as a DataFrame; the days are datetime64."""
    import pandas as pd

    table = pd.DataFrame([_row(record) for record in records], columns=list(COLUMNS))
    days = [name for name in COLUMNS if name.endswith("_date")]
    table[days] = table[days].apply(pd.to_datetime)
    return table


def _row(record: Award) -> dict[str, Any]:
    def each(name: str) -> str:
        return " / ".join(str(getattr(supplier, name) or "") for supplier in record.suppliers).strip(" /")

    source = record.source
    return {
        "award_id": record.award_id,
        "title": record.title,
        "buyer": record.buyer,
        "supplier": each("name"),
        "address": each("address"),
        "municipality_code": each("municipality_code"),
        "corporate_number": each("corporate_number"),
        "role": each("role"),
        **{f"{kind}_date": day and day.isoformat() for kind, day in record.dates},
        "amounts": " / ".join(f"{amount.role} {amount.yen}" for amount in record.amounts),
        "award_rate": record.award_rate,
        "procurement_method": record.procurement_method,
        "procurement_method_details": record.procurement_method_details,
        "warnings": " / ".join(record.warnings),
        "file": source.file,
        "kind": source.kind,
        "page": source.page,
        "sheet": source.sheet,
        "row": source.row,
        "line": source.line,
        "quote": source.quote,
        "number_of_tenderers": record.tenderers,
    }
