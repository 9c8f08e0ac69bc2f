"""The rows of one contract in a table of bids: one row a bidder, brought together by what they print of the contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tsukitome.awards import Tax
from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.normalize.dates import Span
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.bid_cells import is_blank, is_tick, mark_for_winner, mark_of, read_amount, says_void
from tsukitome.sources.bid_columns import BidLayout, Column
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_record import SUSPECT, is_ditto, own_texts
from tsukitome.sources.officer_cell import quotation, without_name
from tsukitome.sources.priced_names import priced_names
from tsukitome.sources.supplier_address import has_form

_RANKED_FIRST = re.compile(r"第?[1一]位?")
_MARKED_NAME = re.compile(r"\s*[【\[(（〔]\s*(?:落札者?|決定|落札決定)\s*[】\])）〕]\s*")
_KEPT = 1 << 12  # texts of a column that are remembered
_COMPANY_FORM = re.compile(r"\(?(?:株式会社|有限会社|\([株有]\))\)?")
Key = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a contract is printed, and what is printed above it."""

    table: Table
    index: int
    layout: BidLayout
    context: Context
    period: Span | None
    sign: str | None = None  # what marks a winner, by the table's legend

    @cached_property
    def bids(self) -> list[tuple[int, int, Tax | None]]:
        """The columns of the bids in their order, the price agreed after them last: place, unit and tax of each."""
        return [self.money(column) for column in self._bid_columns]

    @property
    def _bid_columns(self) -> list[Column]:
        estimate = self.layout.columns.get("estimate")
        return [*self.layout.bids, *([estimate] if estimate else [])]

    def money(self, column: Column) -> tuple[int, int, Tax | None]:
        """A column's place, what its plain numbers are counted in, and its tax."""
        return (
            column.at,
            column.unit if column.unit > 1 else self.context.unit,
            column.tax or self.layout.tax or self.context.tax,
        )

    @cached_property
    def marks(self) -> list[tuple[int, bool, _Told]]:
        """The columns that may mark the winner, whether a text has to stand there as such, and which texts mark one."""
        layout = self.layout
        results = [(column.at, False, _told_under(_marks_winner, column.printed)) for column in layout.results]
        results += [(column.at, True, _told_under(_marks_winner, "")) for column in self._bid_columns]
        if self.sign is None:
            return results
        unknown = [at for at in range(layout.printed) if at not in layout.told or at in [one[0] for one in results]]
        return results + [(at, False, _told_under(_is_sign, self.sign)) for at in unknown]

    def name_in(self, cell: str) -> str:
        """A bidder's printed name without the sign of the table's legend."""
        return cell if self.sign is None else cell.strip().removeprefix(self.sign).removesuffix(self.sign)

    def signs_name(self, cell: str) -> bool:
        """Whether a bidder's cell begins or ends with the sign of the table's legend."""
        return self.sign is not None and self.sign in (cell.strip()[:1], cell.strip()[-1:])

    @cached_property
    def remarks(self) -> list[tuple[int, _Told]]:
        """The columns in which a bidder may be marked, and which texts there are no marks and say something all the same."""
        return [(column.at, _told_under(_remarks, column.printed)) for column in self.layout.results]

    @cached_property
    def bidder(self) -> tuple[int, int, int]:
        """The places of a bidder's name, address and corporate number, -1 for what has no column."""
        found = [self.layout.columns.get(name) for name in ("bidder", "address", "number")]
        name, address, number = [-1 if column is None else column.at for column in found]
        return name, address, number

    @cached_property
    def quoted(self) -> list[tuple[int, bool]]:
        """The columns that are quoted, and whether the header of each is understood."""
        layout = self.layout
        return [(at, at in layout.told) for at in range(layout.printed) if at not in layout.officers]

    @cached_property
    def _header_words(self) -> list[tuple[int, frozenset[str]]]:
        """The words of the header by which it is known again: the title's, the bidder's; a firm's name over its own bids."""
        layout = self.layout
        bidder: Column | Cell = layout.wide[0].bidder if layout.wide else layout.columns["bidder"]
        bidder = layout.listed or bidder
        known = (layout.columns["title"], bidder if isinstance(bidder, Column) else layout.wide[0].bids[0])
        return [(column.at, frozenset(column.printed.split("\n"))) for column in known if column.at < layout.printed]

    def repeats_header(self, row: Row) -> bool:
        """Whether a row of the body begins the header again: its title's and bidder's cells say what the header's do."""
        return all(row.cells[at].text.strip() in words for at, words in self._header_words)


