"""Where the header of a table of bids is: 2 or 3 stacked rows, begun on any row.

A column is known by the words of its header rows together (入札結果, 第1回, 金額).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from tsukitome.documents.table import Cell, Row, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.pattern import pattern
from tsukitome.sources.bid_cells import mark_of
from tsukitome.sources.bid_columns import ASKED, BidLayout
from tsukitome.sources.bid_fields import LONGEST, field_of, is_bare_round
from tsukitome.sources.bid_layout import layout_of
from tsukitome.sources.contract_record import is_ditto
from tsukitome.sources.headers import header_key
from tsukitome.sources.supplier_address import has_form

_TALLEST = 4  # rows that a header may have
_MARKS_WITHIN = 200  # rows below a header in which a column without one shows what it is
_LONGEST_MARK = 12  # characters of a mark in a column without a header
_BARE = pattern(r"(?:金額|価格)(?:\([^()]*\))?")
_MARKED = cell_of_text("結果")
_FIGURE = pattern(r"[^0-9]{0,2}[0-9][0-9,./年月日元-]*[円%]?")


def layout_at(rows: Sequence[Row], at: int, given: Mapping[str, tuple[str, Cell]] | None = None) -> BidLayout | None:
    """The layout whose header begins with ``rows[at]``; None where none does.

    ``given`` are fields that stand in lines above: where they give the title, the header need not.
    """
    given = given or {}
    texts = _texts_over_bidders(rows, at)
    if len(texts) < (2 if "title" in given else 3) or not ("title" in given or "title" in map(field_of, texts)):
        return None
    best: BidLayout | None = None
    for height in range(1, min(_TALLEST, len(rows) - at) + 1):
        block = rows[at : at + height]
        if not _is_words(block[-1]):
            break
        layout = layout_of(block, given)
        if layout.is_bid_table and (best is None or _told(layout) > _told(best) or _is_lower_half(block, best)):
            best = layout
    if best is None or not (best.is_a_row_each or best.results or best.columns.keys() & {"winner", "rank"}):
        best = _with_marks(rows, at, len(best.rows) if best else 1, given) or best
    return None if best is not None and _lists_contracts(rows[at + len(best.rows) :], best) else best


def may_begin(rows: Sequence[Row], at: int) -> bool:
    """Whether a header can begin with ``rows[at]``, whatever the lines above it give: most rows can't, which is soon seen."""
    return bool(_texts_over_bidders(rows, at))


def _texts_over_bidders(rows: Sequence[Row], at: int) -> set[str]:
    """The texts of a row that can be a header's first: words only, at least two, and a column of bidders; none of any other."""
    if any(value is not None and not isinstance(value, str) for value, _, _ in rows[at].cells):
        return set()  # a row of data: headers hold words only
    texts = {text for text in rows[at].texts if text.strip()}
    if len(texts) < 2 or not _is_words(rows[at]):
        return set()
    fields = {field_of(text) for text in texts}
    named = fields & {"bidder", "listed"} or _firms_in(rows[at : at + 2])
    return texts if named or ("title" in fields and _names_below(rows[at : at + 2])) else set()


def _with_marks(rows: Sequence[Row], at: int, height: int, given: Mapping[str, tuple[str, Cell]]) -> BidLayout | None:
    """The layout of a header that the rows below it explain; None where they don't.

    A column without words may mark winners (落札), and a bare 金額 beside 業者名 is what each has bid, where there is such a column
    or several firms stand below most titles: it is no price of those who are not marked.
    """
    block = rows[at : at + height]
    below = rows[at + height : at + height + _MARKS_WITHIN]
    blank = [
        column for column in range(len(block[0].cells)) if not any(row.cells[column].text.strip() for row in block)
    ]
    marks = {column for column in blank if any(_marks_winner(row.cells[column].text) for row in below)}
    last = [
        _MARKED if column in marks else _bid_over(cell.text) if _BARE.fullmatch(header_key(cell.text)) else cell
        for column, cell in enumerate(block[-1].cells)
    ]
    if not marks and last == list(block[-1].cells):
        return None
    layout = layout_of([*block[:-1], Row(block[-1].number, tuple(last))], given)
    return layout if layout.is_bid_table and (marks or _lists_bidders(below, layout)) else None


