"""The columns of the archive's tables, as rows are written to them and read from them."""

from __future__ import annotations

from typing import Any

RECORD_COLUMNS = (
    "award_id", "title", "buyer", "award_date", "contract_date", "notice_date", "published_date", "award_rate",
    "procurement_method", "procurement_method_details", "page", "sheet", "row", "line", "quote", "warnings", "merge_key",
    "number_of_tenderers",
)  # fmt: skip
# A supplier's place, and how it is printed.
PARTY_COLUMNS = (
    "name", "printed", "address", "municipality_code", "corporate_number", "branch", "role", "address_source"
)  # fmt: skip
SUPPLIER_COLUMNS = ("record", "position", *PARTY_COLUMNS)
AMOUNT_COLUMNS = ("record", "position", "role", "yen", "tax", "supplier", "quote")

Row = tuple[Any, ...]
