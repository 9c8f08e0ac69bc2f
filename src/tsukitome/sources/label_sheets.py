"""Sheets of labels and values, one award each (件名 | …, 契約相手方 | …), and tables turned on their side, as rows under a header.

The labels stand in a column, and a value, or one for each of several awards, beside them; two pairs of label and value may
share a row. What comes out is a table that says the same in the common shape: the labels are its header, each award is a row
that has the number of the row in which its title is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from tsukitome.documents.lines import Line
from tsukitome.documents.table import EMPTY, Cell, Row, Table, cell_of_text
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources import bid_fields, bid_headers, headers
from tsukitome.sources.supplier_address import starts_address

_DEPTH = 60  # rows in which the labels of the first award stand
_LONGEST = 40  # characters of a label
_NUMBERING = re.compile(r"^\s*(?:[(（]?[0-9０-９一二三四五六七八九十]{1,2}[)）.．、\s\u3000]+|[①-⑳・■□◆◇○●]\s*)")
_SPACED_LABEL = re.compile(
    r"(?P<head>\S(?:[ \u3000\t]+\S)+|\S{2,})[ \u3000\t]+(?P<value>\S{2,}.*|[0-9０-９])", re.DOTALL
)
_LABEL = re.compile(r"(?:^|[\s、,;；/／|｜])(?P<label>[^\s:：、,;；/／|｜]{2,20})[ \u3000]*[:：]")
_THOUSANDS = re.compile(r"[0-9]{3}(?![0-9])")
_OF_LIST = re.compile("(?:公表|公開|一覧|結果|状況|情報|調書|について|実績|内容|[書表覧年度月分])(?:[(（].*)?$")
_LONGEST_TITLE = 90
_TITLES = frozenset({"title", "works_title"})
_SUPPLIERS = frozenset({"supplier", "supplier_name"})
_REST = frozenset({"price", "unit_price", "changed_price", "original_price", "contract_date", "award_date"})
_OF_BIDDERS = frozenset({"bid", "result", "rank", "estimate", "listed"})
_SHORTEST_LABELS = 6  # characters of a label that is told without a value behind it: 備考


@dataclass(slots=True)
class _Sheet:
    """An award while its labels are read: the values under each label, and the row of its title."""

    number: int
    pairs: list[tuple[str, Cell]] = field(default_factory=list)


def in_rows(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, each sheet of labels and values, and each table turned on its side, in the common shape."""
    for table in tables:
        yield from _as_rows(table) if _is_of_labels(table) else (table,)


def of_lines(lines: Iterable[Line]) -> Iterator[Table]:
    """Lines of running text as tables of one column: one, or one a page where lines are counted on their page."""
    for page, group in groupby(lines, key=lambda line: line.page if line.on_page else None):
        rows = tuple(Row(line.number, (cell_of_text(line.text.rstrip()),)) for line in group if line.text.strip())
        yield Table(rows, page=page)


@lru_cache(maxsize=1 << 14)
def label_field(text: str) -> str | None:
    """The field that a label names, its number (１　件名) and its colon left out; None for any other text."""
    bare = bare_label(text)
    if not bare or len(bare) > _LONGEST:
        return None
    key = headers.header_key(bare)
    if key in ("金額", "価格"):
        return "price"
    return headers.field_of(key)


def bare_label(text: str) -> str:
    """A label without its number and its colon."""
    return _NUMBERING.sub("", text, count=1).strip().rstrip(":：").strip()


def _is_of_labels(table: Table) -> bool:
    """Whether a column of labels tells of title, supplier, and a price or day, each on a row of its own."""
    if _has_header(table.rows):
        return False
    fields: set[str] = set()
    for row in table.rows[:_DEPTH]:
        fields.update(found for label, _ in _pairs(row) if (found := label_field(label)))
    return bool(fields & _SUPPLIERS and fields & _REST and (fields & _TITLES or _title_above(table)))