class _Told(dict[str, bool]):
    """What a column tells by the texts below its header: the same few stand in all rows."""

    def __init__(self, tells: Callable[[str, str], bool], header: str) -> None:
        super().__init__()
        self.tells, self.header = tells, header

    def __missing__(self, text: str) -> bool:
        if len(self) >= _KEPT:
            self.clear()
        told = self[text] = bool(text) and self.tells(text, self.header)
        return told


_told_under = lru_cache(maxsize=1 << 8)(_Told)


def _marks_winner(text: str, header: str) -> bool:
    return mark_of(text, header) == "won"


def _is_sign(text: str, sign: str) -> bool:
    return text.strip() == sign


def _remarks(text: str, header: str) -> bool:
    return not is_blank(text) and not mark_of(text, header)


@dataclass
class Contract:
    """The rows of one contract, in their order. ``key`` is what they print of it. Rows may be added until one is asked for."""

    place: Place
    key: Key
    rows: list[Row] = field(default_factory=list)

    def cell(self, name: str, row: Row) -> Cell:
        """A field's cell in a row."""
        column = self.place.layout.columns.get(name)
        return EMPTY if column is None else row.cells[column.at]

    def shared(self, name: str) -> Cell:
        """A field that is the contract's: from the head row, else from the first row that prints it."""
        column = self.place.layout.columns.get(name)
        if column is None:
            return EMPTY
        at = column.at
        if _tells(cell := self.head.cells[at]):
            return cell
        return next((cell for row in self.rows if _tells(cell := row.cells[at])), EMPTY)

    @property
    def ticked_method(self) -> str | None:
        """The method by the header of the column that is ticked, of those that each stand for one (一般, 指名)."""
        return next(
            (column.printed.rsplit("\n", 1)[-1].strip() for column in self.place.layout.methods for row in self.rows
             if is_tick(row.cells[column.at].text)),
            None,
        )  # fmt: skip

    @cached_property
    def winners(self) -> list[Row]:
        """The rows marked 落札 or 決定, or whose bidder a column of the table names as the winner."""
        layout = self.place.layout
        marks, bidder, sign = self.place.marks, layout.columns["bidder"].at, self.place.sign
        marked = []
        for row in self.rows:
            cells = row.cells
            for at, worded, won in marks:
                value, text, _ = cells[at]
                if won[text] if not worded else isinstance(value, str) and won[value]:
                    marked.append(row)
                    break
            else:
                if has_mark(cells[bidder].text) or (sign and self.place.signs_name(cells[bidder].text)):
                    marked.append(row)
        if marked:
            return marked
        if "winner" in layout.columns:
            return self._named_winners()
        return self._first_in_rank() if "rank" in layout.columns else []

    def _named_winners(self) -> list[Row]:
        """The rows whose bidder the column of winners marks or names."""
        layout = self.place.layout
        marked = [row for row in self.rows if mark_for_winner(self.cell("winner", row).text) == "won"]
        if marked and not layout.wide:
            return marked
        names = {_name_key(self.cell("winner", row).text) for row in self.rows} - {""}
        return [row for row in self.rows if _name_key(self.cell("bidder", row).text) in names]

    @property
    def by_rank(self) -> bool:
        """Whether nothing but 順位 tells the winner."""
        told = self.place.layout.columns
        return "rank" in told and "winner" not in told and self.winners != [] and self.winners == self._first_in_rank()

    def _first_in_rank(self) -> list[Row]:
        """The one row that the column 順位 puts first, where nothing says that its bid does not count."""
        first = [
            row
            for row in self.rows
            if _RANKED_FIRST.fullmatch(squeeze(fold(self.cell("rank", row).text)))
            and not any(mark_of(row.cells[column.at].text) for column in self.place.layout.results)
        ]
        return first if len(first) == 1 else []

    @cached_property
    def head(self) -> Row:
        """The row that stands for the contract: the winner's, else the first."""
        return next(iter(self.winners), self.rows[0])

    @property
    def is_void(self) -> bool:
        """Whether the tender ended without a winner: a row says so (不調, 取りやめ), or all of several say why they bid nothing."""
        if self.winners or "winner" in self.place.layout.columns:
            return False
        layout = self.place.layout
        said = [
            [row.cells[column.at].text for column in (*layout.results, *layout.bids) if column.at < len(row.cells)]
            for row in self.rows
        ]
        if any(says_void(text) for texts in said for text in texts if text):
            return True
        bid = any(read_amount(row.cells[at], unit)[0] for row in self.rows for at, unit, _ in self.place.bids)
        return (
            not bid and len(self.rows) > 1 and all(any(mark_of(text) == "no_bid" for text in texts) for texts in said)
        )

    def quote(self) -> str:
        """The printed cells of the head row, officials left out, what a merged area repeats said once."""
        cells = self.head.cells
        parts = [cell.text.strip() for cell in self.place.layout.given]
        for at, told in self.place.quoted:
            _, text, covered = cells[at]
            if text and (stripped := text.strip()) and not (covered and at > 0 and cells[at - 1].text == text):
                parts.append(stripped if told else without_name(stripped))
        return quotation(parts)


