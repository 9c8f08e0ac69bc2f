"""HTML pages as tables: line breaks, joined cells and the commas of numbers kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tsukitome.documents.file import File
from tsukitome.documents.lines import decode
from tsukitome.documents.table import EMPTY, MOST_CELLS, Cell, Table, Tables, cell_of_text, table_of, too_many_cells
from tsukitome.errors import UnreadableError

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
# Pages that say Shift_JIS hold ① and ㈱, which only Microsoft's code page has; browsers read them so as well (WHATWG Encoding).
_BROWSER_NAMES = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
}
_BLOCKS = frozenset({"p", "div", "li", "dt", "dd", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
# The last two are readings over words (ruby).
_SKIPPED = frozenset({"script", "style", "noscript", "template", "rt", "rp"})
# What a site adds to a link for those who follow it: [PDFファイル／102KB], （新しいウィンドウで開きます）.
_OF_LINK = re.compile(
    r"\s*[(（\[［【](?:(?:PDF|Word|Excel|ワード|エクセル)[^()（）\[\]［］【】]{0,24}?[0-9.,]+\s?(?:KB|MB|キロバイト|メガバイト|バイト)|(?:新しい|別)[^()（）]{0,3}ウ[ィイ]ンドウで(?:開く|開きます|表示))[)）\]］】]",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\xad]")  # nobody sees them, and they part words and numbers
_MUST_END = ("table", "div", "pre", "ul", "ol", "dl", "span", "a", "script", "style")
_WIDEST = 1000  # the widest rowspan or colspan that is believed (the HTML standard's own limit for colspan)
_HEADING_LENGTH = 2000
PICTURE = "［画像］"  # stands for a picture that has no words of its own


def read_html(file: File) -> Tables:
    """The tables of a page that hold data, in order; ``heading`` is the text between the last one and this.

    A table that lays out the page is none of them, and one inside a cell of data is text of the cell. ``<br>`` is a line break;
    a cell over several rows or columns stands in each of them. A page without tables may have lists of terms (``dl``): each is
    a table of two columns. One that brings the page to more than :data:`MOST_CELLS` is unreadable. Raises UnreadableError for a
    page without either.
    """
    from lxml import html

    text = _decode(file)
    try:
        root = html.document_fromstring(text)
    except (ValueError, html.etree.LxmlError) as error:
        raise UnreadableError(file.shown, "is no HTML page.") from error
    elements = _of_data(root)
    elements = elements or list(root.iter("dl"))
    if not elements:
        raise UnreadableError(file.shown, "holds no table.")
    headings = _headings(root, elements)
    read = _within_room(elements, headings)
    return _without_torn_row(read) if read.tables and _ends_inside_row(text) else read


def _within_room(elements: list[Any], headings: list[str]) -> Tables:
    """The tables, but for those that would bring the page to more than :data:`MOST_CELLS`."""
    tables: list[Table] = []
    unreadable: list[tuple[str, str]] = []
    room = MOST_CELLS
    for number, (element, heading) in enumerate(zip(elements, headings, strict=True), start=1):
        name = f"table {number}" if len(elements) > 1 else None
        try:
            table = _table(element, name, heading, room)
        except _NoRoomError:
            unreadable.append((f"sheet table {number}", too_many_cells()))
            continue
        room -= sum(len(row.cells) for row in table.rows)
        tables.append(table)
    return Tables(tuple(tables), tuple(unreadable))


class _NoRoomError(Exception):
    """A table's cells are more than there is room for."""


def _of_data(root: Any) -> list[Any]:
    """The tables that hold data, those inside their cells left out."""
    tables = list(root.iter("table"))
    data = {table for table in tables if table.find(".//table") is None or _holds_data(table)}
    return [table for table in tables if table in data and data.isdisjoint(table.iterancestors("table"))]


def _holds_data(table: Any) -> bool:
    """Whether a table with others in its cells is one of data: those are single cells, or most cells have words of their own."""
    if all(len(_cells_of(inner)) < 2 for inner in table.iter("table") if inner is not table):
        return True
    rows = [[child for child in row if child.tag in ("td", "th")] for row in _rows_of(table)]
    cells = [cell for row in rows for cell in row]
    plain = sum(cell.find(".//table") is None and bool("".join(cell.itertext()).strip()) for cell in cells)
    return sum(len(row) > 2 for row in rows) > 1 and 2 * plain >= len(cells)


def _cells_of(table: Any) -> list[Any]:
    return [cell for row in _rows_of(table) for cell in row if cell.tag in ("td", "th")]


def _rows_of(table: Any) -> list[Any]:
    """The rows of a table, without those of tables in its cells."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), table) is table]


def cut_off(file: File) -> str | None:
    """Why the end of a page is missing, in one sentence; None for a page that is whole, or may be.

    Most end tags may be left out, and browsers forgive the others: only a tag, a comment or a table that never ends tells for sure,
    or an element that must end in a page whose own end is missing too. (HTML standard, 13.1.2.4, Optional tags.)
    """
    text = _decode(file).lower()
    if text.rfind("<!--") > text.rfind("-->") or re.search(r"<[/!a-z][^<>]{0,2000}$", text):
        return "ends inside a tag: it is cut off, and what followed is missing."
    if "</html" in text or "</body" in text:
        return None
    if _is_open(text, "table"):
        return "ends inside a table: it is cut off, and what followed is missing."
    if ("<html" in text or "<body" in text) and any(_is_open(text, name) for name in _MUST_END):
        return "ends inside an element: it is cut off, and what followed is missing."
    return None


def _is_open(text: str, name: str) -> bool:
    return len(re.findall(rf"<{name}[\s>]", text)) > text.count(f"</{name}")


def _ends_inside_row(text: str) -> bool:
    """Whether a page's text ends behind the beginning of a row without its end, the table's or the page's."""
    lower = text.lower()
    return lower.rfind("<tr") > max(lower.rfind(end) for end in ("</tr", "</table", "</body", "</html"))


