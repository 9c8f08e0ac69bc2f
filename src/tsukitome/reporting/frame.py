"""An answer as a table: rows for CSV, and a pandas DataFrame of the same columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from tsukitome.archive.coverage import CoverageRow
from tsukitome.clues.query import CLUE_NAMES
from tsukitome.findings import Candidate, Findings
from tsukitome.reporting.inert import csv_cell

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "rank", "probability", "firm", "corporate_number", "address", "title", "buyer", "bits",
    *(f"{name}_outcome" for name in CLUE_NAMES), "source", "quote", "possibly_same",
)  # fmt: skip


def rows(findings: Findings) -> list[dict[str, Any]]:
    """One row a candidate, by its likeliest award; ``ward_outcome`` and the like hold what each clue came to."""
    return [_row(candidate) for candidate in findings.candidates]


def _row(candidate: Candidate) -> dict[str, Any]:
    award = candidate.awards[0]
    outcomes = {piece.clue: piece.outcome for piece in award.evidence}
    return {
        "rank": candidate.rank,
        "probability": candidate.probability,
        "firm": candidate.firm.name,
        "corporate_number": candidate.firm.corporate_number,
        "address": candidate.firm.addresses[0] if candidate.firm.addresses else None,
        "title": award.title,
        "buyer": award.buyer,
        "bits": award.bits,
        **{f"{name}_outcome": outcomes.get(name) for name in CLUE_NAMES},
        "source": " / ".join(f"{source.file}, {source.place}" for source in award.sources),
        "quote": " / ".join(source.quote for source in award.sources),
        "possibly_same": " / ".join(candidate.possibly_same) or None,
    }


def frame(findings: Findings) -> pd.DataFrame:
    """:func:`rows` as a DataFrame, its index the rank."""
    import pandas as pd

    return pd.DataFrame(rows(findings), columns=list(COLUMNS)).set_index("rank")


def coverage_frame(rows: Iterable[CoverageRow]) -> pd.DataFrame:
    """Coverage by kind of source, buyer and month, one row each."""
    import pandas as pd

    columns = ("kind", "buyer", "month", "records", "unpublished", "first", "last")
    table = pd.DataFrame([[getattr(row, name) for name in columns] for row in rows], columns=list(columns))
    table["month"] = pd.PeriodIndex(table["month"].where(table["month"] != "", None), freq="M")
    table[["first", "last"]] = table[["first", "last"]].apply(pd.to_datetime)
    return table


def as_csv(findings: Findings) -> str:
    """:func:`rows` as CSV with a header, safe to open in a spreadsheet."""
    return csv_table(COLUMNS, rows(findings))


def csv_table(columns: tuple[str, ...], table: Iterable[dict[str, Any]]) -> str:
    """Any rows as CSV with a header, every cell made inert."""
    return "".join(csv_lines(columns, table))


def csv_lines(columns: tuple[str, ...], table: Iterable[dict[str, Any]]) -> Iterator[str]:
    """:func:`csv_table` line by line."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for cells in chain((columns,), ([csv_cell(row.get(column)) for column in columns] for row in table)):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