def _tells(cell: Cell) -> bool:
    """Whether a cell says something of its own, and is neither blank nor a ditto mark."""
    text = cell.text
    return not is_blank(text) and not (text[0] in SUSPECT and is_ditto(text))


def has_mark(name: str) -> bool:
    """Whether a bidder's printed name holds the mark of the winner."""
    return ("落札" in name or "決定" in name) and _MARKED_NAME.search(name) is not None


def bare_name(text: str) -> str:
    """A bidder's printed name without the mark of the winner in it: (株)架空【落札】."""
    return (_MARKED_NAME.sub(" ", text) if has_mark(text) else text).strip()


def _name_key(text: str) -> str:
    return "" if is_blank(text) else _COMPANY_FORM.sub("", squeeze(fold(text)))


def key_of(row: Row, layout: BidLayout) -> Key:
    """What a row prints of its contract: office, title, days, reserve price; blank where it repeats the row above."""
    cells = row.cells
    return _key(tuple([cells[at].text for at in layout.keys]))


@lru_cache(maxsize=1 << 10)  # the rows of one contract mostly print the same, one below the other
def _key(printed: Key) -> Key:
    texts = ["".join(text.split()) for text in printed]
    return tuple(["" if is_ditto(text) else text for text in texts])


def rows_of(row: Row, layout: BidLayout) -> list[Row]:
    """A printed row as one row a bidder, with what stands above the table behind its cells."""
    if layout.listed is not None:
        return _by_list(row, layout, layout.listed)
    if not layout.wide:
        rows = _by_line(row, layout)
        return [Row(one.number, (*one.cells, *layout.given)) for one in rows] if layout.given else rows
    cells = (*row.cells, *layout.given)
    rounds = len(layout.bids)
    rows = []
    for group in layout.wide:
        bids = [row.cells[column.at] for column in group.bids]
        mark = row.cells[group.result.at] if group.result else EMPTY
        headed = isinstance(group.bidder, Cell)  # the firm of a column without a bid did not take part
        bidder = group.bidder if isinstance(group.bidder, Cell) else row.cells[group.bidder.at]
        if not is_blank(bidder.text) and not (headed and all(is_blank(bid.text) for bid in bids)):
            rows.append(Row(row.number, (*cells, bidder, *bids, *(EMPTY,) * (rounds - len(bids)), mark)))
    return rows


