"""A firm, a buyer, an award: what the plan decides and the writers print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FICTIONAL = "（架空）"


@dataclass(frozen=True)
class Place:
    """Where a firm is; `rest` is the town and block numbers in plain digits (東池袋3-15-22)."""

    prefecture: str
    municipality: str
    rest: str


@dataclass(frozen=True)
class Branch:
    name: str
    place: Place


@dataclass(frozen=True)
class Firm:
    """A fictional firm. `form` is "before" (株式会社X), "after" (X株式会社) or another form that stands before.

    `portal_name` is a spelling that only 調達ポータル has (高 for 髙).
    """

    name: str
    form: str
    place: Place
    number: str
    trade: str
    branch: Branch | None = None
    portal_name: str = ""


@dataclass(frozen=True)
class Buyer:
    """A real public body, with a made-up official; `portal` is its 府省 code."""

    key: str
    name: str
    role: str
    posts: tuple[str, ...]
    address: str
    organ: str
    location: str
    portal: str
    prints_reserve: bool


@dataclass(frozen=True)
class UnitPrice:
    """A price of one piece as printed ("14.90"), never a total."""

    yen: str
    of: str


@dataclass(frozen=True)
class Award:
    """One award, whatever files it appears in. Money in yen with tax; `price` is a total."""

    title: str
    buyer: Buyer
    trade: str
    firms: tuple[Firm, ...]
    awarded: date
    noticed: date | None
    files: tuple[str, ...]
    price: int | None = None
    unit: UnitPrice | None = None
    estimated: int | None = None
    reserve: int | None = None
    method: str = "一般"
    decided: str = "最低価格"
    reason: str = ""
    joint: str = ""
    lots: tuple[str, ...] = ()
    prices: tuple[int, ...] = ()
    at_branch: bool = False
    bidders: int = 2
    official: int = 0
    trap: str = ""
    real: bool = False

    @property
    def value(self) -> int | None:
        """The total in yen: the price, or what a unit price is expected to come to."""
        return self.price if self.price is not None else self.estimated

    @property
    def rate(self) -> float | None:
        """落札率: the total over the reserve price."""
        if self.value is None or not self.reserve:
            return None
        return self.value / self.reserve
