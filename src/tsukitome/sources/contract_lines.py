"""Rows of a contract table that hold no award of their own: notes, sums, lines of numbers, headings, tenders that nobody won."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from tsukitome.documents.table import EMPTY, Row
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.contract_amounts import COLUMNS
from tsukitome.sources.contract_record import TOLD, Record, own_texts, said
from tsukitome.sources.contract_title import is_named_total, is_note, is_part, is_starred, is_total, says_nobody
from tsukitome.sources.headers import Layout, layout_at, may_go_on
from tsukitome.sources.money_cells import plain_sum
from tsukitome.sources.officer_cell import labels_official, organization_of

_SURELY_TITLE = 8  # characters of a title that is no number of a column, however it is spaced
_NOTES_BELOW = 6  # rows
_HEADING_ABOVE = 3  # rows at most from such a line to the header
_PAGE_MARK = re.compile(r"[(\-\s]*(?:[Pp](?:age)?\.?)?[0-9]{1,4}(?:/[0-9]{1,4})?(?:ページ|頁|枚目?)?[)\-\s]*")
_OPEN, _CLOSED = "(（「『【[", ")）」』】]"
_OF_LINES = ("remarks", "negotiated", "method")
_PART_OF_SUM = re.compile(
    r"(?:出精)?値引き?(?:額|き額)?|(?:うち)?消費税(?:等|額|相当額|及び地方消費税)*|端数(?:処理|調整|値引き?)"
)  # below a list
_UNFINISHED = re.compile(r"(?:の|に係る|に関する|に伴う|における|による|ための|及び|並びに|又は|等の|[・、,／/～~-])$")
_GOES_ON = re.compile(
    r"[)）」』】\]、,・]|(?:及び|並びに|に係る|に関する|に伴う|における|ほか|他|業務委託$|業務$|工事$|一式$|契約$)"
)


def notes_below(rows: Sequence[Row]) -> list[str]:
    """The lines that stand alone in the last rows of a table."""
    texts = [own_texts(row) for row in rows[-_NOTES_BELOW:]]
    return [line for own in texts if len(own) == 1 for line in own[0].splitlines()]


def is_surely_award(record: Record) -> bool:
    """Whether a row is an award at first sight, as nearly all are: no sum, note or line of numbers, no part of the row above."""
    cells = record.row.cells
    title = next(
        (cells[at] for name in ("title", "works_title") if (at := record.layout.columns.get(name)) is not None), EMPTY
    )
    text = title.text.strip()
    if title.covered or len(text) < _SURELY_TITLE or not said(text):
        return False
    first = next(text for _, text, covered in cells if not covered and text and not text.isspace())
    supplier = record.text("supplier", "supplier_name")
    return (
        len(supplier) > 1
        and not (is_total(supplier) or says_nobody(supplier))
        and not is_note(first)
        and not labels_official(first)
    )


def holds_sum(row: Row, layout: Layout) -> bool:
    """Whether a column of sums holds nothing but one in a row, which then is no further header, whatever its words."""
    cells = [row.cells[layout.columns[name]] for name, _ in COLUMNS if name in layout.columns]
    return any(plain_sum(cell.text.strip(), 1) for cell in cells if not cell.covered)


def is_sum(record: Record, texts: list[str]) -> bool:
    """Whether a row is a sum of others: it says so in its first cell or its title's, and names no supplier."""
    supplier, title = record.text("supplier", "supplier_name"), record.title_cell
    if supplier and not is_total(supplier):
        return False
    if is_total(texts[0]) or is_total(title) or is_total(supplier):
        return True
    if not supplier and _PART_OF_SUM.fullmatch(squeeze(fold(title))):
        return True
    if not (title or supplier) and texts[0].rstrip().endswith("計"):
        return True  # 工事計, in the column of the kind
    return not record.text("contract_date", "award_date") and (is_named_total(texts[0]) or is_named_total(title))


