"""The award that the rows of one contract in a table of bids tell of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache

from tsukitome.awards import AmountRole, ProcurementMethod, Supplier, SupplierRole, Tax
from tsukitome.documents.table import EMPTY, Cell, Row, cell_of_text
from tsukitome.normalize.dates import Span
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.award_rate import read_rate
from tsukitome.sources.bid_bidder import bidder_of, firm_of
from tsukitome.sources.bid_cells import (
    is_blank,
    mark_for_winner,
    read_amount,
    read_day,
    rounds_in,
    says_absent,
    year_before,
)
from tsukitome.sources.bid_columns import Column
from tsukitome.sources.bid_contract import Contract
from tsukitome.sources.bid_labels import office_in
from tsukitome.sources.bid_ventures import members_named, members_of
from tsukitome.sources.bid_winners import SIGNS, bare_name, name_key, sign_before
from tsukitome.sources.bidder_rows import unlabelled
from tsukitome.sources.contract_context import method_of
from tsukitome.sources.contract_title import is_total, read_title
from tsukitome.sources.officer_cell import mask_officials, organization_of, without_name
from tsukitome.sources.plain_award import PlainAward, Sum
from tsukitome.sources.vocabulary import vocabulary

# 単価契約 is said of the contract, and its amount may still be a total: but hardly one below 1,000,000 yen, up to which services
# may be bought without a tender (予算決算及び会計令, 昭和22年勅令第165号, Article 99, as of 2018).
_LEAST_TOTAL, _ODD_TOTAL = 1_000_000, 100_000

_TOLD_BY = {
    "rank": "the winner is told by rank 1 (順位) alone",
    "price": "the winner is told by its price (落札金額) alone",
    "lots": "the winner is told by lots (くじ) alone",
}

Owned = tuple[Sum, int | None]  # an amount, and the index of the supplier whose it is


def award_of(contract: Contract) -> PlainAward:
    """The contract as an award with all its bidders; what could not be read is None, with a sentence in ``warnings``."""
    return _Writer(contract).award()


@dataclass(slots=True)
class _Writer:
    """Writes one award, supplier by supplier: the winners first, then the others as printed."""

    contract: Contract
    suppliers: list[Supplier] = field(default_factory=list)
    amounts: list[Owned] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    absent: int = 0  # how many are said not to have bid
    indexes: dict[str, int] = field(default_factory=dict)  # of the suppliers so far, by their names
    again: int = 0  # rows of bidders that are listed for an earlier round

    def award(self) -> PlainAward:
        contract, place = self.contract, self.contract.place
        wrapped = place.table.page is not None
        title = read_title(contract.shared("title").text, works=False, wrapped=wrapped)
        item = read_title(contract.shared("item").text, works=False, wrapped=wrapped)
        if not is_blank(item) and not is_total(item) and squeeze(fold(item)) not in squeeze(fold(title)):
            title = f"{title} {item}"
        dates = self._dates()
        self._parties(title, dates[1] or dates[0])
        self._reserve()
        rate, warning = read_rate(contract.shared("rate"), self._header("rate"))
        self.warnings += [warning] if warning else []
        method, details = self._method()
        buyer, table = self._buyer(), place.table
        days = [day.isoformat() if day else None for day in (*dates, place.context.published)]
        return PlainAward(
            place.index, table.page, table.sheet, contract.head.number, title, buyer, tuple(self.suppliers), days,
            self.amounts, rate, method, details, contract.quote(), tuple(dict.fromkeys(self.warnings)),
            self._tenderers(),
        )  # fmt: skip

    def _header(self, name: str) -> str:
        column = self.contract.place.layout.columns.get(name)
        return column.printed if column else ""

    def _buyer(self) -> str | None:
        """The office as printed, behind the organization that the table's heading names."""
        context = self.contract.place.context
        heading = context.buyer
        for name in ("buyer", "section"):
            cell = self.contract.shared(name).text
            printed = "" if is_blank(cell) else office_in(cell) or ""
            if printed:
                known = heading is None or squeeze(heading) in squeeze(printed)
                return printed if known else f"{heading} {printed}"
        buyer = organization_of(self.contract.shared("officer").text) or heading
        if buyer is None:
            self.warnings.append("the buyer is not printed")
        return buyer

    def _dates(self) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
        """The days of award, contract and notice; 入札日 is the award's where no column gives that.

        The bureaus' instructions call it 最終回の入札日（落札決定した日） for works, and the day of the first opening for services.
        """
        period = self.contract.place.period
        contracted = self._day("contract_date", period)
        within = year_before(contracted) if contracted else period
        decided = self._day("award_date", within) or self._day("bid_date", within)
        if contracted is None and decided is None:
            self.warnings.append("no day of the award or the contract could be read")
        return decided, contracted, self._day("notice", within)

    def _day(self, name: str, within: Span | None) -> dt.date | None:
        if (cell := self.contract.shared(name)) is EMPTY:
            return None
        reading = read_day(cell, within)
        self.warnings += [reading.warning] if reading.warning else []
        return reading.date

    def _parties(self, title: str, on: dt.date | None) -> None:
        winners = self.contract.winners
        known = {id(row) for row in winners}
        for row in winners:
            index = self._supplier(row, "awarded", title, on)
            self._win(row, index, title)
        if not winners:
            named = self.contract.shared("winner").text.strip()
            if is_blank(named) or mark_for_winner(named):
                self.warnings.append("no bidder is marked as the winner")
            else:
                self.suppliers.append(Supplier(firm_of(named).name, printed=named))
                self.warnings.append(f"the winner {named!r} is not among the bidders")
                price = self._amount(
                    self.contract.head, self.contract.place.layout.columns.get("price"), "contract_price", 0
                )
                self.amounts += [self._priced(price, title)] if price else []
        elif len(winners) > 1:
            self.warnings.append(f"{len(winners)} bidders are marked as winners")
        elif warning := _TOLD_BY.get(self.contract.told_by or ""):
            self.warnings.append(warning)
        if self.contract.place.layout.unpaired:
            self.warnings.append("bids that can't be told apart by bidder were left out")
        for row in self.contract.rows:
            if id(row) not in known:
                earlier = self._of_other_round(row)
                index = self._supplier(row, "bidder", title, on) if earlier is None else earlier
                bids = self._bids(row, index)
                self.amounts += bids
                self.absent += earlier is None and not bids and self._is_absent(row)
            self._remarks(row)

    def _of_other_round(self, row: Row) -> int | None:
        """The index of a row's bidder where a column (入札回数) tells of rounds and it is listed for another one."""
        if "round" not in self.contract.place.layout.columns:
            return None
        name = self.contract.place.name_in(self.contract.cell("bidder", row).text)
        index = self.indexes.get(name_key(members_named(bare_name(name))[0]))
        self.again += index is not None
        return index

    def _tenderers(self) -> int | None:
        """How many of the listed bid; None where the winner is not among them. Who stayed away bid nothing, by its marks."""
        if not self.contract.winners and self.suppliers and self.suppliers[0].role == "awarded":
            return None
        return len(self.contract.rows) - self.again - self.absent or None

    def _is_absent(self, row: Row) -> bool:
        told = [row.cells[money[0]].text for money in self.contract.place.bids]
        told += [row.cells[column.at].text for column in self.contract.place.layout.results]
        return any(not text.isascii() and says_absent(text) for text in told)

    def _supplier(self, row: Row, role: SupplierRole, title: str, on: dt.date | None) -> int:
        """Adds the row's bidder, a winning venture with its members; its index."""
        name, address, number = self.contract.place.bidder
        cells = row.cells
        bidder = bidder_of(
            self.contract.place.name_in(cells[name].text),
            cells[address].text if address >= 0 else "",
            cells[number].value if number >= 0 else None,
            role,
            on,
        )
        if bidder.warnings:
            self.warnings += bidder.warnings
        index = len(self.suppliers)
        self.suppliers.append(bidder.supplier)
        self.indexes.setdefault(name_key(bidder.printed), index)
        if not bidder.ventured:
            return index
        members, cut = (bidder.members, None) if bidder.members else members_of(bidder.printed, title)
        self.warnings += [cut] if cut else []
        if role == "awarded":
            self.suppliers += (Supplier(firm_of(name).name, role="jv_member", printed=name) for name in members)
        return index

    def _bids(self, row: Row, index: int) -> list[Owned]:
        """The bids of each round in their order."""
        bids: list[Owned] = []
        for at, unit, tax in self.contract.place.bids:
            cell = row.cells[at]
            if not cell.text or (cell.covered and cell.text == row.cells[at - 1].text):  # a bid over several columns
                continue
            rounds = rounds_in(cell.text) if isinstance(cell.value, str) else None
            for one in map(cell_of_text, rounds) if rounds else (cell,):
                if bid := self._read(one, unit, tax, "bid", index):
                    bids.append(bid)
        return bids

    def _win(self, row: Row, index: int, title: str) -> None:
        """Adds the winner's price and the bids before it.

        That is 契約金額 or 落札金額 where a column has it, else 見積金額, else the last bid. 見積金額 is the price agreed after
        the rounds failed (不落随契), and the contract's where there were none (随意契約, プロポーザル): so say the bureaus'
        instructions and the notes above the tables. A loser's 見積金額 is a bid.
        """
        given = self._bids(row, index)
        price = self._amount(row, self.contract.place.layout.columns.get("price"), "contract_price", index)
        if price is None and given:
            price = given.pop()[0]._replace(role="contract_price"), index
        if price is None:
            self.warnings.append("no amount of the winner is printed")
            return
        self.amounts.append(self._priced(price, title))
        self.amounts += [bid for bid in given if bid[0].yen != price[0].yen]

    def _priced(self, owned: Owned, title: str) -> Owned:
        """The winner's price in its role: a small one of a 単価契約 is a price per unit, never a total."""
        price, owner = owned
        if price.yen < _LEAST_TOTAL and self._is_of_units(title):
            self.warnings.append(
                "a contract at unit prices (単価契約): its bids and its reserve price are per unit too"
            )
            return price._replace(role="unit_price"), owner
        if price.yen < _ODD_TOTAL:
            self.warnings.append(f"the price {price.quote} is very low: it may be a price per unit")
        return owned

    def _is_of_units(self, title: str) -> bool:
        bids = self.contract.place.layout.bids
        return "単価契約" in squeeze(fold(title)) or any("単価" in column.printed for column in bids)

    def _amount(self, row: Row, column: Column | None, role: AmountRole, index: int | None) -> Owned | None:
        if column is None:
            return None
        at, unit, tax = self.contract.place.money(column)
        return self._read(row.cells[at], unit, tax, role, index)

    def _read(self, cell: Cell, unit: int, tax: Tax | None, role: AmountRole, index: int | None) -> Owned | None:
        if not (printed := cell.text.strip()):
            return None
        yen, warning = read_amount(cell, unit)
        self.warnings += [warning] if warning else []
        return (Sum(role, yen, printed, tax), index) if yen else None

    def _reserve(self) -> None:
        if (column := self.contract.place.layout.columns.get("reserve")) is None:
            return
        row = next((row for row in self.contract.rows if not is_blank(row.cells[column.at].text)), None)
        if row is not None and (reserve := self._amount(row, column, "reserve_price", None)):
            self.amounts.append(reserve)
            prices = [one.yen for one, _ in self.amounts if one.role == "contract_price" and one.tax != "included"]
            if any(yen > reserve[0].yen for yen in prices):
                self.warnings.append(
                    f"the price is above the reserve price {reserve[0].quote}: one of the two is misprinted"
                )

    def _remarks(self, row: Row) -> None:
        """A warning for each remark on a bidder that is no mark, so that none is lost."""
        place, cells = self.contract.place, row.cells
        printed = cells[place.bidder[0]].text
        if printed[:1] in SIGNS and (sign := sign_before(place.name_in(printed))):
            self.warnings.append(f"remark on {bare_name(printed)} (row {row.number}): {sign!r}")
        texts = [text for at, remarked in place.remarks if remarked[text := cells[at].text]]
        texts += unlabelled(row, place.layout) if len(cells) > place.layout.width else []
        for text in texts:
            name = printed.strip()
            self.warnings.append(f"remark on {name} (row {row.number}): {mask_officials(without_name(text.strip()))!r}")

    def _method(self) -> tuple[ProcurementMethod | None, str | None]:
        printed = self.contract.ticked_method or self.contract.shared("method").text.strip()
        if not printed:
            return self.contract.place.context.method, None
        return _method(printed), printed


@lru_cache(maxsize=512)
def _method(printed: str) -> ProcurementMethod | None:
    text = squeeze(fold(printed))
    methods: dict[str, ProcurementMethod] = {"open": "open", "selective": "selective", "limited": "limited"}
    known = next((methods[row["method"]] for row in vocabulary("bid_methods") if row["word"] in text), None)
    return known or method_of(printed, negotiated=False)