def _without_torn_row(read: Tables) -> Tables:
    """The tables without the row in which the file ends: half an amount would be read for the whole."""
    *whole, last = read.tables
    if not last.rows:
        return read
    place = ", ".join(filter(None, (last.place, f"row {last.rows[-1].number}")))
    reason = "the file ends inside this row, which was not read."
    return Tables((*whole, replace(last, rows=last.rows[:-1])), (*read.unreadable, (place, reason)))


def _decode(file: File) -> str:
    declared = _CHARSET.search(file.data[:2048])
    if declared and not file.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        try:
            return _without_declaration(file.data.decode(_BROWSER_NAMES.get(name, name)))
        except (LookupError, UnicodeDecodeError):
            pass  # a page may be saved in another encoding than it says
    return _without_declaration(decode(file))


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # lxml refuses an encoding declaration in a decoded text


def _text(element: Any) -> str:
    """The text of an element: source line breaks are spaces, ``<br>`` and block elements are line breaks."""
    text = _UNSEEN.sub("", "".join(_pieces(element)))
    text = re.sub(r"[ \t\r\f]*\n\s*", "\n", text)
    text = re.sub(r"[ \t\r\f]+", " ", text).strip(" \n")
    return _OF_LINK.sub("", text) if element.find(".//a") is not None else text


def _pictured(cell: Any) -> str:
    """What the pictures of a cell without words say by their alternative texts; :data:`PICTURE` for one that has none.

    An empty one says that the picture means nothing (HTML standard, 4.8.4.4.6), and that of a link where the link leads.
    """
    said = [
        PICTURE if alternative is None else alternative.strip()
        for picture in cell.iter("img")
        if not _is_spacer(picture) and next(picture.iterancestors("a"), None) is None
        for alternative in [picture.get("alt", picture.get("title"))]
    ]
    return " ".join(filter(None, said))


def _is_spacer(picture: Any) -> bool:
    return "1" in (picture.get("width"), picture.get("height")) or _is_hidden(picture)


def _is_hidden(element: Any) -> bool:
    """Whether a page does not show an element: it says so itself."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _pieces(element: Any, top: bool = True) -> Iterator[str]:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED or (not top and _is_hidden(element)):
        return
    if tag == "br":
        yield "\n"
    elif not top and tag in ("td", "th"):
        yield " "  # a table inside the cell
    block = not top and tag in _BLOCKS
    if block:
        yield "\n"
    yield re.sub(r"\s*\n\s*", " ", element.text or "")
    for child in element:
        yield from _pieces(child, top=False)
        yield re.sub(r"\s*\n\s*", " ", child.tail or "")
    if block:
        yield "\n"


def _headings(root: Any, tables: list[Any]) -> list[str]:
    """The text that stands before each table and after the one before it, the page's title first."""
    title = root.findtext(".//title") or ""
    headings, collected = [], [title]
    wanted = set(tables)
    inside = 0
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element in wanted:
            if event == "start":
                caption = element.find("caption")
                collected.append(_text(caption) if caption is not None else "")
                headings.append(
                    re.sub(r"\s*\n\s*", "\n", "\n".join(filter(None, collected))).strip()[-_HEADING_LENGTH:]
                )
                collected, inside = [], inside + 1
            else:
                inside -= 1
                collected.append((element.tail or "").strip())
        elif not inside and isinstance(element.tag, str) and element.tag not in _SKIPPED | {"title"}:
            text = ((element.text if event == "start" else element.tail) or "").strip()
            if event == "start" and element.tag == "dd" and collected and collected[-1]:
                collected[-1] += f"：{text}"  # a term and what it says, on a line
            elif text:
                collected.append(text)
    return headings


def _terms(terms: Any, name: str | None, heading: str) -> Table:
    """A list of terms as a table: a row each, what describes it beside it; several descriptions are lines."""
    rows: list[tuple[str, list[str]]] = []
    for element in terms.iter("dt", "dd"):
        if element.tag == "dt":
            rows.append((_text(element), []))
        elif rows:
            rows[-1][1].append(_text(element))
    cells = [[cell_of_text(term), cell_of_text("\n".join(said))] for term, said in rows]
    return table_of(cells, sheet=name, heading=heading)


def _table(table: Any, name: str | None, heading: str, room: int) -> Table:
    if table.tag == "dl":
        return _terms(table, name, heading)
    rows: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}  # column → rows still to cover, and with what
    elements = _rows_of(table)
    widest = room // max(len(elements), 1)  # all rows are filled up to the longest
    for element in elements:
        row: list[Cell] = []
        for cell in (child for child in element if child.tag in ("td", "th")):
            _hang(row, hanging)
            text = _text(cell) or _pictured(cell)
            shown = Cell(text, text) if text else EMPTY
            covered = shown.cover()
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for offset in range(wide):
                row.append(shown if offset == 0 else covered)
                if high > 1:
                    hanging[len(row) - 1] = (high - 1, covered)
            if len(row) > widest:
                raise _NoRoomError
        _hang(row, hanging)
        rows.append(row)
    return table_of(rows, sheet=name, heading=heading)


def _hang(row: list[Cell], hanging: dict[int, tuple[int, Cell]]) -> None:
    """Puts the cells that hang down from rows above into the row's next places."""
    while (known := hanging.pop(len(row), None)) is not None:
        left, cell = known
        if left > 1:
            hanging[len(row)] = (left - 1, cell)
        row.append(cell)


def _span(cell: Any, name: str) -> int:
    try:
        return min(max(int(cell.get(name, "1")), 1), _WIDEST)
    except ValueError:
        return 1