def _by_list(row: Row, layout: BidLayout, listed: Column) -> list[Row]:
    """A row whose one cell lists the bidders with their bids, as one row for each; [] where it can't be told apart."""
    cells = (*row.cells[: layout.printed], *layout.given)
    return [
        Row(row.number, (*cells, cell_of_text(one.name), cell_of_text(one.sum), cell_of_text(one.mark)))
        for one in priced_names(row.cells[listed.at].text)
    ]


def _by_line(row: Row, layout: BidLayout) -> list[Row]:
    """A row that names its bidders line by line in one cell, as one row for each; the row itself where it names one."""
    column = layout.columns["bidder"].at
    if "\n" not in (printed := row.cells[column].text):
        return [row]
    names = [line.strip() for line in printed.split("\n")]
    if len(names) < 2 or not all(map(has_form, names)):
        return [row]
    own = {column, *(bid.at for bid in layout.bids), *(result.at for result in layout.results)}
    own |= {layout.columns[name].at for name in ("address", "number", "rank", "estimate") if name in layout.columns}
    lines = {at: row.cells[at].text.split("\n") for at in own}
    if any(len(lines[at]) != len(names) and row.cells[at].text.strip() for at in (bid.at for bid in layout.bids)):
        return []  # no telling whose bid is whose
    return [
        Row(
            row.number,
            tuple(
                Cell(text, text)
                if at in lines and (text := _line(lines[at], n, len(names)))
                else EMPTY
                if at in lines
                else cell
                for at, cell in enumerate(row.cells)
            ),
        )
        for n in range(len(names))
    ]


def _line(lines: list[str], n: int, number: int) -> str:
    return lines[n].strip() if len(lines) == number else ""


def belongs(key: Key, contract: Contract) -> bool:
    """Whether a row below a contract's rows is of it: nothing that both print of it differs."""
    return key == contract.key or all(
        not own or not known or own == known for own, known in zip(key, contract.key, strict=True)
    )


def brought_together(contracts: Iterable[Contract]) -> Iterator[Contract]:
    """The contracts with rows that were sorted away from their winner's put back.

    Rows apart are of one contract where everything that is printed of it is equal, a day included, and at most one of
    the pieces has a winner; two winners are two contracts.
    """
    pieces = list(contracts)
    by_key: dict[tuple[int, Key], list[Contract]] = {}
    for piece in pieces:
        by_key.setdefault((id(piece.place.layout), piece.key), []).append(piece)
    for piece in pieces:
        alike = by_key[id(piece.place.layout), piece.key]
        if len(alike) == 1:
            yield piece
            continue
        won = [other for other in alike if other.winners]
        if piece.place.layout.is_a_row_each or len(won) > 1 or not _has_day(piece):
            yield piece
        elif piece is alike[0]:
            main = won[0] if won else piece
            yield Contract(main.place, main.key, [row for other in alike for row in other.rows])


def _has_day(contract: Contract) -> bool:
    days = ("award_date", "bid_date", "contract_date")
    return any(not is_blank(contract.shared(name).text) for name in days)


def tells_bidder(row: Row, layout: BidLayout) -> bool:
    """Whether a row names a bidder."""
    return not is_blank(row.cells[layout.columns["bidder"].at].text)


def unlabelled(row: Row, layout: BidLayout) -> list[str]:
    """What stands beside the table, in columns that have no header."""
    beside = row.cells[layout.width :]
    return [text for text in own_texts(Row(row.number, beside)) if not is_blank(text)] if beside else []