def _title_above(table: Table) -> str | None:
    """The title of an award that is the heading of its labels: the last line above them that says neither a label nor 一覧."""
    lines = [line.strip() for line in table.heading.splitlines() if line.strip() and not _said_of_label(line)]
    if not lines or len(lines[-1]) > _LONGEST_TITLE or _OF_LIST.search(squeeze(lines[-1])):
        return None
    return lines[-1]


def _has_header(rows: Sequence[Row]) -> bool:
    """Whether a row heads a contract table, or a list of bidders: a sheet of bids, which has labels above that.

    Most tables have their header near the top, and then no row below it is looked at.
    """
    for at, row in enumerate(rows[:_DEPTH]):
        if at < headers.DEPTH and headers.layout_at(rows, at) is not None:
            return True
        texts = [cell.text for cell in row.cells if cell.text.strip() and not cell.covered]
        if len(texts) == 1:
            texts = texts[0].split()  # a list whose columns are set apart by spaces is no label with its value either
        told = set(map(bid_fields.field_of, texts))
        if "bidder" in told and (told & _OF_BIDDERS or bid_headers.layout_at(rows, at)):
            return True
    return False


def _pairs(row: Row) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The labels of a row, each with the cells beside it up to the next label."""
    cells = [cell for cell in row.cells if cell.text.strip() and not cell.covered]
    if len(cells) == 1:
        for line in _lines_of_labels(cells[0].text):
            if found := _said_of_label(line, spaced=True):
                yield found[0], (cell_of_text(found[1]),)
        return
    label, values = "", list[Cell]()
    for nth, cell in enumerate(cells):
        cut = nth == 0 and _THOUSANDS.match(cells[1].text) is not None  # 契約金額　104 | 500 | 000円, of a text file
        if found := _said_of_label(cell.text, spaced=cut):
            if label:
                yield label, tuple(values or (EMPTY,))
            label, values = found[0], [cell_of_text(found[1])]
        elif nth == 0:
            if len(label := cell.text) > _LONGEST:
                return
        # 一般競争入札 is a value by its place, first behind a label; what follows a value and is a label by its words, is one.
        elif values and label_field(cell.text) and (nth + 1 < len(cells) or len(cell.text) <= _SHORTEST_LABELS):
            yield label, tuple(values)
            label, values = cell.text, []
        elif values and _THOUSANDS.match(cell.text) and values[-1].text[-1:].isdecimal():
            values[-1] = cell_of_text(f"{values[-1].text},{cell.text}")  # a line of text, taken for one of a CSV file
        else:
            values.append(cell)
    if label:
        yield label, tuple(values or (EMPTY,))


@lru_cache(maxsize=1 << 12)
def _lines_of_labels(text: str) -> tuple[str, ...]:
    """A cell's text, parted where further labels begin: 件名：…　契約日：…, or a line each."""
    starts = [match.start("label") for match in _LABEL.finditer(text) if label_field(match["label"])]
    if len(starts) < 2:
        return (text,)
    return tuple(
        text[start:end].strip(" \u3000\n、,;；/／|｜") for start, end in zip(starts, (*starts[1:], None), strict=True)
    )


@lru_cache(maxsize=1 << 12)
def _said_of_label(text: str, *, spaced: bool = False) -> tuple[str, str] | None:
    """A label and its value that share a cell: 件名：…, and where a line is nothing else (``spaced``) 件　名　…; else None."""
    head, colon, value = text.replace(":", "：", 1).partition("：")
    if colon and value.strip() and label_field(head):
        return head, value.strip()
    if not spaced:
        return None
    parted = _SPACED_LABEL.fullmatch(_NUMBERING.sub("", text, count=1).strip())
    return (parted["head"], parted["value"]) if parted and label_field(parted["head"]) else None