def _bid_over(printed: str) -> Cell:
    """A bare 金額 as the header of bids, what it says of tax and unit kept."""
    return cell_of_text(f"入札{printed.strip()}")


@lru_cache(maxsize=1 << 10)
def _marks_winner(text: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST_MARK and mark_of(text) == "won"


def _lists_bidders(rows: Sequence[Row], layout: BidLayout) -> bool:
    """Whether most rows below a header stand with others for one title, a firm each: so do those who bid, hardly those who won.

    A list of contracts says so by its words: 契約日, 落札金額, 落札者.
    """
    if layout.columns.keys() & {"contract_date", "price", "winner"}:
        return False
    bidder = layout.columns["bidder"].at
    groups = [[row.cells[bidder].text.strip() for row in group] for group in _by_title(rows, layout)]
    together = sum(len(group) for group in groups if len(group) > 1 and len(set(group)) == len(group))
    return 2 * together > sum(map(len, groups))


def _by_title(rows: Sequence[Row], layout: BidLayout) -> list[list[Row]]:
    """The rows below a header that name a firm, those that stand below one title together."""
    title, bidder = layout.columns["title"].at, layout.columns["bidder"].at
    groups: list[list[Row]] = []
    known = ""
    for row in rows:
        if not row.cells[bidder].text.strip():
            continue
        told = "" if title >= layout.printed else row.cells[title].text.strip()
        if not groups or (told and told != known and not is_ditto(told)):
            groups.append([])
            known = told
        groups[-1].append(row)
    return groups


def _lists_contracts(below: Sequence[Row], layout: BidLayout) -> bool:
    """Whether a header with what was quoted (見積金額) is that of a list of contracts: one firm for each title, and none marked."""
    columns = layout.columns
    if (
        layout.bids
        or not columns.keys() >= {"estimate", "price", "contract_date"}
        or columns.keys() & {"winner", "rank"}
    ):
        return False
    if layout.wide or layout.listed or columns["title"].at >= layout.printed or ASKED.search(columns["bidder"].printed):
        return False
    rows = below[:_MARKS_WITHIN]
    if any(mark_of(row.cells[column.at].text, column.printed) for row in rows for column in layout.results):
        return False
    return all(_are_contracts(group, layout) for group in _by_title(rows, layout))


def _are_contracts(group: Sequence[Row], layout: BidLayout) -> bool:
    """Whether rows below one title are contracts of their own: of one firm, or each with a price of its own."""
    bidder, price = layout.columns["bidder"].at, layout.columns["price"].at
    prices = {row.cells[price].text.strip() for row in group if not row.cells[price].covered} - {""}
    return len({row.cells[bidder].text.strip() for row in group}) == 1 or len(prices) == len(group)


def _names_below(block: Sequence[Row]) -> bool:
    """Whether a header's second row holds a column of bidders."""
    return len(block) > 1 and _is_words(block[1]) and any(field_of(text) == "bidder" for text in set(block[1].texts))


def _firms_in(block: Sequence[Row]) -> bool:
    """Whether a header names several firms, each over the column of its bids."""
    return any(
        sum(has_form(text) for text in set(row.texts) if len(text) <= LONGEST) > 1 and _is_words(row) for row in block
    )


def _is_words(row: Row) -> bool:
    """Whether a row can be of a header: words only, no number and no date."""
    return all(
        isinstance(cell.value, str | None)
        and (not _FIGURE.fullmatch(squeeze(fold(cell.text))) or field_of(cell.text) is not None)
        for cell in row.cells
    )


def _is_lower_half(block: Sequence[Row], best: BidLayout) -> bool:
    """Whether a header's last row only parts columns of the row above (評価点 > 標準点, 加算点)."""
    row, columns = block[-1], best.columns
    known = [columns[name].at for name in ("title", "bidder") if columns[name].at < len(row.cells)]
    blank = all(row.cells[at].covered or not row.cells[at].text.strip() for at in known)
    return bool(known) and blank and len(block) == len(best.rows) + 1 and not row.is_blank


def _told(layout: BidLayout) -> float:
    """How much a header says. A bare 第1回 says least: below it there may stand what its column holds."""
    bare = sum(is_bare_round(column.printed) for column in layout.bids)
    fields = layout.columns.keys() - ({"bid"} if bare == len(layout.bids) else set())
    return len(fields) + len(layout.bids) - bare + (0.5 if bare else 0)
