"""Bid results (入札結果データ) of regional bureaus and cities: tables with one row a bidder, read as one award a contract.

Published under 公共工事の入札及び契約の適正化の促進に関する法律 (平成12年法律第127号), Articles 4 to 8. The header is of up
to four stacked rows (入札結果 > 第1回 > 金額), the winner is marked 落札 or 決定, amounts are without tax where headers
say so. All bidders become suppliers, role ``bidder`` for those who lost; members are listed for the venture that won. A
sheet that is no such table, a form's example (記入例), and a row that names no bidder are refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from tsukitome.awards import Source
from tsukitome.documents.file import File
from tsukitome.documents.table import Row, Table
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources import headers
from tsukitome.sources.bid_award import award_of
from tsukitome.sources.bid_cells import is_blank, period_of, says_void, sign_of_winner
from tsukitome.sources.bid_columns import BidLayout
from tsukitome.sources.bid_contract import Contract, Key, belongs, brought_together, key_of, of_next_item, tells_item
from tsukitome.sources.bid_headers import layout_at
from tsukitome.sources.bid_labels import Label, buyer_in, heading_labels, joined, labels_of, lines_of
from tsukitome.sources.bid_names import names_too_much
from tsukitome.sources.bid_place import Place
from tsukitome.sources.bid_rows import PlainRows, says_note
from tsukitome.sources.bidder_rows import rows_of, tells_bidder
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_record import own_texts
from tsukitome.sources.contract_title import is_total
from tsukitome.sources.officer_cell import labels_official, mask_officials, without_name
from tsukitome.sources.plain_award import Awards
from tsukitome.sources.reading import Reading, Refusal, sums_reason
from tsukitome.sources.supplier_address import has_form
from tsukitome.sources.without_awards import why_no_awards

_DEPTH = 40  # rows from the top among which the first header is looked for
_BELOW = frozenset({"winner", "price", "rate", "reserve", "contract_date", "award_date"})
_EXAMPLE = re.compile(r"(?:記入|記載|入力|作成)(?:例|要領|見本)")
# A line above the next contract's labels on a sheet that holds several.
_HEADING = re.compile(
    r"(?:一般競争|指名競争|公募型?)?(?:入札|開札|見積|契約|随意契約|執行)[^0-9]{0,12}(?:調書|結果|経過|記録|[書表録])"
)


# A line below the bidders that is no name: （金額は税抜き）, 以上, a sentence.
_ASIDE = re.compile(r"\((?![0-9]+\)).*\)|以上.{0,20}|.*(?:。|です|ます|税[抜込]き?\)?)")


def looks_like_bid_results(tables: Sequence[Table]) -> bool:
    """Whether any of a file's tables has the header of a table of bids: a title, a bidder, and amounts that were bid."""
    return any(_first_layout(table) is not None for table in tables)


def read_bid_results(file: File, tables: Sequence[Table]) -> Reading:
    """Every contract in a file's tables of bids, with a refusal for each sheet and row that gave none."""
    reader = BidReader(file)
    for index, table in enumerate(tables, start=1):
        reader.read(table, index)
    awards = []
    for contract in brought_together(reader.contracts):
        if contract.is_void:
            reader.refuse_void(contract)
        else:
            awards.append(award_of(contract))
    return Reading("bid_results", Awards(file, "bid_results", awards), tuple(reader.refusals))


def _first_layout(table: Table) -> BidLayout | None:
    labels = heading_labels(table)
    for at in range(min(len(table.rows), _DEPTH)):
        if layout := layout_at(table.rows, at, labels):
            return layout
        if headers.layout_at(table.rows, at):
            return None  # a contract table, where nothing above it is a header of bids
        labels = joined(labels, labels_of(table.rows[at]))
    return None


