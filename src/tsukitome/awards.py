"""What a source gives: awards with their suppliers, amounts and dates, and where each was read.

Names follow the Open Contracting Data Standard (https://standard.open-contracting.org): buyer, supplier, award,
procurement method. Nothing above ``sources/`` knows in which format an award was printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, Literal

from tsukitome.dataclass import dataclass

SourceKind = Literal["gazette", "contract_table", "bid_results", "portal", "gbizinfo", "review", "ocds", "mapped"]
SupplierRole = Literal["awarded", "jv_member", "bidder"]
AmountRole = Literal["contract_price", "unit_price", "reserve_price", "estimated_total", "paid_total", "bid"]
Tax = Literal["included", "excluded"]
RegisterField = Literal["name", "address", "corporate_number"]
ProcurementMethod = Literal["open", "selective", "limited"]
# The warning of an award whose address a source took from the corporate register of the day on which it was published.
TODAYS_ADDRESS = "the address is the registered one of today, not that of the award"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an award was read: the file, the place in it, and the printed words.

    ``file`` is the path as the user gave it, with ``/`` between its parts. ``page``, ``row`` and ``line`` count from 1
    as a person sees them; at least one of them is set. ``quote`` never holds an official's name.
    """

    file: str
    kind: SourceKind
    sha256: str
    quote: str
    page: int | None = None
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    url: str | None = None
    retrieved: str | None = None

    @property
    def place(self) -> str:
        """The place inside the file, for a person: ``page 1, line 12`` or ``sheet 様式2-3, row 7``."""
        parts = [("page", self.page), ("sheet", self.sheet), ("row", self.row), ("line", self.line)]
        return ", ".join(f"{word} {value}" for word, value in parts if value is not None)

    def to_dict(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "kind": self.kind,
            "sha256": self.sha256,
            "page": self.page,
            "sheet": self.sheet,
            "row": self.row,
            "line": self.line,
            "url": self.url,
            "retrieved": self.retrieved,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class FromRegister:
    """Which of a supplier's facts come from the corporate register, and not from what the award's own source prints.

    ``fields`` are those facts; the municipality goes with the address. ``date`` is the day on which the register's entry was made
    (更新年月日), ``since`` the day from which its entries say so of the address (変更年月日; it may have been so before), or of the
    name where no address is added. All are None where the source copied the register and does not say when (gBizINFO). ``moved``
    says that the entry tells of a move to this address after the award's day, so that the firm was elsewhere on that day.
    ``name_since`` and ``renamed`` say the same of a name that is added: a firm may keep one and change the other.
    """

    fields: tuple[RegisterField, ...]
    date: dt.date | None = None
    since: dt.date | None = None
    moved: bool = False
    name_since: dt.date | None = None
    renamed: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "fields": list(self.fields),
            "date": self.date.isoformat() if self.date else None,
            "since": self.since.isoformat() if self.since else None,
            "moved": self.moved,
            "name_since": self.name_since.isoformat() if self.name_since else None,
            "renamed": self.renamed,
        }

    @classmethod
    def from_dict(cls, mark: Mapping[str, Any]) -> FromRegister:
        """The inverse of :meth:`to_dict`."""
        days = (mark.get(name) for name in ("date", "since", "name_since"))
        date, since, name_since = (day and dt.date.fromisoformat(day) for day in days)
        moved, renamed = mark.get("moved", False), mark.get("renamed", False)
        return cls(tuple(mark["fields"]), date, since, moved, name_since, renamed)


@dataclass(frozen=True, slots=True)
class Supplier:
    """A firm in an award. ``municipality_code`` is that of its own address, five digits, JIS X 0402.

    ``name`` has its legal form written out and its width folded; ``printed`` is how the source prints it. ``register`` marks
    what the corporate register adds to the award.
    """

    name: str
    address: str | None = None
    municipality_code: str | None = None
    corporate_number: str | None = None
    branch: str | None = None
    role: SupplierRole = "awarded"
    printed: str | None = None
    register: FromRegister | None = None

    @property
    def address_source(self) -> Literal["award", "register"] | None:
        """Whether the address is printed in the award or comes from the corporate register; None where there is none."""
        if self.address is None:
            return None
        return "register" if self.register and "address" in self.register.fields else "award"

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "printed": self.printed,
            "address": self.address,
            "municipality_code": self.municipality_code,
            "corporate_number": self.corporate_number,
            "branch": self.branch,
            "role": self.role,
            "register": self.register and self.register.to_dict(),
        }

    @classmethod
    def from_dict(cls, supplier: Mapping[str, Any]) -> Supplier:
        """The inverse of :meth:`to_dict`."""
        mark = supplier.get("register")
        return cls(**{**supplier, "register": mark and FromRegister.from_dict(mark)})