def is_column_numbers(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: 1 2 3 …, ① ② ③ …"""
    numbers: list[str] = []
    for text in texts:
        number = squeeze(text).strip("()（）")
        if len(number) > 2:
            return False
        numbers.append(number)
    return len(numbers) > 3 and len(set(numbers)) == len(numbers)


def is_aside(record: Record, texts: list[str]) -> bool:
    """Notes, and lines between the parts of a table (随意契約, 平成29年8月分): no award, and nothing lost."""
    if is_note(texts[0]):
        return not (is_starred(texts[0]) and record.is_whole)
    if len(texts) > 1 or (record.title_cell and record.tells and not is_one_area(record, texts[0])):
        return False
    alone = texts[0]
    if record.own("title", "works_title") == alone:
        return record.is_merged or is_part(alone) or is_office(alone) or _is_page_mark(alone)
    return record.own(*TOLD) != alone or is_part(alone)


def is_one_area(record: Record, alone: str) -> bool:
    """Whether one merged area with this text reaches over the row's title, supplier and all else that it tells."""
    names = ("title", "works_title", *TOLD)
    told = [cell for name in names if said((cell := record.cell(name)).text)]
    return sum(cell.covered for cell in told) >= len(told) - 1 and all(cell.text.strip() == alone for cell in told)


def is_office(text: str) -> bool:
    """Whether a line is the name of an office and nothing else: 架空県教育委員会."""
    return organization_of(text) == fold(text).strip()


def says_heading_again(texts: list[str], headings: Set[str]) -> bool:
    """Whether a row says what stands above the table once more, as printed pages do, with the number of its page."""
    return any(squeeze(text) in headings for text in texts) and all(
        squeeze(text) in headings or _is_page_mark(text) for text in texts
    )


def _is_page_mark(text: str) -> bool:
    return _PAGE_MARK.fullmatch(squeeze(fold(text))) is not None


def heads_a_table(rows: Sequence[Row], at: int) -> bool:
    """Whether the next row that is not blank begins a header: what stands alone above it is the heading of its table."""
    below = next((n for n in range(at + 1, min(at + _HEADING_ABOVE, len(rows))) if not rows[n].is_blank), None)
    return below is not None and layout_at(rows, below) is not None


def nobody_won(record: Record) -> bool:
    """Whether a row tells of a tender that nobody won: by its supplier's cell, or where that is blank by its price or remarks."""
    if record.text("unit_price"):
        return False
    supplier, price = record.text("supplier", "supplier_name"), record.text("price")
    if supplier:
        return says_nobody(supplier) and (not price or says_nobody(price))
    return says_nobody(price) or (not price and any(map(says_nobody, record.text("remarks").splitlines())))


def is_rest_of_title(record: Record, above: Record) -> bool:
    """Whether a row right below an award's holds nothing but the rest of its title, which was too long for its line.

    The rest is told by the words that part it (… に係る / 調査業務), or by a bracket that is opened in one line and closed in the
    other. Headings of parts stand in a table's first column: what stands in another one, beside a number above, is none.
    """
    rest, begun = record.own("title", "works_title"), above.title_cell
    if not rest or record.tells or is_note(rest) or is_total(rest):
        return False
    columns = record.layout.columns
    at = next(columns[name] for name in ("title", "works_title") if record.text(name))
    lines = {columns[name] for name in _OF_LINES if name in columns} | {at}
    filled = [(column, cell.text) for column, cell in enumerate(record.row.cells) if cell.text.strip()]
    if not all(column in lines and may_go_on(text) for column, text in filled):
        return False
    if _UNFINISHED.search(begun) or _GOES_ON.match(rest) or _is_open(begun) or _is_open(rest):
        return True
    return (rest[0] in "(（" or not is_part(rest)) and any(
        cell.text.strip() and not cell.covered for cell in above.row.cells[:at]
    )


def _is_open(text: str) -> bool:
    return sum(text.count(mark) for mark in _OPEN) != sum(text.count(mark) for mark in _CLOSED)