@dataclass(slots=True)
class BidReader:
    """Reads tables one after the other; a header lasts until the next one in its table.

    ``plainly`` may be switched off, and nothing is different but the time that it takes.
    """

    file: File
    contracts: list[Contract] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    place: Place | None = None
    sums: int = 0  # rows of sums so far in this table
    plainly: bool = True

    def read(self, table: Table, index: int) -> None:
        lines = [table.sheet or "", *table.heading.splitlines()]
        place = self._going_on(table, index)
        header_until = -1  # bidders that were turned upright have their header above row 1
        labels = heading_labels(table)
        below: frozenset[int] = (
            frozenset()
        )  # rows of labels that stand below the bidders, and were read with those above
        plain: PlainRows | None = None
        for at, row in enumerate(table.rows):
            if row.number <= header_until:
                continue
            if place is not None and self.plainly:
                if plain is None or plain.layout is not place.layout:
                    plain = PlainRows(place.layout)
                if (key := plain.key(row)) is not None:
                    self._add(row, place, key, [row])
                    continue
            if row.is_blank:
                continue
            if row.number in below:
                continue
            if place is not None and _is_of_one_contract(place.layout) and (late := labels_of(row)):
                if "title" not in late and late.keys() & {"winner", "price", "rate"}:
                    self._refuse_row(row, place, "a row that names no bidder.")
                    continue
                place, labels = None, {field: label for field, label in labels.items() if field == "buyer"}
            again = place is None or place.repeats_header(row)
            layout = layout_at(table.rows, at, labels) if again else None
            if layout is not None:
                header_until = layout.rows[-1]
                layout = self._as_before(layout, table)
                context = Context().told(lines)
                context = replace(context, buyer=buyer_in(labels, context.buyer))
                place = Place(table, index, layout, context, period_of(lines))
                if _is_of_one_contract(layout):
                    late, below = _labels_below(table.rows[at + len(layout.rows) :])
                    layout = layout_at(table.rows, at, {**late, **labels}) or layout
                    place = replace(place, layout=layout)
                if not layout.results and (sign := _sign(table)):
                    place = replace(place, sign=sign)
                if any(_EXAMPLE.search(squeeze(fold(line))) for line in lines):
                    self._refuse_table(table, index, "is an example of how the form is filled in, and holds no awards.")
                    return
            elif place is None:
                told = labels_of(row)
                lines += lines_of(row, told)
                labels = joined(labels, told)
            else:
                self._body_row(row, place)
        self.place = place
        if self.sums:
            self._refuse_table(table, index, sums_reason(self.sums))
            self.sums = 0
        if place is None and table.rows:
            self._refuse_table(table, index, why_no_awards(table) or "no header of a table of bids was found.")

    def _as_before(self, layout: BidLayout, table: Table) -> BidLayout:
        """The layout of the page before where a header says the same: a contract may go on over the page's end."""
        before = self.place
        if before is None or table.page is None or replace(before.layout, rows=layout.rows) != layout:
            return layout
        return before.layout

    def _going_on(self, table: Table, index: int) -> Place | None:
        """The place of a table without a header of its own: on a PDF's next page, where it is as wide as the one before."""
        before = self.place
        if before is None or table.page is None or not table.rows or not before.table.rows:
            return None
        wide = len(table.rows[0].cells) == len(before.table.rows[0].cells)
        return replace(before, table=table, index=index) if wide else None

    def _body_row(self, row: Row, place: Place) -> None:
        first = next((text for _, text, covered in row.cells if not covered and text.strip()), "")
        first = first.strip() or next(text for text in row.texts if text.strip())
        if says_note(first):
            return
        alone = _is_of_one_contract(place.layout) and len(own_texts(row)) == 1
        if alone and (_HEADING.fullmatch(squeeze(first)) or _ASIDE.fullmatch(squeeze(fold(first)))):
            return
        if alone and says_void(first) and self.contracts and self.contracts[-1].place is place:
            self.contracts[-1].ended = True
            return
        if labels_official(first):
            self._refuse(place, row, "a line about officials, whose names are not kept.", None)
            return
        if is_total(first) and not any(map(has_form, row.texts)):
            self.sums += 1
            return
        parted = rows_of(row, place.layout)
        bidders = [own for own in parted if tells_bidder(own, place.layout)]
        if not bidders:
            named = not parted and _names_someone(row, place.layout)
            reason = "a row whose bids can't be told apart by bidder." if named else "a row that names no bidder."
            self._refuse_row(row, place, reason)
            return
        bidder = place.layout.columns["bidder"].at
        if any(names_too_much(own.cells[bidder].text) for own in bidders):
            self._refuse_row(row, place, "a row whose bidder's name holds a day, an amount or several firms.")
            return
        self._add(row, place, key_of(bidders[0], place.layout), bidders)

    def _add(self, row: Row, place: Place, key: Key, bidders: list[Row]) -> None:
        """Adds the bidders of a row to the contract above, or begins the next one."""
        above = self.contracts[-1] if self.contracts else None
        same = above is not None and above.place.layout is place.layout and not place.layout.is_a_row_each
        if above is not None and same and belongs(key, above):
            above.rows += bidders
        elif key[self._title(place)]:
            self.contracts.append(Contract(place, key, bidders))
        elif above is not None and same and tells_item(key, place.layout):
            rows = [of_next_item(row, above) for row in bidders]
            self.contracts.append(Contract(place, key_of(rows[0], place.layout), rows))
        else:
            self._refuse_row(row, place, "a bidder without the title of a contract.")

    @staticmethod
    def _title(place: Place) -> int:
        return place.layout.keys.index(place.layout.columns["title"].at)

    def refuse_void(self, contract: Contract) -> None:
        """Says that nobody won a tender."""
        self._refuse_row(contract.head, contract.place, "a tender: nobody won it.")

    def _refuse_table(self, table: Table, index: int, reason: str) -> None:
        self.refusals.append(Refusal(self.file.shown, reason, table.place or f"table {index}"))

    def _refuse_row(self, row: Row, place: Place, reason: str) -> None:
        officers = place.layout.officers
        told = place.layout.told
        cells = [
            cell.text.strip() if at in told else without_name(cell.text.strip())
            for at, cell in enumerate(row.cells)
            if at not in officers
        ]
        self._refuse(place, row, reason, mask_officials(" | ".join(filter(None, cells))))

    def _refuse(self, place: Place, row: Row, reason: str, quote: str | None) -> None:
        table = place.table
        where = Source("", "bid_results", "", "", page=table.page, sheet=table.sheet, row=row.number).place
        self.refusals.append(Refusal(self.file.shown, reason, where, quote))


