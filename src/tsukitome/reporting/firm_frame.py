"""A firm's profile as tables: one row an award, for CSV and as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tsukitome.profile.comparables import Comparison
from tsukitome.profile.firm_award import FirmAward
from tsukitome.profile.profile import Entry, FirmList, Profile
from tsukitome.reporting.frame import csv_table

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "number", "basis", "role", "date", "fiscal_year", "title", "buyer", "total_yen", "total_role", "unit_prices",
    "reserve_price_yen", "award_rate", "award_rate_basis", "procurement_method", "bidders", "kinds_of_work", "unusual", "source",
    "quote",
)  # fmt: skip
LIST_COLUMNS = ("pick", "name", "corporate_number", "addresses", "identity", "records", "names_seen", "source")


def firm_rows(profile: Profile) -> list[dict[str, Any]]:
    """One row an award or payment of the firm, the newest first."""
    return [_row(one, profile.comparisons.get(one.number, ())) for one in profile.awards]


def _row(one: FirmAward, comparisons: Sequence[Comparison]) -> dict[str, Any]:
    total, reserve, rate = one.total, one.reserve_price, one.rate
    return {
        "number": one.number,
        "basis": one.basis,
        "role": one.role,
        "date": one.day,
        "fiscal_year": one.fiscal_year,
        "title": one.title,
        "buyer": one.award.buyer,
        "total_yen": total and total.yen,
        "total_role": total and total.role,
        "unit_prices": " / ".join(amount.shown for amount in one.unit_prices) or None,
        "reserve_price_yen": reserve and reserve.yen,
        "award_rate": rate and rate[0],
        "award_rate_basis": rate and rate[1],
        "procurement_method": one.method,
        "bidders": one.bidders,
        "kinds_of_work": " / ".join(one.kinds_of_work) or None,
        "unusual": " / ".join(_unusual(found) for found in comparisons if found.position.unusual) or None,
        "source": " / ".join(f"{source.file}, {source.place}" for source in one.sources),
        "quote": " / ".join(source.quote for source in one.sources),
    }


def _unusual(comparison: Comparison) -> str:
    """``rate 0.40 of the median of 38``: the measure, the ratio, and how many were compared."""
    found = comparison.position
    return f"{found.measure} {found.ratio:.2f} of the median of {found.count}"


def firm_frame(profile: Profile) -> pd.DataFrame:
    """:func:`firm_rows` as a DataFrame, its index the number; ``date`` is a day (datetime64), yen are floats."""
    import pandas as pd

    table = pd.DataFrame(firm_rows(profile), columns=list(COLUMNS)).set_index("number")
    table["date"] = pd.to_datetime(table["date"])
    for name in ("total_yen", "reserve_price_yen", "award_rate"):
        table[name] = table[name].astype("float64")
    return table


def firm_csv(found: Profile | FirmList) -> str:
    """The awards of a profile, or the firms to choose from, as CSV with a header, safe to open in a spreadsheet."""
    if isinstance(found, Profile):
        return csv_table(COLUMNS, firm_rows(found))
    return csv_table(LIST_COLUMNS, [_entry(entry) for entry in found.entries])


def _entry(entry: Entry) -> dict[str, Any]:
    source = entry.source
    return entry.to_dict() | {
        "addresses": " / ".join(entry.addresses),
        "names_seen": " / ".join(entry.names_seen),
        "source": f"{source.file}, {source.place}" if source else None,
    }