def _as_rows(table: Table) -> Iterator[Table]:
    """One table an award; lines that are no label's are its heading."""
    at = next((at for at, row in enumerate(table.rows) if _titles(row) > 1 and not _labels_behind(table, row)), None)
    if at is not None:
        yield from _turned(table, at)
        return
    top, lines = table.heading.splitlines(), list[str]()
    sheet: _Sheet | None = None
    title = ""
    if not any(label_field(label) in _TITLES for row in table.rows for label, _ in _pairs(row)):
        title = "件名"
        sheet = _Sheet(table.rows[0].number, [(title, cell_of_text(_title_above(table) or ""))])
    for row in table.rows:
        pairs = list(_pairs(row))
        for label, values in pairs:
            found = label_field(label)
            if found in _TITLES and (sheet is None or squeeze(label) == title):
                if sheet is not None:
                    yield _table(table, sheet, [*top, *lines])
                    lines = []
                sheet, title = _Sheet(row.number, sheet.pairs if sheet and not title else []), squeeze(label)
            if sheet is None:
                top, lines = [*top, *lines], []
                sheet = _Sheet(row.number)  # what is printed above the title
            text = "\n".join(cell.text.strip() for cell in values)
            sheet.pairs.append((bare_label(label), values[0] if len(values) == 1 else cell_of_text(text)))
        if not pairs and sheet is not None and (more := _goes_on(row, sheet)):
            label, cell = sheet.pairs[-1]
            sheet.pairs[-1] = label, cell_of_text(f"{cell.text.strip()}\n{more}")
        elif not pairs:
            lines += [cell.text.strip() for cell in row.cells if cell.text.strip() and not cell.covered]
    if sheet is not None:
        yield _table(table, sheet, [*top, *lines])


def _goes_on(row: Row, sheet: _Sheet) -> str | None:
    """The line that goes on with the value above it: one set in, or an address below a supplier's name."""
    texts = [cell.text for cell in row.cells if cell.text.strip() and not cell.covered]
    if len(texts) != 1 or not sheet.pairs or not sheet.pairs[-1][1].text.strip():
        return None
    below_name = label_field(sheet.pairs[-1][0]) in _SUPPLIERS and starts_address(fold(texts[0]).strip())
    return texts[0].strip() if below_name or texts[0][0].isspace() else None


def _table(table: Table, sheet: _Sheet, lines: Sequence[str]) -> Table:
    labels = tuple(cell_of_text(label) for label, _ in sheet.pairs)
    values = tuple(cell for _, cell in sheet.pairs)
    rows = (Row(sheet.number - 1, labels), Row(sheet.number, values))
    return replace(table, rows=rows, heading="\n".join(lines))


def _turned(table: Table, at: int) -> Iterator[Table]:
    """A table on its side, with an award in each column behind the labels; the title's row is the one at ``at``."""
    title = table.rows[at]
    first = next(column for column, cell in enumerate(title.cells) if cell.text.strip())
    rows = [row for row in table.rows if label_field(row.cells[first].text)]
    above = [
        cell.text.strip() for row in table.rows[:at] for cell in row.cells if cell.text.strip() and not cell.covered
    ]
    heading = "\n".join(filter(None, (table.heading, *(line for line in above if label_field(line) is None))))
    header = Row(title.number - 1, tuple(cell_of_text(bare_label(row.cells[first].text)) for row in rows))
    for column in range(first + 1, len(title.cells)):
        # Beside each other, the columns of a merged area are awards that share what it says.
        award = Row(title.number, tuple(row.cells[column]._replace(covered=False) for row in rows))
        if not award.is_blank:
            yield replace(table, rows=(header, award), heading=heading)


def _labels_behind(table: Table, title: Row) -> bool:
    """Whether a column behind the title holds labels of its own: 件名 | … | 契約番号 | … over 契約者 | … | 契約日 | …."""
    first, *others = [at for at, cell in enumerate(title.cells) if cell.text.strip() and not cell.covered]
    of_labels = [row for row in table.rows if label_field(row.cells[first].text)]
    return any(len({label_field(row.cells[at].text) for row in of_labels} - {None}) > 1 for at in others[1:])


def _titles(row: Row) -> int:
    """How many awards a row gives titles to: the cells behind the label 件名, where none of them is a label."""
    cells = [cell for cell in row.cells if cell.text.strip() and not cell.covered]
    if len(cells) < 3 or label_field(cells[0].text) not in _TITLES:
        return 0
    return 0 if any(label_field(cell.text) for cell in cells[2:-1]) else len(cells) - 1