# What the forms call each role; an amount printed as a bare number is shown with it.
ROLE_NAMES: dict[AmountRole, str] = {
    "contract_price": "契約金額",
    "unit_price": "単価",
    "reserve_price": "予定価格",
    "estimated_total": "調達見込総額",
    "paid_total": "支払実績",
    "bid": "入札金額",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in yen, its role, and how it was printed.

    ``supplier`` is an index into the award's suppliers, or None where the amount belongs to no single one. A
    ``unit_price`` is never a total, and a ``reserve_price`` is an upper bound of the price, never the price.
    """

    role: AmountRole
    yen: int | float
    quote: str
    tax: Tax | None = None
    supplier: int | None = None

    @property
    def shown(self) -> str:
        """The amount as printed; where that is a bare number, with the name of its role, and in yen."""
        printed = " ".join(self.quote.split())
        bare = not self.quote.strip("0123456789０１２３４５６７８９,，.．円 \u3000")
        if not bare:
            return printed
        # A spreadsheet's number has no commas, and may count in thousands or millions: the yen say more than the cell.
        return f"{ROLE_NAMES[self.role]} " + (printed if "," in printed and self._is_in_yen else f"{self.yen:,}円")

    @property
    def _is_in_yen(self) -> bool:
        """Whether the printed number is the amount itself, and not in thousands or millions."""
        try:
            return float(re.sub("[,，円\\s]", "", self.quote)) == self.yen
        except ValueError:
            return False

    def to_dict(self) -> dict[str, Any]:
        return {"role": self.role, "yen": self.yen, "tax": self.tax, "supplier": self.supplier, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of an award: decided (落札決定日), contracted (契約締結日), tender noticed (入札公告日), published."""

    award: dt.date | None = None
    contract: dt.date | None = None
    notice: dt.date | None = None
    published: dt.date | None = None

    def to_dict(self) -> dict[str, str | None]:
        return {name: value.isoformat() if value else None for name, value in self}

    def __iter__(self) -> Iterator[tuple[str, dt.date | None]]:
        return iter(
            (
                ("award", self.award),
                ("contract", self.contract),
                ("notice", self.notice),
                ("published", self.published),
            )
        )


@dataclass(frozen=True, slots=True)
class Award:
    """One award as one source prints it. ``award_id`` depends only on the file's bytes and the place in it.

    ``award_rate`` is the price over the reserve price as a fraction (75.39% is 0.7539). What could not be read is
    None, with a sentence in ``warnings``. ``tenderers`` is how many took part in the tender (OCDS ``numberOfTenderers``), one or
    more; None where it is not printed.
    """

    award_id: str
    title: str
    buyer: str | None
    suppliers: tuple[Supplier, ...]
    source: Source
    dates: Dates = Dates()
    amounts: tuple[Amount, ...] = ()
    award_rate: float | None = None
    procurement_method: ProcurementMethod | None = None
    procurement_method_details: str | None = None
    warnings: tuple[str, ...] = field(default=())
    tenderers: int | None = None

    @property
    def took_part(self) -> int | None:
        """:attr:`tenderers`, else how many bidders are listed; None where the record tells neither."""
        listed = self.source.kind == "bid_results" or any(supplier.role == "bidder" for supplier in self.suppliers)
        if self.tenderers is not None or not listed:
            return self.tenderers
        return sum(supplier.role in ("awarded", "bidder") for supplier in self.suppliers) or None

    def to_dict(self) -> dict[str, Any]:
        """The award as ``tsukitome records`` prints it, one JSON object a line."""
        return {
            "award_id": self.award_id,
            "title": self.title,
            "buyer": {"name": self.buyer},
            "suppliers": [supplier.to_dict() for supplier in self.suppliers],
            "dates": self.dates.to_dict(),
            "amounts": [amount.to_dict() for amount in self.amounts],
            "award_rate": self.award_rate,
            "procurement_method": self.procurement_method,
            "procurement_method_details": self.procurement_method_details,
            "number_of_tenderers": self.tenderers,
            "warnings": list(self.warnings),
            "source": self.source.to_dict(),
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Award:
        """The inverse of :meth:`to_dict`."""
        dates = {name: value and dt.date.fromisoformat(value) for name, value in record["dates"].items()}
        return cls(
            award_id=record["award_id"],
            title=record["title"],
            buyer=record["buyer"]["name"],
            suppliers=tuple(Supplier.from_dict(supplier) for supplier in record["suppliers"]),
            source=Source(**record["source"]),
            dates=Dates(**dates),
            amounts=tuple(Amount(**amount) for amount in record["amounts"]),
            award_rate=record["award_rate"],
            procurement_method=record["procurement_method"],
            procurement_method_details=record["procurement_method_details"],
            warnings=tuple(record["warnings"]),
            tenderers=record.get("number_of_tenderers"),
        )