def _sign(table: Table) -> str | None:
    """The sign of winners by a legend above or below the table."""
    rows = (*table.rows[:_DEPTH], *table.rows[-_DEPTH:])
    texts = chain(table.heading.splitlines(), (text for row in rows for text in row.texts))
    return next((sign for text in texts if (sign := sign_of_winner(text))), None)


def _names_someone(row: Row, layout: BidLayout) -> bool:
    """Whether a row of which no bidder could be told names one all the same."""
    if layout.listed is not None:
        return not is_blank(row.cells[layout.listed.at].text)
    return not layout.wide and tells_bidder(row, layout)


def _labels_below(rows: Sequence[Row]) -> tuple[dict[str, Label], frozenset[int]]:
    """What labels below the bidders tell of their contract (落札者, 契約金額), up to the next contract; the rows of such labels."""
    labels: dict[str, Label] = {}
    numbers: set[int] = set()
    for row in rows:
        found = labels_of(row)
        if "title" in found:
            break
        told = {field: label for field, label in found.items() if field in _BELOW}
        first = next((text for _, text, covered in row.cells if text.strip() and not covered), "")
        if told and any(label.printed in first for label in told.values()):
            labels = {**told, **labels}
            numbers.add(row.number)
    return labels, frozenset(numbers)


def _is_of_one_contract(layout: BidLayout) -> bool:
    """Whether the title stands above the table and not in it."""
    return layout.columns["title"].at >= layout.printed
